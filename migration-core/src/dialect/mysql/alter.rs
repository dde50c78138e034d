//! Changes of tables on MySQL and MariaDB: `MODIFY COLUMN` repeats the whole column.

use super::super::{Statement, Unsupported, ansi};
use super::table::{self, cannot};
use crate::operation::{ConstraintTarget, Operation, apply};
use crate::schema::{Column, Constraint, ConstraintKind, Ident, ObjectName, Schema, Table};

/// `ALTER TABLE t ...`.
pub(super) fn alter(name: &ObjectName, action: &str) -> Statement {
    Statement::new(format!("ALTER TABLE {} {action}", ansi::object(name)))
}

/// `ADD COLUMN` with what was written inside the column.
pub(super) fn add_column(
    name: &ObjectName,
    column: &Column,
    constraints: &[Constraint],
    if_not_exists: bool,
) -> Result<Statement, Unsupported> {
    let clause = table::column(column)?;
    let mut actions = vec![format!(
        "ADD COLUMN {}{clause}",
        ansi::if_not_exists(if_not_exists)
    )];
    let mut owner = Table::new(name.clone());
    owner.columns.push(column.clone());
    for constraint in constraints {
        actions.push(format!(
            "ADD {}",
            table::constraint(&named(&owner, constraint))?
        ));
    }
    Ok(alter(name, &actions.join(", ")))
}

/// A constraint with the name that PostgreSQL would give it, so that one text drops it anywhere.
pub(super) fn named(table: &Table, constraint: &Constraint) -> Constraint {
    let mut named = constraint.clone();
    if named.name.is_none() && !matches!(named.kind, ConstraintKind::PrimaryKey { .. }) {
        named.name = Some(table.default_constraint_name(&named.kind));
    }
    named
}

/// `MODIFY COLUMN` with the definition after the operation.
pub(super) fn modify(
    schema: &Schema,
    name: &ObjectName,
    column: &Ident,
) -> Result<Statement, Unsupported> {
    let definition = schema.table(name).and_then(|table| table.column(column));
    let Some(definition) = definition else {
        return Err(unknown(name, &format!("change column `{column}`")));
    };
    Ok(alter(
        name,
        &format!("MODIFY COLUMN {}", table::column(definition)?),
    ))
}

/// `DROP CONSTRAINT`, which finds every kind but the primary key.
pub(super) fn drop_constraint(
    name: &ObjectName,
    target: &ConstraintTarget,
    if_exists: bool,
) -> Statement {
    let constraint = match target {
        ConstraintTarget::PrimaryKey
        | ConstraintTarget::Unnamed(ConstraintKind::PrimaryKey { .. }) => {
            return alter(name, "DROP PRIMARY KEY");
        }
        ConstraintTarget::Named(constraint) => {
            let primary = ConstraintKind::PrimaryKey {
                columns: Vec::new(),
            };
            if *constraint == Table::new(name.clone()).default_constraint_name(&primary) {
                return alter(name, "DROP PRIMARY KEY");
            }
            constraint.clone()
        }
        ConstraintTarget::Unnamed(kind) => Table::new(name.clone()).default_constraint_name(kind),
    };
    let action = format!(
        "DROP CONSTRAINT {}{}",
        ansi::if_exists(if_exists),
        ansi::ident(&constraint)
    );
    alter(name, &action)
}

/// A new name: an index's own, or the constraint taken away and put back.
pub(super) fn rename_constraint(
    schema: &Schema,
    name: &ObjectName,
    from: &Ident,
    to: &Ident,
) -> Result<Vec<Statement>, Unsupported> {
    let known = schema.table(name).and_then(|table| table.constraint(from));
    let Some(constraint) = known else {
        return Err(unknown(name, &format!("rename constraint `{from}`")));
    };
    match &constraint.kind {
        ConstraintKind::PrimaryKey { .. } => Ok(Vec::new()),
        ConstraintKind::Unique { .. } => Ok(vec![alter(
            name,
            &format!("RENAME INDEX {} TO {}", ansi::ident(from), ansi::ident(to)),
        )]),
        ConstraintKind::ForeignKey(_) | ConstraintKind::Check { .. } => {
            let mut renamed = constraint.clone();
            renamed.name = Some(to.clone());
            Ok(vec![
                alter(name, &format!("DROP CONSTRAINT {}", ansi::ident(from))),
                alter(name, &format!("ADD {}", table::constraint(&renamed)?)),
            ])
        }
    }
}

/// Brings the model behind an operation.
pub(super) fn follow(operation: &Operation, schema: &mut Schema) -> Result<(), Unsupported> {
    apply(operation, schema).map_err(|error| {
        cannot(
            &format!("{operation}: {error}"),
            "is the name right, and the table as expected?",
        )
    })
}

pub(super) fn unknown(name: &ObjectName, what: &str) -> Unsupported {
    cannot(
        &format!("{what} of table `{name}` without knowing what the table is"),
        "write the statement for this engine under `-- migrate: only mysql`",
    )
}
