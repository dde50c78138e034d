//! `history`.

use anstyle::{AnsiColor, Style};
use clap::Args;

use crate::cli::context::Context;
use crate::cli::describe::{Describer, Line};
use crate::cli::failure::Failure;
use crate::cli::locale;
use crate::cli::pictures::{self, Asking};
use crate::cli::source_tree;
use crate::cli::ui::paint;
use crate::picture::tree::{self, Signs};
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

    /// Draw lines beside the revisions, as `git log --graph` does, and mark what the database has
    /// and what is pending; dotted lines are dependencies
    #[arg(short, long)]
    graph: bool,

    /// With --graph, ask no database, and mark nothing as current or pending
    #[arg(long, requires = "graph", conflicts_with = "indicate_current")]
    offline: bool,
}

/// The colours of lines, by column.
const LINES: [AnsiColor; 6] = [
    AnsiColor::Blue,
    AnsiColor::Cyan,
    AnsiColor::Magenta,
    AnsiColor::Yellow,
    AnsiColor::Green,
    AnsiColor::Red,
];

pub(super) fn run(context: &Context<'_>, arguments: &Arguments) -> Result<(), Failure> {
    if arguments.graph && !context.ui.is_json() {
        return draw(context, arguments);
    }
    let range = arguments.rev_range.as_deref();
    let asks = arguments.indicate_current || range.is_some_and(names_current);
    source_tree::warn_of_unbuilt(context)?;
    let graph = context.graph_to_show()?;
    let rows = if asks { context.rows()? } else { Vec::new() };
    let found = graph.history_members(range, &rows)?;
    let mut describer = Describer::new(context.ui.colours_data());
    if arguments.indicate_current || asks && context.ui.is_json() {
        describer = describer.with_current(&rows);
    }
    context.members(found, &describer, |member| {
        if context.wants_details() {
            describer.block(member)
        } else {
            describer.line(
                member,
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

/// Draws lines beside the revisions. The database that was asked for by name has to answer.
fn draw(context: &Context<'_>, arguments: &Arguments) -> Result<(), Failure> {
    let range = arguments.rev_range.as_deref();
    let is_asked = arguments.indicate_current || range.is_some_and(names_current);
    let standing = match is_asked {
        true => Some(pictures::ask(context)?),
        false => pictures::standing(
            context,
            &Asking {
                offline: arguments.offline,
            },
        )?,
    };
    let graph = pictures::drawable(context)?;
    let rows = standing.as_ref().map(|it| it.rows.as_slice());
    let shown = graph.history(range, rows.unwrap_or_default())?;
    let applied = standing.as_ref().map(|it| it.applied.as_slice());
    let tree = tree::tree(graph, &shown, applied);
    let colour = context.ui.colours_data();
    let describer = Describer::new(colour);
    let describer = match rows {
        Some(rows) => describer.with_current(rows),
        None => describer,
    };
    let text = |(node, id): (&tree::Node, &RevisionId)| match graph.member(id.as_str()) {
        Some(member) if context.wants_details() => describer.block(member) + "\n",
        Some(_) | None => describer.line_beside(node),
    };
    let texts: Vec<String> = tree.revisions.iter().zip(&shown).map(text).collect();
    let signs = match locale::is_utf8() {
        true => Signs::Unicode,
        false => Signs::Ascii,
    };
    let line = |column: usize, sign: &str| {
        let style: Style = LINES[column % LINES.len()].on_default();
        match sign {
            " " => sign.to_owned(),
            sign => paint(colour, style, sign),
        }
    };
    for drawn in tree::terminal(&tree, &texts, signs, &line) {
        context.ui.data(drawn)?;
    }
    Ok(())
}

/// Whether an end of the range is what the database has.
fn names_current(range: &str) -> bool {
    range.split(':').any(|end| end.trim() == "current")
}
