//! Which revisions run, in which order, and what each does to the version rows.
//!
//! In: a `RevisionGraph`, the rows of the version table, targets as typed. Out: a [`Plan`]. Pure:
//! no text of a revision, no SQL, no database.

mod count;
mod downgrade;
mod error;
mod heads;
mod number;
mod overlap;
mod stamp;
mod upgrade;

use std::fmt;

use crate::revision::RevisionId;

pub(crate) use count::is_from_here;
pub use downgrade::downgrade;
pub use error::PlanError;
pub use number::Meant;
pub(crate) use number::refuse_bare_number;
pub use overlap::overlap;
pub use stamp::stamp;
pub use upgrade::upgrade;

/// The ordered steps from one set of version rows to another.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Plan {
    /// Version rows before, sorted.
    pub from: Vec<RevisionId>,
    /// The steps, in order.
    pub steps: Vec<Step>,
    /// Version rows after, sorted.
    pub to: Vec<RevisionId>,
}

impl Plan {
    /// The same with a stamp that says once more where the database is, and changes no row.
    pub fn affirmed(mut self) -> Self {
        self.steps.push(Step {
            revision: self.to.first().cloned(),
            direction: Direction::Stamp,
            before: self.to.clone(),
            after: self.to.clone(),
            changes: Vec::new(),
        });
        self
    }

    /// The revisions that it runs, undoes or stamps, in order.
    pub fn revisions(&self) -> impl Iterator<Item = &RevisionId> {
        self.steps.iter().filter_map(|it| it.revision.as_ref())
    }

    /// Whether it undoes anything.
    pub fn goes_down(&self) -> bool {
        let mut steps = self.steps.iter();
        steps.any(|it| it.direction == Direction::Downgrade)
    }
}

/// One step of a plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// The revision that runs or is stamped; none only for a stamp that leaves no row of a lineage.
    pub revision: Option<RevisionId>,
    /// Which way.
    pub direction: Direction,
    /// The version rows replaced: parents on the way up, the revision on the way down.
    pub before: Vec<RevisionId>,
    /// The version rows in their place.
    pub after: Vec<RevisionId>,
    /// What happens to the version rows, in order; nothing when a stamp only affirms them.
    pub changes: Vec<RowChange>,
}

/// Which way a step goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Direction {
    /// The upgrade section runs.
    Upgrade,
    /// The downgrade section runs.
    Downgrade,
    /// Nothing runs but the version rows.
    Stamp,
}

impl Direction {
    /// The word used in output and ledger.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Upgrade => "upgrade",
            Self::Downgrade => "downgrade",
            Self::Stamp => "stamp",
        }
    }
}

impl fmt::Display for Direction {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// One change of the version table; each must touch exactly one row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RowChange {
    /// A new row.
    Insert(RevisionId),
    /// A row changes.
    Update {
        /// The row before.
        from: RevisionId,
        /// The row after.
        to: RevisionId,
    },
    /// A row goes.
    Delete(RevisionId),
}

/// Where the database is, as it is typed behind `stamp`, which forgets what is unfinished.
pub fn here(rows: &[RevisionId]) -> String {
    let ids: Vec<&str> = rows.iter().map(RevisionId::as_str).collect();
    match ids.as_slice() {
        [] => "base".to_owned(),
        ids => ids.join(" "),
    }
}

/// Whether a target means that nothing stays, or nothing of a branch.
fn names_base(target: &str) -> bool {
    target == "base" || target.ends_with("@base")
}

fn sorted(rows: &[RevisionId]) -> Vec<RevisionId> {
    let mut rows = rows.to_vec();
    rows.sort_unstable();
    rows
}

#[cfg(test)]
mod tests;
