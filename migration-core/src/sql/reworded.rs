//! A `CREATE` statement that passes through as written, made to create something else: under another
//! name, or for one session.

use super::lexeme::{options, tokens};
use super::subject::span_of_name;
use super::token::Token;
use crate::text::{Source, Span};

/// The statement with another name for what it makes; `name` stands there as it is given.
pub fn under_name(sql: &str, name: &str, backslash_escapes: bool) -> Option<String> {
    let Span { start, end } = span_of_name(sql, &options(backslash_escapes))?;
    Some(format!("{}{name}{}", &sql[..start], &sql[end..]))
}

/// `CREATE TABLE` as `CREATE TEMPORARY TABLE`; none for another statement, or one that reads rows.
pub fn for_session(sql: &str, backslash_escapes: bool) -> Option<String> {
    let options = options(backslash_escapes);
    let source = Source::new("statement", sql);
    let tokens = tokens(sql, &options)?;
    let word = |token: &Token| source.slice(token.span).to_ascii_uppercase();
    let words: Vec<String> = tokens.iter().map(word).collect();
    let rest = words.strip_prefix(&["CREATE".to_owned(), "TABLE".to_owned()])?;
    let reads_rows = |it: &String| ["SELECT", "LIKE", "TABLE", "VALUES"].contains(&it.as_str());
    if rest.iter().any(reads_rows) {
        return None;
    }
    let (before, from) = sql.split_at(tokens[1].span.start);
    Some(format!("{before}TEMPORARY {from}"))
}

/// When a trigger fires (`BEFORE INSERT`), and what it does, as it is written.
pub fn trigger_parts(sql: &str, backslash_escapes: bool) -> Option<(String, &str)> {
    let source = Source::new("statement", sql);
    let tokens = tokens(sql, &options(backslash_escapes))?;
    let words: Vec<String> = tokens
        .iter()
        .map(|token| source.slice(token.span).to_ascii_uppercase())
        .collect();
    let moment = words
        .iter()
        .position(|it| it == "BEFORE" || it == "AFTER")?;
    let row = words
        .windows(3)
        .position(|it| it == ["FOR", "EACH", "ROW"])?;
    let body = tokens.get(row + 3)?;
    let event = words.get(moment + 1)?;
    Some((
        format!("{} {event}", words[moment]),
        &sql[body.span.start..],
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_made_gets_another_name() {
        let made = |sql| under_name(sql, "\"x\"", true);
        assert_eq!(
            made("CREATE DEFINER = a@b FUNCTION IF NOT EXISTS `f` (a INT) RETURNS INT RETURN f(a)"),
            Some(
                "CREATE DEFINER = a@b FUNCTION IF NOT EXISTS \"x\" (a INT) RETURNS INT RETURN f(a)"
                    .to_owned()
            )
        );
        assert_eq!(
            made("CREATE VIEW a.v AS SELECT 1"),
            Some("CREATE VIEW \"x\" AS SELECT 1".to_owned())
        );
        assert_eq!(made("DROP VIEW v"), None);
    }

    #[test]
    fn a_table_is_made_for_a_session_unless_it_reads_rows() {
        let made = |sql| for_session(sql, true);
        assert_eq!(
            made("/* a */ create table t (a INT, KEY (a) COMMENT 'select')"),
            Some("/* a */ create TEMPORARY table t (a INT, KEY (a) COMMENT 'select')".to_owned())
        );
        assert_eq!(made("CREATE TABLE t AS SELECT 1"), None);
        assert_eq!(made("CREATE TABLE t LIKE u"), None);
        assert_eq!(made("CREATE VIEW t AS SELECT 1"), None);
    }

    #[test]
    fn a_trigger_is_cut_into_its_moment_and_its_body() {
        assert_eq!(
            trigger_parts(
                "CREATE TRIGGER g before insert ON t FOR EACH ROW SET NEW.a  = 1 /* b */",
                true
            ),
            Some(("BEFORE INSERT".to_owned(), "SET NEW.a  = 1 /* b */"))
        );
        assert_eq!(trigger_parts("CREATE TRIGGER g", true), None);
    }
}
