//! A place in the tokens of one statement, with the questions that the parsers ask.
//!
//! Every reader returns none when something else stands here; then the statement as a whole stays
//! as it was written.

use std::borrow::Cow;
use std::sync::Arc;

use super::token::{Token, TokenKind};
use super::{Fold, ParseOptions, prefix};
use crate::schema::{Ident, ObjectName};
use crate::text::{Source, Span};

/// Walks over the tokens of one statement, which are free of comments.
pub(super) struct Cursor<'a> {
    source: &'a Arc<Source>,
    tokens: &'a [Token],
    at: usize,
    options: &'a ParseOptions,
}

impl<'a> Cursor<'a> {
    /// Starts at the first token.
    pub(super) fn new(
        source: &'a Arc<Source>,
        tokens: &'a [Token],
        options: &'a ParseOptions,
    ) -> Self {
        Self {
            source,
            tokens,
            at: 0,
            options,
        }
    }

    /// Where it stands, for [`reset`](Self::reset) and [`since`](Self::since).
    pub(super) fn mark(&self) -> usize {
        self.at
    }

    /// Goes back to a mark.
    pub(super) fn reset(&mut self, mark: usize) {
        self.at = mark;
    }

    /// The tokens between a mark and here.
    pub(super) fn since(&self, mark: usize) -> &'a [Token] {
        &self.tokens[mark..self.at]
    }

    /// The token here.
    pub(super) fn peek(&self) -> Option<Token> {
        self.peek_at(0)
    }

    /// The token `distance` behind the one here.
    pub(super) fn peek_at(&self, distance: usize) -> Option<Token> {
        self.tokens.get(self.at + distance).copied()
    }

    /// The kind of the token here.
    pub(super) fn kind(&self) -> Option<TokenKind> {
        self.peek().map(|token| token.kind)
    }

    /// Passes one token.
    pub(super) fn advance(&mut self) -> Option<Token> {
        let token = self.peek()?;
        self.at += 1;
        Some(token)
    }

    /// Whether nothing is left.
    pub(super) fn is_at_end(&self) -> bool {
        self.at >= self.tokens.len()
    }

    /// Something, when nothing is left.
    pub(super) fn end(&self) -> Option<()> {
        self.is_at_end().then_some(())
    }

    /// The text of a token as written.
    pub(super) fn slice(&self, token: Token) -> &'a str {
        self.source.slice(token.span)
    }

    /// The text of a token with the prefix in place.
    pub(super) fn text(&self, token: Token) -> Cow<'a, str> {
        prefix::expand(self.source.slice(token.span), &self.options.prefix)
    }

    /// Whether these key words stand here.
    pub(super) fn at_words(&self, words: &[&str]) -> bool {
        words.iter().enumerate().all(|(distance, word)| {
            self.peek_at(distance).is_some_and(|token| {
                token.kind == TokenKind::Word && self.slice(token).eq_ignore_ascii_case(word)
            })
        })
    }

    /// Whether this key word stands here.
    pub(super) fn at_word(&self, word: &str) -> bool {
        self.at_words(&[word])
    }

    /// Whether one of these key words stands here.
    pub(super) fn at_any(&self, words: &[&str]) -> bool {
        let here = self.peek().filter(|token| token.kind == TokenKind::Word);
        here.is_some_and(|token| {
            let here = self.slice(token);
            words.iter().any(|word| here.eq_ignore_ascii_case(word))
        })
    }

    /// Passes these key words if they stand here.
    pub(super) fn accept(&mut self, words: &[&str]) -> bool {
        let accepted = self.at_words(words);
        if accepted {
            self.at += words.len();
        }
        accepted
    }

    /// Passes these key words, which must stand here.
    pub(super) fn expect(&mut self, words: &[&str]) -> Option<()> {
        self.accept(words).then_some(())
    }

    /// Passes a token of this kind if it stands here.
    pub(super) fn accept_kind(&mut self, kind: TokenKind) -> bool {
        let accepted = self.kind() == Some(kind);
        self.at += usize::from(accepted);
        accepted
    }

    /// Passes a token of this kind, which must stand here.
    pub(super) fn expect_kind(&mut self, kind: TokenKind) -> Option<()> {
        self.accept_kind(kind).then_some(())
    }

    /// Passes this operator if it stands here.
    pub(super) fn accept_operator(&mut self, operator: &str) -> bool {
        let accepted = self.peek().is_some_and(|token| {
            token.kind == TokenKind::Operator && self.slice(token) == operator
        });
        self.at += usize::from(accepted);
        accepted
    }

    /// Reads `IF EXISTS`.
    pub(super) fn if_exists(&mut self) -> bool {
        self.accept(&["IF", "EXISTS"])
    }

    /// Reads `IF NOT EXISTS`.
    pub(super) fn if_not_exists(&mut self) -> bool {
        self.accept(&["IF", "NOT", "EXISTS"])
    }

    /// Reads `CASCADE` (true) or `RESTRICT`, which is the rule, or neither.
    pub(super) fn cascade(&mut self) -> bool {
        let cascade = self.accept(&["CASCADE"]);
        if !cascade {
            self.accept(&["RESTRICT"]);
        }
        cascade
    }

    /// Reads a name: a word, folded as the engine folds, or a quoted name as it is. Where a name
    /// must stand, `[name]` cannot be an array.
    pub(super) fn ident(&mut self) -> Option<Ident> {
        let token = self.peek()?;
        if token.kind == TokenKind::OpenBracket {
            return self.bracketed();
        }
        let ident = self.to_ident(token)?;
        self.at += 1;
        Some(ident)
    }

    /// Reads `[name]` (SQLite), whatever stands inside.
    fn bracketed(&mut self) -> Option<Ident> {
        let open = self.advance()?;
        loop {
            let token = self.advance()?;
            if token.kind == TokenKind::CloseBracket {
                let inside = Span::new(open.span.end, token.span.start);
                let name = prefix::expand(self.source.slice(inside), &self.options.prefix);
                return (!name.is_empty()).then(|| Ident::new(name));
            }
        }
    }

    /// The name that a token is.
    pub(super) fn to_ident(&self, token: Token) -> Option<Ident> {
        let text = self.text(token);
        if token.kind == TokenKind::Word {
            return Some(match self.options.fold {
                Fold::Lower => Ident::new(text).to_lower(),
                Fold::Keep => Ident::new(text),
            });
        }
        let is_quoted = token.kind.is_quoted_name();
        is_quoted.then(|| Ident::new(unquote(&text, &text[..1])))
    }

    /// Reads a name with an optional schema before it; a third part is beyond us.
    pub(super) fn object_name(&mut self) -> Option<ObjectName> {
        let first = self.ident()?;
        if !self.accept_kind(TokenKind::Dot) {
            return Some(ObjectName {
                schema: None,
                name: first,
            });
        }
        let name = self.ident()?;
        (self.kind() != Some(TokenKind::Dot)).then_some(ObjectName {
            schema: Some(first),
            name,
        })
    }

    /// How many commas stand here and behind.
    pub(super) fn commas(&self) -> usize {
        let left = self.tokens[self.at..].iter();
        left.filter(|it| it.kind == TokenKind::Comma).count()
    }

    /// Reads `(a, b, ...)`.
    pub(super) fn ident_list(&mut self) -> Option<Vec<Ident>> {
        self.expect_kind(TokenKind::Open)?;
        let mut names = vec![self.ident()?];
        while self.accept_kind(TokenKind::Comma) {
            names.push(self.ident()?);
        }
        self.expect_kind(TokenKind::Close)?;
        Some(names)
    }

    /// Reads `a, b, ...`, each with an optional schema.
    pub(super) fn object_names(&mut self) -> Option<Vec<ObjectName>> {
        let mut names = vec![self.object_name()?];
        while self.accept_kind(TokenKind::Comma) {
            names.push(self.object_name()?);
        }
        Some(names)
    }

    /// The text of tokens as it was written, line ends and comments included; the prefix is in
    /// place, and names in backticks stand in double quotes, which every engine reads.
    pub(super) fn as_written(&self, tokens: &[Token]) -> Option<String> {
        let mut text = String::new();
        let mut end = tokens.first()?.span.start;
        for token in tokens {
            text.push_str(self.source.slice(Span::new(end, token.span.start)));
            if token.kind == TokenKind::Backquoted {
                let name = self.to_ident(*token)?;
                text.push_str(&format!("\"{}\"", name.as_str().replace('"', "\"\"")));
            } else {
                text.push_str(&self.text(*token));
            }
            end = token.span.end;
        }
        Some(text)
    }

    /// Reads a whole number.
    pub(super) fn number<N: std::str::FromStr>(&mut self) -> Option<N> {
        let token = self.peek()?;
        if token.kind != TokenKind::Number {
            return None;
        }
        let number = self.slice(token).parse().ok()?;
        self.at += 1;
        Some(number)
    }

    /// Reads a string as its value; forms that only an engine can read are none.
    pub(super) fn string(&mut self) -> Option<String> {
        let token = self.peek()?;
        let text = self.text(token);
        let value = if token.kind == TokenKind::String {
            if self.options.backslash_escapes {
                unescape(&text)
            } else {
                unquote(&text, "'").into_owned()
            }
        } else if token.kind == TokenKind::Dollar {
            let tag = text.get(1..)?.find('$')? + 2;
            text.get(tag..text.len() - tag)?.to_owned()
        } else {
            return None;
        };
        self.at += 1;
        Some(value)
    }

    /// Reads the text of a comment; every engine takes an empty one for none.
    pub(super) fn comment(&mut self) -> Option<Option<String>> {
        let comment = self.string()?;
        Some((!comment.is_empty()).then_some(comment))
    }

    /// Passes from an opening parenthesis to its partner; returns the tokens between.
    pub(super) fn parenthesised(&mut self) -> Option<&'a [Token]> {
        self.expect_kind(TokenKind::Open)?;
        let start = self.at;
        let mut depth = 1;
        loop {
            depth += self.advance()?.kind.depth();
            if depth == 0 {
                return Some(&self.tokens[start..self.at - 1]);
            }
        }
    }

    /// A cursor over some of the tokens.
    pub(super) fn within(&self, tokens: &'a [Token]) -> Self {
        Self {
            source: self.source,
            tokens,
            at: 0,
            options: self.options,
        }
    }
}

/// The value between quotes as MySQL reads it.
/// <https://dev.mysql.com/doc/refman/8.4/en/string-literals.html>
fn unescape(text: &str) -> String {
    let mut value = String::with_capacity(text.len());
    let mut rest = text[1..text.len() - 1].chars().peekable();
    while let Some(sign) = rest.next() {
        let escaped = if sign == '\\' { rest.next() } else { None };
        match escaped {
            Some('0') => value.push('\0'),
            Some('b') => value.push('\u{8}'),
            Some('n') => value.push('\n'),
            Some('r') => value.push('\r'),
            Some('t') => value.push('\t'),
            Some('Z') => value.push('\u{1a}'),
            Some(wildcard @ ('%' | '_')) => value.extend(['\\', wildcard]),
            Some(other) => value.push(other),
            None => {
                value.push(sign);
                if sign == '\'' {
                    rest.next_if_eq(&'\'');
                }
            }
        }
    }
    value
}

/// The value between quotes, doubled ones made single.
fn unquote<'t>(text: &'t str, quote: &str) -> Cow<'t, str> {
    let inner = &text[1..text.len() - 1];
    match inner.contains(quote) {
        true => Cow::Owned(inner.replace(&quote.repeat(2), quote)),
        false => Cow::Borrowed(inner),
    }
}
