//! Unfinished steps that a stamp settles, in words and as data.

use std::fmt;

use serde::Serialize;

use crate::execute::Forgotten;
use crate::status::Records;

/// A step with which no run goes on any more.
#[derive(Serialize)]
pub(super) struct ForgottenStep {
    revision: Option<String>,
    direction: String,
    statements_done: i64,
    statements: i64,
}

impl ForgottenStep {
    /// One that a stamp has settled.
    pub(super) fn of(step: &Forgotten) -> Self {
        Self {
            revision: step.revision.as_ref().map(ToString::to_string),
            direction: step.direction.clone(),
            statements_done: step.done,
            statements: step.total,
        }
    }

    /// Those that a stamp would settle.
    pub(super) fn coming(records: &Records) -> Vec<Self> {
        let all = records.unfinished().into_iter();
        let coming = all.map(|(id, unfinished)| Self {
            revision: Some(id.to_string()),
            direction: unfinished.mark.direction.clone(),
            statements_done: unfinished.done,
            statements: unfinished.total,
        });
        coming.collect()
    }
}

impl fmt::Display for ForgottenStep {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (done, total) = (self.statements_done, self.statements);
        let revision = self.revision.as_deref().unwrap_or("base");
        write!(
            f,
            "the unfinished {} of {revision} ({done} of its {total} statements known to be in effect)",
            self.direction
        )
    }
}
