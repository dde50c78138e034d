//! Types on PostgreSQL.

use crate::schema::{DataType, TimeZone};

/// The name of a type.
pub(super) fn name(data_type: &DataType) -> String {
    match data_type {
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
        DataType::Float {
            precision: Some(precision),
        } => format!("FLOAT({precision})"),
        DataType::Float { precision: None } => "DOUBLE PRECISION".to_owned(),
        DataType::Boolean => "BOOLEAN".to_owned(),
        DataType::Varchar { length } => sized("VARCHAR", *length),
        DataType::Char { length } => sized("CHAR", *length),
        DataType::Text => "TEXT".to_owned(),
        DataType::Binary => "BYTEA".to_owned(),
        DataType::Date => "DATE".to_owned(),
        DataType::Time { precision, zone } => zoned("TIME", *precision, *zone),
        DataType::Timestamp { precision, zone } => zoned("TIMESTAMP", *precision, *zone),
        DataType::Interval => "INTERVAL".to_owned(),
        DataType::Uuid => "UUID".to_owned(),
        DataType::Json => "JSON".to_owned(),
        DataType::Jsonb => "JSONB".to_owned(),
        DataType::Other(text) => text.to_string(),
    }
}

/// The name of the type of a column that numbers its rows by a sequence of its own.
pub(super) fn serial(data_type: &DataType) -> Option<&'static str> {
    match data_type {
        DataType::SmallInt => Some("SMALLSERIAL"),
        DataType::Integer => Some("SERIAL"),
        DataType::BigInt => Some("BIGSERIAL"),
        DataType::Numeric { .. }
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
        | DataType::Uuid
        | DataType::Json
        | DataType::Jsonb
        | DataType::Other(_) => None,
    }
}

fn sized(name: &str, length: Option<u32>) -> String {
    length.map_or_else(|| name.to_owned(), |length| format!("{name}({length})"))
}

fn zoned(name: &str, precision: Option<u32>, zone: TimeZone) -> String {
    let zone = match zone {
        TimeZone::Without => "",
        TimeZone::With => " WITH TIME ZONE",
    };
    format!("{}{zone}", sized(name, precision))
}
