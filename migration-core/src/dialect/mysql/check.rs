//! Questions about rows before a statement that would invent values for them.
//!
//! A column that is added NOT NULL without a default gets `0`, `''` or a day that never was, also in
//! strict mode; of a NULL in a column that forbids it the server says only "data truncated". The
//! other engines refuse both.

use super::super::{RowCheck, Statement, ansi};
use crate::operation::Operation;
use crate::schema::{Column, DataType, Ident, ObjectName, Schema};

/// What must be asked before the last of several operations; `before` is the table before the
/// first of them.
pub(super) fn required(
    operations: &[Operation],
    before: &Schema,
    after: &Schema,
) -> Option<Statement> {
    let operation = operations.last()?;
    match operation {
        Operation::AddColumn { table, column, .. } if needs_value(column) => Some(ask(
            (table, ""),
            "NULL",
            RowCheck {
                columns: Some(Vec::new()),
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
            if let Some(values) = left(before, after, table, column) =>
        {
            let condition = format!(" NOT IN ({values})");
            let finding = format!("with another value in `{column}` than {values}");
            let mut causes = operations.iter().rev();
            let cause = causes.find(|it| retypes(it, column)).unwrap_or(operation);
            let of = (table, column);
            let (condition, check) = shown(of, &condition, finding, cause, before);
            let values = format!(
                "group_concat(DISTINCT quote({}) SEPARATOR ', ')",
                ansi::ident(column)
            );
            let check = RowCheck {
                tells: true,
                ..check
            };
            Some(ask((table, &condition), &values, check))
        }
        Operation::SetType { table, column, .. }
        | Operation::SetNullable { table, column, .. }
        | Operation::SetDefault { table, column, .. }
        | Operation::SetColumnComment { table, column, .. }
            if allows_null(before, table, column) && !allows_null(after, table, column) =>
        {
            let finding = format!("with NULL in `{column}`");
            let of = (table, column);
            let (condition, check) = shown(of, " IS NULL", finding, operation, before);
            Some(ask((table, &condition), "NULL", check))
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
    column_of(schema, table, column).is_some_and(|known| known.nullable)
}

/// The values that a column may hold from now on, as a list, when it may hold others before.
fn left<'s>(
    before: &Schema,
    after: &'s Schema,
    table: &ObjectName,
    column: &Ident,
) -> Option<&'s str> {
    let wanted = listed(data_type(after, table, column)?)?;
    let former = data_type(before, table, column)?;
    let kept = literals(wanted);
    let is_kept = |values: &str| literals(values).iter().all(|it| kept.contains(it));
    (!listed(former).is_some_and(is_kept)).then_some(wanted)
}

fn retypes(operation: &Operation, name: &Ident) -> bool {
    matches!(operation, Operation::SetType { column, .. } if ansi::same(column, name))
}

fn data_type<'s>(schema: &'s Schema, table: &ObjectName, column: &Ident) -> Option<&'s DataType> {
    Some(&column_of(schema, table, column)?.data_type)
}

fn column_of<'s>(schema: &'s Schema, table: &ObjectName, column: &Ident) -> Option<&'s Column> {
    ansi::find_column(ansi::find_table(schema, table)?, column)
}

/// What stands between the parentheses of `ENUM(...)`.
fn listed(data_type: &DataType) -> Option<&str> {
    let DataType::Other(text) = data_type else {
        return None;
    };
    let (name, rest) = text.as_str().split_once('(')?;
    let is_list = name.trim().eq_ignore_ascii_case("ENUM");
    rest.trim_end().strip_suffix(')').filter(|_| is_list)
}

/// The literals of a list, in their quotes.
fn literals(list: &str) -> Vec<&str> {
    let mut is_inside = false;
    let parts = list.split(|it: char| {
        is_inside ^= it == '\'';
        it == ',' && !is_inside
    });
    parts.map(str::trim).collect()
}

/// A question about rows that can be shown, by what is said of their column, and its condition.
fn shown(
    (table, column): (&ObjectName, &Ident),
    said: &str,
    finding: String,
    cause: &Operation,
    before: &Schema,
) -> (String, RowCheck) {
    let condition = format!(" WHERE {}{said}", ansi::ident(column));
    // A person types it in a session of his own, where double quotes may hold text.
    let own = |name: &Ident| format!("`{}`", name.as_str().replace('`', "``"));
    let schema = table.schema.as_ref().map(|it| format!("{}.", own(it)));
    let show = format!(
        "SELECT * FROM {}{} WHERE {}{said}",
        schema.unwrap_or_default(),
        own(&table.name),
        own(column)
    );
    let is_computed = column_of(before, table, column).is_some_and(|it| it.generated.is_some());
    let check = RowCheck {
        columns: (!is_computed).then(|| vec![column.clone()]),
        finding,
        show: Some(show),
        ..check(table, cause)
    };
    (condition, check)
}

fn check(table: &ObjectName, operation: &Operation) -> RowCheck {
    RowCheck {
        table: table.clone(),
        columns: None,
        noun: "row",
        finding: String::new(),
        tells: false,
        advice: RowCheck::CORRECT.to_owned(),
        show: None,
        cause: Some(operation.clone()),
        assertion: Vec::new(),
    }
}

/// Statements that fail with `promise` unless a query finds 0.
pub(super) fn refusing(promise: &str, query: &str) -> Vec<String> {
    let words = ["\"found\" BIGINT,", "DROP TEMPORARY TABLE"];
    ansi::refusing(promise, query, words)
}

/// Counts rows, and lists what is to be told of them.
fn ask((table, condition): (&ObjectName, &str), list: &str, mut check: RowCheck) -> Statement {
    let from = format!("{}{condition}", ansi::object(table));
    check.assertion = refusing(
        "no_row_without_a_value",
        &format!("SELECT count(*) FROM {from}"),
    );
    Statement::asking(format!("SELECT count(*), {list} FROM {from}"), check)
}
