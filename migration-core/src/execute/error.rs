//! What can go wrong while a program runs, and what is committed then.

use std::fmt;

use super::Report;
use crate::database::{BackupError, DatabaseError};
use crate::diagnostic::quoted;
use crate::dialect::{RowCheck, TableChange, Unsupported};
use crate::introspect::IntrospectError;
use crate::plan::Direction;
use crate::program::{Action, Step};
use crate::revision::RevisionId;
use crate::schema::ObjectName;
use crate::text::Place;

/// A run that did not come to its end.
#[derive(Debug)]
pub struct ExecuteError {
    /// What is committed: complete steps and the version rows.
    pub report: Box<Report>,
    /// What of the incomplete step is in effect nevertheless; none when it left no trace.
    pub partial: Option<Partial>,
    /// What happened.
    pub problem: Box<Problem>,
}

/// The part of an incomplete step that no transaction could undo.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Partial {
    /// The revision.
    pub revision: Option<RevisionId>,
    /// Which way.
    pub direction: Direction,
    /// How many statements are in effect, from the first.
    pub done: usize,
    /// How many the step has.
    pub total: usize,
    /// Who said where the run began it.
    pub begin: Begin,
    /// Whether rows that the statement behind those changed stay changed: their table has no
    /// transactions.
    pub rows_stay: bool,
}

/// Who said where a run begins a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Begin {
    /// Nobody: it begins at its first statement.
    #[default]
    First,
    /// The ledger, which knows an earlier run.
    Ledger,
    /// Somebody who typed a number.
    Typed,
    /// The same, of a statement that the ledger knows to be in effect, and nothing came of it: the
    /// ledger is right.
    Overruled,
}

/// What happened.
#[derive(Debug, thiserror::Error)]
pub enum Problem {
    /// The version rows are not those the program was planned for.
    #[error(
        "the database has moved on: its version rows were {}, now they are {}",
        listed(expected),
        listed(found)
    )]
    Moved {
        /// What the program was planned for.
        expected: Vec<RevisionId>,
        /// What is there.
        found: Vec<RevisionId>,
    },
    /// A step did not change exactly the rows it should.
    #[error(
        "the version rows should be {} after the step, but are {}",
        listed(expected),
        listed(found)
    )]
    VersionRows {
        /// What the step leads to.
        expected: Vec<RevisionId>,
        /// What is there.
        found: Vec<RevisionId>,
    },
    /// Somebody asked to stop.
    #[error("stopped before the {direction} of `{}` was complete", name(revision.as_ref()))]
    Interrupted {
        /// The revision that was running.
        revision: Option<RevisionId>,
        /// Which way.
        direction: Direction,
        /// What was next, in words.
        next: Option<String>,
    },
    /// The engine refused a statement of a revision.
    #[error("the {direction} of `{}` failed: {description}", name(revision.as_ref()))]
    Statement {
        /// The revision.
        revision: Option<RevisionId>,
        /// Which way.
        direction: Direction,
        /// What it was to do, in words.
        description: String,
        /// The statement as sent.
        sql: String,
        /// Where it was written, as near to the fault as the engine tells.
        place: Place,
        /// What the engine said.
        source: Box<DatabaseError>,
    },
    /// The version table or the ledger could not be written.
    #[error("cannot note the {direction} of `{}`", name(revision.as_ref()))]
    Bookkeeping {
        /// The revision.
        revision: Option<RevisionId>,
        /// Which way.
        direction: Direction,
        /// The statement as sent.
        sql: String,
        /// What the engine said.
        source: Box<DatabaseError>,
    },
    /// Rows stand against a change.
    #[error(
        "table `{}` has {} {}{}",
        check.table,
        counted(*count, check.noun),
        check.finding,
        told(check, which.as_deref())
    )]
    Rows {
        /// The revision.
        revision: Option<RevisionId>,
        /// Which way.
        direction: Direction,
        /// How many; none where the engine itself refused the change, and did not count.
        count: Option<i64>,
        /// Which, as a list for `IN`, where one column tells.
        which: Option<String>,
        /// What was asked.
        check: Box<RowCheck>,
        /// The statement.
        place: Place,
    },
    /// A table must be changed in a way that the settings forbid.
    #[error("{}", change.refusal())]
    TableChangeRefused {
        /// The change.
        change: Box<TableChange>,
        /// The statement.
        place: Place,
    },
    /// The table to be changed cannot be read.
    #[error("cannot {description}")]
    Table {
        /// What was to be done, in words.
        description: String,
        /// The statement.
        place: Place,
        /// Why.
        source: Box<IntrospectError>,
    },
    /// The index named is not there.
    #[error("there is no index `{index}`")]
    NoSuchIndex {
        /// Its name.
        index: ObjectName,
        /// The statement.
        place: Place,
    },
    /// The engine cannot change the table as it is.
    #[error("cannot {description}")]
    Unsupported {
        /// What was to be done, in words.
        description: String,
        /// The statement.
        place: Place,
        /// Whether it names what is not there.
        is_gone: bool,
        /// Why.
        source: Box<Unsupported>,
    },
    /// A procedure is not registered.
    #[error("there is no procedure `{name}`")]
    NoSuchProcedure {
        /// Its name.
        name: String,
        /// The directive.
        place: Place,
    },
    /// A procedure failed.
    #[error("procedure `{name}` failed")]
    Procedure {
        /// Its name.
        name: String,
        /// The directive.
        place: Place,
        /// What it said.
        source: Box<dyn std::error::Error + Send + Sync>,
    },
    /// After a table was rebuilt, references lead nowhere.
    #[error("rows refer to rows that are not there: {}", violations(found))]
    References {
        /// Which.
        found: Vec<Violation>,
    },
    /// A step that an earlier run began cannot be continued without somebody's decision.
    #[error("{}", cannot_resume(revision.as_ref(), *direction, *number, why))]
    CannotResume {
        /// The revision.
        revision: Option<RevisionId>,
        /// Which way.
        direction: Direction,
        /// The statement that is doubtful.
        number: usize,
        /// How many the step has.
        total: usize,
        /// What it was to do, in words.
        description: Option<String>,
        /// Where it is written.
        place: Option<Place>,
        /// What is doubtful.
        why: Stop,
    },
    /// An earlier run began another step and did not end it.
    #[error("the {direction} of `{}` is unfinished", name(revision.as_ref()))]
    Unfinished {
        /// The revision.
        revision: Option<RevisionId>,
        /// Which way, in the ledger's word.
        direction: String,
        /// How many of its statements are known to be in effect.
        done: i64,
        /// How many it has.
        total: i64,
        /// The version rows.
        rows: Vec<RevisionId>,
    },
    /// The copy that was to be taken first could not be taken.
    #[error("nothing is migrated without the backup that was asked for")]
    Backup {
        /// Why.
        source: Box<BackupError>,
    },
    /// The connection failed outside any statement.
    #[error("cannot {doing}")]
    Database {
        /// What was to be done.
        doing: &'static str,
        /// What the engine said.
        source: Box<DatabaseError>,
    },
}

/// Why a step cannot be continued.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stop {
    /// The statement was begun, and the catalog does not tell whether it took effect.
    Undecided,
    /// The same, and no transaction holds its rows together: a part of it may be in effect.
    InPart,
    /// The statement is, or may be, in effect and has another text now.
    Changed {
        /// How many statements are in effect.
        done: usize,
    },
    /// The statement is new, and stands before one that is in effect.
    Inserted {
        /// How many statements are in effect.
        done: usize,
        /// The number of the statement behind them, as they stand now.
        next: usize,
    },
    /// What the statement made ended with its connection.
    Ended,
    /// There is none of that number.
    NoSuchStatement,
}

/// A row that refers to a row that is not there.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Violation {
    /// Its table.
    pub table: String,
    /// Its number, where rows have one.
    pub row: Option<i64>,
    /// The table referred to.
    pub parent: String,
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.row {
            Some(row) => write!(f, "row {row} of `{}` to `{}`", self.table, self.parent),
            None => write!(f, "a row of `{}` to `{}`", self.table, self.parent),
        }
    }
}

impl fmt::Display for ExecuteError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.problem.fmt(f)
    }
}

impl std::error::Error for ExecuteError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.problem.source()
    }
}

impl Problem {
    /// What the engine said, where it did.
    pub fn engine(&self) -> Option<&DatabaseError> {
        match self {
            Self::Statement { source, .. }
            | Self::Bookkeeping { source, .. }
            | Self::Database { source, .. } => Some(source),
            Self::Moved { .. }
            | Self::VersionRows { .. }
            | Self::Interrupted { .. }
            | Self::Rows { .. }
            | Self::TableChangeRefused { .. }
            | Self::Table { .. }
            | Self::NoSuchIndex { .. }
            | Self::Unsupported { .. }
            | Self::NoSuchProcedure { .. }
            | Self::Procedure { .. }
            | Self::References { .. }
            | Self::CannotResume { .. }
            | Self::Unfinished { .. }
            | Self::Backup { .. } => None,
        }
    }

    /// Whether the connection is gone, or the lock, so that nothing can be noted any more.
    pub(super) fn is_lost(&self) -> bool {
        matches!(
            self.engine(),
            Some(DatabaseError::Lost { .. } | DatabaseError::LockLost { .. })
        )
    }

    /// Rows that stand against a change: how many, and which.
    pub(super) fn rows(
        step: &Step,
        action: &Action,
        (count, which): (Option<i64>, Option<String>),
        check: RowCheck,
    ) -> Self {
        Self::Rows {
            revision: step.revision.clone(),
            direction: step.direction,
            count,
            which,
            place: check.cause.as_ref().map_or_else(
                || action.place.clone(),
                |cause| action.place_of(cause).clone(),
            ),
            check: Box::new(check),
        }
    }
}

fn counted(count: Option<i64>, noun: &str) -> String {
    match count {
        Some(1) => format!("1 {noun}"),
        Some(count) => format!("{count} {noun}s"),
        None => format!("{noun}s"),
    }
}

/// What was found, where it says more than how much.
fn told(check: &RowCheck, which: Option<&str>) -> String {
    match which.filter(|_| check.tells) {
        Some(which) => format!(": {}", first(which)),
        None => String::new(),
    }
}

/// The first few of a list.
pub(super) fn first(which: &str) -> String {
    const SHOWN: usize = 10;
    let all = which.split(", ");
    all.take(SHOWN).collect::<Vec<_>>().join(", ")
}

fn cannot_resume(
    revision: Option<&RevisionId>,
    direction: Direction,
    number: usize,
    why: &Stop,
) -> String {
    let statement = format!(
        "statement {number} of the {direction} of `{}`",
        name(revision)
    );
    match why {
        Stop::Undecided => format!("nobody can tell whether {statement} took effect"),
        Stop::InPart => format!("nobody can tell how much of {statement} took effect"),
        Stop::Changed { done } if number > *done => {
            format!("{statement} may be in effect, and it was changed since")
        }
        Stop::Changed { .. } => format!("{statement} is in effect, and it was changed since"),
        Stop::Inserted { .. } => {
            format!("{statement} is new, and stands before statements that are in effect")
        }
        Stop::Ended => format!("what {statement} made ended with its connection"),
        Stop::NoSuchStatement => format!("there is no {statement}"),
    }
}

fn name(revision: Option<&RevisionId>) -> &str {
    revision.map_or("base", RevisionId::as_str)
}

pub(super) fn listed(rows: &[RevisionId]) -> String {
    if rows.is_empty() {
        return "base".to_owned();
    }
    quoted(rows)
}

/// The first few, and how many more.
fn violations(found: &[Violation]) -> String {
    const SHOWN: usize = 5;
    let shown: Vec<String> = found.iter().take(SHOWN).map(ToString::to_string).collect();
    match found.len().saturating_sub(SHOWN) {
        0 => shown.join(", "),
        more => format!("{} and {more} more", shown.join(", ")),
    }
}
