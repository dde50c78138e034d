//! Strategies for changes of what stands beside tables, with everything that text can say.

use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;

use super::parts::{any_ident, any_object, any_text};
use crate::operation::{
    EnumChange, IdentityChange, NamespaceChange, Operation, Restart, SequenceChange, ValuePosition,
    ViewChange,
};
use crate::schema::{
    Bound, CheckOption, DataType, EnumType, Expression, Identity, Sequence, SequenceOptions,
    SequenceOwner, View,
};

const QUERIES: [&str; 6] = [
    "SELECT 1",
    "SELECT a AS \"irma_user\" FROM irma_user WHERE b = '{prefix}'",
    "WITH x AS (SELECT 1)\n    SELECT *\n    FROM x",
    "(SELECT a FROM t) UNION ALL (SELECT b FROM \"irma_user\")",
    "VALUES (1, 'it''s')",
    "SELECT a, -- irma_user\n b FROM t",
];

/// A change of a view, sequence, schema, type, or of the numbering of a column.
pub(super) fn any_object_operation() -> BoxedStrategy<Operation> {
    prop_oneof![
        any_view_change().prop_map(Operation::View),
        any_sequence_change().prop_map(Operation::Sequence),
        any_namespace_change().prop_map(Operation::Namespace),
        any_enum_change().prop_map(Operation::Enum),
        any_numbering(),
    ]
    .boxed()
}

fn any_view_change() -> impl Strategy<Value = ViewChange> {
    let check_option = option::of(select(vec![CheckOption::Local, CheckOption::Cascaded]));
    let view = (
        any_object(),
        prop::collection::vec(any_ident(), 0..3),
        select(QUERIES.to_vec()).prop_map(Expression::new),
        any::<bool>(),
        check_option,
    )
        .prop_map(|(name, columns, query, temporary, check_option)| View {
            name,
            columns,
            query,
            temporary,
            check_option,
        });
    prop_oneof![
        (view, any::<bool>(), any::<bool>()).prop_map(|(view, or_replace, if_not_exists)| {
            ViewChange::Create {
                view,
                or_replace,
                if_not_exists,
            }
        }),
        (any_object(), any::<bool>(), any::<bool>()).prop_map(|(name, if_exists, cascade)| {
            ViewChange::Drop {
                name,
                if_exists,
                cascade,
            }
        }),
        (any_object(), any_ident()).prop_map(|(from, to)| ViewChange::Rename { from, to }),
    ]
}

fn any_number() -> impl Strategy<Value = i64> {
    prop_oneof![any::<i64>(), select(vec![0, 1, -1, i64::MIN, i64::MAX])]
}

fn any_counting() -> impl Strategy<Value = SequenceOptions> {
    let bound = prop_oneof![any_number().prop_map(Bound::At), Just(Bound::OfType)];
    let types = vec![DataType::SmallInt, DataType::Integer, DataType::BigInt];
    let owner = prop_oneof![
        Just(SequenceOwner::Nobody),
        (any_object(), any_ident())
            .prop_map(|(table, column)| SequenceOwner::Column { table, column }),
    ];
    (
        option::of(select(types)),
        option::of(any_number()),
        option::of(bound.clone()),
        option::of(bound),
        option::of(any_number()),
        option::of(any_number()),
        option::of(any::<bool>()),
        option::of(owner),
    )
        .prop_map(
            |(data_type, increment, minimum, maximum, start, cache, cycle, owner)| {
                SequenceOptions {
                    data_type,
                    increment,
                    minimum,
                    maximum,
                    start,
                    cache,
                    cycle,
                    owner,
                }
            },
        )
}

fn any_sequence_change() -> impl Strategy<Value = SequenceChange> {
    let restart = prop_oneof![Just(Restart::AtStart), any_number().prop_map(Restart::At)];
    let flags = (any::<bool>(), any::<bool>());
    prop_oneof![
        (any_object(), any_counting(), flags).prop_map(
            |(name, options, (temporary, if_not_exists))| SequenceChange::Create {
                sequence: Sequence {
                    name,
                    temporary,
                    options,
                },
                if_not_exists,
            }
        ),
        (
            any_object(),
            any_counting(),
            option::of(restart),
            any::<bool>()
        )
            .prop_filter("it changes something", |(_, options, restart, _)| {
                restart.is_some() || *options != SequenceOptions::default()
            })
            .prop_map(
                |(name, options, restart, if_exists)| SequenceChange::Alter {
                    name,
                    options,
                    restart,
                    if_exists,
                }
            ),
        (any_object(), any::<bool>(), any::<bool>()).prop_map(|(name, if_exists, cascade)| {
            SequenceChange::Drop {
                name,
                if_exists,
                cascade,
            }
        }),
        (any_object(), any_ident()).prop_map(|(from, to)| SequenceChange::Rename { from, to }),
    ]
}

fn any_namespace_change() -> impl Strategy<Value = NamespaceChange> {
    prop_oneof![
        (any_ident(), any::<bool>()).prop_map(|(name, if_not_exists)| NamespaceChange::Create {
            name,
            if_not_exists
        }),
        (any_ident(), any::<bool>(), any::<bool>()).prop_map(|(name, if_exists, cascade)| {
            NamespaceChange::Drop {
                name,
                if_exists,
                cascade,
            }
        }),
        (any_ident(), any_ident()).prop_map(|(from, to)| NamespaceChange::Rename { from, to }),
    ]
}

fn any_enum_change() -> impl Strategy<Value = EnumChange> {
    let position = prop_oneof![
        any_text().prop_map(ValuePosition::Before),
        any_text().prop_map(ValuePosition::After),
    ];
    prop_oneof![
        (any_object(), prop::collection::vec(any_text(), 0..3)).prop_map(|(name, values)| {
            let created = EnumType { name, values };
            EnumChange::Create { created }
        }),
        (any_object(), any::<bool>(), any::<bool>()).prop_map(|(name, if_exists, cascade)| {
            EnumChange::Drop {
                name,
                if_exists,
                cascade,
            }
        }),
        (
            any_object(),
            any_text(),
            option::of(position),
            any::<bool>()
        )
            .prop_map(
                |(name, value, position, if_not_exists)| EnumChange::AddValue {
                    name,
                    value,
                    position,
                    if_not_exists,
                }
            ),
        (any_object(), any_text(), any_text())
            .prop_map(|(name, from, to)| EnumChange::RenameValue { name, from, to }),
        (any_object(), any_ident()).prop_map(|(from, to)| EnumChange::Rename { from, to }),
    ]
}

fn any_numbering() -> impl Strategy<Value = Operation> {
    let change = prop_oneof![
        any::<bool>().prop_map(|always| IdentityChange::Add(Identity::Standard { always })),
        any::<bool>().prop_map(|always| IdentityChange::Set { always }),
        any::<bool>().prop_map(|if_exists| IdentityChange::Drop { if_exists }),
    ];
    prop_oneof![
        (any_object(), any_ident(), change).prop_map(|(table, column, change)| {
            Operation::SetIdentity {
                table,
                column,
                change,
            }
        }),
        (any_object(), any_ident(), any::<bool>()).prop_map(|(table, column, if_exists)| {
            Operation::DropExpression {
                table,
                column,
                if_exists,
            }
        }),
    ]
}
