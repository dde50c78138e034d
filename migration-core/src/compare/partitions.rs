//! Partitions that are not where they belong.

use std::collections::HashSet;

use super::ours::drop_tables;
use crate::introspect::Whole;
use crate::schema::{Dependent, DependentKind, ObjectName, Schema};

/// Takes tables out of the live database that are partitions where the models are made, and gives
/// their names: a draft would drop them.
pub(super) fn set_detached_aside(live: &mut Whole, wanted: &Whole) -> Vec<ObjectName> {
    let mut detached = names(&wanted.apart);
    detached.retain(|it| live.schema.table(it).is_some() && wanted.schema.table(it).is_none());
    drop_tables(live, |name| detached.contains(name));
    detached
}

/// The wanted partitions that are nowhere: what was in them is gone.
pub(super) fn emptied(live: &Schema, wanted: &Schema) -> Vec<ObjectName> {
    let there = names(&live.dependents);
    let there: HashSet<&ObjectName> = there.iter().collect();
    let mut emptied = names(&wanted.dependents);
    emptied.retain(|it| !there.contains(it) && live.table(it).is_none());
    emptied
}

/// Those of tables of which something is known, with nobody who makes them.
pub(super) fn added(live: &Schema, is_ours: impl Fn(&ObjectName) -> bool) -> Vec<ObjectName> {
    let added = live.dependents.iter().filter(|it| {
        let DependentKind::Partition { parent, .. } = &it.kind else {
            return false;
        };
        is_ours(parent) && !is_ours(&it.name)
    });
    added.map(|it| it.name.clone()).collect()
}

fn names(dependents: &[Dependent]) -> Vec<ObjectName> {
    let partitions = dependents
        .iter()
        .filter(|it| matches!(it.kind, DependentKind::Partition { .. }));
    partitions.map(|it| it.name.clone()).collect()
}
