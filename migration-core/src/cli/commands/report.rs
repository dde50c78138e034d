//! `report`.

use clap::Args;

use super::plan::{Tables, lowered, statements};
use super::status::{Ways, advice, cells, counts, summary};
use crate::application::moment;
use crate::cli::context::Context;
use crate::cli::describe::listed;
use crate::cli::failure::Failure;
use crate::cli::output::Output;
use crate::cli::watch::{reasons, running, way};
use crate::cli::{comparing, reporting, standing};
use crate::database::Connection;
use crate::picture::page::{Page, Part, Revision, Step, Tone, page};
use crate::plan;
use crate::program::Step as ProgramStep;
use crate::revision::RevisionId;
use crate::status::{self, Entry, State};

/// Write a page about the database: state, pending plan, drift, timeline, pictures
///
/// One file of HTML, which needs no network and no script to be read, on a screen or on paper. What
/// cannot be found out, because the user may not, says so in its place; the rest still stands. Reads
/// only: for drift, what the revisions make is made in a scratch place that leaves nothing behind.
#[derive(Debug, Args)]
pub(in crate::cli) struct Arguments {
    #[command(flatten)]
    output: Output,
}

pub(super) fn run(context: &Context<'_>, arguments: &Arguments) -> Result<(), Failure> {
    let mut connection = context.connect_to_read()?;
    let found = gathered(context, connection.as_mut())?;
    match context.ui.is_json() {
        true => arguments.output.write_json(context, &found),
        false => arguments.output.write(context, &page(&found)),
    }
}

fn gathered(context: &Context<'_>, connection: &mut dyn Connection) -> Result<Page, Failure> {
    let rows = context.version_rows(connection)?;
    let standing = standing(context, connection, &rows)?;
    let plan = reporting::part(pending(context, &rows))?;
    let drift = reporting::part(reporting::drift(context))?;
    let (verdict, tone) = match context.graph()?.is_empty() && rows.is_empty() {
        true => no_revisions(context, &drift)?,
        false => verdict(&standing, &plan, &drift),
    };
    Ok(Page {
        title: format!("The database of {}", context.component.name),
        verdict,
        tone,
        facts: facts(context, connection, &rows)?,
        revisions: standing.revisions,
        advice: standing.advice,
        plan,
        drift,
        timeline: reporting::part(reporting::timeline(context, connection))?,
        tree: reporting::part(reporting::revisions(context, &rows))?,
        tables: reporting::part(reporting::tables(context, connection))?,
    })
}

fn facts(
    context: &Context<'_>,
    connection: &dyn Connection,
    rows: &[RevisionId],
) -> Result<Vec<(String, String)>, Failure> {
    let settings = context.settings()?;
    let current = match rows {
        [] => "base".to_owned(),
        rows => listed(rows),
    };
    let written: String = moment::now_utc().chars().take(16).collect();
    let actor = moment::actor(context.component, None);
    Ok([
        ("Database", settings.shown_address()?.to_string()),
        ("Server", connection.server().to_owned()),
        ("Current", current),
        ("Heads", listed(context.graph()?.heads())),
        ("Version table", settings.version_table.name.clone()),
        ("Written (UTC)", written.replace('T', " ")),
        ("Written by", format!("{}@{}", actor.user, actor.host)),
        ("Written with", actor.program),
    ]
    .into_iter()
    .map(|(name, value)| (name.to_owned(), value))
    .collect())
}

/// What every revision is to the database.
#[derive(Default)]
struct Standing {
    revisions: Part<Vec<Revision>>,
    advice: Vec<String>,
    /// `3 revisions: 2 applied, 1 pending.`
    summary: String,
    is_well: bool,
}

/// Without the ledger it is known which revisions are applied, and nothing more.
fn standing(
    context: &Context<'_>,
    connection: &mut dyn Connection,
    rows: &[RevisionId],
) -> Result<Standing, Failure> {
    let mut advice_first = Vec::new();
    let records = match reporting::part(standing_records(context, connection, rows))? {
        Part::Known(records) => records,
        Part::Unknown(notice) => {
            advice_first.push(format!(
                "The ledger cannot be read, so nothing is known of who applied what: {}",
                notice.message
            ));
            status::Records::default()
        }
    };
    let (all, strays) =
        match reporting::part(standing::entries(context, connection, rows, &records))? {
            Part::Known(known) => known,
            Part::Unknown(notice) => {
                return Ok(Standing {
                    revisions: Part::Unknown(notice),
                    advice: advice_first,
                    ..Standing::default()
                });
            }
        };
    let ways = Ways::of(context, rows, &records, (&all, strays))?;
    let entries: Vec<&Entry> = all.iter().collect();
    advice_first.extend(
        all.iter()
            .filter_map(|it| Some(advice(it, &ways)?.to_string())),
    );
    Ok(Standing {
        revisions: Part::Known(all.iter().rev().map(revision).collect()),
        advice: advice_first,
        summary: summary(&entries),
        is_well: counts(&entries).all(|(state, _)| state.is_well()),
    })
}

fn standing_records(
    context: &Context<'_>,
    connection: &mut dyn Connection,
    rows: &[RevisionId],
) -> Result<status::Records, Failure> {
    standing::adopt(context, connection, rows)?;
    Ok(standing::records(context, connection)?.unwrap_or_default())
}

fn revision(entry: &Entry) -> Revision {
    let [_, id, at, who, message] = cells(entry);
    Revision {
        state: entry.state.as_str(),
        tone: match entry.state {
            State::Applied => Tone::Good,
            State::Pending => Tone::Waiting,
            State::Edited
            | State::Skipped
            | State::Displaced
            | State::Missing
            | State::Unfinished
            | State::Unknown => Tone::Bad,
        },
        id,
        at,
        who,
        message,
    }
}

/// What `upgrade heads` would run.
fn pending(context: &Context<'_>, rows: &[RevisionId]) -> Result<Vec<Step>, Failure> {
    let graph = context.graph()?;
    if graph.is_empty() {
        return Ok(Vec::new());
    }
    let plan = plan::upgrade(graph, rows, &["heads"])?;
    let program = lowered(context, plan, Vec::new(), Tables::AsPlanned)?.program;
    Ok(program.steps.iter().map(step).collect())
}

fn step(step: &ProgramStep) -> Step {
    let title = running(step);
    let mut written = Vec::new();
    for action in &step.actions {
        if let Some(change) = &action.change {
            written.push(format!("-- {}: {}", way(change), reasons(change)));
        }
        written.extend(statements(action));
    }
    Step {
        title: title.strip_prefix("Running ").unwrap_or(&title).to_owned(),
        statements: written,
    }
}

/// What is to be said where nothing was written yet.
fn no_revisions(
    context: &Context<'_>,
    drift: &Part<crate::picture::page::Drift>,
) -> Result<(String, Tone), Failure> {
    if let Part::Known(drift) = drift
        && !drift.operations.is_empty()
    {
        return Ok((
            "No revisions yet, and the database holds something".to_owned(),
            Tone::Bad,
        ));
    }
    let next = match comparing::has_models(context)? {
        true => ": `revision --autogenerate` writes the first from the models",
        false => "",
    };
    Ok((format!("No revisions yet{next}"), Tone::Waiting))
}

/// How the database stands, in a sentence.
fn verdict(
    standing: &Standing,
    plan: &Part<Vec<Step>>,
    drift: &Part<crate::picture::page::Drift>,
) -> (String, Tone) {
    let pending = match plan {
        Part::Known(steps) => steps.len(),
        Part::Unknown(_) => 0,
    };
    let differs = match drift {
        Part::Known(drift) => !drift.operations.is_empty(),
        Part::Unknown(_) => false,
    };
    let is_known = matches!(standing.revisions, Part::Known(_));
    if !is_known {
        return (
            "The state of the revisions is not known".to_owned(),
            Tone::Bad,
        );
    }
    let summary = standing.summary.trim_end_matches('.');
    match (standing.is_well, differs, pending) {
        (false, _, _) => (format!("Needs attention. {summary}"), Tone::Bad),
        (true, true, _) => (format!("Changed by other hands. {summary}"), Tone::Bad),
        (true, false, 0) => (format!("Up to date. {summary}"), Tone::Good),
        (true, false, _) => (format!("Behind its revisions. {summary}"), Tone::Waiting),
    }
}
