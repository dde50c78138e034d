//! Statements gathered for one message, each with where it came from.

use std::borrow::Cow;

use crate::database::{Connection, DatabaseError};
use crate::program::Action;

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

impl<'p> Batch<'p> {
    pub(super) fn push(&mut self, sql: impl Into<Cow<'p, str>>, origin: Origin<'p>) {
        self.statements.push((sql.into(), origin));
    }

    pub(super) fn is_empty(&self) -> bool {
        self.statements.is_empty()
    }

    /// What the first statement is for, in words; none for the program's own notes.
    pub(super) fn next(&self) -> Option<&'p str> {
        match self.statements.first() {
            Some((_, Origin::Action(action))) => Some(&action.description),
            Some((_, Origin::Note)) | None => None,
        }
    }

    /// Sends what waits, in as few messages as the engine permits.
    pub(super) fn send(&mut self, connection: &mut dyn Connection) -> Result<(), Failed<'p>> {
        let statements = std::mem::take(&mut self.statements);
        let texts: Vec<&str> = statements.iter().map(|(sql, _)| sql.as_ref()).collect();
        connection.run(&texts).map_err(|failed| {
            let last = statements.len().saturating_sub(1);
            let (sql, origin) = &statements[failed.statement.min(last)];
            Failed {
                sql: sql.clone().into_owned(),
                origin: *origin,
                error: failed.error,
            }
        })
    }
}
