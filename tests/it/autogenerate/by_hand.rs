//! What other hands did to a table and no model says: `drift` names it, and takes it back.

use migration_core::dialect::Dialect;
use migration_tests::client;
use migration_tests::databases::{self, TestDatabase};
use migration_tests::project::revision;

use super::Scene;

const TABLES: &str = "\
CREATE TABLE \"{prefix}file\" (id INTEGER PRIMARY KEY AUTOINCREMENT, name VARCHAR(20));
CREATE TABLE \"{prefix}kind\" (id INTEGER PRIMARY KEY, file INTEGER REFERENCES \"{prefix}file\" (id));
";

/// What is done by hand to the tables on one engine is drift in these words; of the models `check`
/// says what its exit code tells.
#[track_caller]
fn is_found(dialect: Dialect, done: &[&str], (words, check): (&str, i32)) {
    let Some(database) = databases::fresh(dialect) else {
        return;
    };
    let scene = Scene::new(&database, TABLES);
    scene.follows("a1", "");
    let outcome = database.open().run(done);
    assert!(outcome.is_ok(), "{outcome:?}");
    let drift = scene.types("migrate drift", 3);
    assert!(drift.contains(words), "{drift}");
    scene.types("migrate check", check);

    is_taken_back(&database, &scene);
}

/// What `drift --sql` writes takes the database back; the statements.
#[track_caller]
fn is_taken_back(database: &TestDatabase, scene: &Scene) -> String {
    let back = scene.way_back();
    if client::feed(database, &back).is_some() {
        scene.is_settled();
    }
    back
}

#[test]
fn a_table_that_became_another_engines_is_drift() {
    is_found(
        Dialect::Mysql,
        &[
            "ALTER TABLE app_kind DROP FOREIGN KEY app_kind_file_fkey",
            "ALTER TABLE app_kind ENGINE=MyISAM",
        ],
        ("run `ALTER TABLE \"app_kind\" ENGINE InnoDB`", 3),
    );
}

/// A form of rows that the other engine knows, and this one does not.
#[test]
fn a_table_that_got_another_engine_and_another_form_of_rows_is_taken_back() {
    for done in [
        "ALTER TABLE app_file ENGINE=Aria, ROW_FORMAT=FIXED",
        "ALTER TABLE app_file ENGINE=MyISAM, ROW_FORMAT=FIXED",
    ] {
        let Some(database) = databases::fresh(Dialect::Mysql) else {
            return;
        };
        let models = "CREATE TABLE {prefix}file (id INTEGER PRIMARY KEY, size INTEGER);\n";
        let scene = Scene::new(&database, models);
        scene.follows("a1", "");
        // Not every server has every engine.
        if database.open().run(&[done]).is_err() {
            return;
        }
        let back = is_taken_back(&database, &scene);
        let together = "ALTER TABLE \"app_file\" ENGINE InnoDB, ROW_FORMAT DEFAULT";
        assert!(back.contains(together), "{back}");
    }
}

#[test]
fn an_index_that_says_more_than_the_models_is_taken_back() {
    let models =
        format!("{TABLES}CREATE INDEX \"{{prefix}}file_name\" ON \"{{prefix}}file\" (name);\n");
    for done in [
        "ALTER TABLE app_file DROP INDEX app_file_name, \
         ADD INDEX app_file_name (name) COMMENT 'by hand'",
        "ALTER TABLE app_file ALTER INDEX app_file_name IGNORED",
    ] {
        let Some(database) = databases::fresh(Dialect::Mysql) else {
            return;
        };
        let scene = Scene::new(&database, &models);
        scene.follows("a1", "");
        // MySQL has another word for the second.
        if database.open().run(&[done]).is_err() {
            return;
        }
        let back = is_taken_back(&database, &scene);
        let gone = back.find("ALTER TABLE \"app_file\" DROP INDEX \"app_file_name\"");
        let made = back.find("CREATE INDEX \"app_file_name\"");
        assert!(gone.is_some() && gone < made, "{back}");
    }
}

#[test]
fn a_table_that_got_another_character_set_is_drift() {
    is_found(
        Dialect::Mysql,
        &["ALTER TABLE app_file CONVERT TO CHARACTER SET latin1"],
        (
            "run `ALTER TABLE \"app_file\" CONVERT TO CHARACTER SET utf8mb4 COLL",
            0,
        ),
    );
}

#[test]
fn a_database_that_got_another_character_set_leaves_the_tables_that_are_there() {
    databases::each(|database| {
        if database.dialect() != Dialect::Mysql {
            return;
        }
        let scene = Scene::new(database, TABLES);
        scene.follows("a1", "");
        let changed = database
            .open()
            .run(&["ALTER DATABASE CHARACTER SET latin1"]);
        assert!(changed.is_ok(), "{changed:?}");
        scene.is_settled();
    });
}

#[test]
fn a_key_that_gives_numbers_again_is_drift() {
    is_found(
        Dialect::Sqlite,
        &[
            "DROP TABLE app_file",
            "CREATE TABLE app_file (id INTEGER PRIMARY KEY, name VARCHAR(20))",
        ],
        ("`app_file.id`", 0),
    );
}

#[test]
fn a_table_that_a_crash_empties_is_drift() {
    is_found(
        Dialect::Postgres,
        &["ALTER TABLE app_kind SET UNLOGGED"],
        ("run `ALTER TABLE \"app_kind\" SET LOGGED`", 0),
    );
}

/// What counts in its own way is nothing that the model holds: all else of the table is compared.
#[test]
fn a_table_that_counts_in_its_own_way_is_compared() {
    let Some(database) = databases::fresh(Dialect::Postgres) else {
        return;
    };
    let models = |more: &str| {
        format!(
            "CREATE TABLE {{prefix}}file (\n    \
             id BIGINT GENERATED BY DEFAULT AS IDENTITY (START WITH 100) PRIMARY KEY,\n    \
             name VARCHAR(20){more}\n);\n"
        )
    };
    let scene = Scene::new(&database, &models(""));
    let text = revision("a1", "", &models(""), "DROP TABLE {prefix}file;");
    scene.project.write("tree/versions/a1.sql", &text);
    scene.types("migrate upgrade", 0);
    scene.is_settled();
    scene.models(&models(",\n    size BIGINT"));
    let said = scene.types("migrate check", 3);
    assert!(said.contains("add column `app_file.size`"), "{said}");
    scene.follows("a2", "");
    let done = ["CREATE INDEX app_by_hand ON app_file (name)"];
    let outcome = database.open().run(&done);
    assert!(outcome.is_ok(), "{outcome:?}");
    let drift = scene.types("migrate drift", 3);
    assert!(drift.contains("drop index `app_by_hand`"), "{drift}");
    let counts = ["ALTER TABLE app_file ALTER COLUMN id SET START WITH 200"];
    let outcome = database.open().run(&counts);
    assert!(outcome.is_ok(), "{outcome:?}");
    let drift = scene.types("migrate drift", 3);
    assert!(drift.contains("`app_file` differs"), "{drift}");
    assert!(drift.contains("made of it: 1 difference\n"), "{drift}");
}

#[test]
fn a_parent_that_was_taken_from_a_table_is_given_back() {
    let Some(database) = databases::fresh(Dialect::Postgres) else {
        return;
    };
    let models = "\
CREATE TABLE {prefix}a (id INTEGER);
CREATE TABLE {prefix}b (size INTEGER);
CREATE TABLE {prefix}both (own INTEGER) INHERITS ({prefix}a, {prefix}b);
";
    let scene = Scene::new(&database, models);
    scene.follows("a1", "");
    for done in [
        "ALTER TABLE app_both NO INHERIT app_b",
        "ALTER TABLE app_both NO INHERIT app_a, NO INHERIT app_b",
    ] {
        let outcome = database.open().run(&[done]);
        assert!(outcome.is_ok(), "{outcome:?}");
        is_taken_back(&database, &scene);
    }
}

/// A trigger and a rule that a revision makes, beside the models.
const BESIDE: &str = "\
-- migrate: upgrade
CREATE FUNCTION app_f() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$;
CREATE TRIGGER app_trg BEFORE INSERT ON app_file FOR EACH ROW EXECUTE FUNCTION app_f();
CREATE RULE app_kept AS ON DELETE TO app_file DO INSTEAD NOTHING;
";

#[test]
fn triggers_and_rules_that_other_hands_switched_are_drift() {
    let Some(database) = databases::fresh(Dialect::Postgres) else {
        return;
    };
    let scene = Scene::new(&database, TABLES);
    scene.follows("a1", "");
    let header = "-- beside\n--\n-- Revision ID: a2\n-- Revises: a1\n\n";
    let path = "tree/versions/a2_beside.sql";
    scene.project.write(path, &format!("{header}{BESIDE}"));
    scene.types("migrate upgrade head", 0);
    scene.types("migrate drift", 0);
    for (done, back) in [
        (
            "ALTER TABLE app_file DISABLE TRIGGER app_trg",
            "run `ALTER TABLE \"app_file\" ENABLE TRIGGER \"app_trg\"`",
        ),
        (
            "ALTER TABLE app_kind DISABLE TRIGGER ALL",
            "run `ALTER TABLE \"app_kind\" ENABLE TRIGGER ALL`",
        ),
        (
            "CREATE RULE by_hand AS ON UPDATE TO app_kind DO INSTEAD NOTHING",
            "run `DROP RULE \"by_hand\" ON \"app_kind\"`",
        ),
        (
            "ALTER TABLE app_file DISABLE RULE app_kept",
            "run `ALTER TABLE \"app_file\" ENABLE RULE \"app_kept\"`",
        ),
        (
            "DROP RULE app_kept ON app_file",
            "run `CREATE RULE app_kept AS",
        ),
    ] {
        assert!(database.open().run(&[done]).is_ok(), "{done}");
        let drift = scene.types("migrate drift", 3);
        assert!(drift.contains(back), "{drift}");
        let back = scene.way_back();
        if client::feed(&database, &back).is_none() {
            return;
        }
        scene.types("migrate drift", 0);
    }
    // What other hands made and switched off goes as a whole.
    let made = [
        "CREATE RULE by_hand AS ON UPDATE TO app_kind DO INSTEAD NOTHING",
        "ALTER TABLE app_kind DISABLE RULE by_hand",
    ];
    assert!(database.open().run(&made).is_ok());
    let drift = scene.types("migrate drift", 3);
    assert!(drift.contains("made of it: 1 difference\n"), "{drift}");
}

/// Columns with constraints of which nobody chose the names.
const UNNAMED: &str = "CREATE TABLE {prefix}p (id INTEGER PRIMARY KEY);\n\
                  CREATE TABLE {prefix}w (id INTEGER PRIMARY KEY, b INTEGER CHECK (b > 0), \
                  c INTEGER CHECK (c < 9), d INTEGER REFERENCES {prefix}p (id));\n";

fn unnamed_by_hand(b: &str, more: &str, d: &str) -> String {
    format!(
        "CREATE TABLE app_w (id INTEGER NOT NULL PRIMARY KEY, b INTEGER CHECK ({b}), \
         c INTEGER CHECK (c < 9), d INTEGER REFERENCES app_p (id){d}{more})"
    )
}

/// A table of a person has constraints without names, of which the engine keeps what they demand; the
/// one that a revision made has the name that such a one would get.
#[test]
fn constraints_without_names_are_taken_back() {
    databases::each(|database| {
        let scene = Scene::new(database, UNNAMED);
        scene.follows("a1", "");
        for made in [
            unnamed_by_hand("b >= 0", "", ""),
            unnamed_by_hand("b > 0", ", CHECK (c > 3), CHECK (c < 8)", ""),
            unnamed_by_hand(
                "b >= 0",
                ", CHECK (b < 7), CHECK (c > 3)",
                " ON DELETE CASCADE",
            ),
        ] {
            let done = [
                "DROP TABLE app_w",
                &made,
                "INSERT INTO app_w VALUES (1, 1, 5, NULL)",
            ];
            let outcome = database.open().run(&done);
            assert!(outcome.is_ok(), "{outcome:?}");
            is_taken_back(database, &scene);
            let rows = database
                .open()
                .query("SELECT count(*) FROM app_w WHERE c = 5", &[]);
            assert_eq!(
                rows.expect("it can be read")[0][0].text().as_deref(),
                Some("1")
            );
        }
        // The same beside another difference of the table.
        let other =
            unnamed_by_hand("b >= 0", "", "").replace("c INTEGER", "c BIGINT NOT NULL DEFAULT 5");
        let outcome = database.open().run(&["DROP TABLE app_w", &other]);
        assert!(outcome.is_ok(), "{outcome:?}");
        is_taken_back(database, &scene);
        // And by a revision that is drafted: MariaDB has no statement for a check inside a column.
        if database.dialect() == Dialect::Mysql {
            return;
        }
        let outcome = database
            .open()
            .run(&["DROP TABLE app_w", &unnamed_by_hand("b >= 0", "", "")]);
        assert!(outcome.is_ok(), "{outcome:?}");
        scene.types("migrate revision --autogenerate -m change --rev-id a2", 0);
        scene.types("migrate upgrade head", 0);
        scene.types("migrate check", 0);
    });
}

/// What the way back rounds, cuts off or drops with its rows is said above the statement, where whoever
/// reads the script sees it.
#[test]
fn what_the_way_back_loses_is_said_in_the_script() {
    let models = "CREATE TABLE {prefix}day (id INTEGER PRIMARY KEY, at DATE, price NUMERIC(8, 2), \
                  number INTEGER);\n";
    let done = |dialect| match dialect {
        Dialect::Sqlite => vec!["ALTER TABLE app_day ADD COLUMN more INTEGER"],
        Dialect::Postgres => vec![
            "ALTER TABLE app_day ALTER COLUMN at TYPE TIMESTAMP",
            "ALTER TABLE app_day ALTER COLUMN price TYPE NUMERIC(12, 4)",
            "ALTER TABLE app_day ALTER COLUMN number TYPE SMALLINT",
            "ALTER TABLE app_day ADD COLUMN more INTEGER",
        ],
        Dialect::Mysql => vec![
            "ALTER TABLE app_day MODIFY at DATETIME, MODIFY price DECIMAL(12, 4), \
             MODIFY number SMALLINT, ADD COLUMN more INTEGER",
        ],
    };
    databases::each(|database| {
        let scene = Scene::new(database, models);
        scene.follows("a1", "");
        let dialect = database.dialect();
        let outcome = database.open().run(&done(dialect));
        assert!(outcome.is_ok(), "{outcome:?}");
        let back = is_taken_back(database, &scene);
        let narrowed = ["at", "price", "number"]
            .map(|column| back.contains(&format!("-- values of column `app_day.{column}`")));
        // Numbers that become larger stay.
        let are_types = dialect != Dialect::Sqlite;
        assert_eq!(narrowed, [are_types, are_types, false], "{back}");
        let words = "-- all values of column `app_day.more` are lost\n";
        assert!(back.contains(words), "{back}");
    });
}
