//! Plan and sources linked: the one value that execution, offline script, plan and lint read.
//!
//! In: a `Plan` (which revisions, in which direction) and their texts. Out: a [`Program`]: steps
//! with actions, each action lowered for one engine or waiting for the live table it changes.
//! Everything that can be wrong with a text is found here, before anything ran.

use crate::dialect::{Dialect, Statement, TableChange};
use crate::operation::Operation;
use crate::plan::{Direction, RowChange};
use crate::revision::RevisionId;
use crate::schema::ObjectName;
use crate::text::Place;

/// Everything that will run, in order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Program {
    /// The engine it is written for.
    pub dialect: Dialect,
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
    /// The downgrade section as it stands, for the ledger; empty for a stamp.
    pub downgrade_sql: String,
    /// What runs, in order; empty for a stamp.
    pub actions: Vec<Action>,
}

/// One statement of a revision, or consecutive changes of one table that are done together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Action {
    /// What it does, in the words of the operation.
    pub description: String,
    /// Where it was written.
    pub place: Place,
    /// What runs.
    pub work: Work,
}

/// What an action runs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Work {
    /// Statements known now.
    Statements(Vec<Statement>),
    /// Operations that repeat what the table is at that moment: compiled when it is their turn,
    /// against the live table (execution) or the modelled one (script, plan).
    Table {
        /// The table.
        table: ObjectName,
        /// Its changes, in order.
        operations: Vec<Operation>,
    },
    /// A procedure of the component.
    Procedure(String),
}

/// What becomes of a [`Work::Table`] without a database: statements by the model, or why not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lowering {
    /// The statements.
    pub statements: Vec<Statement>,
    /// How the table is changed, when that is worth a remark.
    pub change: Option<TableChange>,
}
