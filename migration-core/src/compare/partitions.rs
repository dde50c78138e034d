//! Partitions that are not where they belong.

use std::collections::HashSet;

use super::ours::drop_tables;
use super::settled::words_of;
use crate::introspect::Whole;
use crate::program::Built;
use crate::schema::{Dependent, DependentKind, ObjectName, Schema};

/// Takes tables out of the live database that are partitions where the models are made, or were made as
/// such by the revisions, and gives their names: a draft would drop them.
pub(super) fn set_detached_aside(
    (live, wanted): (&mut Whole, &Whole),
    history: &Built,
    prefix: &str,
) -> Vec<ObjectName> {
    let apart = wanted.apart.iter().filter(|it| place(it).is_some());
    let mut detached: Vec<ObjectName> = apart.map(|it| it.name.clone()).collect();
    let passed = history.raw.iter().filter(|it| it.kind == "table");
    for name in passed.map(|it| &it.name) {
        if live.schema.table(name).is_some() && is_made_parted(name, history, prefix) {
            detached.push(name.clone());
        }
    }
    detached.sort_unstable();
    detached.dedup();
    detached.retain(|it| live.schema.table(it).is_some() && wanted.schema.table(it).is_none());
    drop_tables(live, |name| detached.contains(name));
    detached
}

/// Whether a revision makes a table as a partition, by its words.
fn is_made_parted(name: &ObjectName, history: &Built, prefix: &str) -> bool {
    let word = name.name.as_str().to_lowercase();
    history.statements.iter().any(|statement| {
        let words = words_of(statement, prefix);
        let at = words.iter().position(|it| *it == word);
        let behind = at.and_then(|at| words.get(at + 1..at + 3));
        behind.is_some_and(|it| it == ["partition", "of"])
    })
}

/// The wanted partitions that are nowhere: what was in them is gone.
pub(super) fn emptied(live: &Schema, wanted: &Schema) -> Vec<ObjectName> {
    let places: HashSet<_> = live.dependents.iter().filter_map(place).collect();
    let gone = missing(live, wanted);
    let gone = gone.filter(|it| place(it).is_some_and(|place| !places.contains(&place)));
    gone.map(|it| it.name.clone()).collect()
}

/// The wanted partitions that are nowhere by their names.
fn missing<'a>(live: &'a Schema, wanted: &'a Schema) -> impl Iterator<Item = &'a Dependent> {
    let there = live.dependents.iter().filter(|it| place(it).is_some());
    let there: HashSet<&ObjectName> = there.map(|it| &it.name).collect();
    let wanted = wanted.dependents.iter().filter(|it| place(it).is_some());
    wanted.filter(move |it| !there.contains(&it.name) && live.table(&it.name).is_none())
}

/// Those of our tables that nobody of us makes, but for those that stand where one of ours belongs.
pub(super) fn added(
    (live, in_place): (&Schema, &HashSet<ObjectName>),
    is_ours: impl Fn(&ObjectName) -> bool,
) -> Vec<ObjectName> {
    let added = live.dependents.iter().filter(|it| {
        let parent = place(it).map(|(parent, _)| parent);
        let is_added = !is_ours(&it.name) && !in_place.contains(&it.name);
        is_added && parent.is_some_and(&is_ours)
    });
    added.map(|it| it.name.clone()).collect()
}

/// The live partitions that stand where wanted ones belong which are nowhere by their names.
pub(super) fn in_place(live: &Schema, wanted: &Schema) -> HashSet<ObjectName> {
    let places: HashSet<_> = missing(live, wanted).filter_map(place).collect();
    let there = live.dependents.iter();
    let there = there.filter(|it| place(it).is_some_and(|place| places.contains(&place)));
    there.map(|it| it.name.clone()).collect()
}

/// The table of a partition and its bounds, which no other one of that table has.
fn place(it: &Dependent) -> Option<(&ObjectName, &str)> {
    let DependentKind::Partition { parent, bounds, .. } = &it.kind else {
        return None;
    };
    Some((parent, bounds))
}
