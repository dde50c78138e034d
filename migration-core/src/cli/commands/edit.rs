//! `edit`.
#![expect(
    clippy::disallowed_methods,
    reason = "the editor is named by the environment and runs in the terminal"
)]

use std::path::{Path, PathBuf};
use std::process::Command;

use clap::Args;

use crate::cli::context::Context;
use crate::cli::error::CliError;
use crate::cli::failure::Failure;
use crate::revision::RevisionFile;

/// What is tried when neither EDITOR nor VISUAL is set.
const EDITORS: &[&str] = &["sensible-editor", "editor", "nano", "vim", "vi", "code"];

/// Open revision files in the editor
///
/// The editor is named by EDITOR or VISUAL; otherwise one that is installed.
#[derive(Debug, Args)]
pub(in crate::cli) struct Arguments {
    /// The revision: an id, `head`, `-1`, or `current` for what the database has
    #[arg(allow_negative_numbers = true)]
    revision: String,
}

pub(super) fn run(context: &Context<'_>, arguments: &Arguments) -> Result<(), Failure> {
    let graph = context.graph()?;
    let mut files: Vec<PathBuf> = Vec::new();
    for id in context.resolve(&arguments.revision)? {
        let revision = graph.get(id.as_str()).expect("resolved in this graph");
        match &revision.file {
            RevisionFile::Disk(file) => files.push(file.path().to_owned()),
            RevisionFile::Embedded(_) | RevisionFile::Kept(_) => return Err(context.embedded()),
        }
    }
    if files.is_empty() {
        return Err(CliError::NoRevisionFile {
            symbol: arguments.revision.clone(),
        }
        .into());
    }
    for file in files {
        open(&file)?;
    }
    Ok(())
}

fn open(file: &Path) -> Result<(), CliError> {
    let editor = editor().ok_or(CliError::NoEditor)?;
    // The variable may hold arguments (`code --wait`), as every program reads it.
    let mut words = editor.split_whitespace();
    let program = words.next().unwrap_or_default();
    let status = Command::new(program).args(words).arg(file).status();
    match status {
        Ok(status) if status.success() => Ok(()),
        Ok(status) => Err(CliError::EditorFailed {
            editor: editor.clone(),
            status: status.to_string(),
        }),
        Err(source) => Err(CliError::EditorMissing {
            editor: editor.clone(),
            source,
        }),
    }
}

fn editor() -> Option<String> {
    let chosen = ["EDITOR", "VISUAL"]
        .into_iter()
        .filter_map(|name| std::env::var(name).ok())
        .find(|value| !value.trim().is_empty());
    chosen.or_else(|| {
        let path = std::env::var_os("PATH")?;
        let found = EDITORS.iter().find(|name| {
            std::env::split_paths(&path).any(|directory| directory.join(name).is_file())
        });
        found.map(|name| (*name).to_owned())
    })
}
