//! Tables as they are seldom written, and changes in any company.

use std::path::PathBuf;

use migration_core::database::{self, Address, Connection, OpenOptions};
use migration_core::dialect::Dialect;
use migration_core::introspect;
use migration_core::operation;
use migration_core::schema::{ObjectName, Schema};

use super::{change, crowded, parse, texts};

#[test]
fn names_that_need_quotes_and_options_stay() {
    let mut connection = memory(
        r#"CREATE TABLE "it's ""odd"" [x]" ("order" INTEGER PRIMARY KEY AUTOINCREMENT, "a b" TEXT) STRICT;
           CREATE INDEX "i ""x""" ON "it's ""odd"" [x]" ("a b" COLLATE NOCASE DESC);
           CREATE TRIGGER "t's" AFTER DELETE ON "it's ""odd"" [x]" BEGIN
               DELETE FROM "pair" WHERE "a" = old."order";
           END;
           CREATE TABLE "pair" ("a" INTEGER, "b" TEXT NOT NULL, "c" TEXT, PRIMARY KEY ("b", "a")) WITHOUT ROWID;
           INSERT INTO "it's ""odd"" [x]" VALUES (4, 'x'), (7, 'y');
           DELETE FROM "it's ""odd"" [x]" WHERE "order" = 7;
           INSERT INTO "pair" VALUES (4, 'z', NULL), (9, 'a', 'c');"#,
    );
    let connection = connection.as_mut();
    assert!(change(
        connection,
        r#"ALTER TABLE "it's ""odd"" [x]" ALTER COLUMN "a b" SET NOT NULL;"#
    ));
    assert!(change(
        connection,
        r#"ALTER TABLE "pair" ALTER COLUMN "c" SET DEFAULT 'it''s';"#
    ));
    let options = "SELECT name, strict, wr FROM pragma_table_list WHERE schema = 'main' \
                   AND name NOT LIKE 'sqlite_%' ORDER BY name";
    assert_eq!(
        texts(connection, options),
        ["it's \"odd\" [x],1,0", "pair,0,1"]
    );
    assert_eq!(texts(connection, "SELECT seq FROM sqlite_sequence"), ["7"]);
    connection
        .run(&[
            r#"DELETE FROM "it's ""odd"" [x]""#,
            "INSERT INTO pair (a, b) VALUES (1, 'b')",
        ])
        .expect("rows come and go");
    assert_eq!(
        texts(connection, "SELECT * FROM pair ORDER BY b"),
        ["9,a,c", "1,b,it's"]
    );
}

#[test]
fn a_name_is_found_however_its_letters_are_written() {
    let mut connection = crowded();
    let connection = connection.as_mut();
    assert!(change(
        connection,
        "ALTER TABLE PARENT ALTER COLUMN SIZE TYPE BIGINT; ALTER TABLE Parent DROP CONSTRAINT Positive"
    ));
    assert_eq!(
        texts(connection, "SELECT id, size, twice FROM parent ORDER BY id"),
        ["1,5,10", "2,20,40"]
    );
    assert_eq!(
        texts(
            connection,
            "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name"
        ),
        ["child", "friend", "log", "parent"]
    );
}

#[test]
fn a_new_type_loses_no_value() {
    let mut connection = memory(
        "CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b NUMERIC, c REAL, d INTEGER, e BLOB);
         INSERT INTO t VALUES (1, '2020-01-02', '2020-01-02', 2.6, 7, x'6162'), (2, NULL, 'abc', NULL, 'odd', x'00ff');",
    );
    let connection = connection.as_mut();
    assert!(change(
        connection,
        "ALTER TABLE t ALTER COLUMN a TYPE DATE; ALTER TABLE t ALTER COLUMN b TYPE TEXT;
         ALTER TABLE t ALTER COLUMN c TYPE INTEGER; ALTER TABLE t ALTER COLUMN d TYPE VARCHAR(9)"
    ));
    assert_eq!(
        texts(
            connection,
            "SELECT a, b, c, typeof(c), d, typeof(d), hex(e) FROM t ORDER BY id"
        ),
        [
            "2020-01-02,2020-01-02,3,integer,7,text,6162",
            "NULL,abc,NULL,null,odd,text,00FF"
        ]
    );
}

#[test]
fn rows_without_a_key_keep_their_numbers() {
    let mut connection = memory(
        "CREATE TABLE t (a TEXT, b INTEGER); INSERT INTO t (rowid, a, b) VALUES (5, 'x', 1), (2, 'y', NULL);",
    );
    let connection = connection.as_mut();
    assert!(change(
        connection,
        "ALTER TABLE t ADD CONSTRAINT c CHECK (b > 0)"
    ));
    assert_eq!(
        texts(connection, "SELECT rowid, a FROM t ORDER BY rowid"),
        ["2,y", "5,x"]
    );
}

#[test]
fn a_check_that_names_its_table_stays() {
    let mut connection = memory(
        r#"CREATE TABLE "t" ("a" INTEGER, CONSTRAINT "c" CHECK ("t"."a" > 0)); INSERT INTO "t" VALUES (1);
           CREATE INDEX "i" ON "t" ("a") WHERE "t"."a" > 5;"#,
    );
    let connection = connection.as_mut();
    assert!(change(
        connection,
        r#"ALTER TABLE "t" ALTER COLUMN "a" SET NOT NULL"#
    ));
    connection
        .run(&["INSERT INTO t VALUES (0)"])
        .expect_err("the check is there");
    assert_eq!(texts(connection, "SELECT a FROM t"), ["1"]);
}

#[test]
fn what_cannot_be_written_again_is_an_error() {
    for table in [
        "CREATE TABLE t (a INTEGER NOT NULL ON CONFLICT REPLACE)",
        "CREATE TABLE t (a TEXT UNIQUE ON CONFLICT IGNORE)",
        "CREATE TABLE t (a INTEGER PRIMARY KEY DESC)",
        "CREATE TABLE t (a TEXT, UNIQUE (a COLLATE NOCASE))",
        "CREATE TABLE t (a TEXT, PRIMARY KEY (a DESC))",
        "CREATE TABLE t (a INTEGER REFERENCES t MATCH PARTIAL)",
    ] {
        let mut connection = memory(table);
        let live = introspect::table(connection.as_mut(), &ObjectName::new("t"));
        assert!(live.is_err(), "{table}: {live:?}");
    }
}

#[test]
fn a_trigger_that_read_a_dropped_column_stops_the_change() {
    let mut connection = memory(
        "CREATE TABLE t (a INTEGER, b INTEGER); CREATE TABLE log (line);
         CREATE TRIGGER noted AFTER UPDATE OF a ON t BEGIN INSERT INTO log VALUES (new.b); END;",
    );
    let operations =
        parse("ALTER TABLE t DROP COLUMN b; ALTER TABLE t ALTER COLUMN a SET NOT NULL");
    let live = introspect::table(connection.as_mut(), &ObjectName::new("t")).expect("read");
    let lowered = Dialect::Sqlite
        .compiler()
        .compile(&operations, &live.schema)
        .expect("it compiles");
    let statements: Vec<&str> = lowered
        .statements
        .iter()
        .map(|one| one.sql.as_str())
        .collect();
    let failed = connection
        .run(&statements)
        .expect_err("the trigger is broken");
    assert!(failed.error.to_string().contains('b'), "{}", failed.error);
}

/// Changes that any of the others may stand beside.
const CHANGES: &[&str] = &[
    r#"ALTER TABLE "parent" ADD COLUMN "a" INTEGER"#,
    r#"ALTER TABLE "parent" ADD COLUMN "b" TEXT UNIQUE"#,
    r#"ALTER TABLE "parent" ADD COLUMN "c" INTEGER DEFAULT (1 + 1) REFERENCES "parent" ("id")"#,
    r#"ALTER TABLE "parent" ADD COLUMN "d" INTEGER CHECK ("d" > "size")"#,
    r#"ALTER TABLE "parent" ADD COLUMN "e" INTEGER GENERATED ALWAYS AS ("size" + 1) STORED"#,
    r#"ALTER TABLE "parent" DROP COLUMN "boss""#,
    r#"ALTER TABLE "parent" DROP COLUMN "twice""#,
    r#"ALTER TABLE "parent" DROP COLUMN "note""#,
    r#"ALTER TABLE "parent" ALTER COLUMN "size" TYPE BIGINT"#,
    r#"ALTER TABLE "parent" ALTER COLUMN "name" SET DEFAULT 'it''s'"#,
    r#"ALTER TABLE "parent" ALTER COLUMN "name" DROP NOT NULL"#,
    r#"ALTER TABLE "parent" ALTER COLUMN "size" SET NOT NULL"#,
    r#"ALTER TABLE "parent" ADD CHECK ("size" < 1000)"#,
    r#"ALTER TABLE "parent" ADD UNIQUE ("size")"#,
    r#"ALTER TABLE "parent" ADD FOREIGN KEY ("note") REFERENCES "parent" ("id")"#,
    r#"ALTER TABLE "parent" DROP CONSTRAINT "positive""#,
    r#"ALTER TABLE "parent" DROP CONSTRAINT "named_once""#,
    r#"ALTER TABLE "parent" DROP CONSTRAINT "parent_boss_fkey""#,
    r#"ALTER TABLE "parent" RENAME CONSTRAINT "named_once" TO "named_twice""#,
];

#[test]
fn two_changes_together_make_what_the_model_says() {
    let mut tried = 0;
    for first in CHANGES {
        for second in CHANGES {
            let text = format!("{first}; {second};");
            let mut connection = crowded();
            let connection = connection.as_mut();
            connection
                .run(&["ALTER TABLE parent ADD COLUMN note TEXT"])
                .expect("a column that nothing stands on");
            let name = ObjectName::new("parent");
            let mut model = introspect::table(connection, &name).expect("read").schema;
            let mut operations = parse(&text).into_iter();
            if operations.any(|operation| operation::apply(&operation, &mut model).is_err()) {
                continue;
            }
            change(connection, &text);
            let live = introspect::table(connection, &name).expect("read").schema;
            assert_eq!(shape(live), shape(model), "{text}");
            let rows = "SELECT id, size, name FROM parent ORDER BY id";
            assert_eq!(texts(connection, rows), ["1,5,a", "2,20,b"], "{text}");
            tried += 1;
        }
    }
    assert!(tried > 200, "only {tried} pairs stand together");
}

/// A schema without the order of constraints and indexes and without the texts that SQLite rewrites.
fn shape(mut schema: Schema) -> String {
    for table in &mut schema.tables {
        table
            .constraints
            .sort_by_key(|constraint| format!("{constraint:?}"));
    }
    schema.indexes.sort_by_key(|index| format!("{index:?}"));
    schema.dependents.sort_by_key(|it| it.name.clone());
    format!("{schema:#?}")
}

pub(super) fn memory(script: &str) -> Box<dyn Connection> {
    let address = Address::Sqlite {
        path: PathBuf::from(":memory:"),
    };
    let mut connection =
        database::open(&address, &OpenOptions::write("test")).expect("memory opens");
    connection.run(&[script]).expect("the tables are made");
    connection
}
