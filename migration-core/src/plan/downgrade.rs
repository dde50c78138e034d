//! Steps down.

use super::heads::Heads;
use super::overlap;
use super::{Direction, Plan, PlanError, Step, count, refuse_bare_number, sorted};
use crate::graph::{NodeSet, Relative, ResolveError, RevisionGraph, relative};
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
/// Rows or targets that do not resolve, a target that is not below the rows or that another target
/// takes away, a count from several rows or beside other targets.
pub fn downgrade(
    graph: &RevisionGraph,
    rows: &[RevisionId],
    targets: &[&str],
) -> Result<Plan, PlanError> {
    attempt(graph, rows, targets).map_err(|error| {
        count::advised(error, Direction::Downgrade, |target| {
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
        refuse_bare_number(graph, target, Direction::Downgrade)?;
    }
    let current = graph.rows(rows)?;
    let pending = pending(graph, &current, targets)?;
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

/// The applied revisions that the targets take away.
fn pending(
    graph: &RevisionGraph,
    current: &[usize],
    targets: &[&str],
) -> Result<NodeSet, PlanError> {
    let mut pending = graph.no_nodes();
    let mut stay = Vec::new();
    for target in targets {
        if targets.len() > 1 && counts_from_rows(target) {
            return Err(PlanError::CountBeside {
                target: (*target).to_owned(),
            });
        }
        let goal = goal(graph, current, target)?;
        for index in above(graph, current, &goal, target)? {
            pending.insert(index);
        }
        stay.extend(goal.revision.map(|revision| (revision, target)));
    }
    let gone = stay.into_iter().find(|(stays, _)| pending.contains(*stays));
    match gone {
        Some((_, target)) => Err(PlanError::TakenAway {
            target: (*target).to_owned(),
        }),
        None => Ok(pending),
    }
}

/// Whether a target counts from what the database has, whatever the branch.
fn counts_from_rows(target: &str) -> bool {
    relative(target).is_some_and(|it| it.symbol.is_none() && it.label.is_none())
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
    let Relative { label, typed, .. } = relative;
    let branch = label.map(|label| graph.branch(label)).transpose()?;
    if let Some(name) = relative.symbol {
        let revision = count::from_name(graph, name, relative)?;
        return Ok(Goal { branch, revision });
    }
    if relative.steps >= 0 {
        return Err(PlanError::WrongWay {
            typed: typed.to_owned(),
            direction: Direction::Downgrade,
        });
    }
    let start = start(graph, current, branch, typed)?;
    Ok(Goal {
        branch: Some(branch.unwrap_or(start)),
        revision: graph.walk_down(start, relative.steps.unsigned_abs(), typed)?,
    })
}

/// The one row that `-N` counts from.
fn start(
    graph: &RevisionGraph,
    current: &[usize],
    branch: Option<usize>,
    typed: &str,
) -> Result<usize, PlanError> {
    if current.is_empty() {
        return Err(PlanError::NothingApplied);
    }
    let mut starts = current.to_vec();
    if let Some(branch) = branch {
        let line = graph.lineage(&[branch]);
        starts.retain(|row| line.contains(*row));
        if starts.is_empty() {
            starts = tips_on(graph, current, &line);
        }
    }
    // One row says what another implies: there is nothing to choose between.
    if let Some(error) = overlap::among(graph, &starts, current) {
        return Err(error);
    }
    match starts.as_slice() {
        [one] => Ok(*one),
        [] => Err(count::too_far(typed)),
        several => Err(PlanError::AmbiguousStart {
            typed: typed.to_owned(),
            direction: Direction::Downgrade,
            choices: graph.ids(several.iter().copied()),
            ways: Vec::new(),
        }),
    }
}

/// The newest applied revisions on a line that no row is on: all of it is applied only because
/// something elsewhere depends on it.
fn tips_on(graph: &RevisionGraph, current: &[usize], line: &NodeSet) -> Vec<usize> {
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
