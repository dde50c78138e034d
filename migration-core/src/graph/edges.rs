//! The edges of one kind, in both directions.

use super::Index;

/// For every revision, in load order, those that it leads to: all in one list, so that a walk along
/// a long history stays in the processor's cache.
#[derive(Debug, Clone, Default)]
pub(super) struct Edges {
    targets: Vec<Index>,
    /// Where the targets of each revision end.
    ends: Vec<usize>,
}

impl Edges {
    /// Edges of so many revisions, which [`Edges::push`] gives one after the other.
    pub(super) fn with_capacity(revisions: usize) -> Self {
        Self {
            targets: Vec::with_capacity(revisions),
            ends: Vec::with_capacity(revisions),
        }
    }

    /// Adds the next revision; of a target named twice the first counts.
    pub(super) fn push(&mut self, targets: impl IntoIterator<Item = Index>) {
        let start = self.targets.len();
        for target in targets {
            if !self.targets[start..].contains(&target) {
                self.targets.push(target);
            }
        }
        self.ends.push(self.targets.len());
    }

    /// Whether there is none at all.
    pub(super) fn is_empty(&self) -> bool {
        self.targets.is_empty()
    }

    /// Where the edges of a revision lead to.
    pub(super) fn of(&self, index: Index) -> &[Index] {
        let start = index.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.targets[start..self.ends[index]]
    }

    /// The same edges from the other end; targets in load order.
    pub(super) fn reversed(&self) -> Self {
        // First how many each has, then where they begin, and behind the last step where they end.
        let mut ends = vec![0; self.ends.len()];
        for target in &self.targets {
            ends[*target] += 1;
        }
        let mut before = 0;
        for end in &mut ends {
            before += std::mem::replace(end, before);
        }
        let mut targets = vec![0; self.targets.len()];
        for index in 0..self.ends.len() {
            for target in self.of(index) {
                targets[ends[*target]] = index;
                ends[*target] += 1;
            }
        }
        Self { targets, ends }
    }
}

#[cfg(test)]
mod tests {
    use super::Edges;

    #[test]
    fn edges_are_the_same_from_the_other_end() {
        let mut edges = Edges::with_capacity(4);
        for targets in [vec![], vec![0, 3, 0], vec![0], vec![2, 1]] {
            edges.push(targets);
        }
        let all = |edges: &Edges| (0..4).map(|it| edges.of(it).to_vec()).collect::<Vec<_>>();
        assert_eq!(all(&edges), [vec![], vec![0, 3], vec![0], vec![2, 1]]);
        let reversed = edges.reversed();
        assert_eq!(all(&reversed), [vec![1, 2], vec![3], vec![3], vec![1]]);
        let sorted = [vec![], vec![0, 3], vec![0], vec![1, 2]];
        assert_eq!(all(&reversed.reversed()), sorted);
    }
}
