//! Writing the files of a measurement.
#![expect(clippy::disallowed_methods, reason = "the harness writes files")]

use std::fs;
use std::path::{Path, PathBuf};

use crate::failure::{Failure, at};

/// Makes an empty directory, whatever there was before.
pub(crate) fn clear(directory: &Path) -> Result<(), Failure> {
    if directory.exists() {
        fs::remove_dir_all(directory).map_err(at(directory))?;
    }
    fs::create_dir_all(directory).map_err(at(directory))
}

/// Puts a copy of a program into a directory, as a package does, and returns where it is. What a
/// linker has written is mapped page by page as long as it is in the system's cache, and starts by a
/// millisecond later.
pub(crate) fn install(program: &Path, directory: &Path) -> Result<PathBuf, Failure> {
    let installed = directory.join(program.file_name().unwrap_or_default());
    fs::create_dir_all(directory).map_err(at(directory))?;
    if installed.exists() {
        // One that runs cannot be written, but replaced.
        fs::remove_file(&installed).map_err(at(&installed))?;
    }
    fs::copy(program, &installed).map_err(at(program))?;
    Ok(installed)
}

/// Writes a file, and the directories above it, unless it has that text already: what is built
/// from it is not built again then.
pub(crate) fn put(path: &Path, text: &str) -> Result<(), Failure> {
    if fs::read(path).is_ok_and(|old| old == text.as_bytes()) {
        return Ok(());
    }
    let directory = path.parent().unwrap_or(Path::new(""));
    fs::create_dir_all(directory).map_err(at(directory))?;
    fs::write(path, text).map_err(at(path))
}
