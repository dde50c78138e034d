//! What the text of a column is to the model, read once: most columns of a database are like others.

use std::collections::HashMap;

use super::super::stored;
use crate::dialect::Dialect;
use crate::operation::Operation;
use crate::schema::{Column, DataType, Expression, Ident, Table, TableOption};

/// Kinds of columns, by number and by what stands behind their names.
#[derive(Default)]
pub(super) struct Kinds {
    kinds: Vec<Kind>,
    numbers: HashMap<String, usize>,
}

struct Kind {
    text: String,
    /// A column without a name; none where the text is not understood.
    column: Option<Column>,
}

impl Kinds {
    /// The number of the kind that a text is.
    pub(super) fn number(&mut self, text: &str) -> usize {
        if let Some(number) = self.numbers.get(text) {
            return *number;
        }
        self.kinds.push(Kind {
            text: text.to_owned(),
            column: read(text),
        });
        let number = self.kinds.len() - 1;
        self.numbers.insert(text.to_owned(), number);
        number
    }

    /// The text of a kind.
    pub(super) fn text(&self, number: usize) -> &str {
        self.kinds.get(number).map_or("", |kind| &kind.text)
    }

    /// A column of a kind, without a name; none where its text is not understood.
    pub(super) fn column(&self, number: usize) -> Option<&Column> {
        self.kinds.get(number)?.column.as_ref()
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
