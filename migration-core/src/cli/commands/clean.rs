//! `clean`.

use std::path::PathBuf;

use clap::Args;
use serde::Serialize;

use crate::cli::context::Context;
use crate::cli::failure::Failure;
use crate::cli::settings::Surroundings;
use crate::config::discovery;

/// Forget the database that `discover` kept
///
/// Only what was kept for this component and this ini; no database is touched.
#[derive(Debug, Args)]
pub(in crate::cli) struct Arguments {}

#[derive(Serialize)]
struct Answer {
    forgotten: Option<PathBuf>,
}

pub(super) fn run(context: &Context<'_>) -> Result<(), Failure> {
    let around = Surroundings::of(context.component, context.global)?;
    let path = around.kept(context.component, context.global);
    let mut forgotten = None;
    if let Some(path) = path
        && discovery::forget(&path)?
    {
        forgotten = Some(path);
    }
    if context.ui.is_json() {
        return context.ui.document(&Answer { forgotten });
    }
    match forgotten {
        Some(path) => context
            .ui
            .success(format_args!("Forgot {}.", path.display())),
        None => context.ui.status("Nothing was kept."),
    }
    Ok(())
}
