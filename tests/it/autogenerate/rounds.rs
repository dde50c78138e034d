//! Round after round: models change, a revision follows, and nothing is left to do.

use migration_core::dialect::Dialect;
use migration_tests::{client, databases};

use super::Scene;

const FIRST: &str = "\
CREATE TYPE mood AS ENUM ('sad', 'ok');
CREATE TABLE \"{prefix}file\" (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    path VARCHAR(50) NOT NULL,
    size BIGINT,
    feels mood DEFAULT 'ok'
);
CREATE INDEX file_path ON \"{prefix}file\" (path);
";

const SECOND: &str = "\
CREATE TYPE mood AS ENUM ('sad', 'ok', 'good');
CREATE TABLE \"{prefix}file\" (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    -- renamed from path
    location VARCHAR(50) NOT NULL,
    size BIGINT,
    feels mood DEFAULT 'ok'
);
CREATE INDEX file_path ON \"{prefix}file\" (location);
CREATE TABLE \"{prefix}tag\" (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    id_file INTEGER REFERENCES \"{prefix}file\" (id)
);
";

#[test]
fn models_alone_lead_from_an_empty_database_to_the_next_and_back() {
    databases::each(|database| {
        let scene = Scene::new(database, FIRST);
        scene.follows("a1", "");
        scene.models(SECOND);
        let text = scene.follows("a2", "");
        assert!(text.contains("RENAME COLUMN path TO location"), "{text}");
        assert!(text.contains("ALTER TYPE mood ADD VALUE 'good'"), "{text}");
        let again = scene.types("migrate revision --autogenerate -m again", 0);
        assert!(
            again.ends_with("No changes in the models detected; no revision is written.\n"),
            "{again}"
        );
        scene.models(FIRST);
        scene.types("migrate downgrade a1", 0);
        scene.types("migrate drift", 0);
        let diff = scene.types("migrate diff", 0);
        assert_eq!(diff, "No new upgrade operations detected.\n");
        scene.types("migrate downgrade base", 0);
        scene.types("migrate drift", 0);
    });
}

/// Most tables of models are there as they are written, and then none of them is made.
#[test]
fn a_statement_of_the_models_that_names_no_table_reaches_all_of_them() {
    let Some(database) = databases::fresh(Dialect::Postgres) else {
        return;
    };
    let plain = |it: u8| format!("CREATE TABLE \"{{prefix}}t{it}\" (id INTEGER PRIMARY KEY);\n");
    let models: String = (0..6).map(plain).collect();
    let scene = Scene::new(&database, &models);
    scene.follows("a1", "");
    scene.types("migrate check", 0);
    let all = "DO $$ DECLARE t text; BEGIN\n\
               FOR t IN SELECT tablename FROM pg_tables WHERE schemaname = current_schema()\n\
               AND tablename ~ '_t[0-9]$' LOOP\n\
               EXECUTE format('ALTER TABLE %I ADD COLUMN IF NOT EXISTS made integer', t);\n\
               END LOOP; END $$;\n";
    scene.models(&format!("{models}{all}"));
    let text = scene.types("migrate check", 3);
    assert_eq!(text.matches("add column `app_t").count(), 6, "{text}");
}

const FEWER: &str = "\
ALTER TYPE mood RENAME TO mood_old;
CREATE TYPE mood AS ENUM ('sad', 'good');
ALTER TABLE \"{prefix}file\" ALTER COLUMN feels DROP DEFAULT;

-- rows with 'ok' in `feels` stop this: give them another value before, by an UPDATE
ALTER TABLE \"{prefix}file\" ALTER COLUMN feels TYPE mood USING \"feels\"::text::mood;

ALTER TABLE \"{prefix}file\" ALTER COLUMN feels SET DEFAULT 'sad';
DROP TYPE mood_old;
";

#[test]
fn one_text_takes_a_value_out_of_a_type_on_every_engine() {
    databases::each(|database| {
        let models = FIRST.replace("'ok')", "'ok', 'good')");
        let scene = Scene::new(database, &models);
        scene.follows("a1", "");
        let row = "INSERT INTO app_file (path, feels) VALUES ('a', 'good'), ('b', 'ok')";
        assert!(database.open().run(&[row]).is_ok());
        let fewer = models.replace("'ok', ", "");
        scene.models(&fewer.replace("DEFAULT 'ok'", "DEFAULT 'sad'"));
        let draft = "migrate revision --autogenerate -m change --rev-id a2";
        scene.types(draft, 0);
        let text = scene.types("cat tree/versions/a2_change.sql", 0);
        let (up, down) = text
            .split_once("-- migrate: downgrade")
            .expect("two sections");
        assert!(up.ends_with(&format!("{FEWER}\n")), "{text}");
        assert!(
            !down.contains("only") && !down.contains("rows with"),
            "{text}"
        );

        let refused = scene.types("migrate upgrade head", 1);
        assert!(refused.contains("TYPE mood USING"), "{refused}");
        assert!(refused.contains("hint: "), "{refused}");
        let before =
            "-- migrate: upgrade\n\nUPDATE app_file SET feels = 'sad' WHERE feels = 'ok';\n";
        let text = text.replace("-- migrate: upgrade\n", before);
        scene.project.write("tree/versions/a2_change.sql", &text);
        scene.types("migrate upgrade head", 0);
        scene.is_settled();
        let rows = database
            .open()
            .query("SELECT feels FROM app_file ORDER BY path", &[]);
        let rows: Vec<_> = rows.expect("rows").concat();
        let feels: Vec<_> = rows.into_iter().filter_map(|it| it.text()).collect();
        assert_eq!(feels, ["good", "sad"]);
        scene.types("migrate downgrade -1", 0);
        scene.types("migrate drift", 0);
    });
}

#[test]
fn a_value_with_another_name_is_told_how_to_keep_its_rows() {
    let database = databases::fresh(Dialect::Sqlite).expect("SQLite is built in");
    let scene = Scene::new(&database, FIRST);
    scene.follows("a1", "");
    scene.models(&FIRST.replace("'ok'", "'fine'"));
    scene.types("migrate revision --autogenerate -m change --rev-id a2", 0);
    let text = scene.types("cat tree/versions/a2_change.sql", 0);
    let note = "by an UPDATE;\n\
         -- if 'ok' is called 'fine' now, all this is ALTER TYPE mood RENAME VALUE 'ok' TO 'fine'\n";
    assert!(text.contains(note), "{text}");
}

#[test]
fn what_other_hands_did_is_drift() {
    databases::each(|database| {
        let scene = Scene::new(database, FIRST);
        scene.follows("a1", "");
        let mut connection = database.open();
        let done = connection.run(&["CREATE INDEX by_hand ON app_file (size)"]);
        assert!(done.is_ok(), "{done:?}");
        drop(connection);
        let drift = scene.types("migrate drift", 3);
        assert!(
            drift.starts_with("drop index `by_hand` of `app_file`\n")
                || drift.starts_with("drop index `by_hand`\n"),
            "{drift}"
        );
        assert!(drift.contains("error: the database is not what its revisions made of it"));

        let back = scene.way_back();
        if client::feed(database, &back).is_none() {
            return;
        }
        let clean = "The database is what its revisions made of it.\n";
        assert_eq!(scene.types("migrate drift", 0), clean);
        assert_eq!(scene.types("migrate drift --sql", 0), clean);

        let rename = "ALTER TABLE app_file RENAME COLUMN size TO volume";
        assert!(database.open().run(&[rename]).is_ok());
        let drift = scene.types("migrate drift --rename app_file.volume=size", 3);
        assert!(
            drift.starts_with("rename column `app_file.volume` to `size`\n"),
            "{drift}"
        );
    });
}

#[test]
fn a_value_that_a_revision_adds_and_uses_can_be_replayed() {
    databases::each(|database| {
        let scene = Scene::new(database, FIRST);
        scene.follows("a1", "");
        let models = FIRST.replace("'ok')", "'ok', 'good')");
        scene.models(&models);
        scene.follows("a2", "");
        scene.models(&models.replace("DEFAULT 'ok'", "DEFAULT 'good'"));
        scene.follows("a3", "");
    });
}

const MARKED: &str = "\
CREATE TABLE \"{prefix}file\" (id INTEGER PRIMARY KEY, path VARCHAR(50));
CREATE TABLE file_kind (file INTEGER, name VARCHAR(50));
CREATE VIEW \"{prefix}paths\" AS SELECT f.path FROM \"{prefix}file\" AS f;
";

const MARKED_LATER: &str = "\
CREATE TABLE \"{prefix}file\" (id INTEGER PRIMARY KEY, path VARCHAR(50), size BIGINT);
CREATE INDEX \"ix_{prefix}file_path\" ON \"{prefix}file\" (path);
CREATE TABLE {prefix}tag (id INTEGER PRIMARY KEY, file INTEGER REFERENCES {prefix}file (id));
CREATE TABLE file_kind (file BIGINT, name VARCHAR(50));
CREATE VIEW \"{prefix}sizes\" AS SELECT f.size FROM \"{prefix}file\" AS f;
";

#[test]
fn names_keep_their_mark_where_the_prefix_is_nothing() {
    databases::each(|database| {
        let scene = Scene::new(database, MARKED);
        let ini = scene.types("cat migrate.ini", 0);
        let bare = ini.replace("tables_prefix = app", "tables_prefix =");
        scene.project.write("migrate.ini", &bare);
        scene.follows("a1", "");
        scene.models(MARKED_LATER);
        let text = scene.follows("a2", "");
        for part in [
            "ALTER TABLE \"{prefix}file\" ADD COLUMN size BIGINT;",
            "CREATE INDEX \"ix_{prefix}file_path\" ON \"{prefix}file\" (path);",
            "REFERENCES \"{prefix}file\" (id)",
            "ALTER TABLE file_kind ALTER COLUMN file TYPE BIGINT;",
            "CREATE VIEW \"{prefix}sizes\" AS\nSELECT f.size FROM \"{prefix}file\" AS f;",
            "DROP TABLE \"{prefix}tag\";",
        ] {
            assert!(text.contains(part), "{part} is not in\n{text}");
        }
        scene.types("migrate downgrade base", 0);
        scene.project.write("migrate.ini", &ini);
        scene.types("migrate upgrade head", 0);
        scene.is_settled();
    });
}
