//! What compilers return.

use crate::schema::ObjectName;

/// One statement in one engine's language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Statement {
    /// The text, without a semicolon.
    pub sql: String,
    /// False when the engine refuses it inside a transaction (`CREATE INDEX CONCURRENTLY`).
    pub transactional: bool,
}

impl Statement {
    /// A statement that may run inside a transaction.
    pub fn new(sql: impl Into<String>) -> Self {
        Self {
            sql: sql.into(),
            transactional: true,
        }
    }

    /// A statement that must run outside one.
    pub fn outside_transaction(sql: impl Into<String>) -> Self {
        Self {
            sql: sql.into(),
            transactional: false,
        }
    }
}

/// The statements of one operation, or of several on one table.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Lowered {
    /// To be run in order.
    pub statements: Vec<Statement>,
    /// How the table is changed, when that is worth a warning.
    pub change: Option<TableChange>,
}

impl Lowered {
    /// Statements without a remark.
    pub fn plain(statements: Vec<Statement>) -> Self {
        Self {
            statements,
            change: None,
        }
    }
}

/// A change that the engine has no statement for, and how it is done instead.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TableChange {
    /// The table.
    pub table: ObjectName,
    /// What changes, one clause each: "type of `size` to bigint".
    pub reasons: Vec<String>,
    /// The way chosen.
    pub way: Way,
}

/// How a table is changed where the engine has no statement for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// Rows are copied to a new table that takes the old one's place.
    Rebuild,
}
