//! Targets as typed to revisions.
//!
//! `branch@symbol` splits at the first `@`; the branch is a label, an id or the start of one.
//! `heads` alone means the real heads, `branch@heads` the versioned heads of that line.

use super::{Index, NodeSet, ResolveError, RevisionGraph, relative};
use crate::revision::RevisionId;
use crate::text::closest;

/// What a target without steps means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Resolved<'a> {
    /// The revisions; none means `base`.
    pub(crate) revisions: Vec<Index>,
    /// What stands before the `@`.
    pub(crate) branch: Option<&'a str>,
}

/// Names that mean a place in any history.
const PLACES: [&str; 3] = ["head", "heads", "base"];

impl RevisionGraph {
    /// Finds the revisions a target names: `head`, `heads`, `base`, an id, a label, the unique
    /// start of either, `branch@` before any of these, or `-N`, `branch@-N` counted from the heads.
    /// None means `base`.
    ///
    /// # Errors
    ///
    /// A name that is unknown, ambiguous or not in its branch; several heads for `head`; another
    /// count.
    pub fn resolve(&self, target: &str) -> Result<Vec<RevisionId>, ResolveError> {
        Ok(self.ids(self.targets(target)?))
    }

    /// As [`resolve`](Self::resolve), by position.
    pub(crate) fn targets(&self, target: &str) -> Result<Vec<Index>, ResolveError> {
        if target.is_empty() {
            return Err(ResolveError::Empty);
        }
        let (branch, symbol) = split_branch(target);
        if let Some(steps) = steps_down(symbol) {
            return self.down_from_heads(branch, symbol, steps);
        }
        Ok(self.symbol(target)?.revisions)
    }

    /// Finds the one revision a target names, or none for `base`.
    pub(crate) fn target(&self, target: &str) -> Result<Option<Index>, ResolveError> {
        let several = match self.symbol(target) {
            Ok(resolved) => match resolved.revisions.as_slice() {
                [] => return Ok(None),
                [one] => return Ok(Some(*one)),
                several => self.ids(several.iter().copied()),
            },
            Err(ResolveError::MultipleHeads { heads, .. }) => heads,
            Err(error) => return Err(error),
        };
        Err(ResolveError::MultipleHeads {
            argument: target.to_owned(),
            heads: several,
            single: true,
        })
    }

    /// Reads a target without steps.
    pub(crate) fn symbol<'a>(&self, target: &'a str) -> Result<Resolved<'a>, ResolveError> {
        let (branch, symbol) = split_branch(target);
        let revisions = match (symbol, branch) {
            ("heads", None) => self.real_head_indexes(),
            ("heads", Some(branch)) => self.heads_of(branch)?,
            ("head", branch) => self.single_head(branch, target)?,
            ("base", branch) => {
                if let Some(branch) = branch {
                    self.lineage_of(branch)?;
                }
                Vec::new()
            }
            (name, None) => vec![self.named(name, None)?],
            (name, Some(branch)) => {
                let lineage = self.lineage(&[self.branch(branch)?]);
                let revision = self.named(name, Some(&lineage))?;
                if !lineage.contains(revision) {
                    return Err(ResolveError::NotInBranch {
                        revision: self.id(revision).clone(),
                        branch: branch.to_owned(),
                    });
                }
                vec![revision]
            }
        };
        Ok(Resolved { revisions, branch })
    }

    /// The bare number of one to three digits that a target is, or counts from, when no id or label
    /// is exactly that: whoever typed it most likely meant a count, not the start of an id.
    pub(crate) fn bare_number<'t>(&self, target: &'t str) -> Option<&'t str> {
        let (_, symbol) = target.rsplit_once('@').unwrap_or(("", target));
        let number = match symbol.find(['+', '-']) {
            Some(sign) => &symbol[..sign],
            None => symbol,
        };
        let is_short = !number.is_empty() && number.len() < Self::SHORTEST_ABBREVIATED;
        let is_number = is_short && number.bytes().all(|byte| byte.is_ascii_digit());
        (is_number && self.exactly(number).is_none()).then_some(number)
    }

    /// The revision of a label, or of an id or the start of one standing for its branch.
    pub(crate) fn branch(&self, branch: &str) -> Result<Index, ResolveError> {
        match self.named(branch, None) {
            Err(ResolveError::Unknown { .. }) => Err(ResolveError::NoSuchBranch {
                branch: branch.to_owned(),
                labels: self.label_names(),
            }),
            other => other,
        }
    }

    /// The revisions on one line with what a branch names; none means all (`base@...`).
    pub(crate) fn lineage_of(&self, branch: &str) -> Result<Option<NodeSet>, ResolveError> {
        let members = match branch {
            "base" => Vec::new(),
            "heads" => self.real_head_indexes(),
            "head" => self.single_head(None, branch)?,
            name => vec![self.branch(name)?],
        };
        Ok((!members.is_empty()).then(|| self.lineage(&members)))
    }

    /// Finds version rows by their exact ids.
    pub(crate) fn rows(&self, rows: &[RevisionId]) -> Result<Vec<Index>, ResolveError> {
        let mut indexes = Vec::with_capacity(rows.len());
        for row in rows {
            let index = self
                .index(row.as_str())
                .ok_or_else(|| self.unknown_row(row))?;
            if !indexes.contains(&index) {
                indexes.push(index);
            }
        }
        Ok(indexes)
    }

    /// Walks `count` revisions down from `start`; none means `base`.
    pub(crate) fn walk_down(
        &self,
        start: Index,
        count: u64,
        typed: &str,
    ) -> Result<Option<Index>, ResolveError> {
        let mut at = Some(start);
        for _ in 0..count {
            let Some(index) = at else {
                return Err(too_far(typed));
            };
            at = self.only(self.parents(index), typed)?;
        }
        Ok(at)
    }

    /// Walks `count` revisions up from `start` (none means `base`), within `lineage`.
    pub(crate) fn walk_up(
        &self,
        start: Option<Index>,
        count: u64,
        lineage: Option<&NodeSet>,
        typed: &str,
    ) -> Result<Option<Index>, ResolveError> {
        match self.climb(start, count, lineage, typed)? {
            (at, 0) => Ok(at),
            (_, _) => Err(too_far(typed)),
        }
    }

    /// As [`walk_up`](Self::walk_up), but stays where there is no way on: also returns how many
    /// steps are left over.
    pub(crate) fn climb(
        &self,
        start: Option<Index>,
        count: u64,
        lineage: Option<&NodeSet>,
        typed: &str,
    ) -> Result<(Option<Index>, u64), ResolveError> {
        let mut at = start;
        for done in 0..count {
            let Some(above) = self.above(at, lineage, typed)? else {
                return Ok((at, count - done));
            };
            at = Some(above);
        }
        Ok((at, 0))
    }

    fn above(
        &self,
        at: Option<Index>,
        lineage: Option<&NodeSet>,
        typed: &str,
    ) -> Result<Option<Index>, ResolveError> {
        let mut above = at.map_or_else(
            || self.base_indexes(),
            |index| self.children_of(index).to_vec(),
        );
        above.retain(|index| lineage.is_none_or(|lineage| lineage.contains(*index)));
        self.only(&above, typed)
    }

    fn only(&self, choices: &[Index], typed: &str) -> Result<Option<Index>, ResolveError> {
        match choices {
            [] => Ok(None),
            [one] => Ok(Some(*one)),
            several => Err(ResolveError::AmbiguousWalk {
                typed: typed.to_owned(),
                choices: self.ids(several.iter().copied()),
            }),
        }
    }

    fn down_from_heads(
        &self,
        branch: Option<&str>,
        typed: &str,
        count: u64,
    ) -> Result<Vec<Index>, ResolveError> {
        let mut heads = self.real_head_indexes();
        if let Some(branch) = branch {
            self.branch(branch)?;
            heads.retain(|head| self.branches[*head].iter().any(|label| label == branch));
        }
        let mut found = Vec::new();
        for head in heads {
            found.extend(self.walk_down(head, count, typed)?);
        }
        Ok(found)
    }

    fn heads_of(&self, branch: &str) -> Result<Vec<Index>, ResolveError> {
        let lineage = self.lineage(&[self.branch(branch)?]);
        let mut heads = self.head_indexes();
        heads.retain(|head| lineage.contains(*head));
        Ok(heads)
    }

    fn single_head(&self, branch: Option<&str>, target: &str) -> Result<Vec<Index>, ResolveError> {
        let heads = match branch {
            Some(branch) => self.heads_of(branch)?,
            None => self.head_indexes(),
        };
        if heads.len() > 1 {
            return Err(ResolveError::MultipleHeads {
                argument: target.to_owned(),
                heads: self.ids(heads),
                single: false,
            });
        }
        Ok(heads)
    }

    /// Finds an id or label that is typed in full.
    pub(super) fn exactly(&self, name: &str) -> Option<Index> {
        self.index(name).or_else(|| self.labels.get(name).copied())
    }

    /// Finds an id or label, in full or by its unique start among `lineage`.
    fn named(&self, name: &str, lineage: Option<&NodeSet>) -> Result<Index, ResolveError> {
        if name.is_empty() {
            return Err(ResolveError::Empty);
        }
        if let Some(index) = self.exactly(name) {
            return Ok(index);
        }
        let mut candidates: Vec<(&str, Index)> = self
            .names()
            .filter(|(known, _)| known.starts_with(name))
            .filter(|(known, _)| known.chars().count() >= Self::SHORTEST_ABBREVIATED)
            .filter(|(_, index)| lineage.is_none_or(|lineage| lineage.contains(*index)))
            .collect();
        candidates.sort_unstable();
        match candidates.as_slice() {
            [] if relative(name).is_some() => Err(ResolveError::Counted {
                typed: name.to_owned(),
            }),
            [] => Err(ResolveError::Unknown {
                name: name.to_owned(),
                nearest: closest(name, self.names().map(|(known, _)| known).chain(PLACES))
                    .map(str::to_owned),
                is_beginning: self.names().any(|(known, _)| known.starts_with(name)),
            }),
            [(_, index)] => Ok(*index),
            several => Err(ResolveError::Ambiguous {
                prefix: name.to_owned(),
                candidates: several.iter().map(|(it, _)| (*it).to_owned()).collect(),
            }),
        }
    }

    fn unknown_row(&self, row: &RevisionId) -> ResolveError {
        let mut known: Vec<&str> = self.iter().map(|revision| revision.id().as_str()).collect();
        let mut near = Vec::new();
        while near.len() < 3
            && let Some(nearest) = closest(row.as_str(), known.iter().copied())
        {
            near.push(nearest.to_owned());
            known.retain(|id| *id != near[near.len() - 1]);
        }
        ResolveError::UnknownRow {
            row: row.to_string(),
            near,
        }
    }

    fn label_names(&self) -> Vec<String> {
        self.iter()
            .flat_map(|revision| revision.header.branch_labels.clone())
            .collect()
    }
}

fn split_branch(target: &str) -> (Option<&str>, &str) {
    target
        .split_once('@')
        .map_or((None, target), |(branch, symbol)| (Some(branch), symbol))
}

/// Reads `-N` with N above zero.
fn steps_down(symbol: &str) -> Option<u64> {
    let digits = symbol.strip_prefix('-')?;
    if !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    digits.parse().ok().filter(|count| *count > 0)
}

fn too_far(typed: &str) -> ResolveError {
    ResolveError::WalkedTooFar {
        typed: typed.to_owned(),
    }
}
