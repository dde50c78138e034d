//! Tests of indexes.

use super::{check, expression, name, names};
use crate::operation::Operation;
use crate::schema::{Index, IndexKey, IndexPart, NullsOrder, SortOrder};

#[test]
fn an_index_says_everything() {
    let mut first = IndexPart::column("a".into());
    first.order = SortOrder::Descending;
    first.nulls = Some(NullsOrder::Last);
    first.collation = Some("C".into());
    first.operator_class = Some(name("text_pattern_ops"));
    let mut second = IndexPart::column("b".into());
    second.key = IndexKey::Expression(expression("lower(b)"));
    let mut third = IndexPart::column("b".into());
    third.key = IndexKey::Expression(expression("a || b"));
    check(
        "CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS i ON t USING btree
            (a COLLATE \"C\" text_pattern_ops DESC NULLS LAST, lower(b), (a||b))
            INCLUDE (c) WHERE (a IS NOT NULL)",
        &[Operation::CreateIndex {
            index: Index {
                name: Some("i".into()),
                table: name("t"),
                unique: true,
                parts: vec![first, second, third],
                method: Some("btree".into()),
                include: names("c"),
                predicate: Some(expression("a IS NOT NULL")),
            },
            concurrently: true,
            if_not_exists: true,
        }],
    );
    let drop = |table, concurrently, if_exists| Operation::DropIndex {
        name: name("i"),
        table,
        concurrently,
        if_exists,
    };
    check(
        "DROP INDEX CONCURRENTLY IF EXISTS i",
        &[drop(None, true, true)],
    );
    check("DROP INDEX i ON t", &[drop(Some(name("t")), false, false)]);
    check(
        "ALTER TABLE t DROP INDEX i",
        &[drop(Some(name("t")), false, false)],
    );
}
