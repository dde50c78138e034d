//! What looks like a rename: a table or column that is gone, and one like it that is new.

use std::collections::HashSet;

use super::Candidate;
use crate::diagnostic::closest;
use crate::schema::{Column, Ident, Table};

/// Pairs of tables that are alike, the best first; each is in one pair at most.
pub(super) fn tables(
    gone: &[&Table],
    new: &[&Table],
    is_open: impl Fn(&Candidate) -> bool,
) -> Vec<Candidate> {
    let mut found = Vec::new();
    for (a, from) in gone.iter().enumerate() {
        for (b, to) in new.iter().enumerate() {
            if from.name.schema == to.name.schema
                && let Some(likeness) = table_likeness(from, to)
            {
                let candidate = Candidate::Table {
                    from: from.name.clone(),
                    to: to.name.name.clone(),
                };
                found.push((likeness, a, b, candidate));
            }
        }
    }
    best(found, is_open)
}

/// How many hundredths of the columns of two tables are equal, when that is most of them, or half
/// and the names are similar.
fn table_likeness(from: &Table, to: &Table) -> Option<usize> {
    let most = from.columns.len().max(to.columns.len()).max(1);
    let equal = from.columns.iter().filter(|a| {
        let b = to.column(&a.name);
        b.is_some_and(|b| a.data_type == b.data_type)
    });
    let likeness = equal.count() * 100 / most;
    let is_similar = is_similar(&from.name.name, &to.name.name);
    let is_like = likeness >= 66 || (likeness >= 50 && is_similar);
    is_like.then_some(likeness + usize::from(is_similar) * 100)
}

/// Pairs of columns of a table that are alike, the best first; each is in one pair at most.
pub(super) fn columns(
    from: &Table,
    to: &Table,
    is_open: impl Fn(&Candidate) -> bool,
) -> Vec<Candidate> {
    let is: HashSet<_> = from.columns.iter().map(|it| &it.name).collect();
    let shall_be: HashSet<_> = to.columns.iter().map(|it| &it.name).collect();
    let gone = from.columns.iter().enumerate();
    let gone: Vec<_> = gone
        .filter(|(_, it)| !shall_be.contains(&it.name))
        .collect();
    let new = to.columns.iter().enumerate();
    let new: Vec<_> = new.filter(|(_, it)| !is.contains(&it.name)).collect();
    let mut found = Vec::new();
    for (a, left) in &gone {
        for (b, right) in &new {
            let is_kept = |name: &Ident| is.contains(name) && shall_be.contains(name);
            let is_near =
                || neighbours(&from.columns, *a, is_kept) == neighbours(&to.columns, *b, is_kept);
            let is_similar = is_similar(&left.name, &right.name);
            if is_alike(left, right) && (is_similar || is_near()) {
                let candidate = Candidate::Column {
                    table: to.name.clone(),
                    from: left.name.clone(),
                    to: right.name.clone(),
                };
                found.push((usize::from(is_similar), *a, *b, candidate));
            }
        }
    }
    best(found, is_open)
}

fn is_alike(a: &Column, b: &Column) -> bool {
    a.data_type == b.data_type && a.generated.is_some() == b.generated.is_some()
}

/// The nearest columns before and behind that are on both sides.
fn neighbours(
    columns: &[Column],
    at: usize,
    is_kept: impl Fn(&Ident) -> bool,
) -> (Option<&Ident>, Option<&Ident>) {
    let names = |columns: &'_ Column| is_kept(&columns.name);
    let before = columns[..at].iter().rev().find(|it| names(it));
    let behind = columns[at + 1..].iter().find(|it| names(it));
    (before.map(|it| &it.name), behind.map(|it| &it.name))
}

/// Takes the likest pairs of which neither half is taken.
fn best(
    mut found: Vec<(usize, usize, usize, Candidate)>,
    is_open: impl Fn(&Candidate) -> bool,
) -> Vec<Candidate> {
    found.sort_by_key(|(likeness, a, b, _)| (usize::MAX - likeness, a.abs_diff(*b), *a, *b));
    let (mut left, mut right) = (HashSet::new(), HashSet::new());
    let taken = found.into_iter().filter(|(_, a, b, candidate)| {
        let is_free = !left.contains(a) && !right.contains(b) && is_open(candidate);
        if is_free {
            left.insert(*a);
            right.insert(*b);
        }
        is_free
    });
    taken.map(|(_, _, _, candidate)| candidate).collect()
}

/// Whether the one name may be a correction of the other, or holds it.
fn is_similar(a: &Ident, b: &Ident) -> bool {
    let (a, b) = (a.as_str().to_lowercase(), b.as_str().to_lowercase());
    let (short, long) = if a.len() < b.len() {
        (&a, &b)
    } else {
        (&b, &a)
    };
    (short.len() > 2 && long.contains(short.as_str()))
        || closest(&a, std::iter::once(b.as_str())).is_some()
}
