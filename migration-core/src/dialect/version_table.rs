//! The texts of the version table: Alembic's, so that either program can go on where the other
//! stopped.

use std::fmt;

use super::Dialect;

/// The table that holds one row for each head.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VersionTable {
    /// The schema (on MySQL: database), when the settings name one.
    pub schema: Option<String>,
    /// The table: `alembic_version` unless the settings say otherwise.
    pub name: String,
}

impl Default for VersionTable {
    fn default() -> Self {
        Self {
            schema: None,
            name: Self::DEFAULT.to_owned(),
        }
    }
}

/// The name as a person reads it, its schema before it.
impl fmt::Display for VersionTable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(schema) = &self.schema {
            write!(f, "{schema}.")?;
        }
        f.write_str(&self.name)
    }
}

impl VersionTable {
    /// The name when nothing else is said.
    pub const DEFAULT: &'static str = "alembic_version";

    /// The table quoted, its schema before it.
    pub fn qualified(&self, dialect: Dialect) -> String {
        qualified(dialect, self.schema.as_deref(), &self.name)
    }

    /// Creates the table, with Alembic's columns and constraint name.
    pub fn create(&self, dialect: Dialect) -> String {
        self.made_by("CREATE TABLE", dialect)
    }

    /// The same where there may be one already: a script that led to base left it.
    pub fn create_unless_there(&self, dialect: Dialect) -> String {
        self.made_by("CREATE TABLE IF NOT EXISTS", dialect)
    }

    fn made_by(&self, words: &str, dialect: Dialect) -> String {
        let key = dialect.syntax().quote(&format!("{}_pkc", self.name));
        format!(
            "{words} {} (\n    version_num VARCHAR(32) NOT NULL,\n    \
             CONSTRAINT {key} PRIMARY KEY (version_num)\n){}",
            self.qualified(dialect),
            dialect.syntax().own_table
        )
    }

    /// Adds a row.
    pub fn insert(&self, dialect: Dialect, id: &str) -> String {
        format!(
            "INSERT INTO {} (version_num) VALUES ({})",
            self.qualified(dialect),
            dialect.syntax().literal(id)
        )
    }

    /// Changes a row.
    pub fn update(&self, dialect: Dialect, from: &str, to: &str) -> String {
        let syntax = dialect.syntax();
        format!(
            "UPDATE {} SET version_num={} WHERE version_num = {}",
            self.qualified(dialect),
            syntax.literal(to),
            syntax.literal(from)
        )
    }

    /// Removes a row.
    pub fn delete(&self, dialect: Dialect, id: &str) -> String {
        format!(
            "DELETE FROM {} WHERE version_num = {}",
            self.qualified(dialect),
            dialect.syntax().literal(id)
        )
    }

    /// Removes all rows.
    pub fn delete_all(&self, dialect: Dialect) -> String {
        format!("DELETE FROM {}", self.qualified(dialect))
    }

    /// Reads the rows, sorted.
    pub fn select(&self, dialect: Dialect) -> String {
        format!(
            "SELECT version_num FROM {} ORDER BY version_num",
            self.qualified(dialect)
        )
    }

    /// Returns one row with a number: 1 when the table is there, else 0.
    pub fn exists(&self, dialect: Dialect) -> String {
        exists(dialect, self.schema.as_deref(), &self.name)
    }
}

pub(super) fn qualified(dialect: Dialect, schema: Option<&str>, name: &str) -> String {
    dialect.syntax().qualified(schema, name)
}

pub(super) fn exists(dialect: Dialect, schema: Option<&str>, name: &str) -> String {
    let syntax = dialect.syntax();
    let table = syntax.literal(name);
    match dialect {
        Dialect::Sqlite => {
            let catalog = qualified(dialect, Some(schema.unwrap_or("main")), "sqlite_schema");
            format!("SELECT count(*) FROM {catalog} WHERE type = 'table' AND name = {table}")
        }
        Dialect::Postgres => {
            let quoted = syntax.literal(&qualified(dialect, schema, name));
            format!("SELECT CASE WHEN to_regclass({quoted}) IS NULL THEN 0 ELSE 1 END")
        }
        Dialect::Mysql => {
            let schema = schema.map_or_else(|| "database()".to_owned(), |it| syntax.literal(it));
            format!(
                "SELECT count(*) FROM information_schema.tables \
                 WHERE table_schema = {schema} AND table_name = {table}"
            )
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Dialect, VersionTable};

    fn table(schema: Option<&str>, name: &str) -> VersionTable {
        VersionTable {
            schema: schema.map(ToOwned::to_owned),
            name: name.to_owned(),
        }
    }

    #[test]
    fn the_table_is_created_as_alembic_creates_it() {
        let alembic = "CREATE TABLE alembic_version ( version_num VARCHAR(32) NOT NULL, \
                       CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num) )";
        for dialect in Dialect::ALL {
            let ours = table(None, VersionTable::DEFAULT).create(dialect);
            let words: Vec<&str> = ours.split_whitespace().collect();
            let options = dialect.syntax().own_table;
            assert_eq!(
                words.join(" ").replace('"', ""),
                format!("{alembic}{options}")
            );
        }
    }

    #[test]
    fn names_and_ids_are_quoted() {
        let odd = table(Some("s\"x"), "v'1");
        assert_eq!(
            odd.insert(Dialect::Postgres, "it's\\"),
            "INSERT INTO \"s\"\"x\".\"v'1\" (version_num) VALUES ('it''s\\')"
        );
        assert_eq!(
            odd.update(Dialect::Mysql, "a\\", "b'"),
            "UPDATE \"s\"\"x\".\"v'1\" SET version_num='b''' WHERE version_num = 'a\\\\'"
        );
        assert_eq!(
            odd.exists(Dialect::Postgres),
            "SELECT CASE WHEN to_regclass('\"s\"\"x\".\"v''1\"') IS NULL THEN 0 ELSE 1 END"
        );
    }
}
