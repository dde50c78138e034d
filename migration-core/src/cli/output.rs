//! Where a text goes that a command makes: a file, or standard output.

use std::path::PathBuf;

use clap::Args;
use serde::Serialize;

use super::context::Context;
use super::failure::Failure;
use super::files;
use super::workflow_error::WorkflowError;

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
                // A directory that nobody made is a slip.
                files::check_directory(path)?;
                files::replace(path, text)?;
                context.ui.done(format_args!("Written {}", path.display()))
            }
            None => context.ui.raw(text),
        }
    }

    /// Writes a value there, as JSON.
    pub(super) fn write_json(
        &self,
        context: &Context<'_>,
        value: &impl Serialize,
    ) -> Result<(), Failure> {
        let text = serde_json::to_string_pretty(value);
        let text = text.expect("what is written has text keys and finite numbers") + "\n";
        self.write(context, &text)
    }

    /// The language of a picture: as asked, else by what the file's name ends in, else the first of
    /// those known, each of which has its usual ending first.
    pub(super) fn language<L: Copy>(
        &self,
        asked: Option<L>,
        known: &[(L, &[&'static str])],
    ) -> Result<L, Failure> {
        if let Some(language) = asked {
            return Ok(language);
        }
        let extension = self.output.as_ref().and_then(|path| path.extension());
        let Some(extension) = extension else {
            return Ok(known[0].0);
        };
        let ending = extension.to_string_lossy().to_ascii_lowercase();
        let found = known.iter().find(|it| it.1.contains(&ending.as_str()));
        found.map(|it| it.0).ok_or_else(|| {
            let known = known.iter().map(|it| it.1[0]).collect();
            Failure::usage(WorkflowError::NoSuchPicture { ending, known })
        })
    }
}
