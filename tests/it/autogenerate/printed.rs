//! What `diff` prints, fed to the engines' own clients.

use migration_core::dialect::Dialect;
use migration_tests::{client, databases};

use super::Scene;

const BEFORE: &str = "\
CREATE TYPE mood AS ENUM ('a', 'b');
CREATE TABLE {prefix}person (id INTEGER PRIMARY KEY, mood mood, \"order\" VARCHAR(20));
";

const AFTER: &str = "\
CREATE TYPE mood AS ENUM ('a', 'b', 'c');
CREATE TABLE {prefix}person (id INTEGER PRIMARY KEY, mood mood, \"order\" VARCHAR(20) NOT NULL);
CREATE INDEX person_order ON {prefix}person (\"order\");
";

#[test]
fn what_diff_prints_is_run_by_the_engines_own_client() {
    databases::each(|database| {
        let scene = Scene::new(database, BEFORE);
        scene.follows("a1", "");
        scene.models(AFTER);
        let text = scene.types("migrate -q diff", 0);
        if client::feed(database, &text).is_some() {
            let mut connection = database.open();
            let fits = "INSERT INTO app_person (id, mood, \"order\") VALUES (1, 'c', 'x')";
            assert!(connection.run(&[fits]).is_ok(), "{text}");
            let lacks = "INSERT INTO app_person (id, mood) VALUES (2, 'a')";
            assert!(connection.run(&[lacks]).is_err(), "{text}");
        }
    });
}

#[test]
fn a_type_with_another_value_is_found_under_new_names() {
    databases::each(|database| {
        let scene = Scene::new(database, BEFORE);
        scene.follows("a1", "");
        let renamed = BEFORE
            .replace("'b')", "'b', 'c')")
            .replace("}person", "}human")
            .replace("mood mood", "\n-- renamed from mood\nfeels mood");
        scene.models(&renamed);
        let text = scene.types("migrate -q diff --rename app_person=app_human", 0);
        if client::feed(database, &text).is_some() {
            let fits = "INSERT INTO app_human (id, feels) VALUES (1, 'c')";
            assert!(database.open().run(&[fits]).is_ok(), "{text}");
            let lacks = "INSERT INTO app_human (id, feels) VALUES (2, 'd')";
            assert!(database.open().run(&[lacks]).is_err(), "{text}");
        }
    });
}

#[test]
fn a_type_without_a_value_is_made_anew_by_what_diff_prints() {
    databases::each(|database| {
        let scene = Scene::new(database, BEFORE);
        scene.follows("a1", "");
        scene.models(&BEFORE.replace("'a', 'b'", "'a', 'c'"));
        let text = scene.types("migrate -q diff", 0);
        if client::feed(database, &text).is_some() {
            let fits = "INSERT INTO app_person (id, mood) VALUES (1, 'c')";
            assert!(database.open().run(&[fits]).is_ok(), "{text}");
            let lacks = "INSERT INTO app_person (id, mood) VALUES (2, 'b')";
            assert!(database.open().run(&[lacks]).is_err(), "{text}");
        }
    });
}

#[test]
fn rows_that_stand_against_what_diff_prints_stop_it_as_a_whole() {
    let database = databases::fresh(Dialect::Sqlite).expect("SQLite is built in");
    let scene = Scene::new(&database, BEFORE);
    scene.follows("a1", "");
    let row = "INSERT INTO app_person (id, mood) VALUES (1, 'a')";
    assert!(database.open().run(&[row]).is_ok());
    scene.models(AFTER);
    let text = scene.types("migrate -q diff", 0).replace(".bail on\n", "");
    let wanted = scene.types("migrate check", 3);
    let mut connection = database.open();
    let run = text
        .split(";\n")
        .filter(|it| !it.trim().is_empty())
        .try_for_each(|it| connection.run(&[it]));
    let refused = run.expect_err("a row without a value stands against it");
    let said = format!("{refused:?}");
    assert!(
        said.contains("no row with NULL in `order`"),
        "{said}\n{text}"
    );
    drop(connection);
    assert_eq!(scene.types("migrate check", 3), wanted);
}

#[test]
fn the_query_of_a_hint_is_run_by_the_engines_own_client() {
    databases::each(|database| {
        let scene = Scene::new(database, BEFORE);
        scene.follows("a1", "");
        let row = "INSERT INTO app_person (id, mood) VALUES (4711, 'a')";
        assert!(database.open().run(&[row]).is_ok());
        scene.models(AFTER);
        scene.types("migrate revision --autogenerate -m change --rev-id a2", 0);
        let refused = scene.types("migrate upgrade head", 1);
        let Some((_, shown)) = refused.split_once("this shows them:\n") else {
            // It names the column itself.
            assert_eq!(database.dialect(), Dialect::Postgres, "{refused}");
            return;
        };
        let query = shown.lines().next().unwrap_or_default().trim();
        if let Some(rows) = client::feed(database, &format!("{query};\n")) {
            assert!(rows.contains("4711"), "{query}\n{rows}");
        }
    });
}
