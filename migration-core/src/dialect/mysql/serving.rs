//! The indexes that foreign keys need.
//!
//! InnoDB makes one for a foreign key that finds none, drops it when another comes that serves, and
//! then refuses to drop that one
//! (<https://dev.mysql.com/doc/refman/8.4/en/create-table-foreign-keys.html>). On the other engines
//! an index comes and goes as it is told.

use super::super::ansi;
use crate::schema::{
    Constraint, ConstraintKind, Ident, Index, IndexKey, ObjectName, Schema, Table,
};

/// An index that is dropped.
#[derive(Debug, Clone, Copy)]
pub(super) enum Dropped<'a> {
    /// An index, or that of a unique constraint, which has its name.
    Named(&'a Ident),
    /// That of the primary key.
    PrimaryKey,
}

impl<'a> Dropped<'a> {
    /// The index that goes with a constraint.
    pub(super) fn with(constraint: &'a Constraint) -> Option<Self> {
        match &constraint.kind {
            ConstraintKind::PrimaryKey { .. } => Some(Self::PrimaryKey),
            ConstraintKind::Unique { .. } => constraint.name.as_ref().map(Self::Named),
            ConstraintKind::ForeignKey(_) | ConstraintKind::Check { .. } => None,
        }
    }

    fn is_of(self, constraint: &Constraint) -> bool {
        match self {
            Self::PrimaryKey => matches!(constraint.kind, ConstraintKind::PrimaryKey { .. }),
            Self::Named(name) => {
                let own = constraint.name.as_ref();
                matches!(constraint.kind, ConstraintKind::Unique { .. })
                    && own.is_some_and(|own| ansi::same(own, name))
            }
        }
    }

    fn is(self, index: &Index) -> bool {
        match self {
            Self::PrimaryKey => false,
            Self::Named(name) => {
                let own = index.name.as_ref();
                own.is_some_and(|own| ansi::same(own, name))
            }
        }
    }
}

/// `ADD INDEX` for every foreign key of the table that would have none without the index `dropped`,
/// each under the name that the server itself would choose.
pub(super) fn substitutes(
    schema: &Schema,
    table: &ObjectName,
    dropped: Dropped<'_>,
) -> Vec<String> {
    let Some(table) = ansi::find_table(schema, table) else {
        return Vec::new();
    };
    let mut added = Vec::new();
    for constraint in &table.constraints {
        let ConstraintKind::ForeignKey(key) = &constraint.kind else {
            continue;
        };
        if has_index(schema, table, &key.columns, (dropped, true))
            && !has_index(schema, table, &key.columns, (dropped, false))
        {
            added.push(format!(
                "ADD INDEX {} ({})",
                ansi::ident(&table.constraint_name(constraint)),
                ansi::idents(&key.columns)
            ));
        }
    }
    added
}

/// Whether what is dropped, or else what is left, has an index on the columns.
fn has_index(
    schema: &Schema,
    table: &Table,
    needed: &[Ident],
    (dropped, is_it): (Dropped<'_>, bool),
) -> bool {
    let mut indexes = schema.indexes_of(&table.name);
    let mut constraints = table.constraints.iter();
    indexes.any(|index| dropped.is(index) == is_it && begins_with(&columns(index), needed))
        || constraints.any(|constraint| match &constraint.kind {
            ConstraintKind::PrimaryKey { columns } | ConstraintKind::Unique { columns } => {
                let columns: Vec<&Ident> = columns.iter().collect();
                dropped.is_of(constraint) == is_it && begins_with(&columns, needed)
            }
            ConstraintKind::ForeignKey(_) | ConstraintKind::Check { .. } => false,
        })
}

/// The columns of an index up to the first part that is none.
fn columns(index: &Index) -> Vec<&Ident> {
    let whole = |key: &'_ IndexKey| matches!(key, IndexKey::Column { length: None, .. });
    let parts = index.parts.iter().take_while(|part| whole(&part.key));
    parts
        .filter_map(|part| match &part.key {
            IndexKey::Column { name, .. } => Some(name),
            IndexKey::Expression(_) => None,
        })
        .collect()
}

fn begins_with(columns: &[&Ident], needed: &[Ident]) -> bool {
    columns.len() >= needed.len()
        && columns
            .iter()
            .zip(needed)
            .all(|(column, needed)| ansi::same(column, needed))
}
