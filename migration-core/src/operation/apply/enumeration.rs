//! Enumerated types: create, drop, rename, add and rename values; what columns of the type make of
//! it.

use super::{column, lookup, object};
use crate::operation::{ApplyError, EnumChange, ObjectKind, ValuePosition};
use crate::schema::{Column, DataType, EnumType, Expression, Ident, ObjectName, Schema};

pub(super) fn change(schema: &mut Schema, change: &EnumChange) -> Result<(), ApplyError> {
    match change {
        EnumChange::Create { created } => create(schema, created),
        EnumChange::Drop {
            name,
            if_exists,
            cascade,
        } => match object::unless(*if_exists, find(schema, name))? {
            Some(at) => drop(schema, at, *cascade),
            None => Ok(()),
        },
        EnumChange::AddValue {
            name,
            value,
            position,
            if_not_exists,
        } => {
            let at = find(schema, name)?;
            add_value(
                &mut schema.enums[at],
                value,
                position.as_ref(),
                *if_not_exists,
            )
        }
        EnumChange::RenameValue { name, from, to } => rename_value(schema, name, from, to),
        EnumChange::Rename { from, to } => rename(schema, from, to),
    }
}

fn find(schema: &Schema, name: &ObjectName) -> Result<usize, ApplyError> {
    let names: Vec<_> = schema.enums.iter().map(|it| &it.name).collect();
    object::position(ObjectKind::Enum, &names, name)
}

fn create(schema: &mut Schema, created: &EnumType) -> Result<(), ApplyError> {
    if schema.enums.iter().any(|it| it.name == created.name) {
        return Err(object::exists(ObjectKind::Enum, created.name.clone()));
    }
    schema.enums.push(created.clone());
    Ok(())
}

fn drop(schema: &mut Schema, at: usize, cascade: bool) -> Result<(), ApplyError> {
    let name = schema.enums[at].name.clone();
    let used = columns_of(schema, &name);
    if let Some((table, column)) = used.first()
        && !cascade
    {
        return Err(ApplyError::ObjectInUse {
            kind: ObjectKind::Enum,
            name,
            user: format!("column `{table}.{column}`"),
        });
    }
    for (table, used) in used {
        column::drop(schema, &table, &used, true)?;
    }
    schema.enums.remove(at);
    Ok(())
}

/// The columns of a type: table and column.
fn columns_of(schema: &Schema, name: &ObjectName) -> Vec<(ObjectName, Ident)> {
    let columns = schema.tables.iter().flat_map(|table| {
        let columns = table.columns.iter();
        columns.map(|column| (table.name.clone(), column))
    });
    columns
        .filter(|(_, column)| is_of(column, name))
        .map(|(table, column)| (table, column.name.clone()))
        .collect()
}

fn is_of(column: &Column, name: &ObjectName) -> bool {
    let own = column.data_type.as_name();
    own.is_some_and(|own| lookup::same_object(&own, name) != lookup::Match::None)
}

fn add_value(
    changed: &mut EnumType,
    value: &str,
    position: Option<&ValuePosition>,
    if_not_exists: bool,
) -> Result<(), ApplyError> {
    if changed.values.iter().any(|own| own == value) {
        return if if_not_exists {
            Ok(())
        } else {
            Err(ApplyError::ValueExists {
                name: changed.name.clone(),
                value: value.to_owned(),
            })
        };
    }
    let at = match position {
        None => changed.values.len(),
        Some(ValuePosition::Before(other)) => find_value(changed, other)?,
        Some(ValuePosition::After(other)) => find_value(changed, other)? + 1,
    };
    changed.values.insert(at, value.to_owned());
    Ok(())
}

fn find_value(changed: &EnumType, value: &str) -> Result<usize, ApplyError> {
    let found = changed.values.iter().position(|own| own == value);
    found.ok_or_else(|| ApplyError::NoSuchValue {
        name: changed.name.clone(),
        value: value.to_owned(),
        nearest: crate::diagnostic::closest(value, changed.values.iter().map(String::as_str))
            .map(str::to_owned),
    })
}

fn rename_value(
    schema: &mut Schema,
    name: &ObjectName,
    from: &str,
    to: &str,
) -> Result<(), ApplyError> {
    let at = find(schema, name)?;
    let changed = &mut schema.enums[at];
    let value = find_value(changed, from)?;
    if from != to && changed.values.iter().any(|own| own == to) {
        return Err(ApplyError::ValueExists {
            name: changed.name.clone(),
            value: to.to_owned(),
        });
    }
    to.clone_into(&mut changed.values[value]);
    let name = changed.name.clone();
    let columns = schema
        .tables
        .iter_mut()
        .flat_map(|table| &mut table.columns);
    for column in columns.filter(|column| is_of(column, &name)) {
        if let Some(default) = &mut column.default
            && default.as_str() == literal(from)
        {
            *default = Expression::new(literal(to));
        }
    }
    Ok(())
}

fn literal(value: &str) -> String {
    format!("'{}'", value.replace('\'', "''"))
}

fn rename(schema: &mut Schema, from: &ObjectName, to: &Ident) -> Result<(), ApplyError> {
    let at = find(schema, from)?;
    let from = schema.enums[at].name.clone();
    let renamed = from.sibling(to.clone());
    if renamed != from && schema.enums.iter().any(|it| it.name == renamed) {
        return Err(object::exists(ObjectKind::Enum, renamed));
    }
    let columns = schema
        .tables
        .iter_mut()
        .flat_map(|table| &mut table.columns);
    for column in columns.filter(|column| is_of(column, &from)) {
        column.data_type = DataType::of_name(&renamed);
    }
    schema.enums[at].name = renamed;
    Ok(())
}
