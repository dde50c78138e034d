//! Somebody presses Ctrl-C: the database stays at the last complete revision.
#![cfg(unix)]
#![expect(
    clippy::disallowed_methods,
    reason = "how long a process takes to end is measured"
)]

use std::io::{BufRead, BufReader, Read};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use migration_core::dialect::Dialect;
use migration_tests::command::said;
use migration_tests::databases::{self, TestDatabase};
use migration_tests::project::Project;

/// A statement that takes a second or more on any machine.
const SLOW: &str = "\
-- takes its time
--
-- Revision ID: hhhh8
-- Revises: gggg7

-- migrate: upgrade

CREATE TABLE slow (n INTEGER);
INSERT INTO slow WITH RECURSIVE t(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM t WHERE n < 3000000)
    SELECT count(*) FROM t;
INSERT INTO slow WITH RECURSIVE t(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM t WHERE n < 3000000)
    SELECT count(*) FROM t;
INSERT INTO slow WITH RECURSIVE t(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM t WHERE n < 3000000)
    SELECT count(*) FROM t;

-- migrate: downgrade

DROP TABLE slow;
";

#[test]
fn ctrl_c_stops_between_statements_and_leaves_the_last_revision() {
    let project = Project::named("tree");
    project.write("migrations/versions/hhhh8_slow.sql", SLOW);
    let done = project.shell("migrate upgrade gggg7");
    assert!(done.status.success(), "{}", said(&done));

    let mut process = project
        .binary("migrate")
        .args(["upgrade", "hhhh8"])
        .stderr(Stdio::piped())
        .spawn()
        .expect("the binary can be started");
    let mut errors = BufReader::new(process.stderr.take().expect("it is piped"));
    let mut first = String::new();
    errors.read_line(&mut first).expect("it says what it does");
    assert_eq!(first, "Running upgrade gggg7 -> hhhh8, takes its time\n");
    thread::sleep(Duration::from_millis(100));
    let killed = Command::new("kill")
        .args(["-INT", &process.id().to_string()])
        .status();
    assert!(killed.expect("there is a `kill`").success());
    let mut rest = String::new();
    errors.read_to_string(&mut rest).expect("it ends");
    let status = process.wait().expect("it ends");
    assert_eq!(status.code(), Some(1), "{rest}");
    assert!(rest.contains("error: "), "{rest}");

    let current = project.shell("migrate current");
    assert_eq!(said(&current), "gggg7\neeee5 (effective head)\n");
    let tables =
        project.shell("migrate upgrade hhhh8 && migrate downgrade gggg7 --allow-data-loss");
    assert!(tables.status.success(), "{}", said(&tables));
}

#[test]
fn where_ddl_commits_ctrl_c_gives_one_advice_and_the_next_run_follows_it() {
    let Some(database) = databases::fresh(Dialect::Mysql) else {
        return;
    };
    let project = Project::named("tree");
    let location = "[migration]\nscript_location = %(here)s/migrations\n";
    project.write("migrate.ini", &format!("{}{location}", database.ini()));
    let slow = "-- slow\n--\n-- Revision ID: hhhh8\n-- Revises: gggg7\n\n-- migrate: upgrade\n\
                CREATE TABLE one (n INTEGER);\nCREATE TABLE two AS SELECT sleep(2) AS n;\n\
                CREATE TABLE three (n INTEGER);\n\n-- migrate: downgrade\n\
                DROP TABLE one;\nDROP TABLE two;\nDROP TABLE three;\n";
    project.write("migrations/versions/hhhh8_slow.sql", slow);
    let done = project.shell("migrate upgrade gggg7");
    assert!(done.status.success(), "{}", said(&done));
    let mut process = project.binary("migrate");
    let process = process.args(["upgrade", "hhhh8"]).stderr(Stdio::piped());
    let mut process = process.spawn().expect("the binary can be started");
    thread::sleep(Duration::from_millis(1200));
    let mut kill = Command::new("kill");
    let killed = kill.args(["-INT", &process.id().to_string()]).status();
    assert!(killed.expect("there is a `kill`").success());
    let mut text = String::new();
    let mut errors = process.stderr.take().expect("it is piped");
    errors.read_to_string(&mut text).expect("it ends");
    assert_eq!(process.wait().expect("it ends").code(), Some(1), "{text}");
    let hint = "hint: 1 of 3 statements of the upgrade of `hhhh8` is in effect and stays; run the \
                same command again: it continues at statement 2\n";
    assert!(text.contains(hint), "{text}");
    assert_eq!(text.matches("run the same command").count(), 1, "{text}");
    let again = project.shell("migrate upgrade hhhh8");
    let text = said(&again);
    assert_eq!(again.status.code(), Some(0), "{text}");
    assert!(
        text.contains("Resuming upgrade gggg7 -> hhhh8 at statement 2 of 3\n"),
        "{text}"
    );
}

/// A project on this database with one revision behind `gggg7`.
fn project_with(database: &TestDatabase, up: &str) -> Project {
    let project = Project::named("tree");
    let location = "[migration]\nscript_location = %(here)s/migrations\n";
    project.write("migrate.ini", &format!("{}{location}", database.ini()));
    let text = format!(
        "-- slow\n--\n-- Revision ID: hhhh8\n-- Revises: gggg7\n\n-- migrate: upgrade\n{up}\n\
         -- migrate: downgrade\n"
    );
    project.write("migrations/versions/hhhh8_slow.sql", &text);
    let done = project.shell("migrate upgrade gggg7");
    assert!(done.status.success(), "{}", said(&done));
    project
}

fn start(project: &Project) -> Child {
    let mut command = project.binary("migrate");
    let command = command.args(["upgrade", "hhhh8"]).stderr(Stdio::piped());
    command.spawn().expect("the binary can be started")
}

/// Sends the signal of Ctrl-C and returns how the process ends and what it said on standard error.
fn interrupt(mut process: Child) -> (Option<i32>, String) {
    let killed = Command::new("kill")
        .args(["-INT", &process.id().to_string()])
        .stderr(Stdio::null())
        .status();
    killed.expect("there is a `kill`");
    let mut text = String::new();
    let mut errors = process.stderr.take().expect("it is piped");
    errors.read_to_string(&mut text).expect("it ends");
    (process.wait().expect("it ends").code(), text)
}

#[test]
fn ctrl_c_ends_the_statement_that_a_server_runs() {
    let sleep = |dialect| match dialect {
        Dialect::Postgres => "SELECT pg_sleep(40);",
        Dialect::Sqlite | Dialect::Mysql => {
            "INSERT INTO slow SELECT count(*) FROM information_schema.columns AS a, \
             information_schema.columns AS b, information_schema.columns AS c;"
        }
    };
    databases::each_server(|database| {
        let dialect = database.dialect();
        let up = format!("CREATE TABLE slow (n INTEGER);\n{}", sleep(dialect));
        let project = project_with(database, &up);
        let process = start(&project);
        thread::sleep(Duration::from_millis(1500));
        let begun = Instant::now();
        let (code, text) = interrupt(process);
        assert!(begun.elapsed() < Duration::from_secs(10), "{dialect}");
        assert_eq!(code, Some(1), "{dialect}: {text}");
        let error = "error: stopped before the upgrade of `hhhh8` was complete\n";
        assert!(text.contains(error), "{dialect}: {text}");
        let place = "the database is at gggg7\n";
        assert!(text.contains(place), "{dialect}: {text}");
        let mut connection = database.open();
        let slow = connection.query("SELECT n FROM slow", &[]);
        match dialect {
            Dialect::Mysql => {
                assert!(slow.unwrap().is_empty());
                assert!(text.contains("hint: 1 of 2 statements"), "{text}");
            }
            Dialect::Sqlite | Dialect::Postgres => {
                slow.unwrap_err();
                let hint = "hint: run the same command again to go on\n";
                assert!(text.contains(hint), "{text}");
            }
        }
    });
}

#[test]
fn ctrl_c_ends_a_statement_outside_of_transactions_and_the_next_run_mends_it() {
    let Some(database) = databases::fresh(Dialect::Postgres) else {
        return;
    };
    let up = "CREATE TABLE big (n INTEGER);\n\
              CREATE INDEX CONCURRENTLY big_n ON big (n);\n";
    let project = project_with(&database, up);
    // An open transaction with a snapshot holds the index up.
    let mut reader = database.open();
    reader.begin().unwrap();
    let snapshot = "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ";
    reader.run(&[snapshot, "SELECT 1"]).unwrap();
    let process = start(&project);
    thread::sleep(Duration::from_millis(2500));
    let (code, text) = interrupt(process);
    assert_eq!(code, Some(1), "{text}");
    assert!(text.contains("Blocked by connection "), "{text}");
    let hint = "hint: 1 of 2 statements of the upgrade of `hhhh8` is in effect and stays; run the \
                same command again: it continues at statement 2\n";
    assert!(text.contains(hint), "{text}");
    reader.rollback().unwrap();
    let again = project.shell("migrate upgrade hhhh8");
    assert_eq!(again.status.code(), Some(0), "{}", said(&again));
    let valid = "SELECT count(*) FROM pg_index WHERE indexrelid = 'big_n'::regclass AND indisvalid";
    let rows = database.open().query(valid, &[]).unwrap();
    assert_eq!(rows[0][0].integer(), Some(1));
}

/// A statement that takes a moment.
fn moment_long(dialect: Dialect) -> &'static str {
    match dialect {
        Dialect::Postgres => "SELECT pg_sleep(0.03);",
        Dialect::Mysql => "DO sleep(0.03);",
        Dialect::Sqlite => {
            "INSERT INTO one WITH RECURSIVE t(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM t \
             WHERE n < 60000) SELECT count(*) FROM t;"
        }
    }
}

/// Completes the revision, and makes the database what it was before.
#[track_caller]
fn undo(database: &TestDatabase, project: &Project) {
    let again = project.shell("migrate upgrade -q hhhh8 && migrate stamp -q gggg7");
    assert_eq!(again.status.code(), Some(0), "{}", said(&again));
    let drop = ["DROP TABLE one", "DROP TABLE two", "DROP TABLE three"];
    let dropped = database.open().run(&drop);
    dropped.expect("the revision is complete");
}

#[test]
fn whoever_interrupts_a_run_is_never_told_that_it_is_done_unless_it_is() {
    const MOMENTS: u32 = 14;
    databases::each(|database| {
        let pause = moment_long(database.dialect());
        let up = format!(
            "CREATE TABLE one (n INTEGER);\n{pause}\nINSERT INTO one VALUES (1);\n{pause}\n\
             CREATE TABLE two (n INTEGER);\n{pause}\nINSERT INTO two SELECT n FROM one;\n\
             CREATE TABLE three (n INTEGER);\n{pause}\n"
        );
        let project = project_with(database, &up);
        let begun = Instant::now();
        let mut length = Duration::ZERO;
        let mut stopped = 0;
        for moment in 0..=MOMENTS {
            let process = start(&project);
            if moment == 0 {
                // Undisturbed, to learn how long it takes.
                let output = process.wait_with_output().expect("it ends");
                assert_eq!(output.status.code(), Some(0), "{}", said(&output));
                length = begun.elapsed();
                undo(database, &project);
                continue;
            }
            thread::sleep(length * moment / MOMENTS);
            let (code, text) = interrupt(process);
            let current = said(&project.shell("migrate current"));
            let is_done = current.starts_with("hhhh8");
            match code {
                Some(0) => assert!(is_done && text.contains("Done: "), "{text}{current}"),
                // Before it listens the signal ends the process as usual.
                None => assert!(!is_done && !text.contains("Done: "), "{text}{current}"),
                Some(code) => {
                    assert_eq!(code, 1, "{text}");
                    assert!(!is_done && !text.contains("Done: "), "{text}{current}");
                    assert!(text.contains("error: stopped before "), "{text}");
                    stopped += 1;
                }
            }
            undo(database, &project);
        }
        assert!(
            stopped > 0,
            "{}: no run was interrupted",
            database.dialect()
        );
    });
}
