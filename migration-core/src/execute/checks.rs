//! What is checked before a transaction is kept: version rows, references.

use super::{Problem, Violation};
use crate::database::{Connection, DatabaseError, Row, Value};
use crate::dialect::{ReferenceChecks, VersionTable};
use crate::revision::RevisionId;

/// Makes sure that the version rows are what the steps lead to: that every change touched exactly
/// one row, and that nothing else wrote the table.
pub(super) fn version_rows(
    connection: &mut dyn Connection,
    table: &VersionTable,
    expected: &[RevisionId],
) -> Result<(), Problem> {
    let sql = table.select(connection.dialect());
    let rows = connection
        .query(&sql, &[])
        .map_err(|source| Problem::Database {
            doing: "read the version rows",
            source: Box::new(source),
        })?;
    let mut found: Vec<RevisionId> = rows
        .iter()
        .filter_map(|row| row.first()?.text())
        .map(|id| RevisionId::from(id.as_str()))
        .collect();
    found.sort();
    if found == expected {
        return Ok(());
    }
    Err(Problem::VersionRows {
        expected: expected.to_vec(),
        found,
    })
}

/// The state of foreign keys around a transaction that rebuilds tables.
#[derive(Debug)]
pub(super) struct References {
    checks: ReferenceChecks,
    /// Whether the session checked foreign keys before.
    was_on: bool,
    /// What was wrong before: no fault of the revision.
    before: Vec<Violation>,
}

impl References {
    /// Turns the checking off; to be called before the transaction begins.
    pub(super) fn suspend(
        connection: &mut dyn Connection,
        checks: ReferenceChecks,
    ) -> Result<Self, Problem> {
        let refused = |source| Problem::Database {
            doing: "turn the checking of foreign keys off",
            source: Box::new(source),
        };
        let before = find(connection, checks).map_err(refused)?;
        let was_on = connection.set_foreign_keys(false).map_err(refused)?;
        Ok(Self {
            checks,
            was_on,
            before,
        })
    }

    /// Looks for references that the transaction broke.
    pub(super) fn check(&self, connection: &mut dyn Connection) -> Result<(), Problem> {
        let mut found = find(connection, self.checks).map_err(|source| Problem::Database {
            doing: "check the foreign keys",
            source: Box::new(source),
        })?;
        if found.len() <= self.before.len() {
            return Ok(());
        }
        found.retain(|violation| !self.before.contains(violation));
        Err(Problem::References { found })
    }

    /// Puts the session back to what it was; to be called outside a transaction.
    pub(super) fn restore(self, connection: &mut dyn Connection) -> Result<(), Problem> {
        let result = connection.set_foreign_keys(self.was_on);
        result.map(drop).map_err(|source| Problem::Database {
            doing: "turn the checking of foreign keys on again",
            source: Box::new(source),
        })
    }
}

fn find(
    connection: &mut dyn Connection,
    checks: ReferenceChecks,
) -> Result<Vec<Violation>, DatabaseError> {
    let rows = connection.query(checks.find, &[])?;
    let mut found: Vec<Violation> = rows.into_iter().map(violation).collect();
    found.sort();
    Ok(found)
}

fn violation(row: Row) -> Violation {
    let mut values = row.into_iter();
    let mut next = || values.next().unwrap_or(Value::Null);
    Violation {
        table: next().text().unwrap_or_default(),
        row: next().integer(),
        parent: next().text().unwrap_or_default(),
    }
}
