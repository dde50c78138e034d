//! How a connection is opened.

use std::time::Duration;

/// How a connection is opened, besides where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenOptions {
    /// Whether the caller will write: a SQLite file that is not there is created, and one that may
    /// not be written is refused at once. Without it nothing is created.
    pub create: bool,
    /// The name a server shows for this connection (`frontend-migrate`); empty for none.
    pub application: String,
    /// How long a server may take to answer the first time.
    pub connect_timeout: Duration,
    /// How long SQLite waits for another process that writes.
    pub busy_timeout: Duration,
}

impl OpenOptions {
    /// To read: nothing is created.
    pub fn read(application: &str) -> Self {
        Self {
            create: false,
            application: application.to_owned(),
            connect_timeout: Duration::from_secs(10),
            busy_timeout: Duration::from_secs(5),
        }
    }

    /// To write.
    pub fn write(application: &str) -> Self {
        Self {
            create: true,
            ..Self::read(application)
        }
    }
}
