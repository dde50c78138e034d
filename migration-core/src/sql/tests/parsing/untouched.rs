//! Tests of comments, and of what passes through as written.

use super::{check, check_raw};
use crate::operation::Operation;
use crate::schema::ObjectName;

#[test]
fn comments_are_set_and_dropped() {
    let table = ObjectName {
        schema: Some("s".into()),
        name: "t".into(),
    };
    check(
        "COMMENT ON TABLE s.t IS 'it''s'; COMMENT ON COLUMN s.t.c IS NULL",
        &[
            Operation::SetTableComment {
                table: table.clone(),
                comment: Some("it's".to_owned()),
            },
            Operation::SetColumnComment {
                table,
                column: "c".into(),
                comment: None,
            },
        ],
    );
}

#[test]
fn what_is_not_modelled_passes_through_whole() {
    for text in [
        "CREATE TABLE t AS SELECT 1",
        "CREATE TABLE t (LIKE u)",
        "CREATE TABLE t (a INT) PARTITION BY RANGE (a)",
        "CREATE TABLE t (a INT) INHERITS (u)",
        "CREATE UNLOGGED TABLE t (a INT)",
        "CREATE TABLE t (a INT, EXCLUDE USING gist (a WITH =))",
        "CREATE TABLE t (a INT UNIQUE ON CONFLICT REPLACE)",
        "CREATE TABLE t (a INT CONSTRAINT nn NOT NULL)",
        "CREATE TABLE t (a INT GENERATED ALWAYS AS IDENTITY (START 5))",
        "CREATE TABLE t (a INT REFERENCES u ON DELETE SET NULL (a))",
        "CREATE TABLE t (a INT",
        "CREATE TABLE t (a INT))",
        "ALTER TABLE ONLY t ADD a INT",
        "ALTER TABLE IF EXISTS t ADD a INT",
        "ALTER TABLE t ADD a INT, SET SCHEMA s",
        "ALTER TABLE t ADD a INT AFTER b",
        "ALTER TABLE t ADD CHECK (a > 0) NO INHERIT",
        "ALTER TABLE t ADD CONSTRAINT p PRIMARY KEY USING INDEX i",
        "ALTER TABLE t ENABLE ROW LEVEL SECURITY",
        "ALTER TABLE t RENAME TO u, ADD a INT",
        "CREATE INDEX i ON ONLY t (a)",
        "CREATE INDEX i ON t (a) WITH (fillfactor = 70)",
        "CREATE INDEX i ON t (a) TABLESPACE x",
        "DROP INDEX i CASCADE",
        "COMMENT ON VIEW v IS 'x'",
        "CREATE MATERIALIZED VIEW v AS SELECT 1",
        "CREATE RECURSIVE VIEW v (a) AS SELECT 1",
        "CREATE VIEW v WITH (security_barrier) AS SELECT 1",
        "CREATE ALGORITHM = MERGE VIEW v AS SELECT 1",
        "ALTER VIEW v OWNER TO somebody",
        "CREATE SEQUENCE s OWNED BY a.b.c.d",
        "ALTER SEQUENCE s",
        "CREATE SCHEMA s AUTHORIZATION somebody",
        "CREATE SCHEMA s CREATE TABLE t (a INT)",
        "CREATE TYPE t AS (a INT)",
        "ALTER TYPE t OWNER TO somebody",
        "ALTER TABLE t ALTER a SET GENERATED ALWAYS SET INCREMENT 2",
        "INSERT INTO t VALUES (1, 'a')",
    ] {
        check_raw(text);
    }
}

#[test]
fn a_hash_comment_is_for_one_engine_to_judge() {
    check_raw("CREATE TABLE t (\n# the only\na INT)");
}
