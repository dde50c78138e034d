//! Which tables a statement that passes through as written plainly empties.

use super::ParseOptions;
use super::cursor::Cursor;
use super::lexer::{Lexer, Rules};
use super::token::TokenKind;
use crate::schema::ObjectName;
use crate::text::{Source, Span};

/// More words than a statement has that names a few tables.
const LONGEST: usize = 200;

/// The tables that lose all their rows: those of `TRUNCATE`, and that of a `DELETE` without a
/// condition. A `DELETE` that says which rows it means is the author's own affair.
pub fn emptied(sql: &str, options: &ParseOptions) -> Vec<ObjectName> {
    tables(sql, options).unwrap_or_default()
}

fn tables(sql: &str, options: &ParseOptions) -> Option<Vec<ObjectName>> {
    let rules = if options.backslash_escapes {
        Rules::MYSQL
    } else {
        Rules::STANDARD
    };
    let source = Source::new("statement", sql);
    let mut lexer = Lexer::new(&source, Span::new(0, sql.len()), rules);
    let mut tokens = Vec::new();
    while tokens.len() < LONGEST {
        match lexer.next().ok()? {
            Some(token) if token.kind.is_comment() => {}
            Some(token) => tokens.push(token),
            None => break,
        }
    }
    let mut cursor = Cursor::new(&source, &tokens, options);
    if cursor.accept(&["TRUNCATE"]) {
        cursor.accept(&["TABLE"]);
        return truncated(&mut cursor);
    }
    cursor.expect(&["DELETE", "FROM"])?;
    cursor.accept(&["ONLY"]);
    let table = cursor.object_name()?;
    cursor.end()?;
    Some(vec![table])
}

fn truncated(cursor: &mut Cursor<'_>) -> Option<Vec<ObjectName>> {
    let mut found = Vec::new();
    loop {
        cursor.accept(&["ONLY"]);
        found.push(cursor.object_name()?);
        cursor.accept_operator("*");
        if !cursor.accept_kind(TokenKind::Comma) {
            return Some(found);
        }
    }
}
