//! Names in the letters that they were given in: SQLite ignores case, even in quotes, and keeps a
//! definition as it was typed, while the model tells `A` from `a`.

use crate::schema::{ConstraintKind, Ident, Index, IndexKey, Table};

/// Spells columns as their table does, wherever the table and its indexes name them, and the table
/// where it refers to itself.
pub(super) fn unify(table: &mut Table, indexes: &mut [Index]) {
    let own = table.name.name.clone();
    let names: Vec<Ident> = table.columns.iter().map(|it| it.name.clone()).collect();
    for constraint in &mut table.constraints {
        match &mut constraint.kind {
            ConstraintKind::PrimaryKey { columns } | ConstraintKind::Unique { columns } => {
                spell_all(columns, &names);
            }
            ConstraintKind::ForeignKey(key) => {
                spell_all(&mut key.columns, &names);
                if is_same(&key.references.name, &own) {
                    key.references = table.name.clone();
                    spell_all(&mut key.referenced_columns, &names);
                }
            }
            ConstraintKind::Check { expression } => {
                *expression = expression.spelled_as(&own, &names);
            }
        }
    }
    let computed = table.columns.iter_mut();
    for generated in computed.filter_map(|column| column.generated.as_mut()) {
        generated.expression = generated.expression.spelled_as(&own, &names);
    }
    for index in indexes {
        if let Some(predicate) = &mut index.predicate {
            *predicate = predicate.spelled_as(&own, &names);
        }
        for part in &mut index.parts {
            match &mut part.key {
                IndexKey::Column { name, .. } => spell(name, &names),
                IndexKey::Expression(expression) => {
                    *expression = expression.spelled_as(&own, &names);
                }
            }
        }
    }
}

fn is_same(one: &Ident, other: &Ident) -> bool {
    one.as_str().eq_ignore_ascii_case(other.as_str())
}

fn spell_all(columns: &mut [Ident], names: &[Ident]) {
    for column in columns {
        spell(column, names);
    }
}

fn spell(column: &mut Ident, names: &[Ident]) {
    if let Some(name) = names.iter().find(|name| is_same(name, column)) {
        *column = name.clone();
    }
}
