//! What no script can say.

use crate::diagnostic::Advice;
use crate::text::Place;

/// A program that cannot be a script.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ScriptError {
    /// A Rust procedure is called.
    #[error("procedure `{name}` cannot be written as SQL")]
    Procedure {
        /// Its name.
        name: String,
        /// The directive.
        place: Place,
    },
    /// A table must be read first.
    #[error("cannot {description} without a database")]
    NotLowered {
        /// What was to be done, in words.
        description: String,
        /// The statement.
        place: Place,
    },
}

impl Advice for ScriptError {
    fn kind(&self) -> &'static str {
        match self {
            Self::Procedure { .. } => "procedure-offline",
            Self::NotLowered { .. } => "table-not-known",
        }
    }

    fn hint(&self) -> Option<String> {
        let hint = match self {
            Self::Procedure { .. } => {
                "write scripts for the revisions before and after it, and run this one online"
            }
            Self::NotLowered { .. } => "run this online, where the database itself is asked",
        };
        Some(hint.to_owned())
    }

    fn place(&self) -> Option<&Place> {
        match self {
            Self::Procedure { place, .. } | Self::NotLowered { place, .. } => Some(place),
        }
    }
}
