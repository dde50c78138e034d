//! Schemas, the name spaces of tables.

use super::Change;
use super::order::{Part, Place, Role, Step, Thing};
use super::side::Sides;
use crate::operation::{NamespaceChange, Operation};
use crate::schema::Ident;

/// New and gone schemas.
pub(super) fn namespaces<'a>(sides: &Sides<'a>, steps: &mut Vec<Step<'a>>) {
    let (from, to) = (&sides.from.schema.namespaces, &sides.to.schema.namespaces);
    for (at, name) in to.iter().enumerate().filter(|(_, it)| !from.contains(it)) {
        let step = Step::new(
            (Part::Namespaces, at, Place::Table),
            Change::new(create(name), drop(name)),
        );
        steps.push(step.does(Role::Make, Thing::Namespace(name)));
    }
    for (at, name) in from.iter().enumerate().filter(|(_, it)| !to.contains(it)) {
        let rank = (Part::Gone, usize::MAX / 2 + at, Place::GoneColumns);
        let step = Step::new(rank, Change::new(drop(name), create(name)));
        steps.push(step.does(Role::Remove, Thing::Namespace(name)));
    }
}

fn create(name: &Ident) -> Operation {
    Operation::Namespace(NamespaceChange::Create {
        name: name.clone(),
        if_not_exists: false,
    })
}

fn drop(name: &Ident) -> Operation {
    Operation::Namespace(NamespaceChange::Drop {
        name: name.clone(),
        if_exists: false,
        cascade: false,
    })
}
