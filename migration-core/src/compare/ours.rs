//! Which part of a live database is ours: what is wanted there, and what our revisions made.

use std::collections::HashSet;

use super::{Filter, partitions};
use crate::dialect::VersionTable;
use crate::diff::Answer;
use crate::introspect::Whole;
use crate::program::Built;
use crate::revision::RevisionId;
use crate::schema::{Dependent, DependentKind, Ident, NameSet, ObjectName, Schema, Table};

/// What tells ours from what others made.
pub(super) struct Ours<'a> {
    /// What should be.
    pub(super) wanted: &'a Whole,
    /// What the applied revisions made.
    pub(super) built: &'a Built,
    /// What each of the others would make, where that counts as ours.
    pub(super) later: &'a [(RevisionId, Built)],
    /// What is known of renames: a table that was given another name stays ours.
    pub(super) answers: &'a [Answer],
    /// Whether other hands may have given a table another name.
    pub(super) is_by_hand: bool,
    pub(super) version_table: &'a VersionTable,
    pub(super) tells_case_apart: bool,
}

/// A live database, parted.
pub(super) struct Parted {
    /// What is ours.
    pub(super) live: Whole,
    /// The tables that begin with our prefix and are nobody's of us.
    pub(super) foreign: Vec<ObjectName>,
    /// The tables that nobody made who is applied, with who would.
    pub(super) early: Vec<(ObjectName, RevisionId)>,
    /// The tables that may be some of ours under other names.
    pub(super) moved: Vec<Moved>,
    /// Tables that are nobody's of us, where other hands may have given one that is missing the name
    /// of one of them.
    pub(super) others: Vec<Table>,
}

/// A live table of nobody that has an index or a key by the name of one of a table that is not there:
/// these keep their names when a table gets another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Moved {
    /// What is there.
    pub live: ObjectName,
    /// What is not.
    pub wanted: ObjectName,
    /// The index or key.
    pub by: Ident,
}

impl Ours<'_> {
    /// Finds our part.
    pub(super) fn part_of(&self, mut live: Whole, (prefix, filter): (&str, &Filter)) -> Parted {
        let built = self.built.names(self.tells_case_apart);
        let wanted = NameSet::new(names(self.wanted), self.tells_case_apart);
        let later = self.names_later();
        let is_made = |name: &ObjectName| {
            built.contains(name) || wanted.contains(name) || self.was_renamed(name)
        };
        let maker = |name: &ObjectName| later.iter().find(|(_, names)| names.contains(name));
        let is_ours = |name: &ObjectName| is_made(name) || maker(name).is_some();
        let tables = live.schema.tables.iter().map(|it| &it.name);
        let tables = tables.chain(live.unread.iter().map(|it| &it.name));
        let (mut foreign, mut book, mut early) = (Vec::new(), Vec::new(), Vec::new());
        for name in tables {
            if is_bookkeeping(name, self.version_table) {
                book.push(name.clone());
                continue;
            }
            if is_made(name) || !filter.is_looked_at(name) {
                continue;
            }
            match maker(name) {
                Some((id, _)) => early.push((name.clone(), (*id).clone())),
                None if begins(name, prefix) => foreign.push(name.clone()),
                None => {}
            }
        }
        let in_place = partitions::in_place(&live.schema, &self.wanted.schema);
        let added = partitions::added((&live.schema, &in_place), is_ours);
        let is_told = |it: &ObjectName| filter.is_looked_at(it) && begins(it, prefix);
        foreign.extend(added.into_iter().filter(is_told));
        let is_known = |name: &ObjectName| is_ours(name) || book.contains(name);
        let strange = live.schema.tables.iter().filter(|it| !is_known(&it.name));
        let (mut others, mut moved) = (Vec::new(), Vec::new());
        let lost = self.lost(&live.schema);
        if !lost.is_empty() {
            let strange: Vec<&Table> = strange.collect();
            moved = self.moved(&lost, (&strange, &live.schema));
            let may_be = |it: &&&Table| self.is_by_hand && filter.is_looked_at(&it.name);
            others = strange.iter().filter(may_be).copied().cloned().collect();
        }
        drop_tables(&mut live, |name| book.contains(name) || !is_ours(name));
        self.keep(&mut live.schema, is_ours, &in_place);
        Parted {
            live,
            foreign,
            early,
            moved,
            others,
        }
    }

    /// What each of the other revisions would make.
    fn names_later(&self) -> Vec<(&RevisionId, NameSet)> {
        let later = self.later.iter();
        let names = later.map(|(id, built)| (id, built.names(self.tells_case_apart)));
        names.collect()
    }

    /// Keeps what is ours of what stands beside tables; partitions also that stand where ours belong.
    fn keep(
        &self,
        schema: &mut Schema,
        is_ours: impl Fn(&ObjectName) -> bool,
        in_place: &HashSet<ObjectName>,
    ) {
        let is_in_place = |it: &Dependent| {
            matches!(it.kind, DependentKind::Partition { .. }) && in_place.contains(&it.name)
        };
        schema.views.retain(|it| is_ours(&it.name));
        schema.sequences.retain(|it| is_ours(&it.name));
        schema.enums.retain(|it| is_ours(&it.name));
        schema.dependents.retain(|it| match it.table() {
            Some(table) => is_ours(table),
            None => is_ours(&it.name) || is_in_place(it),
        });
        let wanted = &self.wanted.schema.namespaces;
        let built = self.built.namespaces();
        schema
            .namespaces
            .retain(|it| wanted.contains(it) || built.iter().any(|(name, is)| *is && name == it));
    }

    /// The wanted tables that are not there.
    fn lost(&self, live: &Schema) -> Vec<&Table> {
        let there: HashSet<&ObjectName> = live.tables.iter().map(|it| &it.name).collect();
        let wanted = self.wanted.schema.tables.iter();
        wanted.filter(|it| !there.contains(&it.name)).collect()
    }

    /// Which of them strange tables may be, by what stands on these.
    fn moved(&self, lost: &[&Table], (strange, live): (&[&Table], &Schema)) -> Vec<Moved> {
        let lost = lost.iter();
        let lost: Vec<(&ObjectName, Vec<Ident>)> = lost
            .map(|it| (&it.name, carried(it, &self.wanted.schema)))
            .collect();
        let found = strange.iter().filter_map(|table| {
            let own = carried(table, live);
            lost.iter().find_map(|(wanted, names)| {
                let by = names.iter().find(|name| own.contains(name))?;
                Some(Moved {
                    live: table.name.clone(),
                    wanted: (*wanted).clone(),
                    by: by.clone(),
                })
            })
        });
        found.collect()
    }

    /// Whether somebody said that the table has another name now.
    fn was_renamed(&self, name: &ObjectName) -> bool {
        let renames = self.answers.iter().filter(|it| it.is_rename);
        let mut tables = renames.filter_map(|it| it.candidate.tables());
        tables.any(|(from, _)| from == name)
    }
}

/// The names of what stands on a table.
fn carried(table: &Table, schema: &Schema) -> Vec<Ident> {
    let indexes = schema.indexes_of(&table.name);
    let constraints = table.constraints.iter();
    indexes
        .filter_map(|it| it.name.clone())
        .chain(constraints.map(|it| table.constraint_name(it)))
        .collect()
}

/// Whether it is a version table, or one of the tables beside it.
pub(super) fn is_bookkeeping(name: &ObjectName, version_table: &VersionTable) -> bool {
    let schema = name.schema.as_ref().map(|it| it.as_str());
    let is_there = schema.is_none() || schema == version_table.schema.as_deref();
    let own = name.name.as_str();
    let beside = own
        .strip_suffix("_log")
        .or_else(|| own.strip_suffix("_lock"));
    is_there && (own == version_table.name || beside == Some(&version_table.name))
}

fn begins(name: &ObjectName, prefix: &str) -> bool {
    name.name.as_str().starts_with(prefix)
}

fn names(whole: &Whole) -> impl Iterator<Item = &ObjectName> {
    let schema = &whole.schema;
    (schema.tables.iter().map(|it| &it.name))
        .chain(schema.views.iter().map(|it| &it.name))
        .chain(schema.sequences.iter().map(|it| &it.name))
        .chain(schema.enums.iter().map(|it| &it.name))
        .chain(
            schema
                .dependents
                .iter()
                .filter(|it| it.table().is_none())
                .map(|it| &it.name),
        )
        .chain(whole.unread.iter().map(|it| &it.name))
}

/// Drops tables with what stands on them, and what is unread under their names.
pub(super) fn drop_tables(whole: &mut Whole, is_dropped: impl Fn(&ObjectName) -> bool) {
    whole.unread.retain(|it| !is_dropped(&it.name));
    whole.invalid.retain(|it| !is_dropped(&it.table));
    drop_from(&mut whole.schema, is_dropped);
}

/// The same of a schema.
pub(super) fn drop_from(schema: &mut Schema, is_dropped: impl Fn(&ObjectName) -> bool) {
    schema.tables.retain(|it| !is_dropped(&it.name));
    schema.indexes.retain(|it| !is_dropped(&it.table));
    let stays = |it: &Dependent| !it.table().is_some_and(&is_dropped);
    schema.dependents.retain(stays);
}
