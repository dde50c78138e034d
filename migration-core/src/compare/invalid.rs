//! Indexes that are there and that no query may use, because their building was ended.

use super::{Filter, Goal, Kind};
use crate::diff::{Change, Difference};
use crate::introspect::{InvalidIndex, Whole};
use crate::operation::Operation;
use crate::schema::{Dependent, DependentKind, ObjectName, Schema};

/// Takes those out that are wanted so (`CREATE INDEX ... ON ONLY`) or left alone, and gives the others.
/// What models do not name is no business of theirs; what cannot be built again is as good as not there.
pub(super) fn take(
    (live, wanted): (&mut Whole, &Whole),
    filter: &Filter,
    goal: Goal,
) -> Vec<InvalidIndex> {
    let mut invalid = std::mem::take(&mut live.invalid);
    let leaves_indexes = filter.exclude_kinds.contains(&Kind::Index);
    invalid.retain(|it| {
        let is_so = wanted.invalid.iter().any(|other| other.name == it.name);
        !is_so && !leaves_indexes && filter.is_looked_at(&it.table)
    });
    for it in &invalid {
        let stays = match (goal, is_there(&wanted.schema, &it.name)) {
            (Goal::Models, is_wanted) => is_wanted,
            (Goal::Revisions, is_wanted) => !is_wanted || it.rebuild.is_some(),
        };
        if !stays {
            let schema = &mut live.schema;
            schema.indexes.retain(|index| {
                index.name.as_ref() != Some(&it.name.name) || index.table != it.table
            });
            schema.dependents.retain(|other| !is_index(other, &it.name));
        }
    }
    invalid
}

/// What mends those that the revisions make, before all else: they are built again, or dropped where
/// the difference makes them.
pub(super) fn mended(
    invalid: &[InvalidIndex],
    (difference, wanted): (&Difference, &Schema),
) -> Vec<Change> {
    let operations = || difference.changes.iter().flat_map(|it| &it.up);
    let mend = |it: &InvalidIndex| {
        if !is_there(wanted, &it.name) {
            return None;
        }
        Some(match &it.rebuild {
            Some(_) if operations().any(|done| drops(done, it)) => return None,
            Some(sql) => Operation::Raw { sql: sql.clone() },
            None => Operation::DropIndex {
                name: it.name.clone(),
                table: Some(it.table.clone()),
                concurrently: false,
                if_exists: false,
            },
        })
    };
    let mends = invalid.iter().filter_map(mend);
    let change = |operation| Change {
        up: vec![operation],
        down: Vec::new(),
    };
    mends.map(change).collect()
}

/// Whether it goes anyway.
fn drops(operation: &Operation, index: &InvalidIndex) -> bool {
    if let Operation::DropIndex { name, .. } | Operation::DropTable { name, .. } = operation {
        return *name == index.name || *name == index.table;
    }
    if let Operation::Raw { sql } = operation {
        let word = format!("\"{}\"", index.name.name.as_str().replace('"', "\"\""));
        return sql.starts_with("DROP INDEX ") && sql.ends_with(&word);
    }
    false
}

fn is_there(schema: &Schema, name: &ObjectName) -> bool {
    let mut indexes = schema.indexes.iter();
    let is_it = |schema: &ObjectName| schema.schema == name.schema;
    indexes.any(|it| it.name.as_ref() == Some(&name.name) && is_it(&it.table))
        || schema.dependents.iter().any(|it| is_index(it, name))
}

fn is_index(it: &Dependent, name: &ObjectName) -> bool {
    matches!(it.kind, DependentKind::Index { .. }) && it.name == *name
}
