//! Which type has room for every value of another.

use super::DataType;

/// Digits of a second that are kept when nothing is said.
const SECOND_DIGITS: u32 = 6;

impl DataType {
    /// Whether every value of the other type is a value of this one, as it is.
    pub fn holds_every(&self, other: &Self) -> bool {
        if self == other {
            return true;
        }
        if let (Some(room), Some(wanted)) = (characters(self), characters(other)) {
            return room >= wanted && is_padded(self) <= is_padded(other);
        }
        if let (Some(room), Some(wanted)) = (digits(self), digits(other)) {
            return room.whole >= wanted.whole && room.behind >= wanted.behind;
        }
        match (self, other) {
            (Self::Double, Self::Real) => true,
            (
                Self::Time { precision, zone },
                Self::Time {
                    precision: before,
                    zone: zone_before,
                },
            )
            | (
                Self::Timestamp { precision, zone },
                Self::Timestamp {
                    precision: before,
                    zone: zone_before,
                },
            ) => {
                let [now, before] = [precision, before].map(|it| it.unwrap_or(SECOND_DIGITS));
                zone == zone_before && now >= before
            }
            (_, _) => false,
        }
    }

    /// Whether this type has room for some values of the other alone, and is of its kind.
    pub fn is_narrower_than(&self, other: &Self) -> bool {
        other.holds_every(self) && !self.holds_every(other)
    }
}

/// The most characters of a text.
fn characters(data_type: &DataType) -> Option<u32> {
    if let DataType::Varchar { length } = data_type {
        return Some(length.unwrap_or(u32::MAX));
    }
    if let DataType::Char { length } = data_type {
        return Some(length.unwrap_or(1));
    }
    (*data_type == DataType::Text).then_some(u32::MAX)
}

/// Whether a text has blanks at its end up to a length.
fn is_padded(data_type: &DataType) -> bool {
    matches!(data_type, DataType::Char { .. })
}

/// The most digits of an exact number.
struct Digits {
    whole: i64,
    behind: i64,
}

fn digits(data_type: &DataType) -> Option<Digits> {
    if let DataType::Numeric { precision, scale } = data_type {
        let behind = i64::from(scale.unwrap_or(0));
        return Some(match precision {
            None => Digits {
                whole: i64::MAX,
                behind: i64::MAX,
            },
            Some(precision) => Digits {
                whole: i64::from(*precision) - behind,
                behind,
            },
        });
    }
    let known = [
        (DataType::SmallInt, 5),
        (DataType::Integer, 10),
        (DataType::BigInt, 19),
    ];
    let found = known.into_iter().find(|(known, _)| known == data_type);
    found.map(|(_, whole)| Digits { whole, behind: 0 })
}

#[cfg(test)]
mod tests {
    use super::DataType;

    fn text(length: u32) -> DataType {
        DataType::Varchar {
            length: Some(length),
        }
    }

    fn numeric(precision: u32, scale: i32) -> DataType {
        DataType::Numeric {
            precision: Some(precision),
            scale: Some(scale),
        }
    }

    #[test]
    fn a_wider_type_has_room_and_a_narrower_one_has_not() {
        for (narrow, wide) in [
            (text(20), text(50)),
            (text(20), DataType::Text),
            (DataType::SmallInt, DataType::Integer),
            (DataType::Integer, DataType::BigInt),
            (DataType::Integer, numeric(12, 2)),
            (numeric(10, 2), numeric(11, 3)),
            (DataType::Real, DataType::Double),
        ] {
            assert!(wide.holds_every(&narrow), "{wide:?} {narrow:?}");
            assert!(!narrow.holds_every(&wide), "{wide:?} {narrow:?}");
            assert!(narrow.is_narrower_than(&wide), "{wide:?} {narrow:?}");
            assert!(!wide.is_narrower_than(&narrow), "{wide:?} {narrow:?}");
        }
    }

    #[test]
    fn types_of_other_kinds_are_neither() {
        for (one, other) in [
            (DataType::Integer, DataType::Text),
            (numeric(10, 2), numeric(10, 3)),
            (DataType::Date, DataType::Uuid),
        ] {
            for (one, other) in [(&one, &other), (&other, &one)] {
                assert!(!one.holds_every(other), "{one:?} {other:?}");
                assert!(!one.is_narrower_than(other), "{one:?} {other:?}");
            }
        }
    }
}
