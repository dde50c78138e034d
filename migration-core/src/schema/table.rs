//! Tables.

use super::{Column, Columns, Constraint, ConstraintKind, Expression, Ident, ObjectName};

/// A table: columns in order, constraints in order, and what its engine adds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    /// Its name.
    pub name: ObjectName,
    /// Columns, in order.
    pub columns: Columns,
    /// Constraints, in order; those written inside a column stand here too, after it was read.
    pub constraints: Vec<Constraint>,
    /// Whether it lives for one session.
    pub temporary: bool,
    /// The comment on the table.
    pub comment: Option<String>,
    /// What one engine writes behind the closing parenthesis: `STRICT`, `ENGINE=InnoDB`, `WITH (...)`.
    pub options: Vec<TableOption>,
}

impl Table {
    /// An empty table.
    pub fn new(name: ObjectName) -> Self {
        Self {
            name,
            columns: Columns::default(),
            constraints: Vec::new(),
            temporary: false,
            comment: None,
            options: Vec::new(),
        }
    }

    /// Finds a column.
    pub fn column(&self, name: &Ident) -> Option<&Column> {
        self.columns.iter().find(|column| column.name == *name)
    }

    /// Finds a column to change it.
    pub fn column_mut(&mut self, name: &Ident) -> Option<&mut Column> {
        self.columns.iter_mut().find(|column| column.name == *name)
    }

    /// Finds a constraint by its name.
    pub fn constraint(&self, name: &Ident) -> Option<&Constraint> {
        self.constraints
            .iter()
            .find(|constraint| constraint.name.as_ref() == Some(name))
    }

    /// The columns of the primary key, in key order; empty without one.
    pub fn primary_key(&self) -> &[Ident] {
        self.constraints
            .iter()
            .find_map(|constraint| match &constraint.kind {
                ConstraintKind::PrimaryKey { columns } => Some(columns.as_slice()),
                ConstraintKind::Unique { .. }
                | ConstraintKind::ForeignKey(_)
                | ConstraintKind::Check { .. } => None,
            })
            .unwrap_or_default()
    }
}

/// A clause behind the parenthesis of `CREATE TABLE`, kept as text for the engine that knows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TableOption {
    /// Upper-case key words: `STRICT`, `WITHOUT ROWID`, `ENGINE`, `WITH`, `TABLESPACE`.
    pub keyword: String,
    /// What follows the key word, when something does.
    pub value: Option<Expression>,
}
