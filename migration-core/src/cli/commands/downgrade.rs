//! `downgrade`.

use clap::Args;

use crate::cli::act::{Change, Offline, Resuming, Waiting};
use crate::cli::backup::BackingUp;
use crate::cli::context::Context;
use crate::cli::failure::Failure;
use crate::cli::opened::Database;
use crate::cli::range;
use crate::cli::warning::Warning;
use crate::plan;

/// Where a downgrade goes when nobody says where.
pub(super) const DEFAULT: &str = "-1";

/// Undo the revisions above the targets
///
/// A target is the revision to go back to, `base` for none, or a number of steps such as `-1`,
/// which is also what happens without a target.
///
/// Stops when a table with rows, or a column with values, would be dropped or emptied, and when values
/// would not fit the type that their column gets back.
///
/// A revision whose file is gone is undone by the SQL that the ledger kept when it was applied.
#[derive(Debug, Args)]
#[command(mut_arg("backup", |backup| backup.conflicts_with("sql")))]
pub(in crate::cli) struct Arguments {
    /// Where to go; with --sql from where and where to, as `from:to`
    #[arg(
        value_name = "TARGET",
        default_value = DEFAULT,
        allow_negative_numbers = true
    )]
    targets: Vec<String>,

    /// Undo revisions also when rows or values are lost with what they drop or make narrower
    #[arg(long)]
    allow_data_loss: bool,

    /// Show what would run, and how many rows and values would be lost; change nothing
    #[arg(long, conflicts_with = "sql")]
    dry_run: bool,

    #[command(flatten)]
    resuming: Resuming,

    #[command(flatten)]
    backup: BackingUp,

    #[command(flatten)]
    waiting: Waiting,

    #[command(flatten)]
    offline: Offline,
}

pub(super) fn run(context: &Context<'_>, arguments: &Arguments) -> Result<(), Failure> {
    if arguments.dry_run {
        return super::plan::rehearse(context, &arguments.targets, arguments.resuming.resume_at);
    }
    Change {
        typed: &arguments.targets,
        offline: &arguments.offline,
        resume_at: arguments.resuming.resume_at,
        keeps_rows: !arguments.allow_data_loss,
        backup: Some(&arguments.backup),
        waiting: &arguments.waiting,
        open: |context| Database::open_existing(context)?.warning_of_edits(),
        range: range::full_range,
        plan: &plan::downgrade,
        settles: false,
        meant: |target| {
            let is_head = ["head", "heads"].contains(&target) || target.ends_with("@head");
            is_head.then_some(Warning::DowngradeToHead)
        },
    }
    .make(context)
}
