//! What can go wrong in the command line itself.

use std::io;
use std::path::PathBuf;

use crate::diagnostic::Advice;

/// A failure that no other stage knows.
#[derive(Debug, thiserror::Error)]
pub(super) enum CliError {
    /// Standard output cannot be written.
    #[error("cannot write to standard output")]
    CannotPrint {
        /// What the system said.
        source: io::Error,
    },
    /// A file or directory cannot be made.
    #[error("cannot write `{path}`")]
    CannotWrite {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// A directory that must be empty is not.
    #[error("the directory `{path}` already exists and is not empty")]
    NotEmpty {
        /// The directory.
        path: PathBuf,
    },
    /// No template has this name.
    #[error("there is no template `{name}`")]
    NoSuchTemplate {
        /// As typed.
        name: String,
        /// The nearest one.
        nearest: Option<&'static str>,
    },
}

impl Advice for CliError {
    fn kind(&self) -> &'static str {
        match self {
            Self::CannotPrint { .. } => "cannot-print",
            Self::CannotWrite { .. } => "cannot-write",
            Self::NotEmpty { .. } => "not-empty",
            Self::NoSuchTemplate { .. } => "no-such-template",
        }
    }

    fn hint(&self) -> Option<String> {
        match self {
            Self::CannotPrint { .. } | Self::CannotWrite { .. } => None,
            Self::NotEmpty { .. } => Some("name a directory that is new or empty".to_owned()),
            Self::NoSuchTemplate { nearest, .. } => Some(match nearest {
                Some(name) => format!("did you mean `{name}`?"),
                None => "`list-templates` shows them".to_owned(),
            }),
        }
    }
}
