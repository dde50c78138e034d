//! The header of a revision file: parsed and printed here, so that both agree.
//!
//! A header is the comment lines before the first `-- migrate:` line. The first is the message;
//! fields stand one on a line, right after the comment mark and at most one space, so that a text
//! line that happens to read as a field is kept a text by one more space.

use std::collections::HashSet;
use std::fmt;
use std::sync::Arc;

use super::section::{self, DOWNGRADE, Line, UPGRADE};
use super::{RevisionError, RevisionId};
use crate::text::{Place, Source, Span, closest, edit_distance, halves, trimmed};

const ID: &str = "Revision ID";
const REVISES: &str = "Revises";
const CREATE_DATE: &str = "Create Date";
const BRANCH_LABELS: &str = "Branch Labels";
const DEPENDS_ON: &str = "Depends On";
const FIELDS: [&str; 5] = [ID, REVISES, CREATE_DATE, BRANCH_LABELS, DEPENDS_ON];

/// What the comment block at the top of a revision file says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Header {
    /// The revision's id.
    pub id: RevisionId,
    /// Parents: none for a base, several for a merge.
    pub revises: Vec<RevisionId>,
    /// Ids or labels of revisions that must be applied before, in any branch.
    pub depends_on: Vec<String>,
    /// Names of the branch that starts here.
    pub branch_labels: Vec<String>,
    /// When it was made, as written.
    pub create_date: Option<String>,
    /// The first comment line, unless it is a field.
    pub message: String,
    /// The whole comment block, without the comment marks.
    pub text: String,
}

/// Reads the header at the start of a text, up to its first `-- migrate:` line or its end.
///
/// # Errors
///
/// The first thing in it that is wrong, with its place.
pub(super) fn parse(source: &Arc<Source>) -> Result<Header, RevisionError> {
    let mut reader = Reader::new(source);
    let mut block_comment = false;
    for line in section::lines(source.text()) {
        if let Some(directive) = section::directive(line.text).filter(|_| !block_comment) {
            check_first_directive(source, &line, directive)?;
            break;
        }
        let text = trimmed(line.text);
        if block_comment || text.starts_with("/*") {
            block_comment = !ends_block_comment(source, &line)?;
        } else if let Some(comment) = text.strip_prefix("--") {
            reader.comment(&line, comment)?;
        } else if !text.is_empty() {
            return Err(RevisionError::TextBeforeSection {
                place: Place::new(source, line.span()),
            });
        }
    }
    reader.finish()
}

/// Whether a `/* ... */` ends on this line.
///
/// # Errors
///
/// Text after its end.
fn ends_block_comment(source: &Arc<Source>, line: &Line<'_>) -> Result<bool, RevisionError> {
    let Some((comment, rest)) = line.text.split_once("*/") else {
        return Ok(false);
    };
    if rest.trim().is_empty() {
        return Ok(true);
    }
    let start = line.start + comment.len() + 2 + rest.len() - rest.trim_start().len();
    Err(RevisionError::TextBeforeSection {
        place: Place::new(source, Span::new(start, start + rest.trim().len())),
    })
}

/// The directive that ends a header opens a section.
fn check_first_directive(
    source: &Arc<Source>,
    line: &Line<'_>,
    directive: &str,
) -> Result<(), RevisionError> {
    let word = directive.split_whitespace().next().unwrap_or_default();
    if [UPGRADE, DOWNGRADE]
        .iter()
        .any(|section| word.eq_ignore_ascii_case(section))
    {
        return Ok(());
    }
    Err(RevisionError::DirectiveBeforeSection {
        found: word.to_owned(),
        nearest: closest(word, [UPGRADE, DOWNGRADE]),
        place: Place::new(source, line.span()),
    })
}

/// The fields found so far: value and place, in the order of [`FIELDS`].
struct Reader<'a> {
    source: &'a Arc<Source>,
    values: [Option<(&'a str, Span)>; 5],
    message: Option<&'a str>,
    text: String,
}

impl<'a> Reader<'a> {
    fn new(source: &'a Arc<Source>) -> Self {
        Self {
            source,
            values: [None; 5],
            message: None,
            // As long as most headers are.
            text: String::with_capacity(256),
        }
    }

    /// Takes one comment line; `comment` is what follows its mark.
    fn comment(&mut self, line: &Line<'_>, comment: &'a str) -> Result<(), RevisionError> {
        let content = comment.strip_prefix(' ').unwrap_or(comment);
        self.text.push_str(content);
        self.text.push('\n');
        match field(content) {
            Some(Field::Known(position, value)) => {
                if self.values[position].is_some() {
                    return Err(RevisionError::DuplicateField {
                        field: FIELDS[position],
                        place: self.place(line.span()),
                    });
                }
                self.values[position] = Some((value, line.span()));
            }
            Some(Field::Mistyped(found, nearest)) => {
                return Err(RevisionError::UnknownField {
                    found: found.to_owned(),
                    nearest,
                    place: self.place(line.span()),
                });
            }
            None => {
                let words = trimmed(content);
                if self.message.is_none() && !words.is_empty() {
                    self.message = Some(words);
                }
            }
        }
        Ok(())
    }

    fn finish(self) -> Result<Header, RevisionError> {
        let [id, revises, create_date, branch_labels, depends_on] = self.values;
        let Some((id, span)) = id else {
            let line_end = self.source.text().find('\n');
            let end = line_end.unwrap_or(self.source.text().len());
            let end = self.source.text()[..end].trim_end().len();
            return Err(RevisionError::MissingId {
                place: self.place(Span::new(0, end)),
            });
        };
        let place = self.place(span);
        let mut ids = self.values(ID, Some((id, span)), RevisionId::new)?;
        let id = match (ids.pop(), ids.is_empty()) {
            (None, _) => return Err(RevisionError::EmptyValue { field: ID, place }),
            (Some(id), true) => id,
            (Some(_), false) => return Err(RevisionError::SeveralValues { field: ID, place }),
        };
        Ok(Header {
            id,
            revises: self.values(REVISES, revises, RevisionId::new)?,
            depends_on: self.values(DEPENDS_ON, depends_on, str::to_owned)?,
            branch_labels: self.values(BRANCH_LABELS, branch_labels, str::to_owned)?,
            create_date: create_date
                .map(|(date, _)| date.to_owned())
                .filter(|date| !date.is_empty()),
            message: self.message.unwrap_or_default().to_owned(),
            // A copy: the next header is put together in the same memory.
            text: self.text.trim_end().to_owned(),
        })
    }

    /// Splits the value of a field at its commas; a field that is empty as a whole holds nothing.
    fn values<T>(
        &self,
        field: &'static str,
        value: Option<(&'a str, Span)>,
        made: impl Fn(&'a str) -> T,
    ) -> Result<Vec<T>, RevisionError> {
        let Some((text, span)) = value.filter(|(text, _)| !text.is_empty()) else {
            return Ok(Vec::new());
        };
        if halves(text, b',').is_none() {
            return Ok(vec![made(text)]);
        }
        let mut found = Vec::new();
        let mut seen = HashSet::new();
        for value in text.split(',').map(str::trim) {
            if value.is_empty() {
                let place = self.place(span);
                return Err(RevisionError::EmptyValue { field, place });
            }
            if !seen.insert(value) {
                return Err(RevisionError::RepeatedValue {
                    field,
                    value: value.to_owned(),
                    place: self.place(span),
                });
            }
            found.push(made(value));
        }
        Ok(found)
    }

    fn place(&self, span: Span) -> Place {
        Place::new(self.source, span)
    }
}

enum Field<'a> {
    /// Position in [`FIELDS`] and value.
    Known(usize, &'a str),
    /// What is written and what it looks like.
    Mistyped(&'a str, &'static str),
}

/// Reads a comment's content as a field, if it can be one.
fn field(content: &str) -> Option<Field<'_>> {
    let (name, value) = halves(content, b':')?;
    if !name.starts_with(|c: char| c.is_alphabetic()) {
        return None;
    }
    let name = trimmed(name);
    if let Some(position) = FIELDS
        .iter()
        .position(|known| known.eq_ignore_ascii_case(name))
    {
        return Some(Field::Known(position, trimmed(value)));
    }
    FIELDS
        .into_iter()
        .find(|known| looks_like(name, known))
        .map(|known| Field::Mistyped(name, known))
}

/// One slip of the fingers in a short name, two in a long one, or a name cut short.
fn looks_like(name: &str, known: &str) -> bool {
    let slips = if known.len() > "Revises".len() { 2 } else { 1 };
    let cut_short = name.eq_ignore_ascii_case("revision") || name.eq_ignore_ascii_case("depends");
    edit_distance(&name.to_lowercase(), &known.to_lowercase()) <= slips
        || (cut_short && known.to_lowercase().starts_with(&name.to_lowercase()))
}

/// Prints the comment block that `parse` reads back: message, text, fields.
impl fmt::Display for Header {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for line in self.message.lines() {
            text_line(f, line)?;
        }
        f.write_str("--\n")?;
        field_line(f, ID, self.id.as_str())?;
        let revises: Vec<&str> = self.revises.iter().map(RevisionId::as_str).collect();
        field_line(f, REVISES, &revises.join(", "))?;
        if let Some(date) = &self.create_date {
            field_line(f, CREATE_DATE, date)?;
        }
        if !self.branch_labels.is_empty() {
            field_line(f, BRANCH_LABELS, &self.branch_labels.join(", "))?;
        }
        if !self.depends_on.is_empty() {
            field_line(f, DEPENDS_ON, &self.depends_on.join(", "))?;
        }
        Ok(())
    }
}

fn field_line(f: &mut fmt::Formatter<'_>, field: &str, value: &str) -> fmt::Result {
    if value.is_empty() {
        return writeln!(f, "-- {field}:");
    }
    writeln!(f, "-- {field}: {value}")
}

/// Writes a line of text, set in when it would read as a field or a directive.
fn text_line(f: &mut fmt::Formatter<'_>, line: &str) -> fmt::Result {
    let line: String = line.chars().filter(|c| !c.is_control()).collect();
    let line = line.trim();
    if line.is_empty() {
        return f.write_str("--\n");
    }
    if section::directive(&format!("-- {line}")).is_some() {
        return writeln!(f, "-- \u{b7} {line}");
    }
    if field(line).is_some() {
        return writeln!(f, "--   {line}");
    }
    writeln!(f, "-- {line}")
}
