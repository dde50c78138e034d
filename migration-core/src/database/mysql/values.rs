//! Values to and from MySQL and MariaDB.

use mysql::consts::ColumnType;
use mysql::{Column, Value as Wire};

use crate::database::{Row, Value};

/// The character set that stands for bytes.
const BINARY: u16 = 63;

/// A parameter.
pub(super) fn bound(value: &Value) -> Wire {
    match value {
        Value::Null => Wire::NULL,
        Value::Integer(number) => Wire::Int(*number),
        Value::Real(number) => Wire::Double(*number),
        Value::Text(text) => Wire::Bytes(text.clone().into_bytes()),
        Value::Bytes(bytes) => Wire::Bytes(bytes.clone()),
    }
}

/// Reads a row.
pub(super) fn row(row: mysql::Row) -> Row {
    let columns = row.columns();
    row.unwrap()
        .into_iter()
        .zip(columns.iter())
        .map(|(wire, column)| value(wire, column))
        .collect()
}

fn value(wire: Wire, column: &Column) -> Value {
    match wire {
        Wire::NULL => Value::Null,
        Wire::Bytes(bytes) => from_bytes(bytes, column),
        Wire::Int(number) => Value::Integer(number),
        Wire::UInt(number) => {
            i64::try_from(number).map_or_else(|_| Value::Text(number.to_string()), Value::Integer)
        }
        Wire::Float(number) => Value::Real(number.into()),
        Wire::Double(number) => Value::Real(number),
        Wire::Date(year, month, day, hour, minute, second, micros) => {
            let date = format!("{year:04}-{month:02}-{day:02}");
            if column.column_type() == ColumnType::MYSQL_TYPE_DATE {
                return Value::Text(date);
            }
            let time = format!("{hour:02}:{minute:02}:{second:02}");
            Value::Text(format!("{date} {time}{}", fraction(micros, column)))
        }
        Wire::Time(negative, days, hours, minutes, seconds, micros) => {
            let sign = if negative { "-" } else { "" };
            let hours = days * 24 + u32::from(hours);
            let time = format!("{sign}{hours:02}:{minutes:02}:{seconds:02}");
            Value::Text(time + &fraction(micros, column))
        }
    }
}

/// As many decimals of a second as the column has.
fn fraction(micros: u32, column: &Column) -> String {
    match usize::from(column.decimals()) {
        0 => String::new(),
        digits => format!(".{}", &format!("{micros:06}")[..digits.min(6)]),
    }
}

/// Without parameters every value comes as text; numbers become numbers again.
fn from_bytes(bytes: Vec<u8>, column: &Column) -> Value {
    let text = match String::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) => return Value::Bytes(error.into_bytes()),
    };
    match column.column_type() {
        ColumnType::MYSQL_TYPE_TINY
        | ColumnType::MYSQL_TYPE_SHORT
        | ColumnType::MYSQL_TYPE_INT24
        | ColumnType::MYSQL_TYPE_LONG
        | ColumnType::MYSQL_TYPE_LONGLONG
        | ColumnType::MYSQL_TYPE_YEAR => text.parse().map_or(Value::Text(text), Value::Integer),
        ColumnType::MYSQL_TYPE_FLOAT | ColumnType::MYSQL_TYPE_DOUBLE => {
            text.parse().map_or(Value::Text(text), Value::Real)
        }
        kind if column.character_set() == BINARY && holds_bytes(kind) => {
            Value::Bytes(text.into_bytes())
        }
        _ => Value::Text(text),
    }
}

/// Types that are text in one character set and bytes in none; dates and decimals also say "no
/// character set" but are always text.
fn holds_bytes(kind: ColumnType) -> bool {
    matches!(
        kind,
        ColumnType::MYSQL_TYPE_TINY_BLOB
            | ColumnType::MYSQL_TYPE_MEDIUM_BLOB
            | ColumnType::MYSQL_TYPE_LONG_BLOB
            | ColumnType::MYSQL_TYPE_BLOB
            | ColumnType::MYSQL_TYPE_VAR_STRING
            | ColumnType::MYSQL_TYPE_STRING
            | ColumnType::MYSQL_TYPE_VARCHAR
            | ColumnType::MYSQL_TYPE_BIT
            | ColumnType::MYSQL_TYPE_GEOMETRY
    )
}
