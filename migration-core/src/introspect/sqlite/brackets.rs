//! Names in brackets.

use std::borrow::Cow;

use crate::dialect::Dialect;

/// The definition with the standard's quotes around names that stand in `[...]`: whatever is
/// inside is a name here, and may be an array to a reader of every engine's SQL.
pub(super) fn requoted(ddl: &str) -> Cow<'_, str> {
    if !ddl.contains('[') {
        return Cow::Borrowed(ddl);
    }
    let mut written = String::with_capacity(ddl.len() + 2);
    let mut rest = ddl;
    while let Some(at) = rest.find(['[', '\'', '"', '`', '-', '/']) {
        let (before, from) = rest.split_at(at);
        written.push_str(before);
        let length = match from.as_bytes()[0] {
            b'[' => from.find(']').map(|end| end + 1),
            b'-' if from.starts_with("--") => from.find('\n'),
            b'/' if from.starts_with("/*") => from.find("*/").map(|end| end + 2),
            b'-' | b'/' => Some(1),
            // A doubled quote ends one text and begins the next, which is the same here.
            quote => from[1..].find(char::from(quote)).map(|end| end + 2),
        };
        let (piece, after) = from.split_at(length.unwrap_or(from.len()));
        match piece.strip_prefix('[').and_then(|it| it.strip_suffix(']')) {
            Some(name) => written.push_str(&Dialect::Sqlite.syntax().quote(name)),
            None => written.push_str(piece),
        }
        rest = after;
    }
    written.push_str(rest);
    Cow::Owned(written)
}

#[cfg(test)]
mod tests {
    use super::requoted;

    #[test]
    fn names_in_brackets_get_the_quotes_of_the_standard() {
        for (ddl, expected) in [
            ("CREATE TABLE t (a)", "CREATE TABLE t (a)"),
            ("[it's] [a \"b\"]", "\"it's\" \"a \"\"b\"\"\""),
            ("'[a]' \"[b]\" `[c]` [d]", "'[a]' \"[b]\" `[c]` \"d\""),
            ("'it''s [a]' [b]", "'it''s [a]' \"b\""),
            ("a - [b] / [c]", "a - \"b\" / \"c\""),
            (
                "-- [a]'\n[b] /* [c]\" */ [d]",
                "-- [a]'\n\"b\" /* [c]\" */ \"d\"",
            ),
            ("[never closed", "[never closed"),
        ] {
            assert_eq!(requoted(ddl), expected);
        }
    }
}
