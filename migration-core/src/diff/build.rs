//! Operations, as plain as they can be.

use crate::operation::{ConstraintTarget, Operation};
use crate::schema::{Column, Constraint, ConstraintKind, Ident, Index, ObjectName, Table};

pub(super) fn drop_table(name: &ObjectName) -> Operation {
    Operation::DropTable {
        name: name.clone(),
        if_exists: false,
        cascade: false,
    }
}

pub(super) fn create_table(table: Table) -> Operation {
    Operation::CreateTable {
        table,
        if_not_exists: false,
    }
}

pub(super) fn add_column(
    table: &ObjectName,
    column: &Column,
    constraints: Vec<Constraint>,
) -> Operation {
    Operation::AddColumn {
        table: table.clone(),
        column: column.clone(),
        constraints,
        if_not_exists: false,
    }
}

pub(super) fn drop_column(table: &ObjectName, column: &Ident) -> Operation {
    Operation::DropColumn {
        table: table.clone(),
        column: column.clone(),
        if_exists: false,
        cascade: false,
    }
}

/// Adds a constraint, without its name when that is the one it gets.
pub(super) fn add_constraint(table: &Table, constraint: &Constraint) -> Operation {
    Operation::AddConstraint {
        table: table.name.clone(),
        constraint: worded(table, constraint),
    }
}

/// The constraint as a person would write it: without the name that it gets anyway.
pub(super) fn worded(table: &Table, constraint: &Constraint) -> Constraint {
    let mut worded = constraint.clone();
    let is_plain = |name: &Ident| !name.as_str().ends_with(|it: char| it.is_ascii_digit());
    if table.has_default_name(constraint) && constraint.name.as_ref().is_some_and(is_plain) {
        worded.name = None;
    }
    worded
}

/// Drops a constraint of the table by the name it has or got.
pub(super) fn drop_constraint(table: &Table, constraint: &Constraint) -> Operation {
    let is_primary = matches!(constraint.kind, ConstraintKind::PrimaryKey { .. });
    Operation::DropConstraint {
        table: table.name.clone(),
        target: if is_primary && constraint.name.is_none() {
            ConstraintTarget::PrimaryKey
        } else {
            ConstraintTarget::Named(table.constraint_name(constraint))
        },
        if_exists: false,
        cascade: false,
    }
}

pub(super) fn create_index(index: &Index) -> Operation {
    Operation::CreateIndex {
        index: index.clone(),
        concurrently: false,
        if_not_exists: false,
    }
}

/// Drops an index; one without a name by the one it got.
pub(super) fn drop_index(table: Option<&Table>, index: &Index) -> Operation {
    Operation::DropIndex {
        name: index.table.sibling(index_name(table, index)),
        table: Some(index.table.clone()),
        concurrently: false,
        if_exists: false,
    }
}

/// The name of an index, its own or the one it got.
pub(super) fn index_name(table: Option<&Table>, index: &Index) -> Ident {
    index.name.clone().unwrap_or_else(|| match table {
        Some(table) => table.default_index_name(index, |_| false),
        None => Table::new(index.table.clone()).default_index_name(index, |_| false),
    })
}

pub(super) fn raw(sql: impl Into<String>) -> Operation {
    Operation::Raw { sql: sql.into() }
}

/// A name in quotes, for texts.
pub(super) fn quoted(name: &ObjectName) -> String {
    let quote = |name: &Ident| format!("\"{}\"", name.as_str().replace('"', "\"\""));
    match &name.schema {
        Some(schema) => format!("{}.{}", quote(schema), quote(&name.name)),
        None => quote(&name.name),
    }
}

/// A column in quotes, for texts.
pub(super) fn quoted_column(name: &Ident) -> String {
    format!("\"{}\"", name.as_str().replace('"', "\"\""))
}
