//! What the ledger says behind a run that left nothing to say, and when that is not believed.

use migration_core::database;
use migration_core::dialect::Ledger;
use migration_tests::databases::{self, TestDatabase};
use migration_tests::history::version_table;
use migration_tests::project::{Project, revision};

/// A database with revisions `r1`, `r2` and so on, in a row.
struct Scene<'d> {
    database: &'d TestDatabase,
    project: Project,
}

impl<'d> Scene<'d> {
    /// All of them are applied.
    fn new(database: &'d TestDatabase, count: usize) -> Self {
        let project = Project::new();
        let keys = "[migration]\nscript_location = %(here)s/m\n";
        project.write("migrate.ini", &format!("{}\n{keys}", database.ini()));
        let scene = Self { database, project };
        for number in 1..=count {
            scene.write(number, &format!("CREATE TABLE t{number} (id INTEGER);"));
        }
        scene.types(0, "migrate upgrade");
        scene
    }

    fn write(&self, number: usize, up: &str) {
        let below = match number {
            1 => String::new(),
            number => format!("r{}", number - 1),
        };
        let text = revision(
            &format!("r{number}"),
            &below,
            up,
            &format!("DROP TABLE t{number};"),
        );
        let path = format!("m/versions/r{number}.sql");
        self.project.write(&path, &text);
    }

    /// Types a line, which must end with `code`; both streams.
    #[track_caller]
    fn types(&self, code: i32, line: &str) -> String {
        self.project.types(code, line)
    }

    /// Whether a run with nothing to do warns of `r1`.
    #[track_caller]
    fn warns(&self, line: &str) -> bool {
        let text = self.types(0, line);
        assert!(text.contains("Nothing to do"), "{text}");
        text.contains("revision r1 was edited")
    }

    fn runs(&self, sql: &str) {
        let done = self.database.open().run(&[sql]);
        done.expect("the statement is in order");
    }

    /// The seals of all rows.
    fn seals(&self) -> Vec<Option<String>> {
        let mut connection = self.database.open();
        let ledger = Ledger::of(&version_table());
        let rows = database::ledger_rows(connection.as_mut(), &ledger);
        let rows = rows.expect("the ledger can be read").into_iter();
        rows.flatten().map(|row| row.seal).collect()
    }

    /// That of the last one.
    fn seal(&self) -> Option<String> {
        self.seals().pop().flatten()
    }
}

#[test]
fn the_last_row_of_a_run_is_sealed_and_the_seal_is_that_of_rows_and_files() {
    databases::each(|database| {
        let scene = Scene::new(database, 2);
        let seals = scene.seals();
        assert_eq!((seals.len(), &seals[0]), (2, &None));
        let second = scene.seal().unwrap();
        scene.write(3, "CREATE TABLE t3 (id INTEGER);");
        scene.types(0, "migrate upgrade");
        let third = scene.seal().unwrap();
        assert_ne!(third, second);
        scene.types(0, "migrate downgrade -1");
        assert_eq!(scene.seal(), Some(second));
        scene.types(0, "migrate upgrade");
        assert_eq!(scene.seal(), Some(third));
        scene.types(0, "migrate stamp r2");
        assert_eq!(scene.seal(), None);
    });
}

#[test]
fn edits_behind_a_seal_are_noticed_and_are_not_sealed() {
    databases::each(|database| {
        let scene = Scene::new(database, 2);
        assert!(!scene.warns("migrate upgrade"));
        scene.write(1, "-- the first\nCREATE TABLE t1 (id INTEGER);");
        assert!(!scene.warns("migrate upgrade"));
        scene.write(1, "CREATE TABLE t1 (id BIGINT);");
        assert!(scene.warns("migrate upgrade"));
        scene.write(3, "CREATE TABLE t3 (id INTEGER);");
        scene.types(0, "migrate upgrade");
        assert_eq!(scene.seal(), None);
        assert!(scene.warns("migrate upgrade"));
        scene.types(0, "migrate repair r1");
        assert!(!scene.warns("migrate upgrade"));
        scene.types(0, "migrate downgrade -1; migrate upgrade");
        assert_ne!(scene.seal(), None);
    });
}

#[test]
fn a_seal_is_believed_for_its_version_rows_as_long_as_it_is_the_last_word() {
    databases::each(|database| {
        let scene = Scene::new(database, 2);
        // What nobody does: so it shows whether the rows of the ledger were read.
        scene.runs("UPDATE alembic_version_log SET checksum = 'x', digest = 'x' WHERE id = 1");
        assert!(!scene.warns("migrate upgrade"));
        scene.runs("UPDATE alembic_version SET version_num = 'r1'");
        assert!(scene.warns("migrate upgrade r1"));
        scene.runs("UPDATE alembic_version SET version_num = 'r2'");
        assert!(!scene.warns("migrate upgrade"));
        scene.runs("UPDATE alembic_version_log SET state = 'failed' WHERE id = 2");
        let text = scene.types(1, "migrate upgrade");
        assert!(text.contains("the upgrade of `r2` is unfinished"), "{text}");
    });
}
