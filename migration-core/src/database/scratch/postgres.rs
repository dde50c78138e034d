//! A schema in a transaction that is rolled back.

use super::nested::Nested;
use super::{Aside, PREFIX};
use crate::database::{Connection, DatabaseError, OpenOptions, Server, Value};
use crate::dialect::Dialect;

/// What a refused `CREATE` or `ALTER` of a schema has for a code.
const NO_RIGHT: &str = "42501";

/// A table's name and kind, given its schema and itself.
const IS_TABLE: &str = "SELECT 1 FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace \
    WHERE n.nspname = ?::text AND c.relname = ?::text AND c.relkind IN ('r', 'p')";

/// The schemas on the search path that hold something of an extension. What belongs to one is found by
/// an index, and so is where it is, however many tables there are.
const OF_EXTENSIONS: &str = "SELECT n.nspname::text FROM pg_namespace AS n \
    WHERE n.nspname = ANY (current_schemas(false)) AND EXISTS (SELECT 1 FROM pg_depend AS e \
    WHERE e.refclassid = 'pg_extension'::regclass AND e.deptype = 'e' \
    AND n.oid = CASE e.classid \
        WHEN 'pg_proc'::regclass THEN (SELECT pronamespace FROM pg_proc WHERE oid = e.objid) \
        WHEN 'pg_type'::regclass THEN (SELECT typnamespace FROM pg_type WHERE oid = e.objid) \
        WHEN 'pg_class'::regclass THEN (SELECT relnamespace FROM pg_class WHERE oid = e.objid) \
        WHEN 'pg_operator'::regclass THEN (SELECT oprnamespace FROM pg_operator \
            WHERE oid = e.objid) END)";

/// The columns of a table that take their values from a sequence, and whether they could number
/// themselves; given the schema and the table.
const NUMBERED: &str = "SELECT DISTINCT a.attname::text, \
        (a.attnotnull AND a.atttypid IN ('int2'::regtype, 'int4'::regtype, 'int8'::regtype))::int \
    FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace \
    JOIN pg_attribute AS a ON a.attrelid = c.oid \
    JOIN pg_attrdef AS d ON d.adrelid = c.oid AND d.adnum = a.attnum \
    JOIN pg_depend AS u ON u.classid = 'pg_attrdef'::regclass AND u.objid = d.oid \
        AND u.refclassid = 'pg_class'::regclass \
    JOIN pg_class AS s ON s.oid = u.refobjid AND s.relkind = 'S' \
    WHERE n.nspname = ?::text AND c.relname = ?::text";

/// A transaction with a schema that it made.
pub(super) struct Away {
    nested: Nested,
    /// Where names without a schema are made.
    place: String,
    /// The schemas in which the live connection finds names without one, its own first.
    searched: Vec<Home>,
    /// The schemas that got out of the way.
    moved: Vec<Home>,
}

/// A live schema and what it is called in the transaction.
#[derive(Clone)]
struct Home {
    name: String,
    now: String,
}

/// Begins the transaction and makes the schema. Of what others made, only the schemas of extensions
/// are searched behind it: a table that is not made there must not be found.
pub(super) fn begin(
    mut connection: Box<dyn Connection>,
    server: &Server,
    options: &OpenOptions,
    aside: &[Aside<'_>],
) -> Result<Away, DatabaseError> {
    connection.begin()?;
    // What names a live schema may lock its tables: rather give up than hold others up.
    let patience = format!(
        "SET LOCAL lock_timeout = {}",
        options.busy_timeout.as_millis()
    );
    run(connection.as_mut(), &[&patience])?;
    let session = session(connection.as_mut(), aside)?;
    let refused = |error| explain(error, server);
    let mut moved = Vec::new();
    for (number, aside) in aside.iter().enumerate() {
        let is_live = session.live.iter().any(|live| live == aside.name);
        let now = format!("{}_live_{number}", session.scratch);
        set_aside(connection.as_mut(), aside, is_live.then_some(&*now)).map_err(refused)?;
        if is_live {
            let name = aside.name.to_owned();
            moved.push(Home { name, now });
        }
    }
    let own = aside.iter().find(|aside| aside.name == session.current);
    let (place, make) = match own {
        Some(own) => (own.name.to_owned(), !own.is_made),
        None => (session.scratch.clone(), true),
    };
    if make {
        let create = format!("CREATE SCHEMA {}", quoted(&place));
        run(connection.as_mut(), &[&create]).map_err(refused)?;
    }
    let searched = session.homes(&moved);
    let extended = searched
        .iter()
        .filter(|it| session.of_extensions.contains(&it.name));
    let path: Vec<String> = std::iter::once(place.as_str())
        .chain(extended.map(|it| it.now.as_str()))
        .map(quoted)
        .collect();
    let path = format!("SET LOCAL search_path = {}", path.join(", "));
    run(connection.as_mut(), &[&path])?;
    Ok(Away {
        nested: Nested::new(connection),
        place,
        searched,
        moved,
    })
}

impl Away {
    pub(super) fn connection(&mut self) -> &mut dyn Connection {
        &mut self.nested
    }

    /// Undoes everything.
    pub(super) fn close(self) -> Result<(), DatabaseError> {
        self.nested.close()
    }

    /// Copies the definition of a live table, if there is one. Gives its schema when only the search
    /// path says it.
    pub(super) fn copy(
        &mut self,
        schema: Option<&str>,
        table: &str,
    ) -> Result<Option<String>, DatabaseError> {
        let homes: Vec<Home> = match schema {
            // A schema that stayed where it is has its tables.
            Some(schema) => {
                let found = self.moved.iter().find(|it| it.name == schema);
                found.cloned().into_iter().collect()
            }
            None => self.searched.clone(),
        };
        for (number, home) in homes.iter().enumerate() {
            let parameters = [Value::from(home.now.as_str()), Value::from(table)];
            if self.nested.query(IS_TABLE, &parameters)?.is_empty() {
                continue;
            }
            let place = schema.unwrap_or(&self.place).to_owned();
            let copy = format!("{}.{}", quoted(&place), quoted(table));
            let create = format!(
                "CREATE TABLE IF NOT EXISTS {copy} (LIKE {}.{} INCLUDING ALL)",
                quoted(&home.now),
                quoted(table)
            );
            run(&mut self.nested, &[&create])?;
            self.number_alone((&place, table), &copy)?;
            let is_elsewhere = schema.is_none() && number > 0;
            return Ok(is_elsewhere.then(|| home.name.clone()));
        }
        Ok(None)
    }

    /// Has the rows of a copy numbered by the copy: a live sequence would go on counting, whatever
    /// is rolled back.
    fn number_alone(
        &mut self,
        (schema, table): (&str, &str),
        copy: &str,
    ) -> Result<(), DatabaseError> {
        let parameters = [Value::from(schema), Value::from(table)];
        for row in self.nested.query(NUMBERED, &parameters)? {
            let Some(column) = row.first().and_then(Value::text) else {
                continue;
            };
            let column = format!("ALTER TABLE {copy} ALTER COLUMN {}", quoted(&column));
            run(&mut self.nested, &[&format!("{column} DROP DEFAULT")])?;
            if row.get(1).and_then(Value::integer) == Some(1) {
                let identity = format!("{column} ADD GENERATED BY DEFAULT AS IDENTITY");
                run(&mut self.nested, &[&identity])?;
            }
        }
        Ok(())
    }
}

fn quoted(name: &str) -> String {
    Dialect::Postgres.syntax().quote(name)
}

/// What the connection sees before anything is changed.
struct Session {
    /// A name that no other transaction uses.
    scratch: String,
    /// The schema where names without one are made; empty when there is none.
    current: String,
    /// The schemas in which names without one are looked for.
    searched: Vec<String>,
    /// Those of them that hold something of an extension.
    of_extensions: Vec<String>,
    /// Those of the schemas to set aside that are there.
    live: Vec<String>,
}

impl Session {
    /// What was searched before, wherever it is now.
    fn homes(&self, moved: &[Home]) -> Vec<Home> {
        let searched = self.searched.iter();
        let home = |name: &String| {
            let found = moved.iter().find(|it| it.name == *name);
            found.cloned().unwrap_or_else(|| Home {
                name: name.clone(),
                now: name.clone(),
            })
        };
        searched.map(home).collect()
    }
}

fn session(connection: &mut dyn Connection, aside: &[Aside<'_>]) -> Result<Session, DatabaseError> {
    let own = format!(
        "SELECT '{PREFIX}' || pg_backend_pid() \
         UNION ALL SELECT coalesce(current_schema()::text, '')"
    );
    let mut own = texts(connection, &own, &[])?.into_iter();
    let scratch = own.next().unwrap_or_default();
    let current = own.next().unwrap_or_default();
    let searched = "SELECT unnest(current_schemas(false))::text";
    let searched = texts(connection, searched, &[])?;
    let of_extensions = texts(connection, OF_EXTENSIONS, &[])?;
    let mut live = Vec::new();
    for aside in aside {
        let there = "SELECT nspname::text FROM pg_namespace WHERE nspname = ?::text";
        live.extend(texts(connection, there, &[Value::from(aside.name)])?);
    }
    Ok(Session {
        scratch,
        current,
        searched,
        of_extensions,
        live,
    })
}

/// The first values of the rows.
fn texts(
    connection: &mut dyn Connection,
    sql: &str,
    parameters: &[Value],
) -> Result<Vec<String>, DatabaseError> {
    let rows = connection.query(sql, parameters)?;
    let texts = rows.iter().filter_map(|row| row.first()?.text());
    Ok(texts.collect())
}

fn set_aside(
    connection: &mut dyn Connection,
    aside: &Aside<'_>,
    moved: Option<&str>,
) -> Result<(), DatabaseError> {
    let syntax = Dialect::Postgres.syntax();
    let name = syntax.quote(aside.name);
    if let Some(moved) = moved {
        let rename = format!("ALTER SCHEMA {name} RENAME TO {}", syntax.quote(moved));
        run(connection, &[&rename])?;
    }
    if aside.is_made {
        run(connection, &[&format!("CREATE SCHEMA {name}")])?;
    }
    Ok(())
}

fn run(connection: &mut dyn Connection, statements: &[&str]) -> Result<(), DatabaseError> {
    connection.run(statements).map_err(|failed| failed.error)
}

/// What an administrator has to do, when that is what stands in the way.
fn explain(error: DatabaseError, server: &Server) -> DatabaseError {
    let user = server.user.as_deref().unwrap_or("the_user");
    let hint = match &error {
        DatabaseError::ReadOnly { .. } => "run this against the primary server: models are \
                                           created in a transaction that is rolled back, and a \
                                           replica permits none"
            .to_owned(),
        other if other.refusal().and_then(|it| it.code.as_deref()) == Some(NO_RIGHT) => {
            let message = other.to_string();
            match message.strip_prefix("must be owner of schema ") {
                Some(schema) => format!(
                    "the models name this schema, which has to get out of the way inside the \
                     transaction; an administrator runs\nALTER SCHEMA {} OWNER TO {};",
                    quoted(schema),
                    quoted(user)
                ),
                None => format!(
                    "models are created in a transaction that is rolled back; an administrator \
                     runs\nGRANT CREATE ON DATABASE {} TO {};",
                    quoted(&server.database),
                    quoted(user)
                ),
            }
        }
        _ => return error,
    };
    DatabaseError::NoScratch {
        place: "schema".to_owned(),
        hint,
        source: Box::new(error),
    }
}
