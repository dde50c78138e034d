//! Whole databases, made and dropped.
#![expect(
    clippy::disallowed_methods,
    reason = "a SQLite database is a file, whose directory is made with it"
)]

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::error::{create_text, grant};
use super::{Address, Connection, DatabaseError, OpenOptions, Server, Value, open};
use crate::diagnostic::Advice;
use crate::dialect::Dialect;

/// Databases that every PostgreSQL server has, to connect to while another is made or dropped.
const POSTGRES_DOORS: [&str; 2] = ["postgres", "template1"];

/// The database that every user of MySQL may enter.
const MYSQL_DOOR: &str = "information_schema";

/// What SQLite keeps beside a file.
const BESIDE: [&str; 3] = ["-journal", "-wal", "-shm"];

/// Why a database is not made or dropped.
#[derive(Debug, thiserror::Error)]
pub enum CreationError {
    /// The user may not make databases.
    #[error("user `{user}` may not create the database `{database}`")]
    MayNotCreate {
        /// The user.
        user: String,
        /// The database.
        database: String,
        /// What an administrator types.
        statements: String,
        /// What the engine said.
        source: Box<DatabaseError>,
    },
    /// The user may not drop it.
    #[error("user `{user}` may not drop the database `{database}`")]
    MayNotDrop {
        /// The user.
        user: String,
        /// The database.
        database: String,
        /// What the engine said.
        source: Box<DatabaseError>,
    },
    /// Somebody is connected to it.
    #[error("the database `{database}` is in use{}", by(sessions))]
    InUse {
        /// The database.
        database: String,
        /// Who, as far as the server tells.
        sessions: Vec<String>,
    },
    /// A file or directory cannot be made or removed.
    #[error("cannot {deed} `{}`", path.display())]
    File {
        /// What was tried.
        deed: &'static str,
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// A database in memory is nobody else's.
    #[error("a database in memory is made and gone with each command")]
    Memory,
    /// What stands in the way of any connection.
    #[error(transparent)]
    Database(Box<DatabaseError>),
}

impl From<DatabaseError> for CreationError {
    fn from(error: DatabaseError) -> Self {
        Self::Database(Box::new(error))
    }
}

impl Advice for CreationError {
    fn kind(&self) -> &'static str {
        match self {
            Self::MayNotCreate { .. } => "may-not-create",
            Self::MayNotDrop { .. } => "may-not-drop",
            Self::InUse { .. } => "in-use",
            Self::File { .. } => "cannot-write",
            Self::Memory => "in-memory",
            Self::Database(error) => error.kind(),
        }
    }

    fn hint(&self) -> Option<String> {
        match self {
            Self::MayNotCreate { statements, .. } => {
                Some(format!("an administrator runs\n{statements}"))
            }
            Self::MayNotDrop { .. } => {
                Some("its owner or an administrator may, with `DROP DATABASE`".to_owned())
            }
            Self::InUse { .. } => {
                Some("stop these programs, then run the same command again".to_owned())
            }
            Self::File { .. } => None,
            Self::Memory => Some("`dbname` of `[sqldb]` names a file".to_owned()),
            Self::Database(error) => error.hint(),
        }
    }
}

/// Makes the database unless it is there; true when it was made. SQLite gets the directory: the file
/// is made by whoever writes it first.
///
/// # Errors
///
/// What stands in the way; a missing right with the statements that an administrator types.
pub fn create(address: &Address, options: &OpenOptions) -> Result<bool, CreationError> {
    if let Address::Sqlite { path } = address {
        return make_directory(path);
    }
    match open(address, options) {
        Ok(_) => return Ok(false),
        // A user without rights on it is told no more.
        Err(DatabaseError::NoSuchDatabase { .. } | DatabaseError::NoAccess { .. }) => {}
        Err(error) => return Err(error.into()),
    }
    let server = match address {
        Address::Sqlite { .. } => return Err(CreationError::Memory),
        Address::Postgres(server) | Address::Mysql(server) => server,
    };
    let mut door = door(address, server, options)?;
    let quoted = door.dialect().syntax().quote(&server.database);
    let sql = match door.dialect() {
        Dialect::Sqlite | Dialect::Postgres => format!("CREATE DATABASE {quoted}"),
        Dialect::Mysql => format!("CREATE DATABASE {quoted} CHARACTER SET utf8mb4"),
    };
    match door.execute(&sql, &[]) {
        Ok(_) => Ok(true),
        Err(error) if has_code(&error, &["42P04", "23505", "1007"]) => Ok(false),
        Err(error) if error.is_forbidden() => Err(may_not(door.as_mut(), server, error)),
        Err(error) => Err(error.into()),
    }
}

/// Who else is connected to the database, as far as the server tells; nobody on SQLite.
///
/// # Errors
///
/// What the engine says.
pub fn sessions(
    connection: &mut dyn Connection,
    database: &str,
) -> Result<Vec<String>, DatabaseError> {
    let sql = match connection.dialect() {
        Dialect::Sqlite => return Ok(Vec::new()),
        Dialect::Postgres => {
            "SELECT pid::text, coalesce(nullif(application_name, ''), 'a program'), \
             coalesce(usename::text, ''), coalesce(host(client_addr), 'this machine') \
             FROM pg_stat_activity WHERE datname = ? AND pid <> pg_backend_pid() ORDER BY pid"
        }
        Dialect::Mysql => {
            "SELECT cast(id AS char), 'a program', user, substring_index(host, ':', 1) \
             FROM information_schema.processlist WHERE db = ? AND id <> connection_id() ORDER BY id"
        }
    };
    let rows = connection.query(sql, &[Value::from(database)])?;
    let rows = rows.into_iter().map(|row| {
        let texts: Vec<String> = row
            .into_iter()
            .map(|it| it.text().unwrap_or_default())
            .collect();
        match texts.as_slice() {
            [id, program, user, host] => {
                format!("connection {id} ({program} of user `{user}` from {host})")
            }
            _ => texts.join(" "),
        }
    });
    Ok(rows.collect())
}

/// Drops the database; nobody may be connected to it, also not the caller.
///
/// # Errors
///
/// Who is connected, a missing right, or what the engine says.
pub fn drop_database(address: &Address, options: &OpenOptions) -> Result<(), CreationError> {
    let server = match address {
        Address::Sqlite { path } => return remove(path),
        Address::Postgres(server) | Address::Mysql(server) => server,
    };
    let mut door = door(address, server, options)?;
    let quoted = door.dialect().syntax().quote(&server.database);
    let dropped = door.execute(&format!("DROP DATABASE {quoted}"), &[]);
    match dropped {
        Ok(_) => Ok(()),
        Err(error) if has_code(&error, &["55006"]) => Err(CreationError::InUse {
            sessions: sessions(door.as_mut(), &server.database)?,
            database: server.database.clone(),
        }),
        Err(error) if error.is_forbidden() => Err(CreationError::MayNotDrop {
            user: server.user.clone().unwrap_or_default(),
            database: server.database.clone(),
            source: Box::new(error),
        }),
        Err(error) => Err(error.into()),
    }
}

/// A connection to the same server that does not need the database.
fn door(
    address: &Address,
    server: &Server,
    options: &OpenOptions,
) -> Result<Box<dyn Connection>, DatabaseError> {
    let at = |database: &str| Server {
        database: database.to_owned(),
        ..server.clone()
    };
    match address {
        Address::Sqlite { .. } | Address::Mysql(_) => {
            open(&Address::Mysql(at(MYSQL_DOOR)), options)
        }
        Address::Postgres(_) => {
            let [first, second] = POSTGRES_DOORS.map(|name| Address::Postgres(at(name)));
            open(&first, options).or_else(|error| open(&second, options).map_err(|_| error))
        }
    }
}

fn may_not(door: &mut dyn Connection, server: &Server, error: DatabaseError) -> CreationError {
    let user = server.user.clone().unwrap_or_default();
    let database = server.database.clone();
    let statements = match door.dialect() {
        Dialect::Mysql => {
            let rows = door.query("SELECT current_user()", &[]);
            let account = rows.ok().and_then(|rows| rows.first()?.first()?.text());
            let account = account.unwrap_or_else(|| user.clone());
            let (name, host) = account.rsplit_once('@').unwrap_or((&account, "%"));
            grant(&database, &format!("'{name}'@'{host}'"))
        }
        Dialect::Sqlite | Dialect::Postgres => {
            let create = create_text(Dialect::Postgres, &database);
            let owner = Dialect::Postgres.syntax().quote(&user);
            format!("{} OWNER {owner};", create.trim_end_matches(';'))
        }
    };
    CreationError::MayNotCreate {
        user,
        database,
        statements,
        source: Box::new(error),
    }
}

fn has_code(error: &DatabaseError, codes: &[&str]) -> bool {
    let code = error.refusal().and_then(|refusal| refusal.code.as_deref());
    code.is_some_and(|code| codes.contains(&code))
}

fn make_directory(path: &Path) -> Result<bool, CreationError> {
    if path.as_os_str() == ":memory:" {
        return Err(CreationError::Memory);
    }
    if let Some(directory) = path.parent().filter(|it| !it.as_os_str().is_empty()) {
        fs::create_dir_all(directory).map_err(|source| CreationError::File {
            deed: "make the directory",
            path: directory.to_owned(),
            source,
        })?;
    }
    Ok(!path.exists())
}

/// Removes a file that nobody is writing, and what is kept beside it.
fn remove(path: &Path) -> Result<(), CreationError> {
    let mut connection = super::sqlite::Sqlite::open(path, &OpenOptions::write(""))?;
    connection.begin()?;
    connection.rollback()?;
    drop(connection);
    let name = |ending: &str| {
        let mut name = path.as_os_str().to_owned();
        name.push(ending);
        PathBuf::from(name)
    };
    let beside = BESIDE.map(name);
    let files = std::iter::once(path).chain(beside.iter().map(PathBuf::as_path));
    for path in files {
        match fs::remove_file(path) {
            Ok(()) => {}
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(source) => {
                return Err(CreationError::File {
                    deed: "remove",
                    path: path.to_owned(),
                    source,
                });
            }
        }
    }
    Ok(())
}

fn by(sessions: &[String]) -> String {
    match sessions {
        [] => String::new(),
        sessions => format!(": {}", sessions.join("; ")),
    }
}
