//! How far a step is whose statements are noted one by one.

use super::pieces::{self, Kind, Piece};
use super::resume::{self, Start};
use super::{Begin, Partial};
use crate::dialect::Untransacted;
use crate::program::Step;

/// How far a step is.
pub(super) struct Progress<'p> {
    pub(super) step: &'p Step,
    /// Who said where the run begins it.
    pub(super) begin: Begin,
    pub(super) pieces: Vec<Piece<'p>>,
    /// Whether the ledger has its row already.
    pub(super) is_begun: bool,
    /// How many pieces were come to, those in effect from an earlier run included.
    pub(super) passed: usize,
    /// Pieces of work done, those that wait and those of the open transaction included.
    pub(super) done: usize,
    /// Pieces of work in effect, as far as the server has said.
    pub(super) kept: usize,
    /// How many are kept once so many statements of those that wait are answered.
    pub(super) keeps: Vec<(usize, usize)>,
    /// Whether a transaction is open, or will be when all is sent that waits.
    pub(super) is_open: bool,
    /// Whether the last piece was in effect at once and no note of it waits.
    pub(super) is_unnoted: bool,
    /// Whether a part of the next piece is in effect.
    pub(super) torn: bool,
    /// Whether what runs is in effect at once though it stands in a transaction.
    pub(super) lasts: bool,
    /// Whether the server could not undo all rows.
    pub(super) rows_stay: bool,
}

impl<'p> Progress<'p> {
    pub(super) fn new(step: &'p Step, start: &Start) -> Self {
        let done = start.done;
        Self {
            step,
            begin: start.begin,
            pieces: pieces::pieces(step),
            is_begun: false,
            passed: 0,
            done,
            kept: done,
            keeps: Vec::new(),
            is_open: false,
            is_unnoted: false,
            torn: false,
            lasts: false,
            rows_stay: false,
        }
    }

    /// Comes to the next piece; whether an earlier run did it.
    pub(super) fn pass(&mut self, done: usize) -> bool {
        self.passed += 1;
        self.passed <= done
    }

    /// The mark of the next piece, when no transaction joins it with its note.
    pub(super) fn mark(&self, untransacted: &Untransacted) -> Option<String> {
        let next = self.pieces.get(self.done)?;
        let is_session =
            matches!(next.kind, Kind::Statement(it, _) if pieces::is_for_session(&it.sql));
        let stands_alone = next.stands_alone(untransacted) && !is_session;
        stands_alone.then(|| resume::begun(next, self.done + 1))
    }

    pub(super) fn partial(&self) -> Option<Partial> {
        (self.kept > 0 || self.rows_stay).then(|| Partial {
            revision: self.step.revision.clone(),
            direction: self.step.direction,
            done: self.kept,
            total: self.step.units(),
            begin: self.begin,
            rows_stay: self.rows_stay,
        })
    }
}
