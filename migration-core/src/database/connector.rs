//! One more connection to the database that a connection is on.

use super::{Address, Connection, DatabaseError, OpenOptions, open};

/// How a connection was opened, to open another beside it: for the lock, for a look at who is in
/// the way.
#[derive(Debug, Clone)]
pub struct Connector {
    address: Address,
    options: OpenOptions,
}

impl Connector {
    /// Remembers how a connection is opened.
    pub(super) fn new(address: Address, options: &OpenOptions) -> Self {
        Self {
            address,
            options: options.clone(),
        }
    }

    /// Opens one more.
    ///
    /// # Errors
    ///
    /// What stands in the way.
    pub fn open(&self) -> Result<Box<dyn Connection>, DatabaseError> {
        open(&self.address, &self.options)
    }
}
