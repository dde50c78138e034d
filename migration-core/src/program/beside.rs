//! Statements of models that say something that no comparison looks at: rows, rights, kinds of
//! objects that are read from no catalog.

use super::lower::{is_for, options_of};
use super::{Built, ProgramError};
use crate::dialect::Dialect;
use crate::operation::Operation;
use crate::sql::{Deed, Headline, Subject, headline, subject};
use crate::text::Place;

/// A statement that is not compared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Beside {
    /// The statement, the prefix in place.
    pub sql: String,
    /// Where it stands.
    pub place: Place,
    /// The object that it makes.
    pub makes: Option<Subject>,
}

/// Kinds that are read from a catalog, or belong to something that is.
const COMPARED: [&str; 9] = [
    "function",
    "materialized view",
    "policy",
    "procedure",
    "row-level security",
    "sequence",
    "table",
    "trigger",
    "view",
];

/// First words of statements about rows and rights.
const OF_ROWS_AND_RIGHTS: [&str; 13] = [
    "CALL", "COPY", "DELETE", "GRANT", "INSERT", "LOAD", "MERGE", "REASSIGN", "REPLACE", "REVOKE",
    "TRUNCATE", "UPDATE", "WITH",
];

/// How much of a statement is shown.
const SHOWN: usize = 60;

impl Built {
    /// The statements for an engine that no comparison looks at.
    ///
    /// # Errors
    ///
    /// An engine that nobody knows.
    pub fn beside(&self, dialect: Dialect) -> Result<Vec<Beside>, ProgramError> {
        let mut found = Vec::new();
        for statement in &self.statements {
            let [Operation::Raw { sql }] = statement.operations.as_slice() else {
                continue;
            };
            if !is_for(dialect, statement)? {
                continue;
            }
            if let Some(makes) = looked_past(dialect, sql) {
                found.push(Beside {
                    sql: sql.clone(),
                    place: statement.place.clone(),
                    makes,
                });
            }
        }
        Ok(found)
    }
}

/// Whether no comparison looks at a statement; if so, what it makes.
fn looked_past(dialect: Dialect, sql: &str) -> Option<Option<Subject>> {
    let options = options_of(dialect, "");
    if let Some((subject, deed)) = subject(sql, options.fold, options.backslash_escapes) {
        let is_compared = COMPARED.contains(&subject.kind);
        return (!is_compared).then(|| (deed == Deed::Makes).then_some(subject));
    }
    let Headline { verb, .. } = headline(sql, &options);
    OF_ROWS_AND_RIGHTS.contains(&verb.as_str()).then_some(None)
}

impl Beside {
    /// Its beginning, on one line.
    pub fn summary(&self) -> String {
        let words: Vec<&str> = self.sql.split_whitespace().collect();
        let line = words.join(" ");
        match line.char_indices().nth(SHOWN) {
            Some((at, _)) => format!("{}...", line[..at].trim_end()),
            None => line,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::looked_past;
    use crate::dialect::Dialect;

    #[track_caller]
    fn check(sql: &str, expected: Option<&str>) {
        let found = looked_past(Dialect::Postgres, sql);
        let found = found.map(|makes| {
            let made = makes.map(|it| format!("{} {}", it.kind, it.name));
            made.unwrap_or_default()
        });
        assert_eq!(found.as_deref(), expected, "{sql}");
    }

    #[test]
    fn what_no_catalog_is_read_for_is_told_from_what_is_compared() {
        check("CREATE DOMAIN a.email AS TEXT", Some("domain a.email"));
        check("CREATE TYPE pair AS (a INT, b INT)", Some("type pair"));
        check(
            "CREATE EXTENSION IF NOT EXISTS citext",
            Some("extension citext"),
        );
        check("DROP DOMAIN email", Some(""));
        check("GRANT SELECT ON t TO PUBLIC", Some(""));
        check("INSERT INTO t VALUES (1)", Some(""));
        check(
            "CREATE FUNCTION f() RETURNS INT LANGUAGE sql AS 'SELECT 1'",
            None,
        );
        check("CREATE MATERIALIZED VIEW v AS SELECT 1", None);
        check("ALTER TABLE t ENABLE ROW LEVEL SECURITY", None);
        check("SET search_path = a", None);
    }
}
