//! `upgrade`.

use clap::Args;

use crate::cli::act::{Change, Database, Offline, Resuming, Waiting};
use crate::cli::backup::BackingUp;
use crate::cli::context::Context;
use crate::cli::failure::Failure;
use crate::cli::range;
use crate::database::Address;
use crate::plan;

/// Where an upgrade goes when nobody says where.
pub(super) const DEFAULT: &str = "head";

/// Run the revisions that lead up to the targets
///
/// A target is a revision, `head`, `heads`, or a number of steps such as `+2`. Without a target the
/// database goes to the head.
///
/// SQLite and PostgreSQL keep a revision's work and the note that it was done together or not at
/// all. MySQL and MariaDB commit each change of a table as it runs: there a revision that fails has
/// done a part. The error says which, and the same command run again continues behind it.
#[derive(Debug, Args)]
#[command(mut_arg("backup", |backup| backup.conflicts_with("sql")))]
pub(in crate::cli) struct Arguments {
    /// Where to go; with --sql also from where, as `from:to`
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
    if !arguments.offline.sql
        && matches!(context.address()?, Address::Sqlite { path } if path.as_os_str() == ":memory:")
    {
        context.ui.warning(
            "the database is in memory: all that is made in it is gone when this command ends",
        );
    }
    Change {
        typed: &arguments.targets,
        offline: &arguments.offline,
        resume_at: arguments.resuming.resume_at,
        keeps_rows: false,
        backup: Some(&arguments.backup),
        waiting: &arguments.waiting,
        open: |context| Database::open(context)?.warning_of_edits(),
        range: range::upward,
        plan: &plan::upgrade,
    }
    .make(context)
}
