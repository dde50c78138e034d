//! SQLite, by the library bundled with the program.

use std::io;
use std::path::{Path, PathBuf};

use rusqlite::config::DbConfig;
use rusqlite::types::ValueRef;
use rusqlite::{ErrorCode, OpenFlags, Statement};

use super::{Connection, DatabaseError, OpenOptions, Refusal, Row, RunError, Value};
use crate::dialect::Dialect;
use crate::dialect::sqlite::{PASSING_PREFIX, SCRATCH_PREFIX};

/// The extended code of a file that could be written in a directory that cannot.
const SQLITE_READONLY_DIRECTORY: i32 = rusqlite::ffi::SQLITE_READONLY_DIRECTORY;

/// A connection to a file, or to a private database in memory.
pub(super) struct Sqlite {
    connection: rusqlite::Connection,
    path: PathBuf,
    server: String,
}

impl Sqlite {
    /// Opens the file; creates it only when the options say so.
    pub(super) fn open(path: &Path, options: &OpenOptions) -> Result<Self, DatabaseError> {
        let memory = is_memory(path);
        if !memory {
            check_file(path, options.create)?;
        }
        let mut flags = OpenFlags::SQLITE_OPEN_NO_MUTEX;
        if !memory && is_read_only(path) {
            flags |= OpenFlags::SQLITE_OPEN_READ_ONLY;
        } else {
            flags |= OpenFlags::SQLITE_OPEN_READ_WRITE;
            flags.set(OpenFlags::SQLITE_OPEN_CREATE, memory || options.create);
        }
        keep_freed_memory();
        let connection = rusqlite::Connection::open_with_flags(path, flags)
            .map_err(|error| cannot_open(path, &error))?;
        let opened = Self {
            connection,
            path: path.to_owned(),
            server: format!("SQLite {}", rusqlite::version()),
        };
        opened.set_up(options)?;
        Ok(opened)
    }

    /// Sets the session up and makes sure that the file is what it should be.
    fn set_up(&self, options: &OpenOptions) -> Result<(), DatabaseError> {
        self.connection
            .busy_timeout(options.busy_timeout)
            .and_then(|()| {
                self.connection
                    .execute_batch(&self.dialect().syntax().session.join(";"))
            })
            // A mistyped "name" must be an error here as on the other engines, not a text.
            .and_then(|()| self.configure(DbConfig::SQLITE_DBCONFIG_DQS_DML))
            .and_then(|()| self.configure(DbConfig::SQLITE_DBCONFIG_DQS_DDL))
            .map_err(|error| self.failure(&error))?;
        self.connection
            .query_row("PRAGMA schema_version", [], |row| row.get::<_, i64>(0))
            .map_err(|error| self.failure(&error))?;
        if options.create {
            self.check_writable()?;
        }
        Ok(())
    }

    fn configure(&self, legacy: DbConfig) -> rusqlite::Result<()> {
        self.connection.set_db_config(legacy, false).map(drop)
    }

    fn prepare(&self, sql: &str, parameters: &[Value]) -> Result<Statement<'_>, DatabaseError> {
        let bound = self.connection.prepare(sql).and_then(|mut statement| {
            for (index, value) in parameters.iter().enumerate() {
                bind(&mut statement, index + 1, value)?;
            }
            Ok(statement)
        });
        bound.map_err(|error| self.failure(&error))
    }

    fn control(&self, sql: &str) -> Result<(), DatabaseError> {
        self.connection
            .execute_batch(sql)
            .map_err(|error| self.failure(&error))
    }

    fn failure(&self, error: &rusqlite::Error) -> DatabaseError {
        let named = failure(&self.path, error);
        if matches!(named, DatabaseError::DiskFull { .. }) && self.connection.is_autocommit() {
            // SQLite has given the transaction up and leaves it to the next reader to put the file
            // back as it was: at once, so that nobody finds it half-written.
            let _ = self
                .connection
                .query_row("SELECT count(*) FROM sqlite_schema", [], |_| Ok(()));
        }
        named
    }
}

/// Lets what SQLite frees wait for what it asks for next.
///
/// With a change of a table SQLite frees all definitions, and pages of a table of its own, and asks for
/// as much again at once. glibc gives what is free at the end of the heap back to the system, which has
/// to clear every page anew: more than this only once a large block was freed, and thus is known to
/// come and go. It is for applications that have this library inside and leave memory to glibc; the
/// allocator of the binaries keeps what is freed by itself, and elsewhere this does nothing.
fn keep_freed_memory() {
    const LARGE: usize = 1 << 20;
    drop(std::hint::black_box(Vec::<u8>::with_capacity(LARGE)));
}

/// What SQLite's refusal means; `path` is what people call the file.
pub(super) fn failure(path: &Path, error: &rusqlite::Error) -> DatabaseError {
    let (code, message, position) = match error {
        rusqlite::Error::SqliteFailure(code, message) => {
            let message = message.clone().unwrap_or_else(|| code.to_string());
            (code, message, None)
        }
        rusqlite::Error::SqlInputError {
            error,
            msg,
            sql,
            offset,
        } => (error, msg.clone(), character(sql, *offset)),
        other => return DatabaseError::refused(other.to_string()),
    };
    if code.extended_code == SQLITE_READONLY_DIRECTORY {
        return unwritable_directory(path);
    }
    let leftover = leftover(&message);
    // People know a table by its own name, also while it is rebuilt under another.
    let message = match leftover {
        Some(_) => message,
        None => message.replace(SCRATCH_PREFIX, ""),
    };
    match code.code {
        ErrorCode::CannotOpen => cannot_open(path, error),
        ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked => DatabaseError::Busy {
            message,
            blocker: None,
        },
        ErrorCode::ReadOnly => read_only(path),
        ErrorCode::DiskFull => DatabaseError::DiskFull { message },
        ErrorCode::NotADatabase => DatabaseError::NotADatabase {
            path: path.to_owned(),
        },
        _ => DatabaseError::Refused(Box::new(Refusal {
            hint: leftover.or_else(|| {
                message.starts_with("unknown database").then(|| {
                    "a SQLite file has no schemas: leave out what stands before the dot, and \
                     `version_table_schema`"
                        .to_owned()
                })
            }),
            message,
            code: Some(code.extended_code.to_string()),
            position,
            ..Refusal::default()
        })),
    }
}

/// What to do about a table that has the name under which another one is changed.
fn leftover(message: &str) -> Option<String> {
    let name = message
        .strip_prefix("table \"")
        .and_then(|rest| rest.strip_suffix("\" already exists"))
        .or_else(|| {
            message.strip_prefix("there is already another table or index with this name: ")
        })?;
    let is_ours = name.starts_with(SCRATCH_PREFIX) || name.starts_with(PASSING_PREFIX);
    is_ours.then(|| {
        format!(
            "a table is changed under this name, and none is left when a change has ended: other \
             hands made this one, or left it behind. When nothing in it is needed, `DROP TABLE \
             \"{name}\"`, and run the same command again"
        )
    })
}

impl Connection for Sqlite {
    fn dialect(&self) -> Dialect {
        Dialect::Sqlite
    }

    fn server(&self) -> &str {
        &self.server
    }

    fn run(&mut self, statements: &[&str]) -> Result<(), RunError> {
        for (statement, sql) in statements.iter().enumerate() {
            self.control(sql)
                .map_err(|error| RunError { statement, error })?;
        }
        Ok(())
    }

    fn execute(&mut self, sql: &str, parameters: &[Value]) -> Result<u64, DatabaseError> {
        let before = self.connection.total_changes();
        self.query(sql, parameters)?;
        // `changes` alone would repeat the last count after a statement that changes no rows.
        if self.connection.total_changes() == before {
            return Ok(0);
        }
        Ok(self.connection.changes())
    }

    fn query(&mut self, sql: &str, parameters: &[Value]) -> Result<Vec<Row>, DatabaseError> {
        let mut statement = self.prepare(sql, parameters)?;
        let columns = statement.column_count();
        let mut rows = statement.raw_query();
        let mut all = Vec::new();
        loop {
            match rows.next() {
                Ok(Some(row)) => {
                    let mut values = Row::with_capacity(columns);
                    for index in 0..columns {
                        let held = row.get_ref(index).map_err(|error| self.failure(&error))?;
                        values.push(value(held));
                    }
                    all.push(values);
                }
                Ok(None) => return Ok(all),
                Err(error) => return Err(self.failure(&error)),
            }
        }
    }

    fn begin(&mut self) -> Result<(), DatabaseError> {
        self.control(self.dialect().syntax().begin)
    }

    fn commit(&mut self) -> Result<(), DatabaseError> {
        self.control(self.dialect().syntax().commit)
    }

    fn rollback(&mut self) -> Result<(), DatabaseError> {
        // Some failures (a full disk) have ended the transaction already.
        if self.in_transaction() {
            self.control(self.dialect().syntax().rollback)?;
        }
        // What failed may have been an edit of the stored definitions.
        self.control("PRAGMA writable_schema = OFF")
    }

    fn in_transaction(&self) -> bool {
        !self.connection.is_autocommit()
    }

    fn check_writable(&self) -> Result<(), DatabaseError> {
        let read_only_file = self.connection.is_readonly("main");
        if read_only_file.map_err(|error| self.failure(&error))? {
            return Err(read_only(&self.path));
        }
        if !is_memory(&self.path) && !is_writable(directory_of(&self.path)) {
            return Err(unwritable_directory(&self.path));
        }
        Ok(())
    }
}

/// Finds what SQLite itself would only call "unable to open database file".
fn check_file(path: &Path, write: bool) -> Result<(), DatabaseError> {
    let metadata = match std::fs::metadata(path) {
        Ok(metadata) => metadata,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return check_absent(path, write),
        Err(source) => {
            let path = path.to_owned();
            return Err(DatabaseError::CannotOpen { path, source });
        }
    };
    if metadata.is_dir() {
        return Err(DatabaseError::CannotOpen {
            path: path.to_owned(),
            source: io::Error::from(io::ErrorKind::IsADirectory),
        });
    }
    if write && metadata.permissions().readonly() {
        return Err(read_only(path));
    }
    Ok(())
}

/// Whether nobody may write the file. The superuser may all the same, but whoever took the right
/// away meant something by it.
fn is_read_only(path: &Path) -> bool {
    std::fs::metadata(path).is_ok_and(|metadata| metadata.permissions().readonly())
}

/// Whether files can be made in a directory, as SQLite makes its journal; the attempt leaves no
/// trace.
fn is_writable(directory: &Path) -> bool {
    tempfile::tempfile_in(directory).is_ok()
}

fn is_memory(path: &Path) -> bool {
    path.as_os_str() == ":memory:"
}

fn directory_of(path: &Path) -> &Path {
    match path.parent() {
        Some(directory) if !directory.as_os_str().is_empty() => directory,
        Some(_) | None => Path::new("."),
    }
}

fn check_absent(path: &Path, write: bool) -> Result<(), DatabaseError> {
    let directory = directory_of(path);
    let path = path.to_owned();
    if !directory.is_dir() {
        let directory = directory.to_owned();
        return Err(DatabaseError::NoSuchDirectory { path, directory });
    }
    if write {
        return Ok(());
    }
    Err(DatabaseError::NoSuchFile { path })
}

/// What is behind SQLite's "unable to open database file". The file is only opened here, where
/// SQLite holds no lock on it that closing it would end.
fn cannot_open(path: &Path, error: &rusqlite::Error) -> DatabaseError {
    let source = match std::fs::File::open(path) {
        Err(source) if source.kind() != io::ErrorKind::NotFound => source,
        _ if !is_writable(directory_of(path)) => return unwritable_directory(path),
        _ => io::Error::other(error.to_string()),
    };
    DatabaseError::CannotOpen {
        path: path.to_owned(),
        source,
    }
}

fn unwritable_directory(path: &Path) -> DatabaseError {
    let file = path.file_name().unwrap_or(path.as_os_str());
    DatabaseError::UnwritableDirectory {
        file: file.to_string_lossy().into_owned(),
        directory: directory_of(path).to_owned(),
    }
}

fn read_only(path: &Path) -> DatabaseError {
    DatabaseError::ReadOnly {
        subject: format!("the database file `{}`", path.display()),
    }
}

/// Bytes before the fault to characters before it; negative means SQLite does not know.
fn character(sql: &str, offset: i32) -> Option<usize> {
    let offset = usize::try_from(offset).ok()?;
    Some(sql.get(..offset)?.chars().count())
}

fn bind(statement: &mut Statement<'_>, index: usize, value: &Value) -> rusqlite::Result<()> {
    match value {
        Value::Null => statement.raw_bind_parameter(index, rusqlite::types::Null),
        Value::Integer(number) => statement.raw_bind_parameter(index, number),
        Value::Real(number) => statement.raw_bind_parameter(index, number),
        Value::Text(text) => statement.raw_bind_parameter(index, text),
        Value::Bytes(bytes) => statement.raw_bind_parameter(index, bytes),
    }
}

fn value(stored: ValueRef<'_>) -> Value {
    match stored {
        ValueRef::Null => Value::Null,
        ValueRef::Integer(number) => Value::Integer(number),
        ValueRef::Real(number) => Value::Real(number),
        ValueRef::Text(bytes) => Value::Text(String::from_utf8_lossy(bytes).into_owned()),
        ValueRef::Blob(bytes) => Value::Bytes(bytes.to_vec()),
    }
}
