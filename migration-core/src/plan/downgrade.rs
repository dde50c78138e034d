//! Steps down.

use super::heads::Heads;
use super::{Direction, Plan, PlanError, Step, sorted};
use crate::graph::{Relative, ResolveError, RevisionGraph, relative};
use crate::revision::RevisionId;

/// What a downgrade goes down to.
struct Goal {
    /// The branch that is meant, a revision of it.
    branch: Option<usize>,
    /// The revision that stays; none means `base`.
    revision: Option<usize>,
}

/// Plans the way down from `rows` to the targets: everything applied above them, and whatever
/// needs it. Of several targets each is gone down to in turn.
///
/// A target may count steps (`-1`, `label@-1`, `<id>-2`, `<id>+3`); `label@base` takes one branch
/// away.
///
/// # Errors
///
/// Rows or targets that do not resolve, a target that is not below the rows, or a count from
/// several rows.
pub fn downgrade(
    graph: &RevisionGraph,
    rows: &[RevisionId],
    targets: &[&str],
) -> Result<Plan, PlanError> {
    let current = graph.rows(rows)?;
    let mut pending = graph.no_nodes();
    for target in targets {
        let goal = goal(graph, &current, target)?;
        for index in above(graph, &current, &goal, target)? {
            pending.insert(index);
        }
    }
    let mut heads = Heads::new(graph, &current);
    let steps = graph
        .order(pending, &current)
        .into_iter()
        .map(|index| Step {
            revision: Some(graph.id(index).clone()),
            direction: Direction::Downgrade,
            before: vec![graph.id(index).clone()],
            after: graph.ids(graph.parents(index).iter().copied()),
            changes: heads.down(index),
        })
        .collect();
    Ok(Plan {
        from: sorted(rows),
        steps,
        to: heads.rows(),
    })
}

/// The applied revisions that a goal takes away.
fn above(
    graph: &RevisionGraph,
    current: &[usize],
    goal: &Goal,
    target: &str,
) -> Result<Vec<usize>, PlanError> {
    let mut roots = match goal.revision {
        None => graph.base_indexes(),
        Some(revision) => graph.children_of(revision).to_vec(),
    };
    if let (Some(branch), true) = (goal.branch, roots.len() > 1) {
        let line = graph.versioned_ancestor_set(&[branch]);
        roots.retain(|root| line.contains(*root));
        if roots.is_empty() {
            return Err(PlanError::NotBelow {
                target: target.to_owned(),
            });
        }
    }
    let mut found = graph.descendant_set(&roots);
    found.intersect(&graph.ancestor_set(current));
    if let Some(revision) = goal.revision
        && found.is_empty()
        && !current.contains(&revision)
    {
        return Err(PlanError::NotBelow {
            target: target.to_owned(),
        });
    }
    Ok(found.iter().collect())
}

fn goal(graph: &RevisionGraph, current: &[usize], target: &str) -> Result<Goal, PlanError> {
    if target.is_empty() {
        return Err(ResolveError::Empty.into());
    }
    if let Some(relative) = relative(target) {
        return counted(graph, current, relative);
    }
    let (branch, symbol) = match target.rsplit_once('@') {
        Some((branch, symbol)) => (Some(branch), symbol),
        None => (None, target),
    };
    let branch = branch.map(|branch| graph.branch(branch)).transpose()?;
    Ok(Goal {
        branch,
        revision: graph.target(symbol)?,
    })
}

fn counted(
    graph: &RevisionGraph,
    current: &[usize],
    relative: Relative<'_>,
) -> Result<Goal, PlanError> {
    let Relative {
        label,
        symbol,
        steps,
        typed,
    } = relative;
    let count = steps.unsigned_abs();
    let branch = label.map(|label| graph.branch(label)).transpose()?;
    let Some(symbol) = symbol else {
        if steps >= 0 {
            return Err(PlanError::WrongWay {
                typed: typed.to_owned(),
                direction: Direction::Downgrade,
            });
        }
        let start = start(graph, current, branch, typed)?;
        let revision = graph.walk_down(start, count, typed)?;
        return Ok(Goal {
            branch: Some(branch.unwrap_or(start)),
            revision,
        });
    };
    let too_far = || ResolveError::WalkedTooFar {
        typed: typed.to_owned(),
    };
    if steps >= 0 {
        let lineage = branch.map(|branch| graph.lineage(&[branch]));
        let start = graph.target(symbol)?;
        let revision = graph
            .walk_up(start, count, lineage.as_ref(), typed)?
            .ok_or_else(too_far)?;
        return Ok(Goal {
            branch,
            revision: Some(revision),
        });
    }
    let named = label.map(|label| format!("{label}@{symbol}"));
    let start = graph
        .target(named.as_deref().unwrap_or(symbol))?
        .ok_or_else(too_far)?;
    Ok(Goal {
        branch,
        revision: graph.walk_down(start, count, typed)?,
    })
}

/// The one row that `-N` counts from.
fn start(
    graph: &RevisionGraph,
    current: &[usize],
    branch: Option<usize>,
    typed: &str,
) -> Result<usize, PlanError> {
    let mut starts = current.to_vec();
    if let Some(branch) = branch {
        let line = graph.lineage(&[branch]);
        starts.retain(|row| line.contains(*row));
        if starts.is_empty() {
            starts = tips_on(graph, current, &line);
        }
    }
    match starts.as_slice() {
        [one] => Ok(*one),
        [] => Err(ResolveError::WalkedTooFar {
            typed: typed.to_owned(),
        }
        .into()),
        several => Err(PlanError::AmbiguousStart {
            direction: Direction::Downgrade,
            choices: graph.ids(several.iter().copied()),
        }),
    }
}

/// The newest applied revisions on a line that no row is on: all of it is applied only because
/// something elsewhere depends on it.
fn tips_on(graph: &RevisionGraph, current: &[usize], line: &crate::graph::NodeSet) -> Vec<usize> {
    let active = graph.ancestor_set(current);
    active
        .iter()
        .filter(|index| line.contains(*index))
        .filter(|index| {
            !graph
                .children_of(*index)
                .iter()
                .any(|child| active.contains(*child))
        })
        .collect()
}
