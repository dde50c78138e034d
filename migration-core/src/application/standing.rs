//! How database and revisions stand to each other.

use std::collections::HashMap;
use std::sync::Arc;

use crate::database::{self, Connection, DatabaseError};
use crate::dialect::Ledger;
use crate::graph::{ResolveError, RevisionGraph};
use crate::parallel;
use crate::program;
use crate::revision::{Revision, RevisionId, digest, half_sum, read_script, read_text, split};
use crate::status::{self, Entry, Facts, Records, State, Text};
use crate::text::Source;

/// How a database stands to the revisions of its component.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Standing {
    /// Everything is applied.
    AtHead,
    /// Something is not applied yet.
    Behind {
        /// The revisions that `upgrade heads` would apply, in that order.
        missing: Vec<RevisionId>,
    },
    /// The database has revisions that this program does not know: a newer release of the component
    /// has upgraded it, or it is another component's.
    Ahead {
        /// These revisions.
        unknown: Vec<RevisionId>,
    },
}

/// The state of every revision.
pub(crate) fn entries(
    graph: &RevisionGraph,
    rows: &[RevisionId],
    records: &Records,
    program: &str,
) -> Result<Vec<Entry>, ResolveError> {
    status::compare(&facts(graph, rows, records, program)?)
}

/// The applied revisions that were edited since.
pub(crate) fn edited(
    graph: &RevisionGraph,
    rows: &[RevisionId],
    records: &Records,
    program: &str,
) -> Result<Vec<Entry>, ResolveError> {
    Ok(status::edited(&facts(graph, rows, records, program)?))
}

/// Takes those for applied whose edits are of what other engines run, which the text tells that the
/// ledger kept.
pub(crate) fn settle(
    connection: &mut dyn Connection,
    ledger: &Ledger,
    graph: &RevisionGraph,
    entries: &mut [Entry],
) -> Result<(), DatabaseError> {
    let dialect = connection.dialect();
    let kept = |entry: &Entry| match (&entry.text, &entry.record) {
        (Some(Text::Checksum(_)), Some(record)) if entry.state == State::Edited => record.text_row,
        (_, _) => None,
    };
    let wanted: Vec<i64> = entries.iter().filter_map(kept).collect();
    let rows = database::ledger_rows_among(connection, ledger, &wanted)?;
    for entry in entries {
        let row = kept(entry).and_then(|number| rows.iter().find(|row| row.id == number));
        let now = graph.get(entry.id.as_str()).map(read_script);
        if let (Some(row), Some(Ok(now))) = (row, now)
            && status::asks_what_it_did(dialect, row, &now)
        {
            entry.state = State::Applied;
            entry.is_edited_elsewhere = true;
        }
    }
    Ok(())
}

/// What the ledger says of a database with these version rows when none of the applied revisions is
/// edited and nothing is unfinished; `digests` has those that need not be taken from the files. None
/// when a text cannot be read, or a row is nobody's.
pub(crate) fn seal(
    graph: &RevisionGraph,
    rows: &[RevisionId],
    digests: &HashMap<&RevisionId, [u8; 16]>,
) -> Option<String> {
    let applied = graph.applied(rows).ok()?;
    let take = |revision: &&Revision| {
        let known = digests.get(revision.id()).copied();
        let known = known.or_else(|| revision.file.known_digest());
        known.or_else(|| read_text(revision).ok().map(|source| half_sum(&source)))
    };
    let taken = match applied.iter().all(|it| it.file.is_at_hand()) {
        true => parallel::map_quick(&applied, take),
        false => parallel::map(&applied, take),
    };
    let taken: Vec<[u8; 16]> = taken.into_iter().collect::<Option<_>>()?;
    let ids = applied.iter().map(|it| it.id());
    Some(status::seal(rows, ids.zip(taken)))
}

fn facts<'a>(
    graph: &'a RevisionGraph,
    rows: &'a [RevisionId],
    records: &'a Records,
    program: &'a str,
) -> Result<Facts<'a>, ResolveError> {
    let applied = status::applied(graph, rows, records)?;
    Ok(Facts {
        graph,
        rows,
        records,
        texts: texts(graph, &applied, records),
        applied,
        program,
    })
}

/// What the applied revisions of which the ledger has a checksum say now.
fn texts(
    graph: &RevisionGraph,
    applied: &[RevisionId],
    records: &Records,
) -> HashMap<RevisionId, Text> {
    let revisions = status::recorded(graph, applied, records);
    let texts = parallel::map(&revisions, |revision| text(revision, records));
    let ids = revisions.into_iter().map(|revision| revision.id().clone());
    ids.zip(texts).collect()
}

/// What a revision says now. Where its file is the one that was applied, byte for byte, the ledger
/// knows: to read the text for its meaning takes longer than all the rest of a run that has nothing
/// to do. A text that cannot be read is no reason to stop: it is applied.
fn text(revision: &Revision, records: &Records) -> Text {
    let source = match read_text(revision) {
        Ok(source) => source,
        Err(error) => return Text::Faulty(error.to_string()),
    };
    let record = records.get(revision.id());
    let same = record.filter(|it| it.digest.as_ref().is_some_and(|it| *it == digest(&source)));
    if let Some(checksum) = same.and_then(|record| record.checksum.clone()) {
        return Text::Checksum(checksum);
    }
    match meaning(&source) {
        Ok(checksum) => Text::Checksum(checksum),
        Err(error) => Text::Faulty(error),
    }
}

fn meaning(source: &Arc<Source>) -> Result<String, String> {
    let script = split(source).map_err(|error| error.to_string())?;
    program::checksum(&script).map_err(|error| error.to_string())
}
