//! Twice the text takes twice the time, however nasty it is.
#![expect(clippy::disallowed_methods, reason = "these tests measure time")]

use std::time::{Duration, Instant};

use super::{mysql, postgres, read, source};
use crate::sql::fingerprint;

/// The texts that are measured: one of `SMALL` bytes and one four times as long.
const SMALL: usize = 60_000;

/// How much longer the long one may take. Four is linear and sixteen is quadratic; the machine may
/// have other work.
const MOST: u32 = 10;

/// Below this no ratio is asked for.
const NOTHING: Duration = Duration::from_millis(40);

/// A text of about so many bytes.
type Text = fn(usize) -> String;

/// A piece again and again.
fn repeated(piece: &str, length: usize) -> String {
    piece.repeat(length / piece.len())
}

fn nested(open: &str, close: &str, length: usize) -> String {
    let depth = length / (open.len() + close.len());
    open.repeat(depth) + &close.repeat(depth)
}

fn numbered(length: usize, write: fn(usize) -> String) -> String {
    let mut text = String::with_capacity(length);
    for number in 0.. {
        if text.len() >= length {
            break;
        }
        text += &write(number);
    }
    text
}

const TEXTS: &[(&str, Text)] = &[
    ("a string that never ends", |length| {
        format!("'{}", repeated("a", length))
    }),
    ("quotes", |length| format!("'{}", repeated("''", length))),
    ("apostrophes", |length| repeated("it's\n", length)),
    ("backslashes in strings", |length| repeated("'\\'", length)),
    ("a name that never ends", |length| {
        format!("\"{}", repeated("a\"\"", length))
    }),
    ("backquotes", |length| repeated("`a``", length)),
    ("comments opened", |length| repeated("/*", length)),
    ("comments opened and closed", |length| {
        nested("/*", "*/", length)
    }),
    ("comments half closed", |length| {
        repeated("/* /* */ ", length)
    }),
    ("comments of engines", |length| {
        repeated("/*! /*+ */ ", length)
    }),
    ("parentheses opened", |length| repeated("(", length)),
    ("parentheses in a default", |length| {
        format!(
            "CREATE TABLE t (a INT DEFAULT {})",
            nested("(", ")", length)
        )
    }),
    ("parentheses in a check", |length| {
        format!(
            "CREATE TABLE t (a INT CHECK ({}))",
            nested("(", ")", length)
        )
    }),
    ("parentheses in a type", |length| {
        format!("CREATE TABLE t (a INT{})", nested("(", ")", length))
    }),
    ("brackets opened", |length| repeated("[", length)),
    ("brackets for names", |length| {
        format!("CREATE TABLE {}", repeated("[ ", length))
    }),
    ("brackets for columns", |length| {
        format!("CREATE TABLE t ({}", repeated("[a, ", length))
    }),
    ("brackets behind a type", |length| {
        format!("CREATE TABLE t (a INT{}", repeated("[]", length))
    }),
    ("semicolons", |length| repeated(";", length)),
    ("short statements", |length| repeated("a;", length)),
    ("BEGIN", |length| repeated("BEGIN ", length)),
    ("BEGIN of a trigger", |length| {
        format!(
            "CREATE TRIGGER t AFTER INSERT ON a {}",
            repeated("BEGIN ", length)
        )
    }),
    ("BEGIN and END of a trigger", |length| {
        format!(
            "CREATE TRIGGER t AFTER INSERT ON a {}",
            nested("BEGIN ", "; END", length)
        )
    }),
    ("END of a trigger", |length| {
        format!(
            "CREATE TRIGGER t AFTER INSERT ON a BEGIN {}",
            repeated("END ", length)
        )
    }),
    ("CASE of a trigger", |length| {
        format!(
            "CREATE TRIGGER t AFTER INSERT ON a BEGIN {}",
            repeated("CASE ", length)
        )
    }),
    ("IF of a procedure", |length| {
        format!(
            "CREATE PROCEDURE p() BEGIN {}",
            repeated("IF a THEN ", length)
        )
    }),
    ("definers", |length| {
        format!("CREATE {}", repeated("DEFINER = a ", length))
    }),
    ("rules", |length| {
        format!("CREATE RULE {}", repeated("(;", length))
    }),
    ("dollar signs", |length| repeated("$", length)),
    ("dollar signs and letters", |length| {
        format!("$$ {}", repeated("$a", length))
    }),
    ("dollar tags", |length| {
        numbered(length, |number| format!("$t{number}$ "))
    }),
    ("dollar tags that nearly close", |length| {
        format!("$ab$ {}", repeated("$ab ", length))
    }),
    ("a long dollar tag", |length| {
        format!("${}$", repeated("a", length))
    }),
    ("long dollar tags", |length| {
        let tag = repeated("a", length / 3);
        format!("${tag}$ ${tag} ${tag}b$")
    }),
    ("delimiters", |length| repeated("DELIMITER $$\n", length)),
    ("delimiters and statements", |length| {
        repeated("DELIMITER //\na//\nDELIMITER ;\n", length)
    }),
    ("a long delimiter", |length| {
        let half = repeated("a", length / 2);
        format!("DELIMITER {half}b\n{half}")
    }),
    ("a long delimiter of signs", |length| {
        let half = repeated("+", length / 2);
        format!("DELIMITER {half}-\n{half}")
    }),
    ("lines of another system", |length| {
        repeated("SELECT 1;\r\n", length)
    }),
    ("ends of lines", |length| repeated("\r\n", length)),
    ("returns", |length| repeated("\r", length)),
    ("byte order marks", |length| repeated("\u{feff}", length)),
    ("blanks before a comment", |length| {
        repeated("          # ", length)
    }),
    ("many blanks before comments", |length| {
        format!("{}# a\n# a", repeated(" ", length))
    }),
    ("hash signs", |length| repeated("#", length)),
    ("dashes", |length| repeated("-", length)),
    ("dashes in a line", |length| repeated("a--\t", length)),
    ("dashes apart", |length| repeated("- ", length)),
    ("operators", |length| repeated("+-", length)),
    ("colons", |length| repeated(":", length)),
    ("points", |length| repeated("a.", length)),
    ("digits", |length| repeated("1", length)),
    ("fractions", |length| repeated("1.", length)),
    ("letters", |length| repeated("é", length)),
    ("line comments", |length| repeated("-- a\n", length)),
    ("line comments in a statement", |length| {
        format!("SELECT 1 {}", repeated("-- a\n", length))
    }),
    ("directives", |length| {
        repeated("-- migrate: allow rule reason\n", length)
    }),
    ("directives with statements", |length| {
        repeated("-- migrate: only mysql\nSELECT 1;\n", length)
    }),
    ("engines of a directive", |length| {
        format!(
            "-- migrate: only {}\nSELECT 1",
            repeated("mysql, ", length) + "mysql"
        )
    }),
    ("an unknown directive", |length| {
        format!("-- migrate: {}\n", repeated("only", length))
    }),
    ("prefixes", |length| repeated("{prefix}", length)),
    ("literal prefixes", |length| repeated("{{prefix}}", length)),
    ("braces", |length| repeated("{", length)),
    ("rows", |length| {
        format!("INSERT INTO t VALUES {}(1)", repeated("(1, 'a'), ", length))
    }),
    ("columns", |length| {
        let columns = numbered(length, |number| format!("a{number} INT, "));
        format!("CREATE TABLE t ({columns} b INT)")
    }),
    ("constraints of a table", |length| {
        format!(
            "CREATE TABLE t (a INT, {}UNIQUE (a))",
            repeated("CHECK (a > 0), ", length)
        )
    }),
    ("constraints of a column", |length| {
        format!(
            "CREATE TABLE t (a INT {})",
            repeated("CHECK (a > 0) ", length)
        )
    }),
    ("NOT NULL", |length| {
        format!("CREATE TABLE t (a INT {})", repeated("NOT NULL ", length))
    }),
    ("words for a type", |length| {
        format!("CREATE TABLE t (a {})", repeated("DOUBLE ", length))
    }),
    ("casts", |length| {
        format!(
            "CREATE TABLE t (a INT DEFAULT 1{})",
            repeated("::int", length)
        )
    }),
    ("options", |length| {
        format!("CREATE TABLE t (a INT) {}", repeated("ENGINE = a ", length))
    }),
    ("actions", |length| {
        format!(
            "ALTER TABLE t {}DROP b",
            repeated("ADD COLUMN a INT, ", length)
        )
    }),
    ("parts of an index", |length| {
        format!("CREATE INDEX i ON t ({}b)", repeated("a DESC, ", length))
    }),
    ("tables to drop", |length| {
        format!("DROP TABLE {}b", repeated("a, ", length))
    }),
    ("a comment on a table", |length| {
        format!("COMMENT ON TABLE t IS '{}'", repeated("''", length))
    }),
    ("strings side by side", |length| {
        format!("COMMENT ON TABLE t IS {}", repeated("'a' ", length))
    }),
];

/// The time to read a text by both rules and to take its checksum.
fn time(text: &str) -> Duration {
    let start = Instant::now();
    for options in [postgres(), mysql()] {
        let _ = read(text, &options);
    }
    let (source, span) = source(text);
    let _ = fingerprint(&source, &[span]);
    start.elapsed()
}

#[test]
fn time_grows_with_the_text_and_no_faster() {
    let mut slow = Vec::new();
    for (name, text) in TEXTS {
        let short = text(SMALL);
        let long = text(4 * SMALL);
        // The best of several, as the machine may be busy with something else.
        let is_linear = (0..4).any(|_| {
            let long = time(&long);
            long < NOTHING || long < time(&short) * MOST
        });
        if !is_linear {
            slow.push(format!("{name}: {:?}, {:?}", time(&short), time(&long)));
        }
    }
    assert!(slow.is_empty(), "{}", slow.join("\n"));
}
