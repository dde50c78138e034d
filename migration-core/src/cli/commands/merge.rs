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
        let found = graph.resolve(text)?;
        if found.is_empty() {
            return Err(CliError::NothingNamed {
                typed: text.clone(),
                heads: graph.heads(),
            }
            .into());
        }
        parents.extend(found);
    }
    if arguments.revisions.is_empty() {
        parents = graph.heads();
    }
    if parents.len() < 2 {
        let only = parents.first().map(RevisionId::as_str);
        return Err(CliError::NothingToMerge {
            children: only.map_or_else(Vec::new, |only| graph.children(only)),
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
    let draft = creation::draft(context, &arguments.flags, position, ("", ""))?;
    creation::write(context, &draft)
}
