//! Indexes of a table whose rows are copied: what the copy does not touch is not made again.

use migration_core::database::Connection;
use migration_core::dialect::Dialect;
use migration_core::introspect;
use migration_core::schema::ObjectName;

use super::corners::memory;
use super::{change, parse, texts};

/// Applies a change, which must leave the database sound, and says which indexes it made.
fn made(connection: &mut dyn Connection, text: &str) -> Vec<String> {
    let live = introspect::table(connection, &ObjectName::new("t")).expect("the table is read");
    let compiler = Dialect::Sqlite.compiler();
    let lowered = compiler
        .compile(&parse(text), &live.schema)
        .expect("SQLite can do it");
    let named = lowered.statements.iter().filter_map(|statement| {
        let (kind, rest) = statement.sql.split_once("INDEX \"")?;
        (kind.starts_with("CREATE")).then(|| rest.split('"').next().unwrap_or_default().to_owned())
    });
    let named = named.collect();
    assert!(change(connection, text));
    named
}

/// Rows with holes in their numbers, and an index on every column.
const SALES: &str = "
CREATE TABLE t (id INTEGER PRIMARY KEY, buyer TEXT COLLATE NOCASE NOT NULL, amount INTEGER, shop INTEGER,
    price REAL);
CREATE INDEX by_buyer ON t (buyer DESC, id); CREATE UNIQUE INDEX by_shop ON t (shop);
CREATE INDEX by_amount ON t (shop, amount); CREATE INDEX by_price ON t (price);
CREATE INDEX partial ON t (shop) WHERE shop > 1; CREATE INDEX lower ON t (lower(buyer));
INSERT INTO t VALUES (3, 'b', 7, 1, 1), (900, 'A', 8, 2, 2.5), (12, 'c', NULL, NULL, NULL);
ANALYZE;";

/// A change that only a copy of the rows can make.
const RETYPED: &str = "ALTER TABLE t ALTER COLUMN amount TYPE VARCHAR(20)";

#[test]
fn an_index_on_columns_that_stay_what_they_are_stays() {
    let mut connection = memory(SALES);
    let connection = connection.as_mut();
    let statistics = "SELECT * FROM sqlite_stat1 WHERE idx IN ('by_buyer', 'by_shop') ORDER BY idx";
    let before = texts(connection, statistics);
    assert_eq!(before.len(), 2);
    let indexes = ["by_amount", "by_price", "partial", "lower"];
    assert_eq!(made(connection, RETYPED), indexes);
    assert_eq!(texts(connection, statistics), before);
    for index in ["by_buyer", "by_shop"] {
        let sql = format!("SELECT * FROM t INDEXED BY {index} WHERE buyer = 'B' AND shop = 1");
        assert_eq!(texts(connection, &sql), ["3,b,7,1,1"]);
    }
    connection
        .run(&["INSERT INTO t (buyer, shop) VALUES ('d', 2)"])
        .expect_err("the index is unique");
    connection
        .run(&["DELETE FROM t WHERE buyer = 'a'"])
        .expect("rows go");
    assert_eq!(texts(connection, "PRAGMA integrity_check"), ["ok"]);
}

#[test]
fn an_index_is_made_again_when_what_it_holds_may_be_another() {
    const DEFAULT: &str = "ALTER TABLE t ALTER COLUMN b SET DEFAULT 5";
    for (table, text) in [
        (
            "a TEXT, b INTEGER",
            "ALTER TABLE t ALTER COLUMN a TYPE TEXT USING b",
        ),
        (
            "a TEXT, b INTEGER",
            "ALTER TABLE t ADD CONSTRAINT k PRIMARY KEY (b)",
        ),
        ("a TEXT, b INTEGER UNIQUE", DEFAULT),
        ("a TEXT, b INTEGER, c INTEGER AS (b + 1) STORED", DEFAULT),
        (
            "a TEXT PRIMARY KEY, b INTEGER) WITHOUT ROWID; CREATE TABLE other (a",
            DEFAULT,
        ),
        ("a TEXT, b INTEGER, rowid, _rowid_, oid", DEFAULT),
    ] {
        let mut connection = memory(&format!(
            "CREATE TABLE t ({table}); CREATE INDEX i ON t (a);
             INSERT INTO t (a, b) VALUES ('x', 4), ('b', 9), ('m', 1);"
        ));
        let connection = connection.as_mut();
        assert_eq!(made(connection, text), ["i"], "{table} {text}");
        let held = "SELECT count(*) FROM t INDEXED BY i WHERE a > ''";
        assert_eq!(texts(connection, held), ["3"], "{table} {text}");
    }
}

#[test]
fn a_table_without_a_column_for_its_numbers_keeps_them_and_its_index() {
    let mut connection = memory(
        "CREATE TABLE t (a TEXT, b INTEGER, \"rowid\" TEXT); CREATE INDEX i ON t (a);
         INSERT INTO t (_rowid_, a, b) VALUES (40, 'x', 4), (7, 'b', 9);",
    );
    let connection = connection.as_mut();
    let text = "ALTER TABLE t ALTER COLUMN b TYPE TEXT; ALTER TABLE t DROP COLUMN \"rowid\"";
    assert_eq!(made(connection, text), [""; 0]);
    let rows = "SELECT _rowid_, * FROM t INDEXED BY i WHERE a > '' ORDER BY a";
    assert_eq!(texts(connection, rows), ["7,b,9", "40,x,4"]);
}

#[test]
fn a_check_that_comes_is_asked_of_values_of_their_own_type() {
    let mut connection = memory(
        "CREATE TABLE t (a INTEGER, b INTEGER); CREATE INDEX i ON t (a); INSERT INTO t VALUES (9, 1);",
    );
    let connection = connection.as_mut();
    assert!(change(
        connection,
        "ALTER TABLE t ALTER COLUMN b TYPE TEXT; ALTER TABLE t ADD CONSTRAINT c CHECK (a < '10')"
    ));
}

#[test]
#[should_panic(expected = "NUMERIC value in t.a")]
fn a_number_that_hands_have_left_in_a_column_of_text_is_found() {
    let mut connection = memory(
        "CREATE TABLE t (a INTEGER, b INTEGER); CREATE INDEX i ON t (a); INSERT INTO t VALUES (9, 1);
         PRAGMA writable_schema = ON;
         UPDATE sqlite_schema SET sql = 'CREATE TABLE t (a TEXT, b INTEGER)' WHERE name = 't';
         PRAGMA writable_schema = RESET;",
    );
    change(
        connection.as_mut(),
        "ALTER TABLE t ALTER COLUMN b TYPE TEXT",
    );
}
