//! Notes in the ledger that the present text of a revision counts from now on.

use super::run::database;
use super::wait::acquire;
use super::{ExecuteError, Options, Problem};
use crate::database::{Connection, ledger_columns, lock, version_rows};
use crate::dialect::{Ledger, LedgerEntry, LedgerState, Moment, VersionTable};
use crate::revision::RevisionId;
use crate::status::REPAIR;

/// The text of one revision that is accepted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Accepted {
    /// The revision.
    pub revision: RevisionId,
    /// Its message.
    pub message: String,
    /// Its semantic checksum.
    pub checksum: String,
    /// The digest of its file.
    pub digest: String,
    /// Its downgrade section.
    pub downgrade_sql: String,
    /// The rest of it, as the ledger keeps it.
    pub script: String,
    /// How many operations of it somebody ran by hand.
    pub run_by_hand: usize,
}

/// Writes a row for each accepted text, all or none; no row of the past is changed.
///
/// `rows` are the version rows at which the texts were compared.
///
/// # Errors
///
/// [`Problem::Moved`] when the version rows are others now; what the engine says.
pub fn repair(
    connection: &mut dyn Connection,
    table: &VersionTable,
    accepted: &[Accepted],
    rows: &[RevisionId],
    options: &Options<'_>,
) -> Result<(), ExecuteError> {
    locked(connection, table, accepted, rows, options)
        .map_err(|problem| ExecuteError::untouched(rows, problem))
}

fn locked(
    connection: &mut dyn Connection,
    table: &VersionTable,
    accepted: &[Accepted],
    rows: &[RevisionId],
    options: &Options<'_>,
) -> Result<(), Problem> {
    let lock = acquire(connection, (table, options), |_| {})?;
    let result = write(connection, table, accepted, rows, options);
    if result.is_err() && connection.in_transaction() {
        // The first problem is what matters.
        let _ = connection.rollback();
    }
    lock.release(connection);
    result
}

fn write(
    connection: &mut dyn Connection,
    table: &VersionTable,
    accepted: &[Accepted],
    expected: &[RevisionId],
    options: &Options<'_>,
) -> Result<(), Problem> {
    let (dialect, ledger) = (connection.dialect(), Ledger::of(table));
    let rolls_back = dialect.syntax().transactional_ddl;
    if !rolls_back {
        // It would end the transaction.
        prepare(connection, &ledger)?;
    }
    let mut go_on = |_: Option<&str>| !(options.interrupted)();
    lock::begin(connection, options.patience, &mut go_on)
        .map_err(database("begin a transaction"))?;
    let found = version_rows(connection, table).map_err(database("read the version rows"))?;
    let found = found.unwrap_or_default();
    if found != expected {
        return Err(Problem::Moved {
            expected: expected.to_vec(),
            found,
        });
    }
    if rolls_back {
        prepare(connection, &ledger)?;
    }
    let now = (options.now)();
    for text in accepted {
        let entry = LedgerEntry {
            revision: Some(text.revision.as_str()),
            direction: REPAIR,
            message: &text.message,
            checksum: &text.checksum,
            downgrade_sql: &text.downgrade_sql,
            statements: text.run_by_hand,
            statements_done: text.run_by_hand,
            state: LedgerState::Done,
            login: &options.actor.user,
            host: &options.actor.host,
            program: &options.actor.program,
            started_at: Moment::Told(now),
            finished_at: Some(Moment::Told(now)),
            script: Some(&text.script),
            pieces: None,
            under_way: None,
            backup: None,
            digest: Some(&text.digest),
            seal: None,
        };
        let sql = ledger.insert(dialect, &entry);
        connection
            .execute(&sql, &[])
            .map_err(database("write the ledger"))?;
    }
    connection
        .commit()
        .map_err(database("commit the transaction"))
}

/// Adds the columns that the ledger lacks.
fn prepare(connection: &mut dyn Connection, ledger: &Ledger) -> Result<(), Problem> {
    let columns = ledger_columns(connection, ledger).map_err(database("read the ledger"))?;
    for sql in ledger.prepare(connection.dialect(), &columns) {
        connection
            .execute(&sql, &[])
            .map_err(database("write the ledger"))?;
    }
    Ok(())
}
