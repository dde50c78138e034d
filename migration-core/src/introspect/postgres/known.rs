//! What the text of a column is to the model, read once: most columns of a database are like others.

use std::collections::HashMap;

use super::super::stored;
use super::Part;
use crate::dialect::Dialect;
use crate::operation::Operation;
use crate::schema::{Column, DataType, Expression, Ident, Table, TableOption};

/// Columns without names by what stands behind their names; none where it is not understood.
#[derive(Default)]
pub(super) struct Known(HashMap<String, Option<Column>>);

impl Known {
    /// The column that a part is.
    pub(super) fn column(&mut self, part: &Part) -> Option<Column> {
        let text = part.text.as_deref().unwrap_or_default();
        let named = |known: &Column| Column {
            name: Ident::new(part.name.as_str()),
            ..known.clone()
        };
        if let Some(known) = self.0.get(text) {
            return known.as_ref().map(named);
        }
        let known = self.0.entry(text.to_owned()).or_insert(read(text));
        known.as_ref().map(named)
    }
}

/// What stands behind the parenthesis of a table.
pub(super) fn options(clauses: &str) -> Option<Vec<TableOption>> {
    only_table(&format!("CREATE TABLE t (c integer) {clauses}")).map(|table| table.options)
}

fn read(text: &str) -> Option<Column> {
    let mut table = only_table(&format!("CREATE TABLE t (c {text})"))?;
    let mut column = table.columns.pop()?;
    if !table.columns.is_empty() || !table.constraints.is_empty() || !table.options.is_empty() {
        return None;
    }
    column.name = Ident::new("");
    column.default = column.default.map(|default| bare(&default));
    take_usual_precision(&mut column.data_type);
    Some(column)
}

/// The table that a text makes, when it does nothing else.
fn only_table(text: &str) -> Option<Table> {
    let mut statements = stored::statements(Dialect::Postgres, "a table", text).ok()?;
    let mut operations = statements.pop().filter(|_| statements.is_empty())?;
    match operations.pop().filter(|_| operations.is_empty())? {
        Operation::CreateTable { table, .. } => Some(table),
        _ => None,
    }
}

/// Takes away the six digits of a second that a type has when nothing is said, too.
fn take_usual_precision(data_type: &mut DataType) {
    if let DataType::Time { precision, .. } | DataType::Timestamp { precision, .. } = data_type {
        *precision = precision.filter(|digits| *digits != 6);
    }
}

/// A default without the parentheses that the query puts around it: casts to types of several
/// words cannot be read without.
fn bare(default: &Expression) -> Expression {
    let text = default.as_str();
    let inner = text
        .strip_prefix('(')
        .and_then(|text| text.strip_suffix(')'));
    Expression::new(inner.unwrap_or(text).trim())
}
