//! The lines that cut a revision file into header, `upgrade` and `downgrade`.
//!
//! A scan of lines, not of SQL: `-- migrate: upgrade` opens a section wherever it stands, so that
//! an unterminated quote in one section can never swallow the other. Lines that only look like
//! it are errors, so that no downgrade ever runs as part of an upgrade by a missing space.

use std::sync::Arc;

use super::RevisionError;
use crate::text::{Place, Source, Span, closest, trimmed};

pub(super) const UPGRADE: &str = "upgrade";
pub(super) const DOWNGRADE: &str = "downgrade";

/// The text of a revision, cut into sections.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Script {
    /// The whole file.
    pub source: Arc<Source>,
    /// What stands below `-- migrate: upgrade`.
    pub upgrade: Span,
    /// What stands below `-- migrate: downgrade`; none when no downgrade was written.
    pub downgrade: Option<Span>,
}

/// One line of a text.
#[derive(Debug, Clone, Copy)]
pub(super) struct Line<'a> {
    /// First byte of the line.
    pub(super) start: usize,
    /// The line without its end.
    pub(super) text: &'a str,
    /// First byte of the next line.
    pub(super) next: usize,
}

impl Line<'_> {
    /// The line without the white space around it.
    pub(super) fn span(&self) -> Span {
        let trimmed = self.text.trim_start();
        let start = self.start + self.text.len() - trimmed.len();
        Span::new(start, start + trimmed.trim_end().len())
    }
}

/// The lines of a text with their places; ends may be LF or CRLF.
pub(super) fn lines(text: &str) -> impl Iterator<Item = Line<'_>> {
    let mut start = 0;
    std::iter::from_fn(move || {
        let rest = text.get(start..).filter(|rest| !rest.is_empty())?;
        // Lines are short: to look at each byte is faster than what `str` does to find a character.
        let length = rest.bytes().position(|byte| byte == b'\n');
        let text = &rest[..length.unwrap_or(rest.len())];
        let next = start + text.len() + usize::from(length.is_some());
        let line = Line { start, text, next };
        start = next;
        Some(line)
    })
}

/// The text of a directive after `-- migrate:`, when a line is one (or is nearly written as one).
pub(super) fn directive(line: &str) -> Option<&str> {
    let first = line.bytes().find(|byte| !matches!(byte, b' ' | b'\t'))?;
    // Most lines are no comments; other white space is rare and looked at in full.
    if first.is_ascii_graphic() && first != b'-' {
        return None;
    }
    let comment = trimmed(line).strip_prefix("--")?;
    let first = comment.bytes().find(|byte| *byte != b' ')?;
    // So do most comments begin with another letter.
    if first.is_ascii_graphic() && !matches!(first, b'm' | b'M') {
        return None;
    }
    let (word, rest) = comment.trim_start().split_at_checked("migrate".len())?;
    if !word.eq_ignore_ascii_case("migrate") {
        return None;
    }
    let rest = rest.trim_start().strip_prefix(':')?;
    Some(rest.trim())
}

/// As [`directive`], on bytes that may not be text: where the header ends.
pub(super) fn ends_header(line: &[u8]) -> bool {
    std::str::from_utf8(line).is_ok_and(|line| directive(line).is_some())
}

/// Finds the sections of a text whose header has been checked.
///
/// # Errors
///
/// No `upgrade` section, a section twice, or a line that means to be one and is not.
pub fn split(source: &Arc<Source>) -> Result<Script, RevisionError> {
    let mut upgrade = None;
    let mut downgrade = None;
    let mut openings = Vec::new();
    for line in lines(source.text()) {
        let Some(section) = opening(source, &line)? else {
            continue;
        };
        openings.push((section, line));
    }
    for (position, (section, line)) in openings.iter().enumerate() {
        let end = openings
            .get(position + 1)
            .map_or(source.text().len(), |(_, next)| next.start);
        let slot = if *section == UPGRADE {
            &mut upgrade
        } else {
            &mut downgrade
        };
        if slot.replace(Span::new(line.next, end)).is_some() {
            return Err(RevisionError::DuplicateSection {
                section,
                place: Place::new(source, line.span()),
            });
        }
    }
    let end = source.text().trim_end().len();
    Ok(Script {
        source: Arc::clone(source),
        upgrade: upgrade.ok_or_else(|| RevisionError::NoUpgradeSection {
            place: Place::new(source, Span::new(end, end)),
        })?,
        downgrade,
    })
}

/// The section that a line opens.
///
/// # Errors
///
/// A line that means to open one and is not written exactly so.
fn opening(source: &Arc<Source>, line: &Line<'_>) -> Result<Option<&'static str>, RevisionError> {
    let Some(word) = directive(line.text).and_then(|text| text.split_whitespace().next()) else {
        return Ok(None);
    };
    let exact = line.text.trim().strip_prefix("-- migrate: ");
    let mut known = [UPGRADE, DOWNGRADE].into_iter();
    if let Some(section) = known.find(|section| exact == Some(section)) {
        return Ok(Some(section));
    }
    let Some(section) = closest(word, [UPGRADE, DOWNGRADE]) else {
        return Ok(None);
    };
    if !word.eq_ignore_ascii_case(section) {
        let at = line.start + line.text.find(word).unwrap_or_default();
        return Err(RevisionError::MisspeltSection {
            found: word.to_owned(),
            section,
            place: Place::new(source, Span::new(at, at + word.len())),
        });
    }
    Err(RevisionError::MalformedSection {
        section,
        place: Place::new(source, line.span()),
    })
}
