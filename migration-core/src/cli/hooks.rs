//! The programs that run over a new revision.

use std::path::Path;
use std::process::{Command, Stdio};

use super::context::Context;
use super::error::CliError;
use super::failure::Failure;
use crate::config::Hook;

/// Runs all hooks over a file, in order; what they say goes to standard error.
pub(super) fn run(context: &Context<'_>, file: &Path) -> Result<(), Failure> {
    for hook in &context.settings()?.autogenerate.hooks {
        context
            .ui
            .status(format_args!("Running post write hook '{}' ...", hook.name));
        run_one(hook, file)?;
    }
    Ok(())
}

fn run_one(hook: &Hook, file: &Path) -> Result<(), CliError> {
    let mut command = Command::new(&hook.program);
    command.args(hook.arguments(&file.display().to_string()));
    if let Some(directory) = &hook.directory {
        command.current_dir(directory);
    }
    let spawned = command.stdin(Stdio::null()).output();
    let output = spawned.map_err(|source| CliError::HookMissing {
        hook: hook.name.clone(),
        program: hook.program.clone(),
        source,
    })?;
    if output.status.success() {
        return Ok(());
    }
    let said = [output.stdout, output.stderr].concat();
    Err(CliError::HookFailed {
        hook: hook.name.clone(),
        status: output.status.to_string(),
        said: String::from_utf8_lossy(&said).trim().to_owned(),
    })
}
