//! Copies of a whole database, taken before it is changed, and put back.
//!
//! A copy is written under a temporary name that only its owner may read, checked, and renamed when
//! it is complete: a name that ends like a copy is one. A file that is there is never written over.
#![expect(
    clippy::disallowed_methods,
    reason = "copies are files, and their directories are made when they are missing"
)]

mod dump;
mod error;
mod restore;
mod sqlite;

use std::io;
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

use super::Address;

pub use error::BackupError;
pub use restore::{Restored, restore, restoring_command};

/// How many names are tried when the one asked for is taken.
const NAMES: usize = 1000;

/// Copies a database to a file of that name, or of that name with a number when there is one
/// already. Returns the file; none when the database holds nothing.
///
/// `server` is engine and version as [`Connection::server`](super::Connection::server) says it;
/// `go_on` is asked now and then, and ends the work by false. SQLite is copied through a connection
/// of its own: the caller's may hold the write lock, so that nothing changes meanwhile.
///
/// # Errors
///
/// A program that is missing, too old or fails, a file that cannot be written, a copy that fails its
/// check. No file is left behind then.
pub fn back_up(
    address: &Address,
    server: &str,
    target: &Path,
    go_on: &dyn Fn() -> bool,
) -> Result<Option<PathBuf>, BackupError> {
    if let Address::Sqlite { path } = address
        && sqlite::is_empty(path)?
    {
        return Ok(None);
    }
    let target = std::path::absolute(target).map_err(cannot_write(target))?;
    let copy = begin(&target)?;
    match address {
        Address::Sqlite { path } => sqlite::copy(path, copy.path(), &target, go_on)?,
        Address::Postgres(of) => dump::postgres(of, server, copy.path(), go_on)?,
        Address::Mysql(of) => dump::mysql(of, server, copy.path(), go_on)?,
    }
    let sync = copy.as_file().sync_all();
    sync.map_err(cannot_write(&target))?;
    keep(copy, &target).map(Some)
}

/// An empty file beside the target that only its owner may read; gone when it is dropped.
fn begin(target: &Path) -> Result<NamedTempFile, BackupError> {
    let directory = directory_of(target);
    make_directory(directory).map_err(cannot_write(directory))?;
    tempfile::Builder::new()
        .prefix(".migrate-")
        .suffix(".part")
        .tempfile_in(directory)
        .map_err(cannot_write(directory))
}

/// Gives a complete copy its name.
fn keep(copy: NamedTempFile, target: &Path) -> Result<PathBuf, BackupError> {
    let mut copy = copy;
    for number in 1..=NAMES {
        let name = numbered(target, number);
        match copy.persist_noclobber(&name) {
            Ok(_) => return Ok(name),
            Err(error) if error.error.kind() == io::ErrorKind::AlreadyExists => copy = error.file,
            Err(error) => return Err(cannot_write(&name)(error.error)),
        }
    }
    let taken = io::Error::from(io::ErrorKind::AlreadyExists);
    Err(cannot_write(target)(taken))
}

/// `app.db`, `app-2.db`, `app-3.db`.
fn numbered(path: &Path, number: usize) -> PathBuf {
    if number == 1 {
        return path.to_owned();
    }
    let text = |part: Option<&std::ffi::OsStr>| {
        let part = part.unwrap_or_default().to_string_lossy();
        part.into_owned()
    };
    let mut name = format!("{}-{number}", text(path.file_stem()));
    if path.extension().is_some() {
        name = format!("{name}.{}", text(path.extension()));
    }
    path.with_file_name(name)
}

fn directory_of(path: &Path) -> &Path {
    path.parent().unwrap_or(Path::new("/"))
}

/// Others need not even see the names of copies.
fn make_directory(path: &Path) -> io::Result<()> {
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::DirBuilderExt as _;
        builder.mode(0o700);
    }
    builder.create(path)
}

fn cannot_write(path: &Path) -> impl Fn(io::Error) -> BackupError {
    move |source| BackupError::CannotWrite {
        path: path.to_owned(),
        source,
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::numbered;

    #[test]
    fn a_name_that_is_taken_gets_a_number_before_its_ending() {
        for (path, number, expected) in [
            ("/a/app.db", 1, "/a/app.db"),
            ("/a/app.db", 2, "/a/app-2.db"),
            ("/a/app", 3, "/a/app-3"),
            ("/a/v1.2.dump", 2, "/a/v1.2-2.dump"),
        ] {
            assert_eq!(numbered(Path::new(path), number), Path::new(expected));
        }
    }
}
