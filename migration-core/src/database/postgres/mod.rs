//! PostgreSQL, by a client that runs on a private single-threaded runtime.

mod connect;
mod failure;
mod values;

use std::borrow::Cow;
use std::cell::RefCell;
use std::collections::VecDeque;
use std::future::ready;
use std::mem;
use std::pin::pin;
use std::sync::{Arc, Mutex};

use futures_util::StreamExt;
use futures_util::future::try_join;
use tokio::runtime::Runtime;
use tokio::task::AbortHandle;
use tokio_postgres::types::{ToSql, Type};
use tokio_postgres::{Client, SimpleQueryMessage, SimpleQueryStream};

use super::parameters::numbered;
use super::{
    Canceller, Connection, Connector, DatabaseError, Notice, OpenOptions, Row, RunError, SEPARATOR,
    Server, Value,
};
use crate::dialect::Dialect;
use crate::parallel::held;
use failure::Failure;

/// Begins a transaction.
const BEGIN: [&str; 1] = ["BEGIN"];

/// Begins a transaction in which messages are sent ahead.
const BEGIN_MARKED: [&str; 2] = ["BEGIN", MARK];

/// Marks a transaction by a cursor, which ends with it.
const MARK: &str = "DECLARE migrate_ahead NO SCROLL CURSOR FOR SELECT";

/// Fails where the mark is gone, so that nothing behind it in its message runs then. A failed `PREPARE
/// TRANSACTION` ends the transaction, for example, and what was sent ahead behind it would be kept. A
/// savepoint asks for a transaction, too, but takes longer the more tables were made.
const DEMAND: [&str; 1] = ["MOVE 0 FROM migrate_ahead"];

/// Fails outside a transaction, where a statement may have closed the cursor (`CLOSE ALL`).
const DEMAND_WITHOUT_MARK: [&str; 2] =
    ["SAVEPOINT migrate_ahead", "RELEASE SAVEPOINT migrate_ahead"];

/// How often other tasks get their turn until what has arrived is read: the reactor, the reading
/// task, and what it wakes.
const TURNS: usize = 4;

/// A connection to a server.
pub(super) struct Postgres {
    client: Client,
    runtime: Runtime,
    failure: Failure,
    server: String,
    notices: Arc<Mutex<Vec<Notice>>>,
    /// The task that drives the connection.
    driver: AbortHandle,
    transaction: TransactionState,
    /// What stands in front of what is sent ahead in this transaction, once it can be demanded.
    demand: &'static [&'static str],
    /// What was sent and not waited for, oldest first.
    ahead: VecDeque<Ahead>,
    connector: Connector,
    canceller: Canceller,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum TransactionState {
    None,
    /// `BEGIN` goes out with the next message.
    Asked,
    Open,
}

/// A message that is on its way.
struct Ahead {
    answers: SimpleQueryStream,
    /// What its sender does not count: what begins, marks or demands the transaction.
    front: &'static [&'static str],
}

impl Postgres {
    /// Connects.
    pub(super) fn open(server: &Server, options: &OpenOptions) -> Result<Self, DatabaseError> {
        connect::connect(server, options)
    }

    /// Sends all statements in one message and waits; returns the rows of the last.
    fn send(&self, statements: &[&str]) -> Result<Vec<Row>, RunError> {
        let text = statements.join(SEPARATOR);
        self.answers(statements, self.client.simple_query_raw(&text))
    }

    /// Waits for the answers to statements and counts them; returns the rows of the last.
    fn answers(
        &self,
        statements: &[&str],
        sent: impl Future<Output = Result<SimpleQueryStream, tokio_postgres::Error>>,
    ) -> Result<Vec<Row>, RunError> {
        let last = statements.len().saturating_sub(1);
        let mut done = 0;
        let mut rows = Vec::new();
        let result = self.runtime.block_on(async {
            let mut answers = pin!(sent.await?);
            while let Some(answer) = answers.next().await {
                match answer? {
                    SimpleQueryMessage::CommandComplete(_) => done += 1,
                    SimpleQueryMessage::Row(row) if done == last => rows.push(values::texts(&row)),
                    _ => {}
                }
            }
            Ok(rows)
        });
        result.map_err(|error: tokio_postgres::Error| {
            if failure::is_out_of_step(&error) {
                // The server waits for data that nobody sends: no later answer would be the right
                // one, so the connection ends here.
                self.driver.abort();
            }
            let error = self.failure.of(&error);
            located(statements, done, error)
        })
    }

    /// The `BEGIN` that is due, which goes out with the next message.
    fn due(&mut self) -> &'static [&'static str] {
        if self.transaction != TransactionState::Asked {
            return &[];
        }
        self.transaction = TransactionState::Open;
        &BEGIN
    }

    /// Sends statements as one message inside a transaction, with the `BEGIN` that is due; returns
    /// the rows of the last.
    fn send_together(&mut self, statements: &[&str]) -> Result<Vec<Row>, RunError> {
        let front = self.due();
        if closes_cursors(statements) && !self.demand.is_empty() {
            self.demand = &DEMAND_WITHOUT_MARK;
        }
        self.send(&behind(front, statements))
            .map_err(|failed| without(front, failed))
    }

    /// Lets what waits to be written or read have its turn, without waiting for anything.
    fn take_turns(&self) {
        self.runtime.block_on(async {
            for _ in 0..TURNS {
                tokio::task::yield_now().await;
            }
        });
    }

    /// Asks, and gives each row while the server makes the next.
    async fn rows(
        &self,
        sql: &str,
        parameters: &[Value],
        mut take: impl FnMut(Row),
    ) -> Result<(), DatabaseError> {
        let said = |error| self.failure.of(&error);
        let sql = text(sql, parameters);
        let asked = self.client.query_typed_raw(&sql, bound(parameters));
        let mut answer = pin!(asked.await.map_err(said)?);
        while let Some(row) = answer.next().await {
            take(values::row(&row.map_err(said)?)?);
        }
        Ok(())
    }

    /// Sends the `BEGIN` that is due.
    fn flush(&mut self) -> Result<(), DatabaseError> {
        if self.transaction == TransactionState::Asked {
            self.send(&BEGIN).map_err(|failed| failed.error)?;
            self.transaction = TransactionState::Open;
        }
        Ok(())
    }
}

impl Connection for Postgres {
    fn dialect(&self) -> Dialect {
        Dialect::Postgres
    }

    fn server(&self) -> &str {
        &self.server
    }

    fn run(&mut self, statements: &[&str]) -> Result<(), RunError> {
        match self.transaction {
            // One message would be one transaction: alone, each statement stands for itself.
            TransactionState::None => {
                for (index, sql) in statements.iter().enumerate() {
                    self.send(&[sql]).map_err(|failed| RunError {
                        statement: index,
                        ..failed
                    })?;
                }
                Ok(())
            }
            TransactionState::Asked | TransactionState::Open => {
                self.send_together(statements).map(drop)
            }
        }
    }

    fn run_asking(&mut self, statements: &[&str], query: &str) -> Result<Vec<Row>, RunError> {
        let mut all = statements.to_vec();
        all.push(query);
        self.send_together(&all)
    }

    /// The message is written at once, so that the server begins while the next one is made.
    fn run_ahead(&mut self, statements: &[&str]) -> Result<(), RunError> {
        let front = match (self.due(), self.demand) {
            ([], []) => &BEGIN_MARKED[1..],
            ([], demand) => demand,
            (_, _) => &BEGIN_MARKED,
        };
        self.demand = match (closes_cursors(statements), self.demand) {
            (true, _) => &DEMAND_WITHOUT_MARK,
            (false, []) => &DEMAND,
            (false, demand) => demand,
        };
        let all = behind(front, statements);
        let text = all.join(SEPARATOR);
        let sent = self.runtime.block_on(self.client.simple_query_raw(&text));
        let answers = sent.map_err(|error| {
            let failed = located(&all, 0, self.failure.of(&error));
            without(front, failed)
        })?;
        self.ahead.push_back(Ahead { answers, front });
        self.take_turns();
        Ok(())
    }

    fn arrived(&mut self, statements: &[&str]) -> Result<(), RunError> {
        let Some(Ahead { answers, front }) = self.ahead.pop_front() else {
            return Ok(());
        };
        self.answers(&behind(front, statements), ready(Ok(answers)))
            .map(drop)
            .map_err(|failed| without(front, failed))
    }

    fn is_open(&mut self) -> bool {
        // What the server sent meanwhile is read, and the task that reads it gets its turn.
        self.take_turns();
        !self.client.is_closed()
    }

    fn execute(&mut self, sql: &str, parameters: &[Value]) -> Result<u64, DatabaseError> {
        self.flush()?;
        let sql = text(sql, parameters);
        self.runtime
            .block_on(self.client.execute_typed(&sql, &bound(parameters)))
            .map_err(|error| self.failure.of(&error))
    }

    fn query(&mut self, sql: &str, parameters: &[Value]) -> Result<Vec<Row>, DatabaseError> {
        self.flush()?;
        let mut rows = Vec::new();
        let take = |row| rows.push(row);
        self.runtime.block_on(self.rows(sql, parameters, take))?;
        Ok(rows)
    }

    /// Two are sent at once, so that the server works on one while the rows of the other are read.
    fn query_each(
        &mut self,
        queries: &[String],
        take: &mut dyn FnMut(usize, Option<Row>),
    ) -> Result<(), DatabaseError> {
        self.flush()?;
        let take = RefCell::new(take);
        let ask = async |number: usize| match queries.get(number) {
            Some(sql) => {
                let take = |row| (take.borrow_mut())(number, row);
                self.rows(sql, &[], |row| take(Some(row))).await?;
                take(None);
                Ok(())
            }
            None => Ok(()),
        };
        for number in (0..queries.len()).step_by(2) {
            let both = try_join(ask(number), ask(number + 1));
            self.runtime.block_on(both)?;
        }
        Ok(())
    }

    fn begin(&mut self) -> Result<(), DatabaseError> {
        if self.in_transaction() {
            return Err(DatabaseError::refused("a transaction is open already"));
        }
        self.transaction = TransactionState::Asked;
        self.demand = &[];
        Ok(())
    }

    fn commit(&mut self) -> Result<(), DatabaseError> {
        if self.transaction == TransactionState::Open {
            // A failed transaction would answer COMMIT with success and undo its work: the query
            // before it fails there instead.
            self.send(&["SELECT 1", self.dialect().syntax().commit])
                .map_err(|failed| failed.error)?;
        }
        self.transaction = TransactionState::None;
        Ok(())
    }

    fn rollback(&mut self) -> Result<(), DatabaseError> {
        let state = mem::replace(&mut self.transaction, TransactionState::None);
        self.ahead.clear();
        if state == TransactionState::Open {
            self.send(&[self.dialect().syntax().rollback])
                .map_err(|failed| failed.error)?;
        }
        Ok(())
    }

    fn in_transaction(&self) -> bool {
        self.transaction != TransactionState::None
    }

    fn connector(&self) -> Option<Connector> {
        Some(self.connector.clone())
    }

    fn canceller(&self) -> Option<Canceller> {
        Some(Arc::clone(&self.canceller))
    }

    fn take_notices(&mut self) -> Vec<Notice> {
        mem::take(&mut *held(self.notices.lock()))
    }
}

/// Statements behind what goes out in front of them.
fn behind<'a>(front: &[&'a str], statements: &[&'a str]) -> Vec<&'a str> {
    [front, statements].concat()
}

/// Whether statements may close cursors, by what they say.
fn closes_cursors(statements: &[&str]) -> bool {
    let word = b"close";
    let says_so = |sql: &&str| {
        let mut parts = sql.as_bytes().windows(word.len());
        parts.any(|part| part.eq_ignore_ascii_case(word))
    };
    statements.iter().any(says_so)
}

/// The failure of a statement behind others that its sender does not count.
fn without(front: &[&str], failed: RunError) -> RunError {
    RunError {
        statement: failed.statement.saturating_sub(front.len()),
        ..failed
    }
}

/// The statement with its parameters numbered; without parameters `?` is an operator of JSON.
fn text<'a>(sql: &'a str, parameters: &[Value]) -> Cow<'a, str> {
    if parameters.is_empty() {
        Cow::Borrowed(sql)
    } else {
        Cow::Owned(numbered(sql))
    }
}

/// Parameters as text, their types left to the server.
fn bound(parameters: &[Value]) -> Vec<(&(dyn ToSql + Sync), Type)> {
    parameters
        .iter()
        .map(|value| (value as &(dyn ToSql + Sync), Type::UNKNOWN))
        .collect()
}

/// Finds the statement that failed and makes the place relative to it.
///
/// The count is right for failures while running; a syntax error anywhere fails the whole message
/// before anything runs, and then its place in the message tells.
fn located(statements: &[&str], done: usize, mut error: DatabaseError) -> RunError {
    let last = statements.len().saturating_sub(1);
    let mut statement = done.min(last);
    if let DatabaseError::Refused(refusal) = &mut error
        && let Some(mut position) = refusal.position
    {
        statement = 0;
        for (index, sql) in statements.iter().enumerate() {
            let length = sql.chars().count();
            statement = index;
            if position <= length || index == last {
                break;
            }
            position = position.saturating_sub(length + SEPARATOR.len());
        }
        refusal.position = Some(position);
    }
    RunError { statement, error }
}
