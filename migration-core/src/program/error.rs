//! What can be wrong with the texts of a plan.

use crate::diagnostic::Advice;
use crate::dialect::{TableChange, Unsupported};
use crate::graph::ResolveError;
use crate::operation::ApplyError;
use crate::plan::Direction;
use crate::revision::{RevisionError, RevisionId};
use crate::sql::SqlError;
use crate::text::Place;

/// A plan that cannot be linked; nothing ran.
#[derive(Debug, thiserror::Error)]
pub enum ProgramError {
    /// A file cannot be read, or its sections are wrong.
    #[error(transparent)]
    Revision(#[from] RevisionError),
    /// A section is no SQL text.
    #[error(transparent)]
    Sql(#[from] SqlError),
    /// The version rows are not in the graph.
    #[error(transparent)]
    Resolve(#[from] ResolveError),
    /// The plan was made for other revisions.
    #[error("revision `{revision}` of the plan is not among the revisions")]
    NotInGraph {
        /// The revision.
        revision: RevisionId,
    },
    /// `-- migrate: only` names an engine that does not exist.
    #[error("unknown engine `{name}`")]
    UnknownEngine {
        /// As written.
        name: String,
        /// The nearest known name.
        nearest: Option<&'static str>,
        /// The name.
        place: Place,
    },
    /// `-- migrate: call` names a procedure that is not registered.
    #[error("unknown procedure `{name}`")]
    UnknownProcedure {
        /// As written.
        name: String,
        /// The registered ones.
        known: Vec<String>,
        /// The directive.
        place: Place,
    },
    /// The section says that it must not run.
    #[error(
        "the {direction} of {} is marked irreversible: {reason}",
        whose(revision)
    )]
    Irreversible {
        /// The revision.
        revision: RevisionId,
        /// Which section.
        direction: Direction,
        /// Why.
        reason: String,
        /// The directive.
        place: Place,
    },
    /// No downgrade was written.
    #[error("revision `{revision}` has no downgrade section")]
    NoDowngrade {
        /// The revision.
        revision: RevisionId,
        /// The end of the file.
        place: Place,
    },
    /// A statement that would end the transaction it runs in.
    #[error(
        "`{statement}` in {} would end the transaction that protects it",
        whose(revision)
    )]
    TransactionControl {
        /// The statement.
        statement: String,
        /// The revision.
        revision: RevisionId,
        /// The statement.
        place: Place,
    },
    /// The engine cannot do it.
    #[error("{} cannot {description}", whose(revision))]
    Unsupported {
        /// The revision.
        revision: RevisionId,
        /// The operation in words.
        description: String,
        /// The statement.
        place: Place,
        /// Why.
        source: Box<Unsupported>,
    },
    /// A table must be changed in a way that the settings forbid.
    #[error("{}", change.refusal())]
    TableChangeRefused {
        /// The change.
        change: Box<TableChange>,
        /// The statement.
        place: Place,
    },
    /// A statement of the models does not fit those above it, whatever the engine.
    #[error("{} cannot {description}", whose(revision))]
    DoesNotFit {
        /// Stands for the models.
        revision: RevisionId,
        /// The operation in words.
        description: String,
        /// The statement.
        place: Place,
        /// What is in the way.
        source: Box<ApplyError>,
    },
    /// The values of a type are not those that the change expects.
    #[error("{} cannot {description}", whose(revision))]
    Values {
        /// The revision.
        revision: RevisionId,
        /// The operation in words.
        description: String,
        /// The statement.
        place: Place,
        /// Which value is there, or is not.
        source: Box<ApplyError>,
    },
    /// Without a database, only the revisions say what a table is, and they do not.
    #[error("revision `{revision}` cannot {description} without a database")]
    UnknownTable {
        /// The revision.
        revision: RevisionId,
        /// The operation in words.
        description: String,
        /// The statement.
        place: Place,
        /// What is not known.
        source: Box<ApplyError>,
    },
}

impl Advice for ProgramError {
    fn kind(&self) -> &'static str {
        match self {
            Self::Revision(error) => error.kind(),
            Self::Sql(error) => error.kind(),
            Self::Resolve(error) => error.kind(),
            Self::NotInGraph { .. } => "revision-not-found",
            Self::UnknownEngine { .. } => "unknown-engine",
            Self::UnknownProcedure { .. } => "unknown-procedure",
            Self::Irreversible { .. } => "irreversible",
            Self::NoDowngrade { .. } => "no-downgrade",
            Self::TransactionControl { .. } => "transaction-control",
            Self::Unsupported { source, .. } => source.kind(),
            Self::TableChangeRefused { .. } => "table-change-refused",
            Self::DoesNotFit { .. } => "models-do-not-fit",
            Self::Values { source, .. } => source.kind(),
            Self::UnknownTable { .. } => "table-not-known",
        }
    }

    fn hint(&self) -> Option<String> {
        let hint = match self {
            Self::Revision(error) => return error.hint(),
            Self::Sql(error) => return error.hint(),
            Self::Resolve(error) => return error.hint(),
            Self::NotInGraph { .. } => "read the revisions again and plan again".to_owned(),
            Self::UnknownEngine { nearest, .. } => match nearest {
                Some(nearest) => format!("did you mean `{nearest}`?"),
                None => "the engines are `sqlite`, `postgresql` and `mysql` (also for MariaDB)"
                    .to_owned(),
            },
            Self::UnknownProcedure { name, known, .. } => return Some(procedures(name, known)),
            Self::Irreversible {
                direction: Direction::Downgrade,
                ..
            } => {
                "write what undoes the upgrade, and take the directive out; where nothing does, a \
                 backup leads back (`stamp` changes the version rows alone)"
                    .to_owned()
            }
            Self::Irreversible { .. } => {
                "write what it has to do, and take the directive out".to_owned()
            }
            Self::NoDowngrade { .. } => {
                "write `-- migrate: downgrade` and what undoes the upgrade; \
                                         an empty section says that there is nothing to undo"
                    .to_owned()
            }
            Self::TransactionControl { .. } => "leave it out: `transaction` says how revisions \
                                                share transactions, `-- migrate: autocommit` runs \
                                                one statement outside"
                .to_owned(),
            Self::Unsupported { source, .. } => return source.hint(),
            Self::TableChangeRefused { .. } => TableChange::ALLOW.to_owned(),
            Self::DoesNotFit { source, .. } | Self::Values { source, .. } => return source.hint(),
            Self::UnknownTable { .. } => "only the database knows, because statements passed \
                                          through as written; run this online, where it is asked"
                .to_owned(),
        };
        Some(hint)
    }

    fn place(&self) -> Option<&Place> {
        match self {
            Self::Revision(error) => error.place(),
            Self::Sql(error) => error.place(),
            Self::Resolve(_) | Self::NotInGraph { .. } => None,
            Self::UnknownEngine { place, .. }
            | Self::UnknownProcedure { place, .. }
            | Self::Irreversible { place, .. }
            | Self::NoDowngrade { place, .. }
            | Self::TransactionControl { place, .. }
            | Self::Unsupported { place, .. }
            | Self::TableChangeRefused { place, .. }
            | Self::DoesNotFit { place, .. }
            | Self::Values { place, .. }
            | Self::UnknownTable { place, .. } => Some(place),
        }
    }
}

/// The revision by name, or the models.
fn whose(revision: &RevisionId) -> String {
    if revision.as_str() == super::models::NAME {
        return "the models".to_owned();
    }
    format!("revision `{revision}`")
}

fn procedures(name: &str, known: &[String]) -> String {
    let names = known.iter().map(String::as_str);
    match crate::diagnostic::closest(name, names) {
        Some(nearest) => format!("did you mean `{nearest}`?"),
        None if known.is_empty() => "this program has no procedures".to_owned(),
        None => format!("the procedures are `{}`", known.join("`, `")),
    }
}
