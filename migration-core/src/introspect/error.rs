//! What can go wrong when a live table is read.

use crate::database::DatabaseError;
use crate::diagnostic::Advice;
use crate::schema::ObjectName;
use crate::sql::SqlError;

/// A live table that cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum IntrospectError {
    /// There is none of that name.
    #[error("there is no table `{name}`")]
    NoSuchTable {
        /// The name.
        name: ObjectName,
    },
    /// Its definition says something that the model does not hold.
    #[error("the definition of `{name}` says more than is understood")]
    NotUnderstood {
        /// The table or index.
        name: String,
        /// Its definition, as the engine gives it.
        ddl: String,
    },
    /// Its definition is no SQL text.
    #[error("the definition of `{name}` cannot be read")]
    Unreadable {
        /// The table or index.
        name: String,
        /// Why.
        source: SqlError,
    },
    /// The engine refused a question.
    #[error("cannot read the catalog")]
    Database(#[from] DatabaseError),
}

impl Advice for IntrospectError {
    fn kind(&self) -> &'static str {
        match self {
            Self::NoSuchTable { .. } => "no-such-table",
            Self::NotUnderstood { .. } | Self::Unreadable { .. } => "definition-not-understood",
            Self::Database(error) => error.kind(),
        }
    }

    fn hint(&self) -> Option<String> {
        match self {
            Self::NoSuchTable { .. } => Some(
                "did no revision before this one make it, or did somebody else drop or rename it? \
                 `tables_prefix` of `[sqldb]` is a part of its name"
                    .to_owned(),
            ),
            Self::Unreadable { .. } => None,
            Self::NotUnderstood { ddl, .. } => Some(format!(
                "change it by statements of its engine (`-- migrate: only ...`); it is:\n{ddl}"
            )),
            Self::Database(error) => error.hint(),
        }
    }
}
