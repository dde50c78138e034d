//! `upgrade-and-close`.

use clap::Args;

use crate::cli::act::{Change, Offline, Waiting};
use crate::cli::backup::BackingUp;
use crate::cli::context::Context;
use crate::cli::exit;
use crate::cli::failure::Failure;
use crate::cli::waiting::Answering;

/// Wait for the database, upgrade it and end, as a container does
///
/// Writes plain lines that begin with the time. Machines that start at once take turns: one works,
/// the others find it done. The exit code tells an orchestrator what to do:
///
///   0   the database is at the head
///   1   a revision failed; standard error says why, and a restart alone does not help
///   2   the command line was not understood
///   75  try again: no answer in time, another migration was running, the connection was lost, or
///       somebody asked for a stop
///   78  the settings are wrong: the ini, the password, the database's name; a restart alone does
///       not help
#[derive(Debug, Args)]
#[command(verbatim_doc_comment)]
pub(in crate::cli) struct Arguments {
    /// Where to go
    #[arg(value_name = "TARGET", default_value = super::upgrade::DEFAULT)]
    targets: Vec<String>,

    #[command(flatten)]
    answering: Answering,

    #[command(flatten)]
    backup: BackingUp,

    #[command(flatten)]
    waiting: Waiting,

    /// Name this run; the name stands in the ledger beside the program
    #[arg(long, value_name = "NAME")]
    tag: Option<String>,
}

pub(super) fn run(context: &Context<'_>, arguments: &Arguments) -> Result<(), Failure> {
    context.ui.stamp();
    upgrade(context, arguments).map_err(exit::for_machines)
}

fn upgrade(context: &Context<'_>, arguments: &Arguments) -> Result<(), Failure> {
    let settings = context.settings()?;
    context.ui.status(format_args!(
        "{} upgrades {}",
        context.component.program_version(),
        settings.shown_address()?
    ));
    if let Some(connection) = arguments.answering.wait(context)? {
        context
            .ui
            .status(format_args!("{} answers", connection.server()));
    }
    Change {
        backup: Some(&arguments.backup),
        ..Change::upgrade(
            &arguments.targets,
            &Offline::online(arguments.tag.clone()),
            &arguments.waiting,
        )
    }
    .make(context)
}
