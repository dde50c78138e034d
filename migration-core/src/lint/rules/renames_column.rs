//! A column gets a name that running programs do not know.

use super::{Remark, Rule, Scene, for_programs};
use crate::operation::Operation;

pub(super) const RULE: Rule = Rule {
    name: "renames-column",
    about: "a column gets another name, by which the release before does not find it",
    find,
};

fn find(scene: &Scene<'_>) -> Option<Remark> {
    let (Operation::RenameColumn { from, to, .. }, table) = scene.on_old_table()? else {
        return None;
    };
    let remark = for_programs(
        format!(
            "renames `{table}.{from}` to `{to}`, which programs of the release before do not find"
        ),
        "add a column with the new name, let the database keep both equal, and drop the old one in \
         a later release; or keep the name",
    );
    (!scene.is_new_column(table, from)).then_some(remark)
}
