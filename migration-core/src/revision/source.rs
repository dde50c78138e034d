//! Reads revisions from directories and binaries, and writes new files: the only part of the
//! stage that touches the file system.
//!
//! Files in a directory are opened once, by several threads when there are many. Of a long file only
//! the header is read, in blocks, and the body when it runs.
#![expect(
    clippy::disallowed_methods,
    reason = "this is the boundary between revisions and the file system"
)]

use std::collections::HashSet;
use std::ffi::OsString;
use std::fs::{self, File, FileType};
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
/// once. They are read in the order in which the system lists them, which finds them quicker.
///
/// # Errors
///
/// A directory that does not exist, a file that cannot be read, or the first header at fault.
pub fn read_directories(directories: &[PathBuf]) -> Result<Vec<Arc<Revision>>, RevisionError> {
    let mut found = Found::default();
    for directory in directories {
        check_directory(directory)?;
        found.collect(directory)?;
    }
    let files = found.without_repeats()?;
    let mut as_listed: Vec<usize> = (0..files.len()).collect();
    as_listed.sort_unstable_by_key(|place| files[*place].listed);
    // An error is large, and a table of results has room for one in every row.
    let read = |place: &usize| match read_file(&files[*place].path) {
        Ok(revision) => Ok(Arc::new(revision)),
        Err(error) => Err(Box::new(error)),
    };
    let results = parallel::map(&as_listed, read);
    let mut in_load_order: Vec<Option<_>> = files.iter().map(|_| None).collect();
    for (place, result) in as_listed.into_iter().zip(results) {
        in_load_order[place] = Some(result);
    }
    let results = in_load_order.into_iter().flatten();
    results.collect::<Result<_, _>>().map_err(|error| *error)
}

fn read_file(path: &Path) -> Result<Revision, RevisionError> {
    let beginning = read_beginning(path).map_err(unreadable(path))?;
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
            (decode(path, bytes)?, false)
        }
    };
    let source = source(path, text);
    Ok(Revision {
        header: header::parse(&source)?,
        // A path that is no text is not to be had from the name of a source.
        file: RevisionFile::Disk(match is_whole && path.to_str().is_some() {
            true => DiskFile::Read(source),
            false => DiskFile::Unread(path.to_owned()),
        }),
    })
}

/// The text of a file under the name that people know it by.
fn source(path: &Path, text: String) -> Arc<Source> {
    let name = path.to_str().map(str::to_owned);
    Source::new(name.unwrap_or_else(|| path.display().to_string()), text)
}

/// Reads the headers of the revisions in a binary, in the order they were put there.
///
/// # Errors
///
/// The first header at fault.
pub fn read_embedded(files: &'static [EmbeddedFile]) -> Result<Vec<Arc<Revision>>, RevisionError> {
    let read = |file: &EmbeddedFile| {
        let source = Source::of_program(file.path, without_mark(file.text));
        Ok(Arc::new(Revision {
            header: header::parse(&source)?,
            file: RevisionFile::Embedded(*file),
        }))
    };
    parallel::map(files, read).into_iter().collect()
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
            let source = source(path, decode(path, bytes)?);
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
pub(super) fn is_visible(name: &str) -> bool {
    !name.starts_with(['.', '#', '~'])
}

/// Whether a visible name is that of a revision file.
pub(crate) fn is_revision_name(name: &str) -> bool {
    is_visible(name) && name.ends_with(".sql")
}

/// What has been reached.
#[derive(Default)]
struct Found {
    /// By their real paths.
    directories: HashSet<PathBuf>,
    /// In load order.
    files: Vec<FoundFile>,
    /// How many entries of directories were listed.
    listed: usize,
    /// Whether one of the files is a link: without links none is reached twice.
    has_links: bool,
}

/// A revision file that has been reached.
struct FoundFile {
    path: PathBuf,
    /// Its place among all that the system listed.
    listed: usize,
}

/// An entry of a directory.
struct Entry {
    name: OsString,
    kind: FileType,
    /// Its place among all that the system listed.
    listed: usize,
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

impl Found {
    /// Gathers the revision files of a directory and of those below it.
    fn collect(&mut self, directory: &Path) -> Result<(), RevisionError> {
        let real = fs::canonicalize(directory).map_err(unreadable(directory))?;
        if !self.directories.insert(real) {
            return Ok(());
        }
        let mut entries = Vec::new();
        for entry in fs::read_dir(directory).map_err(unreadable(directory))? {
            let entry = entry.map_err(unreadable(directory))?;
            entries.push(Entry {
                name: entry.file_name(),
                kind: entry.file_type().map_err(unreadable(directory))?,
                listed: self.listed,
            });
            self.listed += 1;
        }
        entries.sort_unstable_by(|one, other| one.name.cmp(&other.name));
        for entry in entries {
            let length = directory.as_os_str().len() + 1 + entry.name.len();
            let mut path = PathBuf::with_capacity(length);
            path.push(directory);
            path.push(&entry.name);
            self.enter(path, &entry)?;
        }
        Ok(())
    }

    fn enter(&mut self, path: PathBuf, entry: &Entry) -> Result<(), RevisionError> {
        let name = entry.name.to_string_lossy();
        if !is_visible(&name) {
            return Ok(());
        }
        let mut kind = entry.kind;
        if kind.is_symlink() {
            if !is_revision_name(&name) && !path.is_dir() {
                return Ok(());
            }
            kind = fs::metadata(&path).map_err(unreadable(&path))?.file_type();
            self.has_links |= kind.is_file();
        }
        if kind.is_dir() {
            self.collect(&path)?;
        } else if kind.is_file() && is_revision_name(&name) {
            let listed = entry.listed;
            self.files.push(FoundFile { path, listed });
        }
        Ok(())
    }

    /// The files, each where it was reached first.
    fn without_repeats(self) -> Result<Vec<FoundFile>, RevisionError> {
        if !self.has_links {
            return Ok(self.files);
        }
        let mut seen = HashSet::new();
        let mut files = Vec::new();
        for file in self.files {
            let path = &file.path;
            if seen.insert(fs::canonicalize(path).map_err(unreadable(path))?) {
                files.push(file);
            }
        }
        Ok(files)
    }
}

/// What the first blocks of a file hold.
struct Beginning {
    bytes: Vec<u8>,
    /// How many of them are the header, with the line that ends it; none when they are the whole file.
    header: Option<usize>,
}

/// Reads a file at least up to the end of the line that ends its header.
fn read_beginning(path: &Path) -> io::Result<Beginning> {
    let file = File::open(path)?;
    let mut bytes = Vec::with_capacity(BLOCK);
    let mut lines = Lines::default();
    loop {
        let count = (&file).take(BLOCK as u64).read_to_end(&mut bytes)?;
        if count < BLOCK {
            bytes.shrink_to_fit();
            let header = None;
            return Ok(Beginning { bytes, header });
        }
        if let header @ Some(_) = lines.end_of_header(&bytes) {
            return Ok(Beginning { bytes, header });
        }
    }
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
    let path = path.to_owned();
    |source| RevisionError::Unreadable { path, source }
}
