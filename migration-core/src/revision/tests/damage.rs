//! Files as accidents leave them: whatever happened to a file, it is read or refused with its
//! place, and in time that grows with the file and no faster.

use std::time::{Duration, Instant};

use proptest::prelude::*;

use super::super::{RevisionError, read_directories};
use super::{COMPLETE, parse, sections};
use crate::diagnostic::Advice;

/// What happens to a text at a place: so many bytes become something else.
fn any_accident() -> impl Strategy<Value = (usize, usize, String)> {
    let piece = prop::sample::select(vec![
        "",
        "\n",
        "\r\n",
        "\r",
        "\u{feff}",
        "--",
        "-- migrate: upgrade\n",
        "-- migrate:",
        ":",
        ",",
        "/*",
        "*/",
        "-- Revision ID: a\n",
        "Revises",
        "\0",
        "é",
        " ",
        "\t",
        ";",
        "'",
    ]);
    (any::<usize>(), 0..12_usize, piece.prop_map(str::to_owned))
}

fn damaged(text: &str, accidents: Vec<(usize, usize, String)>) -> String {
    let mut bytes = text.as_bytes().to_vec();
    for (place, length, piece) in accidents {
        let start = place % (bytes.len() + 1);
        let end = (start + length).min(bytes.len());
        bytes.splice(start..end, piece.into_bytes());
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

fn check(result: Result<(), RevisionError>) -> Result<(), TestCaseError> {
    let Err(error) = result else {
        return Ok(());
    };
    let place = error.place();
    let place = place.ok_or_else(|| TestCaseError::fail(format!("{error} has no place")))?;
    prop_assert!(place.span.start <= place.span.end);
    // Panics when the place is not in the text.
    let _ = (place.to_string(), place.source.slice(place.span));
    prop_assert!(!error.to_string().is_empty());
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn a_damaged_file_is_read_or_refused_with_a_place(
        accidents in prop::collection::vec(any_accident(), 1..6)
    ) {
        let text = damaged(COMPLETE, accidents);
        check(parse(&text).map(drop))?;
        check(sections(&text).map(drop))?;
    }
}

/// A text of about so many bytes.
type Text = fn(usize) -> String;

fn repeated(piece: &str, length: usize) -> String {
    piece.repeat(length / piece.len())
}

const TEXTS: &[(&str, Text)] = &[
    ("comments", |length| repeated("-- a: b\n", length)),
    ("one comment", |length| {
        format!("-- {}", repeated("a", length))
    }),
    ("one field", |length| {
        format!("-- {}: a", repeated("Revises", length))
    }),
    ("parents", |length| {
        let parents: Vec<String> = (0..length / 8)
            .map(|number| format!("a{number:06}"))
            .collect();
        format!(
            "-- a\n-- Revision ID: b\n-- Revises: {}\n",
            parents.join(",")
        )
    }),
    ("blanks", |length| repeated(" ", length)),
    ("empty lines", |length| repeated("\r\n", length)),
    ("returns", |length| repeated("\r", length)),
    ("block comments", |length| repeated("/* a */\n", length)),
    ("a block comment", |length| {
        format!("/*{}", repeated("/*\n", length))
    }),
    ("directives", |length| {
        format!(
            "-- a\n-- Revision ID: b\n-- migrate: upgrade\n{}",
            repeated("-- migrate: a\n", length)
        )
    }),
    ("sections", |length| {
        format!(
            "-- a\n-- Revision ID: b\n{}",
            repeated("-- migrate: upgrade\n", length)
        )
    }),
    ("dashes", |length| repeated("-", length)),
    ("marks", |length| repeated("\u{feff}", length)),
];

/// The time to read a header and the sections, from memory and from a file.
fn time(text: &str) -> Duration {
    let directory = tempfile::tempdir().unwrap();
    std::fs::write(directory.path().join("a.sql"), text).unwrap();
    let start = Instant::now();
    let _ = parse(text);
    let _ = sections(text);
    let _ = read_directories(&[directory.path().to_owned()]);
    start.elapsed()
}

#[test]
fn time_grows_with_the_file_and_no_faster() {
    for (name, text) in TEXTS {
        let (short, long) = (text(300_000), text(1_200_000));
        // The best of several, as the machine may be busy with something else.
        let is_linear = (0..4).any(|_| {
            let long = time(&long);
            long < Duration::from_millis(40) || long < time(&short) * 10
        });
        assert!(is_linear, "{name}: {:?}, {:?}", time(&short), time(&long));
    }
}
