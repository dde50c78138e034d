//! `init`.

use std::path::{Path, PathBuf};

use clap::Args;
use serde::Serialize;

use super::list_templates;
use crate::cli::context::Context;
use crate::cli::error::CliError;
use crate::cli::failure::Failure;
use crate::cli::files::{self, Making};
use crate::cli::scaffold::{self, Scaffold};
use crate::cli::settings::Ini;
use crate::cli::template::{TEMPLATES, Template};
use crate::cli::workflow_error::WorkflowError;
use crate::text::closest;

/// The word that lists the templates.
const LIST: &str = "list";

/// Begin a project: an ini, models, and a first revision
///
/// Makes DIRECTORY with a README, the file `models.sql` and the directory `versions` with a first
/// revision in it, and the ini that names it. With `--template rust` the directory becomes a crate of a
/// Rust workspace, called as the directory, whose binary carries revisions and models.
///
/// A directory with something in it is refused; an ini that is there is kept. At the end stand five
/// commands that lead to a first revision of the models, applied and undone.
#[derive(Debug, Args)]
pub(in crate::cli) struct Arguments {
    /// The directory for models and revisions; made unless it is there
    directory: Option<PathBuf>,

    /// What to begin with, one for each engine and one for a crate; `list` shows them
    #[arg(short, long, value_name = "NAME", default_value = TEMPLATES[0].name)]
    template: String,

    /// Write no first revision, for a database that has tables already
    #[arg(long)]
    bare: bool,

    /// Use this id for the first revision in place of twelve random hexadecimal digits
    #[arg(long, value_name = "ID", conflicts_with = "bare")]
    rev_id: Option<String>,
}

#[derive(Serialize)]
struct Made {
    directory: PathBuf,
    config: PathBuf,
    made: Vec<PathBuf>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    next: Vec<String>,
}

pub(super) fn run(context: &Context<'_>, arguments: &Arguments) -> Result<(), Failure> {
    if arguments.template == LIST {
        return list_templates::run(context);
    }
    let template = find(&arguments.template)?;
    let Some(directory) = &arguments.directory else {
        return Err(Failure::usage(WorkflowError::NoDirectory));
    };
    let directory = files::absolute(directory)?;
    if let Some(found) = files::occupants(&directory)? {
        let path = directory;
        return Err(CliError::NotEmpty { path, found }.into());
    }
    let mut scaffold = match template.is_crate {
        true => Scaffold::of_crate(template, &directory)?,
        false => {
            let config = Ini::find(context.component, context.global).path;
            Scaffold::flat(context, template, &directory, &files::absolute(&config)?)
        }
    };
    if !arguments.bare {
        scaffold.begin(arguments.rev_id.as_deref())?;
    }
    let (made, lines) = make(&scaffold, template)?;
    for line in lines {
        context.ui.done(line)?;
    }
    let program = program(context, template, &directory)?;
    let kept = Kept::of(context, &scaffold, &made);
    let next = match arguments.bare || kept == Kept::OfAnother {
        true => Vec::new(),
        false => scaffold.commands(&program, &files::shown).to_vec(),
    };
    if context.ui.is_json() {
        return context.ui.document(&Made {
            directory,
            config: scaffold.config,
            made,
            next,
        });
    }
    let report = Report {
        context,
        template,
        scaffold: &scaffold,
        kept,
        is_bare: arguments.bare,
    };
    report.tell(&program, &next);
    Ok(())
}

/// What became of an ini that was there.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kept {
    /// There was none: this one is made.
    Not,
    /// It names these files already.
    Ours,
    /// It names no revisions yet.
    Unfinished,
    /// It is that of other revisions.
    OfAnother,
}

impl Kept {
    fn of(context: &Context<'_>, scaffold: &Scaffold, made: &[PathBuf]) -> Self {
        if made.contains(&scaffold.config) {
            return Self::Not;
        }
        // What is wrong with it is said by the commands that read it.
        let settings = context.settings().ok();
        let location = settings.and_then(|it| it.script_location.as_deref());
        let versions = scaffold.directories.last().and_then(|it| it.parent());
        match location.map(files::absolute) {
            None => Self::Unfinished,
            Some(Ok(named)) if Some(named.as_path()) == versions => Self::Ours,
            Some(_) => Self::OfAnother,
        }
    }
}

/// How the commands that come next are typed, from here.
fn program(
    context: &Context<'_>,
    template: &Template,
    directory: &Path,
) -> Result<String, Failure> {
    if template.is_crate {
        let name = scaffold::crate_name(directory)?;
        let ini = files::shown(&directory.join(format!("conf/{name}.ini")));
        return Ok(match ini == format!("{name}/conf/{name}.ini") {
            // The binary looks there by itself.
            true => format!("cargo run -q -p {name} --"),
            false => format!(
                "cargo run -q -p {name} -- -c {}",
                scaffold::shell_word(&ini)
            ),
        });
    }
    let program = context.component.program;
    Ok(match &context.global.config {
        Some(config) => {
            let config = scaffold::shell_word(&config.display().to_string());
            format!("{program} -c {config}")
        }
        None => program.to_owned(),
    })
}

/// Makes everything or nothing; what was made, and a line about each part.
fn make(scaffold: &Scaffold, template: &Template) -> Result<(Vec<PathBuf>, Vec<String>), Failure> {
    let mut making = Making::default();
    let mut made = Vec::new();
    let mut lines = Vec::new();
    for path in &scaffold.directories {
        if making.directory(path)? {
            lines.push(format!("Creating directory {} ...  done", path.display()));
            made.push(path.clone());
        }
    }
    for (path, text) in &scaffold.files {
        // A crate is checked in, and its ini with it.
        let is_private = *path == scaffold.config && template.has_server() && !template.is_crate;
        let is_made = match is_private {
            true => making.private_file(path, text)?,
            false => making.file(path, text)?,
        };
        if is_made {
            lines.push(format!("Generating {} ...  done", path.display()));
            made.push(path.clone());
        } else {
            lines.push(format!("File {} already exists, skipping", path.display()));
        }
    }
    making.keep();
    Ok((made, lines))
}

/// The template of a name, or of an engine by any of its names.
fn find(name: &str) -> Result<&'static Template, CliError> {
    let found = TEMPLATES.iter().find(|template| template.is_called(name));
    found.ok_or_else(|| CliError::NoSuchTemplate {
        name: name.to_owned(),
        nearest: closest(name, TEMPLATES.iter().map(|template| template.name)),
    })
}

/// What to do next.
struct Report<'a> {
    context: &'a Context<'a>,
    template: &'a Template,
    scaffold: &'a Scaffold,
    kept: Kept,
    is_bare: bool,
}

impl Report<'_> {
    fn tell(&self, program: &str, next: &[String]) {
        let ui = self.context.ui;
        self.about_ini();
        if self.template.is_crate {
            ui.status(self.membership());
        }
        if self.is_bare {
            ui.status(format_args!(
                "`models dump -o {}` writes the models of a database that has tables already.",
                files::shown(&self.scaffold.models_file)
            ));
        }
        if next.is_empty() {
            return;
        }
        ui.status("\nFive commands lead to a first revision of the models, applied and undone:\n");
        for command in next {
            ui.status(format_args!("  {command}"));
        }
        ui.status(format_args!(
            "\n`{program} verify` proves in a scratch place that every revision can be applied and \
             undone."
        ));
    }

    fn about_ini(&self) {
        let ui = self.context.ui;
        let Scaffold {
            config,
            location,
            models,
            ..
        } = self.scaffold;
        let config = config.display();
        let keys = format!("`script_location = {location}` and `models = {models}`");
        match self.kept {
            Kept::Ours => {}
            Kept::Not if self.template.has_server() => ui.status(format_args!(
                "Say where the database is in the section [sqldb] of {config}; the password may \
                 come from the variable {}_SQLDB__PASSWORD.",
                self.context.component.environment_prefix()
            )),
            Kept::Not => {}
            Kept::Unfinished => ui.status(format_args!(
                "Set {keys} in the section [migration] of {config}."
            )),
            Kept::OfAnother => ui.status(format_args!(
                "{config} was there before and leads to its own revisions and database. Copy it to \
                 an ini of another name, set {keys} in its section [migration] and another \
                 `dbname` in [sqldb], and name it with `-c` in every command."
            )),
        }
    }

    /// How a crate comes into its workspace.
    fn membership(&self) -> String {
        let crates = "`migration-core` and `migration-embed` to its [workspace.dependencies]";
        let directory = self.scaffold.directories.first();
        match directory.and_then(|it| files::workspace_above(it)) {
            Some(manifest) => format!(
                "Add the crate to `members` of the workspace in {}, and {crates}, unless they are \
                 there.",
                files::shown(&manifest)
            ),
            None => format!(
                "No Cargo.toml above the crate has a [workspace]: make one with the crate in its \
                 `members`, and add {crates}, each with the `path` of its directory in the sources \
                 of this program."
            ),
        }
    }
}
