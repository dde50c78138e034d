//! What to do about a run that did not come to its end, in the operator's words.

use super::error::first;
use super::{Begin, ExecuteError, Partial, Problem, Stop};
use crate::database::DatabaseError;
use crate::diagnostic::{Advice, are, unended};
use crate::dialect::{RowCheck, TableChange};
use crate::introspect::IntrospectError;
use crate::plan;
use crate::revision::RevisionId;
use crate::text::Place;

impl Advice for ExecuteError {
    fn kind(&self) -> &'static str {
        self.problem.kind()
    }

    fn hint(&self) -> Option<String> {
        // Running it again at once would do what is in effect a second time.
        let is_enough = self.partial.is_none() || !self.problem.only_wants_another_run();
        let own = is_enough.then(|| self.problem.hint()).flatten();
        let hints = [
            own,
            self.go_on(),
            self.look_again(),
            self.is_there(),
            self.is_gone(),
        ];
        let hints: Vec<String> = hints.into_iter().flatten().collect();
        (!hints.is_empty()).then(|| hints.join("\n"))
    }

    fn place(&self) -> Option<&Place> {
        self.problem.place()
    }
}

impl ExecuteError {
    /// Where rows can be looked at when their table went with the run.
    fn look_again(&self) -> Option<String> {
        let is_undone = matches!(*self.problem, Problem::Rows { .. })
            && self.report.rows.is_empty()
            && self.partial.is_none();
        is_undone.then(|| LOOK_AGAIN.to_owned())
    }

    /// What to do where the first tables are there and no version row says so, or where a run that
    /// goes on meets what is there already.
    fn is_there(&self) -> Option<String> {
        let Problem::Statement { source, .. } = &*self.problem else {
            return None;
        };
        if !source.is_already_there() {
            return None;
        }
        match (&self.partial, self.report.rows.is_empty()) {
            (None, true) => Some(UNSTAMPED.to_owned()),
            (None, false) => Some(STAMPED_TOO_LOW.to_owned()),
            (Some(partial), _) => match partial.begin {
                Begin::Ledger | Begin::Typed => Some(done_before(partial)),
                Begin::First | Begin::Overruled => None,
            },
        }
    }

    /// Where to look when what a revision before made is not there. A database that is between two
    /// revisions is compared with none.
    fn is_gone(&self) -> Option<String> {
        let is_compared = self.partial.is_none() && !self.report.rows.is_empty();
        (is_compared && self.problem.is_of_what_is_gone()).then(|| GONE.to_owned())
    }

    /// How to go on when a part of a step is in effect.
    fn go_on(&self) -> Option<String> {
        let partial = self.partial.as_ref()?;
        if partial.rows_stay {
            return Some(rows_stay(partial));
        }
        Some(go_on(partial, self.problem.only_wants_another_run()))
    }
}

impl Problem {
    fn kind(&self) -> &'static str {
        match self {
            Self::Moved { .. } => "moved",
            Self::VersionRows { .. } => "version-rows",
            Self::Interrupted { .. } => "interrupted",
            Self::Statement { source, .. }
            | Self::Bookkeeping { source, .. }
            | Self::Database { source, .. } => source.kind(),
            Self::Rows { .. } => "rows-in-the-way",
            Self::TableChangeRefused { .. } => "table-change-refused",
            Self::Table { source, .. } => source.kind(),
            Self::NoSuchIndex { .. } => "no-such-index",
            Self::Unsupported { source, .. } => source.kind(),
            Self::NoSuchProcedure { .. } => "unknown-procedure",
            Self::Procedure { .. } => "procedure-failed",
            Self::References { .. } => "references-broken",
            Self::CannotResume { .. } => "cannot-resume",
            Self::Unfinished { .. } => "unfinished",
            Self::Backup { source } => source.kind(),
        }
    }

    pub(super) fn hint(&self) -> Option<String> {
        let hint = match self {
            Self::Moved { .. } => {
                "another migration ran in between; look at `current` and run this again"
            }
            Self::VersionRows { .. } => {
                "did a statement of a revision, or another program, write the version table? \
                 nothing of the step was kept"
            }
            Self::Interrupted { .. } => "run the same command again to go on",
            Self::Statement { source, place, .. } => {
                let question = source.is_syntax().then(|| unended(place)).flatten();
                return question.or_else(|| source.hint());
            }
            Self::Bookkeeping { source, .. } | Self::Database { source, .. } => {
                return source.hint();
            }
            Self::Rows { which, check, .. } => {
                return Some(shown(check, which.as_deref()));
            }
            Self::Backup { source } => return source.hint(),
            Self::TableChangeRefused { .. } => TableChange::ALLOW,
            Self::Table { source, .. } => return source.hint(),
            Self::Unsupported { source, .. } => return source.hint(),
            Self::NoSuchIndex { .. } | Self::NoSuchProcedure { .. } | Self::Procedure { .. } => {
                return None;
            }
            Self::CannotResume {
                number, total, why, ..
            } => return Some(decide(*number, *total, *why)),
            Self::Unfinished {
                direction,
                done,
                total,
                rows,
                ..
            } => return Some(unfinished(direction, (*done, *total), rows)),
            Self::References { .. } => {
                "nothing was kept; correct the rows before the change, in this revision or by hand"
            }
        };
        Some(hint.to_owned())
    }

    /// Whether nothing is wrong with the revision, so that all advice is to run it again.
    fn only_wants_another_run(&self) -> bool {
        matches!(self, Self::Interrupted { .. })
            || matches!(
                self.engine(),
                Some(DatabaseError::Busy { .. } | DatabaseError::Lost { .. })
            )
    }

    /// Whether the revision names something that is not there.
    fn is_of_what_is_gone(&self) -> bool {
        match self {
            Self::Statement { source, .. } => source.is_not_there(),
            Self::Table { source, .. } => matches!(**source, IntrospectError::NoSuchTable { .. }),
            Self::Unsupported { is_gone, .. } => *is_gone,
            Self::NoSuchIndex { .. } => true,
            Self::Moved { .. }
            | Self::VersionRows { .. }
            | Self::Interrupted { .. }
            | Self::Bookkeeping { .. }
            | Self::Rows { .. }
            | Self::TableChangeRefused { .. }
            | Self::NoSuchProcedure { .. }
            | Self::Procedure { .. }
            | Self::CannotResume { .. }
            | Self::Unfinished { .. }
            | Self::References { .. }
            | Self::Backup { .. }
            | Self::Database { .. } => false,
        }
    }

    fn place(&self) -> Option<&Place> {
        match self {
            Self::Statement { place, .. }
            | Self::Rows { place, .. }
            | Self::TableChangeRefused { place, .. }
            | Self::Table { place, .. }
            | Self::NoSuchIndex { place, .. }
            | Self::Unsupported { place, .. }
            | Self::NoSuchProcedure { place, .. }
            | Self::Procedure { place, .. } => Some(place),
            Self::CannotResume { place, .. } => place.as_ref(),
            Self::Moved { .. }
            | Self::VersionRows { .. }
            | Self::Interrupted { .. }
            | Self::Bookkeeping { .. }
            | Self::Unfinished { .. }
            | Self::References { .. }
            | Self::Backup { .. }
            | Self::Database { .. } => None,
        }
    }
}

/// Where the first tables are there and no version row says so.
pub(super) const UNSTAMPED: &str = "if the tables were made without this program, `stamp REVISION` \
                                    notes which revision they are at, and runs nothing";

/// Where a later table is there and no version row says so.
const STAMPED_TOO_LOW: &str = "if a script (`--sql`) of this revision stopped half way, do not have it \
                               done again: run the same command with `--resume-at` and the number of \
                               the first statement that is not in effect\n\
                               if it was made without this program, `drift` shows what else is there \
                               that is not applied, and `stamp REVISION` notes which revision the \
                               database is at; what a restored backup left behind has to be dropped";

/// Where what a revision before made is not there.
const GONE: &str = "if a revision before made what is missing, other hands dropped or renamed it: \
                    `drift` says what they changed";

/// Where rows can be looked at when their table went with the run.
pub(super) const LOOK_AGAIN: &str = "the run began at base and was undone as a whole; `upgrade` to \
                                     the revision before this one keeps the tables to look at";

/// How to go on where the next statement may be in effect too.
pub(super) fn done_before(partial: &Partial) -> String {
    format!(
        "if statement {} made it, in an earlier run or by somebody's hand, `--resume-at {}` goes on \
         behind it",
        partial.done + 1,
        partial.done + 2
    )
}

/// The same where nobody knows how much of the next statement is.
fn rows_stay(partial: &Partial) -> String {
    let revision = partial.revision.as_ref().map_or("base", |id| id.as_str());
    let (next, direction) = (partial.done + 1, partial.direction);
    format!(
        "statement {next} of {} of the {direction} of `{revision}` changed rows that no transaction \
         gives back, because the engine of their table has none, and they stay: look at them. Where \
         none of it is in effect, or it is undone by hand, run the same command with `--resume-at \
         {next}`; where all of it is, with `--resume-at {}`",
        partial.total,
        next + 1
    )
}

/// How to go on when a part of a step is in effect.
pub(super) fn go_on(partial: &Partial, is_sound: bool) -> String {
    let Partial {
        direction,
        done,
        total,
        begin,
        ..
    } = partial;
    let revision = partial.revision.as_ref().map_or("base", |id| id.as_str());
    let next = match done == total {
        true => "it completes the step".to_owned(),
        false => format!("it continues at statement {}", done + 1),
    };
    let (are, stay) = match done {
        1 => ("is", "stays"),
        _ => ("are", "stay"),
    };
    let correct = match (is_sound, begin) {
        (true, _) | (false, Begin::Overruled) => "",
        (false, Begin::First | Begin::Ledger | Begin::Typed) => {
            "correct the cause, in the statements that follow or in the database; then "
        }
    };
    let again = match begin {
        Begin::First | Begin::Ledger => "run the same command again",
        Begin::Typed | Begin::Overruled => "run the command again without `--resume-at`",
    };
    format!(
        "{done} of {total} statements of the {direction} of `{revision}` {are} in effect and {stay}; \
         {correct}{again}: {next}"
    )
}

/// The ways out when a step cannot be continued without somebody's decision.
pub(super) fn decide(number: usize, total: usize, why: Stop) -> String {
    let next = number + 1;
    match why {
        Stop::Undecided => format!(
            "look whether it is in effect. If it is, run the same command with `--resume-at {next}`; \
             if not, with `--resume-at {number}`"
        ),
        Stop::InPart => format!(
            "the engine of its table has no transactions, so a part of it may be in effect: look at \
             the rows. Where none of it is in effect, or it is undone by hand, run the same command \
             with `--resume-at {number}`; where all of it is, with `--resume-at {next}`"
        ),
        Stop::Changed { done } if number > done => format!(
            "look whether its former text is in effect. If it is, make the database what the new \
             text says and run the same command with `--resume-at {next}`; if not, with \
             `--resume-at {number}`"
        ),
        Stop::Changed { done } => format!(
            "give it its former text and run the same command again; or make the database what the \
             new text says, and run the same command with `--resume-at {}`, or with `--resume-at 1` \
             when {} undone",
            done + 1,
            match done {
                1 => "the statement in effect is".to_owned(),
                done => format!("the {done} statements in effect are"),
            }
        ),
        Stop::Inserted { done, next } => format!(
            "put it behind {} and run the same command again; or do by hand what it says, and run \
             the same command with `--resume-at {next}`",
            match done {
                1 => "the statement in effect".to_owned(),
                done => format!("the {done} statements in effect"),
            }
        ),
        Stop::Ended => format!(
            "undo the statements in effect by hand and run the same command with `--resume-at 1`; or \
             put what the next ones need into tables that stay, and run it with the number of the \
             statement to continue at, such as `--resume-at {next}`"
        ),
        Stop::NoSuchStatement => format!(
            "it has {total}; `--resume-at {}` completes it without running any",
            total + 1
        ),
    }
}

/// What to do first when another step is unfinished.
pub(super) fn unfinished(
    direction: &str,
    (done, total): (i64, i64),
    rows: &[RevisionId],
) -> String {
    let are = are(done);
    let here = plan::here(rows);
    format!(
        "{done} of its {total} statements {are} known to be in effect. Run its {direction} again to \
         finish it; or undo by hand what is in effect of it, then `stamp {here}` forgets it"
    )
}

/// How rows that stand in the way are found and what to do about them.
pub(super) fn shown(check: &RowCheck, which: Option<&str>) -> String {
    let which = first(which.unwrap_or_default());
    match &check.show {
        Some(show) => format!(
            "{}; this shows them:\n{}",
            check.advice,
            show.replace(RowCheck::FOUND, &which)
        ),
        None => check.advice.clone(),
    }
}
