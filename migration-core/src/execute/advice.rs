//! What to do about a run that did not come to its end, in the operator's words.

use super::{Partial, Stop};
use crate::diagnostic::are;
use crate::dialect::RowCheck;

/// Where the first tables are there and no version row says so.
pub(super) const UNSTAMPED: &str = "if the tables were made without this program, `stamp REVISION` \
                                    notes which revision they are at, and runs nothing";

/// Where rows can be looked at when their table went with the run.
pub(super) const LOOK_AGAIN: &str = "the run began at base and was undone as a whole; `upgrade` to \
                                     the revision before this one keeps the tables to look at";

/// How to go on when a part of a step is in effect.
pub(super) fn go_on(partial: &Partial, is_sound: bool) -> String {
    let Partial {
        direction,
        done,
        total,
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
    let correct = match is_sound {
        true => "",
        false => "correct the cause, in the statements that follow or in the database; then ",
    };
    format!(
        "{done} of {total} statements of the {direction} of `{revision}` {are} in effect and {stay}; \
         {correct}run the same command again: {next}"
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
pub(super) fn unfinished(direction: &str, done: i64, total: i64) -> String {
    let are = are(done);
    format!(
        "{done} of its {total} statements {are} known to be in effect. Run its {direction} again to \
         finish it; or undo by hand what is in effect of it, and run this command with \
         `--resume-at 1`"
    )
}

/// How rows that stand in the way are found and what to do about them.
pub(super) fn shown(check: &RowCheck, which: Option<&str>) -> String {
    const SHOWN: usize = 10;
    let which = which.unwrap_or_default();
    let mut first: Vec<&str> = which.split(", ").collect();
    first.truncate(SHOWN);
    match &check.show {
        Some(show) => format!(
            "{}; this shows them:\n{}",
            check.advice,
            show.replace(RowCheck::FOUND, &first.join(", "))
        ),
        None => check.advice.clone(),
    }
}
