//! The one-line description of an operation.

use std::fmt;

use super::{ConstraintTarget, IdentityChange, Operation};
use crate::schema::{Constraint, ConstraintKind, Ident, Index, ObjectName};

impl fmt::Display for Operation {
    #[expect(clippy::too_many_lines, reason = "one arm per operation")]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::CreateTable { table, .. } => write!(f, "create table `{}`", table.name),
            Self::DropTable { name, .. } => write!(f, "drop table `{name}`"),
            Self::RenameTable { from, to } => write!(f, "rename table `{from}` to `{to}`"),
            Self::AddColumn { table, column, .. } => {
                write!(f, "add column `{table}.{}`", column.name)
            }
            Self::DropColumn { table, column, .. } => write!(f, "drop column `{table}.{column}`"),
            Self::RenameColumn { table, from, to } => {
                write!(f, "rename column `{table}.{from}` to `{to}`")
            }
            Self::SetType { table, column, .. } => {
                write!(f, "change type of column `{table}.{column}`")
            }
            Self::SetNullable {
                table,
                column,
                nullable,
            } => {
                let verb = if *nullable { "allow" } else { "forbid" };
                write!(f, "{verb} null in column `{table}.{column}`")
            }
            Self::SetDefault {
                table,
                column,
                default,
            } => {
                let verb = verb(default.is_some());
                write!(f, "{verb} default of column `{table}.{column}`")
            }
            Self::SetIdentity {
                table,
                column,
                change,
            } => {
                let what = match change {
                    IdentityChange::Add(_) => "number rows by",
                    IdentityChange::Set { .. } => "change the numbering by",
                    IdentityChange::Drop { .. } => "stop numbering rows by",
                };
                write!(f, "{what} column `{table}.{column}`")
            }
            Self::DropExpression { table, column, .. } => {
                write!(f, "stop computing column `{table}.{column}`")
            }
            Self::AddConstraint { table, constraint } => add_constraint(f, table, constraint),
            Self::DropConstraint { table, target, .. } => drop_constraint(f, table, target),
            Self::RenameConstraint { table, from, to } => {
                write!(f, "rename constraint `{from}` of `{table}` to `{to}`")
            }
            Self::ValidateConstraint { table, name } => {
                write!(f, "validate constraint `{name}` of `{table}`")
            }
            Self::CreateIndex { index, .. } => create_index(f, index),
            Self::DropIndex { name, .. } => write!(f, "drop index `{name}`"),
            Self::RenameIndex { from, to, .. } => write!(f, "rename index `{from}` to `{to}`"),
            Self::SetTableComment { table, comment } => {
                write!(f, "{} comment on table `{table}`", verb(comment.is_some()))
            }
            Self::SetColumnComment {
                table,
                column,
                comment,
            } => {
                let verb = verb(comment.is_some());
                write!(f, "{verb} comment on column `{table}.{column}`")
            }
            Self::View(change) => write!(f, "{change}"),
            Self::Sequence(change) => write!(f, "{change}"),
            Self::Namespace(change) => write!(f, "{change}"),
            Self::Enum(change) => write!(f, "{change}"),
            Self::Raw { sql } => write!(f, "run `{}`", first_line(sql)),
            Self::Call { procedure } => write!(f, "call procedure `{procedure}`"),
        }
    }
}

fn verb(is_set: bool) -> &'static str {
    if is_set { "set" } else { "drop" }
}

fn add_constraint(
    f: &mut fmt::Formatter<'_>,
    table: &ObjectName,
    constraint: &Constraint,
) -> fmt::Result {
    write!(f, "add {}", kind(&constraint.kind))?;
    match (&constraint.name, columns(&constraint.kind)) {
        (Some(name), _) => write!(f, " `{name}`")?,
        (None, columns) if !columns.is_empty() => write!(f, " ({})", list(columns))?,
        (None, _) => {}
    }
    write!(f, " to `{table}`")
}

fn drop_constraint(
    f: &mut fmt::Formatter<'_>,
    table: &ObjectName,
    target: &ConstraintTarget,
) -> fmt::Result {
    match target {
        ConstraintTarget::Named(name) => write!(f, "drop constraint `{name}` of `{table}`"),
        ConstraintTarget::PrimaryKey => write!(f, "drop primary key of `{table}`"),
        ConstraintTarget::Unnamed(demand) => match columns(demand) {
            [] => write!(f, "drop {} of `{table}`", kind(demand)),
            columns => write!(f, "drop {} ({}) of `{table}`", kind(demand), list(columns)),
        },
    }
}

fn create_index(f: &mut fmt::Formatter<'_>, index: &Index) -> fmt::Result {
    let unique = if index.unique { "unique " } else { "" };
    match &index.name {
        Some(name) => write!(f, "create {unique}index `{name}` on `{}`", index.table),
        None => write!(f, "create {unique}index on `{}`", index.table),
    }
}

fn kind(kind: &ConstraintKind) -> &'static str {
    match kind {
        ConstraintKind::PrimaryKey { .. } => "primary key",
        ConstraintKind::Unique { .. } => "unique constraint",
        ConstraintKind::ForeignKey(_) => "foreign key",
        ConstraintKind::Check { .. } => "check constraint",
    }
}

fn columns(kind: &ConstraintKind) -> &[Ident] {
    match kind {
        ConstraintKind::PrimaryKey { columns } | ConstraintKind::Unique { columns } => columns,
        ConstraintKind::ForeignKey(key) => &key.columns,
        ConstraintKind::Check { .. } => &[],
    }
}

fn list(columns: &[Ident]) -> String {
    let names: Vec<_> = columns.iter().map(Ident::as_str).collect();
    names.join(", ")
}

/// The start of a statement, short enough for a line; a cut is shown.
fn first_line(sql: &str) -> String {
    const LENGTH: usize = 60;
    let mut lines = sql.lines().map(str::trim).filter(|line| !line.is_empty());
    let line = lines.next().unwrap_or_default();
    let short: String = line.chars().take(LENGTH).collect();
    if short.len() < line.len() || lines.next().is_some() {
        format!("{} ...", short.trim_end())
    } else {
        short
    }
}
