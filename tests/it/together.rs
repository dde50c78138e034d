//! Many start at once, as the replicas of a service do: one works, the others find it done.
#![expect(
    clippy::disallowed_methods,
    reason = "how many start is read from the environment, and the time is shown"
)]

use std::io::{self, Write as _};
use std::process::{Child, Output, Stdio};
use std::time::Instant;

use migration_core::database::{self, Address, Secret, Server};
use migration_core::dialect::{Dialect, Ledger};
use migration_tests::command::said;
use migration_tests::databases::{self, TestDatabase};
use migration_tests::history::version_table;
use migration_tests::pooler;
use migration_tests::project::{self, Project};

const PEOPLE: &str = "\
CREATE TABLE person (id INTEGER NOT NULL PRIMARY KEY, name VARCHAR(80));
INSERT INTO person (id, name) VALUES (1, 'a'), (2, 'b');";

const TOWNS: &str = "\
ALTER TABLE person ADD COLUMN town VARCHAR(80);
CREATE INDEX CONCURRENTLY person_town ON person (town);
UPDATE person SET town = name;";

const VISITS: &str = "\
CREATE TABLE visit (id INTEGER NOT NULL PRIMARY KEY, person_id INTEGER);
INSERT INTO visit SELECT id, id FROM person;";

/// A project on this database with three revisions; `more` goes into the ini.
fn project(database: &TestDatabase, more: &str) -> Project {
    let project = Project::new();
    let location = "[migration]\nscript_location = %(here)s/migrations\n";
    project.write(
        "migrate.ini",
        &format!("{}{location}{more}", database.ini()),
    );
    let mut parent = "";
    for (id, up) in [("aaaa1", PEOPLE), ("bbbb2", TOWNS), ("cccc3", VISITS)] {
        let up = match database.dialect() {
            Dialect::Postgres => up.to_owned(),
            Dialect::Sqlite | Dialect::Mysql => up.replace(" CONCURRENTLY", ""),
        };
        let text = project::revision(id, parent, &up, "");
        project.write(&format!("migrations/versions/{id}.sql"), &text);
        parent = id;
    }
    project
}

/// Starts `upgrade head` so many times at once and waits for all.
fn all_at_once(project: &Project, count: usize) -> Vec<Output> {
    let start = |_| {
        let mut command = project.binary("migrate");
        let command = command.args(["upgrade", "head"]);
        let command = command.stdout(Stdio::piped()).stderr(Stdio::piped());
        command.spawn().expect("the binary can be started")
    };
    let children: Vec<Child> = (0..count).map(start).collect();
    let end = |child: Child| child.wait_with_output().expect("it ends");
    children.into_iter().map(end).collect()
}

/// Demands that one did the work and the others found it done.
#[track_caller]
fn check(database: &TestDatabase, outputs: &[Output]) {
    let dialect = database.dialect();
    for output in outputs {
        assert_eq!(output.status.code(), Some(0), "{dialect}: {}", said(output));
    }
    let done = outputs.iter().filter(|it| said(it).contains("Done: "));
    assert_eq!(done.count(), 1, "{dialect}");
    let idle = outputs.iter().map(said);
    let idle = idle.filter(|it| it.contains("Nothing to do: the database is at cccc3."));
    assert_eq!(idle.count(), outputs.len() - 1, "{dialect}");
    let mut connection = database.open();
    let ledger = Ledger::of(&version_table());
    let steps =
        database::ledger_summary(connection.as_mut(), &ledger).expect("the database does it");
    let steps: Vec<String> = steps
        .unwrap_or_default()
        .iter()
        .map(|row| {
            format!(
                "{} {}",
                row.revision.as_ref().expect("a step has a revision"),
                row.state
            )
        })
        .collect();
    assert_eq!(
        steps,
        ["aaaa1 done", "bbbb2 done", "cccc3 done"],
        "{dialect}"
    );
    let rows = connection
        .query("SELECT count(*) FROM visit", &[])
        .expect("the database does it");
    assert_eq!(rows[0][0].integer(), Some(2), "{dialect}");
    if dialect == Dialect::Postgres {
        let valid = "SELECT count(*) FROM pg_index WHERE indexrelid = 'person_town'::regclass \
                     AND indisvalid";
        let rows = connection.query(valid, &[]).expect("the database does it");
        assert_eq!(rows[0][0].integer(), Some(1));
    }
}

#[test]
fn sixteen_at_once_apply_each_revision_once() {
    databases::each(|database| {
        let project = project(database, "");
        check(database, &all_at_once(&project, 16));
    });
}

#[test]
fn ten_at_once_with_a_lease_apply_each_revision_once() {
    databases::each_server(|database| {
        let project = project(database, "lock = lease\n");
        check(database, &all_at_once(&project, 10));
        let rows = database
            .open()
            .query("SELECT id FROM alembic_version_lock", &[])
            .unwrap();
        assert!(rows.is_empty(), "{}", database.dialect());
    });
}

#[test]
fn a_pooler_that_takes_sessions_away_is_found_out() {
    let Some(database) = databases::fresh(Dialect::Postgres) else {
        return;
    };
    let server = database.server().unwrap();
    let direct = format!("port = {}\n", server.port.unwrap());
    let pooled = format!("port = {}\n", pooler::start(server));
    let project = project(&database, "");
    project.write("migrate.ini", &{
        let location = "[migration]\nscript_location = %(here)s/migrations\n";
        format!("{}{location}", database.ini()).replace(&direct, &pooled)
    });
    check(&database, &all_at_once(&project, 10));
    let mut connection = database.open();
    let rows = connection.query("SELECT id FROM alembic_version_lock", &[]);
    assert!(rows.expect("a lease was taken").is_empty());
    let locks = "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND database = \
                 (SELECT oid FROM pg_database WHERE datname = current_database())";
    let rows = connection.query(locks, &[]).unwrap();
    assert_eq!(rows[0][0].integer(), Some(0));
}

#[test]
fn components_of_one_database_do_not_wait_for_each_other() {
    databases::each_server(|database| {
        let mut holder = database.open();
        let held = databases::locked(holder.as_mut());
        let project = project(database, "version_table = other_version\n");
        let output = project.shell("migrate upgrade head --lock-timeout 0");
        assert_eq!(output.status.code(), Some(0), "{}", said(&output));
        held.release(holder.as_mut());
    });
}

#[test]
fn a_run_whose_lock_is_ended_stops_before_it_keeps_more() {
    databases::each_server(|database| {
        let dialect = database.dialect();
        let project = project(database, "");
        let end = match dialect {
            Dialect::Postgres => {
                "SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' \
                 AND pid <> pg_backend_pid() AND database = (SELECT oid FROM pg_database WHERE datname = current_database());\n\
                 SELECT pg_sleep(0.5);"
            }
            Dialect::Sqlite | Dialect::Mysql => {
                "-- migrate: autocommit\nBEGIN NOT ATOMIC\n\
                 FOR it IN (SELECT id FROM information_schema.processlist WHERE db = database() \
                 AND id = is_used_lock(concat('migration ', left(sha2(concat(database(), '.', \
                 'alembic_version'), 256), 40)))) DO KILL it.id; END FOR; DO sleep(0.2);\nEND;"
            }
        };
        let text = format!(
            "-- dddd4\n--\n-- Revision ID: dddd4\n-- Revises: cccc3\n\n-- migrate: upgrade\n\n\
             CREATE TABLE four (id INTEGER);\n{end}\nCREATE TABLE five (id INTEGER);\n\n\
             -- migrate: downgrade\n"
        );
        let first = project.shell("migrate upgrade head");
        assert_eq!(first.status.code(), Some(0), "{}", said(&first));
        project.write("migrations/versions/dddd4.sql", &text);
        let output = project.shell("migrate upgrade head");
        let text = said(&output);
        assert_eq!(output.status.code(), Some(1), "{dialect}: {text}");
        let lost = "this run has lost its lock: the connection that held it ended\n";
        assert!(text.contains(lost), "{dialect}: {text}");
        assert!(
            text.contains("the database is at cccc3\n"),
            "{dialect}: {text}"
        );
        assert!(text.contains("hint: "), "{dialect}: {text}");
        let five = database.open().query("SELECT id FROM five", &[]);
        five.unwrap_err();
    });
}

#[test]
fn nothing_to_do_takes_no_lock_writes_nothing_and_needs_no_rights_to() {
    databases::each_server(|database| {
        let dialect = database.dialect();
        let project = project(database, "");
        let first = project.shell("migrate upgrade head");
        assert_eq!(first.status.code(), Some(0), "{}", said(&first));
        let mut connection = database.open();
        let held = databases::locked(connection.as_mut());
        let reader = reader(database);
        let ini = format!(
            "{reader}[migration]\nscript_location = %(here)s/migrations\nwait_for_lock = 0\n"
        );
        project.write("reader.ini", &ini);
        for _ in 0..2 {
            let output = project.shell("migrate -c reader.ini upgrade head");
            let text = said(&output);
            assert_eq!(output.status.code(), Some(0), "{dialect}: {text}");
            assert_eq!(
                text, "Nothing to do: the database is at cccc3.\n",
                "{dialect}"
            );
        }
        let refused = project
            .shell("migrate upgrade head --lock-timeout 0 && migrate downgrade --lock-timeout 0");
        let text = said(&refused);
        assert_eq!(refused.status.code(), Some(1), "{dialect}: {text}");
        assert!(
            text.contains("another migration of this database is running"),
            "{text}"
        );
        held.release(connection.as_mut());
        let drop = match dialect {
            Dialect::Postgres => vec!["DROP OWNED BY reader_only", "DROP ROLE reader_only"],
            Dialect::Sqlite | Dialect::Mysql => vec!["DROP USER reader_only"],
        };
        connection.run(&drop).unwrap();
    });
}

/// How many start while another migrates; `MIGRATION_TEST_STARTS` says another number.
const STARTS: usize = 100;

#[test]
fn many_with_nothing_to_do_wait_for_nobody() {
    let wanted = std::env::var("MIGRATION_TEST_STARTS").ok();
    let wanted = wanted.and_then(|text| text.parse().ok());
    let count = wanted.unwrap_or(STARTS);
    databases::each(|database| {
        let dialect = database.dialect();
        let project = project(database, "wait_for_lock = 0\n");
        let first = project.shell("migrate upgrade head");
        assert_eq!(first.status.code(), Some(0), "{}", said(&first));
        // Another one is at work; on SQLite it writes.
        let mut holder = database.open();
        let held = databases::locked(holder.as_mut());
        holder.begin().unwrap();
        holder
            .run(&["INSERT INTO visit (id, person_id) VALUES (9, 9)"])
            .unwrap();
        let begun = Instant::now();
        let line =
            format!("seq {count} | xargs -P 20 -I {{}} migrate upgrade head 2>&1 | sort | uniq -c");
        let output = project.shell(&line);
        let text = said(&output);
        assert_eq!(
            text.trim(),
            format!("{count} Nothing to do: the database is at cccc3."),
            "{dialect}"
        );
        // Not by a macro: those the test harness keeps to itself.
        let _ = writeln!(
            io::stderr(),
            "{dialect}: {count} starts in {:.1?}",
            begun.elapsed()
        );
        holder.rollback().unwrap();
        held.release(holder.as_mut());
    });
}

/// The `[sqldb]` section of a user who may read version table and ledger, and nothing else.
fn reader(database: &TestDatabase) -> String {
    let mut connection = database.open();
    let tables = ["alembic_version", "alembic_version_log"];
    let statements: Vec<String> = match database.address() {
        Address::Postgres(_) => {
            let grants = tables.map(|table| format!("GRANT SELECT ON {table} TO reader_only"));
            let role = [
                "DROP ROLE IF EXISTS reader_only",
                "CREATE ROLE reader_only LOGIN PASSWORD 'only-reads'",
                "ALTER ROLE reader_only SET default_transaction_read_only = on",
            ];
            role.map(str::to_owned).into_iter().chain(grants).collect()
        }
        Address::Mysql(Server { database, .. }) => {
            let grants =
                tables.map(|table| format!("GRANT SELECT ON {database}.{table} TO reader_only"));
            let user = ["CREATE OR REPLACE USER reader_only IDENTIFIED BY 'only-reads'"];
            user.map(str::to_owned).into_iter().chain(grants).collect()
        }
        Address::Sqlite { .. } => Vec::new(),
    };
    let statements: Vec<&str> = statements.iter().map(String::as_str).collect();
    connection.run(&statements).expect("the database does it");
    let server = database.server().expect("it is a server");
    let ini = database.ini();
    let user = server.user.as_deref().unwrap_or_default();
    let password = server
        .password
        .as_ref()
        .map(Secret::expose)
        .unwrap_or_default();
    ini.replace(&format!("username = {user}\n"), "username = reader_only\n")
        .replace(
            &format!("password = {password}\n"),
            "password = only-reads\n",
        )
}
