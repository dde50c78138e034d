//! Foreign keys among tables that come, or go, together: which of them close a circle.

use std::collections::{HashMap, HashSet};

use crate::schema::{Constraint, ConstraintKind, ForeignKey, ObjectName, Table};

/// The foreign key that a constraint is.
pub(super) fn reference(constraint: &Constraint) -> Option<&ForeignKey> {
    match &constraint.kind {
        ConstraintKind::ForeignKey(key) => Some(key),
        ConstraintKind::PrimaryKey { .. }
        | ConstraintKind::Unique { .. }
        | ConstraintKind::Check { .. } => None,
    }
}

/// Where the table and the constraint in it stand.
pub(super) type Cut = HashSet<(usize, usize)>;

/// The constraints without which no table refers, by way of others, to itself.
pub(super) fn cut(tables: &[&Table]) -> Cut {
    let at: HashMap<&ObjectName, usize> = tables
        .iter()
        .enumerate()
        .map(|(at, table)| (&table.name, at))
        .collect();
    let mut cut = Cut::new();
    let mut state = vec![State::Unmet; tables.len()];
    for first in 0..tables.len() {
        if state[first] != State::Unmet {
            continue;
        }
        state[first] = State::Open;
        let mut path = vec![(first, 0)];
        while let Some((table, next)) = path.last_mut() {
            let (here, constraint) = (*table, *next);
            let Some(it) = tables[here].constraints.get(constraint) else {
                state[here] = State::Done;
                path.pop();
                continue;
            };
            *next += 1;
            let target = reference(it).and_then(|key| at.get(&key.references));
            match target {
                Some(target) if *target != here && state[*target] == State::Open => {
                    cut.insert((here, constraint));
                }
                Some(target) if state[*target] == State::Unmet => {
                    state[*target] = State::Open;
                    path.push((*target, 0));
                }
                Some(_) | None => {}
            }
        }
    }
    cut
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    Unmet,
    Open,
    Done,
}
