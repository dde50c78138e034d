//! How values get from one type to another.

use super::build::quoted_column;
use crate::render;
use crate::schema::{DataType, Expression, Ident};

/// Types whose values an engine converts into each other by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Family {
    Number,
    Truth,
    Text,
    Bytes,
    Moment,
    TimeOfDay,
    Span,
    Uuid,
    Json,
    Other,
}

fn family(data_type: &DataType) -> Family {
    match data_type {
        DataType::SmallInt
        | DataType::Integer
        | DataType::BigInt
        | DataType::Numeric { .. }
        | DataType::Real
        | DataType::Double
        | DataType::Float { .. } => Family::Number,
        DataType::Boolean => Family::Truth,
        DataType::Varchar { .. } | DataType::Char { .. } | DataType::Text => Family::Text,
        DataType::Binary => Family::Bytes,
        DataType::Date | DataType::Timestamp { .. } => Family::Moment,
        DataType::Time { .. } => Family::TimeOfDay,
        DataType::Interval => Family::Span,
        DataType::Uuid => Family::Uuid,
        DataType::Json | DataType::Jsonb => Family::Json,
        DataType::Other(_) => Family::Other,
    }
}

/// Whether values, defaults and comparisons of the one are not those of the other.
pub(super) fn is_of_other_family(from: &DataType, to: &DataType) -> bool {
    let (from, to) = (family(from), family(to));
    from != to || from == Family::Other
}

/// How a column's values are converted, where the strictest engine does not by itself: it writes
/// every value as text, but reads a text only when it is told to.
pub fn using(column: &Ident, from: &DataType, to: &DataType) -> Option<Expression> {
    let name = quoted_column(column);
    let spelled = || render::data_type(to);
    let text = match (family(from), family(to)) {
        (from, to) if from == to && from != Family::Other => return None,
        (_, Family::Text) | (Family::Moment, Family::TimeOfDay) => return None,
        (Family::TimeOfDay, Family::Span) => return None,
        (Family::Number, Family::Truth) => format!("{name} <> 0"),
        (Family::Truth, Family::Number) => {
            format!("CASE WHEN {name} THEN 1 WHEN NOT {name} THEN 0 END")
        }
        (Family::Other, Family::Other) => format!("{name}::text::{}", spelled()),
        (_, _) => format!("{name}::{}", spelled()),
    };
    Some(Expression::new(text))
}

/// A type in the words of the only engine whose columns have attributes.
pub(super) fn of_attributes(data_type: DataType) -> DataType {
    match data_type {
        DataType::Timestamp { precision, .. } => {
            let digits = precision.map_or_else(String::new, |digits| format!("({digits})"));
            DataType::Other(Expression::new(format!("DATETIME{digits}")))
        }
        DataType::Real => DataType::Other(Expression::new("FLOAT")),
        DataType::Text => DataType::Other(Expression::new("LONGTEXT")),
        DataType::Binary => DataType::Other(Expression::new("LONGBLOB")),
        other => other,
    }
}
