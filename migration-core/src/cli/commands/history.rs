//! `history`.

use clap::Args;

use crate::cli::context::Context;
use crate::cli::describe::{Describer, Line};
use crate::cli::failure::Failure;
use crate::revision::RevisionId;

/// List the revisions, newest first
///
/// Each line holds the parents, what it depends on, the id, the labels of its branch, and whether
/// branches end, part or meet there.
#[derive(Debug, Args)]
pub(in crate::cli) struct Arguments {
    /// List this range only: `a:b`, `a:`, `:b`, `-3:`, `current:head`
    #[arg(short, long, value_name = "RANGE", allow_hyphen_values = true)]
    rev_range: Option<String>,

    /// Mark the revisions that the database has
    #[arg(short, long)]
    indicate_current: bool,

    /// Show all that is known of each revision
    #[arg(short, long)]
    verbose: bool,
}

pub(super) fn run(context: &Context<'_>, arguments: &Arguments) -> Result<(), Failure> {
    let range = arguments.rev_range.as_deref();
    let asks = arguments.indicate_current || range.is_some_and(names_current);
    let graph = context.graph()?;
    let rows = if asks { context.rows()? } else { Vec::new() };
    let found: Vec<RevisionId> = graph.history(range, &rows)?;
    let mut describer = Describer::new(graph, context.ui.colours_data());
    if arguments.indicate_current || asks && context.ui.is_json() {
        describer = describer.with_current(&rows);
    }
    context.revisions(&found, &describer, |revision| {
        if arguments.verbose {
            describer.block(revision)
        } else {
            describer.line(
                revision,
                Line {
                    parents: true,
                    labels: true,
                    tree: true,
                    message: true,
                },
            )
        }
    })
}

/// Whether an end of the range is what the database has.
fn names_current(range: &str) -> bool {
    range.split(':').any(|end| end.trim() == "current")
}
