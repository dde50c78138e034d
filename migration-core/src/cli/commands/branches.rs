//! `branches`.

use std::fmt::Write as _;

use clap::Args;

use crate::cli::context::Context;
use crate::cli::describe::{Describer, Line};
use crate::cli::failure::Failure;
use crate::graph::Member;

/// List the revisions where branches part, and what follows each
#[derive(Debug, Args)]
pub(in crate::cli) struct Arguments {}

pub(super) fn run(context: &Context<'_>, _: &Arguments) -> Result<(), Failure> {
    let graph = context.graph_to_show()?;
    let describer = Describer::new(context.ui.colours_data());
    let points = graph.branch_points();
    let head = |member: Member<'_>| {
        if context.wants_details() {
            return describer.block(member);
        }
        let with = Line {
            labels: true,
            tree: true,
            ..Line::default()
        };
        describer.line(member, with)
    };
    context.revisions(&points, &describer, |member| {
        let mut text = head(member);
        let margin = " ".repeat(member.id().as_str().chars().count());
        for child in member.children() {
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
