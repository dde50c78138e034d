//! A table changed in a way that SQLite has no statement for: its rows are copied to a new table
//! that takes its place.
//!
//! The order of <https://www.sqlite.org/lang_altertable.html#otheralter>: create the new table
//! under another name, copy, drop the old one, rename. Foreign keys must be off, or dropping the
//! old table would delete or null what refers to it; that and their check before the transaction
//! ends is the caller's work. `legacy_alter_table` keeps the renaming from looking into views and
//! triggers and from changing what other tables refer to.

use super::super::{Lowered, Statement, TableChange, Unsupported, Way, ansi};
use super::{cannot, table};
use crate::operation::{Operation, apply};
use crate::schema::{
    Column, DependentKind, Expression, Ident, Identity, ObjectName, Schema, Table,
};

/// Before the name of the new table while rows are copied.
const PREFIX: &str = "_migrate_new_";

/// Does all operations on one table in one copy.
pub(super) fn rebuild(
    name: &ObjectName,
    operations: &[Operation],
    before: &Schema,
) -> Result<Lowered, Unsupported> {
    let old = before
        .table(name)
        .ok_or_else(|| unknown(name, operations))?;
    let mut after = before.clone();
    for operation in operations {
        apply(operation, &mut after).map_err(|error| {
            cannot(
                &format!("{operation}: {error}"),
                "is the table as this revision expects it?",
            )
        })?;
    }
    let new = after.table(name).ok_or_else(|| unknown(name, operations))?;
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
    statements.extend(triggers(&after, name));
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

/// `INSERT ... SELECT`, in order of rowid, computed columns left to compute themselves.
fn copy(
    old: &Table,
    new: &Table,
    temporary: &ObjectName,
    operations: &[Operation],
) -> Result<Statement, Unsupported> {
    let mut columns = Vec::new();
    let mut values = Vec::new();
    for column in &new.columns {
        let Some(source) = source(column, old, operations) else {
            continue;
        };
        if column.generated.is_none() {
            columns.push(ansi::ident(&column.name));
            values.push(value(column, source, operations)?);
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
    let has_rowid = !old
        .options
        .iter()
        .any(|option| option.keyword == "WITHOUT ROWID");
    let order = if has_rowid { "\nORDER BY rowid" } else { "" };
    Ok(Statement::new(format!(
        "INSERT INTO {} ({})\nSELECT {}\nFROM {}{order}",
        ansi::object(temporary),
        columns.join(", "),
        values.join(", "),
        ansi::object(&old.name)
    )))
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

/// How a value gets into the new column: as it is, cast when the affinity changes, or as `USING`
/// says.
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
        return Ok(format!("({expression})"));
    }
    let from = ansi::ident(&source.name);
    let (old, new) = (
        table::affinity(&source.data_type)?,
        table::affinity(&column.data_type)?,
    );
    Ok(if old == new {
        from
    } else {
        format!("CAST({from} AS {})", new.cast())
    })
}

/// The `USING` of a change of this column's type.
fn conversion<'a>(operation: &'a Operation, name: &Ident) -> Option<Option<&'a Expression>> {
    if let Operation::SetType { column, using, .. } = operation
        && column == name
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
            DependentKind::Trigger { table } => table.name == name.name,
            DependentKind::View => false,
        })
        .map(|trigger| Statement::new(trigger.sql.clone()))
        .collect()
}

fn unknown(name: &ObjectName, operations: &[Operation]) -> Unsupported {
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
