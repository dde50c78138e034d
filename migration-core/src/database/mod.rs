//! Connections, the version table, the ledger and the lock: the only stage that names a driver.
//!
//! In: an [`Address`]. Out: a [`Connection`] that runs text and returns rows. Knows no revision
//! beyond its id and no plan; never prints.

mod address;
mod advice;
mod attend;
mod backup;
mod blocker;
mod connector;
mod creation;
mod error;
mod mask;
mod mysql;
mod options;
mod parameters;
mod pause;
mod postgres;
mod probe;
mod readiness;
mod replica;
mod rows;
mod sqlite;
mod tls;
mod told;
mod value;

pub mod lock;
pub mod scratch;

use std::sync::Arc;

use crate::dialect::Dialect;

pub use address::{Address, Secret, Server, SslMode, Tls};
pub use attend::{Attendant, Attended, Watch};
pub use backup::{BackupError, Restored, back_up, restore, restoring_command};
pub use blocker::Blocker;
pub use connector::Connector;
pub use creation::{CreationError, create, drop_database, sessions};
pub use error::{DatabaseError, Refusal};
pub use options::OpenOptions;
pub use readiness::{Patience, WaitError, may_pass, wait};
pub use replica::{Replica, replica};
pub use rows::{
    LedgerRow, ledger_columns, ledger_rows, ledger_rows_among, ledger_scripts, ledger_seal,
    ledger_states, ledger_summary, likely_version_tables, unfinished_steps, version_rows,
};
pub use value::{Row, Value};

/// What stands between statements sent in one message; a comment at the end of one stays there.
const SEPARATOR: &str = "\n;\n";

/// Opens a connection and sets its session up.
///
/// # Errors
///
/// What stands in the way, by kind; the password is in none of them.
pub fn open(
    address: &Address,
    options: &OpenOptions,
) -> Result<Box<dyn Connection>, DatabaseError> {
    told::open(address, || match address {
        Address::Sqlite { path } => Ok(Box::new(sqlite::Sqlite::open(path, options)?)),
        Address::Postgres(server) => Ok(Box::new(postgres::Postgres::open(server, options)?)),
        Address::Mysql(server) => Ok(Box::new(mysql::Mysql::open(server, options)?)),
    })
}

/// The schema where names without one are made; none where a database has no schemas.
///
/// # Errors
///
/// What the engine says.
pub fn own_schema(connection: &mut dyn Connection) -> Result<Option<String>, DatabaseError> {
    match connection.dialect() {
        Dialect::Sqlite | Dialect::Mysql => Ok(None),
        Dialect::Postgres => {
            let rows = connection.query("SELECT current_schema()::text", &[])?;
            Ok(rows.first().and_then(|row| row.first()?.text()))
        }
    }
}

/// A connection to one engine.
///
/// All texts are in that engine's language; sessions are set up so that `"name"` is an identifier
/// everywhere, text is UTF-8 and modes are strict. Not in a transaction unless [`begin`] was
/// called.
///
/// [`begin`]: Connection::begin
pub trait Connection: Send {
    /// The engine.
    fn dialect(&self) -> Dialect;

    /// Engine and version as the server says it: `PostgreSQL 15.18`, `MariaDB 10.11.19`.
    fn server(&self) -> &str;

    /// Runs statements in order, in as few messages as the engine permits.
    ///
    /// # Errors
    ///
    /// The first failure, and which of the statements it was.
    fn run(&mut self, statements: &[&str]) -> Result<(), RunError>;

    /// Runs one statement with parameters (`?` in the text on every engine) and returns the number
    /// of rows it changed.
    ///
    /// # Errors
    ///
    /// What the engine says.
    fn execute(&mut self, sql: &str, parameters: &[Value]) -> Result<u64, DatabaseError>;

    /// Runs one query with parameters (`?` in the text on every engine) and returns all its rows.
    ///
    /// # Errors
    ///
    /// What the engine says.
    fn query(&mut self, sql: &str, parameters: &[Value]) -> Result<Vec<Row>, DatabaseError>;

    /// Runs several queries, in as few messages as the engine permits, and gives every row with the
    /// number of its query, while the server makes the next where that is possible; none when a
    /// query has no more.
    ///
    /// # Errors
    ///
    /// What the engine says of the first that fails.
    fn query_each(
        &mut self,
        queries: &[String],
        take: &mut dyn FnMut(usize, Option<Row>),
    ) -> Result<(), DatabaseError> {
        for (number, sql) in queries.iter().enumerate() {
            for row in self.query(sql, &[])? {
                take(number, Some(row));
            }
            take(number, None);
        }
        Ok(())
    }

    /// Runs statements, then one query without parameters, in one message where the engine permits,
    /// and returns the query's rows, as text there.
    ///
    /// # Errors
    ///
    /// What the engine says, with which statement failed; the query is the one behind the last.
    fn run_asking(&mut self, statements: &[&str], query: &str) -> Result<Vec<Row>, RunError> {
        self.run(statements)?;
        self.query(query, &[]).map_err(|error| RunError {
            statement: statements.len(),
            error,
        })
    }

    /// Sends statements of an open transaction, and waits for no answer where the engine permits;
    /// [`arrived`](Self::arrived) does, for each time this is called, in the same order.
    ///
    /// # Errors
    ///
    /// The first failure, and which of the statements it was, where they are not sent ahead.
    fn run_ahead(&mut self, statements: &[&str]) -> Result<(), RunError> {
        self.run(statements)
    }

    /// Waits until the first statements are done that were sent ahead and not waited for; they are
    /// given again.
    ///
    /// # Errors
    ///
    /// As [`run`](Self::run). What was sent behind them has no effect then; a rollback forgets it.
    fn arrived(&mut self, statements: &[&str]) -> Result<(), RunError> {
        let _ = statements;
        Ok(())
    }

    /// Whether the server has not ended the connection, as far as that is known without asking it.
    fn is_open(&mut self) -> bool {
        true
    }

    /// Begins a transaction that may write. On PostgreSQL the message goes out with the first
    /// statement.
    ///
    /// # Errors
    ///
    /// What the engine says; on SQLite that another process is writing.
    fn begin(&mut self) -> Result<(), DatabaseError>;

    /// Ends it and keeps its work.
    ///
    /// # Errors
    ///
    /// What the engine says; nothing is kept then.
    fn commit(&mut self) -> Result<(), DatabaseError>;

    /// Ends it and undoes its work, as far as the engine can (MySQL keeps its DDL). Does nothing
    /// outside a transaction.
    ///
    /// # Errors
    ///
    /// What the engine says.
    fn rollback(&mut self) -> Result<(), DatabaseError>;

    /// Makes sure that there is something to write to, as far as that can be told beforehand: a
    /// server tells when it is written.
    ///
    /// # Errors
    ///
    /// A SQLite file that is read-only, or a directory where it can keep no journal.
    fn check_writable(&self) -> Result<(), DatabaseError> {
        Ok(())
    }

    /// Whether [`begin`](Self::begin) was called and the transaction has not ended.
    fn in_transaction(&self) -> bool;

    /// How one more connection to the same database is opened; none where nobody else can reach it,
    /// and on SQLite, where every connection locks the file.
    fn connector(&self) -> Option<Connector> {
        None
    }

    /// What ends the statement that runs, to be called from another thread; none where a statement
    /// runs to its end.
    fn canceller(&self) -> Option<Canceller> {
        None
    }

    /// What the server remarked since the last call: notices and warnings, in order.
    fn take_notices(&mut self) -> Vec<Notice> {
        Vec::new()
    }
}

/// Ends the statement that a connection is running; the connection stays.
pub type Canceller = Arc<dyn Fn() + Send + Sync>;

/// A remark of the server that is not an error.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    /// `NOTICE`, `WARNING`, as the server says it.
    pub severity: String,
    /// The text.
    pub message: String,
}

/// A failure among several statements.
#[derive(Debug)]
pub struct RunError {
    /// Index of the statement that failed; those before it succeeded.
    pub statement: usize,
    /// What the engine said.
    pub error: DatabaseError,
}

/// What speaks to each engine, and its version.
pub fn libraries() -> [String; 3] {
    [
        format!("SQLite {} (bundled)", rusqlite::version()),
        format!("PostgreSQL by {}", env!("MIGRATION_POSTGRES_DRIVER")),
        format!("MySQL and MariaDB by {}", env!("MIGRATION_MYSQL_DRIVER")),
    ]
}
