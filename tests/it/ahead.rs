//! Steps that share a transaction on PostgreSQL are sent before the step in front of them is answered;
//! whatever happens to one is said of that one.
#![expect(
    clippy::disallowed_methods,
    reason = "how long a run takes to end is measured"
)]

use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use migration_core::database::Connection;
use migration_core::dialect::Dialect;
use migration_tests::command::said;
use migration_tests::databases::{self, TestDatabase};
use migration_tests::project::{self, Project};

/// A project whose database is at `aaaa1` and has a table `big`, with revisions behind it: one that
/// makes a table, one that does `up`, and two that make tables.
fn project(database: &TestDatabase, more: &str, up: &str) -> Project {
    let project = Project::new();
    let options = "[migration]\nscript_location = %(here)s/migrations\ntransaction = run\n";
    let ini = format!("{}{options}{more}", database.ini());
    project.write("migrate.ini", &ini);
    for (id, parent, up) in [
        ("aaaa1", "", "CREATE TABLE big (n INTEGER);"),
        ("bbbb2", "aaaa1", "CREATE TABLE two (n INTEGER);"),
        ("cccc3", "bbbb2", up),
        ("dddd4", "cccc3", "CREATE TABLE four (n INTEGER);"),
        ("eeee5", "dddd4", "CREATE TABLE five (n INTEGER);"),
    ] {
        let text = project::revision(id, parent, up, "");
        project.write(&format!("migrations/versions/{id}.sql"), &text);
    }
    let first = project.shell("migrate upgrade aaaa1");
    assert_eq!(first.status.code(), Some(0), "{}", said(&first));
    project
}

/// The lines that say which step runs.
fn announced(text: &str) -> Vec<&str> {
    let lines = text.lines();
    lines.filter(|it| it.starts_with("Running")).collect()
}

const TO_THE_THIRD: [&str; 2] = [
    "Running upgrade aaaa1 -> bbbb2, bbbb2",
    "Running upgrade bbbb2 -> cccc3, cccc3",
];

/// The tables that revisions behind `aaaa1` make.
fn tables(connection: &mut dyn Connection) -> usize {
    let sql = "SELECT tablename FROM pg_tables WHERE tablename IN ('two', 'four', 'five')";
    let rows = connection.query(sql, &[]);
    rows.expect("the database does it").len()
}

#[test]
fn the_step_that_fails_is_named_and_none_behind_it_is_announced() {
    let Some(database) = databases::fresh(Dialect::Postgres) else {
        return;
    };
    let up = "CREATE TABLE three (n INTEGER);\nINSERT INTO three VALUES (1);\n\
              UPDATE three SET n = n / 0;\nDROP TABLE three;";
    let project = project(&database, "", up);
    let output = project.shell("migrate upgrade head");
    let text = said(&output);
    assert_eq!(output.status.code(), Some(1), "{text}");
    assert_eq!(announced(&text), TO_THE_THIRD, "{text}");
    assert!(text.contains("cccc3.sql:10:1\n"), "{text}");
    assert!(text.contains("caused by: division by zero"), "{text}");
    assert!(
        text.contains("nothing was applied; the database is at aaaa1"),
        "{text}"
    );
    assert_eq!(tables(database.open().as_mut()), 0);
}

#[test]
fn a_step_that_is_held_up_is_the_last_one_announced() {
    let Some(database) = databases::fresh(Dialect::Postgres) else {
        return;
    };
    let more = "ddl_lock_timeout = 1\nddl_lock_tries = 1\n";
    let up = "ALTER TABLE big ADD COLUMN m INTEGER;";
    let project = project(&database, more, up);
    let mut holder = database.open();
    holder.begin().unwrap();
    holder.query("SELECT n FROM big", &[]).unwrap();
    let output = project.shell("migrate upgrade head");
    let text = said(&output);
    assert_eq!(output.status.code(), Some(1), "{text}");
    assert_eq!(announced(&text), TO_THE_THIRD, "{text}");
    assert!(text.contains("cccc3.sql:8:1\n"), "{text}");
    assert!(text.contains("caused by: gave up waiting for "), "{text}");
    assert_eq!(tables(database.open().as_mut()), 0);
    holder.rollback().unwrap();

    // It is tried again, from the first on.
    let ini = "sed -i 's/tries = 1$/tries = 10/' migrate.ini";
    assert!(project.shell(ini).status.success());
    holder.begin().unwrap();
    holder.query("SELECT n FROM big", &[]).unwrap();
    let output = thread::scope(|scope| {
        let run = scope.spawn(|| project.shell("migrate upgrade head"));
        thread::sleep(Duration::from_millis(2500));
        holder.rollback().unwrap();
        run.join().expect("the shell ends")
    });
    let text = said(&output);
    assert_eq!(output.status.code(), Some(0), "{text}");
    assert!(text.contains(" again (2 of 10)\n"), "{text}");
    assert_eq!(announced(&text).len(), 4, "{text}");
    assert_eq!(tables(database.open().as_mut()), 3);
}

#[test]
fn a_step_begins_for_the_ledger_when_the_one_in_front_of_it_ends() {
    let Some(database) = databases::fresh(Dialect::Postgres) else {
        return;
    };
    let project = project(&database, "", "SELECT pg_sleep(0.4);");
    let output = project.shell("migrate upgrade head");
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
    let sql = "SELECT revision, started_at, finished_at, CAST(EXTRACT(EPOCH FROM \
               CAST(finished_at AS timestamptz) - CAST(started_at AS timestamptz)) * 1000 \
               AS integer) FROM alembic_version_log ORDER BY id";
    let rows = database.open().query(sql, &[]).unwrap();
    let mut before = String::new();
    for row in rows.iter().skip(1) {
        let [revision, begun, ended] = [0, 1, 2].map(|at| row[at].text().expect("a text"));
        assert!(before <= begun, "{rows:?}");
        let took = row[3].integer().expect("a number");
        assert_eq!(took >= 400, revision == "cccc3", "{rows:?}");
        before = ended;
    }
    assert_eq!(rows.len(), 5);
}

#[test]
fn ctrl_c_ends_the_statement_that_runs_though_the_next_is_sent() {
    let Some(database) = databases::fresh(Dialect::Postgres) else {
        return;
    };
    let project = project(&database, "", "SELECT pg_sleep(40);");
    let mut command = project.binary("migrate");
    let command = command.args(["upgrade", "head"]).stderr(Stdio::piped());
    let process = command.spawn().expect("the binary can be started");
    thread::sleep(Duration::from_millis(1500));
    let begun = Instant::now();
    let killed = Command::new("kill")
        .args(["-INT", &process.id().to_string()])
        .status();
    assert!(killed.expect("there is a `kill`").success());
    let output = process.wait_with_output().expect("it ends");
    assert!(begun.elapsed() < Duration::from_secs(10));
    let text = said(&output);
    assert_eq!(output.status.code(), Some(1), "{text}");
    assert_eq!(announced(&text), TO_THE_THIRD, "{text}");
    let error = "error: stopped before the upgrade of `cccc3` was complete\n";
    assert!(text.contains(error), "{text}");
    assert_eq!(tables(database.open().as_mut()), 0);
}
