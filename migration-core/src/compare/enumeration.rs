//! Enumerated types on engines that keep none with a name: a column that holds the values of a known
//! type, as the compiler would keep it to them, is a column of that type again.

use std::collections::HashSet;

use crate::dialect::Dialect;
use crate::operation::Operation;
use crate::schema::{
    Column, Constraint, ConstraintKind, DataType, EnumType, Ident, ObjectName, Schema, Table,
};

/// Lifts the columns of a schema; `known` is what the statements that made it say of types.
pub(super) fn lift(dialect: Dialect, schema: &mut Schema, known: &Schema) {
    if dialect.syntax().named_types || known.enums.is_empty() {
        return;
    }
    for table in &mut schema.tables {
        let declared = known.table(&table.name);
        for number in 0..table.columns.len() {
            let column = &table.columns[number];
            let declared = declared.and_then(|it| it.column(&column.name));
            let first = declared.map(|it| &it.data_type);
            // Of several types with the same values the one that was written counts.
            let mut candidates: Vec<&EnumType> = known.enums.iter().collect();
            candidates.sort_by_key(|it| Some(&DataType::of_name(&it.name)) != first);
            let found = candidates.into_iter().find_map(|it| {
                let kept = kept(dialect, &table.name, column, it);
                kept_by(dialect, table, column, &kept, bare).map(|check| (it, check))
            });
            if let Some((of, check)) = found {
                table.columns[number].data_type = DataType::of_name(&of.name);
                if let Some(check) = check {
                    table.constraints.remove(check);
                }
            }
        }
    }
    schema.enums.clone_from(&known.enums);
}

/// Lifts what no revision made: a type of the models whose columns are all there, kept as they would
/// be, though the history knows none of it. Somebody made them by hand, or before there were
/// revisions, and nothing is left to be done.
pub(super) fn lift_by_hand(
    dialect: Dialect,
    (live, wanted): (&mut Schema, &Schema),
    models: &Schema,
) {
    if dialect.syntax().named_types {
        return;
    }
    for of in &models.enums {
        if live.enums.iter().any(|it| it.name == of.name) {
            continue;
        }
        let data_type = DataType::of_name(&of.name);
        let is_of = |it: &&Column| it.data_type == data_type;
        let columns: Vec<(&ObjectName, &Column)> = wanted
            .tables
            .iter()
            .flat_map(|table| {
                let columns = table.columns.iter().filter(is_of);
                columns.map(|column| (&table.name, column))
            })
            .collect();
        let mut lifted = live.clone();
        let are_there = columns.iter().all(|(name, column)| {
            let table = lifted.table_mut(name);
            table.is_some_and(|table| lift_column(dialect, table, &column.name, of, bare))
        });
        if are_there && !columns.is_empty() {
            lifted.enums.push(of.clone());
            *live = lifted;
        }
    }
}

/// Says that both sides know the same types, whatever their values are. A column that lists other
/// values than the type that is wanted there is a column of that type; whether there is one, and
/// what else is said of it, stays as it was.
pub(super) fn leave_alone(dialect: Dialect, live: &mut Schema, wanted: &mut Schema) {
    if !dialect.syntax().named_types {
        for table in &wanted.tables {
            let Some(there) = live.table_mut(&table.name) else {
                continue;
            };
            for column in &table.columns {
                let mut enums = wanted.enums.iter();
                let of = enums.find(|it| column.data_type == DataType::of_name(&it.name));
                match of {
                    Some(of) => {
                        lift_column(dialect, there, &column.name, of, without_values);
                    }
                    None => take_list(there, column),
                }
            }
        }
    }
    for of in &wanted.enums {
        if !live.enums.iter().any(|it| it.name == of.name) {
            live.enums.push(of.clone());
        }
    }
    wanted.enums.clone_from(&live.enums);
}

/// Takes the values over of a column that lists them without a type of a name, if both do.
fn take_list(live: &mut Table, wanted: &Column) {
    let is_list = |it: &DataType| {
        let DataType::Other(text) = it else {
            return false;
        };
        without_values(text.as_str()).eq_ignore_ascii_case("enum")
    };
    if let Some(live) = live.column_mut(&wanted.name)
        && is_list(&live.data_type)
        && is_list(&wanted.data_type)
    {
        live.data_type.clone_from(&wanted.data_type);
    }
}

/// Forgets the types that no column has, on either side: where the engine keeps none with a name
/// there is nothing of them to be made, changed or dropped.
pub(super) fn forget_unused(dialect: Dialect, sides: [&mut Schema; 2]) {
    if dialect.syntax().named_types {
        return;
    }
    let columns = sides.iter().flat_map(|it| &it.tables);
    let columns = columns.flat_map(|it| &it.columns);
    let used: HashSet<ObjectName> = columns.filter_map(|it| it.data_type.as_name()).collect();
    for side in sides {
        side.enums.retain(|it| used.contains(&it.name));
    }
}

/// Lifts one column, if it is kept so, as far as `told` tells texts apart.
fn lift_column(
    dialect: Dialect,
    table: &mut Table,
    name: &Ident,
    of: &EnumType,
    told: fn(&str) -> String,
) -> bool {
    let Some(at) = table.columns.iter().position(|it| it.name == *name) else {
        return false;
    };
    let column = &table.columns[at];
    let kept = kept(dialect, &table.name, column, of);
    let Some(check) = kept_by(dialect, table, column, &kept, told) else {
        return false;
    };
    table.columns[at].data_type = DataType::of_name(&of.name);
    if let Some(check) = check {
        table.constraints.remove(check);
    }
    true
}

/// How the engine is told to keep a column to the values of a type.
fn kept(dialect: Dialect, table: &ObjectName, column: &Column, of: &EnumType) -> Table {
    let mut named = column.clone();
    named.data_type = DataType::of_name(&of.name);
    let mut alone = Table::new(table.clone());
    alone.columns.push(named);
    let create = Operation::CreateTable {
        table: alone,
        if_not_exists: false,
    };
    let known = Schema {
        enums: vec![of.clone()],
        ..Schema::default()
    };
    let mut spelled = dialect.compiler().spelled_out(&create, &known).into_iter();
    if let Some(Operation::CreateTable { table, .. }) = spelled.next() {
        table
    } else {
        Table::new(table.clone())
    }
}

/// Whether a column is kept so, as far as `told` tells texts apart; also the position of the
/// constraint that does it, if any.
fn kept_by(
    dialect: Dialect,
    table: &Table,
    column: &Column,
    kept: &Table,
    told: fn(&str) -> String,
) -> Option<Option<usize>> {
    let wanted = kept.columns.first()?;
    let written = |it: &DataType| dialect.compiler().data_type(it).ok().map(|it| told(&it));
    if written(&column.data_type)?.to_lowercase() != written(&wanted.data_type)?.to_lowercase() {
        return None;
    }
    let Some(check) = kept.constraints.first() else {
        return Some(None);
    };
    let demanded = |it: &Constraint| demands(it).map(|it| told(&it));
    let wanted = demanded(check);
    let position = table
        .constraints
        .iter()
        .position(|it| demanded(it) == wanted)?;
    Some(Some(position))
}

/// What a check demands, as far as its spelling counts for nothing.
pub(super) fn demands(constraint: &Constraint) -> Option<String> {
    let ConstraintKind::Check { expression } = &constraint.kind else {
        return None;
    };
    Some(bare(expression.as_str()))
}

fn bare(text: &str) -> String {
    let is_sign = |it: &char| !it.is_whitespace() && !matches!(it, '"' | '`' | '(' | ')');
    text.chars().filter(is_sign).collect()
}

/// The same without what is listed in it.
fn without_values(text: &str) -> String {
    let text = bare(text);
    let outside = text.split('\'').step_by(2);
    outside.flat_map(|it| it.split(',')).collect()
}
