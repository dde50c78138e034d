//! What can go wrong with a database.

use crate::diagnostic::Advice;

/// A failure of a connection, with what the engine said.
#[derive(Debug, thiserror::Error)]
pub enum DatabaseError {
    /// The engine refused a statement.
    #[error("{message}")]
    Refused {
        /// The engine's message.
        message: String,
        /// SQLSTATE, errno or SQLite result code, as the engine names it.
        code: Option<String>,
    },
}

impl Advice for DatabaseError {
    fn kind(&self) -> &'static str {
        "database"
    }
}
