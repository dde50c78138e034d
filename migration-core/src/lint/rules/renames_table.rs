//! A table gets a name that running programs do not know.

use super::{Remark, Rule, Scene, for_programs};
use crate::operation::Operation;

pub(super) const RULE: Rule = Rule {
    name: "renames-table",
    about: "a table gets another name, by which the release before does not find it",
    find,
};

fn find(scene: &Scene<'_>) -> Option<Remark> {
    let (Operation::RenameTable { to, .. }, table) = scene.on_old_table()? else {
        return None;
    };
    Some(for_programs(
        format!("renames `{table}` to `{to}`, which programs of the release before do not find"),
        "keep a view with the old name until no running release uses it, or keep the name",
    ))
}
