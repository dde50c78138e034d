//! MySQL and MariaDB write the text of a definition on request.

mod definition;
mod objects;
mod plain;
mod session;

use super::{IntrospectError, Live, Scope, Unread, Unsaid, Whole, order, stored, text, texts};
use crate::database::{Connection, DatabaseError, Row, Value};
use crate::dialect::Dialect;
use crate::schema::{Dependent, DependentKind, Ident, ObjectName, Schema};
use objects::ReadView;
use plain::Rules;

pub use objects::kept_sequence;
pub use session::{SessionTable, is_beyond_session, session_tables, standing_for};

/// Tables by name.
pub(super) const TABLES: &str = "SELECT table_name FROM information_schema.tables \
    WHERE table_schema = database() AND table_type = 'BASE TABLE' ORDER BY table_name";

/// Given an index and a schema or NULL.
pub(super) const TABLE_OF_INDEX: &str = "SELECT table_name FROM information_schema.statistics \
    WHERE index_name = ? AND table_schema = coalesce(?, database()) ORDER BY table_name LIMIT 1";

/// Given a schema or NULL: all indexes, each with the first of the tables that have one of its name.
pub(super) const INDEXES: &str = "SELECT index_name, min(table_name) \
    FROM information_schema.statistics WHERE table_schema = coalesce(?, database()) \
    GROUP BY index_name";

/// Given a table and a schema or NULL.
pub(super) const ROWS: &str = "SELECT table_rows FROM information_schema.tables \
    WHERE table_name = ? AND table_schema = coalesce(?, database())";

/// Given a schema or NULL: what holds where nothing is said.
const RULES: &str = "SELECT database(), default_collation_name, @@default_storage_engine \
    FROM information_schema.schemata WHERE schema_name = coalesce(?, database())";

/// Given a schema or NULL three times: what there is, in the words of `SHOW CREATE`.
const OBJECTS: &str = "
SELECT CASE table_type WHEN 'VIEW' THEN 'VIEW' WHEN 'SEQUENCE' THEN 'SEQUENCE' ELSE 'TABLE' END,
    table_name, table_collation
FROM information_schema.tables
WHERE table_schema = coalesce(?, database())
    AND table_type IN ('BASE TABLE', 'SYSTEM VERSIONED', 'VIEW', 'SEQUENCE')
UNION ALL
SELECT routine_type, routine_name, NULL
FROM information_schema.routines WHERE routine_schema = coalesce(?, database())
UNION ALL
SELECT 'EVENT', event_name, NULL
FROM information_schema.events WHERE event_schema = coalesce(?, database())";

/// Given a schema or NULL.
const TRIGGERS: &str = "SELECT trigger_name, event_object_table, \
    concat(action_timing, ' ', event_manipulation), action_statement \
    FROM information_schema.triggers WHERE trigger_schema = coalesce(?, database())";

/// Reads a table. What stands on it (triggers, views) survives every change of it here.
pub(super) fn table(
    connection: &mut dyn Connection,
    name: &ObjectName,
) -> Result<Live, IntrospectError> {
    let rows = match connection.query(&show("TABLE", name), &[]) {
        Ok(rows) => rows,
        Err(error) if is_missing(&error) => {
            return Err(IntrospectError::NoSuchTable { name: name.clone() });
        }
        Err(error) => return Err(error.into()),
    };
    let ddl = rows.into_iter().next().map(|row| text(row, 1));
    let ddl = ddl.unwrap_or_default();
    let read = definition::read(name, &ddl)?;
    if !read.others.is_empty() {
        return Err(stored::not_understood(&name.to_string(), &ddl));
    }
    Ok(Live {
        schema: Schema {
            tables: vec![read.table],
            indexes: read.indexes,
            ..Schema::default()
        },
    })
}

/// Reads a database: three queries for each of its schemas, and a message with one `SHOW CREATE`
/// for each object.
pub(super) fn whole(
    connection: &mut dyn Connection,
    scope: &Scope,
) -> Result<Whole, IntrospectError> {
    let mut whole = Whole::default();
    for home in [None].into_iter().chain(scope.schemas.iter().map(Some)) {
        read_schema(connection, home, &mut whole)?;
    }
    order::sort(&mut whole);
    Ok(whole)
}

/// An object by the words of `SHOW CREATE`.
struct Object {
    kind: String,
    name: ObjectName,
    collation: String,
}

fn read_schema(
    connection: &mut dyn Connection,
    home: Option<&Ident>,
    whole: &mut Whole,
) -> Result<(), IntrospectError> {
    let asked = Value::from(home.map(Ident::as_str));
    let asked = std::slice::from_ref(&asked);
    let Some(rules) = connection.query(RULES, asked)?.into_iter().next() else {
        return Ok(());
    };
    let [own, collation, engine] = texts(rules);
    let rules = Rules {
        own,
        collation,
        engine,
    };
    whole.unsaid.push(Unsaid {
        schema: home.cloned(),
        options: rules.options(),
    });
    let listed = connection.query(OBJECTS, &[asked, asked, asked].concat())?;
    let objects: Vec<Object> = listed
        .into_iter()
        .map(|row| {
            let [kind, name, collation] = texts(row);
            let name = named(home, &name);
            Object {
                kind,
                name,
                collation,
            }
        })
        .collect();
    let shown: Vec<String> = objects.iter().map(|it| show(&it.kind, &it.name)).collect();
    for (object, row) in objects.into_iter().zip(first_rows(connection, &shown)?) {
        let [_, first, second, third] = texts(row);
        let ddl = match object.kind.as_str() {
            "TABLE" | "VIEW" | "SEQUENCE" => first,
            "EVENT" => third,
            _ => second,
        };
        add(whole, object, ddl, home, &rules);
    }
    for row in connection.query(TRIGGERS, asked)? {
        let [name, table, moment, body] = texts(row);
        let (name, table) = (named(home, &name), named(home, &table));
        let trigger = trigger(name, table, (&moment, &body));
        whole.schema.dependents.push(trigger);
    }
    Ok(())
}

/// A trigger as it is read, by the words behind its name (`BEFORE INSERT`) and what it does.
pub fn trigger(name: ObjectName, table: ObjectName, (moment, body): (&str, &str)) -> Dependent {
    Dependent {
        sql: objects::trigger(&name, &table, moment, body),
        kind: DependentKind::Trigger { table },
        name,
    }
}

/// Puts an object into the whole.
fn add(whole: &mut Whole, object: Object, ddl: String, home: Option<&Ident>, rules: &Rules) {
    let name = object.name;
    let schema = &mut whole.schema;
    let arguments = String::new();
    let kind = match object.kind.as_str() {
        "TABLE" => match definition::read(&name, &ddl) {
            Ok(mut read) => {
                plain::table(&mut read, &object.collation, home, rules);
                add_table(schema, read);
                return;
            }
            Err(_) => None,
        },
        "VIEW" => match objects::view(&name, &ddl, &rules.own) {
            ReadView::Plain(view) => return schema.views.push(view),
            ReadView::Said(view) => return schema.dependents.push(view),
            ReadView::Unread(ddl) => return whole.unread.push(Unread { name, ddl }),
        },
        "SEQUENCE" => match objects::sequence(&name, &ddl) {
            Some(sequence) => return schema.sequences.push(sequence),
            None => None,
        },
        "FUNCTION" => Some(DependentKind::Function { arguments }),
        "PROCEDURE" => Some(DependentKind::Procedure { arguments }),
        _ => None,
    };
    match kind {
        // The text is kept from who may not see it.
        Some(kind) if !ddl.is_empty() => schema.dependents.push(Dependent {
            kind,
            name,
            sql: objects::routine(&ddl),
        }),
        Some(_) | None => whole.unread.push(Unread {
            name,
            ddl: objects::settled(ddl),
        }),
    }
}

fn add_table(schema: &mut Schema, read: definition::Definition) {
    let table = &read.table.name;
    for (name, clause) in read.others {
        schema.dependents.push(Dependent {
            kind: DependentKind::Index {
                table: table.clone(),
            },
            name: table.sibling(name),
            sql: format!("ALTER TABLE {} ADD {clause}", quoted(table)),
        });
    }
    schema.indexes.extend(read.indexes);
    schema.tables.push(read.table);
}

/// The one row of each query.
fn first_rows(
    connection: &mut dyn Connection,
    queries: &[String],
) -> Result<Vec<Row>, DatabaseError> {
    let mut rows = vec![Row::new(); queries.len()];
    connection.query_each(queries, &mut |number, row| {
        if let Some(row) = row {
            rows[number] = row;
        }
    })?;
    Ok(rows)
}

fn show(kind: &str, name: &ObjectName) -> String {
    format!("SHOW CREATE {kind} {}", quoted(name))
}

fn quoted(name: &ObjectName) -> String {
    Dialect::Mysql.syntax().object(name)
}

fn named(home: Option<&Ident>, name: &str) -> ObjectName {
    ObjectName {
        schema: home.cloned(),
        name: Ident::new(name),
    }
}

/// 1146: no such table; 1049: no such database.
fn is_missing(error: &DatabaseError) -> bool {
    let code = error.refusal().and_then(|refusal| refusal.code.as_deref());
    matches!(code, Some("1146" | "1049"))
}
