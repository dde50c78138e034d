//! Why there is no plan.

use super::Direction;
use crate::diagnostic::Advice;
use crate::graph::ResolveError;
use crate::revision::RevisionId;

/// A target that cannot be planned for.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PlanError {
    /// A row or target does not resolve.
    #[error(transparent)]
    Resolve(#[from] ResolveError),
    /// One of several revisions implies another.
    #[error(
        "{} `{revision}` overlaps with `{other}`, which it includes",
        if *in_database { "version row" } else { "requested revision" }
    )]
    Overlap {
        /// The one that implies the other.
        revision: RevisionId,
        /// The one implied.
        other: RevisionId,
        /// Whether these are version rows rather than targets.
        in_database: bool,
    },
    /// A count in the direction that the command does not go.
    #[error("relative revision `{typed}` leads nowhere in {}", article(*direction))]
    WrongWay {
        /// Sign and number.
        typed: String,
        /// What was asked for.
        direction: Direction,
    },
    /// A count from several places.
    #[error("ambiguous {direction}: the database is at several revisions to count from")]
    AmbiguousStart {
        /// What was asked for.
        direction: Direction,
        /// The places.
        choices: Vec<RevisionId>,
    },
    /// The target is not below what is applied.
    #[error("destination `{target}` is not a valid downgrade target from the current heads")]
    NotBelow {
        /// What was typed.
        target: String,
    },
}

impl Advice for PlanError {
    fn kind(&self) -> &'static str {
        match self {
            Self::Resolve(error) => error.kind(),
            Self::Overlap { .. } => "overlapping-revisions",
            Self::WrongWay { .. } => "wrong-way",
            Self::AmbiguousStart { .. } => "ambiguous-start",
            Self::NotBelow { .. } => "not-below",
        }
    }

    fn hint(&self) -> Option<String> {
        Some(match self {
            Self::Resolve(error) => return error.hint(),
            Self::Overlap {
                in_database: false, ..
            } => "leave the implied one out".to_owned(),
            Self::Overlap {
                in_database: true,
                revision,
                other,
            } => format!(
                "the row `{other}` says nothing that `{revision}` does not; \
                 `stamp --purge` with the right revisions puts the version table in order"
            ),
            Self::WrongWay {
                direction: Direction::Upgrade,
                ..
            } => "an upgrade counts up, for example `+1`".to_owned(),
            Self::WrongWay {
                direction: Direction::Stamp,
                ..
            } => "a stamp goes straight to a revision: name it".to_owned(),
            Self::WrongWay { .. } => "a downgrade counts down, for example `-1`".to_owned(),
            Self::AmbiguousStart { direction, choices } => {
                let sign = if *direction == Direction::Upgrade {
                    '+'
                } else {
                    '-'
                };
                let forms: Vec<String> =
                    choices.iter().map(|id| format!("`{id}@{sign}1`")).collect();
                format!("say from which: {}", forms.join(", "))
            }
            Self::NotBelow { .. } => {
                "`current` shows where the database is; a downgrade goes to an ancestor of that"
                    .to_owned()
            }
        })
    }
}

fn article(direction: Direction) -> String {
    match direction {
        Direction::Upgrade => "an upgrade".to_owned(),
        Direction::Downgrade | Direction::Stamp => format!("a {direction}"),
    }
}
