//! Partitions: taken from their table, brought back, made again. Never dropped, for rows are in them.

use std::collections::HashMap;

use super::Change;
use super::build::{drop_table, quoted, quoted_column, raw};
use super::order::{Part, Place, Role, Step, Thing};
use super::side::Sides;
use crate::operation::Operation;
use crate::schema::{Dependent, DependentKind, ObjectName, Schema};

/// A partition, with its parts at hand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Partition<'a> {
    name: &'a ObjectName,
    parent: &'a ObjectName,
    bounds: &'a str,
    sql: &'a str,
}

impl<'a> Partition<'a> {
    fn of(it: &'a Dependent) -> Option<Self> {
        let DependentKind::Partition {
            parent,
            bounds,
            key: _,
        } = &it.kind
        else {
            return None;
        };
        Some(Self {
            name: &it.name,
            parent,
            bounds,
            sql: &it.sql,
        })
    }

    fn attach(&self) -> Operation {
        raw(format!(
            "ALTER TABLE {} ATTACH PARTITION {} {}",
            quoted(self.parent),
            quoted(self.name),
            self.bounds
        ))
    }

    fn detach(&self) -> Operation {
        let is_begun = self.bounds.ends_with(" DETACH PENDING");
        raw(format!(
            "ALTER TABLE {} DETACH PARTITION {}{}",
            quoted(self.parent),
            quoted(self.name),
            if is_begun { " FINALIZE" } else { "" }
        ))
    }

    /// The one gets the name of the other.
    fn renamed(&self, to: &Partition<'_>) -> Operation {
        let new = quoted_column(&to.name.name);
        raw(format!("ALTER TABLE {} RENAME TO {new}", quoted(self.name)))
    }

    fn is_where(&self, other: &Partition<'_>) -> bool {
        (self.parent, self.bounds) == (other.parent, other.bounds)
    }
}

/// The partitions of a schema.
pub(super) fn of(schema: &Schema) -> HashMap<&ObjectName, Partition<'_>> {
    let partitions = schema.dependents.iter().filter_map(Partition::of);
    partitions.map(|it| (it.name, it)).collect()
}

/// Whether a table of the one side is a partition of the other: it is attached or detached, and what
/// else is different is found once that is done.
pub(super) fn is_moved(table: &ObjectName, sides: &Sides<'_>) -> bool {
    let (from, to) = (&sides.from, &sides.to);
    let wanted = to.partitions.get(table);
    let is_attached = wanted.is_some() && from.tables.contains_key(table);
    let is_renamed = wanted.is_some_and(|it| in_its_place(it, sides).is_some());
    is_attached
        || is_renamed
        || (from.partitions.contains_key(table) && to.tables.contains_key(table))
}

/// Whether something is a partition, now or in the end: it is never made anew under who reads it.
pub(super) fn stays(table: &ObjectName, sides: &Sides<'_>) -> bool {
    sides.from.partitions.contains_key(table) || is_moved(table, sides)
}

/// What stands where a partition belongs that is nowhere: the same by another name.
fn in_its_place<'a>(wanted: &Partition<'a>, sides: &Sides<'a>) -> Option<Partition<'a>> {
    let (from, to) = (&sides.from, &sides.to);
    if from.partitions.contains_key(wanted.name) || from.tables.contains_key(wanted.name) {
        return None;
    }
    let mut there = from.schema.dependents.iter().filter_map(Partition::of);
    there.find(|it| {
        let is_wanted = to.partitions.contains_key(it.name) || to.tables.contains_key(it.name);
        it.is_where(wanted) && !is_wanted && it.name.schema == wanted.name.schema
    })
}

/// Whether a table is a partition that shall be none: what stands on it stays with it.
pub(super) fn is_left(table: &ObjectName, sides: &Sides<'_>) -> bool {
    sides.from.partitions.contains_key(table) && !sides.to.partitions.contains_key(table)
}

/// What was taken from its table, what stands elsewhere, and what is not there. One that nobody wants
/// stays: others add partitions as time goes.
pub(super) fn steps<'a>(sides: &Sides<'a>, steps: &mut Vec<Step<'a>>) {
    let (from, to) = (&sides.from, &sides.to);
    for it in from.schema.dependents.iter().filter_map(Partition::of) {
        let stays = match to.partitions.get(it.name) {
            Some(wanted) => it.is_where(wanted),
            None => !to.tables.contains_key(it.name),
        };
        if !stays {
            let change = Change::new(it.detach(), it.attach());
            let step = Step::new((Part::Tables, 0, Place::Table), change);
            steps.push(step.does(Role::Alter, Thing::Table(it.name)));
        }
    }
    let wanted = to.schema.dependents.iter().filter_map(Partition::of);
    for (at, it) in wanted.enumerate() {
        let rank = (Part::Objects, at, Place::Table);
        let change = match (from.partitions.get(it.name), in_its_place(&it, sides)) {
            (Some(there), _) if it.is_where(there) => continue,
            (None, Some(other)) => Change::new(other.renamed(&it), it.renamed(&other)),
            (None, None) if !from.tables.contains_key(it.name) => {
                Change::new(raw(it.sql), drop_table(it.name))
            }
            (Some(_) | None, _) => Change::new(it.attach(), it.detach()),
        };
        let schema = it.name.schema.as_ref();
        let step = Step::new(rank, change)
            .does(Role::Make, Thing::Table(it.name))
            .does(Role::Use, Thing::Table(it.parent))
            .does_all(Role::Use, schema.map(Thing::Namespace));
        steps.push(step);
    }
}
