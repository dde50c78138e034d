//! A table changed by editing its stored definition.
//!
//! SQLite keeps the text of every definition in `sqlite_schema` and reads it anew when it changes;
//! <https://www.sqlite.org/lang_altertable.html#otheralter> names which changes may be made there
//! because the stored rows stay valid. They cost no copy, and nothing else in the database has to
//! be touched. What the new definition demands of the rows is asked before, and SQLite's own
//! check of the rows runs after; no index is touched.

use super::super::{Lowered, Statement, TableChange, Unsupported, Way, ansi};
use super::check;
use super::conversion;
use super::demands::Change;
use super::table;
use super::types::Affinity;
use crate::schema::{Column, ConstraintKind, Ident, ObjectName, Table};

/// Whether every stored row and index is right for the new table as it is.
///
/// A new default is not: rows that are older than a column read its default from the definition.
pub(super) fn is_enough(change: &Change<'_>) -> bool {
    let Change { old, new, .. } = change;
    let is_computed_anew = |column: &&Column| change.using(&column.name).is_some();
    old.columns.len() == new.columns.len()
        && old
            .columns
            .iter()
            .zip(&new.columns)
            .all(|(old, new)| is_stored_alike(old, new))
        && !new.columns.iter().any(|column| is_computed_anew(&column))
        && keys(old).eq(keys(new))
        && rowid(old) == rowid(new)
        && old.options == new.options
        && !(table::is_strict(old) && is_retyped(old, new))
}

fn is_stored_alike(old: &Column, new: &Column) -> bool {
    ansi::same(&old.name, &new.name)
        && keeps_bytes(old, new)
        && old.collation == new.collation
        && old.generated == new.generated
        && old.default == new.default
        && old.identity == new.identity
        && old.attributes == new.attributes
}

/// The constraints behind which SQLite keeps an index, in their order.
fn keys(table: &Table) -> impl Iterator<Item = &ConstraintKind> {
    let kinds = table.constraints.iter().map(|constraint| &constraint.kind);
    kinds.filter(|kind| match kind {
        ConstraintKind::PrimaryKey { .. } | ConstraintKind::Unique { .. } => true,
        ConstraintKind::ForeignKey(_) | ConstraintKind::Check { .. } => false,
    })
}

fn rowid(table: &Table) -> Option<&Ident> {
    table::rowid_column(table).map(|column| &column.name)
}

fn is_retyped(old: &Table, new: &Table) -> bool {
    let mut columns = old.columns.iter().zip(&new.columns);
    columns.any(|(old, new)| old.data_type != new.data_type)
}

/// The change, as statements of one transaction.
pub(super) fn edit(change: &Change<'_>) -> Result<Lowered, Unsupported> {
    let name = &change.old.name;
    let mut statements = change.beforehand()?;
    statements.extend(change.of_values(name));
    let definition = table::definition(change.new)?;
    statements.extend(
        [
            "PRAGMA writable_schema = ON".to_owned(),
            format!(
                "UPDATE {} SET sql = {}\nWHERE type = 'table' AND name = {}",
                table::catalog(name),
                check::literal(&definition.sql),
                check::literal(name.name.as_str())
            ),
            "PRAGMA writable_schema = RESET".to_owned(),
        ]
        .map(Statement::new),
    );
    statements.extend(tell_others(name));
    statements.extend(change.afterwards());
    statements.push(check::rows(name));
    Ok(Lowered {
        statements,
        change: Some(TableChange {
            table: name.clone(),
            reasons: change.operations.iter().map(ToString::to_string).collect(),
            way: Way::Definition,
        }),
    })
}

/// Whether the bytes stored for the old column are those of the new one.
pub(super) fn keeps_bytes(old: &Column, new: &Column) -> bool {
    let affinity = |column: &Column| table::affinity(&column.data_type).ok();
    let is_typed = affinity(old).is_some_and(|before: Affinity| affinity(new) == Some(before));
    is_typed && matches!(conversion::converted(old, new), Ok(None))
}

/// A table that comes and goes, so that other connections read the definitions anew: an edit of
/// `sqlite_schema` does not tell them.
fn tell_others(name: &ObjectName) -> [Statement; 2] {
    let passing = ansi::object(&table::scratch(name));
    [
        Statement::new(format!("CREATE TABLE {passing} (\"x\")")),
        Statement::new(format!("DROP TABLE {passing}")),
    ]
}
