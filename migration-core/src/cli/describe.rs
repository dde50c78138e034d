//! Revisions in Alembic's words: the line of `history` and `heads`, the block of `show`, and the
//! object of `--json`.

use std::borrow::Cow;
use std::collections::HashSet;
use std::fmt::{Display, Write as _};
use std::path::PathBuf;

use anstyle::{AnsiColor, Style};
use serde::Serialize;

use super::ui::paint;
use crate::graph::Member;
use crate::picture::tree::{Node, Standing};
use crate::revision::RevisionId;

const ID: Style = AnsiColor::Yellow.on_default();
const MARK: Style = AnsiColor::Green.on_default();
const PENDING: Style = AnsiColor::Magenta.on_default();

/// The lines of a header that the block above it says in its own words.
const SAID: [&str; 4] = ["Revision ID:", "Revises:", "Branch Labels:", "Depends On:"];

/// Describes the revisions of a graph.
pub(super) struct Describer {
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

impl Describer {
    /// Describes without a database.
    pub(super) fn new(colour: bool) -> Self {
        Self {
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
    pub(super) fn line(&self, member: Member<'_>, with: Line) -> String {
        // As long as most lines are.
        let mut text = String::with_capacity(128);
        if with.parents {
            push_parents(&mut text, member);
            if member.depends_on().len() > 0 {
                let _ = write!(text, " ({})", listed(needed(member)));
            }
            text.push_str(" -> ");
        }
        self.push(&mut text, ID, member.id().as_str());
        if with.labels && !member.labels().is_empty() {
            let _ = write!(text, " ({})", member.labels().join(", "));
        }
        for mark in self.marks(member, with.tree) {
            text.push(' ');
            self.push(&mut text, MARK, mark);
        }
        if with.message {
            text.push_str(", ");
            text.push_str(&one_line(&member.revision().header.message));
        }
        text
    }

    /// Adds a word in its colour.
    fn push(&self, text: &mut String, style: Style, word: &str) {
        match self.colour {
            true => text.push_str(&paint(true, style, word)),
            false => text.push_str(word),
        }
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

    fn marks(&self, member: Member<'_>, tree: bool) -> impl Iterator<Item = &'static str> {
        let effective = member.is_effective_head();
        let marks = [
            (member.is_head() && !effective, "(head)"),
            (effective, "(effective head)"),
            (self.is_current(member.id()) == Some(true), "(current)"),
            (tree && member.is_branch_point(), "(branchpoint)"),
            (tree && member.is_merge_point(), "(mergepoint)"),
        ];
        marks
            .into_iter()
            .filter_map(|(holds, mark)| holds.then_some(mark))
    }

    /// The block of `show` and of every `-v`; ends with a line break, so that a blank line follows.
    pub(super) fn block(&self, member: Member<'_>) -> String {
        let mut text = "Rev: ".to_owned();
        self.push(&mut text, ID, member.id().as_str());
        let marks = [
            (member.is_head(), "(head)"),
            (member.is_branch_point(), "(branchpoint)"),
            (member.is_merge_point(), "(mergepoint)"),
            (self.is_current(member.id()) == Some(true), "(current)"),
        ];
        for (_, mark) in marks.into_iter().filter(|(holds, _)| *holds) {
            text.push(' ');
            self.push(&mut text, MARK, mark);
        }
        let word = match member.is_merge_point() {
            true => "Merges",
            false => "Parent",
        };
        let _ = write!(text, "\n{word}: ");
        push_parents(&mut text, member);
        text.push('\n');
        for (word, names) in [
            ("Also depends on", listed(needed(member))),
            ("Branches into", branches_into(member)),
            ("Branch names", member.labels().join(", ")),
        ] {
            if !names.is_empty() {
                let _ = writeln!(text, "{word}: {names}");
            }
        }
        let revision = member.revision();
        let _ = write!(text, "Path: {}\n\n", revision.file.path().display());
        // What stands above is not said again.
        let is_said = |line: &&str| SAID.iter().any(|key| line.starts_with(key));
        let text_of_header = revision.header.text();
        let lines = text_of_header.lines().filter(|it| !is_said(it));
        let header = lines.collect::<Vec<_>>().join("\n");
        for line in header.trim_end().lines() {
            let _ = match line {
                "" => writeln!(text),
                line => writeln!(text, "    {line}"),
            };
        }
        text
    }

    /// The object of `--json`.
    pub(super) fn object(&self, member: Member<'_>) -> Object {
        let revision = member.revision();
        Object {
            revision: member.id().to_string(),
            revises: texts(&revision.header.revises),
            depends_on: texts(needed(member)),
            branch_labels: texts(member.labels()),
            message: revision.header.message.clone(),
            create_date: revision.header.create_date.as_deref().map(str::to_owned),
            path: revision.file.path(),
            head: member.is_head(),
            effective_head: member.is_effective_head(),
            current: self.is_current(member.id()),
            branchpoint: member.is_branch_point(),
            mergepoint: member.is_merge_point(),
            children: texts(member.children().map(Member::id)),
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

fn push_parents(text: &mut String, member: Member<'_>) {
    match member.revision().header.revises.as_slice() {
        [] => text.push_str("<base>"),
        [parent] => text.push_str(parent.as_str()),
        several => text.push_str(&listed(several)),
    }
}

fn needed(member: Member<'_>) -> impl Iterator<Item = &RevisionId> {
    member.depends_on().map(Member::id)
}

fn branches_into(member: Member<'_>) -> String {
    match member.is_branch_point() {
        true => listed(member.children().map(Member::id)),
        false => String::new(),
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
