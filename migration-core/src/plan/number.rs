//! A bare number where a target stands: refused, with what was most likely meant.

use super::{Direction, Plan, PlanError};
use crate::diagnostic::quoted_some;
use crate::graph::{ResolveError, RevisionGraph};
use crate::revision::{Revision, RevisionId};

/// Of more ids than these nobody reads advice.
const MOST_IDS: usize = 4;

/// Targets that can be typed in place of a bare number.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Meant {
    /// The number as a count, when there are so many steps.
    pub count: Option<String>,
    /// The way to the end and the number of its steps, when there are not.
    pub all: Option<(String, usize)>,
    /// Whether an upgrade should lead to nothing at all.
    pub nothing: bool,
    /// The same with the ids that begin so.
    pub begins: Vec<String>,
}

/// Refuses a bare number, which would be read as the start of an id.
///
/// # Errors
///
/// [`PlanError::BareNumber`], unless an id or label is exactly that number.
pub(crate) fn refuse_bare_number(
    graph: &RevisionGraph,
    target: &str,
    direction: Direction,
) -> Result<(), PlanError> {
    let Some(number) = graph.bare_number(target) else {
        return Ok(());
    };
    let at = target.rfind('@').map_or(0, |at| at + 1);
    let (before, rest) = target.split_at(at);
    let behind = &rest[number.len()..];
    let ids = graph.iter().map(Revision::id).map(RevisionId::as_str);
    let begins = ids.filter(|id| id.starts_with(number));
    let begins = begins.map(|id| format!("{before}{id}{behind}"));
    Err(PlanError::BareNumber {
        number: number.to_owned(),
        target: target.to_owned(),
        direction,
        meant: Box::new(Meant {
            begins: begins.collect(),
            ..Meant::default()
        }),
    })
}

/// Adds to a refused number the count that was meant, or how far a count can go.
pub(super) fn advised(
    error: PlanError,
    attempt: impl Fn(&str) -> Result<Plan, PlanError>,
) -> PlanError {
    let PlanError::BareNumber {
        number,
        target,
        direction,
        mut meant,
    } = error
    else {
        return error;
    };
    if direction != Direction::Stamp {
        meant.begins.retain(|target| attempt(target).is_ok());
    }
    let ways = match direction {
        Direction::Upgrade => Some(('+', "heads")),
        Direction::Downgrade => Some(('-', "base")),
        Direction::Stamp => None,
    };
    // What stands before the number is a branch, and stays.
    if let Some(((sign, end), branch)) = ways.zip(target.strip_suffix(&number)) {
        let is_zero = number.bytes().all(|digit| digit == b'0');
        let count = format!("{branch}{sign}{number}");
        let is_too_far = match attempt(&count) {
            Ok(plan) => plan.steps.is_empty(),
            Err(PlanError::NothingApplied) => true,
            Err(error) => matches!(error, PlanError::Resolve(ResolveError::WalkedTooFar { .. })),
        };
        if !is_zero && !is_too_far {
            meant.count = Some(count);
        } else if is_zero && direction == Direction::Upgrade {
            // Who begins an id with zeros wants no way down.
            meant.nothing = meant.begins.is_empty();
        } else {
            let end = format!("{branch}{end}");
            let steps = attempt(&end).map_or(0, |plan| plan.steps.len());
            meant.all = (steps > 0).then_some((end, steps));
        }
    }
    PlanError::BareNumber {
        number,
        target,
        direction,
        meant,
    }
}

/// What was meant, in words.
pub(super) fn bare_number_hint(direction: Direction, meant: &Meant) -> String {
    let mut ways = Vec::new();
    if let Some(count) = &meant.count {
        ways.push(format!("`{direction} {count}` counts the steps"));
    }
    if let Some((target, steps)) = &meant.all {
        ways.push(match direction {
            Direction::Upgrade => {
                format!("`upgrade {target}` applies all that is pending ({steps} in all)")
            }
            Direction::Downgrade | Direction::Stamp => {
                format!("`{direction} {target}` undoes all that is applied ({steps} in all)")
            }
        });
    }
    if meant.nothing {
        ways.push("`downgrade base` undoes all that is applied".to_owned());
    }
    match meant.begins.as_slice() {
        [] => {}
        [one] => ways.push(match direction {
            Direction::Stamp => format!("`{one}` is the revision whose id begins so"),
            Direction::Upgrade | Direction::Downgrade => {
                format!("`{direction} {one}` names the revision whose id begins so")
            }
        }),
        several => {
            let some = quoted_some(several, MOST_IDS);
            ways.push(format!("the ids that begin so are {some}"));
        }
    }
    if ways.is_empty() {
        return "`current` shows where the database is, `history` lists all revisions".to_owned();
    }
    ways.join("; ")
}
