//! What values silently lose by a new type of their column.

use crate::schema::DataType;

/// Digits that a number of eight bytes, and one of four, keeps.
const DIGITS: [u32; 2] = [15, 6];

/// Digits of a second that are kept when nothing is said.
const SECOND_DIGITS: u32 = 6;

/// What becomes of values of the one type as the other, where a server says nothing about it.
pub(super) fn rounding(from: &DataType, to: &DataType) -> Option<String> {
    let any = is_approximate(from).then_some(i64::MAX);
    if let (Some(before), Some(after)) = (behind_point(from).or(any), behind_point(to)) {
        return (after < before).then(|| match after {
            0 => "becomes a whole number".to_owned(),
            1 => "is rounded to 1 digit behind the point".to_owned(),
            _ => format!("is rounded to {after} digits behind the point"),
        });
    }
    if let (Some(before), Some(after)) = (digits(from), digits(to))
        && is_approximate(to)
    {
        return (after < before).then(|| format!("is rounded to {after} digits"));
    }
    if let (DataType::Timestamp { .. }, DataType::Date) = (from, to) {
        return Some("becomes a date, without its time of day".to_owned());
    }
    let (from, to) = seconds(from, to)?;
    (to < from).then(|| match to {
        0 => "is rounded to whole seconds".to_owned(),
        1 => "is rounded to 1 digit of a second".to_owned(),
        _ => format!("is rounded to {to} digits of a second"),
    })
}

/// The digits of a second that two times of one kind keep.
fn seconds(from: &DataType, to: &DataType) -> Option<(u32, u32)> {
    use DataType::{Time, Timestamp};
    if let (
        Timestamp { precision: one, .. },
        Timestamp {
            precision: other, ..
        },
    )
    | (
        Time { precision: one, .. },
        Time {
            precision: other, ..
        },
    ) = (from, to)
    {
        return Some((one.unwrap_or(SECOND_DIGITS), other.unwrap_or(SECOND_DIGITS)));
    }
    None
}

/// The most digits of a whole number.
fn whole_digits(data_type: &DataType) -> Option<u32> {
    let known = [
        (DataType::SmallInt, 5),
        (DataType::Integer, 10),
        (DataType::BigInt, 19),
    ];
    let found = known.into_iter().find(|(known, _)| known == data_type);
    found.map(|(_, digits)| digits)
}

/// The most digits behind the point of an exact number.
fn behind_point(data_type: &DataType) -> Option<i64> {
    if let DataType::Numeric { precision, scale } = data_type {
        return Some(match precision {
            None => i64::MAX,
            Some(_) => i64::from(scale.unwrap_or(0)),
        });
    }
    whole_digits(data_type).map(|_| 0)
}

/// The most digits of a number.
fn digits(data_type: &DataType) -> Option<u32> {
    if let DataType::Numeric { precision, .. } = data_type {
        return Some(precision.unwrap_or(u32::MAX));
    }
    let is_short = |digits: &u32| (0..=24).contains(digits);
    if let DataType::Float { precision } = data_type {
        return Some(DIGITS[usize::from(precision.as_ref().is_some_and(is_short))]);
    }
    let eight_and_four = [DataType::Double, DataType::Real];
    let position = eight_and_four.iter().position(|it| it == data_type);
    position.map_or_else(|| whole_digits(data_type), |at| Some(DIGITS[at]))
}

fn is_approximate(data_type: &DataType) -> bool {
    matches!(
        data_type,
        DataType::Real | DataType::Double | DataType::Float { .. }
    )
}

#[cfg(test)]
mod tests {
    use super::rounding;
    use crate::schema::DataType;

    fn numeric(precision: u32, scale: i32) -> DataType {
        DataType::Numeric {
            precision: Some(precision),
            scale: Some(scale),
        }
    }

    #[track_caller]
    fn check(from: &DataType, to: &DataType, expected: Option<&str>) {
        assert_eq!(rounding(from, to).as_deref(), expected, "{from:?} {to:?}");
    }

    #[test]
    fn fewer_digits_are_said_and_more_are_not() {
        let any = DataType::Numeric {
            precision: None,
            scale: None,
        };
        let (four, two) = (numeric(10, 4), numeric(10, 2));
        check(&four, &two, Some("is rounded to 2 digits behind the point"));
        check(
            &any,
            &numeric(10, 1),
            Some("is rounded to 1 digit behind the point"),
        );
        check(&two, &DataType::BigInt, Some("becomes a whole number"));
        check(
            &DataType::Double,
            &DataType::Integer,
            Some("becomes a whole number"),
        );
        check(
            &DataType::Real,
            &two,
            Some("is rounded to 2 digits behind the point"),
        );
        check(
            &DataType::Double,
            &DataType::Real,
            Some("is rounded to 6 digits"),
        );
        check(
            &numeric(20, 2),
            &DataType::Double,
            Some("is rounded to 15 digits"),
        );
        check(
            &DataType::BigInt,
            &DataType::Double,
            Some("is rounded to 15 digits"),
        );
        for (from, to) in [
            (&two, &four),
            (&two, &any),
            (&DataType::Integer, &two),
            (&two, &DataType::Double),
            (&DataType::Real, &DataType::Double),
            (&DataType::Text, &two),
            (&DataType::Integer, &DataType::Double),
        ] {
            check(from, to, None);
        }
    }

    #[test]
    fn parts_of_a_moment_that_go_are_said() {
        let moment = |precision| DataType::Timestamp {
            precision,
            zone: crate::schema::TimeZone::Without,
        };
        check(
            &moment(None),
            &DataType::Date,
            Some("becomes a date, without its time of day"),
        );
        check(
            &moment(None),
            &moment(Some(0)),
            Some("is rounded to whole seconds"),
        );
        check(
            &moment(Some(6)),
            &moment(Some(3)),
            Some("is rounded to 3 digits of a second"),
        );
        check(&moment(Some(3)), &moment(None), None);
        check(&DataType::Date, &moment(None), None);
    }
}
