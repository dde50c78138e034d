//! Counted targets: where a count from a name leads, and what to type in place of one that could
//! mean several revisions.

use std::collections::HashSet;

use super::{Direction, Plan, PlanError, number};
use crate::graph::{Relative, ResolveError, RevisionGraph, relative};
use crate::revision::RevisionId;

/// Of more lines than these nobody reads advice.
const MOST_LINES: usize = 12;

/// Finds the revision that `<id>+3`, `label@<id>-2` and the like lead to; none means `base`.
pub(super) fn from_name(
    graph: &RevisionGraph,
    name: &str,
    relative: Relative<'_>,
) -> Result<Option<usize>, PlanError> {
    let Relative { label, typed, .. } = relative;
    let count = relative.steps.unsigned_abs();
    if relative.steps > 0 {
        let lineage = label.map(|label| graph.lineage_of(label)).transpose()?;
        let start = graph.target(name)?;
        return Ok(graph.walk_up(start, count, lineage.flatten().as_ref(), typed)?);
    }
    let on_branch = label.map(|label| format!("{label}@{name}"));
    let start = graph
        .target(on_branch.as_deref().unwrap_or(name))?
        .ok_or_else(|| too_far(typed))?;
    Ok(graph.walk_down(start, count, typed)?)
}

/// Whether a target means another revision once the database has moved.
pub(crate) fn is_from_here(target: &str) -> bool {
    relative(target).is_some_and(|it| it.symbol.is_none())
}

pub(super) fn too_far(typed: &str) -> PlanError {
    PlanError::Resolve(ResolveError::WalkedTooFar {
        typed: typed.to_owned(),
    })
}

/// Adds to an ambiguous count the targets that can be typed in its place; `attempt` plans for
/// each, so that no advice leads to another error.
pub(super) fn advised(
    error: PlanError,
    direction: Direction,
    attempt: impl Fn(&str) -> Result<Plan, PlanError>,
) -> PlanError {
    let leads_on = |target: &str| attempt(target).is_ok_and(|plan| !plan.steps.is_empty());
    match error {
        PlanError::Resolve(walk @ ResolveError::AmbiguousWalk { .. }) => PlanError::AmbiguousWalk {
            ways: crossing(&walk)
                .iter()
                .map(ToString::to_string)
                .filter(|id| leads_on(id))
                .collect(),
            walk: Box::new(walk),
            direction,
        },
        PlanError::AmbiguousStart { typed, choices, .. } => {
            let mut ways: Vec<String> = Vec::new();
            for choice in choices.iter().take(MOST_LINES) {
                let on_line = format!("{choice}@{typed}");
                match attempt(&on_line) {
                    Ok(plan) if !plan.steps.is_empty() => ways.push(on_line),
                    Err(PlanError::Resolve(walk)) => {
                        let names = crossing(&walk).iter().map(ToString::to_string);
                        ways.extend(names.filter(|id| leads_on(id)));
                    }
                    Ok(_) | Err(_) => {}
                }
            }
            let mut said = HashSet::new();
            ways.retain(|way| said.insert(way.clone()));
            PlanError::AmbiguousStart {
                typed,
                direction,
                choices,
                ways,
            }
        }
        other => number::advised(other, attempt),
    }
}

/// The ways on at the place where a walk ended.
fn crossing(walk: &ResolveError) -> &[RevisionId] {
    if let ResolveError::AmbiguousWalk { choices, .. } = walk {
        choices
    } else {
        &[]
    }
}
