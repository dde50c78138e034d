//! What may change the answer to a question about a table.
//!
//! A statement commits by itself here: a script that asks between two of them leaves half of a step
//! behind when it stops. So what nothing before it bears on is asked before anything is changed.

use super::super::{RowCheck, ansi};
use crate::operation::{IdentityChange, Operation};
use crate::schema::{ConstraintKind, Ident, ObjectName};

/// Whether an operation may; where that is not known, it may.
#[expect(clippy::too_many_lines, reason = "one arm per operation")]
pub(super) fn bears_on(operation: &Operation, question: &RowCheck) -> bool {
    let is_asked = |table: &ObjectName| ansi::same(&table.name, &question.table.name);
    let asks_for = |column: &Ident| {
        let columns = question.columns.as_ref();
        columns.is_none_or(|columns| columns.iter().any(|it| ansi::same(it, column)))
    };
    let is_key = |kind: &ConstraintKind| matches!(kind, ConstraintKind::PrimaryKey { .. });
    match operation {
        Operation::CreateTable { table, .. } => is_asked(&table.name),
        Operation::DropTable { name, .. } => is_asked(name),
        Operation::RenameTable { from, to } => {
            is_asked(from) || is_asked(&from.sibling(to.clone()))
        }
        // A key forbids NULL in its columns.
        Operation::AddColumn {
            table,
            column,
            constraints,
            ..
        } => {
            let has_key = constraints.iter().any(|it| is_key(&it.kind));
            is_asked(table) && (asks_for(&column.name) || has_key)
        }
        Operation::AddConstraint { table, constraint } => {
            is_asked(table) && is_key(&constraint.kind)
        }
        Operation::DropColumn { table, column, .. }
        | Operation::SetType { table, column, .. }
        | Operation::SetNullable { table, column, .. }
        | Operation::SetDefault { table, column, .. }
        | Operation::SetColumnComment { table, column, .. }
        | Operation::SetIdentity {
            table,
            column,
            change: IdentityChange::Add(_) | IdentityChange::Drop { .. },
        }
        | Operation::DropExpression { table, column, .. } => is_asked(table) && asks_for(column),
        // What is computed from a column says its name, and a check may be part of its column.
        Operation::RenameColumn { table, .. }
        | Operation::DropConstraint { table, .. }
        | Operation::RenameConstraint { table, .. } => is_asked(table),
        Operation::ValidateConstraint { .. }
        | Operation::CreateIndex { .. }
        | Operation::DropIndex { .. }
        | Operation::RenameIndex { .. }
        | Operation::SetTableComment { .. }
        | Operation::SetIdentity {
            change: IdentityChange::Set { .. },
            ..
        }
        | Operation::View(_)
        | Operation::Sequence(_)
        | Operation::Enum(_) => false,
        Operation::Namespace(_) | Operation::Raw { .. } | Operation::Call { .. } => true,
    }
}
