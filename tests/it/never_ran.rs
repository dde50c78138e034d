//! Revisions that were applied while they were empty and were filled in afterwards: what is advised
//! is typed as it stands, on every engine, and no statement is lost.

use migration_core::database;
use migration_core::dialect::Ledger;
use migration_tests::command::holds;
use migration_tests::databases::{self, TestDatabase};
use migration_tests::history::version_table;
use migration_tests::project::{Project, revision};

/// A database with revisions `r1`, `r2` and so on, in a row.
struct Scene<'d> {
    database: &'d TestDatabase,
    project: Project,
}

impl<'d> Scene<'d> {
    /// All of them are applied; those named were empty then and are filled in.
    fn new(database: &'d TestDatabase, count: usize, filled_in: &[usize]) -> Self {
        let project = Project::new();
        let keys = "[migration]\nscript_location = %(here)s/m\nmodels = models.sql\n";
        project.write("migrate.ini", &format!("{}\n{keys}", database.ini()));
        project.write("models.sql", "");
        let scene = Self { database, project };
        for number in 1..=count {
            match filled_in.contains(&number) {
                true => scene.empty(number),
                false => scene.fill(number),
            }
        }
        scene.types(0, "migrate upgrade");
        for number in filled_in {
            scene.fill(*number);
        }
        scene
    }

    fn write(&self, number: usize, up: &str, down: &str) {
        let below = match number {
            1 => String::new(),
            number => format!("r{}", number - 1),
        };
        let text = revision(&format!("r{number}"), &below, up, down);
        let path = format!("m/versions/r{number}.sql");
        self.project.write(&path, &text);
    }

    fn empty(&self, number: usize) {
        self.write(number, "", "");
    }

    fn fill(&self, number: usize) {
        let up = format!("CREATE TABLE t{number} (id INTEGER);");
        self.write(number, &up, &format!("DROP TABLE t{number};"));
    }

    /// Types a line, which must end with `code`; both streams.
    #[track_caller]
    fn types(&self, code: i32, line: &str) -> String {
        self.project.types(code, line)
    }

    #[track_caller]
    fn says(&self, code: i32, line: &str, expected: &[&str]) -> String {
        let text = self.types(code, line);
        holds(&text, expected);
        text
    }

    /// Types the commands that a text advises.
    #[track_caller]
    fn follows(&self, advice: &str) {
        for command in advice.split('`').skip(1).step_by(2) {
            self.types(0, &format!("migrate {command}"));
        }
    }

    /// Nothing is left to say, and each revision is in effect once.
    #[track_caller]
    fn is_well(&self, count: usize) {
        let dialect = self.database.dialect();
        let text = self.types(0, "migrate status --check -q; migrate current");
        assert!(!text.contains("warning"), "{dialect}: {text}");
        assert_eq!(self.tables(count), "yes ".repeat(count), "{dialect}");
    }

    /// Whether the tables of the revisions are there.
    fn tables(&self, count: usize) -> String {
        let mut connection = self.database.open();
        let mut is_there = |number: usize| {
            let sql = format!("SELECT count(*) FROM t{number}");
            let found = connection.query(&sql, &[]).is_ok();
            if found { "yes " } else { "no " }
        };
        (1..=count).map(&mut is_there).collect()
    }

    /// Direction, revision and statements of the ledger's last row.
    fn last_row(&self) -> (String, String, i64) {
        let mut connection = self.database.open();
        let ledger = Ledger::of(&version_table());
        let rows = database::ledger_rows(connection.as_mut(), &ledger);
        let rows = rows.expect("the ledger can be read").unwrap_or_default();
        let row = rows.into_iter().next_back().expect("something was applied");
        let revision = row.revision.map(|id| id.to_string());
        (row.direction, revision.unwrap_or_default(), row.statements)
    }
}

/// What the line about one revision advises.
#[track_caller]
fn advice<'t>(text: &'t str, id: &str) -> &'t str {
    let begins = format!("warning: revision {id} was edited after it was applied (");
    let line = text.lines().find(|line| line.starts_with(&begins));
    let line = line.unwrap_or_else(|| panic!("nothing of {id} in {text}"));
    let (_, advice) = line.split_once("nothing of it ran: ").expect("it says so");
    assert!(!advice.contains("repair"), "{advice}");
    advice
}

#[test]
fn several_at_the_head_run_by_what_is_said_of_any_of_them() {
    for asked in ["r2", "r3"] {
        databases::each(|database| {
            let scene = Scene::new(database, 3, &[2, 3]);
            let text = scene.types(0, "migrate current");
            let way = "`stamp r1`, then `upgrade r3` runs it as it is now, and ";
            let other = if asked == "r2" { "r3" } else { "r2" };
            let found = advice(&text, asked);
            assert_eq!(found, format!("{way}`{other}` with it"));
            let (commands, _) = found.split_once(" runs ").expect("it says so");
            scene.follows(commands);
            scene.is_well(3);
            scene.types(0, "migrate downgrade base");
            assert_eq!(scene.tables(3), "no no no ");
        });
    }
}

#[test]
fn the_first_revision_runs_with_those_that_follow() {
    databases::each(|database| {
        let scene = Scene::new(database, 2, &[1, 2]);
        let text = scene.types(0, "migrate status -q");
        let found = advice(&text, "r1");
        assert!(
            found.starts_with("`stamp base`, then `upgrade r2` runs "),
            "{found}"
        );
        let (commands, _) = found.split_once(" runs ").expect("it says so");
        scene.follows(commands);
        scene.is_well(2);
    });
}

#[test]
fn below_others_it_runs_by_a_way_back_or_moves_into_a_new_revision() {
    databases::each(|database| {
        let scene = Scene::new(database, 4, &[2, 4]);
        let text = scene.types(0, "migrate current");
        assert_eq!(
            advice(&text, "r4"),
            "`stamp r3`, then `upgrade r4` runs it as it is now"
        );
        let found = advice(&text, "r2");
        let (moved, back) = found.split_once("; or ").expect("there are two ways");
        assert!(
            moved.starts_with("others were applied on top of it, so put what it should do into")
        );
        assert!(
            back.starts_with("`downgrade r1`, then `upgrade r4`, where "),
            "{back}"
        );
        scene.follows(back);
        scene.is_well(4);
    });
    databases::each(|database| {
        let scene = Scene::new(database, 3, &[2]);
        scene.write(2, "-- empty on purpose, see r4", "");
        scene.write(4, "CREATE TABLE t2 (id INTEGER);", "DROP TABLE t2;");
        scene.types(0, "migrate upgrade");
        scene.is_well(3);
    });
}

#[test]
fn a_downgrade_undoes_nothing_of_what_never_ran() {
    databases::each(|database| {
        let scene = Scene::new(database, 2, &[2]);
        let unrun = "warning: nothing of revision r2 ran, so its downgrade section does not run \
                     either: it only counts as applied no more\n";
        let text = scene.says(
            0,
            "migrate plan downgrade",
            &[unrun, "-- nothing to do on "],
        );
        assert!(!text.contains("DROP"), "{text}");
        scene.says(0, "migrate downgrade --dry-run", &[unrun]);
        scene.says(
            0,
            "migrate downgrade",
            &[unrun, "Running downgrade r2 -> r1"],
        );
        scene.types(0, "migrate upgrade");
        scene.is_well(2);
        let text = scene.types(0, "migrate downgrade");
        assert!(!text.contains("warning"), "{text}");
        assert_eq!(scene.tables(2), "yes no ");
    });
}

#[test]
fn a_repair_refuses_what_never_ran_unless_somebody_ran_it_by_hand() {
    databases::each(|database| {
        let scene = Scene::new(database, 3, &[2, 3]);
        scene.write(1, "CREATE TABLE t1 (id BIGINT);", "DROP TABLE t1;");
        let before = scene.last_row();
        for line in ["migrate repair", "migrate repair --dry-run"] {
            scene.says(
                1,
                line,
                &[
                    "error: nothing of `r2`, `r3` ran when they were applied, and never would once \
                     they are accepted\n",
                    "`r2`: `stamp r1`, then `upgrade r3` runs it as it is now, and `r3` with it\n",
                    "by hand what is written there now, `repair --run-by-hand r2 r3` notes that\n",
                    "`repair r1` accepts the others\n",
                ],
            );
        }
        scene.says(1, "migrate repair r2 --json", &["\"kind\":\"never-ran\""]);
        scene.says(2, "migrate repair --run-by-hand", &["<REV>"]);
        assert_eq!(scene.last_row(), before);
        scene.types(0, "migrate repair r1");
        let mut connection = database.open();
        let made = connection.run(&["CREATE TABLE t3 (id INTEGER)"]);
        made.expect("it is not there");
        scene.says(
            0,
            "migrate repair --run-by-hand r3",
            &["Accepted the present text of r3"],
        );
        let noted = ("repair".to_owned(), "r3".to_owned(), 1);
        assert_eq!(scene.last_row(), noted);
        let text = scene.types(0, "migrate current");
        assert!(advice(&text, "r2").starts_with("others were applied on top of it"));
        scene.types(0, "migrate downgrade");
        assert_eq!(scene.tables(3), "yes no no ");
    });
}

#[test]
fn a_repair_of_what_is_still_empty_does_not_make_it_lose_what_comes_later() {
    databases::each(|database| {
        let scene = Scene::new(database, 2, &[]);
        scene.empty(3);
        scene.types(0, "migrate upgrade");
        scene.write(3, "-- still empty", "SELECT 1;");
        let text = scene.says(0, "migrate current", &["`repair r3` accepts it"]);
        assert!(!text.contains("nothing of it ran"), "{text}");
        scene.types(0, "migrate repair");
        scene.fill(3);
        let text = scene.types(0, "migrate current");
        assert!(advice(&text, "r3").starts_with("`stamp r2`, then `upgrade r3` runs"));
    });
}

#[test]
fn where_edits_are_refused_the_advice_holds_too() {
    databases::each(|database| {
        let scene = Scene::new(database, 4, &[2, 4]);
        scene.types(
            0,
            "sed -i 's/^script_location/edited = refuse\\n&/' migrate.ini",
        );
        let text = scene.says(
            1,
            "migrate downgrade",
            &[
                "hint: nothing was done; nothing of `r2` ran: others were applied on top of it, so \
                 put what it should do into a new revision, and its own text back as it was\n",
                "nothing of `r4` ran: `stamp r3`, then `upgrade r4` runs it as it is now\n",
            ],
        );
        assert!(!text.contains("`downgrade"), "{text}");
        assert!(!text.contains("repair"), "{text}");
        scene.empty(2);
        scene.follows("`stamp r3`, then `upgrade r4`");
        scene.types(0, "migrate status --check");
    });
}

#[test]
fn every_command_that_compares_says_it_too() {
    databases::each(|database| {
        let scene = Scene::new(database, 1, &[1]);
        let warning =
            "and nothing of it ran: `stamp base`, then `upgrade r1` runs it as it is now\n";
        scene.says(
            0,
            "migrate check",
            &[warning, "No new upgrade operations detected."],
        );
        scene.says(3, "migrate drift", &[warning]);
        let advice = "\"advice\": \"revision r1 was edited after it was applied (";
        scene.says(0, "migrate status --json", &[advice]);
        scene.says(
            3,
            "migrate report --json; migrate status --check",
            &["`stamp base`"],
        );
    });
}

#[test]
fn statements_for_another_engine_are_nothing_that_could_run() {
    let Some(database) = databases::fresh(migration_core::dialect::Dialect::Sqlite) else {
        return;
    };
    let scene = Scene::new(&database, 1, &[]);
    scene.write(2, "-- migrate: only postgres\nSELECT 1;", "");
    scene.types(0, "migrate upgrade");
    scene.write(2, "-- migrate: only postgres\nSELECT 2;", "");
    scene.is_well(1);
    // What is written for this engine afterwards never ran.
    scene.write(2, "-- migrate: only postgres\nSELECT 2;\nSELECT 3;", "");
    scene.says(0, "migrate current", &["nothing of it ran"]);
}
