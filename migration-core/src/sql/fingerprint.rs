//! The checksum of a revision's meaning: reformatting does not change it.

use std::sync::Arc;

use sha2::{Digest, Sha256};

use super::directive;
use super::error::SqlError;
use super::lexer::{Lexer, Rules};
use super::token::{Token, TokenKind};
use crate::text::{Source, Span};

/// Computes the checksum of `spans`, as hexadecimal SHA-256.
///
/// It covers tokens and directives, before the prefix is put in place. Comments, white space, line
/// ends, the case of unquoted words, a last semicolon and `allow` do not count; neither does which
/// `DELIMITER` was chosen. Where engines read the same characters differently, both readings
/// count, so that the checksum is the same on every engine.
///
/// # Errors
///
/// Text that no engine could read.
pub fn fingerprint(source: &Arc<Source>, spans: &[Span]) -> Result<String, SqlError> {
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
    Ok(hexadecimal(&hash.finalize()))
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
    let mut hash = Sha256::new();
    let mut lexer = Lexer::new(source, span, rules);
    let mut pending_delimiter = false;
    let mut is_empty = true;
    while let Some(token) = lexer.next()? {
        if token.kind == TokenKind::Delimiter {
            pending_delimiter = !is_empty;
            continue;
        }
        let Some(text) = meaning(source, token) else {
            continue;
        };
        if pending_delimiter {
            feed(&mut hash, b";");
            pending_delimiter = false;
        }
        is_empty = false;
        feed(&mut hash, text.as_bytes());
    }
    Ok(hash.finalize().into())
}

/// Each token with its length before it, so that no two sequences look alike.
fn feed(hash: &mut Sha256, text: &[u8]) {
    hash.update((text.len() as u64).to_le_bytes());
    hash.update(text);
}

/// What of a token counts; none for a comment that is no directive.
pub(super) fn meaning(source: &Source, token: Token) -> Option<String> {
    let text = source.slice(token.span);
    if token.kind.is_comment() {
        let body = directive::body(source, token.span)?;
        let spread = source.slice(body).replace(',', " , ");
        let words: Vec<_> = spread.split_whitespace().collect();
        // What is accepted of a statement does not change what it does.
        if words
            .first()
            .is_some_and(|word| word.eq_ignore_ascii_case("allow"))
        {
            return None;
        }
        return Some(format!("-- migrate: {}", words.join(" ")));
    }
    let case_counts = !matches!(token.kind, TokenKind::Word | TokenKind::Number);
    Some(if case_counts {
        text.replace("\r\n", "\n")
    } else {
        text.to_ascii_lowercase()
    })
}

fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
