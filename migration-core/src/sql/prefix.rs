//! `{prefix}`, put in place; `{{prefix}}`, the way to write it literally.

use std::borrow::Cow;
use std::sync::Arc;

use super::error::SqlError;
use crate::text::{Place, Source, Span, closest};

const WORD: &str = "prefix";
/// What is replaced.
pub(super) const MARK: &str = "{prefix}";
const LITERAL: &str = "{{prefix}}";

/// The length of `{prefix}` or `{{prefix}}` at the start of `bytes`; zero when neither stands there.
pub(super) fn mark_length(bytes: &[u8]) -> usize {
    if bytes.starts_with(MARK.as_bytes()) {
        MARK.len()
    } else if bytes.starts_with(LITERAL.as_bytes()) {
        LITERAL.len()
    } else {
        0
    }
}

/// Makes sure that no `{word}` is nearly the mark: `{prfix}`, `{PREFIX}`, `{ prefix }`.
///
/// # Errors
///
/// [`SqlError::NearPrefix`].
pub(super) fn refuse_near(source: &Arc<Source>, span: Span) -> Result<(), SqlError> {
    let text = source.slice(span);
    let mut from = 0;
    while let Some(open) = text[from..].find('{').map(|at| from + at) {
        let inner = &text[open + 1..];
        from = open + 1;
        let length = inner
            .find(|sign: char| !(sign.is_alphanumeric() || matches!(sign, '_' | ' ')))
            .unwrap_or(inner.len());
        let word = &inner[..length];
        let is_closed = inner[length..].starts_with('}');
        if is_closed && word != WORD && closest(word.trim(), [WORD]).is_some() {
            let start = span.start + open;
            return Err(SqlError::NearPrefix {
                written: format!("{{{word}}}"),
                place: Place::new(source, Span::new(start, start + length + 2)),
            });
        }
        from += length;
    }
    Ok(())
}

/// Writes every mark that is meant literally so that [`expand`] gives it back.
pub(super) fn escape(text: &str) -> String {
    text.replace(MARK, LITERAL)
}

/// Puts `prefix` in the place of every mark of `text`.
pub(super) fn expand<'a>(text: &'a str, prefix: &str) -> Cow<'a, str> {
    // Nearly every text is a word or a sign without any.
    if !text.as_bytes().contains(&b'{') || !text.contains(MARK) {
        return Cow::Borrowed(text);
    }
    let mut expanded = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(MARK) {
        let is_literal = rest[..at].ends_with('{') && rest[at + MARK.len()..].starts_with('}');
        if is_literal {
            expanded.push_str(&rest[..at - 1]);
            expanded.push_str(MARK);
            rest = &rest[at + MARK.len() + 1..];
        } else {
            expanded.push_str(&rest[..at]);
            expanded.push_str(prefix);
            rest = &rest[at + MARK.len()..];
        }
    }
    expanded.push_str(rest);
    Cow::Owned(expanded)
}
