//! Tables of the models that the live database plainly has, so that the scratch place need not make
//! them.
//!
//! A table that has only plain columns, keys and indexes is known as the engine would store it once a
//! [`Probe`] has made its kinds of columns. The live table that equals it is *settled*. All other
//! tables are made as they are written, and so is every settled one that another statement names.
//!
//! *Invariant:* nothing is settled on a guess. What is not plain, what cannot be probed and what
//! differs is made by the engine.

use std::collections::{HashMap, HashSet};

use super::ours::drop_tables;
use super::probe::{Probe, is_probe};
use super::{CompareError, Setting};
use crate::database::scratch::Scratch;
use crate::diff::{DiffOptions, diff};
use crate::introspect::{Scope, Whole};
use crate::operation::Operation;
use crate::program::{Action, Built, Program};
use crate::schema::{
    Column, Constraint, ConstraintKind, DataType, Index, IndexKey, ObjectName, Schema, Table,
};

/// So many plain tables take longer to make than a probe.
pub const WORTHWHILE: usize = 12;

/// Tables that need not be made.
#[derive(Debug, Default)]
pub(super) struct Settled {
    tables: HashSet<ObjectName>,
    /// The scratch place as it is when nothing is made; none unless it was read for a probe.
    pub(super) before: Option<Whole>,
}

/// A table with its indexes.
type Tables<'a> = HashMap<&'a ObjectName, (&'a Table, Vec<&'a Index>)>;

impl Settled {
    /// Finds the tables that are settled.
    ///
    /// # Errors
    ///
    /// A scratch place that is lost; a probe that the engine refuses settles nothing.
    pub(super) fn find(
        setting: &Setting<'_>,
        scratch: &mut Scratch,
        (scope, live): (&Scope, &Schema),
        built: &Built,
        options: &DiffOptions,
    ) -> Result<Self, CompareError> {
        let (wanted, there) = (tables(&built.schema), tables(live));
        let is_candidate = |(name, (table, indexes)): &(&&ObjectName, &(&Table, Vec<&Index>))| {
            there.contains_key(**name) && is_plain(table, &wanted) && indexes.iter().all(is_simple)
        };
        let candidates: Vec<_> = wanted.iter().filter(is_candidate).collect();
        // Who renames compares names that are not the same.
        if candidates.len() < setting.probe_from.max(1) || !options.answers.is_empty() {
            return Ok(Self::default());
        }
        let probed = candidates.iter().map(|(_, (table, _))| *table);
        let Some(probe) = Probe::make(setting.linker.dialect, scratch, scope, probed)? else {
            return Ok(Self::default());
        };
        let is_equal = |(name, (table, indexes)): &&(&&ObjectName, &(&Table, Vec<&Index>))| {
            let Some(stored) = probe.stored(table) else {
                return false;
            };
            let stored = schema(with_referenced_columns(stored, &wanted), indexes);
            let (live, live_indexes) = &there[**name];
            let found = diff(&schema((*live).clone(), live_indexes), &stored, options);
            found.changes.is_empty() && found.doubts.is_empty() && found.kept.is_empty()
        };
        let settled = candidates.iter().filter(is_equal);
        Ok(Self {
            tables: settled.map(|(name, _)| (**name).clone()).collect(),
            before: Some(probe.whole),
        })
    }

    /// Takes out of the models what makes nothing but settled tables. A table that is named by what
    /// is left is settled no longer.
    pub(super) fn take_out_of(&mut self, program: &mut Program) {
        if self.tables.is_empty() {
            return;
        }
        let prefix = program.prefix.clone();
        for step in &mut program.steps {
            let mut kept = vec![false; step.actions.len()];
            loop {
                let is_left =
                    |(at, action): &(usize, &Action)| !kept[*at] && !self.makes_only(action);
                let left: Vec<usize> = (step.actions.iter().enumerate())
                    .filter(is_left)
                    .map(|(at, _)| at)
                    .collect();
                if left.is_empty() {
                    break;
                }
                for at in left {
                    kept[at] = true;
                    let named = words(&step.actions[at], &prefix);
                    self.tables
                        .retain(|it| !named.contains(&it.name.as_str().to_ascii_lowercase()));
                }
            }
            let mut kept = kept.into_iter();
            step.actions.retain(|_| kept.next().unwrap_or(true));
        }
    }

    /// Whether an action does nothing but make settled tables and what is plain on them.
    fn makes_only(&self, action: &Action) -> bool {
        action.operations.iter().all(|operation| {
            let table = match operation {
                Operation::CreateTable { table, .. } => &table.name,
                Operation::CreateIndex { index, .. } => &index.table,
                Operation::AddConstraint { table, .. }
                | Operation::SetTableComment { table, .. }
                | Operation::SetColumnComment { table, .. } => table,
                Operation::DropTable { .. }
                | Operation::RenameTable { .. }
                | Operation::AddColumn { .. }
                | Operation::DropColumn { .. }
                | Operation::RenameColumn { .. }
                | Operation::SetType { .. }
                | Operation::SetNullable { .. }
                | Operation::SetDefault { .. }
                | Operation::SetIdentity { .. }
                | Operation::DropExpression { .. }
                | Operation::DropConstraint { .. }
                | Operation::RenameConstraint { .. }
                | Operation::ValidateConstraint { .. }
                | Operation::DropIndex { .. }
                | Operation::RenameIndex { .. }
                | Operation::View(_)
                | Operation::Sequence(_)
                | Operation::Namespace(_)
                | Operation::Enum(_)
                | Operation::Raw { .. }
                | Operation::Call { .. } => return false,
            };
            self.tables.contains(table)
        })
    }

    /// Adds the settled tables, as they are live, to what was made.
    pub(super) fn complete(&self, whole: &mut Whole, live: &Schema) {
        drop_tables(whole, is_probe);
        if self.tables.is_empty() {
            return;
        }
        let schema = &mut whole.schema;
        let tables = live
            .tables
            .iter()
            .filter(|it| self.tables.contains(&it.name));
        schema.tables.extend(tables.cloned());
        let indexes = live
            .indexes
            .iter()
            .filter(|it| self.tables.contains(&it.table));
        schema.indexes.extend(indexes.cloned());
        schema
            .tables
            .sort_by(|one, other| one.name.cmp(&other.name));
        schema
            .indexes
            .sort_by(|one, other| one.table.cmp(&other.table));
    }
}

fn tables(schema: &Schema) -> Tables<'_> {
    let mut tables: Tables<'_> = schema
        .tables
        .iter()
        .map(|table| (&table.name, (table, Vec::new())))
        .collect();
    for index in &schema.indexes {
        if let Some((_, indexes)) = tables.get_mut(&index.table) {
            indexes.push(index);
        }
    }
    tables
}

fn schema(table: Table, indexes: &[&Index]) -> Schema {
    Schema {
        tables: vec![table],
        indexes: indexes.iter().map(|index| (*index).clone()).collect(),
        ..Schema::default()
    }
}

/// Whether nothing about a table but its columns is the engine's to say.
fn is_plain(table: &Table, wanted: &Tables<'_>) -> bool {
    let is_name = |name: &ObjectName| {
        let is_sign = |sign: u8| sign.is_ascii_alphanumeric() || matches!(sign, b'_' | b'$');
        name.schema.is_none() && name.name.as_str().bytes().all(is_sign)
    };
    let is_key = |constraint: &Constraint| {
        !constraint.not_valid
            && match &constraint.kind {
                ConstraintKind::PrimaryKey { .. } | ConstraintKind::Unique { .. } => true,
                ConstraintKind::ForeignKey(key) => wanted.contains_key(&key.references),
                ConstraintKind::Check { .. } => false,
            }
    };
    let key = table.primary_key();
    let is_column = |column: &Column| {
        let is_numbered = column.identity.is_some();
        column.generated.is_none()
            && column.attributes.is_empty()
            && !matches!(column.data_type, DataType::Other(_))
            && (!is_numbered || key.contains(&column.name))
    };
    is_name(&table.name)
        && !table.temporary
        && table.options.is_empty()
        && table.constraints.iter().all(is_key)
        && table.columns.iter().all(is_column)
}

/// Whether nothing about an index is the engine's to say.
fn is_simple(index: &&Index) -> bool {
    let is_column = |key: &IndexKey| matches!(key, IndexKey::Column { length: None, .. });
    index.name.is_some()
        && index.method.is_none()
        && index.predicate.is_none()
        && index.parts.iter().all(|part| {
            is_column(&part.key) && part.collation.is_none() && part.operator_class.is_none()
        })
}

/// A foreign key that names no columns leads to the primary key.
fn with_referenced_columns(mut table: Table, wanted: &Tables<'_>) -> Table {
    for constraint in &mut table.constraints {
        if let ConstraintKind::ForeignKey(key) = &mut constraint.kind
            && key.referenced_columns.is_empty()
            && let Some((referenced, _)) = wanted.get(&key.references)
        {
            key.referenced_columns = referenced.primary_key().to_vec();
        }
    }
    table
}

/// The words of the statements that an action was written in.
fn words(action: &Action, prefix: &str) -> HashSet<String> {
    let texts = action.places.iter().chain([&action.place]);
    let texts = texts.map(|place| place.source.slice(place.span).replace("{prefix}", prefix));
    let is_other = |sign: char| !(sign.is_ascii_alphanumeric() || matches!(sign, '_' | '$'));
    let mut words = HashSet::new();
    for text in texts {
        words.extend(text.split(is_other).map(str::to_ascii_lowercase));
    }
    words
}
