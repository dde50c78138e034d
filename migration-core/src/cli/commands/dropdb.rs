//! `dropdb`.

use clap::Args;
use serde::Serialize;

use crate::cli::context::Context;
use crate::cli::extents::{self, Found};
use crate::cli::failure::Failure;
use crate::cli::warning::Warning;
use crate::cli::workflow_error::WorkflowError;
use crate::config::is_production;
use crate::database::{self, Address, OpenOptions};

/// Drop the whole database, with everything in it
///
/// Lists what will be lost and asks for the database's name (of a SQLite file, the file's). Refuses
/// when `environment` of the ini says `production`, and on PostgreSQL while others are connected.
#[derive(Debug, Args)]
pub(in crate::cli) struct Arguments {
    /// Do not ask; NAME has to be the database's
    #[arg(long, value_name = "NAME")]
    yes: Option<String>,
}

#[derive(Serialize)]
struct Answer {
    dropped: String,
    tables: Vec<extents::Object>,
}

pub(super) fn run(context: &Context<'_>, arguments: &Arguments) -> Result<(), Failure> {
    let settings = context.settings()?;
    let address = context.address()?;
    let name = name(&address);
    let environment = settings.environment.as_deref().unwrap_or_default();
    if is_production(environment) {
        let origin = origin(context)?;
        return Err(WorkflowError::Production { name, origin }.into());
    }
    let ui = context.ui;
    if arguments.yes.is_none() && !ui.can_ask() {
        return Err(Failure::usage(WorkflowError::UnconfirmedDrop { name }));
    }
    if let Some(typed) = &arguments.yes {
        check(typed, &name)?;
    }
    let found = list(context, &name)?;
    if arguments.yes.is_none() {
        let question = format!("Type the name of the database to drop it ({name}): ");
        check(&ui.typed(&question), &name)?;
    }
    database::drop_database(&address, &OpenOptions::write(context.component.program))?;
    if ui.is_json() {
        return ui.document(&Answer {
            dropped: settings.shown_address()?.to_string(),
            tables: found.iter().map(extents::Object::from).collect(),
        });
    }
    ui.success(format_args!("Dropped {}.", settings.shown_address()?));
    Ok(())
}

/// Shows what will be lost, and who else is there. The connection is closed afterwards.
fn list(context: &Context<'_>, name: &str) -> Result<Vec<Found>, Failure> {
    let mut connection = context.connect_to_read()?;
    let found = extents::everything(connection.as_mut())?;
    let ui = context.ui;
    let address = context.settings()?.shown_address()?;
    ui.status(match found.is_empty() {
        true => format!("{address} has no tables."),
        false => format!(
            "What will be lost with {address}: {}",
            extents::summary(&found)
        ),
    });
    for line in extents::plain_lines(&found) {
        ui.status(format_args!("  {line}"));
    }
    for session in database::sessions(connection.as_mut(), name)? {
        ui.warning(&Warning::InUse {
            session: session.to_string(),
        });
    }
    Ok(found)
}

/// What people call it.
fn name(address: &Address) -> String {
    match address {
        Address::Sqlite { path } => {
            let file = path.file_name().unwrap_or(path.as_os_str());
            file.to_string_lossy().into_owned()
        }
        Address::Postgres(server) | Address::Mysql(server) => server.database.clone(),
    }
}

/// Where `environment` is set.
fn origin(context: &Context<'_>) -> Result<String, Failure> {
    let stated = context.stated()?.iter();
    let mut found = stated.filter(|it| it.key == "environment");
    let origin = found.next().and_then(|it| it.origin.clone());
    Ok(origin.unwrap_or_default())
}

fn check(typed: &str, name: &str) -> Result<(), WorkflowError> {
    if typed.trim() == name {
        return Ok(());
    }
    Err(WorkflowError::OtherName {
        typed: typed.trim().to_owned(),
        name: name.to_owned(),
    })
}
