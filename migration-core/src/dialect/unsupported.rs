//! The one way to say "this engine cannot".

use std::fmt;

use super::Dialect;
use crate::diagnostic::Advice;

/// An operation that an engine cannot do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unsupported {
    /// The engine.
    pub dialect: Dialect,
    /// What was asked, one clause: "drop constraint `x` of a table that is not known".
    pub operation: String,
    /// What to write instead.
    pub hint: String,
}

impl fmt::Display for Unsupported {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} cannot {}", self.dialect, self.operation)
    }
}

impl std::error::Error for Unsupported {}

impl Advice for Unsupported {
    fn kind(&self) -> &'static str {
        "unsupported"
    }

    fn hint(&self) -> Option<String> {
        Some(self.hint.clone())
    }
}
