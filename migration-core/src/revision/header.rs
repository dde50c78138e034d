//! The header of a revision file: parsed and printed here, so that both agree.
//!
//! A header is the comment lines before the first `-- migrate:` line. The first is the message;
//! fields stand one on a line, right after the comment mark and at most one space, so that a text
//! line that happens to read as a field is kept a text by one more space.

use std::borrow::Cow;
use std::collections::HashSet;
use std::fmt;
use std::sync::Arc;

use super::section::{self, DOWNGRADE, Line, UPGRADE};
use super::{RevisionError, RevisionId};
use crate::text::{Place, Source, Span, closest, edit_distance, halves, trimmed};

/// The name of a field, and the beginning of its line: what is compared thousands of times is one text.
struct Name {
    name: &'static str,
    opening: &'static str,
}

macro_rules! name {
    ($name:literal) => {
        Name {
            name: $name,
            opening: concat!("-- ", $name, ":"),
        }
    };
}

const ID: Name = name!("Revision ID");
const REVISES: Name = name!("Revises");
const CREATE_DATE: Name = name!("Create Date");
const BRANCH_LABELS: Name = name!("Branch Labels");
const DEPENDS_ON: Name = name!("Depends On");
/// The word of directives.
const MIGRATE: &str = "migrate";
const FIELDS: [&str; 5] = [
    ID.name,
    REVISES.name,
    CREATE_DATE.name,
    BRANCH_LABELS.name,
    DEPENDS_ON.name,
];

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
    pub create_date: Option<Box<str>>,
    /// The first comment line, unless it is a field.
    pub message: String,
    /// The comment block, without the comment marks, where it is not what this header is written as:
    /// mostly it is, and a tree has thousands.
    pub own_text: Option<Box<str>>,
}

impl Header {
    /// The whole comment block, without the comment marks.
    pub fn text(&self) -> Cow<'_, str> {
        match &self.own_text {
            Some(text) => Cow::Borrowed(text),
            None => Cow::Owned(comments(&self.to_string())),
        }
    }

    /// Whether this is how it is written.
    fn is_written_as(&self, block: &str) -> bool {
        let mut rest = block;
        let written = self.write(&mut |part| {
            rest = rest.strip_prefix(part)?;
            Some(())
        });
        written.is_some() && rest.is_empty()
    }
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
        let text = trimmed(line.text);
        if let Some(directive) = section::directive(text).filter(|_| !block_comment) {
            check_first_directive(source, &line, directive)?;
            break;
        }
        if block_comment || text.starts_with("/*") {
            block_comment = !ends_block_comment(source, &line)?;
        } else if let Some(comment) = text.strip_prefix("--") {
            reader.comment(&line, comment)?;
            reader.end = line.next;
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

/// The fields found so far: value and line, in the order of [`FIELDS`].
struct Reader<'a> {
    source: &'a Arc<Source>,
    values: [Option<(&'a str, Line<'a>)>; 5],
    message: Option<&'a str>,
    /// Where the last comment line ends.
    end: usize,
}

impl<'a> Reader<'a> {
    fn new(source: &'a Arc<Source>) -> Self {
        Self {
            source,
            values: [None; 5],
            message: None,
            end: 0,
        }
    }

    /// Takes one comment line; `comment` is what follows its mark.
    fn comment(&mut self, line: &Line<'a>, comment: &'a str) -> Result<(), RevisionError> {
        let content = comment.strip_prefix(' ').unwrap_or(comment);
        match field(content) {
            Some(Field::Known(position, value)) => {
                if self.values[position].is_some() {
                    return Err(RevisionError::DuplicateField {
                        field: FIELDS[position],
                        place: self.place(line.span()),
                    });
                }
                self.values[position] = Some((value, *line));
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
        let Some((id, line)) = id else {
            let line_end = self.source.text().find('\n');
            let end = line_end.unwrap_or(self.source.text().len());
            let end = self.source.text()[..end].trim_end().len();
            return Err(RevisionError::MissingId {
                place: self.place(Span::new(0, end)),
            });
        };
        let place = || self.place(line.span());
        let field = ID.name;
        let mut ids = self.values(field, Some((id, line)), RevisionId::new)?;
        let id = match (ids.pop(), ids.is_empty()) {
            (None, _) => {
                let place = place();
                return Err(RevisionError::EmptyValue { field, place });
            }
            (Some(id), true) => id,
            (Some(_), false) => {
                let place = place();
                return Err(RevisionError::SeveralValues { field, place });
            }
        };
        let mut header = Header {
            id,
            revises: self.values(REVISES.name, revises, RevisionId::new)?,
            depends_on: self.values(DEPENDS_ON.name, depends_on, str::to_owned)?,
            branch_labels: self.values(BRANCH_LABELS.name, branch_labels, str::to_owned)?,
            create_date: create_date
                .map(|(date, _)| date)
                .filter(|date| !date.is_empty())
                .map(Box::from),
            message: self.message.unwrap_or_default().to_owned(),
            own_text: None,
        };
        let block = &self.source.text()[..self.end];
        if !header.is_written_as(block) {
            let text = comments(block);
            header.own_text = (text != header.text()).then(|| text.into_boxed_str());
        }
        Ok(header)
    }

    /// Splits the value of a field at its commas; a field that is empty as a whole holds nothing.
    fn values<T>(
        &self,
        field: &'static str,
        value: Option<(&'a str, Line<'a>)>,
        made: impl Fn(&'a str) -> T,
    ) -> Result<Vec<T>, RevisionError> {
        let Some((text, line)) = value.filter(|(text, _)| !text.is_empty()) else {
            return Ok(Vec::new());
        };
        if halves(text, b',').is_none() {
            return Ok(vec![made(text)]);
        }
        let mut found = Vec::new();
        let mut seen = HashSet::new();
        for value in text.split(',').map(str::trim) {
            if value.is_empty() {
                let place = self.place(line.span());
                return Err(RevisionError::EmptyValue { field, place });
            }
            if !seen.insert(value) {
                return Err(RevisionError::RepeatedValue {
                    field,
                    value: value.to_owned(),
                    place: self.place(line.span()),
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

/// What stands behind the comment marks of a header, without an empty end.
fn comments(block: &str) -> String {
    let (mut text, mut is_inside) = (String::new(), false);
    for line in section::lines(block) {
        let line = trimmed(line.text);
        if is_inside || line.starts_with("/*") {
            is_inside = !line.contains("*/");
        } else if let Some(comment) = line.strip_prefix("--") {
            text.push_str(comment.strip_prefix(' ').unwrap_or(comment));
            text.push('\n');
        }
    }
    text.truncate(text.trim_end().len());
    text
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
        let value = value.strip_prefix(' ').unwrap_or(value);
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

impl Header {
    /// Writes the comment block that `parse` reads back, part by part: message, text, fields.
    fn write(&self, part: &mut impl FnMut(&str) -> Option<()>) -> Option<()> {
        for line in self.message.lines() {
            text_line(part, line)?;
        }
        part("--\n")?;
        field_line(part, &ID, [self.id.as_str()])?;
        field_line(part, &REVISES, self.revises.iter().map(RevisionId::as_str))?;
        if let Some(date) = &self.create_date {
            field_line(part, &CREATE_DATE, [&**date])?;
        }
        for (field, names) in [
            (&BRANCH_LABELS, &self.branch_labels),
            (&DEPENDS_ON, &self.depends_on),
        ] {
            if !names.is_empty() {
                field_line(part, field, names.iter().map(String::as_str))?;
            }
        }
        Some(())
    }
}

/// Prints the comment block that `parse` reads back: message, text, fields.
impl fmt::Display for Header {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let written = self.write(&mut |part| f.write_str(part).ok());
        written.ok_or(fmt::Error)
    }
}

fn field_line<'a>(
    part: &mut impl FnMut(&str) -> Option<()>,
    field: &Name,
    values: impl IntoIterator<Item = &'a str>,
) -> Option<()> {
    part(field.opening)?;
    let mut separator = " ";
    for value in values.into_iter().filter(|it| !it.is_empty()) {
        part(separator)?;
        part(value)?;
        separator = ", ";
    }
    part("\n")
}

/// Writes a line of text, set in when it would read as a field or a directive.
fn text_line(part: &mut impl FnMut(&str) -> Option<()>, line: &str) -> Option<()> {
    let is_plain = line.bytes().all(|byte| matches!(byte, b' '..=b'~'));
    let plain: Cow<'_, str> = match is_plain || !line.contains(char::is_control) {
        true => Cow::Borrowed(line),
        false => line.chars().filter(|it| !it.is_control()).collect(),
    };
    let line = trimmed(&plain);
    let begins_directive = || {
        let word = line.get(..MIGRATE.len());
        word.is_some_and(|it| it.eq_ignore_ascii_case(MIGRATE))
            && section::directive(&format!("-- {line}")).is_some()
    };
    part(match line {
        "" => "--",
        _ if begins_directive() => "-- \u{b7} ",
        _ if field(line).is_some() => "--   ",
        _ => "-- ",
    })?;
    part(line)?;
    part("\n")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn read(text: &str) -> Option<Header> {
        parse(&Source::new("a.sql", text)).ok()
    }

    fn header() -> impl Strategy<Value = Header> {
        let names = || proptest::collection::btree_set("[a-z0-9]{1,6}", 0..3);
        let names = || names().prop_map(|it| it.into_iter().collect::<Vec<String>>());
        let message = "(Revises: |migrate: |\u{b7} )?[a-z ;]{0,12}";
        let date = proptest::option::of("20[0-9]{2}-01-02");
        ("[a-z0-9]{1,6}", names(), names(), names(), (date, message)).prop_map(
            |(id, revises, depends_on, branch_labels, (create_date, message))| Header {
                id: RevisionId::new(id),
                revises: revises.into_iter().map(RevisionId::new).collect(),
                depends_on,
                branch_labels,
                create_date: create_date.map(Box::from),
                message,
                own_text: None,
            },
        )
    }

    proptest! {
        #[test]
        fn nothing_is_kept_of_a_header_as_it_is_written_and_its_text_is_the_same(header in header()) {
            let written = header.to_string();
            let read = read(&written).expect("what is written can be read");
            let lines = written.lines().map(|line| line.trim_start_matches("--"));
            let lines: Vec<&str> = lines.map(|it| it.strip_prefix(' ').unwrap_or(it)).collect();
            prop_assert_eq!(read.text(), lines.join("\n").trim_end().to_owned());
            let is_plain = !read.message.is_empty() && read.message == header.message;
            prop_assert!(read.own_text.is_none() || !is_plain, "{:?}", read);
        }

        #[test]
        fn a_comment_block_that_is_another_is_kept(
            header in header(),
            (at, line) in (0_usize..8, "--( [a-z]{0,4}(: x)?)?|  -- x|"),
        ) {
            let written = header.to_string();
            let mut lines: Vec<&str> = written.lines().collect();
            lines.insert(at.min(lines.len()), &line);
            let text = lines.join("\r\n");
            let Some(read) = read(&text) else {
                return Ok(());
            };
            let comments = lines.iter().filter_map(|it| it.trim().strip_prefix("--"));
            let comments: Vec<&str> = comments.map(|it| it.strip_prefix(' ').unwrap_or(it)).collect();
            prop_assert_eq!(read.text(), comments.join("\n").trim_end().to_owned());
        }
    }
}
