//! Finding what an operation names.

use crate::diagnostic::closest;
use crate::operation::ApplyError;
use crate::schema::{Ident, ObjectName, Schema, Table};

/// The table's position. The newest is asked first: it is mostly the one that is spoken of, and
/// there may be thousands.
pub(in crate::operation) fn table(schema: &Schema, name: &ObjectName) -> Result<usize, ApplyError> {
    let is_same = name.same();
    let tables = schema.tables.iter();
    let exact = tables.rev().position(|table| is_same(&table.name));
    if let Some(from_end) = exact {
        return Ok(schema.tables.len() - 1 - from_end);
    }
    position(&schema.tables, |table| same_object(&table.name, name)).ok_or_else(|| {
        ApplyError::NoSuchTable {
            table: name.clone(),
            nearest: nearest(
                &name.name,
                schema.tables.iter().map(|table| &table.name.name),
            ),
        }
    })
}

/// The column's position in its table.
pub(in crate::operation) fn column(table: &Table, name: &Ident) -> Result<usize, ApplyError> {
    position(&table.columns, |column| same(&column.name, name)).ok_or_else(|| {
        ApplyError::NoSuchColumn {
            table: table.name.clone(),
            column: name.clone(),
            nearest: nearest(name, table.columns.iter().map(|column| &column.name)),
        }
    })
}

/// The columns as the table spells them.
pub(super) fn columns(table: &Table, names: &[Ident]) -> Result<Vec<Ident>, ApplyError> {
    names
        .iter()
        .map(|name| column(table, name).map(|at| table.columns[at].name.clone()))
        .collect()
}

/// How well a name matches what is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Match {
    Exact,
    WithoutCase,
    None,
}

pub(super) fn same(name: &Ident, asked: &Ident) -> Match {
    if name == asked {
        Match::Exact
    } else if name.as_str().eq_ignore_ascii_case(asked.as_str()) {
        Match::WithoutCase
    } else {
        Match::None
    }
}

pub(super) fn same_object(name: &ObjectName, asked: &ObjectName) -> Match {
    if name.schema == asked.schema {
        same(&name.name, &asked.name)
    } else {
        Match::None
    }
}

/// The position of the exact match, or of the first without case.
pub(super) fn position<T>(items: &[T], matches: impl Fn(&T) -> Match) -> Option<usize> {
    let exact = items.iter().position(|item| matches(item) == Match::Exact);
    exact.or_else(|| {
        items
            .iter()
            .position(|item| matches(item) == Match::WithoutCase)
    })
}

/// The known name that was most likely meant.
pub(super) fn nearest<'a>(asked: &Ident, known: impl Iterator<Item = &'a Ident>) -> Option<String> {
    closest(asked.as_str(), known.map(Ident::as_str)).map(str::to_owned)
}
