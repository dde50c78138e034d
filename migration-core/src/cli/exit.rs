//! How the process ends, as a number.

use std::process::ExitCode;

/// The exit codes, the same for every command.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Exit {
    /// Done, or nothing to do.
    Done = 0,
    /// Something failed; standard error says what and what to do.
    Failed = 1,
    /// The command line was not understood; nothing ran.
    Usage = 2,
    /// A check found something (`check`, `drift`, `current --check-heads`, `status --check`).
    Found = 3,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit as u8)
    }
}
