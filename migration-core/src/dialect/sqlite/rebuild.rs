//! A table changed in a way that SQLite has no statement for: its rows are copied to a new table
//! that takes its place.
//!
//! The order of <https://www.sqlite.org/lang_altertable.html#otheralter>: create the new table
//! under another name, copy, drop the old one, rename. Foreign keys must be off, or dropping the
//! old table would delete or null what refers to it; that and their check before the transaction
//! ends is the caller's work. `legacy_alter_table` keeps the renaming from looking into views and
//! triggers and from changing what other tables refer to.

use super::super::{Dialect, Lowered, Statement, TableChange, Unsupported, Way, ansi, effect};
use super::types::Affinity;
use super::{cannot, table};
use crate::operation::Operation;
use crate::schema::{
    Column, DependentKind, Expression, Ident, Identity, ObjectName, Schema, Table,
};

/// Before the name of the new table while rows are copied.
pub(crate) const PREFIX: &str = "_migrate_new_";

/// Does all operations on one table in one copy, or in as few as conversions that build on each
/// other allow.
pub(super) fn rebuild(
    name: &ObjectName,
    operations: &[Operation],
    before: &Schema,
) -> Result<Lowered, Unsupported> {
    let mut now = before.clone();
    let mut statements = Vec::new();
    let mut rest = operations;
    while !rest.is_empty() {
        let (together, later) = rest.split_at(copied_together(rest));
        let mut after = now.clone();
        for operation in together {
            effect::follow(Dialect::Sqlite, operation, &mut after)?;
        }
        statements.extend(replace(name, together, &now, &after)?);
        (now, rest) = (after, later);
    }
    let reasons = operations.iter().map(ToString::to_string).collect();
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

/// How many operations one copy can do: `USING` reads values as the operations before it left them.
fn copied_together(operations: &[Operation]) -> usize {
    let builds_on = |position: &usize| {
        let before = &operations[..*position];
        let Operation::SetType { column, using, .. } = &operations[*position] else {
            return false;
        };
        let converts = |earlier: &Operation| {
            conversion(earlier, column).is_some_and(|conversion| conversion.is_some())
        };
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
    let temporary = name.sibling(Ident::new(format!("{PREFIX}{}", name.name)));
    let mut statements = vec![table::create_as(new, &temporary, false)?];
    statements.push(copy(old, new, &temporary, operations)?);
    if numbers_rows(old) && numbers_rows(new) {
        statements.extend(keep_mark(name, &temporary));
    }
    statements.push(Statement::new(format!("DROP TABLE {}", ansi::object(name))));
    statements.push(Statement::new("PRAGMA legacy_alter_table = ON"));
    statements.push(Statement::new(format!(
        "ALTER TABLE {} RENAME TO {}",
        ansi::object(&temporary),
        ansi::ident(&name.name)
    )));
    statements.push(Statement::new("PRAGMA legacy_alter_table = OFF"));
    for index in after.indexes_of(name) {
        statements.push(table::index(index, false)?);
    }
    statements.extend(triggers(after, name));
    statements.extend(proofs(operations, after, new));
    Ok(statements)
}

/// `INSERT ... SELECT`, in order of rowid, computed columns left to compute themselves.
fn copy(
    old: &Table,
    new: &Table,
    temporary: &ObjectName,
    operations: &[Operation],
) -> Result<Statement, Unsupported> {
    let rowid = rowid(old);
    let mut columns = Vec::new();
    let mut values = Vec::new();
    // Where no column is the rowid, it stays what it was all the same.
    if let Some(rowid) = rowid.filter(|rowid| keeps_rowid(new, rowid)) {
        columns.push(rowid.to_owned());
        values.push(rowid.to_owned());
    }
    let is_none_kept = columns.len();
    for column in &new.columns {
        let Some(source) = source(column, old, operations) else {
            continue;
        };
        if column.generated.is_none() {
            columns.push(ansi::ident(&column.name));
            values.push(value(column, source, operations)?);
        }
    }
    if columns.len() == is_none_kept {
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
        ansi::object(temporary),
        columns.join(", "),
        values.join(", "),
        ansi::object(&old.name),
        order.unwrap_or_default()
    )))
}

/// A name of the rowid that no column has taken.
fn rowid(table: &Table) -> Option<&'static str> {
    let is_free = |name: &&str| {
        let columns = &mut table.columns.iter();
        !columns.any(|column| column.name.as_str().eq_ignore_ascii_case(name))
    };
    let names = ["rowid", "_rowid_", "oid"];
    names
        .into_iter()
        .find(is_free)
        .filter(|_| table::has_rowid(table))
}

fn keeps_rowid(new: &Table, name: &str) -> bool {
    table::has_rowid(new)
        && table::rowid_column(new).is_none()
        && !new
            .columns
            .iter()
            .any(|column| column.name.as_str().eq_ignore_ascii_case(name))
}

/// The old column that a new one continues; none for an added one.
fn source<'a>(column: &Column, old: &'a Table, operations: &'a [Operation]) -> Option<&'a Column> {
    let mut name = &column.name;
    for operation in operations.iter().rev() {
        match operation {
            Operation::RenameColumn { from, to, .. } if to == name => name = from,
            Operation::AddColumn { column: added, .. } if added.name == *name => return None,
            Operation::RenameColumn { .. }
            | Operation::AddColumn { .. }
            | Operation::CreateTable { .. }
            | Operation::DropTable { .. }
            | Operation::RenameTable { .. }
            | Operation::DropColumn { .. }
            | Operation::SetType { .. }
            | Operation::SetNullable { .. }
            | Operation::SetDefault { .. }
            | Operation::AddConstraint { .. }
            | Operation::DropConstraint { .. }
            | Operation::RenameConstraint { .. }
            | Operation::ValidateConstraint { .. }
            | Operation::CreateIndex { .. }
            | Operation::DropIndex { .. }
            | Operation::RenameIndex { .. }
            | Operation::SetTableComment { .. }
            | Operation::SetColumnComment { .. }
            | Operation::Raw { .. }
            | Operation::Call { .. } => {}
        }
    }
    old.column(name)
}

/// How a value gets into the new column: as `USING` says, or as it is, since the column converts by
/// its affinity what it can without loss and keeps the rest. Only what affinity leaves alone and
/// other engines convert is written out: fractions are rounded for an integer, and texts become
/// bytes and back.
fn value(
    column: &Column,
    source: &Column,
    operations: &[Operation],
) -> Result<String, Unsupported> {
    let using = operations
        .iter()
        .rev()
        .find_map(|operation| conversion(operation, &source.name));
    if let Some(Some(expression)) = using {
        return Ok(ansi::in_parentheses(expression));
    }
    let from = ansi::ident(&source.name);
    let (old, new) = (
        table::affinity(&source.data_type)?,
        table::affinity(&column.data_type)?,
    );
    let is_number = matches!(old, Affinity::Real | Affinity::Numeric);
    Ok(if is_number && new == Affinity::Integer {
        format!(
            "CASE WHEN typeof({from}) = 'real' THEN CAST(round({from}) AS INTEGER) ELSE {from} END"
        )
    } else if (old, new) == (Affinity::Blob, Affinity::Text) {
        format!("CAST({from} AS TEXT)")
    } else if (old, new) == (Affinity::Text, Affinity::Blob) {
        format!("CAST({from} AS BLOB)")
    } else {
        from
    })
}

/// The `USING` of a change of this column's type.
fn conversion<'a>(operation: &'a Operation, name: &Ident) -> Option<Option<&'a Expression>> {
    if let Operation::SetType { column, using, .. } = operation
        && ansi::same(column, name)
    {
        return Some(using.as_ref());
    }
    None
}

/// The highest number ever given stays the mark, also when that row is gone.
fn keep_mark(name: &ObjectName, temporary: &ObjectName) -> [Statement; 2] {
    let sequence = ansi::object(&name.sibling(Ident::new("sqlite_sequence")));
    let literal = |name: &ObjectName| format!("'{}'", name.name.as_str().replace('\'', "''"));
    [
        Statement::new(format!(
            "DELETE FROM {sequence} WHERE name = {}",
            literal(temporary)
        )),
        Statement::new(format!(
            "INSERT INTO {sequence} (name, seq) SELECT {}, seq FROM {sequence} WHERE name = {}",
            literal(temporary),
            literal(name)
        )),
    ]
}

fn numbers_rows(table: &Table) -> bool {
    table
        .columns
        .iter()
        .any(|column| column.identity == Some(Identity::AutoIncrement))
}

fn triggers(schema: &Schema, name: &ObjectName) -> Vec<Statement> {
    schema
        .dependents
        .iter()
        .filter(|dependent| match &dependent.kind {
            DependentKind::Trigger { table } => ansi::same(&table.name, &name.name),
            DependentKind::View => false,
        })
        .map(|trigger| Statement::new(trigger.sql.clone()))
        .collect()
}

/// Views and triggers that may have read a dropped column are read, as SQLite does not look into
/// them now: one that is broken stops the change here, not the first who uses it.
fn proofs(operations: &[Operation], schema: &Schema, table: &Table) -> Vec<Statement> {
    let dropped: Vec<&Ident> = operations
        .iter()
        .filter_map(|operation| {
            if let Operation::DropColumn { column, .. } = operation {
                return Some(column);
            }
            None
        })
        .collect();
    let mut statements = Vec::new();
    let mut is_fired = false;
    for dependent in &schema.dependents {
        let text = Expression::new(dependent.sql.clone());
        if !dropped.iter().any(|column| text.mentions(column)) {
            continue;
        }
        match &dependent.kind {
            DependentKind::View => {
                let view = ansi::object(&dependent.name);
                statements.push(format!("SELECT NULL FROM {view} LIMIT 0"));
            }
            DependentKind::Trigger { table: on } => {
                is_fired |= ansi::same(&on.name, &table.name.name);
            }
        }
    }
    if is_fired {
        statements.extend(explanations(table));
    }
    statements.into_iter().map(Statement::new).collect()
}

/// Statements that fire every trigger of a table, explained, which compiles them and runs nothing.
fn explanations(table: &Table) -> [String; 3] {
    let name = ansi::object(&table.name);
    let values: Vec<String> = table
        .columns
        .iter()
        .filter(|column| column.generated.is_none())
        .map(|column| format!("{0} = {0}", ansi::ident(&column.name)))
        .collect();
    [
        format!("EXPLAIN INSERT INTO {name} DEFAULT VALUES"),
        format!("EXPLAIN UPDATE {name} SET {}", values.join(", ")),
        format!("EXPLAIN DELETE FROM {name}"),
    ]
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
