//! What other hands renamed, as `drift` finds it and takes it back.

use migration_core::database::Connection;
use migration_core::dialect::Dialect;
use migration_tests::client;
use migration_tests::databases::{self, TestDatabase};
use migration_tests::project;

use super::{Scene, has_terminal};

const MODELS: &str =
    "CREATE TABLE \"{prefix}book\" (\n    id INTEGER PRIMARY KEY,\n    remark TEXT\n);\n";

fn scene(database: &TestDatabase, by_hand: &str) -> Scene {
    let scene = Scene::new(database, MODELS);
    scene.follows("a1", "");
    let row = "INSERT INTO app_book (id, remark) VALUES (1, 'keep')";
    database.changes(&[row, by_hand]);
    scene
}

fn remark(connection: &mut dyn Connection) -> Option<String> {
    let rows = connection.query("SELECT remark FROM app_book", &[]);
    rows.expect("it can be read").first()?.first()?.text()
}

/// Feeds what `drift` writes to the client; then nothing is left to say.
fn takes_back(scene: &Scene, database: &TestDatabase, rename: &str) {
    let found = scene
        .project
        .shell(&format!("migrate drift --sql --rename {rename}"));
    assert_eq!(found.status.code(), Some(3), "{found:?}");
    let script = String::from_utf8(found.stdout).expect("scripts are UTF-8");
    if client::feed(database, &script).is_none() {
        return;
    }
    let kept = remark(database.open().as_mut());
    assert_eq!(
        kept.as_deref(),
        Some("keep"),
        "{}: {script}",
        database.dialect()
    );
    scene.is_settled();
}

#[test]
fn a_column_that_may_have_been_renamed_is_not_dropped_without_a_word() {
    databases::each(|database| {
        let scene = scene(
            database,
            "ALTER TABLE app_book RENAME COLUMN remark TO memo",
        );
        let way = "  yes: give `--rename app_book.memo=remark`\n";
        let text = scene.types("migrate drift", 3);
        assert!(text.contains(way), "{}: {text}", database.dialect());
        let text = scene.types("migrate drift --sql", 1);
        assert!(
            text.contains("may have been renamed") && !text.contains("DROP COLUMN"),
            "{}: {text}",
            database.dialect()
        );
        let text = scene.types("migrate drift --sql --no-rename app_book.memo=remark", 3);
        assert!(
            text.contains("DROP COLUMN"),
            "{}: {text}",
            database.dialect()
        );
        takes_back(&scene, database, "app_book.memo=remark");
    });
}

#[test]
fn a_table_that_was_renamed_is_known_by_the_names_that_it_keeps() {
    databases::each(|database| {
        let index = "CREATE INDEX \"{prefix}books\" ON \"{prefix}book\" (id);\n";
        let scene = Scene::new(database, &format!("{MODELS}{index}"));
        scene.follows("a1", "");
        let rename = "ALTER TABLE app_book RENAME TO app_volume";
        assert!(database.open().run(&[rename]).is_ok());
        let told = "Was `app_book` renamed to `app_volume`, which has its `app_books`? \
                    `--rename app_volume=app_book` takes it for that\n";
        let text = scene.types("migrate check", 3);
        assert!(text.contains(told), "{}: {text}", database.dialect());
        // It has the columns, too.
        let text = scene.types("migrate drift", 3);
        let asked = "warning: was table `app_volume` renamed to `app_book`?\n";
        let is_asked = text.contains(asked) && !text.contains(told);
        assert!(is_asked, "{}: {text}", database.dialect());
        let text = scene.types("migrate drift --rename app_volume=app_book", 3);
        let back = text.starts_with("rename table `app_volume` to `app_book`\n");
        assert!(
            back && !text.contains("Was `"),
            "{}: {text}",
            database.dialect()
        );
    });
}

#[test]
fn a_table_that_was_renamed_gets_its_name_back_with_its_rows() {
    databases::each(|database| {
        let scene = scene(database, "ALTER TABLE app_book RENAME TO app_volume");
        let text = scene.types("migrate drift --rename app_book=app_volume", 2);
        let hint = "the old name has to be in the database";
        assert!(text.contains(hint), "{}: {text}", database.dialect());
        takes_back(&scene, database, "app_volume=app_book");
    });
}

#[test]
fn a_table_that_is_like_a_missing_one_may_be_it() {
    databases::each(|database| {
        // Whatever its prefix is.
        let scene = scene(database, "ALTER TABLE app_book RENAME TO old_book");
        let other = "CREATE TABLE app_other (number INTEGER PRIMARY KEY, remark TEXT)";
        database.changes(&[other]);
        let way = "was table `old_book` renamed to `app_book`?\n  \
                   yes: give `--rename old_book=app_book`\n  \
                   no: give `--no-rename old_book=app_book`\n";
        let text = scene.types("migrate drift", 3);
        assert!(text.contains(way), "{}: {text}", database.dialect());
        assert!(!text.contains("was table `app_other`"), "{text}");
        let text = scene.types("migrate drift --sql", 1);
        let is_asked = text.contains("may have been renamed") && !text.contains("CREATE");
        assert!(is_asked, "{}: {text}", database.dialect());
        let no = "migrate drift --sql --no-rename old_book=app_book";
        let text = scene.types(no, 3);
        let is_left = text.contains("CREATE TABLE \"app_book\"") && !text.contains("old_book");
        assert!(is_left, "{}: {text}", database.dialect());
        takes_back(&scene, database, "old_book=app_book");
    });
}

#[test]
fn a_table_that_is_left_alone_is_asked_about_on_a_terminal() {
    if !has_terminal() {
        return;
    }
    databases::each(|database| {
        let more = "remark TEXT, shelf INTEGER, pages INTEGER, place INTEGER";
        let scene = Scene::new(database, &MODELS.replace("remark TEXT", more));
        scene.follows("a1", "");
        database.changes(&[
            "ALTER TABLE app_book RENAME TO app_volume",
            "ALTER TABLE app_volume RENAME COLUMN remark TO memo",
        ]);
        let types = |answers: &str| {
            let line = "script -qec 'migrate drift --sql' /dev/null";
            scene.types(&format!("printf '{answers}' | {line}"), 3)
        };
        let said = types("y\\ny\\n");
        let renames = [
            "ALTER TABLE \"app_volume\" RENAME TO \"app_book\"",
            "RENAME COLUMN \"memo\" TO \"remark\"",
        ];
        for rename in renames {
            assert!(said.contains(rename), "{}: {said}", database.dialect());
        }
        let said = types("n\\n");
        let is_made = said.contains("CREATE TABLE \"app_book\"") && !said.contains("RENAME");
        assert!(is_made, "{}: {said}", database.dialect());
    });
}

/// A column is renamed by hand and made another type; the values stay.
fn rename_and_change(database: &TestDatabase, new: &str, kind: &str) {
    let mut connection = database.open();
    let statements = match database.dialect() {
        Dialect::Sqlite => vec![
            format!("CREATE TABLE other (id INTEGER PRIMARY KEY, {new} {kind})"),
            "INSERT INTO other SELECT id, remark FROM app_book".to_owned(),
            "DROP TABLE app_book".to_owned(),
            "ALTER TABLE other RENAME TO app_book".to_owned(),
        ],
        Dialect::Postgres => vec![
            format!("ALTER TABLE app_book RENAME COLUMN remark TO {new}"),
            format!("ALTER TABLE app_book ALTER COLUMN {new} TYPE {kind}"),
        ],
        Dialect::Mysql => vec![format!("ALTER TABLE app_book CHANGE remark {new} {kind}")],
    };
    for sql in statements {
        let changed = connection.run(&[&sql]);
        assert!(changed.is_ok(), "{sql}: {changed:?}");
    }
}

#[test]
fn a_column_that_got_another_type_with_its_new_name_is_not_dropped_without_a_word() {
    databases::each(|database| {
        // Of the same kind, and like nothing but in being the only one.
        for (new, kind) in [("full_remark", "VARCHAR(90)"), ("code", "CHAR(4)")] {
            let database = databases::fresh(database.dialect()).expect("there was one");
            let scene = scene(&database, "UPDATE app_book SET remark = 'keep'");
            rename_and_change(&database, new, kind);
            let argument = format!("app_book.{new}=remark");
            let text = scene.types("migrate drift", 3);
            let way = format!("  yes: give `--rename {argument}`\n");
            assert!(text.contains(&way), "{}: {text}", database.dialect());
            let text = scene.types("migrate drift --sql", 1);
            let is_asked = text.contains("may have been renamed") && !text.contains("DROP");
            assert!(is_asked, "{}: {text}", database.dialect());
            takes_back(&scene, &database, &argument);
        }
    });
}

#[test]
fn a_column_that_may_be_any_is_asked_about_while_there_are_very_few() {
    databases::each(|database| {
        let models = MODELS.replace("remark TEXT", "remark TEXT, shelf INTEGER");
        let scene = Scene::new(database, &models);
        scene.follows("a1", "");
        // Who writes the models reads the revision, too.
        scene.models(&models.replace("remark TEXT", "pages INTEGER"));
        let text = scene.types("migrate check", 3);
        assert!(!text.contains("renamed"), "{text}");
        database.changes(&[
            "ALTER TABLE app_book DROP COLUMN remark",
            "ALTER TABLE app_book ADD COLUMN pages INTEGER",
        ]);
        let text = scene.types("migrate drift --sql", 1);
        let no = "give `--no-rename app_book.pages=remark`";
        assert!(text.contains(no), "{}: {text}", database.dialect());
        let said = "--no-rename app_book.pages=remark";
        let text = scene.types(&format!("migrate drift --sql {said}"), 3);
        assert!(text.contains("DROP COLUMN"), "{text}");
    });
}

/// What would drop the old one is refused, in as many words.
#[track_caller]
fn is_taken(scene: &Scene, line: &str, (from, to): (&str, &str)) {
    let text = scene.types(line, 1);
    let first = format!("error: `{from}` cannot have become `{to}`: that name is taken\n");
    assert!(text.starts_with(&first), "{line}: {text}");
    assert!(text.contains("hint: nothing was done"), "{line}: {text}");
    assert!(
        text.contains("run this again without `--rename`"),
        "{line}: {text}"
    );
}

#[test]
fn a_table_is_not_dropped_for_a_rename_to_one_that_is_there() {
    databases::each(|database| {
        let scene = scene(database, "ALTER TABLE app_book RENAME TO app_volume");
        let make = "CREATE TABLE app_book (id INTEGER NOT NULL PRIMARY KEY, remark TEXT)";
        let make = match database.dialect() {
            Dialect::Mysql => make.replace("TEXT", "LONGTEXT"),
            Dialect::Sqlite | Dialect::Postgres => make.replace("NOT NULL ", ""),
        };
        database.changes(&[&make]);
        for command in ["drift", "drift --sql", "check", "diff"] {
            let line = format!("migrate {command} --rename app_volume=app_book");
            is_taken(&scene, &line, ("app_volume", "app_book"));
        }
        scene.is_settled();
        // What was done long ago may still be said.
        let mut connection = database.open();
        let done = connection.run(&[
            "DROP TABLE app_book",
            "ALTER TABLE app_volume RENAME TO app_book",
        ]);
        assert!(done.is_ok(), "{done:?}");
        let noted = MODELS.replace("CREATE", "-- renamed from app_volume\nCREATE");
        scene.models(&noted);
        scene.is_settled();
        assert_eq!(remark(connection.as_mut()).as_deref(), Some("keep"));
    });
}

#[test]
fn a_column_is_not_dropped_for_a_rename_to_one_that_is_there() {
    databases::each(|database| {
        let scene = scene(database, "ALTER TABLE app_book ADD COLUMN memo VARCHAR(20)");
        let pair = ("app_book.memo", "app_book.remark");
        for command in ["drift", "drift --sql", "check", "diff"] {
            let line = format!("migrate {command} --rename app_book.memo=remark");
            is_taken(&scene, &line, pair);
        }
        // The same said by the models.
        scene.models(&MODELS.replace("remark TEXT", "-- renamed from memo\n    remark TEXT"));
        for command in ["check", "diff", "revision --autogenerate -m no"] {
            is_taken(&scene, &format!("migrate {command}"), pair);
        }
        scene.models(MODELS);
        let text = scene.types("migrate drift --sql", 3);
        assert!(text.contains("DROP COLUMN"), "{text}");
    });
}

#[test]
fn two_columns_cannot_both_have_become_the_same() {
    databases::each(|database| {
        let scene = scene(
            database,
            "ALTER TABLE app_book RENAME COLUMN remark TO memo",
        );
        database.changes(&["ALTER TABLE app_book ADD COLUMN note VARCHAR(20)"]);
        let both = "--rename app_book.memo=remark --rename app_book.note=remark";
        let pair = ("app_book.note", "app_book.remark");
        is_taken(&scene, &format!("migrate drift --sql {both}"), pair);
    });
}

/// What `upgrade` says of a statement that names what is not there any more.
#[track_caller]
fn misses(scene: &Scene, sql: &str) -> String {
    let text = project::revision("b2", "a1", sql, "");
    scene.project.write("tree/versions/b2_next.sql", &text);
    let text = scene.types("migrate upgrade head", 1);
    assert!(text.contains("the database is at a1"), "{sql}: {text}");
    text
}

#[test]
fn an_upgrade_that_misses_what_other_hands_renamed_names_drift() {
    const HINT: &str = "if a revision before made what is missing, other hands dropped or renamed it: \
                        `drift` says what they changed";
    databases::each(|database| {
        let scene = scene(
            database,
            "ALTER TABLE app_book RENAME COLUMN remark TO memo",
        );
        for sql in [
            "UPDATE app_book SET remark = 'x';",
            "ALTER TABLE app_book ALTER COLUMN remark SET NOT NULL;",
            "ALTER TABLE app_book DROP COLUMN remark;",
            "CREATE INDEX app_book_remark ON app_book (id, remark);",
            "DROP INDEX app_book_none;",
        ] {
            let text = misses(&scene, sql);
            assert!(text.contains(HINT), "{}: {sql}: {text}", database.dialect());
        }
        // It is not in the way of what it advises.
        let text = scene.types("migrate drift", 3);
        assert!(text.contains("app_book.memo=remark"), "{text}");
        database.changes(&["ALTER TABLE app_book RENAME TO books"]);
        for sql in [
            "ALTER TABLE app_book ADD COLUMN more INTEGER;",
            "ALTER TABLE app_book ALTER COLUMN remark SET NOT NULL;",
            "DELETE FROM app_book;",
            "DROP TABLE app_book;",
        ] {
            let text = misses(&scene, sql);
            assert!(text.contains(HINT), "{}: {sql}: {text}", database.dialect());
        }
        let text = misses(&scene, "INSERT INTO books (id) VALUES (1);");
        assert!(!text.contains("`drift`"), "{}: {text}", database.dialect());
    });
}
