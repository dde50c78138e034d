//! Why a database cannot be compared.

use crate::database::DatabaseError;
use crate::diagnostic::{Advice, unended};
use crate::dialect::{Dialect, Unsupported};
use crate::execute::{ExecuteError, Problem};
use crate::introspect::IntrospectError;
use crate::plan::PlanError;
use crate::program::{Built, Outside, ProgramError};
use crate::schema::ObjectName;
use crate::text::Place;

/// A comparison that cannot be made; nothing was changed.
#[derive(Debug, thiserror::Error)]
pub enum CompareError {
    /// The texts are wrong.
    #[error(transparent)]
    Program(#[from] ProgramError),
    /// The applied revisions make no plan.
    #[error(transparent)]
    Plan(#[from] PlanError),
    /// There is no scratch place, or a connection fails.
    #[error(transparent)]
    Database(#[from] DatabaseError),
    /// A catalog cannot be read.
    #[error(transparent)]
    Introspect(#[from] IntrospectError),
    /// The engine cannot do it.
    #[error(transparent)]
    Unsupported(#[from] Box<Unsupported>),
    /// A foreign key leads to a table that is nowhere.
    #[error(
        "table `{}` refers to `{}`, which the models do not create",
        outside.table, outside.references
    )]
    UnknownReference {
        /// The reference.
        outside: Box<Outside>,
        /// The nearest table of the models.
        nearest: Option<String>,
    },
    /// The engine refuses a statement of the models, or of a revision that was applied.
    #[error("cannot {description} in an empty {dialect} database")]
    Refused {
        /// What it was to do, in words.
        description: String,
        /// The engine.
        dialect: Dialect,
        /// Where it was written.
        place: Place,
        /// A table that it refers to and that is made further below.
        later: Option<ObjectName>,
        /// What the engine said.
        source: Box<DatabaseError>,
    },
    /// The rehearsal failed in another way.
    #[error("cannot rehearse in an empty database")]
    Rehearsal {
        /// How.
        source: Box<ExecuteError>,
    },
}

impl CompareError {
    /// The error with what the statements say of it.
    pub(super) fn explained(mut self, built: &Built) -> Self {
        if let Self::Refused { place, later, .. } = &mut self {
            *later = built.made_later(place).cloned();
        }
        self
    }

    /// What went wrong while something was made in a scratch place.
    pub(super) fn rehearsal(dialect: Dialect, error: ExecuteError) -> Self {
        match *error.problem {
            Problem::Statement {
                description,
                place,
                source,
                ..
            } => Self::Refused {
                description,
                dialect,
                place,
                later: None,
                source,
            },
            problem => Self::Rehearsal {
                source: Box::new(ExecuteError {
                    problem: Box::new(problem),
                    ..error
                }),
            },
        }
    }
}

impl Advice for CompareError {
    fn kind(&self) -> &'static str {
        match self {
            Self::Program(error) => error.kind(),
            Self::Plan(error) => error.kind(),
            Self::Database(error) => error.kind(),
            Self::Introspect(error) => error.kind(),
            Self::Unsupported(error) => error.kind(),
            Self::UnknownReference { .. } => "unknown-reference",
            Self::Refused { source, .. } => source.kind(),
            Self::Rehearsal { source } => source.kind(),
        }
    }

    fn hint(&self) -> Option<String> {
        match self {
            Self::Program(error) => error.hint(),
            Self::Plan(error) => error.hint(),
            Self::Database(error) => error.hint(),
            Self::Introspect(error) => error.hint(),
            Self::Unsupported(error) => error.hint(),
            Self::UnknownReference { nearest, .. } => Some(match nearest {
                Some(nearest) => format!("did you mean `{nearest}`?"),
                None => "create it in the models; a table of another component has to be in the \
                         database already"
                    .to_owned(),
            }),
            Self::Refused {
                later: Some(later), ..
            } => Some(format!(
                "`{later}` is made further below: put it before this; where both refer to each \
                 other, add one foreign key behind both tables, by ALTER TABLE ... ADD FOREIGN KEY"
            )),
            Self::Refused { source, place, .. } => {
                let question = source.is_syntax().then(|| unended(place)).flatten();
                question.or_else(|| source.hint())
            }
            Self::Rehearsal { source } => source.hint(),
        }
    }

    fn place(&self) -> Option<&Place> {
        match self {
            Self::Program(error) => error.place(),
            Self::Plan(error) => error.place(),
            Self::Database(_) | Self::Introspect(_) | Self::Unsupported(_) => None,
            Self::UnknownReference { outside, .. } => Some(&outside.place),
            Self::Refused { place, .. } => Some(place),
            Self::Rehearsal { source } => source.place(),
        }
    }
}
