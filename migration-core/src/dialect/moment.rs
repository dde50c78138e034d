//! Points in time, as the ledger has them.

use jiff::Timestamp;

use super::Dialect;

/// A point in time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Moment {
    /// As told.
    Told(Timestamp),
    /// The server's clock when the statement runs: no message waits for another.
    Server,
}

/// What stands for it in a statement.
pub(super) fn moment(dialect: Dialect, at: Moment) -> String {
    match (at, dialect) {
        (Moment::Told(at), _) => dialect.syntax().literal(&rfc3339(at)),
        (Moment::Server, Dialect::Sqlite) => "strftime('%Y-%m-%dT%H:%M:%fZ', 'now')".to_owned(),
        (Moment::Server, Dialect::Postgres) => "to_char(clock_timestamp() AT TIME ZONE 'UTC', \
             'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"')"
            .to_owned(),
        (Moment::Server, Dialect::Mysql) => {
            "date_format(utc_timestamp(6), '%Y-%m-%dT%H:%i:%s.%fZ')".to_owned()
        }
    }
}

/// A point in time as the ledger has it: RFC 3339 in UTC, with microseconds.
pub fn rfc3339(at: Timestamp) -> String {
    at.strftime("%Y-%m-%dT%H:%M:%S%.6fZ").to_string()
}
