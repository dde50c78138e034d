//! MySQL and MariaDB.

mod connect;
mod failure;
mod message;
mod values;

use std::sync::Arc;

use mysql::prelude::{Protocol, Queryable};
use mysql::{Conn, Params, QueryResult};

use super::{
    Canceller, Connection, Connector, DatabaseError, Notice, OpenOptions, Row, RunError, SEPARATOR,
    Server, Value,
};
use crate::dialect::Dialect;
use failure::Failure;

/// A connection to a server.
pub(super) struct Mysql {
    connection: Conn,
    failure: Failure,
    server: String,
    notices: Vec<Notice>,
    transaction: bool,
    connector: Connector,
}

impl Mysql {
    /// Connects.
    pub(super) fn open(server: &Server, options: &OpenOptions) -> Result<Self, DatabaseError> {
        connect::connect(server, options)
    }

    /// Runs one text and reads every result to its end: a failure may stand in a later one.
    fn send(&mut self, sql: &str) -> Result<Outcome, DatabaseError> {
        let outcome = self.connection.query_iter(sql);
        let outcome = outcome.and_then(|result| read(result, &mut 0));
        self.heard(sql, outcome)
    }

    /// Sends statements that give one answer each in one message. Remarks can only be asked for of
    /// the last.
    fn send_together(&mut self, statements: &[&str]) -> Result<(), RunError> {
        if let [sql] = statements {
            let sent = self.send(sql).map(|_| self.follow(sql));
            return sent.map_err(|error| RunError {
                statement: 0,
                error,
            });
        }
        let mut answered = 0;
        let outcome = self.connection.query_iter(statements.join(SEPARATOR));
        let outcome = outcome.and_then(|result| read(result, &mut answered));
        let statement = answered.min(statements.len() - 1);
        for sql in &statements[..answered.min(statements.len())] {
            self.follow(sql);
        }
        let error = match outcome {
            Ok(_) if answered == statements.len() => return Ok(()),
            Ok(_) => self
                .failure
                .failed("the server does not answer every statement of a message"),
            Err(error) => {
                let behind = statements[statement + 1..].iter();
                let behind: String = behind.flat_map(|sql| [SEPARATOR, sql]).collect();
                self.failure.of_part(error, statements[statement], &behind)
            }
        };
        Err(RunError { statement, error })
    }

    /// Knows by a statement's text what it did to the transaction.
    fn follow(&mut self, sql: &str) {
        let syntax = self.dialect().syntax();
        if sql == syntax.begin {
            self.transaction = true;
        } else if sql == syntax.commit || sql == syntax.rollback {
            self.transaction = false;
        }
    }

    fn send_bound(&mut self, sql: &str, parameters: &[Value]) -> Result<Outcome, DatabaseError> {
        if parameters.is_empty() {
            return self.send(sql);
        }
        let bound = Params::Positional(parameters.iter().map(values::bound).collect());
        let outcome = self.connection.exec_iter(sql, bound);
        let outcome = outcome.and_then(|result| read(result, &mut 0));
        self.heard(sql, outcome)
    }

    fn heard(
        &mut self,
        sql: &str,
        outcome: mysql::Result<Outcome>,
    ) -> Result<Outcome, DatabaseError> {
        let outcome = outcome.map_err(|error| self.failure.of(&error, sql))?;
        if outcome.warnings > 0 {
            let said: Vec<(String, u32, String)> = self
                .connection
                .query("SHOW WARNINGS")
                .map_err(|error| self.failure.of(&error, ""))?;
            self.notices
                .extend(said.into_iter().map(|(severity, _, message)| Notice {
                    severity: severity.to_uppercase(),
                    message,
                }));
        }
        Ok(outcome)
    }

    fn end(&mut self, sql: &str) -> Result<(), DatabaseError> {
        self.send(sql)?;
        self.transaction = false;
        Ok(())
    }
}

impl Connection for Mysql {
    fn dialect(&self) -> Dialect {
        Dialect::Mysql
    }

    fn server(&self) -> &str {
        &self.server
    }

    fn run(&mut self, statements: &[&str]) -> Result<(), RunError> {
        let mut sent = 0;
        while sent < statements.len() {
            let number = message::together(&statements[sent..]);
            let some = &statements[sent..sent + number];
            self.send_together(some).map_err(|failed| RunError {
                statement: sent + failed.statement,
                ..failed
            })?;
            sent += number;
        }
        Ok(())
    }

    fn execute(&mut self, sql: &str, parameters: &[Value]) -> Result<u64, DatabaseError> {
        Ok(self.send_bound(sql, parameters)?.changed)
    }

    fn query(&mut self, sql: &str, parameters: &[Value]) -> Result<Vec<Row>, DatabaseError> {
        let outcome = self.send_bound(sql, parameters)?;
        Ok(outcome.answers.into_iter().next().unwrap_or_default())
    }

    fn query_each(
        &mut self,
        queries: &[String],
        take: &mut dyn FnMut(usize, Option<Row>),
    ) -> Result<(), DatabaseError> {
        let mut numbers = 0..;
        for some in queries.chunks(MESSAGE_LENGTH) {
            let answers = self.send(&some.join(";\n"))?.answers;
            for (answer, number) in answers.into_iter().zip(&mut numbers) {
                let rows = answer.into_iter().map(Some);
                rows.chain([None]).for_each(|row| take(number, row));
            }
        }
        Ok(())
    }

    fn begin(&mut self) -> Result<(), DatabaseError> {
        if self.transaction {
            return Err(DatabaseError::refused("a transaction is open already"));
        }
        self.send(self.dialect().syntax().begin)?;
        self.transaction = true;
        Ok(())
    }

    fn commit(&mut self) -> Result<(), DatabaseError> {
        self.end(self.dialect().syntax().commit)
    }

    fn rollback(&mut self) -> Result<(), DatabaseError> {
        if self.transaction {
            self.end(self.dialect().syntax().rollback)?;
        }
        Ok(())
    }

    fn in_transaction(&self) -> bool {
        self.transaction
    }

    fn connector(&self) -> Option<Connector> {
        Some(self.connector.clone())
    }

    fn canceller(&self) -> Option<Canceller> {
        let connector = self.connector.clone();
        let end = format!("KILL QUERY {}", self.connection.connection_id());
        Some(Arc::new(move || {
            // Nothing is to be done about a request that does not get through: the statement ends
            // by itself, or the process does.
            if let Ok(mut second) = connector.open() {
                let _ = second.run(&[&end]);
            }
        }))
    }

    fn take_notices(&mut self) -> Vec<Notice> {
        std::mem::take(&mut self.notices)
    }
}

/// Most queries in one message, so that it stays below the least size that servers accept.
const MESSAGE_LENGTH: usize = 2_000;

/// What one text brought about.
#[derive(Default)]
struct Outcome {
    /// The rows of each result that has columns.
    answers: Vec<Vec<Row>>,
    changed: u64,
    warnings: u16,
}

/// Reads all answers; `answered` counts them, also when one is a failure.
fn read<P: Protocol>(
    mut result: QueryResult<'_, '_, '_, P>,
    answered: &mut usize,
) -> mysql::Result<Outcome> {
    let mut outcome = Outcome::default();
    loop {
        // Between two results these are the numbers of the one just read.
        outcome.changed = outcome.changed.max(result.affected_rows());
        outcome.warnings = outcome.warnings.max(result.warnings());
        let Some(set) = result.iter() else {
            return Ok(outcome);
        };
        let is_answer = !set.columns().as_ref().is_empty();
        let rows = set.map(|row| row.map(values::row));
        let rows = rows.collect::<mysql::Result<Vec<Row>>>()?;
        *answered += 1;
        if is_answer {
            outcome.answers.push(rows);
        }
    }
}
