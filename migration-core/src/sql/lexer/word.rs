//! Words, numbers and operators.

use super::Lexer;
use crate::sql::prefix;
use crate::sql::token::TokenKind;

impl Lexer<'_> {
    /// The bytes of the word character at this place, `{prefix}` being one; zero when there is none.
    pub(super) fn word_length(&self) -> usize {
        match self.byte(0) {
            Some(b'a'..=b'z' | b'A'..=b'Z' | b'_') => 1,
            Some(b'{') => prefix::mark_length(&self.bytes()[self.at..]),
            Some(byte) if byte >= 0x80 => 1,
            _ => 0,
        }
    }

    /// Reads a word, or the rest of one.
    pub(super) fn word(&mut self) {
        loop {
            if self.at_delimiter() {
                return;
            }
            let length = match self.byte(0) {
                Some(b'0'..=b'9' | b'$') => 1,
                _ => self.word_length(),
            };
            if length == 0 {
                return;
            }
            self.at += length;
        }
    }

    /// Whether the point here begins a number: not behind a name, where it takes a name apart.
    pub(super) fn opens_fraction(&self) -> bool {
        let behind_name = self.at.checked_sub(1).is_some_and(|before| {
            let byte = self.bytes()[before];
            byte.is_ascii_alphanumeric() || byte >= 0x80 || b"_\"`]}.".contains(&byte)
        });
        !behind_name && self.byte(1).is_some_and(|byte| byte.is_ascii_digit())
    }

    /// Reads a number; a name that begins with digits (MySQL) is a word.
    pub(super) fn number(&mut self) -> TokenKind {
        self.digits();
        if self.byte(0) == Some(b'.') && self.byte(1) != Some(b'.') {
            self.at += 1;
            self.digits();
        }
        if matches!(self.byte(0), Some(b'e' | b'E')) {
            let sign = usize::from(matches!(self.byte(1), Some(b'+' | b'-')));
            if self
                .byte(1 + sign)
                .is_some_and(|byte| byte.is_ascii_digit())
            {
                self.at += 1 + sign;
                self.digits();
            }
        }
        let end = self.at;
        let is_hexadecimal = matches!(self.byte(0), Some(b'x' | b'X'));
        self.word();
        if self.at == end || is_hexadecimal {
            TokenKind::Number
        } else {
            TokenKind::Word
        }
    }

    fn digits(&mut self) {
        while self
            .byte(0)
            .is_some_and(|byte| byte.is_ascii_digit() || byte == b'_')
        {
            self.at += 1;
        }
    }

    /// Reads one operator; false when none stands here.
    pub(super) fn operator(&mut self) -> bool {
        let start = self.at;
        let most = self.at + LONGEST_OPERATOR;
        if self.byte(0) == Some(b':') {
            self.at += 1;
            if matches!(self.byte(0), Some(b':' | b'=')) {
                self.at += 1;
            }
            return true;
        }
        while let Some(byte) = self.byte(0) {
            let ends = !is_operator(byte)
                || self.at == most
                || self.at_delimiter()
                || self.starts_with("--")
                || self.starts_with("/*");
            if ends && (self.at > start || !is_operator(byte)) {
                break;
            }
            self.at += 1;
        }
        self.give_back_sign(start);
        self.at > start
    }

    /// An operator of several characters ends in a sign only when it holds a character that no
    /// standard operator holds, so that `a=-1` is `=` and `-1`.
    fn give_back_sign(&mut self, start: usize) {
        let bytes = self.bytes();
        let is_exotic = bytes[start..self.at]
            .iter()
            .any(|byte| b"~!@#%^&|?".contains(byte));
        while !is_exotic && self.at - start > 1 && matches!(bytes[self.at - 1], b'+' | b'-') {
            self.at -= 1;
        }
    }
}

/// Bytes of the longest operator of PostgreSQL, the only engine with operators of any length. A
/// longer run of signs is several, so that none is looked at again and again.
const LONGEST_OPERATOR: usize = 63;

fn is_operator(byte: u8) -> bool {
    b"+-*/<>=~!@#%^&|?".contains(&byte)
}
