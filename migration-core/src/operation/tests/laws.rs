//! Laws of operations, on generated schemas.

use proptest::prelude::*;

use super::{
    after, check, create, create_index, drop_column, drop_constraint, foreign_key, index, name,
    primary_key, table, unique,
};
use crate::operation::{ConstraintTarget, Operation, apply, reverse};
use crate::schema::{Column, DataType, Expression, Schema};

const TABLES: [&str; 3] = ["a", "b", "c"];
const COLUMNS: [&str; 4] = ["k", "x", "y", "z"];

fn any_table() -> impl Strategy<Value = &'static str> {
    prop::sample::select(TABLES.to_vec())
}

fn any_column() -> impl Strategy<Value = &'static str> {
    prop::sample::select(COLUMNS.to_vec())
}

/// Three tables that refer to each other, some with an index.
fn any_schema() -> impl Strategy<Value = Schema> {
    let one = (any_table(), any_column(), any_column(), any::<[bool; 5]>());
    prop::collection::vec(one, 3).prop_map(|shapes| {
        let mut operations = Vec::new();
        for (own, (other, first, second, has)) in TABLES.iter().zip(shapes) {
            let mut constraints = Vec::new();
            if has[0] {
                constraints.push(primary_key("k"));
            }
            if has[1] {
                constraints.push(foreign_key(first, other, "k"));
            }
            if has[2] {
                constraints.push(check(&format!("{first} > {second}")));
            }
            if has[3] {
                constraints.push(unique(second));
            }
            operations.push(create(table(own, &COLUMNS.join(" "), constraints)));
            if has[4] {
                operations.push(create_index(index(&format!("ix_{own}"), own, first)));
            }
        }
        after(&operations)
    })
}

fn any_structure_change() -> impl Strategy<Value = Operation> {
    (any_table(), any_column(), any::<bool>(), 0..7_u8).prop_map(|(own, column, flag, which)| {
        let table_name = name(own);
        match which {
            0 => drop_column(own, column, flag),
            1 => Operation::DropTable {
                name: table_name,
                if_exists: false,
                cascade: flag,
            },
            2 => Operation::RenameTable {
                from: table_name,
                to: "new".into(),
            },
            3 => Operation::RenameColumn {
                table: table_name,
                from: column.into(),
                to: "new".into(),
            },
            4 => create(table("new", "k", vec![primary_key("k")])),
            5 => create_index(index("ix_new", own, column)),
            _ => Operation::DropIndex {
                name: name(&format!("ix_{own}")),
                table: flag.then_some(table_name),
                concurrently: false,
                if_exists: flag,
            },
        }
    })
}

fn any_column_change() -> impl Strategy<Value = Operation> {
    (any_table(), any_column(), any::<bool>(), 0..7_u8).prop_map(|(own, column, flag, which)| {
        let table = name(own);
        let column = column.into();
        match which {
            0 => Operation::SetType {
                table,
                column,
                data_type: DataType::Text,
                collation: flag.then(|| "C".into()),
                using: None,
            },
            1 => Operation::SetNullable {
                table,
                column,
                nullable: flag,
            },
            2 => Operation::SetDefault {
                table,
                column,
                default: flag.then(|| Expression::new("1")),
            },
            3 => Operation::SetColumnComment {
                table,
                column,
                comment: flag.then(|| "text".to_owned()),
            },
            4 => Operation::SetTableComment {
                table,
                comment: flag.then(|| "text".to_owned()),
            },
            5 => Operation::AddColumn {
                table,
                column: Column::new("new", DataType::Text),
                constraints: vec![unique("new"), check("k > 0")],
                if_not_exists: flag,
            },
            _ => Operation::AddConstraint {
                table,
                constraint: if flag {
                    unique(column.as_str())
                } else {
                    primary_key(column.as_str())
                },
            },
        }
    })
}

fn any_constraint_change() -> impl Strategy<Value = Operation> {
    (any_table(), any_column(), any::<bool>(), 0..4_u8).prop_map(|(own, column, flag, which)| {
        let table = name(own);
        match which {
            0 => drop_constraint(own, &format!("{own}_{column}_key")),
            1 => Operation::DropConstraint {
                table,
                target: ConstraintTarget::PrimaryKey,
                if_exists: flag,
                cascade: flag,
            },
            2 => drop_constraint(own, &format!("{own}_{column}_fkey")),
            _ => Operation::RenameConstraint {
                table,
                from: format!("{own}_{column}_fkey").as_str().into(),
                to: "new".into(),
            },
        }
    })
}

fn any_operation() -> impl Strategy<Value = Operation> {
    prop_oneof![
        any_structure_change(),
        any_column_change(),
        any_constraint_change()
    ]
}

/// The schema without its orders, which no inverse restores; a primary key forbids NULL, whether or
/// not its columns say so.
fn unordered(schema: &Schema) -> Schema {
    let mut schema = schema.clone();
    schema.tables.sort_by(|a, b| a.name.cmp(&b.name));
    for table in &mut schema.tables {
        for name in table.primary_key().to_vec() {
            if let Some(column) = table.column_mut(&name) {
                column.nullable = false;
            }
        }
        table.columns.sort_by(|a, b| a.name.cmp(&b.name));
        table
            .constraints
            .sort_by_key(|constraint| format!("{constraint:?}"));
    }
    schema.indexes.sort_by_key(|index| format!("{index:?}"));
    schema
}

/// How many generated operations fit is not left to chance: a test that skips most proves little.
#[derive(Default)]
struct Tally {
    fitting: u32,
    all: u32,
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1000))]

    #[test]
    fn the_inverse_restores_the_schema(before in any_schema(), operation in any_operation()) {
        let mut schema = before.clone();
        if apply(&operation, &mut schema).is_ok() {
            let inverse = reverse(&operation, &before).expect("what applies has an inverse");
            for step in &inverse {
                prop_assert!(
                    apply(step, &mut schema).is_ok(),
                    "{operation:?}\n{step:?}\n{schema:?}"
                );
            }
            prop_assert_eq!(unordered(&schema), quoted_once(&before, &operation));
        } else {
            prop_assert_eq!(&schema, &before, "an operation that fails changes nothing");
        }
    }
}

/// A renamed column is written in quotes afterwards, which its inverse keeps.
fn quoted_once(before: &Schema, operation: &Operation) -> Schema {
    let mut schema = before.clone();
    if let Operation::RenameColumn { table, from, .. } = operation {
        let same = Operation::RenameColumn {
            table: table.clone(),
            from: from.clone(),
            to: from.clone(),
        };
        apply(&same, &mut schema).expect("the column is there");
    }
    unordered(&schema)
}

#[test]
fn most_generated_operations_fit() {
    use proptest::strategy::ValueTree;
    use proptest::test_runner::TestRunner;
    let mut runner = TestRunner::deterministic();
    let mut tally = Tally::default();
    for _ in 0..500 {
        let pair = (any_schema(), any_operation())
            .new_tree(&mut runner)
            .expect("the strategies reject nothing");
        let (mut schema, operation) = pair.current();
        tally.all += 1;
        tally.fitting += u32::from(apply(&operation, &mut schema).is_ok());
    }
    assert!(
        tally.fitting * 2 > tally.all,
        "{} of {}",
        tally.fitting,
        tally.all
    );
}
