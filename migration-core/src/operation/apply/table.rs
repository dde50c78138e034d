//! Tables: create, drop, rename.

use super::lookup::{self, Match};
use super::{constraint, object};
use crate::operation::ApplyError;
use crate::schema::{ConstraintKind, Ident, IndexKey, ObjectName, Schema, SequenceOwner, Table};

/// Makes a table of whose name there is none.
pub(super) fn create(schema: &mut Schema, table: &Table) -> Result<(), ApplyError> {
    let mut created = Table {
        name: table.name.clone(),
        columns: table.columns.clone(),
        constraints: Vec::new(),
        temporary: table.temporary,
        comment: table.comment.clone(),
        options: table.options.clone(),
    };
    for (number, column) in table.columns.iter().enumerate() {
        let mut before = table.columns[..number].iter();
        if before.any(|other| other.name == column.name) {
            return Err(ApplyError::ColumnExists {
                table: table.name.clone(),
                column: column.name.clone(),
            });
        }
    }
    constraint::add_all(&mut created, &table.constraints)?;
    schema.tables.push(created);
    Ok(())
}

pub(super) fn drop(
    schema: &mut Schema,
    name: &ObjectName,
    if_exists: bool,
    cascade: bool,
) -> Result<(), ApplyError> {
    let at = match lookup::table(schema, name) {
        Ok(at) => at,
        Err(_) if if_exists => return Ok(()),
        Err(error) => return Err(error),
    };
    let name = schema.tables.remove(at).name;
    schema.indexes.retain(|index| index.table != name);
    schema
        .dependents
        .retain(|dependent| dependent.table() != Some(&name));
    object::drop_owned(schema, &name);
    if cascade {
        drop_references(schema, &name, |_| true);
    }
    Ok(())
}

/// Drops the foreign keys that refer to the table by columns of which `concerns` is true.
pub(super) fn drop_references(
    schema: &mut Schema,
    name: &ObjectName,
    concerns: impl Fn(&[Ident]) -> bool,
) {
    for table in &mut schema.tables {
        table
            .constraints
            .retain(|constraint| match &constraint.kind {
                ConstraintKind::ForeignKey(key) => {
                    key.references != *name || !concerns(&key.referenced_columns)
                }
                ConstraintKind::PrimaryKey { .. }
                | ConstraintKind::Unique { .. }
                | ConstraintKind::Check { .. } => true,
            });
    }
}

pub(super) fn rename(schema: &mut Schema, from: &ObjectName, to: &Ident) -> Result<(), ApplyError> {
    let at = lookup::table(schema, from)?;
    let from = schema.tables[at].name.clone();
    let renamed = from.sibling(to.clone());
    let is_taken = renamed != from && schema.table(&renamed).is_some();
    if is_taken {
        return Err(ApplyError::TableExists { table: renamed });
    }
    rename_qualifiers(schema, at, &from.name, to);
    schema.tables[at].name = renamed.clone();
    for index in &mut schema.indexes {
        if index.table == from {
            index.table = renamed.clone();
        }
    }
    for sequence in &mut schema.sequences {
        if let Some(SequenceOwner::Column { table, .. }) = &mut sequence.options.owner
            && *table == from
        {
            *table = renamed.clone();
        }
    }
    for dependent in &mut schema.dependents {
        dependent.rename_table(&from, &renamed);
    }
    for constraint in schema
        .tables
        .iter_mut()
        .flat_map(|table| &mut table.constraints)
    {
        if let ConstraintKind::ForeignKey(key) = &mut constraint.kind
            && lookup::same_object(&key.references, &from) != Match::None
        {
            key.references = renamed.clone();
        }
    }
    Ok(())
}

/// Follows the new name where expressions of the table say `table.column`.
fn rename_qualifiers(schema: &mut Schema, at: usize, from: &Ident, to: &Ident) {
    let table = &mut schema.tables[at];
    for constraint in &mut table.constraints {
        if let ConstraintKind::Check { expression } = &mut constraint.kind {
            *expression = expression.rename_table(from, to);
        }
    }
    for generated in table
        .columns
        .iter_mut()
        .filter_map(|column| column.generated.as_mut())
    {
        generated.expression = generated.expression.rename_table(from, to);
    }
    let name = &schema.tables[at].name;
    for index in schema
        .indexes
        .iter_mut()
        .filter(|index| index.table == *name)
    {
        if let Some(predicate) = &mut index.predicate {
            *predicate = predicate.rename_table(from, to);
        }
        for part in &mut index.parts {
            if let IndexKey::Expression(expression) = &mut part.key {
                *expression = expression.rename_table(from, to);
            }
        }
    }
}
