//! The way back: texts with `{prefix}` where the prefix stands, so that `parse` reads them as they
//! were.
//!
//! A name is marked where it begins with the prefix or has it as a part (`ix_irma_user`). In an
//! expression only what qualifies, is called or is the type of a cast is marked, because columns have
//! no prefix. What says `{prefix}` by itself is written `{{prefix}}`.

use super::lexer::{Lexer, Rules};
use super::marked::MarkedNames;
use super::prefix::{MARK, escape};
use super::token::{Token, TokenKind};
use crate::schema::{Expression, Ident};
use crate::text::{Source, Span};

/// What `{prefix}` is written for.
#[derive(Debug, Clone, Copy)]
pub struct Prefix<'a> {
    /// What it stands for.
    pub text: &'a str,
    /// The names that have it, when it stands for nothing.
    pub names: Option<&'a MarkedNames>,
}

impl Prefix<'_> {
    fn is_nowhere_in(self, text: &str) -> bool {
        match self.names {
            Some(names) if self.text.is_empty() => names.is_nowhere_in(text),
            Some(_) | None => self.text.is_empty() || !text.contains(self.text),
        }
    }
}

/// The name of a table, index, constraint or anything else that has the prefix in its name.
pub fn name(name: &Ident, prefix: Prefix<'_>) -> String {
    marked(name.as_str(), prefix)
}

/// A text without the prefix: a column's name, a comment.
pub fn text(text: &str) -> String {
    escape(text)
}

/// The text of an expression.
pub fn expression(expression: &Expression, prefix: Prefix<'_>) -> String {
    let is_marked = |source: &Source, tokens: &[Token], at: usize| {
        let next = tokens.get(at + 1).map(|token| token.kind);
        matches!(next, Some(TokenKind::Dot | TokenKind::Open)) || names_type(source, tokens, at)
    };
    let rewriting = Rewriting {
        prefix,
        rules: Rules::STANDARD,
        is_marked: &is_marked,
        bodies: false,
        comments: false,
    };
    rewriting.of(expression.as_str())
}

/// A statement that passes through as written; `backslash_escapes` says how its engine reads it.
pub fn statement(sql: &str, prefix: Prefix<'_>, backslash_escapes: bool) -> String {
    let rules = if backslash_escapes {
        Rules::MYSQL
    } else {
        Rules::STANDARD
    };
    // Without letters of its own the prefix is seen by where a name stands.
    let is_found = !prefix.text.is_empty();
    let is_marked =
        |source: &Source, tokens: &[Token], at: usize| is_found || names_object(source, tokens, at);
    let rewriting = Rewriting {
        prefix,
        rules,
        is_marked: &is_marked,
        bodies: true,
        comments: false,
    };
    rewriting.of(sql)
}

/// Whether a default ends before the end of this expression when it stands among the other clauses
/// of a column, so that it needs parentheses there.
pub fn ends_early(expression: &Expression) -> bool {
    let text = expression.as_str();
    let Some((source, tokens)) = tokens(text, Rules::STANDARD) else {
        return false;
    };
    let mut depth = 0;
    tokens.iter().enumerate().any(|(at, token)| {
        let word = source.slice(token.span);
        let is_word = |words: &[&str]| {
            token.kind == TokenKind::Word && words.iter().any(|it| word.eq_ignore_ascii_case(it))
        };
        depth += token.kind.nesting() + isize::from(is_word(&["CASE"]));
        if is_word(&["END"]) && depth > 0 {
            depth -= 1;
        }
        at > 0 && depth == 0 && is_word(&super::column::DEFAULT_ENDS)
    })
}

/// How a text gets its marks.
#[derive(Clone, Copy)]
struct Rewriting<'a> {
    prefix: Prefix<'a>,
    rules: Rules,
    /// Whether the name at a place among the tokens may have the prefix.
    is_marked: &'a dyn Fn(&Source, &[Token], usize) -> bool,
    /// Whether the body of a function (`AS $$...$$`) is SQL to be read as well.
    bodies: bool,
    /// Whether marks are read in comments, as inside a body, which is one string.
    comments: bool,
}

impl Rewriting<'_> {
    /// The text with marks in its names.
    fn of(self, text: &str) -> String {
        let has_work = text.contains(MARK) || !self.prefix.is_nowhere_in(text);
        let tokens = has_work.then(|| tokens(text, self.rules)).flatten();
        let Some((source, tokens)) = tokens else {
            return match self.comments {
                true => escape(text),
                false => text.to_owned(),
            };
        };
        let mut written = String::with_capacity(text.len());
        let mut copied = 0;
        for (at, token) in tokens.iter().enumerate() {
            if token.kind.is_comment() && !self.comments {
                continue;
            }
            written.push_str(&text[copied..token.span.start]);
            copied = token.span.end;
            written.push_str(&self.token(&source, &tokens, at));
        }
        written.push_str(&text[copied..]);
        written
    }

    fn token(self, source: &Source, tokens: &[Token], at: usize) -> String {
        let token = tokens[at];
        let piece = source.slice(token.span);
        if self.bodies && token.kind == TokenKind::Dollar && is_body(source, tokens, at) {
            return self.body(piece);
        }
        let is_name = token.kind == TokenKind::Word || token.kind.is_quoted_name();
        let is_sequence = token.kind == TokenKind::String && names_sequence(source, tokens, at);
        let is_marked = is_sequence || is_name && (self.is_marked)(source, tokens, at);
        if !is_marked {
            return escape(piece);
        }
        let quote = usize::from(token.kind != TokenKind::Word);
        let name = marked(&piece[quote..], self.prefix);
        // Nobody knows yet in which letters the prefix of a type will be.
        if quote == 0 && name != escape(piece) && names_type(source, tokens, at) {
            return format!("\"{name}\"");
        }
        piece[..quote].to_owned() + &name
    }

    /// The body of a function between its `$tag$`s.
    fn body(self, piece: &str) -> String {
        let tag = piece[1..].find('$').map_or(1, |at| at + 2);
        let (opening, rest) = piece.split_at(tag);
        let (text, closing) = rest.split_at(rest.len() - tag);
        let inside = Self {
            comments: true,
            ..self
        };
        format!("{opening}{}{closing}", inside.of(text))
    }
}

/// Whether the string at this place is the body of a function or of `DO`: `AS $$...$$`,
/// `DO LANGUAGE plpgsql $$...$$`.
fn is_body(source: &Source, tokens: &[Token], at: usize) -> bool {
    let before = tokens[..at].iter().rev().filter(|it| !it.kind.is_comment());
    let words: Vec<String> = before
        .take(2)
        .map(|token| source.slice(token.span).to_ascii_uppercase())
        .collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    matches!(words.as_slice(), ["AS" | "DO", ..] | [_, "LANGUAGE"])
}

/// Whether the word at this place is the type of a cast: `x::irma_mood`, `CAST(x AS irma_mood)`.
fn names_type(source: &Source, tokens: &[Token], at: usize) -> bool {
    let mut before = tokens[..at].iter().rev().filter(|it| !it.kind.is_comment());
    let is_word = |token: &Token, word: &str| {
        token.kind == TokenKind::Word && source.slice(token.span).eq_ignore_ascii_case(word)
    };
    match before.next() {
        Some(token) if is_word(token, "AS") => {}
        Some(token) => return source.slice(token.span) == "::",
        None => return false,
    }
    let mut depth = 0;
    // The parenthesis in which it stands: `SELECT x AS y` gives a name.
    let is_opener = |token: &&Token| {
        depth += token.kind.nesting();
        depth > 0
    };
    before.by_ref().find(is_opener).is_some() && before.next().is_some_and(|it| is_word(it, "CAST"))
}

/// Whether the string at this place names a sequence: `nextval('irma_file_id_seq')`.
fn names_sequence(source: &Source, tokens: &[Token], at: usize) -> bool {
    let [function, parenthesis] = at
        .checked_sub(2)
        .map_or([None, None], |from| [Some(from), Some(from + 1)])
        .map(|at| at.map(|at| tokens[at]));
    let is_call = parenthesis.is_some_and(|token| token.kind == TokenKind::Open);
    is_call
        && function.is_some_and(|token| {
            ["nextval", "currval", "setval"]
                .iter()
                .any(|name| source.slice(token.span).eq_ignore_ascii_case(name))
        })
}

/// All tokens with comments; none when the text does not end well.
fn tokens(text: &str, rules: Rules) -> Option<(std::sync::Arc<Source>, Vec<Token>)> {
    let source = Source::new("text", text);
    let mut lexer = Lexer::new(&source, Span::new(0, text.len()), rules);
    let mut tokens = Vec::new();
    while let Some(token) = lexer.next().ok()? {
        tokens.push(token);
    }
    Some((source.clone(), tokens))
}

/// Words behind which a table or another object is named.
const BEFORE_NAMES: [&str; 12] = [
    "FROM",
    "JOIN",
    "INTO",
    "UPDATE",
    "TABLE",
    "VIEW",
    "INDEX",
    "TRIGGER",
    "ON",
    "REFERENCES",
    "EXISTS",
    "FUNCTION",
];

/// Words behind which several tables can be named, with commas between them.
const BEFORE_LISTS: [&str; 5] = ["FROM", "JOIN", "UPDATE", "TABLE", "VIEW"];

/// Words that begin something else than such a list.
const BEFORE_OTHERS: [&str; 14] = [
    "BY",
    "DECLARE",
    "FETCH",
    "HAVING",
    "INTO",
    "LIMIT",
    "OF",
    "RETURNING",
    "SELECT",
    "SET",
    "VALUES",
    "WHERE",
    "WINDOW",
    "WITH",
];

/// Whether the word at this place is what a table or another object is called.
fn names_object(source: &Source, tokens: &[Token], at: usize) -> bool {
    let next = tokens.get(at + 1).map(|token| token.kind);
    let mut before = tokens[..at].iter().rev().filter(|it| !it.kind.is_comment());
    let is_one = |token: &Token, words: &[&str]| {
        let word = source.slice(token.span);
        words.iter().any(|it| word.eq_ignore_ascii_case(it))
    };
    let is_announced = match before.clone().next() {
        Some(token) if token.kind == TokenKind::Comma => is_listed(before, is_one),
        // `FROM (a JOIN b)`
        Some(token) if token.kind == TokenKind::Open => before
            .find(|it| it.kind != TokenKind::Open)
            .is_some_and(|it| is_one(it, &["FROM", "JOIN"])),
        Some(token) => is_one(token, &BEFORE_NAMES),
        None => false,
    };
    is_announced || next == Some(TokenKind::Dot)
}

/// Whether what stands behind these tokens, the last one first, is one of several tables.
fn is_listed<'t>(
    before: impl Iterator<Item = &'t Token>,
    is_one: impl Fn(&Token, &[&str]) -> bool,
) -> bool {
    let mut depth = 0;
    let mut before = before.peekable();
    while let Some(token) = before.next() {
        depth -= token.kind.nesting();
        if depth < 0 {
            // `FROM (a, b)`, but not `f(a, b)`.
            let opener = before.peek().filter(|_| token.kind == TokenKind::Open);
            let is_list = |it: &&&Token| {
                matches!(it.kind, TokenKind::Open | TokenKind::Comma)
                    || is_one(it, &["FROM", "JOIN"])
            };
            if opener.filter(is_list).is_none() {
                return false;
            }
            depth = 0;
        }
        if depth == 0 && is_one(token, &BEFORE_LISTS) {
            return true;
        }
        if depth == 0 && (token.kind == TokenKind::Semicolon || is_one(token, &BEFORE_OTHERS)) {
            return false;
        }
    }
    false
}

/// The text with a mark where the prefix first begins it or a part of it.
fn marked(text: &str, prefix: Prefix<'_>) -> String {
    let Prefix {
        text: prefix,
        names,
    } = prefix;
    if prefix.is_empty() {
        let name = text.trim_end_matches(['"', '`', '\'']);
        let written = names.and_then(|it| it.written(name));
        return written.map_or_else(|| escape(text), |it| it + &text[name.len()..]);
    }
    let begins_part = |at: &usize| {
        let before = &text[..*at];
        let rest = &text[at + prefix.len()..];
        // Braces around the mark would make it mean itself.
        (before.is_empty() || before.ends_with(['_', '.', '"']))
            && rest.starts_with(|sign: char| sign.is_alphanumeric() || sign == '_')
    };
    let places = text.match_indices(prefix).map(|(at, _)| at);
    let place = places.into_iter().find(begins_part);
    match place {
        Some(at) => {
            let (before, rest) = (&text[..at], &text[at + prefix.len()..]);
            format!("{}{MARK}{}", escape(before), escape(rest))
        }
        None => escape(text),
    }
}

#[cfg(test)]
mod tests {
    use super::{MarkedNames, Prefix, expression, statement};
    use crate::schema::Expression;
    use crate::sql::{Fold, ParseOptions, parse};
    use crate::text::{Source, Span};

    #[track_caller]
    fn check(sql: &str, expected: &str) {
        let models = "CREATE TABLE {prefix}a (x INTEGER);\nCREATE TABLE {prefix}b (x INTEGER);\n";
        let options = ParseOptions {
            prefix: String::new(),
            fold: Fold::Lower,
            backslash_escapes: false,
        };
        let source = Source::new("models.sql", models);
        let parsed = parse(&source, Span::new(0, models.len()), &options).unwrap();
        let names = MarkedNames::of(&parsed.statements);
        let prefix = Prefix {
            text: "",
            names: Some(&names),
        };
        assert_eq!(statement(sql, prefix, false), expected);
    }

    #[test]
    fn every_table_of_a_list_has_the_prefix() {
        for (sql, expected) in [
            ("SELECT 1 FROM a, b", "SELECT 1 FROM {prefix}a, {prefix}b"),
            (
                "SELECT 1 FROM a x /* , */, b AS y WHERE x.x = 1",
                "SELECT 1 FROM {prefix}a x /* , */, {prefix}b AS y WHERE x.x = 1",
            ),
            (
                "SELECT 1 FROM (a JOIN b ON f(a.x, 1) = 2), (SELECT x, 1 FROM b) z, b",
                "SELECT 1 FROM ({prefix}a JOIN {prefix}b ON f({prefix}a.x, 1) = 2), \
                 (SELECT x, 1 FROM {prefix}b) z, {prefix}b",
            ),
            (
                "SELECT 1 FROM (a, b)",
                "SELECT 1 FROM ({prefix}a, {prefix}b)",
            ),
            ("TRUNCATE TABLE a, b", "TRUNCATE TABLE {prefix}a, {prefix}b"),
        ] {
            check(sql, expected);
        }
    }

    #[test]
    fn the_body_of_a_function_has_the_prefix() {
        let prefix = Prefix {
            text: "shop_",
            names: None,
        };
        for (sql, expected) in [
            (
                "CREATE FUNCTION shop_f() AS $x$ UPDATE shop_a SET b = 'shop_c'; -- {prefix}\n$x$",
                "CREATE FUNCTION {prefix}f() AS $x$ UPDATE {prefix}a SET b = 'shop_c'; \
                 -- {{prefix}}\n$x$",
            ),
            (
                "DO LANGUAGE plpgsql $$ DELETE FROM shop_a $$",
                "DO LANGUAGE plpgsql $$ DELETE FROM {prefix}a $$",
            ),
            // What cannot be read as SQL stays, and so does a value.
            ("DO $$ don't shop_a $$", "DO $$ don't shop_a $$"),
            (
                "INSERT INTO shop_a VALUES ($$ shop_a $$)",
                "INSERT INTO {prefix}a VALUES ($$ shop_a $$)",
            ),
        ] {
            assert_eq!(statement(sql, prefix, false), expected);
        }
    }

    #[test]
    fn the_type_of_a_cast_has_the_prefix() {
        let prefix = Prefix {
            text: "irma_",
            names: None,
        };
        for (text, expected) in [
            ("\"a\"::text::irma_mood", "\"a\"::text::\"{prefix}mood\""),
            ("'x'::\"irma_mood\"", "'x'::\"{prefix}mood\""),
            (
                "CAST(irma_a as irma_mood)",
                "CAST(irma_a as \"{prefix}mood\")",
            ),
            (
                "CAST(f(x) AS irma_mood) AS irma_x",
                "CAST(f(x) AS \"{prefix}mood\") AS irma_x",
            ),
            ("a::irma", "a::irma"),
        ] {
            assert_eq!(expression(&Expression::new(text), prefix), expected);
        }
    }

    #[test]
    fn a_column_behind_a_comma_has_no_prefix() {
        for (sql, expected) in [
            ("SELECT x, b FROM a", "SELECT x, b FROM {prefix}a"),
            ("SELECT f(x, b) FROM a", "SELECT f(x, b) FROM {prefix}a"),
            (
                "SELECT 1 FROM f(x, b), a",
                "SELECT 1 FROM f(x, b), {prefix}a",
            ),
            (
                "SELECT 1 FROM a ORDER BY x, b",
                "SELECT 1 FROM {prefix}a ORDER BY x, b",
            ),
            (
                "UPDATE a SET x = 1, b = 2",
                "UPDATE {prefix}a SET x = 1, b = 2",
            ),
            (
                "INSERT INTO a (x, b) VALUES (1, b)",
                "INSERT INTO {prefix}a (x, b) VALUES (1, b)",
            ),
            (
                "WITH c AS (SELECT 1), b AS (SELECT 2) SELECT 1 FROM c",
                "WITH c AS (SELECT 1), b AS (SELECT 2) SELECT 1 FROM c",
            ),
        ] {
            check(sql, expected);
        }
    }
}
