//! Log lines: what is told at which level, in which form, and what never is.

use migration_core::dialect::Dialect;
use migration_tests::databases::{self, TestDatabase};
use migration_tests::project::{Project, revision};

/// The password of the servers of the tests.
const PASSWORD: &str = "hush-4711";

fn project(database: &TestDatabase) -> Project {
    let project = Project::new();
    let location = "[migration]\nscript_location = %(here)s/m\n";
    project.write("migrate.ini", &format!("{}{location}", database.ini()));
    let up = "CREATE TABLE one (id INTEGER PRIMARY KEY, word VARCHAR(20));";
    let text = revision("aaaa1", "", up, "DROP TABLE one;");
    project.write("m/versions/a.sql", &text);
    project
}

/// Standard output and standard error of a line, which must end with that code.
#[track_caller]
fn typed(project: &Project, line: &str, code: i32) -> (String, String) {
    let output = project.shell(line);
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    let (out, err) = (text(&output.stdout), text(&output.stderr));
    assert_eq!(output.status.code(), Some(code), "{line}: {out}{err}");
    (out, err)
}

/// The log lines without their times.
fn logged(text: &str) -> Vec<String> {
    let is_log = |line: &&str| line.contains(" migration::");
    let lines = text.lines().filter(is_log);
    let timeless = lines.map(|line| {
        let (time, rest) = line.split_at(27);
        assert!(time.ends_with('Z') && time.starts_with("20"), "{line}");
        let rest = rest.trim_start();
        match rest.rfind(" ms=") {
            Some(at) => format!("{} ms=T", &rest[..at]),
            None => rest.to_owned(),
        }
    });
    timeless.collect()
}

fn sqlite() -> TestDatabase {
    databases::fresh(Dialect::Sqlite).expect("SQLite is inside")
}

#[test]
fn one_v_tells_what_is_done_and_none_tells_nothing() {
    let database = sqlite();
    let project = project(&database);
    let (_, err) = typed(&project, "migrate upgrade -v", 0);
    let lines = logged(&err);
    assert_eq!(
        lines,
        [
            "INFO migration::plan: planned from=base to=`aaaa1` steps=1",
            "INFO migration::plan: step path=\"-> aaaa1\" done=0",
            "INFO migration::plan: run from=base to=`aaaa1` ms=T",
        ]
    );
    let (_, err) = typed(&project, "migrate downgrade", 0);
    assert_eq!(logged(&err), [""; 0]);
}

#[test]
fn two_tell_every_statement_with_its_rows_and_what_is_connected_to() {
    databases::each(|database| {
        let project = project(database);
        let (_, err) = typed(&project, "migrate upgrade -vv", 0);
        let lines = logged(&err);
        let has = |parts: &[&str]| {
            let found = lines
                .iter()
                .any(|it| parts.iter().all(|part| it.contains(part)));
            assert!(found, "{parts:?} in\n{}", lines.join("\n"));
        };
        has(&[
            "DEBUG migration::settings: read ini=",
            "migrate.ini database=",
        ]);
        has(&[
            "DEBUG migration::connection: connected address=",
            " server=\"",
            " ms=T",
        ]);
        has(&[
            "DEBUG migration::sql: done sql=",
            "CREATE TABLE \"one\"",
            " ms=T",
        ]);
        has(&["DEBUG migration::sql: done sql=", " rows="]);
        if database.dialect() != Dialect::Sqlite {
            has(&["DEBUG migration::lock: the lock is taken table=alembic_version"]);
        }
        assert!(!err.contains("TRACE"), "{err}");
    });
}

#[test]
fn a_password_and_the_values_of_parameters_are_in_no_line() {
    databases::each_server(|database| {
        let project = project(database);
        let up = format!("INSERT INTO one VALUES (1, '{PASSWORD}');");
        project.write("m/versions/b.sql", &revision("bbbb2", "aaaa1", &up, ""));
        for line in [
            "migrate upgrade -vvv --tag quiet-8812",
            "migrate upgrade -vvv --json",
            "migrate current -vvvv",
            "migrate drift -vvv",
            "migrate info -vvvv",
            "MIGRATE_LOG=trace migrate status",
        ] {
            let (out, err) = typed(&project, line, 0);
            assert!(err.contains("migration::"), "{line}: {err}");
            assert!(!out.contains(PASSWORD), "{line}: {out}");
            assert!(!err.contains(PASSWORD), "{line}: {err}");
        }
    });
}

#[test]
fn a_failed_connection_is_told_without_its_password() {
    databases::each_server(|database| {
        let project = project(database);
        let ini = database.ini().replace(PASSWORD, "wrong-9934");
        let location = "[migration]\nscript_location = %(here)s/m\n";
        project.write("migrate.ini", &format!("{ini}{location}"));
        let (_, err) = typed(&project, "migrate current -vvvv", 1);
        assert!(
            err.contains("migration::connection: not connected"),
            "{err}"
        );
        assert!(!err.contains("wrong-9934"), "{err}");
    });
}

#[test]
fn variables_say_what_is_logged_and_the_command_line_wins() {
    let database = sqlite();
    let project = project(&database);
    let lines = |line: &str| logged(&typed(&project, line, 0).1);
    let all_of = |lines: &[String], target: &str| {
        assert!(!lines.is_empty(), "{target}");
        assert!(lines.iter().all(|it| it.contains(target)), "{lines:?}");
    };
    let plan = " migration::plan: ";
    all_of(
        &lines("MIGRATE_LOG=migration::plan=info migrate upgrade"),
        plan,
    );
    let sql = " migration::sql: ";
    all_of(
        &lines("RUST_LOG=off,migration::sql=debug migrate current"),
        sql,
    );
    // Ours is first in rank.
    let both = "RUST_LOG=trace MIGRATE_LOG=migration::settings=debug migrate current";
    all_of(&lines(both), " migration::settings: ");
    all_of(&lines("MIGRATE_LOG=trace migrate downgrade -v"), plan);
    assert_eq!(lines("MIGRATE_LOG= RUST_LOG= migrate current"), [""; 0]);
}

#[test]
fn a_filter_that_cannot_be_read_is_warned_of_and_stops_nothing() {
    let database = sqlite();
    let project = project(&database);
    let (_, err) = typed(&project, "MIGRATE_LOG=migration=loud migrate upgrade", 0);
    let said = "warning: MIGRATE_LOG is passed over, `migration=loud` is no filter: ";
    assert!(err.starts_with(said), "{err}");
    assert!(
        err.contains("; write `debug` or `migration::sql=debug,"),
        "{err}"
    );
    // Other programs understand more.
    let (_, err) = typed(
        &project,
        "RUST_LOG='[span{field=1}]=info' migrate current",
        0,
    );
    assert_eq!(err, "", "{err}");
}

#[test]
fn with_json_every_line_is_an_object() {
    let database = sqlite();
    let project = project(&database);
    let (out, err) = typed(&project, "migrate upgrade --json -vv", 0);
    let whole: serde_json::Value = serde_json::from_str(&out).expect("one document");
    assert_eq!(whole["to"][0], "aaaa1");
    let mut statements = 0;
    for line in err.lines() {
        let object: serde_json::Value = serde_json::from_str(line).expect("an object");
        let log = &object["log"];
        assert!(
            log["time"].as_str().is_some_and(|it| it.ends_with('Z')),
            "{line}"
        );
        assert!(
            ["info", "debug"].contains(&log["level"].as_str().unwrap()),
            "{line}"
        );
        if log["target"] == "migration::sql" {
            statements += 1;
            assert!(log["fields"]["sql"].is_string(), "{line}");
            assert!(log["fields"]["ms"].is_number(), "{line}");
        }
    }
    assert!(statements > 3, "{err}");
}

#[test]
fn the_first_v_of_a_command_with_details_shows_them() {
    let database = sqlite();
    let project = project(&database);
    typed(&project, "migrate upgrade", 0);
    for command in ["current", "history", "heads", "branches", "status", "info"] {
        let (_, err) = typed(&project, &format!("migrate {command} -v"), 0);
        assert_eq!(logged(&err), [""; 0], "{command}");
    }
    let (out, err) = typed(&project, "migrate current -vvv", 0);
    assert!(out.contains("Current revision(s) for sqlite:"), "{out}");
    assert!(err.contains("DEBUG migration::sql: done"), "{err}");
}
