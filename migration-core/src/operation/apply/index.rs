//! Indexes: create, drop, rename. A unique constraint answers to its name as an index, too, because
//! each engine keeps one for it.

use super::lookup::{self, Match};
use crate::operation::ApplyError;
use crate::schema::{ConstraintKind, Ident, Index, IndexKey, ObjectName, Schema};

/// Where an index was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Found {
    /// Among the indexes.
    Index(usize),
    /// A key of a table: the table's position and the constraint's.
    Key(usize, usize),
}

/// Makes an index; `is_new` says that there is none of its name.
pub(super) fn create(schema: &mut Schema, index: &Index, is_new: bool) -> Result<(), ApplyError> {
    let at = lookup::table(schema, &index.table)?;
    let table = &schema.tables[at];
    let mut created = index.clone();
    created.table = table.name.clone();
    created.include = lookup::columns(table, &created.include)?;
    for part in &mut created.parts {
        if let IndexKey::Column { name, .. } = &mut part.key {
            *name = table.columns[lookup::column(table, name)?].name.clone();
        }
    }
    let is_taken = |name: &Ident| {
        schema
            .indexes_of(&table.name)
            .any(|other| other.name.as_ref() == Some(name))
    };
    match &created.name {
        Some(name) if !is_new && is_taken(name) => {
            return Err(ApplyError::IndexExists {
                index: name.clone(),
            });
        }
        Some(_) => {}
        None => created.name = Some(table.default_index_name(&created, is_taken)),
    }
    schema.indexes.push(created);
    Ok(())
}

/// Finds an index by its name and, where it is known, its table.
fn find(
    schema: &Schema,
    name: &ObjectName,
    table: Option<&ObjectName>,
) -> Result<Found, ApplyError> {
    let table = table
        .map(|table| lookup::table(schema, table))
        .transpose()?;
    let is_table = |other: &ObjectName| {
        table.is_none_or(|at| schema.tables[at].name == *other)
            && (name.schema.is_none() || other.schema == name.schema)
    };
    let index = lookup::position(&schema.indexes, |index| match &index.name {
        Some(own) if is_table(&index.table) => lookup::same(own, &name.name),
        Some(_) | None => Match::None,
    });
    if let Some(at) = index {
        return Ok(Found::Index(at));
    }
    for (at, table) in schema.tables.iter().enumerate() {
        let key = table.constraints.iter().position(|constraint| {
            matches!(
                constraint.kind,
                ConstraintKind::Unique { .. } | ConstraintKind::PrimaryKey { .. }
            ) && table.constraint_name(constraint) == name.name
        });
        if let Some(key) = key
            && is_table(&table.name)
        {
            return Ok(Found::Key(at, key));
        }
    }
    Err(ApplyError::NoSuchIndex {
        index: name.clone(),
        nearest: lookup::nearest(
            &name.name,
            schema
                .indexes
                .iter()
                .filter_map(|index| index.name.as_ref()),
        ),
    })
}

pub(super) fn drop(
    schema: &mut Schema,
    name: &ObjectName,
    table: Option<&ObjectName>,
) -> Result<(), ApplyError> {
    match find(schema, name, table)? {
        Found::Index(at) => {
            schema.indexes.remove(at);
        }
        Found::Key(table, key) => {
            schema.tables[table].constraints.remove(key);
        }
    }
    Ok(())
}

/// Renames an index. That of a primary key without a name has none in the model, whatever the
/// engine calls it: then there is nothing to rename.
pub(super) fn rename(
    schema: &mut Schema,
    from: &ObjectName,
    to: &Ident,
    table: Option<&ObjectName>,
) -> Result<(), ApplyError> {
    let found = match find(schema, from, table) {
        Err(ApplyError::NoSuchIndex { .. }) if from.name.as_str().ends_with("_pkey") => {
            return Ok(());
        }
        found => found?,
    };
    let table = match found {
        Found::Index(at) => schema.indexes[at].table.clone(),
        Found::Key(at, _) => schema.tables[at].name.clone(),
    };
    let is_taken = *to != from.name
        && schema
            .indexes_of(&table)
            .any(|other| other.name.as_ref() == Some(to));
    if is_taken {
        return Err(ApplyError::IndexExists { index: to.clone() });
    }
    match found {
        Found::Index(at) => schema.indexes[at].name = Some(to.clone()),
        Found::Key(at, key) => schema.tables[at].constraints[key].name = Some(to.clone()),
    }
    Ok(())
}
