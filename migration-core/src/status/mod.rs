//! How the revisions here and the database stand to each other.
//!
//! In: the graph, the version rows, the ledger's rows, the checksums of the texts as they are now.
//! Out: the state of every revision, what the texts differ in, and revisions whose files are gone,
//! as the ledger kept them. Pure: reads no file and no database.

mod compare;
mod difference;
mod displaced;
mod error;
mod record;
mod remedy;
mod seal;
mod skipped;
mod strays;
mod trace;
mod unwritten;
mod vanished;

use std::fmt;

use crate::revision::RevisionId;

pub use compare::{Facts, Text, applied, compare, edited, recorded};
pub use difference::{Change, Difference, Kept, asks_what_it_did, differences};
pub use displaced::{Displaced, displaced};
pub use error::StatusError;
pub use record::{Mark, REPAIR, Record, Records, Unfinished};
pub use remedy::{Circumstances, Remedy, remedies};
pub use seal::seal;
pub use skipped::{Skipped, Suspect, skipped, suspects};
pub use strays::Strays;
pub use trace::{Trace, is_apart, trace, undo};
pub use unwritten::{is_unwritten, undoes_nothing};
pub use vanished::{has_gaps, vanished};

/// What one revision is to the database.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum State {
    /// In effect, and its text means what it meant then, as far as is known.
    Applied,
    /// Not in effect.
    Pending,
    /// In effect, but its text means something else now.
    Edited,
    /// Not in effect, though it counts as applied: its file was put below one that ran before.
    Skipped,
    /// In effect, though it counts as pending: its file was put above what is applied after it ran.
    Displaced,
    /// In effect, but its file is gone.
    Missing,
    /// Begun and not ended: some of its statements may be in effect. It may be gone since.
    Unfinished,
    /// The version table names it, and nobody here knows it.
    Unknown,
}

impl State {
    /// All, in the order of a summary.
    pub const ALL: [Self; 8] = [
        Self::Applied,
        Self::Pending,
        Self::Edited,
        Self::Skipped,
        Self::Displaced,
        Self::Missing,
        Self::Unfinished,
        Self::Unknown,
    ];

    /// The word used in output.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Applied => "applied",
            Self::Pending => "pending",
            Self::Edited => "edited",
            Self::Skipped => "skipped",
            Self::Displaced => "displaced",
            Self::Missing => "missing",
            Self::Unfinished => "unfinished",
            Self::Unknown => "unknown",
        }
    }

    /// Whether nobody has to look at it.
    pub fn is_well(self) -> bool {
        match self {
            Self::Applied | Self::Pending => true,
            Self::Edited
            | Self::Skipped
            | Self::Displaced
            | Self::Missing
            | Self::Unfinished
            | Self::Unknown => false,
        }
    }
}

impl fmt::Display for State {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// One revision with its state.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// The revision.
    pub id: RevisionId,
    /// Its state.
    pub state: State,
    /// Its message: the file's, else the ledger's.
    pub message: String,
    /// What the ledger knows of it.
    pub record: Option<Record>,
    /// What its text is now; none unless there was something to compare it with.
    pub text: Option<Text>,
    /// Whether this text means something else now on other engines alone.
    pub is_edited_elsewhere: bool,
}

/// What to do when an applied revision was edited and something is to run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum EditedPolicy {
    /// Warn, then run.
    #[default]
    Warn,
    /// Stop before anything runs.
    Refuse,
}

#[cfg(test)]
mod tests;
