//! `revision`.

use std::path::PathBuf;

use clap::Args;

use crate::cli::comparing::{self, Compared};
use crate::cli::context::Context;
use crate::cli::creation::{self, Flags, Position, label_owner};
use crate::cli::describe::texts;
use crate::cli::error::CliError;
use crate::cli::failure::Failure;
use crate::cli::renames::Renames;
use crate::compare::Comparison;
use crate::diff::Change;
use crate::draft::{self, Sources, Words};
use crate::program::Built;
use crate::revision::RevisionId;
use crate::schema::Schema;

/// Create a new revision file
///
/// It follows the head, unless --head names another revision; several make it a merge, `base` the
/// beginning of a new tree.
///
/// With --autogenerate it does what makes the models of the database, and takes it back: review it
/// before it runs (the command `review` does the same, and says what to look at). The database has to
/// be at head. When there is nothing that can be drafted no file is written, and the exit code is 0;
/// what differs and has no statement is named, and `check` ends with exit code 3 for it.
#[derive(Debug, Args)]
pub(in crate::cli) struct Arguments {
    #[command(flatten)]
    new: New,

    /// Do what the models ask for
    #[arg(long)]
    autogenerate: bool,

    #[command(flatten, next_help_heading = "With --autogenerate")]
    compared: comparing::Flags,

    #[command(flatten, next_help_heading = "With --autogenerate")]
    renames: Renames,

    /// Write the text of the file to standard output; make no file
    #[arg(long, conflicts_with = "json")]
    sql: bool,
}

/// The new file, and where it stands.
#[derive(Debug, Args)]
pub(super) struct New {
    #[command(flatten)]
    flags: Flags,

    /// Follow this revision; `base` for none (may be repeated)
    #[arg(
        long,
        value_name = "REV",
        value_delimiter = ',',
        allow_hyphen_values = true
    )]
    head: Vec<String>,

    /// Require this revision or label to be applied before, in any branch (may be repeated)
    #[arg(long, value_name = "REV", value_delimiter = ',')]
    depends_on: Vec<String>,

    /// Write the file into this directory, one of the version locations
    #[arg(long, value_name = "DIR")]
    version_path: Option<PathBuf>,
}

impl New {
    /// Checks everything and writes the text, but no file.
    pub(super) fn draft(
        &self,
        context: &Context<'_>,
        sections: impl FnOnce() -> Result<Option<draft::Draft>, Failure>,
    ) -> Result<Option<creation::Draft>, Failure> {
        let position = Position {
            parents: parents(context, &self.head)?,
            depends_on: needed(context, &self.depends_on)?,
            version_path: self.version_path.as_deref(),
        };
        let Some(sections) = sections()? else {
            return Ok(None);
        };
        let sections = (sections.upgrade.as_str(), sections.downgrade.as_str());
        creation::draft(context, &self.flags, position, sections).map(Some)
    }
}

pub(super) fn run(context: &Context<'_>, arguments: &Arguments) -> Result<(), Failure> {
    let draft = arguments
        .new
        .draft(context, || match arguments.autogenerate {
            false => Ok(Some(draft::Draft::default())),
            true => {
                let drafted = drafted(context, &arguments.compared, &arguments.renames)?;
                Ok(drafted.map(|it| it.sections))
            }
        })?;
    let Some(draft) = draft else {
        return Ok(());
    };
    if arguments.sql {
        return context.ui.raw(&draft.text);
    }
    creation::write(context, &draft)
}

/// What makes the models of the database.
pub(super) struct Drafted {
    pub sections: draft::Draft,
    pub changes: Vec<Change>,
    /// The database as it is.
    pub live: Schema,
}

/// Finds what makes the models of the database; none, which is said, when nothing can be drafted.
pub(super) fn drafted(
    context: &Context<'_>,
    flags: &comparing::Flags,
    renames: &Renames,
) -> Result<Option<Drafted>, Failure> {
    let mut compared = Compared::open_or_empty(context, flags)?.at_heads()?;
    let (comparison, written) = compared.with_models(renames)?;
    let comparison = comparing::resolve(context, comparison)?;
    let changes = &comparison.difference.changes;
    if changes.is_empty() {
        context.ui.success(nothing_drafted(&comparison));
        return Ok(None);
    }
    let settings = context.settings()?;
    let dialect = settings.dialect()?;
    let words = |built: Built| Words::new(dialect, built.schema, built.statements);
    for operation in comparison.described(changes.iter().flat_map(|it| &it.up)) {
        context.ui.status(format_args!("Detected: {operation}"));
    }
    let sections = draft::draft(
        changes,
        &Sources {
            dialect,
            prefix: &settings.prefix(),
            models: &words(written.built),
            history: &words(comparison.history),
        },
    );
    Ok(Some(Drafted {
        sections,
        changes: comparison.difference.changes,
        live: comparison.live,
    }))
}

/// What is said where no revision is written.
fn nothing_drafted(comparison: &Comparison) -> &'static str {
    if comparison.has_unwritten() {
        "Nothing was drafted, and what differs above stays so; no revision is written."
    } else if comparison.is_whole() {
        "No changes in the models detected; no revision is written."
    } else {
        "No changes detected in what was compared; no revision is written."
    }
}

/// The revisions named by `--head`; without it the only head, or none when there are no revisions.
fn parents(context: &Context<'_>, typed: &[String]) -> Result<Vec<RevisionId>, Failure> {
    let graph = context.graph()?;
    if typed.is_empty() {
        let heads = graph.heads();
        return match heads.len() {
            0 | 1 => Ok(heads),
            _ => Err(CliError::SeveralHeads { heads }.into()),
        };
    }
    let mut parents = Vec::new();
    for text in typed {
        parents.extend(graph.resolve(text)?);
    }
    Ok(parents)
}

/// What `--depends-on` says: labels as they are, the beginnings of ids in full.
fn needed(context: &Context<'_>, typed: &[String]) -> Result<Vec<String>, Failure> {
    let graph = context.graph()?;
    let mut needed = Vec::new();
    for text in typed {
        if label_owner(graph, text).is_some() {
            needed.push(text.clone());
        } else {
            needed.extend(texts(graph.resolve(text)?));
        }
    }
    Ok(needed)
}
