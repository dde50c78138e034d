//! How database and revisions stand to each other.

use std::collections::HashMap;

use crate::graph::{ResolveError, RevisionGraph};
use crate::parallel;
use crate::program;
use crate::revision::{Revision, RevisionId, read_script};
use crate::status::{self, Entry, Facts, Records, Text};

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
    let texts = parallel::map(&revisions, |revision| text(revision));
    let ids = revisions.into_iter().map(|revision| revision.id().clone());
    ids.zip(texts).collect()
}

/// A text that cannot be read is no reason to stop: it is applied.
fn text(revision: &Revision) -> Text {
    let script = match read_script(revision) {
        Ok(script) => script,
        Err(error) => return Text::Faulty(error.to_string()),
    };
    match program::checksum(&script) {
        Ok(checksum) => Text::Checksum(checksum),
        Err(error) => Text::Faulty(error.to_string()),
    }
}
