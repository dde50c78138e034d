//! `repair`.

use clap::Args;
use serde::Serialize;

use crate::cli::act::{self, Waiting};
use crate::cli::context::Context;
use crate::cli::edits::{Edit, Edits};
use crate::cli::failure::Failure;
use crate::cli::standing;
use crate::execute::{self, Accepted};
use crate::program;
use crate::revision::{Revision, RevisionId, digest, keep, read_script};
use crate::status::{Entry, Remedy, Skipped, State, StatusError};

/// Accept the present text of revisions that were edited after they were applied
///
/// Shows what changed since the revision was applied, and notes in the ledger that the present text
/// counts from now on. Nothing of the database is changed, and nothing is run: whether schema and
/// rows are what the new text says is for the reader to judge. Rows of the past stay as they are.
///
/// A revision that was empty when it was applied, and was filled in afterwards, is refused: nothing
/// of it ran, and once it is accepted nothing ever would. So is one that was put below another that
/// had run before.
#[derive(Debug, Args)]
pub(in crate::cli) struct Arguments {
    /// The revisions to accept; without any all that were edited
    #[arg(value_name = "REV", allow_negative_numbers = true)]
    revisions: Vec<String>,

    /// Say that somebody ran by hand what these revisions do: those are accepted, too, of which
    /// nothing ran when they were applied
    #[arg(long, requires = "revisions")]
    run_by_hand: bool,

    /// Show what would be accepted and write nothing
    #[arg(long)]
    dry_run: bool,

    #[command(flatten)]
    waiting: Waiting,

    /// Name this run; the name stands in the ledger beside the program
    #[arg(long, value_name = "NAME")]
    tag: Option<String>,
}

#[derive(Serialize)]
struct Answer {
    dry_run: bool,
    repaired: Vec<Object>,
}

#[derive(Serialize)]
struct Object {
    revision: String,
    checksum_before: Option<String>,
    checksum: String,
}

pub(super) fn run(context: &Context<'_>, arguments: &Arguments) -> Result<(), Failure> {
    let mut connection = context.connect_to_read()?;
    let rows = context.version_rows(connection.as_mut())?;
    standing::adopt(context, connection.as_mut(), &rows)?;
    let records = standing::records(context, connection.as_mut())?.unwrap_or_default();
    let (entries, strays) = standing::entries(context, connection.as_mut(), &rows, &records)?;
    let edited = chosen(context, &arguments.revisions, &entries)?;
    let remedies = standing::remedies(context, &rows, &records, &entries)?;
    if !arguments.run_by_hand {
        refuse_what_never_ran(&edited, &remedies)?;
        refuse_skipped(&edited, strays.skipped)?;
    }
    let edits = Edits::read(context, connection.as_mut(), &edited)?;
    let mut texts = Vec::new();
    for entry in &edited {
        let edit = edits.of(context.graph()?, entry)?;
        let remedy = remedies.iter().find(|(id, _)| *id == entry.id);
        let never_ran =
            entry.state == State::Skipped || remedy.is_some_and(|(_, remedy)| remedy.never_ran());
        texts.push(accepted(context, entry, never_ran)?);
        show(context, entry, edit.as_ref())?;
    }
    if !arguments.dry_run && !texts.is_empty() {
        drop(connection);
        let mut connection = context.connect_to_write()?;
        connection.check_writable()?;
        let table = context.version_table()?;
        let options = act::options(context, arguments.tag.as_deref(), &arguments.waiting)?;
        execute::repair(connection.as_mut(), table, &texts, &rows, &options)?;
    }
    report(context, arguments, &edited, &texts)
}

/// The edited ones among those named, or all.
fn chosen<'e>(
    context: &Context<'_>,
    typed: &[String],
    entries: &'e [Entry],
) -> Result<Vec<&'e Entry>, Failure> {
    let mut named: Vec<RevisionId> = Vec::new();
    for symbol in typed {
        named.extend(context.graph()?.resolve(symbol)?);
    }
    let mut found = Vec::new();
    for entry in entries {
        if !typed.is_empty() && !named.contains(&entry.id) {
            continue;
        }
        match entry.state {
            State::Edited => found.push(entry),
            State::Skipped if !typed.is_empty() => found.push(entry),
            State::Pending | State::Displaced if !typed.is_empty() => {
                let revision = entry.id.clone();
                return Err(StatusError::NotApplied { revision }.into());
            }
            State::Applied
            | State::Skipped
            | State::Pending
            | State::Displaced
            | State::Missing
            | State::Unfinished
            | State::Unknown => {}
        }
    }
    Ok(found)
}

/// What these say now would be lost.
fn refuse_what_never_ran(
    edited: &[&Entry],
    remedies: &[(RevisionId, Remedy)],
) -> Result<(), StatusError> {
    let chosen = |(id, _): &&(RevisionId, Remedy)| edited.iter().any(|entry| entry.id == *id);
    let chosen = remedies.iter().filter(chosen).cloned();
    let (revisions, others): (Vec<_>, Vec<_>) = chosen.partition(|(_, it)| it.never_ran());
    if revisions.is_empty() {
        return Ok(());
    }
    let others = others.into_iter().map(|(id, _)| id).collect();
    Err(StatusError::NeverRan { revisions, others })
}

/// Nothing of these ran.
fn refuse_skipped(chosen: &[&Entry], mut skipped: Vec<Skipped>) -> Result<(), StatusError> {
    skipped.retain(|it| chosen.iter().any(|entry| entry.id == it.id));
    match skipped.is_empty() {
        true => Ok(()),
        false => Err(StatusError::Skipped { skipped }),
    }
}

/// The text that is to count; `never_ran` when it ran by hand alone.
fn accepted(context: &Context<'_>, entry: &Entry, never_ran: bool) -> Result<Accepted, Failure> {
    let graph = context.graph()?;
    let revision: &Revision = graph
        .get(entry.id.as_str())
        .expect("an edited revision has a file");
    let script = read_script(revision)?;
    let downgrade = script.downgrade.map(|span| script.source.slice(span));
    Ok(Accepted {
        revision: entry.id.clone(),
        message: revision.header.message.clone(),
        checksum: program::checksum(&script)?,
        digest: digest(&script.source),
        downgrade_sql: downgrade.unwrap_or_default().trim().to_owned(),
        script: keep(revision, &script),
        run_by_hand: match never_ran {
            true => program::upgrade_operations(&context.linker()?, revision)?,
            false => 0,
        },
    })
}

fn show(context: &Context<'_>, entry: &Entry, edit: Option<&Edit>) -> Result<(), Failure> {
    if context.ui.is_json() {
        return Ok(());
    }
    context.ui.data(format_args!("{}", entry.id))?;
    for line in edit.map(Edit::lines).unwrap_or_default() {
        context.ui.data(format_args!("    {line}"))?;
    }
    context.ui.flush()
}

fn report(
    context: &Context<'_>,
    arguments: &Arguments,
    edited: &[&Entry],
    texts: &[Accepted],
) -> Result<(), Failure> {
    let dry_run = arguments.dry_run;
    let is_named = !arguments.revisions.is_empty();
    let before = |entry: &Entry| entry.record.as_ref().and_then(|it| it.checksum.clone());
    if context.ui.is_json() {
        let repaired = edited.iter().zip(texts).map(|(entry, text)| Object {
            revision: text.revision.to_string(),
            checksum_before: before(entry),
            checksum: text.checksum.clone(),
        });
        return context.ui.document(&Answer {
            dry_run,
            repaired: repaired.collect(),
        });
    }
    if texts.is_empty() {
        context.ui.success(if is_named {
            "Nothing to repair: what was named was not edited after it was applied."
        } else {
            "Nothing to repair: no applied revision was edited."
        });
        return Ok(());
    }
    let done = if dry_run { "Would accept" } else { "Accepted" };
    for (entry, text) in edited.iter().zip(texts) {
        if entry.state == State::Skipped {
            let done = if dry_run { "Would note" } else { "Noted" };
            let id = &text.revision;
            context
                .ui
                .success(format_args!("{done} {id} as run by hand."));
            continue;
        }
        let before = before(entry).unwrap_or_default();
        context.ui.success(format_args!(
            "{done} the present text of {}: checksum {}, before {}.",
            text.revision,
            short(&text.checksum),
            short(&before)
        ));
    }
    Ok(())
}

/// As much of a checksum as tells two apart.
fn short(checksum: &str) -> &str {
    checksum.get(..12).unwrap_or(checksum)
}
