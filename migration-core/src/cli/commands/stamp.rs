//! `stamp`.

use clap::Args;

use crate::cli::act::{Change, Offline, Waiting};
use crate::cli::context::Context;
use crate::cli::failure::Failure;
use crate::cli::opened::Database;
use crate::cli::range;
use crate::plan;

/// Note revisions as applied without running anything
///
/// For a database whose tables are there already. `base` notes that none is applied.
///
/// What is said counts, whatever was begun: a revision that stopped on the way is forgotten, and
/// runs from its first statement the next time. `stamp` with the revision that the database is at
/// does this alone.
#[derive(Debug, Args)]
pub(in crate::cli) struct Arguments {
    /// The revisions that the database is at
    #[arg(value_name = "TARGET", required = true, allow_negative_numbers = true)]
    targets: Vec<String>,

    /// Forget what the version table says first, also revisions that nobody knows
    #[arg(long, conflicts_with = "sql")]
    purge: bool,

    /// Show what would be noted, and which unfinished steps it would forget; change nothing
    #[arg(long, conflicts_with = "sql")]
    dry_run: bool,

    #[command(flatten)]
    waiting: Waiting,

    #[command(flatten)]
    offline: Offline,
}

pub(super) fn run(context: &Context<'_>, arguments: &Arguments) -> Result<(), Failure> {
    let purge = arguments.purge;
    if arguments.dry_run {
        return super::plan::rehearse_stamp(context, &arguments.targets, purge);
    }
    Change {
        typed: &arguments.targets,
        offline: &arguments.offline,
        resume_at: None,
        keeps_rows: false,
        backup: None,
        waiting: &arguments.waiting,
        open: if purge {
            |context| Database::open_unchecked(context)
        } else {
            |context| Database::open(context)
        },
        range: range::range,
        plan: &|graph, rows, targets| plan::stamp(graph, rows, targets, purge),
        settles: true,
        meant: |_| None,
    }
    .make(context)
}
