//! Changes of tables on PostgreSQL: each has a statement of its own.

use std::borrow::Cow;

use super::super::{Statement, Unsupported, ansi};
use super::{table, types};
use crate::operation::{ConstraintTarget, IdentityChange, Operation};
use crate::schema::{
    Column, Constraint, ConstraintKind, DataType, Expression, Ident, Identity, ObjectName, Schema,
    Table,
};

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
) -> Result<Vec<Statement>, Unsupported> {
    let clause = table::column(column)?;
    let mut action = format!("ADD COLUMN {}{clause}", ansi::if_not_exists(if_not_exists));
    // Inside the column, so that they stay away with one that is there already.
    for constraint in constraints {
        action += &format!(" {}", ansi::inline(constraint));
    }
    let mut statements = vec![alter(name, &action)];
    if let Some(comment) = &column.comment {
        let target = format!(
            "COLUMN {}.{}",
            ansi::object(name),
            ansi::ident(&column.name)
        );
        statements.push(table::comment_on(&target, Some(comment)));
    }
    Ok(statements)
}

/// `ALTER COLUMN c TYPE ...`.
pub(super) fn set_type(
    column: &Ident,
    data_type: &DataType,
    collation: Option<&Ident>,
    using: Option<&Expression>,
) -> String {
    let mut action = format!(
        "ALTER COLUMN {} TYPE {}",
        ansi::ident(column),
        types::name(data_type)
    );
    if let Some(collation) = collation {
        action += &format!(" COLLATE {}", ansi::ident(collation));
    }
    if let Some(using) = using {
        action += &format!(" USING {using}");
    }
    action
}

/// A constraint as `ADD` takes it.
pub(super) fn constraint(constraint: &Constraint) -> String {
    let not_valid = if constraint.not_valid {
        " NOT VALID"
    } else {
        ""
    };
    format!("{}{not_valid}", ansi::constraint(constraint))
}

/// The name of the constraint meant: PostgreSQL names all, by a rule, when the text does not.
pub(super) fn constraint_name(name: &ObjectName, target: &ConstraintTarget) -> Ident {
    let kind = match target {
        ConstraintTarget::Named(constraint) => return constraint.clone(),
        ConstraintTarget::PrimaryKey => ConstraintKind::PrimaryKey {
            columns: Vec::new(),
        },
        ConstraintTarget::Unnamed(kind) => kind.clone(),
    };
    Table::new(name.clone()).default_constraint_name(&kind)
}

/// The operation with the name of the primary key that it drops, as far as that is known.
pub(super) fn with_key_name<'o>(operation: &'o Operation, schema: &Schema) -> Cow<'o, Operation> {
    let mut named = Cow::Borrowed(operation);
    if let Operation::DropConstraint { table, target, .. } = operation
        && *target == ConstraintTarget::PrimaryKey
        && let Some(known) = ansi::find_table(schema, table)
        && let Some(name) = known.constraints.iter().find_map(|it| match &it.kind {
            ConstraintKind::PrimaryKey { .. } => it.name.clone(),
            ConstraintKind::Unique { .. }
            | ConstraintKind::ForeignKey(_)
            | ConstraintKind::Check { .. } => None,
        })
        && let Operation::DropConstraint { target, .. } = named.to_mut()
    {
        *target = ConstraintTarget::Named(name);
    }
    named
}

/// What stops a `SERIAL` column from counting: its default goes, then the sequence that it owns,
/// whatever that is called by now.
pub(super) fn serial_dropped(operation: &Operation, schema: &Schema) -> Option<[Statement; 2]> {
    let Operation::SetIdentity {
        table,
        column,
        change: IdentityChange::Drop { .. },
    } = operation
    else {
        return None;
    };
    let known = ansi::find_table(schema, table)?.column(column)?;
    if !matches!(
        known.identity,
        Some(Identity::Serial | Identity::AutoIncrement)
    ) {
        return None;
    }
    let action = format!("ALTER COLUMN {} DROP DEFAULT", ansi::ident(column));
    let drop = format!(
        "DO $migrate$ BEGIN EXECUTE 'DROP SEQUENCE ' || pg_get_serial_sequence({}, {}); END \
         $migrate$",
        literal(&ansi::object(table)),
        literal(column.as_str())
    );
    Some([alter(table, &action), Statement::new(drop)])
}

/// `ALTER COLUMN c ADD GENERATED ... AS IDENTITY` and its like. Rows that are there have numbers
/// already, and the next one is behind them.
pub(super) fn set_identity(
    name: &ObjectName,
    column: &Ident,
    change: IdentityChange,
) -> Vec<Statement> {
    let when = |always: bool| if always { "ALWAYS" } else { "BY DEFAULT" };
    let action = match change {
        IdentityChange::Add(identity) => {
            let always = identity == Identity::Standard { always: true };
            format!("ADD GENERATED {} AS IDENTITY", when(always))
        }
        IdentityChange::Set { always } => format!("SET GENERATED {}", when(always)),
        IdentityChange::Drop { if_exists } => {
            format!("DROP IDENTITY{}", if if_exists { " IF EXISTS" } else { "" })
        }
    };
    let quoted = ansi::ident(column);
    let mut statements = vec![alter(name, &format!("ALTER COLUMN {quoted} {action}"))];
    if let IdentityChange::Add(_) = change {
        let table = ansi::object(name);
        statements.push(Statement::new(format!(
            "SELECT setval(pg_get_serial_sequence({}, {}), max({quoted})) FROM {table} \
             HAVING max({quoted}) > 0",
            literal(&table),
            literal(column.as_str())
        )));
    }
    statements
}

fn literal(text: &str) -> String {
    format!("'{}'", text.replace('\'', "''"))
}
