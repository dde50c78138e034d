//! A run while another one is under way, or was killed, on engines where DDL commits by itself: what
//! is half-done now may be done in a moment, and what stays half-done is never passed over.
#![cfg(unix)]

use std::process::{Child, Stdio};
use std::thread;
use std::time::Duration;

use migration_core::dialect::Dialect;
use migration_tests::command::holds;
use migration_tests::databases::{self, TestDatabase};
use migration_tests::project::Project;

const UP: &str = "CREATE TABLE one (n INTEGER);\nCREATE TABLE two AS SELECT sleep(3) AS n;\n\
                  CREATE TABLE three (n INTEGER);";
const DOWN: &str = "DROP TABLE three;\nDROP TABLE two;\n\
                    CREATE TABLE passing AS SELECT sleep(3) AS n;\nDROP TABLE passing;\n\
                    DROP TABLE one;";

/// A project whose second revision takes its time both ways, at the first one.
fn project(database: &TestDatabase) -> Project {
    let (zero, gone) = ("CREATE TABLE zero (n INTEGER);", "DROP TABLE zero;");
    let tree = [["aaaa1", "", zero, gone], ["bbbb2", "aaaa1", UP, DOWN]];
    let project = Project::on(database, &tree);
    project.types(0, "migrate upgrade aaaa1");
    project
}

/// Starts a command and waits until the statement that sleeps runs.
fn start(database: &TestDatabase, project: &Project, arguments: &[&str]) -> Child {
    let mut command = project.binary("migrate");
    let command = command.args(arguments).stderr(Stdio::null());
    let child = command.spawn().expect("the binary can be started");
    let mut connection = database.open();
    let asleep = "SELECT count(*) FROM information_schema.processlist WHERE db = database() \
                  AND info LIKE 'CREATE TABLE%sleep(3)%'";
    let mut is_asleep = || {
        thread::sleep(Duration::from_millis(5));
        let rows = connection.query(asleep, &[]).expect("it can be asked");
        rows[0][0].integer() == Some(1)
    };
    let came = (0..1_000).any(|_| is_asleep());
    assert!(came, "it never came to the statement that sleeps");
    child
}

/// What `act` does while `arguments` run, which end well all the same.
fn during(arguments: &[&str], act: impl FnOnce(&Project)) {
    let Some(database) = databases::fresh(Dialect::Mysql) else {
        return;
    };
    let project = project(&database);
    if arguments[0] == "downgrade" {
        project.types(0, "migrate upgrade");
    }
    let mut child = start(&database, &project, arguments);
    act(&project);
    assert!(child.wait().expect("it ends").success());
}

#[test]
fn a_downgrade_waits_for_the_upgrade_that_runs_and_undoes_nothing_that_was_not_meant() {
    during(&["upgrade"], |project| {
        let text = project.types(1, "migrate downgrade --lock-timeout 0.1");
        holds(&text, &["nothing was applied; the database is at aaaa1\n"]);
        let text = project.types(1, "migrate current --check-heads 2>&1; migrate downgrade");
        holds(
            &text,
            &[
                "warning: the upgrade of bbbb2 is unfinished: the database is between two \
                 revisions; it runs now, or its program was killed: `upgrade` goes on at statement ",
                "Waiting for ",
                "error: the database has moved on: its version rows were `aaaa1`, now they are \
                 `bbbb2`\n",
                "nothing was applied; the database is at bbbb2\n",
            ],
        );
        holds(&project.types(0, "migrate status --check"), &["2 applied"]);
    });
}

#[test]
fn nobody_is_told_to_undo_what_another_run_is_doing() {
    during(&["upgrade"], |project| {
        let text = project.types(1, "migrate drift");
        holds(
            &text,
            &[
                "error: the upgrade of `bbbb2` is unfinished: the database is between two revisions",
                "hint: another program may be at it at this moment: undo nothing before that has \
                 ended\n",
            ],
        );
    });
}

#[test]
fn a_downgrade_to_a_revision_by_name_waits_and_goes_there() {
    during(&["upgrade"], |project| {
        let text = project.types(0, "migrate downgrade base --allow-data-loss");
        holds(
            &text,
            &[
                "Waiting for ",
                "Running downgrade bbbb2 -> aaaa1, bbbb2\n",
                "Running downgrade aaaa1 -> , aaaa1\n",
            ],
        );
    });
}

#[test]
fn the_number_of_a_statement_is_not_taken_for_one_of_another_revision() {
    during(&["upgrade"], |project| {
        let line = "migrate downgrade base --resume-at 1 --allow-data-loss";
        holds(
            &project.types(1, line),
            &["error: the database has moved on: "],
        );
        holds(&project.types(0, "migrate status --check"), &["2 applied"]);
    });
}

#[test]
fn an_upgrade_waits_for_the_downgrade_that_runs_and_applies_what_it_undid() {
    during(&["downgrade", "--allow-data-loss"], |project| {
        let text = project.types(0, "migrate upgrade");
        holds(
            &text,
            &["Waiting for ", "Running upgrade aaaa1 -> bbbb2, bbbb2\n"],
        );
    });
}

#[test]
fn a_downgrade_that_was_killed_is_never_nothing_to_do() {
    let Some(database) = databases::fresh(Dialect::Mysql) else {
        return;
    };
    let project = project(&database);
    project.types(0, "migrate upgrade");
    let undo = ["downgrade", "--allow-data-loss"];
    let mut child = start(&database, &project, &undo);
    child.kill().expect("it can be killed");
    child.wait().expect("it ends");
    let unfinished =
        "error: the downgrade of `bbbb2` is unfinished: the database is between two revisions\n";
    for command in ["upgrade", "upgrade-and-close"] {
        holds(
            &project.types(1, &format!("migrate {command}")),
            &[unfinished],
        );
    }
    let text = project.types(3, "migrate current --check-heads");
    holds(&text, &["bbbb2 (head)\n", unfinished]);
}
