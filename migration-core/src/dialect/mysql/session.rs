//! Statements behind which the program's own would fail in the same session: lines of dumps.

use super::super::ansi;
use super::Unsupported;
use crate::dialect::Dialect;

/// Refuses what takes the quotes off the program's own names, or its tables away.
pub(super) fn keeps(sql: &str) -> Result<(), Unsupported> {
    let bare = unwrapped(sql);
    if !ansi::begins_with_one_of(bare, &["flush", "lock", "set"]) {
        return Ok(());
    }
    let bare = bare.to_ascii_lowercase();
    let words: Vec<&str> = bare.split_whitespace().collect();
    let refused = |operation: &str, hint: &str| {
        Err(Unsupported {
            dialect: Dialect::Mysql,
            operation: operation.to_owned(),
            hint: hint.to_owned(),
        })
    };
    match words.as_slice() {
        ["lock", "table" | "tables", ..] | ["flush", .., "read", "lock"] => refused(
            "note what was done while a revision holds locks on tables",
            "leave it out, and `UNLOCK TABLES` with it: what a dump gains by it is time; who must \
             not write meanwhile is kept away before the upgrade",
        ),
        ["set", ..] if sets_quotes_aside(bare.trim_start_matches("set")) => refused(
            "note what was done without `ANSI_QUOTES` in `sql_mode`",
            "leave it out, with what sets it back; where a mode is needed, add it: \
             `SET sql_mode = CONCAT(@@sql_mode, ',NO_AUTO_VALUE_ON_ZERO')`",
        ),
        _ => Ok(()),
    }
}

/// The text of a comment that the server reads (`/*!40101 SET ... */`), or the text itself.
fn unwrapped(sql: &str) -> &str {
    let sql = sql.trim();
    let inner = sql
        .strip_prefix("/*!")
        .or_else(|| sql.strip_prefix("/*M!"))
        .and_then(|inner| inner.strip_suffix("*/"));
    let inner = inner.map(|inner| inner.trim_start_matches(|it: char| it.is_ascii_digit()));
    inner.map_or(sql, str::trim)
}

/// Whether one of the assignments of a `SET` gives the session modes that know no names in double
/// quotes. A variable may hold such as do.
fn sets_quotes_aside(assignments: &str) -> bool {
    split(assignments).any(|assignment| {
        let mut name = assignment.trim();
        for scope in ["session ", "local ", "@@session.", "@@local.", "@@"] {
            name = name.strip_prefix(scope).unwrap_or(name).trim_start();
        }
        let value = name.strip_prefix("sql_mode").map(str::trim_start);
        let value = value.and_then(|it| it.strip_prefix(":=").or_else(|| it.strip_prefix('=')));
        value.is_some_and(|value| !value.contains('@') && !value.contains("ansi"))
    })
}

/// Cuts at the commas that stand in no string and no parenthesis.
fn split(assignments: &str) -> impl Iterator<Item = &str> {
    let (mut depth, mut is_quoted) = (0_usize, false);
    assignments.split(move |letter: char| {
        match letter {
            '\'' => is_quoted = !is_quoted,
            '(' if !is_quoted => depth += 1,
            ')' if !is_quoted => depth = depth.saturating_sub(1),
            _ => {}
        }
        letter == ',' && depth == 0 && !is_quoted
    })
}

#[cfg(test)]
mod tests {
    use super::keeps;

    #[test]
    fn what_takes_the_program_its_quotes_or_its_tables_is_refused() {
        for sql in [
            "/*!40101 SET SQL_MODE='NO_AUTO_VALUE_ON_ZERO' */",
            "/*!40101 SET @OLD_SQL_MODE=@@SQL_MODE, SQL_MODE='NO_AUTO_VALUE_ON_ZERO' */",
            "SET sql_mode = ''",
            "set session SQL_MODE := 'STRICT_TRANS_TABLES,NO_ZERO_DATE'",
            "SET @@session.sql_mode = DEFAULT",
            "SET foreign_key_checks = 0, sql_mode = ''",
            "LOCK TABLES `t` WRITE",
            "FLUSH TABLES WITH READ LOCK",
        ] {
            assert!(keeps(sql).is_err(), "{sql}");
        }
    }

    #[test]
    fn what_leaves_them_is_not() {
        for sql in [
            "SET sql_mode = CONCAT(@@sql_mode, ',NO_AUTO_VALUE_ON_ZERO')",
            "SET sql_mode = 'ANSI_QUOTES,NO_ZERO_DATE'",
            "SET sql_mode = @old",
            "SET GLOBAL sql_mode = ''",
            "SET @sql_mode = 'a, sql_mode = '",
            "/*!40014 SET FOREIGN_KEY_CHECKS=0 */",
            "SET STATEMENT sql_mode = '' FOR INSERT INTO t VALUES (0)",
            "UNLOCK TABLES",
            "INSERT INTO t VALUES ('LOCK TABLES t')",
        ] {
            assert!(keeps(sql).is_ok(), "{sql}");
        }
    }
}
