//! The texts that people read: `README.md` and the pages below `docs/`.
#![expect(clippy::disallowed_methods, reason = "documents are listed")]

use std::fs;
use std::path::{Path, PathBuf};

use crate::command::root;

/// `README.md`, and every page below `docs/`.
pub fn all() -> Vec<PathBuf> {
    let mut found = vec![root().join("README.md")];
    found.extend(below(&root().join("docs")));
    found
}

/// Every page below a directory, in order.
///
/// # Panics
///
/// When there is no such directory.
pub fn below(directory: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(directory).expect("the directory can be listed") {
        let path = entry.expect("an entry can be read").path();
        if path.is_dir() {
            found.extend(below(&path));
        } else if path.extension().is_some_and(|extension| extension == "md") {
            found.push(path);
        }
    }
    found.sort();
    found
}
