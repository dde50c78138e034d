//! What can go wrong with a database.

use std::io;
use std::path::PathBuf;

use super::{Blocker, Secret};
use crate::diagnostic::{Advice, quoted};
use crate::dialect::Dialect;

/// A failure of a connection, with what the engine said.
///
/// Texts that come from drivers have the password masked before they stand here.
#[derive(Debug, thiserror::Error)]
pub enum DatabaseError {
    /// Nobody answers.
    #[error("cannot reach the {dialect} server at `{place}`")]
    Unreachable {
        /// The engine asked for.
        dialect: Dialect,
        /// Host and port, or the socket.
        place: String,
        /// What the operating system said.
        source: io::Error,
    },
    /// The server does not let this user in.
    #[error("the server refuses user `{user}`: {message}")]
    WrongPassword {
        /// The user.
        user: String,
        /// The server's words.
        message: String,
    },
    /// The server has no such database.
    #[error("the {dialect} server has no database `{database}`")]
    NoSuchDatabase {
        /// The engine.
        dialect: Dialect,
        /// The name asked for.
        database: String,
    },
    /// The user may not enter the database, which may also not be there.
    #[error("the server refuses user {account} the database `{database}`")]
    NoAccess {
        /// The user with host, as the server knows it: `'irma'@'localhost'`.
        account: String,
        /// The database.
        database: String,
    },
    /// What answers is a server of another kind.
    #[error(
        "no {dialect} server answers at `{place}`, but {}",
        found.map_or("something else", server_name)
    )]
    OtherServer {
        /// The engine asked for.
        dialect: Dialect,
        /// Host and port.
        place: String,
        /// The engine whose server it is, if one of ours.
        found: Option<Dialect>,
    },
    /// The version table is a table of somebody else's.
    #[error(
        "table `{table}` is no version table: it has no column `version_num`{}",
        having(columns)
    )]
    ForeignVersionTable {
        /// The table.
        table: String,
        /// The columns it has, as far as they could be read.
        columns: Vec<String>,
    },
    /// The SQLite file is not there, and nothing may create it.
    #[error("there is no database file `{path}`")]
    NoSuchFile {
        /// The file.
        path: PathBuf,
    },
    /// The directory of the SQLite file is not there.
    #[error("there is no directory `{directory}` for the database file `{path}`")]
    NoSuchDirectory {
        /// The file.
        path: PathBuf,
        /// Its directory.
        directory: PathBuf,
    },
    /// The file is something else.
    #[error("`{path}` is not a SQLite database")]
    NotADatabase {
        /// The file.
        path: PathBuf,
    },
    /// The operating system does not give the file.
    #[error("cannot open the database file `{path}`")]
    CannotOpen {
        /// The file.
        path: PathBuf,
        /// What the operating system said.
        source: io::Error,
    },
    /// The database may be read but not written.
    #[error("{subject} is read-only")]
    ReadOnly {
        /// The file or server.
        subject: String,
    },
    /// SQLite cannot keep its journal beside the file.
    #[error("the directory `{directory}` of the database file `{file}` cannot be written")]
    UnwritableDirectory {
        /// The file's name.
        file: String,
        /// Its directory.
        directory: PathBuf,
    },
    /// Another connection holds what is needed, for longer than we wait.
    #[error("gave up waiting for {}: {message}", whom(blocker.as_deref()))]
    Busy {
        /// The engine's words.
        message: String,
        /// Who, as far as the server can tell.
        blocker: Option<Box<Blocker>>,
    },
    /// Another migration runs on this database.
    #[error("another migration of this database is running{}", by(holder.as_deref()))]
    Locked {
        /// Who, as far as the server can tell.
        holder: Option<String>,
        /// The statement that ends the other connection.
        stop: Option<String>,
    },
    /// There is no room for what is to be written.
    #[error("no space left for the database: {message}")]
    DiskFull {
        /// The engine's words.
        message: String,
    },
    /// The lock of a run is gone.
    #[error("this run has lost its lock: {why}")]
    LockLost {
        /// What is known about it.
        why: &'static str,
    },
    /// Encryption that was asked for is not to be had.
    #[error("no encrypted connection: {message}")]
    Tls {
        /// What is missing or wrong.
        message: String,
    },
    /// There is no place to try things out.
    #[error("cannot create a scratch {place}")]
    NoScratch {
        /// What it would be.
        place: String,
        /// Who has to do what about it.
        hint: String,
        /// What the engine said.
        source: Box<DatabaseError>,
    },
    /// The engine refused a statement.
    #[error("{0}")]
    Refused(Box<Refusal>),
    /// The connection broke.
    #[error("lost the connection: {message}")]
    Lost {
        /// What is known about it.
        message: String,
    },
    /// The driver gave up in a way it should not.
    #[error("the {dialect} driver failed: {message}")]
    Driver {
        /// The engine.
        dialect: Dialect,
        /// Its last words.
        message: String,
    },
}

/// What the engine said about a statement it refused.
#[derive(Debug, Clone, PartialEq, Eq, Default, thiserror::Error)]
#[error("{message}")]
pub struct Refusal {
    /// The engine's message.
    pub message: String,
    /// SQLSTATE, errno or SQLite's result code, as the engine names it.
    pub code: Option<String>,
    /// How many characters of the statement stand before the fault, when the engine tells.
    pub position: Option<usize>,
    /// What the engine adds.
    pub detail: Option<String>,
    /// What the engine advises.
    pub hint: Option<String>,
}

impl DatabaseError {
    /// A refusal with nothing but a message.
    pub(super) fn refused(message: impl Into<String>) -> Self {
        Self::Refused(Box::new(Refusal {
            message: message.into(),
            ..Refusal::default()
        }))
    }

    /// Whether what was to be created is there: SQLSTATE 42P07, MySQL's 1050, and SQLite, which has
    /// no code for it, in words.
    pub fn is_already_there(&self) -> bool {
        self.refusal().is_some_and(|refusal| {
            let code = refusal.code.as_deref();
            matches!(code, Some("42P07" | "1050"))
                || (code == Some("1") && refusal.message.ends_with("already exists"))
        })
    }

    /// Whether a constraint stands against rows: SQLSTATE 23 or another engine's code.
    pub fn is_of_rows(&self) -> bool {
        const CODES: &str = "275 787 1299 1555 2067 1048 1062 1138 1451 1452 4025";
        let code = self.refusal().and_then(|it| it.code.as_deref());
        let is = |code: &str| {
            code.len() == 5 && code.starts_with("23") || CODES.split(' ').any(|it| it == code)
        };
        code.is_some_and(is)
    }

    /// Whether a right is missing.
    pub fn is_forbidden(&self) -> bool {
        let code = self.refusal().and_then(|refusal| refusal.code.as_deref());
        matches!(self, Self::NoAccess { .. })
            || code.is_some_and(|code| ["42501", "1044", "1142", "1227"].contains(&code))
    }

    /// Whether the statement was ended because somebody asked for it: SQLSTATE 57014, MySQL's 1317.
    pub fn is_cancelled(&self) -> bool {
        self.refusal()
            .is_some_and(|refusal| matches!(refusal.code.as_deref(), Some("57014" | "1317")))
    }

    /// The same error with who was in the way, where somebody was.
    #[must_use]
    pub fn blocked_by(mut self, found: Option<Blocker>) -> Self {
        if let Self::Busy { blocker, .. } = &mut self {
            *blocker = found.map(Box::new);
        }
        self
    }

    /// Where in the statement the engine saw the fault: how many characters stand before it.
    pub fn position(&self) -> Option<usize> {
        self.refusal()?.position
    }

    /// What the engine said, when it refused a statement.
    pub fn refusal(&self) -> Option<&Refusal> {
        match self {
            Self::Refused(refusal) => Some(refusal),
            Self::Unreachable { .. }
            | Self::WrongPassword { .. }
            | Self::NoSuchDatabase { .. }
            | Self::NoAccess { .. }
            | Self::OtherServer { .. }
            | Self::ForeignVersionTable { .. }
            | Self::UnwritableDirectory { .. }
            | Self::NoSuchFile { .. }
            | Self::NoSuchDirectory { .. }
            | Self::NotADatabase { .. }
            | Self::CannotOpen { .. }
            | Self::ReadOnly { .. }
            | Self::Busy { .. }
            | Self::Locked { .. }
            | Self::DiskFull { .. }
            | Self::LockLost { .. }
            | Self::Tls { .. }
            | Self::NoScratch { .. }
            | Self::Lost { .. }
            | Self::Driver { .. } => None,
        }
    }
}

impl Advice for DatabaseError {
    fn kind(&self) -> &'static str {
        match self {
            Self::Unreachable { .. } => "server-unreachable",
            Self::WrongPassword { .. } => "wrong-password",
            Self::NoSuchDatabase { .. } => "no-such-database",
            Self::NoAccess { .. } => "no-access",
            Self::OtherServer { .. } => "other-server",
            Self::ForeignVersionTable { .. } => "foreign-version-table",
            Self::UnwritableDirectory { .. } => "unwritable-directory",
            Self::NoSuchFile { .. } => "no-such-file",
            Self::NoSuchDirectory { .. } => "no-such-directory",
            Self::NotADatabase { .. } => "not-a-database",
            Self::CannotOpen { .. } => "cannot-open",
            Self::ReadOnly { .. } => "read-only",
            Self::Busy { .. } => "busy",
            Self::Locked { .. } => "locked",
            Self::DiskFull { .. } => "disk-full",
            Self::LockLost { .. } => "lock-lost",
            Self::Tls { .. } => "tls",
            Self::NoScratch { .. } => "no-scratch",
            Self::Refused(_) => "statement-refused",
            Self::Lost { .. } => "connection-lost",
            Self::Driver { .. } => "driver",
        }
    }

    #[expect(clippy::too_many_lines, reason = "one arm per error")]
    fn hint(&self) -> Option<String> {
        let hint = match self {
            Self::Unreachable { source, .. } if is_unresolved(source) => {
                "no machine of that name is known here: correct `host` of `[sqldb]`, unless the \
                 network or its name service is down"
            }
            Self::Unreachable { .. } => {
                "is the server running? `host` and `port` of `[sqldb]` say where it is looked for"
            }
            Self::WrongPassword { .. } => {
                "check `username` and `password` of `[sqldb]`, and whether the server lets this \
                 user in from this machine"
            }
            Self::NoSuchDatabase { dialect, database } => {
                let statement = create_text(*dialect, database);
                return Some(format!(
                    "`initdb` creates it when this user may; an administrator does it with {statement}"
                ));
            }
            Self::NoSuchDirectory { directory, .. } => {
                return Some(format!(
                    "create it first (`mkdir -p '{}'`), or correct `dbname` of `[sqldb]`",
                    directory.display()
                ));
            }
            Self::NoAccess { account, database } => {
                let statements = grant(database, account);
                return Some(format!(
                    "it does not exist, or this user has no rights on it; an administrator runs\n\
                     {statements}"
                ));
            }
            Self::OtherServer { found, .. } => return Some(other_server(*found)),
            Self::ForeignVersionTable { .. } => {
                "set `version_table = ...` in `[migration]` to a name that is free, or to that of \
                 the table where the version really is"
            }
            Self::UnwritableDirectory { .. } => {
                "SQLite makes its journal there while it writes: the user who runs this needs the \
                 right to write the directory"
            }
            Self::CannotOpen { source, .. } if source.kind() == io::ErrorKind::PermissionDenied => {
                "the user who runs this needs the right to read and write the file"
            }
            Self::NoSuchFile { .. } | Self::NotADatabase { .. } | Self::CannotOpen { .. } => {
                "`dbname` of `[sqldb]` says which file is meant"
            }
            Self::ReadOnly { .. } => "a migration needs the right to write it",
            Self::Busy { blocker, .. } => {
                let wait = "run the same command again when the other program has finished";
                return Some(match blocker {
                    Some(blocker) => format!("{wait}; an administrator ends it: {}", blocker.stop),
                    None => wait.to_owned(),
                });
            }
            Self::LockLost { .. } => {
                "another migration may have begun; run the same command again. Behind a pooler that \
                 gives every transaction another session, set `lock = lease` in `[migration]`"
            }
            Self::Locked { stop, .. } => {
                let wait = "wait for it to end, then run this again";
                return Some(match stop {
                    Some(stop) => format!("{wait}; if it hangs, an administrator ends it: {stop}"),
                    None => wait.to_owned(),
                });
            }
            Self::DiskFull { .. } => {
                "make room where the database and its journal are, then run this again"
            }
            Self::Tls { .. } => "see `sslmode` and `sslrootcert` of `[sqldb]`",
            Self::NoScratch { hint, .. } => return Some(hint.clone()),
            Self::Refused(refusal) => return refusal.advice(),
            Self::Lost { .. } => {
                "what was not committed is undone; run the same command again when the server is \
                 back"
            }
            Self::Driver { .. } => {
                "does the user sign in with a method this program does not know? `CREATE USER` \
                 with a plain password works"
            }
        };
        Some(hint.to_owned())
    }
}

impl Refusal {
    /// The engine's own detail and hint, as far as there are any.
    fn advice(&self) -> Option<String> {
        // too_many_connections; ER_CON_COUNT, ER_TOO_MANY_USER_CONNECTIONS, ER_USER_LIMIT_REACHED.
        if ["53300", "1040", "1203", "1226"].contains(&self.code.as_deref().unwrap_or_default()) {
            return Some(CROWDED.to_owned());
        }
        let parts: Vec<&str> = [self.detail.as_deref(), self.hint.as_deref()]
            .into_iter()
            .flatten()
            .collect();
        (!parts.is_empty()).then(|| parts.join("\n"))
    }
}

const CROWDED: &str = "a migration needs two connections, one of them for its lock, and a third for a \
                       moment when it has to wait: allow the user so many, or end others";

/// Whether the name of a host means nothing; the system's library says so in words alone.
fn is_unresolved(error: &io::Error) -> bool {
    error.to_string().contains("lookup address")
}

/// A text of a driver without the password, whatever the driver did with it.
///
/// Very short passwords are left alone: masking them would only show where they are.
pub(super) fn masked(text: &str, secret: Option<&Secret>) -> String {
    match secret.map(Secret::expose) {
        Some(secret) if secret.len() >= 4 => text.replace(secret, "***"),
        Some(_) | None => text.to_owned(),
    }
}

/// The statement to type into the engine's own client.
pub(super) fn create_text(dialect: Dialect, database: &str) -> String {
    match dialect {
        // Outside our sessions MySQL knows no ANSI quotes.
        Dialect::Mysql => {
            let name = database.replace('`', "``");
            format!("CREATE DATABASE `{name}` CHARACTER SET utf8mb4;")
        }
        Dialect::Sqlite | Dialect::Postgres => {
            format!("CREATE DATABASE {};", dialect.syntax().quote(database))
        }
    }
}

/// The statements that make and open a database, for MySQL's own client.
pub(super) fn grant(database: &str, account: &str) -> String {
    let create = create_text(Dialect::Mysql, database);
    let quoted = database.replace('`', "``");
    format!("{create}\nGRANT ALL PRIVILEGES ON `{quoted}`.* TO {account};")
}

fn server_name(dialect: Dialect) -> &'static str {
    match dialect {
        Dialect::Sqlite => "SQLite",
        Dialect::Postgres => "a PostgreSQL server",
        Dialect::Mysql => "a MySQL or MariaDB server",
    }
}

fn other_server(found: Option<Dialect>) -> String {
    let ports = "PostgreSQL usually listens at port 5432, MySQL and MariaDB at 3306";
    match found {
        Some(found) => format!("correct `port`, or set `dbms = {found}` in `[sqldb]`; {ports}"),
        None => format!("correct `host` and `port` in `[sqldb]`; {ports}"),
    }
}

fn having(columns: &[String]) -> String {
    if columns.is_empty() {
        return String::new();
    }
    format!(", only {}", quoted(columns))
}

fn whom(blocker: Option<&Blocker>) -> &str {
    blocker.map_or("another connection", |blocker| &blocker.description)
}

fn by(holder: Option<&str>) -> String {
    holder.map(|who| format!(": {who}")).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use std::io;

    use super::DatabaseError;
    use crate::diagnostic::Advice as _;
    use crate::dialect::Dialect;

    #[test]
    fn a_host_without_an_address_is_no_server_that_does_not_run() {
        let hint = |text: &str| {
            let error = DatabaseError::Unreachable {
                dialect: Dialect::Postgres,
                place: "db:5432".to_owned(),
                source: io::Error::other(text),
            };
            error.hint().unwrap_or_default()
        };
        let unresolved = hint("failed to lookup address information: Name or service not known");
        assert!(unresolved.starts_with("no machine of that name is known here"));
        assert!(hint("Connection refused").starts_with("is the server running?"));
    }
}
