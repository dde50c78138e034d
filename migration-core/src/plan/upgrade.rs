//! Steps up.

use super::heads::Heads;
use super::{Direction, Plan, PlanError, Step, sorted};
use crate::graph::{NodeSet, Relative, ResolveError, RevisionGraph, relative};
use crate::revision::RevisionId;

/// Plans the way up from `rows` to the targets: all of their ancestors that are not applied yet.
///
/// One target may count steps (`+2`, `label@+1`, `<id>+3`, `<id>-2`); several are absolute.
///
/// # Errors
///
/// Rows or targets that do not resolve, overlap, or cannot be counted to.
pub fn upgrade(
    graph: &RevisionGraph,
    rows: &[RevisionId],
    targets: &[&str],
) -> Result<Plan, PlanError> {
    let current = graph.rows(rows)?;
    let wanted = match targets {
        [target] => match relative(target) {
            Some(relative) => counted(graph, &current, relative)?.into_iter().collect(),
            None => graph.targets(target)?,
        },
        several => {
            let mut all = Vec::new();
            for target in several {
                all.extend(graph.targets(target)?);
            }
            all
        }
    };
    for set in [&wanted, &current] {
        if let Some((upper, lower)) = graph.overlap(set) {
            return Err(PlanError::Overlap {
                revision: graph.id(upper).clone(),
                other: graph.id(lower).clone(),
                in_database: std::ptr::eq(set, &current),
            });
        }
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

/// Finds the revision that a number of steps leads to; none means `base`.
fn counted(
    graph: &RevisionGraph,
    current: &[usize],
    relative: Relative<'_>,
) -> Result<Option<usize>, PlanError> {
    let Relative {
        label,
        symbol,
        steps,
        typed,
    } = relative;
    let count = steps.unsigned_abs();
    let Some(symbol) = symbol else {
        if steps <= 0 {
            return Err(PlanError::WrongWay {
                typed: typed.to_owned(),
                direction: Direction::Upgrade,
            });
        }
        let lineage = label
            .map(|label| graph.lineage_of(label))
            .transpose()?
            .flatten();
        let start = start(graph, current, lineage.as_ref())?;
        return Ok(graph.walk_up(start, count, lineage.as_ref(), typed)?);
    };
    let too_far = || ResolveError::WalkedTooFar {
        typed: typed.to_owned(),
    };
    if steps > 0 {
        let lineage = label
            .map(|label| graph.lineage_of(label))
            .transpose()?
            .flatten();
        let start = graph.target(symbol)?;
        return Ok(graph.walk_up(start, count, lineage.as_ref(), typed)?);
    }
    let named = label.map(|label| format!("{label}@{symbol}"));
    let start = graph
        .target(named.as_deref().unwrap_or(symbol))?
        .ok_or_else(too_far)?;
    Ok(Some(
        graph.walk_down(start, count, typed)?.ok_or_else(too_far)?,
    ))
}

/// Where `+N` counts from: the row on the line, else the newest applied revision on it, else base.
fn start(
    graph: &RevisionGraph,
    current: &[usize],
    lineage: Option<&NodeSet>,
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
            direction: Direction::Upgrade,
            choices: graph.ids(several.iter().copied()),
        }),
    }
}
