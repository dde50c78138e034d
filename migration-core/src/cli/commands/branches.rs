//! `branches`.

use std::fmt::Write as _;

use clap::Args;

use crate::cli::context::Context;
use crate::cli::describe::{Describer, Line};
use crate::cli::failure::Failure;
use crate::revision::Revision;

/// List the revisions where branches part, and what follows each
#[derive(Debug, Args)]
pub(in crate::cli) struct Arguments {}

pub(super) fn run(context: &Context<'_>, _: &Arguments) -> Result<(), Failure> {
    let graph = context.graph()?;
    let describer = Describer::new(graph, context.ui.colours_data());
    let points = graph.branch_points();
    let head = |revision: &Revision| {
        if context.wants_details() {
            return describer.block(revision);
        }
        let with = Line {
            labels: true,
            tree: true,
            ..Line::default()
        };
        describer.line(revision, with)
    };
    context.revisions(&points, &describer, |revision| {
        let mut text = head(revision);
        let margin = " ".repeat(revision.id().as_str().chars().count());
        for child in graph.children(revision.id().as_str()) {
            let child = graph.get(child.as_str()).expect("a child is in its graph");
            let with = Line {
                labels: true,
                tree: true,
                message: context.wants_details(),
                ..Line::default()
            };
            let _ = write!(text, "\n{margin} -> {}", describer.line(child, with));
        }
        text.push('\n');
        text
    })
}
