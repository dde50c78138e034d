//! `drift`.

use clap::Args;

use super::check::report;
use crate::cli::comparing::{Compared, Flags};
use crate::cli::context::Context;
use crate::cli::exit::Exit;
use crate::cli::failure::Failure;
use crate::cli::models_error::ModelsError;

/// Find what was changed in the database by other hands
///
/// The revisions that are applied are run in a scratch place that leaves nothing behind, and what
/// they make is compared with the database. Ends with exit code 3 when the two differ, and says what
/// would make the database what its revisions say. Rows are not compared.
#[derive(Debug, Args)]
pub(in crate::cli) struct Arguments {
    #[command(flatten)]
    flags: Flags,
}

pub(super) fn run(context: &Context<'_>, arguments: &Arguments) -> Result<(), Failure> {
    let comparison = Compared::open(context, &arguments.flags)?.with_revisions()?;
    let count = report(context, &comparison)?;
    if count == 0 {
        context
            .ui
            .success("The database is what its revisions made of it.");
        return Ok(());
    }
    Err(Failure::with_exit(
        ModelsError::Drift {
            count,
            early: comparison.early,
        },
        Exit::Found,
    ))
}
