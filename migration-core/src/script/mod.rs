//! Offline SQL: a program written as a script for the engine's own client.
