//! The traps that changes of SQLite's tables are known for: those of the usual procedure (create,
//! copy, drop, rename), and what SQLite's own statements cannot do. Each stands here by its name.

use std::path::Path;
use std::time::Duration;

use migration_core::database::{self, Address, Connection, OpenOptions};

use super::corners::memory;
use super::{change, run, texts};

/// A parent that is referred to in every way, itself included.
const FAMILY: &str = "
CREATE TABLE p (id INTEGER PRIMARY KEY, a TEXT UNIQUE, boss INTEGER REFERENCES p (id) ON DELETE CASCADE);
CREATE TABLE cascading (id INTEGER PRIMARY KEY, p INTEGER REFERENCES p (id) ON DELETE CASCADE ON UPDATE CASCADE);
CREATE TABLE nulling (id INTEGER PRIMARY KEY, p INTEGER REFERENCES p (id) ON DELETE SET NULL);
CREATE TABLE refusing (id INTEGER PRIMARY KEY, p INTEGER REFERENCES p (id) ON DELETE RESTRICT);
CREATE TABLE plain (id INTEGER PRIMARY KEY, p INTEGER REFERENCES p);
CREATE TABLE deferred (id INTEGER PRIMARY KEY, a TEXT REFERENCES p (a) DEFERRABLE INITIALLY DEFERRED);
INSERT INTO p VALUES (1, 'x', NULL), (2, 'y', 1);
INSERT INTO cascading VALUES (1, 1), (2, 2); INSERT INTO nulling VALUES (1, 1), (2, 2);
INSERT INTO refusing VALUES (1, 2); INSERT INTO plain VALUES (1, 1); INSERT INTO deferred VALUES (1, 'y');";

/// A change that only a copy of the rows can make.
const COPIED: &str =
    "ALTER TABLE p ALTER COLUMN a TYPE BYTEA; ALTER TABLE p ALTER COLUMN a TYPE TEXT";

fn family(connection: &mut dyn Connection) -> Vec<String> {
    let counts = "SELECT (SELECT count(*) FROM p) || (SELECT count(p) FROM cascading) || (SELECT \
                  count(p) FROM nulling) || (SELECT count(p) FROM refusing) || (SELECT count(p) \
                  FROM plain) || (SELECT count(a) FROM deferred)";
    texts(connection, counts)
}

/// Where the rows of a table begin: another page when they were copied.
fn page(connection: &mut dyn Connection, table: &str) -> Vec<String> {
    let sql = format!("SELECT rootpage FROM sqlite_schema WHERE name = '{table}'");
    texts(connection, &sql)
}

#[test]
fn rule_1_children_that_cascade_are_not_deleted_and_none_is_nulled() {
    let mut connection = memory(FAMILY);
    let connection = connection.as_mut();
    assert_eq!(texts(connection, "PRAGMA foreign_keys"), ["1"]);
    assert!(change(connection, COPIED));
    assert_eq!(family(connection), ["222111"]);
    connection
        .run(&["DELETE FROM refusing; DELETE FROM plain; DELETE FROM deferred; DELETE FROM p WHERE id = 1"])
        .expect("nothing refers to it but what goes with it");
    assert_eq!(family(connection), ["000000"]);
    assert_eq!(texts(connection, "SELECT count(*) FROM nulling"), ["2"]);
}

#[test]
fn rule_2_nothing_depends_on_turning_foreign_keys_off_where_that_does_nothing() {
    for text in [COPIED, "ALTER TABLE p ALTER COLUMN a SET NOT NULL"] {
        let mut connection = memory(FAMILY);
        let connection = connection.as_mut();
        // What stands in a transaction cannot turn them off; the changes do not try.
        assert!(change(connection, text));
        assert_eq!(texts(connection, "PRAGMA foreign_keys"), ["1"]);
        connection
            .run(&["INSERT INTO plain VALUES (9, 77)"])
            .expect_err("foreign keys are checked");
        assert_eq!(family(connection), ["222111"], "{text}");
    }
}

#[test]
fn rule_3_references_are_not_deferred_behind_the_back_of_the_revision() {
    let mut connection = memory(FAMILY);
    let connection = connection.as_mut();
    let text = format!("{COPIED}; DELETE FROM p WHERE id = 2");
    let operations = super::parse(&text);
    let live = migration_core::introspect::table(
        connection,
        &migration_core::schema::ObjectName::new("p"),
    )
    .expect("read");
    let compiler = migration_core::dialect::Dialect::Sqlite.compiler();
    let lowered = compiler
        .compile(&operations[..2], &live.schema)
        .expect("it compiles");
    connection.begin().expect("nobody else is there");
    run(connection, &lowered).expect("the table is changed");
    assert_eq!(texts(connection, "PRAGMA defer_foreign_keys"), ["0"]);
    connection
        .run(&["DELETE FROM p WHERE id = 2"])
        .expect_err("a row that refuses is asked at once");
    connection.commit().expect("the change stands");
    assert_eq!(family(connection), ["222111"]);
}

#[test]
fn rule_4_views_over_the_table_stand_and_so_do_views_over_them() {
    let views = "CREATE VIEW v AS SELECT id, a FROM p WHERE a IS NOT NULL; CREATE VIEW w AS SELECT a FROM v;
                 CREATE TRIGGER i INSTEAD OF INSERT ON w BEGIN INSERT INTO p (a) VALUES (new.a); END;";
    let mut connection = memory(&format!("{FAMILY}{views}"));
    let connection = connection.as_mut();
    assert!(change(connection, COPIED));
    connection
        .run(&["INSERT INTO w VALUES ('z')"])
        .expect("the trigger is there");
    assert_eq!(
        texts(connection, "SELECT a FROM w ORDER BY a"),
        ["x", "y", "z"]
    );
}

#[test]
fn rule_5_references_keep_the_name_that_they_have() {
    let mut connection = memory(FAMILY);
    let connection = connection.as_mut();
    assert!(change(connection, COPIED));
    let targets =
        "SELECT DISTINCT k.\"table\" FROM sqlite_schema t, pragma_foreign_key_list(t.name) k";
    assert_eq!(texts(connection, targets), ["p"]);
    let left = "SELECT name FROM sqlite_schema WHERE sql LIKE '%migrate%' OR name LIKE '%migrate%'";
    assert_eq!(texts(connection, left), [""; 0]);
}

#[test]
fn rule_6_indexes_triggers_and_the_mark_of_autoincrement_come_along() {
    let mut connection = memory(
        "CREATE TABLE p (id INTEGER PRIMARY KEY AUTOINCREMENT, a TEXT);
         CREATE INDEX partial ON p (a) WHERE a > 'm'; CREATE UNIQUE INDEX expression ON p (lower(a) DESC);
         CREATE TABLE log (line); CREATE TRIGGER t AFTER INSERT ON p BEGIN INSERT INTO log VALUES (new.id); END;
         INSERT INTO p VALUES (5, 'x'), (90, 'y'); DELETE FROM p WHERE id = 90; DELETE FROM log;",
    );
    let connection = connection.as_mut();
    assert!(change(connection, COPIED));
    connection
        .run(&["INSERT INTO p (a) VALUES ('z')"])
        .expect("a row");
    assert_eq!(texts(connection, "SELECT line FROM log"), ["91"]);
    connection
        .run(&["INSERT INTO p (a) VALUES ('Z')"])
        .expect_err("the index is unique");
    let indexes = "SELECT name, \"unique\", partial FROM pragma_index_list('p') ORDER BY name";
    assert_eq!(
        texts(connection, indexes),
        ["expression,1,0", "partial,0,1"]
    );
}

#[test]
fn rule_7_an_edited_definition_copies_nothing_and_other_connections_see_it() {
    let directory = tempfile::tempdir().expect("a temporary directory");
    let mut writer = open(&directory.path().join("db"));
    let writer = writer.as_mut();
    writer.run(&[FAMILY]).expect("the tables are made");
    let mut reader = open(&directory.path().join("db"));
    let reader = reader.as_mut();
    assert_eq!(texts(reader, "SELECT count(*) FROM p"), ["2"]);
    let before = page(writer, "p");
    let text = "ALTER TABLE p ALTER COLUMN a SET NOT NULL; ALTER TABLE p ADD CONSTRAINT c CHECK (id < 100)";
    assert!(change(writer, text));
    assert_eq!(page(writer, "p"), before);
    for row in ["(3, NULL, NULL)", "(100, 'z', NULL)"] {
        let insert = format!("INSERT INTO p VALUES {row}");
        reader
            .run(&[&insert])
            .expect_err("the new definition forbids it");
    }
    assert_eq!(family(reader), ["222111"]);
}

#[test]
fn rule_8_an_added_column_copies_no_row() {
    let mut connection = memory(FAMILY);
    let connection = connection.as_mut();
    let before = page(connection, "p");
    assert!(!change(
        connection,
        "ALTER TABLE p ADD COLUMN b INTEGER DEFAULT 7 NOT NULL"
    ));
    assert_eq!(page(connection, "p"), before);
    assert_eq!(texts(connection, "SELECT b FROM p"), ["7", "7"]);
}

#[test]
fn rule_9_a_transaction_holds_the_lock_of_writers_from_its_beginning() {
    let directory = tempfile::tempdir().expect("a temporary directory");
    let mut first = open(&directory.path().join("db"));
    let mut second = open(&directory.path().join("db"));
    first.begin().expect("nobody else is there");
    let busy = second.begin().expect_err("the first may write");
    assert!(
        matches!(busy, database::DatabaseError::Busy { .. }),
        "{busy}"
    );
    first.rollback().expect("a way back");
    second.begin().expect("the first is gone");
}

fn open(path: &Path) -> Box<dyn Connection> {
    let address = Address::Sqlite {
        path: path.to_owned(),
    };
    let mut options = OpenOptions::write("test");
    options.busy_timeout = Duration::ZERO;
    database::open(&address, &options).expect("the file opens")
}

/// A table with rows, and one that it may refer to.
const ROWS: &str = "CREATE TABLE u (id INTEGER PRIMARY KEY); INSERT INTO u VALUES (5);
    CREATE TABLE t (id INTEGER PRIMARY KEY, a INTEGER, b TEXT, CONSTRAINT k CHECK (a < 50));
    INSERT INTO t VALUES (1, 3, 'x'), (2, 4, NULL);";

/// Makes a change of `t` and returns a column of it.
#[track_caller]
fn after(text: &str, column: &str) -> Vec<String> {
    let mut connection = memory(ROWS);
    change(connection.as_mut(), text);
    let sql = format!("SELECT coalesce({column}, 'NULL') FROM t ORDER BY id");
    texts(connection.as_mut(), &sql)
}

#[test]
fn columns_that_sqlite_adds_itself_are_added_by_it() {
    for (column, expected) in [
        ("c INTEGER", ["NULL", "NULL"]),
        ("c TEXT DEFAULT 'q'", ["q", "q"]),
        ("c INTEGER DEFAULT 1 NOT NULL", ["1", "1"]),
        ("c INTEGER DEFAULT 1 CHECK (c > 0)", ["1", "1"]),
        ("c INTEGER REFERENCES u (id)", ["NULL", "NULL"]),
        ("c INTEGER GENERATED ALWAYS AS (a * 2) VIRTUAL", ["6", "8"]),
    ] {
        let mut connection = memory(ROWS);
        let connection = connection.as_mut();
        let before = page(connection, "t");
        assert!(
            !change(connection, &format!("ALTER TABLE t ADD COLUMN {column}")),
            "{column}"
        );
        assert_eq!(page(connection, "t"), before, "{column}");
        let sql = "SELECT coalesce(c, 'NULL') FROM t ORDER BY id";
        assert_eq!(texts(connection, sql), expected, "{column}");
    }
}

#[test]
fn columns_that_sqlite_cannot_add_are_added_all_the_same() {
    for (column, expected) in [
        ("c INTEGER UNIQUE", "NULL"),
        ("c INTEGER GENERATED ALWAYS AS (a * 2) STORED", "6"),
        ("c INTEGER DEFAULT (1 + 1) NOT NULL", "2"),
        ("c INTEGER DEFAULT 5 REFERENCES u (id)", "5"),
        ("c TEXT DEFAULT (upper('q'))", "Q"),
    ] {
        let text = format!("ALTER TABLE t ADD COLUMN {column}");
        assert_eq!(after(&text, "c")[0], expected, "{column}");
    }
    let now = after(
        "ALTER TABLE t ADD COLUMN c TIMESTAMP DEFAULT CURRENT_TIMESTAMP",
        "length(c)",
    );
    assert_eq!(now, ["19", "19"]);
    let mut empty = memory("CREATE TABLE t (a INTEGER)");
    let text =
        "ALTER TABLE t ADD COLUMN id INTEGER PRIMARY KEY; ALTER TABLE t ADD COLUMN c TEXT NOT NULL";
    change(empty.as_mut(), text);
    empty
        .run(&["INSERT INTO t (c) VALUES ('x')"])
        .expect("the key numbers itself");
    assert_eq!(texts(empty.as_mut(), "SELECT id, c FROM t"), ["1,x"]);
}

#[test]
fn columns_go_with_what_stands_on_them() {
    for column in [
        "c INTEGER",
        "c INTEGER CHECK (c > 0)",
        "c INTEGER REFERENCES u (id)",
        "c INTEGER UNIQUE",
        "c INTEGER GENERATED ALWAYS AS (a * 2) STORED",
    ] {
        let text = format!(
            "ALTER TABLE t ADD COLUMN {column}; CREATE INDEX i ON t (c); \
                            CREATE INDEX j ON t (a) WHERE c > 0; ALTER TABLE t DROP COLUMN c"
        );
        assert_eq!(after(&text, "a || b"), ["3x", "NULL"], "{column}");
    }
    let mut connection =
        memory("CREATE TABLE t (id TEXT PRIMARY KEY, a); INSERT INTO t VALUES ('k', 1)");
    change(connection.as_mut(), "ALTER TABLE t DROP COLUMN id");
    assert_eq!(texts(connection.as_mut(), "SELECT * FROM t"), ["1"]);
}

#[test]
fn new_names_are_followed_by_views_triggers_and_indexes() {
    let mut connection = memory(&format!(
        "{ROWS} CREATE VIEW v AS SELECT a FROM t; CREATE INDEX i ON t (a) WHERE a > 0;
         CREATE TRIGGER r AFTER UPDATE OF a ON t BEGIN UPDATE t SET b = new.a WHERE id = new.id; END;
         CREATE TABLE c (t INTEGER REFERENCES t (id));"
    ));
    let connection = connection.as_mut();
    change(
        connection,
        "ALTER TABLE t RENAME COLUMN a TO z; ALTER TABLE t RENAME TO \"new t\"; ALTER TABLE \"new t\" ALTER COLUMN z SET NOT NULL",
    );
    connection
        .run(&["UPDATE \"new t\" SET z = 9 WHERE id = 1"])
        .expect("the trigger follows");
    assert_eq!(
        texts(connection, "SELECT b FROM \"new t\" WHERE id = 1"),
        ["9"]
    );
    assert_eq!(texts(connection, "SELECT * FROM v ORDER BY 1"), ["4", "9"]);
    let target = "SELECT \"table\" FROM pragma_foreign_key_list('c')";
    assert_eq!(texts(connection, target), ["new t"]);
    connection
        .run(&["CREATE VIEW broken AS SELECT missing FROM nowhere"])
        .expect("SQLite takes it");
    connection
        .run(&["ALTER TABLE \"new t\" RENAME COLUMN z TO y"])
        .expect_err("SQLite reads every view, and says which one is broken");
}

#[test]
fn null_is_forbidden_and_allowed() {
    let text = "ALTER TABLE t ALTER COLUMN a SET NOT NULL; INSERT INTO t (id) VALUES (3)";
    let mut connection = memory(ROWS);
    let connection = connection.as_mut();
    let (set, insert) = text.split_once("; ").expect("two statements");
    change(connection, set);
    connection.run(&[insert]).expect_err("a is NULL");
    change(connection, "ALTER TABLE t ALTER COLUMN a DROP NOT NULL");
    connection.run(&[insert]).expect("a may be NULL");
}

#[test]
fn checks_foreign_keys_unique_and_primary_keys_come_and_go() {
    for (constraint, row) in [
        ("CHECK (a < 10)", "(9, 10, 'q')"),
        ("FOREIGN KEY (a) REFERENCES u (id)", "(9, 6, 'q')"),
        ("UNIQUE (b)", "(9, 1, 'x')"),
    ] {
        let mut connection = memory(ROWS);
        let connection = connection.as_mut();
        connection
            .run(&["INSERT INTO u VALUES (3), (4)"])
            .expect("rows to refer to");
        let insert = format!("INSERT INTO t VALUES {row}");
        change(
            connection,
            &format!("ALTER TABLE t ADD CONSTRAINT n {constraint}"),
        );
        connection.run(&[&insert]).expect_err(constraint);
        change(connection, "ALTER TABLE t DROP CONSTRAINT n");
        connection.run(&[&insert]).expect(constraint);
    }
    let mut connection = memory("CREATE TABLE t (a TEXT, b TEXT); INSERT INTO t VALUES ('x', 'y')");
    let connection = connection.as_mut();
    change(connection, "ALTER TABLE t ADD PRIMARY KEY (b, a)");
    connection
        .run(&["INSERT INTO t VALUES ('x', 'y')"])
        .expect_err("the key is there");
    change(connection, "ALTER TABLE t DROP CONSTRAINT t_pkey");
    connection
        .run(&["INSERT INTO t VALUES ('x', 'y')"])
        .expect("the key is gone");
}

#[test]
fn types_and_defaults_change() {
    assert_eq!(
        after("ALTER TABLE t ALTER COLUMN a TYPE TEXT", "typeof(a)"),
        ["text", "text"]
    );
    let mut connection = memory(ROWS);
    let connection = connection.as_mut();
    change(connection, "ALTER TABLE t ALTER COLUMN a SET DEFAULT 9");
    connection
        .run(&["INSERT INTO t (id) VALUES (3)"])
        .expect("a row");
    change(connection, "ALTER TABLE t ALTER COLUMN a DROP DEFAULT");
    connection
        .run(&["INSERT INTO t (id) VALUES (4)"])
        .expect("a row");
    assert_eq!(
        texts(connection, "SELECT a FROM t ORDER BY id"),
        ["3", "4", "9", "NULL"]
    );
}

#[test]
fn columns_that_may_be_there_and_new_names_of_indexes_are_understood() {
    let text = "ALTER TABLE t ADD COLUMN IF NOT EXISTS a TEXT; ALTER TABLE t ADD COLUMN IF NOT EXISTS c INTEGER DEFAULT 1;
                ALTER TABLE t DROP COLUMN IF EXISTS nothing; ALTER TABLE t DROP COLUMN IF EXISTS b;
                CREATE INDEX i ON t (a); ALTER INDEX i RENAME TO j";
    assert_eq!(after(text, "a || c"), ["31", "41"]);
    let mut connection = memory(ROWS);
    change(connection.as_mut(), text);
    let names = "SELECT name FROM pragma_index_list('t')";
    assert_eq!(texts(connection.as_mut(), names), ["j"]);
}
