//! What random tables have brought to light, each in the least SQL that shows it.

use super::corners::memory;
use super::{change, parse, run, texts};
use migration_core::dialect::Dialect;
use migration_core::introspect;
use migration_core::schema::ObjectName;

#[test]
fn names_in_brackets_are_names_whatever_they_hold() {
    let mut connection = memory(
        r#"CREATE TABLE [it's t] ([a b] TEXT, [x-y] INTEGER CHECK ([x-y] > 0 AND [it's t].[x-y] < 9));
           CREATE INDEX [i;x] ON [it's t] ([x-y]) WHERE [a b] <> '[x]';
           INSERT INTO [it's t] VALUES ('z', 5);"#,
    );
    let connection = connection.as_mut();
    assert!(change(
        connection,
        r#"ALTER TABLE "it's t" ALTER COLUMN "a b" SET DEFAULT 'q'"#
    ));
    assert_eq!(texts(connection, r#"SELECT * FROM "it's t""#), ["z,5"]);
    connection
        .run(&[r#"INSERT INTO "it's t" ("x-y") VALUES (0)"#])
        .expect_err("the check is there");
    assert_eq!(
        texts(
            connection,
            "SELECT count(*) FROM pragma_index_list('it''s t')"
        ),
        ["1"]
    );
}

#[test]
fn letters_of_a_name_do_not_count_even_in_quotes() {
    let mut connection = memory(
        r#"CREATE TABLE "t" ("a" INTEGER, "b" INTEGER, "c" INTEGER, CHECK ("T"."B" > 0),
               FOREIGN KEY ("A") REFERENCES "T" ("C"), UNIQUE ("C"));
           CREATE INDEX "i" ON "t" ("A"); CREATE INDEX "j" ON "t" (lower("A"), "B");
           INSERT INTO "t" VALUES (1, 2, 1);"#,
    );
    let connection = connection.as_mut();
    change(connection, r#"ALTER TABLE "t" DROP COLUMN "A""#);
    change(connection, r#"ALTER TABLE "t" ALTER COLUMN "C" TYPE TEXT"#);
    assert_eq!(texts(connection, "SELECT * FROM t"), ["2,1"]);
    assert_eq!(
        texts(
            connection,
            "SELECT name FROM pragma_index_list('t') WHERE origin = 'c'"
        ),
        [""; 0]
    );
    connection
        .run(&["INSERT INTO t VALUES (0, 3)"])
        .expect_err("the check is there");
}

#[test]
fn a_new_column_may_take_a_name_of_the_rowid() {
    let mut connection =
        memory("CREATE TABLE t (a); INSERT INTO t (rowid, a) VALUES (-3, 'x'), (19, 'y')");
    let connection = connection.as_mut();
    assert!(change(
        connection,
        "ALTER TABLE t ADD COLUMN rowid REAL DEFAULT (2 * 2.5)"
    ));
    assert_eq!(
        texts(connection, "SELECT oid, a, rowid FROM t ORDER BY oid"),
        ["-3,x,5", "19,y,5"]
    );
}

#[test]
fn rows_get_the_default_that_a_column_came_with() {
    let mut connection = memory("CREATE TABLE t (a); INSERT INTO t VALUES (1)");
    let connection = connection.as_mut();
    change(
        connection,
        "ALTER TABLE t ADD COLUMN b INTEGER DEFAULT (1 + 1); ALTER TABLE t ALTER COLUMN b SET DEFAULT 7;
         ALTER TABLE t ADD COLUMN c REAL DEFAULT (2.5); ALTER TABLE t ALTER COLUMN c TYPE INTEGER",
    );
    connection
        .run(&["INSERT INTO t (a) VALUES (2)"])
        .expect("a row");
    assert_eq!(
        texts(connection, "SELECT a, b, c FROM t"),
        ["1,2,3", "2,7,2.5"]
    );
}

#[test]
fn types_that_follow_each_other_convert_one_after_the_other() {
    let mut connection = memory("CREATE TABLE t (a TEXT); INSERT INTO t VALUES ('12')");
    let connection = connection.as_mut();
    change(
        connection,
        "ALTER TABLE t ALTER COLUMN a TYPE INTEGER; ALTER TABLE t ALTER COLUMN a TYPE BYTEA",
    );
    assert_eq!(
        texts(connection, "SELECT typeof(a), a FROM t"),
        ["integer,12"]
    );
}

#[test]
fn rows_stay_when_every_column_is_another() {
    let mut connection = memory("CREATE TABLE t (a); INSERT INTO t (rowid, a) VALUES (4, 'x')");
    let connection = connection.as_mut();
    change(
        connection,
        "ALTER TABLE t ALTER COLUMN a SET DEFAULT 1; ALTER TABLE t ADD COLUMN b INTEGER DEFAULT 5;
         ALTER TABLE t DROP COLUMN a",
    );
    assert_eq!(texts(connection, "SELECT rowid, b FROM t"), ["4,5"]);
}

#[test]
fn a_dropped_column_leaves_no_mark_of_the_copy() {
    let mut connection = memory(
        "CREATE TABLE t (id INTEGER PRIMARY KEY AUTOINCREMENT, a CHECK (a > 0));
         INSERT INTO t VALUES (7, 1); DELETE FROM t; INSERT INTO t VALUES (3, 1);",
    );
    let connection = connection.as_mut();
    assert!(change(connection, "ALTER TABLE t DROP COLUMN a"));
    assert_eq!(texts(connection, "SELECT * FROM sqlite_sequence"), ["t,7"]);
}

#[test]
fn a_key_that_holds_null_goes_on() {
    let mut connection =
        memory("CREATE TABLE t (k TEXT PRIMARY KEY, a); INSERT INTO t VALUES (NULL, 1), ('x', 2)");
    let connection = connection.as_mut();
    assert!(change(
        connection,
        "ALTER TABLE t ALTER COLUMN a SET NOT NULL"
    ));
    assert_eq!(
        texts(connection, "SELECT k, a FROM t ORDER BY rowid"),
        ["NULL,1", "x,2"]
    );
}

#[test]
fn a_view_or_trigger_that_names_a_dropped_column_stops_the_change_wherever_it_stands() {
    for dependent in [
        r#"CREATE VIEW v AS SELECT count(*) FROM t GROUP BY T."B""#,
        "CREATE VIEW v AS SELECT [b] FROM t",
        "CREATE TRIGGER tr AFTER UPDATE ON other BEGIN UPDATE t SET b = b; END",
        "CREATE TRIGGER tr AFTER UPDATE ON t BEGIN SELECT new.b; END",
    ] {
        for text in [
            "ALTER TABLE t DROP COLUMN b",
            "ALTER TABLE t DROP COLUMN b; ALTER TABLE t ALTER COLUMN a SET NOT NULL",
        ] {
            let tables = "CREATE TABLE t (a, b CHECK (b > 0)); CREATE TABLE other (x); ";
            let mut connection = memory(&format!("{tables}{dependent}"));
            let connection = connection.as_mut();
            let live = introspect::table(connection, &ObjectName::new("t")).expect("read");
            let lowered = Dialect::Sqlite
                .compiler()
                .compile(&parse(text), &live.schema)
                .expect("it compiles");
            assert!(run(connection, &lowered).is_err(), "{dependent}; {text}");
        }
    }
}
