//! Ancestors, descendants and lineage.

use super::{Index, RevisionGraph};

/// A set of revisions of one graph.
#[derive(Debug, Clone)]
pub(crate) struct NodeSet(Vec<bool>);

impl NodeSet {
    pub(crate) fn contains(&self, index: Index) -> bool {
        self.0[index]
    }

    pub(crate) fn remove(&mut self, index: Index) {
        self.0[index] = false;
    }

    pub(crate) fn insert(&mut self, index: Index) {
        self.0[index] = true;
    }

    /// Members in load order.
    pub(crate) fn iter(&self) -> impl Iterator<Item = Index> {
        self.0
            .iter()
            .enumerate()
            .filter(|(_, member)| **member)
            .map(|(index, _)| index)
    }

    pub(crate) fn is_empty(&self) -> bool {
        !self.0.contains(&true)
    }

    /// Keeps what is in both.
    pub(crate) fn intersect(&mut self, other: &Self) {
        for (mine, theirs) in self.0.iter_mut().zip(&other.0) {
            *mine &= *theirs;
        }
    }

    /// Takes away what is in the other.
    pub(crate) fn subtract(&mut self, other: &Self) {
        for (mine, theirs) in self.0.iter_mut().zip(&other.0) {
            *mine &= !*theirs;
        }
    }
}

impl RevisionGraph {
    /// No revision.
    pub(crate) fn no_nodes(&self) -> NodeSet {
        NodeSet(vec![false; self.len()])
    }

    /// The revisions and all that must be applied before them.
    pub(crate) fn ancestor_set(&self, of: &[Index]) -> NodeSet {
        self.reach(of, |index, todo| todo.extend(self.all_down(index)))
    }

    /// The revisions and all that need them.
    pub(crate) fn descendant_set(&self, of: &[Index]) -> NodeSet {
        self.reach(of, |index, todo| todo.extend(self.all_up(index)))
    }

    /// The revisions and all they revise.
    pub(crate) fn versioned_ancestor_set(&self, of: &[Index]) -> NodeSet {
        self.reach(of, |index, todo| todo.extend(self.parents(index)))
    }

    /// The revisions and all that revise them.
    pub(crate) fn versioned_descendant_set(&self, of: &[Index]) -> NodeSet {
        self.reach(of, |index, todo| todo.extend(self.children_of(index)))
    }

    /// The revisions on one line with any of these, by `Revises` alone.
    pub(crate) fn lineage(&self, of: &[Index]) -> NodeSet {
        let mut lineage = self.versioned_ancestor_set(of);
        for index in self.versioned_descendant_set(of).iter() {
            lineage.insert(index);
        }
        lineage
    }

    /// The revisions on one line with any of these, dependencies included.
    pub(crate) fn full_lineage(&self, of: &[Index]) -> NodeSet {
        let mut lineage = self.ancestor_set(of);
        for index in self.descendant_set(of).iter() {
            lineage.insert(index);
        }
        lineage
    }

    /// The first of `of` that must be applied before another of them, with that other one.
    pub(crate) fn overlap(&self, of: &[Index]) -> Option<(Index, Index)> {
        if of.len() < 2 {
            return None;
        }
        let below: Vec<Index> = of.iter().flat_map(|index| self.all_down(*index)).collect();
        let implied = self.ancestor_set(&below);
        let lower = of.iter().copied().find(|index| implied.contains(*index))?;
        let above = self.descendant_set(&[lower]);
        let upper = of
            .iter()
            .copied()
            .find(|index| *index != lower && above.contains(*index))?;
        Some((upper, lower))
    }

    fn reach(&self, of: &[Index], next: impl Fn(Index, &mut Vec<Index>)) -> NodeSet {
        let mut reached = self.no_nodes();
        let mut todo: Vec<Index> = of.to_vec();
        while let Some(index) = todo.pop() {
            if !reached.contains(index) {
                reached.insert(index);
                next(index, &mut todo);
            }
        }
        reached
    }
}
