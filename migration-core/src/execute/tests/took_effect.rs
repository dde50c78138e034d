//! What the catalog tells about a statement that was begun.

use crate::execute::took_effect::{Effect, took_effect};
use crate::introspect::Catalog;
use crate::schema::{Ident, Schema};
use crate::sql::{self, Fold, ParseOptions};
use crate::text::{Source, Span};

fn operations(text: &str) -> Vec<crate::operation::Operation> {
    let source = Source::new("t.sql", text);
    let options = ParseOptions {
        prefix: String::new(),
        fold: Fold::Keep,
        backslash_escapes: true,
    };
    let parsed = sql::parse(&source, Span::new(0, text.len()), &options).unwrap();
    let statements = parsed.statements.into_iter();
    statements.flat_map(|it| it.operations).collect()
}

/// Whether the last statement of `text` took effect, where `there` is all there is.
#[track_caller]
fn check(there: &str, text: &str, expected: Effect) {
    let mut schema = Schema::default();
    for operation in operations(there) {
        crate::operation::apply(&operation, &mut schema).unwrap();
    }
    let live = Catalog {
        schema,
        unread: Vec::new(),
        tells_case_apart: false,
        sees_views: true,
    };
    let asked = operations(text).pop().unwrap();
    assert_eq!(took_effect(&asked, &live), expected, "{text} in {there}");
}

const T: &str = "CREATE TABLE t (a INT, b INT, CONSTRAINT u UNIQUE (a), CHECK (b > 1)); \
                 CREATE INDEX i ON t (a);";

#[test]
fn what_left_its_trace_took_effect() {
    for text in [
        "CREATE TABLE t (a INT, B INT)",
        "DROP TABLE gone",
        "ALTER TABLE old RENAME TO t",
        "ALTER TABLE t ADD COLUMN b INT",
        "ALTER TABLE t DROP COLUMN c",
        "ALTER TABLE t RENAME COLUMN c TO b",
        "ALTER TABLE t ADD CONSTRAINT u UNIQUE (a)",
        "ALTER TABLE t ADD UNIQUE (a)",
        "ALTER TABLE t ADD CHECK (b>1)",
        "ALTER TABLE t DROP CONSTRAINT v",
        "ALTER TABLE t RENAME CONSTRAINT v TO u",
        "CREATE INDEX i ON t (a)",
        "DROP INDEX j ON t",
        "ALTER TABLE t RENAME INDEX j TO i",
        "DROP VIEW v",
    ] {
        check(T, text, Effect::Yes);
    }
}

#[test]
fn what_left_none_did_not() {
    for text in [
        "CREATE TABLE t (a INT)",
        "CREATE TABLE n (a INT)",
        "DROP TABLE t",
        "ALTER TABLE t RENAME TO n",
        "ALTER TABLE t ADD COLUMN c INT",
        "ALTER TABLE t DROP COLUMN b",
        "ALTER TABLE t RENAME COLUMN b TO c",
        "ALTER TABLE t ADD CONSTRAINT v UNIQUE (a)",
        "ALTER TABLE t ADD CHECK (b > 2)",
        "ALTER TABLE t DROP CONSTRAINT u",
        "ALTER TABLE t RENAME CONSTRAINT u TO v",
        "CREATE INDEX j ON t (a)",
        "DROP INDEX i ON t",
        "CREATE VIEW v AS SELECT 1",
        "ALTER TABLE t RENAME INDEX i TO j",
    ] {
        check(T, text, Effect::No);
    }
}

#[test]
fn what_may_be_said_twice_is_not_asked_and_what_nobody_can_read_is_unknown() {
    for text in [
        "ALTER TABLE t ALTER COLUMN b SET NOT NULL",
        "ALTER TABLE t ALTER COLUMN b TYPE BIGINT",
        "SET foreign_key_checks = 0",
        "DROP TRIGGER IF EXISTS g",
        "CREATE OR REPLACE VIEW v AS SELECT 1",
    ] {
        check(T, text, Effect::Repeat);
    }
    for text in [
        "CREATE TRIGGER g BEFORE INSERT ON t FOR EACH ROW SET NEW.a = 1",
        "DROP TRIGGER g",
        "ALTER TABLE t ALTER COLUMN b TYPE BIGINT USING b * 2",
        "ALTER TABLE t RENAME CONSTRAINT v TO w",
    ] {
        check(T, text, Effect::Unknown);
    }
}

#[test]
fn names_that_differ_in_case_alone_are_one_column() {
    check(T, "ALTER TABLE t ADD COLUMN B INT", Effect::Yes);
    assert_ne!(Ident::new("b"), Ident::new("B"));
}
