//! Strategies for operations with everything that text can say, in the form in which it is read.

use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;

use super::objects::any_object_operation;
use super::parts::{
    DEFAULTS, any_column, any_constraint, any_ident, any_index, any_object, any_of, any_table,
    any_text, any_type, inside,
};
use crate::operation::{ConstraintTarget, Operation};
use crate::schema::{DataType, Expression};

const RAW: [&str; 12] = [
    "INSERT INTO irma_user (a) VALUES ('irma_user')",
    "UPDATE \"irma_user\" SET a = '{prefix}' -- irma_user {prefix}\nWHERE b = 1",
    "SELECT nextval('irma_user_id_seq')",
    "DELETE /* irma_user */ FROM irma_user",
    "CREATE TRIGGER irma_noted AFTER INSERT ON irma_user BEGIN SELECT 1; SELECT 2; END",
    "CREATE FUNCTION irma_f() RETURNS int AS $x$ SELECT 1; $x$ LANGUAGE sql",
    "DO $$ BEGIN PERFORM 1; END $$",
    "GRANT SELECT ON irma_user TO public",
    "SELECT 'a;b' AS \"x;\"",
    "VACUUM",
    "ALTER TABLE irma_user ENABLE ROW LEVEL SECURITY",
    "ALTER TABLE t ADD CONSTRAINT {x} EXCLUDE USING gist (a WITH &&)",
];

/// Any operation that text can say, whether or not a schema exists that it fits.
pub(crate) fn any_operation() -> impl Strategy<Value = Operation> {
    prop_oneof![
        3 => any_table_operation(),
        4 => any_column_operation(),
        2 => any_constraint_operation(),
        2 => any_index_operation(),
        1 => any_other_operation(),
        2 => any_object_operation(),
    ]
}

fn any_table_operation() -> BoxedStrategy<Operation> {
    prop_oneof![
        3 => (any_table(), any::<bool>()).prop_map(|(table, if_not_exists)| {
            Operation::CreateTable { table, if_not_exists }
        }),
        1 => (any_object(), any::<bool>(), any::<bool>()).prop_map(|(name, if_exists, cascade)| {
            Operation::DropTable { name, if_exists, cascade }
        }),
        1 => (any_object(), any_ident()).prop_map(|(from, to)| Operation::RenameTable { from, to }),
    ]
    .boxed()
}

fn any_column_operation() -> BoxedStrategy<Operation> {
    let constraints = prop::collection::vec(any_constraint(), 0..3);
    let place = || (any_object(), any_ident());
    prop_oneof![
        2 => (any_object(), any_column(), constraints, any::<bool>()).prop_map(
            |(table, column, constraints, if_not_exists)| Operation::AddColumn {
                table,
                constraints: constraints.into_iter().map(|it| inside(it, &column.name)).collect(),
                column,
                if_not_exists,
            }
        ),
        1 => (place(), any::<bool>(), any::<bool>()).prop_map(
            |((table, column), if_exists, cascade)| {
                Operation::DropColumn { table, column, if_exists, cascade }
            }
        ),
        1 => (place(), any_ident()).prop_map(|((table, from), to)| {
            Operation::RenameColumn { table, from, to }
        }),
        1 => (
            place(),
            any_type().prop_filter("it is declared", |it| *it != DataType::Other(Expression::new(""))),
            option::of(any_ident()),
            option::of(any_of(&DEFAULTS)),
        )
            .prop_map(|((table, column), data_type, collation, using)| {
                Operation::SetType { table, column, data_type, collation, using }
            }),
        1 => (place(), any::<bool>()).prop_map(|((table, column), nullable)| {
            Operation::SetNullable { table, column, nullable }
        }),
        1 => (place(), option::of(any_of(&DEFAULTS))).prop_map(|((table, column), default)| {
            Operation::SetDefault { table, column, default }
        }),
    ]
    .boxed()
}

fn any_constraint_operation() -> BoxedStrategy<Operation> {
    let flags = (any::<bool>(), any::<bool>());
    prop_oneof![
        3 => (any_object(), any_constraint()).prop_map(|(table, constraint)| {
            Operation::AddConstraint { table, constraint }
        }),
        1 => (any_object(), any_ident(), flags).prop_map(|(table, name, (if_exists, cascade))| {
            let target = ConstraintTarget::Named(name);
            Operation::DropConstraint { table, target, if_exists, cascade }
        }),
        1 => any_object().prop_map(|table| Operation::DropConstraint {
            table,
            target: ConstraintTarget::PrimaryKey,
            if_exists: false,
            cascade: false,
        }),
        1 => (any_object(), any_ident(), any_ident()).prop_map(|(table, from, to)| {
            Operation::RenameConstraint { table, from, to }
        }),
        1 => (any_object(), any_ident()).prop_map(|(table, name)| {
            Operation::ValidateConstraint { table, name }
        }),
    ]
    .boxed()
}

fn any_index_operation() -> BoxedStrategy<Operation> {
    prop_oneof![
        3 => (any_index(), any::<bool>(), any::<bool>()).prop_map(
            |(index, concurrently, if_not_exists)| {
                Operation::CreateIndex { index, concurrently, if_not_exists }
            }
        ),
        1 => (any_object(), option::of(any_object()), any::<bool>(), any::<bool>()).prop_map(
            |(name, table, concurrently, if_exists)| {
                Operation::DropIndex { name, table, concurrently, if_exists }
            }
        ),
        1 => (any_object(), any_ident(), option::of(any_ident())).prop_map(|(from, to, table)| {
            Operation::RenameIndex { table: table.map(|table| from.sibling(table)), from, to }
        }),
    ]
    .boxed()
}

fn any_other_operation() -> BoxedStrategy<Operation> {
    prop_oneof![
        (any_object(), option::of(any_text()))
            .prop_map(|(table, comment)| { Operation::SetTableComment { table, comment } }),
        (any_object(), any_ident(), option::of(any_text())).prop_map(|(table, column, comment)| {
            Operation::SetColumnComment {
                table,
                column,
                comment,
            }
        }),
        select(RAW.to_vec()).prop_map(|sql| Operation::Raw {
            sql: sql.to_owned()
        }),
        "[a-z][a-z0-9_.-]{0,10}".prop_map(|procedure| Operation::Call { procedure }),
    ]
    .boxed()
}
