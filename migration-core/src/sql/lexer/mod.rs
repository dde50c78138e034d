//! Text to tokens, over the union of the lexical rules of all engines.
//!
//! What only one engine reads its own way is in [`Rules`]. Every byte is looked at a constant
//! number of times, whatever the text: sections may hold tens of megabytes.

mod quoted;
mod word;

use std::sync::Arc;

use super::error::{Opening, SqlError};
use super::token::{Token, TokenKind};
use crate::text::{Place, Source, Span};

/// Where engines read the same characters differently.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Rules {
    /// Whether a backslash escapes inside `'...'`.
    pub(super) backslash_escapes: bool,
    /// Whether `#` opens a comment anywhere; else only where it can be nothing else.
    pub(super) hash_comments: bool,
    /// Whether `--` in the middle of a line needs a blank behind it to open a comment.
    pub(super) spaced_dashes: bool,
}

impl Rules {
    /// The SQL standard's rules.
    pub(super) const STANDARD: Self = Self {
        backslash_escapes: false,
        hash_comments: false,
        spaced_dashes: false,
    };
    /// MySQL's rules.
    pub(super) const MYSQL: Self = Self {
        backslash_escapes: true,
        hash_comments: true,
        spaced_dashes: true,
    };
}

/// Bytes that count of what `DELIMITER` chooses.
const LONGEST_DELIMITER: usize = 15;

/// Cuts one span of a source into tokens, one at a time.
pub(super) struct Lexer<'a> {
    source: &'a Arc<Source>,
    /// The source up to the end of the span.
    text: &'a str,
    at: usize,
    rules: Rules,
    /// What `DELIMITER` chose; none means `;`.
    delimiter: Option<&'a str>,
    /// Whether the next token opens a statement.
    fresh: bool,
    /// False once nested comments were seen not to close: from then on none nests, so that the
    /// text is not searched again for each.
    nesting: bool,
    steps: usize,
}

impl<'a> Lexer<'a> {
    /// Starts at the beginning of `span`.
    pub(super) fn new(source: &'a Arc<Source>, span: Span, rules: Rules) -> Self {
        Self {
            source,
            text: &source.text()[..span.end],
            at: span.start,
            rules,
            delimiter: None,
            fresh: true,
            nesting: true,
            steps: 0,
        }
    }

    /// Goes on by other rules.
    pub(super) fn follow(&mut self, rules: Rules) {
        self.rules = rules;
    }

    /// The next token, comments included; none at the end.
    pub(super) fn next(&mut self) -> Result<Option<Token>, SqlError> {
        loop {
            self.skip_blanks();
            if !(self.fresh && self.read_delimiter_line()?) {
                break;
            }
        }
        if self.at >= self.text.len() {
            return Ok(None);
        }
        let start = self.at;
        let kind = self.scan()?;
        self.fresh = kind == TokenKind::Delimiter || (self.fresh && kind.is_comment());
        self.steps += self.at - start;
        Ok(Some(Token {
            kind,
            span: Span::new(start, self.at),
        }))
    }

    /// What is left, blanks aside, and where it begins; none where something else than `;` ends a
    /// statement.
    pub(super) fn left(&mut self) -> Option<(&'a str, usize)> {
        self.skip_blanks();
        let is_usual = self.fresh && self.delimiter.is_none();
        is_usual.then(|| (&self.text[self.at..], self.at))
    }

    /// Goes on behind a statement that ends here and the sign that ends it.
    pub(super) fn skip_statement(&mut self, end: usize) {
        self.at = end + 1;
    }

    /// How many bytes were looked at, searches that were taken back included.
    #[cfg(test)]
    pub(super) fn steps(&self) -> usize {
        self.steps
    }

    fn bytes(&self) -> &'a [u8] {
        self.text.as_bytes()
    }

    fn byte(&self, offset: usize) -> Option<u8> {
        self.bytes().get(self.at + offset).copied()
    }

    fn starts_with(&self, prefix: &str) -> bool {
        self.bytes()[self.at..].starts_with(prefix.as_bytes())
    }

    fn at_delimiter(&self) -> bool {
        self.delimiter
            .is_some_and(|delimiter| self.starts_with(delimiter))
    }

    fn unterminated(&self, opening: Opening, start: usize, length: usize) -> SqlError {
        SqlError::Unterminated {
            opening,
            place: Place::new(self.source, Span::new(start, start + length)),
        }
    }

    fn skip_blanks(&mut self) {
        while let Some(byte) = self.byte(0) {
            if byte.is_ascii_whitespace() || byte == 0x0b {
                self.at += 1;
            } else if self.starts_with("\u{feff}") {
                self.at += '\u{feff}'.len_utf8();
            } else {
                return;
            }
            self.steps += 1;
        }
    }

    /// Reads a `DELIMITER xx` line of MySQL's client, if one stands here.
    fn read_delimiter_line(&mut self) -> Result<bool, SqlError> {
        const KEYWORD: &str = "delimiter";
        let rest = &self.bytes()[self.at..];
        let is_line = rest
            .get(..KEYWORD.len())
            .is_some_and(|word| word.eq_ignore_ascii_case(KEYWORD.as_bytes()))
            && rest
                .get(KEYWORD.len())
                .is_none_or(|byte| byte.is_ascii_whitespace());
        if !is_line {
            return Ok(false);
        }
        let end = self.line_end();
        let chosen = self.text[self.at + KEYWORD.len()..end].split_ascii_whitespace();
        let Some(delimiter) = chosen.into_iter().next() else {
            return Err(SqlError::MissingDelimiter {
                place: Place::new(self.source, Span::new(self.at, end)),
            });
        };
        // MySQL's client reads no more of it either.
        let mut length = delimiter.len().min(LONGEST_DELIMITER);
        while !delimiter.is_char_boundary(length) {
            length -= 1;
        }
        self.delimiter = (delimiter != ";").then_some(&delimiter[..length]);
        self.at = end;
        Ok(true)
    }

    /// Where this line ends, before its line end characters.
    fn line_end(&self) -> usize {
        let rest = &self.bytes()[self.at..];
        let length = rest
            .iter()
            .position(|byte| matches!(byte, b'\n' | b'\r'))
            .unwrap_or(rest.len());
        self.at + length
    }

    fn scan(&mut self) -> Result<TokenKind, SqlError> {
        if let Some(delimiter) = self.delimiter
            && self.at_delimiter()
        {
            self.at += delimiter.len();
            return Ok(TokenKind::Delimiter);
        }
        let byte = self.bytes()[self.at];
        match byte {
            b'-' if self.opens_dash_comment() => Ok(self.line_comment(TokenKind::LineComment)),
            b'#' if self.opens_hash_comment() => Ok(self.line_comment(TokenKind::HashComment)),
            b'/' if self.byte(1) == Some(b'*') => self.block_comment(),
            b'\'' => self.string(self.rules.backslash_escapes),
            b'"' => self.quoted(b'"', Opening::Name, TokenKind::Name),
            b'`' => self.quoted(b'`', Opening::Backquoted, TokenKind::Backquoted),
            b'$' => self.dollar(),
            b'.' if self.opens_fraction() => Ok(self.number()),
            b'0'..=b'9' => Ok(self.number()),
            _ => match punctuation(byte) {
                Some(kind) => {
                    self.at += 1;
                    Ok(
                        if kind == TokenKind::Semicolon && self.delimiter.is_none() {
                            TokenKind::Delimiter
                        } else {
                            kind
                        },
                    )
                }
                None => self.word_or_operator(),
            },
        }
    }

    fn word_or_operator(&mut self) -> Result<TokenKind, SqlError> {
        if let Some(kind) = self.prefixed_string()? {
            return Ok(kind);
        }
        if self.word_length() > 0 {
            self.word();
            return Ok(TokenKind::Word);
        }
        if self.operator() {
            return Ok(TokenKind::Operator);
        }
        self.at += self.text[self.at..]
            .chars()
            .next()
            .map_or(1, char::len_utf8);
        Ok(TokenKind::Other)
    }

    /// Two hyphens open a comment; by [`Rules::spaced_dashes`] they are two minus signs without a
    /// blank behind them, unless the line holds nothing before them.
    fn opens_dash_comment(&self) -> bool {
        if self.byte(1) != Some(b'-') {
            return false;
        }
        !self.rules.spaced_dashes
            || self.byte(2).is_none_or(|byte| byte.is_ascii_whitespace())
            || self.opens_line()
    }

    /// Without [`Rules::hash_comments`], `#` is an operator of PostgreSQL unless it opens a line
    /// and is followed by what no operator is followed by.
    fn opens_hash_comment(&self) -> bool {
        self.rules.hash_comments
            || (self.opens_line()
                && self
                    .byte(1)
                    .is_none_or(|byte| byte.is_ascii_whitespace() || byte.is_ascii_alphabetic()))
    }

    fn opens_line(&self) -> bool {
        self.bytes()[..self.at]
            .iter()
            .rev()
            .find(|byte| !matches!(byte, b' ' | b'\t'))
            .is_none_or(|byte| matches!(byte, b'\n' | b'\r' | 0xbf))
    }

    fn line_comment(&mut self, kind: TokenKind) -> TokenKind {
        self.at = self.line_end();
        kind
    }
}

fn punctuation(byte: u8) -> Option<TokenKind> {
    Some(match byte {
        b'(' => TokenKind::Open,
        b')' => TokenKind::Close,
        b'[' => TokenKind::OpenBracket,
        b']' => TokenKind::CloseBracket,
        b',' => TokenKind::Comma,
        b'.' => TokenKind::Dot,
        b';' => TokenKind::Semicolon,
        _ => return None,
    })
}
