//! PostgreSQL says every part of a definition in its own words; put together they are the text.

mod apart;
mod around_view;
mod arrays;
mod attributes;
mod draft;
mod key;
mod kinds;
mod object;
mod queries;
mod relation;
mod switched;

use std::collections::HashSet;

use super::{IntrospectError, Live, Scope, Whole};
use crate::database::{Connection, Row, Value};
use crate::dialect::Dialect;
use crate::schema::{Ident, ObjectName};
pub(super) use around_view::AROUND_VIEW;
use relation::Relations;

/// Tables by name, of the schema that comes first on the search path.
pub(super) const TABLES: &str = "SELECT tablename::text FROM pg_tables \
    WHERE schemaname = current_schema() ORDER BY tablename::text COLLATE \"C\"";

/// Given an index and a schema or NULL.
pub(super) const TABLE_OF_INDEX: &str = "SELECT tablename::text FROM pg_indexes \
    WHERE indexname = ? AND schemaname = coalesce(?, current_schema())";

/// Given a table and a schema or NULL: the estimate of its rows.
pub(super) const ROWS: &str = "SELECT greatest(c.reltuples, 0)::bigint FROM pg_class AS c \
    JOIN pg_namespace AS n ON n.oid = c.relnamespace \
    WHERE c.relname = ? AND n.nspname = coalesce(?, current_schema())";

/// Given an index and a schema or NULL.
pub(super) const INVALID_INDEX: &str = "SELECT count(*) FROM pg_index AS i \
    JOIN pg_class AS c ON c.oid = i.indexrelid JOIN pg_namespace AS n ON n.oid = c.relnamespace \
    WHERE NOT i.indisvalid AND c.relname = ? AND n.nspname = coalesce(?, current_schema())";

/// Reads a table.
pub(super) fn table(
    connection: &mut dyn Connection,
    name: &ObjectName,
) -> Result<Live, IntrospectError> {
    let query = queries::relations(queries::ONE_TABLE);
    let rows = connection.query(&query, &[Value::Text(quoted(name))])?;
    Relations::of(rows).into_live(name)
}

/// Reads a database, by two or three queries that are sent together.
pub(super) fn whole(
    connection: &mut dyn Connection,
    scope: &Scope,
) -> Result<Whole, IntrospectError> {
    let schemas = array(scope.schemas.iter().map(Ident::as_str));
    let schemas = Dialect::Postgres.syntax().literal(&schemas);
    let relations = queries::relations(queries::ALL_RELATIONS);
    let asked = [relations.as_str(), queries::OBJECTS, queries::APART];
    let asked = asked.map(|it| it.replace('?', &schemas));
    let asked = match scope.leaves_apart {
        true => &asked[..2],
        false => &asked[..],
    };
    let (mut relations, mut objects) = (Relations::default(), Vec::new());
    let mut apart = Vec::new();
    let (mut whole, mut numbering) = (Whole::default(), HashSet::new());
    connection.query_each(asked, &mut |number, row| match (number, row) {
        (0, Some(row)) => relations.take(row),
        // While the server looks for the rest.
        (0, None) => numbering = std::mem::take(&mut relations).add(&mut whole),
        (1, row) => objects.extend(row.map(Part::of)),
        (_, row) => apart.extend(row.map(Part::of)),
    })?;
    apart::add(apart, &mut whole);
    object::add(objects, &numbering, &mut whole);
    Ok(whole)
}

/// Reads tables with nothing but their columns.
pub(super) fn columns(
    connection: &mut dyn Connection,
    names: &[ObjectName],
) -> Result<Whole, IntrospectError> {
    let query = queries::columns(queries::NAMED_TABLES);
    let names: Vec<String> = names.iter().map(quoted).collect();
    let rows = connection.query(
        &query,
        &[Value::Text(array(names.iter().map(String::as_str)))],
    )?;
    let mut whole = Whole::default();
    Relations::of(rows).add(&mut whole);
    Ok(whole)
}

/// Whether there is an extension, a domain or a type.
pub(super) fn has_beside(
    connection: &mut dyn Connection,
    kind: &str,
    name: &ObjectName,
) -> Result<Option<bool>, IntrospectError> {
    let (query, name) = match kind {
        "extension" => (
            "SELECT count(*) FROM pg_extension WHERE extname = ?::text",
            name.name.as_str().to_owned(),
        ),
        "domain" | "type" => ("SELECT (to_regtype(?) IS NOT NULL)::int", quoted(name)),
        _ => return Ok(None),
    };
    let rows = connection.query(query, &[Value::Text(name)])?;
    Ok(Some(super::count(&rows) > 0))
}

/// One row of an answer, as every query here gives them.
struct Part {
    /// What it belongs to.
    owner: i64,
    kind: String,
    place: i64,
    name: String,
    text: Option<String>,
    schema: Option<String>,
    other: Option<String>,
}

impl Part {
    fn of(row: Row) -> Self {
        let mut values = row.into_iter();
        let mut next = || values.next().unwrap_or(Value::Null);
        Self {
            owner: next().integer().unwrap_or_default(),
            kind: owned(next()).unwrap_or_default(),
            place: next().integer().unwrap_or_default(),
            name: owned(next()).unwrap_or_default(),
            text: owned(next()),
            schema: owned(next()),
            other: owned(next()),
        }
    }

    /// Its name, with its schema when that is not the connection's own.
    fn object_name(&mut self) -> ObjectName {
        ObjectName {
            schema: self.schema.take().map(Ident::new),
            name: Ident::new(std::mem::take(&mut self.name)),
        }
    }
}

fn owned(value: Value) -> Option<String> {
    match value {
        Value::Text(text) => Some(text),
        other @ (Value::Null | Value::Integer(_) | Value::Real(_) | Value::Bytes(_)) => {
            other.text()
        }
    }
}

fn quoted(name: &ObjectName) -> String {
    Dialect::Postgres.syntax().object(name)
}

/// The text of an array of texts.
pub(super) fn array<'a>(texts: impl Iterator<Item = &'a str>) -> String {
    let element = |text: &str| {
        let text = text.replace('\\', "\\\\").replace('"', "\\\"");
        format!("\"{text}\"")
    };
    let elements: Vec<String> = texts.map(element).collect();
    format!("{{{}}}", elements.join(","))
}
