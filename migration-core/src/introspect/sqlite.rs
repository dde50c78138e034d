//! SQLite keeps the text of every definition in its `sqlite_schema`.

use super::{IntrospectError, Live, count, pair, stored, text};
use crate::database::{Connection, Value};
use crate::dialect::Dialect;
use crate::schema::{Dependent, DependentKind, ObjectName, Schema};

/// Tables by name, without SQLite's own.
pub(super) const TABLES: &str = "SELECT name FROM sqlite_schema \
    WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY name";

/// One message: the table, its indexes and triggers, all views and theirs, in order of creation.
pub(super) fn table(
    connection: &mut dyn Connection,
    name: &ObjectName,
) -> Result<Live, IntrospectError> {
    let catalog = catalog(name);
    let rows = connection.query(
        &format!(
            "SELECT type, name, tbl_name, sql FROM {catalog} WHERE sql IS NOT NULL AND \
             (type = 'view' OR tbl_name = ? COLLATE NOCASE OR (type = 'trigger' AND tbl_name IN \
             (SELECT name FROM {catalog} WHERE type = 'view'))) ORDER BY rowid"
        ),
        &[Value::from(name.name.as_str())],
    )?;
    let mut schema = Schema::default();
    for row in rows {
        let [kind, object, table, sql] = [0, 1, 2, 3].map(|index| text(row.clone(), index));
        // In the letters it was created with, however it is asked for.
        let table = name.sibling(table.as_str().into());
        match kind.as_str() {
            "table" => {
                let (table, _) = stored::table(Dialect::Sqlite, &table, &sql)?;
                schema.tables.push(table);
            }
            "index" => {
                let index = stored::index(Dialect::Sqlite, &table, &object, &sql)?;
                schema.indexes.push(index);
            }
            kind => schema.dependents.push(Dependent {
                kind: if kind == "view" {
                    DependentKind::View
                } else {
                    DependentKind::Trigger { table }
                },
                name: name.sibling(object.as_str().into()),
                sql,
            }),
        }
    }
    let Some(table) = schema.tables.first_mut() else {
        return Err(IntrospectError::NoSuchTable { name: name.clone() });
    };
    let declared = declared(connection, name)?;
    stored::keep_declared(Dialect::Sqlite, table, &declared);
    let rows = connection.query(&format!("SELECT count(*) FROM {}", quoted(name)), &[])?;
    Ok(Live {
        schema,
        rows: count(&rows),
    })
}

fn quoted(name: &ObjectName) -> String {
    let syntax = Dialect::Sqlite.syntax();
    let schema = match &name.schema {
        Some(schema) => format!("{}.", syntax.quote(schema.as_str())),
        None => String::new(),
    };
    schema + &syntax.quote(name.name.as_str())
}

/// The columns of a table and the types they are declared with.
fn declared(
    connection: &mut dyn Connection,
    name: &ObjectName,
) -> Result<Vec<(String, String)>, IntrospectError> {
    let schema = name.schema.as_ref().map_or("main", |name| name.as_str());
    let parameters = [Value::from(name.name.as_str()), Value::from(schema)];
    let sql = "SELECT name, type FROM pragma_table_xinfo(?, ?)";
    let rows = connection.query(sql, &parameters)?;
    Ok(rows.into_iter().map(pair).collect())
}

/// Given an index: its table.
pub(super) fn table_of_index(index: &ObjectName) -> String {
    format!(
        "SELECT tbl_name FROM {} WHERE type = 'index' AND name = ? COLLATE NOCASE",
        catalog(index)
    )
}

fn catalog(name: &ObjectName) -> String {
    let schema = name
        .schema
        .as_ref()
        .map_or("main", |schema| schema.as_str());
    format!("{}.sqlite_schema", Dialect::Sqlite.syntax().quote(schema))
}
