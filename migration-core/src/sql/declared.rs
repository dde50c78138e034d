//! The types of columns as a definition declares them, where the model's type is not enough.

use super::cursor::Cursor;
use super::token::TokenKind;
use super::{lexeme, types};
use crate::schema::Ident;
use crate::text::Source;

/// Reads the names and types of the columns of a `CREATE TABLE` that an engine wrote, which puts
/// every name of a column in quotes and no other first word of an element.
pub fn declared_types(ddl: &str, backslash_escapes: bool) -> Vec<(Ident, String)> {
    let options = lexeme::options(backslash_escapes);
    let source = Source::new("definition", ddl);
    let tokens = lexeme::tokens(ddl, &options).unwrap_or_default();
    let mut cursor = Cursor::new(&source, &tokens, &options);
    let mut found = Vec::new();
    while cursor.kind().is_some_and(|kind| kind != TokenKind::Open) {
        cursor.advance();
    }
    cursor.advance();
    while cursor.kind().is_some_and(TokenKind::is_quoted_name) {
        let column = cursor
            .ident()
            .and_then(|name| Some((name, types::spelled(&mut cursor)?)));
        found.extend(column);
        pass_element(&mut cursor);
    }
    found
}

/// Goes on behind the next comma that stands in no parentheses.
fn pass_element(cursor: &mut Cursor<'_>) {
    let mut depth = 0;
    while let Some(token) = cursor.advance() {
        depth += token.kind.depth();
        if depth == 0 && token.kind == TokenKind::Comma {
            return;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn types_are_told_as_they_are_declared() {
        let ddl = "CREATE TABLE `t(` (\n  `a` int(11) NOT NULL DEFAULT 1,\n  `b,` enum('x','it''s') \
                   CHECK (`b,` in ('x',',')),\n  `c` text,\n  PRIMARY KEY (`a`)\n) ENGINE=InnoDB";
        let found = declared_types(ddl, true);
        let found: Vec<_> = found
            .iter()
            .map(|(name, spelled)| (name.as_str(), spelled.as_str()))
            .collect();
        let expected = [
            ("a", "int(11)"),
            ("b,", "enum('x', 'it''s')"),
            ("c", "text"),
        ];
        assert_eq!(found, expected);
    }
}
