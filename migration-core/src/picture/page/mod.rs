//! A report as one page of HTML that needs nothing else: no network, no script.
//!
//! In: a [`Page`], all of it plain values. Out: the text. What could not be found out stands as a
//! [`Notice`] in the place of what was looked for.

mod parts;
mod sections;
mod style;

use std::fmt::Write as _;

use serde::Serialize;

use super::escape::xml;

/// What a page says.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Page {
    /// What it is about, in a few words.
    pub title: String,
    /// How it stands, in a sentence.
    pub verdict: String,
    /// How well it stands.
    pub tone: Tone,
    /// What is known, by name.
    pub facts: Vec<(String, String)>,
    /// The revisions, newest first.
    pub revisions: Part<Vec<Revision>>,
    /// What to do about those that are not well.
    pub advice: Vec<String>,
    /// What would run.
    pub plan: Part<Vec<Step>>,
    /// Changes by other hands.
    pub drift: Part<Drift>,
    /// What was done, newest first.
    pub timeline: Part<Vec<Event>>,
    /// The drawing of the revisions.
    pub tree: Part<Picture>,
    /// The drawing of the tables.
    pub tables: Part<Picture>,
}

/// How well something stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Tone {
    /// As it should be.
    #[default]
    Good,
    /// There is something to do.
    Waiting,
    /// Somebody has to look at it.
    Bad,
}

impl Tone {
    fn class(self) -> &'static str {
        match self {
            Self::Good => "good",
            Self::Waiting => "waiting",
            Self::Bad => "bad",
        }
    }
}

/// A part of the page, or why it is not there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Part<T> {
    /// What was found.
    Known(T),
    /// Why nothing was found.
    Unknown(Notice),
}

impl<T: Default> Default for Part<T> {
    fn default() -> Self {
        Self::Known(T::default())
    }
}

/// Why something is not there.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Notice {
    /// What went wrong.
    pub message: String,
    /// Its causes.
    pub causes: Vec<String>,
    /// What to do about it.
    pub hint: Option<String>,
}

/// A revision and what it is to the database.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Revision {
    /// `applied`, `pending`, ...
    pub state: &'static str,
    /// How well that is.
    pub tone: Tone,
    /// Its id.
    pub id: String,
    /// When it was applied.
    pub at: String,
    /// By whom.
    pub who: String,
    /// Its message.
    pub message: String,
}

/// A step of a plan.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Step {
    /// From where to where.
    pub title: String,
    /// The statements, with comments.
    pub statements: Vec<String>,
}

/// What was changed by other hands.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Drift {
    /// Whether everything was compared.
    pub is_whole: bool,
    /// What would take it back, in words.
    pub operations: Vec<String>,
    /// The same as statements.
    pub statements: Vec<String>,
    /// What was not looked at.
    pub remarks: Vec<String>,
}

/// Something that was done to the database.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Event {
    /// When it began.
    pub at: String,
    /// How long it took.
    pub took: String,
    /// `upgrade`, `downgrade`, `stamp`, `repair`.
    pub what: String,
    /// The revision.
    pub revision: String,
    /// Its message.
    pub message: String,
    /// Who did it.
    pub who: String,
    /// With which program.
    pub program: String,
    /// How it ended.
    pub outcome: String,
    /// How well it ended.
    pub tone: Tone,
}

/// A drawing with what there is to say about it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Picture {
    /// The document in SVG; nothing when there is nothing to draw.
    pub svg: String,
    /// What stands below it.
    pub remarks: Vec<String>,
    /// The same for those who do not see it.
    pub words: Vec<String>,
}

/// The sections, in order, with their names in links.
const SECTIONS: [(&str, &str); 6] = [
    ("state", "State"),
    ("pending", "Pending"),
    ("drift", "Drift"),
    ("timeline", "Timeline"),
    ("revisions", "Revisions"),
    ("tables", "Tables"),
];

/// Writes a page.
pub fn page(page: &Page) -> String {
    let title = xml(&page.title);
    let mut text = format!(
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\"/>\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>\n\
         <meta name=\"color-scheme\" content=\"light dark\"/>\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\"/>\n\
         <title>{title}</title>\n<style>\n{}</style>\n</head>\n<body>\n",
        style::RULES
    );
    let _ = write!(
        text,
        "<header>\n<h1>{title}</h1>\n<p class=\"verdict {}\">{}</p>\n{}",
        page.tone.class(),
        xml(&page.verdict),
        parts::facts(&page.facts)
    );
    text += "<nav aria-label=\"Contents\"><ul>\n";
    for (id, name) in SECTIONS {
        let _ = writeln!(text, "<li><a href=\"#{id}\">{name}</a></li>");
    }
    text += "</ul></nav>\n</header>\n<main>\n";
    let bodies = [
        sections::state(page),
        sections::pending(&page.plan),
        sections::drift(&page.drift),
        sections::timeline(&page.timeline),
        sections::picture("Revisions", &page.tree, "There are no revisions."),
        sections::picture("Tables", &page.tables, "There are no tables to draw."),
    ];
    for ((id, name), body) in SECTIONS.iter().zip(bodies) {
        let _ = write!(
            text,
            "<section id=\"{id}\" aria-labelledby=\"{id}-heading\">\n\
             <h2 id=\"{id}-heading\">{name}</h2>\n{body}</section>\n"
        );
    }
    text + "</main>\n</body>\n</html>\n"
}

#[cfg(test)]
mod tests;
