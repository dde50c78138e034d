//! What becomes of stored values when a column gets another type.
//!
//! A column converts by its affinity what it can without loss and keeps the rest as it is
//! (<https://www.sqlite.org/datatype3.html>, section 3). Servers convert more, and refuse what is
//! not of the new type; both is done here, so that one revision means the same everywhere.

use super::super::{Unsupported, ansi};
use super::table;
use super::types::Affinity;
use crate::schema::{Column, DataType, Ident};

/// The value that is put into the new column, where that is not simply the old one. Fractions are
/// rounded for an integer, texts become bytes and back, and a day and a time go over into each
/// other as on the servers.
pub(super) fn converted(old: &Column, new: &Column) -> Result<Option<String>, Unsupported> {
    let from = ansi::ident(&old.name);
    let (before, after) = (
        table::affinity(&old.data_type)?,
        table::affinity(&new.data_type)?,
    );
    let is_number = matches!(before, Affinity::Real | Affinity::Numeric);
    // Beyond this a number is no integer of 64 bits, and CAST would cut it to the largest.
    let is_whole = format!("typeof({from}) = 'real' AND abs({from}) < 9.2e18");
    Ok(match (&old.data_type, &new.data_type) {
        (DataType::Timestamp { .. }, DataType::Date) => Some(format!(
            "CASE WHEN typeof({from}) = 'text' AND {from} GLOB '{DAY}[ T]*' AND datetime({from}) IS \
             NOT NULL THEN substr({from}, 1, 10) ELSE {from} END"
        )),
        (DataType::Timestamp { .. }, DataType::Time { .. }) => Some(format!(
            "CASE WHEN typeof({from}) = 'text' THEN substr({from}, 12) ELSE {from} END"
        )),
        (DataType::Date, DataType::Timestamp { .. }) => Some(format!(
            "CASE WHEN typeof({from}) = 'text' AND {from} GLOB '{DAY}' THEN {from} || ' 00:00:00' \
             ELSE {from} END"
        )),
        _ if is_number && after == Affinity::Integer => Some(format!(
            "CASE WHEN {is_whole} THEN CAST(round({from}) AS INTEGER) ELSE {from} END"
        )),
        _ if (before, after) == (Affinity::Blob, Affinity::Text) => {
            Some(format!("CAST({from} AS TEXT)"))
        }
        _ if (before, after) == (Affinity::Text, Affinity::Blob) => {
            Some(format!("CAST({from} AS BLOB)"))
        }
        _ => None,
    })
}

/// Whether every value of the old type is one of the new type, so that none must be looked at.
pub(super) fn is_wider(old: &DataType, new: &DataType) -> bool {
    let digits = |data_type: &DataType| match data_type {
        DataType::SmallInt => Some(1),
        DataType::Integer => Some(2),
        DataType::BigInt => Some(3),
        DataType::Numeric { .. } => Some(4),
        _ => None,
    };
    if let (Some(old), Some(new)) = (digits(old), digits(new)) {
        return old <= new;
    }
    match (old, new) {
        (_, DataType::Text | DataType::Varchar { length: None } | DataType::Binary) => true,
        (
            DataType::Varchar { length: Some(old) } | DataType::Char { length: Some(old) },
            DataType::Varchar { length: Some(new) },
        ) => old <= new,
        (DataType::Json | DataType::Jsonb, DataType::Json | DataType::Jsonb) => true,
        (DataType::Timestamp { .. }, DataType::Timestamp { .. }) => true,
        (DataType::Time { .. }, DataType::Time { .. }) => true,
        (
            DataType::Real | DataType::Double | DataType::Float { .. },
            DataType::Real | DataType::Double | DataType::Float { .. },
        ) => true,
        (
            DataType::SmallInt | DataType::Integer | DataType::BigInt,
            DataType::Real | DataType::Double | DataType::Float { .. },
        ) => true,
        (old, new) => old == new,
    }
}

/// The condition that a stored value is not of the type, with the type in words; none where every
/// value will do. NULL is of every type.
pub(super) fn misfit(column: &Ident, data_type: &DataType) -> Option<String> {
    let name = ansi::ident(column);
    let outside = |low: &str, high: &str| {
        format!(
            "(typeof({name}) NOT IN ('integer', 'null') OR {name} NOT BETWEEN {low} AND {high})"
        )
    };
    let text =
        |problem: String| format!("{name} IS NOT NULL AND (typeof({name}) <> 'text' OR {problem})");
    Some(match data_type {
        DataType::SmallInt => outside("-32768", "32767"),
        DataType::Integer => outside("-2147483648", "2147483647"),
        DataType::BigInt => format!("typeof({name}) NOT IN ('integer', 'null')"),
        DataType::Numeric { .. } | DataType::Real | DataType::Double | DataType::Float { .. } => {
            format!("typeof({name}) NOT IN ('integer', 'real', 'null')")
        }
        DataType::Boolean => format!("{name} NOT IN (0, 1)"),
        DataType::Varchar { length } | DataType::Char { length } => {
            format!("length({name}) > {}", (*length)?)
        }
        DataType::Date => text(format!("{name} NOT GLOB '{DAY}' OR date({name}) IS NULL")),
        DataType::Time { .. } => text(format!(
            "{name} NOT GLOB '[0-9][0-9]:[0-9][0-9]*' OR time({name}) IS NULL"
        )),
        DataType::Timestamp { .. } => text(format!(
            "{name} NOT GLOB '{DAY}[ T]*' OR datetime({name}) IS NULL"
        )),
        DataType::Uuid => text(format!(
            "length({name}) NOT IN (32, 36) OR {name} GLOB '*[^0-9a-fA-F-]*'"
        )),
        DataType::Json | DataType::Jsonb => format!("NOT json_valid({name})"),
        DataType::Text | DataType::Binary | DataType::Interval | DataType::Other(_) => return None,
    })
}

const DAY: &str = "[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]";

/// The condition that a text would lose digits as a number of this type: SQLite keeps fifteen.
pub(super) fn loses_digits(old: &Column, new: &DataType) -> Result<Option<String>, Unsupported> {
    let is_text = table::affinity(&old.data_type)? == Affinity::Text;
    if !is_text || !matches!(new, DataType::Numeric { .. }) {
        return Ok(None);
    }
    let name = ansi::ident(&old.name);
    let digits =
        format!("ltrim(replace(replace(replace({name}, '-', ''), '+', ''), '.', ''), '0')");
    Ok(Some(format!(
        "typeof({name}) = 'text' AND typeof(CAST({name} AS NUMERIC)) = 'real' AND \
         length({digits}) > 15"
    )))
}
