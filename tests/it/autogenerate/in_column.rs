//! Checks that MariaDB keeps inside the definition of a column, where they have no name.

use migration_core::dialect::Dialect;
use migration_tests::client;
use migration_tests::databases::{self, TestDatabase};

use super::Scene;

/// A column that says all that a column can, and its check.
const COLUMN: &str = "a INT NOT NULL DEFAULT 5 COMMENT 'so many' CHECK (a > 0)";

const TABLE: &str = "CREATE TABLE {prefix}t (id INTEGER PRIMARY KEY, a INTEGER DEFAULT 5 NOT NULL);\n\
                     COMMENT ON COLUMN {prefix}t.a IS 'so many';\n";

/// A database of MariaDB, which alone keeps checks so.
fn mariadb() -> Option<TestDatabase> {
    let database = databases::fresh(Dialect::Mysql)?;
    let is_it = database.open().server().starts_with("MariaDB");
    is_it.then_some(database)
}

#[track_caller]
fn definition(database: &TestDatabase) -> String {
    let found = database.open().query("SHOW CREATE TABLE app_t", &[]);
    let found = found.expect("the table is there");
    found[0][1].text().unwrap_or_default()
}

#[test]
fn a_check_inside_a_column_goes_with_nothing_else_of_it() {
    let Some(database) = mariadb() else {
        return;
    };
    database.changes(&[&format!(
        "CREATE TABLE app_t (id INT PRIMARY KEY, {COLUMN})"
    )]);
    let scene = Scene::new(&database, TABLE);
    scene.types("migrate revision --autogenerate -m change --rev-id a1", 0);
    let plan = scene.types("migrate plan", 0);
    let modified = "ALTER TABLE \"app_t\" MODIFY COLUMN \"a\" INTEGER NOT NULL DEFAULT 5 COMMENT \
                    'so many';\n";
    assert!(plan.contains(modified), "{plan}");
    for (line, checks) in [("upgrade", 0), ("downgrade", 1), ("upgrade", 0)] {
        scene.types(&format!("migrate {line}"), 0);
        let found = definition(&database);
        assert_eq!(found.matches("CHECK").count(), checks, "{found}");
        assert!(
            found.contains("NOT NULL DEFAULT 5 COMMENT 'so many'"),
            "{found}"
        );
    }
    scene.types("migrate check", 0);
}

/// The catalog says of such a check what it demands, and of which column it is part only to who reads
/// the definition.
#[test]
fn a_check_of_two_columns_goes_wherever_it_stands_and_stays_with_another_type() {
    for made in ["b INT, a INT CHECK (b < a)", "b INT CHECK (b < a), a INT"] {
        let Some(database) = mariadb() else {
            return;
        };
        database.changes(&[&format!("CREATE TABLE app_t (id INT PRIMARY KEY, {made})")]);
        let models = |columns: &str| {
            format!("CREATE TABLE {{prefix}}t (id INTEGER PRIMARY KEY, {columns});\n")
        };
        let scene = Scene::new(&database, &models("b BIGINT, a BIGINT, CHECK (b < a)"));
        scene.types("migrate revision --autogenerate -m wider --rev-id a1", 0);
        scene.types("migrate upgrade", 0);
        let found = definition(&database);
        assert_eq!(found.matches("CHECK (\"b\" < \"a\")").count(), 1, "{found}");
        scene.types("migrate check", 0);
        scene.models(&models("b BIGINT, a BIGINT"));
        scene.types("migrate revision --autogenerate -m less --rev-id a2", 0);
        scene.types("migrate upgrade", 0);
        let found = definition(&database);
        assert!(!found.contains("CHECK"), "{found}");
        scene.types("migrate check", 0);
    }
}

#[test]
fn a_check_that_other_hands_put_inside_a_column_is_taken_back() {
    let Some(database) = mariadb() else {
        return;
    };
    let scene = Scene::new(&database, TABLE);
    scene.follows("a1", "");
    database.changes(&[&format!("ALTER TABLE app_t MODIFY {COLUMN}")]);
    let back = scene.way_back();
    if client::feed(&database, &back).is_some() {
        scene.is_settled();
    }
}
