//! What can go wrong with a database that was discovered.

use std::io;
use std::path::PathBuf;

use crate::diagnostic::Advice;

/// A discovered database that cannot be kept or used.
#[derive(Debug, thiserror::Error)]
pub enum DiscoveryError {
    /// `discovered` has another word.
    #[error("`discovered` is `{word}`, not one of auto, yes, no")]
    Word {
        /// The word.
        word: String,
    },
    /// `discovered = yes` in production.
    #[error("`discovered = yes` and `environment = production` do not go together")]
    Production,
    /// A password is not where it was.
    #[error("the password of the discovered database is gone: it came from {reference}")]
    Stale {
        /// Where it was.
        reference: String,
    },
    /// The file of what was discovered is damaged.
    #[error("what was discovered cannot be read from `{}`", path.display())]
    Damaged {
        /// The file.
        path: PathBuf,
    },
    /// The file of what was discovered cannot be read or written.
    #[error("what was discovered cannot be kept in `{}`", path.display())]
    File {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
}

impl Advice for DiscoveryError {
    fn kind(&self) -> &'static str {
        match self {
            Self::Word { .. } => "unfit-value",
            Self::Production => "production",
            Self::Stale { .. } => "stale-password",
            Self::Damaged { .. } => "damaged-discovery",
            Self::File { .. } => "discovery-file",
        }
    }

    fn hint(&self) -> Option<String> {
        Some(match self {
            Self::Word { .. } => {
                "`auto` uses a discovered database where nothing else names one, `yes` also in \
                 place of the ini's, `no` never"
                    .to_owned()
            }
            Self::Production => {
                "in production a database is named, not discovered: remove `discovered`".to_owned()
            }
            Self::Stale { .. } => "set it again, or run `discover`; `clean` forgets it".to_owned(),
            Self::Damaged { .. } => "`clean` forgets it, `discover` finds it again".to_owned(),
            Self::File { .. } => {
                "it is kept below XDG_STATE_HOME, or below .local/state of HOME".to_owned()
            }
        })
    }
}
