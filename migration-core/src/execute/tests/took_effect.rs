//! What the catalog tells about a statement that was begun.

use crate::execute::took_effect::{Effect, took_effect};
use crate::introspect::Catalog;
use crate::operation::{ConstraintTarget, Operation, apply};
use crate::schema::{
    Column, Constraint, ConstraintKind, DataType, Expression, Ident, Index, IndexPart, ObjectName,
    Schema, Table,
};

fn t() -> ObjectName {
    ObjectName::new("t")
}

fn column(name: &str) -> Column {
    Column::new(name, DataType::Integer)
}

fn unique(name: Option<&str>) -> Constraint {
    let columns = vec!["a".into()];
    Constraint::new(name.map(Ident::from), ConstraintKind::Unique { columns })
}

fn check_of(expression: &str) -> Constraint {
    let expression = Expression::new(expression);
    Constraint::new(None, ConstraintKind::Check { expression })
}

fn create_table(name: &str, columns: &[&str]) -> Operation {
    let mut table = Table::new(ObjectName::new(name));
    table.columns = columns.iter().map(|name| column(name)).collect();
    Operation::CreateTable {
        table,
        if_not_exists: false,
    }
}

fn drop_table(name: &str) -> Operation {
    Operation::DropTable {
        name: ObjectName::new(name),
        if_exists: false,
        cascade: false,
    }
}

fn rename_table(from: &str, to: &str) -> Operation {
    Operation::RenameTable {
        from: ObjectName::new(from),
        to: to.into(),
    }
}

fn add_column(name: &str) -> Operation {
    Operation::AddColumn {
        table: t(),
        column: column(name),
        constraints: Vec::new(),
        if_not_exists: false,
    }
}

fn drop_column(name: &str) -> Operation {
    Operation::DropColumn {
        table: t(),
        column: name.into(),
        if_exists: false,
        cascade: false,
    }
}

fn rename_column(from: &str, to: &str) -> Operation {
    Operation::RenameColumn {
        table: t(),
        from: from.into(),
        to: to.into(),
    }
}

fn add(constraint: Constraint) -> Operation {
    Operation::AddConstraint {
        table: t(),
        constraint,
    }
}

fn drop_constraint(name: &str) -> Operation {
    Operation::DropConstraint {
        table: t(),
        target: ConstraintTarget::Named(name.into()),
        if_exists: false,
        cascade: false,
    }
}

fn rename_constraint(from: &str, to: &str) -> Operation {
    Operation::RenameConstraint {
        table: t(),
        from: from.into(),
        to: to.into(),
    }
}

fn create_index(name: &str) -> Operation {
    Operation::CreateIndex {
        index: Index {
            name: Some(name.into()),
            table: t(),
            unique: false,
            parts: vec![IndexPart::column("a".into())],
            method: None,
            include: Vec::new(),
            predicate: None,
        },
        concurrently: false,
        if_not_exists: false,
    }
}

fn drop_index(name: &str) -> Operation {
    Operation::DropIndex {
        name: ObjectName::new(name),
        table: Some(t()),
        concurrently: false,
        if_exists: false,
    }
}

fn rename_index(from: &str, to: &str) -> Operation {
    Operation::RenameIndex {
        from: ObjectName::new(from),
        to: to.into(),
        table: Some(t()),
    }
}

fn set_type(using: Option<&str>) -> Operation {
    Operation::SetType {
        table: t(),
        column: "b".into(),
        data_type: DataType::BigInt,
        collation: None,
        using: using.map(Expression::new),
    }
}

fn raw(sql: &str) -> Operation {
    let sql = sql.to_owned();
    Operation::Raw { sql }
}

/// Asks about operations where table `t` is all there is: columns `a` and `b`, a key `u`, a check,
/// and an index `i`.
#[track_caller]
fn check(operations: &[Operation], expected: Effect) {
    let mut schema = Schema::default();
    let there = [
        create_table("t", &["a", "b"]),
        add(unique(Some("u"))),
        add(check_of("b > 1")),
        create_index("i"),
    ];
    for operation in there {
        apply(&operation, &mut schema).unwrap();
    }
    let live = Catalog {
        schema,
        unread: Vec::new(),
        tells_case_apart: false,
        sees_views: true,
    };
    for operation in operations {
        assert_eq!(took_effect(operation, &live), expected, "{operation}");
    }
}

#[test]
fn what_left_its_trace_took_effect() {
    let begun = [
        create_table("t", &["a", "B"]),
        drop_table("gone"),
        rename_table("old", "t"),
        add_column("b"),
        drop_column("c"),
        rename_column("c", "b"),
        add(unique(Some("u"))),
        add(unique(None)),
        add(check_of("(`b`>1)")),
        drop_constraint("v"),
        rename_constraint("v", "u"),
        create_index("i"),
        drop_index("j"),
        rename_index("j", "i"),
    ];
    check(&begun, Effect::Yes);
}

#[test]
fn what_left_none_did_not() {
    let begun = [
        create_table("t", &["a"]),
        create_table("n", &["a"]),
        drop_table("t"),
        rename_table("t", "n"),
        add_column("c"),
        drop_column("b"),
        rename_column("b", "c"),
        add(unique(Some("v"))),
        add(check_of("b > 2")),
        drop_constraint("u"),
        rename_constraint("u", "v"),
        create_index("j"),
        drop_index("i"),
        rename_index("i", "j"),
    ];
    check(&begun, Effect::No);
}

#[test]
fn what_may_be_said_twice_is_said_again_and_what_nobody_can_read_is_unknown() {
    let harmless = [
        set_type(None),
        raw("SET foreign_key_checks = 0"),
        raw("DROP TRIGGER IF EXISTS g"),
        raw("CREATE OR REPLACE FUNCTION f() RETURNS INT RETURN 1"),
    ];
    check(&harmless, Effect::Repeat);
    let silent = [
        set_type(Some("b * 2")),
        raw("CREATE TRIGGER g BEFORE INSERT ON t FOR EACH ROW SET NEW.a = 1"),
        raw("DROP TRIGGER g"),
        rename_constraint("v", "w"),
    ];
    check(&silent, Effect::Unknown);
}

#[test]
fn names_that_differ_in_case_alone_are_one_column() {
    check(&[add_column("B")], Effect::Yes);
}
