//! `-- renamed from old_name`: where it may stand, and what it is about.

use super::{postgres, source};
use crate::diagnostic::Advice as _;
use crate::sql::renamed;

/// `table.column<-from` or `table<-from` of every comment.
fn read(text: &str) -> Result<Vec<String>, &'static str> {
    let (source, span) = source(text);
    let found = renamed(&source, span, &postgres()).map_err(|error| error.kind())?;
    Ok(found
        .into_iter()
        .map(|it| match it.column {
            Some(column) => format!("{}.{column}<-{}", it.table, it.from),
            None => format!("{}<-{}", it.table, it.from),
        })
        .collect())
}

#[track_caller]
fn check(text: &str, expected: &[&str]) {
    let expected: Vec<String> = expected.iter().map(|it| (*it).to_owned()).collect();
    assert_eq!(read(text), Ok(expected), "{text}");
}

#[test]
fn a_comment_is_about_what_it_stands_at() {
    check("-- renamed from old\nCREATE TABLE t (a INT);", &["t<-old"]);
    check(
        "CREATE TABLE \"{prefix}t\" ( -- renamed from \"{prefix}Old\"\n a INT)",
        &["irma_t<-irma_Old"],
    );
    check(
        "CREATE TABLE t (\n a INT, -- renamed from b\n c INT -- Renamed From d\n)",
        &["t.a<-b", "t.c<-d"],
    );
    check(
        "CREATE TABLE t (\n a NUMERIC(1,\n2),\n -- renamed from c\n b INT\n)",
        &["t.b<-c"],
    );
    check(
        "-- the users\n-- renamed from u\n-- of the shop\nCREATE TABLE t (a INT, b INT /* renamed from c */)",
        &["t<-u", "t.b<-c"],
    );
    check("-- it was renamed from b to a\nCREATE TABLE t (a INT)", &[]);
}

#[test]
fn what_is_nearly_such_a_comment_is_an_error() {
    for (text, kind) in [
        (
            "CREATE TABLE t (a INT -- renamed from b to a\n)",
            "malformed-rename",
        ),
        (
            "CREATE TABLE t (a INT -- renamed from\n)",
            "malformed-rename",
        ),
        (
            "CREATE TABLE t (\n-- renamed from b\n-- renamed from c\na INT)",
            "malformed-rename",
        ),
        ("-- renamed from i\nCREATE INDEX j ON t (a)", "stray-rename"),
        (
            "CREATE TABLE t (a INT);\n-- renamed from i\n",
            "stray-rename",
        ),
        (
            "CREATE TABLE t (a INT,\n-- renamed from i\nUNIQUE (a))",
            "stray-rename",
        ),
    ] {
        assert_eq!(read(text), Err(kind), "{text}");
    }
}
