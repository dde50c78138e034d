//! A table goes that running programs may use.

use super::{Remark, Rule, Scene, for_programs};
use crate::operation::Operation;

pub(super) const RULE: Rule = Rule {
    name: "drops-table",
    about: "a table is dropped that the release before may use",
    find,
};

fn find(scene: &Scene<'_>) -> Option<Remark> {
    let (Operation::DropTable { .. }, table) = scene.on_old_table()? else {
        return None;
    };
    Some(for_programs(
        format!("drops `{table}`, which programs of the release before may use"),
        "ship it once no running release uses the table, and say so above the statement",
    ))
}
