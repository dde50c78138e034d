//! A definition that the engine keeps as text, to the model.

use super::IntrospectError;
use crate::dialect::Dialect;
use crate::operation::Operation;
use crate::schema::{Index, ObjectName, Table};
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

pub(super) fn not_understood(name: &str, ddl: &str) -> IntrospectError {
    IntrospectError::NotUnderstood {
        name: name.to_owned(),
        ddl: ddl.to_owned(),
    }
}

/// The operations of the one statement that `ddl` is.
fn operations(dialect: Dialect, name: &str, ddl: &str) -> Result<Vec<Operation>, IntrospectError> {
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
    let mut statements = script.statements;
    match statements.pop() {
        // `{{prefix}}` would have lost its outer braces.
        Some(statement) if statements.is_empty() && !ddl.contains("{{prefix}}") => {
            Ok(statement.operations)
        }
        Some(_) | None => Err(not_understood(name, ddl)),
    }
}
