//! Statements gathered for one message, each with where it came from.

use std::borrow::Cow;

use super::{Problem, location};
use crate::database::{DatabaseError, RunError};
use crate::dialect::RowCheck;
use crate::program::{Action, Step};

/// Where a statement came from.
#[derive(Debug, Clone, Copy)]
pub(super) enum Origin<'p> {
    /// A revision.
    Action(&'p Action),
    /// The version table or the ledger.
    Note,
}

/// Statements that wait to be sent.
#[derive(Debug, Default)]
pub(super) struct Batch<'p> {
    statements: Vec<(Cow<'p, str>, Origin<'p>)>,
}

/// The statement that failed.
pub(super) struct Failed<'p> {
    pub(super) sql: String,
    pub(super) origin: Origin<'p>,
    pub(super) error: DatabaseError,
}

impl Failed<'_> {
    /// What was to be done; none for the program's own notes.
    pub(super) fn next(&self) -> Option<&Action> {
        match self.origin {
            Origin::Action(action) => Some(action),
            Origin::Note => None,
        }
    }

    /// What went wrong.
    pub(super) fn problem(self, step: &Step, prefix: &str) -> Problem {
        let Self { sql, origin, error } = self;
        let (revision, direction) = (step.revision.clone(), step.direction);
        if let Origin::Action(action) = origin
            && error.is_of_null()
            && let [operation] = &*action.operations()
            && let Some(check) = RowCheck::of_null(operation)
        {
            return Problem::rows(step, action, (None, None), check);
        }
        match origin {
            Origin::Note => Problem::Bookkeeping {
                revision,
                direction,
                sql,
                source: Box::new(error),
            },
            Origin::Action(action) => Problem::Statement {
                revision,
                direction,
                description: action.description(),
                place: location::nearer(&action.place, &sql, prefix, error.position()),
                sql,
                source: Box::new(error),
            },
        }
    }
}

impl<'p> Batch<'p> {
    pub(super) fn push(&mut self, sql: impl Into<Cow<'p, str>>, origin: Origin<'p>) {
        self.statements.push((sql.into(), origin));
    }

    pub(super) fn is_empty(&self) -> bool {
        self.statements.is_empty()
    }

    pub(super) fn len(&self) -> usize {
        self.statements.len()
    }

    /// What the first statement of a revision is for; none when there are only the
    /// program's own notes.
    pub(super) fn next(&self) -> Option<&'p Action> {
        self.statements.iter().find_map(|(_, origin)| match origin {
            Origin::Action(action) => Some(*action),
            Origin::Note => None,
        })
    }

    /// Forgets what waits.
    pub(super) fn clear(&mut self) {
        self.statements.clear();
    }

    /// What waits, which waits no longer.
    pub(super) fn take(&mut self) -> Self {
        std::mem::take(self)
    }

    /// The texts, to be sent in as few messages as the engine permits.
    pub(super) fn texts(&self) -> Vec<&str> {
        self.statements
            .iter()
            .map(|(sql, _)| sql.as_ref())
            .collect()
    }

    /// The statement that failed when they were sent.
    pub(super) fn failed(&self, failed: RunError) -> Failed<'p> {
        let last = self.statements.len().saturating_sub(1);
        let (sql, origin) = &self.statements[failed.statement.min(last)];
        Failed {
            sql: sql.clone().into_owned(),
            origin: *origin,
            error: failed.error,
        }
    }
}
