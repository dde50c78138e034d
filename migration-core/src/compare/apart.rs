//! Rules, and triggers that are switched off, where somebody asks what other hands did.

use std::collections::HashSet;

use crate::introspect::Whole;
use crate::schema::{Dependent, DependentKind, ObjectName};

/// Counts what stands apart among what stands on tables, on both sides. What is switched counts where
/// both have it: else it comes and goes with that.
pub(super) fn count(live: &mut Whole, wanted: &mut Whole) {
    if live.apart.is_empty() && wanted.apart.is_empty() {
        return;
    }
    let there = switchable(live);
    let both: HashSet<_> = switchable(wanted).intersection(&there).cloned().collect();
    for whole in [live, wanted] {
        let mut apart = std::mem::take(&mut whole.apart);
        apart.retain(|it| {
            let DependentKind::Switched { table, what } = &it.kind else {
                return true;
            };
            what.ends_with(" ALL") || both.contains(&(table.clone(), it.name.clone()))
        });
        whole.schema.dependents.append(&mut apart);
    }
}

/// The triggers and rules of a side, with their tables.
fn switchable(whole: &Whole) -> HashSet<(ObjectName, ObjectName)> {
    let all = whole.schema.dependents.iter().chain(&whole.apart);
    let named = |it: &Dependent| {
        let (DependentKind::Trigger { table } | DependentKind::Rule { table }) = &it.kind else {
            return None;
        };
        Some((table.clone(), it.name.clone()))
    };
    all.filter_map(named).collect()
}
