//! `initdb`.

use clap::Args;
use serde::Serialize;

use crate::cli::act::{Change, Offline, Outcome, Waiting};
use crate::cli::context::Context;
use crate::cli::failure::Failure;
use crate::database::{self, OpenOptions};

/// Create the database unless it is there, and upgrade it
///
/// On a server the user needs the right to create databases; without it the error says what an
/// administrator types. A SQLite file is made with its directory. Run again, it upgrades what is
/// there.
#[derive(Debug, Args)]
pub(in crate::cli) struct Arguments {
    /// Where to go
    #[arg(value_name = "TARGET", default_value = super::upgrade::DEFAULT)]
    targets: Vec<String>,

    #[command(flatten)]
    waiting: Waiting,

    /// Name this run; the name stands in the ledger beside the program
    #[arg(long, value_name = "NAME")]
    tag: Option<String>,
}

#[derive(Serialize)]
struct Answer {
    created: bool,
    #[serde(flatten)]
    outcome: Outcome,
}

pub(super) fn run(context: &Context<'_>, arguments: &Arguments) -> Result<(), Failure> {
    // A tree that cannot be read must not leave an empty database behind.
    context.graph()?.resolve("heads")?;
    let created = create(context)?;
    let offline = Offline::online(arguments.tag.clone());
    let change = Change::upgrade(&arguments.targets, &offline, &arguments.waiting);
    let outcome = change.carry_out(context)?;
    if context.ui.is_json() {
        return context.ui.document(&Answer { created, outcome });
    }
    outcome.tell(context);
    Ok(())
}

/// Creates the database unless it is there, and says so.
pub(super) fn create(context: &Context<'_>) -> Result<bool, Failure> {
    let settings = context.settings()?;
    let options = OpenOptions::read(context.component.program);
    let created = database::create(&context.address()?, &options)?;
    let address = settings.shown_address()?;
    context.ui.status(match created {
        true => format!("Creating the database {address}"),
        false => format!("The database {address} is there already."),
    });
    Ok(created)
}
