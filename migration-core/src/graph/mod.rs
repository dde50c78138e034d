//! The revision graph: always valid once built, pure, linear in its size.
//!
//! In: [`Revision`]s in load order. Out: a [`RevisionGraph`] that
//! answers heads, bases, lineage, labels, targets as typed and history ranges. Two kinds of edges:
//! versioned (`Revises`) and dependency (`Depends On`). Holds no SQL and reads no file.

mod build;
#[cfg(test)]
pub(crate) mod drawing;
mod edges;
mod error;
mod history;
mod member;
mod order;
mod relative;
mod resolve;
mod walk;

use std::collections::HashMap;
use std::sync::Arc;

use crate::revision::{Revision, RevisionId};
use edges::Edges;

pub use build::build;
pub use error::{GraphError, ResolveError};
pub(crate) use member::Member;
pub(crate) use relative::{Relative, relative};
pub(crate) use walk::NodeSet;

/// Position of a revision in load order.
pub(crate) type Index = usize;

/// A valid graph: ids and labels are unique, every parent exists, no cycles.
#[derive(Debug, Clone, Default)]
pub struct RevisionGraph {
    revisions: Vec<Arc<Revision>>,
    ids: HashMap<RevisionId, Index>,
    /// The revisions that name a label.
    labels: HashMap<String, Index>,
    /// `Revises`, in the order written.
    parents: Edges,
    /// `Depends On`, resolved, in the order written.
    dependencies: Edges,
    /// The dependencies that no versioned ancestor has already.
    needs: Edges,
    /// Revisions that revise a revision, in load order.
    children: Edges,
    /// Revisions that depend on a revision, in load order.
    dependents: Edges,
    /// For every revision the labels of the branches it belongs to, in load order of the revisions
    /// that name them.
    branches: Vec<Vec<String>>,
}

impl RevisionGraph {
    /// Names shorter than this are found only when typed in full (as Alembic's).
    pub const SHORTEST_ABBREVIATED: usize = 4;

    /// Number of revisions.
    pub fn len(&self) -> usize {
        self.revisions.len()
    }

    /// Whether there is no revision.
    pub fn is_empty(&self) -> bool {
        self.revisions.is_empty()
    }

    /// The revisions in load order.
    pub fn iter(&self) -> impl Iterator<Item = &Revision> {
        self.revisions.iter().map(|revision| &**revision)
    }

    /// The same, for somebody who keeps them.
    pub(crate) fn revisions(&self) -> &[Arc<Revision>] {
        &self.revisions
    }

    /// Finds a revision by its exact id.
    pub fn get(&self, id: &str) -> Option<&Revision> {
        self.shared(id).map(|revision| &**revision)
    }

    /// The same, for somebody who keeps it.
    pub(crate) fn shared(&self, id: &str) -> Option<&Arc<Revision>> {
        self.index(id).map(|index| &self.revisions[index])
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
                .filter(|base| self.dependencies.of(*base).is_empty()),
        )
    }

    /// Revisions that several revise, newest first as `history` lists them.
    pub fn branch_points(&self) -> Vec<RevisionId> {
        let newest_first = self.newest_first();
        self.ids(
            newest_first
                .into_iter()
                .filter(|index| self.children.of(*index).len() > 1),
        )
    }

    /// The revisions that revise this one, in load order.
    pub fn children(&self, id: &str) -> Vec<RevisionId> {
        let member = self.member(id).into_iter();
        let children = member.flat_map(Member::children);
        children.map(|child| child.id().clone()).collect()
    }

    /// The revisions this one depends on, labels resolved, in the order written.
    pub fn depends_on(&self, id: &str) -> Vec<RevisionId> {
        let member = self.member(id).into_iter();
        let needed = member.flat_map(Member::depends_on);
        needed.map(|needed| needed.id().clone()).collect()
    }

    /// Labels of the branches a revision belongs to: its own, those of its versioned ancestors,
    /// and those of descendants down to the previous branch or merge point.
    pub fn labels(&self, id: &str) -> &[String] {
        self.member(id).map_or(&[], Member::labels)
    }

    /// Whether none revises it.
    pub fn is_head(&self, id: &str) -> bool {
        self.member(id).is_some_and(Member::is_head)
    }

    /// Whether none revises it, but another depends on it: it has no version row of its own.
    pub fn is_effective_head(&self, id: &str) -> bool {
        self.member(id).is_some_and(Member::is_effective_head)
    }

    /// Whether several revise it.
    pub fn is_branch_point(&self, id: &str) -> bool {
        self.member(id).is_some_and(Member::is_branch_point)
    }

    /// Whether it revises several.
    pub fn is_merge_point(&self, id: &str) -> bool {
        self.member(id).is_some_and(Member::is_merge_point)
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
        let revisions = applied.iter().map(|index| &*self.revisions[index]);
        Ok(revisions.collect())
    }

    pub(crate) fn index(&self, id: &str) -> Option<Index> {
        self.ids.get(id).copied()
    }

    pub(crate) fn id(&self, index: Index) -> &RevisionId {
        self.revisions[index].id()
    }

    pub(crate) fn ids(&self, indexes: impl IntoIterator<Item = Index>) -> Vec<RevisionId> {
        indexes
            .into_iter()
            .map(|index| self.id(index).clone())
            .collect()
    }

    pub(crate) fn parents(&self, index: Index) -> &[Index] {
        self.parents.of(index)
    }

    pub(crate) fn children_of(&self, index: Index) -> &[Index] {
        self.children.of(index)
    }

    pub(crate) fn head_indexes(&self) -> Vec<Index> {
        self.indexes_where(|index| self.children.of(index).is_empty())
    }

    pub(crate) fn real_head_indexes(&self) -> Vec<Index> {
        self.indexes_where(|index| self.all_up(index).next().is_none())
    }

    pub(crate) fn base_indexes(&self) -> Vec<Index> {
        self.indexes_where(|index| self.parents.of(index).is_empty())
    }

    /// What must be applied before a revision: parents, then dependencies not implied by them.
    pub(crate) fn down(&self, index: Index) -> impl Iterator<Item = Index> {
        let parents = self.parents.of(index).iter();
        parents.chain(self.needs.of(index)).copied()
    }

    /// Everything a revision names: parents and all dependencies.
    pub(crate) fn all_down(&self, index: Index) -> impl Iterator<Item = Index> {
        let parents = self.parents.of(index).iter();
        parents.chain(self.dependencies.of(index)).copied()
    }

    /// Everything that names a revision.
    pub(crate) fn all_up(&self, index: Index) -> impl Iterator<Item = Index> {
        let children = self.children.of(index).iter();
        children.chain(self.dependents.of(index)).copied()
    }

    fn indexes_where(&self, fact: impl Fn(Index) -> bool) -> Vec<Index> {
        (0..self.len()).filter(|index| fact(*index)).collect()
    }

    /// Every id and label with the revision it names: in load order, a label behind the id.
    fn names(&self) -> impl Iterator<Item = (&str, Index)> {
        let revisions = self.revisions.iter().enumerate();
        revisions.flat_map(|(index, revision)| {
            let labels = revision.header.branch_labels.iter().map(String::as_str);
            let names = std::iter::once(revision.id().as_str()).chain(labels);
            names.map(move |name| (name, index))
        })
    }
}

#[cfg(test)]
pub(crate) mod tests;
