//! What looks like a rename: a table or column that is gone, and one like it that is new.

use std::collections::HashSet;

use super::Candidate;
use super::conversion::is_akin;
use crate::diagnostic::closest;
use crate::schema::{Column, Ident, Table};

/// Pairs of tables that are alike, the best first; each is in one pair at most.
///
/// By hand, a column may have got another type of its kind with the table's new name.
pub(super) fn tables(
    (gone, new): (&[&Table], &[&Table]),
    is_by_hand: bool,
    is_open: impl Fn(&Candidate) -> bool,
) -> Vec<Candidate> {
    best(pairs((gone, new), (is_by_hand, 66)), is_open)
}

/// The same of tables of others, which have to be more alike: nothing is known of them.
pub(super) fn others(others: &[&Table], new: &[&Table]) -> Vec<Candidate> {
    best(pairs((others, new), (true, 75)), |_| true)
}

/// Every pair that is alike in so many hundredths of its columns, with how much it is.
fn pairs(
    (gone, new): (&[&Table], &[&Table]),
    (is_by_hand, least): (bool, usize),
) -> Vec<(usize, usize, usize, Candidate)> {
    let mut found = Vec::new();
    for (a, from) in gone.iter().enumerate() {
        for (b, to) in new.iter().enumerate() {
            if from.name.schema == to.name.schema
                && let Some(likeness) = table_likeness(from, to, (is_by_hand, least))
            {
                let candidate = Candidate::Table {
                    from: from.name.clone(),
                    to: to.name.name.clone(),
                };
                found.push((likeness, a, b, candidate));
            }
        }
    }
    found
}

/// How many hundredths of the columns of two tables are equal, when that is enough of them, or half
/// and the names are similar.
fn table_likeness(from: &Table, to: &Table, (is_by_hand, least): (bool, usize)) -> Option<usize> {
    let most = from.columns.len().max(to.columns.len()).max(1);
    let equal = from.columns.iter().filter(|a| {
        let b = to.column(&a.name);
        let is_alike = |b: &Column| match is_by_hand {
            true => is_akin(&a.data_type, &b.data_type),
            false => a.data_type == b.data_type,
        };
        b.is_some_and(is_alike)
    });
    let likeness = equal.count() * 100 / most;
    let is_similar = is_similar(&from.name.name, &to.name.name);
    let is_like = likeness >= least || (likeness >= 50 && is_similar);
    is_like.then_some(likeness + usize::from(is_similar) * 100)
}

/// Pairs of columns of a table that are alike, the best first; each is in one pair at most.
///
/// What somebody writes and reads is asked about when the types are of a kind and the names or the
/// places alike. What other hands did nobody reads before the values are gone: while there are few, a
/// column that moved is one too, and of very few any may be any.
pub(super) fn columns(
    (from, to): (&Table, &Table),
    is_by_hand: bool,
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
    let holding = |it: &[(usize, &Column)]| {
        let holding = it.iter().filter(|(_, it)| it.generated.is_none());
        holding.count()
    };
    let most = holding(&gone).max(holding(&new));
    let mut found = Vec::new();
    for (a, left) in &gone {
        for (b, right) in &new {
            let is_kept = |name: &Ident| is.contains(name) && shall_be.contains(name);
            let is_near =
                || neighbours(&from.columns, *a, is_kept) == neighbours(&to.columns, *b, is_kept);
            let alike = Alike::of(left, right, is_near);
            if alike.is_asked_about(is_by_hand.then_some(most)) {
                let candidate = Candidate::Column {
                    table: to.name.clone(),
                    from: left.name.clone(),
                    to: right.name.clone(),
                };
                found.push((alike.likeness(), *a, *b, candidate));
            }
        }
    }
    best(found, is_open)
}

/// In what a column that is gone and a new one are alike.
struct Alike {
    /// Whether both are computed or neither is; a computed one holds nothing of its own.
    is_computed: (bool, bool),
    has_same_type: bool,
    is_akin: bool,
    is_similar: bool,
    is_near: bool,
}

impl Alike {
    fn of(left: &Column, right: &Column, is_near: impl Fn() -> bool) -> Self {
        let is_similar = is_similar(&left.name, &right.name);
        Self {
            is_computed: (left.generated.is_some(), right.generated.is_some()),
            has_same_type: left.data_type == right.data_type,
            is_akin: is_akin(&left.data_type, &right.data_type),
            is_similar,
            is_near: is_similar || is_near(),
        }
    }

    /// Whether only a person knows; `by_hand` is how many columns went or came by other hands.
    fn is_asked_about(&self, by_hand: Option<usize>) -> bool {
        const FEW: usize = 3;
        const VERY_FEW: usize = 2;
        let (one, other) = self.is_computed;
        if one != other {
            return false;
        }
        let by_hand = by_hand.filter(|_| !one);
        self.is_akin && self.is_near
            || by_hand.is_some_and(|most| most <= VERY_FEW || (self.is_akin && most <= FEW))
    }

    fn likeness(&self) -> usize {
        let signs = [
            self.has_same_type,
            self.is_akin,
            self.is_near,
            self.is_similar,
        ];
        let weights = [1, 2, 4, 8];
        let weighed = signs.iter().zip(weights);
        weighed.map(|(is, weight)| usize::from(*is) * weight).sum()
    }
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
