//! What an edited revision says now and what it said when it was applied, for `status` and `repair`.

use serde::Serialize;

use super::context::Context;
use super::failure::Failure;
use crate::database::{self, Connection, LedgerRow};
use crate::dialect::Ledger;
use crate::graph::RevisionGraph;
use crate::revision::read_script;
use crate::status::{Change, Difference, Entry, Kept, State, Text, differences};

/// The ledger's texts of edited revisions, which are read once.
pub(super) struct Edits {
    steps: Vec<LedgerRow>,
}

/// What is known of one edit.
pub(super) enum Edit {
    /// The text cannot be read any more.
    Faulty(String),
    /// The sections that differ.
    Sections(Vec<Difference>),
}

impl Edits {
    /// Reads what the ledger kept of the edited revisions among these.
    pub(super) fn read(
        context: &Context<'_>,
        connection: &mut dyn Connection,
        entries: &[&Entry],
    ) -> Result<Self, Failure> {
        let ledger = Ledger::of(context.version_table()?);
        let edited = entries.iter().filter(|it| it.state == State::Edited);
        let rows: Vec<i64> = edited
            .filter_map(|entry| entry.record.as_ref()?.text_row)
            .collect();
        Ok(Self {
            steps: database::ledger_rows_among(connection, &ledger, &rows)?,
        })
    }

    /// What an edited revision differs in; none for any other.
    pub(super) fn of(&self, graph: &RevisionGraph, entry: &Entry) -> Result<Option<Edit>, Failure> {
        if entry.state != State::Edited {
            return Ok(None);
        }
        if let Some(Text::Faulty(reason)) = &entry.text {
            return Ok(Some(Edit::Faulty(reason.clone())));
        }
        let row = entry.record.as_ref().and_then(|record| record.text_row);
        let row = self.steps.iter().find(|step| Some(step.id) == row);
        let (Some(revision), Some(row)) = (graph.get(entry.id.as_str()), row) else {
            return Ok(None);
        };
        let now = read_script(revision)?;
        Ok(Some(Edit::Sections(differences(&Kept::of(row), &now))))
    }
}

impl Edit {
    /// The lines that show it, without an end.
    pub(super) fn lines(&self) -> Vec<String> {
        match self {
            Self::Faulty(reason) => vec![format!("the text cannot be read now: {reason}")],
            Self::Sections(sections) => sections.iter().flat_map(section).collect(),
        }
    }

    /// The same for `--json`.
    pub(super) fn objects(&self) -> Vec<SectionObject> {
        match self {
            Self::Faulty(_) => Vec::new(),
            Self::Sections(sections) => sections.iter().map(object).collect(),
        }
    }
}

fn section(difference: &Difference) -> Vec<String> {
    let name = difference.section;
    let Some(changes) = &difference.changes else {
        return vec![format!(
            "the {name} section as it was applied is not in the ledger, so what changed in it is \
             not known"
        )];
    };
    if changes.is_empty() {
        return vec![format!(
            "the {name} section is empty, where it was missing before, or the \
                             other way round"
        )];
    }
    let mut lines = vec![format!("changed in the {name} section:")];
    for change in changes {
        let (mark, text) = match change {
            Change::Removed(text) => ('-', text),
            Change::Added(text) => ('+', text),
        };
        lines.extend(text.lines().map(|line| format!("{mark} {line}")));
    }
    lines
}

/// One section as `--json` writes it.
#[derive(Serialize)]
pub(super) struct SectionObject {
    section: &'static str,
    /// Whether the text as applied is known.
    known: bool,
    removed: Vec<String>,
    added: Vec<String>,
}

fn object(difference: &Difference) -> SectionObject {
    let changes = difference.changes.as_deref().unwrap_or_default();
    let only = |wanted: fn(&Change) -> Option<&String>| {
        changes.iter().filter_map(wanted).cloned().collect()
    };
    SectionObject {
        section: difference.section,
        known: difference.changes.is_some(),
        removed: only(|change| match change {
            Change::Removed(text) => Some(text),
            Change::Added(_) => None,
        }),
        added: only(|change| match change {
            Change::Added(text) => Some(text),
            Change::Removed(_) => None,
        }),
    }
}
