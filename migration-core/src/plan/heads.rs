//! What a step does to the version rows: they are the maximal elements of the applied set.

use std::collections::BTreeSet;

use super::RowChange;
use crate::graph::{NodeSet, RevisionGraph};
use crate::revision::RevisionId;

/// The applied set and its maximal elements, kept up to date step by step.
pub(super) struct Heads<'a> {
    graph: &'a RevisionGraph,
    applied: NodeSet,
    /// How many applied revisions name each one directly.
    applied_above: Vec<usize>,
    rows: BTreeSet<usize>,
    /// Rows of the database that another row implies; the first step takes them away.
    redundant: Vec<usize>,
}

impl<'a> Heads<'a> {
    /// Starts from version rows.
    pub(super) fn new(graph: &'a RevisionGraph, current: &[usize]) -> Self {
        let applied = graph.ancestor_set(current);
        let mut applied_above = vec![0; graph.len()];
        for index in applied.iter() {
            for below in graph.all_down(index) {
                applied_above[below] += 1;
            }
        }
        let (rows, redundant): (Vec<usize>, Vec<usize>) =
            current.iter().partition(|row| applied_above[**row] == 0);
        Self {
            graph,
            applied,
            applied_above,
            rows: rows.into_iter().collect(),
            redundant,
        }
    }

    /// Applies a revision whose ancestors are applied.
    pub(super) fn up(&mut self, index: usize) -> Vec<RowChange> {
        let mut gone = Vec::new();
        self.applied.insert(index);
        for below in self.graph.all_down(index) {
            self.applied_above[below] += 1;
            if self.rows.remove(&below) {
                gone.push(below);
            }
        }
        self.rows.insert(index);
        self.changes(gone, vec![index])
    }

    /// Takes back a revision that nothing applied needs.
    pub(super) fn down(&mut self, index: usize) -> Vec<RowChange> {
        let mut back = Vec::new();
        self.applied.remove(index);
        self.rows.remove(&index);
        for below in self.graph.all_down(index) {
            self.applied_above[below] -= 1;
            if self.applied_above[below] == 0 && self.applied.contains(below) {
                self.rows.insert(below);
                back.push(below);
            }
        }
        self.changes(vec![index], back)
    }

    /// The rows now, sorted.
    pub(super) fn rows(&self) -> Vec<RevisionId> {
        let mut rows = self.graph.ids(self.rows.iter().copied());
        rows.extend(self.graph.ids(self.redundant.iter().copied()));
        rows.sort_unstable();
        rows
    }

    fn changes(&mut self, gone: Vec<usize>, come: Vec<usize>) -> Vec<RowChange> {
        let mut gone: Vec<RevisionId> = self.graph.ids(gone);
        let mut come: Vec<RevisionId> = self.graph.ids(come);
        // A redundant row that comes back as a maximal one is there already.
        let mut redundant = self.graph.ids(std::mem::take(&mut self.redundant));
        redundant.retain(|row| {
            let returns = come.iter().position(|id| id == row);
            returns.map(|at| come.remove(at)).is_none()
        });
        gone.extend(redundant);
        let update = if come.is_empty() { None } else { gone.pop() };
        let update = update.map(|from| (from, come.pop()));
        let mut changes: Vec<RowChange> = Vec::new();
        changes.extend(gone.into_iter().map(RowChange::Delete));
        changes.extend(come.into_iter().map(RowChange::Insert));
        if let Some((from, Some(to))) = update {
            changes.push(RowChange::Update { from, to });
        }
        changes
    }
}
