//! Several statements in one message: which may travel together, and what is said of the one that
//! failed.

use super::super::SEPARATOR;

/// Most bytes of a message of several statements, far below what servers accept.
const LENGTH: usize = 256 * 1024;

/// The first words of statements that give one answer each, so that answers can be counted.
const COUNTED: [&str; 16] = [
    "alter", "commit", "create", "delete", "drop", "grant", "insert", "rename", "replace",
    "revoke", "select", "set", "start", "truncate", "update", "with",
];

/// How many of the first statements travel in one message; at least one does.
pub(super) fn together(statements: &[&str]) -> usize {
    let mut length = 0;
    let fitting = statements.iter().take_while(|sql| {
        length += sql.len() + SEPARATOR.len();
        length <= LENGTH && is_counted(sql)
    });
    fitting.count().max(1)
}

/// Whether a statement gives exactly one answer; in doubt it does not. What has a body holds
/// statements of its own, whose end the server finds in its own way.
fn is_counted(sql: &str) -> bool {
    let sql = sql.trim_start();
    let end = sql.find(|letter: char| !letter.is_ascii_alphabetic());
    let word = sql[..end.unwrap_or(sql.len())].to_ascii_lowercase();
    let may_have_a_body = matches!(word.as_str(), "create" | "alter");
    COUNTED.contains(&word.as_str()) && !(may_have_a_body && sql.contains(';'))
}

/// What the server said of a statement, without the text behind it in its message: of a mistake the
/// server quotes what follows.
pub(super) fn within(said: &str, sql: &str, behind: &str) -> String {
    let Some((before, after)) = said.split_once(" near '") else {
        return said.to_owned();
    };
    let Some((near, line)) = after.rsplit_once("' at line ") else {
        return said.to_owned();
    };
    if sql.contains(near) {
        return said.to_owned();
    }
    let ends = (0..near.len())
        .rev()
        .filter(|end| near.is_char_boundary(*end));
    let mut cuts = ends.map(|end| near.split_at(end));
    let own = cuts.find(|(own, rest)| sql.ends_with(own) && behind.starts_with(rest));
    match own {
        Some((own, _)) => format!("{before} near '{own}' at line {line}"),
        None => said.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::{LENGTH, together, within};

    #[test]
    fn only_statements_with_one_answer_share_a_message() {
        assert_eq!(
            together(&["CREATE TABLE a (b INT)", "update a set b = 1"]),
            2
        );
        assert_eq!(together(&["INSERT INTO a VALUES (';')", "CALL many()"]), 1);
        assert_eq!(together(&["CALL many()", "SELECT 1"]), 1);
        assert_eq!(together(&["-- a remark\nSELECT 1", "SELECT 1"]), 1);
        let body = "CREATE TRIGGER t BEFORE INSERT ON a FOR EACH ROW BEGIN SET @a = 1; END";
        assert_eq!(together(&["SELECT 1", body, "SELECT 1"]), 1);
        let long = format!("SELECT '{}'", "x".repeat(LENGTH / 2));
        assert_eq!(together(&[&long, &long]), 1);
    }

    #[test]
    fn what_stands_behind_a_statement_is_not_quoted_with_it() {
        let said = |near: &str| format!("You have an error; use near '{near}' at line 1");
        let (sql, behind) = ("SELECT * FORM t", "\n;\nUPDATE log SET a = 'b'");
        let of = |near: &str| within(&said(near), sql, behind);
        assert_eq!(of("FORM t\n;\nUPDATE log SET"), said("FORM t"));
        assert_eq!(of("\n;\nUPDATE log SET a = 'b'"), said(""));
        assert_eq!(of("FORM t"), said("FORM t"));
        assert_eq!(of("something else"), said("something else"));
        assert_eq!(within("Table 't' exists", sql, behind), "Table 't' exists");
    }
}
