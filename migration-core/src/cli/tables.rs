//! Whether the tables that a plan changes are there.

use super::context::Context;
use super::error::CliError;
use super::failure::Failure;
use crate::introspect::{self, IntrospectError};
use crate::operation::Operation;
use crate::program::{Action, Program, Subject, Work};
use crate::schema::ObjectName;

/// Refuses a program that changes a table which is not in the database and which nothing before
/// the change can have made.
pub(super) fn check(context: &Context<'_>, program: &Program) -> Result<(), Failure> {
    let mut before: Vec<&Action> = Vec::new();
    for step in &program.steps {
        for action in &step.actions {
            if let Work::Table(Subject::Table(name)) = &action.work
                && !before.iter().any(|earlier| may_make(earlier, name))
                && let Some(source) = missing(context, name)?
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

fn missing(context: &Context<'_>, name: &ObjectName) -> Result<Option<IntrospectError>, Failure> {
    let Some(mut connection) = context.connect_if_there()? else {
        let name = name.clone();
        return Ok(Some(IntrospectError::NoSuchTable { name }));
    };
    match introspect::table(connection.as_mut(), name) {
        Err(error @ IntrospectError::NoSuchTable { .. }) => Ok(Some(error)),
        Ok(_) | Err(_) => Ok(None),
    }
}
