//! A table changed by a copy of its rows.
//!
//! The rows are copied to a new table, and the two change places in `sqlite_schema`: the old name
//! and definition go with the new rows, and the old rows are dropped under the other name. Nothing
//! that refers to the table is touched: foreign keys stay enforced and fire for nothing, views and
//! triggers stay what they are. The procedure that SQLite recommends for clients that do not edit
//! `sqlite_schema` (<https://www.sqlite.org/lang_altertable.html#otheralter>: drop the old table,
//! rename the new one) needs foreign keys off for the whole transaction, and with it for every
//! other statement of the revision.

use super::super::{Lowered, Statement, TableChange, Unsupported, Way, ansi};
use super::check::{self, literal};
use super::demands::{Change, conversion_of};
use super::kept::Kept;
use super::{cannot, conversion, swap, table};
use crate::operation::Operation;
use crate::schema::{Column, Ident, ObjectName, Schema};

/// Does all operations on one table in one copy, or in as few as conversions that build on each
/// other allow.
pub(super) fn rebuild(
    name: &ObjectName,
    operations: &[Operation],
    before: &Schema,
) -> Result<Lowered, Unsupported> {
    let mut now = before.clone();
    let mut statements = Vec::new();
    let mut reasons = Vec::new();
    let mut rest = operations;
    while !rest.is_empty() {
        let (together, later) = rest.split_at(copied_together(rest));
        let mut after = now.clone();
        for operation in together {
            reasons.push(operation.described(&after));
            super::follow(operation, &mut after)?;
        }
        statements.extend(replace(name, together, &now, &after)?);
        (now, rest) = (after, later);
    }
    let change = TableChange {
        table: name.clone(),
        reasons,
        way: Way::Rebuild,
    };
    Ok(Lowered {
        statements,
        change: Some(change),
    })
}

/// Whether no operation builds on values that another one converts.
pub(super) fn is_one_step(operations: &[Operation]) -> bool {
    copied_together(operations) == operations.len()
}

/// How many operations one copy can do: a value is converted as the operations before left it, and
/// rows get the default that a column came with, not the one that it got later.
fn copied_together(operations: &[Operation]) -> usize {
    let builds_on = |position: &usize| {
        let before = &operations[..*position];
        if let Operation::SetDefault { column, .. } = &operations[*position] {
            return before.iter().any(|earlier| adds(earlier, column));
        }
        let Operation::SetType { column, using, .. } = &operations[*position] else {
            return false;
        };
        let converts =
            |earlier: &Operation| conversion_of(earlier, column).is_some() || adds(earlier, column);
        if using.is_some() {
            before.iter().any(changes_values)
        } else {
            before.iter().any(converts)
        }
    };
    (1..operations.len())
        .find(builds_on)
        .unwrap_or(operations.len())
}

fn adds(operation: &Operation, name: &Ident) -> bool {
    matches!(operation, Operation::AddColumn { column, .. } if ansi::same(&column.name, name))
}

fn changes_values(operation: &Operation) -> bool {
    matches!(
        operation,
        Operation::SetType { .. } | Operation::AddColumn { .. }
    )
}

/// The statements of one copy.
fn replace(
    name: &ObjectName,
    operations: &[Operation],
    before: &Schema,
    after: &Schema,
) -> Result<Vec<Statement>, Unsupported> {
    let unknown = || unknown(name, operations);
    let old = before.table(name).ok_or_else(unknown)?;
    let new = after.table(name).ok_or_else(unknown)?;
    let new = &table::with_required_key(new, Some(old));
    let change = Change {
        old,
        new,
        operations,
    };
    let copied = table::scratch(name);
    let kept = Kept::of(&change, before, after)?;
    let mut bare = table::bare(new, &copied);
    kept.store_as_is(&mut bare);
    let mut statements = change.beforehand()?;
    statements.push(table::definition(&bare)?);
    statements.push(copy(&change, &copied)?);
    statements.extend(change.of_values(&copied));
    let dropped = before.indexes_of(name).filter(|it| !kept.contains(it));
    for index in dropped.filter_map(|it| it.name.as_ref()) {
        let index = ansi::object(&name.sibling(index.clone()));
        statements.push(Statement::new(format!("DROP INDEX {index}")));
    }
    statements.extend(marks(&change, &copied));
    statements.extend(swap::places(&change, &copied)?);
    // Before the indexes are made: to look up a row in each of them takes longer than all the rest,
    // and nothing of ours stands between them and the rows. No more are those looked into that stay.
    statements.push(match kept.is_empty() {
        true => check::integrity(name),
        false => check::rows(name),
    });
    for index in after.indexes_of(name).filter(|it| !kept.contains(it)) {
        statements.push(table::index(index, false)?);
    }
    statements.extend(change.afterwards());
    Ok(statements)
}

/// `INSERT ... SELECT`, in order of rowid, computed columns left to compute themselves.
fn copy(change: &Change<'_>, copied: &ObjectName) -> Result<Statement, Unsupported> {
    let Change { old, new, .. } = change;
    let rowid = table::rowid_name(old);
    let mut columns = Vec::new();
    let mut values = Vec::new();
    // Where no column is the rowid, it stays what it was all the same; an added column may have
    // taken one of its names.
    let kept = table::rowid_name(new).filter(|_| table::rowid_column(new).is_none());
    if let (Some(from), Some(into)) = (rowid, kept) {
        columns.push(into.to_owned());
        values.push(from.to_owned());
    }
    for column in &new.columns {
        let Some(source) = change.source(column) else {
            continue;
        };
        if column.generated.is_none() {
            columns.push(ansi::ident(&column.name));
            values.push(value(change, source, column)?);
        }
    }
    if columns.is_empty() {
        return Err(cannot(
            &format!(
                "rebuild table `{}` when none of its columns stays",
                old.name
            ),
            "drop the table and create it anew",
        ));
    }
    let order = rowid.map(|rowid| format!("\nORDER BY {rowid}"));
    Ok(Statement::new(format!(
        "INSERT INTO {} ({})\nSELECT {}\nFROM {}{}",
        ansi::object(copied),
        columns.join(", "),
        values.join(", "),
        ansi::object(&old.name),
        order.unwrap_or_default()
    )))
}

/// How a value gets into the new column: as `USING` says, or as its type says.
fn value(change: &Change<'_>, old: &Column, new: &Column) -> Result<String, Unsupported> {
    if let Some(expression) = change.using(&old.name) {
        return Ok(ansi::in_parentheses(expression));
    }
    let converted = conversion::converted(old, new)?;
    Ok(converted.unwrap_or_else(|| ansi::ident(&old.name)))
}

/// The highest number ever given stays the mark of AUTOINCREMENT, also when that row is gone.
fn marks(change: &Change<'_>, copied: &ObjectName) -> Option<Statement> {
    let sequence = ansi::object(&copied.sibling(Ident::new("sqlite_sequence")));
    let name = literal(change.old.name.name.as_str());
    let other = literal(copied.name.as_str());
    match (
        table::numbers_rows(change.old),
        table::numbers_rows(change.new),
    ) {
        (true, true) => Some(format!("DELETE FROM {sequence} WHERE name = {other}")),
        (true, false) => Some(format!("DELETE FROM {sequence} WHERE name = {name}")),
        (false, true) => Some(format!(
            "UPDATE {sequence} SET name = {name} WHERE name = {other}"
        )),
        (false, false) => None,
    }
    .map(Statement::new)
}

pub(super) fn unknown(name: &ObjectName, operations: &[Operation]) -> Unsupported {
    let what: Vec<String> = operations.iter().map(ToString::to_string).collect();
    cannot(
        &format!(
            "{} of table `{name}` without knowing what the table is",
            what.join(", ")
        ),
        "a database can be asked: leave `--sql` and `--from` out; or write the statements for this \
         engine under `-- migrate: only sqlite`",
    )
}
