//! `erd`.

use clap::{Args, ValueEnum};

use crate::cli::context::Context;
use crate::cli::failure::Failure;
use crate::cli::output::Output;
use crate::cli::pictures;
use crate::cli::selection::Selection;
use crate::cli::workflow_error::WorkflowError;
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

impl Format {
    fn of(arguments: &Arguments) -> Result<Self, Failure> {
        if let Some(format) = arguments.format {
            return Ok(format);
        }
        Ok(match arguments.output.extension().as_deref() {
            Some("mmd" | "mermaid") => Self::Mermaid,
            Some("dot" | "gv") => Self::Dot,
            Some("puml" | "plantuml") => Self::Plantuml,
            Some("json") => Self::Json,
            Some("svg") | None => Self::Svg,
            Some(other) => {
                return Err(Failure::usage(WorkflowError::NoSuchPicture {
                    ending: other.to_owned(),
                    known: ".svg, .mmd, .dot, .puml or .json",
                }));
            }
        })
    }
}

pub(super) fn run(context: &Context<'_>, arguments: &Arguments) -> Result<(), Failure> {
    let format = match context.ui.is_json() {
        true => Format::Json,
        false => Format::of(arguments)?,
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
        Format::Json => {
            let text = serde_json::to_string_pretty(&diagram);
            text.expect("a diagram has text keys and finite numbers") + "\n"
        }
    };
    arguments.output.write(context, &text)
}
