//! What is noted of a step in the ledger.

use jiff::Timestamp;

use super::{Options, pieces};
use crate::dialect::{Dialect, Ledger, LedgerEntry, LedgerState, Moment};
use crate::program::Step;
use crate::revision::RevisionId;

/// How far a step is.
pub(super) struct Progress<'a> {
    pub(super) state: LedgerState,
    /// When this run began it.
    pub(super) started: Timestamp,
    /// How many of its pieces are in effect.
    pub(super) done: usize,
    /// The mark of the piece that is about to run.
    pub(super) under_way: Option<&'a str>,
    /// The copy that was taken before the run.
    pub(super) backup: Option<&'a str>,
    pub(super) end: End,
    /// What it says besides.
    pub(super) seal: Option<&'a str>,
}

/// When a step ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum End {
    /// Its row travels with its statements where that is possible: only the server knows then.
    WithRow,
    /// All its statements were answered then.
    At(Timestamp),
}

/// The ledger's row of a step that is complete, or that begins; in parentheses.
pub(super) fn entry(
    dialect: Dialect,
    options: &Options<'_>,
    step: &Step,
    progress: &Progress<'_>,
) -> String {
    let is_done = progress.state == LedgerState::Done;
    let pieces = (!is_done).then(|| pieces::hashes(step));
    let end = match progress.end {
        End::WithRow if dialect.syntax().one_message => Moment::Server,
        End::WithRow => Moment::Told((options.now)()),
        End::At(ended) => Moment::Told(ended),
    };
    let (checksum, script, digest) = (step.checksum(), step.script(), step.digest());
    let entry = LedgerEntry {
        revision: step.revision.as_ref().map(RevisionId::as_str),
        direction: step.direction.as_str(),
        message: step.message(),
        checksum: &checksum,
        downgrade_sql: step.downgrade_sql(),
        statements: step.units(),
        statements_done: progress.done,
        state: progress.state,
        login: &options.actor.user,
        host: &options.actor.host,
        program: &options.actor.program,
        started_at: Moment::Told(progress.started),
        finished_at: is_done.then_some(end),
        script: script.as_deref(),
        pieces: pieces.as_deref(),
        under_way: progress.under_way,
        backup: progress.backup,
        digest: digest.as_deref(),
        seal: progress.seal,
    };
    Ledger::row(dialect, &entry)
}
