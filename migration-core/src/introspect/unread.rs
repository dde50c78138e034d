//! What says more than the model holds: known by its text alone.

use crate::schema::ObjectName;
use crate::sql::{self, Lexeme, LexemeKind};

/// An object that says more than the model holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unread {
    /// Its name.
    pub name: ObjectName,
    /// Its definition, as the engine gives it, without what depends on where and when it was made;
    /// empty where it is kept from who asks.
    pub ddl: String,
}

impl Unread {
    /// Whether both are one object with the same definition, however it is spaced and quoted and
    /// whatever the order of a table's columns and constraints.
    pub fn says_the_same(&self, other: &Self) -> bool {
        self.name == other.name && (self.ddl == other.ddl || is_same(&self.ddl, &other.ddl))
    }
}

fn is_same(one: &str, other: &str) -> bool {
    let (Some(one), Some(other)) = (sql::lexemes(one, true), sql::lexemes(other, true)) else {
        return false;
    };
    parts(&one) == parts(&other)
}

/// The words of a text; of a table those of each column, in one order.
fn parts(words: &[Lexeme]) -> Vec<Vec<String>> {
    let is_table = words.iter().take(5).any(|it| spelled(it) == "table");
    let mut parts = vec![Vec::new()];
    let mut depth = 0_usize;
    for word in words {
        let before = depth;
        match word.kind {
            LexemeKind::Open => depth += 1,
            LexemeKind::Close => depth = depth.saturating_sub(1),
            _ => {}
        }
        let is_end = depth.max(before) == 1 && (depth != before || word.text == ",");
        match parts.last_mut() {
            Some(part) if !(is_table && is_end) => part.push(spelled(word)),
            _ => parts.push(Vec::new()),
        }
    }
    parts.sort();
    parts
}

/// What stands in strings counts by the letter.
fn spelled(word: &Lexeme) -> String {
    match word.kind {
        LexemeKind::String => word.text.clone(),
        _ => word.text.to_ascii_lowercase(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(one: &str, other: &str, expected: bool) {
        let [one, other] = [one, other].map(|ddl| Unread {
            name: ObjectName::new("t"),
            ddl: ddl.to_owned(),
        });
        assert_eq!(one.says_the_same(&other), expected);
    }

    #[test]
    fn columns_of_a_table_may_stand_in_another_order() {
        let table = "CREATE TABLE t (a INT, b TEXT, PRIMARY KEY (a, b)) PARTITION BY HASH (a)";
        let turned =
            "create table `t` (`b` text, `a` int, primary key (a, b)) partition by hash (a)";
        check(table, turned, true);
        let other_key = turned.replace("key (a, b)", "key (b, a)");
        check(table, &other_key, false);
        let other_types =
            "CREATE TABLE t (a TEXT, b INT, PRIMARY KEY (a, b)) PARTITION BY HASH (a)";
        check(table, other_types, false);
    }

    #[test]
    fn what_is_in_strings_counts_by_the_letter() {
        check(
            "CREATE EVENT e DO SELECT 'a'",
            "CREATE EVENT e DO SELECT 'A'",
            false,
        );
        check(
            "CREATE VIEW v AS SELECT f(a, b)",
            "CREATE VIEW v AS SELECT f(b, a)",
            false,
        );
        check(
            "CREATE VIEW v AS SELECT a",
            "CREATE VIEW v  AS select `a`",
            true,
        );
    }
}
