//! What a statement that passes through as written is about.

use crate::sql::{Deed, Fold, subject};

#[track_caller]
fn check(sql: &str, expected: &str) {
    let found = subject(sql, Fold::Lower, false).map(|(it, deed)| {
        let deed = match deed {
            Deed::Makes => '+',
            Deed::Drops => '-',
        };
        let table = it.table.map(|table| format!(" on {table}"));
        format!("{deed}{} {}{}", it.kind, it.name, table.unwrap_or_default())
    });
    assert_eq!(found.as_deref().unwrap_or("nothing"), expected, "{sql}");
}

#[test]
fn the_head_of_a_statement_says_its_subject() {
    for (sql, expected) in [
        (
            "CREATE OR REPLACE FUNCTION app.F(a int) RETURNS int AS $$ DROP TABLE x $$",
            "+function app.f",
        ),
        (
            "/* ours */ CREATE TRIGGER \"T\" BEFORE UPDATE OF a, b ON \"irma_file\" FOR EACH ROW",
            "+trigger T on irma_file",
        ),
        ("create policy p on t using (true)", "+policy p on t"),
        (
            "CREATE DEFINER = `root`@`%` PROCEDURE p() SELECT 1",
            "+procedure p",
        ),
        (
            "CREATE MATERIALIZED VIEW IF NOT EXISTS m AS SELECT 1",
            "+materialized view m",
        ),
        ("CREATE ALGORITHM=MERGE VIEW v AS SELECT 1", "+view v"),
        ("DROP FUNCTION IF EXISTS f(integer)", "-function f"),
        ("DROP TRIGGER x ON t", "-trigger x on t"),
        (
            "ALTER TABLE t ENABLE ROW LEVEL SECURITY",
            "+row-level security t",
        ),
        (
            "ALTER TABLE ONLY t DISABLE ROW LEVEL SECURITY",
            "-row-level security t",
        ),
        ("ALTER TABLE t CLUSTER ON i", "nothing"),
        ("INSERT INTO t VALUES (1)", "nothing"),
        ("CREATE", "nothing"),
        ("", "nothing"),
    ] {
        check(sql, expected);
    }
}
