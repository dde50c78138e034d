//! Laws of the checksum on every revision of the golden cases: form never counts, every token does.
#![expect(
    clippy::disallowed_methods,
    reason = "the golden revisions are read from files"
)]

use std::fs;
use std::path::PathBuf;
use std::sync::Arc;

use super::source;
use crate::sql::directive;
use crate::sql::lexer::{Lexer, Rules};
use crate::sql::token::{Token, TokenKind};
use crate::sql::{fingerprint, passages};
use crate::text::{Source, Span};

/// The texts of all golden revisions, whose sections are as good as one here.
fn texts() -> Vec<(PathBuf, String)> {
    let cases = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../tests/cases/compile");
    let mut found = Vec::new();
    for case in fs::read_dir(cases).expect("the golden cases can be listed") {
        let path = case
            .expect("an entry can be read")
            .path()
            .join("revision.sql");
        if let Ok(text) = fs::read_to_string(&path) {
            found.push((path, text));
        }
    }
    assert!(found.len() > 10, "only {} golden revisions", found.len());
    found
}

fn tokens(text: &str) -> (Arc<Source>, Vec<Token>) {
    let (source, span) = source(text);
    let mut lexer = Lexer::new(&source, span, Rules::STANDARD);
    let mut found = Vec::new();
    while let Some(token) = lexer.next().expect("golden revisions are legal") {
        found.push(token);
    }
    (source, found)
}

fn checksum(text: &str) -> Option<[u8; 32]> {
    let (source, span) = source(text);
    fingerprint(&source, &[span]).ok()
}

/// Whether both texts have the same statements, one by one.
fn same_passages(one: &str, other: &str) -> bool {
    let read = |text| {
        let (source, span): (Arc<Source>, Span) = source(text);
        passages(&source, span)
    };
    let (one, other) = (read(one), read(other));
    one.len() == other.len()
        && one
            .iter()
            .zip(&other)
            .all(|(one, other)| one.means_the_same(other))
}

fn is_directive(source: &Arc<Source>, token: Token) -> bool {
    directive::body(source, token.span).is_some()
}

/// The same tokens with other white space, other comments, CRLF and words in the other case.
fn reformatted(text: &str) -> String {
    let (source, tokens) = tokens(text);
    let mut result = String::from("\r\n\t");
    let mut end = 0;
    for token in tokens {
        let is_apart = token.span.start > end;
        end = token.span.end;
        if token.kind.is_comment() && !is_directive(&source, token) {
            result.push_str("\r\n");
            continue;
        }
        if is_apart {
            result.push_str(" /* x; ' */ -- why\r\n  ");
        }
        let written = source.slice(token.span);
        match token.kind {
            // The placeholder has one spelling.
            TokenKind::Word if written.contains('{') => result.push_str(written),
            TokenKind::Word if written.chars().any(|c| c.is_ascii_lowercase()) => {
                result.push_str(&written.to_ascii_uppercase());
            }
            TokenKind::Word => result.push_str(&written.to_ascii_lowercase()),
            _ => result.push_str(&written.replace('\n', "\r\n")),
        }
        if token.kind.is_comment() {
            result.push_str("\r\n");
        }
    }
    result
}

#[test]
fn reformatting_changes_no_checksum_and_no_statement() {
    for (path, text) in texts() {
        let other = reformatted(&text);
        let path = path.display();
        assert_eq!(checksum(&text), checksum(&other), "{path}\n{other}");
        assert!(same_passages(&text, &other), "{path}\n{other}");
    }
}

#[test]
fn a_change_of_any_token_changes_the_checksum_and_a_statement() {
    for (path, text) in texts() {
        let before = checksum(&text);
        let (source, tokens) = tokens(&text);
        for token in tokens {
            let written = source.slice(token.span);
            let other = match token.kind {
                TokenKind::LineComment if !is_directive(&source, token) => continue,
                TokenKind::HashComment | TokenKind::BlockComment | TokenKind::Delimiter => continue,
                TokenKind::LineComment => format!("{written} more"),
                TokenKind::Word => format!("{written}_x"),
                TokenKind::Number => format!("{written}1"),
                TokenKind::Comma => " or ".to_owned(),
                kind if kind.is_quoted_name() || kind == TokenKind::String => {
                    let quote = &written[written.len() - 1..];
                    format!("{} {quote}", &written[..written.len() - 1])
                }
                _ => format!("{written} 1 "),
            };
            let Span { start, end } = token.span;
            let changed = format!("{}{other}{}", &text[..start], &text[end..]);
            let place = format!("{}: {written} to {other}", path.display());
            assert_ne!(checksum(&changed), before, "{place}");
            assert!(!same_passages(&text, &changed), "{place}");
        }
    }
}
