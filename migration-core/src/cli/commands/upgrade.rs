//! `upgrade`.

use clap::Args;

use crate::cli::act::{Change, Offline, Resuming, Waiting};
use crate::cli::backup::BackingUp;
use crate::cli::context::Context;
use crate::cli::failure::Failure;
use crate::cli::source_tree;
use crate::cli::warning::Warning;
use crate::database::Address;

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
        && let Address::Sqlite { path } = context.settings()?.shown_address()?
        && path.as_os_str() == ":memory:"
    {
        context.ui.warning(&Warning::InMemory);
    }
    source_tree::warn_of_unbuilt(context)?;
    Change {
        resume_at: arguments.resuming.resume_at,
        backup: Some(&arguments.backup),
        ..Change::upgrade(&arguments.targets, &arguments.offline, &arguments.waiting)
    }
    .make(context)
}
