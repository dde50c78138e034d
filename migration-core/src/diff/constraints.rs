//! Constraints: new, gone, renamed.

use super::Change;
use super::build::{add_constraint, drop_constraint};
use super::columns::{inside, of_constraint, set_nullable};
use super::order::{Place, Rank, Role, Step, Thing};
use super::pairs::{Pair, Pairs, key_columns};
use super::references::reference;
use super::side::{Side, Sides};
use super::tables::rank;
use crate::operation::{ConstraintTarget, Operation};
use crate::schema::{Constraint, ConstraintKind, ForeignKey, Ident, ObjectName, Table};

/// What changed at the constraints of a table.
pub(super) fn steps<'a>(
    pair: &Pair<'a>,
    (sides, pairs): (&Sides<'a>, &Pairs<'a>),
    steps: &mut Vec<Step<'a>>,
) {
    for (from, to) in &pair.constraints.kept {
        if from.not_valid && !to.not_valid {
            steps.push(validated(pair, from));
        }
        let is_wanted = |it: &&Constraint| it.name.is_some() && it.name == from.name;
        let gives_way = pair.constraints.new.iter().any(is_wanted);
        let is_chosen = !pair.to.has_default_name(to);
        if (is_chosen || gives_way && sides.options.renames_constraints) && from.name != to.name {
            steps.push(renamed(pair, from, to));
        }
    }
    new(pair, (sides, pairs), steps);
    gone(pair, (sides, pairs), steps);
}

fn new<'a>(pair: &Pair<'a>, (sides, pairs): (&Sides<'a>, &Pairs<'a>), steps: &mut Vec<Step<'a>>) {
    let within = pair.new_columns.iter();
    let within: Vec<_> = within
        .flat_map(|it| inside(pair, it, pairs, true))
        .collect();
    for constraint in beside(&pair.constraints.new, &within) {
        let place = match reference(constraint) {
            Some(_) => Place::References,
            None => Place::Constraints,
        };
        let freely = freely_named(pair, constraint, sides);
        let change = Change {
            up: vec![add_constraint(pair.to, &freely)],
            down: undone(pair, &freely, sides),
        };
        let rank = rank(pair, place);
        let step = made(rank, pair.to, constraint, &sides.to, change);
        // Before the engine's own index goes one that would have served for a while only.
        let key = reference(constraint).filter(|_| sides.options.keys_need_indexes);
        let support = key.and_then(|it| it.columns.first());
        let support = support.map(|it| Thing::Support(&pair.to.name, it));
        steps.push(step.does_all(Role::Use, support));
    }
}

/// The constraint under a name that is free: where nobody chose it, and a constraint that stays has
/// it and cannot be renamed, it gets the next one.
fn freely_named(pair: &Pair<'_>, constraint: &Constraint, sides: &Sides<'_>) -> Constraint {
    let mut named = constraint.clone();
    let mut kept = pair.constraints.kept.iter();
    let is_taken = constraint.name.is_some() && kept.any(|(it, _)| it.name == constraint.name);
    if is_taken && !sides.options.renames_constraints && pair.to.has_default_name(constraint) {
        // Nor may it be that of another one in the models: drafts go by names.
        let all = pair.from.constraints.iter().chain(&pair.to.constraints);
        let names: Vec<_> = all.filter_map(|it| it.name.as_ref()).collect();
        let free = |name: &Ident| names.contains(&name);
        named.name = Some(pair.to.free_constraint_name(&constraint.kind, free));
    }
    named
}

fn gone<'a>(pair: &Pair<'a>, (sides, pairs): (&Sides<'a>, &Pairs<'a>), steps: &mut Vec<Step<'a>>) {
    let within = pair.gone_columns.iter();
    let within: Vec<_> = within
        .flat_map(|it| inside(pair, it, pairs, false))
        .collect();
    // From the last: the names that those without one get count those before them.
    let (unnamed, mut all): (Vec<&Constraint>, Vec<_>) = beside(&pair.constraints.gone, &within)
        .into_iter()
        .partition(|it| it.name.is_none());
    all.extend(unnamed.into_iter().rev());
    for constraint in all {
        let place = match reference(constraint) {
            Some(_) => Place::GoneReferences,
            None => Place::GoneConstraints,
        };
        let change = Change {
            up: dropped(pair, pair.from, constraint, sides),
            down: vec![add_constraint(
                pair.from,
                &dropped_by_name(pair, constraint),
            )],
        };
        let rank = rank(pair, place);
        let step = ended(rank, pair.from, constraint, &sides.from, change);
        let step = step.does_all(Role::Remove, freed(pair, constraint));
        let index = Some(constraint).filter(|it| has_index(it));
        let first = index.and_then(|it| of_constraint(pair.from, it).into_iter().next());
        let support = first.map(|it| Thing::Support(&pair.to.name, it));
        steps.push(step.does_all(Role::Remove, support));
    }
}

/// The constraint with the name that it is dropped by, where it would get another one when it comes
/// back: what drops it once more would mean one that stayed.
fn dropped_by_name(pair: &Pair<'_>, gone: &Constraint) -> Constraint {
    let mut named = gone.clone();
    let name = pair.from.constraint_name(gone);
    if gone.name.is_none() && name != pair.from.default_constraint_name(&gone.kind) {
        named.name = Some(name);
    }
    named
}

/// The name that a new constraint of the table has, and one that goes has it because nobody gave it
/// any: dropped by it after the other has come, the new one would be gone.
fn freed<'a>(pair: &Pair<'a>, gone: &Constraint) -> Option<Thing<'a>> {
    let name = gone.name.is_none().then(|| pair.from.constraint_name(gone));
    let new = pair.constraints.new.iter();
    let mut names = new.filter_map(|it| it.name.as_ref());
    let taken = names.find(|it| Some(*it) == name.as_ref())?;
    Some(Thing::Name(pair.to.name.schema.as_ref(), taken))
}

/// The constraints that do not come or go with a column.
fn beside<'a>(all: &[&'a Constraint], within: &[&'a Constraint]) -> Vec<&'a Constraint> {
    let is_within = |it: &Constraint| within.iter().any(|other| std::ptr::eq(*other, it));
    all.iter().copied().filter(|it| !is_within(it)).collect()
}

/// Drops a constraint that was added; columns that a primary key made NOT NULL may be NULL again.
fn undone(pair: &Pair<'_>, constraint: &Constraint, sides: &Sides<'_>) -> Vec<Operation> {
    let mut operations = dropped(pair, pair.to, constraint, sides);
    let ConstraintKind::PrimaryKey { columns } = &constraint.kind else {
        return operations;
    };
    let keys = pair.constraints.gone.iter();
    let was_key = |name: &Ident| {
        let mut keys = keys.clone();
        keys.any(|it| matches!(&it.kind, ConstraintKind::PrimaryKey { columns } if columns.contains(name)))
    };
    let may_be_null = columns.iter().filter(|name| {
        let before = pair.from.column(name);
        before.is_some_and(|it| it.nullable) && !was_key(name)
    });
    operations.extend(may_be_null.map(|name| set_nullable(&pair.to.name, name, true)));
    operations
}

/// Drops a constraint, and the index that the engine made for a foreign key that had none: it would
/// be left there.
fn dropped(
    pair: &Pair<'_>,
    table: &Table,
    constraint: &Constraint,
    sides: &Sides<'_>,
) -> Vec<Operation> {
    let mut operations = vec![drop_constraint(table, constraint)];
    if let Operation::DropConstraint { target, .. } = &mut operations[0]
        && sides.options.is_by_hand
        && constraint.name.is_none()
        && !matches!(constraint.kind, ConstraintKind::PrimaryKey { .. })
    {
        // Several may have none: only what it demands tells which.
        *target = ConstraintTarget::Unnamed(constraint.kind.clone());
    }
    let Some(key) = reference(constraint).filter(|_| sides.options.keys_need_indexes) else {
        return operations;
    };
    let is_served = |side: &Side<'_>, table: &Table, by_all: bool| {
        let mut indexes = side.indexes_of(&table.name).iter();
        let mut others = table.constraints.iter();
        by_all && indexes.any(|it| begins_with(key_columns(it), &key.columns))
            || others.any(|it| {
                let is_other = it != constraint && !matches!(it.kind, ConstraintKind::Check { .. });
                let serves = is_other && (by_all || reference(it).is_some());
                serves && begins_with(of_constraint(table, it), &key.columns)
            })
    };
    // One that comes to serve takes the place of the engine's own; one that goes has gone before
    // there is a foreign key, unless it is another one's.
    let is_back = std::ptr::eq(table, pair.to);
    if !(is_served(&sides.to, pair.to, true) || is_served(&sides.from, pair.from, !is_back)) {
        operations.push(Operation::DropIndex {
            name: table.name.sibling(table.constraint_name(constraint)),
            table: Some(table.name.clone()),
            concurrently: false,
            if_exists: false,
        });
    }
    operations
}

/// Whether the constraint is an index, too.
fn has_index(constraint: &Constraint) -> bool {
    match constraint.kind {
        ConstraintKind::PrimaryKey { .. } | ConstraintKind::Unique { .. } => true,
        ConstraintKind::ForeignKey(_) | ConstraintKind::Check { .. } => false,
    }
}

fn begins_with<'c>(columns: impl IntoIterator<Item = &'c Ident>, wanted: &[Ident]) -> bool {
    let mut columns = columns.into_iter();
    wanted.iter().all(|it| columns.next() == Some(it))
}

fn validated<'a>(pair: &Pair<'a>, from: &'a Constraint) -> Step<'a> {
    let mut valid = from.clone();
    valid.not_valid = false;
    let change = Change {
        up: vec![Operation::ValidateConstraint {
            table: pair.to.name.clone(),
            name: pair.from.constraint_name(from),
        }],
        down: vec![
            drop_constraint(pair.from, &valid),
            add_constraint(pair.from, from),
        ],
    };
    Step::new(rank(pair, Place::Constraints), change)
}

fn renamed<'a>(pair: &Pair<'a>, from: &'a Constraint, to: &'a Constraint) -> Step<'a> {
    let (old, new) = (pair.from.constraint_name(from), pair.to.constraint_name(to));
    let rename = |from: &Ident, to: &Ident| Operation::RenameConstraint {
        table: pair.to.name.clone(),
        from: from.clone(),
        to: to.clone(),
    };
    let schema = pair.to.name.schema.as_ref();
    let name = |it: &'a Constraint| it.name.as_ref().map(|it| Thing::Name(schema, it));
    let change = Change::new(rename(&old, &new), rename(&new, &old));
    Step::new(rank(pair, Place::Names), change)
        .does_all(Role::Remove, name(from))
        .does_all(Role::Make, name(to))
}

/// A step that adds a constraint to a table.
pub(super) fn made<'a>(
    rank: Rank,
    table: &'a Table,
    constraint: &'a Constraint,
    side: &Side<'a>,
    change: Change,
) -> Step<'a> {
    let step = Step::new(rank, change).does(Role::Use, Thing::Table(&table.name));
    with_made(step, table, constraint, side)
}

/// A step that drops a constraint of a table.
pub(super) fn ended<'a>(
    rank: Rank,
    table: &'a Table,
    constraint: &'a Constraint,
    side: &Side<'a>,
    change: Change,
) -> Step<'a> {
    let step = Step::new(rank, change).does(Role::Release, Thing::Table(&table.name));
    with_ended(step, table, constraint, side)
}

/// Says what a constraint inside a column that is added does, besides, to other things. What a
/// foreign key there refers to was there before.
pub(super) fn with_inside<'a>(
    step: Step<'a>,
    table: &'a Table,
    constraint: &'a Constraint,
    side: &Side<'a>,
) -> Step<'a> {
    let name = constraint.name.as_ref();
    match reference(constraint) {
        Some(_) => step.does_all(
            Role::Make,
            name.map(|it| Thing::Name(table.name.schema.as_ref(), it)),
        ),
        None => with_made(step, table, constraint, side),
    }
}

/// Says what adding the constraint does, besides, to other things.
pub(super) fn with_made<'a>(
    step: Step<'a>,
    table: &'a Table,
    constraint: &'a Constraint,
    side: &Side<'a>,
) -> Step<'a> {
    with(step, table, constraint, side, (Role::Make, Role::Use))
}

/// Says what dropping the constraint does, besides, to other things.
pub(super) fn with_ended<'a>(
    step: Step<'a>,
    table: &'a Table,
    constraint: &'a Constraint,
    side: &Side<'a>,
) -> Step<'a> {
    with(step, table, constraint, side, (Role::Remove, Role::Release))
}

fn with<'a>(
    mut step: Step<'a>,
    table: &'a Table,
    constraint: &'a Constraint,
    side: &Side<'a>,
    (own, other): (Role, Role),
) -> Step<'a> {
    let name = &table.name;
    let columns = of_constraint(table, constraint).into_iter();
    step = step
        .does_all(other, columns.map(|it| Thing::Column(name, it)))
        .does_all(
            own,
            constraint
                .name
                .as_ref()
                .map(|it| Thing::Name(name.schema.as_ref(), it)),
        );
    match &constraint.kind {
        ConstraintKind::PrimaryKey { .. } => step
            .does(own, keys(name, own))
            .does(own, Thing::PrimaryKey(name)),
        ConstraintKind::Unique { .. } => step.does(own, keys(name, own)),
        ConstraintKind::ForeignKey(key) => {
            let support = key.columns.first().filter(|_| other == Role::Release);
            let support = support.map(|it| Thing::Support(name, it));
            step.does(other, Thing::Table(&key.references))
                .does_all(other, referred(key, side, other))
                .does_all(other, newer(key, other))
                .does_all(other, support)
        }
        ConstraintKind::Check { expression } => {
            step.does_all(other, side.beside_in(expression.as_str()))
        }
    }
}

/// The keys that come to the table that a foreign key leaves: on the way back it would stand on one
/// that goes just then.
pub(super) fn newer(key: &ForeignKey, role: Role) -> Option<Thing<'_>> {
    (role == Role::Release).then_some(Thing::NewKeys(&key.references))
}

/// The key and the columns that a foreign key refers to.
pub(super) fn referred<'a>(key: &'a ForeignKey, side: &Side<'a>, role: Role) -> Vec<Thing<'a>> {
    let table = &key.references;
    let columns = if key.referenced_columns.is_empty() {
        side.tables
            .get(table)
            .map_or(&[][..], |it| it.primary_key())
    } else {
        key.referenced_columns.as_slice()
    };
    let columns = columns.iter().map(|it| Thing::Column(table, it));
    // Where two keys would do an engine takes the older one, which may be about to go.
    let former = Some(Thing::Keys(table)).filter(|_| role == Role::Use);
    columns.chain([keys(table, role)]).chain(former).collect()
}

/// The keys of a table that a step with this role has to do with.
pub(super) fn keys(table: &ObjectName, role: Role) -> Thing<'_> {
    match role {
        Role::Release | Role::Remove => Thing::Keys(table),
        Role::Alter | Role::Make | Role::Use => Thing::NewKeys(table),
    }
}
