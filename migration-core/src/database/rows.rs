//! What the version table and the ledger hold. Never writes.

use std::vec;

use super::{Connection, DatabaseError, Row, Value};
use crate::dialect::{Dialect, Ledger, LedgerReading, VersionTable};
use crate::revision::RevisionId;

/// Reads the version rows, sorted; none when there is no such table. One message outside a
/// transaction.
///
/// # Errors
///
/// What the engine says.
pub fn version_rows(
    connection: &mut dyn Connection,
    table: &VersionTable,
) -> Result<Option<Vec<RevisionId>>, DatabaseError> {
    let dialect = connection.dialect();
    let texts = Texts {
        exists: table.exists(dialect),
        select: table.select(dialect),
    };
    let rows = match optional_rows(connection, &texts) {
        Ok(Some(rows)) => rows,
        Ok(None) => return Ok(None),
        Err(error) if lacks_column(dialect, &error) => {
            return Err(DatabaseError::ForeignVersionTable {
                table: table.to_string(),
                columns: columns(connection, table),
            });
        }
        Err(error) => return Err(error),
    };
    let mut ids: Vec<RevisionId> = rows
        .iter()
        .filter_map(|row| row.first()?.text())
        .map(|id| RevisionId::from(id.as_str()))
        .collect();
    // The engine sorts by its collation; the rest of the program by bytes.
    ids.sort();
    Ok(Some(ids))
}

/// One step as the ledger holds it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct LedgerRow {
    /// Its number; later steps have greater ones.
    pub id: i64,
    /// The revision; none for a stamp to base.
    pub revision: Option<RevisionId>,
    /// `upgrade`, `downgrade`, `stamp` or `repair`.
    pub direction: String,
    /// The revision's message.
    pub message: String,
    /// Semantic checksum of the revision; empty for a stamp.
    pub checksum: String,
    /// The downgrade section; empty for a stamp.
    pub downgrade_sql: String,
    /// How many statements the step has.
    pub statements: i64,
    /// How many of them are done.
    pub statements_done: i64,
    /// `running`, `done` or `failed`.
    pub state: String,
    /// The user of the operating system.
    pub login: String,
    /// The machine.
    pub host: String,
    /// The program and its version.
    pub program: String,
    /// When it began, RFC 3339.
    pub started_at: String,
    /// When it ended.
    pub finished_at: Option<String>,
    /// The revision as it was applied, but for its downgrade section; none where it was not kept.
    pub script: Option<String>,
    /// A short hash of each statement, separated by blanks; none where older programs or whole
    /// transactions wrote the row.
    pub pieces: Option<String>,
    /// The number of the statement that was about to run when the row was written last.
    pub under_way: Option<String>,
    /// The copy of the database that was taken before the run.
    pub backup: Option<String>,
    /// The digest of the revision's file; none for a stamp, and where older programs wrote the row.
    pub digest: Option<String>,
    /// What stands in the last row of a run that left nothing to say.
    pub seal: Option<String>,
}

impl LedgerRow {
    /// Whether a part of the step is, or may be, in effect.
    pub fn is_partial(&self) -> bool {
        let is_open = matches!(self.state.as_str(), "running" | "failed");
        let left_by_crash = self.pieces.is_none() && self.state == "running";
        is_open && (self.statements_done > 0 || self.under_way.is_some() || left_by_crash)
    }
}

/// Reads the ledger, oldest step first; none when there is no such table. One made by an older
/// program may lack columns.
///
/// # Errors
///
/// What the engine says.
pub fn ledger_rows(
    connection: &mut dyn Connection,
    ledger: &Ledger,
) -> Result<Option<Vec<LedgerRow>>, DatabaseError> {
    let rows = read_ledger(connection, ledger, LedgerReading::Whole)?;
    Ok(rows.map(|rows| rows.into_iter().map(ledger_row).collect()))
}

/// The same of the steps with these numbers alone; none when there is no ledger.
///
/// # Errors
///
/// What the engine says.
pub fn ledger_rows_among(
    connection: &mut dyn Connection,
    ledger: &Ledger,
    rows: &[i64],
) -> Result<Vec<LedgerRow>, DatabaseError> {
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let columns = ledger_columns(connection, ledger)?;
    if columns.is_empty() {
        return Ok(Vec::new());
    }
    let sql = ledger.select_rows(connection.dialect(), &columns, rows);
    let found = connection.query(&sql, &[])?;
    Ok(found.into_iter().map(ledger_row).collect())
}

/// The same without the SQL of the steps, which is empty then.
///
/// # Errors
///
/// What the engine says.
pub fn ledger_summary(
    connection: &mut dyn Connection,
    ledger: &Ledger,
) -> Result<Option<Vec<LedgerRow>>, DatabaseError> {
    let rows = read_ledger(connection, ledger, LedgerReading::WithoutTexts)?;
    Ok(rows.map(|rows| rows.into_iter().map(ledger_row).collect()))
}

/// The same without SQL and without what a person wants to know: who, when, which message.
///
/// # Errors
///
/// What the engine says.
pub fn ledger_states(
    connection: &mut dyn Connection,
    ledger: &Ledger,
) -> Result<Option<impl Iterator<Item = LedgerRow>>, DatabaseError> {
    let rows = read_ledger(connection, ledger, LedgerReading::States)?;
    Ok(rows.map(|rows| rows.into_iter().map(ledger_state)))
}

/// Reads the seal of the last step; none when it has none, or when there is no ledger.
///
/// # Errors
///
/// What the engine says, where it is not that an older program made the ledger.
pub fn ledger_seal(
    connection: &mut dyn Connection,
    ledger: &Ledger,
) -> Result<Option<String>, DatabaseError> {
    let dialect = connection.dialect();
    match connection.query(&ledger.select_seal(dialect), &[]) {
        Ok(rows) => Ok(rows.first().and_then(|row| row.first()?.text())),
        Err(error) if is_missing(dialect, &error) || lacks_column(dialect, &error) => Ok(None),
        Err(error) => Err(error),
    }
}

/// Reads what the ledger kept of revisions in these rows, each with its row.
///
/// # Errors
///
/// What the engine says.
pub fn ledger_scripts(
    connection: &mut dyn Connection,
    ledger: &Ledger,
    rows: &[i64],
) -> Result<Vec<(i64, String)>, DatabaseError> {
    let columns = ledger_columns(connection, ledger)?;
    if rows.is_empty() || !columns.iter().any(|column| column == "script") {
        return Ok(Vec::new());
    }
    let rows: Vec<String> = rows.iter().map(ToString::to_string).collect();
    let sql = format!(
        "SELECT id, script FROM {} WHERE script IS NOT NULL AND id IN ({})",
        ledger.qualified(connection.dialect()),
        rows.join(", ")
    );
    let found = connection.query(&sql, &[])?.into_iter();
    let found = found.map(|row| {
        let mut cells = Cells(row.into_iter());
        (cells.number(), cells.text())
    });
    Ok(found.collect())
}

/// One message for the table that today's program makes, where it may fail.
fn read_ledger(
    connection: &mut dyn Connection,
    ledger: &Ledger,
    reading: LedgerReading,
) -> Result<Option<Vec<Row>>, DatabaseError> {
    let dialect = connection.dialect();
    let read = |connection: &mut dyn Connection, columns: Option<&[String]>| {
        connection.query(&ledger.select(dialect, columns, reading), &[])
    };
    let rows = match may_fail(connection) {
        false => None,
        true => match read(connection, None) {
            Ok(rows) => Some(rows),
            Err(error) if is_missing(dialect, &error) => return Ok(None),
            Err(error) if lacks_column(dialect, &error) => None,
            Err(error) => return Err(error),
        },
    };
    let rows = match rows {
        Some(rows) => rows,
        None => {
            let columns = ledger_columns(connection, ledger)?;
            if columns.is_empty() {
                return Ok(None);
            }
            read(connection, Some(&columns))?
        }
    };
    Ok(Some(rows))
}

/// The steps of which a part is, or may be, in effect, oldest first; without their SQL.
///
/// # Errors
///
/// What the engine says.
pub fn unfinished_steps(
    connection: &mut dyn Connection,
    ledger: &Ledger,
    columns: &[String],
) -> Result<Vec<LedgerRow>, DatabaseError> {
    if columns.is_empty() {
        return Ok(Vec::new());
    }
    let sql = ledger.select_unfinished(connection.dialect(), columns);
    let rows = connection.query(&sql, &[])?.into_iter().map(ledger_row);
    Ok(rows.filter(LedgerRow::is_partial).collect())
}

/// The columns of the ledger; none when there is no such table.
///
/// # Errors
///
/// What the engine says.
pub fn ledger_columns(
    connection: &mut dyn Connection,
    ledger: &Ledger,
) -> Result<Vec<String>, DatabaseError> {
    let rows = connection.query(&ledger.columns(connection.dialect()), &[])?;
    Ok(rows.iter().filter_map(|row| row.first()?.text()).collect())
}

/// The cells of a row, one after the other; what a row lacks is null.
struct Cells(vec::IntoIter<Value>);

impl Cells {
    fn next(&mut self) -> Value {
        self.0.next().unwrap_or(Value::Null)
    }

    fn number(&mut self) -> i64 {
        self.next().integer().unwrap_or_default()
    }

    fn text(&mut self) -> String {
        self.optional().unwrap_or_default()
    }

    fn optional(&mut self) -> Option<String> {
        self.next().into_text()
    }
}

/// The columns of [`LedgerReading::Whole`].
fn ledger_row(row: Row) -> LedgerRow {
    let mut cells = Cells(row.into_iter());
    LedgerRow {
        id: cells.number(),
        revision: cells.optional().map(RevisionId::new),
        direction: cells.text(),
        message: cells.text(),
        checksum: cells.text(),
        downgrade_sql: cells.text(),
        statements: cells.number(),
        statements_done: cells.number(),
        state: cells.text(),
        login: cells.text(),
        host: cells.text(),
        program: cells.text(),
        started_at: cells.text(),
        finished_at: cells.optional(),
        script: cells.optional(),
        pieces: cells.optional(),
        under_way: cells.optional(),
        backup: cells.optional(),
        digest: cells.optional(),
        seal: cells.optional(),
    }
}

/// The columns of [`LedgerReading::States`].
fn ledger_state(row: Row) -> LedgerRow {
    let mut cells = Cells(row.into_iter());
    LedgerRow {
        id: cells.number(),
        revision: cells.optional().map(RevisionId::new),
        direction: cells.text(),
        checksum: cells.text(),
        statements: cells.number(),
        statements_done: cells.number(),
        state: cells.text(),
        pieces: cells.optional(),
        under_way: cells.optional(),
        digest: cells.optional(),
        ..LedgerRow::default()
    }
}

struct Texts {
    exists: String,
    select: String,
}

/// Whether the failure of a query does no harm. Inside a transaction it ends that on PostgreSQL: there
/// the catalog is asked first.
fn may_fail(connection: &dyn Connection) -> bool {
    !connection.in_transaction() || connection.dialect() != Dialect::Postgres
}

/// The rows of a table that may be missing: the query itself finds out, where it may fail.
fn optional_rows(
    connection: &mut dyn Connection,
    texts: &Texts,
) -> Result<Option<Vec<Row>>, DatabaseError> {
    if !may_fail(connection) {
        let found = connection.query(&texts.exists, &[])?;
        let count = found.first().and_then(|row| row.first()?.integer());
        if count.unwrap_or_default() == 0 {
            return Ok(None);
        }
    }
    match connection.query(&texts.select, &[]) {
        Ok(rows) => Ok(Some(rows)),
        Err(error) if is_missing(connection.dialect(), &error) => Ok(None),
        Err(error) => Err(error),
    }
}

/// Whether the engine misses a column.
fn lacks_column(dialect: Dialect, error: &DatabaseError) -> bool {
    let Some(refusal) = error.refusal() else {
        return false;
    };
    match dialect {
        Dialect::Sqlite => refusal.message.starts_with("no such column"),
        Dialect::Postgres => refusal.code.as_deref() == Some("42703"),
        Dialect::Mysql => refusal.code.as_deref() == Some("1054"),
    }
}

/// The columns of a table; none when they cannot be read, which must not hide what is wrong.
fn columns(connection: &mut dyn Connection, table: &VersionTable) -> Vec<String> {
    let sql = match connection.dialect() {
        Dialect::Sqlite => {
            "SELECT name FROM pragma_table_info(?2, coalesce(?1, 'main')) ORDER BY cid"
        }
        Dialect::Postgres => {
            "SELECT column_name::text FROM information_schema.columns \
             WHERE table_schema = coalesce(?::text, current_schema()) AND table_name = ?::text \
             ORDER BY ordinal_position"
        }
        Dialect::Mysql => {
            "SELECT column_name FROM information_schema.columns \
             WHERE table_schema = coalesce(?, database()) AND table_name = ? \
             ORDER BY ordinal_position"
        }
    };
    let parameters = [
        Value::from(table.schema.as_deref()),
        Value::from(table.name.as_str()),
    ];
    let rows = connection.query(sql, &parameters).unwrap_or_default();
    let names = rows.iter().filter_map(|row| row.first()?.text());
    names.collect()
}

/// The tables that look like a version table of Alembic's and have no ledger beside them; none when
/// they cannot be read, which must not hide what is wrong. One of another schema than the
/// connection's own has its schema.
pub fn likely_version_tables(connection: &mut dyn Connection) -> Vec<VersionTable> {
    let sql = match connection.dialect() {
        Dialect::Sqlite => {
            "SELECT NULL, t.name FROM sqlite_schema AS t WHERE t.type = 'table' \
             AND (SELECT group_concat(name) FROM pragma_table_info(t.name)) = 'version_num' \
             AND NOT EXISTS (SELECT 1 FROM sqlite_schema AS l WHERE l.name = t.name || '_log') \
             ORDER BY t.name"
        }
        Dialect::Postgres => {
            "SELECT nullif(n.nspname, current_schema())::text, t.relname::text FROM pg_class AS t \
             JOIN pg_namespace AS n ON n.oid = t.relnamespace \
             WHERE t.relkind = 'r' AND t.relnatts = 1 AND EXISTS (SELECT 1 FROM pg_attribute AS a \
             WHERE a.attrelid = t.oid AND a.attnum = 1 AND a.attname = 'version_num') \
             AND NOT EXISTS (SELECT 1 FROM pg_class AS l WHERE l.relnamespace = t.relnamespace \
             AND l.relname = t.relname || '_log') ORDER BY 1 NULLS FIRST, 2"
        }
        Dialect::Mysql => {
            "SELECT NULL, table_name FROM information_schema.columns \
             WHERE table_schema = database() GROUP BY table_name \
             HAVING count(*) = 1 AND max(column_name) = 'version_num' \
             AND concat(table_name, '_log') NOT IN (SELECT l.table_name \
             FROM information_schema.tables AS l WHERE l.table_schema = database()) \
             ORDER BY table_name"
        }
    };
    let rows = connection.query(sql, &[]).unwrap_or_default();
    let tables = rows.iter().filter_map(|row| {
        Some(VersionTable {
            schema: row.first()?.text(),
            name: row.get(1)?.text()?,
        })
    });
    tables.collect()
}

fn is_missing(dialect: Dialect, error: &DatabaseError) -> bool {
    let Some(refusal) = error.refusal() else {
        return false;
    };
    let code = refusal.code.as_deref().unwrap_or_default();
    match dialect {
        Dialect::Sqlite => refusal.message.starts_with("no such table"),
        Dialect::Postgres => matches!(code, "42P01" | "3F000"),
        Dialect::Mysql => matches!(code, "1146" | "1049"),
    }
}
