//! What the tests share.

pub mod alembic;
pub mod client;
pub mod command;
pub mod databases;
pub mod disk;
pub mod documents;
pub mod history;
mod patience;
pub mod pooler;
pub mod project;
pub mod proxy;
pub mod random;
pub mod redact;
pub mod secrets;
pub mod server;
pub mod starting;
pub mod transcript;
