//! Diesel's own harness applies the revisions of a component, and takes them back.

use super::Revisions;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Text};
use diesel_migrations::MigrationHarness;
use migration_core::application::{ApplicationError, Component};
use migration_core::diagnostic::Advice;
use migration_core::dialect::Dialect;
use migration_core::revision::EmbeddedFile;

/// The id that comes first is not the first revision.
const LINE: &[EmbeddedFile] = &[
    EmbeddedFile {
        path: "versions/first.sql",
        text: "-- people\n--\n-- Revision ID: ffff\n-- Revises:\n\n-- migrate: upgrade\n\n\
               CREATE TABLE \"{prefix}person\" (id INTEGER PRIMARY KEY, name TEXT);\n\
               INSERT INTO \"{prefix}person\" (name) VALUES ('Ada; or not'), ('Grace');\n\n\
               -- migrate: downgrade\n\nDROP TABLE \"{prefix}person\";\n",
        digest: None,
    },
    EmbeddedFile {
        path: "versions/second.sql",
        text: "-- names are needed\n--\n-- Revision ID: aaaa\n-- Revises: ffff\n\n\
               -- migrate: upgrade\n\n\
               ALTER TABLE \"{prefix}person\" ALTER COLUMN name TYPE VARCHAR(80);\n\
               ALTER TABLE \"{prefix}person\" ALTER COLUMN name SET NOT NULL;\n\n\
               -- migrate: downgrade\n\n\
               ALTER TABLE \"{prefix}person\" ALTER COLUMN name DROP NOT NULL;\n\
               ALTER TABLE \"{prefix}person\" ALTER COLUMN name TYPE TEXT;\n",
        digest: None,
    },
];

const BRANCH: EmbeddedFile = EmbeddedFile {
    path: "versions/third.sql",
    text: "-- a branch\n--\n-- Revision ID: bbbb\n-- Revises: ffff\n\n-- migrate: upgrade\n",
    digest: None,
};

fn component(revisions: &'static [EmbeddedFile]) -> Component {
    Component {
        name: "shop",
        program: "shop",
        version: "1.0.0",
        default_ini: "shop.ini",
        revisions,
        models: "",
        procedures: &[],
    }
}

#[derive(QueryableByName)]
struct Definition {
    #[diesel(sql_type = Text)]
    sql: String,
}

#[derive(QueryableByName)]
struct Count {
    #[diesel(sql_type = BigInt)]
    count: i64,
}

fn definition(connection: &mut SqliteConnection) -> Option<String> {
    diesel::sql_query("SELECT sql FROM sqlite_schema WHERE name = 'shop_person'")
        .get_result::<Definition>(connection)
        .optional()
        .unwrap()
        .map(|found| found.sql)
}

fn people(connection: &mut SqliteConnection) -> i64 {
    diesel::sql_query("SELECT count(*) AS count FROM shop_person")
        .get_result::<Count>(connection)
        .unwrap()
        .count
}

#[test]
fn pending_revisions_run_in_the_order_of_the_tree_and_are_reverted() {
    let revisions = Revisions::of(&component(LINE), Dialect::Sqlite, "shop").unwrap();
    let mut connection = SqliteConnection::establish(":memory:").unwrap();
    let applied = connection
        .run_pending_migrations(revisions.clone())
        .unwrap();
    let applied: Vec<String> = applied.iter().map(ToString::to_string).collect();
    assert_eq!(applied, ["000001_ffff", "000002_aaaa"]);
    assert_eq!(people(&mut connection), 2);
    let made = definition(&mut connection).unwrap();
    assert!(made.contains("VARCHAR(80) NOT NULL"), "{made}");
    let again = connection
        .run_pending_migrations(revisions.clone())
        .unwrap();
    assert!(again.is_empty());
    connection.revert_last_migration(revisions.clone()).unwrap();
    let before = definition(&mut connection).unwrap();
    assert!(!before.contains("NOT NULL"), "{before}");
    assert_eq!(people(&mut connection), 2);
    connection.revert_all_migrations(revisions).unwrap();
    assert_eq!(definition(&mut connection), None);
}

#[test]
fn rows_that_stand_against_a_revision_stop_it_and_nothing_is_kept() {
    let revisions = Revisions::of(&component(LINE), Dialect::Sqlite, "shop").unwrap();
    let mut connection = SqliteConnection::establish(":memory:").unwrap();
    connection.run_next_migration(revisions.clone()).unwrap();
    diesel::sql_query("INSERT INTO shop_person (name) VALUES (NULL)")
        .execute(&mut connection)
        .unwrap();
    connection
        .run_pending_migrations(revisions.clone())
        .unwrap_err();
    assert_eq!(people(&mut connection), 3);
    let before = definition(&mut connection).unwrap();
    assert!(!before.contains("NOT NULL"), "{before}");
    assert!(connection.has_pending_migration(revisions).unwrap());
}

#[test]
fn a_tree_with_branches_is_no_line() {
    static TREE: [EmbeddedFile; 3] = [LINE[0], LINE[1], BRANCH];
    let error = Revisions::of(&component(&TREE), Dialect::Sqlite, "").unwrap_err();
    assert!(matches!(error, ApplicationError::NoLine { .. }), "{error}");
    assert_eq!(
        error.to_string(),
        "the revisions are no line: there are branches at `ffff`"
    );
    assert!(error.hint().is_some());
}
