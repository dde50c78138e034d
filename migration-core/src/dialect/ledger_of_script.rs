//! The ledger of a script: what it asks of it, and what it writes there.

use super::ledger::{ADDED, COLUMNS};
use super::{Dialect, Ledger, LedgerEntry};

impl Ledger {
    /// Creates the table unless it is there; where it is, nobody need be allowed to create one, but
    /// on MySQL, which asks for that first.
    pub fn create_by_script(&self, dialect: Dialect) -> String {
        let create = self.create(dialect);
        match dialect {
            Dialect::Sqlite | Dialect::Mysql => create,
            Dialect::Postgres => {
                let table = dialect.syntax().literal(&self.qualified(dialect));
                format!(
                    "DO $migrate$ BEGIN IF to_regclass({table}) IS NULL THEN {create}; END IF; \
                     END $migrate$"
                )
            }
        }
    }

    /// Statements that fail where a run left a revision half done: what is in effect of it a script
    /// would do again. The table is there. What was begun and left nothing is not half done.
    pub fn demand_finished(&self, dialect: Dialect) -> Vec<String> {
        let promise = "no run left a revision half done";
        let left = format!(
            "SELECT count(*) {} AND (statements_done > 0 OR state = 'running')",
            self.unfinished(dialect)
        );
        dialect.compiler().refusing(promise, &left)
    }

    /// Writes a complete step down from a script: in the columns that every ledger has, whatever
    /// program made it, and as done by the one who feeds the script, as far as the server knows.
    pub fn insert_by_script(&self, dialect: Dialect, entry: &LedgerEntry<'_>) -> String {
        let columns = COLUMNS.split(", ").skip(1);
        let pairs = columns.zip(Self::values(dialect, entry));
        let old = pairs.filter(|(column, _)| !ADDED.contains(column));
        let (columns, values): (Vec<_>, Vec<_>) = old
            .map(|(column, value)| match column {
                "login" => (column, by_whom(dialect).to_owned()),
                _ => (column, value),
            })
            .unzip();
        format!(
            "INSERT INTO {} ({}) VALUES ({})",
            self.qualified(dialect),
            columns.join(", "),
            values.join(", ")
        )
    }
}

/// Whose session it is, as far as the server knows.
fn by_whom(dialect: Dialect) -> &'static str {
    match dialect {
        Dialect::Sqlite => "''",
        Dialect::Postgres => "session_user",
        Dialect::Mysql => "substring_index(user(), '@', 1)",
    }
}
