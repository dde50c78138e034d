//! What can go wrong, by the stage where it does.

use std::io;

use crate::config::ConfigError;
use crate::database::DatabaseError;
use crate::diagnostic::{Advice, quoted};
use crate::execute::ExecuteError;
use crate::graph::{GraphError, ResolveError};
use crate::plan::PlanError;
use crate::program::ProgramError;
use crate::revision::{RevisionError, RevisionId};
use crate::script::ScriptError;
use crate::status::StatusError;
use crate::text::Place;

/// Why an application's database was not brought up, or not looked at.
#[derive(Debug, thiserror::Error)]
pub enum ApplicationError {
    /// The settings.
    #[error(transparent)]
    Config(#[from] ConfigError),
    /// The process has no working directory, which an ini may be relative to.
    #[error("the working directory is not there")]
    NoWorkingDirectory {
        /// What the system says.
        source: io::Error,
    },
    /// A revision file.
    #[error(transparent)]
    Revision(#[from] RevisionError),
    /// The tree of revisions.
    #[error(transparent)]
    Graph(#[from] GraphError),
    /// The database has revisions that are not known here.
    #[error(transparent)]
    Rows(#[from] ResolveError),
    /// The target.
    #[error(transparent)]
    Plan(#[from] PlanError),
    /// The text of a revision.
    #[error(transparent)]
    Program(#[from] ProgramError),
    /// Revisions that were edited.
    #[error(transparent)]
    Status(#[from] StatusError),
    /// The database.
    #[error(transparent)]
    Database(#[from] DatabaseError),
    /// A revision that is no SQL.
    #[error(transparent)]
    Script(#[from] ScriptError),
    /// A tree that is no line.
    #[error(
        "the revisions are no line: there are branches at {}",
        quoted(revisions)
    )]
    NoLine {
        /// Where it forks or joins, or its heads.
        revisions: Vec<RevisionId>,
    },
    /// The run.
    #[error(transparent)]
    Execute(#[from] ExecuteError),
}

/// What is known of an error that is no stage's.
struct Own {
    kind: &'static str,
    hint: Option<&'static str>,
}

impl ApplicationError {
    /// The error of the stage, or what is our own.
    fn stage(&self) -> Result<&dyn Advice, Own> {
        Ok(match self {
            Self::Config(error) => error,
            Self::NoWorkingDirectory { .. } => {
                return Err(Own {
                    kind: "no-working-directory",
                    hint: None,
                });
            }
            Self::NoLine { .. } => {
                return Err(Own {
                    kind: "no-line",
                    hint: Some(
                        "other harnesses know lines only; `Component::with_ini(...)` and `upgrade` \
                         know the whole tree",
                    ),
                });
            }
            Self::Revision(error) => error,
            Self::Graph(error) => error,
            Self::Rows(error) => error,
            Self::Plan(error) => error,
            Self::Program(error) => error,
            Self::Status(error) => error,
            Self::Database(error) => error,
            Self::Script(error) => error,
            Self::Execute(error) => error,
        })
    }
}

impl Advice for ApplicationError {
    fn kind(&self) -> &'static str {
        match self.stage() {
            Ok(error) => error.kind(),
            Err(own) => own.kind,
        }
    }

    fn hint(&self) -> Option<String> {
        match self.stage() {
            Ok(error) => error.hint(),
            Err(own) => own.hint.map(str::to_owned),
        }
    }

    fn place(&self) -> Option<&Place> {
        self.stage().ok()?.place()
    }
}
