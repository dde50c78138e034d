//! Types on SQLite: a name is kept as declared, and its letters decide the affinity.
//!
//! Names are chosen so that the affinity is right: `INTERVAL` and `JSON` would be taken for
//! numbers, so both are TEXT. <https://www.sqlite.org/datatype3.html>, section 3.1.

use super::super::Unsupported;
use crate::dialect::Dialect;
use crate::schema::{DataType, TimeZone};

/// The name of a type.
pub(super) fn name(data_type: &DataType) -> Result<String, Unsupported> {
    Ok(match data_type {
        DataType::SmallInt => "SMALLINT".to_owned(),
        DataType::Integer => "INTEGER".to_owned(),
        DataType::BigInt => "BIGINT".to_owned(),
        DataType::Numeric { precision, scale } => match (precision, scale) {
            (Some(precision), Some(scale)) => format!("NUMERIC({precision}, {scale})"),
            (Some(precision), None) => format!("NUMERIC({precision})"),
            (None, _) => "NUMERIC".to_owned(),
        },
        DataType::Real => "REAL".to_owned(),
        DataType::Double => "DOUBLE PRECISION".to_owned(),
        DataType::Float { precision } => sized("FLOAT", *precision),
        DataType::Boolean => "BOOLEAN".to_owned(),
        DataType::Varchar { length } => sized("VARCHAR", *length),
        DataType::Char { length } => sized("CHAR", *length),
        DataType::Text | DataType::Interval | DataType::Json | DataType::Jsonb => "TEXT".to_owned(),
        DataType::Binary => "BLOB".to_owned(),
        DataType::Date => "DATE".to_owned(),
        DataType::Time { precision, zone } => zoned("TIME", *precision, *zone),
        DataType::Timestamp { precision, zone } => zoned("TIMESTAMP", *precision, *zone),
        DataType::Uuid => "CHAR(36)".to_owned(),
        DataType::Other(text) if text.as_str().contains('[') => {
            return Err(Unsupported {
                dialect: Dialect::Sqlite,
                operation: format!("store the array `{text}`"),
                hint: "keep it as JSON, or write the column under `-- migrate: only postgresql`"
                    .to_owned(),
            });
        }
        DataType::Other(text) => text.to_string(),
    })
}

/// Whether a stored type is as good as what was written: values go in and come out as text, under
/// the name that other tools declare.
pub(super) fn is_as_good(stored: &DataType, written: &DataType) -> bool {
    match written {
        DataType::Json | DataType::Jsonb => {
            let names = ["JSON", "JSONB"];
            matches!(stored, DataType::Other(name) if names.contains(&name.as_str()))
        }
        // Without its dashes.
        DataType::Uuid => *stored == DataType::Char { length: Some(32) },
        // A key that is no rowid, which only INTEGER is.
        DataType::Integer => {
            matches!(stored, DataType::Other(name) if ["INT", "INT4"].contains(&name.as_str()))
        }
        // No time here knows its zone.
        DataType::Time {
            zone: TimeZone::With,
            ..
        } => matches!(stored, DataType::Time { .. }),
        DataType::Timestamp {
            zone: TimeZone::With,
            ..
        } => matches!(stored, DataType::Timestamp { .. }),
        DataType::SmallInt
        | DataType::BigInt
        | DataType::Numeric { .. }
        | DataType::Real
        | DataType::Double
        | DataType::Float { .. }
        | DataType::Boolean
        | DataType::Varchar { .. }
        | DataType::Char { .. }
        | DataType::Text
        | DataType::Binary
        | DataType::Date
        | DataType::Time { .. }
        | DataType::Timestamp { .. }
        | DataType::Interval
        | DataType::Other(_) => false,
    }
}

/// How a column treats what is put into it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Affinity {
    Integer,
    Text,
    Blob,
    Real,
    Numeric,
}

impl Affinity {
    /// The affinity of a declared name, by SQLite's five rules in their order.
    pub(super) fn of(name: &str) -> Self {
        let name = name.to_ascii_uppercase();
        let has = |parts: &[&str]| parts.iter().any(|part| name.contains(part));
        if has(&["INT"]) {
            Self::Integer
        } else if has(&["CHAR", "CLOB", "TEXT"]) {
            Self::Text
        } else if name.is_empty() || has(&["BLOB"]) {
            Self::Blob
        } else if has(&["REAL", "FLOA", "DOUB"]) {
            Self::Real
        } else {
            Self::Numeric
        }
    }
}

/// Whether columns of the two declared types treat what is put into them alike.
pub(crate) fn has_same_affinity(one: &str, other: &str) -> bool {
    Affinity::of(one) == Affinity::of(other)
}

fn sized(name: &str, length: Option<u32>) -> String {
    length.map_or_else(|| name.to_owned(), |length| format!("{name}({length})"))
}

fn zoned(name: &str, precision: Option<u32>, zone: TimeZone) -> String {
    match zone {
        TimeZone::Without => sized(name, precision),
        // Digits in the middle of a name are beyond SQLite.
        TimeZone::With => format!("{name} WITH TIME ZONE"),
    }
}
