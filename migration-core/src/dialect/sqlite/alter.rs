//! Which changes of a table SQLite can make in place.

use super::super::{Statement, Unsupported, ansi};
use super::table;
use crate::schema::{
    Column, Constraint, ConstraintKind, Expression, Ident, Index, IndexKey, ObjectName, Schema,
    Table,
};

/// `ALTER TABLE t ...`.
pub(super) fn alter(name: &ObjectName, action: &str) -> Statement {
    Statement::new(format!("ALTER TABLE {} {action}", ansi::object(name)))
}

/// Whether `ADD COLUMN` may do it: every row gets NULL or one constant, and nothing must be
/// numbered, unique or stored. <https://www.sqlite.org/lang_altertable.html#altertabaddcol>
pub(super) fn can_add(column: &Column, constraints: &[Constraint]) -> bool {
    let default = column.default.as_ref().map(Expression::as_str);
    let is_null = default.is_none_or(|default| default.eq_ignore_ascii_case("NULL"));
    let has_value = default.is_none_or(table::is_constant) && (column.nullable || !is_null);
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
    column: &Column,
    constraints: &[Constraint],
) -> Result<Statement, Unsupported> {
    let mut clause = table::column(column)?;
    // The name of a check tells its column.
    let mut named = Table::new(name.clone());
    named.columns.push(column.clone());
    for constraint in constraints {
        let name = named.constraint_name(constraint);
        let demand = match &constraint.kind {
            ConstraintKind::ForeignKey(key) => ansi::references(key),
            ConstraintKind::PrimaryKey { .. }
            | ConstraintKind::Unique { .. }
            | ConstraintKind::Check { .. } => ansi::demand(&constraint.kind),
        };
        clause += &format!(" CONSTRAINT {} {demand}", ansi::ident(&name));
    }
    Ok(alter(name, &format!("ADD COLUMN {clause}")))
}

/// Whether `DROP COLUMN` may do it: nothing else may stand on the column.
/// <https://www.sqlite.org/lang_altertable.html#altertabdropcol>
pub(super) fn can_drop(schema: &Schema, name: &ObjectName, column: &Ident) -> bool {
    let Some(table) = schema.table(name) else {
        return false;
    };
    let in_constraint = table
        .constraints
        .iter()
        .any(|constraint| match &constraint.kind {
            ConstraintKind::PrimaryKey { columns } | ConstraintKind::Unique { columns } => {
                columns.contains(column)
            }
            ConstraintKind::ForeignKey(key) => {
                key.columns.contains(column)
                    || (key.references == *name && key.referenced_columns.contains(column))
            }
            ConstraintKind::Check { expression } => mentions(expression.as_str(), column),
        });
    let computed = table.columns.iter().any(|other| {
        let expression = other
            .generated
            .as_ref()
            .map(|generated| &generated.expression);
        expression.is_some_and(|expression| mentions(expression.as_str(), column))
    });
    let in_index = schema
        .indexes_of(name)
        .any(|index| index_mentions(index, column));
    let in_text = schema
        .dependents
        .iter()
        .any(|dependent| mentions(&dependent.sql, column));
    let is_last = table.columns.len() == 1;
    !in_constraint && !computed && !in_index && !in_text && !is_last
}

fn index_mentions(index: &Index, column: &Ident) -> bool {
    let in_key = index.parts.iter().any(|part| match &part.key {
        IndexKey::Column { name, .. } => name == column,
        IndexKey::Expression(expression) => mentions(expression.as_str(), column),
    });
    let predicate = index.predicate.as_ref();
    in_key || predicate.is_some_and(|predicate| mentions(predicate.as_str(), column))
}

/// Whether a text may name the column; a `*` names all.
fn mentions(text: &str, column: &Ident) -> bool {
    let text = text.to_lowercase();
    let name = column.as_str().to_lowercase();
    text.contains('*')
        || text.match_indices(&name).any(|(start, found)| {
            let is_part = |c: char| c.is_alphanumeric() || c == '_';
            let before = text[..start].chars().next_back().is_some_and(is_part);
            let after = text[start + found.len()..]
                .chars()
                .next()
                .is_some_and(is_part);
            !before && !after
        })
}
