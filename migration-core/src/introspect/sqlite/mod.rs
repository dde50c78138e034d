//! SQLite keeps the text of every definition in its `sqlite_schema`.

mod brackets;
mod plain;
mod spelling;

use std::collections::{HashMap, HashSet};

use super::{Expected, IntrospectError, Live, Scope, Unread, Whole, letters, order, stored, texts};
use crate::database::{Connection, Value};
use crate::dialect::Dialect;
use crate::schema::{
    ConstraintKind, Dependent, DependentKind, Expression, Ident, Index, ObjectName, Schema, Table,
};
use brackets::requoted;
use plain::{Declared, Target, Targets};

/// Tables by name, without SQLite's own.
pub(super) const TABLES: &str = "SELECT name FROM sqlite_schema \
    WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY name";

/// The columns of all tables of a schema: those of a table behind its first, which alone says the
/// table, and whether it is a shadow.
///
/// What is in a list of names is left out, but for shadows.
const COLUMNS: &str = "SELECT CASE c.cid WHEN 0 THEN t.name END, t.type = 'shadow', c.name, c.type, \
    c.\"notnull\" FROM pragma_table_list AS t JOIN pragma_table_xinfo(t.name, t.schema) AS c \
    WHERE t.schema = ? AND t.type <> 'view' \
    AND (t.type = 'shadow' OR t.name NOT IN (SELECT value FROM json_each(?)))";

/// The types that the columns of one table were declared with.
const DECLARED: &str = "SELECT name, type FROM pragma_table_xinfo(?, ?)";

/// One message: the table, its indexes and triggers, all views and theirs, in order of creation.
pub(super) fn table(
    connection: &mut dyn Connection,
    name: &ObjectName,
) -> Result<Live, IntrospectError> {
    let catalog = catalog(name.schema.as_ref());
    let filter = format!(
        "type = 'view' OR tbl_name = ? COLLATE NOCASE OR (type = 'trigger' AND tbl_name IN \
         (SELECT name FROM {catalog} WHERE type = 'view'))"
    );
    let asked = [Value::from(name.name.as_str())];
    let mut schema = Schema::default();
    for part in parts(connection, &catalog, &filter, &asked)? {
        add(&mut schema, name.schema.as_ref(), part)?;
    }
    let Some(table) = schema.tables.first_mut() else {
        return Err(IntrospectError::NoSuchTable { name: name.clone() });
    };
    let home = name.schema.as_ref().map_or("main", Ident::as_str);
    let asked = [Value::from(name.name.as_str()), Value::from(home)];
    let declared: Vec<_> = connection
        .query(DECLARED, &asked)?
        .into_iter()
        .map(|row| {
            let [column, spelled] = texts(row);
            (Ident::new(column), spelled)
        })
        .collect();
    stored::keep_declared(Dialect::Sqlite, table, &declared);
    letters::unify(table, &mut schema.indexes);
    Ok(Live { schema })
}

/// Counts the rows of a table.
pub(super) fn rows(name: &ObjectName) -> String {
    format!("SELECT count(*) FROM {}", quoted(name))
}

/// All views and triggers as text, and the view of that name by its parts.
pub(super) fn view(
    connection: &mut dyn Connection,
    name: &ObjectName,
) -> Result<Schema, IntrospectError> {
    let home = name.schema.as_ref();
    let filter = "type IN ('view', 'trigger')";
    let mut schema = Schema::default();
    for part in parts(connection, &catalog(home), filter, &[])? {
        let is_asked = part.is("view") && part.name.eq_ignore_ascii_case(name.name.as_str());
        if is_asked {
            schema
                .views
                .extend(stored::view(Dialect::Sqlite, name, &requoted(&part.sql)));
        }
        add(&mut schema, home, part)?;
    }
    Ok(schema)
}

/// Reads a database: two queries for each of its schemas.
pub(super) fn whole(
    connection: &mut dyn Connection,
    scope: &Scope,
    expected: Option<&dyn Expected>,
) -> Result<Whole, IntrospectError> {
    let mut whole = Whole::default();
    for home in [None].into_iter().chain(scope.schemas.iter().map(Some)) {
        let filter = "name NOT LIKE 'sqlite\\_%' ESCAPE '\\'";
        let parts = parts(connection, &catalog(home), filter, &[])?;
        // What is expected is in the connection's own schema.
        let expected = expected.filter(|_| home.is_none());
        let told = told(connection, home, (&parts, expected))?;
        collect(&mut whole, home, parts, told);
    }
    order::sort(&mut whole);
    Ok(whole)
}

/// A row of the catalog.
struct Part {
    kind: String,
    name: String,
    table: String,
    sql: String,
}

impl Part {
    fn is(&self, kind: &str) -> bool {
        self.kind == kind
    }
}

/// What is in the catalog, in order of creation.
fn parts(
    connection: &mut dyn Connection,
    catalog: &str,
    filter: &str,
    parameters: &[Value],
) -> Result<Vec<Part>, IntrospectError> {
    let sql = format!(
        "SELECT type, name, tbl_name, sql FROM {catalog} WHERE sql IS NOT NULL AND ({filter}) \
         ORDER BY rowid"
    );
    let rows = connection.query(&sql, parameters)?;
    let parts = rows.into_iter().map(|row| {
        let [kind, name, table, sql] = texts(row);
        Part {
            kind,
            name,
            table,
            sql,
        }
    });
    Ok(parts.collect())
}

/// What is known of the parts without reading their texts.
#[derive(Default)]
struct Told {
    columns: Columns,
    tables: HashMap<String, Table>,
    indexes: HashMap<String, Index>,
}

fn told(
    connection: &mut dyn Connection,
    home: Option<&Ident>,
    (parts, expected): (&[Part], Option<&dyn Expected>),
) -> Result<Told, IntrospectError> {
    let mut told = Told::default();
    let Some(expected) = expected else {
        told.columns = columns(connection, home, &[])?;
        return Ok(told);
    };
    let of = |kind| parts.iter().filter(move |part| part.is(kind));
    let names = of("table").filter(|it| expected.is_table(&it.name, &it.sql));
    let names: Vec<&str> = names.map(|it| it.name.as_str()).collect();
    let indexes =
        of("index").filter_map(|it| Some((it.name.clone(), expected.index(&it.name, &it.sql)?)));
    told.indexes = indexes.collect();
    told.columns = columns(connection, home, &names)?;
    match expected.tables(&names) {
        Some(tables) => told.tables = tables,
        None if names.is_empty() => {}
        None => told.columns = columns(connection, home, &[])?,
    }
    Ok(told)
}

impl Told {
    /// Puts a part into the schema if it is known.
    fn add(&mut self, schema: &mut Schema, part: &Part) -> bool {
        let added = match part.kind.as_str() {
            "table" => (self.tables.remove(&part.name)).map(|it| schema.tables.push(it)),
            "index" => (self.indexes.remove(&part.name)).map(|it| schema.indexes.push(it)),
            _ => None,
        };
        added.is_some()
    }
}

/// Reads what a row defines.
fn add(schema: &mut Schema, home: Option<&Ident>, part: Part) -> Result<(), IntrospectError> {
    // In the letters it was created with, however it is asked for.
    let table = named(home, &part.table);
    match part.kind.as_str() {
        "table" => {
            let (table, _) = stored::table(Dialect::Sqlite, &table, &requoted(&part.sql))?;
            schema.tables.push(table);
        }
        "index" => {
            let sql = requoted(&part.sql);
            let index = stored::index(Dialect::Sqlite, &table, &part.name, &sql)?;
            schema.indexes.push(index);
        }
        kind => schema.dependents.push(Dependent {
            kind: if kind == "view" {
                DependentKind::View
            } else {
                DependentKind::Trigger { table }
            },
            name: named(home, &part.name),
            sql: part.sql,
        }),
    }
    Ok(())
}

/// What SQLite itself says of the columns of tables.
#[derive(Default)]
struct Columns {
    of: HashMap<String, Vec<Declared>>,
    /// Tables in which virtual tables keep what is theirs.
    shadows: HashSet<String>,
}

/// The columns of all tables but those that are known.
fn columns(
    connection: &mut dyn Connection,
    home: Option<&Ident>,
    known: &[&str],
) -> Result<Columns, IntrospectError> {
    let schema = home.map_or("main", Ident::as_str);
    let known = serde_json::Value::from(known).to_string();
    let parameters = [Value::from(schema), Value::from(known.as_str())];
    let mut columns = Columns::default();
    let mut own = Vec::new();
    // From the last to the first, so that the table is told when all of its columns are there.
    for row in connection.query(COLUMNS, &parameters)?.into_iter().rev() {
        let mut values = row.into_iter();
        let mut next = || values.next().unwrap_or(Value::Null);
        let (table, is_shadow) = (next(), next());
        own.push(Declared {
            name: next().into_text().unwrap_or_default(),
            data_type: next().into_text().unwrap_or_default(),
            is_not_null: next() == Value::Integer(1),
        });
        if let Value::Text(table) = table {
            own.reverse();
            let own = std::mem::take(&mut own);
            if is_shadow == Value::Integer(1) {
                columns.shadows.insert(table);
            } else {
                columns.of.insert(table, own);
            }
        }
    }
    Ok(columns)
}

/// Puts what the catalog says of one schema into the whole.
fn collect(whole: &mut Whole, home: Option<&Ident>, parts: Vec<Part>, mut told: Told) {
    let mut schema = Schema::default();
    for part in parts {
        if told.columns.shadows.contains(&part.table) || told.add(&mut schema, &part) {
            continue;
        }
        let (name, ddl) = (named(home, &part.name), part.sql.clone());
        if part.is("view") {
            let view = stored::view(Dialect::Sqlite, &name, &requoted(&part.sql));
            let query = view
                .as_ref()
                .and_then(|it| spelling::text(it.query.as_str()));
            if let (Some(mut view), Some(query)) = (view, query) {
                view.query = Expression::new(query);
                schema.views.push(view);
                continue;
            }
        }
        if add(&mut schema, home, part).is_err() {
            whole.unread.push(Unread { name, ddl });
        }
    }
    for dependent in &mut schema.dependents {
        let text = spelling::text(&requoted(&dependent.sql));
        dependent.sql = text.unwrap_or(std::mem::take(&mut dependent.sql));
    }
    tidy(&mut schema, home, &told.columns);
    whole.schema.tables.append(&mut schema.tables);
    whole.schema.indexes.append(&mut schema.indexes);
    whole.schema.views.append(&mut schema.views);
    whole.schema.dependents.append(&mut schema.dependents);
}

/// Spells tables and their indexes in one way.
fn tidy(schema: &mut Schema, home: Option<&Ident>, columns: &Columns) {
    let mut indexes: HashMap<ObjectName, Vec<Index>> = HashMap::new();
    for index in schema.indexes.drain(..) {
        indexes.entry(index.table.clone()).or_default().push(index);
    }
    for table in &mut schema.tables {
        let mut own = indexes.remove(&table.name).unwrap_or_default();
        letters::unify(table, &mut own);
        let declared = columns.of.get(table.name.name.as_str());
        plain::table(table, &mut own, declared.map_or(&[], Vec::as_slice));
        schema.indexes.append(&mut own);
    }
    // Those of tables that could not be read.
    schema.indexes.extend(indexes.into_values().flatten());
    let targets: Targets = schema.tables.iter().map(Target::of).collect();
    for table in &mut schema.tables {
        references(table, home, &targets);
    }
}

fn references(table: &mut Table, home: Option<&Ident>, targets: &Targets) {
    for constraint in &mut table.constraints {
        if let ConstraintKind::ForeignKey(key) = &mut constraint.kind {
            plain::reference(key, home, targets);
        }
    }
}

fn quoted(name: &ObjectName) -> String {
    Dialect::Sqlite.syntax().object(name)
}

fn named(home: Option<&Ident>, name: &str) -> ObjectName {
    ObjectName {
        schema: home.cloned(),
        name: Ident::new(name),
    }
}

/// Given an index: its table.
pub(super) fn table_of_index(index: &ObjectName) -> String {
    format!(
        "SELECT tbl_name FROM {} WHERE type = 'index' AND name = ? COLLATE NOCASE",
        catalog(index.schema.as_ref())
    )
}

fn catalog(home: Option<&Ident>) -> String {
    let schema = home.map_or("main", Ident::as_str);
    format!("{}.sqlite_schema", Dialect::Sqlite.syntax().quote(schema))
}
