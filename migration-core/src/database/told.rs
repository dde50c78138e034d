//! A connection that tells what is done on it, with time and rows, to whoever listens: texts alone,
//! never the values of parameters.
#![expect(
    clippy::disallowed_methods,
    reason = "how long a statement takes is measured here"
)]

use std::time::{Duration, Instant};

use tracing::Level;

use super::mask::Mask;
use super::{
    Address, Canceller, Connection, Connector, DatabaseError, Notice, Row, RunError, Value,
};
use crate::dialect::Dialect;

/// What statements are told under.
const SQL: &str = "migration::sql";

/// What connections are told under.
const CONNECTION: &str = "migration::connection";

/// Opens a connection to an address, and tells of it and of what is done on it.
pub(super) fn open(
    address: &Address,
    open: impl FnOnce() -> Result<Box<dyn Connection>, DatabaseError>,
) -> Result<Box<dyn Connection>, DatabaseError> {
    if !tracing::enabled!(target: CONNECTION, Level::DEBUG)
        && !tracing::enabled!(target: SQL, Level::DEBUG)
    {
        return open();
    }
    let begun = Instant::now();
    let opened = open();
    let ms = milliseconds(begun.elapsed());
    match opened {
        Ok(connection) => {
            let server = connection.server();
            tracing::debug!(target: CONNECTION, %address, server, ms, "connected");
            Ok(Box::new(Told {
                mask: Mask::of_address(address),
                connection,
            }))
        }
        Err(error) => {
            tracing::debug!(target: CONNECTION, %address, %error, ms, "not connected");
            Err(error)
        }
    }
}

fn milliseconds(time: Duration) -> f64 {
    (time.as_secs_f64() * 1e5).round() / 100.0
}

struct Told {
    connection: Box<dyn Connection>,
    mask: Mask,
}

impl Told {
    /// Does something, and tells of it and of the rows that `rows` finds.
    fn tell<T, E>(
        &mut self,
        sql: &str,
        work: impl FnOnce(&mut dyn Connection) -> Result<T, E>,
        rows: impl FnOnce(&T) -> Option<u64>,
    ) -> Result<T, E>
    where
        E: Failed,
    {
        let sql = self.mask.hide(sql);
        tracing::trace!(target: SQL, sql, "begins");
        let begun = Instant::now();
        let result = work(self.connection.as_mut());
        let ms = milliseconds(begun.elapsed());
        match &result {
            Ok(done) => {
                let rows = rows(done);
                tracing::debug!(target: SQL, sql, rows, ms, "done");
            }
            Err(failed) => {
                let error = failed.error();
                tracing::debug!(target: SQL, sql, %error, ms, "failed");
            }
        }
        result
    }
}

/// What holds an error of the engine.
trait Failed {
    fn error(&self) -> &DatabaseError;
}

impl Failed for DatabaseError {
    fn error(&self) -> &DatabaseError {
        self
    }
}

impl Failed for RunError {
    fn error(&self) -> &DatabaseError {
        &self.error
    }
}

fn count<T>(rows: &[T]) -> Option<u64> {
    u64::try_from(rows.len()).ok()
}

impl Connection for Told {
    fn dialect(&self) -> Dialect {
        self.connection.dialect()
    }

    fn server(&self) -> &str {
        self.connection.server()
    }

    fn run(&mut self, statements: &[&str]) -> Result<(), RunError> {
        let sql = statements.join(";\n");
        self.tell(&sql, |it| it.run(statements), |()| None)
    }

    fn execute(&mut self, sql: &str, parameters: &[Value]) -> Result<u64, DatabaseError> {
        self.tell(sql, |it| it.execute(sql, parameters), |rows| Some(*rows))
    }

    fn query(&mut self, sql: &str, parameters: &[Value]) -> Result<Vec<Row>, DatabaseError> {
        self.tell(sql, |it| it.query(sql, parameters), |rows| count(rows))
    }

    fn query_each(
        &mut self,
        queries: &[String],
        take: &mut dyn FnMut(usize, Option<Row>),
    ) -> Result<(), DatabaseError> {
        let sql = queries.join(";\n");
        let ask = |it: &mut dyn Connection| {
            let mut rows = 0_u64;
            it.query_each(queries, &mut |number, row| {
                rows += u64::from(row.is_some());
                take(number, row);
            })?;
            Ok(rows)
        };
        self.tell(&sql, ask, |rows| Some(*rows)).map(drop)
    }

    fn run_asking(&mut self, statements: &[&str], query: &str) -> Result<Vec<Row>, RunError> {
        let all: Vec<&str> = statements.iter().copied().chain([query]).collect();
        self.tell(
            &all.join(";\n"),
            |it| it.run_asking(statements, query),
            |rows| count(rows),
        )
    }

    fn run_ahead(&mut self, statements: &[&str]) -> Result<(), RunError> {
        self.connection.run_ahead(statements)
    }

    /// The time is the one that was waited.
    fn arrived(&mut self, statements: &[&str]) -> Result<(), RunError> {
        let sql = statements.join(";\n");
        self.tell(&sql, |it| it.arrived(statements), |()| None)
    }

    fn is_open(&mut self) -> bool {
        self.connection.is_open()
    }

    fn begin(&mut self) -> Result<(), DatabaseError> {
        let sql = self.dialect().syntax().begin;
        self.tell(sql, |it| it.begin(), |()| None)
    }

    fn commit(&mut self) -> Result<(), DatabaseError> {
        let sql = self.dialect().syntax().commit;
        self.tell(sql, |it| it.commit(), |()| None)
    }

    fn rollback(&mut self) -> Result<(), DatabaseError> {
        let sql = self.dialect().syntax().rollback;
        self.tell(sql, |it| it.rollback(), |()| None)
    }

    fn check_writable(&self) -> Result<(), DatabaseError> {
        self.connection.check_writable()
    }

    fn in_transaction(&self) -> bool {
        self.connection.in_transaction()
    }

    fn connector(&self) -> Option<Connector> {
        self.connection.connector()
    }

    fn canceller(&self) -> Option<Canceller> {
        self.connection.canceller()
    }

    fn take_notices(&mut self) -> Vec<Notice> {
        self.connection.take_notices()
    }
}
