//! Whether two definitions that are kept as text say the same.

use crate::sql;
use crate::text::{Source, Span};

/// Whether two texts differ at most in white space and comments, also inside the body of a function
/// that PostgreSQL keeps as a string.
pub(super) fn is_same_text(a: &str, b: &str) -> bool {
    if a == b || is_alike(a, b) {
        return true;
    }
    match (split(a), split(b)) {
        (Some((head, body)), Some((other_head, other_body))) => {
            is_alike(&head, &other_head) && is_alike(body, other_body)
        }
        _ => false,
    }
}

fn is_alike(a: &str, b: &str) -> bool {
    let fingerprint = |sql: &str| {
        let source = Source::new("definition", sql);
        sql::fingerprint(&source, &[Span::new(0, sql.len())]).ok()
    };
    fingerprint(a).is_some_and(|it| fingerprint(b) == Some(it))
}

/// A function without its body, and the body, when that is written in SQL or PL/pgSQL.
fn split(sql: &str) -> Option<(String, &str)> {
    let words: Vec<String> = sql
        .split_whitespace()
        .map(str::to_ascii_lowercase)
        .collect();
    let is_sql = |pair: &[String]| {
        let language = pair[1].trim_matches('\'');
        pair[0] == "language" && ["sql", "plpgsql"].contains(&language)
    };
    if !words.windows(2).any(is_sql) {
        return None;
    }
    let (before, from) = sql.split_at(sql.find('$')?);
    let tag = &from[..from[1..].find('$')? + 2];
    let (body, after) = from[tag.len()..].split_once(tag)?;
    Some((format!("{before}''{after}"), body))
}

#[cfg(test)]
mod tests {
    use super::is_same_text;

    #[test]
    fn white_space_and_comments_count_only_inside_strings() {
        let function = |body: &str| format!("CREATE FUNCTION f() LANGUAGE sql AS {body}");
        let one = function("$$ SELECT 'a b' $$");
        assert!(is_same_text(
            &one,
            &function("$f$\n-- why\nSELECT\n'a b'$f$")
        ));
        assert!(!is_same_text(&one, &function("$$ SELECT 'a  b' $$")));
        assert!(!is_same_text(&one, &one.replace("f()", "g()")));
        let python = |body: &str| format!("CREATE FUNCTION f() LANGUAGE plpython3u AS $${body}$$");
        assert!(!is_same_text(
            &python("return 1"),
            &python("\n  return 1\n")
        ));
        assert!(is_same_text(
            "CREATE TRIGGER t AFTER INSERT ON a",
            "CREATE TRIGGER t /* x */\nAFTER INSERT ON a"
        ));
    }
}
