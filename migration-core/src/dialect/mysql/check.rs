//! Questions about rows before a statement that would invent values for them.
//!
//! A column that is added NOT NULL without a default gets `0`, `''` or a day that never was, also in
//! strict mode; of a NULL in a column that forbids it the server says only "data truncated". The
//! other engines refuse both.

use super::super::{RowCheck, Statement, ansi};
use crate::operation::Operation;
use crate::schema::{Column, Ident, ObjectName, Schema};

/// What must be asked before an operation; `before` is the table before the first of several.
pub(super) fn required(
    operation: &Operation,
    before: &Schema,
    after: &Schema,
) -> Option<Statement> {
    match operation {
        Operation::AddColumn { table, column, .. } if needs_value(column) => Some(ask(
            table,
            "",
            RowCheck {
                finding: format!("without a value for the new column `{}`", column.name),
                advice: RowCheck::GIVE_A_VALUE.to_owned(),
                show: None,
                ..check(table, operation)
            },
        )),
        Operation::SetType { table, column, .. }
        | Operation::SetNullable { table, column, .. }
        | Operation::SetDefault { table, column, .. }
        | Operation::SetColumnComment { table, column, .. }
            if allows_null(before, table, column) && !allows_null(after, table, column) =>
        {
            let condition = format!(" WHERE {} IS NULL", ansi::ident(column));
            let show = format!("SELECT * FROM {}{condition}", ansi::object(table));
            Some(ask(
                table,
                &condition,
                RowCheck {
                    finding: format!("with NULL in `{column}`"),
                    show: Some(show),
                    ..check(table, operation)
                },
            ))
        }
        _ => None,
    }
}

fn needs_value(column: &Column) -> bool {
    !column.nullable
        && column.default.is_none()
        && column.identity.is_none()
        && column.generated.is_none()
}

fn allows_null(schema: &Schema, table: &ObjectName, column: &Ident) -> bool {
    let table = ansi::find_table(schema, table);
    let mut columns = table.into_iter().flat_map(|table| &table.columns);
    columns.any(|known| ansi::same(&known.name, column) && known.nullable)
}

fn check(table: &ObjectName, operation: &Operation) -> RowCheck {
    RowCheck {
        table: table.clone(),
        noun: "row",
        finding: String::new(),
        advice: RowCheck::CORRECT.to_owned(),
        show: None,
        cause: Some(operation.clone()),
        assertion: Vec::new(),
    }
}

fn ask(table: &ObjectName, condition: &str, mut check: RowCheck) -> Statement {
    let from = format!("{}{condition}", ansi::object(table));
    check.assertion = vec![
        "CREATE TEMPORARY TABLE \"_migrate_check\" (\"found\" BIGINT, CONSTRAINT \
         \"no_row_without_a_value\" CHECK (\"found\" = 0))"
            .to_owned(),
        format!("INSERT INTO \"_migrate_check\" SELECT count(*) FROM {from}"),
        "DROP TEMPORARY TABLE \"_migrate_check\"".to_owned(),
    ];
    Statement::asking(format!("SELECT count(*), NULL FROM {from}"), check)
}
