//! A failure on its way out: the error, its causes, what was done before, and the advice.

use std::fmt::Write as _;

use serde::Serialize;

use super::exit::Exit;
use crate::diagnostic::{Advice, Diagnostic, Severity, render};
use crate::text::Place;

/// Why a command ends early.
pub(super) enum Failure {
    /// The reader of standard output went away: nothing is wrong, and nobody listens.
    Closed,
    /// An error of some stage.
    Error {
        /// What it is.
        error: Box<dyn Advice>,
        /// What a person should know before the advice: what was applied.
        notes: Vec<String>,
        /// How the process ends.
        exit: Exit,
    },
}

impl<E: Advice + 'static> From<E> for Failure {
    fn from(error: E) -> Self {
        Self::with_exit(error, Exit::Failed)
    }
}

impl Failure {
    /// An error that ends the process in a particular way.
    pub(super) fn with_exit(error: impl Advice + 'static, exit: Exit) -> Self {
        Self::Error {
            error: Box::new(error),
            notes: Vec::new(),
            exit,
        }
    }

    /// An error about what was typed: nothing ran.
    pub(super) fn usage(error: impl Advice + 'static) -> Self {
        Self::with_exit(error, Exit::Usage)
    }

    /// The text at fault, where a text is.
    pub(super) fn place(&self) -> Option<&Place> {
        match self {
            Self::Closed => None,
            Self::Error { error, .. } => error.place(),
        }
    }

    /// The same with a line, where there is one.
    pub(super) fn noting_any(self, note: Option<String>) -> Self {
        match note {
            Some(note) => self.noting(note),
            None => self,
        }
    }

    /// The same with a line about what was done before it.
    pub(super) fn noting(self, note: String) -> Self {
        match self {
            Self::Closed => Self::Closed,
            Self::Error {
                error,
                mut notes,
                exit,
            } => {
                notes.push(note);
                Self::Error { error, notes, exit }
            }
        }
    }
}

/// The words of a failure, ready to be printed by `ui` in either form.
pub(super) struct Words {
    pub kind: String,
    pub message: String,
    pub causes: Vec<String>,
    pub notes: Vec<String>,
    pub hint: Option<String>,
    /// The error with the line at fault, when a text is at fault.
    pub snippet: Option<String>,
    /// `file:line:column`, likewise.
    pub place: Option<String>,
}

impl Words {
    /// Reads an error; `colour` is for the line at fault.
    pub(super) fn of(error: &dyn Advice, notes: &[String], colour: bool) -> Self {
        let snippet = error.place().filter(|it| shows_text(it)).map(|place| {
            let diagnostic = Diagnostic {
                severity: Severity::Error,
                code: error.kind(),
                message: error.to_string(),
                place: place.clone(),
                hint: None,
            };
            render(&diagnostic, colour)
        });
        Self {
            kind: error.kind().to_owned(),
            message: error.to_string(),
            causes: causes(error),
            notes: notes.to_vec(),
            hint: error.hint(),
            snippet,
            place: error.place().map(ToString::to_string),
        }
    }

    /// The one object of `--json`.
    pub(super) fn document(&self) -> Document {
        let mut message = String::new();
        if let Some(place) = &self.place {
            let _ = write!(message, "{place}: ");
        }
        message.push_str(&self.message);
        for cause in &self.causes {
            let _ = write!(message, ": {cause}");
        }
        for note in &self.notes {
            let _ = write!(message, "; {note}");
        }
        Document {
            error: ErrorObject {
                kind: self.kind.clone(),
                message,
                hint: self.hint.clone(),
            },
        }
    }
}

/// Whether there is something to see on the line of a place.
fn shows_text(place: &Place) -> bool {
    let (before, after) = place.source.text().split_at(place.span.start);
    let start = before
        .lines()
        .next_back()
        .filter(|_| !before.ends_with('\n'));
    let end = after.lines().next();
    [start, end]
        .into_iter()
        .flatten()
        .any(|part| !part.trim().is_empty())
}

/// What `--json` writes to standard error.
#[derive(Serialize)]
pub(super) struct Document {
    error: ErrorObject,
}

#[derive(Serialize)]
struct ErrorObject {
    kind: String,
    message: String,
    hint: Option<String>,
}

/// The chain of sources; a cause that only repeats what stands before it is left out.
fn causes(error: &dyn Advice) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    let mut said = error.to_string();
    let mut next = error.source();
    while let Some(cause) = next {
        let text = cause.to_string();
        if !said.contains(&text) {
            found.push(text.clone());
        }
        said = text;
        next = cause.source();
    }
    found
}
