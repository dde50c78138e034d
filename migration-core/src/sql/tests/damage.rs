//! Real SQL as accidents leave it: whatever happened to a text, it is read or refused with its
//! place.
#![expect(
    clippy::disallowed_methods,
    reason = "these tests read the golden cases"
)]

use std::fs;
use std::path::Path;
use std::sync::LazyLock;

use proptest::prelude::*;

use super::laws::is_read_or_refused;

/// Texts that are right: the golden cases, and what only one engine reads.
static TEXTS: LazyLock<Vec<String>> = LazyLock::new(|| {
    let cases = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/cases/compile");
    let cases = fs::read_dir(cases).expect("the golden cases are there");
    let mut texts: Vec<String> = cases
        .filter_map(|case| fs::read_to_string(case.ok()?.path().join("revision.sql")).ok())
        .collect();
    assert!(texts.len() > 100, "only {} golden cases", texts.len());
    texts.sort();
    texts.extend(BODIES.map(str::to_owned));
    texts
});

/// Bodies and quotes that the golden cases have few of.
const BODIES: [&str; 6] = [
    "CREATE TRIGGER t AFTER INSERT ON a BEGIN UPDATE b SET c = CASE WHEN new.d > 0 THEN 1 ELSE 2 END; END; SELECT 1;",
    "DELIMITER $$\nCREATE PROCEDURE p(IN n INT) BEGIN IF n > 0 THEN SELECT 'a;b'; END IF; END$$\nDELIMITER ;\nSELECT 2;",
    "CREATE FUNCTION f() RETURNS trigger AS $body$ BEGIN x := $x$;$x$; END; $body$ LANGUAGE plpgsql; SELECT E'\\'' || U&'\\0061';",
    "/* a /* nested */ b */ INSERT INTO t VALUES ('it''s', x'00', $$;$$, `q`, \"r\"); # over\n-- migrate: only mysql\nSELECT 'a\\'b';",
    "CREATE TABLE [a b] (a INT DEFAULT ((1) + (2)), b TEXT[] CHECK (b @> ARRAY['x']), c NUMERIC(5, 2) GENERATED ALWAYS AS (a * 2) STORED);",
    "\u{feff}-- migrate: allow rule reason\r\nALTER TABLE t ADD COLUMN a INT NOT NULL REFERENCES u (v) ON DELETE SET NULL,\r\n DROP CONSTRAINT {prefix}c CASCADE;\r\n",
];

const PIECES: [&str; 40] = [
    "",
    "'",
    "\"",
    "`",
    "$$",
    "$a$",
    "(",
    ")",
    "[",
    "]",
    ";",
    ",",
    ".",
    "--",
    "/*",
    "*/",
    "/*!",
    "#",
    "\\",
    "\n",
    "\r\n",
    "\r",
    "\u{feff}",
    "\0",
    "é",
    "{prefix}",
    "{{prefix}}",
    "{",
    "}",
    "BEGIN ",
    "END",
    "CASE ",
    "DELIMITER ",
    "DELIMITER ;;\n",
    "-- migrate: ",
    "-- migrate: only ",
    "E'",
    "::",
    "1e",
    " ",
];

/// So many bytes at a place become a piece, or a part of the text that stands elsewhere.
fn any_accident() -> impl Strategy<Value = (usize, usize, Result<&'static str, usize>)> {
    let piece = prop_oneof![
        3 => prop::sample::select(PIECES.to_vec()).prop_map(Ok),
        1 => any::<usize>().prop_map(Err),
    ];
    let length = prop_oneof![4 => 0..4_usize, 1 => 0..60_usize];
    (any::<usize>(), length, piece)
}

fn damaged(text: &str, accidents: Vec<(usize, usize, Result<&'static str, usize>)>) -> String {
    let mut bytes = text.as_bytes().to_vec();
    for (place, length, piece) in accidents {
        let start = place % (bytes.len() + 1);
        let end = (start + length).min(bytes.len());
        let piece = match piece {
            Ok(piece) => piece.as_bytes().to_vec(),
            Err(elsewhere) => {
                let from = elsewhere % (bytes.len() + 1);
                let to = (from + 40).min(bytes.len());
                bytes[from..to].to_vec()
            }
        };
        bytes.splice(start..end, piece);
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(6000))]

    #[test]
    fn damaged_sql_is_read_or_refused_with_a_place(
        text in any::<prop::sample::Index>(),
        accidents in prop::collection::vec(any_accident(), 0..6)
    ) {
        let text = &TEXTS[text.index(TEXTS.len())];
        is_read_or_refused(&damaged(text, accidents))?;
    }

    #[test]
    fn bytes_are_read_or_refused_with_a_place(
        bytes in prop::collection::vec(any::<u8>(), 0..200)
    ) {
        is_read_or_refused(&String::from_utf8_lossy(&bytes))?;
    }

    #[test]
    fn signs_of_sql_are_read_or_refused_with_a_place(
        signs in prop::collection::vec(prop::sample::select(b"'\"`$-/*#;(){}[]\\\n ae1.,:E!+".to_vec()), 0..60)
    ) {
        is_read_or_refused(&String::from_utf8_lossy(&signs))?;
    }
}
