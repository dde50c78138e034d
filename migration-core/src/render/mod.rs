//! Operations to the text of a revision file.
//!
//! In: operations, whatever made them. Out: the statements that a person would write, in the portable
//! spelling that `sql` reads on every engine: names quoted where they must be, `{prefix}` in the
//! place of the prefix. Reading the text again gives the same operations. Never knows an engine.

mod column;
mod constraint;
mod index;
mod keywords;
mod name;
mod object;
mod statement;
mod table;
mod types;

use crate::operation::Operation;
use crate::schema::{Column, DataType};
use crate::sql::{MarkedNames, template};

/// What writing needs to know.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct RenderOptions<'a> {
    /// What `{prefix}` stands for: `irma_`, or nothing.
    pub prefix: &'a str,
    /// The names that were written with it, for when it stands for nothing.
    pub marked: Option<&'a MarkedNames>,
    /// Whether statements that pass through as written are MySQL's, as
    /// [`ParseOptions`](crate::sql::ParseOptions) says it.
    pub backslash_escapes: bool,
}

impl<'a> RenderOptions<'a> {
    /// What the prefix is written for.
    fn mark(&self) -> template::Prefix<'a> {
        template::Prefix {
            text: self.prefix,
            names: self.marked,
        }
    }
}

/// One operation as a statement without a semicolon, or as a directive when it is a call.
///
/// What the text cannot say is left out: a type or default that only one engine writes is its text
/// as it is, and an unnamed constraint is dropped by the name it got.
pub fn operation(operation: &Operation, options: &RenderOptions<'_>) -> String {
    statement::operation(operation, options)
}

/// An operation as it stands in a section, with what is written above it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// The operation.
    pub operation: Operation,
    /// The engines it is for; none means all.
    pub only: Vec<String>,
    /// What a reader should know of it, without the dashes of a comment.
    pub note: Option<String>,
}

impl From<&Operation> for Entry {
    fn from(operation: &Operation) -> Self {
        Self {
            operation: operation.clone(),
            only: Vec::new(),
            note: None,
        }
    }
}

/// A type in its standard spelling.
pub fn data_type(data_type: &DataType) -> String {
    types::name(data_type, &RenderOptions::default())
}

/// A column as `CREATE TABLE` defines it, without constraints.
pub fn column(column: &Column) -> String {
    column::definition(column, &[], &RenderOptions::default())
}

/// The operations of a section, one statement each, with a blank line around those that take
/// several lines.
pub fn section(operations: &[Operation], options: &RenderOptions<'_>) -> String {
    let entries: Vec<Entry> = operations.iter().map(Entry::from).collect();
    self::entries(&entries, options)
}

/// The same with what stands above the statements.
pub fn entries(entries: &[Entry], options: &RenderOptions<'_>) -> String {
    let mut text = String::new();
    let mut was_long = false;
    for entry in entries {
        let operation = &entry.operation;
        let mut statement = above(entry) + &statement::operation(operation, options);
        match operation {
            Operation::Call { .. } => {}
            _ => statement += terminator(&statement),
        }
        let is_long = statement.contains('\n') || matches!(operation, Operation::Call { .. });
        if !text.is_empty() && (is_long || was_long) {
            text.push('\n');
        }
        text += &statement;
        text.push('\n');
        was_long = is_long;
    }
    text
}

/// The lines above a statement.
fn above(entry: &Entry) -> String {
    let note = entry.note.iter().flat_map(|note| note.lines());
    let mut lines: String = note.map(|line| format!("-- {line}\n")).collect();
    if !entry.only.is_empty() {
        lines += &format!("-- migrate: only {}\n", entry.only.join(", "));
    }
    lines
}

/// A semicolon, on a line of its own when the last line may end in a comment.
fn terminator(statement: &str) -> &'static str {
    let last = statement.lines().next_back().unwrap_or_default();
    if last.contains("--") || last.contains('#') {
        "\n;"
    } else {
        ";"
    }
}

#[cfg(test)]
mod tests;
