//! What an earlier run left of the steps of a plan, statement by statement.

use super::standing;
use crate::execute;
use crate::plan::Direction;
use crate::program::{Action, Program, Step, Work};
use crate::status::{Records, Unfinished};

/// What an earlier run left of one step.
pub(super) struct Left<'r> {
    unfinished: &'r Unfinished,
    direction: Direction,
    /// How many pieces of work at the beginning of the step are those that are in effect.
    met: usize,
    /// How many statements of each action are in effect, or more than it has.
    in_effect: Vec<usize>,
}

/// What is left of each step of a program that is linked, and not lowered yet: the ledger counts
/// what is written for a table as it is by what is meant.
pub(super) fn left<'r>(program: &Program, records: &'r Records) -> Vec<Option<Left<'r>>> {
    let steps = program.steps.iter();
    steps.map(|step| Left::of(step, records)).collect()
}

impl<'r> Left<'r> {
    fn of(step: &Step, records: &'r Records) -> Option<Self> {
        let record = records.get(step.revision.as_ref()?)?;
        let unfinished = record.unfinished.as_deref()?;
        if unfinished.mark.direction != step.direction.as_str() {
            return None;
        }
        let met = execute::met(step, unfinished);
        let mut before = 0;
        let of_action = |action: &Action| {
            let here = met.saturating_sub(before);
            before += action.units();
            in_effect(action, here)
        };
        Some(Self {
            unfinished,
            direction: step.direction,
            met,
            in_effect: step.actions.iter().map(of_action).collect(),
        })
    }

    /// How many statements the ledger counts.
    pub(super) fn done(&self) -> i64 {
        self.unfinished.done
    }

    /// How many statements of the action with this number are in effect, or more than it has.
    pub(super) fn in_effect(&self, action: usize) -> usize {
        self.in_effect.get(action).copied().unwrap_or_default()
    }

    /// The number of the first piece of work that is not the one in effect, where the text was changed
    /// since.
    pub(super) fn stops_at(&self) -> Option<usize> {
        let is_met = i64::try_from(self.met) == Ok(self.unfinished.done);
        (!is_met).then_some(self.met + 1)
    }

    /// How the step goes on, in words.
    pub(super) fn goes_on(&self) -> String {
        match self.stops_at() {
            None => standing::goes_on(self.unfinished),
            Some(at) => format!(
                "statement {at} is not the one that is in effect, the text was changed since; `{}` \
                 stops there and says what can be done",
                self.direction.as_str()
            ),
        }
    }
}

/// How many statements of an action are in effect of which so many pieces are. A check goes with the
/// piece behind it; what is written for a table as it is counts once all of it is in effect.
fn in_effect(action: &Action, pieces: usize) -> usize {
    match &action.work {
        Work::Statements(statements) => {
            let mut left = pieces;
            let behind = statements.iter().position(|it| {
                let is_in_effect = left > 0;
                left -= usize::from(is_in_effect && it.check.is_none());
                !is_in_effect
            });
            behind.unwrap_or(statements.len())
        }
        Work::Table(_) | Work::Procedure(_) if pieces >= action.units() => usize::MAX,
        Work::Table(_) | Work::Procedure(_) => 0,
    }
}
