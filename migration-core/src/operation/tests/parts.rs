//! Strategies for what operations are made of: names, expressions, types, columns, constraints,
//! tables, indexes, in the form in which text is read.

use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;

use crate::schema::{
    Column, Constraint, ConstraintKind, DataType, Deferrability, Expression, ForeignKey, Generated,
    Ident, Identity, Index, IndexKey, IndexPart, MatchKind, NullsOrder, ObjectName,
    ReferentialAction, SortOrder, Table, TableOption, TimeZone,
};

/// Names that must be quoted, escaped or marked, and some that need not.
const NAMES: [&str; 60] = [
    "a",
    "b",
    "id",
    "name",
    "irma_user",
    "irma_",
    "Irma_User",
    "ix_irma_user_a",
    "xirma_user",
    "irma_irma_x",
    "{prefix}",
    "{{prefix}}",
    "irma_{prefix}",
    "{irma_x}",
    "{x}",
    "fileExt",
    "owner Id",
    "a\"b",
    "\"",
    "it's",
    "a\\b",
    "\\",
    "`",
    "a]b",
    "a.b",
    "--",
    "/*",
    "*/",
    "$$",
    ";",
    "#",
    "1st",
    "_",
    "_1",
    "a$",
    "Größe",
    "größe",
    "名前",
    "e",
    "x",
    "order",
    "select",
    "on",
    "to",
    "if",
    "using",
    "constraint",
    "primary",
    "key",
    "column",
    "cascade",
    "desc",
    "collate",
    "nulls",
    "not",
    "like",
    "type",
    "user",
    "default",
    "references",
];

/// Conditions and values, as expressions are joined.
const EXPRESSIONS: [&str; 24] = [
    "a > 0",
    "a IS NOT NULL",
    "\"owner Id\" IN (1, 2)",
    "(a > 0) OR (b > 0)",
    "lower(name) = 'x'",
    "irma_user.a > \"irma_user\".b",
    "irma_f(a) > 0",
    "a = '{prefix}'",
    "a = 'irma_x'",
    "a = ''''",
    "CASE WHEN a > 0 THEN 'x' ELSE 'y' END = 'x'",
    "a::text LIKE 'x%'",
    "a BETWEEN -1 AND +1",
    "NOT a",
    "x'00' = b",
    "a || ' -- ' || b = '/*'",
    "length(trim(name)) > 2",
    "a % 2 = 0",
    "CAST(a AS NUMERIC(10, 2)) > 1.5",
    "a = ARRAY[1, 2]",
    "coalesce(a, b, 0) <> 1e3",
    "\"a\"\"b\" = 1",
    "a IN (SELECT b FROM irma_user)",
    "größe > 1",
];

pub(super) const DEFAULTS: [&str; 20] = [
    "1",
    "-1",
    "1.50",
    "'x'",
    "'it''s'",
    "''",
    "NULL",
    "TRUE",
    "CURRENT_TIMESTAMP",
    "now()",
    "CURRENT_TIMESTAMP(6)",
    "(1 + 1)",
    "1 + 1",
    "'{}'::jsonb",
    "nextval('irma_user_id_seq')",
    "x'00'",
    "'{prefix}'",
    "lower('X')",
    "CASE WHEN TRUE THEN 1 ELSE 2 END",
    "(a IS NOT NULL)",
];

const OTHER_TYPES: [&str; 16] = [
    "",
    "tsvector",
    "MEDIUMTEXT",
    "INTEGER UNSIGNED",
    "int[]",
    "VARCHAR(10)[]",
    "\"My Type\"",
    "app.mood",
    "ENUM('a', 'it''s')",
    "geometry(Point, 4326)",
    "BIT VARYING(5)",
    "TINYINT(3)",
    "\"irma_mood\"",
    "NVARCHAR(20)",
    "TIMESTAMP(3)[]",
    "numeric[3][3]",
];

const ATTRIBUTES: [&str; 10] = [
    "CHARACTER SET latin1",
    "ON UPDATE CURRENT_TIMESTAMP",
    "ON UPDATE CURRENT_TIMESTAMP(6)",
    "INVISIBLE",
    "VISIBLE",
    "COMPRESSED",
    "COLUMN_FORMAT FIXED",
    "SRID 4326",
    "STORAGE EXTERNAL",
    "WITHOUT SYSTEM VERSIONING",
];

const OPTIONS: [(&str, Option<&str>); 11] = [
    ("STRICT", None),
    ("WITHOUT ROWID", None),
    ("ON COMMIT DROP", None),
    ("ENGINE", Some("InnoDB")),
    ("CHARSET", Some("utf8mb4")),
    ("ROW_FORMAT", Some("DYNAMIC")),
    ("AUTO_INCREMENT", Some("7")),
    ("WITH", Some("(fillfactor = 70)")),
    ("TABLESPACE", Some("\"Fast One\"")),
    ("USING", Some("heap")),
    ("TRANSACTIONAL", Some("1")),
];

pub(crate) fn any_ident() -> BoxedStrategy<Ident> {
    prop_oneof![
        4 => select(NAMES.to_vec()).prop_map(Ident::from),
        1 => "[a-zA-Z_][a-z0-9_]{0,8}".prop_map(Ident::new),
        1 => "\\PC{1,6}".prop_map(Ident::new),
    ]
    .boxed()
}

pub(super) fn any_object() -> impl Strategy<Value = ObjectName> {
    (option::weighted(0.2, any_ident()), any_ident())
        .prop_map(|(schema, name)| ObjectName { schema, name })
}

fn any_idents(least: usize) -> impl Strategy<Value = Vec<Ident>> {
    prop::collection::vec(any_ident(), least..4)
}

pub(super) fn any_of(texts: &'static [&'static str]) -> impl Strategy<Value = Expression> {
    select(texts).prop_map(Expression::new)
}

/// Never empty: an empty comment is none.
pub(super) fn any_text() -> impl Strategy<Value = String> {
    prop_oneof![
        select(NAMES.to_vec()).prop_map(str::to_owned),
        select(vec![
            "C:\\new",
            "ends in $",
            "\\$",
            "\\$$",
            "\\$q",
            "two\nlines",
            "{prefix} \\"
        ])
        .prop_map(str::to_owned),
        "\\PC{1,12}",
    ]
}

pub(crate) fn any_type() -> impl Strategy<Value = DataType> {
    let zone = select(vec![TimeZone::Without, TimeZone::With]);
    let plain = vec![
        DataType::SmallInt,
        DataType::Integer,
        DataType::BigInt,
        DataType::Real,
        DataType::Double,
        DataType::Boolean,
        DataType::Text,
        DataType::Binary,
        DataType::Date,
        DataType::Interval,
        DataType::Uuid,
        DataType::Json,
        DataType::Jsonb,
    ];
    let size = option::of(0..70_000_u32);
    prop_oneof![
        5 => select(plain),
        1 => (1..60_u32, option::of(-3..9_i32)).prop_map(|(precision, scale)| {
            DataType::Numeric { precision: Some(precision), scale }
        }),
        1 => Just(DataType::Numeric { precision: None, scale: None }),
        1 => size.clone().prop_map(|precision| DataType::Float { precision }),
        1 => size.clone().prop_map(|length| DataType::Varchar { length }),
        1 => size.prop_map(|length| DataType::Char { length }),
        1 => (option::of(0..7_u32), zone.clone())
            .prop_map(|(precision, zone)| DataType::Time { precision, zone }),
        1 => (option::of(0..7_u32), zone)
            .prop_map(|(precision, zone)| DataType::Timestamp { precision, zone }),
        2 => any_of(&OTHER_TYPES).prop_map(DataType::Other),
    ]
}

fn any_identity() -> impl Strategy<Value = Identity> {
    select(vec![
        Identity::Serial,
        Identity::AutoIncrement,
        Identity::Standard { always: true },
        Identity::Standard { always: false },
    ])
}

pub(crate) fn any_column() -> impl Strategy<Value = Column> {
    let generated = (any_of(&EXPRESSIONS), any::<bool>())
        .prop_map(|(expression, stored)| Generated { expression, stored });
    (
        (any_ident(), any_type(), any::<bool>()),
        option::of(any_of(&DEFAULTS)),
        option::weighted(0.2, any_identity()),
        option::weighted(0.2, generated),
        option::weighted(0.2, any_ident()),
        option::weighted(0.2, any_text()),
        prop::collection::vec(any_of(&ATTRIBUTES), 0..3),
    )
        .prop_map(
            |(
                (name, data_type, nullable),
                default,
                identity,
                generated,
                collation,
                comment,
                attributes,
            )| {
                let is_whole = matches!(
                    data_type,
                    DataType::SmallInt | DataType::Integer | DataType::BigInt
                );
                Column {
                    name,
                    data_type,
                    nullable,
                    default,
                    identity: identity.filter(|it| is_whole || *it != Identity::Serial),
                    generated,
                    collation,
                    comment,
                    attributes,
                }
            },
        )
}

fn any_foreign_key() -> impl Strategy<Value = ForeignKey> {
    let action = select(vec![
        ReferentialAction::NoAction,
        ReferentialAction::Restrict,
        ReferentialAction::Cascade,
        ReferentialAction::SetNull,
        ReferentialAction::SetDefault,
    ]);
    let match_kind = select(vec![MatchKind::Simple, MatchKind::Full]);
    (
        any_idents(1),
        any_object(),
        any_idents(0),
        action.clone(),
        action,
        match_kind,
    )
        .prop_map(
            |(columns, references, referenced_columns, on_update, on_delete, match_kind)| {
                ForeignKey {
                    columns,
                    references,
                    referenced_columns,
                    on_update,
                    on_delete,
                    match_kind,
                }
            },
        )
}

pub(crate) fn any_constraint() -> impl Strategy<Value = Constraint> {
    let kind = prop_oneof![
        any_idents(1).prop_map(|columns| ConstraintKind::PrimaryKey { columns }),
        any_idents(1).prop_map(|columns| ConstraintKind::Unique { columns }),
        any_foreign_key().prop_map(ConstraintKind::ForeignKey),
        any_of(&EXPRESSIONS).prop_map(|expression| ConstraintKind::Check { expression }),
    ];
    let deferrability = select(vec![
        Deferrability::NotDeferrable,
        Deferrability::InitiallyImmediate,
        Deferrability::InitiallyDeferred,
    ]);
    (
        option::of(any_ident()),
        kind,
        deferrability,
        prop::bool::weighted(0.2),
    )
        .prop_map(|(name, kind, deferrability, not_valid)| Constraint {
            name,
            kind,
            deferrability,
            not_valid,
        })
}

/// The constraint as it can stand inside a column of this name.
pub(super) fn inside(mut constraint: Constraint, column: &Ident) -> Constraint {
    constraint.not_valid = false;
    match &mut constraint.kind {
        ConstraintKind::PrimaryKey { columns } | ConstraintKind::Unique { columns } => {
            *columns = vec![column.clone()];
        }
        ConstraintKind::ForeignKey(key) => key.columns = vec![column.clone()],
        ConstraintKind::Check { .. } => {}
    }
    constraint
}

/// A table some of whose constraints may be said inside its columns.
pub(crate) fn any_table() -> impl Strategy<Value = Table> {
    let option = select(OPTIONS.to_vec()).prop_map(|(keyword, value)| TableOption {
        keyword: keyword.to_owned(),
        value: value.map(Expression::new),
    });
    (
        any_object(),
        prop::collection::vec(any_column(), 1..5),
        prop::collection::vec((any_constraint(), option::of(0..4_usize)), 0..5),
        any::<bool>(),
        option::weighted(0.3, any_text()),
        prop::collection::vec(option, 0..3),
    )
        .prop_map(
            |(name, columns, constraints, temporary, comment, options)| Table {
                constraints: constraints
                    .into_iter()
                    .map(|(constraint, at)| match at.and_then(|at| columns.get(at)) {
                        Some(column) => inside(constraint, &column.name),
                        None => constraint,
                    })
                    .collect(),
                name,
                columns: columns.into(),
                temporary,
                comment,
                options,
            },
        )
}

fn any_part() -> impl Strategy<Value = IndexPart> {
    let key = prop_oneof![
        (any_ident(), option::weighted(0.2, 0..300_u32))
            .prop_map(|(name, length)| IndexKey::Column { name, length }),
        any_of(&EXPRESSIONS).prop_map(IndexKey::Expression),
    ];
    (
        key,
        option::weighted(0.3, any_ident()),
        option::weighted(0.3, any_object()),
        select(vec![SortOrder::Ascending, SortOrder::Descending]),
        option::of(select(vec![NullsOrder::First, NullsOrder::Last])),
    )
        .prop_map(|(key, collation, operator_class, order, nulls)| IndexPart {
            key,
            collation,
            operator_class,
            order,
            nulls,
        })
}

pub(crate) fn any_index() -> impl Strategy<Value = Index> {
    let method = prop_oneof![
        select(vec!["btree", "gin", "FULLTEXT", "SPATIAL", "BTREE"]).prop_map(Ident::from),
        any_ident(),
    ];
    (
        option::weighted(0.8, any_ident()),
        any_object(),
        any::<bool>(),
        prop::collection::vec(any_part(), 1..4),
        option::weighted(0.3, method),
        any_idents(0),
        option::weighted(0.3, any_of(&EXPRESSIONS)),
    )
        .prop_map(
            |(name, table, unique, parts, method, include, predicate)| Index {
                name,
                table,
                unique,
                parts,
                method,
                include,
                predicate,
            },
        )
}
