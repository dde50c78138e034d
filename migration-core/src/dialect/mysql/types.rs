//! Types on MySQL and MariaDB.
//!
//! What is lost: `VARCHAR` without a length holds 255 characters, so that it can be indexed;
//! `NUMERIC` without a precision keeps 35 digits before and 30 behind the point; times with a zone
//! are kept without it; UUIDs are text.

use super::super::{Unsupported, ansi};
use crate::dialect::Dialect;
use crate::schema::{DataType, Expression};

/// Digits of a second that `TIMESTAMP` keeps when nothing is said, as on PostgreSQL.
const SECOND_DIGITS: u32 = 6;

/// The name of a type.
#[expect(clippy::too_many_lines, reason = "one arm per type")]
pub(super) fn name(data_type: &DataType) -> Result<String, Unsupported> {
    Ok(match data_type {
        DataType::SmallInt => "SMALLINT".to_owned(),
        DataType::Integer => "INTEGER".to_owned(),
        DataType::BigInt => "BIGINT".to_owned(),
        DataType::Numeric {
            precision: Some(precision),
            scale,
        } => {
            format!("DECIMAL({precision}, {})", scale.unwrap_or(0))
        }
        DataType::Numeric {
            precision: None, ..
        } => "DECIMAL(65, 30)".to_owned(),
        DataType::Real
        | DataType::Float {
            precision: Some(0..=24),
        } => "FLOAT".to_owned(),
        DataType::Double | DataType::Float { .. } => "DOUBLE".to_owned(),
        DataType::Boolean => "BOOLEAN".to_owned(),
        DataType::Varchar { length } => format!("VARCHAR({})", length.unwrap_or(255)),
        DataType::Char { length } => format!("CHAR({})", length.unwrap_or(1)),
        DataType::Text => "LONGTEXT".to_owned(),
        DataType::Binary => "LONGBLOB".to_owned(),
        DataType::Date => "DATE".to_owned(),
        DataType::Time { precision, .. } => {
            format!("TIME({})", precision.unwrap_or(SECOND_DIGITS))
        }
        DataType::Timestamp { precision, .. } => {
            format!("DATETIME({})", precision.unwrap_or(SECOND_DIGITS))
        }
        DataType::Interval => {
            return Err(Unsupported {
                dialect: Dialect::Mysql,
                operation: "store an INTERVAL".to_owned(),
                hint: "keep seconds in a BIGINT, or write the column under \
                       `-- migrate: only postgresql`"
                    .to_owned(),
            });
        }
        DataType::Uuid => "CHAR(36)".to_owned(),
        DataType::Json | DataType::Jsonb => "JSON".to_owned(),
        DataType::Other(text) if text.as_str().contains('[') => {
            return Err(Unsupported {
                dialect: Dialect::Mysql,
                operation: format!("store the array `{text}`"),
                hint: "keep it as JSON, or write the column under `-- migrate: only postgresql`"
                    .to_owned(),
            });
        }
        DataType::Other(text) => text.to_string(),
    })
}

/// How the server names a type that it was told by `name`: without digits that say nothing more.
pub(super) fn kept_name(mut name: String) -> String {
    name.make_ascii_lowercase();
    let Some((word, digits)) = name.strip_suffix(')').and_then(|it| it.split_once('(')) else {
        return name;
    };
    let kept = match (word, digits.parse::<u32>()) {
        ("datetime" | "time", Ok(0)) => word,
        // Whatever the letters of the table are; of four bytes each these are as many as fit.
        ("text", Ok(256..=16_383)) | ("blob", Ok(256..=65_535)) => word,
        _ => return name,
    };
    kept.to_owned()
}

/// Whether a stored type is as good as what was written, though [`name`] tells the server another:
/// what the server itself understands by the word, and longer ones of its kind.
pub(super) fn is_as_good(stored: &DataType, written: &DataType) -> bool {
    let names: &[&str] = match written {
        DataType::Text => &["text", "mediumtext"],
        DataType::Binary => &["blob", "mediumblob"],
        DataType::Time {
            precision: None, ..
        } => &["time"],
        DataType::Timestamp {
            precision: None, ..
        } => &["datetime", "timestamp"],
        DataType::Timestamp {
            precision: Some(digits),
            ..
        } => {
            let name = format!("timestamp({digits})");
            return matches!(stored, DataType::Other(stored) if stored.as_str() == name);
        }
        DataType::Numeric {
            precision: None, ..
        } => return is_numeric(stored, 10, 0),
        DataType::Float { precision: None } => return *stored == DataType::Real,
        DataType::Real => return *stored == DataType::Double,
        // Without its dashes, or in the type that MariaDB has for it.
        DataType::Uuid if *stored == (DataType::Char { length: Some(32) }) => return true,
        DataType::Uuid => &["uuid"],
        DataType::SmallInt
        | DataType::Integer
        | DataType::BigInt
        | DataType::Numeric { .. }
        | DataType::Double
        | DataType::Float { .. }
        | DataType::Boolean
        | DataType::Varchar { .. }
        | DataType::Char { .. }
        | DataType::Date
        | DataType::Time { .. }
        | DataType::Interval
        | DataType::Json
        | DataType::Jsonb
        | DataType::Other(_) => return false,
    };
    matches!(stored, DataType::Other(name) if names.contains(&name.as_str()))
}

fn is_numeric(stored: &DataType, digits: u32, behind: i32) -> bool {
    *stored
        == DataType::Numeric {
            precision: Some(digits),
            scale: Some(behind),
        }
}

/// A clause of a column as MySQL takes it: `ON UPDATE` wants as many digits of a second as the column
/// has (reference manual, "Automatic Initialization and Updating for TIMESTAMP and DATETIME").
pub(super) fn attribute(data_type: &DataType, attribute: &Expression) -> String {
    let clause = || {
        let (on, rest) = attribute.as_str().split_once(char::is_whitespace)?;
        let (update, moment) = rest.trim_start().split_once(char::is_whitespace)?;
        let is_clause = on.eq_ignore_ascii_case("ON") && update.eq_ignore_ascii_case("UPDATE");
        is_clause.then(|| default(data_type, &Expression::new(moment.trim())))
    };
    match clause() {
        Some(moment) => format!("ON UPDATE {moment}"),
        None => attribute.to_string(),
    }
}

/// A default as MySQL takes it: the clock with the column's digits, and an expression, or any
/// value of a long text, in parentheses.
pub(super) fn default(data_type: &DataType, default: &Expression) -> String {
    let text = default.as_str();
    if ansi::clock(default) == Some("CURRENT_TIMESTAMP") {
        if let DataType::Timestamp { precision, .. } = data_type {
            return format!("CURRENT_TIMESTAMP({})", precision.unwrap_or(SECOND_DIGITS));
        }
        // `timestamp(3)`, as the server writes it.
        if matches!(data_type, DataType::Other(_)) {
            return text.to_owned();
        }
    }
    let is_long = match data_type {
        DataType::Text | DataType::Binary | DataType::Json | DataType::Jsonb => true,
        DataType::Other(name) => {
            // Not the values of an ENUM.
            let name = name.as_str().split('(').next().unwrap_or_default();
            let name = name.to_ascii_uppercase();
            ["TEXT", "BLOB", "JSON"]
                .iter()
                .any(|long| name.contains(long))
        }
        DataType::SmallInt
        | DataType::Integer
        | DataType::BigInt
        | DataType::Numeric { .. }
        | DataType::Real
        | DataType::Double
        | DataType::Float { .. }
        | DataType::Boolean
        | DataType::Varchar { .. }
        | DataType::Char { .. }
        | DataType::Date
        | DataType::Time { .. }
        | DataType::Timestamp { .. }
        | DataType::Interval
        | DataType::Uuid => false,
    };
    let is_null = text.eq_ignore_ascii_case("NULL");
    if is_null || (ansi::is_constant(default) && !is_long) {
        text.to_owned()
    } else {
        ansi::in_parentheses(default)
    }
}
