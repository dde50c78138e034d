//! The words of a text, for readers that spell them anew.

use super::cursor::Cursor;
use super::expression;
use super::lexer::{Lexer, Rules};
use super::token::{Token, TokenKind};
use super::{Fold, ParseOptions, prefix};
use crate::schema::Expression;
use crate::text::{Source, Span};

/// One word of a text; comments are none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lexeme {
    /// What it is.
    pub kind: LexemeKind,
    /// As written; of a name in quotes what stands between them.
    pub text: String,
}

/// What a [`Lexeme`] is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LexemeKind {
    /// A key word or a name without quotes.
    Word,
    /// A name in quotes.
    Name,
    /// A string, of whatever form.
    String,
    /// A number without sign.
    Number,
    /// `(`.
    Open,
    /// `)`.
    Close,
    /// `.`.
    Dot,
    /// `;`.
    Semicolon,
    /// An operator, a comma, a bracket, anything else.
    Sign,
}

/// Cuts a text of an engine's catalog into its words; none when no engine could read it.
pub fn lexemes(text: &str, backslash_escapes: bool) -> Option<Vec<Lexeme>> {
    let options = options(backslash_escapes);
    let source = Source::new("definition", text);
    let tokens = tokens(text, &options)?;
    let cursor = Cursor::new(&source, &tokens, &options);
    let cut = tokens.iter().map(|token| {
        let kind = kind(token.kind);
        let name = (kind == LexemeKind::Name).then(|| cursor.to_ident(*token));
        Lexeme {
            kind,
            text: match name.flatten() {
                Some(name) => name.as_str().to_owned(),
                None => cursor.slice(*token).to_owned(),
            },
        }
    });
    Some(cut.collect())
}

/// Joins the words of a text as expressions are joined: the same words always give the same text,
/// and parentheses around all of them are none.
pub fn joined(text: &str, backslash_escapes: bool) -> Option<Expression> {
    // Would lose its outer braces.
    if text.contains("{{prefix}}") {
        return None;
    }
    let options = options(backslash_escapes);
    let source = Source::new("definition", text);
    let tokens = tokens(text, &options)?;
    let cursor = Cursor::new(&source, &tokens, &options);
    expression::join_inner(&cursor, &tokens)
}

pub(super) fn options(backslash_escapes: bool) -> ParseOptions {
    ParseOptions {
        // In a catalog these are letters like any others.
        prefix: prefix::MARK.to_owned(),
        fold: Fold::Keep,
        backslash_escapes,
    }
}

pub(super) fn tokens(text: &str, options: &ParseOptions) -> Option<Vec<Token>> {
    let rules = if options.backslash_escapes {
        Rules::MYSQL
    } else {
        Rules::STANDARD
    };
    let source = Source::new("definition", text);
    let mut lexer = Lexer::new(&source, Span::new(0, text.len()), rules);
    let mut tokens = Vec::new();
    while let Some(token) = lexer.next().ok()? {
        if !token.kind.is_comment() {
            tokens.push(token);
        }
    }
    Some(tokens)
}

fn kind(kind: TokenKind) -> LexemeKind {
    match kind {
        TokenKind::Word => LexemeKind::Word,
        TokenKind::Name | TokenKind::Backquoted => LexemeKind::Name,
        TokenKind::String
        | TokenKind::EscapeString
        | TokenKind::OtherString
        | TokenKind::Dollar => LexemeKind::String,
        TokenKind::Number => LexemeKind::Number,
        TokenKind::Open => LexemeKind::Open,
        TokenKind::Close => LexemeKind::Close,
        TokenKind::Dot => LexemeKind::Dot,
        TokenKind::Semicolon | TokenKind::Delimiter => LexemeKind::Semicolon,
        TokenKind::OpenBracket
        | TokenKind::CloseBracket
        | TokenKind::Operator
        | TokenKind::Comma
        | TokenKind::LineComment
        | TokenKind::HashComment
        | TokenKind::BlockComment
        | TokenKind::Embedded
        | TokenKind::Other => LexemeKind::Sign,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_cut_into_words_without_its_comments() {
        let cut = lexemes("SELECT \"a\"\"b\", `c`.d -- e\n+ 'it''s';", false).unwrap();
        let words: Vec<&str> = cut.iter().map(|lexeme| lexeme.text.as_str()).collect();
        let expected = ["SELECT", "a\"b", ",", "c", ".", "d", "+", "'it''s'", ";"];
        assert_eq!(words, expected);
        assert_eq!(cut[1].kind, LexemeKind::Name);
        assert_eq!(lexemes("'never closed", false), None);
    }

    #[test]
    fn the_same_words_give_the_same_text() {
        let text = joined("( a+b /* c */ >\n0 )", false).unwrap();
        assert_eq!(text.as_str(), "a + b > 0");
    }
}
