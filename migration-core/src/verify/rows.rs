//! The rows of tables, as they were and as they are.

use std::collections::{BTreeMap, BTreeSet};

use crate::database::{Connection, DatabaseError, Row};
use crate::dialect::Dialect;
use crate::schema::{Ident, ObjectName, Schema, Table};

/// The rows of every table at one moment.
#[derive(Debug, Default)]
pub(super) struct Snapshot {
    tables: BTreeMap<ObjectName, Rows>,
}

#[derive(Debug)]
struct Rows {
    columns: Vec<Ident>,
    rows: Vec<Row>,
}

/// A table whose rows are not what they were.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Loss {
    pub(super) table: ObjectName,
    pub(super) before: usize,
    pub(super) kept: usize,
}

/// Reads all rows of all tables.
pub(super) fn snapshot(
    connection: &mut dyn Connection,
    schema: &Schema,
) -> Result<Snapshot, DatabaseError> {
    let mut tables = BTreeMap::new();
    for table in &schema.tables {
        let rows = connection.query(&select(connection.dialect(), table), &[])?;
        let columns = table.columns.iter().map(|it| it.name.clone()).collect();
        tables.insert(table.name.clone(), Rows { columns, rows });
    }
    Ok(Snapshot { tables })
}

fn select(dialect: Dialect, table: &Table) -> String {
    let syntax = dialect.syntax();
    let names = table.columns.iter().map(|it| it.name.as_str());
    let columns: Vec<String> = names
        .map(|name| syntax.quote(name) + syntax.to_text)
        .collect();
    let name = syntax.object(&table.name);
    format!("SELECT {} FROM {name}", columns.join(", "))
}

impl Snapshot {
    /// Tables that have fewer rows, or rows with other values in columns that are none of
    /// `remade`: what was dropped and made anew cannot hold what it held.
    pub(super) fn losses(
        &self,
        after: &Self,
        remade: &BTreeSet<(ObjectName, Option<Ident>)>,
    ) -> Vec<Loss> {
        let mut losses = Vec::new();
        for (name, before) in &self.tables {
            if remade.contains(&(name.clone(), None)) {
                continue;
            }
            let Some(now) = after.tables.get(name) else {
                continue;
            };
            let compared: Vec<&Ident> = before
                .columns
                .iter()
                .filter(|column| {
                    now.columns.contains(column)
                        && !remade.contains(&(name.clone(), Some((*column).clone())))
                })
                .collect();
            let kept = in_both(before.only(&compared), now.only(&compared));
            if kept < before.rows.len() {
                losses.push(Loss {
                    table: name.clone(),
                    before: before.rows.len(),
                    kept,
                });
            }
        }
        losses
    }
}

impl Rows {
    /// The rows with some columns alone, in an order that does not depend on how they are stored.
    fn only(&self, columns: &[&Ident]) -> Vec<Vec<Option<String>>> {
        let places: Vec<usize> = columns
            .iter()
            .filter_map(|column| self.columns.iter().position(|it| it == *column))
            .collect();
        let mut rows: Vec<Vec<Option<String>>> = self
            .rows
            .iter()
            .map(|row| places.iter().map(|at| row[*at].text()).collect())
            .collect();
        rows.sort_unstable();
        rows
    }
}

/// How many rows two sorted lists have in common.
fn in_both<T: Ord>(one: Vec<T>, other: Vec<T>) -> usize {
    let (mut left, mut right) = (one.into_iter().peekable(), other.into_iter().peekable());
    let mut count = 0;
    while let (Some(a), Some(b)) = (left.peek(), right.peek()) {
        match a.cmp(b) {
            std::cmp::Ordering::Less => drop(left.next()),
            std::cmp::Ordering::Greater => drop(right.next()),
            std::cmp::Ordering::Equal => {
                count += 1;
                left.next();
                right.next();
            }
        }
    }
    count
}
