//! Changes to the two sections of a revision, in the words of those who wrote them first.
//!
//! In: changes as one engine sees them, and two sets of [`Words`]: the models, which say what is
//! new, and the revisions that were applied, which say what was there. Out: the text of both
//! sections. An engine keeps `VARCHAR(50) DEFAULT 'x'` in a spelling of its own; what is written
//! here is what a person wrote, for every engine that he wrote it for. Only what nobody wrote is
//! spelled as the engine keeps it. Decides nothing: which changes there are is the work of `diff`.

mod former;
mod key;
mod note;
mod portable;
mod review;
mod rounding;
mod spelling;
mod uncast;
mod wording;
mod words;

use crate::dialect::Dialect;
use crate::diff::Change;
use crate::operation::{EnumChange, Operation};
use crate::render::{Entry, RenderOptions, entries};
use crate::schema::Schema;
use crate::sql::MarkedNames;

pub use review::{Remark, Surroundings, Topic, review};
pub use words::Words;

/// What drafting needs to know.
#[derive(Debug, Clone, Copy)]
pub struct Sources<'a> {
    /// The engine on which the changes were found.
    pub dialect: Dialect,
    /// What `{prefix}` stands for.
    pub prefix: &'a str,
    /// The models.
    pub models: &'a Words,
    /// The revisions that are applied.
    pub history: &'a Words,
}

/// The sections of a revision.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Draft {
    /// What stands behind `-- migrate: upgrade`.
    pub upgrade: String,
    /// What stands behind `-- migrate: downgrade`.
    pub downgrade: String,
}

/// Writes the sections of a revision that does these changes.
pub fn draft(changes: &[Change], sources: &Sources<'_>) -> Draft {
    let forth = changes.iter().flat_map(|change| &change.up);
    let back = changes.iter().rev().flat_map(|change| &change.down);
    let former = former::Former::of(forth.clone());
    let types = [
        wording::types_given(back.clone()),
        wording::types_given(forth.clone()),
    ];
    let wording = |new, old, is_back: bool| wording::Wording {
        dialect: sources.dialect,
        new,
        old,
        former: &former,
        before: &types[usize::from(is_back)],
        making: None,
        is_back,
    };
    let up = wording(sources.models, sources.history, false);
    let down = wording(sources.history, sources.models, true);
    let written = [sources.models, sources.history].map(Words::statements);
    let marked = MarkedNames::of(written.into_iter().flatten());
    let options = RenderOptions {
        prefix: sources.prefix,
        marked: Some(&marked),
        backslash_escapes: sources.dialect.syntax().backslash_escapes,
    };
    let text = |mut worded: Vec<Entry>| {
        note::mark_prefix(&mut worded, (sources.prefix, &marked));
        entries(&worded, &options)
    };
    Draft {
        upgrade: text(up.section(forth)),
        downgrade: text(down.section(back)),
    }
}

/// Writes the statements that make these changes where nobody wrote anything before.
pub fn statements(changes: &[Change], dialect: Dialect, prefix: &str) -> String {
    let operations = || changes.iter().flat_map(|it| &it.up);
    let tables = operations().filter_map(|it| {
        let Operation::CreateTable { table, .. } = it else {
            return None;
        };
        Some(table.clone())
    });
    // What stands on a table is spelled by the types of its columns.
    let tables = Schema {
        tables: tables.collect(),
        ..Schema::default()
    };
    let types = operations().filter_map(|it| {
        let Operation::Enum(EnumChange::Create { created }) = it else {
            return None;
        };
        Some(created.clone())
    });
    let types = Schema {
        enums: types.collect(),
        ..Schema::default()
    };
    let sources = Sources {
        dialect,
        prefix,
        models: &Words::new(dialect, types, Vec::new()),
        history: &Words::new(dialect, tables, Vec::new()),
    };
    draft(changes, &sources).upgrade
}

#[cfg(test)]
mod tests;
