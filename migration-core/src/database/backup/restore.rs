//! A copy put back in the place of a SQLite file; on servers the command that a person types.

use std::io;
use std::path::{Path, PathBuf};

use rusqlite::{Connection, OpenFlags};
use tempfile::NamedTempFile;

use super::dump::{encryption, sslmode};
use super::{BackupError, begin, cannot_write, directory_of, sqlite};
use crate::database::sqlite::failure;
use crate::database::{Address, DatabaseError, Server, SslMode};
use crate::dialect::{Dialect, VersionTable};

/// The files that SQLite keeps beside a database while it is written.
const COMPANIONS: [&str; 3] = ["-wal", "-shm", "-journal"];

/// What was done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Restored {
    /// Where the replaced file is; none when there was none.
    pub aside: Option<PathBuf>,
}

/// Puts a copy of a SQLite database back. The copy stays where it is; the file that it replaces is
/// kept beside it, under its name and `moment`. Where a version table is told, a database that has it
/// is replaced by one that has it.
///
/// # Errors
///
/// A copy that is empty or damaged or is no SQLite database, or that of another one, a database that somebody has open, files that
/// cannot be written. The database is what it was then.
pub fn restore(
    copy: &Path,
    database: &Path,
    moment: &str,
    version_table: Option<&VersionTable>,
) -> Result<Restored, BackupError> {
    check_there(copy)?;
    let opened = check_copy(copy)?;
    let lacks = |table: &VersionTable| is_in(&opened, table).map(|is_there| !is_there);
    let lacks = version_table.map_or(Ok(false), lacks);
    let lacks = lacks.map_err(unreadable(copy))?;
    drop(opened);
    let is_there = database.exists();
    let target = if is_there {
        // A link is followed: what it names is replaced.
        let target = database.canonicalize().map_err(cannot_write(database))?;
        refuse_users(&target)?;
        settle(&target)?;
        if let Some(table) = version_table.filter(|table| lacks && has_table(&target, table)) {
            return Err(BackupError::OfAnother {
                path: copy.to_owned(),
                table: table.name.clone(),
            });
        }
        target
    } else {
        std::path::absolute(database).map_err(cannot_write(database))?
    };
    let written = duplicate(copy, &target)?;
    if !is_there {
        written
            .persist(&target)
            .map_err(|error| cannot_write(&target)(error.error))?;
        return Ok(Restored { aside: None });
    }
    keep_rights(&target, written.path()).map_err(cannot_write(&target))?;
    let aside = set_aside(&target, moment)?;
    match written.persist(&target) {
        Ok(_) => Ok(Restored { aside: Some(aside) }),
        Err(error) => Err(cannot_write(&target)(error.error)),
    }
}

/// What a person types into a shell to put a copy back on a server; no password is in it. None for
/// SQLite.
///
/// # Errors
///
/// A copy that is not there, or holds nothing.
pub fn restoring_command(address: &Address, copy: &Path) -> Result<Option<String>, BackupError> {
    if !matches!(address, Address::Sqlite { .. }) {
        check_there(copy)?;
    }
    let copy = word(&copy.display().to_string());
    Ok(match address {
        Address::Sqlite { .. } => None,
        Address::Postgres(server) => Some(format!(
            "{}pg_restore {} --clean --if-exists --single-transaction {copy}",
            postgres_encryption(server),
            place(server, "username", "dbname")
        )),
        Address::Mysql(server) => Some(format!(
            "mariadb {} --password --default-character-set=utf8mb4 {} <{copy}",
            mysql_place(server),
            word(&server.database)
        )),
    })
}

fn place(server: &Server, user: &str, database: &str) -> String {
    let mut words = vec![format!("--host={}", word(&server.host))];
    words.extend(server.port.map(|port| format!("--port={port}")));
    words.extend(
        server
            .user
            .as_ref()
            .map(|name| format!("--{user}={}", word(name))),
    );
    words.push(format!("--{database}={}", word(&server.database)));
    words.join(" ")
}

fn mysql_place(server: &Server) -> String {
    let mut words = if server.host.starts_with('/') {
        vec![format!("--socket={}", word(&server.host))]
    } else {
        let mut words = vec![
            "--protocol=tcp".to_owned(),
            format!("--host={}", word(&server.host)),
        ];
        words.extend(server.port.map(|port| format!("--port={port}")));
        words
    };
    words.extend(
        server
            .user
            .as_ref()
            .map(|name| format!("--user={}", word(name))),
    );
    if server.tls.mode != SslMode::Disable {
        words.extend(encryption(server, true).iter().map(|text| word(text)));
    }
    words.join(" ")
}

fn postgres_encryption(server: &Server) -> String {
    if server.tls.mode == SslMode::Disable {
        return String::new();
    }
    let mut words = format!("PGSSLMODE={} ", sslmode(server.tls.mode));
    if let Some(root) = &server.tls.root_certificate {
        words.push_str(&format!(
            "PGSSLROOTCERT={} ",
            word(&root.display().to_string())
        ));
    }
    words
}

/// A word as a shell takes it.
fn word(text: &str) -> String {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "_-./:@%+,=".contains(c);
    if !text.is_empty() && text.chars().all(is_plain) {
        return text.to_owned();
    }
    format!("'{}'", text.replace('\'', "'\\''"))
}

/// A file that was begun on a full disk has a name and nothing in it.
fn check_there(copy: &Path) -> Result<(), BackupError> {
    let path = || copy.to_owned();
    match std::fs::metadata(copy) {
        Ok(found) if found.len() == 0 => Err(BackupError::Empty { path: path() }),
        Ok(_) => Ok(()),
        Err(_) => Err(BackupError::NoCopy { path: path() }),
    }
}

fn unreadable(path: &Path) -> impl Fn(rusqlite::Error) -> BackupError {
    |error| BackupError::Unreadable {
        path: path.to_owned(),
        source: Box::new(failure(path, &error)),
    }
}

fn check_copy(copy: &Path) -> Result<Connection, BackupError> {
    if copy.is_dir() {
        return Err(BackupError::NoCopy {
            path: copy.to_owned(),
        });
    }
    let opened = sqlite::open(copy, OpenFlags::SQLITE_OPEN_READ_ONLY).map_err(unreadable(copy))?;
    let tables = opened.query_row("SELECT count(*) FROM sqlite_schema", [], |_| Ok(()));
    tables.map_err(unreadable(copy))?;
    sqlite::check(&opened, copy)?;
    Ok(opened)
}

/// Whether a database has a version table; one that cannot be read is to be replaced.
fn has_table(database: &Path, table: &VersionTable) -> bool {
    let opened = sqlite::open(database, OpenFlags::SQLITE_OPEN_READ_WRITE);
    opened.is_ok_and(|opened| is_in(&opened, table).unwrap_or_default())
}

fn is_in(opened: &Connection, table: &VersionTable) -> rusqlite::Result<bool> {
    let sql = table.exists(Dialect::Sqlite);
    opened.query_row(&sql, [], |row| row.get::<_, bool>(0))
}

/// Makes sure that nobody else works on the file, and that everything written to it is in it: what
/// a crash left beside it is taken over or undone by SQLite. A file that is beyond SQLite's reach is
/// left as it is; putting a copy in its place is what restoring is for.
fn settle(database: &Path) -> Result<(), BackupError> {
    let outcome = sqlite::open(database, OpenFlags::SQLITE_OPEN_READ_WRITE).and_then(|opened| {
        opened.busy_timeout(std::time::Duration::from_secs(1))?;
        opened.pragma_update(None, "locking_mode", "EXCLUSIVE")?;
        opened.execute_batch("BEGIN EXCLUSIVE; COMMIT")?;
        opened.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))
    });
    match outcome.map_err(|error| failure(database, &error)) {
        Err(DatabaseError::Busy { .. }) => Err(BackupError::InUse {
            path: database.to_owned(),
            who: None,
        }),
        Ok(()) | Err(_) => Ok(()),
    }
}

/// Refuses when a process has the file open. SQLite itself does not tell of one that is idle, and
/// it would go on writing to the file set aside.
fn refuse_users(database: &Path) -> Result<(), BackupError> {
    match user_of(database) {
        None => Ok(()),
        who => Err(BackupError::InUse {
            path: database.to_owned(),
            who,
        }),
    }
}

/// The first other process found with the file open; only Linux tells, and only of processes that
/// this user may look at.
fn user_of(database: &Path) -> Option<String> {
    let own = std::process::id().to_string();
    let processes = std::fs::read_dir("/proc").ok()?.flatten();
    for process in processes {
        let name = process.file_name().to_string_lossy().into_owned();
        if name == own || !name.bytes().all(|byte| byte.is_ascii_digit()) {
            continue;
        }
        let Ok(files) = std::fs::read_dir(process.path().join("fd")) else {
            continue;
        };
        let mut targets = files
            .flatten()
            .filter_map(|file| std::fs::read_link(file.path()).ok());
        if targets.any(|target| target == database) {
            let command = std::fs::read_to_string(process.path().join("comm"));
            let command = command.unwrap_or_default();
            return Some(format!("process {name} ({})", command.trim()));
        }
    }
    None
}

/// Writes the copy again, beside the database.
fn duplicate(copy: &Path, database: &Path) -> Result<NamedTempFile, BackupError> {
    let mut written = begin(database)?;
    let mut source = std::fs::File::open(copy).map_err(|source| BackupError::Unreadable {
        path: copy.to_owned(),
        source: Box::new(DatabaseError::CannotOpen {
            path: copy.to_owned(),
            source,
        }),
    })?;
    io::copy(&mut source, written.as_file_mut())
        .and_then(|_| written.as_file().sync_all())
        .map_err(cannot_write(database))?;
    Ok(written)
}

/// The new file is read and written by those who could do so with the old one.
fn keep_rights(from: &Path, to: &Path) -> io::Result<()> {
    let metadata = std::fs::metadata(from)?;
    std::fs::set_permissions(to, metadata.permissions())?;
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt as _;
        let made = std::fs::metadata(to)?;
        if (made.uid(), made.gid()) != (metadata.uid(), metadata.gid()) {
            std::os::unix::fs::chown(to, Some(metadata.uid()), Some(metadata.gid()))?;
        }
    }
    Ok(())
}

/// Gives the database a second name, so that there is a file of its own name at every moment; where
/// the file system has no second names it is renamed.
fn set_aside(database: &Path, moment: &str) -> Result<PathBuf, BackupError> {
    let name = database.file_name().unwrap_or_default().to_string_lossy();
    let wanted = directory_of(database).join(format!("{name}.replaced-{moment}"));
    let mut aside = wanted.clone();
    for number in 2.. {
        if !aside.exists() {
            break;
        }
        aside = PathBuf::from(format!("{}-{number}", wanted.display()));
    }
    if std::fs::hard_link(database, &aside).is_err() {
        std::fs::rename(database, &aside).map_err(cannot_write(&aside))?;
    }
    // What is left beside a damaged file belongs to it, and would be taken for the copy's.
    for companion in COMPANIONS {
        let beside = |path: &Path| PathBuf::from(format!("{}{companion}", path.display()));
        if beside(database).exists() {
            let from = beside(database);
            std::fs::rename(&from, beside(&aside)).map_err(cannot_write(&from))?;
        }
    }
    Ok(aside)
}

#[cfg(test)]
mod tests {
    use super::word;

    #[test]
    fn words_with_a_meaning_to_the_shell_are_quoted() {
        for (text, expected) in [
            ("/var/backups/a-1.dump", "/var/backups/a-1.dump"),
            ("it's", "'it'\\''s'"),
            ("$HOME", "'$HOME'"),
            ("", "''"),
        ] {
            assert_eq!(word(text), expected);
        }
    }
}
