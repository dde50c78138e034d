//! `merge`.

use clap::Args;

use crate::cli::context::Context;
use crate::cli::creation::{self, Flags, Position};
use crate::cli::error::CliError;
use crate::cli::failure::Failure;
use crate::revision::RevisionId;

/// Create a revision that joins branches
#[derive(Debug, Args)]
pub(in crate::cli) struct Arguments {
    /// The revisions to join; all heads when none is named
    #[arg(value_name = "REV", allow_negative_numbers = true)]
    revisions: Vec<String>,

    #[command(flatten)]
    flags: Flags,
}

pub(super) fn run(context: &Context<'_>, arguments: &Arguments) -> Result<(), Failure> {
    let graph = context.graph()?;
    let mut parents: Vec<RevisionId> = Vec::new();
    for text in &arguments.revisions {
        parents.extend(graph.resolve(text)?);
    }
    if arguments.revisions.is_empty() {
        parents = graph.heads();
    }
    if parents.len() < 2 {
        return Err(CliError::NothingToMerge {
            named: parents,
            heads: graph.heads(),
        }
        .into());
    }
    let position = Position {
        parents,
        depends_on: Vec::new(),
        version_path: None,
    };
    let draft = creation::draft(context, &arguments.flags, position)?;
    creation::write(context, &draft)
}
