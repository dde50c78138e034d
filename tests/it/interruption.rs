//! Runs that cannot go on: somebody presses Ctrl-C, or the file may not be written. The database
//! stays at the last complete revision.
#![cfg(unix)]

use std::fs;
use std::io::{BufRead, BufReader, Read};
use std::os::unix::fs::PermissionsExt;
use std::os::unix::process::CommandExt;
use std::process::{Command, Stdio};
use std::thread;
use std::time::Duration;

use migration_tests::command::{self, said};
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
fn a_read_only_database_is_refused_before_anything_runs() {
    let project = Project::named("tree");
    let done = project.shell("migrate upgrade -q dddd4 && cp \"$(command -v migrate)\" ./tool");
    assert!(done.status.success(), "{}", said(&done));
    let permit = |name: &str, mode: u32| {
        let path = project.path().join(name);
        let permissions = fs::Permissions::from_mode(mode);
        fs::set_permissions(path, permissions).expect("the owner may change them");
    };
    permit("app.db", 0o444);
    permit("tool", 0o755);
    permit(".", 0o555);
    let mut tool = command::without_settings(Command::new(project.path().join("tool")));
    tool.args(["upgrade", "eeee5"]).current_dir(project.path());
    if is_root() {
        // Root may write everything: somebody else types this.
        tool.uid(65534).gid(65534);
    }
    let output = tool.output().expect("the binary can be started");
    permit(".", 0o755);
    assert_eq!(output.status.code(), Some(1), "{}", said(&output));
    let text = said(&output);
    assert!(text.contains("is read-only"), "{text}");
    assert!(text.contains("hint: nothing was changed"), "{text}");
    let current = project.shell("migrate current");
    assert_eq!(said(&current), "dddd4 (mergepoint)\n");
}

#[test]
fn a_file_that_nobody_may_write_is_refused_even_for_root() {
    let project = Project::named("tree");
    let done = project.shell("migrate upgrade -q dddd4 && chmod 444 app.db");
    assert!(done.status.success(), "{}", said(&done));
    let output = project.shell("migrate upgrade eeee5");
    assert_eq!(output.status.code(), Some(1), "{}", said(&output));
    assert!(said(&output).contains("is read-only"), "{}", said(&output));
    let current = project.shell("migrate current && migrate upgrade dddd4");
    assert!(current.status.success(), "{}", said(&current));
}

fn is_root() -> bool {
    let output = Command::new("id").arg("-u").output();
    output.is_ok_and(|output| output.stdout == b"0\n")
}
