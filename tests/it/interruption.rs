//! Somebody presses Ctrl-C: the database stays at the last complete revision.
#![cfg(unix)]

use std::io::{BufRead, BufReader, Read};
use std::process::{Command, Stdio};
use std::thread;
use std::time::Duration;

use migration_core::dialect::Dialect;
use migration_tests::command::said;
use migration_tests::databases;
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
    let tables = project.shell("migrate upgrade hhhh8 && migrate downgrade gggg7");
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
    let hint = "hint: 2 of 3 statements of the upgrade of `hhhh8` are in effect and stay; run the \
                same command again: it continues at statement 3\n";
    assert!(text.contains(hint), "{text}");
    assert_eq!(text.matches("run the same command").count(), 1, "{text}");
    let again = project.shell("migrate upgrade hhhh8");
    let text = said(&again);
    assert_eq!(again.status.code(), Some(0), "{text}");
    assert!(
        text.contains("Resuming upgrade gggg7 -> hhhh8 at statement 3 of 3\n"),
        "{text}"
    );
}
