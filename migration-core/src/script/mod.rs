//! Offline SQL: a program written as a script for the engine's own client.
//!
//! In: a `Program` without tables to be read (`program::lower_offline`). Out: text. Asks no
//! database and runs nothing.

mod demand;
mod error;
mod part;
mod statements;
mod write;

use crate::dialect::VersionTable;
use crate::program::Transaction;

pub use error::ScriptError;
pub use statements::{Text, statements, texts, texts_alone};
pub use write::{write, write_alone};

/// What a script is told besides its program.
#[derive(Debug, Clone, Copy)]
pub struct Options<'a> {
    /// The version table.
    pub version_table: &'a VersionTable,
    /// The program and its version, for the first line.
    pub author: &'a str,
    /// How revisions share transactions.
    pub transaction: Transaction,
}

#[cfg(test)]
mod tests;
