//! Revisions in Alembic's words: the line of `history` and `heads`, the block of `show`, and the
//! object of `--json`.

use std::borrow::Cow;
use std::collections::HashSet;
use std::fmt::{Display, Write as _};
use std::path::PathBuf;

use anstyle::{AnsiColor, Style};
use serde::Serialize;

use super::ui::paint;
use crate::graph::RevisionGraph;
use crate::picture::tree::{Node, Standing};
use crate::revision::{Revision, RevisionId};

const ID: Style = AnsiColor::Yellow.on_default();
const MARK: Style = AnsiColor::Green.on_default();
const PENDING: Style = AnsiColor::Magenta.on_default();

/// The lines of a header that the block above it says in its own words.
const SAID: [&str; 4] = ["Revision ID:", "Revises:", "Branch Labels:", "Depends On:"];

/// Describes the revisions of one graph.
pub(super) struct Describer<'a> {
    graph: &'a RevisionGraph,
    /// The rows of the database; none when it was not asked.
    current: Option<HashSet<RevisionId>>,
    colour: bool,
}

/// What a line says besides the id and whether it is a head.
#[derive(Clone, Copy, Default)]
pub(super) struct Line {
    /// `a, b (needed) -> ` before the id.
    pub parents: bool,
    /// The labels of its branch.
    pub labels: bool,
    /// Whether branches part or meet there.
    pub tree: bool,
    /// The message.
    pub message: bool,
}

impl<'a> Describer<'a> {
    /// Describes without a database.
    pub(super) fn new(graph: &'a RevisionGraph, colour: bool) -> Self {
        Self {
            graph,
            current: None,
            colour,
        }
    }

    /// The same, with the revisions that a database has.
    pub(super) fn with_current(mut self, rows: &[RevisionId]) -> Self {
        self.current = Some(rows.iter().cloned().collect());
        self
    }

    fn is_current(&self, id: &RevisionId) -> Option<bool> {
        self.current.as_ref().map(|rows| rows.contains(id))
    }

    /// One line.
    pub(super) fn line(&self, revision: &Revision, with: Line) -> String {
        let id = revision.id();
        let mut text = String::new();
        if with.parents {
            text.push_str(&parents(revision));
            let needed = self.graph.depends_on(id.as_str());
            if !needed.is_empty() {
                let _ = write!(text, " ({})", listed(needed));
            }
            text.push_str(" -> ");
        }
        text.push_str(&paint(self.colour, ID, id));
        let labels = self.graph.labels(id.as_str());
        if with.labels && !labels.is_empty() {
            let _ = write!(text, " ({})", listed(labels));
        }
        for mark in self.marks(id, with.tree) {
            let _ = write!(text, " {}", paint(self.colour, MARK, mark));
        }
        if with.message {
            let _ = write!(text, ", {}", one_line(&revision.header.message));
        }
        text
    }

    /// One line beside a drawing: the id, in brackets what is said of it, the message.
    pub(super) fn line_beside(&self, node: &Node) -> String {
        let mut text = paint(self.colour, ID, &node.revision);
        if !node.labels.is_empty() {
            let _ = write!(text, " ({})", node.labels.join(", "));
        }
        let state = node.state.and_then(|state| match state {
            Standing::Current => Some((MARK, "(current)")),
            Standing::Pending => Some((PENDING, "(pending)")),
            Standing::Applied => None,
        });
        let head = node.head.then_some((MARK, "(head)"));
        for (style, mark) in head.into_iter().chain(state) {
            let _ = write!(text, " {}", paint(self.colour, style, mark));
        }
        if !node.message.is_empty() {
            let _ = write!(text, ", {}", node.message);
        }
        text
    }

    fn marks(&self, id: &RevisionId, tree: bool) -> Vec<&'static str> {
        let graph = self.graph;
        let head = graph.is_head(id.as_str());
        let effective = head && graph.is_effective_head(id.as_str());
        [
            (head && !effective, "(head)"),
            (effective, "(effective head)"),
            (self.is_current(id) == Some(true), "(current)"),
            (tree && graph.is_branch_point(id.as_str()), "(branchpoint)"),
            (tree && graph.is_merge_point(id.as_str()), "(mergepoint)"),
        ]
        .into_iter()
        .filter_map(|(holds, mark)| holds.then_some(mark))
        .collect()
    }

    /// The block of `show` and of every `-v`; ends with a line break, so that a blank line follows.
    pub(super) fn block(&self, revision: &Revision) -> String {
        let id = revision.id();
        let graph = self.graph;
        let mut text = format!("Rev: {}", paint(self.colour, ID, id));
        let marks = [
            (graph.is_head(id.as_str()), "(head)"),
            (graph.is_branch_point(id.as_str()), "(branchpoint)"),
            (graph.is_merge_point(id.as_str()), "(mergepoint)"),
            (self.is_current(id) == Some(true), "(current)"),
        ];
        for (_, mark) in marks.into_iter().filter(|(holds, _)| *holds) {
            let _ = write!(text, " {}", paint(self.colour, MARK, mark));
        }
        let word = if graph.is_merge_point(id.as_str()) {
            "Merges"
        } else {
            "Parent"
        };
        let _ = write!(text, "\n{word}: {}\n", parents(revision));
        for (word, names) in [
            ("Also depends on", listed(graph.depends_on(id.as_str()))),
            ("Branches into", self.branches_into(id)),
            ("Branch names", listed(graph.labels(id.as_str()))),
        ] {
            if !names.is_empty() {
                let _ = writeln!(text, "{word}: {names}");
            }
        }
        let _ = write!(text, "Path: {}\n\n", revision.file.path().display());
        // What stands above is not said again.
        let is_said = |line: &&str| SAID.iter().any(|key| line.starts_with(key));
        let lines = revision.header.text.lines().filter(|it| !is_said(it));
        let header = lines.collect::<Vec<_>>().join("\n");
        for line in header.trim_end().lines() {
            let _ = match line {
                "" => writeln!(text),
                line => writeln!(text, "    {line}"),
            };
        }
        text
    }

    fn branches_into(&self, id: &RevisionId) -> String {
        if self.graph.is_branch_point(id.as_str()) {
            listed(self.graph.children(id.as_str()))
        } else {
            String::new()
        }
    }

    /// The object of `--json`.
    pub(super) fn object(&self, revision: &Revision) -> Object {
        let id = revision.id();
        let graph = self.graph;
        Object {
            revision: id.to_string(),
            revises: texts(&revision.header.revises),
            depends_on: texts(graph.depends_on(id.as_str())),
            branch_labels: texts(graph.labels(id.as_str())),
            message: revision.header.message.clone(),
            create_date: revision.header.create_date.clone(),
            path: revision.file.path(),
            head: graph.is_head(id.as_str()),
            effective_head: graph.is_effective_head(id.as_str()),
            current: self.is_current(id),
            branchpoint: graph.is_branch_point(id.as_str()),
            mergepoint: graph.is_merge_point(id.as_str()),
            children: texts(graph.children(id.as_str())),
        }
    }
}

/// One revision as `--json` writes it.
#[derive(Serialize)]
pub(super) struct Object {
    revision: String,
    revises: Vec<String>,
    depends_on: Vec<String>,
    branch_labels: Vec<String>,
    message: String,
    create_date: Option<String>,
    path: PathBuf,
    head: bool,
    effective_head: bool,
    /// Absent when the database was not asked.
    #[serde(skip_serializing_if = "Option::is_none")]
    current: Option<bool>,
    branchpoint: bool,
    mergepoint: bool,
    children: Vec<String>,
}

/// Names with commas between them.
pub(super) fn listed(names: impl IntoIterator<Item = impl Display>) -> String {
    texts(names).join(", ")
}

/// Names as texts.
pub(super) fn texts(names: impl IntoIterator<Item = impl Display>) -> Vec<String> {
    names.into_iter().map(|name| name.to_string()).collect()
}

/// A message on one line.
pub(super) fn one_line(message: &str) -> Cow<'_, str> {
    // Nearly every message is one already.
    let mut before = b' ';
    let is_in_order = message.bytes().all(|byte| {
        let is_single = byte.is_ascii_graphic() || byte == b' ' && before != b' ';
        before = byte;
        is_single
    });
    match is_in_order && before != b' ' {
        true => message.into(),
        false => message
            .split_whitespace()
            .collect::<Vec<_>>()
            .join(" ")
            .into(),
    }
}

fn parents(revision: &Revision) -> String {
    match revision.header.revises.as_slice() {
        [] => "<base>".to_owned(),
        [parent] => parent.to_string(),
        several => listed(several),
    }
}

#[cfg(test)]
mod tests {
    use super::one_line;

    #[test]
    fn a_message_becomes_one_line_with_single_blanks() {
        for (message, line) in [
            ("", ""),
            (" ", ""),
            ("a", "a"),
            ("a b: c", "a b: c"),
            (" a b", "a b"),
            ("a b ", "a b"),
            ("a  b", "a b"),
            ("a\n b\tc", "a b c"),
            ("été\u{a0}là", "été là"),
        ] {
            assert_eq!(one_line(message), line, "{message:?}");
        }
    }
}
