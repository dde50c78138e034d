//! Whether a semicolon ends a statement or stands inside a body: `BEGIN ... END` of triggers and
//! routines with what may be nested in it, and the parentheses of `CREATE RULE`.

use super::token::{Token, TokenKind};
use crate::text::Span;

/// Follows one statement, token by token, without its comments.
pub(super) struct Blocks<'a> {
    text: &'a str,
    head: Head,
    seen: usize,
    previous: Option<Token>,
    current: Option<Token>,
    open: Vec<(Block, Span)>,
    /// Of parentheses.
    depth: isize,
}

/// What the first words say about the statement.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Head {
    /// Nothing yet.
    Unknown,
    /// `CREATE` and words that may stand before the kind of object.
    Create,
    /// `CREATE DEFINER = somebody`.
    Definer,
    /// `BEGIN`, perhaps of `BEGIN NOT ATOMIC`.
    Begin,
    /// `ALTER`, perhaps of `ALTER EVENT`.
    Alter,
    /// May have a body.
    Compound,
    /// Semicolons inside parentheses belong to it.
    Rule,
    /// Ends at the first semicolon.
    Plain,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Block {
    /// Holds statements.
    Statements,
    /// `CASE` inside an expression.
    CaseExpression,
}

impl<'a> Blocks<'a> {
    /// Before the first token of a statement of `text`.
    pub(super) fn new(text: &'a str) -> Self {
        Self {
            text,
            head: Head::Unknown,
            seen: 0,
            previous: None,
            current: None,
            open: Vec::new(),
            depth: 0,
        }
    }

    /// Takes the next token; true when it is a delimiter that ends the statement.
    pub(super) fn ends_with(&mut self, token: Token) -> bool {
        let is_delimiter = token.kind == TokenKind::Delimiter;
        if !is_delimiter {
            self.read_head(token);
        }
        match self.head {
            Head::Compound => {
                self.evaluate(token);
                is_delimiter && self.open.is_empty()
            }
            Head::Rule => {
                self.depth += token.kind.depth();
                is_delimiter && self.depth <= 0
            }
            Head::Unknown
            | Head::Create
            | Head::Definer
            | Head::Begin
            | Head::Alter
            | Head::Plain => is_delimiter,
        }
    }

    /// The word that opened a block which the end of the text leaves open.
    pub(super) fn unclosed(&mut self) -> Option<Span> {
        if self.head == Head::Compound
            && let Some(last) = self.current
        {
            let end = Token {
                kind: TokenKind::Delimiter,
                span: Span::new(last.span.end, last.span.end),
            };
            self.evaluate(end);
        }
        self.open.first().map(|(_, span)| *span)
    }

    fn is(&self, token: Token, words: &[&str]) -> bool {
        token.kind == TokenKind::Word
            && words
                .iter()
                .any(|word| self.slice(token).eq_ignore_ascii_case(word))
    }

    fn slice(&self, token: Token) -> &'a str {
        &self.text[token.span.start..token.span.end]
    }

    fn read_head(&mut self, token: Token) {
        self.seen += 1;
        self.head = match self.head {
            Head::Unknown if self.is(token, &["create"]) => Head::Create,
            Head::Unknown if self.is(token, &["begin"]) => Head::Begin,
            Head::Unknown if self.is(token, &["alter"]) => Head::Alter,
            Head::Create | Head::Definer | Head::Alter if self.is(token, &["event"]) => {
                Head::Compound
            }
            Head::Create | Head::Definer
                if self.is(token, &["trigger", "procedure", "function", "package"]) =>
            {
                Head::Compound
            }
            Head::Create if self.is(token, &["rule"]) => Head::Rule,
            Head::Create if self.is(token, &["definer"]) => Head::Definer,
            Head::Create if self.is(token, &CREATE_MODIFIERS) => Head::Create,
            Head::Definer if self.seen < 16 => Head::Definer,
            Head::Begin if self.is(token, &["not"]) => {
                let begin = self.previous_begin();
                self.open.extend(begin);
                Head::Compound
            }
            Head::Compound => Head::Compound,
            Head::Rule => Head::Rule,
            Head::Unknown
            | Head::Create
            | Head::Definer
            | Head::Begin
            | Head::Alter
            | Head::Plain => Head::Plain,
        };
        if self.head == Head::Begin {
            self.previous = Some(token);
        }
    }

    /// `BEGIN` of `BEGIN NOT ATOMIC`, which was read before it was known to open a block.
    fn previous_begin(&mut self) -> Option<(Block, Span)> {
        let begin = self.previous.take()?;
        Some((Block::Statements, begin.span))
    }

    /// Judges the token before `next`, whose neighbours are then known.
    fn evaluate(&mut self, next: Token) {
        if let Some(current) = self.current
            && current.kind == TokenKind::Word
            && self
                .previous
                .is_none_or(|token| token.kind != TokenKind::Dot)
            && next.kind != TokenKind::Dot
        {
            self.evaluate_word(current, next);
        }
        self.previous = self.current;
        self.current = Some(next);
    }

    fn evaluate_word(&mut self, word: Token, next: Token) {
        if self.is(word, &["end"]) {
            self.open.pop();
            return;
        }
        if self.previous.is_some_and(|token| self.is(token, &["end"])) {
            return;
        }
        let block = if self.is(word, &["case"]) {
            if self.is_statement_position() {
                Block::Statements
            } else {
                Block::CaseExpression
            }
        } else if self.opens_block(word, next) {
            Block::Statements
        } else {
            return;
        };
        self.open.push((block, word.span));
    }

    fn opens_block(&self, word: Token, next: Token) -> bool {
        if matches!(
            next.kind,
            TokenKind::Comma | TokenKind::Close | TokenKind::Dot
        ) || (next.kind == TokenKind::Operator && self.slice(next).contains('='))
        {
            return false;
        }
        if self.is(word, &["begin"]) {
            return !self.previous.is_some_and(|token| {
                matches!(
                    token.kind,
                    TokenKind::Comma | TokenKind::Operator | TokenKind::Open
                ) && self.slice(token) != ":"
            });
        }
        self.is(word, &["if", "loop", "while", "repeat", "for"]) && self.is_statement_position()
    }

    /// Whether a statement begins behind the previous token.
    fn is_statement_position(&self) -> bool {
        let Some(previous) = self.previous else {
            return false;
        };
        match self.open.last() {
            Some((Block::CaseExpression, _)) => false,
            Some((Block::Statements, _)) => {
                matches!(previous.kind, TokenKind::Delimiter | TokenKind::Semicolon)
                    || self.is(previous, &STATEMENT_OPENERS)
                    || self.slice(previous) == ":"
            }
            None => {
                matches!(previous.kind, TokenKind::Close | TokenKind::String)
                    || self.is(previous, &HEAD_ENDERS)
                    || self.slice(previous) == ":"
            }
        }
    }
}

/// What may stand between `CREATE` and the kind of object.
const CREATE_MODIFIERS: [&str; 6] = [
    "or",
    "replace",
    "aggregate",
    "constraint",
    "temp",
    "temporary",
];

/// Behind these a statement begins inside a body.
const STATEMENT_OPENERS: [&str; 8] = [
    "begin", "then", "else", "do", "loop", "repeat", "atomic", "row",
];

/// Behind these the body of a routine, trigger or event begins.
const HEAD_ENDERS: [&str; 8] = [
    "row",
    "do",
    "deterministic",
    "data",
    "sql",
    "invoker",
    "definer",
    "atomic",
];
