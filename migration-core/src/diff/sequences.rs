//! Sequences that stand by themselves.

use std::collections::{HashMap, HashSet};

use super::Change;
use super::order::{Part, Place, Role, Step, Thing};
use super::side::{Side, Sides};
use crate::operation::{Operation, SequenceChange};
use crate::schema::{Bound, DataType, Ident, ObjectName, Sequence, SequenceOptions, SequenceOwner};

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
            Some(former) if !is_same(&former.options, &sequence.options) => {
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

/// Whether two sequences count alike; to belong to nobody needs no word.
fn is_same(a: &SequenceOptions, b: &SequenceOptions) -> bool {
    let bare = |options: &SequenceOptions| {
        let mut bare = options.clone();
        bare.owner = bare.owner.filter(|it| *it != SequenceOwner::Nobody);
        bare
    };
    bare(a) == bare(b)
}

fn new<'a>(at: usize, sequence: &'a Sequence, steps: &mut Vec<Step<'a>>) {
    let name = &sequence.name;
    let change = Change::new(create(&free(sequence)), drop(name));
    let step = Step::new((Part::Sequences, at, Place::Table), change)
        .does(Role::Make, Thing::Sequence(name))
        .does(Role::Make, Thing::Name(name.schema.as_ref(), &name.name))
        .does_all(Role::Use, name.schema.as_ref().map(Thing::Namespace));
    steps.push(step);
    steps.extend(given(sequence));
}

/// Gives a sequence to its column, which must be there.
fn given(sequence: &Sequence) -> Option<Step<'_>> {
    let (name, owner) = (&sequence.name, sequence.options.owner.clone());
    let (table, column) = column_of(sequence)?;
    let change = Change::new(give(name, owner), give(name, Some(SequenceOwner::Nobody)));
    let step = Step::new((Part::Tables, usize::MAX, Place::Table), change)
        .does(Role::Use, Thing::Sequence(name))
        .does(Role::Make, Thing::Owner(name))
        .does(Role::Use, Thing::Table(table))
        .does(Role::Use, Thing::Column(table, column));
    Some(step)
}

/// Takes a sequence from its column, with which it would go.
fn taken(at: usize, sequence: &Sequence) -> Option<Step<'_>> {
    let (name, owner) = (&sequence.name, sequence.options.owner.clone());
    let (table, column) = column_of(sequence)?;
    let change = Change::new(give(name, Some(SequenceOwner::Nobody)), give(name, owner));
    let step = Step::new((Part::GoneObjects, at, Place::Table), change)
        .does(Role::Release, Thing::Sequence(name))
        .does(Role::Remove, Thing::Owner(name))
        .does(Role::Release, Thing::Table(table))
        .does(Role::Release, Thing::Column(table, column));
    Some(step)
}

fn column_of(sequence: &Sequence) -> Option<(&ObjectName, &Ident)> {
    match &sequence.options.owner {
        Some(SequenceOwner::Column { table, column }) => Some((table, column)),
        Some(SequenceOwner::Nobody) | None => None,
    }
}

fn changed<'a>(at: usize, from: &'a Sequence, to: &'a Sequence, steps: &mut Vec<Step<'a>>) {
    if from.options.owner != to.options.owner {
        steps.extend(taken(at, from));
        steps.extend(given(to));
    }
    let (former, wanted) = (without_owner(&from.options), without_owner(&to.options));
    if former != wanted {
        let change = Change::new(
            alter(&to.name, said(&wanted, &former)),
            alter(&to.name, said(&former, &wanted)),
        );
        let step = Step::new((Part::Sequences, at, Place::Table), change);
        // Columns may count by it all the while.
        steps.push(step.does(Role::Use, Thing::Sequence(&to.name)));
    }
}

/// A sequence goes with the table of its column, or is taken from the column first.
fn gone<'a>(at: usize, sequence: &'a Sequence, sides: &Sides<'a>, steps: &mut Vec<Step<'a>>) {
    let name = &sequence.name;
    let is_left = |(table, _): (&ObjectName, &Ident)| {
        !sides.to.tables.contains_key(table) && !sides.shared.contains(name)
    };
    if column_of(sequence).is_some_and(is_left) {
        return;
    }
    steps.extend(taken(at, sequence));
    let change = Change::new(drop(name), create(&free(sequence)));
    let step = Step::new((Part::Gone, at, Place::Table), change)
        .does(Role::Remove, Thing::Sequence(name))
        .does(Role::Remove, Thing::Name(name.schema.as_ref(), &name.name))
        .does_all(Role::Release, name.schema.as_ref().map(Thing::Namespace));
    steps.push(step);
}

/// The sequences of one table that another one uses, too.
pub(super) fn shared<'a>(side: &Side<'a>) -> HashSet<&'a ObjectName> {
    let mut owners: HashMap<&ObjectName, &ObjectName> = HashMap::new();
    for sequence in &side.schema.sequences {
        owners.extend(column_of(sequence).map(|(table, _)| (&sequence.name, table)));
    }
    let mut shared = HashSet::new();
    if owners.is_empty() {
        return shared;
    }
    for table in &side.schema.tables {
        let defaults = table.columns.iter().filter_map(|it| it.default.as_ref());
        for thing in defaults.flat_map(|it| side.beside_in(it.as_str())) {
            if let Thing::Sequence(name) = thing
                && owners.get(name).is_some_and(|owner| **owner != table.name)
            {
                shared.insert(name);
            }
        }
    }
    shared
}

fn without_owner(options: &SequenceOptions) -> SequenceOptions {
    SequenceOptions {
        owner: None,
        ..options.clone()
    }
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
