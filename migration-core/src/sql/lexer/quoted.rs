//! What has an opening and a closing: strings, quoted names, dollar quotes, block comments.

use super::super::error::{Opening, SqlError};
use super::super::token::TokenKind;
use super::Lexer;

impl Lexer<'_> {
    /// Reads `'...'`; a doubled quote stays inside, and so does an escaped one where it is legal.
    pub(super) fn string(&mut self, backslash_escapes: bool) -> Result<TokenKind, SqlError> {
        let start = self.at;
        self.at += 1;
        loop {
            match self.byte(0) {
                None => return Err(self.unterminated(Opening::String, start, 1)),
                Some(b'\\') if backslash_escapes => self.at = (self.at + 2).min(self.text.len()),
                Some(b'\'') if self.byte(1) == Some(b'\'') => self.at += 2,
                Some(b'\'') => break,
                Some(_) => self.at += 1,
            }
        }
        self.at += 1;
        Ok(TokenKind::String)
    }

    /// Reads a name in quotes; a doubled quote stays inside.
    pub(super) fn quoted(
        &mut self,
        quote: u8,
        opening: Opening,
        kind: TokenKind,
    ) -> Result<TokenKind, SqlError> {
        let start = self.at;
        self.at += 1;
        loop {
            match self.byte(0) {
                None => return Err(self.unterminated(opening, start, 1)),
                Some(byte) if byte == quote && self.byte(1) == Some(quote) => self.at += 2,
                Some(byte) if byte == quote => break,
                Some(_) => self.at += 1,
            }
        }
        self.at += 1;
        Ok(kind)
    }

    /// Reads a string with letters before its quote (`E'...'`, `X'...'`, `U&"..."`), if one is here.
    pub(super) fn prefixed_string(&mut self) -> Result<Option<TokenKind>, SqlError> {
        let letters = match (self.byte(0), self.byte(1), self.byte(2)) {
            (Some(b'e' | b'E' | b'b' | b'B' | b'x' | b'X' | b'n' | b'N'), Some(b'\''), _) => 1,
            (Some(b'u' | b'U'), Some(b'&'), Some(b'\'' | b'"')) => 2,
            _ => return Ok(None),
        };
        let escapes = matches!(self.byte(0), Some(b'e' | b'E'));
        self.at += letters;
        if self.byte(0) == Some(b'"') {
            return self
                .quoted(b'"', Opening::Name, TokenKind::OtherString)
                .map(Some);
        }
        let national = self.rules.backslash_escapes && matches!(letters, 1);
        self.string(escapes || national)?;
        Ok(Some(if escapes {
            TokenKind::EscapeString
        } else {
            TokenKind::OtherString
        }))
    }

    /// Reads `$tag$...$tag$`, or `$1` and the like.
    pub(super) fn dollar(&mut self) -> Result<TokenKind, SqlError> {
        let Some(length) = self.dollar_tag() else {
            self.at += 1;
            while self
                .byte(0)
                .is_some_and(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
            {
                self.at += 1;
            }
            return Ok(TokenKind::Other);
        };
        let start = self.at;
        let body = start + length;
        let tag = &self.text[start..body];
        let Some(end) = self.text[body..].find(tag) else {
            return Err(self.unterminated(Opening::Dollar, start, length));
        };
        self.at = body + end + length;
        Ok(TokenKind::Dollar)
    }

    /// The length of `$tag$` with its dollar signs, if that is what stands here.
    fn dollar_tag(&self) -> Option<usize> {
        let mut length = 1;
        loop {
            match self.byte(length)? {
                b'$' => return Some(length + 1),
                b'0'..=b'9' if length == 1 => return None,
                byte if byte.is_ascii_alphanumeric() || byte == b'_' || byte >= 0x80 => length += 1,
                _ => return None,
            }
        }
    }

    /// Reads `/* ... */`. PostgreSQL nests them and the others do not: they nest as long as the
    /// text comes out even that way.
    pub(super) fn block_comment(&mut self) -> Result<TokenKind, SqlError> {
        let start = self.at;
        let kind = match (self.byte(2), self.byte(3)) {
            (Some(b'!' | b'+'), _) | (Some(b'M'), Some(b'!')) => TokenKind::Embedded,
            _ => TokenKind::BlockComment,
        };
        if self.nesting {
            if let Some(end) = self.nested_end() {
                self.at = end;
                return Ok(kind);
            }
            self.nesting = false;
            self.steps += self.text.len() - start;
        }
        let Some(length) = self.text[start + 2..].find("*/") else {
            return Err(self.unterminated(Opening::Comment, start, 2));
        };
        self.at = start + 2 + length + 2;
        Ok(kind)
    }

    fn nested_end(&self) -> Option<usize> {
        let bytes = self.bytes();
        let mut at = self.at + 2;
        let mut depth = 1;
        while depth > 0 {
            match (bytes.get(at)?, bytes.get(at + 1)) {
                (b'/', Some(b'*')) => {
                    depth += 1;
                    at += 2;
                }
                (b'*', Some(b'/')) => {
                    depth -= 1;
                    at += 2;
                }
                _ => at += 1,
            }
        }
        Some(at)
    }
}
