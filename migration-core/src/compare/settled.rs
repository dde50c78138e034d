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

use super::CompareError;
use super::alike::is_alike;
use super::ours::drop_tables;
use super::probe::{Probe, is_probe};
use super::rehearsal::Ground;
use crate::database::scratch::Scratch;
use crate::diff::{DiffOptions, diff};
use crate::introspect::{Scope, Whole};
use crate::operation::Operation;
use crate::parallel;
use crate::program::{Built, Written};
use crate::schema::{
    Column, Constraint, ConstraintKind, DataType, ForeignKey, Ident, Index, IndexKey, ObjectName,
    Schema, Table,
};
use crate::sql::{Statement, headline, words};

/// So many plain tables take longer to make than a probe.
pub const WORTHWHILE: usize = 4;

/// Tables that need not be made.
#[derive(Debug, Default)]
pub(super) struct Settled {
    tables: HashSet<ObjectName>,
    /// The scratch place as it is when nothing is made; none unless it was read for a probe.
    pub(super) before: Option<Whole>,
}

/// A table with its indexes.
pub(super) struct Pair<'a> {
    pub(super) table: &'a Table,
    pub(super) indexes: Vec<&'a Index>,
}

/// Tables by name.
pub(super) type Pairs<'a> = HashMap<&'a ObjectName, Pair<'a>>;

/// Makes the kinds of columns of the tables that may be settled; none where that is not worth while,
/// or where the engine refuses one.
///
/// # Errors
///
/// A scratch place that is lost.
pub(super) fn probe(
    ground: &Ground<'_>,
    scratch: &mut Scratch,
    scope: &Scope,
    written: &Written,
) -> Result<Option<Probe>, CompareError> {
    let wanted = pairs(&written.built.schema);
    let candidates = worthwhile(ground, written, &wanted);
    if candidates.is_empty() {
        return Ok(None);
    }
    let tables = candidates.iter().map(|it| it.table);
    Probe::make(ground.dialect, scratch, scope, tables)
}

/// The tables that may be settled, if that is worth while.
pub(super) fn worthwhile<'p, 'w>(
    ground: &Ground<'_>,
    written: &Written,
    wanted: &'p Pairs<'w>,
) -> Vec<&'p Pair<'w>> {
    let candidates: Vec<&Pair<'w>> = candidates(wanted).collect();
    // Who renames compares names that are not the same.
    let renames = !ground.answers.is_empty() || !written.renamed.is_empty();
    let mut ours = written.built.statements_for(ground.dialect);
    let is_enough = candidates.len() >= ground.probe_from.max(1);
    match !is_enough || renames || ours.any(|it| reaches_further(written, it)) {
        true => Vec::new(),
        false => candidates,
    }
}

/// First words of statements that may change tables which they do not name, or what a later one makes.
const FURTHER: [&str; 8] = [
    "DO", "EXECUTE", "PRAGMA", "PREPARE", "RESET", "SELECT", "SET", "USE",
];

/// Whether a statement may do something to tables that it does not name.
fn reaches_further(written: &Written, statement: &Statement) -> bool {
    let mut operations = statement.operations.iter();
    operations.any(|operation| {
        let Operation::Raw { sql } = operation else {
            return false;
        };
        let verb = headline(sql, &written.read_by).verb;
        FURTHER.contains(&verb.as_str())
    })
}

/// The tables that may be settled.
fn candidates<'p, 'w>(wanted: &'p Pairs<'w>) -> impl Iterator<Item = &'p Pair<'w>> {
    wanted
        .values()
        .filter(|it| is_plain(it.table, wanted) && it.indexes.iter().all(|index| is_simple(index)))
}

impl Settled {
    /// Finds the tables that are settled, by what a probe found out.
    pub(super) fn find(probe: Probe, live: &Schema, built: &Built, options: &DiffOptions) -> Self {
        let (wanted, there) = (pairs(&built.schema), pairs(live));
        let candidates = wanted.values().filter(|it| probe.knows(it.table));
        let candidates: Vec<&Pair<'_>> = candidates
            .filter(|it| there.contains_key(&it.table.name))
            .collect();
        let is_equal = |it: &&Pair<'_>| {
            let live = &there[&it.table.name];
            let kinds = probe.kinds(it.table);
            if kinds.is_some_and(|kinds| is_alike(live, it, (&kinds, &wanted))) {
                return true;
            }
            let Some(stored) = probe.stored(it.table) else {
                return false;
            };
            let stored = schema(with_referenced_columns(stored, &wanted), &it.indexes);
            let found = diff(&schema(live.table.clone(), &live.indexes), &stored, options);
            found.changes.is_empty() && found.doubts.is_empty() && found.kept.is_empty()
        };
        // Columns that were read a while ago have to be fetched from memory: two threads wait half as long.
        let is_settled = parallel::map(&candidates, is_equal);
        let settled = candidates.iter().zip(is_settled).filter(|(_, it)| *it);
        Self {
            tables: settled.map(|(it, _)| it.table.name.clone()).collect(),
            before: Some(probe.whole),
        }
    }

    /// Keeps the tables that no statement names but those that do nothing but make them.
    pub(super) fn keep_alone<'s>(
        &mut self,
        statements: impl Iterator<Item = &'s Statement>,
        prefix: &str,
    ) {
        if self.tables.is_empty() {
            return;
        }
        let mut by_word: HashMap<String, Vec<ObjectName>> = HashMap::new();
        for name in &self.tables {
            let word = name.name.as_str().to_ascii_lowercase();
            by_word.entry(word).or_default().push(name.clone());
        }
        let mut makers: HashMap<&ObjectName, Vec<&Statement>> = HashMap::new();
        let mut left = Vec::new();
        for statement in statements {
            match self.made_by(statement) {
                Some(table) => makers.entry(table).or_default().push(statement),
                None => left.push(statement),
            }
        }
        while let Some(statement) = left.pop() {
            let named = words_of(statement, prefix);
            for name in named.iter().filter_map(|it| by_word.remove(it)).flatten() {
                left.extend(makers.remove(&name).unwrap_or_default());
                self.tables.remove(&name);
            }
        }
    }

    /// Whether a statement does nothing but make a settled table, so that nobody needs it.
    pub(super) fn makes(&self, statement: &Statement) -> bool {
        self.made_by(statement).is_some()
    }

    /// The settled table that a statement does nothing but make, with what is plain on it.
    fn made_by<'a>(&self, statement: &'a Statement) -> Option<&'a ObjectName> {
        let table = statement.operations.first().and_then(table_made)?;
        let mut operations = statement.operations.iter();
        let is_alone = operations.all(|it| table_made(it) == Some(table));
        (is_alone && self.tables.contains(table)).then_some(table)
    }

    /// Adds the settled tables, as they are live, to what was made.
    pub(super) fn complete(&self, whole: &mut Whole, live: &Schema) {
        drop_tables(whole, is_probe);
        if self.tables.is_empty() {
            return;
        }
        let schema = &mut whole.schema;
        let is_settled = |name: &ObjectName| self.tables.contains(name);
        let tables = live.tables.iter().filter(|it| is_settled(&it.name));
        schema.tables.extend(tables.cloned());
        let indexes = live.indexes.iter().filter(|it| is_settled(&it.table));
        schema.indexes.extend(indexes.cloned());
        schema
            .tables
            .sort_by(|one, other| one.name.cmp(&other.name));
        schema
            .indexes
            .sort_by(|one, other| one.table.cmp(&other.table));
    }
}

/// The table that an operation makes, or something plain on it.
fn table_made(operation: &Operation) -> Option<&ObjectName> {
    if let Operation::CreateTable { table, .. } = operation {
        Some(&table.name)
    } else if let Operation::CreateIndex { index, .. } = operation {
        Some(&index.table)
    } else if let Operation::AddConstraint { table, .. }
    | Operation::SetTableComment { table, .. }
    | Operation::SetColumnComment { table, .. } = operation
    {
        Some(table)
    } else {
        None
    }
}

/// Tables with their indexes.
pub(super) fn pairs(schema: &Schema) -> Pairs<'_> {
    let alone = |table| Pair {
        table,
        indexes: Vec::new(),
    };
    let tables = schema.tables.iter();
    let mut pairs: Pairs<'_> = tables.map(|table| (&table.name, alone(table))).collect();
    for index in &schema.indexes {
        if let Some(pair) = pairs.get_mut(&index.table) {
            pair.indexes.push(index);
        }
    }
    pairs
}

fn schema(table: Table, indexes: &[&Index]) -> Schema {
    Schema {
        tables: vec![table],
        indexes: indexes.iter().map(|index| (*index).clone()).collect(),
        ..Schema::default()
    }
}

/// Whether nothing about a table but its columns is the engine's to say.
fn is_plain(table: &Table, wanted: &Pairs<'_>) -> bool {
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
fn is_simple(index: &Index) -> bool {
    let is_column = |key: &IndexKey| matches!(key, IndexKey::Column { length: None, .. });
    index.name.is_some()
        && index.method.is_none()
        && index.predicate.is_none()
        && index.parts.iter().all(|part| {
            is_column(&part.key) && part.collation.is_none() && part.operator_class.is_none()
        })
}

/// A foreign key that names no columns leads to the primary key.
fn with_referenced_columns(mut table: Table, wanted: &Pairs<'_>) -> Table {
    for constraint in &mut table.constraints {
        if let ConstraintKind::ForeignKey(key) = &mut constraint.kind
            && key.referenced_columns.is_empty()
        {
            key.referenced_columns = referenced_columns(key, wanted).to_vec();
        }
    }
    table
}

/// The columns that a foreign key leads to.
pub(super) fn referenced_columns<'k>(key: &'k ForeignKey, wanted: &Pairs<'k>) -> &'k [Ident] {
    match wanted.get(&key.references) {
        Some(referenced) if key.referenced_columns.is_empty() => referenced.table.primary_key(),
        Some(_) | None => &key.referenced_columns,
    }
}

/// The words of a statement, in lower case.
pub(super) fn words_of(statement: &Statement, prefix: &str) -> Vec<String> {
    let place = &statement.place;
    let text = place.source.slice(place.span).replace("{prefix}", prefix);
    words(&text).map(str::to_ascii_lowercase).collect()
}
