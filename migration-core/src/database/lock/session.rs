//! The lock that a session of the server holds: an advisory lock, `GET_LOCK`.

use super::{Held, Holder};
use crate::database::{Connection, DatabaseError, Value};
use crate::dialect::{Dialect, Purpose, VersionTable};

/// A lock as the server knows it.
pub(super) struct Grip {
    key: Value,
    /// The number of the session that holds it.
    id: i64,
}

/// A lock, and the connection that holds it.
pub(super) struct Session {
    connection: Box<dyn Connection>,
    grip: Grip,
}

/// Asks for the lock of a run once.
///
/// # Errors
///
/// What the engine says; the connection is given back when the lock is another's, with who that
/// is.
pub(super) fn attempt(
    mut connection: Box<dyn Connection>,
    table: &VersionTable,
) -> Result<Held<Box<dyn Connection>, Session>, DatabaseError> {
    Ok(match take(connection.as_mut(), table, Purpose::Run)? {
        Ok(grip) => Held::Ours(Session { connection, grip }),
        Err(holder) => Held::Others(connection, holder),
    })
}

/// Asks for a lock once; when another session has it, who that is.
///
/// # Errors
///
/// What the engine says.
pub(super) fn take(
    connection: &mut dyn Connection,
    table: &VersionTable,
    purpose: Purpose,
) -> Result<Result<Grip, Option<Holder>>, DatabaseError> {
    let dialect = connection.dialect();
    let key = table.lock_key(dialect, purpose);
    let sql = match dialect {
        Dialect::Sqlite | Dialect::Postgres => format!(
            "SELECT key, pg_try_advisory_lock(key)::int, pg_backend_pid() \
             FROM (SELECT {key} AS key) AS named"
        ),
        Dialect::Mysql => format!(
            "SELECT named.k, get_lock(named.k, 0), connection_id() FROM (SELECT {key} AS k) AS named"
        ),
    };
    let rows = connection.query(&sql, &[])?;
    let mut row = rows.into_iter().next().unwrap_or_default().into_iter();
    let key = row.next().unwrap_or(Value::Null);
    let taken = row.next().and_then(|taken| taken.integer()) == Some(1);
    let id = row.next().and_then(|id| id.integer()).unwrap_or_default();
    if taken {
        return Ok(Ok(Grip { key, id }));
    }
    Ok(Err(holder(connection, &key)))
}

/// A session that waits for hours is not to be ended as idle.
pub(super) fn set_up(connection: &mut dyn Connection) -> Result<(), DatabaseError> {
    let sql = match connection.dialect() {
        Dialect::Sqlite => return Ok(()),
        Dialect::Postgres => {
            "SELECT set_config(name, '0', false) FROM pg_settings \
             WHERE name = 'idle_session_timeout' AND setting <> '0'"
        }
        // The greatest value on every system, 24 days.
        Dialect::Mysql => "SET SESSION wait_timeout = 2147483",
    };
    connection.query(sql, &[]).map(drop)
}

impl Session {
    /// Whether the lock is still this session's. PostgreSQL says so at once when it ends a session,
    /// and asking its table of locks, which lists what the transaction has made, costs more than the
    /// work; another server is asked on another connection. Should it be missed, nobody else works:
    /// the session of the run has a lock of its own.
    pub(super) fn is_held(
        &mut self,
        connection: &mut dyn Connection,
    ) -> Result<bool, DatabaseError> {
        if connection.dialect() == Dialect::Postgres {
            return Ok(self.connection.is_open());
        }
        let sql = "SELECT coalesce(is_used_lock(?) = ?, 0)";
        let rows = connection.query(sql, &[self.grip.key.clone(), Value::Integer(self.grip.id)])?;
        let count = rows.first().and_then(|row| row.first()?.integer());
        Ok(count == Some(1))
    }

    /// What is true on the server as long as the lock is this session's; none where nobody asks it.
    pub(super) fn condition(&self) -> Option<String> {
        match self.connection.dialect() {
            Dialect::Sqlite | Dialect::Postgres => None,
            Dialect::Mysql => {
                let key = Dialect::Mysql.syntax().literal(&self.grip.key.text()?);
                Some(format!("is_used_lock({key}) = {}", self.grip.id))
            }
        }
    }

    /// The connection that holds it.
    pub(super) fn connection(&mut self) -> &mut dyn Connection {
        self.connection.as_mut()
    }

    /// Gives the lock back, and the connection; its end gives the lock back in any case.
    pub(super) fn release(mut self) -> Box<dyn Connection> {
        give_back(self.connection.as_mut(), self.grip);
        self.connection
    }
}

/// Gives a lock back. Should a pooler have been missed, it is another session's by now: it is asked
/// for again.
pub(super) fn give_back(connection: &mut dyn Connection, grip: Grip) {
    let parameters = [Value::Integer(grip.id), grip.key];
    let (sql, parameters) = match connection.dialect() {
        Dialect::Sqlite | Dialect::Postgres => (
            "SELECT CASE WHEN pg_backend_pid() = ?::int THEN pg_advisory_unlock(?)::int END",
            &parameters[..],
        ),
        Dialect::Mysql => ("SELECT release_lock(?)", &parameters[1..]),
    };
    for _ in 0..TRIES {
        let rows = connection.query(sql, parameters);
        let is_elsewhere = rows.is_ok_and(|rows| {
            let answer = rows.first().and_then(|row| row.first());
            answer.is_some_and(|answer| *answer == Value::Null)
        });
        if !is_elsewhere || connection.dialect() == Dialect::Mysql {
            break;
        }
        std::thread::sleep(PAUSE);
    }
}

/// How often a lock is given back that another session may hold.
const TRIES: usize = 100;

/// The pause between two tries.
const PAUSE: std::time::Duration = std::time::Duration::from_millis(10);

/// Who has the lock of a version table; none when nobody has, or the server does not tell.
pub(super) fn holder_of(connection: &mut dyn Connection, table: &VersionTable) -> Option<Holder> {
    let key = table.lock_key(connection.dialect(), Purpose::Run);
    let rows = connection.query(&format!("SELECT {key}"), &[]).ok()?;
    let key = rows.into_iter().next()?.into_iter().next()?;
    holder(connection, &key)
}

/// Who has the lock, as the server tells.
fn holder(connection: &mut dyn Connection, key: &Value) -> Option<Holder> {
    // A session that holds the lock does nothing else: what it did last was to take it.
    let sql = match connection.dialect() {
        Dialect::Sqlite | Dialect::Postgres => {
            "SELECT a.pid::text, coalesce(nullif(a.application_name, ''), 'a program'), \
             coalesce(a.usename::text, ''), coalesce(host(a.client_addr), 'this machine'), \
             to_char(coalesce(a.state_change, a.backend_start), 'YYYY-MM-DD HH24:MI:SS TZ') \
             FROM pg_locks AS l JOIN pg_stat_activity AS a ON a.pid = l.pid \
             WHERE l.locktype = 'advisory' AND l.granted AND l.objsubid = 1 AND l.database = \
             (SELECT oid FROM pg_database WHERE datname = current_database()) AND \
             (l.classid::bigint << 32) | l.objid::bigint = ?::bigint"
        }
        Dialect::Mysql => {
            "SELECT cast(id AS char), 'a program', user, host, \
             cast(date_sub(now(), INTERVAL time SECOND) AS char) \
             FROM information_schema.processlist WHERE id = is_used_lock(?)"
        }
    };
    // Who it is helps, but not knowing it must not hide that the lock is held.
    let rows = connection.query(sql, std::slice::from_ref(key)).ok()?;
    let known: Vec<String> = rows.first()?.iter().filter_map(Value::text).collect();
    let [id, program, user, host, since] = known.as_slice() else {
        return None;
    };
    Some(Holder {
        description: format!(
            "{program} of user `{user}` from {host}, connection {id}, since {since}"
        ),
        stop: match connection.dialect() {
            Dialect::Sqlite | Dialect::Postgres => format!("SELECT pg_terminate_backend({id});"),
            Dialect::Mysql => format!("KILL {id};"),
        },
    })
}
