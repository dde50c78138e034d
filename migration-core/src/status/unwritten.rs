//! Revisions that are applied before anybody wrote what they do, or undone before anybody wrote how.

use crate::revision::{Revision, RevisionError, read_script};
use crate::sql::passages;

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

/// Whether the downgrade section holds nothing, not even a comment that says so, though the upgrade
/// section holds more than comments.
///
/// # Errors
///
/// A file that cannot be read.
pub fn undoes_nothing(revision: &Revision) -> Result<bool, RevisionError> {
    let script = read_script(revision)?;
    let is_empty = |span| script.source.slice(span).trim().is_empty();
    Ok(script.downgrade.is_some_and(is_empty)
        && !passages(&script.source, script.upgrade).is_empty())
}
