//! A connection inside a transaction that is never committed: its transactions are savepoints.

use crate::database::{Connection, DatabaseError, Notice, Row, RunError, Value};
use crate::dialect::Dialect;

/// The savepoint of a transaction that was begun here.
const WORK: &str = "migrate_work";

/// The savepoint before a statement outside such a transaction, so that its failure undoes itself
/// alone, as it does on any connection.
const ALONE: &str = "migrate_alone";

/// A connection whose outer transaction is open.
pub(super) struct Nested {
    inner: Box<dyn Connection>,
    is_open: bool,
}

impl Nested {
    /// Takes a connection on which `begin` was called.
    pub(super) fn new(inner: Box<dyn Connection>) -> Self {
        Self {
            inner,
            is_open: false,
        }
    }

    /// Undoes everything.
    pub(super) fn close(mut self) -> Result<(), DatabaseError> {
        self.inner.rollback()
    }

    fn control(&mut self, statements: &[&str]) -> Result<(), DatabaseError> {
        self.inner.run(statements).map_err(|failed| failed.error)
    }

    fn alone<T, E>(
        &mut self,
        work: impl FnOnce(&mut dyn Connection) -> Result<T, E>,
    ) -> Result<T, E>
    where
        E: From<DatabaseError>,
    {
        if self.is_open {
            return work(self.inner.as_mut());
        }
        self.control(&[&format!("SAVEPOINT {ALONE}")])?;
        let result = work(self.inner.as_mut());
        let back = format!("ROLLBACK TO SAVEPOINT {ALONE}");
        let release = format!("RELEASE SAVEPOINT {ALONE}");
        let ended = match &result {
            Ok(_) => self.control(&[&release]),
            Err(_) => self.control(&[&back, &release]),
        };
        let value = result?;
        ended?;
        Ok(value)
    }
}

impl From<DatabaseError> for RunError {
    fn from(error: DatabaseError) -> Self {
        Self {
            statement: 0,
            error,
        }
    }
}

impl Connection for Nested {
    fn dialect(&self) -> Dialect {
        self.inner.dialect()
    }

    fn server(&self) -> &str {
        self.inner.server()
    }

    fn run(&mut self, statements: &[&str]) -> Result<(), RunError> {
        self.alone(|inner| inner.run(statements))
    }

    fn execute(&mut self, sql: &str, parameters: &[Value]) -> Result<u64, DatabaseError> {
        self.alone(|inner| inner.execute(sql, parameters))
    }

    fn query(&mut self, sql: &str, parameters: &[Value]) -> Result<Vec<Row>, DatabaseError> {
        self.alone(|inner| inner.query(sql, parameters))
    }

    fn begin(&mut self) -> Result<(), DatabaseError> {
        if self.is_open {
            return Err(DatabaseError::refused("a transaction is open already"));
        }
        self.control(&[&format!("SAVEPOINT {WORK}")])?;
        self.is_open = true;
        Ok(())
    }

    fn commit(&mut self) -> Result<(), DatabaseError> {
        if self.is_open {
            self.control(&[&format!("RELEASE SAVEPOINT {WORK}")])?;
            self.is_open = false;
        }
        Ok(())
    }

    fn rollback(&mut self) -> Result<(), DatabaseError> {
        if !std::mem::take(&mut self.is_open) {
            return Ok(());
        }
        let back = format!("ROLLBACK TO SAVEPOINT {WORK}");
        let release = format!("RELEASE SAVEPOINT {WORK}");
        self.control(&[&back, &release])
    }

    fn in_transaction(&self) -> bool {
        self.is_open
    }

    fn take_notices(&mut self) -> Vec<Notice> {
        self.inner.take_notices()
    }
}
