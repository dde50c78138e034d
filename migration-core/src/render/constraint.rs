//! Constraints, beside the columns and inside one.

use super::RenderOptions;
use super::name;
use crate::schema::{
    Column, Constraint, ConstraintKind, Deferrability, ForeignKey, MatchKind, ReferentialAction,
};

/// A constraint of a table.
pub(super) fn of_table(constraint: &Constraint, options: &RenderOptions<'_>) -> String {
    let demand = match &constraint.kind {
        ConstraintKind::PrimaryKey { columns } => format!("PRIMARY KEY {}", name::list(columns)),
        ConstraintKind::Unique { columns } => format!("UNIQUE {}", name::list(columns)),
        ConstraintKind::ForeignKey(key) => {
            let columns = name::list(&key.columns);
            format!("FOREIGN KEY {columns} {}", references(key, options))
        }
        ConstraintKind::Check { expression } => {
            format!("CHECK ({})", name::expression(expression, options))
        }
    };
    framed(constraint, &demand, options)
}

/// A constraint inside the column it is about.
pub(super) fn of_column(constraint: &Constraint, options: &RenderOptions<'_>) -> String {
    let demand = match &constraint.kind {
        ConstraintKind::PrimaryKey { .. } => "PRIMARY KEY".to_owned(),
        ConstraintKind::Unique { .. } => "UNIQUE".to_owned(),
        ConstraintKind::ForeignKey(key) => references(key, options),
        ConstraintKind::Check { expression } => {
            format!("CHECK ({})", name::expression(expression, options))
        }
    };
    framed(constraint, &demand, options)
}

/// Whether it can be said inside this column.
pub(super) fn fits(constraint: &Constraint, column: &Column) -> bool {
    let columns = match &constraint.kind {
        ConstraintKind::PrimaryKey { columns } | ConstraintKind::Unique { columns } => columns,
        ConstraintKind::ForeignKey(key) => &key.columns,
        ConstraintKind::Check { .. } => return !constraint.not_valid,
    };
    !constraint.not_valid && *columns == [column.name.clone()]
}

/// The constraint with its name and the time of its check.
fn framed(constraint: &Constraint, demand: &str, options: &RenderOptions<'_>) -> String {
    let mut text = String::new();
    if let Some(name) = &constraint.name {
        text = format!("CONSTRAINT {} ", name::prefixed(name, options));
    }
    text += demand;
    text += match constraint.deferrability {
        Deferrability::NotDeferrable => "",
        Deferrability::InitiallyImmediate => " DEFERRABLE",
        Deferrability::InitiallyDeferred => " DEFERRABLE INITIALLY DEFERRED",
    };
    if constraint.not_valid {
        text += " NOT VALID";
    }
    text
}

fn references(key: &ForeignKey, options: &RenderOptions<'_>) -> String {
    let mut text = format!("REFERENCES {}", name::object(&key.references, options));
    if !key.referenced_columns.is_empty() {
        text += &format!(" {}", name::list(&key.referenced_columns));
    }
    match key.match_kind {
        MatchKind::Simple => {}
        MatchKind::Full => text += " MATCH FULL",
    }
    for (event, action) in [("DELETE", key.on_delete), ("UPDATE", key.on_update)] {
        let action = match action {
            ReferentialAction::NoAction => continue,
            ReferentialAction::Restrict => "RESTRICT",
            ReferentialAction::Cascade => "CASCADE",
            ReferentialAction::SetNull => "SET NULL",
            ReferentialAction::SetDefault => "SET DEFAULT",
        };
        text += &format!(" ON {event} {action}");
    }
    text
}
