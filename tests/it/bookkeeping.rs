//! Version rows, ledger and lock, on all three engines.

use std::time::Duration;

use migration_core::database::{self, Connection, DatabaseError, LedgerRow, lock};
use migration_core::diagnostic::Advice as _;
use migration_core::dialect::{Ledger, LedgerEntry, LedgerState, Moment, VersionTable};
use migration_tests::databases;

#[test]
fn version_rows_are_read_and_written_as_alembic_does() {
    databases::each(|database| {
        let (dialect, table) = (database.dialect(), VersionTable::default());
        let mut connection = database.open();
        let connection = connection.as_mut();
        assert_eq!(database::version_rows(connection, &table).unwrap(), None);
        connection.begin().unwrap();
        assert_eq!(database::version_rows(connection, &table).unwrap(), None);
        let odd = "it's\\";
        let statements = [
            table.create(dialect),
            table.insert(dialect, "b"),
            table.insert(dialect, odd),
            table.insert(dialect, "c"),
            table.update(dialect, "b", "a"),
            table.delete(dialect, "c"),
        ];
        connection
            .run(&statements.each_ref().map(String::as_str))
            .unwrap();
        let ids = |connection: &mut dyn Connection| {
            let rows = database::version_rows(connection, &table).unwrap().unwrap();
            rows.iter().map(ToString::to_string).collect::<Vec<_>>()
        };
        assert_eq!(ids(connection), ["a", odd]);
        connection.commit().unwrap();
        assert_eq!(ids(connection), ["a", odd]);
        connection.run(&[&table.delete_all(dialect)]).unwrap();
        assert!(ids(connection).is_empty());
    });
}

fn entry() -> LedgerEntry<'static> {
    LedgerEntry {
        revision: Some("17cafa6e8016"),
        direction: "upgrade",
        message: "it's \\ \u{1F600}",
        checksum: "ab",
        downgrade_sql: "DROP TABLE \"a\";\n-- 'done'\\",
        statements: 3,
        statements_done: 0,
        state: LedgerState::Running,
        login: "irma",
        host: "host",
        program: "frontend-migrate 0.1.0",
        started_at: Moment::Told("2017-07-07T08:28:33.876751Z".parse().expect("it is a time")),
        finished_at: None,
        script: Some("-- it's \\"),
        pieces: Some("0a 0b 0c"),
        under_way: Some("3"),
        backup: Some("/var/backups/it's.dump"),
        digest: Some("0c1d"),
        seal: Some("5ea1"),
    }
}

/// The columns that older programs did not write.
#[track_caller]
fn check_added(row: &LedgerRow) {
    let LedgerRow {
        script,
        pieces,
        backup,
        digest,
        seal,
        ..
    } = row;
    let found = [script, pieces, backup, digest, seal].map(Option::as_deref);
    let written = entry();
    let wanted = [
        written.script,
        written.pieces,
        written.backup,
        written.digest,
        written.seal,
    ];
    assert_eq!(found, wanted);
}

#[test]
fn the_ledger_keeps_what_a_step_was_and_how_far_it_came() {
    databases::each(|database| {
        let (dialect, ledger) = (database.dialect(), Ledger::of(&VersionTable::default()));
        let mut connection = database.open();
        let connection = connection.as_mut();
        assert_eq!(database::ledger_rows(connection, &ledger).unwrap(), None);
        let to_base = LedgerEntry {
            revision: None,
            direction: "stamp",
            started_at: Moment::Server,
            ..entry()
        };
        let statements = [
            ledger.create(dialect),
            ledger.create(dialect),
            ledger.insert(dialect, &entry()),
            ledger.progress(dialect, 2, Some("3")),
            ledger.finish(dialect, LedgerState::Failed, Moment::Server),
            ledger.insert(dialect, &to_base),
            ledger.finish(dialect, LedgerState::Done, Moment::Server),
        ];
        connection
            .run(&statements.each_ref().map(String::as_str))
            .unwrap();
        let rows = database::ledger_rows(connection, &ledger).unwrap().unwrap();
        let [first, second] = rows.as_slice() else {
            panic!("{rows:?}");
        };
        assert_eq!(first.revision.as_ref().unwrap().as_str(), "17cafa6e8016");
        assert_eq!(first.message, entry().message);
        assert_eq!(first.downgrade_sql, entry().downgrade_sql);
        check_added(first);
        let under_way = [first, second].map(|row| row.under_way.as_deref());
        assert_eq!(under_way, [Some("3"), None]);
        assert_eq!((first.statements, first.statements_done), (3, 2));
        assert_eq!(
            (first.state.as_str(), second.state.as_str()),
            ("failed", "done")
        );
        assert_eq!(second.statements_done, 3);
        assert_eq!(second.revision, None);
        assert!(second.id > first.id);
        let moments = [first.finished_at.as_deref().unwrap(), &second.started_at];
        for moment in moments {
            let is_utc = moment.starts_with("20") && moment.ends_with('Z');
            assert!(is_utc && moment.as_bytes()[10] == b'T', "{moment}");
        }
    });
}

#[test]
fn a_ledger_of_an_older_program_is_read_and_gets_the_columns_it_lacks() {
    databases::each(|database| {
        let (dialect, ledger) = (database.dialect(), Ledger::of(&VersionTable::default()));
        let mut connection = database.open();
        let connection = connection.as_mut();
        let columns = database::ledger_columns(connection, &ledger).unwrap();
        assert!(columns.is_empty());
        let mut old = ledger.create(dialect);
        for column in ["script", "pieces", "under_way", "backup", "digest", "seal"] {
            old = old.replace(&format!(",\n    {column} LONGTEXT"), "");
            old = old.replace(&format!(",\n    {column} TEXT"), "");
            assert!(!old.contains(column), "{old}");
        }
        let insert = "INSERT INTO alembic_version_log (revision, direction, message, checksum, \
                      downgrade_sql, statements, statements_done, state, login, host, program, \
                      started_at) VALUES ('a', 'upgrade', '', 'ab', 'D', 0, 0, 'done', '', '', '', '')";
        connection.run(&[&old, insert]).unwrap();
        let scripts = |connection: &mut dyn Connection| {
            let rows = database::ledger_rows(connection, &ledger).unwrap().unwrap();
            rows.into_iter().map(|row| row.script).collect::<Vec<_>>()
        };
        assert_eq!(scripts(connection), [None]);
        let columns = database::ledger_columns(connection, &ledger).unwrap();
        for sql in ledger.prepare(dialect, &columns) {
            connection.run(&[&sql]).unwrap();
        }
        let columns = database::ledger_columns(connection, &ledger).unwrap();
        assert!(ledger.prepare(dialect, &columns).is_empty());
        connection
            .run(&[&ledger.insert(dialect, &entry())])
            .unwrap();
        connection.run(&[insert]).unwrap();
        let kept = entry().script.map(str::to_owned);
        assert_eq!(scripts(connection), [None, kept, None]);
        let summary = database::ledger_summary(connection, &ledger).unwrap();
        let texts = summary.unwrap().into_iter();
        assert!(texts.map(|row| row.downgrade_sql).all(|sql| sql.is_empty()));
    });
}

/// Tries for a moment, for a lock on a second connection beside `connection`.
fn acquire(
    connection: &mut dyn Connection,
    table: &VersionTable,
    way: lock::Way,
) -> Result<lock::Lock, DatabaseError> {
    let claim = lock::Claim {
        table,
        way,
        patience: Duration::from_millis(120),
        holder: "a test of user `somebody`",
    };
    lock::acquire(connection, &claim, &mut |_| true)
}

/// Everything a person is told of a lock that is held.
#[track_caller]
fn refused(outcome: Result<lock::Lock, DatabaseError>) -> (String, String) {
    match outcome {
        Ok(_) => panic!("two have the lock"),
        Err(error) => {
            assert_eq!(error.kind(), "locked");
            (error.to_string(), error.hint().unwrap_or_default())
        }
    }
}

#[test]
fn one_migration_at_a_time_and_the_other_is_named() {
    databases::each_server(|database| {
        let (mut first, mut second) = (database.open(), database.open());
        let mut held = acquire(first.as_mut(), &VersionTable::default(), lock::Way::Auto).unwrap();
        held.check(first.as_mut()).unwrap();
        let (error, hint) = refused(acquire(
            second.as_mut(),
            &VersionTable::default(),
            lock::Way::Auto,
        ));
        let user = database.server().unwrap().user.clone().unwrap();
        assert!(error.contains(&format!("`{user}`")), "{error}");
        assert!(
            hint.contains("KILL ") || hint.contains("pg_terminate_backend("),
            "{hint}"
        );

        let other = VersionTable {
            name: "other".to_owned(),
            ..VersionTable::default()
        };
        let free = acquire(second.as_mut(), &other, lock::Way::Auto).unwrap();
        free.release(second.as_mut());
        held.release(first.as_mut());
        let held = acquire(second.as_mut(), &VersionTable::default(), lock::Way::Auto).unwrap();
        drop((held, second));
        // The server may need a moment to notice the end of a session.
        std::thread::sleep(Duration::from_millis(100));
        let held = acquire(first.as_mut(), &VersionTable::default(), lock::Way::Auto);
        held.unwrap().release(first.as_mut());
    });
}

#[test]
fn a_lease_lets_one_in_and_names_who_has_it() {
    databases::each_server(|database| {
        let (mut first, mut second) = (database.open(), database.open());
        let mut held = acquire(first.as_mut(), &VersionTable::default(), lock::Way::Lease).unwrap();
        held.check(first.as_mut()).unwrap();
        let (error, hint) = refused(acquire(
            second.as_mut(),
            &VersionTable::default(),
            lock::Way::Lease,
        ));
        let start = "another migration of this database is running: a test of user `somebody`, \
                     since ";
        assert!(error.starts_with(start), "{error}");
        assert!(hint.contains("DELETE FROM "), "{hint}");
        held.release(first.as_mut());
        let held = acquire(second.as_mut(), &VersionTable::default(), lock::Way::Lease).unwrap();
        // Without `release`, as when a thread panics.
        drop(held);
        std::thread::sleep(Duration::from_millis(200));
        let held = acquire(first.as_mut(), &VersionTable::default(), lock::Way::Lease);
        held.unwrap().release(first.as_mut());
    });
}

#[test]
fn a_lease_that_ended_is_taken_over_and_its_holder_stops() {
    databases::each_server(|database| {
        let (mut first, mut second) = (database.open(), database.open());
        let mut held = acquire(first.as_mut(), &VersionTable::default(), lock::Way::Lease).unwrap();
        let table_name = format!("\"{}_lock\"", VersionTable::DEFAULT);
        let ended = format!("UPDATE {table_name} SET expires = since");
        first.run(&[&ended]).unwrap();
        let mut other =
            acquire(second.as_mut(), &VersionTable::default(), lock::Way::Lease).unwrap();
        let lost = held.check(first.as_mut()).unwrap_err();
        assert_eq!(lost.kind(), "lock-lost");
        held.release(first.as_mut());
        other.check(second.as_mut()).unwrap();
        other.release(second.as_mut());
        let rows = first
            .query(&format!("SELECT id FROM {table_name}"), &[])
            .unwrap();
        assert!(rows.is_empty());
    });
}

#[test]
fn a_session_and_a_lease_keep_each_other_out() {
    databases::each_server(|database| {
        let (mut first, mut second) = (database.open(), database.open());
        for (way, other) in [
            (lock::Way::Session, lock::Way::Lease),
            (lock::Way::Lease, lock::Way::Session),
        ] {
            let mut held = acquire(first.as_mut(), &VersionTable::default(), way).unwrap();
            refused(acquire(second.as_mut(), &VersionTable::default(), other));
            held.check(first.as_mut()).unwrap();
            held.release(first.as_mut());
            let held = acquire(second.as_mut(), &VersionTable::default(), other).unwrap();
            held.release(second.as_mut());
        }
    });
}

#[test]
fn a_lock_is_lost_with_the_connection_that_holds_it() {
    databases::each_server(|database| {
        let mut connection = database.open();
        let mut held = acquire(
            connection.as_mut(),
            &VersionTable::default(),
            lock::Way::Session,
        )
        .unwrap();
        let end = refused(acquire(
            database.open().as_mut(),
            &VersionTable::default(),
            lock::Way::Session,
        ))
        .1;
        let (_, end) = end.rsplit_once("ends it: ").unwrap();
        connection.run(&[end]).unwrap();
        std::thread::sleep(Duration::from_millis(100));
        let lost = held.check(connection.as_mut()).unwrap_err();
        assert_eq!(
            lost.to_string(),
            "this run has lost its lock: the connection that held it ended"
        );
    });
}

#[test]
fn a_table_that_may_be_the_version_table_is_found() {
    databases::each(|database| {
        let dialect = database.dialect();
        let mut connection = database.open();
        let connection = connection.as_mut();
        let table = |name: &str| VersionTable {
            schema: None,
            name: name.to_owned(),
        };
        let statements = [
            table("ours").create(dialect),
            "CREATE TABLE ours_log (id INTEGER)".to_owned(),
            table("shop").create(dialect),
            "CREATE TABLE more (version_num INTEGER, x INTEGER)".to_owned(),
            "CREATE TABLE other (x INTEGER)".to_owned(),
        ];
        connection
            .run(&statements.each_ref().map(String::as_str))
            .unwrap();
        let found = database::likely_version_tables(connection);
        assert_eq!(found, [table("shop")]);
    });
}
