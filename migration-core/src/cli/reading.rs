//! Reads the revisions in a thread of its own, while a database is asked.

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::Arc;

use crate::application::{self, Component};
use crate::graph::{self, GraphError, RevisionGraph};
use crate::revision::{Revision, RevisionError, RevisionId};

/// What is wanted of the revisions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Wanted {
    /// The graph, and no text.
    Headers,
    /// What they are: others may be added before they are a graph.
    Revisions,
    /// Their graph.
    Graph,
    /// Their graph, and how a database at the heads is sealed: a run that has nothing to do then needs
    /// no more than what the database says.
    Seal,
}

/// What was read.
pub(super) enum Found {
    Revisions(Vec<Arc<Revision>>),
    Graph(Box<Result<Made, GraphError>>),
}

/// What was made of the revisions.
pub(super) struct Made {
    pub graph: RevisionGraph,
    pub seal: Option<Seal>,
}

/// What the ledger says of a database on which everything is applied, when there is nothing to say of
/// these revisions.
pub(super) struct Seal {
    /// The version rows.
    pub rows: Vec<RevisionId>,
    pub text: String,
}

/// Fewer revisions inside a binary are read in less time than a thread takes to start.
const MANY: usize = 128;

/// Whether it pays to read revisions beside something else.
pub(super) fn is_worthwhile(component: &Component, locations: &[PathBuf]) -> bool {
    !locations.is_empty() || component.revisions.len() >= MANY
}

/// Reads what is wanted.
pub(super) fn read(
    component: &Component,
    locations: &[PathBuf],
    wanted: Wanted,
) -> Result<Found, RevisionError> {
    let revisions = match wanted {
        Wanted::Headers => component.read_headers(locations)?,
        Wanted::Revisions => {
            let revisions = component.read_revisions(locations)?;
            return Ok(Found::Revisions(revisions));
        }
        Wanted::Graph | Wanted::Seal => component.read_revisions(locations)?,
    };
    let made = graph::build(revisions).map(|graph| Made {
        seal: (wanted == Wanted::Seal).then(|| sealed(&graph)).flatten(),
        graph,
    });
    Ok(Found::Graph(Box::new(made)))
}

fn sealed(graph: &RevisionGraph) -> Option<Seal> {
    let mut rows = graph.real_heads();
    rows.sort();
    let text = application::seal(graph, &rows, &HashMap::new())?;
    Some(Seal { rows, text })
}
