//! What is wrong, where, and what to do about it, as values.
//!
//! Errors of every stage implement [`Advice`]; those about text carry a [`Diagnostic`]. Nothing
//! here prints: `cli` renders.

mod snippet;
mod unended;

use std::fmt::Display;

use crate::text::Place;

pub use crate::text::closest;
pub use snippet::render;
pub use unended::unended;

/// How bad it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Severity {
    /// Work stops.
    Error,
    /// Work goes on; a person should look.
    Warning,
}

/// A finding about a piece of text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// How bad it is.
    pub severity: Severity,
    /// Stable kebab-case name, such as `unknown-directive`.
    pub code: &'static str,
    /// One lower-case clause without a full stop.
    pub message: String,
    /// Where.
    pub place: Place,
    /// What to do about it.
    pub hint: Option<String>,
}

/// What an error knows beyond its message; the command line prints it after the causes.
pub trait Advice: std::error::Error {
    /// Stable kebab-case name of the error, the `kind` of machine-readable output.
    fn kind(&self) -> &'static str;

    /// What to do about it, one clause or a few lines.
    fn hint(&self) -> Option<String> {
        None
    }

    /// Where in a text, when text is at fault.
    fn place(&self) -> Option<&Place> {
        None
    }
}

/// The verb behind a number of things.
pub fn are(count: i64) -> &'static str {
    if count == 1 { "is" } else { "are" }
}

/// The first few names of a list in backticks, and how many more there are.
pub fn quoted_some<T: Display>(names: &[T], few: usize) -> String {
    let shown = quoted(names.iter().take(few));
    match names.len().saturating_sub(few) {
        0 => shown,
        more => format!("{shown} and {more} more"),
    }
}

/// Names in backticks, one after the other, for people.
pub fn quoted<T: Display>(names: impl IntoIterator<Item = T>) -> String {
    let names: Vec<String> = names.into_iter().map(|name| format!("`{name}`")).collect();
    names.join(", ")
}
