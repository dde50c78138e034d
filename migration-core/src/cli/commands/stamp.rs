//! `stamp`.

use clap::Args;

use crate::cli::act::{self, Offline};
use crate::cli::context::Context;
use crate::cli::failure::Failure;
use crate::cli::range::{self, Target};
use crate::plan;

/// Note revisions as applied without running anything
///
/// For a database whose tables are there already. `base` notes that none is applied.
#[derive(Debug, Args)]
pub(in crate::cli) struct Arguments {
    /// The revisions that the database is at
    #[arg(value_name = "TARGET", required = true, allow_negative_numbers = true)]
    targets: Vec<String>,

    /// Forget what the version table says first, also revisions that nobody knows
    #[arg(long, conflicts_with = "sql")]
    purge: bool,

    #[command(flatten)]
    offline: Offline,
}

pub(super) fn run(context: &Context<'_>, arguments: &Arguments) -> Result<(), Failure> {
    let graph = context.graph()?;
    let Offline { sql, tag } = &arguments.offline;
    if *sql {
        let Target { rows, targets } = range::range(graph, &arguments.targets)?;
        let plan = plan::stamp(graph, &rows, &targets, false)?;
        return act::write_script(context, &plan, tag.as_deref());
    }
    let targets = range::targets(&arguments.targets)?;
    let database = if arguments.purge {
        act::Database::open_unchecked(context)?
    } else {
        act::Database::open(context)?
    };
    database.run(tag.as_deref(), &|graph, rows| {
        plan::stamp(graph, rows, &targets, arguments.purge)
    })
}
