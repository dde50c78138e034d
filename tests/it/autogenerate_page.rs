//! `docs/reference/autogenerate.md`: what is found, made of the golden cases of the difference.
#![expect(
    clippy::disallowed_methods,
    reason = "this test reads cases and writes a page"
)]

use std::fmt::Write as _;
use std::path::Path;

use migration_tests::command::root;

/// A change, what Alembic 1.20 makes of it (as measured on its own comparison with
/// `compare_server_default` on), and the case that shows what is written here.
type Row = (&'static str, &'static str, &'static str);

const ROWS: &[(&str, &[Row])] = &[
    (
        "Tables",
        &[
            ("a new table", "found", "table-added"),
            (
                "tables that refer to each other",
                "a script that does not run",
                "foreign-key-cycle",
            ),
            (
                "tables that go",
                "found, in an order that may not run",
                "tables-dropped-in-order-of-references",
            ),
            (
                "a table renamed, by a comment in the models",
                "dropped and made anew",
                "table-renamed",
            ),
            (
                "a table that may be renamed",
                "dropped and made anew",
                "table-rename-is-doubtful",
            ),
            ("a comment on a table", "found", "table-comment-changed"),
            ("a new schema", "not made", "schema-added"),
        ],
    ),
    (
        "Columns",
        &[
            ("a new column", "found", "column-added"),
            ("a new column NOT NULL", "found", "column-added-not-null"),
            ("a column that goes", "found", "column-dropped"),
            (
                "a column renamed, by a comment in the models",
                "dropped and made anew",
                "column-rename-by-comment",
            ),
            (
                "a column that may be renamed",
                "dropped and made anew",
                "column-rename-is-doubtful",
            ),
            ("another length", "found", "varchar-length"),
            ("no length any more", "missed", "varchar-loses-its-length"),
            ("another precision", "found", "numeric-precision"),
            ("REAL to DOUBLE PRECISION", "missed", "real-becomes-double"),
            ("a time zone", "found", "timestamp-gets-a-zone"),
            ("JSON to JSONB", "found", "json-becomes-jsonb"),
            (
                "another type of an array's elements",
                "found",
                "array-of-another-type",
            ),
            (
                "text to a number",
                "found, does not run on PostgreSQL",
                "text-becomes-number",
            ),
            ("another collation", "missed", "collation-added"),
            ("NULL allowed", "found", "null-allowed"),
            ("NULL forbidden", "found", "null-forbidden"),
            ("another default", "found when asked for", "default-changed"),
            ("a computed column", "a warning", "generated-column-added"),
            (
                "another expression of a computed column",
                "a warning",
                "generated-expression-changed",
            ),
            (
                "numbering by the standard's words",
                "found",
                "identity-added",
            ),
            (
                "numbers that writers may give, or not",
                "found",
                "identity-always",
            ),
            ("a comment on a column", "found", "column-comment-added"),
            (
                "the order of columns",
                "missed",
                "order-of-columns-and-tables-is-no-difference",
            ),
            ("UNSIGNED on MySQL", "missed", "unsigned-on-mysql"),
        ],
    ),
    (
        "Keys and checks",
        &[
            (
                "columns of the primary key",
                "missed",
                "primary-key-changed",
            ),
            ("a name of the primary key", "missed", "primary-key-renamed"),
            ("a unique constraint", "found", "unique-added"),
            (
                "a unique constraint that can be deferred",
                "missed",
                "unique-deferrable",
            ),
            (
                "another name of a unique constraint",
                "dropped and made anew",
                "unique-renamed",
            ),
            ("a foreign key", "found", "foreign-key-added"),
            ("ON DELETE", "found", "foreign-key-on-delete"),
            (
                "a foreign key that can be deferred",
                "found",
                "foreign-key-deferrable",
            ),
            ("MATCH FULL", "missed", "foreign-key-match-full"),
            ("NOT VALID", "missed", "foreign-key-not-valid"),
            (
                "another name of a foreign key",
                "missed",
                "foreign-key-renamed",
            ),
            ("a check", "missed", "check-added"),
            (
                "another condition of a check",
                "missed",
                "check-expression-changed",
            ),
            (
                "checks without names",
                "dropped by mistake",
                "unnamed-constraints-have-any-name",
            ),
            ("EXCLUDE", "missed", "exclusion-added"),
        ],
    ),
    (
        "Indexes",
        &[
            ("a new index", "found", "index-added"),
            ("another name", "dropped and made anew", "index-renamed"),
            ("other columns", "found", "index-columns-changed"),
            ("another direction", "found", "index-descending"),
            ("another expression", "found", "index-expression-changed"),
            ("WHERE", "missed", "index-predicate-changed"),
            ("USING", "missed", "index-method"),
            ("INCLUDE", "missed", "index-include"),
            ("an operator class", "missed", "index-operator-class"),
            (
                "the first characters of a column (MySQL)",
                "missed",
                "index-prefix-length",
            ),
        ],
    ),
    (
        "Enumerated types",
        &[
            ("a new type", "not made for a new column", "enum-added"),
            ("a value at the end", "missed", "enum-value-appended"),
            ("a value in between", "missed", "enum-value-inserted"),
            ("a value that goes", "missed", "enum-value-removed"),
            ("another order", "missed", "enum-values-reordered"),
            (
                "VARCHAR to a type",
                "found, does not run",
                "varchar-becomes-enum",
            ),
            (
                "a type with its last column",
                "left behind",
                "enum-dropped-with-its-column",
            ),
        ],
    ),
    (
        "Everything else",
        &[
            ("a view", "missed", "view-added"),
            (
                "a view on a column that changes",
                "does not run",
                "view-on-changed-column",
            ),
            ("a materialized view", "missed", "materialized-view-changed"),
            ("a sequence", "missed", "sequence-added"),
            ("a function", "missed", "function-changed"),
            ("a trigger", "missed", "trigger-changed"),
            ("a policy of row-level security", "missed", "policy-added"),
            ("row-level security", "missed", "row-security-dropped"),
            ("white space in a function", "missed", "function-respaced"),
        ],
    ),
];

const HEAD: &str = "\
# What autogenerate finds

Made of the golden cases in `tests/cases/diff`, whose names stand in the last column; a test keeps it
true, and every case is run up and down on the engines it is for. Where SQL stands, that is the
upgrade; the way back is in the case. Both sides are compared as the engine stores them, so a type,
default or condition that is only spelled otherwise is none of these.
";

#[test]
fn the_reference_of_autogenerate_is_made_of_the_cases() {
    let mut page = HEAD.to_owned();
    for (title, rows) in ROWS {
        let _ = write!(
            page,
            "\n## {title}\n\n| change | Alembic | here | case |\n|---|---|---|---|\n"
        );
        for (change, alembic, case) in *rows {
            let here = upgrade(case);
            let _ = writeln!(page, "| {change} | {alembic} | {here} | `{case}` |");
        }
    }
    let path = root().join("docs/reference/autogenerate.md");
    if std::env::var_os("UPDATE_CASES").is_some() {
        std::fs::write(&path, &page).expect("the page is writable");
    }
    let found = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(found == page, "UPDATE_CASES=1 writes {}", path.display());
}

/// The statements of a case's upgrade, for one cell of a table.
fn upgrade(case: &str) -> String {
    let path = root()
        .join("tests/cases/diff")
        .join(case)
        .join("expected.sql");
    let text = std::fs::read_to_string(&path)
        .unwrap_or_else(|error| panic!("{}: {error}", Path::new(case).display()));
    if text.starts_with("-- is `") {
        return "asked about".to_owned();
    }
    let section = text
        .split("-- migrate: downgrade")
        .next()
        .unwrap_or_default();
    let lines = section.lines().filter(|line| !line.starts_with("--"));
    let words: Vec<&str> = lines.flat_map(str::split_whitespace).collect();
    let statements = words.join(" ");
    let mut statements = statements.split_inclusive(';').map(str::trim);
    let Some(first) = statements.next() else {
        return "no difference".to_owned();
    };
    let more = if statements.next().is_some() {
        " ..."
    } else {
        ""
    };
    format!("`{}`{more}", first.replace('|', "\\|"))
}
