//! Which changes of a table SQLite can make in place.

use super::super::{Statement, Unsupported, ansi};
use super::table;
use crate::operation::Operation;
use crate::schema::{Column, Constraint, ConstraintKind, ObjectName, Schema, Table};

/// `ALTER TABLE t ...`.
pub(super) fn alter(name: &ObjectName, action: &str) -> Statement {
    Statement::new(format!("ALTER TABLE {} {action}", ansi::object(name)))
}

/// Whether `ADD COLUMN` may do it: every row gets NULL or one constant, and nothing must be
/// numbered, unique or stored. <https://www.sqlite.org/lang_altertable.html#altertabaddcol>
pub(super) fn can_add(column: &Column, constraints: &[Constraint]) -> bool {
    let default = column.default.as_ref();
    let is_null = default.is_none_or(|default| default.as_str().eq_ignore_ascii_case("NULL"));
    let has_value = default.is_none_or(ansi::is_constant) && (column.nullable || !is_null);
    let is_computed = column.generated.is_some();
    let is_stored = column
        .generated
        .as_ref()
        .is_some_and(|generated| generated.stored);
    let fits = |constraint: &Constraint| match &constraint.kind {
        ConstraintKind::PrimaryKey { .. } | ConstraintKind::Unique { .. } => false,
        ConstraintKind::ForeignKey(key) => is_null && key.columns.len() == 1,
        ConstraintKind::Check { .. } => true,
    };
    !is_stored
        && (has_value || is_computed)
        && column.identity.is_none()
        && constraints.iter().all(fits)
}

/// `ADD COLUMN` with its constraints inline, each with the name another engine would give it.
pub(super) fn add_column(
    name: &ObjectName,
    table: Option<&Table>,
    column: &Column,
    constraints: &[Constraint],
) -> Result<Statement, Unsupported> {
    let mut clause = table::column(column)?;
    let mut named = table.cloned().unwrap_or_else(|| Table::new(name.clone()));
    named.columns.push(column.clone());
    for constraint in constraints {
        let mut constraint = constraint.clone();
        constraint.name = Some(named.constraint_name(&constraint));
        clause += &format!(" {}", ansi::inline(&table::supported(&constraint)?));
        named.constraints.push(constraint);
    }
    Ok(alter(name, &format!("ADD COLUMN {clause}")))
}

/// `DROP COLUMN`, the indexes that go with the column dropped before; none when a constraint goes
/// too, which only a rebuild can do. Whatever view or trigger names the column makes SQLite refuse.
/// <https://www.sqlite.org/lang_altertable.html#altertabdropcol>
pub(super) fn drop_column(
    operation: &Operation,
    before: &Schema,
    after: &Schema,
) -> Option<Vec<Statement>> {
    let Operation::DropColumn {
        table: name,
        column,
        ..
    } = operation
    else {
        return None;
    };
    let old = ansi::find_table(before, name)?;
    let new = ansi::find_table(after, name)?;
    let goes_alone = new.constraints == old.constraints
        && new.columns.len() + 1 == old.columns.len()
        && !new.columns.is_empty();
    if !goes_alone {
        return None;
    }
    let mut statements: Vec<Statement> = before
        .indexes_of(&old.name)
        .filter(|index| !after.indexes.contains(index))
        .filter_map(|index| index.name.as_ref())
        .map(|index| {
            let index = ansi::object(&old.name.sibling(index.clone()));
            Statement::new(format!("DROP INDEX {index}"))
        })
        .collect();
    let action = format!("DROP COLUMN {}", ansi::ident(column));
    statements.push(alter(name, &action));
    Some(statements)
}
