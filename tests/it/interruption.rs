//! Somebody presses Ctrl-C: the database stays at the last complete revision.
#![cfg(unix)]

use std::io::{BufRead, BufReader, Read};
use std::process::{Command, Stdio};
use std::thread;
use std::time::Duration;

use migration_tests::command::said;
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
