//! Whether a server only repeats what another one writes, and which that is.

use super::{Connection, Value};
use crate::dialect::Dialect;

/// A server that repeats what its primary writes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Replica {
    /// `host:port` of the primary, as far as this user may know it.
    pub primary: Option<String>,
}

/// What is known of a server as a replica; none when it is none, or does not say so.
pub fn replica(connection: &mut dyn Connection) -> Option<Replica> {
    match connection.dialect() {
        Dialect::Postgres => {}
        // A server of MySQL is made read-only for many reasons, and tells who follows whom to
        // administrators alone.
        Dialect::Mysql | Dialect::Sqlite => return None,
    }
    let recovers = text(connection, "SELECT pg_is_in_recovery()::text")?;
    if recovers != "true" {
        return None;
    }
    let receiver = "SELECT 'host=' || sender_host || ' port=' || sender_port \
                    FROM pg_stat_wal_receiver";
    let told = text(connection, receiver).or_else(|| {
        text(
            connection,
            "SELECT current_setting('primary_conninfo', true)",
        )
    });
    let primary = told.as_deref().and_then(place);
    Some(Replica { primary })
}

/// The one value of an answer; none where it is refused, missing or NULL.
fn text(connection: &mut dyn Connection, sql: &str) -> Option<String> {
    let rows = connection.query(sql, &[]).ok()?;
    match rows.first()?.first()? {
        Value::Text(text) => Some(text.clone()),
        Value::Null | Value::Integer(_) | Value::Real(_) | Value::Bytes(_) => None,
    }
}

/// Host and port in libpq's words; a socket of another machine leads nobody there.
fn place(told: &str) -> Option<String> {
    let value = |key: &str| {
        let words = told.split_whitespace();
        let mut found = words.filter_map(|word| word.strip_prefix(key)?.strip_prefix('='));
        found.next().map(|value| value.trim_matches('\''))
    };
    let host = value("host").filter(|host| !host.is_empty() && !host.starts_with('/'))?;
    Some(format!("{host}:{}", value("port").unwrap_or("5432")))
}

#[cfg(test)]
mod tests {
    use super::place;

    #[test]
    fn of_what_a_replica_was_told_host_and_port_are_read() {
        let told =
            "user=rep password=secret channel_binding=prefer host=db1 port=5433 sslmode=prefer";
        assert_eq!(place(told).as_deref(), Some("db1:5433"));
        assert_eq!(
            place("host='10.0.0.7' user=rep").as_deref(),
            Some("10.0.0.7:5432")
        );
        assert_eq!(place("host=/var/run/postgresql port=5432"), None);
        assert_eq!(place(""), None);
    }
}
