//! One revision of a graph, with what stands around it.

use super::{Index, RevisionGraph};
use crate::revision::{Revision, RevisionId};

/// A revision of a graph: found once, asked often.
#[derive(Clone, Copy)]
pub(crate) struct Member<'g> {
    graph: &'g RevisionGraph,
    index: Index,
}

impl RevisionGraph {
    /// Finds a revision by its exact id, with what stands around it.
    pub(crate) fn member(&self, id: &str) -> Option<Member<'_>> {
        self.index(id).map(|index| self.member_at(index))
    }

    pub(super) fn member_at(&self, index: Index) -> Member<'_> {
        Member { graph: self, index }
    }
}

impl<'g> Member<'g> {
    /// The revision itself.
    pub(crate) fn revision(self) -> &'g Revision {
        &self.graph.revisions[self.index]
    }

    /// Its id.
    pub(crate) fn id(self) -> &'g RevisionId {
        self.revision().id()
    }

    /// The revisions that revise this one, in load order.
    pub(crate) fn children(self) -> impl ExactSizeIterator<Item = Member<'g>> {
        self.members(self.graph.children.of(self.index))
    }

    /// The revisions this one depends on, labels resolved, in the order written.
    pub(crate) fn depends_on(self) -> impl ExactSizeIterator<Item = Member<'g>> {
        self.members(self.graph.dependencies.of(self.index))
    }

    /// Labels of the branches it belongs to.
    pub(crate) fn labels(self) -> &'g [String] {
        &self.graph.branches[self.index]
    }

    /// Whether none revises it.
    pub(crate) fn is_head(self) -> bool {
        self.graph.children.of(self.index).is_empty()
    }

    /// Whether none revises it, but another depends on it.
    pub(crate) fn is_effective_head(self) -> bool {
        self.is_head() && !self.graph.dependents.of(self.index).is_empty()
    }

    /// Whether several revise it.
    pub(crate) fn is_branch_point(self) -> bool {
        self.graph.children.of(self.index).len() > 1
    }

    /// Whether it revises several.
    pub(crate) fn is_merge_point(self) -> bool {
        self.graph.parents.of(self.index).len() > 1
    }

    fn members(self, indexes: &'g [Index]) -> impl ExactSizeIterator<Item = Member<'g>> {
        let graph = self.graph;
        indexes.iter().map(|index| graph.member_at(*index))
    }
}
