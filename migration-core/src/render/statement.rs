//! One operation, one statement.

use super::RenderOptions;
use super::{column, constraint, index, name, object, table, types};
use crate::operation::{ConstraintTarget, IdentityChange, Operation};
use crate::schema::{Column, Constraint, ConstraintKind, Ident, Identity, ObjectName, Table};
use crate::sql::template;

/// Longest line that an `ALTER TABLE` is left on.
const WIDTH: usize = 100;

#[expect(clippy::too_many_lines, reason = "one arm per operation")]
pub(super) fn operation(operation: &Operation, options: &RenderOptions<'_>) -> String {
    let alter = |table: &ObjectName, action: &str| alter(table, action, options);
    match operation {
        Operation::CreateTable {
            table,
            if_not_exists,
        } => table::create(table, *if_not_exists, options),
        Operation::DropTable {
            name,
            if_exists,
            cascade,
        } => format!(
            "DROP TABLE {}{}{}",
            self::if_exists(*if_exists),
            name::object(name, options),
            self::cascade(*cascade)
        ),
        Operation::RenameTable { from, to } => {
            let to = name::prefixed(to, options);
            alter(from, &format!("RENAME TO {to}"))
        }
        Operation::AddColumn {
            table,
            column,
            constraints,
            if_not_exists,
        } => {
            let action = add_column(column, constraints, *if_not_exists, options);
            alter(table, &action)
        }
        Operation::DropColumn {
            table,
            column,
            if_exists,
            cascade,
        } => {
            let column = name::plain(column);
            let (condition, cascade) = (self::if_exists(*if_exists), self::cascade(*cascade));
            alter(table, &format!("DROP COLUMN {condition}{column}{cascade}"))
        }
        Operation::RenameColumn { table, from, to } => {
            let (from, to) = (name::plain(from), name::plain(to));
            alter(table, &format!("RENAME COLUMN {from} TO {to}"))
        }
        Operation::SetType {
            table,
            column,
            data_type,
            collation,
            using,
        } => {
            let mut action = format!("TYPE {}", types::name(data_type, options));
            if let Some(collation) = collation {
                action += &format!(" COLLATE {}", name::plain(collation));
            }
            if let Some(using) = using {
                action += &format!(" USING {}", name::expression(using, options));
            }
            alter(table, &alter_column(column, &action))
        }
        Operation::SetNullable {
            table,
            column,
            nullable,
        } => {
            let verb = if *nullable { "DROP" } else { "SET" };
            alter(table, &alter_column(column, &format!("{verb} NOT NULL")))
        }
        Operation::SetDefault {
            table,
            column,
            default,
        } => {
            let action = default.as_ref().map_or_else(
                || "DROP DEFAULT".to_owned(),
                |default| format!("SET DEFAULT {}", name::expression(default, options)),
            );
            alter(table, &alter_column(column, &action))
        }
        Operation::SetIdentity {
            table,
            column,
            change,
        } => alter(table, &alter_column(column, &identity(*change))),
        Operation::DropExpression {
            table,
            column,
            if_exists,
        } => {
            let optional = if *if_exists { " IF EXISTS" } else { "" };
            alter(
                table,
                &alter_column(column, &format!("DROP EXPRESSION{optional}")),
            )
        }
        Operation::AddConstraint { table, constraint } => {
            let constraint = constraint::of_table(constraint, options);
            alter(table, &format!("ADD {constraint}"))
        }
        Operation::DropConstraint {
            table,
            target,
            if_exists,
            cascade,
        } => {
            let what = drop_target(table, target, *if_exists, options);
            alter(table, &format!("DROP {what}{}", self::cascade(*cascade)))
        }
        Operation::RenameConstraint { table, from, to } => {
            let (from, to) = (name::prefixed(from, options), name::prefixed(to, options));
            alter(table, &format!("RENAME CONSTRAINT {from} TO {to}"))
        }
        Operation::ValidateConstraint { table, name } => {
            let name = name::prefixed(name, options);
            alter(table, &format!("VALIDATE CONSTRAINT {name}"))
        }
        Operation::CreateIndex {
            index,
            concurrently,
            if_not_exists,
        } => index::create(index, *concurrently, *if_not_exists, options),
        Operation::DropIndex {
            name,
            table,
            concurrently,
            if_exists,
        } => {
            let how = if *concurrently { "CONCURRENTLY " } else { "" };
            let (condition, index) = (self::if_exists(*if_exists), name::object(name, options));
            format!("DROP INDEX {how}{condition}{index}{}", on(table, options))
        }
        Operation::RenameIndex { from, to, table } => {
            let to = name::prefixed(to, options);
            match table {
                None => {
                    let from = name::object(from, options);
                    format!("ALTER INDEX {from} RENAME TO {to}")
                }
                Some(table) => {
                    let from = name::prefixed(&from.name, options);
                    alter(table, &format!("RENAME INDEX {from} TO {to}"))
                }
            }
        }
        Operation::SetTableComment { table, comment } => {
            let table = name::object(table, options);
            format!("COMMENT ON TABLE {table} IS {}", string(comment.as_deref()))
        }
        Operation::SetColumnComment {
            table,
            column,
            comment,
        } => {
            let (table, column) = (name::object(table, options), name::plain(column));
            let comment = string(comment.as_deref());
            format!("COMMENT ON COLUMN {table}.{column} IS {comment}")
        }
        Operation::View(change) => object::view(change, options),
        Operation::Sequence(change) => object::sequence(change, options),
        Operation::Namespace(change) => object::namespace(change),
        Operation::Enum(change) => object::enumeration(change, options),
        Operation::Raw { sql } => {
            template::statement(sql, options.mark(), options.backslash_escapes)
        }
        Operation::Call { procedure } => format!("-- migrate: call {procedure}"),
    }
}

/// `ALTER TABLE t ...`, on two lines when it is long.
fn alter(table: &ObjectName, action: &str, options: &RenderOptions<'_>) -> String {
    let head = format!("ALTER TABLE {}", name::object(table, options));
    let separator = if head.len() + action.len() < WIDTH {
        " "
    } else {
        "\n    "
    };
    format!("{head}{separator}{action}")
}

/// Every engine's numbering is begun in the words of the standard.
fn identity(change: IdentityChange) -> String {
    let when = |always: bool| if always { "ALWAYS" } else { "BY DEFAULT" };
    match change {
        IdentityChange::Add(identity) => {
            let always = identity == Identity::Standard { always: true };
            format!("ADD GENERATED {} AS IDENTITY", when(always))
        }
        IdentityChange::Set { always } => format!("SET GENERATED {}", when(always)),
        IdentityChange::Drop { if_exists } => {
            format!("DROP IDENTITY{}", if if_exists { " IF EXISTS" } else { "" })
        }
    }
}

fn alter_column(column: &Ident, action: &str) -> String {
    format!("ALTER COLUMN {} {action}", name::plain(column))
}

/// The column with its constraints inside; one that cannot stand there is an action of its own.
fn add_column(
    column: &Column,
    constraints: &[Constraint],
    if_not_exists: bool,
    options: &RenderOptions<'_>,
) -> String {
    let condition = if if_not_exists { "IF NOT EXISTS " } else { "" };
    let (inside, beside): (Vec<_>, Vec<_>) = constraints
        .iter()
        .cloned()
        .partition(|it| constraint::fits(it, column));
    let definition = column::definition(column, &inside, options);
    let mut text = format!("ADD COLUMN {condition}{definition}");
    for constraint in &beside {
        text += &format!(",\n    ADD {}", constraint::of_table(constraint, options));
    }
    text
}

fn drop_target(
    table: &ObjectName,
    target: &ConstraintTarget,
    if_exists: bool,
    options: &RenderOptions<'_>,
) -> String {
    let named = |name: &Ident| {
        let name = name::prefixed(name, options);
        format!("CONSTRAINT {}{name}", self::if_exists(if_exists))
    };
    match target {
        ConstraintTarget::Named(name) => named(name),
        ConstraintTarget::PrimaryKey
        | ConstraintTarget::Unnamed(ConstraintKind::PrimaryKey { .. }) => "PRIMARY KEY".to_owned(),
        ConstraintTarget::Unnamed(kind) => {
            named(&Table::new(table.clone()).default_constraint_name(kind))
        }
    }
}

fn on(table: &Option<ObjectName>, options: &RenderOptions<'_>) -> String {
    table.as_ref().map_or_else(String::new, |table| {
        format!(" ON {}", name::object(table, options))
    })
}

fn string(text: Option<&str>) -> String {
    text.map_or_else(|| "NULL".to_owned(), name::string)
}

fn if_exists(if_exists: bool) -> &'static str {
    if if_exists { "IF EXISTS " } else { "" }
}

fn cascade(cascade: bool) -> &'static str {
    if cascade { " CASCADE" } else { "" }
}
