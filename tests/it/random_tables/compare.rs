//! What a database is, as text that can be compared line by line.

use rusqlite::{Connection, ErrorCode, Result, ffi};

use super::model::{Db, Table};
use super::write::quoted;
use super::{normal, values, write};

/// The tables of the program itself.
const OWN: &str = "name NOT LIKE 'alembic_version%' AND name NOT LIKE 'sqlite_%'";

/// The names of all tables, in the order that SQLite reads them.
pub(super) fn tables(connection: &Connection) -> Result<Vec<String>> {
    let sql =
        format!("SELECT name FROM sqlite_schema WHERE type = 'table' AND {OWN} ORDER BY rowid");
    let mut statement = connection.prepare(&sql)?;
    let names = statement.query_map([], |row| row.get(0))?;
    names.collect()
}

/// Every definition and every row.
pub(super) fn describe(connection: &Connection) -> Result<Vec<String>> {
    let mut lines = definitions(connection)?;
    for (title, sql) in CATALOG {
        let mut found = rows(connection, sql)?;
        found.sort();
        lines.extend(found.into_iter().map(|line| format!("{title}: {line}")));
    }
    lines.extend(contents(connection)?);
    Ok(lines)
}

/// What SQLite says of tables, columns, keys and indexes.
const CATALOG: [(&str, &str); 4] = [
    (
        "column",
        "SELECT t.name, c.cid, c.name, replace(lower(c.type), ' ', ''), c.\"notnull\", c.pk, c.hidden \
         FROM sqlite_schema t, pragma_table_xinfo(t.name) c \
         WHERE t.type IN ('table', 'view') AND t.name NOT LIKE 'alembic%' AND t.name NOT LIKE 'sqlite_%'",
    ),
    (
        "foreign key",
        "SELECT t.name, lower(k.\"table\"), k.seq, lower(k.\"from\"), lower(k.\"to\"), k.on_update, k.on_delete \
         FROM sqlite_schema t, pragma_foreign_key_list(t.name) k WHERE t.type = 'table'",
    ),
    (
        "index",
        "SELECT t.name, CASE i.origin WHEN 'c' THEN i.name END, i.\"unique\", i.origin, i.partial, \
         group_concat(x.seqno || ' ' || x.cid || ' ' || x.\"desc\" || ' ' || lower(x.coll) || ' ' || x.key, ', ') \
         FROM sqlite_schema t, pragma_index_list(t.name) i, pragma_index_xinfo(i.name) x \
         WHERE t.type = 'table' AND t.name NOT LIKE 'alembic%' GROUP BY t.name, i.name",
    ),
    (
        "mark",
        "SELECT name, seq FROM sqlite_sequence WHERE name NOT LIKE 'alembic%'",
    ),
];

fn definitions(connection: &Connection) -> Result<Vec<String>> {
    let sql = format!(
        "SELECT type, name, tbl_name, sql FROM sqlite_schema WHERE sql IS NOT NULL AND {OWN}"
    );
    let mut statement = connection.prepare(&sql)?;
    let found = statement.query_map([], |row| {
        Ok([
            row.get::<_, String>(0)?,
            row.get(1)?,
            row.get(2)?,
            row.get(3)?,
        ])
    })?;
    let mut lines = Vec::new();
    for row in found {
        let [kind, name, table, sql] = row?;
        let facts = match kind.as_str() {
            "table" => normal::table(&sql, &name),
            "index" => normal::index(&sql, &table),
            _ => vec![normal::definition(&sql)],
        };
        let on = if kind == "trigger" {
            table.to_lowercase()
        } else {
            table
        };
        lines.extend(
            facts
                .iter()
                .map(|fact| format!("{kind} {name} on {on}: {fact}")),
        );
        if kind == "table" {
            lines.extend(defaults(connection, &name)?);
        }
    }
    lines.sort();
    Ok(lines)
}

fn defaults(connection: &Connection, table: &str) -> Result<Vec<String>> {
    let mut statement = connection.prepare("SELECT name, dflt_value FROM pragma_table_xinfo(?)")?;
    let found = statement.query_map([table], |row| {
        let default: Option<String> = row.get(1)?;
        Ok((row.get::<_, String>(0)?, default))
    })?;
    let mut lines = Vec::new();
    for row in found {
        let (column, default) = row?;
        let default = default.map(|default| normal::expression(&default));
        lines.push(format!("default {table} {column}: {default:?}"));
    }
    Ok(lines)
}

/// Every row of every table in its order, and of every view.
pub(super) fn contents(connection: &Connection) -> Result<Vec<String>> {
    let sql = format!(
        "SELECT type, name, (SELECT group_concat(lower(name), ' ') FROM pragma_table_xinfo(s.name)), \
         sql LIKE '%) %WITHOUT ROWID%' FROM sqlite_schema s WHERE type IN ('table', 'view') AND {OWN} \
         ORDER BY name"
    );
    let mut statement = connection.prepare(&sql)?;
    let found = statement.query_map([], |row| {
        Ok((
            row.get::<_, String>(0)?,
            row.get::<_, String>(1)?,
            row.get::<_, String>(2)?,
            row.get::<_, bool>(3)?,
        ))
    })?;
    let mut lines = Vec::new();
    for row in found {
        let (kind, name, columns, without_rowid) = row?;
        let is_taken = |alias: &str| columns.split(' ').any(|column| column == alias);
        let alias = ["rowid", "_rowid_", "oid"]
            .into_iter()
            .find(|alias| !is_taken(alias));
        let is_table = kind == "table";
        let rowid = match alias.filter(|_| is_table && !without_rowid) {
            Some(alias) => format!("{alias}, "),
            None => String::new(),
        };
        let hint = if is_table { " NOT INDEXED" } else { "" };
        let mut found = rows(
            connection,
            &format!("SELECT {rowid}* FROM {}{hint}", quoted(&name)),
        )?;
        if !is_table {
            found.sort();
        }
        lines.extend(
            found
                .into_iter()
                .map(|line| format!("row of {name}: {line}")),
        );
    }
    Ok(lines)
}

/// The rows of a query, a line each.
pub(super) fn rows(connection: &Connection, sql: &str) -> Result<Vec<String>> {
    if sql.contains("FROM sqlite_sequence") && !has_marks(connection)? {
        return Ok(Vec::new());
    }
    let mut statement = connection.prepare(sql)?;
    let count = statement.column_count();
    let mut found = statement.query([])?;
    let mut lines = Vec::new();
    while let Some(row) = found.next()? {
        let mut cells = Vec::with_capacity(count);
        for at in 0..count {
            cells.push(without_clock(&write::value(&values::stored(
                row.get_ref(at)?,
            ))));
        }
        lines.push(cells.join(" | "));
    }
    Ok(lines)
}

/// The text without what `CURRENT_TIMESTAMP` was: two databases are made at two moments.
fn without_clock(text: &str) -> String {
    const SHAPE: &[u8] = b"2000-01-01 00:00:00";
    let is_moment = |window: &[u8]| {
        let mut signs = window.iter().zip(SHAPE);
        signs.all(|(sign, like)| sign == like || sign.is_ascii_digit() && like.is_ascii_digit())
    };
    let mut rest = text;
    let mut clean = String::new();
    while let Some(at) = rest.as_bytes().windows(SHAPE.len()).position(is_moment) {
        clean += &rest[..at];
        clean += "now";
        rest = &rest[at + SHAPE.len()..];
    }
    clean + rest
}

#[test]
fn a_moment_is_any_other() {
    assert_eq!(without_clock("'a2026-11-21 23:59:59z' | 7"), "'anowz' | 7");
    assert_eq!(
        without_clock("'2026-11-21' | '23:59:59'"),
        "'2026-11-21' | '23:59:59'"
    );
}

fn has_marks(connection: &Connection) -> Result<bool> {
    let sql = "SELECT count(*) FROM sqlite_schema WHERE name = 'sqlite_sequence'";
    connection.query_row(sql, [], |row| row.get(0))
}

/// What is wrong with a database; nothing, as it should be.
pub(super) fn faults(connection: &Connection) -> Result<Vec<String>> {
    let mut found = rows(connection, "PRAGMA integrity_check")?;
    found.retain(|line| line != "'ok'");
    found.extend(rows(connection, "PRAGMA foreign_key_check")?);
    Ok(found)
}

/// Statements that constraints, references and triggers answer to.
pub(super) fn probes(db: &Db, seed: usize) -> Vec<String> {
    let mut probes = Vec::new();
    for table in &db.tables {
        let name = quoted(&table.name);
        let row = table.rows.get(seed % table.rows.len().max(1));
        if let (Some(row), Some(rowid)) = (row, table.rowid_name()) {
            probes.push(format!("DELETE FROM {name} WHERE {rowid} = {}", row.rowid));
        }
        probes.push(
            write::rows(&Table {
                rows: row.cloned().into_iter().collect(),
                ..table.clone()
            })
            .unwrap_or_default(),
        );
        let columns: Vec<_> = table
            .columns
            .iter()
            .filter(|it| it.generated.is_none())
            .collect();
        let is_clock = |default: &str| default.starts_with("CURRENT");
        if !columns
            .iter()
            .any(|it| it.default.as_deref().is_some_and(is_clock))
        {
            probes.push(format!("INSERT INTO {name} DEFAULT VALUES"));
        }
        let column = quoted(&columns[seed % columns.len()].name);
        for value in ["NULL", "-12345", "'zz;'", "77"] {
            probes.push(format!("UPDATE {name} SET {column} = {value}"));
        }
    }
    probes.retain(|probe| !probe.is_empty());
    probes
}

/// What a statement does, undone.
pub(super) fn answer(connection: &Connection, probe: &str) -> Result<Vec<String>> {
    connection.execute_batch("SAVEPOINT probe")?;
    let result = connection.execute_batch(probe);
    let lines = match result {
        Ok(()) => contents(connection),
        Err(error) => Ok(vec![kind(&error)]),
    };
    connection.execute_batch("ROLLBACK TO probe; RELEASE probe")?;
    lines
}

/// The kind of a failure: which of two constraints is tried first is nobody's promise.
fn kind(error: &rusqlite::Error) -> String {
    match error {
        rusqlite::Error::SqliteFailure(code, message) => match code.extended_code {
            ffi::SQLITE_CONSTRAINT_PRIMARYKEY
            | ffi::SQLITE_CONSTRAINT_ROWID
            | ffi::SQLITE_CONSTRAINT_UNIQUE => "not unique".to_owned(),
            _ if code.code == ErrorCode::ConstraintViolation => {
                format!("constraint {}", code.extended_code)
            }
            _ => format!("{message:?}"),
        },
        other => other.to_string(),
    }
}
