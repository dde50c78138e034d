//! What can be wrong with the revisions typed as the ends of a run or a script.

use crate::diagnostic::Advice;

/// A target, or a range, that cannot be what was meant.
#[derive(Debug, thiserror::Error)]
pub(super) enum RangeError {
    /// A range where a single target is wanted.
    #[error("`{target}` is a range, which only `--sql` takes")]
    Online {
        /// As typed.
        target: String,
    },
    /// `downgrade --sql` has to know both ends.
    #[error("`downgrade --sql` needs `from:to`")]
    Missing {
        /// Where to go, as typed.
        to: String,
    },
    /// `from:to --sql` whose ends stand the wrong way round.
    #[error("`{target}` is {place} where the script begins")]
    Backwards {
        /// As typed.
        target: String,
        /// Above or below.
        place: &'static str,
        /// The end that is below the other.
        older: String,
        /// The other.
        newer: String,
    },
    /// `plan stamp` without a target.
    #[error("`plan stamp` needs a target")]
    NoStampTarget,
    /// `base` among the revisions that a database would be at.
    #[error("nothing is applied at `{base}`, so it cannot stand beside other revisions")]
    BaseBesideStarts {
        /// As typed.
        base: String,
    },
    /// A script begins at one state.
    #[error("the targets begin at different revisions")]
    SeveralStarts,
}

impl Advice for RangeError {
    fn kind(&self) -> &'static str {
        match self {
            Self::Online { .. } => "usage",
            Self::Missing { .. } => "usage",
            Self::Backwards { .. } => "usage",
            Self::NoStampTarget => "usage",
            Self::BaseBesideStarts { .. } => "usage",
            Self::SeveralStarts => "usage",
        }
    }

    fn hint(&self) -> Option<String> {
        Some(match self {
            Self::Online { .. } => {
                "the database says where it is; name only where to go".to_owned()
            }
            Self::Missing { to } => format!(
                "without a database nobody knows where it is; where it is at the head: `downgrade \
                 head:{to} --sql`"
            ),
            Self::Backwards { older, newer, .. } => format!(
                "`upgrade {older}:{newer} --sql` leads up, `downgrade {newer}:{older} --sql` down"
            ),
            Self::NoStampTarget => "name the revisions that the database would be at".to_owned(),
            Self::BaseBesideStarts { base } => format!("leave `{base}` out"),
            Self::SeveralStarts => "a script begins at one state: use one `from`".to_owned(),
        })
    }
}
