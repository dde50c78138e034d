//! What a large schema costs, and single rules.

use crate::diff::{DiffOptions, diff};
use crate::schema::{Column, Constraint, ConstraintKind, DataType, ObjectName, Schema, Table};

/// Many tables with ten columns each.
fn large(tables: usize) -> Schema {
    let mut schema = Schema::default();
    for number in 0..tables {
        let mut table = Table::new(ObjectName::new(format!("table_{number}")));
        for column in 0..10 {
            let name = format!("column_{column}");
            table.columns.push(Column::new(name, DataType::Integer));
        }
        let columns = vec!["column_0".into()];
        let key = Constraint::new(None, ConstraintKind::PrimaryKey { columns });
        table.constraints.push(key);
        schema.tables.push(table);
    }
    schema
}

#[test]
fn one_changed_column_among_many_tables_is_one_change() {
    let from = large(1_000);
    let mut to = from.clone();
    to.tables[500].columns[3].data_type = DataType::BigInt;
    let difference = diff(&from, &to, &DiffOptions::default());
    assert_eq!(difference.changes.len(), 1);
}
