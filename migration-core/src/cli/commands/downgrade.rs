//! `downgrade`.

use clap::Args;

use crate::cli::act::{Change, Database, Offline, Resuming, Waiting};
use crate::cli::backup::BackingUp;
use crate::cli::context::Context;
use crate::cli::failure::Failure;
use crate::cli::range;
use crate::plan;

/// Where a downgrade goes when nobody says where.
pub(super) const DEFAULT: &str = "-1";

/// Undo the revisions above the targets
///
/// A target is the revision to go back to, `base` for none, or a number of steps such as `-1`,
/// which is also what happens without a target.
///
/// A revision whose file is gone is undone by the SQL that the ledger kept when it was applied.
#[derive(Debug, Args)]
pub(in crate::cli) struct Arguments {
    /// Where to go; with --sql from where and where to, as `from:to`
    #[arg(
        value_name = "TARGET",
        default_value = DEFAULT,
        allow_negative_numbers = true
    )]
    targets: Vec<String>,

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
    Change {
        typed: &arguments.targets,
        offline: &arguments.offline,
        resume_at: arguments.resuming.resume_at,
        backup: Some(&arguments.backup),
        waiting: &arguments.waiting,
        open: |context| Database::open_existing(context)?.warning_of_edits(),
        range: range::full_range,
        plan: &plan::downgrade,
    }
    .make(context)
}
