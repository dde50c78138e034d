//! What values a change of a column's type changes without a word.
//!
//! Engines refuse what they cannot convert, and round or cut off what they can: those values alone
//! are meant here.

use super::{Dialect, ansi};
use crate::schema::{DataType, Ident};

impl Dialect {
    /// Whether values of some other type are rounded or cut off when they become this one.
    pub fn may_narrow(self, new: &DataType) -> bool {
        match new {
            DataType::Date | DataType::Time { .. } => true,
            DataType::SmallInt | DataType::Integer | DataType::BigInt => true,
            DataType::Timestamp { precision, .. } => self != Self::Sqlite && precision.is_some(),
            DataType::Numeric { precision, .. } => self != Self::Sqlite && precision.is_some(),
            DataType::Real | DataType::Float { .. } | DataType::Double => self != Self::Sqlite,
            DataType::Boolean
            | DataType::Varchar { .. }
            | DataType::Char { .. }
            | DataType::Text
            | DataType::Binary
            | DataType::Interval
            | DataType::Uuid
            | DataType::Json
            | DataType::Jsonb
            | DataType::Other(_) => false,
        }
    }

    /// The condition of rows whose value is another once the column has the new type; none where
    /// every value stays or the engine refuses what does not fit.
    pub fn narrowed(self, column: &Ident, old: &DataType, new: &DataType) -> Option<String> {
        if !self.may_narrow(new) || !is_rounded(old, new) {
            return None;
        }
        let name = self.syntax().quote(column.as_str());
        if let (DataType::Timestamp { .. }, DataType::Time { .. }) = (old, new) {
            return Some(format!("{name} IS NOT NULL"));
        }
        Some(match self {
            Self::Sqlite => in_sqlite(column, new),
            // The way back from the largest one is out of range.
            _ if *old == DataType::BigInt && is_double(new) => {
                format!("{name} NOT BETWEEN -{EXACT} AND {EXACT}")
            }
            Self::Postgres | Self::Mysql => {
                let (there, back) = (self.cast_name(new)?, self.cast_name(old)?);
                format!("CAST(CAST({name} AS {there}) AS {back}) <> {name}")
            }
        })
    }

    /// A type as `CAST` takes it.
    fn cast_name(self, data_type: &DataType) -> Option<String> {
        let is_integer = matches!(
            data_type,
            DataType::SmallInt | DataType::Integer | DataType::BigInt
        );
        match self {
            Self::Mysql if is_integer => Some("SIGNED".to_owned()),
            Self::Sqlite | Self::Postgres | Self::Mysql => {
                self.compiler().data_type(data_type).ok()
            }
        }
    }
}

/// Up to here a `DOUBLE PRECISION` holds every whole number: 2 to the power of its 53 digits.
const EXACT: i64 = 1 << 53;

/// SQLite keeps numbers as they are but for integers, and cuts the time off a day.
fn in_sqlite(column: &Ident, new: &DataType) -> String {
    let name = ansi::ident(column);
    match new {
        DataType::Date => format!(
            "typeof({name}) = 'text' AND length({name}) > 10 AND \
             trim(substr({name}, 11), ' T0:.Z') <> ''"
        ),
        _ => format!("typeof({name}) = 'real' AND {name} <> round({name})"),
    }
}

/// Whether a value of the old type may have more digits, or a time of day, that the new one lacks.
fn is_rounded(old: &DataType, new: &DataType) -> bool {
    let is_float = is_single(old) || is_double(old);
    let is_numeric = matches!(old, DataType::Numeric { .. });
    let is_wide = matches!(old, DataType::Integer | DataType::BigInt);
    match new {
        DataType::Date => matches!(old, DataType::Timestamp { .. }),
        DataType::Time { precision, .. } => match old {
            DataType::Timestamp { .. } => true,
            DataType::Time { precision: old, .. } => is_less(*precision, *old),
            _ => false,
        },
        DataType::Timestamp { precision, .. } => match old {
            DataType::Timestamp { precision: old, .. } => is_less(*precision, *old),
            _ => false,
        },
        DataType::SmallInt | DataType::Integer | DataType::BigInt => is_float || is_numeric,
        DataType::Numeric { .. } => is_float || is_numeric,
        _ if is_single(new) => is_double(old) || is_numeric || is_wide,
        _ if is_double(new) => is_numeric || *old == DataType::BigInt,
        _ => false,
    }
}

/// Whether there are fewer digits of a second than before.
fn is_less(new: Option<u32>, old: Option<u32>) -> bool {
    new.is_some_and(|new| old.is_none_or(|old| new < old))
}

fn is_single(data_type: &DataType) -> bool {
    matches!(
        data_type,
        DataType::Real
            | DataType::Float {
                precision: Some(0..=24)
            }
    )
}

fn is_double(data_type: &DataType) -> bool {
    matches!(data_type, DataType::Double | DataType::Float { .. }) && !is_single(data_type)
}
