//! What ends a proof before its end.

use crate::database::DatabaseError;
use crate::diagnostic::Advice;
use crate::introspect::IntrospectError;
use crate::plan::PlanError;
use crate::program::ProgramError;
use crate::text::Place;

/// A proof that could not go on.
#[derive(Debug, thiserror::Error)]
pub enum VerifyError {
    /// The revisions have no way up.
    #[error("the revisions cannot be planned")]
    Plan(#[from] PlanError),
    /// A revision cannot be linked.
    #[error("a revision cannot be read")]
    Program(#[from] ProgramError),
    /// The scratch place cannot be read.
    #[error("cannot read the scratch place")]
    Introspect(#[from] IntrospectError),
    /// The scratch place refuses.
    #[error("cannot work in the scratch place")]
    Database(#[from] DatabaseError),
    /// Somebody asked for a stop.
    #[error("interrupted")]
    Interrupted,
}

impl Advice for VerifyError {
    fn kind(&self) -> &'static str {
        match self {
            Self::Plan(error) => error.kind(),
            Self::Program(error) => error.kind(),
            Self::Introspect(error) => error.kind(),
            Self::Database(error) => error.kind(),
            Self::Interrupted => "interrupted",
        }
    }

    fn hint(&self) -> Option<String> {
        match self {
            Self::Plan(error) => error.hint(),
            Self::Program(error) => error.hint(),
            Self::Introspect(error) => error.hint(),
            Self::Database(error) => error.hint(),
            Self::Interrupted => None,
        }
    }

    fn place(&self) -> Option<&Place> {
        match self {
            Self::Program(error) => error.place(),
            Self::Plan(error) => error.place(),
            Self::Introspect(_) | Self::Database(_) | Self::Interrupted => None,
        }
    }
}
