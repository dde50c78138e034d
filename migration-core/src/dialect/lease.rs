//! The texts of the lease: a row beside the version table that says who migrates and until when.
//!
//! Times are the server's. Nothing here waits for a lock of another session but for the moment in
//! which it changes the one row.

use super::version_table::{exists, qualified};
use super::{Dialect, VersionTable};

/// The table of the lease, `<version_table>_lock`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lease {
    schema: Option<String>,
    name: String,
}

impl Lease {
    /// For how many seconds a lease holds unless it is renewed.
    pub const SECONDS: u32 = 30;

    /// The lease of a version table.
    pub fn of(table: &VersionTable) -> Self {
        Self {
            schema: table.schema.clone(),
            name: format!("{}_lock", table.name),
        }
    }

    fn qualified(&self, dialect: Dialect) -> String {
        qualified(dialect, self.schema.as_deref(), &self.name)
    }

    /// Returns one row with a number: 1 when the table is there, else 0.
    pub fn exists(&self, dialect: Dialect) -> String {
        exists(dialect, self.schema.as_deref(), &self.name)
    }

    /// Creates the table unless it is there.
    pub fn create(&self, dialect: Dialect) -> String {
        let (moment, options) = match dialect {
            Dialect::Sqlite | Dialect::Postgres => ("TIMESTAMP WITH TIME ZONE", ""),
            Dialect::Mysql => ("DATETIME(6)", " ENGINE=InnoDB"),
        };
        format!(
            "CREATE TABLE IF NOT EXISTS {} (\n    \
             id INTEGER NOT NULL PRIMARY KEY,\n    \
             token VARCHAR(64) NOT NULL,\n    \
             holder VARCHAR(255) NOT NULL,\n    \
             since {moment} NOT NULL,\n    \
             expires {moment} NOT NULL\n){options}",
            self.qualified(dialect)
        )
    }

    /// Takes a lease that nobody ever had. Parameters: token, holder.
    pub fn insert(&self, dialect: Dialect) -> String {
        let table = self.qualified(dialect);
        let (now, end) = (now(dialect), end(dialect));
        match dialect {
            Dialect::Sqlite | Dialect::Postgres => format!(
                "INSERT INTO {table} (id, token, holder, since, expires) \
                 VALUES (1, ?, ?, {now}, {end}) ON CONFLICT DO NOTHING"
            ),
            Dialect::Mysql => format!(
                "INSERT IGNORE INTO {table} (id, token, holder, since, expires) \
                 VALUES (1, ?, ?, {now}, {end})"
            ),
        }
    }

    /// Takes a lease that has ended. Parameters: token, holder.
    pub fn take_over(&self, dialect: Dialect) -> String {
        let (now, end) = (now(dialect), end(dialect));
        format!(
            "UPDATE {} SET token = ?, holder = ?, since = {now}, expires = {end} \
             WHERE id = 1 AND expires <= {now}",
            self.qualified(dialect)
        )
    }

    /// Makes the lease last longer. Parameter: token.
    pub fn renew(&self, dialect: Dialect) -> String {
        format!(
            "UPDATE {} SET expires = {} WHERE id = 1 AND token = ?",
            self.qualified(dialect),
            end(dialect)
        )
    }

    /// Gives the lease back. Parameter: token.
    pub fn release(&self, dialect: Dialect) -> String {
        format!(
            "DELETE FROM {} WHERE id = 1 AND token = ?",
            self.qualified(dialect)
        )
    }

    /// Returns who has the lease and since when; no row when nobody has.
    pub fn holder(&self, dialect: Dialect) -> String {
        let since = match dialect {
            Dialect::Sqlite | Dialect::Postgres => "to_char(since, 'YYYY-MM-DD HH24:MI:SS TZ')",
            Dialect::Mysql => "date_format(since, '%Y-%m-%d %H:%i:%s UTC')",
        };
        format!(
            "SELECT holder, {since} FROM {} WHERE id = 1 AND expires > {}",
            self.qualified(dialect),
            now(dialect)
        )
    }

    /// Ends the lease whoever has it, to be typed by a person.
    pub fn end(&self, dialect: Dialect) -> String {
        match dialect {
            // Outside our sessions MySQL knows no ANSI quotes.
            Dialect::Mysql => format!("DELETE FROM {};", self.qualified(dialect).replace('"', "`")),
            Dialect::Sqlite | Dialect::Postgres => {
                format!("DELETE FROM {};", self.qualified(dialect))
            }
        }
    }
}

fn now(dialect: Dialect) -> &'static str {
    match dialect {
        Dialect::Sqlite | Dialect::Postgres => "clock_timestamp()",
        Dialect::Mysql => "utc_timestamp(6)",
    }
}

fn end(dialect: Dialect) -> String {
    let seconds = Lease::SECONDS;
    match dialect {
        Dialect::Sqlite | Dialect::Postgres => {
            format!("clock_timestamp() + interval '{seconds} seconds'")
        }
        Dialect::Mysql => format!("utc_timestamp(6) + INTERVAL {seconds} SECOND"),
    }
}
