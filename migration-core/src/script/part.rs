//! What a script does, one part after the other, and what it asks before all of them.

use std::borrow::Cow;

use super::ScriptError;
use super::statements::statements_of;
use crate::dialect::{Dialect, Scripted, Statement, TableChange};
use crate::operation::Operation;
use crate::program::{Action, Step};

/// A change: what is asked for it, and what runs.
pub(super) struct Part<'a> {
    /// What is meant.
    pub(super) operations: Cow<'a, [Operation]>,
    /// How a table is changed, when that is worth a remark.
    pub(super) change: Option<&'a TableChange>,
    /// Questions whether the table is the one that the statements were written for.
    pub(super) presumed: Vec<&'a Statement>,
    /// What runs, with questions about rows.
    pub(super) statements: Vec<&'a Statement>,
}

impl<'a> Part<'a> {
    /// What a step does.
    pub(super) fn all_of(step: &'a Step) -> Result<Vec<Self>, ScriptError> {
        let part = |action: &'a Action| {
            Ok(Self {
                operations: action.operations(),
                change: action.change.as_deref(),
                presumed: action.presumed.iter().collect(),
                statements: statements_of(action)?.iter().collect(),
            })
        };
        step.actions.iter().map(part).collect()
    }

    /// What is asked of the table, and what runs.
    pub(super) fn all(&self) -> impl Iterator<Item = &'a Statement> {
        let asked = self.presumed.iter();
        asked.chain(&self.statements).copied()
    }

    pub(super) fn of(scripted: &'a Scripted) -> Self {
        let Scripted {
            operations,
            lowered,
            presumed,
        } = scripted;
        Self {
            operations: Cow::Borrowed(operations),
            change: lowered.change.as_ref(),
            presumed: presumed.iter().collect(),
            statements: lowered.statements.iter().collect(),
        }
    }
}

/// Takes out of the parts what is asked before all of them: where what ran stays, a script that stops
/// must not have done the half of it. What a part before bears on is asked where it stands.
pub(super) fn asked_first<'a>(dialect: Dialect, parts: &mut [Part<'a>]) -> Vec<Part<'a>> {
    if dialect.syntax().transactional_ddl {
        return Vec::new();
    }
    let compiler = dialect.compiler();
    let mut first = Vec::new();
    for at in 0..parts.len() {
        let (before, rest) = parts.split_at_mut(at);
        let waits = |one: &Statement| {
            let mut operations = before.iter().flat_map(|part| part.operations.iter());
            one.check.as_ref().is_none_or(|question| {
                operations.any(|operation| compiler.bears_on(operation, question))
            })
        };
        let part = &mut rest[0];
        let asks = |one: &&Statement| one.check.is_some();
        let runs_from = part.statements.iter().position(|one| !asks(one));
        let runs = part
            .statements
            .split_off(runs_from.unwrap_or(part.statements.len()));
        let asked = Part {
            operations: Cow::Borrowed(&[]),
            change: None,
            presumed: part.presumed.extract_if(.., |one| !waits(one)).collect(),
            statements: part.statements.extract_if(.., |one| !waits(one)).collect(),
        };
        part.statements.extend(runs);
        if !(asked.presumed.is_empty() && asked.statements.is_empty()) {
            first.push(asked);
        }
    }
    first
}
