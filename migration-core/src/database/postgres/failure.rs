//! What the PostgreSQL driver's errors mean.

use std::error::Error as _;
use std::io;
use std::sync::{Arc, Mutex};

use tokio_postgres::Error;
use tokio_postgres::error::{DbError, ErrorPosition};

use crate::database::mask::Mask;
use crate::database::{DatabaseError, Refusal, Server};
use crate::dialect::Dialect;
use crate::parallel::held;

/// What is needed to name a failure.
pub(super) struct Failure {
    pub(super) place: String,
    pub(super) user: String,
    pub(super) database: String,
    pub(super) mask: Mask,
    /// Why the connection ended, as the task that drives it saw it.
    pub(super) end: Arc<Mutex<Option<String>>>,
}

impl Failure {
    /// What can be named before a connection is there.
    pub(super) fn new(server: &Server) -> Self {
        let port = server.port.unwrap_or(5432);
        Self {
            place: if super::connect::is_socket(&server.host) {
                format!("{}/.s.PGSQL.{port}", server.host)
            } else {
                format!("{}:{port}", server.host)
            },
            user: server.user.clone().unwrap_or_default(),
            database: server.database.clone(),
            mask: Mask::of(server),
            end: Arc::default(),
        }
    }

    /// Names a failure.
    pub(super) fn of(&self, error: &Error) -> DatabaseError {
        match error.as_db_error() {
            Some(said) => self.said(said),
            None => self.broken(error),
        }
    }

    /// Nobody answered in time.
    pub(super) fn unreachable(&self, source: io::Error) -> DatabaseError {
        DatabaseError::Unreachable {
            dialect: Dialect::Postgres,
            place: self.place.clone(),
            source,
        }
    }

    /// The text of an error and its causes.
    pub(super) fn text(&self, error: &Error) -> String {
        let mut text = error.to_string();
        let mut cause = error.source();
        while let Some(inner) = cause {
            text.push_str(": ");
            text.push_str(&inner.to_string());
            cause = inner.source();
        }
        self.mask.hide(&text)
    }

    fn said(&self, said: &DbError) -> DatabaseError {
        let mask = |text: &str| self.mask.hide(text);
        let message = mask(said.message());
        match said.code().code() {
            "28P01" | "28000" => DatabaseError::WrongPassword {
                user: self.user.clone(),
                message,
            },
            "3D000" => DatabaseError::NoSuchDatabase {
                dialect: Dialect::Postgres,
                database: self.database.clone(),
            },
            "25006" => DatabaseError::ReadOnly {
                subject: format!("the database `{}`", self.database),
            },
            "55P03" | "40P01" => DatabaseError::Busy {
                message,
                blocker: None,
            },
            "57P01" | "57P02" | "57P05" => DatabaseError::Lost { message },
            "53100" => DatabaseError::DiskFull { message },
            code => DatabaseError::Refused(Box::new(Refusal {
                message,
                code: Some(code.to_owned()),
                position: position(said),
                detail: said.detail().map(mask),
                hint: said
                    .hint()
                    .map(mask)
                    .or_else(|| self.advice(code, said.message())),
            })),
        }
    }

    /// Failures of the driver: it exposes their kind only by their texts.
    fn broken(&self, error: &Error) -> DatabaseError {
        let kind = error.to_string();
        if is_out_of_step(error) {
            return DatabaseError::refused(
                "`COPY` to or from this program is not possible; write the rows as `INSERT`",
            );
        }
        if kind == "error connecting to server" {
            return self.unreachable(self.io(error));
        }
        if kind == "error performing TLS handshake" {
            let message = error.source().map_or(kind, ToString::to_string);
            return DatabaseError::Tls { message };
        }
        if matches!(
            kind.as_str(),
            "invalid configuration" | "authentication error"
        ) {
            return DatabaseError::WrongPassword {
                user: self.user.clone(),
                message: error
                    .source()
                    .map_or(kind, |cause| self.mask.hide(&cause.to_string())),
            };
        }
        if error.is_closed() || kind == "error communicating with the server" {
            let end = held(self.end.lock());
            let message = end.clone().unwrap_or_else(|| self.text(error));
            return DatabaseError::Lost { message };
        }
        DatabaseError::refused(self.text(error))
    }

    fn io(&self, error: &Error) -> io::Error {
        let kind = error
            .source()
            .and_then(|cause| cause.downcast_ref::<io::Error>())
            .map_or(io::ErrorKind::Other, io::Error::kind);
        let text = error.source().map(ToString::to_string).unwrap_or_default();
        io::Error::new(kind, self.mask.hide(&text))
    }
}

impl Failure {
    /// What to do where the server gives no hint of its own.
    fn advice(&self, code: &str, message: &str) -> Option<String> {
        let hint = match code {
            "22P02" if message.contains(" enum ") => {
                "a row holds a value that the type does not list: give it another before, by an \
                 UPDATE"
            }
            "3F000" => {
                "CREATE SCHEMA makes it; the one of the version table, `version_table_schema` in \
                 `[migration]`, has to be there before anything runs"
            }
            "42501" => return Some(self.right(message)),
            _ => return None,
        };
        Some(hint.to_owned())
    }

    /// What an administrator does where the user may not.
    fn right(&self, message: &str) -> String {
        let user = Dialect::Postgres.syntax().quote(&self.user);
        let subject = |before: &str| message.strip_prefix(before).map(str::to_owned);
        if let Some(subject) = subject("must be owner of ") {
            return format!(
                "only the owner may do that: migrate as the user who made {subject}, or an \
                 administrator hands it over: ALTER ... OWNER TO {user};"
            );
        }
        if let Some(schema) = subject("permission denied for schema ") {
            let schema = Dialect::Postgres.syntax().quote(&schema);
            return format!(
                "an administrator grants it: GRANT USAGE, CREATE ON SCHEMA {schema} TO {user};"
            );
        }
        if let Some(database) = subject("permission denied for database ") {
            let database = Dialect::Postgres.syntax().quote(&database);
            return format!(
                "an administrator grants it: GRANT CREATE ON DATABASE {database} TO {user};"
            );
        }
        format!("an administrator grants it to {user}, or migrate as the owner of what is changed")
    }
}

/// Whether the server asked for or sent what a statement should not bring about (`COPY`).
pub(super) fn is_out_of_step(error: &Error) -> bool {
    error.to_string() == "unexpected message from server"
}

/// Characters before the fault; places inside functions are not places of our text.
fn position(said: &DbError) -> Option<usize> {
    match said.position()? {
        ErrorPosition::Original(at) => (*at as usize).checked_sub(1),
        ErrorPosition::Internal { .. } => None,
    }
}
