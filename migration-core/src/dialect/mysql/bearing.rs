//! What may change the answer to a question about a table.
//!
//! A statement commits by itself here: a script that asks between two of them leaves half of a step
//! behind when it stops. So what nothing before it bears on is asked before anything is changed.

use super::super::{RowCheck, Statement, ansi};
use super::presumed;
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
        Operation::Raw { sql } if presumed::asks(question) => may_define(sql, &question.table),
        Operation::Namespace(_) | Operation::Raw { .. } | Operation::Call { .. } => true,
    }
}

/// Whether a statement that is not understood may change how a table is defined. What changes rows
/// does not; what else says its name may, and what runs others does not say theirs.
fn may_define(sql: &str, table: &ObjectName) -> bool {
    const SAYS_WHAT: [&str; 8] = [
        "create", "alter", "drop", "rename", "set", "grant", "revoke", "truncate",
    ];
    let lower = sql.to_lowercase();
    let first = lower.split_whitespace().next().unwrap_or_default();
    let says_another =
        SAYS_WHAT.contains(&first) && !lower.contains(&table.name.as_str().to_lowercase());
    !says_another && !Statement::new(sql).changes_rows_only()
}

#[cfg(test)]
mod tests {
    use super::may_define;
    use crate::schema::ObjectName;

    #[test]
    fn a_statement_defines_a_table_anew_that_it_may_name() {
        let table = ObjectName::new("Person");
        for sql in [
            "ALTER TABLE person ENGINE=InnoDB",
            "CALL tidy()",
            "EXECUTE it",
            "/* why */ CREATE TRIGGER t BEFORE INSERT ON other FOR EACH ROW SET NEW.a = 1",
        ] {
            assert!(may_define(sql, &table), "{sql}");
        }
        for sql in [
            "UPDATE person SET age = age + 1",
            "INSERT INTO other SELECT * FROM person",
            "CREATE TRIGGER t BEFORE INSERT ON other FOR EACH ROW SET NEW.a = 1",
            "SET SESSION foreign_key_checks = 0",
        ] {
            assert!(!may_define(sql, &table), "{sql}");
        }
    }
}
