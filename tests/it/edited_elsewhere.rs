//! Edits of what other engines run: here nothing was edited.

use migration_core::dialect::Dialect;
use migration_tests::command::holds;
use migration_tests::databases::{self, TestDatabase};
use migration_tests::project::{Project, revision};

const BOTH: &str = "CREATE TABLE t (id INTEGER);\nCREATE INDEX i ON t (id);";

/// A database that has one revision.
struct Scene {
    project: Project,
    /// Its engine, and one that it is not.
    engines: [&'static str; 2],
}

impl Scene {
    fn new(database: &TestDatabase, up: &str, down: &str) -> Self {
        let project = Project::new();
        let location = "[migration]\nscript_location = %(here)s/m\n";
        project.write("migrate.ini", &format!("{}\n{location}", database.ini()));
        let other = match database.dialect() {
            Dialect::Sqlite => Dialect::Mysql,
            Dialect::Postgres => Dialect::Sqlite,
            Dialect::Mysql => Dialect::Postgres,
        };
        let engines = [database.dialect(), other].map(Dialect::name);
        let scene = Self { project, engines };
        scene.write(up, down);
        scene.types(0, "migrate upgrade");
        scene
    }

    /// Writes the revision; `OUR` and `OTHER` stand for the engines.
    fn write(&self, up: &str, down: &str) {
        let [our, other] = self.engines;
        let text = revision("r1", "", up, down);
        let text = text.replace("OUR", our).replace("OTHER", other);
        self.project.write("m/versions/r1.sql", &text);
    }

    /// Types a line, which must end with `code`; both streams.
    #[track_caller]
    fn types(&self, code: i32, line: &str) -> String {
        self.project.types(code, line)
    }

    /// No command has anything to say.
    #[track_caller]
    fn is_not_edited(&self) {
        for line in [
            "current",
            "upgrade",
            "plan downgrade base",
            "status --check",
        ] {
            let text = self.types(0, &format!("migrate {line}"));
            assert!(!text.contains("edited"), "{line}: {text}");
        }
        let text = self.types(0, "migrate status r1");
        holds(
            &text,
            &[
                "r1 is applied\n",
                "edited since in what other engines run\n",
            ],
        );
        self.types(0, "MIGRATE_MIGRATION__EDITED=refuse migrate downgrade");
        self.types(0, "migrate upgrade");
    }

    #[track_caller]
    fn is_edited(&self) {
        let text = self.types(3, "migrate status --check r1");
        holds(&text, &["r1 is edited"]);
        assert!(!text.contains("other engines"), "{text}");
    }
}

#[test]
fn what_other_engines_run_may_be_edited() {
    databases::each(|database| {
        let other = "-- migrate: only OTHER\nSELECT 1;";
        let down = "DROP TABLE t;";
        let scene = Scene::new(database, &format!("{BOTH}\n{other}"), down);
        for (up, down) in [
            (BOTH.to_owned(), down.to_owned()),
            (format!("{other}\n-- said\n{BOTH}"), down.to_owned()),
            (
                format!("-- migrate: only OTHER\nSELECT 2;\n{BOTH}"),
                format!("{other}\n{down}"),
            ),
            // One statement of all becomes one for some and another for the others.
            (
                BOTH.replace(
                    "CREATE INDEX i",
                    "-- migrate: only OTHER\nCREATE UNIQUE INDEX i ON t (id);\n\
                     -- migrate: only OUR\nCREATE INDEX i",
                ),
                down.to_owned(),
            ),
        ] {
            scene.write(&up, &down);
            scene.is_not_edited();
        }
    });
}

#[test]
fn what_this_engine_runs_may_not() {
    databases::each(|database| {
        let alone = "-- migrate: only OUR\nSELECT 1;\n-- migrate: only OTHER\nSELECT 2;";
        let down = "DROP TABLE t;";
        let scene = Scene::new(database, &format!("{BOTH}\n{alone}"), down);
        let (table, index) = BOTH.split_once('\n').expect("two statements");
        for (up, down) in [
            (
                format!("{BOTH}\n{}", alone.replace('1', "3")),
                down.to_owned(),
            ),
            (format!("{index}\n{table}\n{alone}"), down.to_owned()),
            (
                format!("{BOTH}\n{}", alone.replace("OUR", "OTHER")),
                down.to_owned(),
            ),
            (
                format!(
                    "{BOTH}\n{}",
                    alone.replace("OUR\n", "OUR\n-- migrate: autocommit\n")
                ),
                down.to_owned(),
            ),
            (format!("{BOTH}\n{alone}"), format!("SELECT 1;\n{down}")),
            (
                format!("{BOTH}\n{alone}"),
                format!("-- migrate: irreversible so\n{down}"),
            ),
        ] {
            scene.write(&up, &down);
            scene.is_edited();
        }
    });
}

#[test]
fn where_the_text_was_not_kept_every_edit_counts() {
    databases::each(|database| {
        let other = "-- migrate: only OTHER\nSELECT 1;";
        let scene = Scene::new(database, &format!("{BOTH}\n{other}"), "");
        let forgotten = "UPDATE alembic_version_log SET script = NULL";
        assert!(database.open().run(&[forgotten]).is_ok());
        scene.write(BOTH, "");
        scene.is_edited();
    });
}
