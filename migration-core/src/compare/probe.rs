//! What the engine makes of kinds of columns, found out by making each kind once.
//!
//! What a type and a default become depends on that column alone, as long as no expression names
//! another, and on whether the column is part of the primary key.

use std::collections::HashMap;

use super::CompareError;
use crate::database::Connection;
use crate::database::scratch::Scratch;
use crate::dialect::Dialect;
use crate::introspect::{self, Scope, Whole};
use crate::operation::Operation;
use crate::schema::{Column, Constraint, ConstraintKind, Ident, ObjectName, Schema, Table};

/// What the names of probes begin with.
const PREFIX: &str = "_migrate_probe_";

/// Columns of one probe; MySQL's rows hold 65,535 bytes.
const COLUMNS: usize = 20;

/// More kinds than this are not looked for.
const KINDS: usize = 400;

/// What the engine made.
pub(super) struct Probe {
    /// Columns outside of keys: as written, and as stored.
    columns: Kinds<Column>,
    /// The columns of a primary key, in the order of the table.
    keys: Kinds<Vec<Column>>,
    /// What kinds the columns of each table are, in their order; none where one was not probed.
    tables: HashMap<ObjectName, Option<Vec<Kind>>>,
    /// What else is in the scratch place; the probes may be in it, too.
    pub(super) whole: Whole,
}

/// Where the kind of a column is found.
#[derive(Clone, Copy)]
enum Kind {
    Column(usize),
    /// A column of a key, and which one of it.
    Key(usize, usize),
}

/// Things as they are written, without names, and as they are stored.
struct Kinds<T>(Vec<(T, Option<T>)>);

impl<T> Kinds<T> {
    /// The number of a kind, which is added when there is none yet; none when there are too many.
    fn number(&mut self, is_it: impl Fn(&T) -> bool, kind: impl FnOnce() -> T) -> Option<usize> {
        let found = self.0.iter().position(|(known, _)| is_it(known));
        if found.is_some() || self.0.len() == KINDS {
            return found;
        }
        self.0.push((kind(), None));
        Some(self.0.len() - 1)
    }

    /// As it is stored.
    fn stored(&self, number: usize) -> Option<&T> {
        self.0.get(number)?.1.as_ref()
    }
}

impl Probe {
    /// Makes the kinds of columns that tables have, and reads them back; none when the engine
    /// refuses one.
    ///
    /// # Errors
    ///
    /// A scratch place that is lost.
    pub(super) fn make<'t>(
        dialect: Dialect,
        scratch: &mut Scratch,
        scope: &Scope,
        tables: impl Iterator<Item = &'t Table>,
    ) -> Result<Option<Self>, CompareError> {
        let mut probe = Self {
            columns: Kinds(Vec::new()),
            keys: Kinds(Vec::new()),
            tables: HashMap::new(),
            whole: Whole::default(),
        };
        for table in tables {
            let kinds = probe.number(table);
            probe.tables.insert(table.name.clone(), kinds);
        }
        let probes = probe.to_make();
        if create(dialect, scratch.connection(), &probes).is_none() {
            return Ok(None);
        }
        let is_read = if scope.schemas.is_empty() {
            let names: Vec<ObjectName> = probes.into_iter().map(|it| it.name).collect();
            probe.read(&introspect::columns(scratch.connection(), &names)?)
        } else {
            probe.whole = introspect::whole(scratch.connection(), scope)?;
            let schema = std::mem::take(&mut probe.whole.schema);
            let is_read = probe.read(&schema);
            probe.whole.schema = schema;
            is_read
        };
        Ok(is_read.then_some(probe))
    }

    /// The kinds of a table's columns, which are added where they are new.
    fn number(&mut self, table: &Table) -> Option<Vec<Kind>> {
        let names = table.primary_key();
        let key: Vec<&Column> = match names {
            [] => Vec::new(),
            names => {
                let columns = table.columns.iter();
                columns.filter(|it| names.contains(&it.name)).collect()
            }
        };
        let key_number = match key.as_slice() {
            [] => None,
            key => {
                let kinds = || key.iter().map(|it| kind(it)).collect();
                self.keys.number(|known| are_same_kinds(known, key), kinds)
            }
        };
        let mut places = 0..;
        let mut number = |column: &Column| {
            if names.contains(&column.name) {
                return Some(Kind::Key(key_number?, places.next()?));
            }
            let is_it = |known: &Column| is_same_kind(known, column);
            self.columns
                .number(is_it, || kind(column))
                .map(Kind::Column)
        };
        // All of them, because another table may have the others.
        let numbers: Vec<Option<Kind>> = table.columns.iter().map(&mut number).collect();
        numbers.into_iter().collect()
    }

    /// Whether a table was asked for.
    pub(super) fn knows(&self, table: &Table) -> bool {
        self.tables.contains_key(&table.name)
    }

    /// What the engine would make of the columns of a table that was asked for, in their order,
    /// without names and comments; none when one of them was not probed.
    pub(super) fn kinds(&self, table: &Table) -> Option<Vec<&Column>> {
        let kinds = self.tables.get(&table.name)?.as_ref()?;
        let stored = |kind: &Kind| match *kind {
            Kind::Column(number) => self.columns.stored(number),
            Kind::Key(number, place) => self.keys.stored(number)?.get(place),
        };
        kinds.iter().map(stored).collect()
    }

    /// A table as the engine would store it; none when one of its columns was not probed.
    pub(super) fn stored(&self, table: &Table) -> Option<Table> {
        let column = |(column, made): (&Column, &Column)| Column {
            name: column.name.clone(),
            comment: column.comment.clone(),
            ..made.clone()
        };
        let columns = table.columns.iter().zip(self.kinds(table)?);
        Some(Table {
            columns: columns.map(column).collect(),
            ..table.clone()
        })
    }

    /// The tables to make: some with many columns, and one for each kind of key.
    fn to_make(&self) -> Vec<Table> {
        let others = self.columns.0.chunks(COLUMNS);
        let others = others.map(|kinds| kinds.iter().map(|(kind, _)| kind.clone()).collect());
        let keys = self.keys.0.iter().map(|(kind, _)| (kind.clone(), true));
        let all = others
            .map(|columns: Vec<Column>| (columns, false))
            .chain(keys);
        all.enumerate()
            .map(|(number, (columns, is_key))| table(number, columns, is_key))
            .collect()
    }

    /// Takes in what was stored; false when something is not there as it was made.
    fn read(&mut self, schema: &Schema) -> bool {
        let mut numbers = 0..;
        let mut next = |count: usize| {
            let name = name(numbers.next().unwrap_or_default());
            let found = schema.table(&name).filter(|it| it.columns.len() == count);
            found.map(|it| it.columns.iter().map(kind).collect::<Vec<Column>>())
        };
        for kinds in self.columns.0.chunks_mut(COLUMNS) {
            let Some(stored) = next(kinds.len()) else {
                return false;
            };
            for ((_, slot), stored) in kinds.iter_mut().zip(stored) {
                *slot = Some(stored);
            }
        }
        for (key, slot) in &mut self.keys.0 {
            *slot = next(key.len());
        }
        self.keys.0.iter().all(|(_, stored)| stored.is_some())
    }
}

/// A column without what says nothing of its kind.
fn kind(column: &Column) -> Column {
    Column {
        name: Ident::new(""),
        comment: None,
        ..column.clone()
    }
}

/// Whether two columns differ in nothing but their names and comments.
pub(super) fn is_same_kind(one: &Column, other: &Column) -> bool {
    let Column {
        name: _,
        comment: _,
        data_type,
        nullable,
        default,
        identity,
        generated,
        collation,
        attributes,
    } = one;
    *data_type == other.data_type
        && *nullable == other.nullable
        && *default == other.default
        && *identity == other.identity
        && *generated == other.generated
        && *collation == other.collation
        && *attributes == other.attributes
}

fn are_same_kinds(known: &[Column], columns: &[&Column]) -> bool {
    let mut both = known.iter().zip(columns);
    known.len() == columns.len() && both.all(|(known, column)| is_same_kind(known, column))
}

fn name(number: usize) -> ObjectName {
    ObjectName::new(format!("{PREFIX}{number}"))
}

fn table(number: usize, mut columns: Vec<Column>, is_key: bool) -> Table {
    for (place, column) in columns.iter_mut().enumerate() {
        column.name = Ident::new(format!("c{place}"));
    }
    let mut table = Table::new(name(number));
    if is_key {
        let columns = columns.iter().map(|it| it.name.clone()).collect();
        let kind = ConstraintKind::PrimaryKey { columns };
        table.constraints.push(Constraint::new(None, kind));
    }
    table.columns = columns.into();
    table
}

/// Makes probes; none when the engine refuses one.
fn create(dialect: Dialect, connection: &mut dyn Connection, probes: &[Table]) -> Option<()> {
    let mut texts = Vec::new();
    for table in probes {
        let operation = Operation::CreateTable {
            table: table.clone(),
            if_not_exists: false,
        };
        let compiled = dialect.compiler().compile(&[operation], &Schema::default());
        texts.extend(compiled.ok()?.statements.into_iter().map(|it| it.sql));
    }
    let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
    connection.begin().ok()?;
    match connection.run(&texts) {
        Ok(()) => connection.commit().ok(),
        Err(_) => {
            // What is lost with the connection shows when it is used next.
            let _ = connection.rollback();
            None
        }
    }
}

/// Whether a table is a probe.
pub(super) fn is_probe(name: &ObjectName) -> bool {
    name.name.as_str().starts_with(PREFIX)
}
