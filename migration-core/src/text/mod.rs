//! Source text and places in it: where every error about text points.
//!
//! Knows nothing of SQL or migrations. Offsets are bytes; lines and columns are 1-based, columns
//! count characters.

mod lines;
mod similar;

use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;

pub use lines::LineColumn;
pub use similar::{closest, edit_distance};

/// Two digits for each byte.
pub(crate) fn hexadecimal(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let digit = |value: u8| char::from(DIGITS[usize::from(value)]);
    let both = |byte: &u8| [digit(byte >> 4), digit(byte & 15)];
    bytes.iter().flat_map(both).collect()
}

/// As [`str::trim`], at once where there is nothing to take away: what is read line by line is mostly
/// so.
pub(crate) fn trimmed(text: &str) -> &str {
    match text.as_bytes() {
        [] => text,
        [first, .., last] if first.is_ascii_graphic() && last.is_ascii_graphic() => text,
        _ => text.trim(),
    }
}

/// As [`str::split_once`] at an ASCII character. In a short text to look at each byte is faster than
/// what `str` does to find a character.
pub(crate) fn halves(text: &str, at: u8) -> Option<(&str, &str)> {
    debug_assert!(at.is_ascii());
    let position = text.bytes().position(|byte| byte == at)?;
    Some((&text[..position], &text[position + 1..]))
}

/// A byte range of a [`Source`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Span {
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
}

impl Span {
    /// Makes the range `start..end`.
    pub fn new(start: usize, end: usize) -> Self {
        Self { start, end }
    }

    /// Whether it holds nothing.
    pub fn is_empty(self) -> bool {
        self.start >= self.end
    }

    /// Returns the smallest span that covers both.
    pub fn cover(self, other: Self) -> Self {
        Self {
            start: self.start.min(other.start),
            end: self.end.max(other.end),
        }
    }
}

/// One text with the name a person knows it by (a path, or an embedded path).
#[derive(Debug, PartialEq, Eq)]
pub struct Source {
    name: Cow<'static, str>,
    text: Cow<'static, str>,
}

impl Source {
    /// Names `text`.
    pub fn new(name: impl Into<String>, text: impl Into<String>) -> Arc<Self> {
        Arc::new(Self {
            name: Cow::Owned(name.into()),
            text: Cow::Owned(text.into()),
        })
    }

    /// Names a text that is part of the program, without a copy.
    pub fn of_program(name: &'static str, text: &'static str) -> Arc<Self> {
        Arc::new(Self {
            name: Cow::Borrowed(name),
            text: Cow::Borrowed(text),
        })
    }

    /// The name shown before line and column.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The whole text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The text of a span.
    pub fn slice(&self, span: Span) -> &str {
        &self.text[span.start..span.end]
    }

    /// Line and column of a byte offset.
    pub fn line_column(&self, offset: usize) -> LineColumn {
        LineColumn::of(&self.text, offset)
    }
}

/// A span of a known source; prints as `file:line:column`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// The text.
    pub source: Arc<Source>,
    /// Where in it.
    pub span: Span,
}

impl Place {
    /// Points at `span` of `source`.
    pub fn new(source: &Arc<Source>, span: Span) -> Self {
        Self {
            source: Arc::clone(source),
            span,
        }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let at = self.source.line_column(self.span.start);
        write!(f, "{}:{}:{}", self.source.name(), at.line, at.column)
    }
}

#[cfg(test)]
mod tests;
