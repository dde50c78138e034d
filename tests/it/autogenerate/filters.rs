//! What is left alone: what others made, and what somebody says.

use migration_core::dialect::Dialect;
use migration_tests::databases;

use super::{Scene, last_line};

const MODELS: &str = "\
CREATE TABLE \"{prefix}file\" (id INTEGER PRIMARY KEY, name VARCHAR(50) DEFAULT 'a');
CREATE TABLE \"{prefix}tag\" (id INTEGER PRIMARY KEY, name VARCHAR(50));
CREATE INDEX \"{prefix}tag_name\" ON \"{prefix}tag\" (name);
";

#[test]
fn tables_of_others_are_left_alone_and_those_with_our_prefix_are_named() {
    databases::each(|database| {
        let scene = Scene::new(database, MODELS);
        scene.follows("a1", "");
        let mut connection = database.open();
        let made = connection.run(&[
            "CREATE TABLE somebody (x INTEGER)",
            "CREATE TABLE app_stray (x INTEGER)",
            "CREATE VIEW seen AS SELECT x FROM somebody",
        ]);
        assert!(made.is_ok(), "{made:?}");
        drop(connection);
        scene.is_settled();
        let text = scene.types("migrate check", 0);
        assert_eq!(
            text,
            "Left alone, because neither the models nor a revision makes them: `app_stray`\n\
             No new upgrade operations detected.\n"
        );
    });
}

#[test]
fn without_a_prefix_every_table_that_is_nobodys_is_named() {
    databases::each(|database| {
        let scene = Scene::new(database, MODELS);
        scene.types(
            "sed -i 's/^tables_prefix.*/tables_prefix =/' migrate.ini",
            0,
        );
        scene.follows("a1", "");
        let stray: Vec<String> = (10..22)
            .map(|it| format!("CREATE TABLE stray{it} (x INTEGER)"))
            .collect();
        let stray: Vec<&str> = stray.iter().map(String::as_str).collect();
        let made = database.open().run(&stray);
        assert!(made.is_ok(), "{made:?}");
        let text = scene.types("migrate drift --exclude-table stray13", 0);
        assert_eq!(
            text,
            "Left alone, because no revision makes them: `stray10`, `stray11`, `stray12`, \
             `stray14`, `stray15`, `stray16`, `stray17`, `stray18`, `stray19`, `stray20` and 1 more\n\
             The database is what its revisions made of it.\n"
        );
    });
}

#[test]
fn a_table_of_a_revision_that_is_not_applied_is_a_difference() {
    databases::each(|database| {
        let scene = Scene::new(database, MODELS);
        scene.follows("a1", "");
        scene.models(&format!(
            "{MODELS}CREATE TABLE \"{{prefix}}big\" (id INTEGER PRIMARY KEY);\n"
        ));
        scene.follows("b2", "");
        scene.types("migrate stamp a1", 0);
        let text = scene.types("migrate drift", 3);
        let hint = "hint: `app_big` is what revision `b2` makes, which is not applied here: where \
                    the database has it by other means, `stamp REVISION` says which revision it is \
                    at\n";
        assert!(
            text.starts_with("drop table `app_big`\n") && text.contains(hint),
            "{}: {text}",
            database.dialect()
        );
        let text = scene.types("migrate upgrade head", 1);
        assert!(text.contains("`drift` shows what else is there"), "{text}");
        scene.types("migrate stamp base", 0);
        let text = scene.types("migrate drift", 3);
        let hint = "`app_big`, `app_file`, `app_tag` are what revisions make that are not applied \
                    here, such as `b2`";
        assert!(text.contains(hint), "{}: {text}", database.dialect());
    });
}

#[test]
fn what_is_excluded_is_left_alone_by_ini_and_by_flag() {
    databases::each(|database| {
        let scene = Scene::new(database, MODELS);
        scene.follows("a1", "");
        scene.models(
            "CREATE TABLE \"{prefix}file\" (id INTEGER PRIMARY KEY, name VARCHAR(60));\n\
             CREATE TABLE \"{prefix}tag\" (id INTEGER PRIMARY KEY, name VARCHAR(50));\n",
        );
        let count = |flags: &str, expected: usize| {
            let code = if expected == 0 { 0 } else { 3 };
            let text = scene.types(&format!("migrate check -q {flags}"), code);
            let found = text.lines().take_while(|it| !it.starts_with("error:"));
            assert_eq!(
                found.count(),
                expected,
                "{}: {flags}: {text}",
                database.dialect()
            );
        };
        count("", 3);
        count("--exclude-table '{prefix}f*'", 1);
        count("--include-table 'app_file'", 2);
        count("--include-table 'app_file' --compare-types no", 1);
        count(
            "--include-table 'app_file' --compare-types no --compare-defaults no",
            0,
        );
        count("--exclude-kind index", 2);
        count("--exclude-kind index,table", 0);
        let ini = "sed -i '/^models/a exclude_tables = {prefix}file\\nexclude_kinds = index' \
                   migrate.ini && migrate check";
        let text = scene.types(ini, 0);
        assert_eq!(last_line(&text), "No new upgrade operations detected.");
    });
}

const MOODS: &str = "\
CREATE TYPE \"{prefix}mood\" AS ENUM ('sad', 'ok');
CREATE TABLE \"{prefix}file\" (id INTEGER PRIMARY KEY, now \"{prefix}mood\");
";

#[test]
fn excluded_enumerated_types_may_have_any_values_and_their_columns_are_compared() {
    databases::each(|database| {
        let scene = Scene::new(database, MOODS);
        scene.follows("a1", "");
        let check = |models: &str, flags: &str, expected: &[&str]| {
            scene.models(models);
            let code = if expected.is_empty() { 0 } else { 3 };
            let text = scene.types(&format!("migrate check -q {flags}"), code);
            let found = text.lines().take_while(|it| !it.starts_with("error:"));
            let found: Vec<&str> = found.collect();
            assert_eq!(found, expected, "{}: {models}", database.dialect());
        };
        let leave = "--exclude-kind enum";
        let more = MOODS.replace("'sad', 'ok')", "'sad', 'ok', 'it''s, good')");
        let value = ["add value 'it's, good' to type `app_mood`"];
        check(&more, "", &value);
        check(&more, "--exclude-kind check", &value);
        check(&more, leave, &[]);
        check(&MOODS.replace("'sad', ", "'glad', 'so', "), leave, &[]);
        let strict = more.replace("mood\")", "mood\" NOT NULL)");
        check(&strict, leave, &["forbid null in column `app_file.now`"]);
        let text = more.replace("now \"{prefix}mood\"", "now VARCHAR(20)");
        check(&text, leave, &["change type of column `app_file.now`"]);
        let another = format!(
            "{more}CREATE TYPE size AS ENUM ('s', 'l');\n\
             CREATE TABLE \"{{prefix}}tag\" (id INTEGER PRIMARY KEY, size size);\n"
        );
        check(&another, leave, &["create table `app_tag`"]);
        scene.models(&more);
        let ini = "sed -i '/^models/a exclude_kinds = enum' migrate.ini && migrate check";
        assert_eq!(
            last_line(&scene.types(ini, 0)),
            "No new upgrade operations detected."
        );
    });
}

#[test]
fn excluded_enumerated_types_may_have_any_values_that_were_made_by_hand() {
    databases::each(|database| {
        let by_hand: &[&str] = match database.dialect() {
            Dialect::Sqlite => &["CREATE TABLE app_file (id INTEGER PRIMARY KEY, \
                 now TEXT CHECK (now IN ('ok', 'so (so)')))"],
            Dialect::Postgres => &[
                "CREATE TYPE app_mood AS ENUM ('ok', 'so (so)')",
                "CREATE TABLE app_file (id INTEGER PRIMARY KEY, now app_mood)",
            ],
            Dialect::Mysql => &["CREATE TABLE app_file (id INTEGER PRIMARY KEY, \
                 now ENUM('ok', 'so (so)'))"],
        };
        let scene = Scene::new(database, MOODS);
        let made = database.open().run(by_hand);
        assert!(made.is_ok(), "{made:?}");
        scene.types("migrate check", 3);
        scene.types("migrate check --exclude-kind enum", 0);
    });
}

#[test]
fn excluded_enumerated_types_may_have_any_values_that_a_column_of_mysql_lists() {
    let Some(database) = databases::fresh(Dialect::Mysql) else {
        return;
    };
    let models = "-- migrate: only mysql\n\
                  CREATE TABLE \"{prefix}file\" (id INTEGER PRIMARY KEY, now ENUM('sad', 'ok'));\n";
    let scene = Scene::new(&database, models);
    scene.follows("a1", "");
    scene.models(&models.replace("'ok'", "'ok', 'good'"));
    scene.types("migrate check", 3);
    scene.types("migrate check --exclude-kind enum", 0);
}

/// What is left alone is still there when a table is made anew, or a column is written anew.
#[test]
fn what_is_excluded_stays_when_its_table_changes() {
    databases::each(|database| {
        let models = "CREATE TABLE \"{prefix}file\" (id INTEGER PRIMARY KEY, \
                      name VARCHAR(50) CHECK (name <> 'a'));\n\
                      COMMENT ON COLUMN \"{prefix}file\".name IS 'kept';\n\
                      CREATE INDEX \"{prefix}file_name\" ON \"{prefix}file\" (name);\n";
        let scene = Scene::new(database, models);
        scene.follows("a1", "");
        scene.models(&models.replace("VARCHAR(50)", "VARCHAR(60) NOT NULL"));
        let left = "--exclude-kind index,check,comment";
        assert_eq!(
            scene.types(&format!("migrate diff -q {left}"), 0),
            scene.types("migrate diff -q", 0)
        );
    });
}

#[test]
fn an_unknown_kind_is_told_with_the_nearest_one() {
    let Some(database) = databases::fresh(Dialect::Sqlite) else {
        return;
    };
    let scene = Scene::new(&database, MODELS);
    let ini = "sed -i '/^models/a exclude_kinds = indx' migrate.ini && migrate check";
    let text = scene.types(ini, 1);
    assert!(
        text.contains("`exclude_kinds` is `indx` (migrate.ini), not one of table"),
        "{text}"
    );
    assert!(text.contains("did you mean `index`?"), "{text}");
}

#[test]
fn several_schemas_are_compared_and_each_is_made_in_the_scratch_place() {
    let Some(database) = databases::fresh(Dialect::Postgres) else {
        return;
    };
    let models = "CREATE SCHEMA report;\n\
                  CREATE TABLE report.\"{prefix}sum\" (id INTEGER PRIMARY KEY);\n\
                  CREATE TABLE \"{prefix}file\" (id INTEGER PRIMARY KEY, id_sum INTEGER REFERENCES \
                  report.\"{prefix}sum\" (id));\n";
    let scene = Scene::new(&database, models);
    scene.follows("a1", "");
    scene.models(&models.replace(
        "sum\" (id INTEGER PRIMARY KEY",
        "sum\" (id INTEGER PRIMARY KEY, n BIGINT",
    ));
    let text = scene.follows("a2", "");
    assert!(
        text.contains("ALTER TABLE report.\"{prefix}sum\" ADD COLUMN n BIGINT;"),
        "{text}"
    );
}
