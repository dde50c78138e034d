//! Which steps share a transaction, where the engine can undo them together.

use std::ops::Range;

use super::{Program, Step, Work};

/// How steps share transactions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Transaction {
    /// All in one when the database is at base, else one each; one ends behind a step of which
    /// something can be used only once it is committed.
    #[default]
    Auto,
    /// One for each revision.
    Revision,
    /// One for the whole run.
    Run,
}

impl Program {
    /// The steps of each transaction, by their numbers. With `as_one` a run leaves nothing behind when
    /// it fails, also where steps are told to stand alone.
    pub fn transactions(&self, sharing: Transaction, as_one: bool) -> Vec<Range<usize>> {
        let is_one = match sharing {
            Transaction::Run => true,
            Transaction::Auto => as_one || self.from.is_empty(),
            Transaction::Revision => as_one,
        };
        let ends = |step: &Step| {
            !is_one || (sharing != Transaction::Run && step.is_usable_when_committed())
        };
        let mut transactions = Vec::new();
        let mut first = 0;
        for (at, step) in self.steps.iter().enumerate() {
            let behind = at + 1;
            if ends(step) || behind == self.steps.len() {
                transactions.push(first..behind);
                first = behind;
            }
        }
        transactions
    }
}

impl Step {
    /// Whether something that it makes can be used only once it is committed.
    fn is_usable_when_committed(&self) -> bool {
        self.actions.iter().any(|action| match &action.work {
            Work::Statements(all) => all
                .iter()
                .any(|it| it.usable_when_committed && it.transactional),
            Work::Table(_) | Work::Procedure(_) => false,
        })
    }
}
