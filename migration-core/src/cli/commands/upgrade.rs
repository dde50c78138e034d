//! `upgrade`.

use clap::Args;

use crate::cli::act::{self, Offline};
use crate::cli::context::Context;
use crate::cli::failure::Failure;
use crate::cli::range::{self, Target};
use crate::plan;

/// Run the revisions that lead up to the targets
///
/// A target is a revision, `head`, `heads`, or a number of steps such as `+2`. Without a target the
/// database goes to the head.
///
/// SQLite and PostgreSQL keep a revision's work and the note that it was done together or not at
/// all. MySQL and MariaDB commit each change of a table as it runs: there a revision that fails has
/// done a part, and the error says which.
#[derive(Debug, Args)]
pub(in crate::cli) struct Arguments {
    /// Where to go; with --sql also from where, as `from:to`
    #[arg(
        value_name = "TARGET",
        default_value = "head",
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
        let Target { rows, targets } = range::range(graph, &arguments.targets)?;
        let plan = plan::upgrade(graph, &rows, &targets)?;
        return act::write_script(context, &plan, tag.as_deref());
    }
    let targets = range::targets(&arguments.targets)?;
    let database = act::Database::open(context)?;
    database.run(tag.as_deref(), &|graph, rows| {
        plan::upgrade(graph, rows, &targets)
    })
}
