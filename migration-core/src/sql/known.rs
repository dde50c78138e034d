//! Statements that were read before: the same text read in the same way means the same, and need not
//! be read again.

use std::collections::HashMap;

use super::{ParseOptions, Statement};
use crate::operation::Operation;

/// Statements by their first lines.
#[derive(Debug, Default)]
pub struct Known<'a>(HashMap<&'a str, &'a Statement>);

/// Statements and how they were read.
type Read<'a> = (&'a [Statement], &'a ParseOptions);

impl<'a> Known<'a> {
    /// Takes those in that mean the same wherever they stand; none unless they were read by these
    /// options.
    pub fn of((statements, read_by): Read<'a>, options: &ParseOptions) -> Self {
        let mut known = HashMap::new();
        if read_by == options {
            let texts = statements.iter().filter_map(|it| Some((movable(it)?, it)));
            known.extend(texts.map(|(text, it)| (first_line(text), it)));
        }
        Self(known)
    }

    /// The statement that a text begins with, and how long it is.
    pub(super) fn find(&self, text: &str) -> Option<(&'a Statement, usize)> {
        if self.0.is_empty() {
            return None;
        }
        let found = *self.0.get(first_line(text))?;
        let known = found.place.source.slice(found.place.span);
        let behind = text.strip_prefix(known)?;
        behind.starts_with(END).then_some((found, known.len()))
    }
}

/// What ends a statement.
const END: char = ';';

/// The text of a statement that means the same wherever it stands: it says what tables and indexes
/// are, for every engine, and neither what ends it nor what is a comment depends on what stands
/// elsewhere.
fn movable(statement: &Statement) -> Option<&str> {
    let is_table = |it: &Operation| {
        matches!(
            it,
            Operation::CreateTable { .. } | Operation::CreateIndex { .. }
        )
    };
    let place = &statement.place;
    let text = place.source.slice(place.span);
    let is_movable = statement.only.is_empty()
        && statement.operations.iter().all(is_table)
        && place.source.text()[place.span.end..].starts_with(END)
        && !text.contains(END)
        && !text.contains("/*");
    is_movable.then_some(text)
}

/// A text up to the end of its first line, or of its first statement.
fn first_line(text: &str) -> &str {
    let is_end = |byte: &u8| matches!(byte, b'\n' | b';');
    let end = text.as_bytes().iter().position(is_end);
    &text[..end.unwrap_or(text.len())]
}
