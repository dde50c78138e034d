//! Ranges of history: `a:b`, newest first.

use super::{Index, Member, ResolveError, RevisionGraph, relative};
use crate::revision::RevisionId;

impl RevisionGraph {
    /// The revisions of a range, newest first; without one all of them.
    ///
    /// `older:newer`, either end may be missing. Ends are targets, `current` (the rows given), or
    /// counted: `-3:` from the heads, `:+2` from the older end. The older end is included.
    ///
    /// # Errors
    ///
    /// Ends that are unknown, not one line, or the wrong way round.
    pub fn history(
        &self,
        range: Option<&str>,
        current: &[RevisionId],
    ) -> Result<Vec<RevisionId>, ResolveError> {
        Ok(self.ids(self.range(range, current)?))
    }

    /// The same, with what stands around each.
    pub(crate) fn history_members(
        &self,
        range: Option<&str>,
        current: &[RevisionId],
    ) -> Result<Vec<Member<'_>>, ResolveError> {
        let found = self.range(range, current)?.into_iter();
        Ok(found.map(|index| self.member_at(index)).collect())
    }

    fn range(
        &self,
        range: Option<&str>,
        current: &[RevisionId],
    ) -> Result<Vec<Index>, ResolveError> {
        let Some(range) = range else {
            return Ok(self.newest_first());
        };
        let mut ends = range.trim().split(':');
        let (Some(older), Some(newer), None) = (ends.next(), ends.next(), ends.next()) else {
            return Err(ResolveError::RangeSyntax {
                range: range.to_owned(),
            });
        };
        let older_end = self.older_end(older, current)?;
        let newer_end = self.newer_end(newer, &older_end, current)?;
        self.between(range, older, &older_end, newer_end)
    }

    fn between(
        &self,
        range: &str,
        older: &str,
        older_end: &[Index],
        mut newer_end: Vec<Index>,
    ) -> Result<Vec<Index>, ResolveError> {
        if let Some((branch, _)) = older.split_once('@') {
            let lineage = self.lineage_of(branch)?;
            newer_end.retain(|index| lineage.as_ref().is_none_or(|all| all.contains(*index)));
        }
        let not_a_range = || ResolveError::NotARange {
            range: range.to_owned(),
        };
        let mut found = self.ancestor_set(&newer_end);
        if older_end.iter().any(|index| !found.contains(*index)) {
            return Err(not_a_range());
        }
        if !older_end.is_empty() {
            let mut below = self.ancestor_set(older_end);
            for index in older_end {
                below.remove(*index);
            }
            found.subtract(&below);
            found.intersect(&self.versioned_descendant_set(older_end));
        }
        let expected = found.iter().count();
        let mut ordered = self.order(found.clone(), &newer_end);
        if ordered.len() != expected && range.trim_end().ends_with(':') {
            // A line that others only depend on ends in a head of its own.
            ordered = self.order(found, &self.head_indexes());
        }
        // The ends are connected only through a dependency.
        if ordered.len() != expected {
            return Err(not_a_range());
        }
        Ok(ordered)
    }

    /// A count from several older ends, with the ranges that can be typed in its place.
    fn several_starts(
        &self,
        end: &str,
        older_end: &[Index],
        current: &[RevisionId],
    ) -> ResolveError {
        let ranges = older_end
            .iter()
            .map(|start| format!("{}:{end}", self.id(*start)));
        ResolveError::SeveralStarts {
            typed: end.to_owned(),
            starts: self.ids(older_end.iter().copied()),
            ranges: ranges
                .filter(|range| self.history(Some(range), current).is_ok())
                .collect(),
        }
    }

    fn older_end(&self, end: &str, current: &[RevisionId]) -> Result<Vec<Index>, ResolveError> {
        match end {
            "" | "base" => Ok(Vec::new()),
            "current" => self.rows(current),
            end => match self.targets(end) {
                // More steps than there are revisions: from the beginning.
                Err(ResolveError::WalkedTooFar { .. }) => Ok(Vec::new()),
                found => found,
            },
        }
    }

    fn newer_end(
        &self,
        end: &str,
        older_end: &[Index],
        current: &[RevisionId],
    ) -> Result<Vec<Index>, ResolveError> {
        let end = if end.is_empty() { "heads" } else { end };
        if end == "current" {
            return self.rows(current);
        }
        let Some(steps) = relative(end) else {
            return self.targets(end);
        };
        let lineage = steps
            .label
            .map(|label| self.lineage_of(label))
            .transpose()?
            .flatten();
        let start = match steps.symbol {
            Some(symbol) => match steps.label {
                Some(label) => self.target(&format!("{label}@{symbol}"))?,
                None => self.target(symbol)?,
            },
            None if steps.steps <= 0 => {
                return Err(ResolveError::WalkedTooFar {
                    typed: steps.typed.to_owned(),
                });
            }
            None => match older_end {
                [] => None,
                [one] => Some(*one),
                several => return Err(self.several_starts(end, several, current)),
            },
        };
        let count = steps.steps.unsigned_abs();
        let found = if steps.steps < 0 {
            match start {
                Some(start) => self.walk_down(start, count, steps.typed)?,
                None => {
                    return Err(ResolveError::WalkedTooFar {
                        typed: steps.typed.to_owned(),
                    });
                }
            }
        } else {
            self.climb(start, count, lineage.as_ref(), steps.typed)?.0
        };
        Ok(found.into_iter().collect())
    }
}
