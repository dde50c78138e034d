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

/// Whether a column of the one type may become one of the other with the values it holds: the same
/// kind of values, wider or narrower, as far as names tell.
pub(super) fn is_akin(from: &DataType, to: &DataType) -> bool {
    match (kind(from), kind(to)) {
        (Family::Other, Family::Other) => word(from) == word(to),
        (from, to) => from == to,
    }
}

/// The family, also of what engines call otherwise.
fn kind(data_type: &DataType) -> Family {
    const KNOWN: [(Family, &[&str]); 4] = [
        (
            Family::Number,
            &[
                "tinyint",
                "smallint",
                "mediumint",
                "int",
                "integer",
                "bigint",
            ],
        ),
        (
            Family::Text,
            &[
                "char",
                "varchar",
                "tinytext",
                "text",
                "mediumtext",
                "longtext",
                "citext",
            ],
        ),
        (
            Family::Bytes,
            &[
                "binary",
                "varbinary",
                "tinyblob",
                "blob",
                "mediumblob",
                "longblob",
            ],
        ),
        (
            Family::Moment,
            &["date", "datetime", "timestamp", "timestamptz"],
        ),
    ];
    let Some(word) = word(data_type) else {
        return family(data_type);
    };
    let known = KNOWN
        .iter()
        .find(|(_, words)| words.contains(&word.as_str()));
    known.map_or(Family::Other, |(family, _)| *family)
}

/// The first word of a type that is known by its name; all of it where it is an array.
fn word(data_type: &DataType) -> Option<String> {
    let DataType::Other(name) = data_type else {
        return None;
    };
    let name = name.as_str().to_lowercase();
    if name.contains('[') {
        return Some(name);
    }
    let end = name.find(|it: char| !it.is_alphanumeric() && it != '_');
    Some(name[..end.unwrap_or(name.len())].to_owned())
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
