//! Reads revisions from directories and binaries, and writes new files: the only part of the
//! stage that touches the file system.
//!
//! Files in a directory are opened once, by several threads when there are many. Of a long file only
//! the header is read, in blocks, and the body when it runs.
#![expect(
    clippy::disallowed_methods,
    reason = "this is the boundary between revisions and the file system"
)]

mod listing;

use std::ffi::{OsStr, OsString};
use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use sha2::{Digest, Sha256};

use super::{
    DiskFile, EmbeddedFile, Revision, RevisionError, RevisionFile, RevisionId, Script, header,
    section,
};
use crate::parallel;
use crate::text::{Place, Source, Span, hexadecimal};

/// One block nearly always holds a whole header, and mostly the whole file.
const BLOCK: usize = 4096;

/// Name of the user's own template, beside `versions/` in the script location.
const TEMPLATE: &str = "revision.sql.tmpl";

/// Reads the headers of all revisions in some directories and those below them.
///
/// Only `.sql` files count, without hidden files and editors' backups. In load order: relative
/// paths sorted within a directory, directories as given; a file that is reached twice counts
/// once. They are read in the order in which the system lists them, which finds them quicker, and
/// while it lists more.
///
/// # Errors
///
/// A directory that does not exist, a file that cannot be read, or the first header at fault.
pub fn read_directories(directories: &[PathBuf]) -> Result<Vec<Arc<Revision>>, RevisionError> {
    read_all(directories, Texts::Kept)
}

/// The same for somebody who wants no texts: none is kept.
///
/// # Errors
///
/// The same.
pub fn read_headers(directories: &[PathBuf]) -> Result<Vec<Arc<Revision>>, RevisionError> {
    read_all(directories, Texts::Dropped)
}

/// What becomes of the text of a file that was read as a whole, because it is short.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Texts {
    Kept,
    Dropped,
}

fn read_all(directories: &[PathBuf], texts: Texts) -> Result<Vec<Arc<Revision>>, RevisionError> {
    // An error is large, and a table of results has room for one in every row.
    let read = |path| read_file(path, texts).map(Arc::new).map_err(Box::new);
    let (listed, results) =
        parallel::while_found(|queue| listing::revision_files(directories, queue), read);
    let mut as_listed: Vec<Option<_>> = results.into_iter().map(Some).collect();
    let in_load_order = listed?.into_iter();
    let results = in_load_order.filter_map(|place| as_listed[place].take());
    results.collect::<Result<_, _>>().map_err(|error| *error)
}

fn read_file(path: PathBuf, texts: Texts) -> Result<Revision, RevisionError> {
    let beginning = read_beginning(&path).map_err(unreadable(&path))?;
    // What is no text behind the header is an error when it runs.
    let (text, is_whole) = match (String::from_utf8(beginning.bytes), beginning.header) {
        (Ok(text), None) => (without_its_mark(text), true),
        (Ok(mut text), Some(header)) => {
            text.truncate(header);
            (without_its_mark(text), false)
        }
        (Err(error), header) => {
            let mut bytes = error.into_bytes();
            let header = header.or_else(|| Lines::default().end_of_header(&bytes));
            bytes.truncate(header.unwrap_or(bytes.len()));
            (decode(&path, bytes)?, false)
        }
    };
    // A path that is no text is not to be had from the name of a source.
    let is_kept = texts == Texts::Kept && is_whole;
    let unread = match is_kept && path.to_str().is_some() {
        true => None,
        false => Some(path.clone()),
    };
    let source = source(path, text);
    Ok(Revision {
        header: header::parse(&source)?,
        file: RevisionFile::Disk(unread.map_or(DiskFile::Read(source), DiskFile::Unread)),
    })
}

/// The text of a file under the name that people know it by.
fn source(path: PathBuf, text: String) -> Arc<Source> {
    let name = path.into_os_string().into_string();
    let shown = |path: OsString| path.display().to_string();
    Source::new(name.unwrap_or_else(shown), text)
}

/// Reads the headers of the revisions in a binary, in the order they were put there.
///
/// # Errors
///
/// The first header at fault.
pub fn read_embedded(files: &'static [EmbeddedFile]) -> Result<Vec<Arc<Revision>>, RevisionError> {
    let read = |file: &'static EmbeddedFile| {
        let source = Source::of_program(file.path, without_mark(file.text));
        Ok(Arc::new(Revision {
            header: header::parse(&source)?,
            file: RevisionFile::Embedded(file),
        }))
    };
    parallel::map_quick(files, read).into_iter().collect()
}

/// Reads the body of a revision and cuts it into its sections.
///
/// # Errors
///
/// As [`read_text`], or sections that are at fault.
pub fn read_script(revision: &Revision) -> Result<Script, RevisionError> {
    section::split(&read_text(revision)?)
}

/// Reads the whole text of a revision.
///
/// # Errors
///
/// A file that cannot be read, or that is another revision now.
pub fn read_text(revision: &Revision) -> Result<Arc<Source>, RevisionError> {
    match &revision.file {
        RevisionFile::Disk(DiskFile::Read(source)) | RevisionFile::Kept(source) => {
            Ok(Arc::clone(source))
        }
        RevisionFile::Disk(DiskFile::Unread(path)) => {
            let bytes = fs::read(path).map_err(unreadable(path))?;
            let source = source(path.clone(), decode(path, bytes)?);
            check_still(revision, &source)?;
            Ok(source)
        }
        RevisionFile::Embedded(file) => Ok(Source::of_program(file.path, without_mark(file.text))),
    }
}

/// Half of a text's SHA-256, hexadecimal: two texts that have the same are the same text.
pub fn digest(source: &Source) -> String {
    hexadecimal(&half_sum(source))
}

/// The same as bytes, for somebody who keeps thousands of them.
pub fn half_sum(source: &Source) -> [u8; 16] {
    let whole: [u8; 32] = Sha256::digest(source.text()).into();
    *whole.first_chunk().expect("half of it is not more")
}

/// Refuses a file that was another revision's when its header was read.
fn check_still(revision: &Revision, source: &Arc<Source>) -> Result<(), RevisionError> {
    let found = header::parse(source)?.id;
    if found == *revision.id() {
        return Ok(());
    }
    Err(RevisionError::Changed {
        expected: revision.id().clone(),
        found,
        place: Place::new(source, Span::new(0, 0)),
    })
}

/// Reads the user's own template of revision files, `revision.sql.tmpl`, if there is one.
///
/// # Errors
///
/// A template that cannot be read or is not UTF-8.
pub fn read_template(script_location: &Path) -> Result<Option<String>, RevisionError> {
    let path = script_location.join(TEMPLATE);
    match fs::read(&path) {
        Ok(bytes) => decode(&path, bytes).map(Some),
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

/// The file of Alembic's that says a revision, in some directories and those below them; what cannot
/// be read has none.
pub fn not_converted(directories: &[PathBuf], id: &RevisionId) -> Option<PathBuf> {
    let mut todo = directories.to_vec();
    while let Some(directory) = todo.pop() {
        for entry in fs::read_dir(directory).ok()?.flatten() {
            let name = entry.file_name().to_string_lossy().into_owned();
            if name.ends_with(".py") && name.contains(id.as_str()) {
                return Some(entry.path());
            }
            if is_visible(&name) && entry.file_type().is_ok_and(|it| it.is_dir()) {
                todo.push(entry.path());
            }
        }
    }
    None
}

/// Whether a name in a versions directory is that of a revision file or of a directory to enter.
pub(super) fn is_visible(name: impl AsRef<OsStr>) -> bool {
    let first = name.as_ref().as_encoded_bytes().first();
    !matches!(first, Some(b'.' | b'#' | b'~'))
}

/// Whether a visible name is that of a revision file.
pub(crate) fn is_revision_name(name: impl AsRef<OsStr>) -> bool {
    let name = name.as_ref();
    is_visible(name) && name.as_encoded_bytes().ends_with(b".sql")
}

/// What the first blocks of a file hold.
struct Beginning {
    bytes: Vec<u8>,
    /// How many of them are the header, with the line that ends it; none when they are the whole file.
    header: Option<usize>,
}

/// Reads a file at least up to the end of the line that ends its header.
fn read_beginning(path: &Path) -> io::Result<Beginning> {
    let mut file = File::open(path)?;
    let mut block = [0; BLOCK];
    let mut bytes = Vec::new();
    let mut lines = Lines::default();
    loop {
        let count = fill(&mut file, &mut block)?;
        bytes.reserve_exact(count);
        bytes.extend_from_slice(&block[..count]);
        if count < BLOCK {
            let header = None;
            return Ok(Beginning { bytes, header });
        }
        if let header @ Some(_) = lines.end_of_header(&bytes) {
            return Ok(Beginning { bytes, header });
        }
    }
}

/// Reads as much as there is room for; less is the end of the file.
fn fill(file: &mut File, block: &mut [u8]) -> io::Result<usize> {
    let mut filled = 0;
    while filled < block.len() {
        match file.read(&mut block[filled..]) {
            Ok(0) => break,
            Ok(count) => filled += count,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(filled)
}

/// The lines of a text that grows, as far as they were looked at.
#[derive(Default)]
struct Lines {
    /// Where the line begins that was not at its end.
    line: usize,
    /// How far it was looked at.
    scanned: usize,
}

impl Lines {
    /// Where the line ends that ends the header, once it is there.
    fn end_of_header(&mut self, bytes: &[u8]) -> Option<usize> {
        while let Some(length) = bytes[self.scanned..].iter().position(|it| *it == b'\n') {
            self.scanned += length + 1;
            if section::ends_header(&bytes[self.line..self.scanned]) {
                return Some(self.scanned);
            }
            self.line = self.scanned;
        }
        self.scanned = bytes.len();
        None
    }
}

/// Bytes as text, without a byte order mark.
fn decode(path: &Path, bytes: Vec<u8>) -> Result<String, RevisionError> {
    let text = String::from_utf8(bytes).map_err(|error| {
        let before = &error.as_bytes()[..error.utf8_error().valid_up_to()];
        RevisionError::NotUtf8 {
            path: path.to_owned(),
            line: before.iter().filter(|byte| **byte == b'\n').count() + 1,
        }
    })?;
    Ok(without_its_mark(text))
}

fn without_its_mark(mut text: String) -> String {
    let mark = text.len() - without_mark(&text).len();
    text.drain(..mark);
    text
}

fn without_mark(text: &str) -> &str {
    text.strip_prefix('\u{feff}').unwrap_or(text)
}

fn unreadable(path: &Path) -> impl FnOnce(io::Error) -> RevisionError {
    |source| RevisionError::Unreadable {
        path: path.to_owned(),
        source,
    }
}
