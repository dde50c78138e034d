//! What statements build, known from the statements alone.

use std::collections::HashSet;

use super::link::find;
use super::lower::{is_for, options};
use super::{Linker, ProgramError, Written};
use crate::dialect::Dialect;
use crate::operation::{ApplyError, Names, Operation};
use crate::revision::{RevisionId, read_script};
use crate::schema::{NameSet, Schema};
use crate::sql::{Deed, Known, ParseOptions, Statement, Subject, parse_beside, subject};

/// What was built by statements: what the model knows, and names of what passed through as
/// written.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Built {
    /// What was built by statements that are understood.
    pub schema: Schema,
    /// What was created by others and not dropped.
    pub raw: Vec<Subject>,
    /// The statements, also those for other engines, in order.
    pub statements: Vec<Statement>,
}

impl Built {
    /// The names of the tables, views, sequences, types, functions and triggers that were built.
    pub fn names(&self, tells_case_apart: bool) -> NameSet {
        let schema = &self.schema;
        let names = (schema.tables.iter().map(|it| &it.name))
            .chain(schema.views.iter().map(|it| &it.name))
            .chain(schema.sequences.iter().map(|it| &it.name))
            .chain(schema.enums.iter().map(|it| &it.name))
            .chain(self.raw.iter().map(|it| &it.name));
        NameSet::new(names, tells_case_apart)
    }

    /// The statements for an engine, in order.
    pub fn statements_for(&self, dialect: Dialect) -> impl Iterator<Item = &Statement> {
        let statements = self.statements.iter();
        statements.filter(move |it| matches!(is_for(dialect, it), Ok(true)))
    }

    /// Follows statements, as far as they are for an engine. What does not fit is left out, and told
    /// with the number of its statement: what passed through as written may have made what is not
    /// known here. `names` are those of what was built.
    pub(super) fn follow_all(
        &mut self,
        (dialect, options): (Dialect, &ParseOptions),
        statements: Vec<Statement>,
        names: &mut Names,
        unfit: &mut dyn FnMut(usize, &Operation, ApplyError),
    ) -> Result<(), ProgramError> {
        for (number, statement) in statements.iter().enumerate() {
            if is_for(dialect, statement)? {
                self.follow(statement, options, names, &mut |operation, error| {
                    unfit(number, operation, error);
                });
            }
        }
        self.statements.extend(statements);
        Ok(())
    }

    /// The same of a revision, where nobody asks what did not fit.
    fn follow_revision(
        &mut self,
        linker: &Linker<'_>,
        id: &RevisionId,
        (names, known): (&mut Names, &Known<'_>),
    ) -> Result<(), ProgramError> {
        let options = options(linker);
        let script = read_script(find(linker, id)?)?;
        let read = parse_beside(&script.source, script.upgrade, &options, known)?;
        let statements = read.statements;
        let how = (linker.dialect, &options);
        self.follow_all(how, statements, names, &mut |_, _, _| {})
    }

    fn follow(
        &mut self,
        statement: &Statement,
        options: &ParseOptions,
        names: &mut Names,
        unfit: &mut dyn FnMut(&Operation, ApplyError),
    ) {
        for operation in &statement.operations {
            let Operation::Raw { sql } = operation else {
                if let Err(error) = names.apply(operation, &mut self.schema) {
                    unfit(operation, error);
                }
                continue;
            };
            match subject(sql, options.fold, options.backslash_escapes) {
                Some((made, Deed::Makes)) => self.raw.push(made),
                Some((dropped, Deed::Drops)) => self.raw.retain(|it| *it != dropped),
                None => {}
            }
        }
    }
}

/// What the revisions below some version rows have built.
///
/// # Errors
///
/// A text that cannot be read, or rows that are not in the graph.
pub fn built(linker: &Linker<'_>, rows: &[RevisionId]) -> Result<Built, ProgramError> {
    built_knowing(linker, rows, &Known::default())
}

/// The same; what the models say in the same words is not read again.
///
/// # Errors
///
/// As [`built`].
pub fn built_beside(
    linker: &Linker<'_>,
    rows: &[RevisionId],
    models: &Written,
) -> Result<Built, ProgramError> {
    let read = (models.built.statements.as_slice(), &models.read_by);
    built_knowing(linker, rows, &Known::of(read, &options(linker)))
}

fn built_knowing(
    linker: &Linker<'_>,
    rows: &[RevisionId],
    known: &Known<'_>,
) -> Result<Built, ProgramError> {
    let (mut built, mut names) = (Built::default(), Names::default());
    for id in linker.graph.ancestors(rows)? {
        built.follow_revision(linker, &id, (&mut names, known))?;
    }
    Ok(built)
}

/// What each revision builds that is not below some version rows, by itself, oldest first.
///
/// # Errors
///
/// As [`built`].
pub fn built_later(
    linker: &Linker<'_>,
    rows: &[RevisionId],
) -> Result<Vec<(RevisionId, Built)>, ProgramError> {
    let applied: HashSet<RevisionId> = linker.graph.ancestors(rows)?.into_iter().collect();
    let mut later = linker.graph.ancestors(&linker.graph.real_heads())?;
    later.retain(|id| !applied.contains(id));
    let of = |id: RevisionId| {
        let mut built = Built::default();
        let apart = (&mut Names::default(), &Known::default());
        built.follow_revision(linker, &id, apart)?;
        Ok((id, built))
    };
    later.into_iter().map(of).collect()
}
