//! The files that commands write: whole or not at all, and never over another.
#![expect(
    clippy::disallowed_methods,
    reason = "commands that make files write them here"
)]

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::error::CliError;
use super::models_error::ModelsError;
use crate::diagnostic::quoted_some;

/// The path from the root, without looking at what is there.
pub(super) fn absolute(path: &Path) -> Result<PathBuf, CliError> {
    std::path::absolute(path)
        .map(|path| plain(&path))
        .map_err(|source| cannot_write(path, source))
}

/// The text of a models file.
pub(super) fn read(path: &Path) -> Result<String, ModelsError> {
    fs::read_to_string(path).map_err(|source| ModelsError::ModelsUnreadable {
        path: path.to_owned(),
        source,
    })
}

/// A path as people know it: from the working directory, when it is below.
pub(super) fn shown(path: &Path) -> String {
    let path = plain(path);
    let here = std::env::current_dir().ok();
    let below = here.and_then(|here| path.strip_prefix(here).ok().map(Path::to_owned));
    below.unwrap_or(path).display().to_string()
}

/// The manifest of the workspace that a directory is in, or would be.
pub(super) fn workspace_above(directory: &Path) -> Option<PathBuf> {
    let manifests = directory.ancestors().skip(1);
    let mut manifests = manifests.map(|above| above.join("Cargo.toml"));
    manifests.find(|path| {
        let text = fs::read_to_string(path).unwrap_or_default();
        text.lines().any(|line| line.trim() == "[workspace]")
    })
}

/// What is in a directory, or that it is a file, in words; none when there is nothing.
pub(super) fn occupants(path: &Path) -> Result<Option<String>, CliError> {
    const SHOWN: usize = 3;
    let entries = match fs::read_dir(path) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) if error.kind() == io::ErrorKind::NotADirectory => {
            return Ok(Some("it is a file".to_owned()));
        }
        Err(source) => return Err(cannot_write(path, source)),
    };
    let mut names: Vec<String> = entries
        .flatten()
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    Ok((!names.is_empty()).then(|| format!("it holds {}", quoted_some(&names, SHOWN))))
}

/// What a command makes; taken away again unless it is kept.
#[derive(Debug, Default)]
pub(super) struct Making {
    made: Vec<PathBuf>,
}

impl Making {
    /// Makes a directory and those above it; false when it is there.
    pub(super) fn directory(&mut self, path: &Path) -> Result<bool, CliError> {
        let missing: Vec<&Path> = path
            .ancestors()
            .take_while(|it| !it.as_os_str().is_empty() && !it.is_dir())
            .collect();
        for directory in missing.iter().rev() {
            match fs::create_dir(directory) {
                Ok(()) => self.made.push(directory.to_path_buf()),
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
                Err(source) => return Err(cannot_write(directory, source)),
            }
        }
        Ok(!missing.is_empty())
    }

    /// Writes a file that is not there yet, whole or not at all; false when it is there.
    pub(super) fn file(&mut self, path: &Path, text: &str) -> Result<bool, CliError> {
        self.file_by(&builder(), path, text)
    }

    /// The same for a file that only its owner may read, since a password belongs into it.
    pub(super) fn private_file(&mut self, path: &Path, text: &str) -> Result<bool, CliError> {
        let mut private = tempfile::Builder::new();
        private.prefix(PREFIX);
        self.file_by(&private, path, text)
    }

    fn file_by(
        &mut self,
        builder: &tempfile::Builder<'_, '_>,
        path: &Path,
        text: &str,
    ) -> Result<bool, CliError> {
        let directory = path.parent().unwrap_or(Path::new("."));
        self.directory(directory)?;
        let written = builder
            .tempfile_in(directory)
            .and_then(|mut file| {
                file.write_all(text.as_bytes())?;
                // A full disk may show only when the file is really written.
                file.as_file().sync_all()?;
                Ok(file)
            })
            .map_err(|source| cannot_write(path, source))?;
        match written.persist_noclobber(path) {
            Ok(_) => {
                self.made.push(path.to_owned());
                Ok(true)
            }
            Err(error) if error.error.kind() == io::ErrorKind::AlreadyExists => Ok(false),
            Err(error) => Err(cannot_write(path, error.error)),
        }
    }

    /// Makes a directory and those above it, unless they are there, and keeps them.
    pub(super) fn make(path: &Path) -> Result<(), CliError> {
        let mut making = Self::default();
        making.directory(path)?;
        making.keep();
        Ok(())
    }

    /// Everything is there.
    pub(super) fn keep(mut self) {
        self.made.clear();
    }
}

impl Drop for Making {
    fn drop(&mut self) {
        for path in self.made.iter().rev() {
            // What somebody put into a directory meanwhile keeps it.
            let _ = if path.is_dir() {
                fs::remove_dir(path)
            } else {
                fs::remove_file(path)
            };
        }
    }
}

/// Makes sure that the directory of a file is there.
pub(super) fn check_directory(path: &Path) -> Result<(), CliError> {
    let Some(parent) = path.parent().filter(|it| *it != Path::new("")) else {
        return Ok(());
    };
    match fs::metadata(parent) {
        Ok(found) if found.is_dir() => Ok(()),
        Ok(_) => Err(cannot_write(path, io::ErrorKind::NotADirectory.into())),
        Err(source) => Err(cannot_write(path, source)),
    }
}

/// Writes a file in the place of one that may be there, whole or not at all.
pub(super) fn replace(path: &Path, text: &str) -> Result<(), CliError> {
    let directory = match path.parent() {
        Some(parent) if parent != Path::new("") => parent,
        _ => Path::new("."),
    };
    fs::create_dir_all(directory).map_err(|source| cannot_write(path, source))?;
    let written = builder()
        .tempfile_in(directory)
        .and_then(|mut file| file.write_all(text.as_bytes()).map(|()| file))
        .map_err(|source| cannot_write(path, source))?;
    let persisted = written.persist(path);
    persisted.map_err(|error| cannot_write(path, error.error))?;
    Ok(())
}

/// The files of a directory with one extension, in order of name, with their texts.
pub(super) fn read_all(
    directory: &Path,
    extension: &str,
) -> Result<Vec<(PathBuf, String)>, CliError> {
    let cannot_read = |path: &Path, source| CliError::CannotRead {
        path: path.to_owned(),
        source,
    };
    let entries = fs::read_dir(directory).map_err(|source| cannot_read(directory, source))?;
    let mut found = Vec::new();
    for entry in entries {
        let path = entry
            .map_err(|source| cannot_read(directory, source))?
            .path();
        if path.extension().is_some_and(|it| it == extension) {
            let text = fs::read_to_string(&path).map_err(|source| cannot_read(&path, source))?;
            found.push((path, text));
        }
    }
    found.sort_unstable();
    Ok(found)
}

/// A temporary file with the permissions of an ordinary one.
/// What the names of files begin with that are not complete.
const PREFIX: &str = ".migrate-";

fn builder() -> tempfile::Builder<'static, 'static> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(PREFIX);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        builder.permissions(fs::Permissions::from_mode(0o666));
    }
    builder
}

/// Takes `x/..` and `.` out of a path, by its words alone.
fn plain(path: &Path) -> PathBuf {
    use std::path::Component;
    let mut found = PathBuf::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir => {
                found.pop();
            }
            Component::Prefix(_) | Component::RootDir | Component::Normal(_) => found.push(part),
        }
    }
    found
}

fn cannot_write(path: &Path, source: io::Error) -> CliError {
    CliError::CannotWrite {
        path: path.to_owned(),
        source,
    }
}
