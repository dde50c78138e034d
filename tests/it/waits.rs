//! What an operator reads while something else has the database, and when the connection is lost in
//! the middle, through the real binary.

use std::process::Output;
use std::thread;
use std::time::Duration;

use migration_core::dialect::Dialect;
use migration_tests::command::said;
use migration_tests::databases::{self, TestDatabase};
use migration_tests::project::{self, Project};

/// A project on this database, with the revisions of `tree`.
fn project(database: &TestDatabase) -> Project {
    let project = Project::named("tree");
    let location = "[migration]\nscript_location = %(here)s/migrations\n";
    project.write("migrate.ini", &format!("{}{location}", database.ini()));
    project
}

/// Types the command in a thread, does something meanwhile, and returns what was said.
fn meanwhile(project: &Project, command: &str, work: impl FnOnce()) -> Output {
    thread::scope(|scope| {
        let typed = scope.spawn(|| project.shell(command));
        work();
        typed.join().expect("the shell ends")
    })
}

#[test]
fn who_waits_for_another_migrator_is_told_once_and_goes_on() {
    for dialect in [Dialect::Postgres, Dialect::Mysql] {
        let Some(database) = databases::fresh(dialect) else {
            continue;
        };
        let mut holder = database.open();
        let held = databases::locked(holder.as_mut());
        let project = project(&database);
        let output = meanwhile(&project, "migrate upgrade dddd4", || {
            thread::sleep(Duration::from_millis(2800));
            held.release(holder.as_mut());
        });
        let text = said(&output);
        assert_eq!(output.status.code(), Some(0), "{text}");
        assert_eq!(text.matches("Waiting for").count(), 1, "{text}");
        let user = database.server().unwrap().user.clone().unwrap();
        let line = text.lines().next().unwrap_or_default();
        assert!(line.starts_with("Waiting for another migrator: "), "{text}");
        assert!(line.contains(&format!("of user `{user}` from ")), "{text}");
        assert!(text.contains("Done: "), "{text}");
    }
}

#[test]
fn of_two_that_wait_with_an_unfinished_revision_one_ends_it_and_the_other_has_nothing_to_do() {
    let Some(database) = databases::fresh(Dialect::Mysql) else {
        return;
    };
    let project = Project::new();
    let location = "[migration]\nscript_location = %(here)s/migrations\n";
    project.write("migrate.ini", &format!("{}{location}", database.ini()));
    let revision = |second: &str| {
        let up = format!("CREATE TABLE one (id INTEGER);\n{second}");
        let text = project::revision("aaaa1", "", &up, "");
        project.write("migrations/versions/aaaa1.sql", &text);
    };
    revision("DROP TABLE nowhere;");
    let text = project.types(1, "migrate upgrade");
    assert!(text.contains("1 of 2 statements"), "{text}");
    revision("CREATE TABLE two (id INTEGER);");

    let mut holder = database.open();
    let held = databases::locked(holder.as_mut());
    let both = thread::scope(|scope| {
        let typed = [0, 1].map(|_| scope.spawn(|| project.shell("migrate upgrade")));
        thread::sleep(Duration::from_millis(2800));
        held.release(holder.as_mut());
        typed.map(|typed| typed.join().expect("the shell ends"))
    });
    let mut texts = both.each_ref().map(said);
    texts.sort_by_key(|text| text.contains("Nothing to do"));
    for (output, text) in both.iter().zip(&texts) {
        assert_eq!(output.status.code(), Some(0), "{texts:?}");
        assert!(text.starts_with("Waiting for another migrator: "), "{text}");
    }
    let [first, second] = texts;
    assert!(first.contains("Resuming upgrade "), "{first}");
    let idle = "Nothing to do: the database is at aaaa1.";
    assert!(second.contains(idle), "{second}");
}

#[test]
fn a_sqlite_file_that_another_program_writes_is_waited_for() {
    let database = databases::fresh(Dialect::Sqlite).expect("SQLite is always there");
    let project = project(&database);
    let first = project.shell("migrate upgrade aaaa1");
    assert_eq!(first.status.code(), Some(0), "{}", said(&first));

    let mut writer = database.open();
    writer.begin().unwrap();
    let waited = meanwhile(&project, "migrate upgrade bbbb2", || {
        thread::sleep(Duration::from_millis(1800));
        writer.rollback().unwrap();
    });
    let text = said(&waited);
    assert_eq!(waited.status.code(), Some(0), "{text}");
    let line = "Waiting for another program that is writing the database file\n";
    assert!(text.starts_with(line), "{text}");
    assert_eq!(text.matches("Waiting").count(), 1, "{text}");

    writer.begin().unwrap();
    let refused = project.shell("migrate upgrade dddd4 --lock-timeout 1.5");
    let text = said(&refused);
    assert_eq!(refused.status.code(), Some(1), "{text}");
    assert!(!text.contains("Running"), "{text}");
    assert!(text.contains("database is locked"), "{text}");
    assert!(
        text.contains("note: nothing was applied; the database is at bbbb2\n"),
        "{text}"
    );
    assert!(
        text.contains("hint: run the same command again when "),
        "{text}"
    );
}

#[test]
fn a_connection_lost_in_the_middle_leaves_a_known_state() {
    for (dialect, kill) in [
        (
            Dialect::Postgres,
            "SELECT pg_terminate_backend(pg_backend_pid());",
        ),
        (Dialect::Mysql, "KILL CONNECTION_ID();"),
    ] {
        let Some(database) = databases::fresh(dialect) else {
            continue;
        };
        let project = project(&database);
        let first = project.shell("migrate upgrade dddd4");
        assert_eq!(first.status.code(), Some(0), "{}", said(&first));
        let revision = |id: &str, revises: &str, up: &str| {
            let text = project::revision(id, revises, up, "");
            project.write(&format!("migrations/versions/{id}.sql"), &text);
        };
        revision("lost1", "dddd4", "CREATE TABLE lost (id INTEGER);");
        revision(
            "lost2",
            "lost1",
            &format!("INSERT INTO lost VALUES (1);\n{kill}"),
        );
        let output = project.shell("migrate upgrade lost2");
        let text = said(&output);
        assert_eq!(output.status.code(), Some(1), "{text}");
        assert!(text.contains("lost2.sql:"), "{text}");
        assert!(text.contains("caused by: lost the connection: "), "{text}");
        assert!(
            text.contains("note: applied before: lost1; the database is at lost1\n"),
            "{text}"
        );
        assert!(text.contains("run the same command again"), "{text}");
        let current = project.shell("migrate current");
        let current = said(&current);
        assert!(current.starts_with("lost1\n"), "{current}");
        let is_told = current.contains("the upgrade of lost2 is unfinished");
        assert_eq!(is_told, dialect == Dialect::Mysql, "{current}");
        let kept = database.open().query("SELECT id FROM lost", &[]).unwrap();
        let hint = match dialect {
            // Statements commit there as they run, unless they only change rows.
            Dialect::Mysql => "hint: 1 of 2 statements of the upgrade of `lost2` is in effect",
            Dialect::Sqlite | Dialect::Postgres => "hint: what was not committed is undone; run",
        };
        assert_eq!(kept.len(), usize::from(dialect == Dialect::Mysql));
        assert!(text.contains(hint), "{text}");
    }
}
