//! Law of the names that are taken: who follows them does what who looks does.

use proptest::prelude::*;
use proptest::sample::select;

use super::{create, create_index, index, name, primary_key, table};
use crate::operation::{Names, Operation, apply};
use crate::schema::Schema;

const TABLES: [&str; 3] = ["a", "b", "B"];
const INDEXES: [&str; 4] = ["i", "j", "a_k_idx", "b_k_idx"];

fn any_change() -> impl Strategy<Value = Operation> {
    let names = (
        select(&TABLES[..]),
        select(&TABLES[..]),
        select(&INDEXES[..]),
    );
    (names, select(&INDEXES[..]), any::<bool>(), 0..7_u8).prop_map(
        |((own, other, first), second, flag, which)| match which {
            0 | 1 => Operation::CreateTable {
                table: table(own, "k", vec![primary_key("k")]),
                if_not_exists: flag,
            },
            2 => {
                let mut index = index(first, own, "k");
                index.name = index.name.filter(|_| flag);
                create_index(index)
            }
            3 => Operation::RenameTable {
                from: name(own),
                to: other.into(),
            },
            4 => Operation::DropTable {
                name: name(own),
                if_exists: flag,
                cascade: true,
            },
            5 => Operation::RenameIndex {
                from: name(first),
                to: second.into(),
                table: flag.then(|| name(own)),
            },
            _ => Operation::DropIndex {
                name: name(first),
                table: Some(name(own)),
                concurrently: false,
                if_exists: flag,
            },
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn names_that_are_followed_are_those_that_are_found(
        changes in prop::collection::vec(any_change(), 1..16),
    ) {
        let (mut found, mut followed) = (Schema::default(), Schema::default());
        let mut names = Names::default();
        for change in [create(table("a", "k", Vec::new()))].iter().chain(&changes) {
            let (one, other) = (apply(change, &mut found), names.apply(change, &mut followed));
            prop_assert_eq!(one, other, "{:?}", change);
            prop_assert_eq!(&found, &followed, "{:?}", change);
        }
    }
}
