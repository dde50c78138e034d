//! The indexes that foreign keys need.
//!
//! InnoDB makes one for a foreign key that finds none, drops it when another comes that serves, and
//! then refuses to drop that one
//! (<https://dev.mysql.com/doc/refman/8.4/en/create-table-foreign-keys.html>). On the other engines
//! an index comes and goes as it is told.

use super::super::ansi;
use crate::schema::{ConstraintKind, Ident, Index, IndexKey, ObjectName, Schema, Table};

/// `ADD INDEX` for every foreign key of the table that would have none without the index `dropped`,
/// each under the name that the server itself would choose.
pub(super) fn substitutes(schema: &Schema, table: &ObjectName, dropped: &Ident) -> Vec<String> {
    let Some(table) = ansi::find_table(schema, table) else {
        return Vec::new();
    };
    let mut added = Vec::new();
    for constraint in &table.constraints {
        let ConstraintKind::ForeignKey(key) = &constraint.kind else {
            continue;
        };
        let loses = schema
            .indexes_of(&table.name)
            .any(|index| is_named(index, dropped) && begins_with(&columns(index), &key.columns));
        if loses && !is_served(schema, table, &key.columns, dropped) {
            added.push(format!(
                "ADD INDEX {} ({})",
                ansi::ident(&table.constraint_name(constraint)),
                ansi::idents(&key.columns)
            ));
        }
    }
    added
}

fn is_served(schema: &Schema, table: &Table, needed: &[Ident], dropped: &Ident) -> bool {
    let mut indexes = schema.indexes_of(&table.name);
    let by_index =
        indexes.any(|index| !is_named(index, dropped) && begins_with(&columns(index), needed));
    let mut constraints = table.constraints.iter();
    by_index
        || constraints.any(|constraint| match &constraint.kind {
            ConstraintKind::PrimaryKey { columns } | ConstraintKind::Unique { columns } => {
                let columns: Vec<&Ident> = columns.iter().collect();
                begins_with(&columns, needed)
            }
            ConstraintKind::ForeignKey(_) | ConstraintKind::Check { .. } => false,
        })
}

fn is_named(index: &Index, name: &Ident) -> bool {
    index.name.as_ref().is_some_and(|own| ansi::same(own, name))
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
