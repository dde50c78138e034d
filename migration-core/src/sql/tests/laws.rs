//! Laws of reading, on generated text.

use proptest::prelude::*;

use super::{mysql, postgres, read, source};
use crate::operation::Operation;
use crate::schema::ConstraintKind;
use crate::sql::fingerprint;

/// Pieces that reach deeper than random characters do.
const PIECES: [&str; 58] = [
    "CREATE ",
    "TABLE ",
    "ALTER ",
    "DROP ",
    "INDEX ",
    "COLUMN ",
    "ADD ",
    "t",
    "a ",
    "(",
    ")",
    ", ",
    ";",
    "INT ",
    "VARCHAR(3)",
    "DEFAULT ",
    "NOT ",
    "NULL ",
    "CHECK ",
    "PRIMARY KEY ",
    "UNIQUE ",
    "REFERENCES ",
    "'",
    "''",
    "\"",
    "`",
    "$$",
    "$x$",
    "--",
    "\n",
    "\r\n",
    "/*",
    "*/",
    "/*!",
    "#",
    "\\",
    "E'",
    "{prefix}",
    "{{prefix}}",
    "[",
    "]",
    ".",
    "1",
    "1.",
    "::",
    "-",
    "TRIGGER ",
    "BEGIN ",
    "END ",
    "CASE ",
    "IF ",
    "DELIMITER ",
    "-- migrate: ",
    "only ",
    "call ",
    "é",
    "\u{feff}",
    "COMMENT ON ",
];

fn any_text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        8 => prop::sample::select(PIECES.to_vec()).prop_map(str::to_owned),
        1 => "\\PC{0,3}",
    ];
    prop::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

fn any_expression() -> impl Strategy<Value = String> {
    let token = prop::sample::select(vec![
        "a", "b", "\"c\"", "`d` ", "f(", "(", ")", ")", ",", "+", "-", "*", "::int", "||", "1",
        ".5", "'x'", "E'y'", "AND", "NOT", "IN", "[1]", ".", "CASE", "END", "@", "~", "<=", "?",
        "$1", "X", "'z'", "_u", "--z\n", "/* z */", "IS", "->>",
    ]);
    let blank = prop::sample::select(vec!["", " ", "\n  "]);
    prop::collection::vec((token, blank), 1..15)
        .prop_map(|parts| {
            parts
                .into_iter()
                .map(|(token, blank)| format!("{token}{blank}"))
                .collect()
        })
        // A parenthesis too many would end the condition and begin another part of the table.
        .prop_filter("parentheses come out even", |text: &String| is_even(text))
}

fn is_even(text: &str) -> bool {
    let mut open = 0_i32;
    for character in text.chars() {
        open += i32::from(character == '(') - i32::from(character == ')');
        if open < 0 {
            return false;
        }
    }
    open == 0
}

/// The text of the condition, if the statement is read at all.
fn condition(text: &str) -> Option<String> {
    let statement = format!("CREATE TABLE t (a INT, CHECK (\n{text}\n))");
    let script = read(&statement, &postgres()).ok()?;
    let operation = script.statements.first()?.operations.first()?.clone();
    match operation {
        Operation::CreateTable { table, .. } => match &table.constraints.first()?.kind {
            ConstraintKind::Check { expression } => Some(expression.as_str().to_owned()),
            _ => None,
        },
        _ => None,
    }
}

/// Reads a text as every engine does, whose statements and errors must have places in it.
pub(super) fn is_read_or_refused(text: &str) -> Result<(), TestCaseError> {
    use crate::diagnostic::Advice;
    for options in [postgres(), mysql()] {
        match read(text, &options) {
            Ok(script) => {
                for statement in &script.statements {
                    let place = &statement.place;
                    prop_assert!(!place.source.slice(place.span).is_empty());
                    prop_assert!(!statement.operations.is_empty());
                }
            }
            Err(error) => {
                let place = error.place().expect("errors about text have a place");
                prop_assert!(!place.source.slice(place.span).is_empty());
                prop_assert!(error.hint().is_some());
            }
        }
    }
    let (source, span) = source(text);
    let _ = fingerprint(&source, &[span]);
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn any_text_is_read_or_refused_with_a_place(text in any_text()) {
        is_read_or_refused(&text)?;
    }

    #[test]
    fn an_expression_reads_as_what_it_was_read_from(text in any_expression()) {
        if let Some(once) = condition(&text) {
            let again = condition(&once);
            prop_assert_eq!(again.as_deref(), Some(once.as_str()));
        }
    }

    #[test]
    fn joining_keeps_the_tokens(text in any_expression()) {
        if let Some(joined) = condition(&text) {
            // The parentheses around the whole are no part of the condition.
            let plain = |text: &str| text.replace(['(', ')'], " ").replace("`d`", " \"d\" ");
            let sum = |text: &str| {
                let (source, span) = source(text);
                fingerprint(&source, &[span])
            };
            prop_assert_eq!(sum(&plain(&joined)), sum(&plain(&text)));
        }
    }
}
