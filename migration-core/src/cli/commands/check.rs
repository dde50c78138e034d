//! `check`.

use std::mem::ManuallyDrop;

use clap::Args;
use serde::Serialize;

use crate::cli::comparing::{Compared, Flags};
use crate::cli::context::Context;
use crate::cli::describe::texts;
use crate::cli::exit::Exit;
use crate::cli::failure::Failure;
use crate::cli::models_error::ModelsError;
use crate::cli::renames::{Renames, question};
use crate::cli::warning::Warning;
use crate::compare::Comparison;

/// Check that the models ask for nothing that the database does not have
///
/// Ends with exit code 3 when they do, and says what a new revision would have to do. Reads only:
/// the models are made in a scratch place that leaves nothing behind. The database has to be at
/// head.
#[derive(Debug, Args)]
pub(in crate::cli) struct Arguments {
    #[command(flatten)]
    flags: Flags,

    #[command(flatten)]
    renames: Renames,
}

pub(super) fn run(context: &Context<'_>, arguments: &Arguments) -> Result<(), Failure> {
    let mut compared = Compared::open_or_empty(context, &arguments.flags)?.at_heads()?;
    // As large as the database has tables; the system takes it back at once.
    let compared = ManuallyDrop::new(compared.with_models(&arguments.renames)?);
    let (comparison, _) = &*compared;
    let count = report(context, comparison)?;
    if count == 0 && !comparison.differing.is_empty() {
        return Err(Failure::with_exit(
            ModelsError::DiffersBeyond {
                names: comparison.differing.clone(),
            },
            Exit::Found,
        ));
    }
    if count == 0 && !comparison.difference.kept.is_empty() {
        return Err(Failure::with_exit(
            ModelsError::NotChanged {
                names: comparison.names_kept(),
            },
            Exit::Found,
        ));
    }
    if count == 0 {
        context.ui.success(nothing_new(comparison));
        return Ok(());
    }
    Err(Failure::with_exit(
        ModelsError::ModelsDiffer { count },
        Exit::Found,
    ))
}

/// What is said where the models ask for nothing that can be written.
pub(super) fn nothing_new(comparison: &Comparison) -> &'static str {
    match comparison.is_whole() {
        true => "No new upgrade operations detected.",
        false => "No new upgrade operations detected in what was compared.",
    }
}

/// What a comparison found, in words.
#[derive(Serialize)]
pub(super) struct Answer {
    /// One for each operation, in order.
    operations: Vec<String>,
    /// What looks like a rename and may be none.
    doubts: Vec<String>,
    /// What begins with the prefix and is nobody's.
    left_alone: Vec<String>,
    /// What cannot be compared.
    not_compared: Vec<String>,
    /// What differs in more than is understood.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    differing: Vec<String>,
    /// Tables that differ in what no statement changes.
    not_changed: Vec<String>,
    /// Indexes that no query may use.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    invalid_indexes: Vec<String>,
    /// Partitions that are gone with their rows.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    emptied_partitions: Vec<String>,
    /// Tables that are partitions where the models are made.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    detached_partitions: Vec<String>,
    /// Views that nobody can read, and why.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    broken_views: Vec<String>,
}

/// Names of objects, and places of statements with their beginnings.
fn not_compared(comparison: &Comparison) -> Vec<String> {
    let mut words = texts(comparison.unread.iter().map(|it| &it.name));
    words.extend(texts(comparison.found.unseen().iter().map(|it| &it.name)));
    let beside = comparison.beside.iter();
    words.extend(beside.map(|it| format!("{}: {}", it.place, it.summary())));
    words
}

/// Writes what was found, one operation on a line; how many there are.
pub(super) fn report(context: &Context<'_>, comparison: &Comparison) -> Result<usize, Failure> {
    let difference = &comparison.difference;
    let operations = difference.changes.iter().flat_map(|it| &it.up);
    let operations = comparison.described(operations);
    let count = operations.len();
    if context.ui.is_json() {
        context.ui.document(&Answer {
            operations,
            doubts: difference.doubts.iter().map(question).collect(),
            left_alone: texts(&comparison.foreign),
            not_compared: not_compared(comparison),
            differing: texts(&comparison.differing),
            not_changed: texts(comparison.names_kept()),
            invalid_indexes: texts(comparison.invalid.iter().map(|it| &it.name)),
            emptied_partitions: texts(&comparison.emptied),
            detached_partitions: texts(&comparison.detached),
            broken_views: texts(&comparison.broken),
        })?;
        return Ok(count);
    }
    for operation in operations {
        context.ui.data(operation)?;
    }
    for view in &comparison.broken {
        context.ui.data(view)?;
    }
    for doubt in &difference.doubts {
        context
            .ui
            .warning(&Warning::of_rename(comparison.goal, doubt));
    }
    context.ui.flush()?;
    Ok(count)
}
