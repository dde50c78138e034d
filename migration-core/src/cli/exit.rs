//! How the process ends, as a number.

use std::error::Error;
use std::process::ExitCode;

use super::failure::Failure;
use crate::config::ConfigError;
use crate::database::{CreationError, DatabaseError, WaitError, may_pass};
use crate::diagnostic::Advice;
use crate::execute::ExecuteError;

/// The exit codes, the same for every command.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Exit {
    /// Done, or nothing to do.
    Done = 0,
    /// Something failed; standard error says what and what to do.
    Failed = 1,
    /// The command line was not understood; nothing ran.
    Usage = 2,
    /// A check found something: of `check`, `drift`, `run`, `verify`, `current --check-heads` and
    /// `status --check`.
    Found = 3,
    /// For machines: it may go well when it is tried again (`EX_TEMPFAIL` of sysexits).
    TryAgain = 75,
    /// For machines: it cannot go well with these settings (`EX_CONFIG` of sysexits).
    Settings = 78,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit as u8)
    }
}

/// The same failure with the exit code of commands that orchestrators start: whether to try again.
pub(super) fn for_machines(failure: Failure) -> Failure {
    match failure {
        Failure::Error {
            error,
            notes,
            exit: Exit::Failed,
        } => Failure::Error {
            exit: of(error.as_ref()),
            error,
            notes,
        },
        Failure::Error { .. } | Failure::Closed => failure,
    }
}

fn of(error: &(dyn Advice + 'static)) -> Exit {
    if matches!(error.kind(), "interrupted" | "moved") {
        return Exit::TryAgain;
    }
    let mut cause: Option<&(dyn Error + 'static)> = Some(error);
    while let Some(error) = cause {
        if error.is::<ConfigError>() {
            return Exit::Settings;
        }
        if let Some(failed) = error.downcast_ref::<ExecuteError>() {
            return match failed.problem.engine() {
                Some(error) if may_pass(error) => Exit::TryAgain,
                Some(_) | None => Exit::Failed,
            };
        }
        if let Some(error) = engine(error) {
            return of_database(error);
        }
        cause = error.source();
    }
    Exit::Failed
}

/// What an engine said, at the end of the chain of causes.
pub(super) fn engine_error<'e>(error: &'e (dyn Advice + 'static)) -> Option<&'e DatabaseError> {
    let mut cause: Option<&(dyn Error + 'static)> = Some(error);
    while let Some(error) = cause {
        if let Some(found) = engine(error) {
            return Some(found);
        }
        cause = error.source();
    }
    None
}

/// What an engine said, which errors that speak for it do not name as their cause.
fn engine<'e>(error: &'e (dyn Error + 'static)) -> Option<&'e DatabaseError> {
    if let Some(WaitError::Hopeless(error)) = error.downcast_ref() {
        return Some(error);
    }
    if let Some(CreationError::MayNotCreate { source, .. } | CreationError::Database(source)) =
        error.downcast_ref()
    {
        return Some(source);
    }
    if let Some(failed) = error.downcast_ref::<ExecuteError>() {
        return failed.problem.engine();
    }
    let boxed = error.downcast_ref::<Box<DatabaseError>>();
    boxed.map(|it| &**it).or_else(|| error.downcast_ref())
}

fn of_database(error: &DatabaseError) -> Exit {
    match error {
        error if may_pass(error) => Exit::TryAgain,
        error if error.is_forbidden() => Exit::Settings,
        DatabaseError::WrongPassword { .. }
        | DatabaseError::NoSuchDatabase { .. }
        | DatabaseError::NoAccess { .. }
        | DatabaseError::OtherServer { .. }
        | DatabaseError::ForeignVersionTable { .. }
        | DatabaseError::NoSuchDirectory { .. }
        | DatabaseError::NotADatabase { .. }
        | DatabaseError::CannotOpen { .. }
        | DatabaseError::Tls { .. } => Exit::Settings,
        DatabaseError::Unreachable { .. }
        | DatabaseError::NoSuchFile { .. }
        | DatabaseError::ReadOnly { .. }
        | DatabaseError::UnwritableDirectory { .. }
        | DatabaseError::Busy { .. }
        | DatabaseError::Locked { .. }
        | DatabaseError::DiskFull { .. }
        | DatabaseError::LockLost { .. }
        | DatabaseError::NoScratch { .. }
        | DatabaseError::Refused(_)
        | DatabaseError::Lost { .. }
        | DatabaseError::Driver { .. } => Exit::Failed,
    }
}
