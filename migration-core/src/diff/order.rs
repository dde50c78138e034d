//! The order in which changes can run.
//!
//! Every step says what it does to which things; a thing is left by those that used it before it
//! goes, changes before it is made anew, and is there before it is used. Among the orders that are
//! left, the one that a person would write: steps stand in the order of their rank, and what a step
//! needs comes just before it.

use std::collections::HashMap;

use super::Change;
use crate::schema::{Ident, ObjectName};

/// Something that one step makes and another one needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Thing<'a> {
    /// A schema.
    Namespace(&'a Ident),
    /// An enumerated type.
    Type(&'a ObjectName),
    /// A sequence.
    Sequence(&'a ObjectName),
    /// The column that a sequence belongs to.
    Owner(&'a ObjectName),
    /// A table.
    Table(&'a ObjectName),
    /// A column.
    Column(&'a ObjectName, &'a Ident),
    /// The columns of a table in their types and names, which views have looked at.
    Shape(&'a ObjectName),
    /// What a renamed table and its columns were called, which views still say.
    FormerNames(&'a ObjectName),
    /// The columns that a table gets.
    NewColumns(&'a ObjectName),
    /// The keys of a table that foreign keys refer to, as they were.
    Keys(&'a ObjectName),
    /// The keys of a table that foreign keys refer to, as they shall be.
    NewKeys(&'a ObjectName),
    /// The primary key of a table: there is only one.
    PrimaryKey(&'a ObjectName),
    /// Indexes that begin with a column and so serve a foreign key.
    Support(&'a ObjectName, &'a Ident),
    /// The same, where the foreign key stays all the time.
    Cover(&'a ObjectName, &'a Ident),
    /// A view, materialized or not.
    View(&'a ObjectName),
    /// A function or procedure.
    Function(&'a ObjectName),
    /// A name in a schema that only one object can have.
    Name(Option<&'a Ident>, &'a Ident),
}

/// What a step does to a thing; each comes before the next.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Role {
    /// It stops using what was there.
    Release,
    /// It takes it away.
    Remove,
    /// It changes it.
    Alter,
    /// It makes it.
    Make,
    /// It uses what is there then.
    Use,
}

const ROLES: usize = 5;

/// Where a person would write a step: the part of the text, the table, the place at the table.
pub(super) type Rank = (Part, usize, Place);

/// The parts of a text, in order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Part {
    /// Renamed tables and columns: all others call them by their new names.
    Renames,
    /// New schemas.
    Namespaces,
    /// New and changed types.
    Types,
    /// New and changed sequences.
    Sequences,
    /// New tables.
    NewTables,
    /// Tables that were there.
    Tables,
    /// New and changed functions, views, triggers and policies.
    Objects,
    /// What goes: views, functions, triggers.
    GoneObjects,
    /// Tables that go.
    GoneTables,
    /// Sequences, types, schemas that go.
    Gone,
}

/// The places at a table, in order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Place {
    /// The table itself.
    Table,
    /// New columns.
    NewColumns,
    /// Changed columns.
    Columns,
    /// Renamed constraints and indexes.
    Names,
    /// New keys and checks.
    Constraints,
    /// New indexes.
    Indexes,
    /// New foreign keys.
    References,
    /// What goes, foreign keys first.
    GoneReferences,
    /// Other constraints that go.
    GoneConstraints,
    /// Indexes that go.
    GoneIndexes,
    /// Columns that go.
    GoneColumns,
}

/// One change, its place, and what it does to which things.
#[derive(Debug)]
pub(super) struct Step<'a> {
    rank: Rank,
    change: Change,
    roles: Vec<(Thing<'a>, Role)>,
}

impl<'a> Step<'a> {
    pub(super) fn new(rank: Rank, change: Change) -> Self {
        Self {
            rank,
            change,
            roles: Vec::new(),
        }
    }

    /// Says what the step does to a thing.
    pub(super) fn does(mut self, role: Role, thing: Thing<'a>) -> Self {
        self.roles.push((thing, role));
        self
    }

    /// Says what the step does to several things.
    pub(super) fn does_all(
        mut self,
        role: Role,
        things: impl IntoIterator<Item = Thing<'a>>,
    ) -> Self {
        self.roles
            .extend(things.into_iter().map(|thing| (thing, role)));
        self
    }
}

/// The steps, in the order of their ranks and, within one, as they came.
pub(super) fn sorted(mut steps: Vec<Step<'_>>) -> Vec<Change> {
    steps.sort_by_key(|step| step.rank);
    let order = Graph::new(&steps).order();
    let mut changes: Vec<Option<Change>> =
        steps.into_iter().map(|step| Some(step.change)).collect();
    let taken = order.into_iter().map(|at| changes[at].take());
    taken.flatten().collect()
}

/// Which steps come before which, by the things they concern.
struct Graph<'s, 'a> {
    steps: &'s [Step<'a>],
    by_thing: HashMap<Thing<'a>, [Vec<usize>; ROLES]>,
}

impl<'s, 'a> Graph<'s, 'a> {
    fn new(steps: &'s [Step<'a>]) -> Self {
        let mut by_thing: HashMap<Thing<'a>, [Vec<usize>; ROLES]> = HashMap::new();
        for (at, step) in steps.iter().enumerate() {
            for (thing, role) in &step.roles {
                let steps = &mut by_thing.entry(*thing).or_default()[*role as usize];
                if steps.last() != Some(&at) {
                    steps.push(at);
                }
            }
        }
        Self { steps, by_thing }
    }

    /// Depth first: each step after those it needs. Steps that need each other, which only texts
    /// read too broadly can bring about, stand as they are ranked.
    fn order(mut self) -> Vec<usize> {
        let mut order = Vec::with_capacity(self.steps.len());
        let mut is_met = vec![false; self.steps.len()];
        for first in 0..self.steps.len() {
            let mut path = Vec::new();
            self.enter(first, &mut is_met, &mut path);
            while let Some((at, needs)) = path.last_mut() {
                match needs.pop() {
                    Some(need) => self.enter(need, &mut is_met, &mut path),
                    None => {
                        order.push(*at);
                        path.pop();
                    }
                }
            }
        }
        order
    }

    fn enter(&mut self, at: usize, is_met: &mut [bool], path: &mut Vec<(usize, Vec<usize>)>) {
        if !std::mem::replace(&mut is_met[at], true) {
            path.push((at, self.needs(at)));
        }
    }

    /// What has to come before a step, the last first.
    fn needs(&mut self, at: usize) -> Vec<usize> {
        let mut needs: Vec<usize> = Vec::new();
        for (thing, role) in &self.steps[at].roles {
            let by_role = self.by_thing.get(thing);
            let by_role = by_role.expect("every thing of a step was counted");
            // Who stops using a thing is in nobody's way but of those that change it.
            let first = usize::from(*role == Role::Use);
            let mut before = by_role[first.min(*role as usize)..*role as usize]
                .iter()
                .rev();
            let nearest = before.find(|steps| steps.iter().any(|other| *other != at));
            needs.extend(nearest.into_iter().flatten().filter(|other| **other != at));
        }
        needs.sort_unstable_by(|a, b| b.cmp(a));
        needs.dedup();
        needs
    }
}
