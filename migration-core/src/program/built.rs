//! What statements build, known from the statements alone.

use std::sync::Arc;

use super::link::find;
use super::lower::{Section, options, statements};
use super::{Linker, ProgramError};
use crate::operation::{Operation, apply};
use crate::plan::Direction;
use crate::revision::{RevisionId, read_script};
use crate::schema::{ObjectName, Schema};
use crate::sql::{ParseOptions, Statement, Subject, headline};

/// What was built by statements: what the model knows, and names of what passed through as
/// written.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Built {
    /// What was built by statements that are understood.
    pub schema: Schema,
    /// What was created by others and not dropped.
    pub raw: Vec<Subject>,
}

impl Built {
    /// Whether a table, view, sequence, type, function or trigger of that name was built. Engines
    /// that ignore case are met half-way.
    pub fn names(&self, name: &ObjectName, tells_case_apart: bool) -> bool {
        let is_same = |other: &ObjectName| {
            other == name
                || (!tells_case_apart && other.to_string().eq_ignore_ascii_case(&name.to_string()))
        };
        let schema = &self.schema;
        schema.tables.iter().any(|it| is_same(&it.name))
            || schema.views.iter().any(|it| is_same(&it.name))
            || schema.sequences.iter().any(|it| is_same(&it.name))
            || schema.enums.iter().any(|it| is_same(&it.name))
            || self.raw.iter().any(|it| is_same(&it.name))
    }

    /// Follows a statement. What does not fit is left out: what passed through as written may have
    /// made what is not known here.
    pub(super) fn follow(&mut self, statement: &Statement, options: &ParseOptions) {
        for operation in &statement.operations {
            let Operation::Raw { sql } = operation else {
                let _ = apply(operation, &mut self.schema);
                continue;
            };
            let headline = headline(sql, options);
            let Some(subject) = headline.subject else {
                continue;
            };
            match headline.verb.as_str() {
                "CREATE" => self.raw.push(subject),
                "DROP" => self.drop_raw(&subject),
                _ => {}
            }
        }
    }

    fn drop_raw(&mut self, dropped: &Subject) {
        let is_other = |it: &Subject| {
            (it.kind, &it.name, &it.on) != (dropped.kind, &dropped.name, &dropped.on)
        };
        self.raw.retain(is_other);
    }
}

/// What the revisions below some version rows have built.
///
/// # Errors
///
/// A text that cannot be read, or rows that are not in the graph.
pub fn built(linker: &Linker<'_>, rows: &[RevisionId]) -> Result<Built, ProgramError> {
    let mut built = Built::default();
    for id in linker.graph.ancestors(rows)? {
        let script = read_script(find(linker, &id)?)?;
        let section = Section {
            revision: &id,
            direction: Direction::Upgrade,
            source: &Arc::clone(&script.source),
            span: script.upgrade,
        };
        for statement in statements(linker, &section)? {
            built.follow(&statement, &options(linker));
        }
    }
    Ok(built)
}
