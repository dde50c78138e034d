//! Indexes: new, gone, renamed.

use super::Change;
use super::build::{create_index, drop_index, index_name};
use super::constraints::keys;
use super::order::{Place, Role, Step, Thing};
use super::pairs::{Pair, is_on};
use super::references::reference;
use super::side::{Side, Sides};
use super::tables::{first_column, rank};
use crate::operation::Operation;
use crate::schema::{Expression, Ident, Index, IndexKey, Table};

/// What changed at the indexes of a table.
pub(super) fn steps<'a>(pair: &Pair<'a>, sides: &Sides<'a>, steps: &mut Vec<Step<'a>>) {
    for (from, to) in &pair.indexes.kept {
        let is_wanted = |it: &&Index| it.name.is_some() && it.name == from.name;
        let gives_way = pair.indexes.new.iter().any(is_wanted);
        let is_chosen = !pair.to.has_default_index_name(to);
        if (is_chosen || gives_way) && from.name != to.name {
            steps.push(renamed(pair, from, to));
        }
    }
    for index in &pair.indexes.new {
        let change = Change::new(create_index(index), drop_index(Some(pair.to), index));
        let step = Step::new(rank(pair, Place::Indexes), change);
        let step = step.does_all(Role::Make, covered(pair, index));
        steps.push(with(
            step,
            pair.to,
            index,
            &sides.to,
            (Role::Make, Role::Use),
        ));
    }
    for index in &pair.indexes.gone {
        let change = Change::new(drop_index(Some(pair.from), index), create_index(index));
        let step = Step::new(rank(pair, Place::GoneIndexes), change);
        let step = step.does_all(Role::Use, covered(pair, index));
        let roles = (Role::Remove, Role::Release);
        steps.push(with(step, pair.from, index, &sides.from, roles));
    }
}

/// The column of a foreign key that stays and that the index serves: another index has to be there
/// before this one goes.
fn covered<'a>(pair: &Pair<'a>, index: &'a Index) -> Option<Thing<'a>> {
    let first = first_column(index)?;
    let mut kept = pair.constraints.kept.iter();
    let serves =
        kept.any(|(_, it)| reference(it).is_some_and(|key| key.columns.first() == Some(first)));
    serves.then_some(Thing::Cover(&pair.to.name, first))
}

fn renamed<'a>(pair: &Pair<'a>, from: &'a Index, to: &'a Index) -> Step<'a> {
    let old = index_name(Some(pair.from), from);
    let new = index_name(Some(pair.to), to);
    let table = &pair.to.name;
    let rename = |from: &Ident, to: &Ident| Operation::RenameIndex {
        from: table.sibling(from.clone()),
        to: to.clone(),
        table: Some(table.clone()),
    };
    let name = |it: &'a Index| {
        let name = it.name.as_ref();
        name.map(|it| Thing::Name(pair.to.name.schema.as_ref(), it))
    };
    let change = Change::new(rename(&old, &new), rename(&new, &old));
    Step::new(rank(pair, Place::Names), change)
        .does_all(Role::Remove, name(from))
        .does_all(Role::Make, name(to))
}

fn with<'a>(
    mut step: Step<'a>,
    table: &'a Table,
    index: &'a Index,
    side: &Side<'a>,
    (own, other): (Role, Role),
) -> Step<'a> {
    let name = &table.name;
    let columns = table.columns.iter().map(|it| &it.name);
    let columns = columns.filter(|it| is_on(index, it));
    let support = first_column(index).filter(|_| own == Role::Remove);
    step = step
        .does(other, Thing::Table(name))
        .does_all(other, columns.map(|it| Thing::Column(name, it)))
        .does_all(own, support.map(|it| Thing::Support(name, it)))
        .does_all(
            own,
            index
                .name
                .as_ref()
                .map(|it| Thing::Name(name.schema.as_ref(), it)),
        );
    if index.unique {
        step = step.does(own, keys(name, own));
    }
    for text in expressions(index) {
        step = step.does_all(other, side.beside_in(text.as_str()));
    }
    step
}

/// The expressions of an index.
pub(super) fn expressions(index: &Index) -> impl Iterator<Item = &Expression> {
    let keys = index.parts.iter().filter_map(|part| match &part.key {
        IndexKey::Expression(text) => Some(text),
        IndexKey::Column { .. } => None,
    });
    keys.chain(&index.predicate)
}
