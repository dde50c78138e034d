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

impl Unsupported {
    /// A procedure is the program's own work.
    pub(super) fn procedure(dialect: Dialect, procedure: &str) -> Self {
        Self {
            dialect,
            operation: format!("run the procedure `{procedure}`, which is no SQL"),
            hint: "procedures run in the program, with a connection to the database".to_owned(),
        }
    }
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
