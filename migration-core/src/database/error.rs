//! What can go wrong with a database.

use std::io;
use std::path::PathBuf;

use super::Blocker;
use crate::diagnostic::quoted;
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
#[error("{message}{}", more(detail.as_ref()))]
pub struct Refusal {
    /// The engine's message.
    pub message: String,
    /// SQLSTATE, errno or SQLite's result code, as the engine names it.
    pub code: Option<String>,
    /// How many characters of the statement stand before the fault, when the engine tells.
    pub position: Option<usize>,
    /// What the engine adds: the key that is there twice, the object that stands in the way (`DETAIL`
    /// of PostgreSQL).
    pub detail: Option<String>,
    /// What the engine advises.
    pub hint: Option<String>,
}

fn more(detail: Option<&String>) -> String {
    detail.map_or_else(String::new, |it| format!(": {it}"))
}

impl DatabaseError {
    /// A refusal with nothing but a message.
    pub(super) fn refused(message: impl Into<String>) -> Self {
        Self::Refused(Box::new(Refusal {
            message: message.into(),
            ..Refusal::default()
        }))
    }

    /// Whether a view reads what is not there, by MySQL's code, and SQLite, which has none for it, in
    /// words. An application may bring functions and modules that are missing here.
    pub fn is_of_a_broken_view(&self) -> bool {
        self.refusal().is_some_and(|refusal| {
            let missing = ["no such table", "no such column", "expected "];
            let is_missing = |words: &&str| refusal.message.starts_with(words);
            match refusal.code.as_deref() {
                Some("1356") => true,
                Some("1") => missing.iter().any(is_missing),
                Some(_) | None => false,
            }
        })
    }

    /// Whether what was to be created is there: a table, an index, a column, a type, another object
    /// or a schema, by SQLSTATE or MySQL's code, and SQLite, which has none for it, in words.
    ///
    /// Not a table of SQLite about which there is other advice.
    pub fn is_already_there(&self) -> bool {
        const CODES: [&str; 7] = ["42P07", "42701", "42710", "42P06", "1050", "1060", "1061"];
        self.refusal().is_some_and(|refusal| {
            let code = refusal.code.as_deref();
            let message = refusal.message.as_str();
            code.is_some_and(|code| CODES.contains(&code))
                || (code == Some("1")
                    && refusal.hint.is_none()
                    && (message.ends_with("already exists")
                        || message.starts_with("duplicate column name")))
        })
    }

    /// Whether something that the statement names is not there: a table, a column, an index or a
    /// constraint, by SQLSTATE or MySQL's code, and SQLite, which has none for it, in words.
    pub fn is_not_there(&self) -> bool {
        const CODES: [&str; 9] = [
            "42P01", "42703", "42704", "1051", "1054", "1072", "1091", "1146", "1176",
        ];
        const WORDS: [&str; 5] = [
            "no such table",
            "no such column",
            "no such index",
            "unknown column",
            "has no column named",
        ];
        self.refusal().is_some_and(|refusal| {
            let code = refusal.code.as_deref();
            let says = |words: &&str| refusal.message.contains(*words);
            code.is_some_and(|code| CODES.contains(&code))
                || (code == Some("1") && WORDS.iter().any(says))
        })
    }

    /// Whether a NULL stands where none may be: SQLSTATE 23502.
    pub fn is_of_null(&self) -> bool {
        let code = self.refusal().and_then(|it| it.code.as_deref());
        code == Some("23502")
    }

    /// Whether the statement could not be read.
    pub fn is_syntax(&self) -> bool {
        self.refusal().is_some_and(|refusal| {
            let code = refusal.code.as_deref();
            matches!(code, Some("42601" | "1064"))
                || (code == Some("1") && refusal.message.contains("syntax error"))
        })
    }

    /// Whether a constraint stands against rows: SQLSTATE 23 or another engine's code.
    pub fn is_of_rows(&self) -> bool {
        self.is_of_class("23", "275 787 1299 1555 2067 1048 1062 1138 1451 1452 4025")
    }

    /// Whether a value is none of the type that is wanted, or too large for it: SQLSTATE 22 or
    /// MySQL's code.
    pub fn is_of_values(&self) -> bool {
        self.is_of_class("22", "1264 1265 1292 1366 1406")
    }

    /// Whether its code is an SQLSTATE of this class, or one of these codes of other engines.
    fn is_of_class(&self, class: &str, codes: &str) -> bool {
        let code = self.refusal().and_then(|it| it.code.as_deref());
        code.is_some_and(|code| {
            code.len() == 5 && code.starts_with(class) || codes.split(' ').any(|it| it == code)
        })
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
