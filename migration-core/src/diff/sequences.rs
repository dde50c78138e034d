//! Sequences that stand by themselves.

use std::collections::HashMap;

use super::Change;
use super::order::{Part, Place, Role, Step, Thing};
use super::side::Sides;
use crate::operation::{Operation, SequenceChange};
use crate::schema::{Bound, DataType, ObjectName, Sequence, SequenceOptions, SequenceOwner};

/// New, changed and gone sequences.
pub(super) fn steps<'a>(sides: &Sides<'a>, steps: &mut Vec<Step<'a>>) {
    let by_name = |all: &'a [Sequence]| -> HashMap<&'a ObjectName, &'a Sequence> {
        all.iter().map(|it| (&it.name, it)).collect()
    };
    let (from, to) = (sides.from.schema, sides.to.schema);
    let (former, wanted) = (by_name(&from.sequences), by_name(&to.sequences));
    for (at, sequence) in to.sequences.iter().enumerate() {
        match former.get(&sequence.name) {
            None => new(at, sequence, steps),
            Some(former) if former.options != sequence.options => {
                changed(at, former, sequence, steps);
            }
            Some(_) => {}
        }
    }
    for (at, sequence) in from.sequences.iter().enumerate() {
        if !wanted.contains_key(&sequence.name) {
            gone(at, sequence, sides, steps);
        }
    }
}

fn new<'a>(at: usize, sequence: &'a Sequence, steps: &mut Vec<Step<'a>>) {
    let name = &sequence.name;
    let change = Change::new(create(&free(sequence)), drop(name));
    let step = Step::new((Part::Sequences, at, Place::Table), change)
        .does(Role::Make, Thing::Sequence(name))
        .does(Role::Make, Thing::Name(name.schema.as_ref(), &name.name))
        .does_all(Role::Use, name.schema.as_ref().map(Thing::Namespace));
    steps.push(step);
    if let Some(SequenceOwner::Column { table, column }) = &sequence.options.owner {
        let change = Change {
            up: vec![give(name, sequence.options.owner.clone())],
            down: vec![give(name, Some(SequenceOwner::Nobody))],
        };
        let step = Step::new((Part::Tables, usize::MAX, Place::Table), change)
            .does(Role::Use, Thing::Sequence(name))
            .does(Role::Use, Thing::Table(table))
            .does(Role::Use, Thing::Column(table, column));
        steps.push(step);
    }
}

fn changed<'a>(at: usize, from: &'a Sequence, to: &'a Sequence, steps: &mut Vec<Step<'a>>) {
    let change = Change::new(
        alter(&to.name, said(&to.options, &from.options)),
        alter(&to.name, said(&from.options, &to.options)),
    );
    let mut step = Step::new((Part::Sequences, at, Place::Table), change)
        .does(Role::Alter, Thing::Sequence(&to.name));
    if let Some(SequenceOwner::Column { table, column }) = &to.options.owner {
        step = step
            .does(Role::Use, Thing::Table(table))
            .does(Role::Use, Thing::Column(table, column));
    }
    if let Some(SequenceOwner::Column { table, column }) = &from.options.owner {
        step = step
            .does(Role::Release, Thing::Table(table))
            .does(Role::Release, Thing::Column(table, column));
    }
    steps.push(step);
}

/// A sequence goes with the table of its column, or is taken from the column first.
fn gone<'a>(at: usize, sequence: &'a Sequence, sides: &Sides<'a>, steps: &mut Vec<Step<'a>>) {
    let name = &sequence.name;
    if let Some(SequenceOwner::Column { table, column }) = &sequence.options.owner {
        if !sides.to.tables.contains_key(table) {
            return;
        }
        let change = Change {
            up: vec![give(name, Some(SequenceOwner::Nobody))],
            down: vec![give(name, sequence.options.owner.clone())],
        };
        let step = Step::new((Part::GoneObjects, at, Place::Table), change)
            .does(Role::Release, Thing::Sequence(name))
            .does(Role::Release, Thing::Column(table, column));
        steps.push(step);
    }
    let change = Change::new(drop(name), create(&free(sequence)));
    let step = Step::new((Part::Gone, at, Place::Table), change)
        .does(Role::Remove, Thing::Sequence(name))
        .does(Role::Remove, Thing::Name(name.schema.as_ref(), &name.name))
        .does_all(Role::Release, name.schema.as_ref().map(Thing::Namespace));
    steps.push(step);
}

/// The sequence without its column, which may not be there yet.
pub(super) fn free(sequence: &Sequence) -> Sequence {
    let mut free = sequence.clone();
    if let Some(SequenceOwner::Column { .. }) = free.options.owner {
        free.options.owner = None;
    }
    free
}

/// The options; what is not said and was said before is said as what engines do by themselves.
fn said(options: &SequenceOptions, former: &SequenceOptions) -> SequenceOptions {
    let by_itself = SequenceOptions {
        data_type: former.data_type.as_ref().map(|_| DataType::BigInt),
        increment: former.increment.map(|_| 1),
        minimum: former.minimum.map(|_| Bound::OfType),
        maximum: former.maximum.map(|_| Bound::OfType),
        start: former.start.map(|_| 1),
        cache: former.cache.map(|_| 1),
        cycle: former.cycle.map(|_| false),
        owner: former.owner.as_ref().map(|_| SequenceOwner::Nobody),
    };
    let all = options.or(&by_itself);
    SequenceOptions {
        data_type: all
            .data_type
            .filter(|it| Some(it) != former.data_type.as_ref()),
        increment: all.increment.filter(|it| Some(*it) != former.increment),
        minimum: all.minimum.filter(|it| Some(*it) != former.minimum),
        maximum: all.maximum.filter(|it| Some(*it) != former.maximum),
        start: all.start.filter(|it| Some(*it) != former.start),
        cache: all.cache.filter(|it| Some(*it) != former.cache),
        cycle: all.cycle.filter(|it| Some(*it) != former.cycle),
        owner: all.owner.filter(|it| Some(it) != former.owner.as_ref()),
    }
}

pub(super) fn create(sequence: &Sequence) -> Operation {
    Operation::Sequence(SequenceChange::Create {
        sequence: sequence.clone(),
        if_not_exists: false,
    })
}

fn drop(name: &ObjectName) -> Operation {
    Operation::Sequence(SequenceChange::Drop {
        name: name.clone(),
        if_exists: false,
        cascade: false,
    })
}

fn alter(name: &ObjectName, options: SequenceOptions) -> Operation {
    Operation::Sequence(SequenceChange::Alter {
        name: name.clone(),
        options,
        restart: None,
        if_exists: false,
    })
}

/// Gives a sequence to a column, or takes it away.
pub(super) fn give(name: &ObjectName, owner: Option<SequenceOwner>) -> Operation {
    let options = SequenceOptions {
        owner,
        ..SequenceOptions::default()
    };
    alter(name, options)
}
