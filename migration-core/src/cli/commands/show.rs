//! `show`.

use clap::Args;

use crate::cli::context::Context;
use crate::cli::describe::Describer;
use crate::cli::failure::Failure;
use crate::cli::source_tree;

/// Show all that is known of a revision
#[derive(Debug, Args)]
pub(in crate::cli) struct Arguments {
    /// The revision: an id, `head`, `heads`, `-1`, or `current` for what the database has
    #[arg(allow_negative_numbers = true)]
    revision: String,
}

pub(super) fn run(context: &Context<'_>, arguments: &Arguments) -> Result<(), Failure> {
    source_tree::warn_of_unbuilt(context)?;
    let found = context.resolve(&arguments.revision)?;
    let mut describer = Describer::new(context.ui.colours_data());
    if arguments.revision == "current" && context.ui.is_json() {
        describer = describer.with_current(&found);
    }
    context.revisions(&found, &describer, |member| describer.block(member))
}
