//! What differs and has no statement of the engine: it is named, and made anew by hand.

use std::collections::{HashMap, HashSet};
use std::fmt;

use super::renames::Renamed;
use crate::schema::{Dependent, DependentKind, ObjectName, Schema};

/// The option of a table whose rows are parted (PostgreSQL).
const PARTING: &str = "PARTITION BY";

/// A table that differs in what no statement changes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    /// The table.
    pub name: ObjectName,
    /// What differs.
    pub what: Unchangeable,
}

/// What no statement changes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unchangeable {
    /// What stands behind the parenthesis of a table (SQLite).
    Options,
    /// By what its rows are parted, as `RANGE (a)`; none where they are not (PostgreSQL).
    Parting {
        /// How it is.
        is: Option<String>,
        /// How it shall be.
        wanted: Option<String>,
    },
}

impl fmt::Display for Kept {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = &self.name;
        match &self.what {
            Unchangeable::Options => write!(
                f,
                "`{name}` differs in what stands behind its columns, such as STRICT"
            ),
            Unchangeable::Parting { is, wanted } => match (is, wanted) {
                (Some(is), Some(wanted)) => {
                    write!(
                        f,
                        "`{name}` is partitioned by {is} and should be by {wanted}"
                    )
                }
                (Some(is), None) => {
                    write!(
                        f,
                        "`{name}` is partitioned by {is} and should not be partitioned"
                    )
                }
                (None, wanted) => write!(
                    f,
                    "`{name}` is not partitioned and should be, by {}",
                    wanted.as_deref().unwrap_or_default()
                ),
            },
        }
    }
}

/// The tables and partitions that are parted in another way than they shall be.
pub(super) fn parted_otherwise(from: &Schema, to: &Schema) -> Vec<Kept> {
    let [there, wanted] = [from, to].map(partings);
    let mut kept: Vec<Kept> = Vec::new();
    for (name, wanted) in &wanted {
        let is = match there.get(name) {
            Some(is) => *is,
            None if from.table(name).is_some() => None,
            None => continue,
        };
        kept.extend(otherwise(name, is, *wanted));
    }
    for (name, is) in there.iter().filter(|(name, _)| !wanted.contains_key(*name)) {
        if to.table(name).is_some() {
            kept.extend(otherwise(name, *is, None));
        }
    }
    kept.sort_by(|a, b| a.name.cmp(&b.name));
    kept
}

fn otherwise(name: &ObjectName, is: Option<&str>, wanted: Option<&str>) -> Option<Kept> {
    (is != wanted).then(|| Kept {
        name: name.clone(),
        what: Unchangeable::Parting {
            is: is.map(str::to_owned),
            wanted: wanted.map(str::to_owned),
        },
    })
}

/// By what the tables are parted that are, and by what each partition is itself.
fn partings(schema: &Schema) -> HashMap<&ObjectName, Option<&str>> {
    let tables = schema.tables.iter().filter_map(|table| {
        let option = table.options.iter().find(|it| it.keyword == PARTING)?;
        Some((&table.name, option.value.as_ref().map(|it| it.as_str())))
    });
    let partitions = schema.dependents.iter().filter_map(|it| {
        let DependentKind::Partition { key, .. } = &it.kind else {
            return None;
        };
        Some((&it.name, key.as_deref()))
    });
    tables.chain(partitions).collect()
}

/// Takes the partitions of such tables out of both sides, with what stands on them: no statement makes
/// one of a table that is parted in another way, and none is dropped. Returns their names;
/// their tables alone are named.
pub(super) fn leave_parts_alone(
    kept: &mut Vec<Kept>,
    (renamed, to): (&mut Renamed<'_>, &mut Schema),
) -> Vec<ObjectName> {
    let from = renamed.schema.to_mut();
    let mut parents: HashSet<ObjectName> = kept.iter().map(|it| it.name.clone()).collect();
    let mut parts: Vec<ObjectName> = Vec::new();
    loop {
        let all = from.dependents.iter().chain(&to.dependents);
        let beneath = all.filter(|it| is_part(it, &parents) && !parts.contains(&it.name));
        let beneath: HashSet<ObjectName> = beneath.map(|it| it.name.clone()).collect();
        if beneath.is_empty() {
            break;
        }
        parts.extend(beneath.iter().cloned());
        parents.extend(beneath);
    }
    kept.retain(|it| !parts.contains(&it.name));
    for schema in [from, to] {
        schema.tables.retain(|it| !parts.contains(&it.name));
        schema.indexes.retain(|it| !parts.contains(&it.table));
        schema.dependents.retain(|it| {
            let is_on_part = it.table().is_some_and(|table| parts.contains(table));
            !is_on_part && !is_part(it, &parents)
        });
        let tables = schema.tables.iter_mut();
        for table in tables.filter(|table| parents.contains(&table.name)) {
            table.options.retain(|it| it.keyword != PARTING);
        }
    }
    parts
}

fn is_part(it: &Dependent, parents: &HashSet<ObjectName>) -> bool {
    matches!(&it.kind, DependentKind::Partition { parent, .. } if parents.contains(parent))
}
