//! A column demands a value that running programs do not write.

use super::{Remark, Rule, Scene, for_programs};
use crate::operation::Operation;
use crate::schema::Column;

pub(super) const RULE: Rule = Rule {
    name: "requires-value",
    about: "a column demands a value that the release before does not write",
    find,
};

fn find(scene: &Scene<'_>) -> Option<Remark> {
    let (operation, table) = scene.on_old_table()?;
    if let Operation::AddColumn { column, .. } = operation {
        let name = &column.name;
        let remark = for_programs(
            format!(
                "adds `{table}.{name}` without a value for rows that are there or come from \
                 programs of the release before"
            ),
            "give it a DEFAULT; or add it without NOT NULL, fill it, and SET NOT NULL in a later \
             release",
        );
        return (!column.nullable && !has_value(column)).then_some(remark);
    }
    let Operation::SetNullable {
        column,
        nullable: false,
        ..
    } = operation
    else {
        return None;
    };
    let remark = for_programs(
        format!(
            "demands a value of `{table}.{column}`, which programs of the release before may leave \
             out"
        ),
        "SET DEFAULT first; or ship it once every running release writes the column, and say so \
         above the statement",
    );
    let now = scene.column(table, column);
    let is_safe = now.is_some_and(|it| !it.nullable || has_value(it));
    (!is_safe).then_some(remark)
}

/// Whether a row has a value of the column when nobody writes one.
fn has_value(column: &Column) -> bool {
    column.default.is_some() || column.identity.is_some() || column.generated.is_some()
}
