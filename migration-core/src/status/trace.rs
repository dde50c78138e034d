//! What the ledger tells of a version row that no revision here has.

use std::collections::HashSet;

use super::{Mark, Records};
use crate::diagnostic::quoted;
use crate::graph::RevisionGraph;
use crate::plan;
use crate::revision::{Revision, RevisionFile, RevisionId};

/// Where such a row comes from.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Trace {
    /// Who applied it; none when the ledger does not know it.
    pub mark: Option<Mark>,
    /// Whether it was the program that asks.
    pub is_ours: bool,
    /// Whether nothing of here is applied.
    pub is_apart: bool,
    /// The revisions here that it follows, as far as the ledger kept it; none when it begins a
    /// history, or when that is not known.
    pub follows: Vec<RevisionId>,
    /// The labels of the branch it belongs to.
    pub labels: Vec<String>,
    /// The arguments of a downgrade that takes away it and all others of its kind, and nothing
    /// else, planned for.
    pub undo: Option<String>,
}

/// Whether revisions are here and none of them is applied, while something else is.
pub fn is_apart(graph: &RevisionGraph, rows: &[RevisionId]) -> bool {
    let is_here = |it: &Revision| !matches!(it.file, RevisionFile::Kept(_));
    let known: Vec<RevisionId> = rows
        .iter()
        .filter(|row| graph.get(row.as_str()).is_some())
        .cloned()
        .collect();
    let applied = graph.ancestors(&known).unwrap_or_default();
    let mut applied = applied.iter().filter_map(|id| graph.get(id.as_str()));
    !rows.is_empty() && graph.iter().any(is_here) && !applied.any(is_here)
}

/// Finds out where a row comes from. `graph` holds the revisions that only the ledger has, too.
pub fn trace(
    row: &RevisionId,
    graph: &RevisionGraph,
    rows: &[RevisionId],
    (records, program): (&Records, &str),
) -> Trace {
    let record = records.get(row);
    let mut trace = Trace {
        mark: record.and_then(|record| record.applied.as_deref().cloned()),
        is_ours: record.is_some_and(|record| record.is_of(program)),
        is_apart: is_apart(graph, rows),
        ..Trace::default()
    };
    if let Some(revision) = graph.get(row.as_str()) {
        trace.follows = follows(graph, revision);
        trace.labels = graph.labels(row.as_str()).to_vec();
        trace.undo = undo(graph, rows);
    }
    trace
}

/// The nearest revisions below that have files.
fn follows(graph: &RevisionGraph, revision: &Revision) -> Vec<RevisionId> {
    let mut found = Vec::new();
    let mut todo = vec![revision];
    let mut seen = HashSet::new();
    while let Some(revision) = todo.pop() {
        let parents = revision.header.revises.iter();
        for parent in parents.filter_map(|id| graph.get(id.as_str())) {
            if !seen.insert(parent.id()) {
                continue;
            }
            match parent.file {
                RevisionFile::Kept(_) => todo.push(parent),
                RevisionFile::Disk(_) | RevisionFile::Embedded(_) => {
                    found.push(parent.id().clone());
                }
            }
        }
    }
    found
}

/// The arguments of a downgrade that takes away exactly the revisions whose files are gone.
pub fn undo(graph: &RevisionGraph, rows: &[RevisionId]) -> Option<String> {
    let is_gone = |revision: &&Revision| matches!(revision.file, RevisionFile::Kept(_));
    let gone: Vec<&Revision> = graph.iter().filter(is_gone).collect();
    let wanted: HashSet<&RevisionId> = gone.iter().map(|revision| revision.id()).collect();
    let mut below: Vec<String> = Vec::new();
    for id in gone.iter().flat_map(|revision| follows(graph, revision)) {
        if !below.contains(&id.to_string()) {
            below.push(id.to_string());
        }
    }
    let begins = gone
        .iter()
        .any(|revision| revision.header.revises.is_empty());
    let stays = if begins || below.is_empty() {
        vec!["base".to_owned()]
    } else {
        below
    };
    let counted = rows
        .iter()
        .filter(|row| wanted.contains(row))
        .map(|row| vec![format!("{row}@-{}", wanted.len())]);
    let leads_there = |targets: &Vec<String>| {
        let targets: Vec<&str> = targets.iter().map(String::as_str).collect();
        let Ok(plan) = plan::downgrade(graph, rows, &targets) else {
            return false;
        };
        let taken: HashSet<&RevisionId> = plan.revisions().collect();
        taken == wanted
    };
    let ways = std::iter::once(stays).chain(counted);
    let way = ways.into_iter().find(leads_there)?;
    Some(way.join(" "))
}

impl Trace {
    /// What a person should know before the advice, a line each.
    pub fn notes(&self) -> Vec<String> {
        let Some(mark) = &self.mark else {
            return Vec::new();
        };
        let done = match mark.direction.as_str() {
            "stamp" => "stamped",
            _ => "applied",
        };
        let mut notes = vec![format!(
            "the ledger knows it: \"{}\", {done} {}",
            mark.message,
            mark.words()
        )];
        let mut place = Vec::new();
        if !self.follows.is_empty() {
            place.push(format!("follows {}", quoted(&self.follows)));
        }
        if !self.labels.is_empty() {
            place.push(format!("belongs to branch {}", quoted(&self.labels)));
        }
        if !place.is_empty() {
            notes.push(format!("it {}", place.join(" and ")));
        }
        notes
    }
}
