//! Revisions that were applied before anybody wrote what they do.

use super::{Entry, State};
use crate::graph::RevisionGraph;
use crate::plan;
use crate::revision::{Revision, RevisionError, RevisionId, read_script};

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

/// The arguments of a stamp after which an upgrade runs an edited revision as it is now, and nothing
/// else; none when something of it ran, or when others were applied on top of it.
pub fn run_anew(graph: &RevisionGraph, rows: &[RevisionId], entry: &Entry) -> Option<String> {
    let is_idle = entry.record.as_ref().is_some_and(|record| record.is_idle);
    if entry.state != State::Edited || !is_idle {
        return None;
    }
    let revision = graph.get(entry.id.as_str())?;
    let parents = revision.header.revises.iter().map(ToString::to_string);
    let mut parents: Vec<String> = parents.collect();
    if parents.is_empty() {
        // It may begin one branch of several.
        parents.push(match rows {
            [_] => "base".to_owned(),
            _ => format!("{}@base", entry.id),
        });
    }
    let mut before = rows.to_vec();
    before.sort_unstable();
    let targets: Vec<&str> = parents.iter().map(String::as_str).collect();
    let stamped = plan::stamp(graph, rows, &targets, false).ok()?;
    let again = plan::upgrade(graph, &stamped.to, &[entry.id.as_str()]).ok()?;
    (again.steps.len() == 1 && again.to == before).then(|| parents.join(" "))
}
