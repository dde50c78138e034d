//! What can go wrong in the commands around migrations: making, finding and dropping databases.

use std::io;

use crate::diagnostic::{Advice, quoted};

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
    /// `init` without a directory.
    #[error("no directory is named for the project")]
    NoDirectory,
    /// A directory whose name is none for a crate.
    #[error("`{name}` is no name for a crate")]
    NoCrateName {
        /// The name.
        name: String,
    },
    /// No database answers.
    #[error("no database answers")]
    NothingFound,
    /// A place where it was looked for has a server that says no.
    #[error("{source_name} answers and refuses: {reason}")]
    Refused {
        /// What the place is called.
        source_name: String,
        /// What the server said.
        reason: String,
        /// Variables of its password that are not set.
        unset: Vec<String>,
        /// Whether an earlier search kept it.
        is_kept: bool,
    },
    /// A file whose name says no language of pictures.
    #[error("no picture is written in `.{ending}`")]
    NoSuchPicture {
        /// What stands behind the last dot.
        ending: String,
        /// The endings that do.
        known: Vec<&'static str>,
    },
    /// There is no directory for what was discovered.
    #[error("there is no directory to keep it in")]
    NowhereToKeep,
    /// The password cannot be asked for.
    #[error("cannot read the password")]
    NoPassword {
        /// What the system said.
        source: io::Error,
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
            Self::NoDirectory => "usage",
            Self::NoCrateName { .. } => "no-crate-name",
            Self::NothingFound => "nothing-found",
            Self::NoSuchPicture { .. } => "usage",
            Self::Refused { .. } => "database-refuses",
            Self::NowhereToKeep => "nowhere-to-keep",
            Self::NoPassword { .. } => "no-password",
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
            Self::NoDirectory => Some("`init migrations` makes one of that name".to_owned()),
            Self::NoCrateName { .. } => Some(
                "name a directory by lower-case letters, digits, `-` and `_`, a letter first"
                    .to_owned(),
            ),
            Self::NothingFound => Some(
                "start one, or say where it is: `discover --host HOST --port PORT -u USER -p \
                 -d DATABASE`"
                    .to_owned(),
            ),
            Self::NoSuchPicture { known, .. } => Some(format!(
                "name it {}, or say by `--format` what is to stand in it",
                endings(known)
            )),
            Self::Refused { unset, is_kept, .. } => Some(correct(unset, *is_kept)),
            Self::NowhereToKeep => {
                Some("set HOME, or XDG_STATE_HOME to an absolute path".to_owned())
            }
            Self::NoPassword { .. } => None,
            Self::OtherName { name, .. } => Some(format!("it is called `{name}`")),
        }
    }
}

/// The ways to end the name of a file.
fn endings(known: &[&str]) -> String {
    let known: Vec<String> = known.iter().map(|it| format!(".{it}")).collect();
    match known.as_slice() {
        [rest @ .., last] if !rest.is_empty() => format!("{} or {last}", rest.join(", ")),
        known => known.concat(),
    }
}

/// How a search goes on that ended at a server that says no.
fn correct(unset: &[String], is_kept: bool) -> String {
    let first = if !unset.is_empty() {
        format!(
            "{} {} not set, in the environment or in `.env`: set {} and run `discover` again",
            quoted(unset),
            if unset.len() == 1 { "is" } else { "are" },
            if unset.len() == 1 { "it" } else { "them" },
        )
    } else if is_kept {
        "`clean` forgets it; then `discover` looks anew".to_owned()
    } else {
        "correct it there and run `discover` again".to_owned()
    };
    format!(
        "nothing behind it was asked, since that may be another's server. {first}; or name the one \
         you mean: `discover --host HOST --port PORT -u USER -p -d DATABASE`"
    )
}
