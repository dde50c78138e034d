//! What a script asks of the version table before steps change it: whoever runs a script twice would
//! have what they do to rows twice.

use std::collections::HashSet;

use crate::dialect::{Dialect, VersionTable};
use crate::plan::RowChange;
use crate::program::Step;
use crate::revision::RevisionId;

/// Statements that fail unless the version rows are there that steps change.
pub(super) fn demands(dialect: Dialect, table: &VersionTable, steps: &[Step]) -> Vec<String> {
    let changed = Changed::by(steps);
    let there = changed.there.iter().map(|id| (id, true));
    let not_there = changed.not_there.iter().map(|id| (id, false));
    let all = there.chain(not_there);
    all.flat_map(|(id, is_there)| table.demand(dialect, id.as_str(), is_there))
        .collect()
}

/// What has to be true of the version rows before steps change them.
#[derive(Default)]
struct Changed<'s> {
    there: Vec<&'s RevisionId>,
    not_there: Vec<&'s RevisionId>,
}

impl<'s> Changed<'s> {
    fn by(steps: &'s [Step]) -> Self {
        let mut changed = Self::default();
        let mut made: HashSet<&RevisionId> = HashSet::new();
        for change in steps.iter().flat_map(|step| &step.changes) {
            let (gone, new) = match change {
                RowChange::Insert(to) => (None, Some(to)),
                RowChange::Update { from, to } => (Some(from), Some(to)),
                RowChange::Delete(from) => (Some(from), None),
            };
            match gone {
                Some(gone) if !made.remove(gone) => changed.there.push(gone),
                Some(_) => {}
                None => changed
                    .not_there
                    .extend(new.filter(|new| !changed.there.contains(new))),
            }
            made.extend(new);
        }
        changed
    }
}
