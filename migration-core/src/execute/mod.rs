//! Runs a program on a connection and says what happened.
//!
//! In: a `Program`, a connection, the version table, options. Out: a [`Report`], or an error that
//! carries the report of what was applied before. A step's effect and its version row commit
//! together wherever the engine can. Never prints: an [`Observer`] is told.

mod advice;
mod ahead;
mod batch;
mod checks;
mod error;
mod gathered;
mod journal;
mod location;
mod loss;
mod notes;
mod pieces;
mod progress;
mod repair;
mod resume;
mod run;
mod steps;
mod took_effect;
mod untransacted;
mod wait;

use std::path::{Path, PathBuf};
use std::time::Duration;

use jiff::Timestamp;

use crate::database::{BackupError, Blocker, lock};
use crate::dialect::{Limits, TableChange, VersionTable};
use crate::program::{Action, Step};
use crate::revision::RevisionId;

pub use error::{Begin, ExecuteError, Partial, Problem, Stop, Violation};
pub use loss::{DataLoss, LossError, losses};
pub use repair::{Accepted, repair};
pub use resume::{check_unfinished, met};
pub use run::run;
pub use wait::wait_for_others;

pub use crate::program::Transaction;

/// What a run is told besides its program.
pub struct Options<'a> {
    /// How steps share transactions.
    pub transaction: Transaction,
    /// Whether a table may be changed where the engine has no statement for it (`sqlite_alter`).
    pub table_change: TableChangePolicy,
    /// How long to wait for another migration of this database to end.
    pub patience: Duration,
    /// What holds the lock of the run.
    pub lock: lock::Way,
    /// How long statements may wait and run; on a database that is at base they wait as long as the
    /// server lets them.
    pub limits: Limits,
    /// How often a step is tried that others are in the way of.
    pub tries: u32,
    /// Asked while statements run, by another thread, and between them; true stops the run there.
    pub interrupted: &'a (dyn Fn() -> bool + Sync),
    /// The time now, for the ledger.
    pub now: &'a dyn Fn() -> Timestamp,
    /// User, host and program, for the ledger.
    pub actor: Actor,
    /// Where the first step begins, whatever the ledger says: the number of its statement. What
    /// else is unfinished counts as undone.
    pub resume_at: Option<usize>,
    /// Procedures by name.
    pub procedures: &'a [Procedure],
    /// Takes a copy of the database before the first change; none for none.
    pub backup: Option<&'a TakeBackup<'a>>,
}

impl<'a> Options<'a> {
    /// How a program runs in a scratch place: nobody else is there, and nothing of it stays.
    pub fn in_scratch(
        interrupted: &'a (dyn Fn() -> bool + Sync),
        now: &'a dyn Fn() -> Timestamp,
        procedures: &'a [Procedure],
    ) -> Self {
        Self {
            transaction: Transaction::Run,
            table_change: TableChangePolicy::Warn,
            patience: Duration::ZERO,
            lock: lock::Way::Needless,
            limits: Limits::default(),
            tries: 1,
            interrupted,
            now,
            actor: Actor::default(),
            resume_at: None,
            procedures,
            backup: None,
        }
    }
}

/// Takes a copy of the database and returns its file, or none when the database is empty. It is
/// given engine and version of the server; nobody else migrates meanwhile.
pub type TakeBackup<'a> = dyn Fn(&str) -> Result<Option<PathBuf>, BackupError> + 'a;

/// What to do about a change of a table that the engine has no statement for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum TableChangePolicy {
    /// Warn, then do it.
    #[default]
    Warn,
    /// Stop before anything is touched.
    Refuse,
}

/// Who runs.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Actor {
    /// The user of the operating system.
    pub user: String,
    /// The machine's name.
    pub host: String,
    /// The program and its version: `frontend-migrate 0.1.0`.
    pub program: String,
}

/// A Rust procedure that revisions call by name (`-- migrate: call NAME`).
#[derive(Clone, Copy)]
pub struct Procedure {
    /// The name.
    pub name: &'static str,
    /// The work; `prefix` is what `{prefix}` means.
    pub run: ProcedureFn,
}

/// The body of a [`Procedure`].
pub type ProcedureFn = fn(
    connection: &mut dyn crate::database::Connection,
    prefix: &str,
) -> Result<(), Box<dyn std::error::Error + Send + Sync>>;

/// Told as a run goes on; of blockers by another thread than of the rest, one at a time.
pub trait Observer: Send {
    /// The run waits, for longer than a moment; `who` is `another migrator: ...`.
    fn waiting(&mut self, who: &str) {
        let _ = who;
    }

    /// A copy of the database is about to be taken.
    fn backing_up(&mut self) {}

    /// The copy is complete; none when the database is empty.
    fn backed_up(&mut self, copy: Option<&Path>) {
        let _ = copy;
    }

    /// A statement waits for what this session holds.
    fn blocked(&mut self, blocker: &Blocker) {
        let _ = blocker;
    }

    /// A step that others were in the way of was undone, and is tried again after a pause.
    fn retrying(&mut self, retry: &Retry<'_>) {
        let _ = retry;
    }

    /// The version table has no transactions: a row of it is not written together with what it
    /// says.
    fn untransacted(&mut self, table: &VersionTable) {
        let _ = table;
    }

    /// A step begins: the one in front of it is complete.
    fn step(&mut self, step: &Step) {
        let _ = step;
    }

    /// A step that an earlier run began goes on at its statement `at`; one behind the last when
    /// only the version rows are left.
    fn resuming(&mut self, step: &Step, at: usize) {
        let _ = (step, at);
    }

    /// An action begins.
    fn action(&mut self, action: &Action) {
        let _ = action;
    }

    /// A table is about to be changed in a way worth a warning; `rows` is how many it holds.
    fn table_change(&mut self, step: &Step, change: &TableChange, rows: u64) {
        let _ = (step, change, rows);
    }
}

/// A step that is tried again.
#[derive(Debug, Clone, Copy)]
pub struct Retry<'a> {
    /// The step.
    pub step: &'a Step,
    /// Why it did not come to its end.
    pub problem: &'a Problem,
    /// Which try comes next.
    pub number: u32,
    /// How many there are.
    pub of: u32,
}

/// Told, and says nothing.
pub struct Silent;

impl Observer for Silent {}

/// What a run did.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Report {
    /// The steps that are committed, in order: revision and direction's word.
    pub applied: Vec<Applied>,
    /// The version rows now, sorted.
    pub rows: Vec<RevisionId>,
    /// The copy of the database that was taken first.
    pub backup: Option<String>,
    /// What was unfinished until a stamp said where the database is, oldest first.
    pub forgotten: Vec<Forgotten>,
}

/// A step that an earlier run began, and with which no run goes on any more.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Forgotten {
    /// The revision.
    pub revision: Option<RevisionId>,
    /// Which way, in the ledger's word.
    pub direction: String,
    /// How many of its statements were known to be in effect.
    pub done: i64,
    /// How many it has.
    pub total: i64,
}

impl Report {
    /// Of a run that did nothing yet, on a database that is at `rows`.
    fn at(rows: &[RevisionId]) -> Self {
        Self {
            rows: rows.to_vec(),
            ..Self::default()
        }
    }
}

impl ExecuteError {
    /// What went wrong before anything was done, on a database that is at `rows`.
    fn untouched(rows: &[RevisionId], problem: Problem) -> Self {
        Self {
            report: Box::new(Report::at(rows)),
            partial: None,
            problem: Box::new(problem),
        }
    }

    /// Another migration changed the version rows before anything was done.
    pub(crate) fn moved_on(expected: &[RevisionId], found: &[RevisionId]) -> Self {
        let problem = Problem::Moved {
            expected: expected.to_vec(),
            found: found.to_vec(),
        };
        Self::untouched(found, problem)
    }

    /// Whether a part of a step is in effect, or may be, of this run or of an earlier one.
    pub fn is_amid_a_step(&self) -> bool {
        let is_left = match &*self.problem {
            Problem::CannotResume { why, .. } => *why != Stop::NoSuchStatement,
            problem => matches!(problem, Problem::Unfinished { .. }),
        };
        is_left || self.partial.is_some()
    }

    /// What to do about the cause alone, where nothing of the run stays and nobody goes on with it.
    pub fn hint_in_scratch(&self) -> Option<String> {
        self.problem.hint()
    }

    /// The version rows now, when another migration changed them before this run did anything: the
    /// plan can be made anew.
    pub fn moved(&self) -> Option<&[RevisionId]> {
        if let Problem::Moved { found, .. } = &*self.problem
            && self.report.applied.is_empty()
        {
            return Some(found);
        }
        None
    }
}

/// One committed step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Applied {
    /// The revision; none for a stamp to base.
    pub revision: Option<RevisionId>,
    /// Which way.
    pub direction: crate::plan::Direction,
}

impl Applied {
    fn of(step: &Step) -> Self {
        Self {
            revision: step.revision.clone(),
            direction: step.direction,
        }
    }
}

#[cfg(test)]
mod tests;
