//! Tells what a run does while it does it.

use std::path::Path;

use super::describe::one_line;
use super::ui::Ui;
use super::warning::Warning;
use crate::database::Blocker;
use crate::dialect::{TableChange, Untransacted, VersionTable, Way};
use crate::execute::{Observer, Retry};
use crate::plan::Direction;
use crate::program::{Action, Program, Step};
use crate::revision::RevisionId;

/// Writes Alembic's log lines, the warnings, and the progress line of a terminal.
pub(super) struct Watcher<'a> {
    ui: &'a Ui,
    /// How many statements the steps before this one have.
    before: usize,
    /// The revision at work.
    revision: String,
    /// How many statements it has.
    of: usize,
    /// How many of them are done.
    done: usize,
}

impl<'a> Watcher<'a> {
    /// Watches the run of a program.
    pub(super) fn new(ui: &'a Ui, program: &Program) -> Self {
        ui.begin(program.steps.iter().map(Step::units).sum());
        Self {
            ui,
            before: 0,
            revision: String::new(),
            of: 0,
            done: 0,
        }
    }

    /// Moves the progress line to a step of which so many statements are done.
    fn begin(&mut self, step: &Step, done: usize) {
        let id = step.revision.as_ref().map_or("base", RevisionId::as_str);
        id.clone_into(&mut self.revision);
        self.before += self.of;
        self.of = step.units();
        self.done = done;
        self.ui.advance(self.before + self.done);
        self.ui.doing(id);
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
        // Its statements are counted when it begins again.
        (self.of, self.done) = (0, 0);
        self.ui.status(format_args!(
            "Giving way to other connections, then trying the {} {} again ({number} of {of})",
            step.direction,
            step.path()
        ));
    }

    fn step(&mut self, step: &Step) {
        self.begin(step, 0);
        self.ui.status(running(step));
    }

    fn resuming(&mut self, step: &Step, at: usize) {
        self.begin(step, at.saturating_sub(1));
        self.ui.status(resuming(step, at));
    }

    fn action(&mut self, action: &Action) {
        self.ui.advance(self.before + self.done);
        let number = (self.done + 1).min(self.of);
        self.ui.doing(format_args!(
            "{}, statement {number} of {}: {}",
            self.revision,
            self.of,
            action.described()
        ));
        self.done += action.units();
    }

    fn untransacted(&mut self, table: &VersionTable) {
        self.ui.warning(&Warning::Untransacted {
            table: table.to_string(),
            mend: Untransacted::mend(table),
        });
    }

    fn table_change(&mut self, step: &Step, change: &TableChange, rows: u64) {
        let revision = step.revision.as_ref().map_or("base", RevisionId::as_str);
        let plural = if rows == 1 { "row" } else { "rows" };
        self.ui.doing(format_args!(
            "{revision}, statement {} of {}: {rows} {plural} of `{}` {}",
            self.done,
            self.of,
            change.table,
            fate(change)
        ));
        self.ui.warning(&Warning::TableChange {
            id: revision.to_owned(),
            way: way(change),
            rows: format!("{rows} {plural}"),
            fate: fate(change),
            reasons: reasons(change),
        });
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
    let (direction, path, total) = (step.direction, step.path(), step.units());
    if at > total {
        format!("Resuming {direction} {path} behind its last statement")
    } else {
        format!("Resuming {direction} {path} at statement {at} of {total}")
    }
}

/// Alembic's line about a step.
pub(super) fn running(step: &Step) -> String {
    match step.direction {
        Direction::Stamp => format!("Running stamp_revision {}", step.path()),
        Direction::Upgrade | Direction::Downgrade => format!(
            "Running {} {}, {}",
            step.direction,
            step.path(),
            one_line(step.message())
        ),
    }
}
