//! `erd`.

use clap::{Args, ValueEnum};

use crate::cli::context::Context;
use crate::cli::failure::Failure;
use crate::cli::output::Output;
use crate::cli::pictures;
use crate::cli::selection::Selection;
use crate::picture::Caption;
use crate::picture::erd;

/// Draw the tables and their foreign keys
///
/// The models are drawn, or with --live what of the database is ours. Lines end in crow's feet: how
/// many rows refer to one, and whether a row has to refer to one. SVG shows in any browser, light or
/// dark as the system is; the other languages are for sites and programs that draw by themselves.
/// Reads only.
#[derive(Debug, Args)]
pub(in crate::cli) struct Arguments {
    #[command(flatten)]
    selection: Selection,

    /// Draw the live database in place of the models
    #[arg(long)]
    live: bool,

    /// The language of the picture; by default what the name of the file ends in, else svg
    #[arg(short, long, value_name = "FORMAT")]
    format: Option<Format>,

    #[command(flatten)]
    output: Output,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    Svg,
    Mermaid,
    Dot,
    Plantuml,
    Json,
}

/// The languages, and how the names of their files end.
const ENDINGS: [(Format, &[&str]); 5] = [
    (Format::Svg, &["svg"]),
    (Format::Mermaid, &["mmd", "mermaid"]),
    (Format::Dot, &["dot", "gv"]),
    (Format::Plantuml, &["puml", "plantuml"]),
    (Format::Json, &["json"]),
];

pub(super) fn run(context: &Context<'_>, arguments: &Arguments) -> Result<(), Failure> {
    let format = match context.ui.is_json() {
        true => Format::Json,
        false => arguments.output.language(arguments.format, &ENDINGS)?,
    };
    let diagram = match arguments.live {
        true => pictures::of_database(context, &arguments.selection)?,
        false => pictures::of_models(context, &arguments.selection)?,
    };
    let title = match arguments.live {
        true => context.settings()?.shown_address()?.to_string(),
        false => format!("Models of {}", context.component.name),
    };
    let text = match format {
        Format::Svg => erd::svg(
            &diagram,
            &Caption {
                title: &title,
                description: "Tables, their columns and the foreign keys between them",
                id: "erd",
                has_title: true,
            },
        ),
        Format::Mermaid => erd::mermaid(&diagram),
        Format::Dot => erd::dot(&diagram),
        Format::Plantuml => erd::plantuml(&diagram),
        Format::Json => return arguments.output.write_json(context, &diagram),
    };
    arguments.output.write(context, &text)
}
