//! A column loses room for values that running programs write.

use super::{Remark, Rule, Scene, for_programs};
use crate::operation::Operation;

pub(super) const RULE: Rule = Rule {
    name: "narrows-type",
    about: "a column gets a type without room for values that it has, or that the release before writes",
    find,
};

fn find(scene: &Scene<'_>) -> Option<Remark> {
    let (
        Operation::SetType {
            column, data_type, ..
        },
        table,
    ) = scene.on_old_table()?
    else {
        return None;
    };
    let former = &scene.column(table, column)?.data_type;
    let remark = for_programs(
        format!(
            "takes room from `{table}.{column}`, for values that are there or that programs of the \
             release before write"
        ),
        "let every running release write values that fit, correct those that are there, and say so \
         above the statement",
    );
    let is_narrower = data_type.is_narrower_than(former) && !scene.is_new_column(table, column);
    is_narrower.then_some(remark)
}
