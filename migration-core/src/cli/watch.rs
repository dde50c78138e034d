//! Tells what a run does while it does it.

use std::path::Path;

use super::describe::one_line;
use super::ui::Ui;
use crate::database::Blocker;
use crate::dialect::{TableChange, Way};
use crate::execute::{Observer, Retry};
use crate::plan::Direction;
use crate::program::{Action, Step};
use crate::revision::RevisionId;

/// Writes Alembic's log lines, the warnings, and the progress line of a terminal.
pub(super) struct Watcher<'a> {
    ui: &'a Ui,
    steps: usize,
}

impl<'a> Watcher<'a> {
    /// Watches a run of `steps` steps.
    pub(super) fn new(ui: &'a Ui, steps: usize) -> Self {
        ui.begin(steps);
        Self { ui, steps: 0 }
    }
}

impl Observer for Watcher<'_> {
    fn waiting(&mut self, who: &str) {
        self.ui.status(format_args!("Waiting for {who}"));
    }

    fn backing_up(&mut self) {
        self.ui.doing("backup");
    }

    fn backed_up(&mut self, copy: Option<&Path>) {
        match copy {
            Some(path) => self.ui.status(format_args!("Backup: {}", path.display())),
            None => self.ui.status("No backup: the database is empty."),
        }
    }

    fn blocked(&mut self, blocker: &Blocker) {
        self.ui.status(format_args!("Blocked by {blocker}"));
    }

    fn retrying(&mut self, retry: &Retry<'_>) {
        let Retry {
            step, number, of, ..
        } = retry;
        self.ui.status(format_args!(
            "Giving way to other connections, then trying the {} {} again ({number} of {of})",
            step.direction, step.path
        ));
    }

    fn step(&mut self, step: &Step) {
        self.ui.advance(self.steps);
        self.steps += 1;
        self.ui.status(running(step));
    }

    fn resuming(&mut self, step: &Step, at: usize) {
        self.ui.advance(self.steps);
        self.steps += 1;
        self.ui.status(resuming(step, at));
    }

    fn action(&mut self, action: &Action) {
        self.ui.doing(&action.description);
    }

    fn table_change(&mut self, step: &Step, change: &TableChange, rows: u64) {
        let revision = step.revision.as_ref().map_or("base", RevisionId::as_str);
        let plural = if rows == 1 { "row" } else { "rows" };
        self.ui.warning(format_args!(
            "revision {revision} {}, {rows} {plural} {}: {}",
            way(change),
            fate(change),
            reasons(change)
        ));
    }
}

/// What is done to a table that the engine has no statement for.
pub(super) fn way(change: &TableChange) -> String {
    match change.way {
        Way::Definition => format!(
            "changes the definition of table `{}`, for which SQLite has no statement",
            change.table
        ),
        Way::Rebuild => format!(
            "rebuilds table `{}`, which the engine cannot change in place",
            change.table
        ),
    }
}

/// What becomes of the rows.
fn fate(change: &TableChange) -> &'static str {
    match change.way {
        Way::Definition => "checked",
        Way::Rebuild => "copied",
    }
}

/// The changes, without repeating whose they are.
pub(super) fn reasons(change: &TableChange) -> String {
    let table = format!("`{}", change.table);
    change
        .reasons
        .join(", ")
        .replace(&format!("{table}."), "`")
        .replace(&format!(" of {table}`"), "")
        .replace(&format!(" to {table}`"), "")
}

/// The line about a step that an earlier run began.
fn resuming(step: &Step, at: usize) -> String {
    let (direction, path, total) = (step.direction, &step.path, step.units());
    if at > total {
        format!("Resuming {direction} {path} behind its last statement")
    } else {
        format!("Resuming {direction} {path} at statement {at} of {total}")
    }
}

/// Alembic's line about a step.
pub(super) fn running(step: &Step) -> String {
    match step.direction {
        Direction::Stamp => format!("Running stamp_revision {}", step.path),
        Direction::Upgrade | Direction::Downgrade => format!(
            "Running {} {}, {}",
            step.direction,
            step.path,
            one_line(&step.message)
        ),
    }
}
