//! What is noted of a step: its version rows and its row in the ledger.

use super::Options;
use crate::dialect::{Dialect, Ledger, LedgerEntry, LedgerState, Moment, VersionTable};
use crate::plan::RowChange;
use crate::program::Step;
use crate::revision::RevisionId;

/// The statement of one change of the version rows.
pub(super) fn row(table: &VersionTable, dialect: Dialect, change: &RowChange) -> String {
    match change {
        RowChange::Insert(id) => table.insert(dialect, id.as_str()),
        RowChange::Update { from, to } => table.update(dialect, from.as_str(), to.as_str()),
        RowChange::Delete(id) => table.delete(dialect, id.as_str()),
    }
}

/// The ledger's row of a step that is complete, or that begins. Where the row travels with the
/// step's statements, only the server knows when they end.
pub(super) fn entry(
    ledger: &Ledger,
    dialect: Dialect,
    options: &Options<'_>,
    step: &Step,
    (state, started): (LedgerState, &str),
) -> String {
    let is_done = state == LedgerState::Done;
    let now = (options.now)();
    let end = if dialect.syntax().one_message {
        Moment::Server
    } else {
        Moment::Told(&now)
    };
    let entry = LedgerEntry {
        revision: step.revision.as_ref().map(RevisionId::as_str),
        direction: step.direction.as_str(),
        message: &step.message,
        checksum: &step.checksum,
        downgrade_sql: &step.downgrade_sql,
        statements: step.units(),
        statements_done: if is_done { step.units() } else { 0 },
        state,
        login: &options.actor.user,
        host: &options.actor.host,
        program: &options.actor.program,
        started_at: Moment::Told(started),
        finished_at: is_done.then_some(end),
        script: step.script.as_deref(),
    };
    ledger.insert(dialect, &entry)
}
