//! A table of SQLite is rebuilt and nothing is lost: rows, indexes, triggers, views, the mark of
//! AUTOINCREMENT, and what other tables refer to.

mod corners;
mod found;
mod indexes;
mod traps;
mod types;

use std::path::PathBuf;

use migration_core::database::{self, Address, Connection, OpenOptions, Value};
use migration_core::dialect::{Dialect, Lowered, Reads};
use migration_core::introspect;
use migration_core::operation::Operation;
use migration_core::schema::{ObjectName, Schema};
use migration_core::sql::{self, Fold, ParseOptions};
use migration_core::text::{Source, Span};

/// A table with everything that can stand on one.
const CROWDED: &str = r#"
CREATE TABLE "parent" (
    "id" INTEGER PRIMARY KEY AUTOINCREMENT,
    "size" INTEGER,
    "name" VARCHAR(20) COLLATE NOCASE DEFAULT 'x' NOT NULL,
    "boss" INTEGER REFERENCES "parent" ("id") ON DELETE CASCADE,
    "twice" INTEGER GENERATED ALWAYS AS ("size" * 2) VIRTUAL,
    CONSTRAINT "positive" CHECK ("size" > 0),
    CONSTRAINT "named_once" UNIQUE ("name")
);
CREATE INDEX "by_size" ON "parent" ("size" DESC);
CREATE INDEX "by_lower" ON "parent" (lower("name"));
CREATE INDEX "large" ON "parent" ("size") WHERE "size" > 10;
CREATE TABLE "child" (
    "id" INTEGER PRIMARY KEY,
    "parent" INTEGER REFERENCES "parent" ("id") ON DELETE CASCADE
);
CREATE TABLE "friend" (
    "id" INTEGER PRIMARY KEY,
    "parent" INTEGER REFERENCES "parent" ("id") ON DELETE SET NULL
);
CREATE TABLE "log" ("line" TEXT);
CREATE VIEW "sizes" AS SELECT "id", "size" FROM "parent";
CREATE TRIGGER "noted" AFTER UPDATE ON "parent" BEGIN
    INSERT INTO "log" VALUES ('changed ' || new."id");
END;
INSERT INTO "parent" ("id", "size", "name") VALUES (1, 5, 'a'), (2, 20, 'b'), (9, 7, 'z');
UPDATE "parent" SET "boss" = 1 WHERE "id" = 2;
DELETE FROM "log";
DELETE FROM "parent" WHERE "id" = 9;
INSERT INTO "child" VALUES (1, 1), (2, 2);
INSERT INTO "friend" VALUES (1, 2);
"#;

fn parse(text: &str) -> Vec<Operation> {
    let source = Source::new("change.sql", text);
    let options = ParseOptions {
        prefix: String::new(),
        fold: Fold::Keep,
        backslash_escapes: false,
    };
    sql::parse(&source, Span::new(0, text.len()), &options)
        .expect("the text is SQL")
        .statements
        .into_iter()
        .flat_map(|statement| statement.operations)
        .collect()
}

fn crowded() -> Box<dyn Connection> {
    let address = Address::Sqlite {
        path: PathBuf::from(":memory:"),
    };
    let mut connection =
        database::open(&address, &OpenOptions::write("test")).expect("memory opens");
    connection.run(&[CROWDED]).expect("the tables are made");
    connection
}

/// Applies a change as the executor does: one transaction, a check at the end.
fn change(connection: &mut dyn Connection, text: &str) -> bool {
    let compiler = Dialect::Sqlite.compiler();
    let operations = parse(text);
    let groups = operations.chunk_by(|first, second| {
        let reads = compiler.reads(first);
        reads != Reads::Nothing && reads == compiler.reads(second)
    });
    let mut is_rebuilt = false;
    for group in groups {
        is_rebuilt |= change_together(connection, group);
    }
    is_rebuilt
}

/// Changes that all read the same table, or one change.
fn change_together(connection: &mut dyn Connection, operations: &[Operation]) -> bool {
    let compiler = Dialect::Sqlite.compiler();
    let schema = match compiler.reads(&operations[0]) {
        Reads::Nothing => Schema::default(),
        Reads::Table(name) => {
            introspect::table(connection, name)
                .expect("the table is read")
                .schema
        }
        Reads::TableOfIndex(index) => {
            let table = introspect::table_of_index(connection, index).expect("a catalog");
            introspect::table(connection, &table.expect("the index is there"))
                .expect("the table is read")
                .schema
        }
        Reads::View(name) => {
            introspect::view(connection, name)
                .expect("the view is read")
                .schema
        }
    };
    let lowered = compiler
        .compile(operations, &schema)
        .expect("SQLite can do it");
    connection.begin().expect("nobody else is there");
    if let Err(failure) = run(connection, &lowered) {
        panic!("{failure}");
    }
    assert_eq!(texts(connection, "PRAGMA foreign_key_check"), [""; 0]);
    connection.commit().expect("nothing stands against it");
    assert_eq!(texts(connection, "PRAGMA integrity_check"), ["ok"]);
    lowered.change.is_some()
}

/// Runs statements and asks what must be asked, until something stands in the way.
fn run(connection: &mut dyn Connection, lowered: &Lowered) -> Result<(), String> {
    for statement in &lowered.statements {
        let sql = statement.sql.as_str();
        let Some(check) = &statement.check else {
            connection
                .run(&[sql])
                .map_err(|failed| format!("{sql}\n{}", failed.error))?;
            continue;
        };
        let rows = connection
            .query(sql, &[])
            .map_err(|error| format!("{sql}\n{error}"))?;
        if rows[0][0] != Value::Integer(0) {
            return Err(format!("{:?} {}", rows[0], check.finding));
        }
    }
    Ok(())
}

fn texts(connection: &mut dyn Connection, sql: &str) -> Vec<String> {
    connection
        .query(sql, &[])
        .unwrap_or_else(|error| panic!("{sql}: {error}"))
        .into_iter()
        .map(|row| {
            let cells: Vec<String> = row
                .iter()
                .map(|cell| cell.text().unwrap_or_else(|| "NULL".to_owned()))
                .collect();
            cells.join(",")
        })
        .collect()
}

#[test]
fn a_rebuild_keeps_rows_and_everything_that_stands_on_them() {
    let mut connection = crowded();
    let connection = connection.as_mut();
    assert!(change(
        connection,
        r#"ALTER TABLE "parent" ALTER COLUMN "size" TYPE NUMERIC;
           ALTER TABLE "parent" ALTER COLUMN "size" SET NOT NULL;
           ALTER TABLE "parent" ADD COLUMN "code" INTEGER DEFAULT (1 + 1);"#
    ));
    assert_eq!(
        texts(
            connection,
            "SELECT id, size, name, boss, twice, code FROM parent ORDER BY id"
        ),
        ["1,5,a,NULL,10,2", "2,20,b,1,40,2"]
    );
    assert_eq!(texts(connection, "SELECT * FROM child"), ["1,1", "2,2"]);
    assert_eq!(texts(connection, "SELECT * FROM friend"), ["1,2"]);
    assert_eq!(
        texts(connection, "SELECT * FROM sizes ORDER BY id"),
        ["1,5", "2,20"]
    );
    assert_eq!(
        texts(
            connection,
            "SELECT seq FROM sqlite_sequence WHERE name = 'parent'"
        ),
        ["9"]
    );
    assert_eq!(
        texts(connection, "SELECT count(*) FROM sqlite_sequence"),
        ["1"]
    );
    assert_eq!(
        texts(
            connection,
            "SELECT name FROM sqlite_schema WHERE tbl_name = 'parent' AND sql IS NOT NULL \
             ORDER BY name"
        ),
        ["by_lower", "by_size", "large", "noted", "parent"]
    );
    connection
        .run(&["UPDATE parent SET size = 6 WHERE id = 1"])
        .expect("an update");
    assert_eq!(texts(connection, "SELECT line FROM log"), ["changed 1"]);
    connection
        .run(&["DELETE FROM parent WHERE id = 1"])
        .expect("a deletion that cascades");
    assert_eq!(texts(connection, "SELECT * FROM child"), [""; 0]);
    assert_eq!(texts(connection, "SELECT * FROM friend"), ["1,NULL"]);
    assert_eq!(texts(connection, "SELECT * FROM parent"), [""; 0]);
}

#[test]
fn constraints_come_and_go_by_the_names_of_other_engines() {
    let mut connection = crowded();
    let connection = connection.as_mut();
    assert!(change(
        connection,
        r#"ALTER TABLE "parent" DROP CONSTRAINT "parent_boss_fkey";"#
    ));
    assert!(change(
        connection,
        r#"ALTER TABLE "parent" DROP CONSTRAINT "positive";"#
    ));
    assert!(change(
        connection,
        r#"ALTER TABLE "child" ADD UNIQUE ("parent");"#
    ));
    let child =
        introspect::table(connection, &ObjectName::new("child")).expect("the table is read");
    let names: Vec<String> = child.schema.tables[0]
        .constraints
        .iter()
        .filter_map(|constraint| constraint.name.as_ref().map(ToString::to_string))
        .collect();
    assert!(names.contains(&"child_parent_key".to_owned()), "{names:?}");
    connection
        .run(&["UPDATE parent SET size = -1, boss = 77"])
        .expect("both constraints are gone");
}

#[test]
fn not_null_stops_where_rows_hold_null() {
    let mut connection = crowded();
    connection
        .run(&["UPDATE parent SET size = NULL WHERE id = 1"])
        .expect("size may be NULL");
    let operations = parse(r#"ALTER TABLE "parent" ALTER COLUMN "size" SET NOT NULL"#);
    let live = introspect::table(connection.as_mut(), &ObjectName::new("parent")).expect("read");
    let lowered = Dialect::Sqlite
        .compiler()
        .compile(&operations, &live.schema)
        .expect("it compiles");
    connection.begin().expect("nobody else is there");
    let failure = run(connection.as_mut(), &lowered).expect_err("a row holds NULL");
    assert!(failure.contains("with NULL in `size`"), "{failure}");
    connection.rollback().expect("a way back");
    assert_eq!(
        connection
            .query("SELECT count(*) FROM parent", &[])
            .expect("a count"),
        [[Value::Integer(2)]]
    );
}

#[test]
fn columns_come_and_go_in_place_when_nothing_stands_on_them() {
    let mut connection = crowded();
    let connection = connection.as_mut();
    assert!(!change(
        connection,
        r#"ALTER TABLE "friend" ADD COLUMN "since" DATE;"#
    ));
    assert!(!change(
        connection,
        r#"ALTER TABLE "friend" DROP COLUMN "since";"#
    ));
    assert!(!change(
        connection,
        r#"ALTER INDEX "large" RENAME TO "big";"#
    ));
    assert_eq!(
        texts(
            connection,
            "SELECT sql FROM sqlite_schema WHERE name = 'big'"
        ),
        [r#"CREATE INDEX "big" ON "parent" ("size") WHERE "size" > 10"#]
    );
}

#[test]
fn conversions_that_build_on_each_other_are_done_one_after_the_other() {
    let mut connection = crowded();
    let connection = connection.as_mut();
    assert!(change(
        connection,
        r#"ALTER TABLE "parent" DROP CONSTRAINT "positive";
           ALTER TABLE "parent" ALTER COLUMN "size" TYPE TEXT USING "size" || '0';
           ALTER TABLE "parent" ALTER COLUMN "size" TYPE INTEGER USING CAST("size" AS INTEGER) + 1;"#
    ));
    assert_eq!(
        texts(connection, "SELECT size FROM parent ORDER BY id"),
        ["51", "201"]
    );
}

#[test]
fn rowids_stay_where_no_column_is_one() {
    let mut connection = crowded();
    let connection = connection.as_mut();
    let rows = r#"CREATE TABLE "loose" ("rowid" TEXT, "n" INTEGER);
        INSERT INTO "loose" ("oid", "rowid", "n") VALUES (5, 'five', 1), (3, 'three', 2);"#;
    connection
        .run(&[rows])
        .expect("a table that hides a name of its rowid");
    assert!(change(
        connection,
        r#"ALTER TABLE "loose" ALTER COLUMN "n" SET NOT NULL;"#
    ));
    assert_eq!(
        texts(connection, "SELECT oid, rowid, n FROM loose ORDER BY oid"),
        ["3,three,2", "5,five,1"]
    );
    let tables = r#"CREATE TABLE "keyed" ("k" TEXT PRIMARY KEY, "n" INTEGER) WITHOUT ROWID;
        INSERT INTO "keyed" VALUES ('a', 1);"#;
    connection.run(&[tables]).expect("a table without rowid");
    assert!(change(
        connection,
        r#"ALTER TABLE "keyed" ALTER COLUMN "n" SET NOT NULL;"#
    ));
    assert_eq!(texts(connection, "SELECT k, n FROM keyed"), ["a,1"]);
}

#[test]
fn a_view_stops_the_drop_of_a_column_that_it_reads() {
    for text in [
        r#"ALTER TABLE "parent" DROP COLUMN "size";"#,
        r#"ALTER TABLE "parent" DROP CONSTRAINT "positive"; ALTER TABLE "parent" DROP COLUMN "size";"#,
    ] {
        let mut connection = crowded();
        let connection = connection.as_mut();
        let generated = r#"ALTER TABLE "parent" DROP COLUMN "twice";"#;
        change(connection, generated);
        let live = introspect::table(connection, &ObjectName::new("parent")).expect("read");
        let lowered = Dialect::Sqlite
            .compiler()
            .compile(&parse(text), &live.schema)
            .expect("it compiles");
        connection.begin().expect("nobody else is there");
        let message = run(connection, &lowered).expect_err("a view reads it");
        assert!(message.contains("no such column"), "{message}");
        connection.rollback().expect("a way back");
    }
}

#[test]
fn a_trigger_of_another_table_stops_the_drop_of_a_column_that_it_reads() {
    let mut connection = crowded();
    let connection = connection.as_mut();
    let trigger = r#"CREATE TRIGGER "greets" AFTER INSERT ON "child" BEGIN
        INSERT INTO "log" SELECT "name" FROM "parent" WHERE "id" = new."parent";
    END"#;
    connection.run(&[trigger]).expect("a trigger is made");
    let live = introspect::table(connection, &ObjectName::new("parent")).expect("read");
    let lowered = Dialect::Sqlite
        .compiler()
        .compile(
            &parse(r#"ALTER TABLE "parent" DROP COLUMN "name""#),
            &live.schema,
        )
        .expect("it compiles");
    connection.begin().expect("nobody else is there");
    let message = run(connection, &lowered).expect_err("a trigger reads it");
    assert!(message.contains("trigger greets"), "{message}");
    connection.rollback().expect("a way back");
}

#[test]
fn the_mark_of_autoincrement_stays_when_a_column_goes() {
    let mut connection = crowded();
    let connection = connection.as_mut();
    let change_both = r#"ALTER TABLE "parent" ALTER COLUMN "name" SET DEFAULT 'y';
        ALTER TABLE "parent" DROP COLUMN "boss";"#;
    assert!(change(connection, change_both));
    assert_eq!(
        texts(connection, "SELECT name, seq FROM sqlite_sequence"),
        ["parent,9"]
    );
    assert_eq!(
        texts(
            connection,
            "SELECT count(*) FROM sqlite_schema WHERE name LIKE '%migrate%'"
        ),
        ["0"]
    );
}

#[test]
fn definitions_cannot_be_written_after_a_change_that_failed() {
    let mut connection = crowded();
    let connection = connection.as_mut();
    connection.begin().expect("nobody else is there");
    connection
        .run(&["PRAGMA writable_schema = ON", "SELECT nothing"])
        .expect_err("no such column");
    connection.rollback().expect("a way back");
    connection
        .run(&["UPDATE sqlite_schema SET sql = sql"])
        .expect_err("definitions are protected");
}
