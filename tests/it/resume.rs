//! A second run goes on where the first stopped, and says so; what it cannot know it asks, with
//! the commands that answer. Through the real binary.

use migration_core::database::{Connection, LedgerRow, ledger_rows};
use migration_core::dialect::{Dialect, Ledger};
use migration_tests::command::holds;
use migration_tests::databases::{self, TestDatabase};
use migration_tests::history::{rows, version_table};
use migration_tests::project::{self, Project};

/// A project on a database of its own.
pub(crate) struct Scene {
    pub(crate) project: Project,
    database: TestDatabase,
}

impl Scene {
    pub(crate) fn on(dialect: Dialect) -> Option<Self> {
        let database = databases::fresh(dialect)?;
        let project = Project::new();
        let location = "[migration]\nscript_location = %(here)s/migrations\n";
        project.write("migrate.ini", &format!("{}{location}", database.ini()));
        let scene = Self { project, database };
        scene.revision(
            "aaaa1",
            "",
            "CREATE TABLE one (id INTEGER);",
            "DROP TABLE one;",
        );
        Some(scene)
    }

    pub(crate) fn revision(&self, id: &str, revises: &str, up: &str, down: &str) {
        let text = project::revision(id, revises, up, down);
        let path = format!("migrations/versions/{id}.sql");
        self.project.write(&path, &text);
    }

    /// Types a command that must end with this code, and gives what it said.
    #[track_caller]
    pub(crate) fn type_in(&self, command: &str, code: i32) -> String {
        self.project.types(code, command)
    }

    pub(crate) fn open(&self) -> Box<dyn Connection> {
        self.database.open()
    }

    pub(crate) fn run(&self, sql: &str) {
        self.open()
            .run(&[sql])
            .unwrap_or_else(|failed| panic!("{sql}: {:?}", failed.error));
    }

    pub(crate) fn has(&self, table: &str) -> bool {
        let sql = format!("SELECT count(*) FROM {table}");
        self.open().query(&sql, &[]).is_ok()
    }

    pub(crate) fn ledger(&self) -> Vec<String> {
        let shown = |row: LedgerRow| {
            let revision = row.revision.map_or_else(String::new, |id| id.to_string());
            let (done, all) = (row.statements_done, row.statements);
            format!("{} {revision} {} {done}/{all}", row.direction, row.state)
        };
        let ledger = Ledger::of(&version_table());
        let rows = ledger_rows(self.open().as_mut(), &ledger);
        let rows = rows.expect("the ledger can be read").unwrap_or_default();
        rows.into_iter().map(shown).collect()
    }
}

pub(crate) const FAILS: &str = "CREATE TABLE two (id INTEGER);\nINSERT INTO two VALUES (1);\n\
                     CREATE TABLE one (id INTEGER);\nCREATE TABLE four (id INTEGER);";

#[test]
fn a_revision_corrected_behind_what_is_in_effect_goes_on_there() {
    let Some(scene) = Scene::on(Dialect::Mysql) else {
        return;
    };
    scene.revision("bbbb2", "aaaa1", FAILS, "");
    let text = scene.type_in("migrate upgrade head", 1);
    holds(
        &text,
        &[
            "2 of 4 statements of the upgrade of `bbbb2` are in effect and stay; correct the cause, \
             in the statements that follow or in the database; then run the same command again: it \
             continues at statement 3",
            "applied before: aaaa1; the database is at aaaa1",
        ],
    );
    assert_eq!(scene.ledger()[1], "upgrade bbbb2 failed 2/4");
    let same = scene.type_in("migrate upgrade head", 1);
    holds(
        &same,
        &["Resuming upgrade aaaa1 -> bbbb2 at statement 3 of 4\n"],
    );
    assert!(!same.contains("Running"), "{same}");

    scene.revision(
        "bbbb2",
        "aaaa1",
        &FAILS.replace("TABLE one", "TABLE three"),
        "",
    );
    let text = scene.type_in("migrate upgrade head", 0);
    holds(
        &text,
        &[
            "Resuming upgrade aaaa1 -> bbbb2 at statement 3 of 4\n",
            "Done: 1 step",
        ],
    );
    assert!(scene.has("three") && scene.has("four"));
    let counted = scene.open().query("SELECT id FROM two", &[]).unwrap();
    assert_eq!(counted.len(), 1);
    assert_eq!(rows(scene.open().as_mut()), ["bbbb2"]);
    assert_eq!(scene.ledger().last().unwrap(), "upgrade bbbb2 done 4/4");
}

#[test]
fn a_statement_in_effect_that_was_changed_needs_a_decision() {
    let Some(scene) = Scene::on(Dialect::Mysql) else {
        return;
    };
    scene.revision("bbbb2", "aaaa1", FAILS, "");
    scene.type_in("migrate upgrade head", 1);
    let corrected = FAILS.replace("TABLE one", "TABLE three");
    let changed = corrected.replace("two (id", "two (number");
    scene.revision("bbbb2", "aaaa1", &changed, "");
    let plan = scene.type_in("migrate plan", 0);
    let stops = "-- unfinished: statement 1 is not the one that is in effect, the text was changed \
                 since; `upgrade` stops there";
    holds(&plan, &[stops]);
    assert!(!plan.contains("in effect already"), "{plan}");
    let data = scene.type_in("migrate plan --json", 0);
    holds(&data, &["\"in_effect\": 0", "\"stops_at\": 1"]);
    let text = scene.type_in("migrate upgrade head", 1);
    holds(
        &text,
        &[
            "error: statement 1 of the upgrade of `bbbb2` is in effect, and it was changed since",
            "bbbb2.sql:8:1",
            "note: no revision was completed; the database is at aaaa1\n",
            "hint: give it its former text and run the same command again; or make the database \
             what the new text says, and run the same command with `--resume-at 3`, or with \
             `--resume-at 1` when the 2 statements in effect are undone",
        ],
    );
    scene.run("DROP TABLE two");
    let text = scene.type_in("migrate upgrade head --resume-at 1", 0);
    holds(&text, &["Running upgrade aaaa1 -> bbbb2"]);
    let number = scene.open().query("SELECT number FROM two", &[]);
    assert_eq!(number.unwrap().len(), 1);
}

#[test]
fn an_unfinished_step_is_told_by_every_command_that_tells_where_the_database_is() {
    let Some(scene) = Scene::on(Dialect::Mysql) else {
        return;
    };
    scene.revision("bbbb2", "aaaa1", FAILS, "");
    scene.type_in("migrate upgrade head", 1);
    let line = "warning: the upgrade of bbbb2 is unfinished: the database is between two \
                revisions; `upgrade` goes on at statement 3 of 4\n";
    for command in ["migrate current", "migrate info"] {
        holds(&scene.type_in(command, 0), &[line]);
    }
    let plan = scene.type_in("migrate plan upgrade", 0);
    let marked = "-- in effect already:\nCREATE TABLE";
    let first = format!("-- unfinished: `upgrade` goes on at statement 3 of 4\n{marked}");
    holds(
        &plan,
        &[&first, "-- in effect already:\nINSERT", ";\nCREATE TABLE"],
    );
    assert_eq!(plan.matches("in effect already").count(), 2, "{plan}");
    let data = scene.type_in("migrate plan upgrade --json", 0);
    holds(&data, &["\"statements_done\": 2", "\"in_effect\": 2"]);
    let offline = scene.type_in("migrate plan upgrade --from base", 0);
    assert!(!offline.contains("unfinished"), "{offline}");
    scene.run("INSERT INTO one VALUES (1)");
    for command in ["migrate downgrade", "migrate downgrade --dry-run"] {
        let text = scene.type_in(command, 1);
        holds(
            &text,
            &[
                "error: the upgrade of `bbbb2` is unfinished\n",
                "note: no revision was completed; the database is at aaaa1\n",
            ],
        );
        assert!(!text.contains("lost"), "{text}");
    }
    let undone = scene.type_in("migrate downgrade --resume-at 1", 1);
    holds(&undone, &["1 row of table `one` would be lost"]);
    crashed_at(&scene, 3);
    holds(
        &scene.type_in("migrate current", 0),
        &["goes on at statement 3 of 4, or behind it when that is in effect, too\n"],
    );
}

#[test]
fn a_plan_marks_what_is_in_effect_though_it_was_counted_as_one() {
    let Some(scene) = Scene::on(Dialect::Mysql) else {
        return;
    };
    let up = "CREATE TABLE two (id INTEGER);\nALTER TABLE two ALTER COLUMN id SET NOT NULL;\n\
              CREATE TABLE one (id INTEGER);";
    scene.revision("bbbb2", "aaaa1", up, "");
    scene.type_in("migrate upgrade head", 1);
    let plan = scene.type_in("migrate plan", 0);
    let marked = "-- in effect already:\nSELECT count(*), NULL FROM \"two\" WHERE \"id\" IS NULL;\n\
                  -- in effect already:\nALTER TABLE \"two\"";
    holds(&plan, &["goes on at statement 3 of 3\n", marked]);
    assert_eq!(plan.matches("in effect already").count(), 3, "{plan}");
    let data = scene.type_in("migrate plan --json", 0);
    holds(&data, &["\"statements_done\": 2", "\"in_effect\": 3"]);
}

/// What a crash leaves: statement `number` was begun, and nobody knows more.
fn crashed_at(scene: &Scene, number: usize) {
    let done = number - 1;
    scene.run(&format!(
        "UPDATE alembic_version_log SET state = 'running', statements_done = {done}, \
         under_way = '{number}' WHERE state = 'failed'"
    ));
}

#[test]
fn after_a_crash_the_catalog_tells_whether_the_last_statement_took_effect() {
    let up = "CREATE TABLE two (id INTEGER);\nALTER TABLE two ADD COLUMN b INTEGER;\n\
              CREATE INDEX i ON two (b);\nALTER TABLE two DROP COLUMN nowhere;";
    for (undone, at) in [("DROP INDEX i ON two", 3), ("SELECT 1", 4)] {
        let Some(scene) = Scene::on(Dialect::Mysql) else {
            return;
        };
        scene.revision("bbbb2", "aaaa1", up, "");
        scene.type_in("migrate upgrade head", 1);
        crashed_at(&scene, 3);
        scene.run(undone);
        scene.revision("bbbb2", "aaaa1", &up.replace("nowhere", "id"), "");
        let text = scene.type_in("migrate upgrade head", 0);
        let line = format!("Resuming upgrade aaaa1 -> bbbb2 at statement {at} of 4\n");
        holds(&text, &[&line]);
        assert!(
            scene
                .ledger()
                .contains(&"upgrade bbbb2 done 4/4".to_owned())
        );
    }
}

#[test]
fn a_statement_that_no_catalog_knows_needs_a_decision() {
    let trigger = "CREATE TABLE two (id INTEGER);\n\
                   CREATE TRIGGER g BEFORE INSERT ON two FOR EACH ROW SET NEW.id = 7;\n\
                   CREATE TABLE one (id INTEGER);";
    for (undo, number) in [("SELECT 1", 3), ("DROP TRIGGER g", 2)] {
        let Some(scene) = Scene::on(Dialect::Mysql) else {
            return;
        };
        scene.revision("bbbb2", "aaaa1", trigger, "");
        scene.type_in("migrate upgrade head", 1);
        crashed_at(&scene, 2);
        scene.revision(
            "bbbb2",
            "aaaa1",
            &trigger.replace("TABLE one", "TABLE three"),
            "",
        );
        let text = scene.type_in("migrate upgrade head", 1);
        holds(
            &text,
            &[
                "error: nobody can tell whether statement 2 of the upgrade of `bbbb2` took effect",
                "bbbb2.sql:9:1",
                "note: no revision was completed; the database is at aaaa1\n",
                "hint: look whether it is in effect. If it is, run the same command with \
                 `--resume-at 3`; if not, with `--resume-at 2`",
            ],
        );
        scene.run(undo);
        let text = scene.type_in(&format!("migrate upgrade head --resume-at {number}"), 0);
        holds(&text, &[&format!("at statement {number} of 3\n")]);
        scene.run("INSERT INTO two VALUES (1)");
        assert_eq!(
            scene
                .open()
                .query("SELECT id FROM two WHERE id = 7", &[])
                .unwrap()
                .len(),
            1
        );
    }
}

#[test]
fn a_downgrade_goes_on_too_and_nothing_else_runs_before() {
    let Some(scene) = Scene::on(Dialect::Mysql) else {
        return;
    };
    let up = "CREATE TABLE two (id INTEGER);\nCREATE TABLE three (id INTEGER);";
    scene.revision(
        "bbbb2",
        "aaaa1",
        up,
        "DROP TABLE two;\nDROP TABLE nowhere;\nDROP TABLE three;",
    );
    scene.revision(
        "cccc3",
        "bbbb2",
        "CREATE TABLE five (id INTEGER);",
        "DROP TABLE five;",
    );
    scene.type_in("migrate upgrade bbbb2", 0);
    scene.type_in("migrate downgrade aaaa1", 1);
    let text = scene.type_in("migrate upgrade head", 1);
    holds(
        &text,
        &[
            "error: the downgrade of `bbbb2` is unfinished",
            "hint: 1 of its 3 statements is known to be in effect. Run its downgrade again to \
             finish it; or undo by hand what is in effect of it, then `stamp bbbb2` forgets it",
        ],
    );
    scene.revision("bbbb2", "aaaa1", up, "DROP TABLE two;\nDROP TABLE three;");
    let text = scene.type_in("migrate downgrade aaaa1", 0);
    holds(
        &text,
        &["Resuming downgrade bbbb2 -> aaaa1 at statement 2 of 2\n"],
    );
    assert!(!scene.has("three"));
    scene.type_in("migrate upgrade head", 0);
}

#[test]
fn undone_by_hand_the_other_way_is_free() {
    let Some(scene) = Scene::on(Dialect::Mysql) else {
        return;
    };
    scene.revision("bbbb2", "aaaa1", FAILS, "");
    scene.type_in("migrate upgrade head", 1);
    scene.type_in("migrate downgrade base", 1);
    scene.run("DROP TABLE two");
    scene.type_in("migrate downgrade base --resume-at 1", 0);
    let text = scene.type_in("migrate upgrade aaaa1", 0);
    holds(&text, &["Running upgrade  -> aaaa1"]);
    let text = scene.type_in("migrate upgrade bbbb2 --resume-at 9", 1);
    holds(
        &text,
        &[
            "error: there is no statement 9 of the upgrade of `bbbb2`",
            "hint: it has 4; `--resume-at 5` completes it without running any",
        ],
    );
}

#[test]
fn a_ledger_of_an_older_program_is_enough_while_the_text_is_the_same() {
    let Some(scene) = Scene::on(Dialect::Mysql) else {
        return;
    };
    scene.revision("bbbb2", "aaaa1", FAILS, "");
    scene.type_in("migrate upgrade head", 1);
    for column in ["pieces", "under_way"] {
        scene.run(&format!(
            "ALTER TABLE alembic_version_log DROP COLUMN {column}"
        ));
    }
    scene.run("DROP TABLE one");
    let text = scene.type_in("migrate upgrade head", 0);
    holds(
        &text,
        &["Resuming upgrade aaaa1 -> bbbb2 at statement 3 of 4\n"],
    );
}

#[test]
fn session_settings_are_made_again_and_temporary_tables_are_missed() {
    let Some(scene) = Scene::on(Dialect::Mysql) else {
        return;
    };
    let up = "SET foreign_key_checks = 0;\nCREATE TABLE two (id INTEGER PRIMARY KEY);\n\
              CREATE TABLE one (id INTEGER);\nINSERT INTO two SELECT @@foreign_key_checks;";
    scene.revision("bbbb2", "aaaa1", up, "");
    scene.type_in("migrate upgrade head", 1);
    scene.run("DROP TABLE one");
    scene.type_in("migrate upgrade head", 0);
    let found = scene.open().query("SELECT id FROM two WHERE id = 0", &[]);
    assert_eq!(found.unwrap().len(), 1);

    let temporary = "CREATE TEMPORARY TABLE kept (id INTEGER);\nCREATE TABLE two (id INTEGER);";
    scene.revision("cccc3", "bbbb2", temporary, "");
    scene.type_in("migrate upgrade head", 1);
    let text = scene.type_in("migrate upgrade head", 1);
    holds(
        &text,
        &[
            "error: what statement 1 of the upgrade of `cccc3` made ended with its connection",
            "undo the statements in effect by hand and run the same command with `--resume-at 1`",
        ],
    );
}

#[test]
fn an_invalid_index_is_dropped_and_built_again() {
    let Some(scene) = Scene::on(Dialect::Postgres) else {
        return;
    };
    let up = "CREATE TABLE two (id INTEGER);\n\
              CREATE UNIQUE INDEX CONCURRENTLY only_one ON one (id);\nINSERT INTO two VALUES (1);";
    scene.revision(
        "bbbb2",
        "aaaa1",
        up,
        "DROP TABLE two;\nDROP INDEX only_one;",
    );
    scene.type_in("migrate upgrade aaaa1", 0);
    scene.run("INSERT INTO one VALUES (1), (1)");
    let text = scene.type_in("migrate upgrade head", 1);
    holds(&text, &["1 of 3 statements", "it continues at statement 2"]);
    let invalid = "SELECT 1 FROM pg_index WHERE NOT indisvalid";
    assert_eq!(scene.open().query(invalid, &[]).unwrap().len(), 1);
    scene.run("DELETE FROM one");
    let text = scene.type_in("migrate upgrade head", 0);
    holds(
        &text,
        &["Resuming upgrade aaaa1 -> bbbb2 at statement 2 of 3\n"],
    );
    assert!(scene.open().query(invalid, &[]).unwrap().is_empty());
    assert_eq!(scene.ledger().last().unwrap(), "upgrade bbbb2 done 3/3");
    scene.type_in("migrate downgrade base --allow-data-loss", 0);
}

#[test]
fn behind_a_statement_outside_a_transaction_a_second_run_goes_on() {
    for (dialect, outside) in [
        (Dialect::Sqlite, "VACUUM;"),
        (
            Dialect::Postgres,
            "CREATE INDEX CONCURRENTLY i ON one (id);",
        ),
    ] {
        let Some(scene) = Scene::on(dialect) else {
            continue;
        };
        let up = format!(
            "CREATE TABLE two (id INTEGER);\n-- migrate: autocommit\n{outside}\n\
             CREATE TABLE three (id INTEGER);\nCREATE TABLE one (id INTEGER);"
        );
        scene.revision("bbbb2", "aaaa1", &up, "");
        scene.type_in("migrate upgrade aaaa1", 0);
        for _ in 0..2 {
            let text = scene.type_in("migrate upgrade head", 1);
            holds(
                &text,
                &[
                    "2 of 4 statements",
                    "run the same command again: it continues at statement 3",
                ],
            );
            assert!(scene.has("two") && !scene.has("three"), "{dialect}");
        }
        scene.revision("bbbb2", "aaaa1", &up.replace("TABLE one", "TABLE four"), "");
        let text = scene.type_in("migrate upgrade head", 0);
        holds(
            &text,
            &["Resuming upgrade aaaa1 -> bbbb2 at statement 3 of 4\n"],
        );
        assert!(scene.has("three") && scene.has("four"), "{dialect}");
        assert_eq!(scene.ledger().last().unwrap(), "upgrade bbbb2 done 4/4");
    }
}

/// Two columns and what becomes of them; changes of one column that stand side by side are one
/// statement of the engine.
const COLUMNS: &str = "ALTER TABLE one ALTER COLUMN a TYPE VARCHAR(30);\nUPDATE nowhere SET b = 'y';\n\
                       ALTER TABLE one ALTER COLUMN a SET NOT NULL;\n\
                       ALTER TABLE one ALTER COLUMN b SET NOT NULL;";

fn with_columns() -> Option<Scene> {
    let scene = Scene::on(Dialect::Mysql)?;
    let up = "CREATE TABLE one (a VARCHAR(10), b VARCHAR(10));";
    scene.revision("aaaa1", "", up, "DROP TABLE one;");
    Some(scene)
}

/// The columns of `one` as the catalog has them: name, type and whether they may be NULL.
fn columns(scene: &Scene) -> Vec<String> {
    let sql = "SELECT concat(column_name, ' ', column_type, ' ', is_nullable) \
               FROM information_schema.columns WHERE table_schema = database() \
               AND table_name = 'one' ORDER BY ordinal_position";
    let rows = scene.open().query(sql, &[]);
    let rows = rows.expect("the catalog can be read").into_iter();
    rows.filter_map(|row| row.first()?.text()).collect()
}

#[test]
fn changes_that_come_to_stand_side_by_side_are_told_apart_by_what_is_written() {
    let Some(scene) = with_columns() else {
        return;
    };
    scene.revision("bbbb2", "aaaa1", COLUMNS, "");
    scene.type_in("migrate upgrade head", 1);
    assert_eq!(scene.ledger()[1], "upgrade bbbb2 failed 1/4");
    let corrected = COLUMNS.replace("UPDATE nowhere SET b = 'y';\n", "");
    scene.revision("bbbb2", "aaaa1", &corrected, "");
    let plan = scene.type_in("migrate plan", 0);
    holds(&plan, &["goes on at statement 2 of 4\n"]);
    assert!(!plan.contains("in effect already"), "{plan}");
    let text = scene.type_in("migrate upgrade head", 0);
    holds(
        &text,
        &["Resuming upgrade aaaa1 -> bbbb2 at statement 2 of 3\n"],
    );
    assert_eq!(columns(&scene), ["a varchar(30) NO", "b varchar(10) NO"]);
    assert_eq!(scene.ledger().last().unwrap(), "upgrade bbbb2 done 3/3");
}

#[test]
fn a_change_added_beside_the_last_one_in_effect_is_done() {
    let Some(scene) = with_columns() else {
        return;
    };
    scene.revision("bbbb2", "aaaa1", COLUMNS, "");
    scene.type_in("migrate upgrade head", 1);
    let behind = "VARCHAR(30);\n";
    let added = format!("{behind}ALTER TABLE one ALTER COLUMN a SET DEFAULT 'x';\n");
    let corrected = COLUMNS.replace("nowhere", "one").replace(behind, &added);
    scene.revision("bbbb2", "aaaa1", &corrected, "");
    let text = scene.type_in("migrate upgrade head", 0);
    holds(&text, &["at statement 2 of 5\n"]);
    assert_eq!(columns(&scene), ["a varchar(30) NO", "b varchar(10) NO"]);
    scene.run("INSERT INTO one (b) VALUES ('z')");
    let found = scene.open().query("SELECT a FROM one WHERE a = 'x'", &[]);
    assert_eq!(found.unwrap().len(), 1);
}

#[test]
fn of_changes_that_were_begun_together_none_may_be_another_now() {
    let Some(scene) = with_columns() else {
        return;
    };
    let together = COLUMNS.replace("UPDATE nowhere SET b = 'y';\n", "");
    let fails = format!("{together}\nDROP TABLE nowhere;");
    scene.revision("bbbb2", "aaaa1", &fails, "");
    scene.type_in("migrate upgrade head", 1);
    assert_eq!(scene.ledger()[1], "upgrade bbbb2 failed 3/4");
    scene.run(
        "UPDATE alembic_version_log SET state = 'running', statements_done = 0, \
         under_way = '1-2' WHERE state = 'failed'",
    );
    scene.revision(
        "bbbb2",
        "aaaa1",
        &together.replace("a SET NOT", "b SET NOT"),
        "",
    );
    let text = scene.type_in("migrate upgrade head", 1);
    let line = "error: statement 2 of the upgrade of `bbbb2` may be in effect, and it was changed";
    holds(&text, &[line, "bbbb2.sql:9:1"]);
    scene.revision("bbbb2", "aaaa1", &together, "");
    let text = scene.type_in("migrate upgrade head", 0);
    holds(&text, &["Done: 1 step"]);
    assert_eq!(columns(&scene), ["a varchar(30) NO", "b varchar(10) NO"]);
}
