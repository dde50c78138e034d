//! `drift`.

use clap::Args;

use super::check::report;
use super::diff;
use crate::cli::comparing::{Compared, Flags};
use crate::cli::context::Context;
use crate::cli::exit::Exit;
use crate::cli::failure::Failure;
use crate::cli::models_error::ModelsError;
use crate::cli::renames::Renames;
use crate::cli::warning::Warning;
use crate::compare::Comparison;
use crate::operation::Operation;
use crate::script;

/// Find what was changed in the database by other hands
///
/// The revisions that are applied are run in a scratch place that leaves nothing behind, and what
/// they make is compared with the database. Ends with exit code 3 when the two differ, and says what
/// would make the database what its revisions say. Rows are not compared. Views that nobody can read,
/// because what they read is gone, are named too, and so is what differs in more than is understood or
/// has no statement.
///
/// With --sql it writes the statements that do it, for the engine's own client; to be read before
/// they run, because what other hands added goes with its rows. What may have been renamed has to be
/// said first, or the values of the old column would be gone. Tables of revisions that are not
/// applied are left as they are.
#[derive(Debug, Args)]
pub(in crate::cli) struct Arguments {
    /// Write the SQL that would take the database back
    #[arg(long, conflicts_with = "json")]
    sql: bool,

    #[command(flatten)]
    flags: Flags,

    #[command(flatten)]
    renames: Renames,
}

pub(super) fn run(context: &Context<'_>, arguments: &Arguments) -> Result<(), Failure> {
    let mut compared = Compared::open(context, &arguments.flags)?;
    let comparison = match arguments.sql {
        true => compared.resolved(&arguments.renames)?,
        false => compared.with_revisions(&arguments.renames)?,
    };
    let count = match arguments.sql {
        true => write(context, &comparison)?,
        false => report(context, &comparison)?,
    };
    let kept = comparison.names_kept();
    let count = count + comparison.differing.len() + kept.len();
    if count == 0 && !comparison.broken.is_empty() {
        return Err(Failure::with_exit(
            ModelsError::BrokenViews {
                count: comparison.broken.len(),
            },
            Exit::Found,
        ));
    }
    if count == 0 {
        context.ui.success(match comparison.is_whole() {
            true => "The database is what its revisions made of it.",
            false => "What was compared is what the revisions made of it.",
        });
        return Ok(());
    }
    Err(Failure::with_exit(
        ModelsError::Drift {
            count,
            early: comparison.early,
            by_hand: comparison.differing,
            kept,
            is_written: arguments.sql,
        },
        Exit::Found,
    ))
}

/// Writes what would take the database back, and counts what is different.
fn write(context: &Context<'_>, comparison: &Comparison) -> Result<usize, Failure> {
    let changes = &comparison.difference.changes;
    let is_early = |operation: &Operation| match operation {
        Operation::DropTable { name, .. } => comparison.early.iter().any(|(it, _)| it == name),
        _ => false,
    };
    let back = changes.iter().filter(|it| !it.up.iter().any(is_early));
    let lowered = diff::lowered(context, comparison, back)?;
    let kept = comparison.difference.kept.iter();
    let kept = kept.map(|kept| Warning::NotChanged { kept: kept.clone() });
    let mut text: String = kept.map(|it| format!("-- {it}\n")).collect();
    if !lowered.is_empty() {
        let dialect = context.settings()?.dialect()?;
        text += &script::write_alone(dialect, &lowered, &comparison.live);
    }
    if !text.is_empty() {
        context.ui.raw(&text)?;
        context.ui.flush()?;
    }
    Ok(changes.iter().map(|it| it.up.len()).sum())
}
