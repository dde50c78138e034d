//! What can go wrong in a measurement.

use std::fmt::Display;
use std::path::Path;

/// Why there is no number, and what to do about it.
#[derive(Debug, thiserror::Error)]
#[error("{what}")]
pub(crate) struct Failure {
    what: String,
    hint: Option<&'static str>,
}

impl Failure {
    /// A failure in one clause.
    pub(crate) fn new(what: impl Into<String>) -> Self {
        Self {
            what: what.into(),
            hint: None,
        }
    }

    /// The same with advice.
    pub(crate) fn hinting(self, hint: &'static str) -> Self {
        Self {
            hint: Some(hint),
            ..self
        }
    }

    /// The advice.
    pub(crate) fn hint(&self) -> Option<&'static str> {
        self.hint
    }
}

/// Says at which file an error happened.
pub(crate) fn at<E: Display>(path: &Path) -> impl FnOnce(E) -> Failure {
    move |error| Failure::new(format!("{}: {error}", path.display()))
}

/// Says during what an error happened.
pub(crate) fn during<E: Display>(what: &str) -> impl FnOnce(E) -> Failure {
    move |error| Failure::new(format!("{what}: {error}"))
}
