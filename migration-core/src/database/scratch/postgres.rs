//! A schema in a transaction that is rolled back.

use super::nested::Nested;
use super::{Aside, PREFIX};
use crate::database::{Connection, DatabaseError, OpenOptions, Server, Value};
use crate::dialect::Dialect;

/// What a refused `CREATE` or `ALTER` of a schema has for a code.
const NO_RIGHT: &str = "42501";

/// Begins the transaction and makes the schema; the former path follows it, so that what others
/// made (extensions, tables of other components) is found.
pub(super) fn begin(
    mut connection: Box<dyn Connection>,
    server: &Server,
    options: &OpenOptions,
    aside: &[Aside<'_>],
) -> Result<Nested, DatabaseError> {
    connection.begin()?;
    // References to tables that others use lock them: rather give up than hold others up.
    let patience = format!(
        "SET LOCAL lock_timeout = {}",
        options.busy_timeout.as_millis()
    );
    run(connection.as_mut(), &[&patience])?;
    let session = session(connection.as_mut(), aside)?;
    let refused = |error| explain(error, server);
    for (number, aside) in aside.iter().enumerate() {
        let is_live = session.live.iter().any(|live| live == aside.name);
        let moved = format!("{}_live_{number}", session.scratch);
        set_aside(connection.as_mut(), aside, is_live.then_some(&*moved)).map_err(refused)?;
    }
    let quoted = |name: &str| Dialect::Postgres.syntax().quote(name);
    let own = aside.iter().find(|aside| aside.name == session.current);
    let (name, make) = match own {
        Some(own) => (quoted(own.name), !own.is_made),
        None => (quoted(&session.scratch), true),
    };
    if make {
        let create = format!("CREATE SCHEMA {name}");
        run(connection.as_mut(), &[&create]).map_err(refused)?;
    }
    let path = session.path(aside, &name);
    run(
        connection.as_mut(),
        &[&format!("SET LOCAL search_path = {path}")],
    )?;
    Ok(Nested::new(connection))
}

/// What the connection sees before anything is changed.
struct Session {
    /// A name that no other transaction uses.
    scratch: String,
    /// The schema where names without one are made; empty when there is none.
    current: String,
    /// The schemas in which names without one are looked for.
    searched: Vec<String>,
    /// Those of the schemas to set aside that are there.
    live: Vec<String>,
}

impl Session {
    /// The scratch schema, then what was searched before, wherever it is now.
    fn path(&self, aside: &[Aside<'_>], scratch: &str) -> String {
        let mut path = scratch.to_owned();
        for searched in &self.searched {
            let moved = aside.iter().position(|aside| aside.name == searched);
            let name = match moved {
                Some(number) => format!("{}_live_{number}", self.scratch),
                None => searched.clone(),
            };
            path.push_str(", ");
            path.push_str(&Dialect::Postgres.syntax().quote(&name));
        }
        path
    }
}

fn session(connection: &mut dyn Connection, aside: &[Aside<'_>]) -> Result<Session, DatabaseError> {
    let texts = |connection: &mut dyn Connection, sql: &str, parameters: &[Value]| {
        let rows = connection.query(sql, parameters)?;
        Ok::<_, DatabaseError>(
            rows.iter()
                .filter_map(|row| row.first()?.text())
                .collect::<Vec<_>>(),
        )
    };
    let own = format!(
        "SELECT '{PREFIX}' || pg_backend_pid() \
         UNION ALL SELECT coalesce(current_schema()::text, '')"
    );
    let mut own = texts(connection, &own, &[])?.into_iter();
    let scratch = own.next().unwrap_or_default();
    let current = own.next().unwrap_or_default();
    let searched = texts(
        connection,
        "SELECT unnest(current_schemas(false))::text",
        &[],
    )?;
    let mut live = Vec::new();
    for aside in aside {
        let there = "SELECT nspname::text FROM pg_namespace WHERE nspname = ?::text";
        live.extend(texts(connection, there, &[Value::from(aside.name)])?);
    }
    Ok(Session {
        scratch,
        current,
        searched,
        live,
    })
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
    let quote = |name: &str| Dialect::Postgres.syntax().quote(name);
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
                    quote(schema),
                    quote(user)
                ),
                None => format!(
                    "models are created in a transaction that is rolled back; an administrator \
                     runs\nGRANT CREATE ON DATABASE {} TO {};",
                    quote(&server.database),
                    quote(user)
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
