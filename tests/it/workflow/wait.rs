//! Waiting for a database: what is waited for, what is not, and what the exit code says.
#![expect(clippy::disallowed_methods, reason = "how long was waited is measured")]

use std::time::{Duration, Instant};

use migration_core::dialect::Dialect;
use migration_tests::command::holds;
use migration_tests::databases;
use migration_tests::{project::Project, starting};

use super::{ended, project, silent_port, with_ini};

#[test]
fn a_database_that_answers_is_not_waited_for() {
    databases::each(|database| {
        let project = project(database);
        if database.dialect() == Dialect::Sqlite {
            let text = project.types(0, "migrate wait");
            holds(&text, &[" is still to be made."]);
            project.types(0, "migrate upgrade dddd4");
        }
        let text = project.types(0, "migrate wait");
        holds(&text, &[" answers at ", ", after 0."]);
        assert!(!text.contains("Waiting"), "{text}");
        let json = project.types(0, "migrate wait --json");
        holds(&json, &["\"address\": \"", "\"server\": \""]);
        assert!(!json.contains("hush"), "{json}");
    });
}

#[test]
fn a_server_that_starts_up_is_waited_for() {
    databases::each_server(|database| {
        let server = database.server().expect("servers have one");
        let port = starting::start(database.dialect(), server, 3);
        let old = format!("port = {}\n", server.port.unwrap_or_default());
        let ini = database.ini().replace(&old, &format!("port = {port}\n"));
        let project = with_ini(&ini);
        let text = project.types(0, "migrate wait --timeout 20");
        let reason = match database.dialect() {
            Dialect::Mysql => "Too many connections",
            Dialect::Sqlite | Dialect::Postgres => "the database system is starting up",
        };
        holds(&text, &["Waiting for the database (0 s): ", reason]);
        assert_eq!(text.matches("Waiting").count(), 1, "{text}");
    });
}

#[test]
fn time_that_is_up_is_75_and_says_why_the_last_try_failed() {
    for dialect in ["postgresql", "mysql"] {
        let port = silent_port();
        let project = with_ini(&format!(
            "[sqldb]\ndbms = {dialect}\nhost = 127.0.0.1\nport = {port}\nusername = u\ndbname = d\n"
        ));
        let begun = Instant::now();
        let text = project.types(75, "migrate wait --timeout 1.5 --interval 0.5");
        assert!(begun.elapsed() < Duration::from_secs(5), "{text}");
        assert!(begun.elapsed() >= Duration::from_millis(1500), "{text}");
        let place = format!("cannot reach the {dialect} server at `127.0.0.1:{port}`");
        holds(
            &text,
            &[
                "Waiting for the database (0 s): cannot reach",
                "error: no answer from the database within 1.5 s (tried ",
                &format!("caused by: {place}"),
                "hint: is the server running?",
            ],
        );
        let once = project.types(75, "migrate wait --timeout 0");
        holds(&once, &["within 0 s (tried 1 time)"]);
        let json = project.types(75, "migrate wait --timeout 0 --json");
        holds(&json, &["\"kind\":\"no-answer\""]);
    }
}

#[test]
fn what_waiting_does_not_cure_ends_it_at_once() {
    databases::each_server(|database| {
        let ini = database.ini();
        let begun = Instant::now();
        let project = with_ini(&ini.replace("password = ", "password = not"));
        let text = project.types(78, "migrate wait");
        holds(
            &text,
            &["error: the server refuses user ", "hint: check `username`"],
        );
        let project = with_ini(&ini.replace("dbname = ", "dbname = not_"));
        let text = project.types(78, "migrate wait");
        holds(
            &text,
            &[" has no database `not_t", "hint: `initdb` creates it when"],
        );
        assert!(begun.elapsed() < Duration::from_secs(10), "{text}");
        let text = project.types(78, "migrate upgrade-and-close");
        holds(&text, &["error: the ", " has no database `not_t"]);
    });
    let project = with_ini("[sqldb]\ndbms = sqlite\ndbname = no/such/dir.db\n");
    let text = project.types(78, "migrate wait");
    holds(
        &text,
        &["error: there is no directory", "hint: create it first"],
    );
    let project = Project::new();
    let text = project.types(78, "migrate wait");
    holds(
        &text,
        &["error: configuration file `migrate.ini` does not exist"],
    );
}

#[test]
fn upgrade_and_close_tells_an_orchestrator_how_it_went() {
    databases::each(|database| {
        let project = project(database);
        let output = project.shell("migrate upgrade-and-close dddd4 --tag job");
        let text = ended(&output, 0);
        for line in text.lines() {
            let stamp = line.get(..11).unwrap_or_default();
            assert!(stamp.starts_with("20") && stamp.ends_with('T'), "{text}");
        }
        holds(
            &text,
            &[
                "Z migrate 0.1.0 upgrades ",
                "Z Running upgrade ",
                "Z Done: ",
            ],
        );
        assert!(!text.contains("hush"), "{text}");
        let text = project.types(0, "migrate upgrade-and-close dddd4");
        holds(&text, &["Z Nothing to do: the database is at dddd4."]);
        project.write(
            "migrations/versions/zzzz9.sql",
            "-- broken\n--\n-- Revision ID: zzzz9\n-- Revises: dddd4\n\n\
             -- migrate: upgrade\n\nINSERT INTO nowhere VALUES (1);\n\n-- migrate: downgrade\n",
        );
        let text = project.types(1, "migrate upgrade-and-close zzzz9");
        holds(&text, &["Z error: ", "Z note: nothing was applied"]);
    });
}

#[test]
fn another_migration_that_runs_is_a_reason_to_try_again() {
    databases::each_server(|database| {
        let mut holder = database.open();
        let held = databases::locked(holder.as_mut());
        let project = project(database);
        let command = "migrate upgrade-and-close dddd4 --lock-timeout 0.5";
        let text = project.types(75, command);
        holds(
            &text,
            &["caused by: another migration of this database is running"],
        );
        held.release(holder.as_mut());
        project.types(0, command);
    });
}
