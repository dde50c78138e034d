//! Tests of statements to operations.

mod alterations;
mod columns;
mod indexes;
mod sequences;
mod tables;
mod untouched;

use super::{mysql, operations, postgres, read};
use crate::operation::Operation;
use crate::schema::{
    Column, Constraint, ConstraintKind, Expression, ForeignKey, Ident, MatchKind, ObjectName,
    ReferentialAction, Table,
};

#[track_caller]
fn check(text: &str, expected: &[Operation]) {
    assert_eq!(operations(text), expected, "{text}");
}

/// Checks that the text passes through as it is.
#[track_caller]
fn check_raw(text: &str) {
    for options in [postgres(), mysql()] {
        let script = read(text, &options).expect("the text is legal");
        let found: Vec<_> = script
            .statements
            .iter()
            .flat_map(|statement| &statement.operations)
            .collect();
        assert_eq!(
            found,
            [&Operation::Raw {
                sql: text.to_owned()
            }]
        );
    }
}

fn name(text: &str) -> ObjectName {
    ObjectName::new(text)
}

fn names(text: &str) -> Vec<Ident> {
    text.split(' ').map(Ident::from).collect()
}

fn foreign_key(columns: &str, table: &str, referenced: &str) -> ForeignKey {
    ForeignKey {
        columns: names(columns),
        references: name(table),
        referenced_columns: names(referenced),
        on_update: ReferentialAction::NoAction,
        on_delete: ReferentialAction::NoAction,
        match_kind: MatchKind::Simple,
    }
}

fn unnamed(kind: ConstraintKind) -> Constraint {
    Constraint::new(None, kind)
}

fn expression(text: &str) -> Expression {
    Expression::new(text)
}

/// The only table that the text creates.
#[track_caller]
fn created(text: &str) -> Table {
    match operations(text).as_slice() {
        [Operation::CreateTable { table, .. }] => table.clone(),
        other => panic!("{text}: {other:?}"),
    }
}

/// The only column of the table that has this definition.
#[track_caller]
fn column(definition: &str) -> Column {
    let table = created(&format!("CREATE TABLE t (c {definition})"));
    match table.columns.as_slice() {
        [column] => column.clone(),
        other => panic!("{definition}: {other:?}"),
    }
}
