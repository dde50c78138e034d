//! What one engine has and the others lack: types and statements, each in one table.
//!
//! Nothing here is needed to run a text: it is asked when a plan is made, about statements that are
//! not said to be for one engine, so that they stop there and not on the engine.

use super::{Dialect, Unsupported};
use crate::diagnostic::closest;
use crate::operation::Operation;
use crate::schema::{DataType, Ident};

use Dialect::{Mysql, Postgres, Sqlite};

/// Types by their first words, the engines that have them, and what is near them everywhere.
const TYPES: &[(&[Dialect], &[&str], &str)] = &[
    (
        &[Postgres],
        &["TSVECTOR", "TSQUERY", "XML", "CITEXT", "NAME", "LTREE"],
        "use TEXT",
    ),
    (&[Postgres], &["HSTORE", "JSONPATH"], "use JSONB"),
    (
        &[Postgres],
        &["INET", "CIDR", "MACADDR", "MACADDR8"],
        "use VARCHAR(50)",
    ),
    (&[Postgres], &["MONEY"], "use NUMERIC(19, 2)"),
    (
        &[Postgres],
        &["OID", "XID", "REGCLASS", "REGTYPE"],
        "use BIGINT",
    ),
    (&[Postgres], &["VARBIT"], "use BYTEA"),
    (
        &[Postgres],
        &[
            "INT4RANGE",
            "INT8RANGE",
            "NUMRANGE",
            "TSRANGE",
            "TSTZRANGE",
            "DATERANGE",
            "INT4MULTIRANGE",
            "INT8MULTIRANGE",
            "NUMMULTIRANGE",
            "TSMULTIRANGE",
            "TSTZMULTIRANGE",
            "DATEMULTIRANGE",
        ],
        "use two columns, for the beginning and the end",
    ),
    (
        &[Postgres],
        &["BOX", "CIRCLE", "LINE", "LSEG", "PATH"],
        "use JSON",
    ),
    (
        &[Postgres, Mysql],
        &["POINT", "POLYGON"],
        "use two columns of DOUBLE PRECISION, or JSON",
    ),
    (&[Postgres, Mysql], &["BIT"], "use BOOLEAN or BYTEA"),
    (
        &[Mysql],
        &[
            "GEOMETRY",
            "LINESTRING",
            "MULTIPOINT",
            "MULTILINESTRING",
            "MULTIPOLYGON",
            "GEOMETRYCOLLECTION",
        ],
        "use JSON",
    ),
    (&[Mysql, Sqlite], &["TINYINT"], "use SMALLINT or BOOLEAN"),
    (&[Mysql, Sqlite], &["MEDIUMINT"], "use INTEGER"),
    (&[Mysql], &["YEAR"], "use SMALLINT"),
    (&[Mysql], &["INET4", "INET6"], "use VARCHAR(50)"),
    (
        &[Mysql],
        &["TINYTEXT", "MEDIUMTEXT", "LONGTEXT"],
        "use TEXT",
    ),
    (
        &[Mysql],
        &["TINYBLOB", "MEDIUMBLOB", "LONGBLOB", "BINARY", "VARBINARY"],
        "use BLOB",
    ),
    (
        &[Mysql],
        &["ENUM"],
        "use CREATE TYPE ... AS ENUM, which every engine is told",
    ),
    (&[Mysql], &["SET"], "use a table of its own, or TEXT"),
    (&[Sqlite], &["ANY", "STRING", "NONE"], "use TEXT"),
    (
        &[Sqlite, Mysql],
        &["NVARCHAR", "NCHAR", "NATIONAL"],
        "use VARCHAR",
    ),
    (&[Sqlite], &["CLOB"], "use TEXT"),
    // Integers of unusual sizes that are spelled alike.
    (
        &[Mysql],
        &["INT1", "INT3", "MIDDLEINT"],
        "use SMALLINT or INTEGER",
    ),
    (
        &[Mysql, Postgres, Sqlite],
        &["INT2", "INT4", "INT8", "FLOAT4", "FLOAT8"],
        "",
    ),
];

/// Statements by their words, `*` for any between, `?` for one, and the engines that have them.
const STATEMENTS: &[(&[Dialect], &str)] = &[
    (
        &[Postgres],
        "CREATE EXTENSION; ALTER EXTENSION; DROP EXTENSION; CREATE TYPE; ALTER TYPE; \
         CREATE DOMAIN; ALTER DOMAIN; DROP DOMAIN; CREATE POLICY; ALTER POLICY; DROP POLICY; \
         CREATE MATERIALIZED VIEW; ALTER MATERIALIZED VIEW; DROP MATERIALIZED VIEW; \
         REFRESH MATERIALIZED VIEW; CREATE RECURSIVE VIEW; CREATE OR REPLACE RECURSIVE VIEW; \
         CREATE VIEW * WITH (; CREATE OR REPLACE VIEW * WITH (; ALTER VIEW * OWNER TO; \
         ALTER VIEW * SET; ALTER VIEW * RESET; CREATE SCHEMA AUTHORIZATION; \
         CREATE SCHEMA * AUTHORIZATION; ALTER SCHEMA * OWNER TO; CREATE AGGREGATE; \
         DROP AGGREGATE; CREATE OPERATOR; DROP OPERATOR; CREATE CAST; DROP CAST; \
         CREATE COLLATION; DROP COLLATION; CREATE RULE; CREATE OR REPLACE RULE; DROP RULE; \
         CREATE PUBLICATION; ALTER PUBLICATION; DROP PUBLICATION; CREATE SUBSCRIPTION; \
         ALTER SUBSCRIPTION; DROP SUBSCRIPTION; CREATE TEXT SEARCH; DROP TEXT SEARCH; \
         CREATE STATISTICS; DROP STATISTICS; CREATE FOREIGN TABLE; \
         CREATE FOREIGN DATA WRAPPER; IMPORT FOREIGN SCHEMA; CREATE EVENT TRIGGER; \
         DROP EVENT TRIGGER; CREATE ACCESS METHOD; CREATE LANGUAGE; CREATE UNLOGGED TABLE; \
         ALTER DEFAULT PRIVILEGES; COMMENT ON; SECURITY LABEL; REASSIGN OWNED; DROP OWNED; \
         CREATE TABLE * INHERITS (; CREATE TABLE * EXCLUDE USING; CREATE TABLE * EXCLUDE (; \
         CREATE TABLE * NULLS NOT DISTINCT; CREATE TABLE * ( LIKE; \
         CREATE TABLE * PARTITION OF; CREATE INDEX * NULLS NOT DISTINCT; \
         CREATE UNIQUE INDEX * NULLS NOT DISTINCT; CREATE INDEX * ON ONLY; \
         CREATE INDEX * WITH (; CREATE UNIQUE INDEX * WITH (; CREATE INDEX * TABLESPACE; \
         CREATE UNIQUE INDEX * TABLESPACE; ALTER TABLE ONLY; ALTER TABLE IF EXISTS ONLY; \
         ALTER TABLE * OWNER TO; ALTER TABLE * SET SCHEMA; ALTER TABLE * SET TABLESPACE; \
         ALTER TABLE * SET LOGGED; ALTER TABLE * SET UNLOGGED; ALTER TABLE * SET (; \
         ALTER TABLE * RESET (; ALTER TABLE * SET STATISTICS; ALTER TABLE * SET STORAGE; \
         ALTER TABLE * SET EXPRESSION; ALTER TABLE * SET GENERATED; \
         ALTER TABLE * ROW LEVEL SECURITY; ALTER TABLE * CLUSTER ON; \
         ALTER TABLE * SET WITHOUT; ALTER TABLE * INHERIT; ALTER TABLE * REPLICA IDENTITY; \
         ALTER TABLE * ATTACH PARTITION; ALTER TABLE * DETACH PARTITION; \
         ALTER TABLE * ENABLE TRIGGER; ALTER TABLE * DISABLE TRIGGER; \
         ALTER TABLE * EXCLUDE USING; ALTER TABLE * NULLS NOT DISTINCT; \
         ALTER TABLE * USING INDEX; ALTER TABLE * ALTER CONSTRAINT; \
         ALTER TABLE * NO INHERIT; ALTER INDEX * ATTACH; ALTER INDEX * SET; \
         ALTER INDEX * RESET; ALTER SEQUENCE * OWNER TO; ALTER SEQUENCE * SET SCHEMA; \
         ALTER FUNCTION * OWNER TO; ALTER FUNCTION * SET SCHEMA; DROP INDEX * CASCADE; \
         CLUSTER; LISTEN; NOTIFY",
    ),
    (
        &[Mysql],
        "ALTER TABLE * ENGINE =; ALTER TABLE * ENGINE INNODB; ALTER TABLE * ROW_FORMAT; \
         ALTER TABLE * AUTO_INCREMENT =; ALTER TABLE * CONVERT TO; \
         ALTER TABLE * DEFAULT CHARSET; ALTER TABLE * CHARSET; ALTER TABLE * CHARACTER SET; \
         ALTER TABLE * COLLATE =; ALTER TABLE * MODIFY; ALTER TABLE * CHANGE; \
         ALTER TABLE * AFTER; ALTER TABLE * FIRST; ALTER TABLE * DISABLE KEYS; \
         ALTER TABLE * ENABLE KEYS; ALTER TABLE * ORDER BY; ALTER TABLE * DROP PARTITION; \
         ALTER TABLE * ADD PARTITION; ALTER TABLE * PARTITION BY; ALTER TABLE * ALTER INDEX; \
         ALTER TABLE * FORCE; ALTER TABLE * SYSTEM VERSIONING; CREATE TABLE ? LIKE; \
         CREATE TABLE ? . ? LIKE; CREATE TABLE IF NOT EXISTS ? LIKE; \
         CREATE OR REPLACE TABLE; CREATE ALGORITHM; CREATE OR REPLACE ALGORITHM; \
         CREATE SQL SECURITY; CREATE DEFINER; CREATE OR REPLACE DEFINER; \
         CREATE OR REPLACE SEQUENCE; CREATE EVENT; ALTER EVENT; DROP EVENT; OPTIMIZE TABLE; \
         REPAIR TABLE; ANALYZE TABLE; CHECK TABLE; FLUSH; LOCK TABLES; UNLOCK TABLES; \
         LOAD DATA; SET FOREIGN_KEY_CHECKS; RENAME USER",
    ),
    (&[Sqlite], "PRAGMA; ATTACH; DETACH; CREATE VIRTUAL TABLE"),
    (
        &[Postgres, Mysql],
        "CREATE FUNCTION; CREATE OR REPLACE FUNCTION; ALTER FUNCTION; DROP FUNCTION; \
         CREATE PROCEDURE; CREATE OR REPLACE PROCEDURE; ALTER PROCEDURE; DROP PROCEDURE; \
         CREATE ROLE; DROP ROLE; CREATE USER; ALTER USER; DROP USER; GRANT; REVOKE; \
         CREATE DATABASE; ALTER DATABASE; DROP DATABASE; CREATE SERVER; TRUNCATE; CALL; DO; \
         ALTER TABLE IF EXISTS; CREATE TABLE * ) PARTITION BY",
    ),
];

/// Why an operation that is said to be for every engine cannot be for this one: a column's type, or
/// the statement itself, is another's.
///
/// # Errors
///
/// [`Unsupported`] with what to write instead.
pub fn check_portable(dialect: Dialect, operation: &Operation) -> Result<(), Unsupported> {
    match operation {
        Operation::CreateTable { table, .. } => table
            .columns
            .iter()
            .try_for_each(|column| check_type(dialect, &column.name, &column.data_type)),
        Operation::AddColumn { column, .. } => check_type(dialect, &column.name, &column.data_type),
        Operation::SetType {
            column, data_type, ..
        } => check_type(dialect, column, data_type),
        Operation::Raw { sql } => check_statement(dialect, sql),
        Operation::DropTable { .. }
        | Operation::RenameTable { .. }
        | Operation::DropColumn { .. }
        | Operation::RenameColumn { .. }
        | Operation::SetNullable { .. }
        | Operation::SetDefault { .. }
        | Operation::SetIdentity { .. }
        | Operation::DropExpression { .. }
        | Operation::AddConstraint { .. }
        | Operation::DropConstraint { .. }
        | Operation::RenameConstraint { .. }
        | Operation::ValidateConstraint { .. }
        | Operation::CreateIndex { .. }
        | Operation::DropIndex { .. }
        | Operation::RenameIndex { .. }
        | Operation::SetTableComment { .. }
        | Operation::SetColumnComment { .. }
        | Operation::View(_)
        | Operation::Sequence(_)
        | Operation::Namespace(_)
        | Operation::Enum(_)
        | Operation::Call { .. } => Ok(()),
    }
}

/// The table of types, for the reference: engines, names, what is near.
pub(super) fn types() -> impl Iterator<Item = (String, String, &'static str)> {
    let rows = TYPES.iter().filter(|(_, _, near)| !near.is_empty());
    rows.map(|(engines, all, near)| (names(engines), all.join("`, `"), *near))
}

/// The table of statements, for the reference: engines, statements.
pub(super) fn statements() -> impl Iterator<Item = (String, Vec<String>)> {
    STATEMENTS.iter().map(|(engines, patterns)| {
        let shown = patterns.split("; ").map(shown).collect();
        (names(engines), shown)
    })
}

fn shown(pattern: &str) -> String {
    pattern.replace(['*', '?'], "...")
}

fn check_type(dialect: Dialect, column: &Ident, data_type: &DataType) -> Result<(), Unsupported> {
    let DataType::Other(text) = data_type else {
        return Ok(());
    };
    let text = text.as_str();
    let refused = |hint: String| Unsupported {
        dialect,
        operation: format!("keep column `{column}` of type `{text}`"),
        hint,
    };
    // An array is refused by the compiler, which knows what is near it.
    if text.contains('[') {
        return Ok(());
    }
    let upper = text.to_ascii_uppercase();
    let first = upper.split([' ', '(']).next().unwrap_or_default();
    if text.is_empty() && dialect != Sqlite {
        return Err(refused("give the column a type".to_owned()));
    }
    let is_unsigned = upper.contains("UNSIGNED") || upper.contains("ZEROFILL");
    if is_unsigned && dialect == Postgres {
        return Err(refused(
            "use a wider type and a CHECK, or write it under `-- migrate: only mysql`".to_owned(),
        ));
    }
    let own = TYPES.iter().find(|(_, names, _)| names.contains(&first));
    match own {
        Some((engines, _, _)) if engines.contains(&dialect) => Ok(()),
        Some((engines, _, near)) => Err(refused(format!(
            "{near}, or write it under `-- migrate: only {}`",
            names(engines)
        ))),
        None if dialect == Postgres || data_type.as_name().is_none() || text.is_empty() => Ok(()),
        None => Err(refused(unknown_type(mistyped(first)))),
    }
}

/// Types that every engine is told by the same words.
const EVERYWHERE: [&str; 21] = [
    "BIGINT",
    "BIGSERIAL",
    "BLOB",
    "BOOLEAN",
    "BYTEA",
    "CHAR",
    "DATE",
    "DECIMAL",
    "DOUBLE PRECISION",
    "FLOAT",
    "INTEGER",
    "JSON",
    "JSONB",
    "NUMERIC",
    "SERIAL",
    "SMALLINT",
    "TEXT",
    "TIME",
    "TIMESTAMP",
    "UUID",
    "VARCHAR",
];

/// The type that was meant by a name that is nearly its own.
fn mistyped(name: &str) -> Option<&'static str> {
    let is_known = TYPES.iter().any(|(_, names, _)| names.contains(&name));
    closest(name, EVERYWHERE).filter(|near| !is_known && *near != name)
}

fn unknown_type(near: Option<&str>) -> String {
    match near {
        Some(near) => format!(
            "did you mean `{near}`? A type of your own is made before, by CREATE TYPE ... AS ENUM"
        ),
        None => "no revision before makes this type by CREATE TYPE ... AS ENUM; what only one \
                 engine has stands under `-- migrate: only`"
            .to_owned(),
    }
}

/// Why the type of a column cannot be meant, on an engine that has types with names: nobody makes
/// it, and it is nearly the name of another.
///
/// # Errors
///
/// [`Unsupported`] with the other name.
pub fn check_spelling(
    dialect: Dialect,
    column: &Ident,
    data_type: &DataType,
) -> Result<(), Unsupported> {
    let Some(name) = data_type.as_name().filter(|it| it.schema.is_none()) else {
        return Ok(());
    };
    match mistyped(&name.name.as_str().to_ascii_uppercase()) {
        Some(near) => Err(Unsupported {
            dialect,
            operation: format!("keep column `{column}` of type `{name}`"),
            hint: unknown_type(Some(near)),
        }),
        None => Ok(()),
    }
}

fn check_statement(dialect: Dialect, sql: &str) -> Result<(), Unsupported> {
    let words = words(sql);
    let first = words.first().map(String::as_str);
    let found = STATEMENTS.iter().find_map(|(engines, patterns)| {
        let pattern = patterns
            .split("; ")
            .filter(|pattern| pattern.split(' ').next() == first)
            .find(|pattern| matches(pattern, &words))?;
        Some((engines, pattern))
    });
    match found {
        Some((engines, pattern)) if !engines.contains(&dialect) => Err(Unsupported {
            dialect,
            operation: format!("run {}", shown(pattern)),
            hint: format!("write it under `-- migrate: only {}`", names(engines)),
        }),
        Some(_) | None => Ok(()),
    }
}

fn names(engines: &[Dialect]) -> String {
    let names: Vec<&str> = engines.iter().map(|engine| engine.name()).collect();
    names.join(", ")
}

fn matches(pattern: &str, words: &[String]) -> bool {
    let mut parts = pattern.split(" * ");
    let mut at = 0;
    let starts = |part: &str, at: usize| {
        let part: Vec<&str> = part.split(' ').collect();
        let rest = words.get(at..at + part.len())?;
        let is_same = rest
            .iter()
            .zip(&part)
            .all(|(word, other)| word == other || *other == "?");
        is_same.then_some(at + part.len())
    };
    match parts.next().and_then(|first| starts(first, 0)) {
        Some(end) => at = at.max(end),
        None => return false,
    }
    parts.all(|part| {
        let found = (at + 1..words.len()).find_map(|start| starts(part, start));
        at = found.unwrap_or(at);
        found.is_some()
    })
}

/// Most words of a statement that are looked at.
const LOOKED_AT: usize = 2000;

/// The words of a statement in upper case, and other signs alone; strings, names in quotes and
/// comments are no words of it.
fn words(sql: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut rest = sql.trim_start();
    while let Some(first) = rest.chars().next()
        && words.len() < LOOKED_AT
    {
        let is_word = |it: char| it.is_alphanumeric() || it == '_' || it == '$';
        let length = if rest.starts_with("--") {
            rest.find('\n').unwrap_or(rest.len())
        } else if rest.starts_with("/*") {
            rest.find("*/").map_or(rest.len(), |end| end + 2)
        } else if matches!(first, '\'' | '"' | '`') {
            words.push(String::new());
            rest[1..].find(first).map_or(rest.len(), |end| end + 2)
        } else if is_word(first) {
            let end = rest.find(|it| !is_word(it)).unwrap_or(rest.len());
            words.push(rest[..end].to_ascii_uppercase());
            end
        } else {
            words.push(first.to_string());
            first.len_utf8()
        };
        rest = rest[length..].trim_start();
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(sql: &str, engines: &[Dialect]) {
        for dialect in Dialect::ALL {
            let is_allowed = check_statement(dialect, sql).is_ok();
            assert_eq!(is_allowed, engines.contains(&dialect), "{sql} on {dialect}");
        }
    }

    #[test]
    fn a_statement_of_one_engine_is_known_by_its_words() {
        check("create extension if not exists \"x\"", &[Postgres]);
        check("-- why\nREFRESH /* now */ MATERIALIZED VIEW v", &[Postgres]);
        check("ALTER TABLE a.b ENABLE ROW LEVEL SECURITY", &[Postgres]);
        check("ALTER TABLE t OWNER TO somebody", &[Postgres]);
        check("ALTER TABLE t ENGINE=InnoDB", &[Mysql]);
        check("ALTER TABLE t ADD a INT AFTER b", &[Mysql]);
        check("CREATE TABLE t LIKE u", &[Mysql]);
        check("CREATE TABLE t (LIKE u)", &[Postgres]);
        check("PRAGMA user_version = 3", &[Sqlite]);
        check("GRANT SELECT ON t TO u", &[Postgres, Mysql]);
    }

    #[test]
    fn what_may_be_for_every_engine_is_left_to_it() {
        for sql in [
            "UPDATE t SET a = 'PRAGMA'",
            "CREATE TABLE t AS SELECT 1",
            "CREATE TABLE t AS SELECT rank() OVER (PARTITION BY a) FROM u WHERE b LIKE 'x'",
            "CREATE TRIGGER t AFTER INSERT ON u BEGIN SELECT 1; END",
            "DELETE FROM t WHERE engine = 'x'",
            "SELECT 1",
            "",
        ] {
            check(sql, &Dialect::ALL);
        }
    }

    #[test]
    fn every_type_has_one_entry() {
        let mut all: Vec<&str> = TYPES
            .iter()
            .flat_map(|(_, names, _)| *names)
            .copied()
            .collect();
        all.sort_unstable();
        let count = all.len();
        all.dedup();
        assert_eq!(all.len(), count);
    }
}
