//! Domains: each rule of one is added and dropped by itself, for columns have the domain.

use std::collections::HashMap;

use super::Change;
use super::dependents::{create, drop};
use super::order::{Part, Place, Rank, Role, Step, Thing};
use super::same_text::is_same_text;
use super::side::{Side, Sides};
use crate::schema::{Dependent, DependentKind, ObjectName, Schema};

/// The domains of a schema, and their rules by what they are called.
struct Domains<'a> {
    all: Vec<&'a Dependent>,
    by_name: HashMap<&'a ObjectName, &'a Dependent>,
    rules: HashMap<(&'a ObjectName, &'a str), &'a Dependent>,
}

impl<'a> Domains<'a> {
    fn of(schema: &'a Schema) -> Self {
        let dependents = schema.dependents.iter();
        let all: Vec<_> = dependents.filter(|it| is_of_domain(it)).collect();
        let domains: Vec<&Dependent> = all
            .iter()
            .copied()
            .filter(|it| what(it).is_none())
            .collect();
        let rule = |it: &&'a Dependent| Some(((&it.name, what(it)?), *it));
        Self {
            by_name: domains.iter().map(|it| (&it.name, *it)).collect(),
            rules: all.iter().filter_map(rule).collect(),
            all,
        }
    }

    /// The same domain of the other side; none where there is none or its type is another one.
    fn same(&self, domain: &ObjectName, other: &Self) -> bool {
        let (one, other) = (self.by_name.get(domain), other.by_name.get(domain));
        one.zip(other)
            .is_some_and(|(one, other)| is_same_text(&one.sql, &other.sql))
    }
}

fn is_of_domain(it: &Dependent) -> bool {
    it.kind == DependentKind::Domain || what(it).is_some()
}

/// What the domain calls its rule; none of what is no rule.
fn what(it: &Dependent) -> Option<&str> {
    let DependentKind::DomainRule { what } = &it.kind else {
        return None;
    };
    Some(what)
}

/// New, changed and gone domains and rules. One of another type has to be dropped and made anew, which
/// the engine refuses while a column has it.
pub(super) fn steps<'a>(sides: &Sides<'a>, steps: &mut Vec<Step<'a>>) {
    let [from, to] = [&sides.from, &sides.to].map(|it| Domains::of(it.schema));
    for (at, it) in from.all.iter().enumerate() {
        let stays = from.same(&it.name, &to);
        let change = || Change {
            up: drop(it, sides.options),
            down: create(it),
        };
        let is_left = match what(it) {
            None => !stays,
            // It goes with its domain, and the engine sets a default over another one.
            Some(what) => {
                let wanted = to.rules.get(&(&it.name, what));
                let is_same = |wanted: &&Dependent| is_same_text(&wanted.sql, &it.sql);
                stays && !wanted.is_some_and(|it| what == "DEFAULT" || is_same(it))
            }
        };
        if is_left {
            let part = match to.by_name.contains_key(&it.name) {
                true => Part::Types,
                false => Part::Gone,
            };
            let rank = (part, at, Place::Table);
            steps.push(step((rank, change()), it, &sides.from, false));
        }
    }
    for (at, it) in to.all.iter().enumerate() {
        let stays = to.same(&it.name, &from);
        let there = what(it).and_then(|what| from.rules.get(&(&it.name, what)));
        let is_same = |there: &&&Dependent| is_same_text(&there.sql, &it.sql);
        if stays && (what(it).is_none() || there.filter(is_same).is_some()) {
            continue;
        }
        let change = Change {
            up: create(it),
            down: match there.filter(|_| stays && what(it) == Some("DEFAULT")) {
                Some(there) => create(there),
                None => drop(it, sides.options),
            },
        };
        // After what goes, which may have the same name.
        let rank = (Part::Types, usize::MAX / 2 + at, Place::Table);
        steps.push(step((rank, change), it, &sides.to, true));
    }
}

/// One that comes, or goes, with what it needs beside it.
fn step<'a>(
    (rank, change): (Rank, Change),
    it: &'a Dependent,
    side: &Side<'a>,
    is_made: bool,
) -> Step<'a> {
    let (own, other) = match is_made {
        true => (Role::Make, Role::Use),
        false => (Role::Remove, Role::Release),
    };
    let role = match what(it) {
        None => own,
        Some(_) => other,
    };
    let schema = it.name.schema.as_ref();
    Step::new(rank, change)
        .does(role, Thing::Type(&it.name))
        .does_all(other, schema.map(Thing::Namespace))
        .does_all(other, others(it, side))
}

/// The types and functions that its text mentions besides itself.
fn others<'a>(it: &'a Dependent, side: &Side<'a>) -> Vec<Thing<'a>> {
    let mut things = side.beside_in(&it.sql);
    things.retain(|thing| *thing != Thing::Type(&it.name));
    things
}
