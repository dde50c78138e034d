//! What the tests share.

pub mod client;
pub mod command;
pub mod databases;
pub mod history;
mod server;
