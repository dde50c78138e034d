//! Rows made up for tables without any, so that a revision has something to lose.

use std::collections::{BTreeMap, HashMap, HashSet};

use crate::database::{Connection, DatabaseError, Value};
use crate::dialect::Syntax;
use crate::schema::{Column, ConstraintKind, DataType, ForeignKey, Ident, ObjectName, Schema};
use crate::schema::{EnumType, Expression, Table};

/// How many rows a table gets; the second has NULL wherever that is allowed.
const ROWS: usize = 3;

/// Fills the tables that are empty, tables referred to first. Returns those that took no row, with
/// what the engine said.
///
/// # Errors
///
/// When a table cannot be read.
pub(super) fn fill(
    connection: &mut dyn Connection,
    schema: &Schema,
    filled: &mut HashMap<ObjectName, bool>,
) -> Result<Vec<(ObjectName, String)>, DatabaseError> {
    let mut refused = Vec::new();
    for table in in_order(schema) {
        if filled.contains_key(&table.name) {
            continue;
        }
        let mut filling = Filling {
            connection,
            schema,
            table,
            keys: BTreeMap::new(),
        };
        let is_empty = filling.is_empty()?;
        filled.insert(table.name.clone(), is_empty);
        if !is_empty {
            continue;
        }
        filling.read_keys()?;
        for number in 0..ROWS {
            if let Err(error) = filling.insert(number) {
                if number == 0 {
                    refused.push((table.name.clone(), error.to_string()));
                }
                break;
            }
        }
    }
    Ok(refused)
}

/// Tables after those that they refer to, as far as there is such an order.
fn in_order(schema: &Schema) -> Vec<&Table> {
    let mut ordered: Vec<&Table> = Vec::with_capacity(schema.tables.len());
    let mut placed: HashSet<&ObjectName> = HashSet::new();
    let mut left: Vec<&Table> = schema.tables.iter().collect();
    while !left.is_empty() {
        let (ready, waiting): (Vec<&Table>, Vec<&Table>) = left.iter().partition(|table| {
            references(table)
                .all(|key| key.references == table.name || placed.contains(&key.references))
        });
        let ready = if ready.is_empty() {
            waiting.clone()
        } else {
            ready
        };
        placed.extend(ready.iter().map(|table| &table.name));
        left.retain(|table| !placed.contains(&table.name));
        ordered.extend(ready);
    }
    ordered
}

fn references(table: &Table) -> impl Iterator<Item = &ForeignKey> {
    table.constraints.iter().filter_map(|it| match &it.kind {
        ConstraintKind::ForeignKey(key) => Some(key),
        ConstraintKind::PrimaryKey { .. }
        | ConstraintKind::Unique { .. }
        | ConstraintKind::Check { .. } => None,
    })
}

struct Filling<'c, 's> {
    connection: &'c mut dyn Connection,
    schema: &'s Schema,
    table: &'s Table,
    /// What each referring column may hold, a value for every row.
    keys: BTreeMap<&'s Ident, Vec<Value>>,
}

impl<'s> Filling<'_, 's> {
    fn quoted(&self, name: &ObjectName) -> String {
        self.connection.dialect().syntax().object(name)
    }

    fn is_empty(&mut self) -> Result<bool, DatabaseError> {
        let sql = format!("SELECT 1 FROM {} LIMIT 1", self.quoted(&self.table.name));
        Ok(self.connection.query(&sql, &[])?.is_empty())
    }

    /// The rows that this table can refer to. A table that refers to itself begins with NULL.
    fn read_keys(&mut self) -> Result<(), DatabaseError> {
        let table = self.table;
        for key in references(table) {
            let parent = self.schema.table(&key.references);
            let primary = parent.map(Table::primary_key).unwrap_or_default();
            let referred = if key.referenced_columns.is_empty() {
                primary
            } else {
                &key.referenced_columns
            };
            let syntax = self.connection.dialect().syntax();
            let columns: Vec<String> = referred
                .iter()
                .map(|it| syntax.quote(it.as_str()))
                .collect();
            if parent.is_none() || columns.is_empty() || key.references == table.name {
                continue;
            }
            let sql = format!(
                "SELECT {} FROM {} LIMIT {ROWS}",
                columns.join(", "),
                self.quoted(&key.references)
            );
            let rows = self.connection.query(&sql, &[])?;
            for (at, column) in key.columns.iter().enumerate() {
                let values = rows.iter().filter_map(|row| row.get(at).cloned());
                self.keys.insert(column, values.collect());
            }
        }
        Ok(())
    }

    /// Puts a row in: with values that a check lists, or, where it lists what it forbids, without.
    fn insert(&mut self, number: usize) -> Result<(), DatabaseError> {
        let refused = |it: &mut Self, error| it.put((number, false)).map_err(|_| error);
        self.put((number, true))
            .or_else(|error| refused(self, error))
    }

    fn put(&mut self, row: (usize, bool)) -> Result<(), DatabaseError> {
        let syntax = self.connection.dialect().syntax();
        let mut columns = Vec::new();
        let mut values = Vec::new();
        for column in &self.table.columns {
            if let Some(value) = self.value(column, row) {
                columns.push(syntax.quote(column.name.as_str()));
                values.push(value);
            }
        }
        let name = self.quoted(&self.table.name);
        let sql = if columns.is_empty() && syntax.backslash_escapes {
            format!("INSERT INTO {name} () VALUES ()")
        } else if columns.is_empty() {
            format!("INSERT INTO {name} DEFAULT VALUES")
        } else {
            format!(
                "INSERT INTO {name} ({}) VALUES ({})",
                columns.join(", "),
                values.join(", ")
            )
        };
        self.connection.run(&[&sql]).map_err(|failed| failed.error)
    }

    /// The value of a column as SQL; none leaves it to the engine.
    fn value(&self, column: &'s Column, (number, takes_listed): (usize, bool)) -> Option<String> {
        let syntax = self.connection.dialect().syntax();
        if column.generated.is_some() || column.identity.is_some() {
            return None;
        }
        let is_key = self.table.primary_key().contains(&column.name);
        if let Some(keys) = self.keys.get(&column.name) {
            let unique = keys.get(number).filter(|value| **value != Value::Null);
            return Some(match unique {
                Some(value) => value
                    .integer()
                    .map_or_else(|| literal(value, syntax), |number| number.to_string()),
                None => "NULL".to_owned(),
            });
        }
        if column.nullable && !is_key && (number == 1 || self.refers_to_itself(column)) {
            return Some("NULL".to_owned());
        }
        if takes_listed && let Some(value) = self.allowed(column, number) {
            return Some(value);
        }
        // A default is right by definition, but the same for every row.
        if column.default.is_some() && number == 2 {
            return None;
        }
        Some(made_up(
            &column.data_type,
            number,
            &self.schema.enums,
            syntax,
        ))
    }

    fn refers_to_itself(&self, column: &Column) -> bool {
        references(self.table)
            .any(|key| key.references == self.table.name && key.columns.contains(&column.name))
    }

    /// A value that a check of this column lists.
    fn allowed(&self, column: &Column, number: usize) -> Option<String> {
        let checks = self
            .table
            .constraints
            .iter()
            .filter_map(|it| match &it.kind {
                ConstraintKind::Check { expression } => Some(expression),
                ConstraintKind::PrimaryKey { .. }
                | ConstraintKind::Unique { .. }
                | ConstraintKind::ForeignKey(_) => None,
            });
        let mut listing = checks.filter(|check| check.mentions(&column.name));
        let syntax = self.connection.dialect().syntax();
        let listed = listing.find_map(|check| {
            let listed = strings(check, syntax);
            (!listed.is_empty()).then_some(listed)
        })?;
        listed.get(number % listed.len()).cloned()
    }
}

/// The strings of an expression, as literals: a quote in one is doubled, or behind a backslash where
/// the engine has such.
fn strings(expression: &Expression, syntax: &Syntax) -> Vec<String> {
    let mut found = Vec::new();
    let mut signs = expression.as_str().chars().peekable();
    while signs.by_ref().any(|it| it == '\'') {
        let mut text = String::new();
        loop {
            match signs.next() {
                Some('\'') if signs.next_if_eq(&'\'').is_some() => text.push('\''),
                Some('\'') => break,
                Some('\\') if syntax.backslash_escapes => text.extend(signs.next()),
                Some(sign) => text.push(sign),
                None => return found,
            }
        }
        found.push(syntax.literal(&text));
    }
    found
}

fn literal(value: &Value, syntax: &Syntax) -> String {
    value
        .text()
        .map_or_else(|| "NULL".to_owned(), |text| syntax.literal(&text))
}

/// A value of a type, another for each row.
fn made_up(data_type: &DataType, number: usize, enums: &[EnumType], syntax: &Syntax) -> String {
    let count = number + 1;
    match data_type {
        DataType::SmallInt | DataType::Integer | DataType::BigInt => count.to_string(),
        DataType::Numeric { precision, scale } => {
            let is_small =
                precision.is_some_and(|it| i64::from(it) <= i64::from(scale.unwrap_or(0)));
            if is_small {
                format!("0.{count}")
            } else {
                count.to_string()
            }
        }
        DataType::Real | DataType::Double | DataType::Float { .. } => format!("{count}.5"),
        DataType::Boolean => ["TRUE", "FALSE"][number % 2].to_owned(),
        DataType::Varchar { length } | DataType::Char { length } => {
            let room = length.map_or(usize::MAX, |it| usize::try_from(it).unwrap_or(usize::MAX));
            let text = format!("row {count}");
            let start = text.len().saturating_sub(room);
            syntax.literal(&text[start..])
        }
        DataType::Interval => syntax.literal(&format!("{count} days")),
        DataType::Text => syntax.literal(&format!("row {count}")),
        DataType::Binary => syntax.literal(&count.to_string()),
        DataType::Date => syntax.literal(&format!("2001-01-{count:02}")),
        DataType::Time { .. } => syntax.literal(&format!("12:00:{count:02}")),
        DataType::Timestamp { .. } => syntax.literal(&format!("2001-01-{count:02} 12:00:00")),
        DataType::Uuid => syntax.literal(&format!("00000000-0000-4000-8000-{count:012}")),
        DataType::Json | DataType::Jsonb => syntax.literal(&format!("{{\"row\": {count}}}")),
        DataType::Other(_) => of_other(data_type, count, enums, syntax),
    }
}

fn of_other(data_type: &DataType, count: usize, enums: &[EnumType], syntax: &Syntax) -> String {
    let name = data_type.as_name();
    let of = enums.iter().find(|it| Some(&it.name) == name.as_ref());
    if let Some(value) = of.and_then(|it| it.values.get((count - 1) % it.values.len())) {
        return syntax.literal(value);
    }
    let DataType::Other(text) = data_type else {
        return "NULL".to_owned();
    };
    let listed = strings(text, syntax);
    let text = text.as_str().to_ascii_uppercase();
    if text.starts_with("ENUM") || text.starts_with("SET") {
        return listed.first().cloned().unwrap_or_else(|| "NULL".to_owned());
    }
    if text.ends_with("[]") {
        return "'{}'".to_owned();
    }
    let is_number = ["INT", "DEC", "NUM", "FLOAT", "DOUBLE", "YEAR", "BIT"]
        .iter()
        .any(|word| text.contains(word));
    if is_number {
        return count.to_string();
    }
    syntax.literal(&count.to_string())
}
