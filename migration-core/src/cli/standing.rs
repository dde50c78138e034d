//! How database and revisions stand to each other, for commands that say so before their work or
//! instead of it.

use std::path::PathBuf;
use std::sync::Arc;

use super::context::Context;
use super::exit::Exit;
use super::failure::Failure;
use super::strays;
use super::warning::Warning;
use crate::application;
use crate::database::{self, Connection};
use crate::diagnostic::Advice as _;
use crate::dialect::{Ledger, VersionTable};
use crate::graph::{self, ResolveError, RevisionGraph};
use crate::plan::{self, Direction, Plan, PlanError, Step};
use crate::program::{self, Built, Program};
use crate::revision::{self, Revision, RevisionError, RevisionId};
use crate::status::{
    self, Circumstances, Entry, Mark, Records, Remedy, State, StatusError, Strays, Unfinished,
};

/// An applied revision whose file is gone, with what put it into the database.
pub(super) struct Gone {
    pub id: RevisionId,
    pub mark: Option<Mark>,
}

/// What the ledger knows; none when there is no ledger.
pub(super) fn records(
    context: &Context<'_>,
    connection: &mut dyn Connection,
) -> Result<Option<Records>, Failure> {
    let ledger = Ledger::of(context.version_table()?);
    let rows = database::ledger_summary(connection, &ledger)?;
    Ok(rows.map(Records::of))
}

/// The revisions that the database has, those whose files are gone among them; unknown ones are an
/// error.
pub(super) fn rows(
    context: &Context<'_>,
    connection: &mut dyn Connection,
) -> Result<Vec<RevisionId>, Failure> {
    let rows = context.version_rows(connection)?;
    adopt(context, connection, &rows)?;
    context.check_rows(connection, &rows)?;
    Ok(rows)
}

/// What the applied revisions have built; nothing where revisions are applied that we do not know.
pub(super) fn history(
    context: &Context<'_>,
    connection: &mut dyn Connection,
) -> Result<Built, Failure> {
    let rows = context.version_rows(connection)?;
    // Who adopts a database has no revisions yet, and perhaps no place for them.
    if rows.is_empty() || !context.has_revisions()? {
        return Ok(Built::default());
    }
    adopt(context, connection, &rows)?;
    match context.graph()?.ancestors(&rows) {
        Ok(_) => Ok(program::built(&context.linker()?, &rows)?),
        Err(_) => Ok(Built::default()),
    }
}

/// Refuses a database that stopped between two revisions.
pub(super) fn refuse_unfinished(
    context: &Context<'_>,
    records: &Records,
    rows: &[RevisionId],
) -> Result<(), Failure> {
    match records.unfinished().first() {
        Some(step) => Err(StatusError::unfinished(*step, context.graph()?, rows).into()),
        None => Ok(()),
    }
}

/// How a step that did not end goes on, in words.
pub(super) fn goes_on(unfinished: &Unfinished) -> String {
    let Unfinished {
        done, total, mark, ..
    } = unfinished;
    let command = &mark.direction;
    // The statement that was under way may be in effect, which only the next run asks.
    let (lives, unless) = match unfinished.is_open {
        true => (
            "it runs now, or its program was killed: ",
            ", or behind it when that is in effect, too",
        ),
        false => ("", ""),
    };
    if done == total {
        return format!(
            "{lives}`{command}` completes it, all of its {total} statements are in effect"
        );
    }
    format!(
        "{lives}`{command}` goes on at statement {} of {total}{unless}",
        done + 1
    )
}

/// That a version row implies another one, which stops whatever is planned: what a check finds, else a
/// warning.
pub(super) fn tell_overlap(
    context: &Context<'_>,
    overlap: Option<PlanError>,
    is_check: bool,
) -> Result<(), Failure> {
    match overlap {
        Some(error) if is_check => Err(Failure::with_exit(error, Exit::Found)),
        Some(error) => {
            context.ui.warning(&Warning::Overlap {
                overlap: error.to_string(),
                hint: error.hint().unwrap_or_default(),
            });
            Ok(())
        }
        None => Ok(()),
    }
}

/// Every step that did not end, a line each, on a database that is at `rows`.
pub(super) fn unfinished(
    graph: &RevisionGraph,
    records: &Records,
    rows: &[RevisionId],
) -> Vec<Warning> {
    let said = |(id, it): (&RevisionId, &Unfinished)| Warning::Unfinished {
        direction: it.mark.direction.clone(),
        id: id.clone(),
        goes_on: match graph.get(id.as_str()) {
            Some(_) => goes_on(it),
            None => format!(
                "its file is gone: put it back, and {}; or undo by hand what is in effect of it, \
                 then `stamp {}` forgets it",
                goes_on(it),
                plan::here(rows)
            ),
        },
    };
    records.unfinished().into_iter().map(said).collect()
}

/// The newest copy of the database that the ledger names.
pub(super) fn newest_backup(
    context: &Context<'_>,
    connection: &mut dyn Connection,
) -> Result<Option<PathBuf>, Failure> {
    let ledger = Ledger::of(context.version_table()?);
    let rows = database::ledger_summary(connection, &ledger)?;
    let mut newest_first = rows.unwrap_or_default().into_iter().rev();
    Ok(newest_first.find_map(|row| row.backup).map(PathBuf::from))
}

/// The state of every revision, and those that are not what they count as.
pub(super) fn entries(
    context: &Context<'_>,
    connection: &mut dyn Connection,
    rows: &[RevisionId],
    records: &Records,
) -> Result<(Vec<Entry>, Strays), Failure> {
    let program = context.component.program;
    let graph = context.graph()?;
    let mut entries = application::entries(graph, rows, records, program)?;
    let ledger = Ledger::of(context.version_table()?);
    application::settle(connection, &ledger, graph, &mut entries)?;
    let strays = strays::find(context, connection, records, rows)?;
    strays.mark(&mut entries);
    Ok((entries, strays))
}

/// What the ledger knows of the states of revisions, but not by whose doing, for what a command says
/// beside its own work. A ledger that cannot be read is a warning: it must not stop what needs only
/// the version table.
pub(super) fn states(
    context: &Context<'_>,
    connection: &mut dyn Connection,
) -> Result<Records, Failure> {
    let ledger = Ledger::of(context.version_table()?);
    match database::ledger_states(connection, &ledger) {
        Ok(rows) => Ok(rows.map(Records::of).unwrap_or_default()),
        Err(error) => {
            context.ui.warning(&Warning::LedgerUnreadable {
                error: error.to_string(),
            });
            Ok(Records::default())
        }
    }
}

/// Warns of applied revisions that were edited, a line each, and says what to do about each.
pub(super) fn warn_of_edits(
    context: &Context<'_>,
    connection: &mut dyn Connection,
    states: &Records,
    rows: &[RevisionId],
) -> Result<Vec<(RevisionId, Remedy)>, Failure> {
    let program = context.component.program;
    let graph = context.graph()?;
    let mut found = application::edited(graph, rows, states, program)?;
    let ledger = Ledger::of(context.version_table()?);
    application::settle(connection, &ledger, graph, &mut found)?;
    found.retain(|entry| entry.state == State::Edited);
    if found.is_empty() {
        return Ok(Vec::new());
    }
    let records = records(context, connection)?.unwrap_or_default();
    for entry in &mut found {
        entry.record = records.get(&entry.id).cloned();
    }
    context.ui.flush()?;
    let remedies = remedies(context, rows, &records, &found)?;
    for (entry, (_, remedy)) in found.iter().zip(&remedies) {
        context.ui.warning(&edited(entry, remedy));
    }
    Ok(remedies)
}

/// What to do about the edited revisions among the entries.
pub(super) fn remedies(
    context: &Context<'_>,
    rows: &[RevisionId],
    records: &Records,
    entries: &[Entry],
) -> Result<Vec<(RevisionId, Remedy)>, Failure> {
    if entries.iter().all(|entry| entry.state != State::Edited) {
        return Ok(Vec::new());
    }
    let circumstances = Circumstances {
        linker: &context.linker()?,
        rows,
        records,
        policy: context.settings()?.edited,
    };
    Ok(status::remedies(&circumstances, entries))
}

/// The revisions of which nothing ran.
pub(super) fn never_ran(remedies: &[(RevisionId, Remedy)]) -> Vec<RevisionId> {
    let never = remedies.iter().filter(|(_, remedy)| remedy.never_ran());
    never.map(|(id, _)| id.clone()).collect()
}

/// That a revision was edited, and what to do about it.
pub(super) fn edited(entry: &Entry, remedy: &Remedy) -> Warning {
    let id = entry.id.clone();
    let applied = entry.record.as_ref().and_then(|it| it.applied.as_ref());
    let when = applied.map(|mark| format!(" ({})", mark.words()));
    let when = when.unwrap_or_default();
    let way = remedy.way(&id);
    match remedy.never_ran() {
        true => Warning::NeverRan { id, when, way },
        false => Warning::Edited { id, when, way },
    }
}

/// Warns of revisions that are about to be applied and hold nothing yet, or to be undone and do not
/// say how.
pub(super) fn warn_of_unwritten(
    context: &Context<'_>,
    program: &Program,
    never_ran: &[RevisionId],
) -> Result<(), Failure> {
    let graph = context.graph()?;
    for step in program.steps.iter().filter(|step| step.actions.is_empty()) {
        let revision = step.revision.as_ref();
        let Some(revision) = revision.and_then(|id| graph.get(id.as_str())) else {
            continue;
        };
        let id = revision.id().clone();
        match step.direction {
            Direction::Upgrade if status::is_unwritten(revision)? => {
                let parent = revision.header.revises.first();
                let below = parent.map_or("base", RevisionId::as_str).to_owned();
                context.ui.warning(&Warning::Unwritten { id, below });
            }
            Direction::Downgrade if !never_ran.contains(&id) => {
                if status::undoes_nothing(revision)? {
                    context.ui.warning(&Warning::UndoesNothing { id });
                }
            }
            Direction::Upgrade | Direction::Downgrade | Direction::Stamp => {}
        }
    }
    Ok(())
}

/// Says of revisions that are undone though nothing of them ran that nothing runs now, either.
pub(super) fn warn_of_unrun(context: &Context<'_>, plan: &Plan, never_ran: &[RevisionId]) {
    let down = |step: &&Step| step.direction == Direction::Downgrade;
    let undone = plan.steps.iter().filter(down);
    let undone = undone.filter_map(|step| step.revision.as_ref());
    for id in undone.filter(|id| never_ran.contains(id)) {
        context
            .ui
            .warning(&Warning::NothingToUndo { id: id.clone() });
    }
}

/// Adds to the graph the applied revisions whose files are gone, as far as the ledger kept them, and
/// returns them. To be called before anything asks for the graph.
pub(super) fn adopt(
    context: &Context<'_>,
    connection: &mut dyn Connection,
    rows: &[RevisionId],
) -> Result<Vec<Gone>, Failure> {
    let mut gone = Vec::new();
    context.graph_with(|revisions| {
        if !status::has_gaps(revisions, rows) {
            return Ok(Vec::new());
        }
        let found = kept(context, connection, revisions, rows)?;
        let Some((kept, records)) = found else {
            return Ok(Vec::new());
        };
        gone.extend(kept.iter().map(|revision| {
            Gone {
                id: revision.id().clone(),
                mark: records
                    .get(revision.id())
                    .and_then(|it| it.applied.as_deref().cloned()),
            }
        }));
        Ok(kept)
    })?;
    Ok(gone)
}

/// Revisions that the ledger kept, and all that it knows.
type Kept = (Vec<Arc<Revision>>, Records);

/// What the ledger kept of revisions that are not here, and all that it knows.
fn kept(
    context: &Context<'_>,
    connection: &mut dyn Connection,
    revisions: &[Arc<Revision>],
    rows: &[RevisionId],
) -> Result<Option<Kept>, Failure> {
    let ledger = Ledger::of(context.version_table()?);
    let Some(steps) = database::ledger_rows(connection, &ledger)? else {
        return Ok(None);
    };
    let names = (ledger.name.as_str(), context.component.program);
    let kept = status::vanished(revisions, rows, &steps, names);
    Ok(Some((kept, Records::of(steps))))
}

/// Says how to get out where what the ledger kept of a revision fails, which nobody can correct.
pub(super) fn about_gone(
    context: &Context<'_>,
    failure: Failure,
    gone: &[Gone],
    rows: &[RevisionId],
) -> Failure {
    let Some(place) = failure.place() else {
        return failure;
    };
    let is_there = |gone: &&Gone| {
        let kept = place.source.name().rsplit_once('/');
        kept.is_some_and(|(_, id)| id == gone.id.as_str())
    };
    let (Some(gone), Ok(graph)) = (gone.iter().find(is_there), context.graph()) else {
        return failure;
    };
    let id = gone.id.as_str();
    let parents = graph.get(id).map(|it| it.header.revises.as_slice());
    let below = match parents.unwrap_or_default() {
        [] => vec![format!("{id}@base")],
        parents => parents.iter().map(ToString::to_string).collect(),
    };
    let targets: Vec<&str> = below.iter().map(String::as_str).collect();
    let stamp = match plan::downgrade(graph, rows, &targets) {
        Ok(plan) if plan.to.is_empty() => "base".to_owned(),
        Ok(plan) => joined(&plan.to),
        Err(_) => "<revision>".to_owned(),
    };
    failure.noting(format!(
        "this is what the ledger kept of `{id}`, which nobody can correct: put its file back and \
         correct it there; or undo by hand what the revision did, then `stamp --purge {stamp}` says \
         so, which sets all rows of the version table anew"
    ))
}

fn joined(ids: &[RevisionId]) -> String {
    let ids: Vec<&str> = ids.iter().map(RevisionId::as_str).collect();
    ids.join(" ")
}

/// Says of a table that it may be the version table that is missing.
pub(super) fn likely_table(missing: &VersionTable, likely: &VersionTable) -> Warning {
    let mut keys = Vec::new();
    if likely.name != missing.name {
        keys.push(format!("`version_table = {}`", likely.name));
    }
    if let Some(schema) = &likely.schema {
        keys.push(format!("`version_table_schema = {schema}`"));
    } else if missing.schema.is_some() {
        keys.push("no `version_table_schema`".to_owned());
    }
    Warning::LikelyVersionTable {
        missing: missing.to_string(),
        name: likely.to_string(),
        keys: keys.join(" and "),
    }
}

/// Says of a version row that no revision here has what the ledger knows of it.
pub(super) fn unknown_row(
    context: &Context<'_>,
    connection: &mut dyn Connection,
    rows: &[RevisionId],
    error: ResolveError,
) -> Failure {
    let ResolveError::UnknownRow { row, .. } = &error else {
        return error.into();
    };
    let row = RevisionId::from(row.as_str());
    let locations = context.version_locations().unwrap_or_default();
    if let Some(path) = revision::not_converted(locations, &row) {
        return RevisionError::NotConverted { id: row, path }.into();
    }
    // What the ledger cannot say must not hide what is wrong.
    let Ok(Some(trace)) = traced(context, connection, rows, &row) else {
        return error.into();
    };
    let notes = trace.notes();
    let trace = Box::new(trace);
    let failure = Failure::from(StatusError::UnknownRow { error, trace });
    notes.into_iter().fold(failure, Failure::noting)
}

fn traced(
    context: &Context<'_>,
    connection: &mut dyn Connection,
    rows: &[RevisionId],
    row: &RevisionId,
) -> Result<Option<status::Trace>, Failure> {
    let mut revisions = context.graph()?.revisions().to_vec();
    let Some((kept, records)) = kept(context, connection, &revisions, rows)? else {
        return Ok(None);
    };
    revisions.extend(kept);
    let graph = graph::build(revisions)?;
    let names = (&records, context.component.program);
    Ok(Some(status::trace(row, &graph, rows, names)))
}
