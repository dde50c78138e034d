//! `list-templates`.

use clap::Args;
use serde::Serialize;

use crate::cli::context::Context;
use crate::cli::failure::Failure;
use crate::cli::template::TEMPLATES;

/// List the templates that `init` can begin with
#[derive(Debug, Args)]
pub(in crate::cli) struct Arguments {}

#[derive(Serialize)]
struct Entry {
    name: &'static str,
    summary: &'static str,
}

pub(super) fn run(context: &Context<'_>) -> Result<(), Failure> {
    let ui = context.ui;
    if ui.is_json() {
        let entries: Vec<Entry> = TEMPLATES
            .iter()
            .map(|template| Entry {
                name: template.name,
                summary: template.summary,
            })
            .collect();
        return ui.document(&entries);
    }
    ui.data("Available templates:\n")?;
    for template in TEMPLATES {
        ui.data(format_args!("{} - {}", template.name, template.summary))?;
    }
    ui.data("\nTemplates are used via the 'init' command, e.g.:\n")?;
    ui.data(format_args!(
        "  {} init --template {} ./migrations",
        context.component.program, TEMPLATES[0].name
    ))
}
