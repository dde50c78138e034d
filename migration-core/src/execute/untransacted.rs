//! What no transaction gives back on an engine whose tables need not have any.

use super::Problem;
use super::batch::Origin;
use super::error::Stop;
use super::pieces::{self, Kind, Piece};
use super::run::{Run, database};
use crate::database::{DatabaseError, Row};
use crate::dialect::{Statement, Untransacted};

impl Run<'_, '_> {
    /// Asks which tables have no transactions, the first time with what the program names; those of
    /// the program's own are looked after.
    pub(super) fn learn_untransacted(&mut self) -> Result<(), Problem> {
        if self.tables_asked.is_empty() {
            let steps = self.program.steps.iter().flat_map(pieces::pieces);
            let statements = steps.filter_map(|piece| match piece.kind {
                Kind::Statement(it, _) if it.changes_rows_only() => Some(&*it.sql),
                Kind::Statement(..) | Kind::Table(_) | Kind::Procedure(_) => None,
            });
            let schema = self.table.schema.as_deref();
            self.tables_asked = Untransacted::question(statements, schema);
        }
        let known = self.read_untransacted();
        self.untransacted = known.map_err(database("read the engines of the tables"))?;
        Ok(())
    }

    /// Gives the ledger an engine with transactions, and says so where the version table has none:
    /// that one is Alembic's too.
    pub(super) fn look_after_own_tables(&mut self) {
        if let Some(sql) = self.untransacted.given_to(&self.ledger) {
            self.batch.push(sql, Origin::Note);
        }
        if self.untransacted.is_of(self.table) {
            self.tell().untransacted(self.table);
        }
    }

    fn read_untransacted(&mut self) -> Result<Untransacted, DatabaseError> {
        let first = |row: &Row| row.first().and_then(|it| it.text()).unwrap_or_default();
        let found = self.connection.query(&self.tables_asked, &[])?;
        let tables: Vec<String> = found.iter().map(first).collect();
        if tables.iter().all(String::is_empty) {
            return Ok(Untransacted::new(tables, &[]));
        }
        let found = self.connection.query(Untransacted::INDIRECT, &[])?;
        let text = |row: &Row| row.get(1).and_then(|it| it.text());
        let indirect: Vec<_> = found.iter().map(|row| (first(row), text(row))).collect();
        Ok(Untransacted::new(tables, &indirect))
    }

    /// Why somebody has to decide about a statement that was begun.
    pub(super) fn undecided(&self, piece: &Piece<'_>) -> Stop {
        let concerns = |it: &Statement| self.untransacted.concerns(&it.sql);
        match piece.statement().is_some_and(concerns) {
            true => Stop::InPart,
            false => Stop::Undecided,
        }
    }

    /// Undoes what is open; whether rows stay changed nevertheless, as the server says.
    pub(super) fn leaves_rows(&mut self) -> bool {
        if !self.connection.in_transaction() || self.connection.rollback().is_err() {
            return false;
        }
        let said = self.connection.query(Untransacted::REMARKS, &[]);
        let is_of_rows = |row: &Row| {
            let code = row.get(1).and_then(|it| it.text());
            code.as_deref() == Some(Untransacted::NOT_UNDONE)
        };
        said.is_ok_and(|remarks| remarks.iter().any(is_of_rows))
    }
}
