//! `diff`.

use clap::Args;
use serde::Serialize;

use super::check::nothing_new;
use crate::cli::comparing::{Compared, Flags, resolve};
use crate::cli::context::Context;
use crate::cli::describe::texts;
use crate::cli::failure::Failure;
use crate::cli::renames::Renames;
use crate::compare::{self, CompareError, Comparison};
use crate::dialect::Scripted;
use crate::{diff, script};

/// Write the SQL that would make the models of the database
///
/// In the language of the engine, for its own client: one transaction where the engine has it, which
/// rows that stand against a change stop. What is kept and runs on every database is a revision,
/// which `revision --autogenerate` writes. Reads only.
#[derive(Debug, Args)]
pub(in crate::cli) struct Arguments {
    #[command(flatten)]
    flags: Flags,

    #[command(flatten)]
    renames: Renames,
}

#[derive(Serialize)]
struct Change {
    /// What it does, one for each operation.
    operations: Vec<String>,
    /// What takes it back.
    reverse: Vec<String>,
}

#[derive(Serialize)]
struct Answer {
    changes: Vec<Change>,
    statements: Vec<String>,
}

pub(super) fn run(context: &Context<'_>, arguments: &Arguments) -> Result<(), Failure> {
    let mut compared = Compared::open_or_empty(context, &arguments.flags)?;
    let (comparison, _) = compared.with_models(&arguments.renames)?;
    let comparison = resolve(context, comparison)?;
    let changes = &comparison.difference.changes;
    let lowered = lowered(context, &comparison, changes)?;
    let dialect = context.settings()?.dialect()?;
    if context.ui.is_json() {
        return context.ui.document(&Answer {
            changes: changes
                .iter()
                .map(|it| Change {
                    operations: comparison.described(&it.up),
                    reverse: texts(&it.down),
                })
                .collect(),
            statements: script::texts(dialect, &lowered)
                .into_iter()
                .map(|it| it.sql)
                .collect(),
        });
    }
    if lowered.is_empty() {
        context.ui.success(nothing_new(&comparison));
        return Ok(());
    }
    context
        .ui
        .raw(&script::write_alone(dialect, &lowered, &comparison.live))
}

/// What does these changes of a comparison, in the language of the engine.
pub(super) fn lowered<'c>(
    context: &Context<'_>,
    comparison: &Comparison,
    changes: impl IntoIterator<Item = &'c diff::Change>,
) -> Result<Vec<Scripted>, Failure> {
    let dialect = context.settings()?.dialect()?;
    let operations = changes.into_iter().flat_map(|it| &it.up);
    let (stored, live) = (&comparison.stored, &comparison.live);
    let lowered = compare::statements(dialect, operations, stored, live);
    let mut lowered = lowered.map_err(|it| CompareError::from(Box::new(it)))?;
    let views = compare::remade_views(dialect, &lowered);
    if !views.is_empty()
        && let Some(mut connection) = context.connect_if_there()?
    {
        let around = compare::around_views(connection.as_mut(), &views)?;
        lowered.extend(around);
    }
    Ok(lowered)
}
