//! Columns: add, drop, rename, change.

use super::{constraint, lookup, table};
use crate::operation::ApplyError;
use crate::schema::{
    Column, Constraint, ConstraintKind, Ident, Index, IndexKey, ObjectName, Schema, SequenceOwner,
    Table,
};

pub(super) fn add(
    schema: &mut Schema,
    name: &ObjectName,
    column: &Column,
    constraints: &[Constraint],
) -> Result<(), ApplyError> {
    let at = lookup::table(schema, name)?;
    let mut table = schema.tables[at].clone();
    if lookup::column(&table, &column.name).is_ok() {
        return Err(ApplyError::ColumnExists {
            table: table.name,
            column: column.name.clone(),
        });
    }
    table.columns.push(column.clone());
    constraint::add_all(&mut table, constraints)?;
    schema.tables[at] = table;
    Ok(())
}

/// Changes what a column says about itself.
pub(super) fn change(
    schema: &mut Schema,
    table: &ObjectName,
    column: &Ident,
    change: impl FnOnce(&mut Column),
) -> Result<(), ApplyError> {
    let at = lookup::table(schema, table)?;
    let position = lookup::column(&schema.tables[at], column)?;
    change(&mut schema.tables[at].columns[position]);
    Ok(())
}

/// Drops the column with the constraints and indexes that stand on it, as PostgreSQL does.
pub(super) fn drop(
    schema: &mut Schema,
    name: &ObjectName,
    column: &Ident,
    cascade: bool,
) -> Result<(), ApplyError> {
    let at = lookup::table(schema, name)?;
    let position = lookup::column(&schema.tables[at], column)?;
    let column = schema.tables[at].columns[position].name.clone();
    let table = schema.tables[at].name.clone();
    if !cascade && let Some(user) = user(schema, at, &column) {
        return Err(ApplyError::ColumnInUse {
            table,
            column,
            user,
        });
    }
    let primary_key = schema.tables[at].primary_key().to_vec();
    let changed = &mut schema.tables[at];
    changed.columns.remove(position);
    changed
        .columns
        .retain(|other| !is_generated_from(other, &column));
    changed
        .constraints
        .retain(|constraint| !constraint_uses(constraint, &column));
    schema
        .indexes
        .retain(|index| index.table != table || !index_uses(index, &column));
    table::drop_references(schema, &table, |columns| {
        let columns = if columns.is_empty() {
            &primary_key
        } else {
            columns
        };
        columns.contains(&column)
    });
    Ok(())
}

/// What outside the column and its own constraints needs it.
fn user(schema: &Schema, at: usize, column: &Ident) -> Option<String> {
    let table = &schema.tables[at];
    let generated = table
        .columns
        .iter()
        .find(|other| other.name != *column && is_generated_from(other, column));
    if let Some(generated) = generated {
        return Some(format!("generated column `{}`", generated.name));
    }
    let primary_key = table.primary_key();
    for other in &schema.tables {
        for constraint in &other.constraints {
            let ConstraintKind::ForeignKey(key) = &constraint.kind else {
                continue;
            };
            let columns = if key.referenced_columns.is_empty() {
                primary_key
            } else {
                &key.referenced_columns
            };
            let goes_with_it = other.name == table.name && key.columns.contains(column);
            if key.references == table.name && columns.contains(column) && !goes_with_it {
                let name = other.constraint_name(constraint);
                return Some(format!("constraint `{name}` of table `{}`", other.name));
            }
        }
    }
    None
}

fn is_generated_from(column: &Column, source: &Ident) -> bool {
    column
        .generated
        .as_ref()
        .is_some_and(|generated| generated.expression.mentions(source))
}

fn constraint_uses(constraint: &Constraint, column: &Ident) -> bool {
    match &constraint.kind {
        ConstraintKind::PrimaryKey { columns } | ConstraintKind::Unique { columns } => {
            columns.contains(column)
        }
        ConstraintKind::ForeignKey(key) => key.columns.contains(column),
        ConstraintKind::Check { expression } => expression.mentions(column),
    }
}

fn index_uses(index: &Index, column: &Ident) -> bool {
    index.include.contains(column)
        || index
            .predicate
            .as_ref()
            .is_some_and(|predicate| predicate.mentions(column))
        || index.parts.iter().any(|part| match &part.key {
            IndexKey::Column { name, .. } => name == column,
            IndexKey::Expression(expression) => expression.mentions(column),
        })
}

pub(super) fn rename(
    schema: &mut Schema,
    name: &ObjectName,
    from: &Ident,
    to: &Ident,
) -> Result<(), ApplyError> {
    let at = lookup::table(schema, name)?;
    let position = lookup::column(&schema.tables[at], from)?;
    let table = &mut schema.tables[at];
    let is_taken = lookup::column(table, to).is_ok_and(|other| other != position);
    if is_taken {
        return Err(ApplyError::ColumnExists {
            table: table.name.clone(),
            column: to.clone(),
        });
    }
    let from = std::mem::replace(&mut table.columns[position].name, to.clone());
    let name = table.name.clone();
    rename_in_table(table, &from, to);
    for sequence in &mut schema.sequences {
        if let Some(SequenceOwner::Column { table, column }) = &mut sequence.options.owner
            && *table == name
            && *column == from
        {
            *column = to.clone();
        }
    }
    for index in schema
        .indexes
        .iter_mut()
        .filter(|index| index.table == name)
    {
        rename_in_index(index, &from, to);
    }
    for constraint in schema
        .tables
        .iter_mut()
        .flat_map(|table| &mut table.constraints)
    {
        if let ConstraintKind::ForeignKey(key) = &mut constraint.kind
            && key.references == name
        {
            replace(&mut key.referenced_columns, &from, to);
        }
    }
    Ok(())
}

fn rename_in_table(table: &mut Table, from: &Ident, to: &Ident) {
    for generated in table
        .columns
        .iter_mut()
        .filter_map(|column| column.generated.as_mut())
    {
        generated.expression = generated.expression.rename_column(from, to);
    }
    for constraint in &mut table.constraints {
        match &mut constraint.kind {
            ConstraintKind::PrimaryKey { columns } | ConstraintKind::Unique { columns } => {
                replace(columns, from, to);
            }
            ConstraintKind::ForeignKey(key) => replace(&mut key.columns, from, to),
            ConstraintKind::Check { expression } => {
                *expression = expression.rename_column(from, to);
            }
        }
    }
}

fn rename_in_index(index: &mut Index, from: &Ident, to: &Ident) {
    replace(&mut index.include, from, to);
    if let Some(predicate) = &mut index.predicate {
        *predicate = predicate.rename_column(from, to);
    }
    for part in &mut index.parts {
        match &mut part.key {
            IndexKey::Column { name, .. } if name == from => *name = to.clone(),
            IndexKey::Column { .. } => {}
            IndexKey::Expression(expression) => *expression = expression.rename_column(from, to),
        }
    }
}

fn replace(names: &mut [Ident], from: &Ident, to: &Ident) {
    for name in names.iter_mut().filter(|name| *name == from) {
        *name = to.clone();
    }
}
