//! What the MySQL driver's errors mean.

use std::io;

use mysql::{DriverError, Error, MySqlError};

use super::message::within;
use crate::database::mask::Mask;
use crate::database::{DatabaseError, Refusal, Server};
use crate::dialect::Dialect;

const UNKNOWN_DATABASE: u16 = 1049;

/// What to do about a name before another that is no database.
const NO_SCHEMA: &str = "CREATE DATABASE makes it; the one of the version table, \
                         `version_table_schema` in `[migration]`, has to be there before anything \
                         runs";

/// What is needed to name a failure.
#[derive(Clone)]
pub(super) struct Failure {
    place: String,
    user: String,
    database: String,
    mask: Mask,
    /// Whether the connection is there: before that, silence means nobody answers.
    pub(super) connected: bool,
}

impl Failure {
    /// What can be named before a connection is there.
    pub(super) fn new(server: &Server) -> Self {
        Self {
            place: if super::connect::is_socket(&server.host) {
                server.host.clone()
            } else {
                format!("{}:{}", server.host, server.port.unwrap_or(3306))
            },
            user: server.user.clone().unwrap_or_default(),
            database: server.database.clone(),
            mask: Mask::of(server),
            connected: false,
        }
    }

    /// Names a failure of a statement.
    pub(super) fn of(&self, error: &Error, sql: &str) -> DatabaseError {
        match error {
            Error::MySqlError(said) => self.said(said, sql),
            Error::IoError(error) => self.transport(error),
            Error::CodecError(error) => self.wire(error),
            Error::TlsError(error) => DatabaseError::Tls {
                message: self.mask.hide(&error.to_string()),
            },
            Error::DriverError(error) => self.driver(error),
            Error::UrlError(_) | Error::FromValueError(_) | Error::FromRowError(_) => {
                self.failed(&error.to_string())
            }
        }
    }

    /// Names a failure of a statement that shared its message with those `behind` it.
    pub(super) fn of_part(&self, error: Error, sql: &str, behind: &str) -> DatabaseError {
        let error = match error {
            Error::MySqlError(said) => Error::MySqlError(MySqlError {
                message: within(&said.message, sql, behind),
                ..said
            }),
            other => other,
        };
        self.of(&error, sql)
    }

    /// Nobody answered.
    pub(super) fn unreachable(&self, source: io::Error) -> DatabaseError {
        DatabaseError::Unreachable {
            dialect: Dialect::Mysql,
            place: self.place.clone(),
            source,
        }
    }

    /// The driver did what it should not.
    pub(super) fn failed(&self, message: &str) -> DatabaseError {
        DatabaseError::Driver {
            dialect: Dialect::Mysql,
            message: self.mask.hide(message),
        }
    }

    fn said(&self, said: &MySqlError, sql: &str) -> DatabaseError {
        let message = self.mask.hide(&said.message);
        match said.code {
            1045 | 1698 => DatabaseError::WrongPassword {
                user: self.user.clone(),
                message,
            },
            1044 if !self.connected => DatabaseError::NoAccess {
                account: account(&message).unwrap_or_else(|| format!("'{}'", self.user)),
                database: self.database.clone(),
            },
            1049 if !self.connected => DatabaseError::NoSuchDatabase {
                dialect: Dialect::Mysql,
                database: self.database.clone(),
            },
            1290 | 1792 | 1836 => DatabaseError::ReadOnly {
                subject: format!("the server of database `{}`", self.database),
            },
            1205 | 1213 | 3572 => DatabaseError::Busy {
                message,
                blocker: None,
            },
            1053 | 1927 => DatabaseError::Lost { message },
            1021 | 1114 => DatabaseError::DiskFull { message },
            code => DatabaseError::Refused(Box::new(Refusal {
                position: position(&said.message, sql),
                message,
                code: Some(code.to_string()),
                hint: (code == UNKNOWN_DATABASE).then(|| NO_SCHEMA.to_owned()),
                ..Refusal::default()
            })),
        }
    }

    fn driver(&self, error: &DriverError) -> DatabaseError {
        match error {
            DriverError::CouldNotConnect(Some((_, text, kind))) => self.broken(*kind, text),
            DriverError::CouldNotConnect(None) => {
                self.broken(io::ErrorKind::Other, "could not connect")
            }
            DriverError::ConnectTimeout | DriverError::Timeout => {
                self.broken(io::ErrorKind::TimedOut, "no answer in time")
            }
            DriverError::TlsNotSupported => DatabaseError::Tls {
                message: "the server does not offer it".to_owned(),
            },
            other => self.failed(&other.to_string()),
        }
    }

    /// Packets that cannot be read; the driver does not let us name the type of the error.
    fn wire(&self, error: &dyn std::error::Error) -> DatabaseError {
        let cause = error
            .source()
            .and_then(|cause| cause.downcast_ref::<io::Error>());
        match cause {
            Some(cause) => self.transport(cause),
            None => self.failed(&error.to_string()),
        }
    }

    /// Refused certificates come wrapped as failures of the transport.
    fn transport(&self, error: &io::Error) -> DatabaseError {
        let inner = error
            .get_ref()
            .and_then(|inner| inner.downcast_ref::<rustls::Error>());
        match inner {
            Some(refused) => DatabaseError::Tls {
                message: self.mask.hide(&refused.to_string()),
            },
            None => self.broken(error.kind(), &error.to_string()),
        }
    }

    fn broken(&self, kind: io::ErrorKind, text: &str) -> DatabaseError {
        let message = self.mask.hide(text);
        if self.connected {
            DatabaseError::Lost { message }
        } else {
            self.unreachable(io::Error::new(kind, message))
        }
    }
}

/// `'irma'@'localhost'`, out of the server's words.
fn account(message: &str) -> Option<String> {
    let (_, after) = message.split_once(" user ")?;
    let (account, _) = after.split_once(" to database ")?;
    Some(account.to_owned())
}

/// Finds the place of a syntax error: the server quotes the text from there on (at most 80
/// characters of it) and says the line.
fn position(message: &str, sql: &str) -> Option<usize> {
    let (_, after) = message.split_once(" near '")?;
    let (near, line) = after.rsplit_once("' at line ")?;
    let line: usize = line.trim().parse().ok()?;
    if near.is_empty() {
        return Some(sql.trim_end().chars().count());
    }
    sql.match_indices(near)
        .find(|(at, _)| sql[..*at].matches('\n').count() + 1 == line)
        .map(|(at, _)| sql[..at].chars().count())
}

#[cfg(test)]
mod tests {
    use super::position;

    #[test]
    fn the_place_of_a_syntax_error_is_found_in_the_statement() {
        let near = |text: &str, line: u32| {
            format!("You have an error in your SQL syntax; use near '{text}' at line {line}")
        };
        assert_eq!(position(&near("FORM t", 1), "SELECT é FORM t"), Some(9));
        assert_eq!(position(&near("x", 2), "SELECT x,\n x"), Some(11));
        assert_eq!(position(&near("", 1), "SELECT 'a' FROM"), Some(15));
        assert_eq!(position("Unknown column 'x'", "SELECT x"), None);
    }
}
