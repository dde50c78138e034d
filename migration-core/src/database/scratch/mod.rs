//! A place of the same engine that nobody else sees, where models and revisions are tried out.
//!
//! SQLite: a database in memory. PostgreSQL: a schema in a transaction that is never committed.
//! MySQL and MariaDB, which cannot roll back a table: a database of its own, dropped afterwards; one
//! that a killed program left is dropped by the next.

mod mysql;
mod nested;
mod passing;
mod postgres;

use std::path::PathBuf;

use super::{Address, Connection, DatabaseError, OpenOptions};
use crate::dialect::Dialect;

pub use passing::{Passing, Tried};

/// What the names of scratch schemas and databases begin with.
pub const PREFIX: &str = "_migrate_scratch_";

/// The version table of scratch places. No live one is called so, which could be found in place of
/// it where names are looked for in several schemas.
pub const VERSION_TABLE: &str = "_migrate_scratch";

/// A connection to a scratch place, where unqualified names are names in it.
///
/// Nothing of it is left after [`close`](Self::close), nor when the value or the process goes.
pub struct Scratch {
    place: Place,
}

/// A schema besides the connection's own that is to be empty in the scratch place (PostgreSQL).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Aside<'a> {
    /// Its name.
    pub name: &'a str,
    /// Whether it is there from the beginning; if not, what runs there makes it.
    pub is_made: bool,
}

enum Place {
    Memory(Box<dyn Connection>),
    Transaction(postgres::Away),
    Database(mysql::Guarded),
}

/// Opens a scratch place of the engine at an address.
///
/// Live schemas that have the name of one of `aside` get out of the way, as far as this connection
/// sees. What is not made in the scratch place is not found, but for what extensions brought into the
/// schemas of PostgreSQL's search path.
///
/// # Errors
///
/// [`DatabaseError::NoScratch`] with what an administrator has to grant, or what stands in the way
/// of any connection.
pub fn open(
    address: &Address,
    options: &OpenOptions,
    aside: &[Aside<'_>],
) -> Result<Scratch, DatabaseError> {
    if let (false, Some(aside)) = (matches!(address, Address::Postgres(_)), aside.first()) {
        return Err(elsewhere(address.dialect(), aside));
    }
    let place = match address {
        Address::Sqlite { .. } => {
            let memory = Address::Sqlite {
                path: PathBuf::from(":memory:"),
            };
            Place::Memory(super::open(&memory, options)?)
        }
        Address::Postgres(server) => {
            let connection = super::open(address, options)?;
            Place::Transaction(postgres::begin(connection, server, options, aside)?)
        }
        Address::Mysql(server) => {
            let connection = super::open(address, options)?;
            Place::Database(mysql::create(connection, server)?)
        }
    };
    Ok(Scratch { place })
}

/// Whether nothing but a right to make a scratch database is missing, on an engine where most can be
/// found without one.
pub fn is_forbidden(dialect: Dialect, error: &DatabaseError) -> bool {
    dialect == Dialect::Mysql && mysql::is_forbidden(error)
}

/// What is made there could not be told from what is live.
fn elsewhere(dialect: Dialect, aside: &Aside<'_>) -> DatabaseError {
    DatabaseError::NoScratch {
        place: format!("schema `{}`", aside.name),
        hint: "only PostgreSQL has schemas inside a database; leave the schema out, or write \
               `-- migrate: only postgresql` above the statement"
            .to_owned(),
        source: Box::new(DatabaseError::refused(format!(
            "on {dialect} another database would be written"
        ))),
    }
}

impl Scratch {
    /// The connection; transactions can be begun and ended on it as on any other.
    pub fn connection(&mut self) -> &mut dyn Connection {
        match &mut self.place {
            Place::Memory(connection) => connection.as_mut(),
            Place::Transaction(away) => away.connection(),
            Place::Database(guarded) => guarded.connection(),
        }
    }

    /// Copies the definition of a live table, so that others can refer to it; does nothing where
    /// there is none or none is needed. Gives the schema of a table that has none before its name
    /// and is not in the connection's own.
    ///
    /// # Errors
    ///
    /// What the engine says.
    pub fn borrow_table(
        &mut self,
        schema: Option<&str>,
        name: &str,
    ) -> Result<Option<String>, DatabaseError> {
        match &mut self.place {
            Place::Memory(_) => Ok(None),
            Place::Transaction(away) => away.copy(schema, name),
            Place::Database(guarded) => guarded.copy(name).map(|()| None),
        }
    }

    /// Ends it and leaves nothing behind.
    ///
    /// # Errors
    ///
    /// What the engine says.
    pub fn close(self) -> Result<(), DatabaseError> {
        match self.place {
            Place::Memory(_) => Ok(()),
            Place::Transaction(away) => away.close(),
            Place::Database(guarded) => guarded.close(),
        }
    }
}
