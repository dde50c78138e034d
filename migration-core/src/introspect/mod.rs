//! Live tables read into the model.
//!
//! In: a connection and a name. Out: the table with its indexes and what else its change must
//! know. SQLite and MySQL keep or write the `CREATE` text of every table, and PostgreSQL's is put
//! together from its catalog; our own parser reads it. What the model cannot hold is an error that
//! shows the text, never a silent loss. Never writes.

mod around_view;
mod broken;
mod error;
mod expected;
mod extent;
mod homes;
mod letters;
mod mysql;
mod order;
mod postgres;
mod sqlite;
mod stored;
mod unread;

use tracing::field;

use crate::database::{Connection, Row, Value};
use crate::dialect::Dialect;
use crate::schema::{Dependent, Ident, ObjectName, Schema, TableOption};

pub use around_view::around_view;
pub use broken::{BrokenView, broken_views};
pub use error::IntrospectError;
pub use expected::Expected;
pub use extent::{Extent, count_rows, extents};
pub use homes::Homes;
pub use mysql::{
    SessionTable, is_beyond_session, kept_sequence, session_tables, standing_for, trigger,
};
pub use unread::Unread;

/// A table as it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Live {
    /// The table, its indexes and its triggers; on SQLite also all views and their triggers. The
    /// table has the name that was asked for.
    pub schema: Schema,
}

/// Reads a table.
///
/// # Errors
///
/// [`IntrospectError::NoSuchTable`], [`IntrospectError::NotUnderstood`], or what the engine says.
pub fn table(connection: &mut dyn Connection, name: &ObjectName) -> Result<Live, IntrospectError> {
    match connection.dialect() {
        Dialect::Sqlite => sqlite::table(connection, name),
        Dialect::Postgres => postgres::table(connection, name),
        Dialect::Mysql => mysql::table(connection, name),
    }
}

/// A view, as far as its text is understood, and every view and trigger that may name it; an empty
/// schema when there is no such view. Only SQLite is asked: servers change a view by its name.
///
/// # Errors
///
/// What the engine says.
pub fn view(connection: &mut dyn Connection, name: &ObjectName) -> Result<Live, IntrospectError> {
    let schema = match connection.dialect() {
        Dialect::Sqlite => sqlite::view(connection, name)?,
        Dialect::Postgres | Dialect::Mysql => Schema::default(),
    };
    Ok(Live { schema })
}

/// How many rows a table has; on servers the engine's own estimate.
///
/// # Errors
///
/// What the engine says.
pub fn rows(connection: &mut dyn Connection, name: &ObjectName) -> Result<u64, IntrospectError> {
    let schema = name.schema.as_ref().map(|schema| schema.as_str());
    let parameters = [Value::from(name.name.as_str()), Value::from(schema)];
    let rows = match connection.dialect() {
        Dialect::Sqlite => connection.query(&sqlite::rows(name), &[]),
        Dialect::Postgres => connection.query(postgres::ROWS, &parameters),
        Dialect::Mysql => connection.query(mysql::ROWS, &parameters),
    }?;
    Ok(count(&rows))
}

/// Several tables as they are; those that are not there are left out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Catalog {
    /// The tables that could be read, with their indexes.
    pub schema: Schema,
    /// Tables that are there and say more than the model holds.
    pub unread: Vec<ObjectName>,
    /// Whether names that differ in the case of letters alone are two names.
    pub tells_case_apart: bool,
    /// Whether a view counts as a table that says more than the model holds.
    pub sees_views: bool,
}

impl Catalog {
    /// Whether a table is there.
    pub fn is_there(&self, name: &ObjectName) -> bool {
        self.schema.table(name).is_some() || self.unread.contains(name)
    }
}

/// Which part of a database is read as a whole.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Scope {
    /// Schemas besides the connection's own (on MySQL: databases). What is in them has its schema
    /// before its name; what is in the connection's own has none.
    pub schemas: Vec<Ident>,
    /// Whether what stands apart is left out, because nobody looks at it: of [`Whole::apart`], what takes
    /// a query of its own.
    pub leaves_apart: bool,
}

impl Scope {
    /// The same part, without what stands apart.
    pub fn without_apart(&self) -> Self {
        Self {
            schemas: self.schemas.clone(),
            leaves_apart: true,
        }
    }
}

/// A database as it is.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Whole {
    /// Everything that the model holds. What belongs to an extension or to the engine itself is
    /// left out, and so are partitions, which stand apart.
    pub schema: Schema,
    /// What is there and says more than the model holds.
    pub unread: Vec<Unread>,
    /// What tables have that say nothing of it, by the schema they are in; only MySQL and MariaDB.
    pub unsaid: Vec<Unsaid>,
    /// Rules, triggers that are switched off, partitions with what is theirs alone, domains, extended
    /// statistics: what is not compared with models, so that only who asks what other hands did looks
    /// at it. Only PostgreSQL.
    pub apart: Vec<Dependent>,
    /// Those of the indexes that no query may use, because their building was ended. Only PostgreSQL.
    pub invalid: Vec<InvalidIndex>,
}

/// An index that is there and of no use.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InvalidIndex {
    /// Its name.
    pub name: ObjectName,
    /// What it stands on.
    pub table: ObjectName,
    /// What builds it again as it is; none where it has to be dropped and made anew.
    pub rebuild: Option<String>,
}

/// What a table has without a word of it, where it is made: options with their values.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unsaid {
    /// The schema; none for the connection's own.
    pub schema: Option<Ident>,
    /// `COLLATE`, `ENGINE`.
    pub options: Vec<TableOption>,
}

/// Reads a database, in a number of queries that does not depend on what is in it.
///
/// Objects are in the form in which the engine stores them, so that two databases of one engine
/// compare by value. Tables are in order of name.
///
/// # Errors
///
/// What the engine says.
pub fn whole(connection: &mut dyn Connection, scope: &Scope) -> Result<Whole, IntrospectError> {
    whole_beside(connection, scope, None)
}

/// The same; definitions that are expected are not read where the engine keeps their texts.
///
/// # Errors
///
/// As [`whole`].
pub fn whole_beside(
    connection: &mut dyn Connection,
    scope: &Scope,
    expected: Option<&dyn Expected>,
) -> Result<Whole, IntrospectError> {
    told(|| match connection.dialect() {
        Dialect::Sqlite => sqlite::whole(connection, scope, expected),
        Dialect::Postgres => postgres::whole(connection, scope),
        Dialect::Mysql => mysql::whole(connection, scope),
    })
}

/// Reads the columns of tables that are there, as [`whole`] does; all else may be missing, and other
/// tables may be read, too.
///
/// # Errors
///
/// What the engine says.
pub fn columns(
    connection: &mut dyn Connection,
    names: &[ObjectName],
) -> Result<Schema, IntrospectError> {
    let whole = told(|| match connection.dialect() {
        Dialect::Sqlite => sqlite::whole(connection, &Scope::default(), None),
        Dialect::Postgres => postgres::columns(connection, names),
        Dialect::Mysql => mysql::whole(connection, &Scope::default()),
    });
    Ok(whole?.schema)
}

fn told(read: impl FnOnce() -> Result<Whole, IntrospectError>) -> Result<Whole, IntrospectError> {
    let span = tracing::debug_span!(
        target: "migration::catalog",
        "the catalog is read",
        tables = field::Empty,
        unread = field::Empty
    );
    let _entered = span.enter();
    let whole = read()?;
    span.record("tables", whole.schema.tables.len());
    span.record("unread", whole.unread.len());
    Ok(whole)
}

/// Looks for tables, and for the tables of indexes.
///
/// # Errors
///
/// What the engine says.
pub fn look(
    connection: &mut dyn Connection,
    tables: &[ObjectName],
    indexes: &[ObjectName],
) -> Result<Catalog, IntrospectError> {
    let mut names = tables.to_vec();
    for index in indexes {
        names.extend(table_of_index(connection, index)?);
    }
    names.dedup();
    let mut catalog = Catalog {
        schema: Schema::default(),
        unread: Vec::new(),
        tells_case_apart: connection.dialect() == Dialect::Postgres,
        sees_views: connection.dialect() == Dialect::Mysql,
    };
    for name in names {
        match table(connection, &name) {
            Ok(live) => {
                catalog.schema.tables.extend(live.schema.tables);
                catalog.schema.indexes.extend(live.schema.indexes);
            }
            Err(IntrospectError::NoSuchTable { .. }) => {}
            Err(IntrospectError::NotUnderstood { .. } | IntrospectError::Unreadable { .. }) => {
                catalog.unread.push(name);
            }
            Err(error @ IntrospectError::Database(_)) => return Err(error),
        }
    }
    Ok(catalog)
}

/// Whether there is an index of this name that no query may use, because its building was ended.
///
/// # Errors
///
/// What the engine says.
pub fn is_invalid_index(
    connection: &mut dyn Connection,
    index: &ObjectName,
) -> Result<bool, IntrospectError> {
    match connection.dialect() {
        Dialect::Postgres => {
            let schema = index.schema.as_ref().map(|schema| schema.as_str());
            let parameters = [Value::from(index.name.as_str()), Value::from(schema)];
            let rows = connection.query(postgres::INVALID_INDEX, &parameters)?;
            Ok(count(&rows) > 0)
        }
        Dialect::Sqlite | Dialect::Mysql => Ok(false),
    }
}

/// The table an index stands on, for statements that name only the index; none when there is no
/// such index. On MySQL, where names of indexes are a table's own, the first table with one.
///
/// # Errors
///
/// What the engine says.
pub fn table_of_index(
    connection: &mut dyn Connection,
    index: &ObjectName,
) -> Result<Option<ObjectName>, IntrospectError> {
    let schema = index.schema.as_ref().map(|schema| schema.as_str());
    let parameters = [Value::from(index.name.as_str()), Value::from(schema)];
    let rows = match connection.dialect() {
        Dialect::Sqlite => connection.query(&sqlite::table_of_index(index), &parameters[..1]),
        Dialect::Postgres => connection.query(postgres::TABLE_OF_INDEX, &parameters),
        Dialect::Mysql => connection.query(mysql::TABLE_OF_INDEX, &parameters),
    }?;
    Ok(rows.into_iter().next().map(|row| ObjectName {
        schema: index.schema.clone(),
        ..ObjectName::new(text(row, 0))
    }))
}

/// Whether there is an extension, a domain or a type of that name; asked of PostgreSQL, which alone
/// has them. Other kinds are not known.
///
/// # Errors
///
/// What the engine says.
pub fn has_beside(
    connection: &mut dyn Connection,
    kind: &str,
    name: &ObjectName,
) -> Result<Option<bool>, IntrospectError> {
    match connection.dialect() {
        Dialect::Postgres => postgres::has_beside(connection, kind, name),
        Dialect::Sqlite | Dialect::Mysql => Ok(None),
    }
}

/// The tables a person made, by name.
///
/// # Errors
///
/// What the engine says.
pub fn tables(connection: &mut dyn Connection) -> Result<Vec<ObjectName>, IntrospectError> {
    let sql = match connection.dialect() {
        Dialect::Sqlite => sqlite::TABLES,
        Dialect::Postgres => postgres::TABLES,
        Dialect::Mysql => mysql::TABLES,
    };
    let rows = connection.query(sql, &[])?;
    Ok(rows
        .into_iter()
        .map(|row| ObjectName::new(text(row, 0)))
        .collect())
}

/// One value of a row as text; nothing for NULL.
fn text(mut row: Row, index: usize) -> String {
    if index >= row.len() {
        return String::new();
    }
    row.swap_remove(index).text().unwrap_or_default()
}

/// The first values of a row as texts; nothing for NULL.
fn texts<const N: usize>(row: Row) -> [String; N] {
    let mut values = row.into_iter();
    std::array::from_fn(|_| match values.next() {
        Some(Value::Text(text)) => text,
        Some(value) => value.text().unwrap_or_default(),
        None => String::new(),
    })
}

/// A count, from the first value of the first row.
fn count(rows: &[Row]) -> u64 {
    let number = rows.first().and_then(|row| row.first()?.integer());
    number.and_then(|it| u64::try_from(it).ok()).unwrap_or(0)
}
