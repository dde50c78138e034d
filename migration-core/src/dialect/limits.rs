//! How long statements wait and run, in the words of each engine.

use std::time::Duration;

use super::Dialect;

/// How long statements may wait for what others hold, and how long they may run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Limits {
    /// The wait for a lock of somebody else's; none leaves it to the server.
    pub lock: Option<Duration>,
    /// The time of a whole statement; none leaves it to the server.
    pub statement: Option<Duration>,
}

impl Limits {
    /// Sets them for the open transaction alone, where the engine can.
    pub fn for_transaction(&self, dialect: Dialect) -> Vec<String> {
        match dialect {
            Dialect::Postgres => self.settings("SET LOCAL"),
            Dialect::Sqlite | Dialect::Mysql => Vec::new(),
        }
    }

    /// Sets them for all that follows in the session, where the engine cannot for less.
    ///
    /// MariaDB limits every statement, MySQL only queries, each in a comment that only it obeys.
    pub fn for_session(&self, dialect: Dialect) -> Vec<String> {
        if dialect != Dialect::Mysql {
            return Vec::new();
        }
        let lock = self.lock.map(|limit| {
            // Whole seconds, at least one.
            let seconds = limit.as_millis().div_ceil(1000).max(1);
            format!(
                "SET SESSION lock_wait_timeout = {seconds}, innodb_lock_wait_timeout = {seconds}"
            )
        });
        let statement = self.statement.map(|limit| {
            format!(
                "SET @@SESSION.timestamp = DEFAULT /*M! , max_statement_time = {} */ \
                 /*!80000 , max_execution_time = {} */",
                limit.as_secs_f64(),
                limit.as_millis()
            )
        });
        lock.into_iter().chain(statement).collect()
    }

    /// Sets them for one statement outside a transaction; what is long but in nobody's way has
    /// none.
    pub fn for_statement(&self, dialect: Dialect, is_long_but_safe: bool) -> Vec<String> {
        match dialect {
            Dialect::Postgres if is_long_but_safe => Self::NONE.settings("SET"),
            Dialect::Postgres => self.settings("SET"),
            Dialect::Sqlite | Dialect::Mysql => Vec::new(),
        }
    }

    /// Undoes [`for_statement`](Self::for_statement).
    pub fn after_statement(dialect: Dialect) -> &'static [&'static str] {
        match dialect {
            Dialect::Postgres => &["RESET lock_timeout", "RESET statement_timeout"],
            Dialect::Sqlite | Dialect::Mysql => &[],
        }
    }

    /// What stands before and behind a statement of a transaction that is long but in nobody's way.
    pub fn lifted(&self, dialect: Dialect) -> Option<(String, String)> {
        if dialect != Dialect::Postgres {
            return None;
        }
        let behind = match self.statement {
            Some(limit) => limit.as_millis().to_string(),
            None => "DEFAULT".to_owned(),
        };
        let set = |value: &str| format!("SET LOCAL statement_timeout = {value}");
        Some((set("0"), set(&behind)))
    }

    /// No limit at all, whatever the server's defaults are.
    const NONE: Self = Self {
        lock: Some(Duration::ZERO),
        statement: Some(Duration::ZERO),
    };

    fn settings(&self, set: &str) -> Vec<String> {
        let limits = [
            ("lock_timeout", self.lock),
            ("statement_timeout", self.statement),
        ];
        let limits = limits.into_iter();
        limits
            .filter_map(|(name, limit)| Some(format!("{set} {name} = {}", limit?.as_millis())))
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::{Dialect, Duration, Limits};

    #[test]
    fn limits_are_written_in_the_units_of_the_engine() {
        let limits = Limits {
            lock: Some(Duration::from_millis(1500)),
            statement: Some(Duration::from_millis(2500)),
        };
        assert_eq!(
            limits.for_transaction(Dialect::Postgres),
            [
                "SET LOCAL lock_timeout = 1500",
                "SET LOCAL statement_timeout = 2500"
            ]
        );
        assert_eq!(
            limits.for_session(Dialect::Mysql),
            [
                "SET SESSION lock_wait_timeout = 2, innodb_lock_wait_timeout = 2",
                "SET @@SESSION.timestamp = DEFAULT /*M! , max_statement_time = 2.5 */ \
                 /*!80000 , max_execution_time = 2500 */"
            ]
        );
        assert!(limits.for_session(Dialect::Postgres).is_empty());
        assert!(limits.for_transaction(Dialect::Mysql).is_empty());
        let none = Limits::default();
        assert!(none.for_transaction(Dialect::Postgres).is_empty());
        assert!(none.for_session(Dialect::Mysql).is_empty());
    }

    #[test]
    fn what_is_long_but_safe_has_no_limit() {
        let limits = Limits {
            lock: Some(Duration::from_secs(5)),
            statement: None,
        };
        assert_eq!(
            limits.for_statement(Dialect::Postgres, true),
            ["SET lock_timeout = 0", "SET statement_timeout = 0"]
        );
        assert_eq!(
            limits.for_statement(Dialect::Postgres, false),
            ["SET lock_timeout = 5000"]
        );
        let (before, behind) = limits.lifted(Dialect::Postgres).unwrap();
        assert_eq!(before, "SET LOCAL statement_timeout = 0");
        assert_eq!(behind, "SET LOCAL statement_timeout = DEFAULT");
    }
}
