//! Revisions that count as applied and never ran: their files were put below one that had been
//! applied before.
//!
//! A version row says that all revisions below it are applied, by the files as they are now. The
//! ledger keeps the header with which each revision ran: what is below it by its file, not by that
//! header, and has no row of its own in the ledger, was not there then. Where anything else may have
//! brought it (a stamp since, a version row of its own, a header of which a parent is gone) nothing is
//! said.

use std::collections::{HashMap, HashSet};

use super::remedy::Upper;
use super::{Circumstances, Records};
use crate::graph::{NodeSet, RevisionGraph};
use crate::plan::{self, Plan};
use crate::program;
use crate::revision::{Header, RevisionId, read_kept};

/// A revision that counts as applied and never ran here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Skipped {
    /// The revision.
    pub id: RevisionId,
    /// The one below which it was put after that had run.
    pub above: RevisionId,
    /// What runs it, in words.
    pub way: String,
}

/// An applied revision that may have had another header when it ran, and the ledger's row of that
/// run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suspect {
    /// The revision.
    pub id: RevisionId,
    /// The row.
    pub row: i64,
}

/// Finds the applied revisions whose headers have to be compared with what the ledger kept: those
/// that ran and stand right above one of which the ledger knows nothing. In most databases there are
/// none.
pub fn suspects(graph: &RevisionGraph, rows: &[RevisionId], records: &Records) -> Vec<Suspect> {
    let Some(view) = View::of(graph, rows, records) else {
        return Vec::new();
    };
    let above = view.above_unnoted();
    let suspect = |index: &usize| {
        let id = graph.id(*index);
        let row = records.get(id)?.origin_row?;
        let is_stamped = records.stamps().iter().any(|(stamp, target)| {
            let target = graph.index(target.as_str());
            *stamp > row && target.is_some_and(|it| graph.ancestor_set(&[it]).contains(*index))
        });
        let id = id.clone();
        (!is_stamped).then_some(Suspect { id, row })
    };
    above.iter().filter_map(suspect).collect()
}

/// Finds the revisions that never ran; `scripts` has what the ledger kept of the [`suspects`] whose
/// files are not the same, byte for byte.
pub fn skipped(at: &Circumstances<'_>, scripts: &HashMap<RevisionId, String>) -> Vec<Skipped> {
    let graph = at.linker.graph;
    let view = match scripts.is_empty() {
        true => None,
        false => View::of(graph, at.rows, at.records),
    };
    let Some(view) = view else {
        return Vec::new();
    };
    let above = view.above_unnoted();
    let mut implied: Vec<usize> = view.rows.clone();
    for index in &above {
        let script = scripts.get(graph.id(*index));
        match script.and_then(|script| needs_then(graph, script)) {
            Some(needs) => implied.extend(needs),
            None => implied.extend(graph.all_down(*index)),
        }
    }
    let implied = view.reach(implied);
    let mut found: Vec<(usize, usize)> = Vec::new();
    for index in above {
        let mut new = view.reach(graph.all_down(index).collect());
        new.subtract(&implied);
        let is_new = |it: &usize| !found.iter().any(|(known, _)| known == it);
        let new: Vec<usize> = new.iter().filter(is_new).collect();
        found.extend(new.into_iter().map(|it| (it, index)));
    }
    told(at, &found)
}

/// What a revision needed when it ran; none where that cannot be told, or is not here any more.
fn needs_then(graph: &RevisionGraph, script: &str) -> Option<Vec<usize>> {
    let header: Header = read_kept("ledger", script, "").ok()?.header;
    let revises = header.revises.iter().map(|id| graph.index(id.as_str()));
    let named = header.depends_on.iter();
    let named = named.map(|name| graph.index(name).or_else(|| graph.branch(name).ok()));
    revises.chain(named).collect()
}

/// Those found of which something would run, with the way out.
fn told(at: &Circumstances<'_>, found: &[(usize, usize)]) -> Vec<Skipped> {
    let graph = at.linker.graph;
    let runs = |(index, _): &&(usize, usize)| {
        let revision = graph.get(graph.id(*index).as_str());
        revision.is_some_and(|it| {
            program::upgrade_operations(at.linker, it).map_or(true, |count| count > 0)
        })
    };
    let never: Vec<(usize, usize)> = found.iter().filter(runs).copied().collect();
    if never.is_empty() {
        return Vec::new();
    }
    let all: Vec<RevisionId> = graph.ids(found.iter().map(|(index, _)| *index));
    let ids: Vec<RevisionId> = graph.ids(never.iter().map(|(index, _)| *index));
    let way = way(at, &ids, &all).unwrap_or_else(|| {
        "put what it does into a new revision, and its file and the headers above it as they were"
            .to_owned()
    });
    let skipped = never.into_iter().map(|(index, above)| Skipped {
        id: graph.id(index).clone(),
        above: graph.id(above).clone(),
        way: way.clone(),
    });
    skipped.collect()
}

/// A stamp below the revisions, an upgrade that runs them and nothing that ran before, and a stamp
/// back, planned for.
fn way(at: &Circumstances<'_>, ids: &[RevisionId], all: &[RevisionId]) -> Option<String> {
    let graph = at.linker.graph;
    let upper = Upper::of(at, ids)?;
    let indexes = graph.rows(ids).ok()?;
    let is_tip = |index: &&usize| {
        let mut others = indexes.iter().filter(|it| it != index);
        !others.any(|other| graph.ancestor_set(&[*other]).contains(**index))
    };
    let tips = graph.ids(indexes.iter().filter(is_tip).copied());
    let mut before = at.rows.to_vec();
    before.sort_unstable();
    let all: HashSet<&RevisionId> = all.iter().collect();
    let mut ways = [upper.below(), upper.anew()].into_iter();
    let (targets, purge) = ways.find(|(targets, purge)| {
        let targets: Vec<&str> = targets.iter().map(String::as_str).collect();
        let leads_back = || -> Option<bool> {
            let down = plan::stamp(graph, at.rows, &targets, *purge).ok()?;
            let up = plan::upgrade(graph, &down.to, &texts(&tips)).ok()?;
            let back = plan::stamp(graph, &up.to, &texts(upper.tips()), false).ok()?;
            Some(is_of(&up, &all) && back.to == before)
        };
        leads_back().unwrap_or(false)
    })?;
    let flag = if purge { "--purge " } else { "" };
    Some(format!(
        "`stamp {flag}{}`, `upgrade {}` and `stamp {}`, in this order and with no other upgrade \
         between them, run it and nothing twice",
        targets.join(" "),
        texts(&tips).join(" "),
        texts(upper.tips()).join(" ")
    ))
}

/// Whether a plan runs nothing but these.
fn is_of(plan: &Plan, all: &HashSet<&RevisionId>) -> bool {
    plan.revisions().all(|id| all.contains(id))
}

fn texts(ids: &[RevisionId]) -> Vec<&str> {
    ids.iter().map(RevisionId::as_str).collect()
}

/// What is applied by the files as they are now, and what of it the ledger knows.
struct View<'a> {
    graph: &'a RevisionGraph,
    records: &'a Records,
    rows: Vec<usize>,
    applied: NodeSet,
}

impl<'a> View<'a> {
    /// None where a version row is nobody's.
    fn of(graph: &'a RevisionGraph, rows: &[RevisionId], records: &'a Records) -> Option<Self> {
        let rows = graph.rows(rows).ok()?;
        Some(Self {
            graph,
            records,
            applied: graph.ancestor_set(&rows),
            rows,
        })
    }

    fn is_noted(&self, index: usize) -> bool {
        let record = self.records.get(self.graph.id(index));
        record.is_some_and(|it| {
            it.applied.is_some() || it.accepted.is_some() || it.unfinished.is_some()
        })
    }

    /// The noted ones that need one that is not.
    fn above_unnoted(&self) -> Vec<usize> {
        let is_above = |index: &usize| {
            let mut needs = self.graph.all_down(*index);
            self.is_noted(*index) && needs.any(|it| !self.is_noted(it))
        };
        self.applied.iter().filter(is_above).collect()
    }

    /// These and all below them that are not noted: what is below a noted one, that one's own header
    /// tells.
    fn reach(&self, mut todo: Vec<usize>) -> NodeSet {
        let mut reached = self.graph.no_nodes();
        while let Some(index) = todo.pop() {
            if !reached.contains(index) && !self.is_noted(index) {
                reached.insert(index);
                todo.extend(self.graph.all_down(index));
            }
        }
        reached
    }
}
