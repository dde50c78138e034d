//! One migration of a version table at a time.
//!
//! Asked for again and again, never waited for inside the server: a waiting session would itself
//! hold up others (`CREATE INDEX CONCURRENTLY` waits for every transaction). On SQLite the lock is
//! the write transaction that `begin` takes; here is only found out whether that has to wait.
#![expect(
    clippy::disallowed_methods,
    reason = "waiting for another process is measured by the clock"
)]

use std::time::{Duration, Instant};

use super::{Connection, DatabaseError, Row, Value};
use crate::dialect::{Dialect, VersionTable};

/// The first pause between two attempts; each is longer than the one before, up to a second.
const PAUSE: Duration = Duration::from_millis(50);

/// A lock that is held until [`release`] or the end of the connection.
#[derive(Debug)]
#[must_use = "a lock is held until it is released or the connection ends"]
pub struct Lock {
    key: Value,
}

/// After how long somebody who waits is told what for.
const SILENCE: Duration = Duration::from_secs(1);

/// Takes the lock of a version table, trying for as long as `patience`.
///
/// `go_on` is asked before every further attempt, and ends the waiting by false; after a second it
/// is told, once, who is waited for.
///
/// # Errors
///
/// [`DatabaseError::Locked`], with who holds it as far as the server tells; or what the engine
/// says.
pub fn acquire(
    connection: &mut dyn Connection,
    table: &VersionTable,
    patience: Duration,
    go_on: &mut dyn FnMut(Option<&str>) -> bool,
) -> Result<Lock, DatabaseError> {
    let dialect = connection.dialect();
    let parameters = [
        Value::from(table.schema.as_deref()),
        Value::from(table.name.as_str()),
    ];
    let Some(sql) = attempt(dialect) else {
        tell_of_writers(connection, go_on)?;
        return Ok(Lock { key: Value::Null });
    };
    let begun = Instant::now();
    let mut pause = PAUSE;
    let mut told = false;
    loop {
        let mut row = only(connection.query(sql, &parameters)?);
        let taken = row.pop().and_then(|taken| taken.integer()) == Some(1);
        let key = row.pop().unwrap_or(Value::Null);
        if taken {
            return Ok(Lock { key });
        }
        let tell = !told && begun.elapsed() >= SILENCE;
        told |= tell;
        let who = tell.then(|| who(holder(connection, &key).as_ref()));
        if !go_on(who.as_deref()) || begun.elapsed() + pause > patience {
            return Err(held(dialect, holder(connection, &key)));
        }
        std::thread::sleep(pause);
        pause = (pause * 2).min(Duration::from_secs(1));
    }
}

/// Gives the lock back; to be called outside a transaction, after a failure too.
///
/// # Errors
///
/// What the engine says; the end of the connection gives the lock back in any case.
pub fn release(connection: &mut dyn Connection, lock: Lock) -> Result<(), DatabaseError> {
    let sql = match connection.dialect() {
        Dialect::Sqlite => return Ok(()),
        Dialect::Postgres => "SELECT pg_advisory_unlock(?)",
        Dialect::Mysql => "SELECT release_lock(?)",
    };
    connection.query(sql, &[lock.key]).map(drop)
}

/// Returns the key and whether it was free, given schema and table.
fn attempt(dialect: Dialect) -> Option<&'static str> {
    match dialect {
        Dialect::Sqlite => None,
        // The lock is the database's own already.
        Dialect::Postgres => Some(
            "SELECT key, pg_try_advisory_lock(key)::int FROM (SELECT hashtextextended(\
             'migration of ' || coalesce(?::text, current_schema(), '') || '.' || ?::text, 0) \
             AS key) AS named",
        ),
        // The lock is the whole server's, and its name has 64 characters at most.
        Dialect::Mysql => Some(
            "SELECT named.k, get_lock(named.k, 0) FROM (SELECT concat('migration ', left(sha2(\
             concat(coalesce(?, database()), '.', ?), 256), 40)) AS k) AS named",
        ),
    }
}

/// Says after a second that another program writes the SQLite file; `begin` goes on waiting.
fn tell_of_writers(
    connection: &mut dyn Connection,
    go_on: &mut dyn FnMut(Option<&str>) -> bool,
) -> Result<(), DatabaseError> {
    let patience = only(connection.query("PRAGMA busy_timeout", &[])?);
    let patience = patience.first().and_then(Value::integer);
    let patience = Duration::from_millis(patience.unwrap_or_default().unsigned_abs());
    let limit = |limit: Duration| format!("PRAGMA busy_timeout = {}", limit.as_millis());
    connection.query(&limit(patience.min(SILENCE)), &[])?;
    let outcome = connection.begin().and_then(|()| connection.rollback());
    connection.query(&limit(patience), &[])?;
    match outcome {
        Err(DatabaseError::Busy { .. }) => {
            go_on(Some("another program that is writing the database file"));
            Ok(())
        }
        outcome => outcome,
    }
}

/// Who holds the lock, as the server tells.
struct Holder {
    id: String,
    /// Program, user, machine and since when.
    description: String,
}

fn who(holder: Option<&Holder>) -> String {
    let known = holder.map(|holder| format!(": {}", holder.description));
    format!("another migrator{}", known.unwrap_or_default())
}

fn holder(connection: &mut dyn Connection, key: &Value) -> Option<Holder> {
    let sql = match connection.dialect() {
        Dialect::Sqlite => None,
        Dialect::Postgres => Some(
            "SELECT a.pid::text, coalesce(nullif(a.application_name, ''), 'a program'), \
             coalesce(a.usename::text, ''), coalesce(host(a.client_addr), 'this machine'), \
             to_char(a.backend_start, 'YYYY-MM-DD HH24:MI:SS TZ') \
             FROM pg_locks AS l JOIN pg_stat_activity AS a ON a.pid = l.pid \
             WHERE l.locktype = 'advisory' AND l.granted AND l.objsubid = 1 AND l.database = \
             (SELECT oid FROM pg_database WHERE datname = current_database()) AND \
             (l.classid::bigint << 32) | l.objid::bigint = ?::bigint",
        ),
        Dialect::Mysql => Some(
            "SELECT cast(id AS char), 'a program', user, host, \
             cast(date_sub(now(), INTERVAL time SECOND) AS char) \
             FROM information_schema.processlist WHERE id = is_used_lock(?)",
        ),
    };
    // Who it is helps, but not knowing it must not hide that the lock is held.
    let rows = sql.and_then(|sql| connection.query(sql, std::slice::from_ref(key)).ok());
    let known: Vec<String> = only(rows.unwrap_or_default())
        .iter()
        .filter_map(Value::text)
        .collect();
    let [id, program, user, host, since] = known.as_slice() else {
        return None;
    };
    Some(Holder {
        id: id.clone(),
        description: format!(
            "{program} of user `{user}` from {host}, connection {id}, since {since}"
        ),
    })
}

/// The error that names who is in the way.
fn held(dialect: Dialect, holder: Option<Holder>) -> DatabaseError {
    let stop = holder.as_ref().and_then(|Holder { id, .. }| match dialect {
        Dialect::Sqlite => None,
        Dialect::Postgres => Some(format!("SELECT pg_terminate_backend({id});")),
        Dialect::Mysql => Some(format!("KILL {id};")),
    });
    DatabaseError::Locked {
        holder: holder.map(|holder| holder.description),
        stop,
    }
}

fn only(rows: Vec<Row>) -> Row {
    rows.into_iter().next().unwrap_or_default()
}
