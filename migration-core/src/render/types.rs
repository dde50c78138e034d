//! Types in their standard spelling.

use super::RenderOptions;
use super::name;
use crate::schema::{Column, DataType, Identity, TimeZone};

/// The type of a column, `SERIAL` when its rows are numbered that way; nothing when none is
/// declared.
pub(super) fn of(column: &Column, options: &RenderOptions<'_>) -> String {
    match (column.identity, &column.data_type) {
        (Some(Identity::Serial), DataType::SmallInt) => "SMALLSERIAL".to_owned(),
        (Some(Identity::Serial), DataType::Integer) => "SERIAL".to_owned(),
        (Some(Identity::Serial), DataType::BigInt) => "BIGSERIAL".to_owned(),
        (_, data_type) => name(data_type, options),
    }
}

/// Whether the type says that its rows are numbered.
pub(super) fn is_serial(column: &Column) -> bool {
    column.identity == Some(Identity::Serial)
        && matches!(
            column.data_type,
            DataType::SmallInt | DataType::Integer | DataType::BigInt
        )
}

/// The name of a type.
pub(super) fn name(data_type: &DataType, options: &RenderOptions<'_>) -> String {
    match data_type {
        DataType::SmallInt => "SMALLINT".to_owned(),
        DataType::Integer => "INTEGER".to_owned(),
        DataType::BigInt => "BIGINT".to_owned(),
        DataType::Numeric { precision, scale } => match (precision, scale) {
            (Some(precision), Some(scale)) => format!("NUMERIC({precision}, {scale})"),
            (precision, _) => sized("NUMERIC", *precision),
        },
        DataType::Real => "REAL".to_owned(),
        DataType::Double => "DOUBLE PRECISION".to_owned(),
        DataType::Float { precision } => sized("FLOAT", *precision),
        DataType::Boolean => "BOOLEAN".to_owned(),
        DataType::Varchar { length } => sized("VARCHAR", *length),
        DataType::Char { length } => sized("CHAR", *length),
        DataType::Text => "TEXT".to_owned(),
        DataType::Binary => "BLOB".to_owned(),
        DataType::Date => "DATE".to_owned(),
        DataType::Time { precision, zone } => zoned("TIME", *precision, *zone),
        DataType::Timestamp { precision, zone } => zoned("TIMESTAMP", *precision, *zone),
        DataType::Interval => "INTERVAL".to_owned(),
        DataType::Uuid => "UUID".to_owned(),
        DataType::Json => "JSON".to_owned(),
        DataType::Jsonb => "JSONB".to_owned(),
        DataType::Other(text) => match data_type.as_name() {
            Some(named) if name::has_prefix(&named.name, options) => name::object(&named, options),
            Some(_) | None => name::expression(text, options),
        },
    }
}

fn sized(name: &str, size: Option<u32>) -> String {
    size.map_or_else(|| name.to_owned(), |size| format!("{name}({size})"))
}

fn zoned(name: &str, precision: Option<u32>, zone: TimeZone) -> String {
    let zone = match zone {
        TimeZone::Without => "",
        TimeZone::With => " WITH TIME ZONE",
    };
    format!("{}{zone}", sized(name, precision))
}
