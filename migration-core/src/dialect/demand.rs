//! What a script asks of a database before it changes anything. Nobody watches a script: every
//! question is a statement that fails.

use super::{Dialect, VersionTable};

/// How many seconds a script of MySQL waits for a lock.
const PATIENCE: u8 = 5;

/// What a lock is held for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// To be the only run; on a connection that does nothing else.
    Run,
    /// To be the only session that changes the database. The session of a run that was killed may
    /// be at its last statement long after its lock ended.
    Work,
}

impl Purpose {
    /// What stands behind the name of the version table.
    fn suffix(self) -> &'static str {
        match self {
            Self::Run => "",
            Self::Work => " at work",
        }
    }
}

impl VersionTable {
    /// The key of a server's lock that belongs to this table, as an expression.
    pub fn lock_key(&self, dialect: Dialect, purpose: Purpose) -> String {
        let literal = |text: &str| dialect.syntax().literal(text);
        let schema = self.schema.as_deref().map_or("NULL".to_owned(), literal);
        let name = literal(&format!("{}{}", self.name, purpose.suffix()));
        match dialect {
            // The lock is the database's own already.
            Dialect::Sqlite | Dialect::Postgres => format!(
                "hashtextextended('migration of ' || coalesce({schema}::text, current_schema(), '') \
                 || '.' || {name}::text, 0)"
            ),
            // The lock is the whole server's, and its name has 64 characters at most.
            Dialect::Mysql => format!(
                "concat('migration ', left(sha2(concat(coalesce({schema}, database()), '.', \
                 {name}), 256), 40))"
            ),
        }
    }

    /// Statements that fail while a run or another script is under way, and keep both away: on
    /// PostgreSQL as long as the transaction, on MySQL as long as the session. None for SQLite, where
    /// a transaction keeps everybody away.
    pub fn demand_lock(&self, dialect: Dialect) -> Vec<String> {
        let [run, work] = [Purpose::Run, Purpose::Work].map(|it| self.lock_key(dialect, it));
        let promise = "no other migration is under way";
        let refusing = |query: &str| dialect.compiler().refusing(promise, query);
        match dialect {
            Dialect::Sqlite => Vec::new(),
            Dialect::Postgres => refusing(&format!(
                "SELECT NOT (pg_try_advisory_xact_lock({run}) AND pg_try_advisory_xact_lock({work}))"
            )),
            // A replica that repeats the statement must not take the lock: of a variable it is told
            // the value. The session of a client that is gone ends a moment later.
            Dialect::Mysql => {
                let held = format!(
                    "SET @migrate_held = coalesce(get_lock({run}, {PATIENCE}), 0) + coalesce(get_lock({work}, {PATIENCE}), 0)"
                );
                let refusing = refusing("SELECT @migrate_held <> 2");
                std::iter::once(held).chain(refusing).collect()
            }
        }
    }

    /// Statements that fail unless there is no row at all.
    pub fn demand_base(&self, dialect: Dialect) -> Vec<String> {
        let query = format!("SELECT EXISTS (SELECT 1 FROM {})", self.qualified(dialect));
        let promise = "the database is at base";
        dialect.compiler().refusing(promise, &query)
    }

    /// Statements that fail unless the row is there, or unless it is not.
    pub fn demand(&self, dialect: Dialect, id: &str, is_there: bool) -> Vec<String> {
        let row = format!(
            "SELECT 1 FROM {} WHERE version_num = {}",
            self.qualified(dialect),
            dialect.syntax().literal(id)
        );
        let (promise, wrong) = match is_there {
            true => (format!("the database is at {id}"), "NOT EXISTS"),
            false => (format!("the database is not at {id} yet"), "EXISTS"),
        };
        let query = format!("SELECT {wrong} ({row})");
        dialect.compiler().refusing(&promise, &query)
    }
}
