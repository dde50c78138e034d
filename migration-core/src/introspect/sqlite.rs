//! SQLite keeps the text of every definition in its `sqlite_schema`.

use std::borrow::Cow;

use super::{IntrospectError, Live, count, letters, pair, stored, text};
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
                let (table, _) = stored::table(Dialect::Sqlite, &table, &requoted(&sql))?;
                schema.tables.push(table);
            }
            "index" => {
                let index = stored::index(Dialect::Sqlite, &table, &object, &requoted(&sql))?;
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
    letters::unify(&mut schema);
    let rows = connection.query(&format!("SELECT count(*) FROM {}", quoted(name)), &[])?;
    Ok(Live {
        schema,
        rows: count(&rows),
    })
}

/// All views and triggers as text, and the view of that name by its parts.
pub(super) fn view(
    connection: &mut dyn Connection,
    name: &ObjectName,
) -> Result<Schema, IntrospectError> {
    let sql = format!(
        "SELECT type, name, tbl_name, sql FROM {} WHERE type IN ('view', 'trigger') ORDER BY rowid",
        catalog(name)
    );
    let mut schema = Schema::default();
    for row in connection.query(&sql, &[])? {
        let [kind, object, table, sql] = [0, 1, 2, 3].map(|index| text(row.clone(), index));
        let is_asked = kind == "view" && object.eq_ignore_ascii_case(name.name.as_str());
        if is_asked {
            schema
                .views
                .extend(stored::view(Dialect::Sqlite, name, &sql));
        }
        schema.dependents.push(Dependent {
            kind: if kind == "view" {
                DependentKind::View
            } else {
                DependentKind::Trigger {
                    table: name.sibling(table.as_str().into()),
                }
            },
            name: name.sibling(object.as_str().into()),
            sql,
        });
    }
    Ok(schema)
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

/// The definition with the standard's quotes around names that stand in `[...]`: whatever is
/// inside is a name here, and may be an array to a reader of every engine's SQL.
fn requoted(ddl: &str) -> Cow<'_, str> {
    if !ddl.contains('[') {
        return Cow::Borrowed(ddl);
    }
    let mut written = String::with_capacity(ddl.len() + 2);
    let mut rest = ddl;
    while let Some(at) = rest.find(['[', '\'', '"', '`', '-', '/']) {
        let (before, from) = rest.split_at(at);
        written.push_str(before);
        let length = match from.as_bytes()[0] {
            b'[' => from.find(']').map(|end| end + 1),
            b'-' if from.starts_with("--") => from.find('\n'),
            b'/' if from.starts_with("/*") => from.find("*/").map(|end| end + 2),
            b'-' | b'/' => Some(1),
            // A doubled quote ends one text and begins the next, which is the same here.
            quote => from[1..].find(char::from(quote)).map(|end| end + 2),
        };
        let (piece, after) = from.split_at(length.unwrap_or(from.len()));
        match piece.strip_prefix('[').and_then(|it| it.strip_suffix(']')) {
            Some(name) => written.push_str(&Dialect::Sqlite.syntax().quote(name)),
            None => written.push_str(piece),
        }
        rest = after;
    }
    written.push_str(rest);
    Cow::Owned(written)
}

#[cfg(test)]
mod tests {
    use super::requoted;

    #[test]
    fn names_in_brackets_get_the_quotes_of_the_standard() {
        for (ddl, expected) in [
            ("CREATE TABLE t (a)", "CREATE TABLE t (a)"),
            ("[it's] [a \"b\"]", "\"it's\" \"a \"\"b\"\"\""),
            ("'[a]' \"[b]\" `[c]` [d]", "'[a]' \"[b]\" `[c]` \"d\""),
            ("'it''s [a]' [b]", "'it''s [a]' \"b\""),
            ("a - [b] / [c]", "a - \"b\" / \"c\""),
            (
                "-- [a]'\n[b] /* [c]\" */ [d]",
                "-- [a]'\n\"b\" /* [c]\" */ \"d\"",
            ),
            ("[never closed", "[never closed"),
        ] {
            assert_eq!(requoted(ddl), expected);
        }
    }
}
