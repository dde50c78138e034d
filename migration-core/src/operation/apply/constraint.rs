//! Constraints: add, drop, rename, validate.

use super::{lookup, table};
use crate::operation::{ApplyError, ConstraintTarget};
use crate::schema::{Constraint, ConstraintKind, Ident, ObjectName, Schema, Table};

pub(super) fn add(
    schema: &mut Schema,
    name: &ObjectName,
    constraint: &Constraint,
) -> Result<(), ApplyError> {
    let at = lookup::table(schema, name)?;
    let table = &mut schema.tables[at];
    add_to(table, constraint)?;
    if let ConstraintKind::PrimaryKey { .. } = constraint.kind {
        let key = table.primary_key().to_vec();
        forbid_null(table, &key);
    }
    Ok(())
}

/// Adds constraints to a table that is not in the schema yet.
pub(super) fn add_all(table: &mut Table, constraints: &[Constraint]) -> Result<(), ApplyError> {
    constraints
        .iter()
        .try_for_each(|constraint| add_to(table, constraint))
}

fn add_to(table: &mut Table, constraint: &Constraint) -> Result<(), ApplyError> {
    let mut added = constraint.clone();
    match &mut added.kind {
        ConstraintKind::PrimaryKey { columns } => {
            if primary_key_position(table).is_some() {
                return Err(ApplyError::PrimaryKeyExists {
                    table: table.name.clone(),
                });
            }
            *columns = lookup::columns(table, columns)?;
        }
        ConstraintKind::Unique { columns } => *columns = lookup::columns(table, columns)?,
        ConstraintKind::ForeignKey(key) => key.columns = lookup::columns(table, &key.columns)?,
        ConstraintKind::Check { .. } => {}
    }
    if let Some(name) = &added.name {
        if table.constraint(name).is_some() {
            return Err(ApplyError::ConstraintExists {
                table: table.name.clone(),
                constraint: name.clone(),
            });
        }
    } else if !matches!(added.kind, ConstraintKind::PrimaryKey { .. }) {
        added.name = Some(table.default_constraint_name(&added.kind));
    }
    table.constraints.push(added);
    Ok(())
}

/// A primary key makes the columns it is added to NOT NULL, and its columns stay so when it goes.
fn forbid_null(table: &mut Table, key: &[Ident]) {
    for column in &mut table.columns {
        column.nullable &= !key.contains(&column.name);
    }
}

/// The constraint's position in its table.
pub(in crate::operation) fn position(
    table: &Table,
    target: &ConstraintTarget,
) -> Result<usize, ApplyError> {
    match target {
        ConstraintTarget::Named(name) => named_position(table, name),
        ConstraintTarget::PrimaryKey => {
            primary_key_position(table).ok_or_else(|| ApplyError::NoPrimaryKey {
                table: table.name.clone(),
            })
        }
        ConstraintTarget::Unnamed(kind) => table
            .constraints
            .iter()
            .position(|constraint| constraint.kind == *kind)
            .ok_or_else(|| ApplyError::NoUnnamedConstraint {
                table: table.name.clone(),
            }),
    }
}

fn primary_key_position(table: &Table) -> Option<usize> {
    table
        .constraints
        .iter()
        .position(|constraint| matches!(constraint.kind, ConstraintKind::PrimaryKey { .. }))
}

/// Finds a constraint by its name, or one without a name by the name it would have got. A primary
/// key may have got its name when the table had another, and so may any name that ends in `_pkey`
/// mean it.
fn named_position(table: &Table, name: &Ident) -> Result<usize, ApplyError> {
    let matches = |constraint: &Constraint| match &constraint.name {
        Some(own) => lookup::same(own, name),
        None => lookup::Match::None,
    };
    let by_default = || {
        let unnamed = table.unnamed_constraints();
        let (_, meant) = unnamed.iter().find(|(given, _)| given == name)?;
        let mut constraints = table.constraints.iter();
        constraints.position(|it| std::ptr::eq(it, *meant))
    };
    let as_primary_key = || {
        let at = primary_key_position(table)?;
        let is_unnamed = table.constraints[at].name.is_none();
        (is_unnamed && name.as_str().ends_with("_pkey")).then_some(at)
    };
    lookup::position(&table.constraints, matches)
        .or_else(by_default)
        .or_else(as_primary_key)
        .ok_or_else(|| ApplyError::NoSuchConstraint {
            table: table.name.clone(),
            constraint: name.clone(),
            nearest: lookup::nearest(
                name,
                table
                    .constraints
                    .iter()
                    .filter_map(|constraint| constraint.name.as_ref()),
            ),
        })
}

pub(super) fn drop(
    schema: &mut Schema,
    name: &ObjectName,
    target: &ConstraintTarget,
    cascade: bool,
) -> Result<(), ApplyError> {
    let at = lookup::table(schema, name)?;
    let position = position(&schema.tables[at], target)?;
    let dropped = schema.tables[at].constraints.remove(position);
    if let ConstraintKind::PrimaryKey { columns } = &dropped.kind {
        forbid_null(&mut schema.tables[at], columns);
    }
    let table = schema.tables[at].name.clone();
    if cascade {
        match &dropped.kind {
            ConstraintKind::PrimaryKey { columns } => {
                table::drop_references(schema, &table, |referenced| {
                    referenced.is_empty() || referenced == columns
                });
            }
            ConstraintKind::Unique { columns } => {
                table::drop_references(schema, &table, |referenced| referenced == columns);
            }
            ConstraintKind::ForeignKey(_) | ConstraintKind::Check { .. } => {}
        }
    }
    Ok(())
}

pub(super) fn rename(
    schema: &mut Schema,
    name: &ObjectName,
    from: &Ident,
    to: &Ident,
) -> Result<(), ApplyError> {
    let at = lookup::table(schema, name)?;
    let table = &mut schema.tables[at];
    let position = named_position(table, from)?;
    let is_taken = table
        .constraints
        .iter()
        .enumerate()
        .any(|(other, constraint)| other != position && constraint.name.as_ref() == Some(to));
    if is_taken {
        return Err(ApplyError::ConstraintExists {
            table: table.name.clone(),
            constraint: to.clone(),
        });
    }
    table.constraints[position].name = Some(to.clone());
    Ok(())
}

pub(super) fn validate(
    schema: &mut Schema,
    name: &ObjectName,
    constraint: &Ident,
) -> Result<(), ApplyError> {
    let at = lookup::table(schema, name)?;
    let position = named_position(&schema.tables[at], constraint)?;
    schema.tables[at].constraints[position].not_valid = false;
    Ok(())
}
