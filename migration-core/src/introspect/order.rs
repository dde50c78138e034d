//! One order for what has none, so that equal databases are equal values.

use super::Whole;
use crate::schema::{Constraint, ConstraintKind, ForeignKey, Ident, Index, ObjectName, Table};

/// Puts everything in order of name, and constraints in order of what they demand.
pub(super) fn sort(whole: &mut Whole) {
    let schema = &mut whole.schema;
    for table in &mut schema.tables {
        constraints(table);
    }
    schema.tables.sort_by(|a, b| a.name.cmp(&b.name));
    let index_key = |index: &Index| (index.table.clone(), index.name.clone());
    schema.indexes.sort_by_cached_key(index_key);
    schema.views.sort_by(|a, b| a.name.cmp(&b.name));
    schema.sequences.sort_by(|a, b| a.name.cmp(&b.name));
    schema.dependents.sort_by(|a, b| {
        (a.kind.word(), &a.name, a.table()).cmp(&(b.kind.word(), &b.name, b.table()))
    });
    whole
        .unread
        .sort_by(|a, b| (&a.name, &a.ddl).cmp(&(&b.name, &b.ddl)));
}

/// One that is said twice without a name is one.
fn constraints(table: &mut Table) {
    table
        .constraints
        .sort_by(|a, b| rank(a).cmp(&rank(b)).then_with(|| a.name.cmp(&b.name)));
    table
        .constraints
        .dedup_by(|a, b| a == b && a.name.is_none());
}

/// What a constraint is sorted by: its kind, its columns, where it leads, its text.
type Rank<'a> = (
    u8,
    &'a [Ident],
    Option<(&'a ObjectName, &'a [Ident])>,
    &'a str,
);

fn rank(constraint: &Constraint) -> Rank<'_> {
    match &constraint.kind {
        ConstraintKind::PrimaryKey { columns } => (0, columns, None, ""),
        ConstraintKind::Unique { columns } => (1, columns, None, ""),
        ConstraintKind::ForeignKey(ForeignKey {
            columns,
            references,
            referenced_columns,
            ..
        }) => (2, columns, Some((references, referenced_columns)), ""),
        ConstraintKind::Check { expression } => (3, &[], None, expression.as_str()),
    }
}
