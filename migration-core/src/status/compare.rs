//! The state of every revision.

use std::collections::{HashMap, HashSet};

use super::{Entry, Record, Records, State};
use crate::graph::{ResolveError, RevisionGraph};
use crate::revision::{Revision, RevisionFile, RevisionId};

/// What is compared.
#[derive(Debug, Clone)]
pub struct Facts<'a> {
    /// The revisions, those included that only the ledger has.
    pub graph: &'a RevisionGraph,
    /// The version rows.
    pub rows: &'a [RevisionId],
    /// The revisions that are [`applied`].
    pub applied: Vec<RevisionId>,
    /// What the ledger knows.
    pub records: &'a Records,
    /// The texts of the revisions that [`recorded`] names.
    pub texts: HashMap<RevisionId, Text>,
    /// The name of the program that asks.
    pub program: &'a str,
}

/// A revision's text now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Text {
    /// Its semantic checksum.
    Checksum(String),
    /// It cannot be read, for this reason.
    Faulty(String),
}

/// Those of the applied revisions of which the ledger has a checksum that can be compared with a
/// file.
pub fn recorded<'a>(
    graph: &'a RevisionGraph,
    applied: &[RevisionId],
    records: &Records,
) -> Vec<&'a Revision> {
    let has_checksum = |id: &&RevisionId| {
        let record = records.get(id);
        record.is_some_and(|record| record.checksum.is_some())
    };
    let revisions = applied.iter().filter(has_checksum);
    let revisions = revisions.filter_map(|id| graph.get(id.as_str()));
    revisions.filter(|revision| !is_gone(revision)).collect()
}

/// Says of every revision what it is to the database: parents before children, then those that were
/// begun and have no file, and the rows that no revision has.
///
/// # Errors
///
/// None for rows that the graph knows; others are unknown revisions.
pub fn compare(facts: &Facts<'_>) -> Result<Vec<Entry>, ResolveError> {
    let graph = facts.graph;
    let applied: HashSet<&RevisionId> = facts.applied.iter().collect();
    let all = graph.ancestors(&graph.heads())?;
    let revisions = all.iter().filter_map(|id| graph.get(id.as_str()));
    let state = |revision: &Revision| state(facts, revision, applied.contains(revision.id()));
    let mut entries: Vec<Entry> = revisions
        .map(|revision| entry(facts, revision, state(revision)))
        .collect();
    let begun = facts.records.unfinished().into_iter().map(|(id, _)| id);
    let begun = begun.filter(|id| !is_known(graph, id) && !facts.rows.contains(id));
    entries.extend(begun.map(|id| stranger(facts, id)));
    let strangers = facts.rows.iter().filter(|row| !is_known(graph, row));
    entries.extend(strangers.map(|row| stranger(facts, row)));
    Ok(entries)
}

/// The applied revisions whose texts mean something else now, on whatever engine: parents before
/// children.
pub fn edited(facts: &Facts<'_>) -> Vec<Entry> {
    let applied = facts.applied.iter();
    let revisions = applied.filter_map(|id| facts.graph.get(id.as_str()));
    let edited = revisions.filter(|it| state(facts, it, true) == State::Edited);
    edited.map(|it| entry(facts, it, State::Edited)).collect()
}

fn entry(facts: &Facts<'_>, revision: &Revision, state: State) -> Entry {
    let id = revision.id();
    Entry {
        id: id.clone(),
        state,
        message: revision.header.message.clone(),
        record: facts.records.get(id).cloned(),
        text: facts.texts.get(id).cloned(),
        is_edited_elsewhere: false,
    }
}

fn state(facts: &Facts<'_>, revision: &Revision, is_applied: bool) -> State {
    let id = revision.id();
    let record = facts.records.get(id);
    let text = facts.texts.get(id);
    if record.is_some_and(|record| record.unfinished.is_some()) {
        State::Unfinished
    } else if !is_applied {
        State::Pending
    } else if is_gone(revision) {
        State::Missing
    } else if record.is_some_and(|record| is_edited(record, text)) {
        State::Edited
    } else {
        State::Applied
    }
}

fn is_edited(record: &Record, text: Option<&Text>) -> bool {
    match (text, &record.checksum) {
        (Some(Text::Checksum(now)), Some(then)) => now != then,
        (Some(Text::Faulty(_)), Some(_)) => true,
        (Some(_), None) | (None, _) => false,
    }
}

/// A row, or a revision that was begun, that no revision here is.
fn stranger(facts: &Facts<'_>, row: &RevisionId) -> Entry {
    let record = facts.records.get(row);
    let state = match record {
        Some(record) if record.unfinished.is_some() => State::Unfinished,
        Some(record) if record.is_of(facts.program) => State::Missing,
        Some(_) | None => State::Unknown,
    };
    let applied = record.and_then(|record| record.applied.as_deref());
    let begun = record.and_then(|record| record.unfinished.as_deref());
    let mark = applied.or(begun.map(|it| &it.mark));
    Entry {
        id: row.clone(),
        state,
        message: mark.map(|mark| mark.message.clone()).unwrap_or_default(),
        record: record.cloned(),
        text: None,
        is_edited_elsewhere: false,
    }
}

/// The applied revisions, parents before children. Below a row that nobody can place there may be
/// others: of these the ledger is believed.
///
/// # Errors
///
/// None for rows that the graph knows; others are left out.
pub fn applied(
    graph: &RevisionGraph,
    rows: &[RevisionId],
    records: &Records,
) -> Result<Vec<RevisionId>, ResolveError> {
    let (mut known, strangers): (Vec<RevisionId>, Vec<RevisionId>) =
        rows.iter().cloned().partition(|row| is_known(graph, row));
    if !strangers.is_empty() {
        let ids = graph.iter().map(Revision::id);
        known.extend(ids.filter(|id| records.says_applied(id)).cloned());
    }
    graph.ancestors(&known)
}

fn is_known(graph: &RevisionGraph, row: &RevisionId) -> bool {
    graph.get(row.as_str()).is_some()
}

fn is_gone(revision: &Revision) -> bool {
    matches!(revision.file, RevisionFile::Kept(_))
}
