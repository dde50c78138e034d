//! Finds the revision files of directories.
#![expect(
    clippy::disallowed_methods,
    reason = "this is the boundary between revisions and the file system"
)]

use std::collections::HashSet;
use std::ffi::{OsStr, OsString};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::rc::Rc;

use super::{RevisionError, is_revision_name, is_visible, unreadable};
use crate::parallel::Queue;

/// Gives the path of every revision file to those who read them, as soon as the system has listed it.
/// Returns the place in the queue of each that counts, in load order.
pub(super) fn revision_files(
    directories: &[PathBuf],
    queue: &mut Queue<'_, PathBuf>,
) -> Result<Vec<usize>, RevisionError> {
    let mut found = Found::default();
    for directory in directories {
        check_directory(directory)?;
        found.collect(directory, queue)?;
    }
    found.without_repeats()
}

/// What has been reached.
#[derive(Default)]
struct Found {
    /// By their real paths.
    directories: HashSet<PathBuf>,
    /// In load order.
    files: Vec<FoundFile>,
    /// Whether one of the files is a link: without links none is reached twice.
    has_links: bool,
}

/// A revision file that has been reached.
struct FoundFile {
    directory: Rc<Path>,
    name: OsString,
    /// Its place in the queue.
    place: usize,
}

/// An entry of a directory that may be a revision file, or lead to some.
struct Entry {
    name: OsString,
    /// Its place in the queue, when it is a file.
    place: Option<usize>,
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
    fn collect(
        &mut self,
        directory: &Path,
        queue: &mut Queue<'_, PathBuf>,
    ) -> Result<(), RevisionError> {
        let real = fs::canonicalize(directory).map_err(unreadable(directory))?;
        if !self.directories.insert(real) {
            return Ok(());
        }
        let mut entries = Vec::new();
        for entry in fs::read_dir(directory).map_err(unreadable(directory))? {
            let entry = entry.map_err(unreadable(directory))?;
            let name = entry.file_name();
            let kind = entry.file_type().map_err(unreadable(directory))?;
            let is_wanted = match kind.is_file() {
                true => is_revision_name(&name),
                false => is_visible(&name),
            };
            if is_wanted {
                let place = kind.is_file().then(|| queue.push(joined(directory, &name)));
                entries.push(Entry { name, place });
            }
        }
        entries.sort_unstable_by(|one, other| one.name.cmp(&other.name));
        let directory = Rc::from(directory);
        for Entry { name, place } in entries {
            match place {
                Some(place) => self.add(&directory, name, place),
                None => self.enter(&directory, name, queue)?,
            }
        }
        Ok(())
    }

    fn add(&mut self, directory: &Rc<Path>, name: OsString, place: usize) {
        self.files.push(FoundFile {
            directory: Rc::clone(directory),
            name,
            place,
        });
    }

    /// Follows what is no file: a directory, or a link to one or to a file.
    fn enter(
        &mut self,
        directory: &Rc<Path>,
        name: OsString,
        queue: &mut Queue<'_, PathBuf>,
    ) -> Result<(), RevisionError> {
        let path = joined(directory, &name);
        let is_named_so = is_revision_name(&name);
        if !is_named_so && !path.is_dir() {
            return Ok(());
        }
        let kind = fs::metadata(&path).map_err(unreadable(&path))?.file_type();
        if kind.is_dir() {
            return self.collect(&path, queue);
        }
        if kind.is_file() && is_named_so {
            self.has_links = true;
            let place = queue.push(path);
            self.add(directory, name, place);
        }
        Ok(())
    }

    /// The places of the files, each where it was reached first.
    fn without_repeats(self) -> Result<Vec<usize>, RevisionError> {
        let mut seen = HashSet::new();
        let mut places = Vec::with_capacity(self.files.len());
        for file in self.files {
            if self.has_links {
                let path = joined(&file.directory, &file.name);
                if !seen.insert(fs::canonicalize(&path).map_err(unreadable(&path))?) {
                    continue;
                }
            }
            places.push(file.place);
        }
        Ok(places)
    }
}

/// A path of exactly the length that it needs: it is kept.
fn joined(directory: &Path, name: &OsStr) -> PathBuf {
    let mut path = PathBuf::with_capacity(directory.as_os_str().len() + 1 + name.len());
    path.push(directory);
    path.push(name);
    path
}
