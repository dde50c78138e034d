//! Expressions: tokens joined so that the same tokens always give the same text.
//!
//! White space and comments go, strings stay as they are, names in backticks become names in
//! double quotes, which every engine reads. Reading the text again gives the same tokens.

use super::cursor::Cursor;
use super::token::{Token, TokenKind};
use crate::schema::Expression;

/// Joins tokens to an expression; none when there are none or their parentheses do not match.
pub(super) fn join(cursor: &Cursor<'_>, tokens: &[Token]) -> Option<Expression> {
    if tokens.is_empty() || !is_balanced(tokens) {
        return None;
    }
    let mut text = String::new();
    let mut before = Before::default();
    for token in tokens {
        if before.wants_blank(cursor, *token) {
            text.push(' ');
        }
        if token.kind == TokenKind::Backquoted {
            let name = cursor.to_ident(*token)?;
            text.push_str(&format!("\"{}\"", name.as_str().replace('"', "\"\"")));
        } else {
            text.push_str(&cursor.text(*token));
        }
        before.pass(cursor, *token);
    }
    Some(Expression::new(text))
}

/// Joins the tokens without the parentheses that enclose them all.
pub(super) fn join_inner(cursor: &Cursor<'_>, tokens: &[Token]) -> Option<Expression> {
    join(cursor, inner(tokens))
}

/// Reads up to a comma or one of these key words outside parentheses, brackets and `CASE`; the
/// first token is taken whatever it is.
pub(super) fn until(cursor: &mut Cursor<'_>, stop: &[&str]) -> Option<Expression> {
    let mark = cursor.mark();
    let mut depth = 0_usize;
    while let Some(token) = cursor.peek() {
        let is_first = cursor.mark() == mark;
        match token.kind {
            TokenKind::Comma if depth == 0 => break,
            TokenKind::Close | TokenKind::CloseBracket if depth == 0 => break,
            TokenKind::Open | TokenKind::OpenBracket => depth += 1,
            TokenKind::Close | TokenKind::CloseBracket => depth -= 1,
            TokenKind::Word if cursor.at_word("CASE") => depth += 1,
            TokenKind::Word if cursor.at_word("END") && depth > 0 => depth -= 1,
            TokenKind::Word if depth == 0 && !is_first && cursor.at_any(stop) => break,
            _ => {}
        }
        cursor.advance();
    }
    join(cursor, cursor.since(mark))
}

fn inner(tokens: &[Token]) -> &[Token] {
    match tokens {
        [first, inside @ .., last]
            if first.kind == TokenKind::Open
                && last.kind == TokenKind::Close
                && is_balanced(inside) =>
        {
            inner(inside)
        }
        _ => tokens,
    }
}

fn is_balanced(tokens: &[Token]) -> bool {
    let mut open = Vec::new();
    for token in tokens {
        match token.kind {
            TokenKind::Open | TokenKind::OpenBracket => open.push(token.kind),
            TokenKind::Close if open.pop() != Some(TokenKind::Open) => return false,
            TokenKind::CloseBracket if open.pop() != Some(TokenKind::OpenBracket) => return false,
            _ => {}
        }
    }
    open.is_empty()
}

/// What stands before the next token.
#[derive(Default)]
struct Before {
    token: Option<Token>,
    /// A sign or other operator before its only operand.
    is_unary: bool,
    /// A key word, behind which an operand follows.
    is_keyword: bool,
}

impl Before {
    fn wants_blank(&self, cursor: &Cursor<'_>, next: Token) -> bool {
        let Some(token) = self.token else {
            return false;
        };
        if is_cast(cursor, token) || is_cast(cursor, next) {
            return false;
        }
        match (token.kind, next.kind) {
            // A point before a digit would begin a number.
            (TokenKind::Dot, _)
                if cursor
                    .slice(next)
                    .starts_with(|first: char| first == '.' || first.is_ascii_digit()) =>
            {
                true
            }
            (TokenKind::Open | TokenKind::OpenBracket | TokenKind::Dot, _)
            | (_, TokenKind::Close | TokenKind::CloseBracket | TokenKind::Comma) => false,
            (_, TokenKind::Dot) => !is_name(token.kind),
            (kind, TokenKind::Open) if is_name(kind) => self.is_keyword,
            (kind, TokenKind::OpenBracket) => {
                !(is_name(kind) || matches!(kind, TokenKind::Close | TokenKind::CloseBracket))
                    || (self.is_keyword && !is_word(cursor, token, &["array"]))
            }
            (TokenKind::Operator, kind) => {
                !self.is_unary || matches!(kind, TokenKind::Operator | TokenKind::Other)
            }
            _ => true,
        }
    }

    fn pass(&mut self, cursor: &Cursor<'_>, token: Token) {
        self.is_unary = token.kind == TokenKind::Operator
            && match self.token {
                None => true,
                Some(before) => {
                    self.is_keyword
                        || matches!(
                            before.kind,
                            TokenKind::Operator
                                | TokenKind::Open
                                | TokenKind::OpenBracket
                                | TokenKind::Comma
                        )
                }
            };
        self.is_keyword = is_word(cursor, token, &KEYWORDS);
        self.token = Some(token);
    }
}

fn is_name(kind: TokenKind) -> bool {
    kind == TokenKind::Word || kind.is_quoted_name()
}

fn is_cast(cursor: &Cursor<'_>, token: Token) -> bool {
    token.kind == TokenKind::Operator && cursor.slice(token) == "::"
}

fn is_word(cursor: &Cursor<'_>, token: Token, words: &[&str]) -> bool {
    token.kind == TokenKind::Word
        && words
            .iter()
            .any(|word| cursor.slice(token).eq_ignore_ascii_case(word))
}

/// Words that are never the name of a function: a parenthesis behind them stands apart.
const KEYWORDS: [&str; 34] = [
    "all", "and", "any", "as", "between", "by", "case", "distinct", "div", "else", "end", "escape",
    "filter", "from", "glob", "having", "ilike", "in", "is", "like", "mod", "not", "or", "over",
    "regexp", "rlike", "select", "similar", "some", "then", "to", "when", "where", "xor",
];
