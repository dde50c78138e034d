//! The tables that a plan changes: what they are, and whether they are there.

use super::error::CliError;
use super::failure::Failure;
use crate::database::Connection;
use crate::introspect::{self, IntrospectError};
use crate::operation::Operation;
use crate::program::{Action, Program, Subject, Work};
use crate::schema::{ObjectName, Schema};

/// Reads what a program changes, as its run would.
///
/// A table that says more than the model holds is left out: the run says so when it comes to it.
pub(super) fn read(
    connection: &mut dyn Connection,
    program: &Program,
) -> Result<Schema, IntrospectError> {
    let mut tables: Vec<ObjectName> = Vec::new();
    let mut schema = Schema::default();
    for action in program.steps.iter().flat_map(|step| &step.actions) {
        match &action.work {
            Work::Table(subject) => match subject.as_ref() {
                Subject::Table(name) => tables.push(name.clone()),
                Subject::TableOfIndex(index) => {
                    tables.extend(introspect::table_of_index(connection, index)?);
                }
                // With each come all that may name it.
                Subject::View(name) if schema.views.is_empty() => {
                    let live = introspect::view(connection, name)?.schema;
                    (schema.views, schema.dependents) = (live.views, live.dependents);
                }
                Subject::View(_) => {}
            },
            Work::Statements(_) | Work::Procedure(_) => {}
        }
        for operation in action.operations().iter() {
            if let Operation::RenameTable { from, .. } = operation {
                tables.push(from.clone());
            }
        }
    }
    tables.sort_unstable();
    tables.dedup();
    for name in &tables {
        match introspect::table(connection, name) {
            Ok(live) => {
                schema.tables.extend(live.schema.tables);
                schema.indexes.extend(live.schema.indexes);
            }
            Err(error @ IntrospectError::Database(_)) => return Err(error),
            Err(_) => {}
        }
    }
    Ok(schema)
}

/// Refuses a program that changes a table which is not in the database and which nothing before
/// the change can have made; where there is no database, none is in it.
pub(super) fn check(
    mut connection: Option<&mut Box<dyn Connection>>,
    program: &Program,
) -> Result<(), Failure> {
    let mut before: Vec<&Action> = Vec::new();
    for step in &program.steps {
        for action in &step.actions {
            if let Work::Table(subject) = &action.work
                && let Subject::Table(name) = subject.as_ref()
                && !before.iter().any(|earlier| may_make(earlier, name))
                && let Some(source) = missing(connection.as_deref_mut(), name)
            {
                let description = action.description();
                return Err(CliError::MissingTable {
                    revision: step.revision.clone(),
                    description,
                    place: action.place.clone(),
                    source: Box::new(source),
                }
                .into());
            }
            before.push(action);
        }
    }
    Ok(())
}

/// Whether a table of that name may be there after an action.
fn may_make(action: &Action, name: &ObjectName) -> bool {
    let name = name.name.as_str().to_lowercase();
    action.operations().iter().any(|operation| match operation {
        Operation::Raw { sql } => sql.to_lowercase().contains(&name),
        Operation::Call { .. } => true,
        known => known.to_string().to_lowercase().contains(&name),
    })
}

fn missing(
    connection: Option<&mut Box<dyn Connection>>,
    name: &ObjectName,
) -> Option<IntrospectError> {
    let Some(connection) = connection else {
        let name = name.clone();
        return Some(IntrospectError::NoSuchTable { name });
    };
    match introspect::table(connection.as_mut(), name) {
        Err(error @ IntrospectError::NoSuchTable { .. }) => Some(error),
        Ok(_) | Err(_) => None,
    }
}
