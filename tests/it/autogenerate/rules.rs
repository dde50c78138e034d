//! MySQL for a user who may do everything in his database and create no other: what is compared, and
//! what is said of it.

use migration_tests::databases;

use super::{Scene, last_line};

const MODELS: &str = "CREATE TABLE {prefix}author (\n    id INTEGER PRIMARY KEY AUTO_INCREMENT,\n    \
     name VARCHAR(40) DEFAULT 'unknown' NOT NULL,\n    online BOOLEAN,\n    CHECK (name <> '')\n);\n\
     CREATE TABLE {prefix}book (\n    id INTEGER PRIMARY KEY,\n    \
     author_id INTEGER REFERENCES {prefix}author (id) ON DELETE CASCADE,\n    \
     made TIMESTAMP DEFAULT CURRENT_TIMESTAMP,\n    price NUMERIC(10, 2)\n);\n\
     CREATE VIEW {prefix}names AS SELECT name FROM {prefix}author WHERE online;\n";

#[test]
fn a_user_of_one_database_drafts_checks_and_finds_drift() {
    let Some(database) = databases::fresh_and_shut() else {
        return;
    };
    let name = &database.server().expect("it is a server").database;
    let scene = Scene::new(&database, MODELS);
    let said = scene.types("migrate check", 3);
    let warning = format!(
        "warning: compared by rules, because this user may create no scratch database; to compare \
         in one, an administrator runs\n\
         GRANT ALL PRIVILEGES ON `\\_migrate\\_scratch\\_%`.* TO '{name}'@'%';\n"
    );
    assert!(said.contains(&warning), "{said}");
    scene.follows("1a", "");

    scene.models(&MODELS.replace("VARCHAR(40)", "VARCHAR(50)"));
    let said = scene.types("migrate check", 3);
    let found = "change type of column `app_author.name`\n";
    assert!(said.contains(found), "{said}");
    let drafted = scene.follows("1b", "");
    let change = "ALTER TABLE \"{prefix}author\" ALTER COLUMN name TYPE VARCHAR(50);";
    assert!(drafted.contains(change), "{drafted}");

    let mut live = database.open();
    let by_hand = live.run(&["ALTER TABLE app_book DROP COLUMN price"]);
    assert!(by_hand.is_ok(), "{by_hand:?}");
    let said = scene.types("migrate drift", 3);
    assert!(said.contains("add column `app_book.price`"), "{said}");
}

#[test]
fn what_rules_do_not_reach_is_said() {
    let Some(database) = databases::fresh_and_shut() else {
        return;
    };
    let models = "-- migrate: only mysql\nCREATE TABLE {prefix}parts (id INTEGER) \
                  PARTITION BY HASH (id) PARTITIONS 2;\n";
    let scene = Scene::new(&database, models);
    let said = scene.types("migrate check", 0);
    let warning = "warning: `app_parts` is not compared by rules: the server makes no such table for \
                   one session\n";
    assert!(said.contains(warning), "{said}");
    let last = "No new upgrade operations detected in what was compared.";
    assert_eq!(last_line(&said), last);
    let said = scene.types("migrate check --json", 0);
    assert!(
        said.contains("\"not_compared\": [\n    \"app_parts\"\n  ]"),
        "{said}"
    );
}

#[test]
fn who_may_not_make_a_table_of_his_session_is_told_what_an_administrator_grants() {
    let Some(database) = databases::fresh_and_shut() else {
        return;
    };
    let scene = Scene::new(&database, MODELS);
    let administrator = database.unshut().expect("its user is shut");
    let options = migration_core::database::OpenOptions::write("tests");
    let opened = migration_core::database::open(&administrator, &options);
    let name = &database.server().expect("it is a server").database;
    let pattern = name.replace('_', "\\_");
    let revoked = opened.expect("the administrator gets in").run(&[&format!(
        "REVOKE CREATE TEMPORARY TABLES ON \"{pattern}\".* FROM '{name}'@'%'"
    )]);
    assert!(revoked.is_ok(), "{revoked:?}");
    let said = scene.types("migrate check", 1);
    assert!(
        said.contains("error: cannot create a scratch database\n")
            && said.contains("GRANT ALL PRIVILEGES ON `\\_migrate\\_scratch\\_%`.*"),
        "{said}"
    );
}
