//! One section to actions: directives obeyed, operations compiled or left for a live table.

use std::sync::Arc;

use super::history::History;
use super::{Action, Keep, Linker, ProgramError, Subject, Work};
use crate::diagnostic::closest;
use crate::dialect::{Dialect, Lowered, Reads, Unsupported, check_portable};
use crate::operation::{ApplyError, Operation};
use crate::plan::Direction;
use crate::revision::RevisionId;
use crate::schema::Schema;
use crate::sql::{Fold, ParseOptions, Statement, first_words, parse};
use crate::text::{Source, Span};

/// A section of a revision.
pub(super) struct Section<'a> {
    pub(super) revision: &'a RevisionId,
    pub(super) direction: Direction,
    pub(super) source: &'a Arc<Source>,
    pub(super) span: Span,
}

/// Writes a section for the engine at hand.
pub(super) fn section(
    history: &mut History<'_>,
    section: &Section<'_>,
) -> Result<Vec<Action>, ProgramError> {
    let statements = statements(history.linker, section)?;
    lowered(history, section.revision, &statements)
}

/// Writes statements for the engine at hand.
pub(super) fn lowered<'s>(
    history: &mut History<'_>,
    revision: &RevisionId,
    statements: impl IntoIterator<Item = &'s Statement>,
) -> Result<Vec<Action>, ProgramError> {
    let linker = history.linker;
    let reading = Arc::clone(&history.reading);
    let mut actions = Vec::new();
    for statement in statements {
        let lowering = Lowering {
            linker,
            revision,
            statement,
            reading: &reading,
        };
        for (number, operation) in (0..).zip(&statement.operations) {
            if let Some(objection) = history.objection(operation, &actions)? {
                return Err(lowering.against_values(operation, objection));
            }
            match history.spelled_out(operation, &actions)? {
                None => {
                    let action = lowering.action(operation, Some(number))?;
                    join(linker.dialect, &mut actions, action);
                }
                Some(spelled) => {
                    for part in spelled {
                        let mut action = lowering.action(&part, None)?;
                        action.say(operation);
                        join(linker.dialect, &mut actions, action);
                    }
                }
            }
        }
    }
    // A plan holds thousands of these lists, most of one action.
    actions.shrink_to_fit();
    Ok(actions)
}

/// The statements of a section that are for the engine at hand.
pub(super) fn statements(
    linker: &Linker<'_>,
    section: &Section<'_>,
) -> Result<Vec<Statement>, ProgramError> {
    let mut kept = Vec::new();
    for statement in all_statements(&options(linker), section)? {
        if is_for(linker.dialect, &statement)? {
            kept.push(statement);
        }
    }
    Ok(kept)
}

/// The statements of a section, also those for other engines.
pub(super) fn all_statements(
    options: &ParseOptions,
    section: &Section<'_>,
) -> Result<Vec<Statement>, ProgramError> {
    let script = parse(section.source, section.span, options)?;
    if let Some(irreversible) = script.irreversible {
        return Err(ProgramError::Irreversible {
            revision: section.revision.clone(),
            direction: section.direction,
            reason: irreversible.reason,
            place: irreversible.place,
        });
    }
    Ok(script.statements)
}

/// Finds what is wrong with the directives of a section that does not run.
pub(super) fn check_directives(
    linker: &Linker<'_>,
    source: &Arc<Source>,
    span: Span,
) -> Result<(), ProgramError> {
    for statement in &parse(source, span, &options(linker))?.statements {
        is_for(linker.dialect, statement)?;
    }
    Ok(())
}

/// How texts are read for the engine at hand.
pub(super) fn options(linker: &Linker<'_>) -> ParseOptions {
    options_of(linker.dialect, &linker.prefix)
}

/// How texts are read for an engine.
pub(super) fn options_of(dialect: Dialect, prefix: &str) -> ParseOptions {
    let syntax = dialect.syntax();
    ParseOptions {
        prefix: prefix.to_owned(),
        fold: if syntax.folds_to_lower {
            Fold::Lower
        } else {
            Fold::Keep
        },
        backslash_escapes: syntax.backslash_escapes,
    }
}

/// Whether a statement is for an engine; every name is checked, whatever the engine.
pub(super) fn is_for(dialect: Dialect, statement: &Statement) -> Result<bool, ProgramError> {
    let mut named = statement.only.is_empty();
    for engine in &statement.only {
        let known = Dialect::parse(&engine.name).ok_or_else(|| ProgramError::UnknownEngine {
            name: engine.name.clone(),
            nearest: closest(&engine.name, Dialect::ALL.map(Dialect::name)),
            place: engine.place.clone(),
        })?;
        named |= known == dialect;
    }
    Ok(named)
}

struct Lowering<'a> {
    linker: &'a Linker<'a>,
    revision: &'a RevisionId,
    statement: &'a Statement,
    /// How it was read.
    reading: &'a Arc<ParseOptions>,
}

impl Lowering<'_> {
    /// What does an operation, which stands at a number in the statement if it was not spelled out.
    fn action(&self, operation: &Operation, at: Option<u32>) -> Result<Action, ProgramError> {
        self.check_portable(operation)?;
        let mut change = None;
        let compiler = self.linker.dialect.compiler();
        let work = if let Operation::Call { procedure } = operation {
            self.procedure(procedure)?
        } else if let Some(subject) = subject(self.linker.dialect, operation) {
            compiler
                .check(operation)
                .map_err(|source| self.unsupported(operation, source))?;
            Work::Table(Box::new(subject))
        } else {
            self.check_transaction(operation)?;
            self.check_session(operation)?;
            let mut lowered = compiler
                .compile(std::slice::from_ref(operation), &Schema::default())
                .map_err(|source| self.unsupported(operation, source))?;
            change = lowered.change.take();
            self.statements(lowered)
        };
        let place = self.statement.place.clone();
        let left = at.filter(|_| !self.is_kept(operation, &work));
        let mut action = match left {
            Some(number) => Action::written((self.reading, number), place, work),
            None => Action::new(operation.clone(), place, work),
        };
        action.allowed = self.statement.allow.as_slice().into();
        action.change = change.map(Box::new);
        Ok(action)
    }

    /// Whether an operation is at hand when its work runs.
    fn is_kept(&self, operation: &Operation, work: &Work) -> bool {
        match (self.linker.keep, work) {
            (Keep::Operations, _) | (Keep::Places, Work::Table(_) | Work::Procedure(_)) => true,
            (Keep::Places, Work::Statements(_)) => {
                self.linker.dialect.compiler().asks_server(operation)
            }
        }
    }

    fn statements(&self, lowered: Lowered) -> Work {
        let mut statements = lowered.statements;
        for statement in &mut statements {
            statement.transactional &= !self.statement.autocommit;
            statement.sql.shrink_to_fit();
        }
        statements.shrink_to_fit();
        Work::Statements(statements)
    }

    fn procedure(&self, name: &str) -> Result<Work, ProgramError> {
        if self.linker.procedures.contains(&name) {
            return Ok(Work::Procedure(name.to_owned()));
        }
        let known = self.linker.procedures.iter().copied();
        Err(ProgramError::UnknownProcedure {
            name: name.to_owned(),
            known: known.map(ToOwned::to_owned).collect(),
            place: self.statement.place.clone(),
        })
    }

    /// What is said to be for some engines is for them to judge.
    fn check_portable(&self, operation: &Operation) -> Result<(), ProgramError> {
        if !self.statement.only.is_empty() {
            return Ok(());
        }
        check_portable(self.linker.dialect, operation)
            .map_err(|source| self.unsupported(operation, source))
    }

    /// A revision's statements and its version row must stand or fall together.
    fn check_transaction(&self, operation: &Operation) -> Result<(), ProgramError> {
        if let Operation::Raw { sql } = operation
            && ends_transaction(self.linker.dialect, sql)
            && !self.statement.autocommit
        {
            return Err(ProgramError::TransactionControl {
                statement: sql.clone(),
                revision: self.revision.clone(),
                place: self.statement.place.clone(),
            });
        }
        Ok(())
    }

    /// What is noted of a revision runs in the session of its statements.
    fn check_session(&self, operation: &Operation) -> Result<(), ProgramError> {
        let Operation::Raw { sql } = operation else {
            return Ok(());
        };
        let kept = self.linker.dialect.compiler().keeps_session(sql);
        kept.map_err(|source| self.unsupported(operation, source))
    }

    fn against_values(&self, operation: &Operation, source: ApplyError) -> ProgramError {
        ProgramError::Values {
            revision: self.revision.clone(),
            description: operation.to_string(),
            place: self.statement.place.clone(),
            source: Box::new(source),
        }
    }

    fn unsupported(&self, operation: &Operation, source: Unsupported) -> ProgramError {
        ProgramError::Unsupported {
            revision: self.revision.clone(),
            description: operation.to_string(),
            place: self.statement.place.clone(),
            source: Box::new(source),
        }
    }
}

/// The table that must be read before an operation can be compiled.
fn subject(dialect: Dialect, operation: &Operation) -> Option<Subject> {
    match dialect.compiler().reads(operation) {
        Reads::Nothing => None,
        Reads::Table(name) => Some(Subject::Table(name.clone())),
        Reads::TableOfIndex(name) => Some(Subject::TableOfIndex(name.clone())),
        Reads::View(name) => Some(Subject::View(name.clone())),
    }
}

/// Adds an action; a change of the table that the last one changes too is done with it, so that
/// the table is read, and where need be rebuilt, once.
fn join(dialect: Dialect, actions: &mut Vec<Action>, action: Action) {
    if let Some(last) = actions.last_mut()
        && let (Work::Table(one), Work::Table(other)) = (&last.work, &action.work)
        && one == other
        && matches!(one.as_ref(), Subject::Table(_) | Subject::View(_))
        && let (Some(first), Some(second)) = (last.operations().last(), action.operations().first())
        && dialect.compiler().joins(first, second)
    {
        last.extend(action);
        return;
    }
    actions.push(action);
}

/// Whether a statement begins or ends a transaction (savepoints are the author's own affair).
fn ends_transaction(dialect: Dialect, sql: &str) -> bool {
    let words = first_words(sql, dialect.syntax().backslash_escapes, 3);
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    match words.as_slice() {
        ["ROLLBACK", "TO", ..] | ["ROLLBACK", _, "TO"] => false,
        ["BEGIN" | "COMMIT" | "ROLLBACK" | "ABORT", ..] => true,
        ["END"] | ["END", "TRANSACTION" | "WORK" | "AND", ..] => true,
        ["START" | "PREPARE", "TRANSACTION", ..] => true,
        _ => false,
    }
}
