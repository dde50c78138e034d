//! The SQL types of Diesel, by the names that each engine gives its own.

use super::Dialect;
use crate::schema::{DataType, EnumType};

/// The SQL type of Diesel that a column has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DieselType {
    /// One of Diesel's own.
    Known(String),
    /// One that only the database knows.
    Custom {
        /// Its name, from which the name of the Rust type is made.
        name: String,
        /// The attribute that ties the Rust type to it: `postgres_type(name = "mood")`.
        attribute: String,
    },
}

/// Names as the engine writes them, without lengths, and Diesel's.
const POSTGRES: &[(&str, &str)] = &[
    ("SMALLINT", "Int2"),
    ("INTEGER", "Int4"),
    ("BIGINT", "Int8"),
    ("NUMERIC", "Numeric"),
    ("REAL", "Float4"),
    ("DOUBLE PRECISION", "Float8"),
    ("BOOLEAN", "Bool"),
    ("VARCHAR", "Varchar"),
    ("CHAR", "Bpchar"),
    ("TEXT", "Text"),
    ("BYTEA", "Bytea"),
    ("DATE", "Date"),
    ("TIME", "Time"),
    ("TIMESTAMP", "Timestamp"),
    ("TIMESTAMP WITH TIME ZONE", "Timestamptz"),
    ("INTERVAL", "Interval"),
    ("UUID", "Uuid"),
    ("JSON", "Json"),
    ("JSONB", "Jsonb"),
    ("INET", "Inet"),
    ("CIDR", "Cidr"),
    ("MACADDR", "MacAddr"),
    ("MONEY", "Money"),
    ("OID", "Oid"),
    ("CITEXT", "Citext"),
    ("INT4RANGE", "Int4range"),
    ("INT8RANGE", "Int8range"),
    ("NUMRANGE", "Numrange"),
    ("DATERANGE", "Daterange"),
    ("TSRANGE", "Tsrange"),
    ("TSTZRANGE", "Tstzrange"),
];

const MYSQL: &[(&str, &str)] = &[
    ("TINYINT", "Tinyint"),
    ("SMALLINT", "Smallint"),
    ("MEDIUMINT", "Integer"),
    ("INT", "Integer"),
    ("INTEGER", "Integer"),
    ("BIGINT", "Bigint"),
    ("DECIMAL", "Decimal"),
    ("NUMERIC", "Decimal"),
    ("FLOAT", "Float"),
    ("REAL", "Double"),
    ("DOUBLE", "Double"),
    ("DOUBLE PRECISION", "Double"),
    ("BOOLEAN", "Bool"),
    ("VARCHAR", "Varchar"),
    ("CHAR", "Char"),
    ("TEXT", "Text"),
    ("TINYTEXT", "Tinytext"),
    ("MEDIUMTEXT", "Mediumtext"),
    ("LONGTEXT", "Longtext"),
    ("BLOB", "Blob"),
    ("TINYBLOB", "Tinyblob"),
    ("MEDIUMBLOB", "Mediumblob"),
    ("LONGBLOB", "Longblob"),
    ("BINARY", "Binary"),
    ("VARBINARY", "Varbinary"),
    ("DATE", "Date"),
    ("TIME", "Time"),
    ("DATETIME", "Datetime"),
    ("TIMESTAMP", "Timestamp"),
    ("JSON", "Json"),
];

/// The type of a column. What an engine has and Diesel does not know is a type of its own.
pub fn diesel_type(dialect: Dialect, data_type: &DataType, enums: &[EnumType]) -> DieselType {
    let named = data_type.as_name();
    let is_enum = |name| enums.iter().any(|it| Some(&it.name) == Some(name));
    if let Some(name) = named.as_ref().filter(|name| is_enum(name)) {
        return match dialect {
            Dialect::Postgres => custom(dialect, &name.name.to_string(), &name.name.to_string()),
            Dialect::Mysql => custom(dialect, &format!("{}_enum", name.name), "Enum"),
            Dialect::Sqlite => DieselType::Known("Text".to_owned()),
        };
    }
    let text = dialect.compiler().data_type(data_type);
    let text = text.unwrap_or_else(|_| "TEXT".to_owned());
    if let Some(element) = text.strip_suffix("[]") {
        return array(dialect, element, enums);
    }
    let upper = text.to_ascii_uppercase();
    let bare = without_length(&upper);
    if dialect == Dialect::Sqlite {
        return DieselType::Known(on_sqlite(&bare).to_owned());
    }
    let float = dialect == Dialect::Postgres && bare == "FLOAT";
    if float {
        // Diesel has no FLOAT(p); up to 24 binary digits are four bytes.
        let digits = upper
            .chars()
            .filter(char::is_ascii_digit)
            .collect::<String>();
        let is_short = digits.parse::<u32>().is_ok_and(|digits| digits <= 24);
        return DieselType::Known(if is_short { "Float4" } else { "Float8" }.to_owned());
    }
    let (bare, is_unsigned) = match bare.strip_suffix(" UNSIGNED") {
        Some(bare) => (bare.to_owned(), true),
        None => (bare, false),
    };
    let types = if dialect == Dialect::Postgres {
        POSTGRES
    } else {
        MYSQL
    };
    let is_flag = upper == "TINYINT(1)";
    match types.iter().find(|(name, _)| *name == bare) {
        Some(_) if is_flag => DieselType::Known("Bool".to_owned()),
        Some((_, known)) if is_unsigned => DieselType::Known(format!("Unsigned<{known}>")),
        Some((_, known)) => DieselType::Known((*known).to_owned()),
        None => {
            let name = named.map_or(text, |name| name.name.to_string());
            custom(dialect, &name, &name)
        }
    }
}

fn array(dialect: Dialect, element: &str, enums: &[EnumType]) -> DieselType {
    let element = DataType::Other(crate::schema::Expression::new(element));
    match diesel_type(dialect, &element, enums) {
        DieselType::Known(name) => DieselType::Known(format!("Array<Nullable<{name}>>")),
        custom @ DieselType::Custom { .. } => custom,
    }
}

/// `VARCHAR(50)` is VARCHAR, `TIMESTAMP(6) WITH TIME ZONE` is what it says without the digits.
fn without_length(text: &str) -> String {
    match (text.find('('), text.rfind(')')) {
        (Some(open), Some(close)) => format!("{}{}", text[..open].trim_end(), &text[close + 1..]),
        _ => text.to_owned(),
    }
}

/// By the letters in the name, as SQLite itself does.
fn on_sqlite(name: &str) -> &'static str {
    let has = |parts: &[&str]| parts.iter().any(|part| name.contains(part));
    if name == "SMALLINT" {
        "SmallInt"
    } else if name == "BIGINT" {
        "BigInt"
    } else if has(&["INT"]) {
        "Integer"
    } else if has(&["CHAR", "CLOB", "TEXT"]) {
        "Text"
    } else if name.is_empty() || has(&["BLOB"]) {
        "Binary"
    } else if name == "REAL" {
        "Float"
    } else if has(&["FLOA", "DOUB", "NUM", "DEC"]) {
        "Double"
    } else if has(&["BOOL"]) {
        "Bool"
    } else if has(&["TIMESTAMP", "DATETIME"]) {
        "Timestamp"
    } else if has(&["DATE"]) {
        "Date"
    } else if has(&["TIME"]) {
        "Time"
    } else {
        "Text"
    }
}

fn custom(dialect: Dialect, name: &str, backend_name: &str) -> DieselType {
    let backend = match dialect {
        Dialect::Postgres => "postgres_type",
        Dialect::Mysql => "mysql_type",
        Dialect::Sqlite => "sqlite_type",
    };
    DieselType::Custom {
        name: name.to_owned(),
        attribute: format!("{backend}(name = {backend_name:?})"),
    }
}
