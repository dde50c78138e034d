//! Operations to the statements of one engine.
//!
//! In: an [`Operation`] and, where the engine needs it, the present definition of the table. Out:
//! [`Statement`]s, or [`Unsupported`] with a hint. Holds no connection and reads nothing: live
//! definitions come in as a `Schema`. The same file names stand in every engine's directory.

mod ansi;
mod demand;
mod diesel;
mod effect;
mod enumeration;
mod hold_up;
mod lease;
mod ledger;
mod ledger_of_script;
mod limits;
mod moment;
mod narrowing;
mod own;
mod page;
mod page_objects;
mod statement;
mod syntax;
mod unsupported;
mod untransacted;
mod version_table;

pub mod mysql;
pub mod postgres;
pub mod sqlite;

use std::fmt;

use crate::operation::Operation;
use crate::schema::{DataType, Ident, Index, ObjectName, Schema, Table};

pub use demand::Purpose;
pub use diesel::{DieselType, diesel_type};
pub use hold_up::{HoldUp, LongWork, Waiting};
pub use lease::Lease;
pub use ledger::{Known, Ledger, LedgerEntry, LedgerReading, LedgerState};
pub use limits::Limits;
pub use moment::{Moment, rfc3339};
pub use own::{check_portable, check_spelling};
pub use page::reference_page;
pub use statement::{Lowered, RowCheck, Scripted, Statement, TableChange, Way};
pub use syntax::Syntax;
pub use unsupported::Unsupported;
pub use untransacted::Untransacted;
pub use version_table::VersionTable;

/// A database engine.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Dialect {
    /// SQLite, the embedded default.
    Sqlite,
    /// PostgreSQL, the preferred server.
    Postgres,
    /// MySQL and MariaDB.
    Mysql,
}

impl Dialect {
    /// Every engine, in the order of the documentation.
    pub const ALL: [Self; 3] = [Self::Sqlite, Self::Postgres, Self::Mysql];

    /// The name used in ini files, URLs and `-- migrate: only`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Sqlite => "sqlite",
            Self::Postgres => "postgresql",
            Self::Mysql => "mysql",
        }
    }

    /// Reads a name or one of its synonyms (`postgres`, `mariadb`, `sqlite3`, SQLAlchemy's
    /// `engine+driver` included), in any case.
    pub fn parse(name: &str) -> Option<Self> {
        let engine = name.split('+').next().unwrap_or_default();
        match engine.to_ascii_lowercase().as_str() {
            "sqlite" | "sqlite3" => Some(Self::Sqlite),
            "postgresql" | "postgres" | "pg" => Some(Self::Postgres),
            "mysql" | "mariadb" => Some(Self::Mysql),
            _ => None,
        }
    }

    /// The engine's differences that are data.
    pub fn syntax(self) -> &'static Syntax {
        match self {
            Self::Sqlite => &sqlite::SYNTAX,
            Self::Postgres => &postgres::SYNTAX,
            Self::Mysql => &mysql::SYNTAX,
        }
    }

    /// The engine's compiler.
    pub fn compiler(self) -> &'static dyn Compiler {
        match self {
            Self::Sqlite => &sqlite::Sqlite,
            Self::Postgres => &postgres::Postgres,
            Self::Mysql => &mysql::Mysql,
        }
    }
}

impl fmt::Display for Dialect {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// What a compiler must know before it can write an operation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reads<'a> {
    /// Nothing: the operation says it all.
    Nothing,
    /// The present definition of a table.
    Table(&'a ObjectName),
    /// The present definition of the table that has this index.
    TableOfIndex(&'a ObjectName),
    /// The present definition of a view, and what may name it.
    View(&'a ObjectName),
}

/// Turns operations into statements of one engine.
pub trait Compiler: Sync {
    /// What [`compile`](Self::compile) must be given in its schema: the engine cannot say this
    /// change without repeating what the table already is.
    fn reads<'a>(&self, operation: &'a Operation) -> Reads<'a>;

    /// Writes consecutive operations in the engine's language.
    ///
    /// `operations` is either one operation that reads [`Nothing`](Reads::Nothing), or several
    /// that all read the same table; `schema` then holds that table with what stands on it, as it
    /// is before the first of them. A schema without the table or index says that it is not there,
    /// which is right for `IF EXISTS`. [`Operation::Call`] is no work of an engine and is refused.
    ///
    /// On SQLite a table may be changed in another way than by a statement of the engine
    /// ([`Lowered::change`] says so): all statements must then run in one transaction, and each
    /// [`RowCheck`] among them must find nothing.
    ///
    /// # Errors
    ///
    /// [`Unsupported`] when the engine cannot do it, with a hint what to write instead.
    fn compile(&self, operations: &[Operation], schema: &Schema) -> Result<Lowered, Unsupported>;

    /// Questions whether the table of [`compile`](Self::compile) is what `schema` says when its
    /// statements run; `change` is the way they take.
    ///
    /// # Errors
    ///
    /// As [`compile`](Self::compile).
    fn presumed(
        &self,
        operations: &[Operation],
        schema: &Schema,
        change: Option<&TableChange>,
    ) -> Result<Vec<Statement>, Unsupported> {
        let _ = (operations, schema, change);
        Ok(Vec::new())
    }

    /// The same operations for a script.
    ///
    /// # Errors
    ///
    /// As [`compile`](Self::compile).
    fn scripted(&self, operations: &[Operation], schema: &Schema) -> Result<Scripted, Unsupported> {
        let lowered = self.compile(operations, schema)?;
        let presumed = self.presumed(operations, schema, lowered.change.as_ref())?;
        Ok(Scripted {
            operations: operations.to_vec(),
            lowered,
            presumed,
        })
    }

    /// Whether an operation may change the answer to a question that is asked behind it. Where it
    /// cannot, and a statement commits by itself, a script asks before it changes anything.
    fn bears_on(&self, operation: &Operation, question: &RowCheck) -> bool {
        let _ = (operation, question);
        true
    }

    /// Finds what is beyond the engine whatever the table is that an operation
    /// [`reads`](Self::reads): where a statement commits by itself, what is refused when its turn
    /// comes leaves a step half done.
    ///
    /// # Errors
    ///
    /// As [`compile`](Self::compile).
    fn check(&self, operation: &Operation) -> Result<(), Unsupported> {
        let _ = operation;
        Ok(())
    }

    /// Whether two consecutive changes of one table are compiled together. Where a statement commits
    /// by itself only those are that become one statement.
    fn joins(&self, first: &Operation, second: &Operation) -> bool {
        let _ = (first, second);
        true
    }

    /// A table as the engine keeps it once it is created, as far as that differs from what was
    /// written.
    fn created(&self, table: Table) -> Table {
        table
    }

    /// Brings what is known of a database behind an operation, as the engine keeps it.
    ///
    /// # Errors
    ///
    /// [`Unsupported`] where it does not fit.
    fn follow(&self, operation: &Operation, schema: &mut Schema) -> Result<(), Unsupported>;

    /// Whether only the revisions before tell what the operation is on this engine: it names a type
    /// that may have been made by one, and the engine keeps no types with a name.
    fn asks_history(&self, operation: &Operation) -> bool {
        let _ = operation;
        false
    }

    /// The operation in terms that the engine has; `known` is what the revisions before it made.
    /// A column of an enumerated type becomes one that says which values it holds.
    fn spelled_out(&self, operation: &Operation, known: &Schema) -> Vec<Operation> {
        let _ = known;
        vec![operation.clone()]
    }

    /// Refuses a statement behind which the program's own would fail in the same session.
    ///
    /// # Errors
    ///
    /// [`Unsupported`], with what to write instead.
    fn keeps_session(&self, sql: &str) -> Result<(), Unsupported> {
        let _ = sql;
        Ok(())
    }

    /// Statements that fail with `promise` unless a query finds 0 or false: how a script, which nobody
    /// watches, asks.
    fn refusing(&self, promise: &str, query: &str) -> Vec<String>;

    /// The text that the engine keeps of a table once it is created, where it keeps texts.
    fn kept_table(&self, table: &Table) -> Option<String> {
        let _ = table;
        None
    }

    /// The text that it keeps of an index.
    fn kept_index(&self, index: &Index) -> Option<String> {
        let _ = index;
        None
    }

    /// The column that numbers the rows of a table whether it says so or not.
    fn counting_key<'t>(&self, table: &'t Table) -> Option<&'t Ident> {
        let _ = table;
        None
    }

    /// Whether a column that the engine keeps as `stored` is as good as one of the type that was
    /// `written`, though the engine would be told another for it. Where nothing but a word is
    /// written, what the engine itself understands by it will do.
    fn is_as_good(&self, stored: &DataType, written: &DataType) -> bool {
        let _ = (stored, written);
        false
    }

    /// The name under which the engine keeps a type, where it has the type.
    fn kept_name(&self, data_type: &DataType) -> Option<String> {
        let name = self.data_type(data_type).ok()?;
        Some(name.to_ascii_lowercase())
    }

    /// Whether it takes the server at hand to tell if it can do an operation; of all others no
    /// server [`lacks`](Self::lacks) anything.
    fn asks_server(&self, operation: &Operation) -> bool {
        let _ = operation;
        false
    }

    /// What a server of the engine lacks for an operation that others of its kind do; `server` is
    /// its name and version, as it says them.
    fn lacks(&self, server: &str, operation: &Operation) -> Option<Unsupported> {
        let _ = (server, operation);
        None
    }

    /// How the engine is told a type.
    ///
    /// # Errors
    ///
    /// [`Unsupported`] when it has none that holds the values.
    fn data_type(&self, data_type: &DataType) -> Result<String, Unsupported>;
}

#[cfg(test)]
mod tests;
