//! A new revision file: what `revision` and `merge` have in common.

use std::path::{Path, PathBuf};

use clap::Args;
use serde::Serialize;

use super::context::Context;
use super::error::CliError;
use super::failure::Failure;
use super::hooks;
use crate::application::moment;
use crate::graph::RevisionGraph;
use crate::revision::{self, NewRevision, RevisionFile, RevisionId};

/// The flags that every new revision takes.
#[derive(Debug, Args)]
pub(super) struct Flags {
    /// Say what it does; becomes the first line of the file and part of its name
    #[arg(short, long, value_name = "TEXT")]
    pub message: Option<String>,

    /// Use this id in place of twelve random hexadecimal digits
    #[arg(long, value_name = "ID")]
    pub rev_id: Option<String>,

    /// Permit parents that are not heads: a new branch begins there
    #[arg(long)]
    pub splice: bool,

    /// Name the branch that begins with it (may be repeated)
    #[arg(long, value_name = "LABEL")]
    pub branch_label: Vec<String>,
}

/// Where the new revision stands.
pub(super) struct Position<'a> {
    /// Its parents.
    pub parents: Vec<RevisionId>,
    /// What it depends on, as the file will say it.
    pub depends_on: Vec<String>,
    /// The directory asked for.
    pub version_path: Option<&'a Path>,
}

/// A remark for who reviews the file.
#[derive(Serialize)]
pub(super) struct Remark {
    pub topic: String,
    pub text: String,
}

#[derive(Serialize)]
struct Created<'a> {
    revision: &'a str,
    revises: &'a [String],
    path: &'a Path,
    #[serde(skip_serializing_if = "Option::is_none")]
    review: Option<&'a [Remark]>,
}

/// The text and place of a file that is not written yet.
pub(super) struct Draft {
    id: RevisionId,
    parents: Vec<String>,
    directory: PathBuf,
    name: PathBuf,
    /// The whole text.
    pub text: String,
}

/// Checks everything and writes the text with its two sections, but no file.
pub(super) fn draft(
    context: &Context<'_>,
    flags: &Flags,
    position: Position<'_>,
    (upgrade, downgrade): (&str, &str),
) -> Result<Draft, Failure> {
    let graph = context.graph()?;
    let id = new_id(graph, flags)?;
    check_parents(graph, &position.parents, flags.splice)?;
    check_labels(graph, &id, &flags.branch_label)?;
    let directory = directory(context, graph, &position)?;
    let settings = context.settings()?;
    let zone = revision::time_zone(settings.timezone.as_deref())?;
    let new = NewRevision {
        id: &id,
        revises: &position.parents,
        depends_on: &position.depends_on,
        branch_labels: &flags.branch_label,
        message: flags.message.as_deref().unwrap_or("empty message"),
        create_date: &moment::now().with_time_zone(zone),
    };
    let template = match &settings.script_location {
        Some(location) => revision::read_template(location)?,
        None => None,
    };
    Ok(Draft {
        name: new.file_name(&settings.file_template, settings.truncate_slug_length)?,
        text: new.render(template.as_deref(), upgrade, downgrade)?,
        parents: position.parents.iter().map(ToString::to_string).collect(),
        directory,
        id: id.clone(),
    })
}

/// Writes the file, says so, and runs the hooks over it.
pub(super) fn write(context: &Context<'_>, draft: &Draft) -> Result<(), Failure> {
    write_reviewed(context, draft, None).map(drop)
}

/// The same with remarks in the document of `--json`; gives the file.
pub(super) fn write_reviewed(
    context: &Context<'_>,
    draft: &Draft,
    review: Option<&[Remark]>,
) -> Result<PathBuf, Failure> {
    let path = revision::write_new(&draft.directory, &draft.name, &draft.text)?;
    if context.ui.is_json() {
        context.ui.document(&Created {
            revision: draft.id.as_str(),
            revises: &draft.parents,
            path: &path,
            review,
        })?;
    } else {
        context
            .ui
            .done(format_args!("Generating {} ...  done", path.display()))?;
    }
    context.ui.flush()?;
    hooks::run(context, &path)?;
    Ok(path)
}

fn new_id(graph: &RevisionGraph, flags: &Flags) -> Result<RevisionId, Failure> {
    let Some(typed) = &flags.rev_id else {
        return Ok(RevisionId::from_random(moment::random()));
    };
    let id = RevisionId::parse_new(typed)?;
    match graph.get(id.as_str()) {
        Some(existing) => Err(CliError::DuplicateId {
            id,
            path: existing.file.path(),
        }
        .into()),
        None if label_owner(graph, id.as_str()).is_some() => Err(CliError::LabelTaken {
            label: typed.clone(),
            by: label_owner(graph, typed).map(ToString::to_string),
        }
        .into()),
        None => Ok(id),
    }
}

fn check_parents(
    graph: &RevisionGraph,
    parents: &[RevisionId],
    splice: bool,
) -> Result<(), CliError> {
    for (position, parent) in parents.iter().enumerate() {
        if parents[..position].contains(parent) {
            return Err(CliError::RepeatedParent { id: parent.clone() });
        }
        if !splice && !graph.is_head(parent.as_str()) {
            return Err(CliError::NotAHead {
                id: parent.clone(),
                heads: graph.heads(),
            });
        }
    }
    Ok(())
}

fn check_labels(graph: &RevisionGraph, id: &RevisionId, labels: &[String]) -> Result<(), Failure> {
    for (position, label) in labels.iter().enumerate() {
        // A label lives among the ids and is typed where they are typed.
        RevisionId::parse_new(label)?;
        let owner = label_owner(graph, label)
            .or_else(|| graph.get(label).map(revision::Revision::id))
            .or_else(|| (label == id.as_str()).then_some(id));
        if owner.is_some() || labels[..position].contains(label) {
            return Err(CliError::LabelTaken {
                label: label.clone(),
                by: owner.map(ToString::to_string),
            }
            .into());
        }
    }
    Ok(())
}

/// The revision whose file has this label.
pub(super) fn label_owner<'a>(graph: &'a RevisionGraph, label: &str) -> Option<&'a RevisionId> {
    graph
        .iter()
        .find(|revision| revision.header.branch_labels.iter().any(|it| it == label))
        .map(revision::Revision::id)
}

/// The directory for the file: the one asked for, the only one, or that of the first parent.
fn directory(
    context: &Context<'_>,
    graph: &RevisionGraph,
    position: &Position<'_>,
) -> Result<PathBuf, Failure> {
    let locations = context.version_locations()?;
    if let Some(wanted) = position.version_path {
        let wanted = super::files::absolute(wanted)?;
        let inside = locations
            .iter()
            .any(|location| wanted.starts_with(location));
        return if inside {
            Ok(wanted)
        } else {
            Err(CliError::ForeignVersionPath {
                path: wanted,
                locations: locations.to_vec(),
            }
            .into())
        };
    }
    if let [only] = locations {
        return Ok(only.clone());
    }
    let beside =
        position
            .parents
            .iter()
            .find_map(|parent| match &graph.get(parent.as_str())?.file {
                RevisionFile::Disk(file) => {
                    let holds = |location: &&PathBuf| file.path().starts_with(location);
                    locations.iter().find(holds).cloned()
                }
                RevisionFile::Embedded(_) | RevisionFile::Kept(_) => None,
            });
    beside.ok_or_else(|| {
        CliError::SeveralVersionLocations {
            locations: locations.to_vec(),
        }
        .into()
    })
}
