//! Revisions whose files are gone, as the ledger kept them.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use super::Records;
use crate::database::LedgerRow;
use crate::revision::{Revision, RevisionId, read_kept};

/// Whether the version rows lead to a revision that is not here.
pub fn has_gaps(revisions: &[Arc<Revision>], rows: &[RevisionId]) -> bool {
    let mut walk = Walk::new(revisions, rows);
    walk.next_gap().is_some()
}

/// The applied revisions that are not here but in the ledger, as far as it can say where they
/// belong; `ledger` is the table's name. Only what `program` itself applied: the revisions of
/// another component in the same table are none of ours.
pub fn vanished(
    revisions: &[Arc<Revision>],
    rows: &[RevisionId],
    steps: &[LedgerRow],
    (ledger, program): (&str, &str),
) -> Vec<Arc<Revision>> {
    let records = Records::of(steps.iter().cloned());
    let texts: HashMap<i64, &LedgerRow> = steps.iter().map(|row| (row.id, row)).collect();
    let kept = |id: &RevisionId| {
        let record = records.get(id).filter(|record| record.is_of(program))?;
        let row = texts.get(&record.text_row?)?;
        let name = format!("{ledger}/{id}");
        let revision = read_kept(&name, row.script.as_deref()?, &row.downgrade_sql).ok()?;
        (revision.id() == id).then_some(revision)
    };
    let mut walk = Walk::new(revisions, rows);
    let mut found: Vec<Arc<Revision>> = Vec::new();
    while let Some(gap) = walk.next_gap() {
        if let Some(mut revision) = kept(&gap) {
            walk.follow(&revision);
            let all = revisions.iter().chain(&found);
            let taken: HashSet<&str> = all.flat_map(|it| names(it)).collect();
            let labels = &mut revision.header.branch_labels;
            // Who begins a branch anew takes its label along.
            labels.retain(|label| !taken.contains(label.as_str()));
            found.push(Arc::new(revision));
        }
    }
    found
}

fn names(revision: &Revision) -> impl Iterator<Item = &str> {
    let labels = revision.header.branch_labels.iter().map(String::as_str);
    labels.chain([revision.id().as_str()])
}

/// A walk down from the version rows.
struct Walk<'a> {
    here: HashMap<&'a str, &'a Revision>,
    seen: HashSet<RevisionId>,
    todo: Vec<RevisionId>,
}

impl<'a> Walk<'a> {
    fn new(revisions: &'a [Arc<Revision>], rows: &[RevisionId]) -> Self {
        let mut here = HashMap::with_capacity(revisions.len());
        for revision in revisions.iter().map(|it| &**it) {
            for label in &revision.header.branch_labels {
                here.insert(label.as_str(), revision);
            }
        }
        // An id counts before a label of the same name.
        for revision in revisions.iter().map(|it| &**it) {
            here.insert(revision.id().as_str(), revision);
        }
        Self {
            here,
            seen: HashSet::new(),
            todo: rows.to_vec(),
        }
    }

    /// The next revision that is named and not here.
    fn next_gap(&mut self) -> Option<RevisionId> {
        while let Some(id) = self.todo.pop() {
            if !self.seen.insert(id.clone()) {
                continue;
            }
            match self.here.get(id.as_str()).copied() {
                Some(revision) => self.follow(revision),
                None => return Some(id),
            }
        }
        None
    }

    /// What it names comes next.
    fn follow(&mut self, revision: &Revision) {
        let header = &revision.header;
        let needed = header.depends_on.iter();
        let needed = needed.map(|name| RevisionId::from(name.as_str()));
        self.todo
            .extend(header.revises.iter().cloned().chain(needed));
    }
}
