//! Tests of sequences.

use super::check;
use crate::operation::{Operation, SequenceChange};
use crate::schema::{Bound, DataType, ObjectName, Sequence, SequenceOptions};

#[track_caller]
fn check_counting(text: &str, options: SequenceOptions) {
    let create = Operation::Sequence(SequenceChange::Create {
        sequence: Sequence {
            name: ObjectName::new("s"),
            temporary: false,
            options,
        },
        if_not_exists: false,
    });
    check(&format!("CREATE SEQUENCE s {text}"), &[create]);
}

#[test]
fn a_type_ends_where_the_next_option_begins() {
    check_counting(
        "AS SMALLINT NO CYCLE INCREMENT BY 2",
        SequenceOptions {
            data_type: Some(DataType::SmallInt),
            cycle: Some(false),
            increment: Some(2),
            ..SequenceOptions::default()
        },
    );
}

#[test]
fn the_least_number_is_a_number() {
    check_counting(
        "MINVALUE -9223372036854775808",
        SequenceOptions {
            minimum: Some(Bound::At(i64::MIN)),
            ..SequenceOptions::default()
        },
    );
}
