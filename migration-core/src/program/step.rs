//! One revision, up or down, or one stamp.

use std::borrow::Cow;
use std::collections::HashMap;
use std::ptr;
use std::sync::Arc;

use super::{Action, Program};
use crate::dialect::Dialect;
use crate::plan::{self, Direction, RowChange};
use crate::revision::{self, Revision, RevisionId, Script, half_sum};
use crate::sql::{SqlError, fingerprint};
use crate::text::{Span, hexadecimal};

/// What happens to the version rows, and what runs with it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// The revision; none only for a stamp to `base`.
    pub revision: Option<RevisionId>,
    /// Which way.
    pub direction: Direction,
    /// What [`path`](Self::path) says, where the revision's header does not say it.
    pub path: Option<Box<str>>,
    /// What happens to the version rows, in order.
    pub changes: Vec<RowChange>,
    /// The revision as it is written.
    pub text: Text,
    /// What runs, in order; empty for a stamp.
    pub actions: Vec<Action>,
}

impl Program {
    /// The digests of the files it was read from, as bytes.
    pub fn digests(&self) -> HashMap<&RevisionId, [u8; 16]> {
        let steps = self.steps.iter();
        let digests = steps.filter_map(|it| Some((it.revision.as_ref()?, it.half_sum()?)));
        digests.collect()
    }

    /// What the ledger says behind a step of it besides what it says of each.
    pub fn seal_behind(&self, step: &Step) -> Option<&str> {
        let is_last = self.steps.last().is_some_and(|last| ptr::eq(last, step));
        self.seal.as_deref().filter(|_| is_last)
    }
}

impl Step {
    /// The version rows behind it, given those before it; both sorted.
    pub fn rows_behind(&self, before: &[RevisionId]) -> Vec<RevisionId> {
        let mut rows = before.to_vec();
        for change in &self.changes {
            replace(&mut rows, change);
        }
        rows
    }

    /// How many pieces of work it has: statements known now, tables, procedures.
    pub fn units(&self) -> usize {
        self.actions.iter().map(Action::units).sum()
    }

    /// What to write where the work of a step would stand, when its revision has none for the
    /// engine.
    pub fn idle(&self, dialect: Dialect) -> Option<String> {
        let idle = self.direction != Direction::Stamp && self.units() == 0;
        idle.then(|| format!("nothing to do on {dialect}"))
    }

    /// `a, b -> c`, as Alembic's log line writes it, without the message.
    pub fn path(&self) -> Cow<'_, str> {
        if let Some(path) = &self.path {
            return Cow::Borrowed(path);
        }
        let id = self.revision.as_slice();
        let parents = self.text.parents();
        Cow::Owned(match self.direction {
            Direction::Upgrade => path(parents, id),
            Direction::Downgrade | Direction::Stamp => path(id, parents),
        })
    }

    /// The revision's message.
    pub fn message(&self) -> &str {
        let revision = self.text.revision.as_ref();
        revision.map_or("", |it| &it.header.message)
    }

    /// Semantic checksum of the whole revision, hexadecimal; empty for a stamp.
    pub fn checksum(&self) -> String {
        let body = self.text.body.as_ref();
        body.map_or_else(String::new, |it| hexadecimal(&it.checksum))
    }

    /// The digest of the revision's file; none for a stamp.
    pub fn digest(&self) -> Option<String> {
        Some(hexadecimal(&self.half_sum()?))
    }

    fn half_sum(&self) -> Option<[u8; 16]> {
        Some(self.text.body.as_ref()?.digest)
    }

    /// The downgrade section as it stands, for the ledger; empty for a stamp.
    pub fn downgrade_sql(&self) -> &str {
        let script = self.text.script();
        let section = script.and_then(|it| Some(it.source.slice(it.downgrade?)));
        section.map_or("", str::trim)
    }

    /// The revision but for that section, for the ledger; none unless it is applied.
    pub fn script(&self) -> Option<String> {
        let script = self.text.script()?;
        let revision = self.text.revision.as_ref()?;
        let is_kept = self.direction == Direction::Upgrade;
        is_kept.then(|| revision::keep(revision, script))
    }
}

fn replace(rows: &mut Vec<RevisionId>, change: &RowChange) {
    let (gone, new) = match change {
        RowChange::Insert(id) => (None, Some(id)),
        RowChange::Update { from, to } => (Some(from), Some(to)),
        RowChange::Delete(id) => (Some(id), None),
    };
    if let Some(at) = gone.and_then(|id| rows.iter().position(|row| row == id)) {
        rows.remove(at);
    }
    if let Some(id) = new {
        let at = rows.partition_point(|row| row < id);
        rows.insert(at, id.clone());
    }
}

/// The way of a step as it has to be kept: none where it is that between a revision and its parents.
pub(super) fn kept_path(planned: &plan::Step, parents: &[RevisionId]) -> Option<Box<str>> {
    let id = planned.revision.as_slice();
    let is_said = match planned.direction {
        Direction::Upgrade => planned.before == parents && planned.after == id,
        Direction::Downgrade => planned.before == id && planned.after == parents,
        Direction::Stamp => false,
    };
    (!is_said).then(|| path(&planned.before, &planned.after).into_boxed_str())
}

fn path(before: &[RevisionId], after: &[RevisionId]) -> String {
    let joined = |ids: &[RevisionId]| {
        let ids: Vec<&str> = ids.iter().map(RevisionId::as_str).collect();
        ids.join(", ")
    };
    format!("{} -> {}", joined(before), joined(after))
}

/// What a step has of the text of its revision: thousands of them wait for their turn, so that what
/// can be cut from the file is cut when it is wanted.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Text {
    revision: Option<Arc<Revision>>,
    /// None for a stamp.
    body: Option<Body>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Body {
    script: Script,
    checksum: [u8; 32],
    digest: [u8; 16],
}

impl Text {
    /// The header alone.
    pub(crate) fn of_stamp(revision: Arc<Revision>) -> Self {
        Self {
            revision: Some(revision),
            body: None,
        }
    }

    /// The whole.
    ///
    /// # Errors
    ///
    /// A text that no engine could read.
    pub(super) fn of(revision: Arc<Revision>, script: Script) -> Result<Self, SqlError> {
        let body = Body {
            checksum: sum(&script)?,
            digest: half_sum(&script.source),
            script,
        };
        Ok(Self {
            revision: Some(revision),
            body: Some(body),
        })
    }

    /// What the header says that the revision stands on.
    pub(super) fn parents(&self) -> &[RevisionId] {
        let revision = self.revision.as_ref();
        revision.map_or(&[], |it| &it.header.revises)
    }

    /// The text in its sections; none for a stamp.
    pub(super) fn script(&self) -> Option<&Script> {
        Some(&self.body.as_ref()?.script)
    }
}

/// The semantic checksum of a whole revision, as the ledger has it.
///
/// # Errors
///
/// A text that no engine could read.
pub fn checksum(script: &Script) -> Result<String, SqlError> {
    Ok(hexadecimal(&sum(script)?))
}

fn sum(script: &Script) -> Result<[u8; 32], SqlError> {
    let sections: Vec<Span> = [Some(script.upgrade), script.downgrade]
        .into_iter()
        .flatten()
        .collect();
    fingerprint(&script.source, &sections)
}
