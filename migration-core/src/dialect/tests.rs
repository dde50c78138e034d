//! Tests of what all compilers promise.
#![expect(
    clippy::disallowed_methods,
    reason = "compares a document with the code"
)]

use std::path::Path;

use super::{Dialect, Reads, reference_page};
use crate::operation::{ConstraintTarget, Operation};
use crate::schema::{
    Column, Constraint, ConstraintKind, DataType, Expression, Ident, Identity, ObjectName, Schema,
    Table,
};

#[test]
fn the_reference_of_dialects_is_made_by_the_compilers() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/reference/dialects.md");
    if std::env::var_os("UPDATE_CASES").is_some() {
        std::fs::write(&path, reference_page()).unwrap();
    }
    assert_eq!(
        std::fs::read_to_string(&path).unwrap_or_default(),
        reference_page(),
        "UPDATE_CASES=1 writes {}",
        path.display()
    );
}

/// A table `t` with key `a`, column `b` and its check.
fn schema() -> Schema {
    let mut table = Table::new(ObjectName::new("t"));
    for name in ["a", "b"] {
        table.columns.push(Column::new(name, DataType::Integer));
    }
    let columns = vec![Ident::new("a")];
    let key = ConstraintKind::PrimaryKey { columns };
    table.constraints.push(Constraint::new(None, key));
    let expression = Expression::new("b > 0");
    let check = ConstraintKind::Check { expression };
    let name = Some(Ident::new("t_b_check"));
    table.constraints.push(Constraint::new(name, check));
    Schema {
        tables: vec![table],
        ..Schema::default()
    }
}

/// What the engine is told, one statement on a line; or why it is refused.
#[track_caller]
fn check(dialect: Dialect, operation: &Operation, schema: &Schema, expected: &str) {
    let lowered = dialect
        .compiler()
        .compile(std::slice::from_ref(operation), schema);
    let found = match lowered {
        Ok(lowered) => {
            let texts = lowered.statements.iter().map(|one| one.sql.as_str());
            texts.collect::<Vec<_>>().join("\n")
        }
        Err(refusal) => {
            assert!(!refusal.hint.is_empty(), "{refusal} without a hint");
            format!("{refusal}")
        }
    };
    assert_eq!(found, expected, "{dialect}: {operation}");
}

fn raw(sql: &str) -> Operation {
    Operation::Raw {
        sql: sql.to_owned(),
    }
}

fn drop_constraint(target: ConstraintTarget, if_exists: bool) -> Operation {
    Operation::DropConstraint {
        table: ObjectName::new("t"),
        target,
        if_exists,
        cascade: false,
    }
}

fn named(name: &str) -> ConstraintTarget {
    ConstraintTarget::Named(Ident::new(name))
}

#[test]
fn a_procedure_is_no_work_of_an_engine() {
    let call = Operation::Call {
        procedure: "fill".to_owned(),
    };
    for dialect in Dialect::ALL {
        let refusal = format!("{dialect} cannot run the procedure `fill`, which is no SQL");
        check(dialect, &call, &Schema::default(), &refusal);
    }
}

#[test]
fn raw_statements_pass_through_and_postgresql_knows_which_need_no_transaction() {
    for dialect in Dialect::ALL {
        check(dialect, &raw("SELECT  1"), &Schema::default(), "SELECT  1");
    }
    let is_transactional = |sql: &str| {
        let compiler = Dialect::Postgres.compiler();
        let lowered = compiler.compile(&[raw(sql)], &Schema::default()).unwrap();
        lowered.statements[0].transactional
    };
    for sql in [
        "create unique\nindex concurrently i ON t (a) NULLS NOT DISTINCT",
        "DROP INDEX CONCURRENTLY i, j",
        "REINDEX INDEX CONCURRENTLY i",
        "VACUUM t",
        "ALTER SYSTEM SET a = b",
    ] {
        assert!(!is_transactional(sql), "{sql}");
    }
    for sql in [
        "REFRESH MATERIALIZED VIEW CONCURRENTLY v",
        "CREATE INDEX i ON t (a)",
    ] {
        assert!(is_transactional(sql), "{sql}");
    }
}

#[test]
fn what_is_not_there_is_nothing_to_drop_if_exists() {
    let drop_index = Operation::DropIndex {
        name: ObjectName::new("i"),
        table: None,
        concurrently: false,
        if_exists: true,
    };
    let compiler = Dialect::Mysql.compiler();
    let name = ObjectName::new("i");
    assert_eq!(compiler.reads(&drop_index), Reads::TableOfIndex(&name));
    check(Dialect::Mysql, &drop_index, &Schema::default(), "");
    let gone = drop_constraint(named("t_c_key"), true);
    for dialect in [Dialect::Sqlite, Dialect::Mysql] {
        check(dialect, &gone, &schema(), "");
    }
}

#[test]
fn mysql_finds_the_key_whatever_name_it_had_and_nothing_by_mistake() {
    let drop_key = "ALTER TABLE \"t\" DROP PRIMARY KEY";
    for name in ["t_pkey", "old_pkey", "pk_t", "t_pk"] {
        let operation = drop_constraint(named(name), false);
        check(Dialect::Mysql, &operation, &schema(), drop_key);
    }
    let key = drop_constraint(ConstraintTarget::PrimaryKey, false);
    check(Dialect::Mysql, &key, &Schema::default(), drop_key);
    let mistaken = drop_constraint(named("t_c_key"), false);
    let by_name = "ALTER TABLE \"t\" DROP CONSTRAINT \"t_c_key\"";
    check(Dialect::Mysql, &mistaken, &Schema::default(), by_name);
    let checked = drop_constraint(named("t_b_check"), false);
    let by_kind = "ALTER TABLE \"t\" DROP CONSTRAINT \"t_b_check\"";
    check(Dialect::Mysql, &checked, &schema(), by_kind);
}

#[test]
fn a_check_inside_its_column_goes_and_stays_with_the_column() {
    let mut schema = schema();
    schema.tables[0].constraints[1].name = None;
    let drop_column = Operation::DropColumn {
        table: ObjectName::new("t"),
        column: Ident::new("b"),
        if_exists: false,
        cascade: false,
    };
    let alone = "ALTER TABLE \"t\" DROP COLUMN \"b\"";
    check(Dialect::Mysql, &drop_column, &schema, alone);
    let not_null = Operation::SetNullable {
        table: ObjectName::new("t"),
        column: Ident::new("b"),
        nullable: false,
    };
    let kept = "SELECT count(*), NULL FROM \"t\" WHERE \"b\" IS NULL\n\
                ALTER TABLE \"t\" MODIFY COLUMN \"b\" INTEGER NOT NULL CHECK (b > 0)";
    check(Dialect::Mysql, &not_null, &schema, kept);
    let dropped = drop_constraint(named("t_b_check"), true);
    let without = "ALTER TABLE \"t\" MODIFY COLUMN \"b\" INTEGER NULL";
    check(Dialect::Mysql, &dropped, &schema, without);
}

#[test]
fn a_change_that_repeats_a_table_is_refused_when_the_table_is_not_known() {
    let not_null = Operation::SetNullable {
        table: ObjectName::new("t"),
        column: Ident::new("b"),
        nullable: false,
    };
    for dialect in [Dialect::Sqlite, Dialect::Mysql] {
        let name = ObjectName::new("t");
        assert_eq!(dialect.compiler().reads(&not_null), Reads::Table(&name));
        let compiled = dialect
            .compiler()
            .compile(std::slice::from_ref(&not_null), &Schema::default());
        let refusal = compiled.unwrap_err();
        assert!(refusal.operation.contains("`t`"), "{refusal}");
    }
    let text = "ALTER TABLE \"t\" ALTER COLUMN \"b\" SET NOT NULL";
    check(Dialect::Postgres, &not_null, &Schema::default(), text);
}

#[test]
fn rows_are_numbered_by_integers_alone_on_postgresql() {
    let mut column = Column::new("n", DataType::Text);
    column.identity = Some(Identity::AutoIncrement);
    let mut table = Table::new(ObjectName::new("u"));
    table.columns.push(column);
    let create = Operation::CreateTable {
        table,
        if_not_exists: false,
    };
    let refusal = "postgresql cannot number the rows of `n`, which is no integer";
    check(Dialect::Postgres, &create, &Schema::default(), refusal);
}
