//! A tree of revisions, proved on a scratch place: up, down, and up again, one revision at a time.
//!
//! In: the revisions, rows for their tables, a scratch connection. Out: a [`Verdict`] for every
//! revision. The schema before a revision and after its downgrade must be equal, so must the schema
//! after both of its upgrades, and rows that were there before must be there afterwards. Never
//! touches the live database.

mod error;
mod rows;
mod seed;
mod step;

use std::collections::HashMap;

use jiff::Timestamp;

use crate::database::Connection;
use crate::dialect::VersionTable;
use crate::diff::{Change, Kept};
use crate::execute::{ExecuteError, Procedure};
use crate::introspect::{BrokenView, Scope};
use crate::plan;
use crate::program::{Linker, Program, ProgramError};
use crate::revision::RevisionId;
use crate::schema::ObjectName;

pub use error::VerifyError;

/// What verification is told besides the revisions.
pub struct Verifier<'a> {
    /// Links the revisions.
    pub linker: &'a Linker<'a>,
    /// The version table of the scratch place.
    pub table: &'a VersionTable,
    /// Which part of the scratch place is looked at.
    pub scope: &'a Scope,
    /// What makes rows before a revision runs, by its id.
    pub seeds: &'a HashMap<RevisionId, Program>,
    /// Whether rows are made up for tables without any.
    pub makes_rows: bool,
    /// The time now, for the ledger of the scratch place.
    pub now: &'a dyn Fn() -> Timestamp,
    /// Asked between revisions; true stops there.
    pub interrupted: &'a (dyn Fn() -> bool + Sync),
    /// Procedures by name.
    pub procedures: &'a [Procedure],
}

/// What was found of one revision.
#[derive(Debug)]
pub struct Verdict {
    /// The revision.
    pub revision: RevisionId,
    /// Its message.
    pub message: String,
    /// What is wrong with it; nothing when it was proved.
    pub findings: Vec<Finding>,
    /// What could not be proved, and why.
    pub notes: Vec<String>,
}

/// Something wrong with a revision.
#[derive(Debug)]
pub enum Finding {
    /// It does not run.
    Fails {
        /// Which of its runs: `seed`, `upgrade`, `downgrade`, `second upgrade`.
        run: &'static str,
        /// Why.
        error: Box<ExecuteError>,
        /// Whether rows that stopped it were made up.
        made_up: bool,
    },
    /// Its downgrade cannot be read.
    Unreadable {
        /// Why.
        error: Box<ProgramError>,
    },
    /// It has no downgrade section and does not say that it is irreversible.
    NoDowngrade,
    /// The schema after a run is not what it should be.
    Schema {
        /// `downgrade` or `second upgrade`.
        run: &'static str,
        /// What would make the schema that should be there of the one that is.
        changes: Vec<Change>,
    },
    /// An object that says more than the schema holds is not what it should be.
    Differs {
        /// `downgrade` or `second upgrade`.
        run: &'static str,
        /// The object.
        name: ObjectName,
    },
    /// A table differs in what no statement changes.
    Kept {
        /// `downgrade` or `second upgrade`.
        run: &'static str,
        /// The table.
        kept: Kept,
    },
    /// A view that could be read before cannot be read any more.
    View {
        /// Behind which run: `upgrade` or `downgrade`.
        run: &'static str,
        /// The view.
        view: BrokenView,
    },
    /// A table takes no row that can be made up, and no seed gave it one.
    NoRow {
        /// The table.
        table: ObjectName,
        /// What the engine said.
        error: String,
    },
    /// Rows are gone, or hold other values.
    Rows {
        /// The table.
        table: ObjectName,
        /// How many rows were there.
        before: usize,
        /// How many of them are there unchanged after upgrade and downgrade.
        kept: usize,
    },
}

/// Told as the proof goes on.
pub trait Progress {
    /// A revision is done.
    fn verdict(&mut self, verdict: &Verdict);
}

/// Proves every revision, from base to the heads; what is found stops only what builds on it.
///
/// The scratch place is left at the heads, with the schema that they made.
///
/// # Errors
///
/// A text that cannot be linked, a catalog that cannot be read, or an upgrade that fails: nothing
/// that follows it can be proved. What was found before is in the error.
pub fn verify(
    verifier: &Verifier<'_>,
    connection: &mut dyn Connection,
    progress: &mut dyn Progress,
) -> Result<Vec<Verdict>, VerifyError> {
    let plan = plan::upgrade(verifier.linker.graph, &[], &["heads"])?;
    let mut run = step::Run::new(verifier, connection, &plan)?;
    let mut verdicts = Vec::with_capacity(plan.steps.len());
    for (number, step) in plan.steps.iter().enumerate() {
        if (verifier.interrupted)() {
            return Err(VerifyError::Interrupted);
        }
        let verdict = run.prove(number, step)?;
        progress.verdict(&verdict);
        let syntax = verifier.linker.dialect.syntax();
        let mut findings = verdict.findings.iter();
        let is_stuck = findings.any(|it| it.stops(syntax.transactional_ddl));
        verdicts.push(verdict);
        if is_stuck {
            break;
        }
    }
    Ok(verdicts)
}

impl Finding {
    /// Whether nothing that follows can be proved.
    fn stops(&self, transactional: bool) -> bool {
        match self {
            Self::Fails { run, .. } => match *run {
                "seed" => false,
                // What failed is undone, and the revision is still applied.
                "downgrade" => !transactional,
                _ => true,
            },
            Self::Unreadable { .. }
            | Self::NoDowngrade
            | Self::Schema { .. }
            | Self::Differs { .. }
            | Self::Kept { .. }
            | Self::View { .. }
            | Self::NoRow { .. }
            | Self::Rows { .. } => false,
        }
    }
}
