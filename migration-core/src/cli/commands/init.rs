//! `init`.

use std::path::{Path, PathBuf};

use clap::Args;
use serde::Serialize;

use crate::cli::context::Context;
use crate::cli::error::CliError;
use crate::cli::failure::Failure;
use crate::cli::files::{self, Making};
use crate::cli::settings::Ini;
use crate::cli::template::{self, MODELS, TEMPLATES, Template};
use crate::text::closest;

/// Begin a project: models, a directory for revisions, and an ini unless there is one
///
/// Makes DIRECTORY with a README, the file `models.sql` and the directory `versions` in it, and the
/// ini that names it. A directory with something in it is refused; an ini that is there is kept.
#[derive(Debug, Args)]
pub(in crate::cli) struct Arguments {
    /// The directory for models and revisions; made unless it is there
    directory: PathBuf,

    /// What the ini begins with, one for each engine; `list-templates` shows them
    #[arg(short, long, value_name = "NAME", default_value = TEMPLATES[0].name)]
    template: String,
}

#[derive(Serialize)]
struct Made {
    directory: PathBuf,
    config: PathBuf,
    made: Vec<PathBuf>,
}

pub(super) fn run(context: &Context<'_>, arguments: &Arguments) -> Result<(), Failure> {
    let ui = context.ui;
    let template = find(&arguments.template)?;
    let directory = files::absolute(&arguments.directory)?;
    if files::is_occupied(&directory)? {
        return Err(CliError::NotEmpty { path: directory }.into());
    }
    let config = files::absolute(&Ini::find(context.component, context.global).path)?;
    let (made, lines) = make(context, template, &directory, &config)?;
    for line in lines {
        ui.done(line)?;
    }
    if ui.is_json() {
        return ui.document(&Made {
            directory,
            config,
            made,
        });
    }
    report(context, &made, &config, &directory);
    Ok(())
}

/// Makes everything or nothing; what was made, and a line about each part.
fn make(
    context: &Context<'_>,
    template: &Template,
    directory: &Path,
    config: &Path,
) -> Result<(Vec<PathBuf>, Vec<String>), Failure> {
    let mut making = Making::default();
    let mut made = Vec::new();
    let mut lines = Vec::new();
    for path in [directory.to_owned(), directory.join("versions")] {
        if making.directory(&path)? {
            lines.push(format!("Creating directory {} ...  done", path.display()));
            made.push(path);
        }
    }
    let program = context.component.program;
    for (path, text) in [
        (directory.join("README"), template::readme(program)),
        (directory.join(MODELS), template::models(program)),
        (
            config.to_owned(),
            template::ini(template, &location(config, directory)),
        ),
    ] {
        if making.file(&path, &text)? {
            lines.push(format!("Generating {} ...  done", path.display()));
            made.push(path);
        } else {
            lines.push(format!("File {} already exists, skipping", path.display()));
        }
    }
    making.keep();
    Ok((made, lines))
}

fn find(name: &str) -> Result<&'static Template, CliError> {
    let found = TEMPLATES.iter().find(|template| template.name == name);
    found.ok_or_else(|| CliError::NoSuchTemplate {
        name: name.to_owned(),
        nearest: closest(name, TEMPLATES.iter().map(|template| template.name)),
    })
}

/// The directory as the ini names it: relative to the ini where it lies below it.
fn location(config: &Path, directory: &Path) -> String {
    let here = config.parent().unwrap_or(Path::new("/"));
    let text = |path: &Path| path.to_string_lossy().replace('%', "%%");
    match directory.strip_prefix(here) {
        Ok(below) if below.as_os_str().is_empty() => "%(here)s".to_owned(),
        Ok(below) => format!("%(here)s/{}", text(below)),
        Err(_) => text(directory),
    }
}

/// What to do next.
fn report(context: &Context<'_>, made: &[PathBuf], config: &Path, directory: &Path) {
    let ui = context.ui;
    if made.iter().any(|path| path == config) {
        ui.status(format_args!(
            "Please edit the section [sqldb] of {} before proceeding.",
            config.display()
        ));
    } else {
        let location = location(config, directory);
        ui.status(format_args!(
            "Set `script_location = {location}` and `models = {location}/{MODELS}` in the section \
             [migration] of {}.",
            config.display()
        ));
    }
    let program = context.component.program;
    ui.status(format_args!(
        "Then write the tables into {}; `{program} revision --autogenerate -m TEXT` makes a \
         revision of them, `{program} upgrade head` applies it.",
        directory.join(MODELS).display()
    ));
}
