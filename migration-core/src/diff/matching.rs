//! Which constraint or index of one side is which of the other.

use crate::schema::Ident;

/// What became of named things.
#[derive(Debug)]
pub(super) struct Matching<'a, T> {
    /// What is on both sides with the same demand; the names may differ.
    pub(super) kept: Vec<(&'a T, &'a T)>,
    /// What is not there any more.
    pub(super) gone: Vec<&'a T>,
    /// What was not there before.
    pub(super) new: Vec<&'a T>,
}

impl<T> Matching<'_, T> {
    /// Drops what was kept and makes it anew where `is_forced`.
    pub(super) fn force(&mut self, is_forced: impl Fn(&T, &T) -> bool) {
        let (gone, new) = (&mut self.gone, &mut self.new);
        self.kept.retain(|(from, to)| {
            let is_forced = is_forced(from, to);
            if is_forced {
                gone.push(from);
                new.push(to);
            }
            !is_forced
        });
    }
}

/// How two things of a kind are compared.
pub(super) struct Rules<'r, T> {
    /// The name.
    pub(super) name: &'r dyn Fn(&T) -> Option<&Ident>,
    /// Whether both demand the same.
    pub(super) is_same: &'r dyn Fn(&T, &T) -> bool,
    /// Whether nobody chose the name of the one that shall be there.
    pub(super) is_unnamed: &'r dyn Fn(&T) -> bool,
    /// Whether one may get another name.
    pub(super) renames: bool,
}

/// Matches by name and demand, then what has no chosen name by demand, then by name, then by demand
/// with another name.
pub(super) fn matching<'a, T>(
    from: &[&'a T],
    to: &[&'a T],
    rules: &Rules<'_, T>,
) -> Matching<'a, T> {
    let mut left: Vec<Option<&'a T>> = from.iter().copied().map(Some).collect();
    let mut wanted: Vec<Option<&'a T>> = to.iter().copied().map(Some).collect();
    let mut kept = Vec::new();
    let mut new = Vec::new();
    let same_name = |a: &T, b: &T| (rules.name)(a) == (rules.name)(b);
    let mut pass = |wanted: &mut Vec<Option<&'a T>>, is_match: &dyn Fn(&T, &T) -> bool| {
        for slot in wanted.iter_mut() {
            let Some(to) = *slot else { continue };
            let found = left
                .iter_mut()
                .find(|it| it.is_some_and(|from| is_match(from, to)));
            if let Some(from) = found.and_then(Option::take) {
                kept.push((from, to));
                *slot = None;
            }
        }
    };
    pass(&mut wanted, &|a, b| {
        same_name(a, b) && (rules.is_same)(a, b)
    });
    // A name that another one was given on purpose has to be free.
    let is_chosen = |a: &T| {
        let mut to = to.iter().filter(|it| !(rules.is_unnamed)(it));
        to.any(|it| (rules.name)(it).is_some() && same_name(a, it))
    };
    pass(&mut wanted, &|a, b| {
        (rules.is_unnamed)(b) && (rules.is_same)(a, b) && !is_chosen(a)
    });
    if rules.renames {
        let is_taken = |b: &T| {
            let mut from = from.iter();
            from.any(|it| (rules.name)(it).is_some() && same_name(it, b))
        };
        let is_wanted = |a: &T| {
            let mut to = to.iter();
            to.any(|it| (rules.name)(it).is_some() && same_name(a, it))
        };
        pass(&mut wanted, &|a, b| {
            (rules.is_same)(a, b) && !is_taken(b) && !is_wanted(a)
        });
    }
    new.extend(wanted.into_iter().flatten());
    Matching {
        kept,
        gone: left.into_iter().flatten().collect(),
        new,
    }
}
