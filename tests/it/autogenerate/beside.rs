//! What the models say and no comparison looks at is named; objects that are missing are made.

use migration_core::dialect::Dialect;
use migration_tests::databases;

use super::Scene;

const MODELS: &str = "CREATE EXTENSION IF NOT EXISTS citext;\n\
    CREATE DOMAIN \"{prefix}mail\" AS TEXT CHECK (VALUE LIKE '%@%');\n\
    CREATE TYPE \"{prefix}pair\" AS (a INTEGER, b INTEGER);\n\
    CREATE TABLE \"{prefix}user\" (id INTEGER PRIMARY KEY, mail \"{prefix}mail\", nick CITEXT);\n\
    GRANT SELECT ON \"{prefix}user\" TO PUBLIC;\n\
    INSERT INTO \"{prefix}user\" (id) VALUES (1);\n";

#[test]
fn what_no_comparison_looks_at_is_named_with_its_place() {
    let Some(database) = databases::fresh(Dialect::Postgres) else {
        return;
    };
    let scene = Scene::new(&database, MODELS);
    let notes = [
        "models.sql:1:1: not compared: CREATE EXTENSION IF NOT EXISTS citext\n",
        "models.sql:2:1: not compared: CREATE DOMAIN \"app_mail\" AS TEXT CHECK (VALUE LIKE '%@%')\n",
        "models.sql:3:1: not compared: CREATE TYPE \"app_pair\" AS (a INTEGER, b INTEGER)\n",
        "models.sql:5:1: not compared: GRANT SELECT ON \"app_user\" TO PUBLIC\n",
        "models.sql:6:1: not compared: INSERT INTO \"app_user\" (id) VALUES (1)\n",
    ];
    let text = scene.types("migrate check", 3);
    for note in notes {
        assert!(text.contains(note), "{text}\nlacks {note}");
    }
    let revision = scene.follows("a1", "");
    let at = |part: &str| {
        let found = revision.find(part);
        found.unwrap_or_else(|| panic!("{revision}\nlacks {part}"))
    };
    assert!(at("CREATE EXTENSION IF NOT EXISTS citext;") < at("CREATE TABLE"));
    assert!(at("CREATE DOMAIN \"{prefix}mail\" AS TEXT") < at("CREATE TABLE"));
    assert!(at("CREATE TYPE \"{prefix}pair\" AS (") < at("CREATE TABLE"));
    assert!(at("DROP TABLE") < at("DROP DOMAIN"));
    let text = scene.types("migrate check --json", 0);
    let said = "\"models.sql:6:1: INSERT INTO \\\"app_user\\\" (id) VALUES (1)\"";
    assert!(text.contains(said), "{text}");
    scene.types("migrate downgrade base", 0);
    scene.types("migrate upgrade head", 0);
    scene.is_settled();
}

#[test]
fn rows_of_models_are_named_on_every_engine() {
    databases::each(|database| {
        let models = "CREATE TABLE \"{prefix}a\" (id INTEGER PRIMARY KEY);\n\
                      INSERT INTO \"{prefix}a\" VALUES (1);\n";
        let scene = Scene::new(database, models);
        let text = scene.types("migrate check", 3);
        let note = "models.sql:2:1: not compared: INSERT INTO \"app_a\" VALUES (1)\n";
        assert!(text.contains(note), "{text}");
    });
}
