//! `heads`.

use clap::Args;

use crate::cli::context::Context;
use crate::cli::describe::{Describer, Line};
use crate::cli::failure::Failure;

/// List the revisions that no other follows
///
/// A head that another branch depends on is marked `(effective head)`.
#[derive(Debug, Args)]
pub(in crate::cli) struct Arguments {
    /// Leave out heads that another branch depends on
    #[arg(long)]
    resolve_dependencies: bool,
}

pub(super) fn run(context: &Context<'_>, arguments: &Arguments) -> Result<(), Failure> {
    let graph = context.graph_to_show()?;
    let heads = if arguments.resolve_dependencies {
        graph.real_heads()
    } else {
        graph.heads()
    };
    let describer = Describer::new(context.ui.colours_data());
    context.revisions(&heads, &describer, |member| {
        if context.wants_details() {
            describer.block(member)
        } else {
            let with = Line {
                labels: true,
                ..Line::default()
            };
            describer.line(member, with)
        }
    })
}
