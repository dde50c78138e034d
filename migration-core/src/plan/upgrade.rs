//! Steps up.

use super::heads::Heads;
use super::overlap;
use super::{Direction, Plan, PlanError, Step, count, names_base, refuse_bare_number, sorted};
use crate::graph::{NodeSet, Relative, RevisionGraph, relative};
use crate::revision::RevisionId;

/// Plans the way up from `rows` to the targets: all of their ancestors that are not applied yet.
///
/// A single target may count steps (`+2`, `label@+1`, `<id>+3`, `<id>-2`).
///
/// # Errors
///
/// Rows or targets that do not resolve, overlap, or cannot be counted to; `base` or a count beside
/// other targets.
pub fn upgrade(
    graph: &RevisionGraph,
    rows: &[RevisionId],
    targets: &[&str],
) -> Result<Plan, PlanError> {
    attempt(graph, rows, targets).map_err(|error| {
        count::advised(error, Direction::Upgrade, |target| {
            attempt(graph, rows, &[target])
        })
    })
}

fn attempt(
    graph: &RevisionGraph,
    rows: &[RevisionId],
    targets: &[&str],
) -> Result<Plan, PlanError> {
    for target in targets {
        refuse_bare_number(graph, target, Direction::Upgrade)?;
    }
    let current = graph.rows(rows)?;
    let wanted = wanted(graph, &current, targets)?;
    if let Some((upper, lower)) = graph.overlap(&wanted) {
        return Err(PlanError::Overlap {
            revision: graph.id(upper).clone(),
            other: graph.id(lower).clone(),
            rows: None,
        });
    }
    if let Some(error) = overlap::among(graph, &current, &current) {
        return Err(error);
    }
    if wanted.iter().all(|it| current.contains(it)) {
        // Most runs have nothing to do: no line is walked down for them.
        return Ok(Plan {
            from: sorted(rows),
            steps: Vec::new(),
            to: sorted(rows),
        });
    }
    let mut pending = graph.ancestor_set(&wanted);
    pending.subtract(&graph.ancestor_set(&current));
    let mut order = graph.order(pending, &wanted);
    order.reverse();
    let mut heads = Heads::new(graph, &current);
    let steps = order
        .into_iter()
        .map(|index| Step {
            revision: Some(graph.id(index).clone()),
            direction: Direction::Upgrade,
            before: graph.ids(graph.parents(index).iter().copied()),
            after: vec![graph.id(index).clone()],
            changes: heads.up(index),
        })
        .collect();
    Ok(Plan {
        from: sorted(rows),
        steps,
        to: heads.rows(),
    })
}

/// The revisions that the targets name; none means `base`.
fn wanted(
    graph: &RevisionGraph,
    current: &[usize],
    targets: &[&str],
) -> Result<Vec<usize>, PlanError> {
    if let [target] = targets {
        return Ok(match relative(target) {
            Some(relative) => vec![counted(graph, current, relative)?],
            None => graph.targets(target)?,
        });
    }
    let mut all = Vec::new();
    for target in targets {
        if relative(target).is_some() {
            return Err(PlanError::CountBeside {
                target: (*target).to_owned(),
            });
        }
        all.extend(graph.targets(target)?);
        if names_base(target) {
            return Err(PlanError::BaseBeside {
                target: (*target).to_owned(),
            });
        }
    }
    Ok(all)
}

/// Finds the revision that a number of steps leads to.
fn counted(
    graph: &RevisionGraph,
    current: &[usize],
    relative: Relative<'_>,
) -> Result<usize, PlanError> {
    let Relative { label, typed, .. } = relative;
    let found = if let Some(name) = relative.symbol {
        count::from_name(graph, name, relative)?
    } else {
        if relative.steps <= 0 {
            return Err(PlanError::WrongWay {
                typed: typed.to_owned(),
                direction: Direction::Upgrade,
            });
        }
        let lineage = label.map(|label| graph.lineage_of(label)).transpose()?;
        let lineage = lineage.flatten();
        let start = start(graph, current, lineage.as_ref(), typed)?;
        graph.walk_up(
            start,
            relative.steps.unsigned_abs(),
            lineage.as_ref(),
            typed,
        )?
    };
    found.ok_or_else(|| count::too_far(typed))
}

/// Where `+N` counts from: the row on the line, else the newest applied revision on it, else base.
fn start(
    graph: &RevisionGraph,
    current: &[usize],
    lineage: Option<&NodeSet>,
    typed: &str,
) -> Result<Option<usize>, PlanError> {
    let mut starts: Vec<usize> = current
        .iter()
        .copied()
        .filter(|row| lineage.is_none_or(|lineage| lineage.contains(*row)))
        .collect();
    if let (true, Some(lineage)) = (starts.is_empty(), lineage) {
        let mut active = graph.ancestor_set(current);
        active.intersect(lineage);
        let mut tips = active.clone();
        for index in active.iter() {
            for below in graph.down(index) {
                tips.remove(below);
            }
        }
        starts = tips.iter().collect();
    }
    match starts.as_slice() {
        [] => Ok(None),
        [one] => Ok(Some(*one)),
        several => Err(PlanError::AmbiguousStart {
            typed: typed.to_owned(),
            direction: Direction::Upgrade,
            choices: graph.ids(several.iter().copied()),
            ways: Vec::new(),
        }),
    }
}
