//! A column gets another type: what becomes of its values, and which of them stop the change, as
//! they would on a server.

use std::path::PathBuf;

use migration_core::database::{self, Address, Connection, OpenOptions};
use migration_core::dialect::Dialect;
use migration_core::introspect;
use migration_core::schema::ObjectName;

use super::{parse, run, texts};

/// A table with one value in a column of type `from`.
fn holding(from: &str, value: &str) -> Box<dyn Connection> {
    let address = Address::Sqlite {
        path: PathBuf::from(":memory:"),
    };
    let mut connection =
        database::open(&address, &OpenOptions::write("test")).expect("memory opens");
    let create = format!("CREATE TABLE t (id INTEGER PRIMARY KEY, v {from})");
    let insert = format!("INSERT INTO t VALUES (1, NULL), (4, {value})");
    connection.run(&[&create, &insert]).expect("a table");
    connection
}

/// The value afterwards with the way it is stored, or what stands against the change.
fn converted(from: &str, value: &str, to: &str) -> Result<String, String> {
    let mut connection = holding(from, value);
    let connection = connection.as_mut();
    let live = introspect::table(connection, &ObjectName::new("t")).expect("the table is read");
    let operations = parse(&format!("ALTER TABLE t ALTER COLUMN v TYPE {to}"));
    let lowered = Dialect::Sqlite
        .compiler()
        .compile(&operations, &live.schema)
        .expect("SQLite can do it");
    connection.begin().expect("nobody else is there");
    run(connection, &lowered)?;
    connection.commit().expect("nothing stands against it");
    Ok(texts(connection, "SELECT v, typeof(v) FROM t WHERE id = 4").remove(0))
}

#[track_caller]
fn becomes(from: &str, value: &str, to: &str, expected: &str) {
    assert_eq!(
        converted(from, value, to).as_deref(),
        Ok(expected),
        "{value} of {from} as {to}"
    );
}

#[track_caller]
fn stops(from: &str, value: &str, to: &str, finding: &str) {
    let stopped = converted(from, value, to).expect_err(value);
    assert!(stopped.contains(finding), "{stopped}");
    assert!(stopped.contains("Integer(1)"), "{stopped}");
    let is_listed = stopped.contains("Text(\"4\")");
    assert!(is_listed, "{value} of {from} as {to}: {stopped}");
}

#[test]
fn numbers_go_over_without_loss() {
    becomes("INTEGER", "7", "BIGINT", "7,integer");
    becomes("BIGINT", "2147483647", "INTEGER", "2147483647,integer");
    becomes("VARCHAR(9)", "'12'", "INTEGER", "12,integer");
    becomes(
        "TEXT",
        "'9223372036854775807'",
        "BIGINT",
        "9223372036854775807,integer",
    );
    becomes("TEXT", "'1.50'", "NUMERIC(8, 2)", "1.5,real");
    becomes("REAL", "2.5", "INTEGER", "3,integer");
    becomes("REAL", "-2.5", "BIGINT", "-3,integer");
    becomes("INTEGER", "7", "DOUBLE PRECISION", "7,real");
    becomes("INTEGER", "7", "VARCHAR(3)", "7,text");
    becomes("INTEGER", "1", "BOOLEAN", "1,integer");
}

#[test]
fn what_a_number_type_cannot_hold_stops_the_change() {
    let many = "'123456789012345678901234567890'";
    stops("TEXT", many, "BIGINT", "whose `v` is no BIGINT");
    stops("TEXT", many, "NUMERIC", "more digits than SQLite keeps");
    stops(
        "TEXT",
        "'0.1234567890123456789'",
        "NUMERIC(30, 20)",
        "more digits",
    );
    stops("TEXT", "'abc'", "INTEGER", "whose `v` is no INTEGER");
    stops(
        "TEXT",
        "'12a'",
        "DOUBLE PRECISION",
        "is no DOUBLE PRECISION",
    );
    stops("TEXT", "''", "NUMERIC", "is no NUMERIC");
    stops("BIGINT", "2147483648", "INTEGER", "is no INTEGER");
    stops("INTEGER", "40000", "SMALLINT", "is no SMALLINT");
    stops("REAL", "1e30", "BIGINT", "is no BIGINT");
    stops("INTEGER", "2", "BOOLEAN", "is no BOOLEAN");
    stops("TEXT", "'yes'", "BOOLEAN", "is no BOOLEAN");
}

#[test]
fn texts_are_cut_nowhere() {
    becomes("VARCHAR(3)", "'abc'", "VARCHAR(5)", "abc,text");
    becomes("TEXT", "'abc'", "VARCHAR(3)", "abc,text");
    stops("TEXT", "'abcd'", "VARCHAR(3)", "is no VARCHAR(3)");
    stops("INTEGER", "1234", "VARCHAR(3)", "is no VARCHAR(3)");
    becomes("BLOB", "x'6162'", "TEXT", "ab,text");
    becomes("TEXT", "'{\"a\": 1}'", "JSON", "{\"a\": 1},text");
    stops("TEXT", "'{a: 1'", "JSON", "whose `v`");
    let uuid = "6ba7b810-9dad-11d1-80b4-00c04fd430c8";
    becomes(
        "TEXT",
        &format!("'{uuid}'"),
        "UUID",
        &format!("{uuid},text"),
    );
    stops("TEXT", "'6ba7b810'", "UUID", "whose `v`");
}

#[test]
fn days_and_times_go_over_as_on_a_server() {
    becomes(
        "TIMESTAMP",
        "'2020-01-02 03:04:05.5'",
        "DATE",
        "2020-01-02,text",
    );
    becomes(
        "TIMESTAMP",
        "'2020-01-02 03:04:05.5'",
        "TIME",
        "03:04:05.5,text",
    );
    becomes(
        "DATE",
        "'2020-01-02'",
        "TIMESTAMP",
        "2020-01-02 00:00:00,text",
    );
    becomes("TEXT", "'2020-01-02'", "DATE", "2020-01-02,text");
    becomes(
        "TEXT",
        "'2020-01-02T03:04:05Z'",
        "TIMESTAMP WITH TIME ZONE",
        "2020-01-02T03:04:05Z,text",
    );
    for (from, value) in [
        ("TIMESTAMP", "'tomorrow at noon'"),
        ("TIMESTAMP", "'20261122T131415'"),
        ("TIMESTAMP", "'22.11.2026 13:14'"),
        ("TIMESTAMP", "'2026-11-22 and more'"),
        ("TIMESTAMP", "1795353255"),
        ("TEXT", "'2020'"),
    ] {
        stops(from, value, "DATE", "is no DATE");
    }
    for value in ["1795353255", "'22.11.2026'", "'2026-11-2x'"] {
        stops("DATE", value, "TIMESTAMP", "is no TIMESTAMP");
    }
    becomes("TIMESTAMP", "'2020-01-02'", "DATE", "2020-01-02,text");
    stops("TEXT", "'2020-02-31x'", "DATE", "is no DATE");
    stops("INTEGER", "1600000000", "TIMESTAMP", "is no TIMESTAMP");
    stops("TEXT", "'noon'", "TIME", "is no TIME");
}

#[test]
fn an_expression_says_how_and_must_give_the_type() {
    becomes(
        "INTEGER",
        "1600000000",
        "TIMESTAMP USING datetime(v, 'unixepoch')",
        "2020-09-13 12:26:40,text",
    );
    becomes("TEXT", "'yes'", "BOOLEAN USING v = 'yes'", "1,integer");
    stops("INTEGER", "5", "DATE USING v + 1", "is no DATE");
}

#[test]
fn only_a_change_of_stored_bytes_copies_the_rows() {
    for (from, to, is_copied) in [
        ("VARCHAR(3)", "VARCHAR(30)", false),
        ("VARCHAR(30)", "TEXT", false),
        ("INTEGER", "BIGINT", false),
        ("TIMESTAMP", "TIMESTAMP WITH TIME ZONE", false),
        ("TIMESTAMP", "DATE", true),
        ("INTEGER", "VARCHAR(30)", true),
        ("TEXT", "TEXT COLLATE NOCASE", true),
        ("TEXT", "TEXT USING v || 'x'", true),
    ] {
        let mut connection = holding(from, "NULL");
        let live = introspect::table(connection.as_mut(), &ObjectName::new("t"))
            .expect("the table is read");
        let operations = parse(&format!("ALTER TABLE t ALTER COLUMN v TYPE {to}"));
        let lowered = Dialect::Sqlite
            .compiler()
            .compile(&operations, &live.schema)
            .expect("SQLite can do it");
        let copies = lowered
            .statements
            .iter()
            .any(|statement| statement.sql.starts_with("INSERT INTO \"_migrate_new_t\""));
        assert_eq!(copies, is_copied, "{from} as {to}");
        run(connection.as_mut(), &lowered).expect("nothing stands against it");
    }
}
