//! What the oracle says that a change does.

use super::change::Change;
use super::model::{Column, Constraint, Db, Foreign, Kind, Piece, Table, TableId, Value, same};
use super::values;

/// Why a change does not come to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Refusal {
    /// It names what is not there: no change at all.
    Meaningless,
    /// It must be refused, and nothing be changed.
    Forbidden(String),
}

fn forbidden(why: impl Into<String>) -> Refusal {
    Refusal::Forbidden(why.into())
}

/// The database after a change.
///
/// Rows that a constraint forbids are not looked at: the database that is made of the model refuses
/// them.
#[expect(clippy::too_many_lines, reason = "one arm per change")]
pub(super) fn apply(db: &mut Db, change: &Change) -> Result<(), Refusal> {
    match change {
        Change::RenameTable { table, to } => {
            if db.is_taken(to) {
                return Err(Refusal::Meaningless);
            }
            find(db, *table)?.name.clone_from(to);
        }
        Change::RenameColumn { table, column, to } => {
            let table = find(db, *table)?;
            if table.has_column(to) {
                return Err(Refusal::Meaningless);
            }
            find_column(table, *column)?.name.clone_from(to);
        }
        Change::AddColumn {
            table,
            column,
            constraints,
            ..
        } => {
            add(db, *table, column, constraints)?;
        }
        Change::DropColumn { table, column } => drop_column(db, *table, *column)?,
        Change::SetNotNull {
            table,
            column,
            not_null,
        } => {
            find_column(find(db, *table)?, *column)?.not_null = *not_null;
        }
        Change::SetDefault {
            table,
            column,
            default,
        } => {
            let column = find_column(find(db, *table)?, *column)?;
            column.default.clone_from(default);
        }
        Change::SetType {
            table,
            column,
            written,
            declared,
            using,
        } => {
            let table = find(db, *table)?;
            set_type(table, *column, declared, *using)?;
            let position = table.position(*column).unwrap_or_default();
            let mut rows = table.rows.iter();
            db.has_misfits |= !rows.all(|row| values::fits(&row.values[position], written));
        }
        Change::AddConstraint { table, constraint } => {
            check_mentioned(db, *table, &constraint.kind)?;
            let table = find(db, *table)?;
            let constraint = named(table, constraint.clone());
            if table.has_constraint(constraint.name.as_deref().unwrap_or_default()) {
                return Err(Refusal::Meaningless);
            }
            table.constraints.push(constraint);
        }
        Change::DropConstraint { table, name } => {
            let table = find(db, *table)?;
            let Some(at) = constraint_position(table, name) else {
                return Err(Refusal::Meaningless);
            };
            let is_key = matches!(table.constraints[at].kind, Kind::Primary(_));
            if table.autoincrement && is_key {
                return Err(forbidden("rows are numbered by the key alone"));
            }
            // A rowid is never NULL; what it numbers stays so when it is one no longer.
            let rowid = table.alias().filter(|_| is_key);
            if let Some(column) = rowid.and_then(|id| table.column_mut(id)) {
                column.not_null = true;
            }
            table.constraints.remove(at);
        }
        Change::RenameConstraint { table, from, to } => {
            let table = find(db, *table)?;
            if table.has_constraint(to) {
                return Err(Refusal::Meaningless);
            }
            let Some(at) = constraint_position(table, from) else {
                return Err(Refusal::Meaningless);
            };
            table.constraints[at].name = Some(to.clone());
        }
        Change::Comment { table, column } => {
            let table = find(db, *table)?;
            if let Some(column) = column {
                find_column(table, *column)?;
            }
        }
        Change::CreateIndex { .. } | Change::DropIndex { .. } | Change::RenameIndex { .. } => {
            return apply_to_index(db, change);
        }
    }
    Ok(())
}

fn apply_to_index(db: &mut Db, change: &Change) -> Result<(), Refusal> {
    let position = |db: &Db, name: &str| {
        let at = db.indexes.iter().position(|index| same(&index.name, name));
        at.ok_or(Refusal::Meaningless)
    };
    if let Change::CreateIndex { index } = change {
        let table = db.table(index.table).ok_or(Refusal::Meaningless)?;
        let pieces = index.parts.iter().chain(&index.predicate);
        for piece in pieces.flat_map(|text| &text.0) {
            if let Piece::Column(column) = piece {
                table.column(*column).ok_or(Refusal::Meaningless)?;
            }
        }
        if db.is_taken(&index.name) {
            return Err(Refusal::Meaningless);
        }
        db.indexes.push(index.clone());
    } else if let Change::DropIndex { name } = change {
        let at = position(db, name)?;
        db.indexes.remove(at);
    } else if let Change::RenameIndex { name, to } = change {
        let at = position(db, name)?;
        if db.is_taken(to) {
            return Err(Refusal::Meaningless);
        }
        db.indexes[at].name.clone_from(to);
    }
    Ok(())
}

fn find(db: &mut Db, table: TableId) -> Result<&mut Table, Refusal> {
    db.table_mut(table).ok_or(Refusal::Meaningless)
}

fn find_column(table: &mut Table, column: usize) -> Result<&mut Column, Refusal> {
    table.column_mut(column).ok_or(Refusal::Meaningless)
}

/// Everything a constraint names must be there.
fn check_mentioned(db: &Db, table: TableId, kind: &Kind) -> Result<(), Refusal> {
    let own = db.table(table).ok_or(Refusal::Meaningless)?;
    let is_there = |column: &usize| own.column(*column).is_some();
    let all = match kind {
        Kind::Primary(columns) | Kind::Unique(columns) => columns.iter().all(is_there),
        Kind::Check(text) => text.0.iter().all(|piece| match piece {
            Piece::Column(column) | Piece::Listed(column) => is_there(column),
            Piece::Sql(_) | Piece::Table(_) => true,
        }),
        Kind::Foreign(key) => key.columns.iter().all(is_there) && is_target(db, key),
    };
    if all {
        Ok(())
    } else {
        Err(Refusal::Meaningless)
    }
}

fn is_target(db: &Db, key: &Foreign) -> bool {
    let Some(parent) = db.table(key.table) else {
        return false;
    };
    key.referenced.iter().all(|id| parent.column(*id).is_some())
}

/// The name that a constraint without one gets: PostgreSQL's.
fn default_name(table: &Table, kind: &Kind) -> String {
    let of = |columns: &[usize]| {
        let names = columns.iter().filter_map(|id| table.column(*id));
        let names: Vec<&str> = names.map(|column| column.name.as_str()).collect();
        names.join("_")
    };
    match kind {
        Kind::Primary(_) => format!("{}_pkey", table.name),
        Kind::Unique(columns) => format!("{}_{}_key", table.name, of(columns)),
        Kind::Foreign(key) => format!("{}_{}_fkey", table.name, of(&key.columns)),
        Kind::Check(text) => {
            let mentioned = table.columns.iter().filter(|it| text.mentions(it.id));
            let mentioned: Vec<usize> = mentioned.map(|column| column.id).collect();
            match mentioned.as_slice() {
                [one] => format!("{}_{}_check", table.name, of(&[*one])),
                _ => format!("{}_check", table.name),
            }
        }
    }
}

/// The constraint with a name, numbered when the first is taken.
fn named(table: &Table, mut constraint: Constraint) -> Constraint {
    if constraint.name.is_none() {
        let plain = default_name(table, &constraint.kind);
        let numbered = (1..).map(|number| format!("{plain}{number}"));
        let mut names = std::iter::once(plain.clone()).chain(numbered);
        let is_free = |name: &String| {
            let mut taken = table.constraints.iter().filter_map(|it| it.name.as_ref());
            !taken.any(|it| it == name)
        };
        constraint.name = names.find(is_free);
    }
    constraint
}

/// By its name, or by the one that it would have got.
fn constraint_position(table: &Table, name: &str) -> Option<usize> {
    let mut constraints = table.constraints.iter();
    let own = constraints.position(|it| it.name.as_deref().is_some_and(|own| same(own, name)));
    own.or_else(|| {
        let mut constraints = table.constraints.iter();
        constraints.position(|it| it.name.is_none() && default_name(table, &it.kind) == name)
    })
}

fn add(
    db: &mut Db,
    table: TableId,
    column: &Column,
    constraints: &[Constraint],
) -> Result<(), Refusal> {
    for constraint in constraints {
        if let Kind::Foreign(key) = &constraint.kind
            && !is_target(db, key)
        {
            return Err(Refusal::Meaningless);
        }
    }
    let table = find(db, table)?;
    if table.has_column(&column.name) || table.column(column.id).is_some() {
        return Err(Refusal::Meaningless);
    }
    if let Some(generated) = &column.generated {
        let mut pieces = generated.expression.0.iter();
        let is_gone =
            |piece: &Piece| matches!(piece, Piece::Column(id) if table.column(*id).is_none());
        if pieces.any(is_gone) {
            return Err(Refusal::Meaningless);
        }
    }
    let default = column.default.as_deref().unwrap_or("NULL");
    let nulls = vec![Value::Null; table.rows.len()];
    let added = values::convert(&nulls, default, &column.declared, table.strict)
        .map_err(|error| forbidden(error.to_string()))?;
    for (row, value) in table.rows.iter_mut().zip(added) {
        row.values.push(value);
    }
    table.columns.push(column.clone());
    for constraint in constraints {
        let constraint = named(table, constraint.clone());
        table.constraints.push(constraint);
    }
    Ok(())
}

fn drop_column(db: &mut Db, id: TableId, column: usize) -> Result<(), Refusal> {
    let table = db.table(id).ok_or(Refusal::Meaningless)?;
    let position = table.position(column).ok_or(Refusal::Meaningless)?;
    let computed = table.columns.iter().any(|other| {
        let generated = other.generated.as_ref();
        generated.is_some_and(|it| it.expression.mentions(column))
    });
    if computed {
        return Err(forbidden("a column is computed from it"));
    }
    if table.columns.len() == 1 {
        return Err(forbidden("it is the only one"));
    }
    let inbound = db.foreign_keys().any(|(child, key)| {
        let goes_too = child.id == id && key.columns.contains(&column);
        key.table == id && db.referenced(key).contains(&column) && !goes_too
    });
    if inbound {
        return Err(forbidden("a foreign key refers to it"));
    }
    if db.bodies().any(|body| body.mentions(column)) {
        return Err(forbidden("a view or trigger names it"));
    }
    db.indexes.retain(|index| {
        let mut texts = index.parts.iter().chain(&index.predicate);
        !texts.any(|text| text.mentions(column))
    });
    let table = find(db, id)?;
    table.columns.remove(position);
    for row in &mut table.rows {
        row.values.remove(position);
    }
    table.constraints.retain(|it| !it.kind.stands_on(column));
    if table.primary_key().is_empty() {
        (table.autoincrement, table.mark) = (false, None);
    }
    Ok(())
}

fn set_type(
    table: &mut Table,
    column: usize,
    declared: &str,
    using: Option<&str>,
) -> Result<(), Refusal> {
    let position = table.position(column).ok_or(Refusal::Meaningless)?;
    let former = &table.columns[position].declared;
    let expression = match using {
        Some(using) => using.replace("{c}", "c"),
        None => values::cast(former, declared).to_owned(),
    };
    let old: Vec<_> = table
        .rows
        .iter()
        .map(|row| row.values[position].clone())
        .collect();
    let new = values::convert(&old, &expression, declared, table.strict)
        .map_err(|error| forbidden(error.to_string()))?;
    for (row, value) in table.rows.iter_mut().zip(new) {
        row.values[position] = value;
    }
    let column = &mut table.columns[position];
    declared.clone_into(&mut column.declared);
    // As on PostgreSQL, a type without a collation is the type with its own.
    column.collation = None;
    Ok(())
}
