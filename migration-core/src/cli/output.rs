//! Where a text goes that a command makes: a file, or standard output.

use std::path::PathBuf;

use clap::Args;

use super::context::Context;
use super::failure::Failure;
use super::files;

/// Where a text goes.
#[derive(Debug, Args)]
#[group(id = "written")]
pub(super) struct Output {
    /// Write into this file, in the place of one that may be there, and not to standard output
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
}

impl Output {
    /// Writes the text there.
    pub(super) fn write(&self, context: &Context<'_>, text: &str) -> Result<(), Failure> {
        match &self.output {
            Some(path) => {
                files::replace(path, text)?;
                context.ui.done(format_args!("Written {}", path.display()))
            }
            None => context.ui.raw(text),
        }
    }

    /// What stands behind the last dot of the file's name.
    pub(super) fn extension(&self) -> Option<String> {
        let extension = self.output.as_ref()?.extension()?;
        Some(extension.to_string_lossy().to_ascii_lowercase())
    }
}
