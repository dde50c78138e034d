//! `wait`.

use clap::Args;
use serde::Serialize;

use crate::application::moment::Stopwatch;
use crate::cli::context::Context;
use crate::cli::exit;
use crate::cli::failure::Failure;
use crate::cli::waiting::Answering;

/// Wait until the database answers
///
/// A server that is not there yet, that is starting up or has no connection left is waited for; a
/// wrong password or a database that does not exist is not. A SQLite file that is still to be made
/// needs no waiting.
///
/// Ends with 75 when the time is up and with 78 when waiting does not help.
#[derive(Debug, Args)]
pub(in crate::cli) struct Arguments {
    #[command(flatten)]
    answering: Answering,
}

#[derive(Serialize)]
struct Answer {
    address: String,
    server: Option<String>,
}

pub(super) fn run(context: &Context<'_>, arguments: &Arguments) -> Result<(), Failure> {
    wait(context, arguments).map_err(exit::for_machines)
}

fn wait(context: &Context<'_>, arguments: &Arguments) -> Result<(), Failure> {
    let watch = Stopwatch::start();
    let connection = arguments.answering.wait(context)?;
    let address = context.settings()?.shown_address()?.to_string();
    let server = connection.map(|connection| connection.server().to_owned());
    if context.ui.is_json() {
        return context.ui.document(&Answer { address, server });
    }
    match server {
        Some(server) => context.ui.success(format_args!(
            "{server} answers at {address}, after {}.",
            watch.seconds()
        )),
        None => context
            .ui
            .success(format_args!("{address} is still to be made.")),
    }
    Ok(())
}
