//! How large the tables of a database are.

use super::IntrospectError;
use super::postgres::array;
use crate::database::{Connection, DatabaseError, Row, Value};
use crate::dialect::Dialect;
use crate::schema::{Ident, ObjectName};

/// A table with its rows and its size.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Extent {
    /// The table; with its schema unless that is the connection's own.
    pub name: ObjectName,
    /// How many rows it has; none where nobody knows yet, or may know.
    pub rows: Option<u64>,
    /// Whether the rows were counted; else the engine guessed.
    pub is_exact: bool,
    /// The bytes it takes, with its indexes.
    pub bytes: Option<u64>,
}

/// All tables in order of name, with the engine's own estimate of their rows: those of the
/// connection's schema and of these others; on PostgreSQL those of all schemas without any. SQLite
/// estimates nothing, so there they are counted.
///
/// # Errors
///
/// What the engine says.
pub fn extents(
    connection: &mut dyn Connection,
    schemas: Option<&[Ident]>,
) -> Result<Vec<Extent>, IntrospectError> {
    let mut found = match connection.dialect() {
        Dialect::Sqlite => sqlite(connection)?,
        Dialect::Postgres => {
            let filter = match schemas {
                Some(_) => "n.nspname = ANY (array_append(?::text[], current_schema()::text))",
                None => "?::text[] IS NOT NULL",
            };
            let sql = POSTGRES.replace("{filter}", filter);
            let names = schemas.unwrap_or_default().iter().map(Ident::as_str);
            read(connection.query(&sql, &[Value::Text(array(names))])?)
        }
        Dialect::Mysql => mysql(connection, schemas.unwrap_or_default())?,
    };
    found.sort_by(|one, other| one.name.cmp(&other.name));
    Ok(found)
}

/// Counts the rows of tables; those that may not be read stay without a number.
///
/// # Errors
///
/// What the engine says, but for a table that may not be read or is gone.
pub fn count_rows(
    connection: &mut dyn Connection,
    extents: &mut [Extent],
) -> Result<(), IntrospectError> {
    let syntax = connection.dialect().syntax();
    for extent in extents.iter_mut().filter(|it| !it.is_exact) {
        let table = syntax.object(&extent.name);
        extent.rows = match connection.query(&format!("SELECT count(*) FROM {table}"), &[]) {
            Ok(rows) => rows.first().and_then(|row| number(row, 0)),
            Err(DatabaseError::Refused(_) | DatabaseError::NoAccess { .. }) => None,
            Err(error) => return Err(error.into()),
        };
        extent.is_exact = extent.rows.is_some();
    }
    Ok(())
}

/// A table that was never analysed has what the statistics saw; nobody knows more. A partitioned
/// table is what its partitions are together.
const POSTGRES: &str = "
SELECT CASE WHEN n.nspname <> current_schema() THEN n.nspname::text END, c.relname::text,
    CASE c.relkind WHEN 'p' THEN p.tuples ELSE k.tuples END,
    CASE c.relkind WHEN 'p' THEN p.bytes ELSE pg_total_relation_size(c.oid) END
FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace
CROSS JOIN LATERAL (SELECT CASE WHEN pg_relation_size(c.oid) = 0 THEN 0
        WHEN c.reltuples >= 0 THEN c.reltuples::bigint
        ELSE nullif(pg_stat_get_live_tuples(c.oid), 0) END AS tuples) AS k
LEFT JOIN LATERAL (SELECT sum(greatest(l.reltuples, 0))::bigint AS tuples,
        sum(pg_total_relation_size(l.oid))::bigint AS bytes
    FROM pg_partition_tree(c.oid) AS t JOIN pg_class AS l ON l.oid = t.relid
    WHERE t.isleaf) AS p ON c.relkind = 'p'
WHERE c.relkind IN ('r', 'p', 'm') AND NOT c.relispartition
    AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema' AND {filter}";

fn mysql(
    connection: &mut dyn Connection,
    schemas: &[Ident],
) -> Result<Vec<Extent>, IntrospectError> {
    let marks = ", ?".repeat(schemas.len());
    let sql = format!(
        "SELECT CASE WHEN table_schema <> database() THEN table_schema END, table_name, table_rows, \
         data_length + index_length FROM information_schema.tables \
         WHERE table_type = 'BASE TABLE' AND table_schema IN (database(){marks})"
    );
    let names: Vec<Value> = schemas.iter().map(|it| Value::from(it.as_str())).collect();
    Ok(read(connection.query(&sql, &names)?))
}

fn sqlite(connection: &mut dyn Connection) -> Result<Vec<Extent>, IntrospectError> {
    let sql = "SELECT NULL, t.name, NULL, s.bytes FROM sqlite_schema AS t LEFT JOIN (
            SELECT m.tbl_name, sum(d.pgsize) AS bytes
            FROM dbstat AS d JOIN sqlite_schema AS m ON m.name = d.name
            WHERE d.aggregate = 1 GROUP BY m.tbl_name) AS s ON s.tbl_name = t.name
        WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite\\_%' ESCAPE '\\'";
    let mut found = read(connection.query(sql, &[])?);
    count_rows(connection, &mut found)?;
    Ok(found)
}

fn read(rows: Vec<Row>) -> Vec<Extent> {
    let extent = |row: Row| {
        let name = Ident::new(row.get(1)?.text()?);
        let schema = row.first().and_then(Value::text).map(Ident::new);
        Some(Extent {
            name: ObjectName { schema, name },
            rows: number(&row, 2),
            is_exact: false,
            bytes: number(&row, 3),
        })
    };
    rows.into_iter().filter_map(extent).collect()
}

fn number(row: &Row, position: usize) -> Option<u64> {
    u64::try_from(row.get(position)?.integer()?).ok()
}
