//! What a downgrade would lose of what the database holds at this moment.

use std::fmt;

use crate::database::Connection;
use crate::diagnostic::Advice;
use crate::introspect::{self, IntrospectError};
use crate::program::{self, Lost, Program};
use crate::revision::RevisionId;
use crate::schema::{Column, DataType, Ident, ObjectName, Table};

/// Rows or values that would be gone, or values that would be others.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DataLoss {
    /// The table.
    pub table: ObjectName,
    /// The column; none when it is all rows of the table.
    pub column: Option<Ident>,
    /// How many rows, or values that are not NULL.
    pub count: i64,
    /// The type that rounds the values or cuts them off; none when they are gone.
    pub narrowed: Option<String>,
    /// The revision whose downgrade does it.
    pub revision: Option<RevisionId>,
}

/// A downgrade that would lose data and must not.
#[derive(Debug, thiserror::Error)]
#[error("the downgrade would lose data")]
pub struct LossError {
    /// What.
    pub losses: Vec<DataLoss>,
}

impl Advice for LossError {
    fn kind(&self) -> &'static str {
        "data-loss"
    }

    fn hint(&self) -> Option<String> {
        Some(
            "`--allow-data-loss` does it all the same; with `--backup` a copy of the database is \
             taken first"
                .to_owned(),
        )
    }
}

impl fmt::Display for DataLoss {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let plural = if self.count == 1 { "" } else { "s" };
        match (&self.column, &self.narrowed) {
            (Some(column), Some(data_type)) => write!(
                f,
                "what {} value{plural} of column `{}.{column}` {} more than {data_type} holds",
                self.count,
                self.table,
                if self.count == 1 { "has" } else { "have" },
            ),
            (Some(column), None) => write!(
                f,
                "{} value{plural} of column `{}.{column}`",
                self.count, self.table
            ),
            (None, _) => write!(f, "{} row{plural} of table `{}`", self.count, self.table),
        }
    }
}

/// Counts what the downgrades of a program would take away, one query for each table. What is not
/// there, empty or computed is no loss.
///
/// # Errors
///
/// What the engine says.
pub fn losses(
    program: &Program,
    connection: &mut dyn Connection,
) -> Result<Vec<DataLoss>, IntrospectError> {
    let mut found = Vec::new();
    for doomed in gathered(program, connection)? {
        found.extend(counted(&doomed, connection)?);
    }
    Ok(found)
}

/// A table that loses something.
struct Doomed {
    table: ObjectName,
    /// The revision that takes all its rows.
    rows: Option<Option<RevisionId>>,
    /// Columns, and who takes each.
    columns: Vec<(Ident, Option<RevisionId>)>,
    /// Columns, what type each gets, and who gives it.
    narrowed: Vec<(Ident, DataType, Option<RevisionId>)>,
}

/// The losses by table, in the order of the first of each.
fn gathered(
    program: &Program,
    connection: &mut dyn Connection,
) -> Result<Vec<Doomed>, IntrospectError> {
    let mut all: Vec<Doomed> = Vec::new();
    for loss in program::losses(program) {
        let revision = loss.revision;
        match loss.lost {
            Lost::Rows { table } => {
                let rows = &mut entry(&mut all, table).rows;
                rows.get_or_insert(revision);
            }
            Lost::Values { table, column } => {
                let columns = &mut entry(&mut all, table).columns;
                if !columns.iter().any(|(known, _)| *known == column) {
                    columns.push((column, revision));
                }
            }
            Lost::Digits {
                table,
                column,
                data_type,
            } => {
                let narrowed = &mut entry(&mut all, table).narrowed;
                narrowed.push((column, data_type, revision));
            }
            Lost::Schema { name } => {
                for table in tables(connection, &name)? {
                    let rows = &mut entry(&mut all, table).rows;
                    rows.get_or_insert(revision.clone());
                }
            }
        }
    }
    Ok(all)
}

fn entry(all: &mut Vec<Doomed>, table: ObjectName) -> &mut Doomed {
    let at = all.iter().position(|known| known.table == table);
    let at = at.unwrap_or_else(|| {
        all.push(Doomed {
            table,
            rows: None,
            columns: Vec::new(),
            narrowed: Vec::new(),
        });
        all.len() - 1
    });
    &mut all[at]
}

/// The tables of a schema; only servers have schemas.
fn tables(
    connection: &mut dyn Connection,
    schema: &Ident,
) -> Result<Vec<ObjectName>, IntrospectError> {
    let literal = connection.dialect().syntax().literal(schema.as_str());
    let rows = connection.query(
        &format!(
            "SELECT table_name FROM information_schema.tables WHERE table_schema = {literal} \
             AND table_type = 'BASE TABLE' ORDER BY table_name"
        ),
        &[],
    )?;
    let names = rows.iter().filter_map(|row| row.first()?.text());
    Ok(names
        .map(|name| ObjectName {
            schema: Some(schema.clone()),
            name: Ident::new(name),
        })
        .collect())
}

fn counted(
    doomed: &Doomed,
    connection: &mut dyn Connection,
) -> Result<Vec<DataLoss>, IntrospectError> {
    // An earlier attempt may have taken a part away already.
    let known = match introspect::table(connection, &doomed.table) {
        Ok(live) => live.schema.tables.into_iter().next(),
        Err(IntrospectError::NoSuchTable { .. }) => return Ok(Vec::new()),
        Err(IntrospectError::NotUnderstood { .. } | IntrospectError::Unreadable { .. }) => None,
        Err(error @ IntrospectError::Database(_)) => return Err(error),
    };
    let narrowed = match (&doomed.rows, &known) {
        (None, Some(table)) => narrowed(doomed, table, connection),
        (Some(_), _) | (None, None) => Vec::new(),
    };
    let columns = match (&doomed.rows, known) {
        // They go with their rows.
        (Some(_), _) => Vec::new(),
        (None, Some(table)) => stored(&doomed.columns, &table.columns),
        (None, None) => doomed.columns.clone(),
    };
    if doomed.rows.is_none() && columns.is_empty() {
        return Ok(narrowed);
    }
    let syntax = connection.dialect().syntax();
    let mut sql = "SELECT count(*)".to_owned();
    for (column, _) in &columns {
        sql.push_str(&format!(", count({})", syntax.quote(column.as_str())));
    }
    sql.push_str(" FROM ");
    sql.push_str(&syntax.object(&doomed.table));
    let rows = connection.query(&sql, &[])?;
    let mut counts = rows
        .into_iter()
        .flatten()
        .map(|it| it.integer().unwrap_or_default());
    let all = counts.next().unwrap_or_default();
    let of = |column: Option<Ident>, revision: Option<RevisionId>, count: i64| DataLoss {
        table: doomed.table.clone(),
        column,
        count,
        narrowed: None,
        revision,
    };
    let mut found = Vec::new();
    if let Some(revision) = &doomed.rows {
        found.push(of(None, revision.clone(), all));
    }
    let values = columns.into_iter().zip(counts);
    found.extend(values.map(|((column, revision), count)| of(Some(column), revision, count)));
    found.retain(|loss| loss.count > 0);
    found.extend(narrowed);
    Ok(found)
}

/// The values that are others once their columns have the next types. Where the engine cannot convert
/// them it says so by itself, and refuses the change.
fn narrowed(doomed: &Doomed, table: &Table, connection: &mut dyn Connection) -> Vec<DataLoss> {
    let dialect = connection.dialect();
    let mut found: Vec<DataLoss> = Vec::new();
    for (name, data_type, revision) in &doomed.narrowed {
        let goes = doomed.columns.iter().any(|(gone, _)| gone == name);
        let of = [(name.clone(), revision.clone())];
        let Some((column, revision)) = stored(&of, &table.columns).pop().filter(|_| !goes) else {
            continue;
        };
        let live = table.columns.iter().find(|it| it.name == column);
        let condition = live.and_then(|it| dialect.narrowed(&column, &it.data_type, data_type));
        let Some(condition) = condition else { continue };
        let object = dialect.syntax().object(&doomed.table);
        let sql = format!("SELECT count(*) FROM {object} WHERE {condition}");
        let count = connection.query(&sql, &[]).unwrap_or_default();
        let count = count.first().and_then(|row| row.first()?.integer());
        found.push(DataLoss {
            table: doomed.table.clone(),
            column: Some(column),
            count: count.unwrap_or_default(),
            narrowed: dialect.compiler().data_type(data_type).ok(),
            revision,
        });
    }
    found.retain(|loss| loss.count > 0);
    found
}

/// The columns that are there and hold values of their own.
fn stored(
    doomed: &[(Ident, Option<RevisionId>)],
    live: &[Column],
) -> Vec<(Ident, Option<RevisionId>)> {
    let find = |name: &Ident| {
        let is_it = |column: &&Column| {
            let (one, other) = (column.name.as_str(), name.as_str());
            one.eq_ignore_ascii_case(other)
        };
        let column = live.iter().find(is_it)?;
        column.generated.is_none().then(|| column.name.clone())
    };
    doomed
        .iter()
        .filter_map(|(name, revision)| Some((find(name)?, revision.clone())))
        .collect()
}
