//! What the tests share.

pub mod client;
pub mod command;
pub mod databases;
pub mod history;
pub mod pooler;
pub mod project;
pub mod redact;
mod server;
pub mod starting;
pub mod transcript;
