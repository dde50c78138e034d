//! Schemas without what is no difference.

use crate::diff::expression::is_same_index;
use crate::schema::{Constraint, ConstraintKind, Expression, Ident, Index, IndexKey, Schema};

/// The schema with everything in one order and without names that nobody chose, be it there or in
/// what it shall be.
pub(super) fn normal(schema: &Schema, wanted: &Schema) -> Schema {
    let mut normal = schema.clone();
    forget_names(&mut normal, wanted);
    sort_tables(&mut normal);
    let bare = normal.clone();
    for index in &mut normal.indexes {
        let table = bare.table(&index.table);
        if table.is_some_and(|table| table.has_default_index_name(index)) {
            index.name = None;
        }
        index.predicate = index.predicate.as_ref().map(bare_text);
        for part in &mut index.parts {
            if let IndexKey::Expression(text) = &mut part.key {
                *text = bare_text(text);
            }
        }
    }
    normal.tables.sort_by(|a, b| a.name.cmp(&b.name));
    normal.indexes.sort_by_key(|it| format!("{it:?}"));
    normal.dependents.sort_by_key(|it| format!("{it:?}"));
    normal.namespaces.sort();
    normal.enums.sort_by(|a, b| a.name.cmp(&b.name));
    normal.sequences.sort_by(|a, b| a.name.cmp(&b.name));
    for sequence in &mut normal.sequences {
        let options = &mut sequence.options;
        options.owner = options
            .owner
            .take()
            .filter(|it| *it != crate::schema::SequenceOwner::Nobody);
    }
    normal.views.sort_by(|a, b| a.name.cmp(&b.name));
    normal
}

/// Takes away the names that nobody chose in the schema that it shall be.
fn forget_names(normal: &mut Schema, wanted: &Schema) {
    for table in &mut normal.tables {
        let Some(other) = wanted.table(&table.name) else {
            continue;
        };
        for constraint in &mut table.constraints {
            let is_same = |it: &&Constraint| {
                plain(&it.kind) == plain(&constraint.kind)
                    && it.deferrability == constraint.deferrability
                    && other.has_default_name(it)
            };
            if other.constraints.iter().any(|it| is_same(&it)) {
                constraint.name = None;
            }
        }
    }
    for index in &mut normal.indexes {
        let other = wanted.table(&index.table);
        let is_same = |it: &Index| {
            is_same_index(it, index) && other.is_some_and(|table| table.has_default_index_name(it))
        };
        if wanted.indexes_of(&index.table).any(is_same) {
            index.name = None;
        }
    }
}

fn sort_tables(normal: &mut Schema) {
    for table in &mut normal.tables {
        let key: Vec<Ident> = table.primary_key().to_vec();
        for column in &mut table.columns {
            column.nullable &= !key.contains(&column.name);
        }
        let bare = table.clone();
        for constraint in &mut table.constraints {
            if bare.has_default_name(constraint) {
                constraint.name = None;
            }
            constraint.kind = plain(&constraint.kind);
        }
        for generated in table
            .columns
            .iter_mut()
            .filter_map(|it| it.generated.as_mut())
        {
            generated.expression = bare_text(&generated.expression);
        }
        table.constraints.sort_by_key(|it| format!("{it:?}"));
        table.columns.sort_by(|a, b| a.name.cmp(&b.name));
    }
}

fn plain(kind: &ConstraintKind) -> ConstraintKind {
    match kind {
        ConstraintKind::Check { expression } => ConstraintKind::Check {
            expression: bare_text(expression),
        },
        ConstraintKind::PrimaryKey { .. }
        | ConstraintKind::Unique { .. }
        | ConstraintKind::ForeignKey(_) => kind.clone(),
    }
}

/// The text without the quotes that a rename writes.
fn bare_text(text: &Expression) -> Expression {
    Expression::new(text.as_str().replace('"', ""))
}
