//! A section to statements: tokens up to each semicolon that ends one.

use std::sync::Arc;

use super::Statement;
use super::block::Blocks;
use super::error::SqlError;
use super::known::Known;
use super::lexer::{Lexer, Rules};
use super::token::{Token, TokenKind};
use crate::text::{Place, Source, Span};

/// What a section is made of.
pub(super) enum Item {
    /// A statement.
    Statement(Piece),
    /// A comment outside any statement, which may be a directive.
    Comment(Span),
}

/// One statement, without its semicolon.
#[derive(Debug, Default)]
pub(super) struct Piece {
    /// Its tokens, without comments. Only as many as the head of a statement needs when it is not
    /// data definition, so that a large INSERT costs no memory.
    pub(super) tokens: Vec<Token>,
    /// From the first token to the last.
    pub(super) span: Span,
    /// The comments inside it.
    pub(super) comments: Vec<Token>,
    /// Whether it is data definition.
    is_definition: bool,
}

/// Reads a section, one item at a time.
pub(super) struct Splitter<'a> {
    source: &'a Arc<Source>,
    lexer: Lexer<'a>,
    /// How many tokens room is made for: the next statement is mostly as long as the last.
    length: usize,
}

/// Tokens kept of a statement that no parser of ours will read.
const HEAD_LENGTH: usize = 8;

/// For more tokens than these no room is made beforehand.
const USUAL_LENGTH: usize = 256;

impl<'a> Splitter<'a> {
    /// Starts at the beginning of `span`.
    pub(super) fn new(source: &'a Arc<Source>, span: Span) -> Self {
        Self {
            source,
            lexer: Lexer::new(source, span, Rules::STANDARD),
            length: HEAD_LENGTH,
        }
    }

    /// The next item, read by these rules; none at the end.
    pub(super) fn next(&mut self, rules: Rules) -> Result<Option<Item>, SqlError> {
        self.lexer.follow(rules);
        let mut piece = Piece::default();
        let mut blocks = Blocks::new(self.source.text());
        while let Some(token) = self.lexer.next()? {
            if token.kind.is_comment() {
                if !piece.tokens.is_empty() {
                    piece.comments.push(token);
                } else {
                    return Ok(Some(Item::Comment(token.span)));
                }
                continue;
            }
            let is_end = blocks.ends_with(token);
            if !is_end {
                self.take(&mut piece, token);
            } else if !piece.tokens.is_empty() {
                return Ok(Some(self.finish(piece)));
            }
        }
        if piece.tokens.is_empty() {
            return Ok(None);
        }
        if let Some(opener) = blocks.unclosed() {
            return Err(SqlError::UnclosedBlock {
                keyword: self.source.slice(opener).to_ascii_uppercase(),
                place: Place::new(self.source, opener),
            });
        }
        Ok(Some(self.finish(piece)))
    }

    /// Passes the next statement if it is known, which has to be read by the same rules.
    pub(super) fn known<'k>(&mut self, known: &Known<'k>) -> Option<(&'k Statement, Span)> {
        let (text, start) = self.lexer.left()?;
        let (statement, length) = known.find(text)?;
        let span = Span::new(start, start + length);
        self.lexer.skip_statement(span.end);
        Some((statement, span))
    }

    fn take(&self, piece: &mut Piece, token: Token) {
        if piece.tokens.is_empty() {
            piece.span = token.span;
            piece.is_definition = self.is_definition(token);
            piece.tokens.reserve(self.length);
        }
        piece.span.end = token.span.end;
        if piece.tokens.len() < HEAD_LENGTH || piece.is_definition {
            piece.tokens.push(token);
        }
    }

    /// Comments behind the last token are not part of the statement.
    fn finish(&mut self, mut piece: Piece) -> Item {
        self.length = piece.tokens.len().clamp(HEAD_LENGTH, USUAL_LENGTH);
        let end = piece.span.end;
        piece.comments.retain(|comment| comment.span.start < end);
        Item::Statement(piece)
    }

    fn is_definition(&self, first: Token) -> bool {
        let word = self.source.slice(first.span);
        ["create", "alter", "drop", "comment", "rename"]
            .iter()
            .any(|definition| word.eq_ignore_ascii_case(definition))
    }
}

impl Piece {
    /// Whether some engines read a comment in it and others do not see one: only the engine may
    /// judge such a statement.
    pub(super) fn has_engine_comments(&self) -> bool {
        let is_engine =
            |token: &Token| matches!(token.kind, TokenKind::HashComment | TokenKind::Embedded);
        self.comments.iter().any(is_engine) || self.tokens.iter().any(is_engine)
    }
}
