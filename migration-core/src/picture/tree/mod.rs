//! Revisions and how they follow each other, newest first: what is drawn, in a terminal and in
//! every language.

mod dot;
mod lanes;
mod mermaid;
mod svg;
mod terminal;

use std::collections::{HashMap, HashSet};

use serde::Serialize;

use crate::graph::RevisionGraph;
use crate::revision::{Revision, RevisionId};

pub use dot::dot;
pub use mermaid::mermaid;
pub use svg::svg;
pub use terminal::{Signs, terminal};

/// Revisions, each above those that it revises.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Tree {
    /// The revisions, newest first.
    pub revisions: Vec<Node>,
}

/// A revision.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Node {
    /// Its id.
    pub revision: String,
    /// The first line of its message.
    pub message: String,
    /// The labels that it gives to its branch, or that its branch has where it ends.
    pub labels: Vec<String>,
    /// Whether none revises it.
    pub head: bool,
    /// What it is to the database; none when the database was not asked.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub state: Option<Standing>,
    /// What it revises.
    pub revises: Vec<String>,
    /// What it depends on besides.
    pub depends_on: Vec<String>,
    /// The positions of what it revises, as far as that is drawn.
    #[serde(skip)]
    pub parents: Vec<usize>,
    /// The positions of what it depends on, as far as that is drawn.
    #[serde(skip)]
    pub needs: Vec<usize>,
}

/// What a revision is to the database.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Standing {
    /// It is applied, and nothing after it is.
    Current,
    /// It is applied.
    Applied,
    /// It is not applied.
    Pending,
}

impl Standing {
    /// The word used in pictures.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Current => "current",
            Self::Applied => "applied",
            Self::Pending => "pending",
        }
    }
}

/// Takes revisions out of a graph, in the order given, which is newest first. `applied` are those
/// that the database has, when it was asked.
pub fn tree(graph: &RevisionGraph, shown: &[RevisionId], applied: Option<&[RevisionId]>) -> Tree {
    let applied: Option<HashSet<&str>> =
        applied.map(|ids| ids.iter().map(RevisionId::as_str).collect());
    let places: HashMap<&str, usize> = shown
        .iter()
        .enumerate()
        .map(|(place, id)| (id.as_str(), place))
        .collect();
    let revisions = shown.iter().filter_map(|id| graph.get(id.as_str()));
    let node = |revision: &Revision| {
        let id = revision.id().as_str();
        let place = places[id];
        let below = |ids: &[RevisionId]| {
            let places = ids.iter().filter_map(|id| places.get(id.as_str()).copied());
            places.filter(|below| *below > place).collect()
        };
        let depends_on = graph.depends_on(id);
        Node {
            revision: id.to_owned(),
            message: revision
                .header
                .message
                .split_whitespace()
                .collect::<Vec<_>>()
                .join(" "),
            labels: labels(graph, revision),
            head: graph.is_head(id),
            state: applied.as_ref().map(|applied| standing(graph, id, applied)),
            revises: texts(&revision.header.revises),
            depends_on: texts(&depends_on),
            parents: below(&revision.header.revises),
            needs: below(&depends_on),
        }
    };
    Tree {
        revisions: revisions.map(node).collect(),
    }
}

/// Every revision of a branch has its labels; they are told where they are given and where the
/// branch ends.
fn labels(graph: &RevisionGraph, revision: &Revision) -> Vec<String> {
    let id = revision.id().as_str();
    if graph.is_head(id) {
        graph.labels(id).to_vec()
    } else {
        revision.header.branch_labels.clone()
    }
}

fn standing(graph: &RevisionGraph, id: &str, applied: &HashSet<&str>) -> Standing {
    if !applied.contains(id) {
        return Standing::Pending;
    }
    let children = graph.children(id);
    match children.iter().any(|it| applied.contains(it.as_str())) {
        true => Standing::Applied,
        false => Standing::Current,
    }
}

/// What stands behind an id in brackets: labels, and what it is.
fn marks(node: &Node) -> Vec<&str> {
    let mut marks: Vec<&str> = node.labels.iter().map(String::as_str).collect();
    marks.extend(node.head.then_some("head"));
    marks.extend(node.state.and_then(|state| match state {
        Standing::Current | Standing::Pending => Some(state.as_str()),
        Standing::Applied => None,
    }));
    marks
}

fn texts(ids: &[RevisionId]) -> Vec<String> {
    ids.iter().map(ToString::to_string).collect()
}

#[cfg(test)]
mod tests;
