//! Tables and views, sorted from the parts of an answer.

use std::collections::{HashMap, HashSet};

use super::super::{IntrospectError, Live, Whole, stored};
use super::Part;
use super::attributes::Attributes;
use super::draft::Draft;
use super::key;
use super::kinds::Kinds;
use crate::database::Row;
use crate::schema::{Dependent, DependentKind, Ident, ObjectName};

/// Relations by what the catalog calls them.
#[derive(Default)]
pub(super) struct Relations {
    drafts: HashMap<i64, Draft>,
    kinds: Kinds,
}

impl Relations {
    /// Takes in a whole answer.
    pub(super) fn of(rows: Vec<Row>) -> Self {
        let mut relations = Self::default();
        rows.into_iter().for_each(|row| relations.take(row));
        relations
    }

    /// Puts a part to what it belongs to.
    pub(super) fn take(&mut self, row: Row) {
        let part = Part::of(row);
        let draft = self.drafts.entry(part.owner).or_default();
        if part.kind == "attributes" {
            let text = part.text.as_deref().unwrap_or_default();
            draft.attributes = Attributes::of(text, &mut self.kinds);
        } else {
            draft.take(part);
        }
    }

    /// Puts parts in their order, once all are there.
    fn sort(&mut self) {
        self.drafts.values_mut().for_each(Draft::sort);
        lead(&mut self.drafts);
    }

    /// The only table that was asked for.
    pub(super) fn into_live(mut self, name: &ObjectName) -> Result<Live, IntrospectError> {
        self.sort();
        let draft = self.drafts.into_values().next();
        let Some(draft) = draft.filter(|draft| draft.relation.is_some()) else {
            return Err(IntrospectError::NoSuchTable { name: name.clone() });
        };
        let ddl = draft.text(name, &self.kinds);
        let mut whole = Whole::default();
        draft.add_table(name, (&self.kinds, &mut whole));
        let is_apart = |it: &Dependent| match it.kind {
            DependentKind::Constraint { .. } | DependentKind::Index { .. } => false,
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
            | DependentKind::RowSecurity { .. } => true,
        };
        if whole.schema.tables.is_empty() || !whole.schema.dependents.iter().all(is_apart) {
            return Err(stored::not_understood(&name.to_string(), &ddl));
        }
        Ok(Live {
            schema: whole.schema,
        })
    }

    /// Adds all: tables by name, views after those that they read. Gives the sequences that are a
    /// part of a column.
    pub(super) fn add(mut self, whole: &mut Whole) -> HashSet<i64> {
        self.sort();
        for view in self.views_in_order() {
            if let Some(draft) = self.drafts.remove(&view) {
                draft.add_view(whole);
            }
        }
        let mut tables: Vec<(ObjectName, Draft)> = self
            .drafts
            .into_values()
            .filter_map(|mut draft| Some((draft.name.take()?, draft)))
            .collect();
        tables.sort_unstable_by(|(a, _), (b, _)| a.cmp(b));
        let mut numbering = HashSet::new();
        for (name, draft) in tables {
            numbering.extend(draft.add_table(&name, (&self.kinds, whole)));
        }
        numbering
    }

    /// The views, each after those that it reads, else by name.
    fn views_in_order(&self) -> Vec<i64> {
        let is_view = |draft: &Draft| {
            let relation = draft.relation.as_ref();
            relation.is_some_and(|part| part.kind != "table")
        };
        let mut waiting: Vec<(&ObjectName, i64, &[i64])> = self
            .drafts
            .iter()
            .filter(|(_, draft)| is_view(draft))
            .filter_map(|(id, draft)| Some((draft.name.as_ref()?, *id, draft.reads.as_slice())))
            .collect();
        waiting.sort_unstable();
        let mut missing: HashSet<i64> = waiting.iter().map(|(_, id, _)| *id).collect();
        let mut ordered = Vec::with_capacity(waiting.len());
        while !waiting.is_empty() {
            let is_ready = |reads: &[i64]| !reads.iter().any(|read| missing.contains(read));
            // No view reads itself, but nothing is lost if one did.
            let at = waiting.iter().position(|(_, _, reads)| is_ready(reads));
            let (_, id, _) = waiting.remove(at.unwrap_or(0));
            missing.remove(&id);
            ordered.push(id);
        }
        ordered
    }
}

/// Finds the columns that keys lead to.
fn lead(drafts: &mut HashMap<i64, Draft>) {
    let columns = |table: i64| drafts.get(&table).map(|it| &it.attributes);
    let led_to = |draft: &Draft| -> Vec<Vec<Ident>> {
        let parts = draft.constraints.iter();
        parts.map(|part| key::led_to(part, columns)).collect()
    };
    let found: Vec<_> = drafts.iter().map(|(id, it)| (*id, led_to(it))).collect();
    for (id, led_to) in found {
        if let Some(draft) = drafts.get_mut(&id) {
            draft.led_to = led_to;
        }
    }
}
