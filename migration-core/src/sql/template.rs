//! The way back: texts with `{prefix}` where the prefix stands, so that `parse` reads them as they
//! were.
//!
//! A name is marked where it begins with the prefix or has it as a part (`ix_irma_user`). In an
//! expression only what qualifies or is called is marked, because columns have no prefix. What says
//! `{prefix}` by itself is written `{{prefix}}`.

use super::lexer::{Lexer, Rules};
use super::marked::MarkedNames;
use super::prefix::{MARK, escape};
use super::token::{Token, TokenKind};
use crate::schema::{Expression, Ident};
use crate::text::{Source, Span};

/// What `{prefix}` is written for.
#[derive(Debug, Clone, Copy)]
pub struct Prefix<'a> {
    /// What it stands for.
    pub text: &'a str,
    /// The names that have it, when it stands for nothing.
    pub names: Option<&'a MarkedNames>,
}

impl Prefix<'_> {
    fn is_nowhere_in(self, text: &str) -> bool {
        match self.names {
            Some(names) if self.text.is_empty() => names.is_nowhere_in(text),
            Some(_) | None => self.text.is_empty() || !text.contains(self.text),
        }
    }
}

/// The name of a table, index, constraint or anything else that has the prefix in its name.
pub fn name(name: &Ident, prefix: Prefix<'_>) -> String {
    marked(name.as_str(), prefix)
}

/// A text without the prefix: a column's name, a comment.
pub fn text(text: &str) -> String {
    escape(text)
}

/// The text of an expression.
pub fn expression(expression: &Expression, prefix: Prefix<'_>) -> String {
    let is_marked = |_: &Source, tokens: &[Token], at: usize| {
        let next = tokens.get(at + 1).map(|token| token.kind);
        matches!(next, Some(TokenKind::Dot | TokenKind::Open))
    };
    rewritten(expression.as_str(), prefix, Rules::STANDARD, is_marked)
}

/// A statement that passes through as written; `backslash_escapes` says how its engine reads it.
pub fn statement(sql: &str, prefix: Prefix<'_>, backslash_escapes: bool) -> String {
    let rules = if backslash_escapes {
        Rules::MYSQL
    } else {
        Rules::STANDARD
    };
    // Without letters of its own the prefix is seen by where a name stands.
    let is_found = !prefix.text.is_empty();
    rewritten(sql, prefix, rules, |source, tokens, at| {
        is_found || names_object(source, tokens, at)
    })
}

/// Whether a default ends before the end of this expression when it stands among the other clauses
/// of a column, so that it needs parentheses there.
pub fn ends_early(expression: &Expression) -> bool {
    let text = expression.as_str();
    let Some((source, tokens)) = tokens(text, Rules::STANDARD) else {
        return false;
    };
    let mut depth = 0;
    tokens.iter().enumerate().any(|(at, token)| {
        let word = source.slice(token.span);
        let is_word = |words: &[&str]| {
            token.kind == TokenKind::Word && words.iter().any(|it| word.eq_ignore_ascii_case(it))
        };
        depth += token.kind.nesting() + isize::from(is_word(&["CASE"]));
        if is_word(&["END"]) && depth > 0 {
            depth -= 1;
        }
        at > 0 && depth == 0 && is_word(&super::column::DEFAULT_ENDS)
    })
}

/// The text with what `is_marked` says of its names; comments stay, because no mark is read there.
fn rewritten(
    text: &str,
    prefix: Prefix<'_>,
    rules: Rules,
    is_marked: impl Fn(&Source, &[Token], usize) -> bool,
) -> String {
    let has_work = text.contains(MARK) || !prefix.is_nowhere_in(text);
    let tokens = has_work.then(|| tokens(text, rules)).flatten();
    let Some((source, tokens)) = tokens else {
        return text.to_owned();
    };
    let mut written = String::with_capacity(text.len());
    let mut copied = 0;
    for (at, token) in tokens.iter().enumerate() {
        if token.kind.is_comment() {
            continue;
        }
        let piece = source.slice(token.span);
        written.push_str(&text[copied..token.span.start]);
        copied = token.span.end;
        let is_name = token.kind == TokenKind::Word || token.kind.is_quoted_name();
        let is_sequence = token.kind == TokenKind::String && names_sequence(&source, &tokens, at);
        if is_sequence || (is_name && is_marked(&source, &tokens, at)) {
            let quote = usize::from(token.kind != TokenKind::Word);
            written.push_str(&piece[..quote]);
            written.push_str(&marked(&piece[quote..], prefix));
        } else {
            written.push_str(&escape(piece));
        }
    }
    written.push_str(&text[copied..]);
    written
}

/// Whether the string at this place names a sequence: `nextval('irma_file_id_seq')`.
fn names_sequence(source: &Source, tokens: &[Token], at: usize) -> bool {
    let [function, parenthesis] = at
        .checked_sub(2)
        .map_or([None, None], |from| [Some(from), Some(from + 1)])
        .map(|at| at.map(|at| tokens[at]));
    let is_call = parenthesis.is_some_and(|token| token.kind == TokenKind::Open);
    is_call
        && function.is_some_and(|token| {
            ["nextval", "currval", "setval"]
                .iter()
                .any(|name| source.slice(token.span).eq_ignore_ascii_case(name))
        })
}

/// All tokens with comments; none when the text does not end well.
fn tokens(text: &str, rules: Rules) -> Option<(std::sync::Arc<Source>, Vec<Token>)> {
    let source = Source::new("text", text);
    let mut lexer = Lexer::new(&source, Span::new(0, text.len()), rules);
    let mut tokens = Vec::new();
    while let Some(token) = lexer.next().ok()? {
        tokens.push(token);
    }
    Some((source.clone(), tokens))
}

/// Words behind which a table or another object is named.
const BEFORE_NAMES: [&str; 12] = [
    "FROM",
    "JOIN",
    "INTO",
    "UPDATE",
    "TABLE",
    "VIEW",
    "INDEX",
    "TRIGGER",
    "ON",
    "REFERENCES",
    "EXISTS",
    "FUNCTION",
];

/// Whether the word at this place is what a table or another object is called.
fn names_object(source: &Source, tokens: &[Token], at: usize) -> bool {
    let next = tokens.get(at + 1).map(|token| token.kind);
    let before = tokens[..at].iter().rev().find(|it| !it.kind.is_comment());
    let is_announced = before.is_some_and(|token| {
        let word = source.slice(token.span);
        BEFORE_NAMES.iter().any(|it| word.eq_ignore_ascii_case(it))
    });
    is_announced || next == Some(TokenKind::Dot)
}

/// The text with a mark where the prefix first begins it or a part of it.
fn marked(text: &str, prefix: Prefix<'_>) -> String {
    let Prefix {
        text: prefix,
        names,
    } = prefix;
    if prefix.is_empty() {
        let name = text.trim_end_matches(['"', '`', '\'']);
        let written = names.and_then(|it| it.written(name));
        return written.map_or_else(|| escape(text), |it| it + &text[name.len()..]);
    }
    let begins_part = |at: &usize| {
        let before = &text[..*at];
        let rest = &text[at + prefix.len()..];
        // Braces around the mark would make it mean itself.
        (before.is_empty() || before.ends_with(['_', '.', '"']))
            && rest.starts_with(|sign: char| sign.is_alphanumeric() || sign == '_')
    };
    let places = text.match_indices(prefix).map(|(at, _)| at);
    let place = places.into_iter().find(begins_part);
    match place {
        Some(at) => {
            let (before, rest) = (&text[..at], &text[at + prefix.len()..]);
            format!("{}{MARK}{}", escape(before), escape(rest))
        }
        None => escape(text),
    }
}
