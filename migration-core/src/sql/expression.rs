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
    let mut depth = 0;
    while let Some(token) = cursor.peek() {
        let is_first = cursor.mark() == mark;
        let nesting = token.kind.nesting();
        let ends =
            token.kind == TokenKind::Comma || nesting < 0 || (!is_first && cursor.at_any(stop));
        if depth == 0 && ends {
            break;
        }
        depth += nesting;
        if cursor.at_word("CASE") {
            depth += 1;
        } else if cursor.at_word("END") && depth > 0 {
            depth -= 1;
        }
        cursor.advance();
    }
    join(cursor, cursor.since(mark))
}

/// The tokens without the parentheses around all of them: as many pairs as open first, close last
/// and stay open between.
fn inner(tokens: &[Token]) -> &[Token] {
    let count = |kind: TokenKind, tokens: &mut dyn Iterator<Item = &Token>| {
        tokens.take_while(|token| token.kind == kind).count()
    };
    let opening = count(TokenKind::Open, &mut tokens.iter());
    let closing = count(TokenKind::Close, &mut tokens.iter().rev());
    if opening + closing > tokens.len() {
        return tokens;
    }
    let mut depth = opening.cast_signed();
    let mut least = depth;
    for token in &tokens[opening..tokens.len() - closing] {
        depth += token.kind.depth();
        least = least.min(depth);
    }
    let pairs = opening
        .min(closing)
        .min(usize::try_from(least).unwrap_or(0));
    &tokens[pairs..tokens.len() - pairs]
}

fn is_balanced(tokens: &[Token]) -> bool {
    let mut open = Vec::new();
    tokens.iter().all(|token| {
        if matches!(token.kind, TokenKind::Open | TokenKind::OpenBracket) {
            open.push(token.kind);
        }
        match token.kind.nesting() {
            -1 if token.kind == TokenKind::Close => open.pop() == Some(TokenKind::Open),
            -1 => open.pop() == Some(TokenKind::OpenBracket),
            _ => true,
        }
    }) && open.is_empty()
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
        // A point before a digit would begin a number.
        let begins_number = |first: char| first == '.' || first.is_ascii_digit();
        if token.kind == TokenKind::Dot && cursor.slice(next).starts_with(begins_number) {
            return true;
        }
        let touches_next = matches!(
            token.kind,
            TokenKind::Open | TokenKind::OpenBracket | TokenKind::Dot
        );
        let touches_before = matches!(
            next.kind,
            TokenKind::Close | TokenKind::CloseBracket | TokenKind::Comma
        );
        if touches_next || touches_before {
            return false;
        }
        if next.kind == TokenKind::OpenBracket {
            return !self.may_be_array(cursor, token);
        }
        if is_name(token.kind) && next.kind == TokenKind::Open {
            return self.is_keyword;
        }
        if is_name(token.kind) && next.kind == TokenKind::Dot {
            return false;
        }
        !self.is_unary || matches!(next.kind, TokenKind::Operator | TokenKind::Other)
    }

    /// Whether a bracket behind the token takes an element, or begins the elements of `ARRAY`.
    fn may_be_array(&self, cursor: &Cursor<'_>, token: Token) -> bool {
        matches!(token.kind, TokenKind::Close | TokenKind::CloseBracket)
            || (is_name(token.kind) && (!self.is_keyword || is_word(cursor, token, &["array"])))
    }

    fn pass(&mut self, cursor: &Cursor<'_>, token: Token) {
        // A star without an operand before it is all columns.
        self.is_unary = token.kind == TokenKind::Operator
            && cursor.slice(token) != "*"
            && match self.token {
                None => true,
                Some(before) => {
                    (self.is_keyword && !is_word(cursor, before, &["end"]))
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
