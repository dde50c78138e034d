//! Types on MySQL and MariaDB.
//!
//! What is lost: `VARCHAR` without a length holds 255 characters, so that it can be indexed;
//! `NUMERIC` without a precision keeps 35 digits before and 30 behind the point; times with a zone
//! are kept without it; UUIDs are text.

use super::super::Unsupported;
use crate::dialect::Dialect;
use crate::schema::{DataType, Expression};

/// Digits of a second that `TIMESTAMP` keeps when nothing is said, as on PostgreSQL.
const SECOND_DIGITS: u32 = 6;

/// The name of a type.
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
        DataType::Other(text) => text.to_string(),
    })
}

/// A default as MySQL takes it: the clock with the column's digits, and an expression, or any
/// value of a long text, in parentheses.
pub(super) fn default(data_type: &DataType, default: &Expression) -> String {
    let text = default.as_str();
    if is_clock(text) {
        if let DataType::Timestamp { precision, .. } = data_type {
            return format!("CURRENT_TIMESTAMP({})", precision.unwrap_or(SECOND_DIGITS));
        }
        return text.to_owned();
    }
    let is_long = match data_type {
        DataType::Text | DataType::Binary | DataType::Json | DataType::Jsonb => true,
        DataType::Other(name) => {
            let name = name.as_str().to_ascii_uppercase();
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
    let in_parentheses = text.starts_with('(') && text.ends_with(')');
    if is_null || in_parentheses || (is_literal(text) && !is_long) {
        text.to_owned()
    } else {
        format!("({text})")
    }
}

fn is_clock(text: &str) -> bool {
    let text = text.to_ascii_lowercase();
    let bare = text.trim_end_matches(|c: char| "() 0123456789".contains(c));
    ["current_timestamp", "now", "localtimestamp", "localtime"].contains(&bare)
        && !text.contains(" on ")
}

fn is_literal(text: &str) -> bool {
    let number = text.trim_start_matches(['-', '+', ' ']);
    let is_number = !number.is_empty() && number.parse::<f64>().is_ok();
    let is_word = ["TRUE", "FALSE"]
        .iter()
        .any(|word| text.eq_ignore_ascii_case(word));
    is_number || is_word || is_text(text)
}

/// One `'...'` from start to end.
fn is_text(text: &str) -> bool {
    let inner = text
        .strip_prefix('\'')
        .and_then(|rest| rest.strip_suffix('\''));
    inner.is_some_and(|inner| !inner.replace("''", "").replace("\\'", "").contains('\''))
}
