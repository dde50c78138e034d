//! Waiting until a database answers, as long as waiting can help.
#![expect(
    clippy::disallowed_methods,
    reason = "how long a server has been waited for is measured here"
)]

use std::time::{Duration, Instant};

use super::pause::{self, Growing};
use super::{Address, Connection, DatabaseError, OpenOptions, open};
use crate::diagnostic::Advice;

/// The pause after the first try.
const FIRST: Duration = Duration::from_millis(100);

/// A try is given this long even when time is running out.
const LEAST: Duration = Duration::from_secs(1);

/// How long a database is waited for.
pub struct Patience<'a> {
    /// In all; zero is one try.
    pub timeout: Duration,
    /// The longest pause between two tries.
    pub interval: Duration,
    /// Whether to go on; asked several times a second.
    pub go_on: &'a dyn Fn() -> bool,
}

/// Why waiting ended without a database.
#[derive(Debug, thiserror::Error)]
pub enum WaitError {
    /// Waiting does not change it.
    #[error(transparent)]
    Hopeless(DatabaseError),
    /// Time is up.
    #[error("no answer from the database within {} s (tried {tries} {})", timeout.as_secs_f64(), times(*tries))]
    Late {
        /// How long was waited.
        timeout: Duration,
        /// How often it was tried.
        tries: u32,
        /// Why the last try failed.
        source: DatabaseError,
    },
    /// Somebody asked for a stop.
    #[error("stopped while waiting for the database")]
    Interrupted,
}

impl Advice for WaitError {
    fn kind(&self) -> &'static str {
        match self {
            Self::Hopeless(error) => error.kind(),
            Self::Late { .. } => "no-answer",
            Self::Interrupted => "interrupted",
        }
    }

    fn hint(&self) -> Option<String> {
        match self {
            Self::Hopeless(error) => error.hint(),
            Self::Late { source, .. } => source.hint(),
            Self::Interrupted => None,
        }
    }
}

/// Opens a connection, and asks something on it, as soon as that is possible; `tell` hears why it
/// is not yet, and how long was waited.
///
/// # Errors
///
/// What waiting does not cure, at once; the last failure when time is up.
pub fn wait(
    address: &Address,
    options: &OpenOptions,
    patience: &Patience<'_>,
    tell: &mut dyn FnMut(&DatabaseError, Duration),
) -> Result<Box<dyn Connection>, WaitError> {
    let begun = Instant::now();
    let growing = Growing {
        first: FIRST,
        longest: patience.interval,
    };
    let mut tries = 0;
    loop {
        let left = patience.timeout.saturating_sub(begun.elapsed());
        let error = match attempt(address, options, left) {
            Ok(connection) => return Ok(connection),
            Err(error) if !may_pass(&error) => return Err(WaitError::Hopeless(error)),
            Err(error) => error,
        };
        tries += 1;
        // The last try comes when time is up, not a pause before that.
        let left = patience.timeout.saturating_sub(begun.elapsed());
        let pause = growing.behind(tries).min(left);
        if pause.is_zero() {
            return Err(WaitError::Late {
                timeout: patience.timeout,
                tries,
                source: error,
            });
        }
        tracing::debug!(target: "migration::connection", %address, %error, tries, "no answer yet");
        tell(&error, begun.elapsed());
        if !pause::sleep(pause, patience.go_on) {
            return Err(WaitError::Interrupted);
        }
    }
}

fn attempt(
    address: &Address,
    options: &OpenOptions,
    left: Duration,
) -> Result<Box<dyn Connection>, DatabaseError> {
    let options = OpenOptions {
        connect_timeout: options.connect_timeout.min(left.max(LEAST)),
        ..options.clone()
    };
    let mut connection = open(address, &options)?;
    // A pooler lets its clients in before it has a server for them.
    connection.query("SELECT 1", &[])?;
    Ok(connection)
}

/// Whether a failure to get in may pass by itself: the server is not there yet, is starting or
/// stopping, or has no connection left.
pub fn may_pass(error: &DatabaseError) -> bool {
    match error {
        DatabaseError::Unreachable { .. }
        | DatabaseError::Busy { .. }
        | DatabaseError::Locked { .. }
        | DatabaseError::LockLost { .. }
        | DatabaseError::Lost { .. } => true,
        DatabaseError::Refused(refusal) => {
            // `cannot_connect_now`, too many connections; PgBouncer without a server (08P01).
            let passing = ["57P03", "53300", "08P01", "1040", "1129", "1203"];
            let code = refusal.code.as_deref();
            code.is_some_and(|code| passing.contains(&code))
        }
        DatabaseError::WrongPassword { .. }
        | DatabaseError::NoSuchDatabase { .. }
        | DatabaseError::NoAccess { .. }
        | DatabaseError::OtherServer { .. }
        | DatabaseError::ForeignVersionTable { .. }
        | DatabaseError::NoSuchFile { .. }
        | DatabaseError::NoSuchDirectory { .. }
        | DatabaseError::NotADatabase { .. }
        | DatabaseError::CannotOpen { .. }
        | DatabaseError::ReadOnly { .. }
        | DatabaseError::UnwritableDirectory { .. }
        | DatabaseError::DiskFull { .. }
        | DatabaseError::Tls { .. }
        | DatabaseError::NoScratch { .. }
        | DatabaseError::Driver { .. } => false,
    }
}

fn times(tries: u32) -> &'static str {
    if tries == 1 { "time" } else { "times" }
}

#[cfg(test)]
mod tests {
    use super::may_pass;
    use crate::database::{DatabaseError, Refusal};

    #[test]
    fn a_server_that_starts_up_is_waited_for_and_a_wrong_password_is_not() {
        let refused = |code: &str| {
            DatabaseError::Refused(Box::new(Refusal {
                message: "the database system is starting up".to_owned(),
                code: Some(code.to_owned()),
                ..Refusal::default()
            }))
        };
        assert!(may_pass(&refused("57P03")));
        assert!(may_pass(&refused("1040")));
        assert!(!may_pass(&refused("42601")));
        assert!(!may_pass(&DatabaseError::WrongPassword {
            user: "u".to_owned(),
            message: "no".to_owned(),
        }));
    }
}
