//! Revisions that are not what they count as.

use super::{Displaced, Entry, Skipped, State, StatusError};
use crate::plan::{Direction, Plan};
use crate::revision::RevisionId;

/// Revisions that are not what they count as.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Strays {
    /// They count as applied and never ran.
    pub skipped: Vec<Skipped>,
    /// They count as pending and ran.
    pub displaced: Vec<Displaced>,
}

impl Strays {
    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.skipped.is_empty() && self.displaced.is_empty()
    }

    /// Gives their entries their states.
    pub fn mark(&self, entries: &mut [Entry]) {
        for entry in entries {
            let is = |id: &RevisionId| *id == entry.id;
            if entry.state == State::Applied && self.skipped.iter().any(|it| is(&it.id)) {
                entry.state = State::Skipped;
            } else if entry.state == State::Pending && self.displaced.iter().any(|it| is(&it.id)) {
                entry.state = State::Displaced;
            }
        }
    }

    /// Refuses a plan that would undo what never ran or run a second time what did, and one that takes
    /// away what tells: the revision above a skipped one, and anything while one is displaced.
    ///
    /// # Errors
    ///
    /// [`StatusError::Skipped`], [`StatusError::Displaced`].
    pub fn refuse(&self, plan: &Plan) -> Result<(), StatusError> {
        let goes = |direction: Direction, id: &RevisionId| {
            let mut steps = plan.steps.iter();
            steps.any(|it| it.direction == direction && it.revision.as_ref() == Some(id))
        };
        let runs = |id: &RevisionId| goes(Direction::Upgrade, id);
        let undone = |id: &RevisionId| goes(Direction::Downgrade, id);
        let skipped = self.skipped.iter();
        let skipped = skipped.filter(|it| undone(&it.id) || undone(&it.above));
        let displaced = self.displaced.iter();
        let displaced = displaced.filter(|it| plan.goes_down() || runs(&it.id));
        let concerned = Self {
            skipped: skipped.cloned().collect(),
            displaced: displaced.cloned().collect(),
        };
        concerned.into_error().map_or(Ok(()), Err)
    }

    /// Those that an error does not tell of.
    pub fn untold(&self, error: Option<&StatusError>) -> Self {
        let mut untold = self.clone();
        if let Some(StatusError::Skipped { skipped }) = error {
            untold.skipped.retain(|it| !skipped.contains(it));
        }
        if let Some(StatusError::Displaced { displaced }) = error {
            untold.displaced.retain(|it| !displaced.contains(it));
        }
        untold
    }

    /// What is to be said of the first kind of which there are any.
    pub fn into_error(self) -> Option<StatusError> {
        let Self { skipped, displaced } = self;
        if !skipped.is_empty() {
            return Some(StatusError::Skipped { skipped });
        }
        (!displaced.is_empty()).then_some(StatusError::Displaced { displaced })
    }
}
