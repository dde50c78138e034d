//! What cannot be compared is refused with a place and a way out, and nothing is written.

use migration_core::dialect::Dialect;
use migration_tests::databases;

use super::{Scene, has_terminal};

const FILE: &str = "CREATE TABLE \"{prefix}file\" (id INTEGER PRIMARY KEY, path VARCHAR(50));\n";

fn sqlite(models: &str) -> Scene {
    let database = databases::fresh(Dialect::Sqlite).expect("SQLite is built in");
    let scene = Scene::new(&database, models);
    // The file has to outlive this function; it is made anew by the next command.
    scene.project.write(
        "migrate.ini",
        "[sqldb]\ndbms = sqlite\ndbname = app.db\ntables_prefix = app\n[migration]\n\
         script_location = tree\nmodels = models.sql\n",
    );
    scene.types("migrate ensure-version", 0);
    scene
}

#[track_caller]
fn refused(models: &str, expected: &str) {
    let scene = sqlite(models);
    for command in ["check", "diff", "revision --autogenerate -m no"] {
        let text = scene.types(&format!("migrate {command}"), 1);
        assert_eq!(text, expected, "{command}");
    }
    assert_eq!(scene.types("ls tree/versions", 0), "");
}

#[test]
fn models_that_are_no_sql_are_shown_with_their_place() {
    refused(
        "CREATE TABLE a (id INTEGER DEFAULT 'open);\n",
        "error: string is never closed\n --> models.sql:1:36\n  |\n1 | CREATE TABLE a (id INTEGER \
         DEFAULT 'open);\n  |                                    ^\n\
         hint: close it with `'`; a quote inside a string is written twice: `''`\n",
    );
}

#[test]
fn what_the_engine_refuses_is_shown_with_its_place() {
    let scene = sqlite("CREATE TABLE a (id INTEGER);\nCREATE VIEW v AS SELEC 1;\n");
    let text = scene.types("migrate check", 1);
    assert!(
        text.starts_with("error: cannot") && text.contains("--> models.sql:2:"),
        "{text}"
    );
    assert!(text.contains("in an empty sqlite database"), "{text}");
}

#[test]
fn what_is_wrong_with_the_models_is_said_in_the_same_words_on_every_engine() {
    let broken = [
        (
            "CREATE TABLE {prefix}a (id integr);\n",
            "keep column `id` of type `integr`",
            "did you mean `INTEGER`? A type of your own is made before, by CREATE TYPE ... AS ENUM",
        ),
        (
            "CREATE TABLE {prefix}a (id INTEGER, ID INTEGER, id INTEGER);\n",
            "table `app_a` has a column `id` already",
            "",
        ),
        (
            "CREATE TABLE {prefix}a (id INTEGER);\nCREATE TABLE {prefix}a (x INTEGER);\n",
            "table `app_a` exists already",
            "",
        ),
        (
            "CREATE TABLE {prefix}a (size INTEGER, UNIQUE (siez));\n",
            "table `app_a` has no column `siez`",
            "did you mean `size`?",
        ),
        (
            "CREATE TABLE {prefix}a (size INTEGER);\nCREATE INDEX i ON {prefix}a (siez);\n",
            "table `app_a` has no column `siez`",
            "did you mean `size`?",
        ),
    ];
    for (models, cause, hint) in broken {
        let mut said: Vec<String> = Vec::new();
        databases::each(|database| {
            let scene = Scene::new(database, models);
            let text = scene.types("migrate check", 1);
            assert!(text.contains(cause) && text.contains(hint), "{text}");
            assert!(text.contains("--> models.sql:"), "{text}");
            said.push(text.replace(database.dialect().name(), "ENGINE"));
        });
        assert!(said.windows(2).all(|it| it[0] == it[1]), "{said:#?}");
    }
}

#[test]
fn a_reference_to_a_table_that_is_nowhere_is_told_with_the_nearest_one() {
    databases::each(|database| {
        let wrong = "CREATE TABLE \"{prefix}tag\" (\n    id INTEGER PRIMARY KEY,\n    \
                     id_file INTEGER REFERENCES \"{prefix}fiel\" (id)\n);\n";
        let scene = Scene::new(database, &format!("{FILE}{wrong}"));
        let text = scene.types("migrate check", 1);
        let first = "error: table `app_tag` refers to `app_fiel`, which the models do not create\n";
        assert!(text.starts_with(first), "{text}");
        assert!(text.contains("--> models.sql:2:1\n"), "{text}");
        assert!(text.ends_with("hint: did you mean `app_file`?\n"), "{text}");
    });
}

#[test]
fn a_reference_to_a_table_of_somebody_else_is_none_of_our_business() {
    databases::each(|database| {
        let mut connection = database.open();
        let made = connection.run(&["CREATE TABLE other (id INTEGER PRIMARY KEY)"]);
        assert!(made.is_ok(), "{made:?}");
        drop(connection);
        let scene = Scene::new(
            database,
            "CREATE TABLE \"{prefix}tag\" (id INTEGER PRIMARY KEY, other INTEGER REFERENCES other \
             (id));\n",
        );
        scene.follows("a1", "");
    });
}

#[test]
fn a_table_of_somebody_else_is_not_ours_to_index() {
    databases::each(|database| {
        let mut connection = database.open();
        let made = connection.run(&["CREATE TABLE other (id INTEGER PRIMARY KEY)"]);
        assert!(made.is_ok(), "{made:?}");
        let models = format!("{FILE}CREATE INDEX other_i ON other (id);\n");
        let scene = Scene::new(database, &models);
        for command in ["check", "diff", "revision --autogenerate -m no"] {
            let text = scene.types(&format!("migrate {command}"), 1);
            assert!(
                text.starts_with("error: cannot create index `other_i` on `other` in an empty "),
                "{text}"
            );
            assert!(text.contains("models.sql:2:1"), "{text}");
            assert!(text.contains("other"), "{text}");
        }
    });
}

#[test]
fn a_table_of_somebody_else_is_where_the_search_path_finds_it() {
    let Some(database) = databases::fresh(Dialect::Postgres) else {
        return;
    };
    let name = &database.server().expect("it is a server").database;
    let path = format!("ALTER DATABASE \"{name}\" SET search_path = app, shared");
    let made = database.open().run(&[
        "CREATE SCHEMA app",
        "CREATE SCHEMA shared",
        "CREATE TABLE shared.other (id SERIAL PRIMARY KEY)",
        &path,
    ]);
    assert!(made.is_ok(), "{made:?}");
    let scene = Scene::new(
        &database,
        "CREATE TABLE \"{prefix}tag\" (id INTEGER PRIMARY KEY, other INTEGER REFERENCES other \
         (id));\n",
    );
    scene.follows("a1", "");
}

#[test]
fn without_models_there_is_nothing_to_compare_with() {
    let scene = sqlite(FILE);
    let text = scene.types("sed -i /^models/d migrate.ini && migrate check", 1);
    assert_eq!(
        text,
        "error: there are no models to compare with\nhint: set `models = FILE` in the section \
         [migration] of the ini: the desired schema in SQL\n"
    );
}

#[test]
fn a_database_that_is_not_at_head_is_not_compared() {
    let scene = sqlite(FILE);
    scene.types("migrate revision --autogenerate -m first --rev-id a1", 0);
    for command in ["check", "revision --autogenerate -m second"] {
        let text = scene.types(&format!("migrate {command}"), 1);
        assert_eq!(
            text,
            "error: the database is not on all head revisions: a1 not applied\n\
             hint: `upgrade head` applies it\n"
        );
    }
}

#[test]
fn a_likely_rename_stops_with_both_ways_to_say_which() {
    let scene = sqlite(FILE);
    scene.follows("a1", "");
    scene.models(&FILE.replace("path", "paths"));
    let text = scene.types("migrate revision --autogenerate -m second", 1);
    assert_eq!(
        text,
        "error: what is gone may have been renamed to what is new\n\
         hint: was column `path` of `app_file` renamed to `paths`?\n        \
         yes: write `-- renamed from path` above `paths` of `app_file` in the models, or give \
         `--rename app_file.path=paths`\n        no: give `--no-rename app_file.path=paths`\n"
    );
    let sql = scene.types(
        "migrate revision --autogenerate --sql --no-rename '{prefix}file.path=paths'",
        0,
    );
    assert!(sql.contains("DROP COLUMN path;"), "{sql}");
    let text = scene.follows("a2", "--rename '{prefix}file.path=paths'");
    assert!(text.contains("RENAME COLUMN path TO paths;"), "{text}");
}

#[test]
fn a_rename_of_what_is_not_there_is_a_slip() {
    let scene = sqlite(FILE);
    for (typed, first) in [
        (
            "app_file.x=y",
            "error: `app_file.x=y` names nothing that is gone and new\n",
        ),
        (
            "app_file",
            "error: `app_file` is not `OLD=NEW` or `TABLE.OLD=NEW`\n",
        ),
    ] {
        let text = scene.types(&format!("migrate check --rename {typed}"), 2);
        assert!(text.starts_with(first), "{text}");
    }
}

#[test]
fn what_no_statement_changes_is_said_and_not_written() {
    let Some(database) = databases::fresh(Dialect::Sqlite) else {
        return;
    };
    let models = |options: &str| {
        format!("CREATE TABLE \"{{prefix}}file\" (id INTEGER PRIMARY KEY){options};\n")
    };
    let scene = Scene::new(&database, &models(""));
    scene.follows("a1", "");
    scene.models(&models(" STRICT"));
    let said = "warning: `app_file` differs in what stands behind its columns, such as STRICT, \
                which no statement changes: create a table that is so, copy the rows, drop the old \
                one and give the new one its name\n";
    let check = scene.types("migrate check", 3);
    assert!(check.starts_with(said), "{check}");
    let error =
        "error: the models differ from the database in what no statement changes: `app_file`\n";
    assert!(check.contains(error), "{check}");
    let expected = format!("{said}No new upgrade operations detected.\n");
    assert_eq!(scene.types("migrate diff", 0), expected);
    let json = scene.types("migrate check --json", 3);
    assert!(
        json.contains("\"not_changed\": [\n    \"app_file\"\n  ]"),
        "{json}"
    );
}

#[test]
fn what_this_server_lacks_is_refused_before_anything_runs() {
    let Some(database) = databases::fresh(Dialect::Mysql) else {
        return;
    };
    if !database.open().server().starts_with("MariaDB") {
        return;
    }
    let models = format!("{FILE}CREATE INDEX shout ON \"{{prefix}}file\" (upper(path));\n");
    let scene = Scene::new(&database, &models);
    let revision = "-- an index\n--\n-- Revision ID: a1\n-- Revises:\n\
         -- Create Date: 2020-01-01 00:00:00\n\n-- migrate: upgrade\n\n";
    let text = format!("{revision}{models}\n-- migrate: downgrade\n");
    scene.project.write("tree/versions/a1.sql", &text);
    let said = scene.types("migrate upgrade head", 1);
    assert!(said.contains("cannot create index `shout`"), "{said}");
    assert!(said.contains("tree/versions/a1.sql:10:1"), "{said}");
    assert!(said.contains("hint: add a computed column of it"), "{said}");
    let tables = database.open().query("SHOW TABLES LIKE 'app_%'", &[]);
    assert!(tables.expect("names").is_empty());
    scene.types("rm tree/versions/a1.sql", 0);
    let said = scene.types("migrate check", 1);
    assert!(said.contains("hint: add a computed column of it"), "{said}");
}

#[test]
fn tables_that_refer_to_each_other_inside_are_told_how_to() {
    for dialect in [Dialect::Postgres, Dialect::Mysql] {
        let Some(database) = databases::fresh(dialect) else {
            continue;
        };
        let models = "CREATE TABLE \"{prefix}a\" (id INTEGER PRIMARY KEY,\n    \
                      b INTEGER REFERENCES \"{prefix}b\" (id));\n\
                      CREATE TABLE \"{prefix}b\" (id INTEGER PRIMARY KEY,\n    \
                      a INTEGER REFERENCES \"{prefix}a\" (id));\n";
        let scene = Scene::new(&database, models);
        let said = scene.types("migrate check", 1);
        let hint = "hint: `app_b` is made further below: put it before this; where both refer to \
                    each other, add one foreign key behind both tables";
        assert!(said.contains(hint), "{said}");
    }
}

#[test]
fn a_schema_for_the_version_table_has_to_be_there() {
    databases::each(|database| {
        let scene = Scene::with(database, FILE, "");
        let ini = scene.types("cat migrate.ini", 0);
        let ini = format!("{ini}version_table_schema = nowhere\n");
        scene.project.write("migrate.ini", &ini);
        let said = scene.types("migrate ensure-version", 1);
        assert!(said.contains("`version_table_schema`"), "{said}");
    });
}

#[test]
fn a_table_is_the_same_with_its_own_schema_before_its_name() {
    let Some(database) = databases::fresh(Dialect::Postgres) else {
        return;
    };
    let models = format!(
        "{FILE}CREATE TABLE \"{{prefix}}part\" (id INTEGER PRIMARY KEY,\n    \
         file INTEGER REFERENCES public.\"{{prefix}}file\" (id));\n"
    );
    let scene = Scene::new(&database, &models);
    scene.follows("a1", "");
    scene.models(&models.replace("path VARCHAR(50)", "path VARCHAR(60)"));
    let text = scene.follows("a2", "");
    assert!(text.contains("TYPE VARCHAR(60)"), "{text}");
}

#[test]
fn a_likely_rename_is_asked_about_on_a_terminal() {
    if !has_terminal() {
        return;
    }
    let scene = sqlite(FILE);
    scene.follows("a1", "");
    scene.models(&FILE.replace("path", "location"));
    let types = |answers: &str, code: i32| {
        let line = "migrate revision --autogenerate -m next --sql";
        let line = format!("printf '{answers}' | script -qec '{line}' /dev/null");
        scene.types(&line, code).replace('\r', "")
    };
    let question = "was column `path` of `app_file` renamed to `location`? [y/n] ";
    let said = types("y\\n", 0);
    assert!(said.contains(question), "{said}");
    assert!(said.contains("RENAME COLUMN path TO location;"), "{said}");
    // Enter is no answer: rows hang on it.
    let said = types("\\nn\\n", 0);
    assert_eq!(said.matches(question).count(), 2, "{said}");
    assert!(said.contains("DROP COLUMN path;"), "{said}");
    let said = types("\\004", 1);
    assert!(
        said.contains("--no-rename app_file.path=location"),
        "{said}"
    );
}
