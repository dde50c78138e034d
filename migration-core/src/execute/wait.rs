//! Statements that somebody watches, and steps that are tried again when others were in the way.

use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard};
use std::time::Duration;

use super::run::{Run, database, interrupted};
use super::{Actor, ExecuteError, Observer, Options, Problem, Retry};
use crate::database::{Connection, DatabaseError, lock};
use crate::dialect::{Limits, VersionTable};
use crate::parallel::held;
use crate::program::{Program, Step};
use crate::revision::RevisionId;

/// After how long it is looked who is in the way, at the latest.
const CURIOSITY: Duration = Duration::from_secs(1);

/// How often the running step was tried.
#[derive(Debug, Default)]
pub(super) struct Tries {
    /// How often it failed because others were in the way.
    failed: u32,
    /// How many steps of the program were begun.
    begun: usize,
    /// How many pieces are in effect of those, by number, of which any are and that are not complete.
    kept: BTreeMap<usize, usize>,
}

impl Tries {
    /// How many pieces of a step are in effect; none where it was not begun.
    pub(super) fn kept(&self, step: usize) -> Option<usize> {
        let kept = self.kept.get(&step).copied().unwrap_or(0);
        (step < self.begun).then_some(kept)
    }

    /// Forgets the last steps that were begun.
    pub(super) fn forget(&mut self, steps: usize) {
        self.begun = self.begun.saturating_sub(steps);
    }

    /// Notes how many pieces are in effect of a step that was begun.
    pub(super) fn keep(&mut self, step: usize, pieces: usize) {
        self.begun = self.begun.max(step + 1);
        match pieces {
            0 => self.kept.remove(&step),
            pieces => self.kept.insert(step, pieces),
        };
    }
}

/// Waits until no other run has the lock of the version table: only then is known of a step that was
/// under way how it ended. `rows` are the version rows as they were read; `waiting` is told for whom.
///
/// # Errors
///
/// Who else has it, when patience ends; what the engine says.
pub fn wait_for_others(
    connection: &mut dyn Connection,
    (table, options): (&VersionTable, &Options<'_>),
    rows: &[RevisionId],
    waiting: impl FnMut(&str),
) -> Result<(), ExecuteError> {
    let lock = acquire(connection, (table, options), waiting)
        .map_err(|problem| ExecuteError::untouched(rows, problem))?;
    lock.release(connection);
    Ok(())
}

/// Takes the lock of a run, and asks for the number of the session where it stays the same.
///
/// # Errors
///
/// Who else has it, or what the engine says; that somebody asked for a stop meanwhile.
pub(super) fn lock_for(
    program: &Program,
    connection: &mut dyn Connection,
    (table, options): (&VersionTable, &Options<'_>),
    observer: &mut dyn Observer,
) -> Result<(lock::Lock, Option<i64>), Problem> {
    let waiting = |who: &str| observer.waiting(who);
    let lock = acquire(connection, (table, options), waiting).map_err(|problem| {
        match program.steps.first() {
            Some(step) if (options.interrupted)() => interrupted(step, None),
            Some(_) | None => problem,
        }
    })?;
    let session = match lock.owns_session() {
        true => lock::session(connection).map_err(database("ask for the session"))?,
        false => None,
    };
    Ok((lock, session))
}

/// Takes the lock of the version table; `waiting` is told for whom.
///
/// # Errors
///
/// Who else has it, or what the engine says.
pub(super) fn acquire(
    connection: &mut dyn Connection,
    (table, options): (&VersionTable, &Options<'_>),
    mut waiting: impl FnMut(&str),
) -> Result<lock::Lock, Problem> {
    let Actor {
        user,
        host,
        program,
    } = &options.actor;
    let claim = lock::Claim {
        table,
        way: options.lock,
        patience: options.patience,
        holder: &format!("{program} of user `{user}` on {host}"),
    };
    let mut go_on = |who: Option<&str>| {
        who.map(&mut waiting);
        !(options.interrupted)()
    };
    lock::acquire(connection, &claim, &mut go_on)
        .map_err(database("take the lock of the version table"))
}

/// After how long it is looked who is in the way of a statement.
pub(super) fn curiosity(limits: &Limits) -> Duration {
    let half = limits.lock.map(|limit| limit / 2);
    half.unwrap_or(CURIOSITY).min(CURIOSITY)
}

/// Who is told of a run; the one who watches tells of blockers.
pub(super) fn tell<'t, 'c>(
    observer: &'t Mutex<&'c mut dyn Observer>,
) -> MutexGuard<'t, &'c mut dyn Observer> {
    held(observer.lock())
}

impl<'p, 'c> Run<'p, 'c> {
    /// Tells how the run goes on.
    pub(super) fn tell(&self) -> MutexGuard<'c, &'p mut dyn Observer> {
        tell(self.observer)
    }

    /// Makes sure that nobody else may have begun.
    pub(super) fn check_lock(&mut self) -> Result<(), Problem> {
        self.lock.check(self.connection).map_err(database("go on"))
    }

    /// Begins a transaction; on SQLite it may have to be waited for.
    pub(super) fn begin_waiting(&mut self, step: &Step) -> Result<(), Problem> {
        let (observer, interrupted) = (self.observer, self.options.interrupted);
        let mut go_on = |who: Option<&str>| {
            if let Some(who) = who {
                tell(observer).waiting(who);
            }
            !interrupted()
        };
        let begun = lock::begin(self.connection, self.options.patience, &mut go_on);
        if begun.is_err() {
            self.check_interrupt(step, None)?;
        }
        begun.map_err(database("begin a transaction"))
    }

    /// Whether a step is tried again that failed; then everything is as before it, but for what
    /// stays, and a while has passed.
    ///
    /// # Errors
    ///
    /// The same problem when it is not; another one when that cannot be brought about.
    pub(super) fn try_again(&mut self, step: &'p Step, problem: Problem) -> Result<(), Problem> {
        self.tries.failed += 1;
        let is_busy = matches!(problem.engine(), Some(DatabaseError::Busy { .. }));
        let is_hopeless = !is_busy
            || self.dialect().syntax().lock_per_transaction
            || self.tries.failed >= self.options.tries;
        if is_hopeless {
            return Err(problem);
        }
        if self.connection.in_transaction() {
            self.connection
                .rollback()
                .map_err(database("roll the transaction back"))?;
        }
        self.batch.clear();
        self.references = None;
        self.pending = 0;
        self.forget_ahead();
        self.forget_gathered();
        self.tell().retrying(&Retry {
            step,
            problem: &problem,
            number: self.tries.failed + 1,
            of: self.options.tries,
        });
        let interrupted = self.options.interrupted;
        if lock::back_off(self.tries.failed, &|| !interrupted()) {
            return Ok(());
        }
        self.check_interrupt(step, None)
    }

    /// Something is kept: what comes next is tried for the first time.
    pub(super) fn came_on(&mut self) {
        self.tries = Tries::default();
    }
}
