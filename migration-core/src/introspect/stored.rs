//! A definition that the engine keeps as text, to the model.

use super::IntrospectError;
use crate::dialect::Dialect;
use crate::operation::{Operation, SequenceChange, ViewChange};
use crate::schema::{DataType, Expression, Ident, Index, ObjectName, Sequence, Table, View};
use crate::sql::{self, Fold, ParseOptions};
use crate::text::{Source, Span};

/// Reads `CREATE TABLE`, with the indexes that MySQL writes inside it.
pub(super) fn table(
    dialect: Dialect,
    name: &ObjectName,
    ddl: &str,
) -> Result<(Table, Vec<Index>), IntrospectError> {
    let mut tables = Vec::new();
    let mut indexes = Vec::new();
    for operation in operations(dialect, &name.to_string(), ddl)? {
        match operation {
            Operation::CreateTable { mut table, .. } => {
                table.name = name.clone();
                tables.push(table);
            }
            Operation::CreateIndex { mut index, .. } => {
                index.table = name.clone();
                indexes.push(index);
            }
            _ => return Err(not_understood(&name.to_string(), ddl)),
        }
    }
    match tables.pop() {
        Some(table) if tables.is_empty() => Ok((table, indexes)),
        Some(_) | None => Err(not_understood(&name.to_string(), ddl)),
    }
}

/// Keeps the types that the engine declares (name of the column, type) as they are spelled, where
/// writing what the model holds would declare another: `FLOAT` is eight bytes in a revision and
/// four in a table of MySQL.
pub(super) fn keep_declared(dialect: Dialect, table: &mut Table, declared: &[(Ident, String)]) {
    for column in &mut table.columns {
        let name = &column.name;
        let Some((_, spelled)) = declared.iter().find(|(column, _)| column == name) else {
            continue;
        };
        let written = dialect.compiler().data_type(&column.data_type);
        let is_same = written.is_ok_and(|written| squeezed(&written) == squeezed(spelled));
        if !is_same && !has_one_spelling(dialect, &column.data_type) {
            column.data_type = DataType::Other(Expression::new(spelled.clone()));
        }
    }
}

/// Whether a type means the same however MySQL spells it: `int`, `int(11)`.
fn has_one_spelling(dialect: Dialect, data_type: &DataType) -> bool {
    let is_whole = matches!(
        data_type,
        DataType::SmallInt | DataType::Integer | DataType::BigInt | DataType::Boolean
    );
    dialect == Dialect::Mysql && is_whole
}

fn squeezed(text: &str) -> String {
    let letters = text.chars().filter(|letter| !letter.is_whitespace());
    letters.collect::<String>().to_ascii_lowercase()
}

/// Reads `CREATE INDEX`.
pub(super) fn index(
    dialect: Dialect,
    table: &ObjectName,
    name: &str,
    ddl: &str,
) -> Result<Index, IntrospectError> {
    match operations(dialect, name, ddl)?.pop() {
        Some(Operation::CreateIndex { mut index, .. }) => {
            index.table = table.clone();
            Ok(index)
        }
        Some(_) | None => Err(not_understood(name, ddl)),
    }
}

/// Reads `CREATE VIEW`, if it is understood.
pub(super) fn view(dialect: Dialect, name: &ObjectName, ddl: &str) -> Option<View> {
    match operations(dialect, &name.to_string(), ddl).ok()?.pop()? {
        Operation::View(ViewChange::Create { mut view, .. }) => {
            view.name = name.clone();
            Some(view)
        }
        _ => None,
    }
}

/// Reads `CREATE SEQUENCE`, if it is understood.
pub(super) fn sequence(dialect: Dialect, name: &ObjectName, ddl: &str) -> Option<Sequence> {
    match operations(dialect, &name.to_string(), ddl).ok()?.pop()? {
        Operation::Sequence(SequenceChange::Create { mut sequence, .. }) => {
            sequence.name = name.clone();
            Some(sequence)
        }
        _ => None,
    }
}

pub(super) fn not_understood(name: &str, ddl: &str) -> IntrospectError {
    IntrospectError::NotUnderstood {
        name: name.to_owned(),
        ddl: ddl.to_owned(),
    }
}

/// The operations of the one statement that `ddl` is.
fn operations(dialect: Dialect, name: &str, ddl: &str) -> Result<Vec<Operation>, IntrospectError> {
    let mut statements = statements(dialect, name, ddl)?;
    match statements.pop() {
        Some(operations) if statements.is_empty() => Ok(operations),
        Some(_) | None => Err(not_understood(name, ddl)),
    }
}

/// The operations of each statement of a text.
pub(super) fn statements(
    dialect: Dialect,
    name: &str,
    ddl: &str,
) -> Result<Vec<Vec<Operation>>, IntrospectError> {
    // It would lose its outer braces.
    if ddl.contains("{{prefix}}") {
        return Err(not_understood(name, ddl));
    }
    let syntax = dialect.syntax();
    let options = ParseOptions {
        // In a catalog these are letters like any others.
        prefix: "{prefix}".to_owned(),
        fold: if syntax.folds_to_lower {
            Fold::Lower
        } else {
            Fold::Keep
        },
        backslash_escapes: syntax.backslash_escapes,
    };
    let source = Source::new(format!("definition of {name}"), ddl);
    let whole = Span::new(0, ddl.len());
    let script =
        sql::parse(&source, whole, &options).map_err(|source| IntrospectError::Unreadable {
            name: name.to_owned(),
            source,
        })?;
    let statements = script.statements.into_iter();
    Ok(statements.map(|statement| statement.operations).collect())
}
