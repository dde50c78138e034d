//! `downgrade`.

use clap::Args;

use crate::cli::act::{self, Offline};
use crate::cli::context::Context;
use crate::cli::failure::Failure;
use crate::cli::range::{self, Target};
use crate::plan;

/// Undo the revisions above the targets
///
/// A target is the revision to go back to, `base` for none, or a number of steps such as `-1`,
/// which is also what happens without a target.
#[derive(Debug, Args)]
pub(in crate::cli) struct Arguments {
    /// Where to go; with --sql from where and where to, as `from:to`
    #[arg(
        value_name = "TARGET",
        default_value = "-1",
        allow_negative_numbers = true
    )]
    targets: Vec<String>,

    #[command(flatten)]
    offline: Offline,
}

pub(super) fn run(context: &Context<'_>, arguments: &Arguments) -> Result<(), Failure> {
    let graph = context.graph()?;
    let Offline { sql, tag } = &arguments.offline;
    if *sql {
        let Target { rows, targets } = range::full_range(graph, &arguments.targets)?;
        let plan = plan::downgrade(graph, &rows, &targets)?;
        return act::write_script(context, &plan, tag.as_deref());
    }
    let targets = range::targets(&arguments.targets)?;
    let database = act::Database::open_existing(context)?;
    database.run(tag.as_deref(), &|graph, rows| {
        plan::downgrade(graph, rows, &targets)
    })
}
