//! A column goes that running programs may use.

use super::{Remark, Rule, Scene, for_programs};
use crate::operation::Operation;

pub(super) const RULE: Rule = Rule {
    name: "drops-column",
    about: "a column is dropped that the release before may read or write",
    find,
};

fn find(scene: &Scene<'_>) -> Option<Remark> {
    let (Operation::DropColumn { column, .. }, table) = scene.on_old_table()? else {
        return None;
    };
    let remark = for_programs(
        format!("drops `{table}.{column}`, which programs of the release before may use"),
        "ship it once no running release names the column (an ORM names them all), and say so above \
         the statement",
    );
    (!scene.is_new_column(table, column)).then_some(remark)
}
