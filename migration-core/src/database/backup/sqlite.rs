//! A SQLite file copied page by page through SQLite itself, and checked.

use std::path::Path;
use std::time::Duration;

use rusqlite::backup::{Backup, StepResult};
use rusqlite::{Connection, OpenFlags};

use super::BackupError;
use crate::database::DatabaseError;
use crate::database::sqlite::failure;

/// How many pages are copied before somebody may ask to stop.
const PAGES: i32 = 4096;

/// How long to wait for another connection that writes.
const PAUSE: Duration = Duration::from_millis(50);

/// Whether there is nothing to copy: no file, or one in which nothing was ever made.
pub(super) fn is_empty(path: &Path) -> Result<bool, BackupError> {
    let is_there = std::fs::metadata(path).is_ok_and(|metadata| metadata.len() > 0);
    if path.as_os_str() == ":memory:" || !is_there {
        return Ok(true);
    }
    let unreadable = |error: rusqlite::Error| BackupError::Unreadable {
        path: path.to_owned(),
        source: Box::new(failure(path, &error)),
    };
    let connection = open(path, OpenFlags::SQLITE_OPEN_READ_ONLY).map_err(unreadable)?;
    let count = connection.query_row("SELECT count(*) FROM sqlite_schema", [], |row| {
        row.get::<_, i64>(0)
    });
    Ok(count.map_err(unreadable)? == 0)
}

/// Copies a file that others may be reading and, at the price of starting again, writing. `name` is
/// what the copy is going to be called.
pub(super) fn copy(
    from: &Path,
    to: &Path,
    name: &Path,
    go_on: &dyn Fn() -> bool,
) -> Result<(), BackupError> {
    let failed = |source: DatabaseError| BackupError::Copy {
        from: from.to_owned(),
        to: name.to_owned(),
        source: Box::new(source),
    };
    let source = open(from, OpenFlags::SQLITE_OPEN_READ_ONLY)
        .map_err(|error| failed(failure(from, &error)))?;
    let written = |error: rusqlite::Error| failed(failure(name, &error));
    let mut copy = open(to, OpenFlags::SQLITE_OPEN_READ_WRITE).map_err(written)?;
    // Nobody waits for the copy: it has no name yet, and is made durable when it is complete.
    copy.pragma_update(None, "synchronous", "OFF")
        .map_err(written)?;
    let backup = Backup::new(&source, &mut copy).map_err(written)?;
    loop {
        if !go_on() {
            return Err(BackupError::Interrupted);
        }
        match backup.step(PAGES).map_err(written)? {
            StepResult::Done => break,
            StepResult::More => {}
            _ => std::thread::sleep(PAUSE),
        }
    }
    drop(backup);
    check(&copy, from)
}

/// Runs SQLite's check of a file; `path` is what people call it.
pub(super) fn check(connection: &Connection, path: &Path) -> Result<(), BackupError> {
    let damaged = |finding: String| BackupError::Damaged {
        path: path.to_owned(),
        finding,
    };
    let found = connection.query_row("PRAGMA quick_check(1)", [], |row| row.get::<_, String>(0));
    match found {
        Ok(found) if found == "ok" => Ok(()),
        Ok(finding) => Err(damaged(finding)),
        Err(error) => Err(damaged(error.to_string())),
    }
}

/// Opens a file as it is; nothing is set up.
pub(super) fn open(path: &Path, way: OpenFlags) -> rusqlite::Result<Connection> {
    let connection = Connection::open_with_flags(path, way | OpenFlags::SQLITE_OPEN_NO_MUTEX)?;
    connection.busy_timeout(Duration::from_secs(5))?;
    Ok(connection)
}
