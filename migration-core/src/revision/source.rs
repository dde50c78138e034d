//! Reads revisions from directories and binaries, and writes new files: the only part of the
//! stage that touches the file system.
//!
//! Of a file in a directory only the header is read, in blocks; the body is read when it runs.
#![expect(
    clippy::disallowed_methods,
    reason = "this is the boundary between revisions and the file system"
)]

use std::collections::HashSet;
use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::{EmbeddedFile, Revision, RevisionError, RevisionFile, Script, header, section};
use crate::text::{Place, Source, Span};

/// Headers are a few hundred bytes; one block nearly always holds a whole one.
const BLOCK: usize = 2048;

/// Name of the user's own template, beside `versions/` in the script location.
const TEMPLATE: &str = "revision.sql.tmpl";

/// Reads the headers of all revisions in some directories and those below them.
///
/// Only `.sql` files count, without hidden files and editors' backups. In load order: relative
/// paths sorted within a directory, directories as given; a file that is reached twice counts
/// once.
///
/// # Errors
///
/// A directory that does not exist, a file that cannot be read, or the first header at fault.
pub fn read_directories(directories: &[PathBuf]) -> Result<Vec<Revision>, RevisionError> {
    let mut seen = Seen::default();
    let mut revisions = Vec::new();
    for directory in directories {
        let mut files = Vec::new();
        check_directory(directory)?;
        collect(directory, &mut seen, &mut files)?;
        files.sort();
        let mut buffer = Vec::with_capacity(BLOCK);
        for path in files {
            buffer.clear();
            read_header_text(&path, &mut buffer).map_err(unreadable(&path))?;
            let text = decode(&path, &buffer)?;
            let source = Source::new(path.display().to_string(), text);
            let header = header::parse(&source)?;
            let file = RevisionFile::Disk(path);
            revisions.push(Revision { header, file });
        }
    }
    Ok(revisions)
}

/// Reads the headers of the revisions in a binary, in the order they were put there.
///
/// # Errors
///
/// The first header at fault.
pub fn read_embedded(files: &'static [EmbeddedFile]) -> Result<Vec<Revision>, RevisionError> {
    files
        .iter()
        .map(|file| {
            let text = without_mark(file.text);
            let end = section::lines(text)
                .find(|line| section::directive(line.text).is_some())
                .map_or(text.len(), |line| line.next);
            let source = Source::new(file.path, &text[..end]);
            Ok(Revision {
                header: header::parse(&source)?,
                file: RevisionFile::Embedded(*file),
            })
        })
        .collect()
}

/// Reads the body of a revision and cuts it into its sections.
///
/// # Errors
///
/// A file that cannot be read, that is another revision now, or whose sections are at fault.
pub fn read_script(revision: &Revision) -> Result<Script, RevisionError> {
    let source = match &revision.file {
        RevisionFile::Disk(path) => {
            let bytes = fs::read(path).map_err(unreadable(path))?;
            Source::new(path.display().to_string(), decode(path, &bytes)?)
        }
        RevisionFile::Embedded(file) => Source::new(file.path, without_mark(file.text)),
        RevisionFile::Kept(source) => Arc::clone(source),
    };
    let found = header::parse(&source)?.id;
    if found != *revision.id() {
        return Err(RevisionError::Changed {
            expected: revision.id().clone(),
            found,
            place: Place::new(&source, Span::new(0, 0)),
        });
    }
    section::split(&source)
}

/// Reads the user's own template of revision files, `revision.sql.tmpl`, if there is one.
///
/// # Errors
///
/// A template that cannot be read or is not UTF-8.
pub fn read_template(script_location: &Path) -> Result<Option<String>, RevisionError> {
    let path = script_location.join(TEMPLATE);
    match fs::read(&path) {
        Ok(bytes) => decode(&path, &bytes).map(Some),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(unreadable(&path)(error)),
    }
}

/// Writes the file of a new revision, as a whole or not at all, and returns where it is.
///
/// `name` comes from [`NewRevision::file_name`](super::NewRevision::file_name); directories it
/// names are made.
///
/// # Errors
///
/// The file exists, the name leads out of the directory, or the system refuses.
pub fn write_new(directory: &Path, name: &Path, text: &str) -> Result<PathBuf, RevisionError> {
    super::create::check_name(name)?;
    let path = directory.join(name);
    let parent = path.parent().unwrap_or(directory);
    let unwritable = |source| RevisionError::Unwritable {
        path: path.clone(),
        source,
    };
    let is_new = |directory: &&Path| !directory.as_os_str().is_empty() && !directory.exists();
    let made: Vec<PathBuf> = parent
        .ancestors()
        .take_while(is_new)
        .map(Path::to_owned)
        .collect();
    let result = fs::create_dir_all(parent)
        .map_err(unwritable)
        .and_then(|()| write_into(parent, &path, text));
    if result.is_err() {
        for directory in made {
            // What is not empty, or was not made after all, stays.
            let _ = fs::remove_dir(directory);
        }
    }
    result
}

fn write_into(parent: &Path, path: &Path, text: &str) -> Result<PathBuf, RevisionError> {
    let path = path.to_owned();
    let unwritable = |source| RevisionError::Unwritable {
        path: path.clone(),
        source,
    };
    let mut builder = tempfile::Builder::new();
    builder.prefix(".revision");
    // Temporary files are private by default; this one becomes an ordinary file, by the umask.
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    let mut file = builder.tempfile_in(parent).map_err(unwritable)?;
    file.write_all(text.as_bytes()).map_err(unwritable)?;
    // A full disk may show only when the file is really written.
    file.as_file().sync_all().map_err(unwritable)?;
    match file.persist_noclobber(&path) {
        Ok(_) => Ok(path),
        Err(failure) if failure.error.kind() == io::ErrorKind::AlreadyExists => {
            Err(RevisionError::Exists { path })
        }
        Err(failure) => Err(unwritable(failure.error)),
    }
}

/// Whether a name in a versions directory is that of a revision file or of a directory to enter.
pub(super) fn is_visible(name: &str) -> bool {
    !name.starts_with(['.', '#', '~'])
}

/// Whether a visible name is that of a revision file.
pub(super) fn is_revision_name(name: &str) -> bool {
    is_visible(name) && name.ends_with(".sql")
}

/// What has been reached, by its real path.
#[derive(Default)]
struct Seen {
    directories: HashSet<PathBuf>,
    files: HashSet<PathBuf>,
}

fn check_directory(path: &Path) -> Result<(), RevisionError> {
    match fs::metadata(path) {
        Ok(metadata) if metadata.is_dir() => Ok(()),
        Ok(_) => Err(RevisionError::NotADirectory {
            path: path.to_owned(),
        }),
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            Err(RevisionError::MissingDirectory {
                path: path.to_owned(),
            })
        }
        Err(error) => Err(unreadable(path)(error)),
    }
}

/// Gathers the revision files of a directory and of those below it.
///
/// Real paths are asked for directories and links only: a plain file's is its directory's plus its
/// name, which spares thousands of system calls.
fn collect(
    directory: &Path,
    seen: &mut Seen,
    files: &mut Vec<PathBuf>,
) -> Result<(), RevisionError> {
    let real = fs::canonicalize(directory).map_err(unreadable(directory))?;
    if !seen.directories.insert(real.clone()) {
        return Ok(());
    }
    for entry in fs::read_dir(directory).map_err(unreadable(directory))? {
        let entry = entry.map_err(unreadable(directory))?;
        let name = entry.file_name();
        let text = name.to_string_lossy();
        if !is_visible(&text) {
            continue;
        }
        let path = entry.path();
        let mut kind = entry.file_type().map_err(unreadable(&path))?;
        let mut real = real.join(&name);
        if kind.is_symlink() {
            if !is_revision_name(&text) && !path.is_dir() {
                continue;
            }
            kind = fs::metadata(&path).map_err(unreadable(&path))?.file_type();
            real = fs::canonicalize(&path).map_err(unreadable(&path))?;
        }
        if kind.is_dir() {
            collect(&path, seen, files)?;
        } else if kind.is_file() && is_revision_name(&text) && seen.files.insert(real) {
            files.push(path);
        }
    }
    Ok(())
}

/// Reads a file up to the end of the line that ends its header.
fn read_header_text(path: &Path, buffer: &mut Vec<u8>) -> io::Result<()> {
    let mut file = File::open(path)?;
    let mut block = [0; BLOCK];
    let (mut line, mut scanned) = (0, 0);
    loop {
        let count = file.read(&mut block)?;
        buffer.extend_from_slice(&block[..count]);
        while let Some(length) = buffer[scanned..].iter().position(|byte| *byte == b'\n') {
            scanned += length + 1;
            if section::ends_header(&buffer[line..scanned]) {
                buffer.truncate(scanned);
                return Ok(());
            }
            line = scanned;
        }
        scanned = buffer.len();
        if count == 0 {
            return Ok(());
        }
    }
}

/// Bytes as text, without a byte order mark.
fn decode(path: &Path, bytes: &[u8]) -> Result<String, RevisionError> {
    match std::str::from_utf8(bytes) {
        Ok(text) => Ok(without_mark(text).to_owned()),
        Err(error) => {
            let before = &bytes[..error.valid_up_to()];
            Err(RevisionError::NotUtf8 {
                path: path.to_owned(),
                line: before.iter().filter(|byte| **byte == b'\n').count() + 1,
            })
        }
    }
}

fn without_mark(text: &str) -> &str {
    text.strip_prefix('\u{feff}').unwrap_or(text)
}

fn unreadable(path: &Path) -> impl FnOnce(io::Error) -> RevisionError {
    let path = path.to_owned();
    |source| RevisionError::Unreadable { path, source }
}
