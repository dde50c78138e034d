//! Why there is no plan.

use super::number::bare_number_hint;
use super::{Direction, Meant};
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
        if rows.is_some() { "version row" } else { "requested revision" }
    )]
    Overlap {
        /// The one that implies the other.
        revision: RevisionId,
        /// The one implied.
        other: RevisionId,
        /// Where these are version rows rather than targets: those that say it all.
        rows: Option<Vec<RevisionId>>,
    },
    /// A short number without a sign, and no id is that number.
    #[error("no revision is called `{number}`")]
    BareNumber {
        /// The number.
        number: String,
        /// The target as typed.
        target: String,
        /// What was asked for.
        direction: Direction,
        /// What can be typed in its place.
        meant: Box<Meant>,
    },
    /// A count down from a database without revisions.
    #[error("no revision is applied, so there is none to undo")]
    NothingApplied,
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
        /// Sign and number.
        typed: String,
        /// What was asked for.
        direction: Direction,
        /// The places.
        choices: Vec<RevisionId>,
        /// Targets that lead on from them, each planned for.
        ways: Vec<String>,
    },
    /// A count that comes to a fork or a merge.
    #[error("{walk}")]
    AmbiguousWalk {
        /// What the graph says.
        walk: Box<ResolveError>,
        /// What was asked for.
        direction: Direction,
        /// Targets that lead on from there, each planned for.
        ways: Vec<String>,
    },
    /// A count from the database's rows beside other targets.
    #[error("`{target}` counts steps, which only a single target can")]
    CountBeside {
        /// What was typed.
        target: String,
    },
    /// `base` beside other targets of an upgrade.
    #[error("`{target}` means nothing beside the other targets of an upgrade")]
    BaseBeside {
        /// What was typed.
        target: String,
    },
    /// A target that was to stay goes because of another.
    #[error("`{target}` does not stay: another target of the downgrade goes below it")]
    TakenAway {
        /// What was typed.
        target: String,
    },
    /// The target is not below what is applied.
    #[error("destination `{target}` is not a valid downgrade target from the current heads")]
    NotBelow {
        /// What was typed.
        target: String,
    },
}

impl PlanError {
    /// The same when the version rows were typed and come from no database.
    #[must_use]
    pub fn about_typed_rows(self) -> Self {
        match self {
            Self::Overlap {
                revision, other, ..
            } => Self::Overlap {
                revision,
                other,
                rows: None,
            },
            other => other,
        }
    }
}

/// Revisions as they are typed.
fn typed(ids: &[RevisionId]) -> String {
    let ids: Vec<&str> = ids.iter().map(RevisionId::as_str).collect();
    ids.join(" ")
}

impl Advice for PlanError {
    fn kind(&self) -> &'static str {
        match self {
            Self::Resolve(error) => error.kind(),
            Self::Overlap { .. } => "overlapping-revisions",
            Self::BareNumber { .. } => "bare-number",
            Self::NothingApplied => "nothing-applied",
            Self::WrongWay { .. } => "wrong-way",
            Self::AmbiguousStart { .. } => "ambiguous-start",
            Self::AmbiguousWalk { walk, .. } => walk.kind(),
            Self::CountBeside { .. } => "count-beside-targets",
            Self::BaseBeside { .. } => "base-beside-targets",
            Self::TakenAway { .. } => "target-taken-away",
            Self::NotBelow { .. } => "not-below",
        }
    }

    #[expect(clippy::too_many_lines, reason = "one arm per error")]
    fn hint(&self) -> Option<String> {
        Some(match self {
            Self::Resolve(error) => return error.hint(),
            Self::Overlap { rows: None, .. } => "leave the implied one out".to_owned(),
            Self::Overlap {
                rows: Some(rows),
                revision,
                other,
            } => format!(
                "the row `{other}` says nothing that `{revision}` does not; `stamp --purge {}` puts \
                 the version table in order and runs nothing",
                typed(rows)
            ),
            Self::BareNumber {
                direction, meant, ..
            } => bare_number_hint(*direction, meant),
            Self::NothingApplied => {
                "`upgrade` applies revisions; is it the right database? `info` shows \
                                     which one it is"
                    .to_owned()
            }
            Self::WrongWay {
                direction: Direction::Upgrade,
                ..
            } => "an upgrade counts up, for example `+1`".to_owned(),
            Self::WrongWay {
                direction: Direction::Stamp,
                ..
            } => "a stamp goes straight to a revision: name it".to_owned(),
            Self::WrongWay { .. } => "a downgrade counts down, for example `-1`".to_owned(),
            Self::AmbiguousStart {
                direction, ways, ..
            } => match commands(*direction, ways) {
                Some(commands) => format!("say from which: {commands}"),
                None => "none of them goes on that far; `current` and `history` show where they \
                         are"
                .to_owned(),
            },
            Self::AmbiguousWalk {
                walk,
                direction,
                ways,
            } => match commands(*direction, ways) {
                Some(commands) => format!("say which: {commands}"),
                None => return walk.hint(),
            },
            Self::CountBeside { .. } => {
                "name the revision, or count in a command of its own".to_owned()
            }
            Self::BaseBeside { .. } => "leave it out; `downgrade` takes revisions away".to_owned(),
            Self::TakenAway { .. } => "leave it out".to_owned(),
            Self::NotBelow { target } if names_heads(target) => {
                format!("`upgrade {target}` goes there; a downgrade goes down, for example `-1`")
            }
            Self::NotBelow { .. } => {
                "`current` shows where the database is; a downgrade goes to an ancestor of that"
                    .to_owned()
            }
        })
    }
}

/// Whether a target is the newest there is, or the newest of a branch.
fn names_heads(target: &str) -> bool {
    let (_, symbol) = target.rsplit_once('@').unwrap_or(("", target));
    symbol == "head" || symbol == "heads"
}

/// The commands that were tried, of which one is to be typed.
fn commands(direction: Direction, targets: &[String]) -> Option<String> {
    let commands: Vec<String> = targets
        .iter()
        .map(|target| format!("`{direction} {target}`"))
        .collect();
    (!commands.is_empty()).then(|| commands.join(" or "))
}

fn article(direction: Direction) -> String {
    match direction {
        Direction::Upgrade => "an upgrade".to_owned(),
        Direction::Downgrade | Direction::Stamp => format!("a {direction}"),
    }
}
