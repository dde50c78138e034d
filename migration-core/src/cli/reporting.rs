//! The parts of a report, each found out by itself: what fails says why in its place, and the rest
//! still stands.

use jiff::Timestamp;

use super::comparing::{Compared, Flags, misplaced};
use super::context::Context;
use super::describe::one_line;
use super::failure::{Failure, Words};
use super::pictures;
use super::renames::{Renames, question};
use super::selection::Selection;
use crate::compare;
use crate::database::{Connection, LedgerRow, ledger_summary};
use crate::dialect::Ledger;
use crate::picture::Caption;
use crate::picture::erd;
use crate::picture::page::{Drift, Event, Notice, Part, Picture, Tone};
use crate::picture::tree;
use crate::revision::RevisionId;
use crate::script;

/// Most revisions in a drawing.
const DRAWN: usize = 120;

/// A part, or why it is not there.
pub(super) fn part<T>(result: Result<T, Failure>) -> Result<Part<T>, Failure> {
    match result {
        Ok(found) => Ok(Part::Known(found)),
        Err(Failure::Closed) => Err(Failure::Closed),
        Err(Failure::Error { error, notes, .. }) => {
            let words = Words::of(error.as_ref(), &notes, false);
            let mut causes = words.causes;
            causes.extend(words.notes);
            Ok(Part::Unknown(Notice {
                message: words.message,
                causes,
                hint: words.hint,
            }))
        }
    }
}

/// What was changed by other hands.
pub(super) fn drift(context: &Context<'_>) -> Result<Drift, Failure> {
    let (flags, renames) = (Flags::default(), Renames::default());
    let comparison = Compared::open(context, &flags)?.with_revisions(&renames)?;
    let difference = &comparison.difference;
    let operations = || difference.changes.iter().flat_map(|it| &it.up);
    let dialect = context.settings()?.dialect()?;
    let lowered = compare::statements(dialect, operations(), &comparison.stored, &comparison.live);
    let foreign = comparison.foreign.iter();
    let unread = comparison.unread.iter();
    let unseen = comparison.found.unseen().iter();
    let differing = comparison.differing.iter();
    let lowered = lowered.map_err(|it| compare::CompareError::from(Box::new(it)))?;
    Ok(Drift {
        is_whole: comparison.is_whole() && difference.kept.is_empty(),
        operations: comparison.described(operations()),
        statements: script::texts_alone(dialect, &lowered),
        remarks: (difference.doubts.iter().map(question))
            .chain(foreign.map(|it| format!("`{it}` is left alone: no revision makes it")))
            .chain(misplaced(&comparison).map(|it| it.to_string()))
            .chain(unread.map(|it| {
                let name = &it.name;
                format!("`{name}` is not compared: its definition says more than is understood")
            }))
            .chain(differing.map(|it| {
                format!("`{it}` differs, and its definition says more than is understood")
            }))
            .chain((difference.kept.iter()).map(|it| format!("{it}, which no statement changes")))
            .chain(unseen.map(|it| {
                let (name, why) = (&it.name, it.why);
                format!("`{name}` is not compared by rules: {why}")
            }))
            .collect(),
    })
}

/// What the ledger says, newest first.
pub(super) fn timeline(
    context: &Context<'_>,
    connection: &mut dyn Connection,
) -> Result<Vec<Event>, Failure> {
    let ledger = Ledger::of(context.version_table()?);
    let rows = ledger_summary(connection, &ledger)?.unwrap_or_default();
    Ok(rows.iter().rev().map(event).collect())
}

fn event(row: &LedgerRow) -> Event {
    let who = match (row.login.as_str(), row.host.as_str()) {
        ("", host) => host.to_owned(),
        (login, "") => login.to_owned(),
        (login, host) => format!("{login}@{host}"),
    };
    let (outcome, tone) = match row.state.as_str() {
        "done" => ("done".to_owned(), Tone::Good),
        state => {
            let (done, all) = (row.statements_done, row.statements);
            (format!("{state}, {done} of {all} statements"), Tone::Bad)
        }
    };
    Event {
        at: row
            .started_at
            .chars()
            .take(19)
            .collect::<String>()
            .replace('T', " "),
        took: took(row).unwrap_or_default(),
        what: row.direction.clone(),
        revision: row
            .revision
            .as_ref()
            .map(ToString::to_string)
            .unwrap_or_default(),
        message: one_line(&row.message).into_owned(),
        who,
        program: row.program.clone(),
        outcome,
        tone,
    }
}

/// How long a step took: `0.31 s`, `4 min 2 s`.
fn took(row: &LedgerRow) -> Option<String> {
    let begun: Timestamp = row.started_at.parse().ok()?;
    let ended: Timestamp = row.finished_at.as_ref()?.parse().ok()?;
    let seconds = ended.duration_since(begun).as_secs_f64().max(0.0);
    Some(match seconds {
        short if short < 60.0 => format!("{short:.2} s"),
        long => format!("{} min {} s", long as u64 / 60, long as u64 % 60),
    })
}

/// The drawing of the revisions, the newest alone when there are many.
pub(super) fn revisions(context: &Context<'_>, rows: &[RevisionId]) -> Result<Picture, Failure> {
    let graph = context.graph()?;
    if graph.is_empty() {
        return Ok(Picture::default());
    }
    let applied = graph.ancestors(rows)?;
    let mut shown = graph.history(None, rows)?;
    let mut remarks = Vec::new();
    if shown.len() > DRAWN {
        remarks.push(format!(
            "The newest {DRAWN} of {} revisions; `graph` draws them all.",
            shown.len()
        ));
        shown.truncate(DRAWN);
    }
    let svg = tree::svg(
        &tree::tree(graph, &shown, Some(&applied)),
        &Caption {
            title: "Revisions",
            description: "Revisions, the newest at the top, and what each revises",
            id: "tree",
            has_title: false,
        },
    );
    // The table of revisions says the same in words.
    let words = Vec::new();
    Ok(Picture {
        svg,
        remarks,
        words,
    })
}

/// The drawing of our tables in the database.
pub(super) fn tables(
    context: &Context<'_>,
    connection: &mut dyn Connection,
) -> Result<Picture, Failure> {
    let portrait = pictures::portrait(context, &Selection::default(), connection)?;
    let diagram = erd::diagram(&portrait.schema);
    let foreign = portrait.foreign.iter();
    let unread = portrait.unread.iter();
    let remarks = foreign
        .map(|it| format!("`{it}` is left out: neither the models nor a revision makes it"))
        .chain(unread.map(|it| {
            let name = &it.name;
            format!("`{name}` is left out: its definition says more than is understood")
        }))
        .collect();
    if diagram.tables.is_empty() {
        return Ok(Picture {
            remarks,
            ..Picture::default()
        });
    }
    let svg = erd::svg(
        &diagram,
        &Caption {
            title: "Tables",
            description: "Tables, their columns and the foreign keys between them",
            id: "erd",
            has_title: false,
        },
    );
    Ok(Picture {
        svg,
        remarks,
        words: diagram.relations.iter().map(erd::Relation::words).collect(),
    })
}
