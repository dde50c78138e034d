//! Constraints.

use super::{Expression, Ident, ObjectName};

/// A constraint of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Constraint {
    /// Its name; without one the engine chooses.
    pub name: Option<Ident>,
    /// What it demands.
    pub kind: ConstraintKind,
    /// When it is checked.
    pub deferrability: Deferrability,
    /// `NOT VALID`: existing rows are not checked (PostgreSQL).
    pub not_valid: bool,
}

impl Constraint {
    /// A constraint that is checked at once.
    pub fn new(name: Option<Ident>, kind: ConstraintKind) -> Self {
        Self {
            name,
            kind,
            deferrability: Deferrability::default(),
            not_valid: false,
        }
    }
}

/// What a constraint demands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ConstraintKind {
    /// The columns name a row.
    PrimaryKey {
        /// Key columns, in key order.
        columns: Vec<Ident>,
    },
    /// No two rows agree in the columns.
    Unique {
        /// Key columns, in key order.
        columns: Vec<Ident>,
    },
    /// The columns name a row of another table.
    ForeignKey(ForeignKey),
    /// The expression is not false for any row.
    Check {
        /// The condition, without its parentheses.
        expression: Expression,
    },
}

/// A reference to another table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ForeignKey {
    /// Columns of this table.
    pub columns: Vec<Ident>,
    /// The table referred to.
    pub references: ObjectName,
    /// Its columns; empty means its primary key.
    pub referenced_columns: Vec<Ident>,
    /// What a change of the key referred to does.
    pub on_update: ReferentialAction,
    /// What a deletion of the row referred to does.
    pub on_delete: ReferentialAction,
    /// How NULL in some of several columns is read.
    pub match_kind: MatchKind,
}

/// What happens to referring rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ReferentialAction {
    /// The change fails at the end of the statement or transaction.
    #[default]
    NoAction,
    /// The change fails at once.
    Restrict,
    /// Referring rows follow.
    Cascade,
    /// Referring columns become NULL.
    SetNull,
    /// Referring columns take their default.
    SetDefault,
}

/// How a key of several columns matches.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum MatchKind {
    /// A NULL among them satisfies the constraint.
    #[default]
    Simple,
    /// All or none may be NULL.
    Full,
}

/// When a constraint is checked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Deferrability {
    /// At every statement.
    #[default]
    NotDeferrable,
    /// At every statement unless the transaction says otherwise.
    InitiallyImmediate,
    /// At commit unless the transaction says otherwise.
    InitiallyDeferred,
}
