//! What the tests share.

pub mod command;
pub mod databases;
pub mod history;
mod server;
