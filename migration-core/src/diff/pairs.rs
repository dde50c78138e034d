//! The tables that are on both sides, and what became of their columns, constraints and indexes.

use std::collections::{HashMap, HashSet};

use super::expression::{is_same, is_same_index};
use super::fate::{ColumnPair, columns};
use super::matching::{Matching, Rules, matching};
use super::side::Sides;
use crate::schema::{
    Column, Constraint, ConstraintKind, ForeignKey, Ident, Index, IndexKey, ObjectName, Table,
};

/// A table before and after.
#[derive(Debug)]
pub(super) struct Pair<'a> {
    /// Its place among the tables.
    pub(super) at: usize,
    /// Before.
    pub(super) from: &'a Table,
    /// After.
    pub(super) to: &'a Table,
    /// Columns on both sides.
    pub(super) columns: Vec<ColumnPair<'a>>,
    /// Columns that go.
    pub(super) gone_columns: Vec<&'a Column>,
    /// Columns that come.
    pub(super) new_columns: Vec<&'a Column>,
    /// Constraints.
    pub(super) constraints: Matching<'a, Constraint>,
    /// Indexes.
    pub(super) indexes: Matching<'a, Index>,
}

impl Pair<'_> {
    /// Whether views, triggers and policies that name the column are in the way.
    pub(super) fn disturbs(&self, is_named: impl Fn(&Ident) -> bool) -> bool {
        let mut gone = self.gone_columns.iter();
        let mut columns = self.columns.iter();
        gone.any(|column| is_named(&column.name))
            || columns.any(|it| it.is_reshaped() && is_named(&it.to.name))
    }
}

/// All tables that are on both sides, in the order in which they shall be.
#[derive(Debug)]
pub(super) struct Pairs<'a> {
    all: Vec<Pair<'a>>,
    at: HashMap<&'a ObjectName, usize>,
}

impl<'a> Pairs<'a> {
    /// All of them.
    pub(super) fn all(&self) -> &[Pair<'a>] {
        &self.all
    }

    /// Whether what a foreign key refers to is there before and after, and nothing happens to it.
    pub(super) fn keep_key(&self, key: &ForeignKey) -> bool {
        let Some(pair) = self.of(&key.references) else {
            return false;
        };
        let mut kept = pair.constraints.kept.iter();
        let is_reshaped = |name: &Ident| {
            let mut columns = pair.columns.iter();
            columns.any(|it| it.to.name == *name && it.is_reshaped())
        };
        // An engine may rest on any of several keys of the same columns.
        let mut others = pair.constraints.new.iter().chain(&pair.constraints.gone);
        let is_like_it = |it: &Constraint| match &it.kind {
            ConstraintKind::PrimaryKey { columns } | ConstraintKind::Unique { columns } => {
                key.referenced_columns == *columns
            }
            ConstraintKind::ForeignKey(_) | ConstraintKind::Check { .. } => false,
        };
        if others.any(|it| is_like_it(it)) {
            return false;
        }
        kept.any(|(_, it)| match &it.kind {
            ConstraintKind::PrimaryKey { columns } => {
                (key.referenced_columns.is_empty() || key.referenced_columns == *columns)
                    && !columns.iter().any(is_reshaped)
            }
            ConstraintKind::Unique { columns } => {
                key.referenced_columns == *columns && !columns.iter().any(is_reshaped)
            }
            ConstraintKind::ForeignKey(_) | ConstraintKind::Check { .. } => false,
        })
    }

    /// That of a name.
    pub(super) fn of(&self, table: &ObjectName) -> Option<&Pair<'a>> {
        self.at.get(table).map(|at| &self.all[*at])
    }
}

/// Compares the tables that are on both sides.
pub(super) fn all<'a>(sides: &Sides<'a>) -> Pairs<'a> {
    let mut all = Vec::new();
    for (at, to) in sides.to.schema.tables.iter().enumerate() {
        if let Some(from) = sides.from.tables.get(&to.name) {
            all.push(pair(at, from, to, sides));
        }
    }
    force(&mut all, sides);
    let at = all.iter().enumerate();
    let at = at.map(|(at, pair)| (&pair.to.name, at)).collect();
    Pairs { all, at }
}

fn pair<'a>(at: usize, from: &'a Table, to: &'a Table, sides: &Sides<'a>) -> Pair<'a> {
    let former: HashMap<_, _> = from.columns.iter().map(|it| (&it.name, it)).collect();
    let wanted: HashSet<_> = to.columns.iter().map(|it| &it.name).collect();
    let gone = from.columns.iter().filter(|it| !wanted.contains(&it.name));
    let new = to
        .columns
        .iter()
        .filter(|it| !former.contains_key(&it.name));
    Pair {
        at,
        from,
        to,
        columns: columns(to, &former, sides),
        gone_columns: gone.collect(),
        new_columns: new.collect(),
        constraints: constraints(from, to, sides),
        indexes: indexes(from, to, sides),
    }
}

fn constraints<'a>(from: &'a Table, to: &'a Table, sides: &Sides<'a>) -> Matching<'a, Constraint> {
    let rules = Rules {
        name: &|it: &Constraint| it.name.as_ref(),
        is_same: &|a: &Constraint, b: &Constraint| {
            is_same_constraint(a, b, sides)
                && (a.not_valid >= b.not_valid || sides.options.keeps_proved)
        },
        is_unnamed: &|it: &Constraint| to.has_default_name(it),
        renames: sides.options.renames_constraints,
    };
    let former: Vec<_> = from.constraints.iter().collect();
    let wanted: Vec<_> = to.constraints.iter().collect();
    matching(&former, &wanted, &rules)
}

fn is_same_constraint(a: &Constraint, b: &Constraint, sides: &Sides<'_>) -> bool {
    let is_same_kind = match (&a.kind, &b.kind) {
        (ConstraintKind::Check { expression: a }, ConstraintKind::Check { expression: b }) => {
            is_same(a, b)
        }
        (ConstraintKind::ForeignKey(a), ConstraintKind::ForeignKey(b)) => {
            let (mut a, mut b) = (a.clone(), b.clone());
            complete(
                &mut a.referenced_columns,
                sides.from.tables.get(&a.references),
            );
            complete(
                &mut b.referenced_columns,
                sides.to.tables.get(&b.references),
            );
            a == b
        }
        (a, b) => a == b,
    };
    is_same_kind && a.deferrability == b.deferrability
}

/// The columns that a foreign key refers to: none said means the primary key.
fn complete(columns: &mut Vec<Ident>, table: Option<&&Table>) {
    if let Some(table) = table
        && columns.is_empty()
    {
        *columns = table.primary_key().to_vec();
    }
}

fn indexes<'a>(from: &'a Table, to: &'a Table, sides: &Sides<'a>) -> Matching<'a, Index> {
    let rules = Rules {
        name: &|it: &Index| it.name.as_ref(),
        is_same: &is_same_index,
        is_unnamed: &|it: &Index| to.has_default_index_name(it),
        renames: true,
    };
    matching(
        sides.from.indexes_of(&from.name),
        sides.to.indexes_of(&to.name),
        &rules,
    )
}

/// Drops and makes anew what is in the way of other changes: what stands on columns that are made
/// anew, and foreign keys whose columns change or whose key goes.
fn force(all: &mut [Pair<'_>], sides: &Sides<'_>) {
    for pair in all.iter_mut() {
        let remade: Vec<_> = pair.columns.iter().filter(|it| it.is_remade()).collect();
        let remade: Vec<_> = remade.into_iter().map(|it| &it.to.name).collect();
        let recast: Vec<_> = pair.columns.iter().filter(|it| it.is_recast).collect();
        let recast: Vec<_> = recast.into_iter().map(|it| &it.to.name).collect();
        if remade.is_empty() && recast.is_empty() {
            continue;
        }
        pair.constraints.force(|_, to| {
            remade.iter().any(|column| stands_on(to, column))
                || recast.iter().any(|column| checks(to, column))
        });
        pair.indexes.force(|_, to| {
            remade.iter().any(|column| is_on(to, column))
                || recast.iter().any(|column| computes(to, column))
        });
    }
    let changed: HashSet<(ObjectName, Ident)> = all.iter().flat_map(changed_columns).collect();
    let keys: HashSet<(ObjectName, Vec<Ident>)> = all.iter().flat_map(gone_keys).collect();
    let bare: Vec<_> = all.iter().map(|pair| unsupported(pair, sides)).collect();
    if changed.is_empty() && keys.is_empty() && bare.iter().all(HashSet::is_empty) {
        return;
    }
    for (pair, bare) in all.iter_mut().zip(bare) {
        let table = &pair.to.name;
        pair.constraints.force(|from, to| {
            let (ConstraintKind::ForeignKey(key), ConstraintKind::ForeignKey(_)) =
                (&from.kind, &to.kind)
            else {
                return false;
            };
            let mut referred = key.referenced_columns.clone();
            complete(&mut referred, sides.from.tables.get(&key.references));
            let is_changed =
                |table: &ObjectName, it: &Ident| changed.contains(&(table.clone(), it.clone()));
            let is_moved = key.columns.iter().any(|it| is_changed(table, it))
                || referred.iter().any(|it| is_changed(&key.references, it));
            referred.sort();
            is_moved
                || keys.contains(&(key.references.clone(), referred))
                || key.columns.first().is_some_and(|it| bare.contains(it))
        });
    }
}

fn changed_columns(pair: &Pair<'_>) -> Vec<(ObjectName, Ident)> {
    let changed = pair.columns.iter().filter(|it| it.is_reshaped());
    changed
        .map(|it| (pair.to.name.clone(), it.to.name.clone()))
        .collect()
}

/// The columns of keys that go, sorted.
fn gone_keys(pair: &Pair<'_>) -> Vec<(ObjectName, Vec<Ident>)> {
    let constraints = pair
        .constraints
        .gone
        .iter()
        .filter_map(|it| match &it.kind {
            ConstraintKind::PrimaryKey { columns } | ConstraintKind::Unique { columns } => {
                Some(columns.clone())
            }
            ConstraintKind::ForeignKey(_) | ConstraintKind::Check { .. } => None,
        });
    let indexes = pair.indexes.gone.iter().filter(|it| it.unique);
    let indexes = indexes.map(|it| key_columns(it).cloned().collect());
    let keys = constraints.chain(indexes);
    keys.map(|mut columns: Vec<_>| {
        columns.sort();
        (pair.to.name.clone(), columns)
    })
    .collect()
}

/// The columns whose foreign keys would be without an index for a moment, because theirs is made
/// anew under the same name, on engines that never allow that.
fn unsupported(pair: &Pair<'_>, sides: &Sides<'_>) -> HashSet<Ident> {
    if !sides.options.keys_need_indexes {
        return HashSet::new();
    }
    let gone = pair.indexes.gone.iter();
    gone.filter(|gone| pair.indexes.new.iter().any(|new| new.name == gone.name))
        .filter_map(|index| key_columns(index).next().cloned())
        .collect()
}

/// The columns of an index key.
pub(super) fn key_columns(index: &Index) -> impl Iterator<Item = &Ident> {
    index.parts.iter().filter_map(|part| match &part.key {
        IndexKey::Column { name, .. } => Some(name),
        IndexKey::Expression(_) => None,
    })
}

/// Whether a constraint stands on a column of its table.
pub(super) fn stands_on(constraint: &Constraint, column: &Ident) -> bool {
    match &constraint.kind {
        ConstraintKind::PrimaryKey { columns } | ConstraintKind::Unique { columns } => {
            columns.contains(column)
        }
        ConstraintKind::ForeignKey(key) => key.columns.contains(column),
        ConstraintKind::Check { expression } => expression.mentions(column),
    }
}

/// Whether a check stands on a column.
pub(super) fn checks(constraint: &Constraint, column: &Ident) -> bool {
    matches!(&constraint.kind, ConstraintKind::Check { expression } if expression.mentions(column))
}

/// Whether an index stands on a column.
pub(super) fn is_on(index: &Index, column: &Ident) -> bool {
    index.include.contains(column)
        || key_columns(index).any(|it| it == column)
        || computes(index, column)
}

/// Whether an index computes something from a column.
fn computes(index: &Index, column: &Ident) -> bool {
    let mut texts = super::indexes::expressions(index);
    texts.any(|it| it.mentions(column))
}
