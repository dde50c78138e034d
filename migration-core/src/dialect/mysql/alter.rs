//! Changes of tables on MySQL and MariaDB: `MODIFY COLUMN` repeats the whole column.

use super::super::{Statement, Unsupported, ansi};
use super::serving::{Dropped, substitutes};
use super::table::{self, cannot};
use crate::operation::{ConstraintTarget, Operation};
use crate::schema::{
    Column, Constraint, ConstraintKind, Ident, Index, IndexKey, ObjectName, Schema, Table,
};

/// `ALTER TABLE t ...`.
pub(super) fn alter(name: &ObjectName, action: &str) -> Statement {
    Statement::new(format!("ALTER TABLE {} {action}", ansi::object(name)))
}

/// `ADD COLUMN` with what was written inside the column.
pub(super) fn add_column(
    name: &ObjectName,
    table: Option<&Table>,
    column: &Column,
    constraints: &[Constraint],
) -> Result<Statement, Unsupported> {
    let mut with = table.cloned().unwrap_or_else(|| Table::new(name.clone()));
    with.columns.push(column.clone());
    let mut added = Vec::new();
    for constraint in constraints {
        let named = named(name, Some(&with), constraint);
        added.push(format!("ADD {}", table::constraint(&named)?));
        with.constraints.push(named);
    }
    let mut actions = vec![format!("ADD COLUMN {}", table::column(column, &with)?)];
    actions.extend(added);
    if column.identity.is_some() {
        table::check_numbering(&with)?;
    }
    Ok(alter(name, &actions.join(", ")))
}

/// `DROP COLUMN` in one statement with the constraints and indexes that the column was part of:
/// left alone, the server would refuse, or go on without the column in them.
pub(super) fn drop_column(
    name: &ObjectName,
    column: &Ident,
    before: &Schema,
    after: &Schema,
) -> Statement {
    let mut actions = Vec::new();
    if let (Some(old), Some(new)) = (
        ansi::find_table(before, name),
        ansi::find_table(after, name),
    ) {
        let gone = |constraint: &&Constraint| !new.constraints.contains(constraint);
        actions.extend(old.constraints.iter().filter(gone).filter_map(drop_action));
        let indexes = before.indexes_of(&old.name);
        actions.extend(
            indexes
                .filter(|index| !after.indexes.contains(index) && !is_of_column(index, column))
                .filter_map(|index| index.name.as_ref())
                .map(|index| format!("DROP INDEX {}", ansi::ident(index))),
        );
        // References go before the indexes that serve them.
        actions.sort_by_key(|action| !action.starts_with("DROP FOREIGN KEY"));
    }
    actions.push(format!("DROP COLUMN {}", ansi::ident(column)));
    alter(name, &actions.join(", "))
}

/// Whether an index has this column alone: the server drops it with the column, and may have
/// renamed one of its own making together with the foreign key it serves.
fn is_of_column(index: &Index, column: &Ident) -> bool {
    index.parts.iter().all(|part| match &part.key {
        IndexKey::Column { name, .. } => ansi::same(name, column),
        IndexKey::Expression(_) => false,
    })
}

/// A constraint with the name that PostgreSQL would give it, so that one text drops it anywhere.
pub(super) fn named(
    name: &ObjectName,
    table: Option<&Table>,
    constraint: &Constraint,
) -> Constraint {
    let mut named = constraint.clone();
    if refers_to_own_key(name, constraint)
        && let (ConstraintKind::ForeignKey(key), Some(table)) = (&mut named.kind, table)
    {
        key.referenced_columns = table.primary_key().to_vec();
    }
    if named.name.is_none() && !is_key(&named.kind) {
        let stub = Table::new(name.clone());
        let table = table.unwrap_or(&stub);
        named.name = Some(table.default_constraint_name(&named.kind));
    }
    named
}

/// Whether a reference means the primary key of its own table without saying so, which MySQL must
/// be told.
pub(super) fn refers_to_own_key(table: &ObjectName, constraint: &Constraint) -> bool {
    matches!(&constraint.kind, ConstraintKind::ForeignKey(key)
        if key.referenced_columns.is_empty() && key.references == *table)
}

/// Whether only all columns of the table tell which name a constraint gets.
pub(super) fn is_unnamed_check(constraint: &Constraint) -> bool {
    constraint.name.is_none() && matches!(constraint.kind, ConstraintKind::Check { .. })
}

fn looks_like_key(name: &Ident) -> bool {
    let name = name.as_str().to_ascii_lowercase();
    let mut parts = name.split('_');
    parts.any(|part| ["pk", "pkc", "pkey", "primary"].contains(&part))
}

/// The operation as it is meant on a table whose primary key has lost its name: what names a key
/// that no constraint is means that one, and a new name for it is nothing to do.
pub(super) fn with_key(operation: &Operation, schema: &Schema) -> Option<Operation> {
    let means_key = |table: &ObjectName, name: &Ident| {
        ansi::find_table(schema, table).is_some_and(|known| {
            let mut names = known.constraints.iter().map(|one| one.name.as_ref());
            looks_like_key(name)
                && !known.primary_key().is_empty()
                && !names.any(|own| own.is_some_and(|own| ansi::same(own, name)))
        })
    };
    if let Operation::RenameConstraint { table, from, .. } = operation
        && means_key(table, from)
    {
        return None;
    }
    if let Operation::DropConstraint {
        table,
        target: ConstraintTarget::Named(name),
        if_exists,
        cascade,
    } = operation
        && means_key(table, name)
    {
        return Some(Operation::DropConstraint {
            table: table.clone(),
            target: ConstraintTarget::PrimaryKey,
            if_exists: *if_exists,
            cascade: *cascade,
        });
    }
    Some(operation.clone())
}

fn is_key(kind: &ConstraintKind) -> bool {
    matches!(kind, ConstraintKind::PrimaryKey { .. })
}

/// `MODIFY COLUMN` with the definition after the operation.
pub(super) fn modify(
    schema: &Schema,
    name: &ObjectName,
    column: &Ident,
) -> Result<Statement, Unsupported> {
    modify_all(schema, name, vec![column])
}

/// The same of several columns, and of those beside them in a check without a name: it is part of one
/// of them, and only the server knows of which.
fn modify_all<'a>(
    schema: &'a Schema,
    name: &ObjectName,
    mut columns: Vec<&'a Ident>,
) -> Result<Statement, Unsupported> {
    let table = ansi::find_table(schema, name);
    let checks = table.map_or_else(Vec::new, |table| {
        let checks = table.constraints.iter().map(|it| columns_of(it, table));
        checks.collect()
    });
    let mut at = 0;
    while let Some(column) = columns.get(at).copied() {
        let has_it = |check: &&Vec<&Ident>| check.iter().any(|it| ansi::same(it, column));
        for other in checks.iter().filter(has_it).flatten() {
            if !columns.iter().any(|it| ansi::same(it, other)) {
                columns.push(other);
            }
        }
        at += 1;
    }
    let actions = columns.iter().map(|it| modification(schema, name, it));
    let actions = actions.collect::<Result<Vec<_>, _>>()?;
    Ok(alter(name, &actions.join(", ")))
}

/// The same without the table.
pub(super) fn modification(
    schema: &Schema,
    name: &ObjectName,
    column: &Ident,
) -> Result<String, Unsupported> {
    let known = ansi::find_table(schema, name)
        .and_then(|table| Some((table, ansi::find_column(table, column)?)));
    let Some((table, definition)) = known else {
        return Err(unknown(name, &format!("change column `{column}`")));
    };
    let mut action = format!("MODIFY COLUMN {}", table::column(definition, table)?);
    for constraint in &table.constraints {
        if columns_of(constraint, table).first() == Some(&&definition.name) {
            action += &format!(" {}", ansi::inline(constraint));
        }
    }
    Ok(action)
}

/// Drops a constraint: the one that went from the table when the table is known, else by its name.
pub(super) fn drop_constraint(
    name: &ObjectName,
    target: &ConstraintTarget,
    before: &Schema,
    after: &Schema,
) -> Result<Statement, Unsupported> {
    if let (Some(old), Some(new)) = (
        ansi::find_table(before, name),
        ansi::find_table(after, name),
    ) {
        let mut constraints = old.constraints.iter();
        let gone = constraints.find(|one| !new.constraints.contains(one));
        if let Some(action) = gone.and_then(drop_action) {
            let dropped = gone.and_then(Dropped::with);
            let mut actions = dropped.map_or_else(Vec::new, |it| substitutes(before, name, it));
            actions.push(action);
            return Ok(alter(name, &actions.join(", ")));
        }
        let columns = gone.map(|gone| columns_of(gone, old));
        if let Some(columns) = columns.filter(|it| !it.is_empty()) {
            return modify_all(after, name, columns);
        }
    }
    let by_name = |name: &Ident| format!("DROP CONSTRAINT {}", ansi::ident(name));
    let action = match target {
        ConstraintTarget::Named(constraint) => by_name(constraint),
        ConstraintTarget::Unnamed(kind) if !is_key(kind) => {
            by_name(&Table::new(name.clone()).default_constraint_name(kind))
        }
        ConstraintTarget::PrimaryKey | ConstraintTarget::Unnamed(_) => {
            "DROP PRIMARY KEY".to_owned()
        }
    };
    Ok(alter(name, &action))
}

/// The clause that drops a constraint of its kind; none for a check that is part of its column
/// (MariaDB) and has no name to be dropped by.
fn drop_action(constraint: &Constraint) -> Option<String> {
    let name = constraint.name.as_ref().map(ansi::ident);
    match &constraint.kind {
        ConstraintKind::PrimaryKey { .. } => Some("DROP PRIMARY KEY".to_owned()),
        ConstraintKind::ForeignKey(_) => name.map(|name| format!("DROP FOREIGN KEY {name}")),
        ConstraintKind::Unique { .. } => name.map(|name| format!("DROP INDEX {name}")),
        ConstraintKind::Check { .. } => name.map(|name| format!("DROP CONSTRAINT {name}")),
    }
}

/// The columns of which a check without a name is part of one; that is written into the first.
fn columns_of<'a>(constraint: &Constraint, table: &'a Table) -> Vec<&'a Ident> {
    let ConstraintKind::Check { expression } = &constraint.kind else {
        return Vec::new();
    };
    let columns = table.columns.iter().map(|column| &column.name);
    let columns = columns.filter(|column| constraint.name.is_none() && expression.mentions(column));
    columns.collect()
}

/// A new name: an index's own, or the constraint taken away and put back. MySQL cannot do both in
/// one statement for a foreign key.
pub(super) fn rename_constraint(
    name: &ObjectName,
    before: &Schema,
    after: &Schema,
) -> Result<Vec<Statement>, Unsupported> {
    let (Some(old), Some(new)) = (
        ansi::find_table(before, name),
        ansi::find_table(after, name),
    ) else {
        return Err(unknown(name, "rename a constraint"));
    };
    let table = old;
    let mut pairs = old.constraints.iter().zip(&new.constraints);
    let Some((old, new)) = pairs.find(|(old, new)| old != new) else {
        return Ok(Vec::new());
    };
    match (&old.kind, &old.name, &new.name) {
        (ConstraintKind::PrimaryKey { .. }, _, _) => Ok(Vec::new()),
        (ConstraintKind::Unique { .. }, Some(from), Some(to)) => Ok(vec![alter(
            name,
            &format!("RENAME INDEX {} TO {}", ansi::ident(from), ansi::ident(to)),
        )]),
        (
            ConstraintKind::Unique { .. }
            | ConstraintKind::ForeignKey(_)
            | ConstraintKind::Check { .. },
            _,
            _,
        ) => {
            let add = alter(name, &format!("ADD {}", table::constraint(new)?));
            Ok(match (drop_action(old), columns_of(old, table)) {
                (Some(action), _) => vec![alter(name, &action), add],
                (None, columns) if columns.is_empty() => vec![add],
                (None, columns) => vec![modify_all(after, name, columns)?, add],
            })
        }
    }
}

pub(super) fn unknown(name: &ObjectName, what: &str) -> Unsupported {
    cannot(
        &format!("{what} of table `{name}` without knowing what the table is"),
        "write the statement for this engine under `-- migrate: only mysql`",
    )
}
