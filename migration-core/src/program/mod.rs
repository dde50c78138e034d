//! Plan and sources linked: the one value that execution, offline script, plan and lint read.
//!
//! In: a `Plan` (which revisions, in which direction) and their texts. Out: a [`Program`]: steps
//! with actions, each action lowered for one engine or waiting for the live table it changes.
//! Everything that can be wrong with a text is found here, before anything ran.

mod action;
mod asked;
mod beside;
mod built;
mod error;
mod history;
mod link;
mod loss;
mod lower;
mod meant;
mod model;
mod models;
mod offline;
mod outside;
mod rehearse;
mod spare_values;
mod step;
mod together;
mod uncounted;
mod version_row;

use crate::dialect::Dialect;
use crate::revision::RevisionId;

pub use action::{Action, Subject, Work};
pub use asked::asks_the_same;
pub use beside::Beside;
pub use built::{Built, built, built_beside, built_later};
pub use error::ProgramError;
pub use link::{Keep, Linker, link, upgrade_operations};
pub use loss::{Loss, Lost, losses, lost_by};
pub use meant::{Meant, Passed};
pub use models::{Written, making, models};
pub use offline::{lower_live, lower_offline, refuse_table_changes};
pub use outside::Outside;
pub use rehearse::{Data, LeftOut, rehearse};
pub use spare_values::{Ahead, SpareValues};
pub use step::{Step, Text, checksum};
pub use together::Transaction;
pub use uncounted::{Uncounted, uncounted};
pub use version_row::version_row;

/// Everything that will run, in order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Program {
    /// The engine it is written for.
    pub dialect: Dialect,
    /// What `{prefix}` means.
    pub prefix: String,
    /// Version rows before, sorted.
    pub from: Vec<RevisionId>,
    /// The steps, in order.
    pub steps: Vec<Step>,
    /// Version rows after, sorted.
    pub to: Vec<RevisionId>,
    /// What the ledger says behind its end where it leaves nothing to say.
    pub seal: Option<String>,
}

#[cfg(test)]
mod tests;
