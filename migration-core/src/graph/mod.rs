//! The revision graph: always valid once built, pure, linear in its size.
//!
//! In: [`Revision`]s in load order. Out: a [`RevisionGraph`] that
//! answers heads, bases, lineage, labels, targets as typed and history ranges. Two kinds of edges:
//! versioned (`Revises`) and dependency (`Depends On`). Holds no SQL and reads no file.

mod build;
#[cfg(test)]
pub(crate) mod drawing;
mod error;
mod history;
mod order;
mod relative;
mod resolve;
mod walk;

use std::collections::HashMap;
use std::sync::Arc;

use crate::revision::{Revision, RevisionId};

pub use build::build;
pub use error::{GraphError, ResolveError};
pub(crate) use relative::{Relative, relative};
pub(crate) use walk::NodeSet;

/// Position of a revision in load order.
pub(crate) type Index = usize;

/// A valid graph: ids and labels are unique, every parent exists, no cycles.
#[derive(Debug, Clone, Default)]
pub struct RevisionGraph {
    nodes: Vec<Node>,
    /// Ids and labels to revisions.
    names: HashMap<Arc<str>, Index>,
}

/// A revision with its edges.
#[derive(Debug, Clone)]
struct Node {
    revision: Arc<Revision>,
    /// `Revises`, in the order written.
    parents: Vec<Index>,
    /// `Depends On`, resolved, in the order written.
    dependencies: Vec<Index>,
    /// The dependencies that no versioned ancestor has already.
    needs: Vec<Index>,
    /// Revisions that revise this one, in load order.
    children: Vec<Index>,
    /// Revisions that depend on this one, in load order.
    dependents: Vec<Index>,
    /// Labels of the branches it belongs to, in load order of the revisions that name them.
    labels: Vec<String>,
}

impl RevisionGraph {
    /// Names shorter than this are found only when typed in full (as Alembic's).
    pub const SHORTEST_ABBREVIATED: usize = 4;

    /// Number of revisions.
    pub fn len(&self) -> usize {
        self.nodes.len()
    }

    /// Whether there is no revision.
    pub fn is_empty(&self) -> bool {
        self.nodes.is_empty()
    }

    /// The revisions in load order.
    pub fn iter(&self) -> impl Iterator<Item = &Revision> {
        self.nodes.iter().map(|node| &*node.revision)
    }

    /// Finds a revision by its exact id.
    pub fn get(&self, id: &str) -> Option<&Revision> {
        self.shared(id).map(|revision| &**revision)
    }

    /// The same, for somebody who keeps it.
    pub(crate) fn shared(&self, id: &str) -> Option<&Arc<Revision>> {
        self.index(id).map(|index| &self.nodes[index].revision)
    }

    /// Revisions that none revises, in load order.
    pub fn heads(&self) -> Vec<RevisionId> {
        self.ids(self.head_indexes())
    }

    /// Revisions that none revises or depends on, in load order: the version rows of a database
    /// on which everything is applied.
    pub fn real_heads(&self) -> Vec<RevisionId> {
        self.ids(self.real_head_indexes())
    }

    /// Revisions that revise none, in load order.
    pub fn bases(&self) -> Vec<RevisionId> {
        self.ids(self.base_indexes())
    }

    /// Bases that depend on none, in load order.
    pub fn real_bases(&self) -> Vec<RevisionId> {
        let bases = self.base_indexes();
        self.ids(
            bases
                .into_iter()
                .filter(|base| self.nodes[*base].dependencies.is_empty()),
        )
    }

    /// Revisions that several revise, newest first as `history` lists them.
    pub fn branch_points(&self) -> Vec<RevisionId> {
        let newest_first = self.newest_first();
        self.ids(
            newest_first
                .into_iter()
                .filter(|index| self.nodes[*index].children.len() > 1),
        )
    }

    /// The revisions that revise this one, in load order.
    pub fn children(&self, id: &str) -> Vec<RevisionId> {
        self.ids(self.edge(id, |node| &node.children))
    }

    /// The revisions this one depends on, labels resolved, in the order written.
    pub fn depends_on(&self, id: &str) -> Vec<RevisionId> {
        self.ids(self.edge(id, |node| &node.dependencies))
    }

    /// Labels of the branches a revision belongs to: its own, those of its versioned ancestors,
    /// and those of descendants down to the previous branch or merge point.
    pub fn labels(&self, id: &str) -> &[String] {
        self.index(id)
            .map_or(&[], |index| &self.nodes[index].labels)
    }

    /// Whether none revises it.
    pub fn is_head(&self, id: &str) -> bool {
        self.index(id)
            .is_some_and(|index| self.nodes[index].children.is_empty())
    }

    /// Whether none revises it, but another depends on it: it has no version row of its own.
    pub fn is_effective_head(&self, id: &str) -> bool {
        self.is_head(id)
            && self
                .index(id)
                .is_some_and(|index| !self.nodes[index].dependents.is_empty())
    }

    /// Whether several revise it.
    pub fn is_branch_point(&self, id: &str) -> bool {
        self.index(id)
            .is_some_and(|index| self.nodes[index].children.len() > 1)
    }

    /// Whether it revises several.
    pub fn is_merge_point(&self, id: &str) -> bool {
        self.index(id)
            .is_some_and(|index| self.nodes[index].parents.len() > 1)
    }

    /// Checks that version rows are revisions of this graph.
    ///
    /// # Errors
    ///
    /// The first that is not.
    pub fn check_rows(&self, ids: &[RevisionId]) -> Result<(), ResolveError> {
        self.rows(ids).map(|_| ())
    }

    /// The revisions and all they revise or depend on, parents before children.
    ///
    /// # Errors
    ///
    /// An id that is not in the graph.
    pub fn ancestors(&self, ids: &[RevisionId]) -> Result<Vec<RevisionId>, ResolveError> {
        let targets = self.rows(ids)?;
        let applied = self.ancestor_set(&targets);
        let mut newest_first = self.order(applied, &targets);
        newest_first.reverse();
        Ok(self.ids(newest_first))
    }

    /// The revisions that are applied where these are the version rows, in load order.
    ///
    /// # Errors
    ///
    /// An id that is not in the graph.
    pub(crate) fn applied(&self, rows: &[RevisionId]) -> Result<Vec<&Revision>, ResolveError> {
        let applied = self.ancestor_set(&self.rows(rows)?);
        let nodes = applied.iter().map(|index| &self.nodes[index]);
        Ok(nodes.map(|node| &*node.revision).collect())
    }

    pub(crate) fn index(&self, id: &str) -> Option<Index> {
        let index = *self.names.get(id)?;
        (self.nodes[index].revision.id().as_str() == id).then_some(index)
    }

    pub(crate) fn id(&self, index: Index) -> &RevisionId {
        self.nodes[index].revision.id()
    }

    pub(crate) fn ids(&self, indexes: impl IntoIterator<Item = Index>) -> Vec<RevisionId> {
        indexes
            .into_iter()
            .map(|index| self.id(index).clone())
            .collect()
    }

    pub(crate) fn parents(&self, index: Index) -> &[Index] {
        &self.nodes[index].parents
    }

    pub(crate) fn children_of(&self, index: Index) -> &[Index] {
        &self.nodes[index].children
    }

    pub(crate) fn head_indexes(&self) -> Vec<Index> {
        self.indexes_where(|node| node.children.is_empty())
    }

    pub(crate) fn real_head_indexes(&self) -> Vec<Index> {
        self.indexes_where(|node| node.children.is_empty() && node.dependents.is_empty())
    }

    pub(crate) fn base_indexes(&self) -> Vec<Index> {
        self.indexes_where(|node| node.parents.is_empty())
    }

    /// What must be applied before a revision: parents, then dependencies not implied by them.
    pub(crate) fn down(&self, index: Index) -> impl Iterator<Item = Index> {
        let node = &self.nodes[index];
        node.parents.iter().chain(&node.needs).copied()
    }

    /// Everything a revision names: parents and all dependencies.
    pub(crate) fn all_down(&self, index: Index) -> impl Iterator<Item = Index> {
        let node = &self.nodes[index];
        node.parents.iter().chain(&node.dependencies).copied()
    }

    /// Everything that names a revision.
    pub(crate) fn all_up(&self, index: Index) -> impl Iterator<Item = Index> {
        let node = &self.nodes[index];
        node.children.iter().chain(&node.dependents).copied()
    }

    fn indexes_where(&self, fact: impl Fn(&Node) -> bool) -> Vec<Index> {
        (0..self.nodes.len())
            .filter(|index| fact(&self.nodes[*index]))
            .collect()
    }

    fn edge(&self, id: &str, edge: impl Fn(&Node) -> &Vec<Index>) -> Vec<Index> {
        self.index(id)
            .map_or_else(Vec::new, |index| edge(&self.nodes[index]).clone())
    }
}

#[cfg(test)]
pub(crate) mod tests;
