//! Views, materialized or not: new, gone, changed, and in the way of changes of what they read.

use std::collections::{HashMap, HashSet};

use super::build::{create_index, drop_index, quoted, raw};
use super::expression::is_same_index;
use super::matching::{Rules, matching};
use super::order::{Part, Place, Role, Step, Thing};
use super::pairs::Pairs;
use super::renames::Renamed;
use super::side::{Side, Sides};
use super::{Change, partitions};
use crate::operation::{Operation, ViewChange};
use crate::schema::{DependentKind, Ident, Index, ObjectName, Schema, View};
use crate::sql::mentions;

/// A view, however the model knows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Shape<'a> {
    Parsed(&'a View),
    Text { sql: &'a str, is_stored: bool },
}

#[derive(Debug, Clone, Copy)]
pub(super) struct AnyView<'a> {
    pub(super) name: &'a ObjectName,
    shape: Shape<'a>,
}

impl<'a> AnyView<'a> {
    fn text(&self) -> &'a str {
        match self.shape {
            Shape::Parsed(view) => view.query.as_str(),
            Shape::Text { sql, .. } => sql,
        }
    }

    /// Whether it may read a column of a table that it reads; what reads all of them names none.
    fn may_read(&self, column: &Ident) -> bool {
        let text = self.text();
        text.contains('*') || mentions(text, "natural") || mentions(text, column.as_str())
    }

    fn create(&self) -> Operation {
        match self.shape {
            Shape::Parsed(view) => Operation::View(ViewChange::Create {
                view: view.clone(),
                or_replace: false,
                if_not_exists: false,
            }),
            Shape::Text { sql, .. } => raw(sql),
        }
    }

    pub(super) fn drop(&self) -> Operation {
        match self.shape {
            Shape::Parsed(view) => Operation::View(ViewChange::Drop {
                name: view.name.clone(),
                if_exists: false,
                cascade: false,
            }),
            Shape::Text { is_stored, .. } => {
                let kind = if is_stored {
                    "MATERIALIZED VIEW"
                } else {
                    "VIEW"
                };
                raw(format!("DROP {kind} {}", quoted(self.name)))
            }
        }
    }

    /// Creates it with its indexes.
    pub(super) fn create_whole(&self, side: &Side<'_>) -> Vec<Operation> {
        let indexes = side.indexes_of(self.name).iter();
        let mut operations = vec![self.create()];
        operations.extend(indexes.map(|it| create_index(it)));
        operations
    }
}

/// The views of a schema, in order.
pub(super) fn all(schema: &Schema) -> Vec<AnyView<'_>> {
    let parsed = schema.views.iter().map(|view| AnyView {
        name: &view.name,
        shape: Shape::Parsed(view),
    });
    let texts = schema.dependents.iter().filter_map(|it| {
        let is_stored = match it.kind {
            DependentKind::View => false,
            DependentKind::MaterializedView => true,
            DependentKind::Trigger { .. }
            | DependentKind::Function { .. }
            | DependentKind::Procedure { .. }
            | DependentKind::Policy { .. }
            | DependentKind::Rule { .. }
            | DependentKind::Switched { .. }
            | DependentKind::Constraint { .. }
            | DependentKind::Index { .. }
            | DependentKind::Partition { .. }
            | DependentKind::Statistics { .. }
            | DependentKind::Domain
            | DependentKind::DomainRule { .. }
            | DependentKind::RowSecurity { .. } => return None,
        };
        let sql = it.sql.as_str();
        Some(AnyView {
            name: &it.name,
            shape: Shape::Text { sql, is_stored },
        })
    });
    parsed.chain(texts).collect()
}

/// The views of a schema by name.
fn by_name<'a>(views: &[AnyView<'a>]) -> HashMap<&'a ObjectName, AnyView<'a>> {
    views.iter().map(|it| (it.name, *it)).collect()
}

/// What a view reads.
fn read<'a>(view: &AnyView<'a>, side: &Side<'a>) -> Vec<Thing<'a>> {
    let mut things = side.names.mentioned(view.text());
    things.retain(|thing| *thing != Thing::View(view.name));
    things
}

/// The views of which one reads something moved, or reads a view that does.
pub(super) fn moved<'a>(
    views: &[AnyView<'a>],
    side: &Side<'a>,
    is_moved: impl Fn(&Thing<'a>, &AnyView<'a>) -> bool,
) -> HashSet<&'a ObjectName> {
    let mut readers: HashMap<&ObjectName, Vec<&ObjectName>> = HashMap::new();
    let mut found = HashSet::new();
    let mut open = Vec::new();
    for view in views {
        let things = read(view, side);
        for thing in &things {
            if let Thing::View(other) = thing {
                readers.entry(other).or_default().push(view.name);
            }
        }
        let is_itself = is_moved(&Thing::View(view.name), view);
        if is_itself || things.iter().any(|thing| is_moved(thing, view)) {
            found.insert(view.name);
            open.push(view.name);
        }
    }
    while let Some(name) = open.pop() {
        for reader in readers.get(name).into_iter().flatten() {
            if found.insert(reader) {
                open.push(reader);
            }
        }
    }
    found
}

/// Which views of the one side are dropped, for good or to be made again.
pub(super) fn dropped<'a>(
    sides: &Sides<'a>,
    pairs: &Pairs<'a>,
    renamed: &'a Renamed<'a>,
    functions: &HashSet<&'a ObjectName>,
) -> HashSet<&'a ObjectName> {
    let former = all(sides.from.schema);
    let wanted = by_name(&all(sides.to.schema));
    moved(&former, &sides.from, |thing, view| match thing {
        Thing::View(name) if *name == view.name => {
            wanted.get(name).is_none_or(|it| it.shape != view.shape)
        }
        Thing::Table(name) => {
            let is_read = |column: &Ident| view.may_read(column);
            let is_disturbed = || pairs.of(name).is_none_or(|it| it.disturbs(is_read));
            renamed.disturbs(name, is_read) || (!partitions::stays(name, sides) && is_disturbed())
        }
        Thing::Type(name) => super::enums::is_remade(name, sides),
        Thing::Function(name) => functions.contains(name),
        _ => false,
    })
}

/// New, changed and gone views, and those in the way.
pub(super) fn steps<'a>(
    sides: &Sides<'a>,
    dropped: &HashSet<&'a ObjectName>,
    steps: &mut Vec<Step<'a>>,
) {
    let (former, wanted) = (all(sides.from.schema), all(sides.to.schema));
    let (is, shall_be) = (by_name(&former), by_name(&wanted));
    for (at, view) in former.iter().enumerate() {
        if !dropped.contains(view.name) {
            continue;
        }
        let rank = match shall_be.get(view.name) {
            Some(_) => (Part::Objects, at, Place::Table),
            None => (Part::GoneObjects, at, Place::Table),
        };
        let change = Change {
            up: vec![view.drop()],
            down: view.create_whole(&sides.from),
        };
        let step = Step::new(rank, change);
        let kinds = (Role::Remove, Role::Release);
        steps.push(roles(step, view, &sides.from, kinds));
    }
    for (at, view) in wanted.iter().enumerate() {
        if !is.contains_key(view.name) || dropped.contains(view.name) {
            let change = Change {
                up: view.create_whole(&sides.to),
                down: vec![view.drop()],
            };
            let step = Step::new((Part::Objects, at, Place::NewColumns), change);
            steps.push(roles(step, view, &sides.to, (Role::Make, Role::Use)));
        } else {
            indexes(at, view, sides, steps);
        }
    }
}

fn roles<'a>(
    step: Step<'a>,
    view: &AnyView<'a>,
    side: &Side<'a>,
    (own, other): (Role, Role),
) -> Step<'a> {
    let schema = view.name.schema.as_ref();
    let things = read(view, side);
    let tables: Vec<_> = things
        .iter()
        .filter_map(|thing| match thing {
            Thing::Table(name) => Some(*name),
            _ => None,
        })
        .collect();
    step.does(own, Thing::View(view.name))
        .does(own, Thing::Name(schema, &view.name.name))
        .does_all(other, schema.map(Thing::Namespace))
        .does_all(other, tables.iter().map(|it| Thing::Shape(it)))
        .does_all(other, tables.iter().map(|it| Thing::FormerNames(it)))
        .does_all(other, tables.iter().map(|it| Thing::NewColumns(it)))
        .does_all(other, things)
}

/// The indexes of a stored view that stays.
fn indexes<'a>(at: usize, view: &AnyView<'a>, sides: &Sides<'a>, steps: &mut Vec<Step<'a>>) {
    let rules = Rules {
        name: &|it: &Index| it.name.as_ref(),
        is_same: &is_same_index,
        is_unnamed: &|_| false,
        renames: false,
    };
    let (from, to) = (
        sides.from.indexes_of(view.name),
        sides.to.indexes_of(view.name),
    );
    let matched = matching(from, to, &rules);
    let rank = (Part::Objects, at, Place::Indexes);
    let name = |it: &'a Index| {
        let name = it.name.as_ref();
        name.map(|name| Thing::Name(it.table.schema.as_ref(), name))
    };
    for index in matched.gone {
        let change = Change::new(drop_index(None, index), create_index(index));
        steps.push(Step::new(rank, change).does_all(Role::Remove, name(index)));
    }
    for index in matched.new {
        let change = Change::new(create_index(index), drop_index(None, index));
        steps.push(Step::new(rank, change).does_all(Role::Make, name(index)));
    }
}

/// Views, each after those it reads.
pub(super) fn sorted<'a>(
    views: &[AnyView<'a>],
    found: &HashSet<&'a ObjectName>,
    side: &Side<'a>,
) -> Vec<AnyView<'a>> {
    let mut left: Vec<_> = views.iter().filter(|it| found.contains(it.name)).collect();
    let mut sorted = Vec::new();
    while !left.is_empty() {
        let waiting: HashSet<_> = left.iter().map(|it| it.name).collect();
        let is_free = |view: &&AnyView<'a>| {
            !read(view, side)
                .iter()
                .any(|it| matches!(it, Thing::View(name) if waiting.contains(name)))
        };
        let at = left.iter().position(is_free).unwrap_or(0);
        sorted.push(*left.remove(at));
    }
    sorted
}
