//! Other connections hold what a revision wants: nobody queues behind it for long, the operator is
//! told who it is, and the step is tried again.
#![expect(
    clippy::disallowed_methods,
    reason = "how long readers wait is measured"
)]

use std::io::{self, Write as _};
use std::process::Stdio;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use migration_core::database::Connection;
use migration_core::dialect::Dialect;
use migration_tests::command::said;
use migration_tests::databases::{self, TestDatabase};
use migration_tests::project::{self, Project};

/// A project whose database is at `aaaa1` and has a table `big`, with a revision behind it.
fn project(database: &TestDatabase, more: &str, up: &str) -> Project {
    let project = Project::new();
    let location = "[migration]\nscript_location = %(here)s/migrations\n";
    project.write(
        "migrate.ini",
        &format!("{}{location}{more}", database.ini()),
    );
    let big = "CREATE TABLE big (n INTEGER);\nINSERT INTO big VALUES (1), (2);";
    for (id, parent, up) in [("aaaa1", "", big), ("bbbb2", "aaaa1", up)] {
        let text = project::revision(id, parent, up, "");
        project.write(&format!("migrations/versions/{id}.sql"), &text);
    }
    let first = project.shell("migrate upgrade aaaa1");
    assert_eq!(first.status.code(), Some(0), "{}", said(&first));
    project
}

/// A connection in a transaction that has read `big`, and keeps it from being changed.
fn reader(database: &TestDatabase) -> Box<dyn Connection> {
    let mut reader = database.open();
    reader.begin().expect("the database does it");
    reader
        .query("SELECT n FROM big", &[])
        .expect("the database does it");
    reader
}

/// Reads `big` again and again until told to stop; how many times, and how long the slowest took.
fn read(database: &TestDatabase, stop: &AtomicBool) -> (u32, Duration) {
    let mut connection = database.open();
    let (mut count, mut worst) = (0, Duration::ZERO);
    while !stop.load(Ordering::Relaxed) {
        let begun = Instant::now();
        connection
            .query("SELECT count(*) FROM big", &[])
            .expect("the database does it");
        worst = worst.max(begun.elapsed());
        count += 1;
        thread::sleep(Duration::from_millis(2));
    }
    (count, worst)
}

/// Stops readers, also where a test fails: it would wait for them.
struct Stop<'a>(&'a AtomicBool);

impl Drop for Stop<'_> {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Relaxed);
    }
}

/// How many read at the same time.
const READERS: usize = 4;

/// The shortest wait that MySQL counts.
const TIMEOUT: Duration = Duration::from_secs(1);

#[test]
fn readers_wait_no_longer_than_the_lock_timeout_and_the_step_is_tried_again() {
    databases::each_server(|database| {
        let dialect = database.dialect();
        let project = project(
            database,
            "ddl_lock_timeout = 1\n",
            "ALTER TABLE big ADD COLUMN m INTEGER;\nCREATE TABLE more (n INTEGER);",
        );
        let mut holder = reader(database);
        let stop = AtomicBool::new(false);
        let (output, (count, worst)) = thread::scope(|scope| {
            let reads = [(); READERS].map(|()| scope.spawn(|| read(database, &stop)));
            let stopping = Stop(&stop);
            let run = scope.spawn(|| project.shell("migrate upgrade head"));
            thread::sleep(TIMEOUT * 4);
            holder.rollback().unwrap();
            let output = run.join().expect("the shell ends");
            drop(stopping);
            let reads = reads.map(|it| it.join().expect("the reader ends"));
            let sum = |sum: (u32, Duration), it: (u32, Duration)| (sum.0 + it.0, sum.1.max(it.1));
            (output, reads.into_iter().fold((0, Duration::ZERO), sum))
        });
        let text = said(&output);
        assert_eq!(output.status.code(), Some(0), "{dialect}: {text}");
        let blocked = ["Blocked by connection ", "Blocked by perhaps connection "];
        assert!(
            blocked.iter().any(|it| text.contains(it)),
            "{dialect}: {text}"
        );
        let again = "then trying the upgrade aaaa1 -> bbbb2 again (2 of 10)\n";
        assert!(text.contains(again), "{dialect}: {text}");
        assert_eq!(
            text.matches("Running upgrade").count(),
            1,
            "{dialect}: {text}"
        );
        assert!(text.contains("Done: 1 step "), "{dialect}: {text}");
        // Not by a macro: those the test harness keeps to itself.
        let _ = writeln!(
            io::stderr(),
            "{dialect}: limit {TIMEOUT:?}, worst of {count} reads {worst:?}"
        );
        // The holder stays for four times the limit. A busy machine gets some slack.
        assert!(worst < TIMEOUT * 2, "{dialect}: {worst:?} of {count} reads");
        assert!(count > 20, "{dialect}: {count} reads");
    });
}

#[test]
fn who_is_in_the_way_to_the_end_is_named_with_the_way_to_end_it() {
    databases::each_server(|database| {
        let dialect = database.dialect();
        let project = project(
            database,
            "ddl_lock_timeout = 2\nddl_lock_tries = 2\n",
            "CREATE TABLE more (n INTEGER);\nALTER TABLE big ADD COLUMN m INTEGER;",
        );
        let mut holder = reader(database);
        let output = project.shell("migrate upgrade head");
        let text = said(&output);
        assert_eq!(output.status.code(), Some(1), "{dialect}: {text}");
        assert!(text.contains("bbbb2.sql:9:1\n"), "{dialect}: {text}");
        assert!(
            text.contains("caused by: gave up waiting for "),
            "{dialect}: {text}"
        );
        let user = database.server().unwrap().user.clone().unwrap();
        for part in [
            &format!(" of user `{user}` from "),
            "), in its transaction for ",
        ] {
            assert!(text.contains(part), "{dialect}: {text}");
        }
        let end = match dialect {
            Dialect::Postgres => {
                assert!(
                    text.contains(" s, idle after: SELECT n FROM big: "),
                    "{text}"
                );
                assert!(
                    text.contains("nothing was applied; the database is at aaaa1"),
                    "{text}"
                );
                "an administrator ends it: SELECT pg_terminate_backend("
            }
            Dialect::Sqlite | Dialect::Mysql => {
                assert!(text.contains("hint: 1 of 2 statements of "), "{text}");
                "run the same command again"
            }
        };
        assert!(text.contains(end), "{dialect}: {text}");
        holder.rollback().unwrap();
        let second = project.shell("migrate upgrade head");
        assert_eq!(
            second.status.code(),
            Some(0),
            "{dialect}: {}",
            said(&second)
        );
    });
}

#[test]
fn at_base_a_statement_waits_as_long_as_the_server_lets_it() {
    let Some(database) = databases::fresh(Dialect::Postgres) else {
        return;
    };
    let project = project(&database, "ddl_lock_timeout = 0.2\n", "");
    let up = "-- other\n--\n-- Revision ID: other1\n\n-- migrate: upgrade\n\n\
              ALTER TABLE big ADD COLUMN m INTEGER;\n\n-- migrate: downgrade\n";
    project.write("other/versions/other1.sql", up);
    let ini = format!(
        "{}[migration]\nscript_location = %(here)s/other\nversion_table = other_version\n\
         ddl_lock_timeout = 0.2\n",
        database.ini()
    );
    project.write("other.ini", &ini);
    let mut holder = reader(&database);
    let output = thread::scope(|scope| {
        let run = scope.spawn(|| project.shell("migrate -c other.ini upgrade head"));
        thread::sleep(Duration::from_millis(4000));
        holder.rollback().unwrap();
        run.join().expect("the shell ends")
    });
    let text = said(&output);
    assert_eq!(output.status.code(), Some(0), "{text}");
    assert!(text.contains("Blocked by connection "), "{text}");
    assert!(!text.contains("again"), "{text}");
}

#[test]
fn a_statement_has_its_time_unless_it_is_long_and_in_nobodys_way() {
    databases::each_server(|database| {
        let (dialect, more) = (database.dialect(), "statement_timeout = 0.5\n");
        let slow = match dialect {
            Dialect::Postgres => "SELECT pg_sleep(20);",
            Dialect::Sqlite | Dialect::Mysql => {
                "INSERT INTO big SELECT count(*) FROM information_schema.columns AS a, \
                 information_schema.columns AS b, information_schema.columns AS c;"
            }
        };
        let slow = project(database, more, slow);
        let output = slow.shell("migrate upgrade head");
        let text = said(&output);
        assert_eq!(output.status.code(), Some(1), "{dialect}: {text}");
        let why = match dialect {
            Dialect::Postgres => "caused by: canceling statement due to statement timeout\n",
            Dialect::Sqlite | Dialect::Mysql => "max_statement_time exceeded",
        };
        assert!(text.contains(why), "{dialect}: {text}");
    });
    let Some(database) = databases::fresh(Dialect::Postgres) else {
        return;
    };
    let more = "statement_timeout = 0.5\nddl_lock_timeout = 0.5\n";
    let index = "CREATE INDEX CONCURRENTLY big_n ON big (n);";
    let project = project(&database, more, index);
    // An old snapshot holds it up for longer than any limit.
    let mut holder = database.open();
    holder.begin().unwrap();
    let snapshot = "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ";
    holder.run(&[snapshot, "SELECT 1"]).unwrap();
    let output = thread::scope(|scope| {
        let run = scope.spawn(|| project.shell("migrate upgrade head"));
        thread::sleep(Duration::from_millis(2000));
        holder.rollback().unwrap();
        run.join().expect("the shell ends")
    });
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
}

#[test]
fn what_is_in_effect_already_is_not_tried_again() {
    let Some(database) = databases::fresh(Dialect::Postgres) else {
        return;
    };
    let project = project(
        &database,
        "ddl_lock_timeout = 0.5\n",
        "CREATE TABLE more (n INTEGER);\n-- migrate: autocommit\nINSERT INTO more VALUES (1);\n\
         ALTER TABLE big ADD COLUMN m INTEGER;",
    );
    let mut holder = reader(&database);
    let output = thread::scope(|scope| {
        let run = scope.spawn(|| project.shell("migrate upgrade head"));
        thread::sleep(Duration::from_millis(2500));
        holder.rollback().unwrap();
        run.join().expect("the shell ends")
    });
    let text = said(&output);
    assert_eq!(output.status.code(), Some(0), "{text}");
    assert!(text.contains(" again (2 of 10)\n"), "{text}");
    let mut connection = database.open();
    let rows = connection.query("SELECT n FROM more", &[]).unwrap();
    assert_eq!(rows.len(), 1);
    connection.query("SELECT m FROM big", &[]).unwrap();
}

/// Whether a session waits with the statement that begins so.
fn is_waiting(connection: &mut dyn Connection, beginning: &str) -> bool {
    let sql = match connection.dialect() {
        Dialect::Postgres => {
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() \
             AND query LIKE ? || '%' AND wait_event_type = 'Lock'"
        }
        Dialect::Sqlite | Dialect::Mysql => {
            "SELECT count(*) FROM information_schema.processlist WHERE db = database() \
             AND info LIKE concat(?, '%')"
        }
    };
    let rows = connection.query(sql, &[beginning.into()]);
    rows.expect("sessions can be listed")[0][0].integer() > Some(0)
}

#[test]
fn the_last_statement_of_a_killed_run_is_waited_for() {
    databases::each_server(|database| {
        let dialect = database.dialect();
        // MariaDB gives up a wait whose client is gone, but not work.
        let (statement, up) = match dialect {
            Dialect::Postgres => (
                "CREATE INDEX CONCURRENTLY",
                "CREATE INDEX CONCURRENTLY big_n ON big (n);",
            ),
            Dialect::Sqlite | Dialect::Mysql => (
                "ALTER TABLE",
                "ALTER TABLE big ADD COLUMN m INTEGER \
                 DEFAULT (length(sha2(repeat(n % 10, 9000000), 256)));",
            ),
        };
        let project = project(database, "ddl_lock_timeout = 60\n", up);
        let mut holder = database.open();
        if dialect == Dialect::Postgres {
            holder.begin().unwrap();
            holder.run(&["INSERT INTO big (n) VALUES (3)"]).unwrap();
        } else {
            let rows = "INSERT INTO big (n) SELECT seq FROM seq_1_to_150";
            holder.run(&[rows]).unwrap();
        }
        let mut killed = project.binary("migrate");
        let killed = killed.args(["upgrade", "head"]).stderr(Stdio::null());
        let mut killed = killed.spawn().expect("the binary can be started");
        let mut watcher = database.open();
        let begun = Instant::now();
        while !is_waiting(watcher.as_mut(), statement) {
            assert!(begun.elapsed() < TIMEOUT * 30, "{dialect}: it never waits");
            thread::sleep(Duration::from_millis(10));
        }
        killed.kill().expect("a process can be killed");
        killed.wait().expect("it ends");
        let output = thread::scope(|scope| {
            let second = scope.spawn(|| project.shell("migrate upgrade head"));
            thread::sleep(TIMEOUT * 3);
            if holder.in_transaction() {
                holder.commit().unwrap();
            }
            second.join().expect("the shell ends")
        });
        let text = said(&output);
        assert_eq!(output.status.code(), Some(0), "{dialect}: {text}");
        let waiting = "Waiting for another migrator: ";
        assert_eq!(text.matches(waiting).count(), 1, "{dialect}: {text}");
        assert!(text.contains("Done: "), "{dialect}: {text}");
        let check = project.shell("migrate status");
        assert_eq!(check.status.code(), Some(0), "{}", said(&check));
    });
}
