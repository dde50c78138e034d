//! `status`.

use std::collections::{BTreeMap, HashMap};

use anstyle::{AnsiColor, Style};
use clap::Args;
use serde::Serialize;

use crate::cli::context::Context;
use crate::cli::describe::one_line;
use crate::cli::edits::{Edit, Edits, SectionObject};
use crate::cli::exit::Exit;
use crate::cli::failure::Failure;
use crate::cli::ui::paint;
use crate::cli::warning::Warning;
use crate::cli::{standing, strays};
use crate::diagnostic::are;
use crate::plan::{self, PlanError};
use crate::revision::RevisionId;
use crate::status::{
    self, Entry, Mark, Records, Remedy, State, StatusError, Strays, Text, Unfinished,
};

/// Show every revision and what it is to the database
///
/// A revision is applied or pending; edited when it is applied and its text means something else
/// than the ledger says; skipped when it counts as applied and never ran here, because its file was
/// put below one that ran before; displaced when it ran and counts as pending, because its file was put
/// above what is applied; missing when it is applied and its file is gone; unfinished when a run of
/// it was begun and did not end; unknown when the version table names it and nobody here knows it.
/// Comments, white space, line ends and the case of key words never make a revision edited.
///
/// With -v, what changed in edited revisions is shown, and all that is known of those that are not
/// well.
///
/// Reads only. A database without a ledger (Alembic has none) does not say who applied what, and
/// no revision of it is edited.
#[derive(Debug, Args)]
pub(in crate::cli) struct Arguments {
    /// Show these revisions alone, with all that is known of each
    #[arg(value_name = "REV", allow_negative_numbers = true)]
    revisions: Vec<String>,

    /// End with exit code 3 when any revision is neither applied nor pending, or a version row implies
    /// another
    #[arg(long)]
    check: bool,
}

pub(super) fn run(context: &Context<'_>, arguments: &Arguments) -> Result<(), Failure> {
    context.begin_reading()?;
    let mut connection = context.connect_to_read()?;
    let connection = connection.as_mut();
    let rows = context.version_rows(connection)?;
    standing::adopt(context, connection, &rows)?;
    let records = standing::records(context, connection)?;
    let known = records.clone().unwrap_or_default();
    let (all, strays) = standing::entries(context, connection, &rows, &known)?;
    let shown = chosen(context, arguments, &all)?;
    let details = if context.wants_details() || !arguments.revisions.is_empty() {
        details(context, &shown, &Edits::read(context, connection, &shown)?)?
    } else {
        shown.iter().map(|_| None).collect()
    };
    let ways = Ways::of(context, &rows, &known, (&all, strays))?;
    if context.ui.is_json() {
        document(context, records.is_some(), (&shown, &details), &ways)?;
    } else {
        table(context, &shown)?;
        let is_chosen = !arguments.revisions.is_empty();
        for (entry, edit) in shown.iter().zip(&details) {
            if is_chosen || context.wants_details() && !entry.state.is_well() {
                block(context, entry, edit.as_ref())?;
            }
        }
        context.ui.flush()?;
        ways.warn(context)?;
        for entry in &shown {
            if let Some(text) = advice(entry, &ways) {
                context.ui.warning(&text);
            }
        }
        context.ui.status(summary(&shown));
    }
    let found: Vec<(State, usize)> = counts(&shown)
        .filter(|(state, _)| !state.is_well())
        .collect();
    if arguments.check && !found.is_empty() {
        return Err(Failure::with_exit(
            StatusError::Found { found },
            Exit::Found,
        ));
    }
    match arguments.check {
        true => standing::tell_overlap(context, ways.overlap, true),
        false => Ok(()),
    }
}

/// The entries that were asked for; a version row that nobody knows can be named too.
fn chosen<'e>(
    context: &Context<'_>,
    arguments: &Arguments,
    all: &'e [Entry],
) -> Result<Vec<&'e Entry>, Failure> {
    if arguments.revisions.is_empty() {
        return Ok(all.iter().collect());
    }
    let mut ids: Vec<RevisionId> = Vec::new();
    for typed in &arguments.revisions {
        match all.iter().find(|entry| entry.id.as_str() == typed) {
            Some(entry) => ids.push(entry.id.clone()),
            None => ids.extend(context.graph()?.resolve(typed)?),
        }
    }
    Ok(all.iter().filter(|entry| ids.contains(&entry.id)).collect())
}

fn details(
    context: &Context<'_>,
    shown: &[&Entry],
    edits: &Edits,
) -> Result<Vec<Option<Edit>>, Failure> {
    let graph = context.graph()?;
    shown.iter().map(|entry| edits.of(graph, entry)).collect()
}

/// One line for each revision, in columns.
fn table(context: &Context<'_>, entries: &[&Entry]) -> Result<(), Failure> {
    let lines: Vec<[String; 5]> = entries.iter().map(|entry| cells(entry)).collect();
    let titles = ["STATE", "REVISION", "APPLIED (UTC)", "BY", "MESSAGE"].map(str::to_owned);
    let width = |column: usize| {
        let cells = lines.iter().chain([&titles]);
        let widths = cells.map(|line| line[column].chars().count());
        widths.max().unwrap_or_default()
    };
    let widths: [usize; 4] = std::array::from_fn(width);
    let colour = context.ui.colours_data();
    if lines.is_empty() {
        return Ok(());
    }
    for (position, line) in std::iter::once(&titles).chain(&lines).enumerate() {
        let mut text = String::new();
        for (column, (cell, width)) in line.iter().zip(widths).enumerate() {
            let padded = format!("{cell:width$}");
            let state = position.checked_sub(1).map(|at| entries[at].state);
            match state.filter(|_| column == 0).and_then(style) {
                Some(style) => text.push_str(&paint(colour, style, padded)),
                None => text.push_str(&padded),
            }
            text.push_str("  ");
        }
        text.push_str(&line[4]);
        context.ui.data(text.trim_end())?;
    }
    Ok(())
}

fn style(state: State) -> Option<Style> {
    match state {
        State::Applied => Some(AnsiColor::Green.on_default()),
        State::Pending => None,
        State::Edited => Some(AnsiColor::Yellow.on_default()),
        State::Skipped | State::Displaced | State::Missing | State::Unfinished | State::Unknown => {
            Some(AnsiColor::Red.on_default())
        }
    }
}

/// State, id, when, who and message.
pub(super) fn cells(entry: &Entry) -> [String; 5] {
    let mark = mark(entry);
    let or_dash = |text: Option<String>| text.filter(|text| !text.is_empty());
    [
        entry.state.to_string(),
        entry.id.to_string(),
        or_dash(mark.map(Mark::time)).unwrap_or_else(|| "-".to_owned()),
        or_dash(mark.map(Mark::who)).unwrap_or_else(|| "-".to_owned()),
        one_line(&entry.message).into_owned(),
    ]
}

/// Who put it into the database; nobody for a revision that is pending.
fn mark(entry: &Entry) -> Option<&Mark> {
    let record = entry.record.as_ref()?;
    match entry.state {
        State::Pending | State::Skipped => None,
        State::Unfinished => record.unfinished.as_ref().map(|it| &it.mark),
        State::Applied | State::Edited | State::Displaced | State::Missing | State::Unknown => {
            record.applied.as_deref()
        }
    }
}

/// All that is known of one revision.
fn block(context: &Context<'_>, entry: &Entry, edit: Option<&Edit>) -> Result<(), Failure> {
    let mut lines = Vec::new();
    if let Some(unfinished) = unfinished(entry) {
        let (mark, done) = (&unfinished.mark, unfinished.done);
        lines.push(format!("{} begun {}", mark.direction, mark.words()));
        lines.push(format!(
            "{done} of {} statements {} known to be in effect",
            unfinished.total,
            are(done)
        ));
    } else if let Some(mark) = mark(entry) {
        lines.push(format!("{} {}", done(mark), mark.words()));
    }
    let accepted = entry.record.as_ref().and_then(|it| it.accepted.as_ref());
    if let Some(mark) = accepted.filter(|_| entry.state != State::Pending) {
        lines.push(format!("repaired {}", mark.words()));
    }
    if entry.is_edited_elsewhere {
        lines.push("edited since in what other engines run".to_owned());
    }
    lines.extend(edit.map(Edit::lines).unwrap_or_default());
    context
        .ui
        .data(format_args!("\n{} is {}", entry.id, entry.state))?;
    for line in lines {
        context.ui.data(format_args!("    {line}"))?;
    }
    Ok(())
}

/// How somebody put a revision into the database.
fn done(mark: &Mark) -> &'static str {
    match mark.direction.as_str() {
        "stamp" => "stamped",
        _ => "applied",
    }
}

fn unfinished(entry: &Entry) -> Option<&Unfinished> {
    entry.record.as_ref()?.unfinished.as_deref()
}

/// What leads out of the states that revisions are in.
pub(super) struct Ways {
    /// For those that were edited.
    remedies: HashMap<RevisionId, Remedy>,
    /// For those that never ran, and those that ran and count as pending.
    strays: Strays,
    /// The downgrade that takes away those whose files are gone.
    undo: Option<String>,
    /// That a version row implies another one.
    overlap: Option<PlanError>,
    /// Whether nothing of here is applied, and something else is.
    is_apart: bool,
    /// Where the database is, as `stamp` wants it.
    here: String,
    /// Those that were begun and have no file.
    gone: Vec<RevisionId>,
}

impl Ways {
    /// What concerns no one revision.
    fn warn(&self, context: &Context<'_>) -> Result<(), Failure> {
        if self.is_apart {
            context.ui.warning(&Warning::Apart);
        }
        standing::tell_overlap(context, self.overlap.clone(), false)
    }

    /// Looks for them.
    pub(super) fn of(
        context: &Context<'_>,
        rows: &[RevisionId],
        records: &Records,
        (entries, strays): (&[Entry], Strays),
    ) -> Result<Self, Failure> {
        let remedies = standing::remedies(context, rows, records, entries)?;
        let graph = context.graph()?;
        let is_apart = status::is_apart(graph, rows);
        let ids = entries.iter().map(|entry| &entry.id);
        let gone = ids.filter(|id| graph.get(id.as_str()).is_none());
        Ok(Self {
            remedies: remedies.into_iter().collect(),
            strays,
            undo: status::undo(graph, rows).filter(|_| !is_apart),
            overlap: plan::overlap(graph, rows),
            is_apart,
            here: plan::here(rows),
            gone: gone.cloned().collect(),
        })
    }
}

/// What to do about a revision that is not well.
pub(super) fn advice(entry: &Entry, ways: &Ways) -> Option<Warning> {
    let id = entry.id.clone();
    Some(match entry.state {
        State::Applied | State::Pending => return None,
        State::Edited => standing::edited(entry, ways.remedies.get(&id)?),
        State::Skipped => {
            let mut skipped = ways.strays.skipped.iter();
            strays::of_skipped(skipped.find(|it| it.id == id)?)
        }
        State::Displaced => {
            let mut displaced = ways.strays.displaced.iter();
            strays::of_displaced(displaced.find(|it| it.id == id)?)
        }
        State::Missing => {
            let other = ways.undo.as_ref().map(|undo| {
                format!(", or `downgrade {undo}` undoes it by the SQL that the ledger kept")
            });
            Warning::Missing {
                id,
                or: other.unwrap_or_default(),
            }
        }
        State::Unfinished => {
            let unfinished = unfinished(entry)?;
            let direction = unfinished.mark.direction.clone();
            let how = match unfinished.is_open {
                true => {
                    "was begun and its end is not noted: it runs now, or its program was killed"
                }
                false => "stopped on the way",
            };
            let here = ways.here.clone();
            match ways.gone.contains(&id) {
                true => Warning::StoppedAndGone {
                    direction,
                    id,
                    how,
                    here,
                },
                false => Warning::Stopped {
                    direction,
                    id,
                    how,
                    here,
                },
            }
        }
        State::Unknown => Warning::Unknown { id },
    })
}

/// How many there are of each state, of those that there are.
pub(super) fn counts(entries: &[&Entry]) -> impl Iterator<Item = (State, usize)> {
    let count = |state| entries.iter().filter(|entry| entry.state == state).count();
    let counts: Vec<_> = State::ALL.map(|state| (state, count(state))).into();
    counts.into_iter().filter(|(_, count)| *count > 0)
}

/// `3 revisions: 2 applied, 1 pending.`
pub(super) fn summary(entries: &[&Entry]) -> String {
    let plural = if entries.len() == 1 {
        "revision"
    } else {
        "revisions"
    };
    let parts: Vec<String> = counts(entries)
        .map(|(state, count)| format!("{count} {state}"))
        .collect();
    match parts.len() {
        0 => "There are no revisions.".to_owned(),
        _ => format!("{} {plural}: {}.", entries.len(), parts.join(", ")),
    }
}

#[derive(Serialize)]
struct Answer<'a> {
    /// Whether the database has a ledger.
    ledger: bool,
    revisions: Vec<Object<'a>>,
    summary: BTreeMap<&'static str, usize>,
}

#[derive(Serialize)]
struct Object<'a> {
    revision: &'a str,
    state: &'static str,
    message: &'a str,
    applied: Option<MarkObject<'a>>,
    accepted: Option<MarkObject<'a>>,
    unfinished: Option<UnfinishedObject<'a>>,
    /// As the ledger has it.
    checksum: Option<&'a str>,
    /// Of the text as it is now, when there is one to compare it with.
    checksum_now: Option<&'a str>,
    /// Why the text cannot be read now.
    fault: Option<&'a str>,
    /// What to do about it, when it is not well.
    advice: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    changes: Option<Vec<SectionObject>>,
}

#[derive(Serialize)]
struct MarkObject<'a> {
    direction: &'a str,
    at: &'a str,
    login: &'a str,
    host: &'a str,
    program: &'a str,
}

#[derive(Serialize)]
struct UnfinishedObject<'a> {
    statements_done: i64,
    statements: i64,
    running: bool,
    #[serde(flatten)]
    mark: MarkObject<'a>,
}

fn document(
    context: &Context<'_>,
    has_ledger: bool,
    (entries, edits): (&[&Entry], &[Option<Edit>]),
    ways: &Ways,
) -> Result<(), Failure> {
    let objects = entries.iter().zip(edits);
    context.ui.document(&Answer {
        ledger: has_ledger,
        revisions: objects
            .map(|(entry, edit)| object(entry, edit.as_ref(), ways))
            .collect(),
        summary: State::ALL
            .into_iter()
            .map(|state| {
                let count = entries.iter().filter(|entry| entry.state == state).count();
                (state.as_str(), count)
            })
            .collect(),
    })
}

fn object<'a>(entry: &'a Entry, edit: Option<&Edit>, ways: &Ways) -> Object<'a> {
    let record = entry.record.as_ref();
    let (checksum_now, fault) = match &entry.text {
        Some(Text::Checksum(checksum)) => (Some(checksum.as_str()), None),
        Some(Text::Faulty(reason)) => (None, Some(reason.as_str())),
        None => (None, None),
    };
    Object {
        revision: entry.id.as_str(),
        state: entry.state.as_str(),
        message: &entry.message,
        applied: mark(entry)
            .filter(|_| entry.state != State::Unfinished)
            .map(mark_object),
        accepted: record
            .and_then(|record| record.accepted.as_deref())
            .filter(|_| entry.state != State::Pending)
            .map(mark_object),
        unfinished: unfinished(entry).map(|unfinished| UnfinishedObject {
            statements_done: unfinished.done,
            statements: unfinished.total,
            running: unfinished.is_open,
            mark: mark_object(&unfinished.mark),
        }),
        checksum: record.and_then(|record| record.checksum.as_deref()),
        checksum_now,
        fault,
        advice: advice(entry, ways).map(|it| it.to_string()),
        changes: edit.map(Edit::objects),
    }
}

fn mark_object(mark: &Mark) -> MarkObject<'_> {
    MarkObject {
        direction: &mark.direction,
        at: &mark.at,
        login: &mark.login,
        host: &mark.host,
        program: &mark.program,
    }
}
