//! One file for each rule.

mod builds_index;
mod drops_column;
mod drops_table;
mod narrows_type;
mod reads_rows;
mod renames_column;
mod renames_table;
mod requires_value;
mod rewrites_rows;
mod works_under_lock;

use super::scene::Scene;
use super::{Remark, Rule};
use crate::dialect::{LongWork, Waiting};

/// All rules, in the order of the documentation.
pub const RULES: &[Rule] = &[
    rewrites_rows::RULE,
    reads_rows::RULE,
    builds_index::RULE,
    works_under_lock::RULE,
    drops_table::RULE,
    drops_column::RULE,
    renames_table::RULE,
    renames_column::RULE,
    requires_value::RULE,
    narrows_type::RULE,
];

/// Says that others wait for work of one kind; `what` says what is done to the table.
fn waits(scene: &Scene<'_>, work: LongWork, what: &str) -> Option<Remark> {
    let (table, hold_up) = scene.hold_up().filter(|(_, it)| it.work == work)?;
    let who = match hold_up.waiting {
        Waiting::Writers => "nobody writes to it",
        Waiting::Everybody => "nobody reads it or writes to it",
    };
    Some(Remark {
        message: format!("{what} `{table}`, and {who} meanwhile"),
        hint: hold_up.way.to_owned(),
    })
}

/// What the release before does not survive, and what comes first.
fn for_programs(message: String, hint: &str) -> Remark {
    Remark {
        message,
        hint: hint.to_owned(),
    }
}
