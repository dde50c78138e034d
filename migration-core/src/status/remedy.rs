//! What leads on from revisions that were edited after they were applied.
//!
//! Where something of one ran, a person judges whether database and text agree. Where nothing of it
//! ran, to accept its text would lose its statements without a word: they have to run first.

use std::collections::HashSet;

use super::{EditedPolicy, Entry, Records, State};
use crate::diagnostic::quoted;
use crate::graph::{NodeSet, RevisionGraph};
use crate::plan::{self, Plan};
use crate::program::{self, Linker};
use crate::revision::RevisionId;

/// What to do about an edited revision.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Remedy {
    /// Its text can be accepted.
    Accept,
    /// Nothing of it ran, nor of anything on top of it: after a stamp it runs as it is now.
    Rerun {
        /// The arguments of the stamp.
        stamp: String,
        /// The arguments of the upgrade.
        upgrade: String,
        /// The other edited revisions that run with it.
        together: Vec<RevisionId>,
    },
    /// Nothing of it ran, but of something on top of it.
    Buried {
        /// The arguments of a downgrade and of an upgrade between which it is not applied; none
        /// when no downgrade takes away just what is on top of it, or when none is allowed.
        back: Option<(String, String)>,
    },
}

impl Remedy {
    /// Whether nothing of the revision ran.
    pub fn never_ran(&self) -> bool {
        match self {
            Self::Accept => false,
            Self::Rerun { .. } | Self::Buried { .. } => true,
        }
    }

    /// What to do, in words.
    pub fn way(&self, id: &RevisionId) -> String {
        match self {
            Self::Accept => {
                format!(
                    "`status {id}` shows what changed, `repair {id}` accepts it and runs nothing"
                )
            }
            Self::Rerun {
                stamp,
                upgrade,
                together,
            } => {
                let with = match together.is_empty() {
                    true => String::new(),
                    false => format!(", and {} with it", quoted(together)),
                };
                format!("`stamp {stamp}`, then `upgrade {upgrade}` runs it as it is now{with}")
            }
            Self::Buried { back } => {
                let back = back.as_ref().map(|(down, up)| {
                    format!(
                        "; or `downgrade {down}`, then `upgrade {up}`, where what is on top of it \
                         may be undone and run again"
                    )
                });
                format!(
                    "others were applied on top of it, so put what it should do into a new \
                     revision, and its own text back as it was{}",
                    back.unwrap_or_default()
                )
            }
        }
    }
}

/// What is known when remedies are looked for.
#[derive(Debug, Clone)]
pub struct Circumstances<'a> {
    /// The revisions, and the engine that they are for.
    pub linker: &'a Linker<'a>,
    /// The version rows.
    pub rows: &'a [RevisionId],
    /// What the ledger knows.
    pub records: &'a Records,
    /// Whether a downgrade runs while a revision is edited.
    pub policy: EditedPolicy,
}

/// Finds what to do about each edited revision among the entries.
pub fn remedies(at: &Circumstances<'_>, entries: &[Entry]) -> Vec<(RevisionId, Remedy)> {
    let edited = entries.iter().filter(|it| it.state == State::Edited);
    let edited: Vec<&Entry> = edited.collect();
    let never: Vec<&RevisionId> = edited
        .iter()
        .filter(|entry| never_ran(at, entry))
        .map(|entry| &entry.id)
        .collect();
    let again = match never.is_empty() {
        true => None,
        false => Again::of(at, &never),
    };
    let remedy = |id: &RevisionId| {
        if !never.contains(&id) {
            return Remedy::Accept;
        }
        match again.as_ref().filter(|again| again.runs.contains(id)) {
            Some(again) => again.remedy(id),
            None => Remedy::Buried { back: back(at, id) },
        }
    };
    edited
        .into_iter()
        .map(|entry| (entry.id.clone(), remedy(&entry.id)))
        .collect()
}

/// Whether nothing ran when it was applied, and something would now. What cannot be read may.
fn never_ran(at: &Circumstances<'_>, entry: &Entry) -> bool {
    let revision = at.linker.graph.get(entry.id.as_str());
    entry.record.as_ref().is_some_and(|it| it.is_idle)
        && revision.is_some_and(|revision| {
            program::upgrade_operations(at.linker, revision).map_or(true, |count| count > 0)
        })
}

/// A stamp and an upgrade after which all edited revisions are in effect that never were, as far as
/// nothing else would run twice.
struct Again {
    stamp: String,
    upgrade: String,
    runs: Vec<RevisionId>,
}

impl Again {
    fn of(at: &Circumstances<'_>, never: &[&RevisionId]) -> Option<Self> {
        let mut runs: Vec<RevisionId> = never.iter().copied().cloned().collect();
        runs.retain(|id| {
            let upper = Upper::of(at, std::slice::from_ref(id));
            upper.is_some_and(|upper| upper.is_idle(at))
        });
        if runs.is_empty() {
            return None;
        }
        let upper = Upper::of(at, &runs)?;
        let upgrade = upper.upgrade();
        let ways = [upper.below(), upper.anew()].into_iter();
        let mut ways = ways.filter(|(targets, purge)| {
            let targets: Vec<&str> = targets.iter().map(String::as_str).collect();
            let stamped = plan::stamp(at.linker.graph, at.rows, &targets, *purge);
            stamped.is_ok_and(|plan| upper.is_undone_by(at, &plan))
        });
        let (targets, purge) = ways.next()?;
        let flag = if purge { "--purge " } else { "" };
        Some(Self {
            stamp: format!("{flag}{}", targets.join(" ")),
            upgrade,
            runs,
        })
    }

    fn remedy(&self, id: &RevisionId) -> Remedy {
        let others = self.runs.iter().filter(|other| *other != id);
        Remedy::Rerun {
            stamp: self.stamp.clone(),
            upgrade: self.upgrade.clone(),
            together: others.cloned().collect(),
        }
    }
}

/// A downgrade that takes a revision and what is on top of it away, and the upgrade that brings
/// both back.
fn back(at: &Circumstances<'_>, id: &RevisionId) -> Option<(String, String)> {
    if at.policy == EditedPolicy::Refuse {
        return None;
    }
    let upper = Upper::of(at, std::slice::from_ref(id))?;
    let (targets, _) = upper.below();
    let typed: Vec<&str> = targets.iter().map(String::as_str).collect();
    let plan = plan::downgrade(at.linker.graph, at.rows, &typed).ok()?;
    upper
        .is_undone_by(at, &plan)
        .then(|| (targets.join(" "), upper.upgrade()))
}

/// Revisions and all that is applied on top of them.
pub(super) struct Upper<'a> {
    graph: &'a RevisionGraph,
    members: NodeSet,
    /// The version rows that are among them.
    tips: Vec<RevisionId>,
    /// The version rows that are not.
    others: Vec<RevisionId>,
    /// What is left applied, but for what `others` imply, ends here.
    ends: Vec<RevisionId>,
    /// The first of them.
    first: RevisionId,
}

impl<'a> Upper<'a> {
    pub(super) fn of(at: &Circumstances<'a>, ids: &[RevisionId]) -> Option<Self> {
        let graph = at.linker.graph;
        let rows = graph.rows(at.rows).ok()?;
        let applied = graph.ancestor_set(&rows);
        let mut members = graph.descendant_set(&graph.rows(ids).ok()?);
        members.intersect(&applied);
        let (tips, others): (Vec<usize>, Vec<usize>) =
            rows.into_iter().partition(|row| members.contains(*row));
        let implied = graph.ancestor_set(&others);
        let left = |index: &usize| !members.contains(*index) && !implied.contains(*index);
        let left: Vec<usize> = applied.iter().filter(left).collect();
        let mut ends = left.clone();
        ends.retain(|end| {
            let above = graph.descendant_set(&[*end]);
            !left.iter().any(|it| it != end && above.contains(*it))
        });
        let first = ids.first()?.clone();
        Some(Self {
            graph,
            tips: graph.ids(tips),
            others: graph.ids(others),
            ends: graph.ids(ends),
            members,
            first,
        })
    }

    /// Whether nothing of any of them ran.
    fn is_idle(&self, at: &Circumstances<'_>) -> bool {
        let is_idle = |id: &RevisionId| at.records.get(id).is_some_and(|record| record.is_idle);
        self.members.iter().all(|it| is_idle(self.graph.id(it)))
    }

    /// The targets of a stamp or downgrade that leaves the rest, as people type them.
    pub(super) fn below(&self) -> (Vec<String>, bool) {
        let targets = match (self.ends.is_empty(), self.others.is_empty()) {
            (false, _) => self.ends.iter().map(ToString::to_string).collect(),
            (true, true) => vec!["base".to_owned()],
            (true, false) => vec![format!("{}@base", self.first)],
        };
        (targets, false)
    }

    /// The targets of a stamp that sets all rows anew.
    pub(super) fn anew(&self) -> (Vec<String>, bool) {
        let rows = self.others.iter().chain(&self.ends);
        (rows.map(ToString::to_string).collect(), true)
    }

    /// The version rows that are among them.
    pub(super) fn tips(&self) -> &[RevisionId] {
        &self.tips
    }

    fn upgrade(&self) -> String {
        let tips: Vec<&str> = self.tips.iter().map(RevisionId::as_str).collect();
        tips.join(" ")
    }

    /// Whether after a plan exactly these are no more applied, and the upgrade brings them back.
    fn is_undone_by(&self, at: &Circumstances<'_>, plan: &Plan) -> bool {
        let tips: Vec<&str> = self.tips.iter().map(RevisionId::as_str).collect();
        let Ok(up) = plan::upgrade(self.graph, &plan.to, &tips) else {
            return false;
        };
        let brought = up.revisions();
        let brought: HashSet<&RevisionId> = brought.collect();
        let wanted = self.members.iter().map(|it| self.graph.id(it));
        let mut before = at.rows.to_vec();
        before.sort_unstable();
        up.to == before && brought == wanted.collect()
    }
}
