//! The order of steps: one topological sort, children before parents.
//!
//! Alembic's order, so that both programs do the same work in the same sequence: it stays on one
//! line as long as it can, and turns to another only when something there needs the revision that
//! is next on this one. Load order decides where the graph does not.

use super::{Index, NodeSet, RevisionGraph};

impl RevisionGraph {
    /// Sorts `pending`, children before parents.
    ///
    /// Every member must be an ancestor of (or among) `heads`, and every revision between two
    /// members must be a member, as in the sets of an upgrade or downgrade; others are left out.
    pub(crate) fn order(&self, pending: NodeSet, heads: &[Index]) -> Vec<Index> {
        let mut frontier: Vec<Index> = heads
            .iter()
            .copied()
            .filter(|head| pending.contains(*head))
            .collect();
        frontier.sort_unstable();
        frontier.dedup();
        let mut sort = Sort::new(self, pending, frontier);
        sort.run();
        sort.output
    }

    /// All revisions, children before parents.
    pub(crate) fn newest_first(&self) -> Vec<Index> {
        let heads = self.real_head_indexes();
        self.order(self.ancestor_set(&heads), &heads)
    }
}

struct Sort<'a> {
    graph: &'a RevisionGraph,
    pending: NodeSet,
    /// The tips of the lines being walked.
    frontier: Vec<Index>,
    on_frontier: NodeSet,
    /// How many pending revisions name each one directly.
    pending_above: Vec<usize>,
    /// The search that reached each revision last.
    reached_by: Vec<usize>,
    searches: usize,
    /// What the last search was for.
    searched_for: Option<Index>,
    output: Vec<Index>,
}

impl<'a> Sort<'a> {
    fn new(graph: &'a RevisionGraph, pending: NodeSet, frontier: Vec<Index>) -> Self {
        let mut on_frontier = graph.no_nodes();
        for index in &frontier {
            on_frontier.insert(*index);
        }
        let mut pending_above = vec![0; graph.len()];
        for index in pending.iter() {
            for below in graph.all_down(index) {
                pending_above[below] += 1;
            }
        }
        let reached_by = vec![0; graph.len()];
        let output = Vec::new();
        Self {
            graph,
            pending,
            frontier,
            on_frontier,
            pending_above,
            reached_by,
            searches: 0,
            searched_for: None,
            output,
        }
    }

    fn run(&mut self) {
        let mut line = 0;
        while let Some(candidate) = self.frontier.get(line).copied() {
            if self.pending_above[candidate] > 0
                && let Some(other) = self.line_above(candidate)
            {
                line = other;
            } else {
                line = self.emit(line, candidate);
            }
        }
    }

    /// Takes the tip of a line and goes down; returns the line to go on with.
    fn emit(&mut self, line: usize, candidate: Index) -> usize {
        self.output.push(candidate);
        self.pending.remove(candidate);
        self.on_frontier.remove(candidate);
        for below in self.graph.all_down(candidate) {
            self.pending_above[below] -= 1;
        }
        let mut next = Vec::new();
        for below in self.graph.down(candidate) {
            if self.pending.contains(below) && !self.on_frontier.contains(below) {
                self.on_frontier.insert(below);
                next.push(below);
            }
        }
        let Some((first, others)) = next.split_first() else {
            self.frontier.remove(line);
            return line.saturating_sub(1);
        };
        self.frontier[line] = *first;
        self.frontier.extend(others);
        line
    }

    /// The first line whose tip needs `candidate`.
    fn line_above(&mut self, candidate: Index) -> Option<usize> {
        // What needs a revision only becomes less: the last search, if it was for the same one,
        // still holds. A base with many lines above it is searched from once, not once per line.
        let again = self.searched_for.replace(candidate) == Some(candidate);
        self.searches += usize::from(!again);
        let search = self.searches;
        let mut todo = if again { Vec::new() } else { vec![candidate] };
        while let Some(index) = todo.pop() {
            for above in self.graph.all_up(index) {
                if self.pending.contains(above) && self.reached_by[above] != search {
                    self.reached_by[above] = search;
                    todo.push(above);
                }
            }
        }
        self.frontier
            .iter()
            .position(|tip| self.reached_by[*tip] == search)
    }
}
