//! What can go wrong in the commands around migrations: making, finding and dropping databases.

use crate::diagnostic::Advice;

/// A failure of such a command.
#[derive(Debug, thiserror::Error)]
pub(super) enum WorkflowError {
    /// The database is in production.
    #[error("`{name}` is a production database: `environment` says so ({origin})")]
    Production {
        /// The database.
        name: String,
        /// Where that is set.
        origin: String,
    },
    /// Nobody is there to be asked.
    #[error("the database `{name}` would be dropped, and nobody can be asked")]
    UnconfirmedDrop {
        /// The database.
        name: String,
    },
    /// What was typed is not the database's name.
    #[error("`{typed}` is not the name of the database, so nothing was dropped")]
    OtherName {
        /// As typed.
        typed: String,
        /// The database.
        name: String,
    },
}

impl Advice for WorkflowError {
    fn kind(&self) -> &'static str {
        match self {
            Self::Production { .. } => "production",
            Self::UnconfirmedDrop { .. } => "usage",
            Self::OtherName { .. } => "other-name",
        }
    }

    fn hint(&self) -> Option<String> {
        match self {
            Self::Production { .. } => Some(
                "`dropdb` never drops such a database; if it is none, correct `environment` of \
                 `[migration]`"
                    .to_owned(),
            ),
            Self::UnconfirmedDrop { name } => {
                Some(format!("`--yes {name}` does it without asking"))
            }
            Self::OtherName { name, .. } => Some(format!("it is called `{name}`")),
        }
    }
}
