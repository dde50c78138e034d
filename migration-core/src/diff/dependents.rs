//! Functions, procedures, triggers, policies and row-level security: known by their text.

use std::collections::{HashMap, HashSet};

use super::build::{quoted, quoted_column, raw};
use super::constraints::keys;
use super::mention::replaced;
use super::order::{Part, Place, Role, Step, Thing};
use super::pairs::Pairs;
use super::renames::Renamed;
use super::same_text::is_same_text;
use super::side::{Side, Sides};
use super::{Change, DiffOptions, partitions};
use crate::operation::Operation;
use crate::schema::{Dependent, DependentKind, ObjectName, Schema};
use crate::sql::mentions;

/// What tells one from another: kind, name, table, arguments.
type Key<'a> = (
    &'static str,
    &'a ObjectName,
    Option<&'a ObjectName>,
    &'a str,
);

fn key(it: &Dependent) -> Key<'_> {
    let arguments = match &it.kind {
        DependentKind::Function { arguments } | DependentKind::Procedure { arguments } => {
            arguments.as_str()
        }
        DependentKind::DomainRule { what } => what.as_str(),
        DependentKind::View
        | DependentKind::MaterializedView
        | DependentKind::Trigger { .. }
        | DependentKind::Policy { .. }
        | DependentKind::Constraint { .. }
        | DependentKind::Index { .. }
        | DependentKind::Rule { .. }
        | DependentKind::Switched { .. }
        | DependentKind::Partition { .. }
        | DependentKind::Statistics { .. }
        | DependentKind::Domain
        | DependentKind::RowSecurity { .. } => "",
    };
    (it.kind.word(), &it.name, it.table(), arguments)
}

fn is_routine(it: &Dependent) -> bool {
    matches!(
        it.kind,
        DependentKind::Function { .. } | DependentKind::Procedure { .. }
    )
}

fn by_key(schema: &Schema) -> HashMap<Key<'_>, &Dependent> {
    schema.dependents.iter().map(|it| (key(it), it)).collect()
}

/// What stands on a table and went with it, made again.
pub(super) fn of_table(table: &ObjectName, side: &Side<'_>) -> Vec<Operation> {
    let bound = side.bound_to(table).iter();
    bound.flat_map(|it| create(it)).collect()
}

pub(super) fn create(it: &Dependent) -> Vec<Operation> {
    match it.kind {
        DependentKind::RowSecurity { forced } => {
            let mut operations = vec![secure(&it.name, "ENABLE")];
            if forced {
                operations.push(secure(&it.name, "FORCE"));
            }
            operations
        }
        DependentKind::View
        | DependentKind::MaterializedView
        | DependentKind::Trigger { .. }
        | DependentKind::Function { .. }
        | DependentKind::Procedure { .. }
        | DependentKind::Constraint { .. }
        | DependentKind::Index { .. }
        | DependentKind::Policy { .. }
        | DependentKind::Rule { .. }
        | DependentKind::Partition { .. }
        | DependentKind::Statistics { .. }
        | DependentKind::Domain
        | DependentKind::DomainRule { .. }
        | DependentKind::Switched { .. } => vec![raw(it.sql.as_str())],
    }
}

fn secure(table: &ObjectName, verb: &str) -> Operation {
    raw(format!(
        "ALTER TABLE {} {verb} ROW LEVEL SECURITY",
        quoted(table)
    ))
}

pub(super) fn drop(it: &Dependent, options: &DiffOptions) -> Vec<Operation> {
    let name = quoted(&it.name);
    let sql = match &it.kind {
        DependentKind::View => format!("DROP VIEW {name}"),
        DependentKind::MaterializedView => format!("DROP MATERIALIZED VIEW {name}"),
        DependentKind::Trigger { table } if options.drops_triggers_by_table => {
            format!("DROP TRIGGER {name} ON {}", quoted(table))
        }
        DependentKind::Trigger { .. } => format!("DROP TRIGGER {name}"),
        DependentKind::Function { arguments } => drop_routine("FUNCTION", &name, arguments),
        DependentKind::Procedure { arguments } => drop_routine("PROCEDURE", &name, arguments),
        DependentKind::Policy { table } => format!("DROP POLICY {name} ON {}", quoted(table)),
        DependentKind::Rule { table } => format!(
            "DROP RULE {} ON {}",
            quoted_column(&it.name.name),
            quoted(table)
        ),
        DependentKind::Switched { table, what } => {
            format!("ALTER TABLE {} ENABLE {what}", quoted(table))
        }
        // It keeps its rows: no partition is dropped.
        DependentKind::Partition { parent, .. } => {
            format!("ALTER TABLE {} DETACH PARTITION {name}", quoted(parent))
        }
        DependentKind::Statistics { .. } => format!("DROP STATISTICS {name}"),
        DependentKind::Domain => format!("DROP DOMAIN {name}"),
        DependentKind::DomainRule { what } => format!("ALTER DOMAIN {name} DROP {what}"),
        DependentKind::Constraint { table } => format!(
            "ALTER TABLE {} DROP CONSTRAINT {}",
            quoted(table),
            quoted_column(&it.name.name)
        ),
        // As it was made: where that changes its table, an index has a name of its own nowhere else.
        DependentKind::Index { table } if it.sql.starts_with("ALTER TABLE ") => format!(
            "ALTER TABLE {} DROP INDEX {}",
            quoted(table),
            quoted_column(&it.name.name)
        ),
        DependentKind::Index { .. } => format!("DROP INDEX {name}"),
        DependentKind::RowSecurity { forced } => {
            let mut operations = Vec::new();
            if *forced {
                operations.push(secure(&it.name, "NO FORCE"));
            }
            operations.push(secure(&it.name, "DISABLE"));
            return operations;
        }
    };
    vec![raw(sql)]
}

fn drop_routine(kind: &str, name: &str, arguments: &str) -> String {
    if arguments.is_empty() {
        format!("DROP {kind} {name}")
    } else {
        format!("DROP {kind} {name}({arguments})")
    }
}

/// What became of functions, procedures and what stands on tables.
#[derive(Debug)]
pub(super) struct Fates<'a> {
    /// The functions that are dropped, for good or to be made again.
    pub(super) functions: HashSet<&'a ObjectName>,
    former: HashMap<Key<'a>, &'a Dependent>,
    wanted: HashMap<Key<'a>, &'a Dependent>,
    /// The former names of renamed tables, and their names now.
    renamed: Vec<(&'a str, &'a str)>,
}

impl<'a> Fates<'a> {
    pub(super) fn new(sides: &Sides<'a>, renamed: &'a Renamed<'a>) -> Self {
        let names = renamed.former.iter();
        let names = names.map(|(from, to)| (from.as_str(), to.name.as_str()));
        let mut fates = Self {
            functions: HashSet::new(),
            former: by_key(sides.from.schema),
            wanted: by_key(sides.to.schema),
            renamed: names.collect(),
        };
        let routines = sides.from.schema.dependents.iter();
        let dropped = routines.filter(|it| {
            is_routine(it)
                && match fates.wanted.get(&key(it)) {
                    Some(wanted) => !fates.is_same(it, wanted) && !is_replaceable(it, wanted),
                    None => true,
                }
        });
        fates.functions = dropped.map(|it| &it.name).collect();
        fates
    }

    fn is_same(&self, from: &Dependent, to: &Dependent) -> bool {
        if let (DependentKind::RowSecurity { .. }, DependentKind::RowSecurity { .. }) =
            (&from.kind, &to.kind)
        {
            return from.kind == to.kind;
        }
        let follow = |sql: &str| {
            let mut sql = sql.to_owned();
            for (from, to) in &self.renamed {
                sql = replaced(&sql, from, to);
            }
            sql
        };
        is_same_text(&from.sql, &to.sql)
            || (!self.renamed.is_empty() && is_same_text(&follow(&from.sql), &to.sql))
    }
}

/// Whether the one text replaces what the other made: it says so and returns the same.
fn is_replaceable(from: &Dependent, to: &Dependent) -> bool {
    let is_replacing = |it: &Dependent| {
        let words: Vec<_> = it.sql.split_whitespace().take(3).collect();
        words.join(" ").eq_ignore_ascii_case("CREATE OR REPLACE")
    };
    let head = |it: &Dependent| {
        let words = it.sql.split_whitespace();
        let head = words.take_while(|it| {
            ![
                "LANGUAGE",
                "AS",
                "BEGIN",
                "RETURN",
                "IMMUTABLE",
                "STABLE",
                "VOLATILE",
                "STRICT",
            ]
            .iter()
            .any(|end| it.eq_ignore_ascii_case(end))
        });
        head.collect::<Vec<_>>().join(" ")
    };
    is_replacing(from) && is_replacing(to) && head(from) == head(to)
}

/// New, changed and gone functions, triggers, policies, and those in the way.
pub(super) fn steps<'a>(
    sides: &Sides<'a>,
    pairs: &Pairs<'a>,
    fates: &Fates<'a>,
    views: &HashSet<&'a ObjectName>,
    steps: &mut Vec<Step<'a>>,
) {
    let in_the_way = |it: &Dependent| is_in_the_way(it, sides, pairs, fates, views);
    for (at, it) in sides.from.schema.dependents.iter().enumerate() {
        let goes_along = it.table().is_some_and(|table| {
            sides.from.tables.contains_key(table) && !sides.to.tables.contains_key(table)
        });
        let is_left = it.table().is_some_and(|it| partitions::is_left(it, sides));
        if is_elsewhere(it) || goes_along || is_left {
            continue;
        }
        let part = match fates.wanted.get(&key(it)) {
            Some(to) if fates.is_same(it, to) && !in_the_way(it) => continue,
            Some(to) if !is_dropped(it, to, in_the_way(it)) => continue,
            Some(_) => Part::Objects,
            None => Part::GoneObjects,
        };
        let change = Change {
            up: drop(it, sides.options),
            down: create(it),
        };
        let rank = (part, place(it) + at, Place::Table);
        steps.push(roles(Step::new(rank, change), it, &sides.from, false));
    }
    for (at, it) in sides.to.schema.dependents.iter().enumerate() {
        let is_moved = it.table().is_some_and(|it| partitions::is_moved(it, sides));
        if is_elsewhere(it) || is_moved {
            continue;
        }
        let rank = (Part::Objects, place(it) + at, Place::NewColumns);
        let change = match fates.former.get(&key(it)) {
            Some(from) if fates.is_same(from, it) && !in_the_way(from) => continue,
            Some(from) if !is_dropped(from, it, in_the_way(from)) => {
                let step = Step::new(rank, changed(from, it));
                steps.push(roles(step, it, &sides.to, true));
                continue;
            }
            Some(_) | None => Change {
                up: create(it),
                down: drop(it, sides.options),
            },
        };
        steps.push(roles(Step::new(rank, change), it, &sides.to, true));
    }
}

/// What stands on tables and views, but for row-level security, and is the same all the time.
pub(super) fn kept<'f, 'a>(
    sides: &'f Sides<'a>,
    pairs: &'f Pairs<'a>,
    fates: &'f Fates<'a>,
    views: &'f HashSet<&'a ObjectName>,
) -> impl Iterator<Item = &'a Dependent> + 'f {
    let all = sides.from.schema.dependents.iter();
    all.filter(|it| {
        let wanted = fates.wanted.get(&key(it));
        it.table().is_some()
            && !matches!(it.kind, DependentKind::RowSecurity { .. })
            && wanted.is_some_and(|to| fates.is_same(it, to))
            && !is_in_the_way(it, sides, pairs, fates, views)
    })
}

/// Whether its changes are found elsewhere: views, partitions, domains.
fn is_elsewhere(it: &Dependent) -> bool {
    matches!(
        it.kind,
        DependentKind::View
            | DependentKind::MaterializedView
            | DependentKind::Partition { .. }
            | DependentKind::Domain
            | DependentKind::DomainRule { .. }
    )
}

/// Functions and keys stand before views, which may use them, triggers and policies behind.
fn place(it: &Dependent) -> usize {
    match it.kind {
        DependentKind::Function { .. }
        | DependentKind::Procedure { .. }
        | DependentKind::Constraint { .. }
        | DependentKind::Index { .. } => 0,
        DependentKind::View
        | DependentKind::MaterializedView
        | DependentKind::Trigger { .. }
        | DependentKind::Policy { .. }
        | DependentKind::Rule { .. }
        | DependentKind::Switched { .. }
        | DependentKind::Partition { .. }
        | DependentKind::Statistics { .. }
        | DependentKind::Domain
        | DependentKind::DomainRule { .. }
        | DependentKind::RowSecurity { .. } => usize::MAX / 2,
    }
}

/// Whether a changed object is dropped and made anew, not changed in its place.
fn is_dropped(from: &Dependent, to: &Dependent, is_in_the_way: bool) -> bool {
    match from.kind {
        DependentKind::RowSecurity { .. } => false,
        DependentKind::Function { .. } | DependentKind::Procedure { .. } => {
            is_in_the_way || !is_replaceable(from, to)
        }
        DependentKind::View
        | DependentKind::MaterializedView
        | DependentKind::Trigger { .. }
        | DependentKind::Constraint { .. }
        | DependentKind::Index { .. }
        | DependentKind::Rule { .. }
        | DependentKind::Switched { .. }
        | DependentKind::Partition { .. }
        | DependentKind::Statistics { .. }
        | DependentKind::Domain
        | DependentKind::DomainRule { .. }
        | DependentKind::Policy { .. } => true,
    }
}

fn changed(from: &Dependent, to: &Dependent) -> Change {
    let force = |it: &Dependent| {
        let forced = matches!(it.kind, DependentKind::RowSecurity { forced: true });
        secure(&it.name, if forced { "FORCE" } else { "NO FORCE" })
    };
    if let DependentKind::RowSecurity { .. } = to.kind {
        Change::new(force(to), force(from))
    } else {
        Change::new(raw(to.sql.as_str()), raw(from.sql.as_str()))
    }
}

/// Whether something that stays the same has to go for a while: its view is made anew, a column that
/// it names changes, or a function that it calls.
fn is_in_the_way<'a>(
    it: &Dependent,
    sides: &Sides<'a>,
    pairs: &Pairs<'a>,
    fates: &Fates<'a>,
    views: &HashSet<&'a ObjectName>,
) -> bool {
    let Some(table) = it.table() else {
        return false;
    };
    if let DependentKind::RowSecurity { .. } | DependentKind::Switched { .. } = it.kind {
        return false;
    }
    let calls = || {
        let mut things = sides.from.names.mentioned(&it.sql).into_iter();
        things.any(|thing| matches!(thing, Thing::Function(name) if fates.functions.contains(name)))
    };
    views.contains(table)
        || pairs
            .of(table)
            .is_some_and(|pair| pair.disturbs(|column| mentions(&it.sql, column.as_str())))
        || (!fates.functions.is_empty() && calls())
}

/// Says what making or dropping it does to other things.
fn roles<'a>(step: Step<'a>, it: &'a Dependent, side: &Side<'a>, is_made: bool) -> Step<'a> {
    let (own, other) = if is_made {
        (Role::Make, Role::Use)
    } else {
        (Role::Remove, Role::Release)
    };
    let mut things = side.names.mentioned(&it.sql);
    if is_routine(it) {
        things.retain(|thing| *thing != Thing::Function(&it.name));
        let own_thing = Thing::Function(&it.name);
        // A table may call it by a trigger, and goes before it.
        let calls = |it: &Dependent, name: &str| mentions(&it.sql, name);
        let name = it.name.name.as_str();
        things.retain(|thing| match thing {
            Thing::Table(table) => {
                is_made || !side.bound_to(table).iter().any(|bound| calls(bound, name))
            }
            _ => true,
        });
        return step
            .does(own, own_thing)
            .does_all(other, it.name.schema.as_ref().map(Thing::Namespace))
            .does_all(other, things);
    }
    let table = it.table();
    let key = match &it.kind {
        DependentKind::Constraint { table } | DependentKind::Index { table } => Some(table),
        DependentKind::View
        | DependentKind::MaterializedView
        | DependentKind::Trigger { .. }
        | DependentKind::Function { .. }
        | DependentKind::Procedure { .. }
        | DependentKind::Policy { .. }
        | DependentKind::Rule { .. }
        | DependentKind::Switched { .. }
        | DependentKind::Partition { .. }
        | DependentKind::Statistics { .. }
        | DependentKind::Domain
        | DependentKind::DomainRule { .. }
        | DependentKind::RowSecurity { .. } => None,
    };
    // What the model holds of the same name comes behind it, or goes before.
    let is_index = matches!(it.kind, DependentKind::Index { .. });
    let name = is_index.then_some(Thing::Name(it.name.schema.as_ref(), &it.name.name));
    step.does_all(own, key.map(|it| keys(it, own)))
        .does_all(own, name)
        .does_all(other, table.map(Thing::Table))
        .does_all(other, table.map(Thing::View))
        .does_all(other, table.map(Thing::Shape))
        .does_all(other, table.map(Thing::NewColumns))
        .does_all(other, things)
}
