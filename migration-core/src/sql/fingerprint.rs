//! The checksum of a revision's meaning: reformatting does not change it.

use std::sync::Arc;

use sha2::{Digest, Sha256};

use super::directive;
use super::error::SqlError;
use super::lexer::{Lexer, Rules};
use super::token::{Token, TokenKind};
use crate::text::{Source, Span};

/// Computes the checksum of `spans`, a SHA-256.
///
/// It covers tokens and directives, before the prefix is put in place. Comments, white space, line
/// ends, the case of unquoted words, a last semicolon and `allow` do not count; neither does which
/// `DELIMITER` was chosen. Where engines read the same characters differently, both readings
/// count, so that the checksum is the same on every engine.
///
/// # Errors
///
/// Text that no engine could read.
pub fn fingerprint(source: &Arc<Source>, spans: &[Span]) -> Result<[u8; 32], SqlError> {
    let mut hash = Sha256::new();
    for span in spans {
        let standard = digest(source, *span, Rules::STANDARD);
        let mysql = if is_read_differently(source.slice(*span)) {
            digest(source, *span, OTHER_READING).ok()
        } else {
            None
        };
        match (standard, mysql) {
            (Ok(standard), None) => hash.update(standard),
            (Ok(standard), Some(mysql)) if standard == mysql => hash.update(standard),
            (Ok(standard), Some(mysql)) => {
                hash.update(standard);
                hash.update(mysql);
            }
            (Err(_), Some(mysql)) => hash.update(mysql),
            (Err(error), None) => return Err(error),
        }
    }
    Ok(hash.finalize().into())
}

/// Whether the text holds a character that the engines' lexical rules differ about.
pub(super) fn is_read_differently(text: &str) -> bool {
    text.contains(['\\', '#'])
}

/// MySQL's reading, but for `5--1`: a comment without a blank is far more likely.
pub(super) const OTHER_READING: Rules = Rules {
    spaced_dashes: false,
    ..Rules::MYSQL
};

fn digest(source: &Arc<Source>, span: Span, rules: Rules) -> Result<[u8; 32], SqlError> {
    let mut lexer = Lexer::new(source, span, rules);
    let mut counted = Vec::with_capacity(4 * source.slice(span).len());
    let mut text = Vec::new();
    let mut pending_delimiter = false;
    while let Some(token) = lexer.next()? {
        if token.kind == TokenKind::Delimiter {
            pending_delimiter = !counted.is_empty();
            continue;
        }
        text.clear();
        if !meaning(source, token, &mut text) {
            continue;
        }
        if pending_delimiter {
            count(&mut counted, b";");
            pending_delimiter = false;
        }
        count(&mut counted, &text);
    }
    Ok(Sha256::digest(&counted).into())
}

/// Each token with its length before it, so that no two sequences look alike.
fn count(counted: &mut Vec<u8>, text: &[u8]) {
    counted.extend_from_slice(&(text.len() as u64).to_le_bytes());
    counted.extend_from_slice(text);
}

/// Appends what of a token counts; false for a comment that is no directive.
pub(super) fn meaning(source: &Source, token: Token, into: &mut Vec<u8>) -> bool {
    let text = source.slice(token.span);
    if token.kind.is_comment() {
        return directive_meaning(source, token, into);
    }
    let start = into.len();
    into.extend_from_slice(text.as_bytes());
    if matches!(token.kind, TokenKind::Word | TokenKind::Number) {
        into[start..].make_ascii_lowercase();
    } else if text.contains("\r\n") {
        into.truncate(start);
        into.extend_from_slice(text.replace("\r\n", "\n").as_bytes());
    }
    true
}

fn directive_meaning(source: &Source, token: Token, into: &mut Vec<u8>) -> bool {
    let Some(body) = directive::body(source, token.span) else {
        return false;
    };
    let spread = source.slice(body).replace(',', " , ");
    let words: Vec<_> = spread.split_whitespace().collect();
    // What is accepted of a statement does not change what it does.
    let first = words.first();
    if first.is_some_and(|word| word.eq_ignore_ascii_case("allow")) {
        return false;
    }
    into.extend_from_slice(b"-- migrate: ");
    into.extend_from_slice(words.join(" ").as_bytes());
    true
}
