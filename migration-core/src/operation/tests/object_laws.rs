//! Laws of what stands beside tables, on generated schemas.

use proptest::prelude::*;

use super::{after, create, create_index, foreign_key, index, name, primary_key, table};
use crate::operation::{
    EnumChange, IdentityChange, Irreversible, NamespaceChange, Operation, SequenceChange,
    ValuePosition, ViewChange, apply, reverse,
};
use crate::schema::{
    Bound, Column, DataType, EnumType, Expression, Ident, Identity, ObjectName, Schema, Sequence,
    SequenceOptions, SequenceOwner, View,
};

const NAMES: [&str; 2] = ["one", "two"];
const VALUES: [&str; 3] = ["a", "it's", "b"];

fn view(own: &str) -> View {
    View {
        name: name(own),
        columns: vec!["c".into()],
        query: Expression::new("SELECT 1"),
        temporary: false,
        check_option: None,
    }
}

fn sequence(own: &str, owner: Option<SequenceOwner>) -> Sequence {
    let options = SequenceOptions {
        data_type: Some(DataType::BigInt),
        increment: Some(2),
        minimum: Some(Bound::OfType),
        maximum: Some(Bound::At(9)),
        start: None,
        cache: Some(1),
        cycle: Some(true),
        owner,
    };
    Sequence {
        name: name(own),
        temporary: false,
        options,
    }
}

fn enumeration(own: &str) -> EnumType {
    EnumType {
        name: name(own),
        values: VALUES.map(str::to_owned).to_vec(),
    }
}

fn inside(own: &str) -> ObjectName {
    ObjectName {
        schema: Some("space".into()),
        name: own.into(),
    }
}

/// A table with columns of both types, and two inside a schema, the first of which refers to the
/// second.
fn tables(types: &[&str]) -> Vec<Operation> {
    let mut holder = table("t", "id n", vec![primary_key("id")]);
    holder.columns[0].identity = Some(Identity::Serial);
    for own in types {
        let mut column = Column::new(format!("of_{own}"), DataType::of_name(&name(own)));
        column.default = Some(Expression::new("'it''s'"));
        holder.columns.push(column);
    }
    let mut first = table("first", "id", vec![foreign_key("id", "second", "id")]);
    first.name = inside("first");
    if let crate::schema::ConstraintKind::ForeignKey(key) = &mut first.constraints[0].kind {
        key.references = inside("second");
    }
    let mut second = table("second", "id", vec![primary_key("id")]);
    second.name = inside("second");
    let mut on_first = index("ix_first", "first", "id");
    on_first.table = inside("first");
    vec![
        create(holder),
        create(second),
        create(first),
        create_index(on_first),
    ]
}

fn any_schema() -> impl Strategy<Value = Schema> {
    any::<[bool; 4]>().prop_map(|has| {
        let mut operations = vec![Operation::Namespace(NamespaceChange::Create {
            name: "space".into(),
            if_not_exists: false,
        })];
        let types = if has[0] { &NAMES[..] } else { &NAMES[..1] };
        for own in types {
            operations.push(Operation::Enum(EnumChange::Create {
                created: enumeration(own),
            }));
        }
        operations.extend(tables(types));
        if has[1] {
            let owner = SequenceOwner::Column {
                table: name("t"),
                column: "n".into(),
            };
            for (own, owner) in [("one", Some(owner)), ("two", None)] {
                operations.push(Operation::Sequence(SequenceChange::Create {
                    sequence: sequence(own, owner),
                    if_not_exists: false,
                }));
            }
        }
        for own in NAMES.iter().filter(|own| has[2] || **own == "one") {
            operations.push(Operation::View(ViewChange::Create {
                view: view(own),
                or_replace: false,
                if_not_exists: false,
            }));
        }
        after(&operations)
    })
}

fn any_name() -> impl Strategy<Value = &'static str> {
    prop::sample::select(vec!["one", "two", "ONE"])
}

fn any_view_change() -> impl Strategy<Value = Operation> {
    (any_name(), any::<[bool; 2]>(), 0..3_u8).prop_map(|(own, flags, which)| {
        Operation::View(match which {
            0 => ViewChange::Create {
                view: View {
                    query: Expression::new("SELECT 2"),
                    ..view(own)
                },
                or_replace: flags[0],
                if_not_exists: flags[1],
            },
            1 => ViewChange::Drop {
                name: name(own),
                if_exists: flags[0],
                cascade: flags[1],
            },
            _ => ViewChange::Rename {
                from: name(own),
                to: if flags[0] { "new" } else { "one" }.into(),
            },
        })
    })
}

fn any_sequence_change() -> impl Strategy<Value = Operation> {
    (any_name(), any::<[bool; 2]>(), 0..4_u8).prop_map(|(own, flags, which)| {
        Operation::Sequence(match which {
            0 => SequenceChange::Create {
                sequence: sequence(own, None),
                if_not_exists: flags[0],
            },
            1 => SequenceChange::Alter {
                name: name(if flags[0] { own } else { "t_id_seq" }),
                options: SequenceOptions {
                    increment: Some(7),
                    maximum: Some(Bound::OfType),
                    ..SequenceOptions::default()
                },
                restart: None,
                if_exists: flags[1],
            },
            2 => SequenceChange::Drop {
                name: name(own),
                if_exists: flags[0],
                cascade: flags[1],
            },
            _ => SequenceChange::Rename {
                from: name(if flags[0] { own } else { "t_id_seq" }),
                to: "new".into(),
            },
        })
    })
}

fn any_namespace_change() -> impl Strategy<Value = Operation> {
    (any::<[bool; 2]>(), 0..3_u8).prop_map(|(flags, which)| {
        let own: Ident = if flags[0] { "space" } else { "new" }.into();
        Operation::Namespace(match which {
            0 => NamespaceChange::Create {
                name: own,
                if_not_exists: flags[1],
            },
            1 => NamespaceChange::Drop {
                name: own,
                if_exists: !flags[0],
                cascade: flags[1],
            },
            _ => NamespaceChange::Rename {
                from: own,
                to: "other".into(),
            },
        })
    })
}

fn any_enum_change() -> impl Strategy<Value = Operation> {
    let value = prop::sample::select(vec!["a", "it's", "new"]);
    (any_name(), value, any::<[bool; 2]>(), 0..5_u8).prop_map(|(own, value, flags, which)| {
        Operation::Enum(match which {
            0 => EnumChange::Create {
                // What differs in case alone would be the type of columns that are there.
                created: enumeration(if own == "ONE" { "three" } else { own }),
            },
            1 => EnumChange::Drop {
                name: name(own),
                if_exists: flags[0],
                cascade: flags[1],
            },
            2 => EnumChange::AddValue {
                name: name(own),
                value: value.to_owned(),
                position: flags[0].then(|| ValuePosition::Before("b".to_owned())),
                if_not_exists: flags[1],
            },
            3 => EnumChange::RenameValue {
                name: name(own),
                from: value.to_owned(),
                to: "renamed".to_owned(),
            },
            _ => EnumChange::Rename {
                from: name(own),
                to: if flags[0] { "new" } else { "Of it" }.into(),
            },
        })
    })
}

fn any_column_change() -> impl Strategy<Value = Operation> {
    (
        prop::sample::select(vec!["id", "n"]),
        any::<bool>(),
        0..4_u8,
    )
        .prop_map(|(column, flag, which)| {
            let table = name("t");
            let column = column.into();
            let change = match which {
                0 => IdentityChange::Add(Identity::Standard { always: flag }),
                1 => IdentityChange::Set { always: flag },
                2 => IdentityChange::Drop { if_exists: flag },
                _ => {
                    return Operation::DropTable {
                        name: table,
                        if_exists: flag,
                        cascade: flag,
                    };
                }
            };
            Operation::SetIdentity {
                table,
                column,
                change,
            }
        })
}

/// The schema without its orders, which no inverse restores.
fn unordered(schema: &Schema) -> Schema {
    let mut schema = schema.clone();
    schema.tables.sort_by(|a, b| a.name.cmp(&b.name));
    for table in &mut schema.tables {
        table.columns.sort_by(|a, b| a.name.cmp(&b.name));
    }
    schema.enums.sort_by(|a, b| a.name.cmp(&b.name));
    schema.sequences.sort_by(|a, b| a.name.cmp(&b.name));
    schema.views.sort_by(|a, b| a.name.cmp(&b.name));
    schema.namespaces.sort();
    schema
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1500))]

    #[test]
    fn the_inverse_restores_what_stands_beside_tables(
        before in any_schema(),
        operation in prop_oneof![
            any_view_change(),
            any_sequence_change(),
            any_namespace_change(),
            any_enum_change(),
            any_column_change(),
        ],
    ) {
        let mut schema = before.clone();
        if apply(&operation, &mut schema).is_err() {
            prop_assert_eq!(&schema, &before, "an operation that fails changes nothing");
            return Ok(());
        }
        let inverse = match reverse(&operation, &before) {
            Ok(inverse) => inverse,
            Err(Irreversible::EnumValue { .. }) => {
                let adds = matches!(operation, Operation::Enum(EnumChange::AddValue { .. }));
                prop_assert!(adds);
                return Ok(());
            }
            Err(error) => panic!("{operation:?}: {error}"),
        };
        for step in &inverse {
            let result = apply(step, &mut schema);
            prop_assert!(result.is_ok(), "{operation:?}\n{step:?}\n{result:?}");
        }
        prop_assert_eq!(unordered(&schema), unordered(&before), "{:?}\n{:?}", operation, inverse);
    }
}
