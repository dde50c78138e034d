//! What was read, written again, is read the same: a difference can be made of it.

use migration_core::dialect::Dialect;
use migration_core::introspect::{self, Scope, Whole};
use migration_core::operation::{Operation, ViewChange};
use migration_core::schema::Schema;
use migration_tests::databases;

use super::{mysql, sqlite};

/// The statements that make everything in order of name, tables before what stands on them.
fn written(dialect: Dialect, whole: &Whole) -> Vec<String> {
    let schema = &whole.schema;
    let tables = schema.tables.iter().map(|table| Operation::CreateTable {
        table: table.clone(),
        if_not_exists: false,
    });
    let indexes = schema.indexes.iter().map(|index| Operation::CreateIndex {
        index: index.clone(),
        concurrently: false,
        if_not_exists: false,
    });
    let views = schema.views.iter().map(|view| {
        Operation::View(ViewChange::Create {
            view: view.clone(),
            or_replace: false,
            if_not_exists: false,
        })
    });
    let operations: Vec<_> = tables.chain(indexes).chain(views).collect();
    let lowered = dialect.compiler().compile(&operations, &Schema::default());
    let lowered = lowered.unwrap_or_else(|error| panic!("{error:?}: {schema:#?}"));
    let statements = lowered
        .statements
        .into_iter()
        .map(|statement| statement.sql);
    let dependents = schema
        .dependents
        .iter()
        .map(|dependent| dependent.sql.clone());
    // Tables that refer to each other have no order.
    let first = match dialect {
        Dialect::Mysql => Some("SET foreign_key_checks = 0".to_owned()),
        Dialect::Sqlite | Dialect::Postgres => None,
    };
    first
        .into_iter()
        .chain(statements)
        .chain(dependents)
        .collect()
}

/// Without the names of constraints: what has none is written with one.
fn unnamed(mut whole: Whole) -> Whole {
    let tables = whole.schema.tables.iter_mut();
    for constraint in tables.flat_map(|table| &mut table.constraints) {
        constraint.name = None;
    }
    whole
}

/// Reads what the statements make in a database of its own; none when there is no server.
#[track_caller]
fn read(dialect: Dialect, statements: &[String]) -> Option<Whole> {
    let database = databases::fresh(dialect)?;
    let mut connection = database.open();
    let texts: Vec<&str> = statements.iter().map(String::as_str).collect();
    if let Err(error) = connection.run(&texts) {
        panic!("{statements:#?}: {error:?}");
    }
    let whole = introspect::whole(connection.as_mut(), &Scope::default());
    Some(whole.unwrap_or_else(|error| panic!("{statements:?}: {error:?}")))
}

#[track_caller]
fn check(dialect: Dialect, statements: &[String]) {
    let Some(whole) = read(dialect, statements) else {
        return;
    };
    let again = written(dialect, &whole);
    let read_again = read(dialect, &again).map(unnamed);
    assert_eq!(
        read_again,
        Some(unnamed(whole)),
        "{statements:#?}\n{again:#?}"
    );
}

#[test]
fn a_sqlite_database_that_is_written_again_is_the_same() {
    check(Dialect::Sqlite, &[sqlite::ALL.to_owned()]);
    for (one, _) in sqlite::SAME_COLUMNS {
        let target = "CREATE TABLE t (id INTEGER PRIMARY KEY)".to_owned();
        check(
            Dialect::Sqlite,
            &[target, format!("CREATE TABLE u ({one})")],
        );
    }
    for (one, _) in sqlite::OTHER_TABLES {
        check(Dialect::Sqlite, &[format!("CREATE TABLE t {one}")]);
    }
}

#[test]
fn a_mysql_database_that_is_written_again_is_the_same() {
    check(Dialect::Mysql, &mysql::ALL.map(str::to_owned));
    for (one, _) in mysql::SAME.iter().chain(mysql::OTHER) {
        let target = "CREATE TABLE p (id INTEGER PRIMARY KEY)".to_owned();
        check(Dialect::Mysql, &[target, format!("CREATE TABLE t ({one}")]);
    }
}
