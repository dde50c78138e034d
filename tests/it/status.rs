//! How revisions and database stand to each other, on every engine, through the real binary.

use migration_core::database::{self, LedgerRow};
use migration_core::dialect::{Ledger, LedgerEntry, LedgerState, Moment};
use migration_tests::command::{holds, said};
use migration_tests::databases::{self, TestDatabase};
use migration_tests::history::version_table;
use migration_tests::project::Project;
use migration_tests::redact::redact;

/// Two revisions and a database of one engine.
struct Scene<'d> {
    database: &'d TestDatabase,
    project: Project,
}

impl<'d> Scene<'d> {
    fn new(database: &'d TestDatabase) -> Self {
        let project = Project::new();
        let location = "[migration]\nscript_location = %(here)s/m\n";
        project.write("migrate.ini", &format!("{}\n{location}", database.ini()));
        let scene = Self { database, project };
        scene.write("aaaa", "", "id INTEGER NOT NULL PRIMARY KEY");
        scene.write("bbbb", "aaaa", "id INTEGER NOT NULL PRIMARY KEY");
        scene
    }

    /// Writes a revision that makes a table named as it is.
    fn write(&self, id: &str, revises: &str, columns: &str) {
        let text = format!(
            "-- makes {id}\n--\n-- Revision ID: {id}\n-- Revises: {revises}\n\n-- migrate: upgrade\n\n\
             CREATE TABLE t_{id} ({columns});\n\n-- migrate: downgrade\n\nDROP TABLE t_{id};\n"
        );
        self.project.write(&format!("m/versions/{id}.sql"), &text);
    }

    /// Types a line, which must end with `code`; both streams without what changes.
    #[track_caller]
    fn types(&self, code: i32, line: &str) -> String {
        redact(&self.project.types(code, line), self.project.path())
    }

    #[track_caller]
    fn says(&self, code: i32, line: &str, expected: &[&str]) {
        let text = self.types(code, line);
        holds(&text, expected);
    }

    /// The columns of `status`, one blank between them.
    #[track_caller]
    fn table(&self, code: i32, expected: &[&str]) {
        let text = self.types(code, "migrate status -q --check 2>/dev/null");
        let lines: Vec<String> = text
            .lines()
            .skip(1)
            .map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "))
            .collect();
        assert_eq!(lines, expected, "{}", self.database.dialect());
    }

    fn runs(&self, statements: &[&str]) {
        let mut connection = self.database.open();
        connection.run(statements).expect("tests write what runs");
    }

    fn steps(&self) -> Vec<LedgerRow> {
        let mut connection = self.database.open();
        let ledger = Ledger::of(&version_table());
        let rows = database::ledger_rows(connection.as_mut(), &ledger);
        rows.expect("the ledger can be read").unwrap_or_default()
    }

    fn has_table(&self, name: &str) -> bool {
        let mut connection = self.database.open();
        let sql = format!("SELECT count(*) FROM {name}");
        connection.query(&sql, &[]).is_ok()
    }
}

const WARNING: &str = "warning: revision aaaa was edited after it was applied ([date] UTC by [who] \
                       with migrate 0.1.0): `status aaaa` shows what changed, `repair aaaa` \
                       accepts it and runs nothing\n";

#[test]
fn an_edited_revision_is_reported_everywhere_and_stops_nothing() {
    databases::each(|database| {
        let scene = Scene::new(database);
        scene.types(0, "migrate upgrade -q aaaa");
        scene.table(
            0,
            &[
                "applied aaaa [date] [who] makes aaaa",
                "pending bbbb - - makes bbbb",
            ],
        );
        scene.write("aaaa", "", "id BIGINT NOT NULL PRIMARY KEY");
        assert_eq!(
            scene.types(0, "migrate current"),
            format!("aaaa\n{WARNING}")
        );
        scene.table(
            3,
            &[
                "edited aaaa [date] [who] makes aaaa",
                "pending bbbb - - makes bbbb",
            ],
        );
        let changes = [
            "    - CREATE TABLE t_aaaa (id INTEGER NOT NULL PRIMARY KEY)\n",
            "    + CREATE TABLE t_aaaa (id BIGINT NOT NULL PRIMARY KEY)\n",
        ];
        scene.says(0, "migrate status aaaa", &changes);
        scene.says(3, "migrate status -v --check", &changes);
        let refuse = "MIGRATE_MIGRATION__EDITED=refuse migrate";
        scene.says(
            1,
            &format!("{refuse} upgrade"),
            &[
                WARNING,
                "and `edited` is `refuse`: `aaaa`",
                "nothing was done",
            ],
        );
        assert!(!scene.has_table("t_bbbb"));
        scene.types(0, &format!("{refuse} upgrade aaaa"));
        scene.says(0, "migrate upgrade", &[WARNING, "the database is at bbbb"]);
        scene.says(
            0,
            "migrate downgrade aaaa",
            &[WARNING, "the database is at aaaa"],
        );
    });
}

#[test]
fn form_never_makes_a_revision_edited() {
    databases::each(|database| {
        let scene = Scene::new(database);
        scene.types(0, "migrate upgrade -q");
        scene.types(
            0,
            "sed -i 's/CREATE TABLE/create\\t\\/* so *\\/ Table/; s/^DROP/-- why\\n  drop/; s/;$/ ;/; \
             s/$/\\r/' m/versions/*.sql",
        );
        scene.says(
            0,
            "od -c m/versions/aaaa.sql | tr -d ' \\n'",
            &["/*so*/", "\\r\\n"],
        );
        assert_eq!(scene.types(0, "migrate current"), "bbbb (head)\n");
        scene.types(0, "migrate status --check");
    });
}

#[test]
fn a_repair_adds_to_the_ledger_and_changes_nothing_else() {
    databases::each(|database| {
        let scene = Scene::new(database);
        scene.types(0, "migrate upgrade -q");
        scene.says(0, "migrate repair", &["Nothing to repair"]);
        scene.write("aaaa", "", "id BIGINT NOT NULL PRIMARY KEY");
        scene.runs(&["ALTER TABLE alembic_version_log DROP COLUMN script"]);
        let before = scene.steps();
        scene.says(
            0,
            "migrate repair --dry-run",
            &["Would accept the present text of aaaa"],
        );
        assert_eq!(scene.steps(), before);
        scene.says(
            0,
            "migrate repair --tag review aaaa",
            &["is not in the ledger", "Accepted the present text of aaaa"],
        );
        let after = scene.steps();
        let (last, past) = after.split_last().unwrap();
        assert_eq!(past, before);
        assert_eq!(
            (last.direction.as_str(), last.state.as_str()),
            ("repair", "done")
        );
        assert!(last.program.contains("review") && last.downgrade_sql == "DROP TABLE t_aaaa;");
        assert_ne!(last.checksum, before[0].checksum);
        let script = last.script.as_deref();
        assert!(script.is_some_and(|text| text.contains("BIGINT")));
        scene.types(0, "migrate status --check");
        assert_eq!(scene.types(0, "migrate current"), "bbbb (head)\n");
        scene.says(0, "migrate downgrade base", &["the database is at base"]);
        scene.table(
            0,
            &["pending aaaa - - makes aaaa", "pending bbbb - - makes bbbb"],
        );
    });
}

#[test]
fn a_revision_without_a_file_is_undone_by_what_the_ledger_kept() {
    databases::each(|database| {
        let scene = Scene::new(database);
        scene.types(0, "migrate upgrade -q && rm m/versions/bbbb.sql");
        scene.table(
            3,
            &[
                "applied aaaa [date] [who] makes aaaa",
                "missing bbbb [date] [who] makes bbbb",
            ],
        );
        scene.says(
            1,
            "migrate upgrade",
            &[
                "note: the ledger knows it: \"makes bbbb\", applied [date] UTC by [who] with migrate",
                "note: it follows `aaaa`",
                "`downgrade aaaa`",
            ],
        );
        assert!(scene.has_table("t_bbbb"));
        scene.says(
            0,
            "migrate downgrade aaaa",
            &[
                "warning: revision bbbb has no file here, applied [date] UTC by [who] with migrate",
                "Running downgrade bbbb -> aaaa, makes bbbb",
            ],
        );
        assert!(!scene.has_table("t_bbbb") && scene.has_table("t_aaaa"));
        scene.table(0, &["applied aaaa [date] [who] makes aaaa"]);
    });
}

#[test]
fn a_ledger_of_an_older_program_still_tells_what_it_can() {
    databases::each(|database| {
        let scene = Scene::new(database);
        scene.types(0, "migrate upgrade -q aaaa");
        scene.runs(&["ALTER TABLE alembic_version_log DROP COLUMN script"]);
        scene.table(
            0,
            &[
                "applied aaaa [date] [who] makes aaaa",
                "pending bbbb - - makes bbbb",
            ],
        );
        scene.write("aaaa", "", "id BIGINT NOT NULL PRIMARY KEY");
        scene.says(
            0,
            "migrate status aaaa",
            &["the upgrade section as it was applied is not in the ledger"],
        );
        scene.says(0, "migrate upgrade", &[WARNING, "the database is at bbbb"]);
        let scripts: Vec<bool> = scene
            .steps()
            .iter()
            .map(|row| row.script.is_some())
            .collect();
        assert_eq!(scripts, [false, true]);
        scene.runs(&["UPDATE alembic_version_log SET script = NULL"]);
        scene.types(0, "rm m/versions/bbbb.sql");
        scene.table(
            3,
            &[
                "edited aaaa [date] [who] makes aaaa",
                "missing bbbb [date] [who] makes bbbb",
            ],
        );
        let text = scene.types(1, "migrate downgrade aaaa");
        assert!(
            text.contains("put its file back") && !text.contains("`downgrade"),
            "{text}"
        );
    });
}

#[test]
fn without_a_ledger_nothing_is_edited_and_nobody_is_named() {
    databases::each(|database| {
        let scene = Scene::new(database);
        scene.types(0, "migrate upgrade -q");
        scene.runs(&["DROP TABLE alembic_version_log"]);
        scene.write("aaaa", "", "id BIGINT NOT NULL PRIMARY KEY");
        scene.table(
            0,
            &["applied aaaa - - makes aaaa", "applied bbbb - - makes bbbb"],
        );
        assert_eq!(scene.types(0, "migrate current"), "bbbb (head)\n");
        scene.says(0, "migrate repair", &["Nothing to repair"]);
        scene.says(
            0,
            "migrate status --json",
            &["\"ledger\": false", "\"applied\": null"],
        );
        scene.types(0, "rm m/versions/bbbb.sql");
        scene.table(3, &["pending aaaa - - makes aaaa", "unknown bbbb - -"]);
        scene.says(
            1,
            "migrate downgrade",
            &["does another component keep its revisions"],
        );
        assert!(!scene.has_table("alembic_version_log"));
    });
}

#[test]
fn reading_writes_nothing() {
    databases::each_server(|database| {
        let scene = Scene::new(database);
        scene.table(
            0,
            &["pending aaaa - - makes aaaa", "pending bbbb - - makes bbbb"],
        );
        scene.types(0, "migrate status -v");
        scene.says(0, "migrate repair", &["Nothing to repair"]);
        assert!(!scene.has_table("alembic_version") && !scene.has_table("alembic_version_log"));
    });
}

#[test]
fn what_another_program_applied_is_none_of_ours() {
    databases::each(|database| {
        let scene = Scene::new(database);
        scene.types(0, "migrate upgrade -q && rm m/versions/bbbb.sql");
        scene.runs(&["UPDATE alembic_version_log SET program = 'brain-migrate 9.9'"]);
        scene.table(
            3,
            &[
                "applied aaaa [date] [who] makes aaaa",
                "unknown bbbb [date] [who] makes bbbb",
            ],
        );
        scene.says(
            1,
            "migrate downgrade base",
            &["if `brain-migrate 9.9` is of another component, `version_table`"],
        );
        assert!(scene.has_table("t_aaaa") && scene.has_table("t_bbbb"));
    });
}

/// What is compared with a database between two revisions is half of a step.
#[track_caller]
fn compares_nothing(scene: &Scene<'_>) {
    let refused = [
        "error: the upgrade of `bbbb` is unfinished: the database is between two revisions\n\
         hint: 1 of its 3 statements is known to be in effect",
        "run its upgrade again",
        "`status bbbb` shows what is known of it",
    ];
    for command in ["drift", "check", "diff", "revision --autogenerate -m no"] {
        scene.says(1, &format!("migrate {command}"), &refused);
    }
    scene.says(1, "migrate drift --json", &["\"kind\":\"unfinished\""]);
}

/// A step of three statements.
fn bbbb() -> LedgerEntry<'static> {
    LedgerEntry {
        revision: Some("bbbb"),
        direction: "upgrade",
        message: "makes bbbb",
        checksum: "00",
        downgrade_sql: "",
        statements: 3,
        statements_done: 0,
        state: LedgerState::Running,
        login: "irma",
        host: "host",
        program: "migrate 0.1.0",
        started_at: Moment::Told("2026-01-02T03:04:05Z".parse().expect("it is a time")),
        finished_at: None,
        script: None,
        pieces: None,
        under_way: None,
        backup: None,
        digest: None,
        seal: None,
    }
}

#[test]
fn a_step_that_did_not_end_is_unfinished() {
    databases::each(|database| {
        let scene = Scene::new(database);
        scene.types(0, "migrate upgrade -q aaaa");
        let ledger = Ledger::of(&version_table());
        let step = |state, statements_done| {
            let entry = LedgerEntry {
                statements_done,
                state,
                ..bbbb()
            };
            ledger.insert(database.dialect(), &entry)
        };
        scene.runs(&[&step(LedgerState::Failed, 0)]);
        scene.table(
            0,
            &[
                "applied aaaa [date] [who] makes aaaa",
                "pending bbbb - - makes bbbb",
            ],
        );
        scene.runs(&[&step(LedgerState::Failed, 1)]);
        let applied = "applied aaaa [date] [who] makes aaaa";
        scene.table(3, &[applied, "unfinished bbbb [date] [who] makes bbbb"]);
        scene.says(
            0,
            "migrate status -v",
            &[
                "1 of 3 statements is known to be in effect",
                "the upgrade of bbbb stopped on the way",
            ],
        );
        compares_nothing(&scene);
        scene.runs(&[&step(LedgerState::Running, 0)]);
        scene.says(0, "migrate status", &["its end is not noted: it runs now"]);
        scene.says(0, "migrate status --json", &["\"running\": true"]);
    });
}

#[test]
fn columns_stand_under_their_titles() {
    databases::each_server(|database| {
        let scene = Scene::new(database);
        scene.types(0, "migrate upgrade -q aaaa");
        let output = scene.project.shell("migrate status -q");
        let text = said(&output);
        let lines: Vec<&str> = text.lines().collect();
        let at = lines[0].find("MESSAGE").unwrap();
        for line in &lines[1..] {
            assert_eq!(line.find("makes"), Some(at), "{text}");
        }
        assert!(!text.contains('\u{1b}'), "{text}");
    });
}
