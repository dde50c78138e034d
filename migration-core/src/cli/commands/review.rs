//! `review`.

use std::collections::HashMap;

use clap::Args;

use super::revision::{self, New};
use crate::cli::comparing;
use crate::cli::context::Context;
use crate::cli::creation::{self, Remark};
use crate::cli::failure::Failure;
use crate::cli::files;
use crate::cli::renames::Renames;
use crate::diff::Change;
use crate::draft::{self, Surroundings};
use crate::introspect;
use crate::schema::{ObjectName, Schema};

/// Create a revision from the models, and say what to look at before it runs
///
/// As `revision --autogenerate`, and a short checklist behind it that fits what was drafted: data that
/// goes, renames that look like a drop, rows that stand against it, who has to wait, what this engine
/// does in its own way.
#[derive(Debug, Args)]
#[command(mut_arg("message", |message| message.required(true)))]
pub(in crate::cli) struct Arguments {
    #[command(flatten)]
    new: New,

    #[command(flatten)]
    compared: comparing::Flags,

    #[command(flatten)]
    renames: Renames,
}

pub(super) fn run(context: &Context<'_>, arguments: &Arguments) -> Result<(), Failure> {
    let (mut changes, mut live) = (Vec::new(), Schema::default());
    let draft = arguments.new.draft(context, || {
        let drafted = revision::drafted(context, &arguments.compared, &arguments.renames)?;
        Ok(drafted.map(|it| {
            (changes, live) = (it.changes, it.live);
            it.sections
        }))
    })?;
    let Some(draft) = draft else {
        return Ok(());
    };
    let remarks = remarks(context, &changes, &live)?;
    let path = creation::write_reviewed(context, &draft, Some(&remarks))?;
    let ui = context.ui;
    if ui.is_json() {
        return Ok(());
    }
    ui.data("\nBefore it runs:\n")?;
    ui.data(format_args!(
        "  [ ] {:9} read both sections of {}",
        "text",
        files::shown(&path)
    ))?;
    for Remark { topic, text } in &remarks {
        ui.data(format_args!("  [ ] {topic:9} {text}"))?;
    }
    let program = context.component.program;
    ui.data(format_args!(
        "  [ ] {:9} `{program} verify` proves it up, down, and up again",
        "proof"
    ))
}

fn remarks(
    context: &Context<'_>,
    changes: &[Change],
    live: &Schema,
) -> Result<Vec<Remark>, Failure> {
    let mut connection = context.connect_or_empty()?;
    let extents = introspect::extents(connection.as_mut(), None)?;
    let rows: HashMap<ObjectName, Option<u64>> = extents
        .into_iter()
        .map(|extent| (extent.name, extent.rows))
        .collect();
    // What this revision makes has no rows when it is changed.
    let rows = |table: &ObjectName| rows.get(table).copied().unwrap_or(Some(0));
    let around = Surroundings {
        dialect: connection.dialect(),
        live,
        server: connection.server(),
        rows: &rows,
    };
    let found = draft::review(changes, &around);
    let remarks = found.into_iter().map(|it| Remark {
        topic: it.topic.to_string(),
        text: it.text,
    });
    Ok(remarks.collect())
}
