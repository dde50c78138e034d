//! `graph`.

use clap::{Args, ValueEnum};

use crate::cli::context::Context;
use crate::cli::failure::Failure;
use crate::cli::output::Output;
use crate::cli::pictures::{self, Asking};
use crate::picture::Caption;
use crate::picture::tree;

/// Draw the revisions and how they follow each other
///
/// The newest stand at the top. Heads, labels of branches, what the database has and what is pending
/// are marked; dashed lines are dependencies. A database that cannot be asked does not stop the
/// picture. `history --graph` draws in the terminal. Reads only.
#[derive(Debug, Args)]
pub(in crate::cli) struct Arguments {
    /// Draw this range only: `a:b`, `a:`, `:b`, `-3:`, `current:head`
    #[arg(short, long, value_name = "RANGE", allow_hyphen_values = true)]
    rev_range: Option<String>,

    /// The language of the picture; by default what the name of the file ends in, else svg
    #[arg(short, long, value_name = "FORMAT")]
    format: Option<Format>,

    #[command(flatten)]
    asking: Asking,

    #[command(flatten)]
    output: Output,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    Svg,
    Mermaid,
    Dot,
    Json,
}

/// The languages, and how the names of their files end.
const ENDINGS: [(Format, &[&str]); 4] = [
    (Format::Svg, &["svg"]),
    (Format::Mermaid, &["mmd", "mermaid"]),
    (Format::Dot, &["dot", "gv"]),
    (Format::Json, &["json"]),
];

pub(super) fn run(context: &Context<'_>, arguments: &Arguments) -> Result<(), Failure> {
    let standing = pictures::standing(context, &arguments.asking)?;
    let graph = pictures::drawable(context)?;
    let range = arguments.rev_range.as_deref();
    let rows = standing.as_ref().map(|it| it.rows.as_slice());
    let shown = graph.history(range, rows.unwrap_or_default())?;
    let applied = standing.as_ref().map(|it| it.applied.as_slice());
    let tree = tree::tree(graph, &shown, applied);
    let title = match applied.is_some() {
        true => context.settings()?.shown_address()?.to_string(),
        false => format!("Revisions of {}", context.component.name),
    };
    let format = match context.ui.is_json() {
        true => Format::Json,
        false => arguments.output.language(arguments.format, &ENDINGS)?,
    };
    let text = match format {
        Format::Svg => tree::svg(
            &tree,
            &Caption {
                title: &title,
                description: "Revisions, the newest at the top, and what each revises",
                id: "tree",
                has_title: true,
            },
        ),
        Format::Mermaid => tree::mermaid(&tree),
        Format::Dot => tree::dot(&tree),
        Format::Json => return arguments.output.write_json(context, &tree),
    };
    arguments.output.write(context, &text)
}
