//! `revision`.

use std::path::PathBuf;

use clap::Args;

use crate::cli::context::Context;
use crate::cli::creation::{self, Flags, Position, label_owner};
use crate::cli::describe::texts;
use crate::cli::error::CliError;
use crate::cli::failure::Failure;
use crate::revision::RevisionId;

/// Create a new revision file
///
/// It follows the head, unless --head names another revision; several make it a merge, `base` the
/// beginning of a new tree.
#[derive(Debug, Args)]
pub(in crate::cli) struct Arguments {
    #[command(flatten)]
    flags: Flags,

    /// Follow this revision; `base` for none (may be repeated)
    #[arg(
        long,
        value_name = "REV",
        value_delimiter = ',',
        allow_hyphen_values = true
    )]
    head: Vec<String>,

    /// Require this revision or label to be applied before, in any branch (may be repeated)
    #[arg(long, value_name = "REV", value_delimiter = ',')]
    depends_on: Vec<String>,

    /// Write the file into this directory, one of the version locations
    #[arg(long, value_name = "DIR")]
    version_path: Option<PathBuf>,

    /// Write the text of the file to standard output; make no file
    #[arg(long, conflicts_with = "json")]
    sql: bool,
}

pub(super) fn run(context: &Context<'_>, arguments: &Arguments) -> Result<(), Failure> {
    let position = Position {
        parents: parents(context, &arguments.head)?,
        depends_on: needed(context, &arguments.depends_on)?,
        version_path: arguments.version_path.as_deref(),
    };
    let draft = creation::draft(context, &arguments.flags, position)?;
    if arguments.sql {
        return context.ui.raw(&draft.text);
    }
    creation::write(context, &draft)
}

/// The revisions named by `--head`; without it the only head, or none when there are no revisions.
fn parents(context: &Context<'_>, typed: &[String]) -> Result<Vec<RevisionId>, Failure> {
    let graph = context.graph()?;
    if typed.is_empty() {
        let heads = graph.heads();
        return match heads.len() {
            0 | 1 => Ok(heads),
            _ => Err(CliError::SeveralHeads { heads }.into()),
        };
    }
    let mut parents = Vec::new();
    for text in typed {
        parents.extend(graph.resolve(text)?);
    }
    Ok(parents)
}

/// What `--depends-on` says: labels as they are, the beginnings of ids in full.
fn needed(context: &Context<'_>, typed: &[String]) -> Result<Vec<String>, Failure> {
    let graph = context.graph()?;
    let mut needed = Vec::new();
    for text in typed {
        if label_owner(graph, text).is_some() {
            needed.push(text.clone());
        } else {
            needed.extend(texts(graph.resolve(text)?));
        }
    }
    Ok(needed)
}
