//! Tests of what operations mean and of their inverses.

pub(crate) mod any;
mod effects;
mod laws;
mod object_laws;
mod objects;
pub(crate) mod parts;
mod taken;

use super::{ConstraintTarget, Operation, apply};
use crate::schema::{
    Column, Constraint, ConstraintKind, DataType, Expression, ForeignKey, Ident, Index, IndexPart,
    MatchKind, ObjectName, ReferentialAction, Schema, SortOrder, Table,
};

fn name(text: &str) -> ObjectName {
    ObjectName::new(text)
}

fn names(text: &str) -> Vec<Ident> {
    text.split(' ').map(Ident::from).collect()
}

fn unique(columns: &str) -> Constraint {
    let columns = names(columns);
    Constraint::new(None, ConstraintKind::Unique { columns })
}

fn primary_key(columns: &str) -> Constraint {
    let columns = names(columns);
    Constraint::new(None, ConstraintKind::PrimaryKey { columns })
}

fn check(expression: &str) -> Constraint {
    let expression = Expression::new(expression);
    Constraint::new(None, ConstraintKind::Check { expression })
}

fn foreign_key(columns: &str, table: &str, referenced: &str) -> Constraint {
    let key = ForeignKey {
        columns: names(columns),
        references: name(table),
        referenced_columns: names(referenced),
        on_update: ReferentialAction::NoAction,
        on_delete: ReferentialAction::Cascade,
        match_kind: MatchKind::Simple,
    };
    Constraint::new(None, ConstraintKind::ForeignKey(key))
}

fn index(index: &str, table: &str, column: &str) -> Index {
    let mut part = IndexPart::column(column.into());
    part.order = SortOrder::Descending;
    Index {
        name: Some(index.into()),
        table: name(table),
        unique: false,
        parts: vec![part],
        method: None,
        include: Vec::new(),
        predicate: Some(Expression::new(format!("{column} IS NOT NULL"))),
    }
}

fn table(table: &str, columns: &str, constraints: Vec<Constraint>) -> Table {
    let mut created = Table::new(name(table));
    for column in columns.split(' ') {
        created.columns.push(Column::new(column, DataType::Integer));
    }
    created.constraints = constraints;
    created
}

fn create(created: Table) -> Operation {
    Operation::CreateTable {
        table: created,
        if_not_exists: false,
    }
}

fn create_index(index: Index) -> Operation {
    Operation::CreateIndex {
        index,
        concurrently: false,
        if_not_exists: false,
    }
}

fn drop_column(table: &str, column: &str, cascade: bool) -> Operation {
    Operation::DropColumn {
        table: name(table),
        column: column.into(),
        if_exists: false,
        cascade,
    }
}

fn drop_constraint(table: &str, constraint: &str) -> Operation {
    Operation::DropConstraint {
        table: name(table),
        target: ConstraintTarget::Named(constraint.into()),
        if_exists: false,
        cascade: false,
    }
}

/// The schema after the operations, which must all fit.
#[track_caller]
fn after(operations: &[Operation]) -> Schema {
    let mut schema = Schema::default();
    for operation in operations {
        if let Err(error) = apply(operation, &mut schema) {
            panic!("{operation}: {error}");
        }
    }
    schema
}

/// Two tables, the second with everything that may stand on a column.
fn example() -> Schema {
    after(&[
        create(table(
            "file",
            "id size",
            vec![primary_key("id"), unique("size id")],
        )),
        create(table(
            "web",
            "id file size",
            vec![
                primary_key("id"),
                foreign_key("file", "file", "id"),
                check("size > 0"),
                unique("file size"),
            ],
        )),
        create_index(index("ix_size", "web", "size")),
    ])
}
