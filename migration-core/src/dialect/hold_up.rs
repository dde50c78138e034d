//! What a change of a table makes others wait for, and for how long.
//!
//! Every change takes a lock. What is meant here lasts as long as the table has rows to be gone
//! through: seconds or hours in which others stand still. SQLite has no such change: its writers wait
//! for each other whatever is done, and its readers do not.

use super::{Dialect, mysql, postgres};
use crate::operation::Operation;
use crate::schema::{ObjectName, Schema};

/// Why others wait, and for what.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HoldUp {
    /// What takes so long.
    pub work: LongWork,
    /// Who waits.
    pub waiting: Waiting,
    /// The way that holds up nobody, or fewer.
    pub way: &'static str,
}

/// Work whose time grows with the rows of a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LongWork {
    /// Each row is written anew.
    Rewrites,
    /// Each row is read.
    Reads,
    /// An index is built.
    Indexes,
}

/// Who waits for a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Waiting {
    /// Whoever writes.
    Writers,
    /// Whoever reads, too.
    Everybody,
}

impl Dialect {
    /// Who waits for a change of a table that has rows, when that is longer than a moment. `before`
    /// is what is known of the database.
    pub fn hold_up(self, operation: &Operation, before: &Schema) -> Option<HoldUp> {
        match self {
            Self::Sqlite => None,
            Self::Postgres => postgres::hold_up(operation, before),
            Self::Mysql => mysql::hold_up(operation, before),
        }
    }

    /// The table that a change keeps locked, against writers at least, until its transaction ends.
    /// There is none where a change of a table ends its transaction, or where all of a database has
    /// one lock.
    pub fn locked_by(self, operation: &Operation) -> Option<&ObjectName> {
        match self {
            Self::Sqlite | Self::Mysql => None,
            Self::Postgres => postgres::locked_by(operation),
        }
    }
}
