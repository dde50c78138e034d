//! What says more than the model holds: left out of the comparison, and told apart by its text.

use super::ours::drop_tables;
use super::{Filter, Found, Unread};
use crate::introspect::Whole;
use crate::program::LeftOut;
use crate::schema::ObjectName;

/// What was taken out of both sides.
#[derive(Debug, Default)]
pub(super) struct Aside {
    /// Of which nobody can tell whether they differ.
    pub(super) unread: Vec<Unread>,
    /// Which differ: their texts do, or only one side has such an object.
    pub(super) differing: Vec<ObjectName>,
}

/// How what is wanted was made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Made {
    /// All of it in a scratch place.
    Wholly,
    /// But for what would have reached beyond that.
    InPart,
    /// By rules.
    ByRules,
}

impl Made {
    /// By where it was found, and what was left out there.
    pub(super) fn of(found: &Found, left_out: &[LeftOut]) -> Self {
        match found {
            Found::InScratch if left_out.is_empty() => Self::Wholly,
            Found::InScratch => Self::InPart,
            Found::ByRules { .. } => Self::ByRules,
        }
    }

    /// Whether an object that is not the same on both sides differs.
    fn tells(self, name: &ObjectName, wanted: &Whole) -> bool {
        match self {
            Self::Wholly => true,
            Self::InPart => {
                let is_unread = wanted.unread.iter().any(|it| it.name == *name);
                is_unread || wanted.schema.table(name).is_some()
            }
            Self::ByRules => false,
        }
    }
}

/// Takes what is not understood, on one side at least, out of both, and returns it unless both say
/// the same. A table of which both understand all but a part that is the same stays.
///
/// Texts tell something where the same engine wrote both.
pub(super) fn set_aside(
    (live, wanted): (&mut Whole, &mut Whole),
    filter: &Filter,
    made: Made,
) -> Aside {
    let mut unequal: Vec<Unread> = Vec::new();
    for (one, other) in [(&*live, &*wanted), (&*wanted, &*live)] {
        for it in &one.unread {
            let is_known = unequal.iter().any(|known| known.name == it.name);
            let is_equal = other.unread.iter().any(|other| other.says_the_same(it));
            if !is_known && !is_equal {
                unequal.push(it.clone());
            }
        }
    }
    let is_understood = |name: &ObjectName| {
        let differs = unequal.iter().any(|it| it.name == *name);
        let [here, there] = [&*live, &*wanted].map(|it| it.schema.table(name).is_some());
        !differs && here && there
    };
    let unread = || live.unread.iter().chain(&wanted.unread);
    let names = unread().map(|it| &it.name);
    let names = names.filter(|name| !is_understood(name));
    let names: Vec<ObjectName> = names.cloned().collect();
    // A text that is kept from who may not see it says nothing.
    let is_shown =
        |name: &ObjectName| unread().all(|it| it.name != *name || !it.ddl.trim().is_empty());
    let (differing, unread): (Vec<_>, Vec<_>) = unequal
        .iter()
        .filter(|it| filter.is_looked_at(&it.name))
        .cloned()
        .partition(|it| made.tells(&it.name, wanted) && is_shown(&it.name));
    for whole in [live, wanted] {
        drop_tables(whole, |name| names.contains(name));
        let schema = &mut whole.schema;
        schema.views.retain(|it| !names.contains(&it.name));
        schema.dependents.retain(|it| !names.contains(&it.name));
    }
    Aside {
        unread,
        differing: differing.into_iter().map(|it| it.name).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn whole(texts: &[(&str, &str)]) -> Whole {
        let unread = texts.iter().map(|(name, ddl)| Unread {
            name: ObjectName::new(*name),
            ddl: (*ddl).to_owned(),
        });
        Whole {
            unread: unread.collect(),
            ..Whole::default()
        }
    }

    /// The names that differ, and those of which nobody can tell.
    #[track_caller]
    fn check(
        live: &[(&str, &str)],
        wanted: &[(&str, &str)],
        (differ, unknown): (&[&str], &[&str]),
    ) {
        let (mut live, mut wanted) = (whole(live), whole(wanted));
        let aside = set_aside((&mut live, &mut wanted), &Filter::default(), Made::Wholly);
        let names: Vec<_> = aside.differing.iter().map(ToString::to_string).collect();
        assert_eq!(names, differ);
        let names: Vec<_> = aside.unread.iter().map(|it| it.name.to_string()).collect();
        assert_eq!(names, unknown);
    }

    #[test]
    fn texts_tell_what_differs() {
        let made = ("t", "CREATE TABLE \"t\" (a INT)  PARTITION BY HASH (a)");
        let other = ("t", "CREATE TABLE t (a INT) PARTITION BY KEY (a)");
        check(&[made], &[other], (&["t"], &[]));
        check(&[made], &[], (&["t"], &[]));
        check(&[], &[made], (&["t"], &[]));
        let spelled = ("t", "create table t (a int) partition by hash (a) -- by us");
        check(&[made], &[spelled], (&[], &[]));
        check(&[made], &[("t", "")], (&[], &["t"]));
    }

    #[test]
    fn what_was_left_out_may_have_made_it() {
        let mut live = whole(&[("e", "CREATE EVENT e"), ("t", "CREATE TABLE t (a)")]);
        let mut wanted = whole(&[("t", "CREATE TABLE t (b)")]);
        let sides = (&mut live, &mut wanted);
        let aside = set_aside(sides, &Filter::default(), Made::InPart);
        assert_eq!(aside.differing, [ObjectName::new("t")]);
        assert_eq!(aside.unread[0].name, ObjectName::new("e"));
    }

    #[test]
    fn what_is_left_alone_and_what_texts_cannot_tell_is_no_difference() {
        let sides = || (whole(&[("t", "a")]), whole(&[("t", "b")]));
        let (mut live, mut wanted) = sides();
        let aside = set_aside((&mut live, &mut wanted), &Filter::default(), Made::ByRules);
        assert_eq!((aside.differing.len(), aside.unread.len()), (0, 1));
        let (mut live, mut wanted) = sides();
        let filter = Filter {
            exclude_tables: vec![super::super::Pattern::new("t")],
            ..Filter::default()
        };
        let aside = set_aside((&mut live, &mut wanted), &filter, Made::Wholly);
        assert_eq!((aside.differing.len(), aside.unread.len()), (0, 0));
    }
}
