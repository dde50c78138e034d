//! Tables.

use super::RenderOptions;
use super::{column, constraint, name};
use crate::schema::{Column, Constraint, ConstraintKind, Table, TableOption};

/// `CREATE TABLE`, one column or constraint on a line.
pub(super) fn create(table: &Table, if_not_exists: bool, options: &RenderOptions<'_>) -> String {
    let is_unlogged = |option: &TableOption| option.keyword == "UNLOGGED";
    let how = match (table.temporary, table.options.iter().any(is_unlogged)) {
        (true, _) => "TEMPORARY ",
        (false, true) => "UNLOGGED ",
        (false, false) => "",
    };
    let condition = if if_not_exists { "IF NOT EXISTS " } else { "" };
    let mut lines = Vec::new();
    let mut left = table.constraints.as_slice();
    for column in &table.columns {
        let inside = left
            .iter()
            .take_while(|constraint| stands_inside(constraint, column, table))
            .count();
        let (inside, beside) = left.split_at(inside);
        left = beside;
        lines.push(column::definition(column, inside, options));
    }
    lines.extend(left.iter().map(|it| constraint::of_table(it, options)));
    let mut text = format!(
        "CREATE {how}TABLE {condition}{} (\n    {}\n)",
        name::object(&table.name, options),
        lines.join(",\n    ")
    );
    for option in table.options.iter().filter(|it| !is_unlogged(it)) {
        text += &format!(" {}", self::option(option, options));
    }
    if let Some(comment) = &table.comment {
        text += &format!(" COMMENT {}", name::string(comment));
    }
    text
}

/// Whether a person would write it inside this column: it concerns no other and has no name.
fn stands_inside(constraint: &Constraint, column: &Column, table: &Table) -> bool {
    let concerns_it = match &constraint.kind {
        ConstraintKind::Check { expression } => {
            let mut columns = table.columns.iter();
            columns.all(|other| expression.mentions(&other.name) == (other.name == column.name))
        }
        ConstraintKind::PrimaryKey { .. }
        | ConstraintKind::Unique { .. }
        | ConstraintKind::ForeignKey(_) => true,
    };
    constraint.name.is_none() && concerns_it && constraint::fits(constraint, column)
}

fn option(option: &TableOption, options: &RenderOptions<'_>) -> String {
    let keyword = &option.keyword;
    let Some(value) = &option.value else {
        return keyword.clone();
    };
    let value = name::expression(value, options);
    let without_sign = ["INHERITS", "PARTITION BY", "WITH", "TABLESPACE", "USING"];
    if without_sign.contains(&keyword.as_str()) {
        format!("{keyword} {value}")
    } else {
        format!("{keyword}={value}")
    }
}
