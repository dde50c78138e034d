//! Tests of tokens.

use super::super::error::Opening;
use super::super::lexer::{Lexer, Rules};
use super::super::token::TokenKind;
use super::source;
use crate::sql::SqlError;
use crate::text::Span;

#[track_caller]
fn check(text: &str, rules: Rules, expected: &[&str]) {
    let (source, span) = source(text);
    let mut lexer = Lexer::new(&source, span, rules);
    let mut found = Vec::new();
    while let Some(token) = lexer.next().expect("the text is legal") {
        found.push(source.slice(token.span).to_owned());
    }
    assert_eq!(found, expected);
}

#[track_caller]
fn check_error(text: &str, opening: Opening, at: Span) {
    let (source, span) = source(text);
    let mut lexer = Lexer::new(&source, span, Rules::STANDARD);
    let error = loop {
        match lexer.next() {
            Ok(Some(_)) => {}
            Ok(None) => panic!("no error in {text:?}"),
            Err(error) => break error,
        }
    };
    match error {
        SqlError::Unterminated {
            opening: found,
            place,
        } => assert_eq!((found, place.span), (opening, at)),
        other => panic!("{other}"),
    }
}

#[test]
fn operators_are_cut_as_postgresql_cuts_them() {
    check(
        "a::int->>'x'||b:=1 c=-1 d@>e <> !=~*",
        Rules::STANDARD,
        &[
            "a", "::", "int", "->>", "'x'", "||", "b", ":=", "1", "c", "=", "-", "1", "d", "@>",
            "e", "<>", "!=~*",
        ],
    );
}

#[test]
fn numbers_keep_points_and_exponents() {
    check(
        "1 1.5 .5 1e10 1.5E-3 0x1F 1_000 t.1 2nd",
        Rules::STANDARD,
        &[
            "1", "1.5", ".5", "1e10", "1.5E-3", "0x1F", "1_000", "t", ".", "1", "2nd",
        ],
    );
}

#[test]
fn strings_hold_doubled_quotes_and_semicolons() {
    check(
        "'it''s;' E'it\\'s;' \"a\"\"b\" `a``b` X'ff' U&'\\0061' $$a;b$$ $t$ $$ $t$ $1",
        Rules::STANDARD,
        &[
            "'it''s;'",
            "E'it\\'s;'",
            "\"a\"\"b\"",
            "`a``b`",
            "X'ff'",
            "U&'\\0061'",
            "$$a;b$$",
            "$t$ $$ $t$",
            "$1",
        ],
    );
}

#[test]
fn a_backslash_escapes_only_where_the_engine_says_so() {
    check("'a\\' 'b'", Rules::STANDARD, &["'a\\'", "'b'"]);
    check("'a\\' b' c", Rules::MYSQL, &["'a\\' b'", "c"]);
}

#[test]
fn hash_is_an_operator_or_a_comment() {
    check("a #> b", Rules::STANDARD, &["a", "#>", "b"]);
    check("a\n # it's\nb", Rules::STANDARD, &["a", "# it's", "b"]);
    check("a # it's\nb", Rules::MYSQL, &["a", "# it's", "b"]);
}

#[test]
fn two_minus_signs_are_two_only_for_mysql() {
    check("5--1", Rules::MYSQL, &["5", "-", "-", "1"]);
    check("5--1", Rules::STANDARD, &["5", "--1"]);
    check("--it's\n5", Rules::MYSQL, &["--it's", "5"]);
}

#[test]
fn comments_nest_as_long_as_they_come_out_even() {
    check(
        "/* a /* b */ c */ d",
        Rules::STANDARD,
        &["/* a /* b */ c */", "d"],
    );
    check("/* a /* b */ c", Rules::STANDARD, &["/* a /* b */", "c"]);
}

#[test]
fn the_prefix_mark_is_part_of_words() {
    check(
        "{prefix}file \"{prefix}file\" a{prefix}b {{prefix}} {other}",
        Rules::STANDARD,
        &[
            "{prefix}file",
            "\"{prefix}file\"",
            "a{prefix}b",
            "{{prefix}}",
            "{",
            "other",
            "}",
        ],
    );
}

#[test]
fn a_byte_order_mark_and_carriage_returns_are_blanks() {
    check(
        "\u{feff}a\r\nb -- c\r\nd",
        Rules::STANDARD,
        &["a", "b", "-- c", "d"],
    );
}

#[test]
fn what_is_never_closed_is_reported_where_it_was_opened() {
    check_error("a 'b", Opening::String, Span::new(2, 3));
    check_error("a \"b", Opening::Name, Span::new(2, 3));
    check_error("a `b", Opening::Backquoted, Span::new(2, 3));
    check_error("a /* b /* c", Opening::Comment, Span::new(2, 4));
    check_error("a $x$ b $$", Opening::Dollar, Span::new(2, 5));
    check_error("a e'b\\'", Opening::String, Span::new(3, 4));
}

#[test]
fn every_byte_is_read_a_constant_number_of_times() {
    for piece in [
        "/* /* */ ",
        "INSERT INTO t VALUES ('a', 1.5); -- x\n",
        "          # ",
        "a--\t",
        "$a $$ $$ ",
    ] {
        let text = piece.repeat(5_000_000 / piece.len());
        let (source, span) = source(&text);
        let mut lexer = Lexer::new(&source, span, Rules::STANDARD);
        while lexer.next().expect("the text is legal").is_some() {}
        assert!(
            lexer.steps() <= 3 * text.len(),
            "{piece:?}: {}",
            lexer.steps()
        );
    }
}

#[test]
fn tokens_know_names_from_words() {
    let (source, span) = source("a \"a\" `a`");
    let mut lexer = Lexer::new(&source, span, Rules::STANDARD);
    let mut kinds = Vec::new();
    while let Some(token) = lexer.next().expect("the text is legal") {
        kinds.push(token.kind);
    }
    assert_eq!(
        kinds,
        [TokenKind::Word, TokenKind::Name, TokenKind::Backquoted]
    );
}
