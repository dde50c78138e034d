//! Notes of steps that share a transaction: they wait, and are written together.
//!
//! Whatever commits, commits with all of them: [`Run::settle`] stands before every commit.

use super::Problem;
use super::batch::Origin;
use super::run::Run;
use crate::plan::RowChange;
use crate::program::{Step, Work, version_row};
use crate::revision::RevisionId;

/// How long the rows of the ledger may become, in bytes, before they are written with the next
/// message.
const LENGTH: usize = 64 * 1024;

/// What waits.
#[derive(Debug, Default)]
pub(super) struct Gathered {
    /// Rows of the ledger.
    entries: Vec<String>,
    length: usize,
    /// The version rows as their table holds them, when that is not what the steps lead to.
    written: Option<Vec<RevisionId>>,
}

impl Run<'_, '_> {
    /// Keeps the row of a complete step, and leaves its version rows for later.
    pub(super) fn gather(&mut self, entry: String, before: &[RevisionId]) {
        let gathered = &mut self.gathered;
        gathered.length += entry.len();
        gathered.entries.push(entry);
        gathered.written.get_or_insert_with(|| before.to_vec());
        if gathered.length >= LENGTH {
            self.write_entries();
        }
    }

    fn write_entries(&mut self) {
        let entries = std::mem::take(&mut self.gathered.entries);
        self.gathered.length = 0;
        if !entries.is_empty() {
            let sql = self.ledger.insert_all(self.dialect(), &entries);
            self.batch.push(sql, Origin::Note);
        }
    }

    /// Writes what waits, so that ledger and version rows are true for `rows`.
    pub(super) fn settle(&mut self, rows: &[RevisionId]) {
        self.write_entries();
        let Some(written) = self.gathered.written.take() else {
            return;
        };
        for change in &changes(&written, rows) {
            let sql = version_row(self.table, self.dialect(), change);
            self.batch.push(sql, Origin::Note);
        }
    }

    /// Writes what waits before a step that may look at the version table itself.
    pub(super) fn settle_for(&mut self, step: &Step, rows: &[RevisionId]) -> Result<(), Problem> {
        if self.gathered.written.is_none() || !self.speaks_of_versions(step) {
            return Ok(());
        }
        self.settle(rows);
        self.flush(step)
    }

    /// Forgets what waits: its transaction is undone.
    pub(super) fn forget_gathered(&mut self) {
        self.gathered = Gathered::default();
    }

    /// Whether a statement of a step may name the version table; nobody knows of a procedure.
    pub(super) fn speaks_of_versions(&self, step: &Step) -> bool {
        let name = self.table.name.as_bytes();
        let names_it = |sql: &str| {
            let mut parts = sql.as_bytes().windows(name.len().max(1));
            parts.any(|part| part.eq_ignore_ascii_case(name))
        };
        step.actions.iter().any(|action| match &action.work {
            Work::Statements(all) => all.iter().any(|statement| names_it(&statement.sql)),
            Work::Table(_) => false,
            Work::Procedure(_) => true,
        })
    }
}

/// What makes the rows `to` of the rows `from`.
fn changes(from: &[RevisionId], to: &[RevisionId]) -> Vec<RowChange> {
    let mut gone = from.iter().filter(|id| !to.contains(id)).cloned();
    let mut made = to.iter().filter(|id| !from.contains(id)).cloned();
    let mut changes = Vec::new();
    loop {
        changes.push(match (gone.next(), made.next()) {
            (Some(from), Some(to)) => RowChange::Update { from, to },
            (Some(from), None) => RowChange::Delete(from),
            (None, Some(to)) => RowChange::Insert(to),
            (None, None) => return changes,
        });
    }
}

#[cfg(test)]
mod tests {
    use super::changes;
    use crate::plan::RowChange;
    use crate::revision::RevisionId;

    #[test]
    fn as_few_rows_as_can_be_are_changed() {
        let ids = |names: &[&str]| -> Vec<RevisionId> {
            names.iter().map(|name| RevisionId::from(*name)).collect()
        };
        let of = |from: &[&str], to: &[&str]| changes(&ids(from), &ids(to));
        assert_eq!(of(&["a", "b"], &["b", "a"]), []);
        assert_eq!(of(&[], &["a"]), [RowChange::Insert("a".into())]);
        assert_eq!(
            of(&["a", "b", "c"], &["b", "d"]),
            [
                RowChange::Update {
                    from: "a".into(),
                    to: "d".into()
                },
                RowChange::Delete("c".into())
            ]
        );
    }
}
