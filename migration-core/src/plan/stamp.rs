//! Version rows without steps: what the database is declared to be.

use std::collections::BTreeSet;

use super::{Direction, Plan, PlanError, RowChange, Step, refuse_bare_number, sorted};
use crate::graph::{ResolveError, RevisionGraph, relative};
use crate::revision::RevisionId;

/// Plans the version rows that the targets name; rows of other lines stay.
///
/// Rows on one line with a target (dependencies included) give way to it; `base` takes all rows
/// away, `label@base` those of that line, before the other targets take their places. With `purge` all rows go first, known or not.
///
/// # Errors
///
/// Rows or targets that do not resolve, several heads for `head`, or targets of which one implies
/// another.
pub fn stamp(
    graph: &RevisionGraph,
    rows: &[RevisionId],
    targets: &[&str],
    purge: bool,
) -> Result<Plan, PlanError> {
    for target in targets {
        refuse_bare_number(graph, target, Direction::Stamp)?;
    }
    let mut steps = Vec::new();
    let current = if purge { Vec::new() } else { graph.rows(rows)? };
    if purge && !rows.is_empty() {
        steps.push(Step {
            revision: None,
            direction: Direction::Stamp,
            before: sorted(rows),
            after: Vec::new(),
            changes: sorted(rows).into_iter().map(RowChange::Delete).collect(),
        });
    }
    let (wanted, replaced) = aims(graph, &current, targets)?;
    if let Some((upper, lower)) = graph.overlap(&wanted) {
        return Err(PlanError::Overlap {
            revision: graph.id(upper).clone(),
            other: graph.id(lower).clone(),
            rows: None,
        });
    }
    let mut now: BTreeSet<usize> = current.into_iter().collect();
    steps.extend(replace(graph, &mut now, wanted, replaced));
    let to = sorted(&graph.ids(now));
    Ok(Plan {
        from: sorted(rows),
        steps,
        to,
    })
}

/// Puts each revision wanted in the place of the rows on its line; what is left over goes.
fn replace(
    graph: &RevisionGraph,
    now: &mut BTreeSet<usize>,
    wanted: Vec<usize>,
    mut replaced: BTreeSet<usize>,
) -> Vec<Step> {
    let mut steps = Vec::new();
    replaced.retain(|row| !wanted.contains(row));
    for target in wanted {
        if !now.insert(target) {
            continue;
        }
        let line = graph.full_lineage(&[target]);
        let (gone, others) = replaced.iter().partition(|row| line.contains(**row));
        replaced = others;
        steps.push(take_away(graph, now, gone, Some(target)));
    }
    if !replaced.is_empty() {
        steps.push(take_away(graph, now, replaced, None));
    }
    steps
}

fn take_away(
    graph: &RevisionGraph,
    now: &mut BTreeSet<usize>,
    gone: BTreeSet<usize>,
    target: Option<usize>,
) -> Step {
    let gone: Vec<usize> = gone.into_iter().collect();
    for row in &gone {
        now.remove(row);
    }
    step(graph, &gone, target)
}

/// The revisions wanted, and the rows that give way to them.
fn aims(
    graph: &RevisionGraph,
    current: &[usize],
    targets: &[&str],
) -> Result<(Vec<usize>, BTreeSet<usize>), PlanError> {
    let mut wanted = Vec::new();
    let mut replaced = BTreeSet::new();
    for target in targets {
        if let Some(relative) = relative(target) {
            return Err(PlanError::WrongWay {
                typed: relative.typed.to_owned(),
                direction: Direction::Stamp,
            });
        }
        let found = graph.targets(target)?;
        let branch = target.split_once('@').map(|(branch, _)| branch);
        let mut line = found.clone();
        if let Some(branch) = branch.filter(|branch| *branch != "base") {
            line.push(graph.branch(branch)?);
        }
        if found.is_empty() && branch.is_none() {
            replaced.extend(current);
            continue;
        }
        let line = graph.full_lineage(&line);
        replaced.extend(current.iter().copied().filter(|row| line.contains(*row)));
        for revision in found {
            if !wanted.contains(&revision) {
                wanted.push(revision);
            }
        }
    }
    if targets.is_empty() {
        return Err(ResolveError::Empty.into());
    }
    Ok((wanted, replaced))
}

fn step(graph: &RevisionGraph, gone: &[usize], target: Option<usize>) -> Step {
    let mut before = graph.ids(gone.iter().copied());
    before.sort_unstable();
    let after: Vec<RevisionId> = graph.ids(target);
    let mut leaving = before.clone();
    let mut changes = Vec::new();
    let last = match after.first() {
        Some(to) => match leaving.pop() {
            Some(from) => Some(RowChange::Update {
                from,
                to: to.clone(),
            }),
            None => Some(RowChange::Insert(to.clone())),
        },
        None => None,
    };
    changes.extend(leaving.into_iter().map(RowChange::Delete));
    changes.extend(last);
    Step {
        revision: after.first().cloned(),
        direction: Direction::Stamp,
        before,
        after,
        changes,
    }
}
