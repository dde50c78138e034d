//! How database and revisions stand to each other.

use std::collections::HashMap;

use crate::graph::{ResolveError, RevisionGraph};
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
    let revisions = status::recorded(graph, rows, records)?;
    let texts: HashMap<RevisionId, Text> = revisions
        .into_iter()
        .map(|revision| (revision.id().clone(), text(revision)))
        .collect();
    status::compare(&Facts {
        graph,
        rows,
        records,
        texts: &texts,
        program,
    })
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
