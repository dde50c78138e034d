//! The statements of a step, for somebody else who runs them.

use super::ScriptError;
use super::part::{Part, asked_first};
use crate::dialect::{Dialect, Scripted, Statement};
use crate::program::{Action, Step, Work};

/// A statement that somebody else runs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Text {
    /// The text, without a semicolon.
    pub sql: String,
    /// False when the engine refuses it inside a transaction.
    pub transactional: bool,
}

/// The statements of a step in order, without those of the version table.
///
/// # Errors
///
/// [`ScriptError`] when the step calls a procedure, or a table is not yet lowered.
pub fn statements(dialect: Dialect, step: &Step) -> Result<Vec<Text>, ScriptError> {
    Ok(asserted(dialect, Part::all_of(step)?))
}

/// The same of changes that are no revision's.
pub fn texts(dialect: Dialect, changes: &[Scripted]) -> Vec<Text> {
    asserted(dialect, changes.iter().map(Part::of).collect())
}

/// What is asked of a table and its rows becomes statements that fail.
fn asserted(dialect: Dialect, mut parts: Vec<Part<'_>>) -> Vec<Text> {
    let first = asked_first(dialect, &mut parts);
    let mut texts = Vec::new();
    for statement in first.iter().chain(&parts).flat_map(Part::all) {
        match &statement.check {
            Some(check) => texts.extend(check.assertion.iter().map(|sql| Text {
                sql: sql.clone(),
                transactional: true,
            })),
            None => texts.push(Text {
                sql: statement.sql.clone(),
                transactional: statement.transactional,
            }),
        }
    }
    texts
}

/// The statements of changes that are no revision's, with those that set the session up and keep
/// them together; none for none.
pub fn texts_alone(dialect: Dialect, changes: &[Scripted]) -> Vec<String> {
    let syntax = dialect.syntax();
    let texts = texts(dialect, changes);
    if texts.is_empty() {
        return Vec::new();
    }
    let is_kept_together = syntax.transactional_ddl && texts.iter().all(|it| it.transactional);
    let [begin, commit] = [syntax.begin, syntax.commit].map(|it| is_kept_together.then_some(it));
    let before = syntax.session.iter().copied().chain(begin);
    let texts = texts.into_iter().map(|it| it.sql);
    let all = before.map(str::to_owned).chain(texts);
    all.chain(commit.map(str::to_owned)).collect()
}

/// What an action runs.
pub(super) fn statements_of(action: &Action) -> Result<&[Statement], ScriptError> {
    match &action.work {
        Work::Statements(statements) => Ok(statements),
        Work::Table(_) => Err(ScriptError::NotLowered {
            description: action.description(),
            place: action.place.clone(),
        }),
        Work::Procedure(name) => Err(ScriptError::Procedure {
            name: name.clone(),
            place: action.place.clone(),
        }),
    }
}
