//! The sections of a page.

use std::fmt::Write as _;

use super::parts::{chip, code, list, long_table, paragraph, part};
use super::{Drift, Event, Page, Part, Picture, Revision, Step, Tone};
use crate::picture::escape::xml;

/// Rows that are always seen.
const SHOWN: usize = 60;

/// What every revision is to the database.
pub(super) fn state(page: &Page) -> String {
    let advice = list("advice", &page.advice);
    let table = part(&page.revisions, |revisions| {
        if revisions.is_empty() {
            return paragraph("There are no revisions.");
        }
        let rows: Vec<Vec<String>> = revisions.iter().map(revision).collect();
        long_table(
            "Revisions, the newest first",
            &["State", "Revision", "Applied (UTC)", "By", "Message"],
            &rows,
            (SHOWN, "older revisions"),
        )
    });
    advice + &table
}

fn revision(it: &Revision) -> Vec<String> {
    vec![
        chip(it.tone, it.state),
        format!("<code>{}</code>", xml(&it.id)),
        time(&it.at),
        xml(&it.who),
        xml(&it.message),
    ]
}

fn time(at: &str) -> String {
    format!("<span class=\"time\">{}</span>", xml(at))
}

/// What would run.
pub(super) fn pending(plan: &Part<Vec<Step>>) -> String {
    part(plan, |steps| {
        if steps.is_empty() {
            return paragraph("Nothing is pending: every revision is applied.");
        }
        let count = steps.len();
        let plural = if count == 1 { "step" } else { "steps" };
        let mut text = paragraph(&format!(
            "{count} {plural}, statement by statement as `upgrade` would run it on this engine."
        ));
        for (number, step) in steps.iter().enumerate() {
            // Long plans begin closed, so that the page can still be read.
            let open = if number < 12 { " open=\"open\"" } else { "" };
            let _ = write!(
                text,
                "<details{open}>\n<summary><h3>{}</h3></summary>\n{}</details>\n",
                xml(&step.title),
                match step.statements.is_empty() {
                    true => paragraph("No statements."),
                    false => code(&step.statements),
                }
            );
        }
        text
    })
}

/// What was changed by other hands.
pub(super) fn drift(drift: &Part<Drift>) -> String {
    part(drift, |drift| {
        let mut text = match drift.operations.len() {
            0 if !drift.is_whole => paragraph(
                "As far as it was compared, the database is what its revisions made of it.",
            ),
            0 => paragraph("The database is what its revisions made of it."),
            1 => paragraph("The database is not what its revisions made of it. To take it back:"),
            count => paragraph(&format!(
                "The database is not what its revisions made of it: {count} differences. To take \
                 them back:"
            )),
        };
        text += &list("operations", &drift.operations);
        text += &code(&drift.statements);
        text + &list("remarks", &drift.remarks)
    })
}

/// What was done to the database.
pub(super) fn timeline(timeline: &Part<Vec<Event>>) -> String {
    part(timeline, |events| {
        if events.is_empty() {
            return paragraph("The ledger says nothing yet.");
        }
        let rows: Vec<Vec<String>> = events.iter().map(event).collect();
        long_table(
            "What the ledger says, the newest first",
            &[
                "Begun (UTC)",
                "What",
                "Revision",
                "Took",
                "Ended",
                "By",
                "With",
            ],
            &rows,
            (SHOWN, "earlier entries"),
        )
    })
}

fn event(it: &Event) -> Vec<String> {
    let message = match it.message.is_empty() {
        true => String::new(),
        false => format!("<br/><span class=\"quiet\">{}</span>", xml(&it.message)),
    };
    let outcome = match it.tone {
        Tone::Good => xml(&it.outcome),
        Tone::Waiting | Tone::Bad => chip(it.tone, &it.outcome),
    };
    vec![
        time(&it.at),
        xml(&it.what),
        format!("<code>{}</code>{message}", xml(&it.revision)),
        format!("<span class=\"time\">{}</span>", xml(&it.took)),
        outcome,
        xml(&it.who),
        xml(&it.program),
    ]
}

/// A drawing.
pub(super) fn picture(name: &str, picture: &Part<Picture>, empty: &str) -> String {
    part(picture, |picture| {
        let remarks = list("remarks", &picture.remarks);
        if picture.svg.is_empty() {
            return paragraph(empty) + &remarks;
        }
        let words = match picture.words.is_empty() {
            true => String::new(),
            false => format!(
                "<details>\n<summary>The lines in words</summary>\n{}</details>\n",
                list("words", &picture.words)
            ),
        };
        format!(
            "<figure class=\"scroll\" tabindex=\"0\" aria-label=\"{name}\">\n{}</figure>\n{words}{remarks}",
            picture.svg
        )
    })
}
