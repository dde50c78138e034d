//! `current`.

use std::collections::HashSet;

use clap::Args;
use serde::Serialize;

use crate::cli::context::Context;
use crate::cli::describe::{Describer, Line, Object, texts};
use crate::cli::error::CliError;
use crate::cli::exit::Exit;
use crate::cli::failure::Failure;
use crate::cli::reading::Wanted;
use crate::cli::{standing, strays};
use crate::graph::{Member, RevisionGraph};
use crate::plan;
use crate::revision::RevisionId;
use crate::status::{StatusError, Strays, Unfinished};

/// Show the revisions that the database has
///
/// Reads only: not even the version table is made.
#[derive(Debug, Args)]
pub(in crate::cli) struct Arguments {
    /// End with exit code 3 unless every head is applied, nothing unfinished, skipped or displaced, and
    /// no version row implies another
    #[arg(long)]
    check_heads: bool,
}

#[derive(Serialize)]
struct Answer {
    rows: Vec<String>,
    revisions: Vec<Object>,
    unknown: Vec<String>,
    at_heads: bool,
}

pub(super) fn run(context: &Context<'_>, arguments: &Arguments) -> Result<(), Failure> {
    let (mut connection, rows) = context.beside_reading(Wanted::Graph, || {
        let mut connection = context.connect_to_read()?;
        let rows = context.version_rows(connection.as_mut())?;
        Ok((connection, rows))
    })?;
    let graph = context.graph()?;
    let (known, unknown): (Vec<RevisionId>, Vec<RevisionId>) = rows
        .iter()
        .cloned()
        .partition(|row| graph.get(row.as_str()).is_some());
    let applied = graph.ancestors(&known)?;
    let tips = tips(graph, &applied);
    let missing = missing(graph, &applied);
    let records = standing::states(context, connection.as_mut())?;
    let unfinished = records.unfinished();
    let overlap = plan::overlap(graph, &rows);
    let at_heads =
        missing.is_empty() && unknown.is_empty() && unfinished.is_empty() && overlap.is_none();
    if context.ui.is_json() {
        let describer = Describer::new(false).with_current(&rows);
        let revisions = tips.iter().filter_map(|id| graph.member(id.as_str()));
        context.ui.document(&Answer {
            rows: texts(&rows),
            revisions: revisions.map(|it| describer.object(it)).collect(),
            unknown: texts(&unknown),
            at_heads,
        })?;
    } else {
        print(context, context.wants_details(), &tips, &unknown)?;
    }
    context.ui.flush()?;
    // The check ends with the same, but for what may run at this moment.
    let is_open = unfinished.iter().any(|(_, step)| step.is_open);
    if !arguments.check_heads || is_open || !unknown.is_empty() {
        for line in standing::unfinished(graph, &records, &rows) {
            context.ui.warning(&line);
        }
    }
    if !unknown.is_empty() {
        return context.check_rows(connection.as_mut(), &unknown);
    }
    standing::warn_of_edits(context, connection.as_mut(), &records, &rows)?;
    standing::tell_overlap(context, overlap, arguments.check_heads)?;
    let strays = strays::find(context, connection.as_mut(), &records, &rows)?;
    if !arguments.check_heads {
        return strays::warn(context, &strays, None);
    }
    let unfinished = unfinished.first().copied();
    let wrong = wrong((unfinished, &strays), (graph, &rows));
    strays::warn(context, &strays, wrong.as_ref())?;
    check(wrong, missing, graph)
}

/// The first thing that the database says of itself and is not as it should be.
fn wrong(
    (unfinished, strays): (Option<(&RevisionId, &Unfinished)>, &Strays),
    (graph, rows): (&RevisionGraph, &[RevisionId]),
) -> Option<StatusError> {
    let unfinished = unfinished.map(|step| StatusError::unfinished(step, graph, rows));
    unfinished.or_else(|| strays.clone().into_error())
}

/// Fails with the first thing that is not as it should be.
fn check(
    wrong: Option<StatusError>,
    missing: Vec<RevisionId>,
    graph: &RevisionGraph,
) -> Result<(), Failure> {
    if let Some(error) = wrong {
        return Err(Failure::with_exit(error, Exit::Found));
    }
    match missing.is_empty() {
        true => Ok(()),
        false => Err(Failure::with_exit(
            CliError::behind(graph, missing),
            Exit::Found,
        )),
    }
}

fn print(
    context: &Context<'_>,
    verbose: bool,
    tips: &[RevisionId],
    unknown: &[RevisionId],
) -> Result<(), Failure> {
    let ui = context.ui;
    let describer = Describer::new(ui.colours_data());
    if verbose {
        let address = context.settings()?.shown_address()?;
        ui.data(format_args!("Current revision(s) for {address}:"))?;
    }
    context.revisions(tips, &describer, |member| {
        if verbose {
            return describer.block(member);
        }
        let with = Line {
            tree: true,
            ..Line::default()
        };
        describer.line(member, with)
    })?;
    for id in unknown {
        ui.data(format_args!("{id} (unknown)"))?;
    }
    if tips.is_empty() && unknown.is_empty() {
        ui.status("The database has no revision yet.");
    }
    Ok(())
}

/// Where each branch of the database ends, newest first: revisions that are applied, by their own
/// row or because another needs them, and have no applied revision after them.
fn tips(graph: &RevisionGraph, applied: &[RevisionId]) -> Vec<RevisionId> {
    let all: HashSet<&str> = applied.iter().map(RevisionId::as_str).collect();
    let is_tip = |id: &&RevisionId| {
        let member = graph.member(id.as_str()).into_iter();
        let mut children = member.flat_map(Member::children);
        !children.any(|child| all.contains(child.id().as_str()))
    };
    applied.iter().rev().filter(is_tip).cloned().collect()
}

/// The heads that are not applied.
fn missing(graph: &RevisionGraph, applied: &[RevisionId]) -> Vec<RevisionId> {
    let mut heads = graph.real_heads();
    heads.retain(|head| !applied.contains(head));
    heads
}
