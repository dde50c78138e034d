//! The two schemas, with their objects by name.

use std::collections::{HashMap, HashSet};

use super::DiffOptions;
use super::mention::Names;
use super::order::Thing;
use super::partitions::{self, Partition};
use crate::schema::{Dependent, DependentKind, Ident, Index, ObjectName, Schema, Table};

/// Both schemas and what was asked.
#[derive(Debug)]
pub(super) struct Sides<'a> {
    /// What is there, after renames.
    pub(super) from: Side<'a>,
    /// What shall be there.
    pub(super) to: Side<'a>,
    /// Sequences of one table that another one uses, too.
    pub(super) shared: HashSet<&'a ObjectName>,
    /// What was asked.
    pub(super) options: &'a DiffOptions,
}

/// One schema.
#[derive(Debug)]
pub(super) struct Side<'a> {
    /// The schema.
    pub(super) schema: &'a Schema,
    /// Its tables.
    pub(super) tables: HashMap<&'a ObjectName, &'a Table>,
    indexes: HashMap<&'a ObjectName, Vec<&'a Index>>,
    bound: HashMap<&'a ObjectName, Vec<&'a Dependent>>,
    /// Its partitions.
    pub(super) partitions: HashMap<&'a ObjectName, Partition<'a>>,
    /// Every object that a text may mention.
    pub(super) names: Names<'a>,
}

impl<'a> Side<'a> {
    /// Reads a schema; `former` are names that its texts may still use, and what they mean.
    pub(super) fn new(schema: &'a Schema, former: &'a [(Ident, ObjectName)]) -> Self {
        let mut indexes: HashMap<_, Vec<_>> = HashMap::new();
        for index in &schema.indexes {
            indexes.entry(&index.table).or_default().push(index);
        }
        let mut bound: HashMap<_, Vec<_>> = HashMap::new();
        for dependent in &schema.dependents {
            if let Some(table) = dependent.table() {
                bound.entry(table).or_default().push(dependent);
            }
        }
        let mut names = names(schema);
        for (name, table) in former {
            names.insert(name.as_str(), Thing::Table(table));
        }
        Self {
            schema,
            tables: schema.tables.iter().map(|it| (&it.name, it)).collect(),
            indexes,
            bound,
            partitions: partitions::of(schema),
            names,
        }
    }

    /// The indexes of a table.
    pub(super) fn indexes_of(&self, table: &ObjectName) -> &[&'a Index] {
        self.indexes.get(table).map_or(&[], Vec::as_slice)
    }

    /// What is known by its text and stands on a table.
    pub(super) fn bound_to(&self, table: &ObjectName) -> &[&'a Dependent] {
        self.bound.get(table).map_or(&[], Vec::as_slice)
    }

    /// The types among what a text mentions.
    pub(super) fn types_in(&self, text: &str) -> Vec<Thing<'a>> {
        let mut found = self.names.mentioned(text);
        found.retain(|thing| matches!(thing, Thing::Type(_)));
        found
    }

    /// The functions, sequences and types among what a text mentions.
    pub(super) fn beside_in(&self, text: &str) -> Vec<Thing<'a>> {
        let mut found = self.names.mentioned(text);
        found.retain(|thing| {
            matches!(
                thing,
                Thing::Type(_) | Thing::Function(_) | Thing::Sequence(_)
            )
        });
        found
    }
}

fn names(schema: &Schema) -> Names<'_> {
    let mut names = Names::default();
    let mut insert = |name: &'_ ObjectName, thing| names.insert(name.name.as_str(), thing);
    for table in &schema.tables {
        insert(&table.name, Thing::Table(&table.name));
    }
    for it in &schema.enums {
        insert(&it.name, Thing::Type(&it.name));
    }
    for it in &schema.sequences {
        insert(&it.name, Thing::Sequence(&it.name));
    }
    for it in &schema.views {
        insert(&it.name, Thing::View(&it.name));
    }
    for it in &schema.dependents {
        match it.kind {
            DependentKind::View | DependentKind::MaterializedView => {
                insert(&it.name, Thing::View(&it.name));
            }
            DependentKind::Function { .. } | DependentKind::Procedure { .. } => {
                insert(&it.name, Thing::Function(&it.name));
            }
            DependentKind::Domain => insert(&it.name, Thing::Type(&it.name)),
            DependentKind::Partition { .. } => insert(&it.name, Thing::Table(&it.name)),
            DependentKind::Trigger { .. }
            | DependentKind::Policy { .. }
            | DependentKind::Rule { .. }
            | DependentKind::Switched { .. }
            | DependentKind::Statistics { .. }
            | DependentKind::DomainRule { .. }
            | DependentKind::Constraint { .. }
            | DependentKind::Index { .. }
            | DependentKind::RowSecurity { .. } => {}
        }
    }
    names
}
