//! Tests of `-- migrate: ...`.

use super::{postgres, read};
use crate::diagnostic::Advice;
use crate::operation::Operation;

/// Checks the error's text, the text it points at, and its hint.
#[track_caller]
fn check_error(text: &str, message: &str, at: &str, hint: &str) {
    let error = read(text, &postgres()).expect_err("the text is wrong");
    let place = error.place().expect("errors about text have a place");
    assert_eq!(error.to_string(), message);
    assert_eq!(place.source.slice(place.span), at);
    assert_eq!(error.hint().as_deref(), Some(hint));
}

#[test]
fn directives_belong_to_the_next_statement() {
    let script = read(
        "-- migrate: only postgresql, mysql\n--migrate:autocommit\n-- a word\n\
         -- migrate: allow drop-column  nobody reads it \nSELECT 1;\nSELECT 2;",
        &postgres(),
    )
    .expect("the text is legal");
    let [first, second] = script.statements.as_slice() else {
        panic!("{script:?}");
    };
    let engines: Vec<_> = first
        .only
        .iter()
        .map(|engine| engine.name.as_str())
        .collect();
    assert_eq!(engines, ["postgresql", "mysql"]);
    assert!(first.autocommit);
    assert_eq!(first.allow[0].rule, "drop-column");
    assert_eq!(first.allow[0].reason, "nobody reads it");
    assert!(second.only.is_empty() && !second.autocommit && second.allow.is_empty());
}

#[test]
fn a_call_is_a_statement_of_its_own() {
    let script = read(
        "-- migrate: only sqlite\n-- migrate: call number_files\nSELECT 1",
        &postgres(),
    )
    .expect("the text is legal");
    assert_eq!(
        script.statements[0].operations,
        [Operation::Call {
            procedure: "number_files".to_owned()
        }]
    );
    assert_eq!(script.statements[0].only.len(), 1);
    assert!(script.statements[1].only.is_empty());
}

#[test]
fn irreversible_is_about_the_section() {
    let script = read("-- migrate: irreversible the rows are gone\n", &postgres())
        .expect("the text is legal");
    assert_eq!(
        script.irreversible.map(|why| why.reason),
        Some("the rows are gone".to_owned())
    );
    assert!(script.statements.is_empty());
}

#[test]
fn a_wrong_directive_is_an_error_with_advice() {
    check_error(
        "-- migrate: onyl mysql\nSELECT 1",
        "unknown directive `onyl`",
        "onyl",
        "did you mean `only`?",
    );
    check_error(
        "-- migrate: only\nSELECT 1",
        "directive `only` needs the names of engines",
        "only",
        "write `-- migrate: only postgresql, mysql`",
    );
    check_error(
        "-- migrate: only mysql,\nSELECT 1",
        "directive `only` needs the names of engines",
        "only mysql,",
        "write `-- migrate: only postgresql, mysql`",
    );
    check_error(
        "-- migrate: allow rule\nSELECT 1",
        "directive `allow` needs a reason",
        "allow rule",
        "write `-- migrate: allow RULE reason`",
    );
    check_error(
        "-- migrate: autocommit please\nSELECT 1",
        "directive `autocommit` does not take `please`",
        "please",
        "write `-- migrate: autocommit`",
    );
    check_error(
        "SELECT 1;\n-- migrate: autocommit\n-- no more",
        "directive `autocommit` has no statement after it",
        "autocommit",
        "write the statement it is about below it, or remove it",
    );
    check_error(
        "-- migrate: autocommit\n-- migrate: autocommit\nSELECT 1",
        "directive `autocommit` is repeated",
        "autocommit",
        "keep one of them",
    );
}

#[test]
fn a_directive_stands_on_a_line_of_its_own() {
    let hint = "give it a line of its own, before the statement it is about";
    check_error(
        "SELECT 1; -- migrate: autocommit\nSELECT 2",
        "directive `autocommit` stands inside a statement",
        "autocommit",
        hint,
    );
    check_error(
        "SELECT\n-- migrate: autocommit\n2",
        "directive `autocommit` stands inside a statement",
        "autocommit",
        hint,
    );
}

#[test]
fn a_comment_that_means_to_be_a_directive_is_an_error() {
    for (comment, nearest) in [
        ("-- migrate : only postgresql", "only postgresql, mysql"),
        ("-- migrate only postgresql", "only postgresql, mysql"),
        ("-- migrat: only postgresql", "only postgresql, mysql"),
        ("-- Migrate onyl: x\n-- migrate: only", ""),
        ("/* migrate: only postgresql */", "only postgresql, mysql"),
        ("/* migrate: autocommit\n   because */", "autocommit"),
        ("# migrate: only mysql", "only postgresql, mysql"),
        ("-- @migrate: call x", "call NAME"),
        ("-- migrate:: autocommit", ""),
        ("-- migrates: irreversibel no", "irreversible reason"),
    ] {
        let text = format!("{comment}\nSELECT 1;");
        let error = read(&text, &super::mysql()).expect_err(comment);
        if !nearest.is_empty() {
            assert_eq!(error.kind(), "near-directive", "{comment}");
            let hint = error.hint().expect("errors about text have advice");
            assert!(hint.contains(&format!("`-- migrate: {nearest}`")), "{hint}");
        }
        let place = error.place().expect("errors about text have a place");
        assert!(!place.source.slice(place.span).contains('\n'));
        let inside = format!("SELECT 1 {comment}\n, 2;");
        assert!(read(&inside, &super::mysql()).is_err(), "{inside}");
    }
}

#[test]
fn a_comment_about_migrations_is_a_comment() {
    for comment in [
        "-- migrates the rows of one table",
        "-- migrate the rows: all of them",
        "-- only postgresql needs this",
        "-- migration: first the table",
        "/* see the migration notes: only one */",
        "-- note: only here",
    ] {
        let text = format!("{comment}\nSELECT 1;");
        assert!(read(&text, &postgres()).is_ok(), "{comment}");
    }
}

#[test]
fn what_is_nearly_the_prefix_is_an_error() {
    for (text, at) in [
        ("SELECT * FROM {prfix}tag", "{prfix}"),
        ("CREATE TABLE \"{PREFIX}tag\" (a INT)", "{PREFIX}"),
        ("INSERT INTO t VALUES ('{}', '{ prefix }')", "{ prefix }"),
    ] {
        let error = read(text, &postgres()).expect_err(text);
        let place = error.place().expect("errors about text have a place");
        assert_eq!(place.source.slice(place.span), at);
        assert_eq!(error.kind(), "near-prefix");
    }
    for text in [
        "SELECT '{\"prefx\": 1}', '{1,2}', '{suffix}', '{' || prfix || '}' -- {prfix}",
        "SELECT '{{prefix}}', '{prefix}'",
    ] {
        assert!(read(text, &postgres()).is_ok(), "{text}");
    }
}
