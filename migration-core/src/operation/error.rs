//! Why an operation has no effect on a schema, or no inverse.

use std::fmt;

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
    /// The view, sequence, type or schema is not there.
    #[error("{kind} `{name}` does not exist")]
    NoSuchObject {
        /// What it is.
        kind: ObjectKind,
        /// The name asked for.
        name: ObjectName,
        /// The nearest name that is there.
        nearest: Option<String>,
    },
    /// A view, sequence, type or schema of that name is there.
    #[error("{kind} `{name}` exists already")]
    ObjectExists {
        /// What it is.
        kind: ObjectKind,
        /// The name.
        name: ObjectName,
    },
    /// Something stands in the schema, or is of the type.
    #[error("{kind} `{name}` is needed by {user}")]
    ObjectInUse {
        /// What it is.
        kind: ObjectKind,
        /// The name.
        name: ObjectName,
        /// What needs it: "column `t.a`".
        user: String,
    },
    /// The type does not list the value.
    #[error("type `{name}` has no value '{value}'")]
    NoSuchValue {
        /// The type.
        name: ObjectName,
        /// The value asked for.
        value: String,
        /// The nearest value that is there.
        nearest: Option<String>,
    },
    /// The type lists the value.
    #[error("type `{name}` has a value '{value}' already")]
    ValueExists {
        /// The type.
        name: ObjectName,
        /// The value.
        value: String,
    },
}

/// What stands beside tables.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ObjectKind {
    /// A view.
    View,
    /// A sequence.
    Sequence,
    /// A schema.
    Namespace,
    /// An enumerated type.
    Enum,
}

impl fmt::Display for ObjectKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::View => "view",
            Self::Sequence => "sequence",
            Self::Namespace => "schema",
            Self::Enum => "type",
        })
    }
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
            Self::NoSuchObject { .. } => "no-such-object",
            Self::ObjectExists { .. } => "object-exists",
            Self::ObjectInUse { .. } => "object-in-use",
            Self::NoSuchValue { .. } => "no-such-value",
            Self::ValueExists { .. } => "value-exists",
        }
    }

    fn hint(&self) -> Option<String> {
        match self {
            Self::NoSuchTable { nearest, .. }
            | Self::NoSuchColumn { nearest, .. }
            | Self::NoSuchConstraint { nearest, .. }
            | Self::NoSuchIndex { nearest, .. }
            | Self::NoSuchObject { nearest, .. }
            | Self::NoSuchValue { nearest, .. } => nearest
                .as_ref()
                .map(|nearest| format!("did you mean `{nearest}`?")),
            Self::ColumnInUse { .. } | Self::ObjectInUse { .. } => {
                Some("drop that first, or add CASCADE".to_owned())
            }
            Self::TableExists { .. }
            | Self::ColumnExists { .. }
            | Self::NoUnnamedConstraint { .. }
            | Self::NoPrimaryKey { .. }
            | Self::PrimaryKeyExists { .. }
            | Self::ConstraintExists { .. }
            | Self::IndexExists { .. }
            | Self::ObjectExists { .. } => None,
            Self::ValueExists { .. } => Some(
                "leave the statement out; `ADD VALUE IF NOT EXISTS` adds a value that may be there"
                    .to_owned(),
            ),
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
    /// PostgreSQL adds values to a type and never takes one away.
    #[error("value '{value}' cannot be taken out of type `{name}` again")]
    EnumValue {
        /// The type.
        name: ObjectName,
        /// The value.
        value: String,
    },
    /// Nobody knows what was written to the column since.
    #[error("column `{table}.{column}` cannot be computed again from what was written to it")]
    Expression {
        /// The table.
        table: ObjectName,
        /// The column.
        column: Ident,
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
            Self::Raw | Self::Call { .. } | Self::EnumValue { .. } | Self::Expression { .. } => {
                Some("write the downgrade by hand, or mark it irreversible".to_owned())
            }
            Self::Unknown(error) => error.hint(),
        }
    }
}
