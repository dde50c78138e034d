//! The place in a revision's file that an engine's error means.

use crate::text::{Place, Span};

const MARK: &str = "{prefix}";
const LITERAL: &str = "{{prefix}}";

/// Moves a statement's place to the fault, `position` characters into the text that was sent. A
/// statement that was written anew for the engine keeps its place.
pub(super) fn nearer(place: &Place, sql: &str, prefix: &str, position: Option<usize>) -> Place {
    let written = place.source.slice(place.span);
    let offset = position.and_then(|position| offset(written, sql, prefix, position));
    match offset {
        Some(offset) => {
            let start = place.span.start + offset;
            Place::new(&place.source, Span::new(start, word_end(place, start)))
        }
        None => place.clone(),
    }
}

/// The byte of `written` that became the character at `position` of `sent`.
fn offset(written: &str, sent: &str, prefix: &str, position: usize) -> Option<usize> {
    let end = sent
        .char_indices()
        .nth(position)
        .map_or(sent.len(), |(byte, _)| byte);
    let (mut at, mut sent_at) = (0, 0);
    while sent_at < end {
        let (rest, sent_rest) = (&written[at..], &sent[sent_at..]);
        let (step, sent_step) = if rest.starts_with(LITERAL) && sent_rest.starts_with(MARK) {
            (LITERAL.len(), MARK.len())
        } else if rest.starts_with(MARK) && sent_rest.starts_with(prefix) {
            (MARK.len(), prefix.len())
        } else {
            let character = rest.chars().next()?;
            if !sent_rest.starts_with(character) {
                return None;
            }
            (character.len_utf8(), character.len_utf8())
        };
        at += step;
        sent_at += sent_step;
    }
    (at < written.len()).then_some(at)
}

/// The end of the word at fault, so that the mark under the line has its length.
fn word_end(place: &Place, start: usize) -> usize {
    let rest = &place.source.text()[start..place.span.end];
    let length = rest
        .find(|character: char| !(character.is_alphanumeric() || character == '_'))
        .unwrap_or(rest.len());
    let first = rest.chars().next().map_or(0, char::len_utf8);
    start + length.max(first)
}

#[cfg(test)]
mod tests {
    use super::nearer;
    use crate::text::{Place, Source, Span};

    #[track_caller]
    fn check(written: &str, sent: &str, position: usize, expected: &str) {
        let source = Source::new("r.sql", format!("\n{written}"));
        let place = Place::new(&source, Span::new(1, written.len() + 1));
        let found = nearer(&place, sent, "irma_", Some(position));
        assert_eq!(source.slice(found.span), expected);
    }

    #[test]
    fn the_word_at_fault_is_found_behind_prefixes() {
        let written = "SELECT '{{prefix}}é' FROM \"{prefix}tag\" WHERE nme = 1";
        let sent = "SELECT '{prefix}é' FROM \"irma_tag\" WHERE nme = 1";
        check(written, sent, sent.find("nme").unwrap() - 1, "nme");
        check(written, sent, 0, "SELECT");
    }

    #[test]
    fn a_statement_written_anew_keeps_its_place() {
        check(
            "ALTER TABLE a ADD b TEXT",
            "CREATE TABLE t",
            9,
            "ALTER TABLE a ADD b TEXT",
        );
    }
}
