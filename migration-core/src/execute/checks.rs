//! What is checked of the server before anything runs, and before a transaction is kept: version
//! rows, references.

use super::{Problem, Violation};
use crate::database::{Connection, Row, Value};
use crate::dialect::VersionTable;
use crate::operation::{ApplyError, Operation, apply};
use crate::program::Program;
use crate::revision::RevisionId;
use crate::schema::Schema;

/// Makes sure that this server can do all steps, before the first does anything.
pub(super) fn server(program: &Program, server: &str) -> Result<(), Problem> {
    let compiler = program.dialect.compiler();
    let mut actions = program.steps.iter().flat_map(|step| &step.actions);
    let lacking = actions.find_map(|action| {
        action.kept_operations().find_map(|(operation, place)| {
            let lacks = compiler.lacks(server, operation)?;
            Some((operation, place, lacks))
        })
    });
    match lacking {
        Some((operation, place, source)) => Err(Problem::Unsupported {
            description: operation.to_string(),
            place: place.clone(),
            is_gone: false,
            source: Box::new(source),
        }),
        None => Ok(()),
    }
}

/// Whether operations name what a live table does not have.
pub(super) fn name_what_is_gone(operations: &[Operation], live: &Schema) -> bool {
    let mut now = live.clone();
    let failed = operations.iter().find_map(|it| apply(it, &mut now).err());
    failed.is_some_and(|error| {
        matches!(
            error,
            ApplyError::NoSuchTable { .. }
                | ApplyError::NoSuchColumn { .. }
                | ApplyError::NoSuchConstraint { .. }
                | ApplyError::NoSuchIndex { .. }
        )
    })
}

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
    are_version_rows(&rows, expected)
}

/// The same of rows that were read already.
pub(super) fn are_version_rows(rows: &[Row], expected: &[RevisionId]) -> Result<(), Problem> {
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

/// The references that lead nowhere, before a transaction changes tables.
#[derive(Debug)]
pub(super) struct References {
    find: &'static str,
    /// What was wrong before: no fault of the revision.
    before: Vec<Violation>,
}

impl References {
    /// Looks at them by the query `find`.
    pub(super) fn look(
        connection: &mut dyn Connection,
        find: &'static str,
    ) -> Result<Self, Problem> {
        let before = violations(connection, find)?;
        Ok(Self { find, before })
    }

    /// Looks for references that the transaction broke.
    pub(super) fn check(&self, connection: &mut dyn Connection) -> Result<(), Problem> {
        let mut found = violations(connection, self.find)?;
        if found.len() <= self.before.len() {
            return Ok(());
        }
        found.retain(|violation| !self.before.contains(violation));
        Err(Problem::References { found })
    }
}

fn violations(
    connection: &mut dyn Connection,
    find: &'static str,
) -> Result<Vec<Violation>, Problem> {
    let rows = connection
        .query(find, &[])
        .map_err(|source| Problem::Database {
            doing: "check the foreign keys",
            source: Box::new(source),
        })?;
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
