//! Why an operation has no effect on a schema, or no inverse.

use thiserror::Error;

use crate::diagnostic::Advice;
use crate::schema::{Ident, ObjectName};

/// An operation that does not fit the schema it is applied to.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum ApplyError {
    /// The table is not there.
    #[error("table `{table}` does not exist")]
    NoSuchTable {
        /// The name asked for.
        table: ObjectName,
        /// The nearest name that is there.
        nearest: Option<String>,
    },
    /// A table of that name is there.
    #[error("table `{table}` exists already")]
    TableExists {
        /// The name.
        table: ObjectName,
    },
    /// The column is not there.
    #[error("table `{table}` has no column `{column}`")]
    NoSuchColumn {
        /// The table.
        table: ObjectName,
        /// The name asked for.
        column: Ident,
        /// The nearest name that is there.
        nearest: Option<String>,
    },
    /// A column of that name is there.
    #[error("table `{table}` has a column `{column}` already")]
    ColumnExists {
        /// The table.
        table: ObjectName,
        /// The name.
        column: Ident,
    },
    /// Something else needs the column.
    #[error("column `{table}.{column}` is needed by {user}")]
    ColumnInUse {
        /// The table.
        table: ObjectName,
        /// The column.
        column: Ident,
        /// What needs it: "constraint `a_fkey` of table `b`".
        user: String,
    },
    /// The constraint is not there.
    #[error("table `{table}` has no constraint `{constraint}`")]
    NoSuchConstraint {
        /// The table.
        table: ObjectName,
        /// The name asked for.
        constraint: Ident,
        /// The nearest name that is there.
        nearest: Option<String>,
    },
    /// A constraint of the table with no name, described by its kind, is not there.
    #[error("table `{table}` has no such constraint")]
    NoUnnamedConstraint {
        /// The table.
        table: ObjectName,
    },
    /// The table has no primary key.
    #[error("table `{table}` has no primary key")]
    NoPrimaryKey {
        /// The table.
        table: ObjectName,
    },
    /// The table has a primary key.
    #[error("table `{table}` has a primary key already")]
    PrimaryKeyExists {
        /// The table.
        table: ObjectName,
    },
    /// A constraint of that name is there.
    #[error("table `{table}` has a constraint `{constraint}` already")]
    ConstraintExists {
        /// The table.
        table: ObjectName,
        /// The name.
        constraint: Ident,
    },
    /// The index is not there.
    #[error("index `{index}` does not exist")]
    NoSuchIndex {
        /// The name asked for.
        index: ObjectName,
        /// The nearest name that is there.
        nearest: Option<String>,
    },
    /// An index of that name is there.
    #[error("index `{index}` exists already")]
    IndexExists {
        /// The name.
        index: Ident,
    },
}

impl Advice for ApplyError {
    fn kind(&self) -> &'static str {
        match self {
            Self::NoSuchTable { .. } => "no-such-table",
            Self::TableExists { .. } => "table-exists",
            Self::NoSuchColumn { .. } => "no-such-column",
            Self::ColumnExists { .. } => "column-exists",
            Self::ColumnInUse { .. } => "column-in-use",
            Self::NoSuchConstraint { .. } | Self::NoUnnamedConstraint { .. } => {
                "no-such-constraint"
            }
            Self::NoPrimaryKey { .. } => "no-primary-key",
            Self::PrimaryKeyExists { .. } => "primary-key-exists",
            Self::ConstraintExists { .. } => "constraint-exists",
            Self::NoSuchIndex { .. } => "no-such-index",
            Self::IndexExists { .. } => "index-exists",
        }
    }

    fn hint(&self) -> Option<String> {
        match self {
            Self::NoSuchTable { nearest, .. }
            | Self::NoSuchColumn { nearest, .. }
            | Self::NoSuchConstraint { nearest, .. }
            | Self::NoSuchIndex { nearest, .. } => nearest
                .as_ref()
                .map(|nearest| format!("did you mean `{nearest}`?")),
            Self::ColumnInUse { .. } => Some("drop that first, or add CASCADE".to_owned()),
            Self::TableExists { .. }
            | Self::ColumnExists { .. }
            | Self::NoUnnamedConstraint { .. }
            | Self::NoPrimaryKey { .. }
            | Self::PrimaryKeyExists { .. }
            | Self::ConstraintExists { .. }
            | Self::IndexExists { .. } => None,
        }
    }
}

/// Why an operation cannot be turned round.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum Irreversible {
    /// Only the engine knows what the statement does.
    #[error("a statement that is run as written has no known inverse")]
    Raw,
    /// Only the component knows what the procedure does.
    #[error("procedure `{procedure}` has no known inverse")]
    Call {
        /// The procedure.
        procedure: String,
    },
    /// The operation does not fit the schema before it.
    #[error("what it changes is not known")]
    Unknown(#[from] ApplyError),
}

impl Advice for Irreversible {
    fn kind(&self) -> &'static str {
        "irreversible"
    }

    fn hint(&self) -> Option<String> {
        match self {
            Self::Raw | Self::Call { .. } => {
                Some("write the downgrade by hand, or mark it irreversible".to_owned())
            }
            Self::Unknown(error) => error.hint(),
        }
    }
}
