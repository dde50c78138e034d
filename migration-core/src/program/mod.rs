//! Plan and sources linked: the one value that execution, offline script, plan and lint read.
//!
//! In: a `Plan` (which revisions, in which direction) and their texts. Out: a [`Program`]: steps
//! with actions, each action lowered for one engine or waiting for the live table it changes.
//! Everything that can be wrong with a text is found here, before anything ran.

mod beside;
mod built;
mod early_values;
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
mod version_row;

use std::collections::HashMap;

use crate::dialect::{Dialect, Statement, TableChange};
use crate::operation::Operation;
use crate::plan::{Direction, RowChange};
use crate::revision::RevisionId;
use crate::schema::ObjectName;
use crate::sql::Allow;
use crate::text::Place;

pub use beside::Beside;
pub use built::{Built, built};
pub use error::ProgramError;
pub use link::{Linker, checksum, link, upgrade_operations};
pub use loss::{Loss, Lost, losses, lost_by};
pub use meant::{Meant, Passed};
pub use models::{Written, making, models};
pub use offline::{lower_offline, refuse_table_changes};
pub use outside::Outside;
pub use rehearse::{Data, LeftOut, rehearse};
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
}

/// One revision, up or down, or one stamp.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// The revision; none only for a stamp to `base`.
    pub revision: Option<RevisionId>,
    /// Which way.
    pub direction: Direction,
    /// `a, b -> c`, as Alembic's log line writes it, without the message.
    pub path: String,
    /// The revision's message.
    pub message: String,
    /// What happens to the version rows, in order.
    pub changes: Vec<RowChange>,
    /// The version rows afterwards, sorted.
    pub rows: Vec<RevisionId>,
    /// Semantic checksum of the whole revision, hexadecimal; empty for a stamp.
    pub checksum: String,
    /// The digest of the revision's file; none for a stamp.
    pub digest: Option<String>,
    /// What the ledger says behind the last step of a run that leaves nothing to say.
    pub seal: Option<String>,
    /// The downgrade section as it stands, for the ledger; empty for a stamp.
    pub downgrade_sql: String,
    /// The revision but for that section, for the ledger; none unless it is applied.
    pub script: Option<String>,
    /// What runs, in order; empty for a stamp.
    pub actions: Vec<Action>,
}

impl Program {
    /// The digests of the files it was read from.
    pub fn digests(&self) -> HashMap<&RevisionId, &str> {
        let steps = self.steps.iter();
        let digests = steps.filter_map(|it| Some((it.revision.as_ref()?, it.digest.as_deref()?)));
        digests.collect()
    }

    /// Lets the ledger say this behind the last step.
    pub fn seal(&mut self, seal: Option<String>) {
        if let Some(last) = self.steps.last_mut() {
            last.seal = seal;
        }
    }
}

impl Step {
    /// How many pieces of work it has: statements known now, tables, procedures.
    pub fn units(&self) -> usize {
        self.actions.iter().map(Action::units).sum()
    }

    /// What to write where the work of a step would stand, when its revision has none for the
    /// engine.
    pub fn idle(&self, dialect: Dialect) -> Option<String> {
        let idle = self.direction != Direction::Stamp && self.units() == 0;
        idle.then(|| format!("nothing to do on {dialect}"))
    }
}

/// One operation of a revision, or consecutive changes of one table that are done together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Action {
    /// What it does, in the words of the operations.
    pub description: String,
    /// The statement it was written in (the first, when several change one table together).
    pub place: Place,
    /// What is meant, in order.
    pub operations: Vec<Operation>,
    /// The statement of each operation.
    pub places: Vec<Place>,
    /// What was accepted of it (`-- migrate: allow RULE reason`).
    pub allowed: Vec<Allow>,
    /// What runs.
    pub work: Work,
    /// How a table is changed, when that is worth a remark; known once the table was read.
    pub change: Option<TableChange>,
}

impl Action {
    /// The statement that an operation was written in.
    pub fn place_of(&self, operation: &Operation) -> &Place {
        let found = self.operations.iter().zip(&self.places);
        let mut found = found.filter(|(known, _)| *known == operation);
        found.next_back().map_or(&self.place, |(_, place)| place)
    }

    /// How many pieces of work it has.
    pub fn units(&self) -> usize {
        match &self.work {
            Work::Statements(statements) => {
                let run = statements.iter().filter(|one| one.check.is_none());
                run.count()
            }
            Work::Table(_) | Work::Procedure(_) => 1,
        }
    }
}

/// What an action runs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Work {
    /// Statements known now.
    Statements(Vec<Statement>),
    /// The operations repeat what the table is at that moment: they are compiled when it is their
    /// turn, against the live table (execution) or the modelled one (script, plan).
    Table(Subject),
    /// A procedure of the component.
    Procedure(String),
}

/// The table that must be read before an action can be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Subject {
    /// It is named.
    Table(ObjectName),
    /// Only its index is named.
    TableOfIndex(ObjectName),
    /// It is a view that is named.
    View(ObjectName),
}

#[cfg(test)]
mod tests;
