//! What a history has made of a database, in words that are the same for whatever tool ran it.

use migration_core::database::{self, Address, Connection, OpenOptions};
use migration_core::dialect::Dialect;

use crate::failure::{Failure, during};

/// Fails unless all databases hold the same tables, columns, indexes and numbers of rows.
pub(crate) fn compare(databases: &[(String, Address)]) -> Result<(), Failure> {
    let Some(((first, address), others)) = databases.split_first() else {
        return Ok(());
    };
    let expected = of(address)?;
    for (name, address) in others {
        let found = of(address)?;
        let missing = first_without(&expected, &found);
        let excess = first_without(&found, &expected);
        if let Some(line) = missing.or(excess) {
            let (with, without) = match missing.is_some() {
                true => (first, name),
                false => (name, first),
            };
            let what = format!("{with} left `{line}` and {without} did not: they did other work");
            return Err(Failure::new(what));
        }
    }
    Ok(())
}

/// Lines about tables whose names begin with `app_`, in order.
pub(crate) fn of(address: &Address) -> Result<Vec<String>, Failure> {
    let opened = database::open(address, &OpenOptions::read("bench"));
    let mut connection = opened.map_err(during("the database"))?;
    let (columns, indexes, tables) = match address.dialect() {
        Dialect::Sqlite => SQLITE,
        Dialect::Postgres => POSTGRES,
        Dialect::Mysql => MYSQL,
    };
    let mut lines = texts(connection.as_mut(), columns)?;
    lines.extend(texts(connection.as_mut(), indexes)?);
    for table in texts(connection.as_mut(), tables)? {
        let count = format!("SELECT COUNT(*) FROM {table}");
        let count = texts(connection.as_mut(), &count)?.concat();
        lines.push(format!("{table} has {count} rows"));
    }
    lines.sort();
    Ok(lines)
}

/// The first line of one that the other, which is in order, does not have.
fn first_without<'l>(lines: &'l [String], other: &[String]) -> Option<&'l String> {
    lines.iter().find(|line| other.binary_search(line).is_err())
}

fn texts(connection: &mut dyn Connection, query: &str) -> Result<Vec<String>, Failure> {
    let rows = connection.query(query, &[]).map_err(during(query))?;
    let text = rows.iter().filter_map(|row| row.first()?.text());
    Ok(text.collect())
}

/// Columns, indexes and names of tables.
type Queries = (&'static str, &'static str, &'static str);

const SQLITE: Queries = (
    "SELECT m.name || '.' || c.name || ' ' || c.type || ' ' || c.\"notnull\" || ' ' || c.pk
        FROM sqlite_schema m, pragma_table_info(m.name) c
        WHERE m.type = 'table' AND m.name LIKE 'app\\_%' ESCAPE '\\'",
    "SELECT i.name || ' ' || m.name || ' ' || i.\"unique\" || ' ' || group_concat(x.name)
        FROM sqlite_schema m, pragma_index_list(m.name) i, pragma_index_info(i.name) x
        WHERE m.type = 'table' AND m.name LIKE 'app\\_%' ESCAPE '\\' AND i.origin = 'c'
        GROUP BY i.name, m.name, i.\"unique\"",
    "SELECT name FROM sqlite_schema WHERE type = 'table' AND name LIKE 'app\\_%' ESCAPE '\\'",
);

const POSTGRES: Queries = (
    "SELECT table_name || '.' || column_name || ' ' || data_type || ' ' || is_nullable || ' '
            || coalesce(character_maximum_length::text, '')
        FROM information_schema.columns WHERE table_name LIKE 'app\\_%'",
    "SELECT indexdef FROM pg_indexes WHERE tablename LIKE 'app\\_%'",
    "SELECT relname::text FROM pg_class WHERE relkind = 'r' AND relname LIKE 'app\\_%'",
);

/// `TEXT` is `LONGTEXT` for us, so that a text of any length finds room; its name is no other work.
const MYSQL: Queries = (
    "SELECT concat(table_name, '.', column_name, ' ', replace(column_type, 'longtext', 'text'), ' ',
            is_nullable)
        FROM information_schema.columns
        WHERE table_schema = database() AND table_name LIKE 'app\\_%'",
    "SELECT concat(index_name, ' ', table_name, ' ', non_unique, ' ', column_name)
        FROM information_schema.statistics
        WHERE table_schema = database() AND table_name LIKE 'app\\_%'",
    "SELECT table_name FROM information_schema.tables
        WHERE table_schema = database() AND table_name LIKE 'app\\_%'",
);
