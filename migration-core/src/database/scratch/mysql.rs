//! A database of its own, guarded by a lock of its name: one whose lock is free was left behind.

use super::PREFIX;
use crate::database::{Connection, DatabaseError, Server, Value};
use crate::dialect::Dialect;

/// The code of a table that is not there.
const NO_TABLE: &str = "1146";

/// A scratch database with the connection that holds its lock.
pub(super) struct Guarded {
    connection: Box<dyn Connection>,
    name: String,
    live: String,
    is_dropped: bool,
}

/// Makes a database with the live one's character set and collation, and goes there.
pub(super) fn create(
    mut connection: Box<dyn Connection>,
    server: &Server,
) -> Result<Guarded, DatabaseError> {
    let (stem, number) = stem(connection.as_mut())?;
    let rules = "SELECT @@character_set_database, @@collation_database, database(), current_user()";
    let mut row = rows(connection.as_mut(), rules, &[])?.into_iter();
    let mut next = || row.next().unwrap_or_default();
    let (charset, collation, live, account) = (next(), next(), next(), next());
    drop_leftovers(connection.as_mut(), &stem)?;
    let name = format!("{stem}{number}");
    let taken = rows(
        connection.as_mut(),
        "SELECT get_lock(?, 10)",
        &[Value::from(name.as_str())],
    )?;
    if taken.first().map(String::as_str) != Some("1") {
        return Err(DatabaseError::Busy {
            message: format!("the lock `{name}` is held"),
            blocker: None,
        });
    }
    let quoted = Dialect::Mysql.syntax().quote(&name);
    let create = format!("CREATE DATABASE {quoted} CHARACTER SET {charset} COLLATE {collation}");
    run(connection.as_mut(), &create).map_err(|error| explain(error, &account, server))?;
    let mut guarded = Guarded {
        connection,
        name,
        live,
        is_dropped: false,
    };
    run(guarded.connection(), &format!("USE {quoted}"))
        .map_err(|error| explain(error, &account, server))?;
    Ok(guarded)
}

/// What the names of this server's scratch places begin with, and the number of this connection.
/// Locks are one server's, while databases are known to a whole cluster.
pub(super) fn stem(connection: &mut dyn Connection) -> Result<(String, String), DatabaseError> {
    let named = format!(
        "SELECT concat('{PREFIX}', left(md5(concat(@@hostname, ':', @@port)), 8), '_'), \
         cast(connection_id() AS char)"
    );
    let mut row = rows(connection, &named, &[])?.into_iter();
    Ok((
        row.next().unwrap_or_default(),
        row.next().unwrap_or_default(),
    ))
}

/// Whether the user may make no database, so that what he may make in his own has to do.
pub(super) fn is_forbidden(error: &DatabaseError) -> bool {
    matches!(error, DatabaseError::NoScratch { source, .. }
        if source.is_forbidden())
}

impl Guarded {
    pub(super) fn connection(&mut self) -> &mut dyn Connection {
        self.connection.as_mut()
    }

    /// Copies the definition of a live table, if there is one.
    pub(super) fn copy(&mut self, table: &str) -> Result<(), DatabaseError> {
        let syntax = Dialect::Mysql.syntax();
        let (live, table) = (syntax.quote(&self.live), syntax.quote(table));
        let create = format!("CREATE TABLE IF NOT EXISTS {table} LIKE {live}.{table}");
        match run(self.connection(), &create) {
            Err(error) if code(&error) == Some(NO_TABLE) => Ok(()),
            copied => copied,
        }
    }

    /// Drops the database.
    pub(super) fn close(mut self) -> Result<(), DatabaseError> {
        self.drop_database()
    }

    fn drop_database(&mut self) -> Result<(), DatabaseError> {
        if std::mem::replace(&mut self.is_dropped, true) {
            return Ok(());
        }
        self.connection.rollback()?;
        let name = self.name.clone();
        drop_database(self.connection(), &name)
    }
}

impl Drop for Guarded {
    fn drop(&mut self) {
        // The next run drops what this cannot.
        let _ = self.drop_database();
    }
}

/// Drops what killed programs left: their connections, and with them the locks, are gone.
fn drop_leftovers(connection: &mut dyn Connection, stem: &str) -> Result<(), DatabaseError> {
    let left = connection.query(
        "SELECT schema_name FROM information_schema.schemata WHERE left(schema_name, ?) = ? \
         AND is_free_lock(schema_name) = 1",
        &[
            Value::Integer(i64::try_from(stem.chars().count()).unwrap_or(i64::MAX)),
            Value::from(stem),
        ],
    )?;
    for name in left.iter().filter_map(|row| row.first()?.text()) {
        // Another user's: that user's next run drops it.
        let _ = drop_database(connection, &name);
    }
    Ok(())
}

fn drop_database(connection: &mut dyn Connection, name: &str) -> Result<(), DatabaseError> {
    let quoted = Dialect::Mysql.syntax().quote(name);
    run(connection, &format!("DROP DATABASE IF EXISTS {quoted}"))
}

/// The values of the first row as texts.
fn rows(
    connection: &mut dyn Connection,
    sql: &str,
    parameters: &[Value],
) -> Result<Vec<String>, DatabaseError> {
    let rows = connection.query(sql, parameters)?;
    let first = rows.into_iter().next().unwrap_or_default();
    Ok(first
        .iter()
        .map(|value| value.text().unwrap_or_default())
        .collect())
}

pub(super) fn run(connection: &mut dyn Connection, sql: &str) -> Result<(), DatabaseError> {
    connection.run(&[sql]).map_err(|failed| failed.error)
}

pub(super) fn code(error: &DatabaseError) -> Option<&str> {
    error.refusal().and_then(|refusal| refusal.code.as_deref())
}

/// What an administrator has to do, when that is what stands in the way.
fn explain(error: DatabaseError, account: &str, server: &Server) -> DatabaseError {
    let hint = match &error {
        DatabaseError::ReadOnly { .. } => format!(
            "run this against the primary server: the models of database `{}` are created in a \
             scratch database there, which is dropped at once",
            server.database
        ),
        _ if error.is_forbidden() => {
            let (user, host) = account.rsplit_once('@').unwrap_or((account, "%"));
            format!(
                "this needs a database of its own, which is dropped at once; an administrator \
                 runs\nGRANT ALL PRIVILEGES ON `\\_migrate\\_scratch\\_%`.* TO \
                 '{user}'@'{host}';"
            )
        }
        _ => return error,
    };
    DatabaseError::NoScratch {
        place: "database".to_owned(),
        hint,
        source: Box::new(error),
    }
}
