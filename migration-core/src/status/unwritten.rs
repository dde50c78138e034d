//! Revisions that were applied before anybody wrote what they do.

use crate::revision::{Revision, RevisionError, read_script};

/// Whether the upgrade section holds nothing, not even a comment that says so, in a revision that
/// does not exist to join others.
///
/// # Errors
///
/// A file that cannot be read.
pub fn is_unwritten(revision: &Revision) -> Result<bool, RevisionError> {
    let header = &revision.header;
    if header.revises.len() > 1 || !header.depends_on.is_empty() {
        return Ok(false);
    }
    let script = read_script(revision)?;
    Ok(script.source.slice(script.upgrade).trim().is_empty())
}
