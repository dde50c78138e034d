//! Tests of single effects.

use super::{
    after, check, create, drop_column, drop_constraint, example, foreign_key, name, primary_key,
    table, unique,
};
use crate::diagnostic::Advice;
use crate::operation::{ApplyError, Operation, apply, reverse};
use crate::schema::{ConstraintKind, Schema};

fn constraint_names(schema: &Schema, of: &str) -> Vec<String> {
    let table = schema.table(&name(of)).expect("the table is there");
    table
        .constraints
        .iter()
        .map(|constraint| table.constraint_name(constraint).to_string())
        .collect()
}

#[track_caller]
fn check_error(schema: &Schema, operation: &Operation, message: &str, hint: Option<&str>) {
    let mut changed = schema.clone();
    let error = apply(operation, &mut changed).expect_err("the operation does not fit");
    assert_eq!(error.to_string(), message);
    assert_eq!(error.hint().as_deref(), hint);
    assert_eq!(changed, *schema);
}

#[test]
fn unnamed_constraints_get_the_names_that_postgresql_gives() {
    assert_eq!(
        constraint_names(&example(), "web"),
        [
            "web_pkey",
            "web_file_fkey",
            "web_size_check",
            "web_file_size_key"
        ]
    );
    let twice = after(&[create(table("t", "a", vec![unique("a"), unique("a")]))]);
    assert_eq!(constraint_names(&twice, "t"), ["t_a_key", "t_a_key1"]);
}

#[test]
fn names_of_constraints_outlive_the_name_of_their_table() {
    let mut schema = example();
    let rename = Operation::RenameTable {
        from: name("web"),
        to: "ext".into(),
    };
    apply(&rename, &mut schema).expect("the table is there");
    assert_eq!(constraint_names(&schema, "ext")[1], "web_file_fkey");
    for constraint in ["web_file_fkey", "web_pkey"] {
        apply(&drop_constraint("ext", constraint), &mut schema).expect("the constraint is there");
    }
    assert_eq!(schema.indexes[0].table, name("ext"));
}

#[test]
fn references_follow_a_renamed_table() {
    let mut schema = example();
    let rename = Operation::RenameTable {
        from: name("file"),
        to: "blob".into(),
    };
    apply(&rename, &mut schema).expect("the table is there");
    let web = schema.table(&name("web")).expect("the table is there");
    match &web.constraints[1].kind {
        ConstraintKind::ForeignKey(key) => assert_eq!(key.references, name("blob")),
        other => panic!("{other:?}"),
    }
}

#[test]
fn everything_follows_a_renamed_column() {
    let mut schema = example();
    let rename = |table: &str, from: &str, to: &str| Operation::RenameColumn {
        table: name(table),
        from: from.into(),
        to: to.into(),
    };
    apply(&rename("web", "size", "bytes"), &mut schema).expect("the column is there");
    apply(&rename("file", "id", "number"), &mut schema).expect("the column is there");
    let web = schema.table(&name("web")).expect("the table is there");
    let kinds: Vec<_> = web
        .constraints
        .iter()
        .map(|constraint| &constraint.kind)
        .collect();
    assert_eq!(*kinds[1], foreign_key("file", "file", "number").kind);
    assert_eq!(*kinds[2], check("\"bytes\" > 0").kind);
    assert_eq!(*kinds[3], unique("file bytes").kind);
    let predicate = schema.indexes[0]
        .predicate
        .as_ref()
        .map(ToString::to_string);
    assert_eq!(predicate.as_deref(), Some("\"bytes\" IS NOT NULL"));
}

#[test]
fn a_dropped_column_takes_with_it_what_stands_on_it() {
    let mut schema = example();
    apply(&drop_column("web", "size", false), &mut schema).expect("nothing else needs it");
    assert_eq!(
        constraint_names(&schema, "web"),
        ["web_pkey", "web_file_fkey"]
    );
    assert!(schema.indexes.is_empty());
}

#[test]
fn a_column_that_others_need_is_dropped_only_with_them() {
    let mut schema = example();
    check_error(
        &schema,
        &drop_column("file", "id", false),
        "column `file.id` is needed by constraint `web_file_fkey` of table `web`",
        Some("drop that first, or add CASCADE"),
    );
    apply(&drop_column("file", "id", true), &mut schema).expect("the key goes with it");
    assert_eq!(
        constraint_names(&schema, "web"),
        ["web_pkey", "web_size_check", "web_file_size_key"]
    );
}

#[test]
fn what_is_not_there_is_an_error_with_the_nearest_name() {
    let schema = example();
    check_error(
        &schema,
        &drop_column("wbe", "id", false),
        "table `wbe` does not exist",
        Some("did you mean `web`?"),
    );
    check_error(
        &schema,
        &drop_column("web", "sizes", false),
        "table `web` has no column `sizes`",
        Some("did you mean `size`?"),
    );
    check_error(
        &schema,
        &drop_constraint("web", "web_fiel_fkey"),
        "table `web` has no constraint `web_fiel_fkey`",
        Some("did you mean `web_file_fkey`?"),
    );
}

#[test]
fn what_is_there_is_not_made_again() {
    let schema = example();
    let again = table("web", "id", Vec::new());
    check_error(
        &schema,
        &create(again.clone()),
        "table `web` exists already",
        None,
    );
    let mut kept = schema.clone();
    let unless = Operation::CreateTable {
        table: again,
        if_not_exists: true,
    };
    assert_eq!(apply(&unless, &mut kept), Ok(()));
    assert_eq!(kept, schema);
    let second = Operation::AddConstraint {
        table: name("web"),
        constraint: primary_key("size"),
    };
    check_error(
        &schema,
        &second,
        "table `web` has a primary key already",
        None,
    );
}

#[test]
fn names_match_without_case_when_nothing_matches_exactly() {
    let mut schema = after(&[
        create(table("Web", "Id", Vec::new())),
        create(table("web", "id", Vec::new())),
    ]);
    apply(&drop_column("WEB", "ID", false), &mut schema).expect("the column is there");
    assert!(schema.tables[0].columns.is_empty());
    let missing = apply(&drop_column("Web", "id", false), &mut schema);
    assert!(matches!(missing, Err(ApplyError::NoSuchColumn { .. })));
}

#[test]
fn columns_of_a_primary_key_that_goes_stay_not_null() {
    let mut schema = after(&[create(table("t", "a b", Vec::new()))]);
    let may_be_null = |schema: &Schema| schema.tables[0].columns[0].nullable;
    let before = schema.clone();
    let add = Operation::AddConstraint {
        table: name("t"),
        constraint: primary_key("a"),
    };
    apply(&add, &mut schema).expect("there is no key yet");
    assert!(!may_be_null(&schema));
    apply(&drop_constraint("t", "t_pkey"), &mut schema).expect("it is there");
    assert!(!may_be_null(&schema));
    apply(&add, &mut schema).expect("there is no key any more");
    for operation in reverse(&add, &before).expect("it has an inverse") {
        apply(&operation, &mut schema).expect("it fits");
    }
    assert!(may_be_null(&schema));
}

#[test]
fn a_foreign_key_that_comes_back_names_the_columns_it_refers_to() {
    let mut key = foreign_key("parent", "t", "id");
    if let ConstraintKind::ForeignKey(key) = &mut key.kind {
        key.referenced_columns.clear();
    }
    let before = after(&[create(table(
        "t",
        "id parent",
        vec![primary_key("id"), key],
    ))]);
    let back = reverse(&drop_constraint("t", "t_parent_fkey"), &before).expect("an inverse");
    match back.as_slice() {
        [Operation::AddConstraint { constraint, .. }] => match &constraint.kind {
            ConstraintKind::ForeignKey(key) => assert_eq!(key.referenced_columns, ["id".into()]),
            other => panic!("{other:?}"),
        },
        other => panic!("{other:?}"),
    }
}
