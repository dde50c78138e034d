//! Notes of steps that share a transaction: they wait, and are written together.
//!
//! Whatever commits, commits with all of them: [`Run::settle`] stands before every commit.

use jiff::Timestamp;

use super::Problem;
use super::batch::Origin;
use super::notes::{self, End, Progress};
use super::run::Run;
use crate::dialect::LedgerState;
use crate::plan::RowChange;
use crate::program::{Step, Work, version_row};
use crate::revision::RevisionId;

/// How long rows of the ledger may become, in bytes, that are written by one statement.
const LENGTH: usize = 64 * 1024;

/// How many steps may wait on a server, where their rows travel with the next message.
const NUMBER: usize = 64;

/// What waits.
#[derive(Debug, Default)]
pub(super) struct Gathered<'p> {
    /// Whether the tables of our own may be made last.
    makes_tables_last: bool,
    /// What makes them.
    tables: Vec<String>,
    /// Steps without a row in the ledger.
    complete: Vec<Complete<'p>>,
    /// The version rows as their table holds them, when that is not what the steps lead to.
    written: Option<Vec<RevisionId>>,
}

/// A step whose statements are all answered.
#[derive(Debug)]
pub(super) struct Complete<'p> {
    pub(super) step: &'p Step,
    pub(super) started: Timestamp,
    pub(super) ended: Timestamp,
}

impl Gathered<'_> {
    /// Tells how many steps wait to the end of a transaction; none where they do not.
    pub(super) fn expect(&mut self, steps: Option<usize>) {
        self.makes_tables_last = steps.is_some();
        self.complete.reserve_exact(steps.unwrap_or_default());
    }
}

impl<'p> Run<'p, '_> {
    /// Makes the tables of our own, `is_new` when there is no ledger yet. Every change of a table makes
    /// SQLite read all definitions anew: those that are made last are read by none.
    pub(super) fn make_tables(&mut self, tables: Vec<String>, is_new: bool) {
        if is_new && self.gathered.makes_tables_last {
            self.gathered.tables = tables;
            return;
        }
        for sql in tables {
            self.batch.push(sql, Origin::Note);
        }
    }

    /// Leaves the version rows of a step for later; `before` are those before it.
    pub(super) fn leave_rows(&mut self, before: &[RevisionId]) {
        let written = &mut self.gathered.written;
        written.get_or_insert_with(|| before.to_vec());
    }

    /// Keeps what the ledger's row of a complete step says.
    pub(super) fn gather(&mut self, complete: Complete<'p>) {
        self.gathered.complete.push(complete);
        let waiting = self.gathered.complete.len();
        if waiting >= NUMBER && self.dialect().syntax().one_message {
            while self.write_entries() {}
        }
    }

    /// Writes as many rows as one statement may hold; false when none waits.
    fn write_entries(&mut self) -> bool {
        let mut length = 0;
        let mut entries = Vec::new();
        for complete in &self.gathered.complete {
            if length >= LENGTH {
                break;
            }
            let entry = self.complete_entry(complete);
            length += entry.len();
            entries.push(entry);
        }
        self.gathered.complete.drain(..entries.len());
        if entries.is_empty() {
            return false;
        }
        let sql = self.ledger.insert_all(self.dialect(), &entries);
        self.batch.push(sql, Origin::Note);
        true
    }

    fn complete_entry(&self, complete: &Complete<'_>) -> String {
        let noted = Progress {
            state: LedgerState::Done,
            started: complete.started,
            done: complete.step.units(),
            under_way: None,
            backup: self.report.backup.as_deref(),
            end: End::At(complete.ended),
            seal: self.program.seal_behind(complete.step),
        };
        notes::entry(self.dialect(), self.options, complete.step, &noted)
    }

    /// Writes what waits, so that ledger and version rows are true for `rows`; `step` is the last.
    pub(super) fn settle(&mut self, step: &Step, rows: &[RevisionId]) -> Result<(), Problem> {
        self.arrive()?;
        for sql in std::mem::take(&mut self.gathered.tables) {
            self.batch.push(sql, Origin::Note);
        }
        while self.write_entries() {
            self.flush_unless_gathering(step)?;
        }
        if let Some(written) = self.gathered.written.take() {
            for change in &changes(&written, rows) {
                let sql = version_row(self.table, self.dialect(), change);
                self.batch.push(sql, Origin::Note);
            }
        }
        Ok(())
    }

    /// Writes what waits before a step that may look at the version table itself.
    pub(super) fn settle_for(&mut self, step: &Step, rows: &[RevisionId]) -> Result<(), Problem> {
        let nothing_waits = self.gathered.written.is_none() && self.gathered.tables.is_empty();
        if nothing_waits || !self.speaks_of_versions(step) {
            return Ok(());
        }
        self.settle(step, rows)?;
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
            Work::Table(_) => names_it(&action.description()),
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
