//! The inverse of an operation.

mod object;

use super::apply::{apply, constraint_position, find_column, find_table};
use super::{
    ApplyError, ConstraintTarget, IdentityChange, Irreversible, Operation, SequenceChange,
};
use crate::schema::{
    Column, Constraint, ConstraintKind, Ident, Identity, Index, ObjectName, Schema, Table,
};

/// The operations that take `operation` back, in order; `before` is the schema it was applied to.
///
/// Applied to the schema after `operation` they restore `before`, save for the order of columns,
/// constraints and indexes: a column that comes back comes back as the last one. Values that were
/// dropped do not come back.
///
/// # Errors
///
/// When nobody but the engine or a procedure knows what it does, or when it does not fit `before`.
#[expect(clippy::too_many_lines, reason = "one arm per operation")]
pub fn reverse(operation: &Operation, before: &Schema) -> Result<Vec<Operation>, Irreversible> {
    let mut after = before.clone();
    apply(operation, &mut after)?;
    if after == *before && shows_in_model(operation) {
        return Ok(Vec::new());
    }
    Ok(match operation {
        Operation::CreateTable { table, .. } => vec![drop_table(&table.name)],
        Operation::DropTable { name, .. } => recreate_table(name, before, &after)?,
        Operation::RenameTable { from, to } => vec![Operation::RenameTable {
            from: from.sibling(to.clone()),
            to: table(before, from)?.name.name.clone(),
        }],
        Operation::AddColumn { table, column, .. } => drop_column(table, column, before, &after)?,
        Operation::DropColumn { .. } => lost(before, &after),
        Operation::RenameColumn { table, from, to } => vec![Operation::RenameColumn {
            table: table.clone(),
            from: to.clone(),
            to: column(before, table, from)?.name.clone(),
        }],
        Operation::SetType { table, column, .. } => {
            let former = self::column(before, table, column)?;
            vec![Operation::SetType {
                table: table.clone(),
                column: column.clone(),
                data_type: former.data_type.clone(),
                collation: former.collation.clone(),
                using: None,
            }]
        }
        Operation::SetNullable {
            table,
            column,
            nullable,
        } => vec![Operation::SetNullable {
            table: table.clone(),
            column: column.clone(),
            nullable: !nullable,
        }],
        Operation::SetDefault { table, column, .. } => vec![Operation::SetDefault {
            table: table.clone(),
            column: column.clone(),
            default: self::column(before, table, column)?.default.clone(),
        }],
        Operation::SetIdentity {
            table,
            column,
            change,
        } => vec![Operation::SetIdentity {
            table: table.clone(),
            column: column.clone(),
            change: former_identity(self::column(before, table, column)?, *change),
        }],
        Operation::DropExpression { table, column, .. } => {
            return Err(Irreversible::Expression {
                table: table.clone(),
                column: column.clone(),
            });
        }
        Operation::AddConstraint { table, .. } => added_constraints(table, before, &after)?,
        Operation::DropConstraint { .. } | Operation::DropIndex { .. } => lost(before, &after),
        Operation::RenameConstraint { table, from, to } => {
            let table = self::table(before, table)?;
            let at = constraint_position(table, &ConstraintTarget::Named(from.clone()))?;
            vec![Operation::RenameConstraint {
                table: table.name.clone(),
                from: to.clone(),
                to: table.constraint_name(&table.constraints[at]),
            }]
        }
        Operation::ValidateConstraint { .. } => Vec::new(),
        Operation::CreateIndex { .. } => created_indexes(before, &after),
        Operation::RenameIndex { from, to, table } => vec![Operation::RenameIndex {
            from: from.sibling(to.clone()),
            to: from.name.clone(),
            table: table.clone(),
        }],
        Operation::SetTableComment { table, .. } => vec![Operation::SetTableComment {
            table: table.clone(),
            comment: self::table(before, table)?.comment.clone(),
        }],
        Operation::SetColumnComment { table, column, .. } => vec![Operation::SetColumnComment {
            table: table.clone(),
            column: column.clone(),
            comment: self::column(before, table, column)?.comment.clone(),
        }],
        Operation::View(change) => object::view(change, before),
        Operation::Sequence(change) => object::sequence(change, before),
        Operation::Namespace(change) => object::namespace(change, before, &after),
        Operation::Enum(change) => object::enumeration(change, before, &after)?,
        Operation::Raw { .. } => return Err(Irreversible::Raw),
        Operation::Call { procedure } => {
            return Err(Irreversible::Call {
                procedure: procedure.clone(),
            });
        }
    })
}

/// Whether an operation that changes nothing in the model changes nothing in the database.
fn shows_in_model(operation: &Operation) -> bool {
    !matches!(
        operation,
        Operation::Raw { .. }
            | Operation::Call { .. }
            | Operation::RenameIndex { .. }
            | Operation::Sequence(SequenceChange::Rename { .. })
    )
}

fn table<'a>(schema: &'a Schema, name: &ObjectName) -> Result<&'a Table, ApplyError> {
    find_table(schema, name).map(|at| &schema.tables[at])
}

fn column<'a>(
    schema: &'a Schema,
    name: &ObjectName,
    column: &Ident,
) -> Result<&'a Column, ApplyError> {
    let table = table(schema, name)?;
    find_column(table, column).map(|at| &table.columns[at])
}

/// What gives a column the numbering back that it had.
fn former_identity(before: &Column, change: IdentityChange) -> IdentityChange {
    match (before.identity, change) {
        (Some(Identity::Standard { always }), IdentityChange::Set { .. }) => {
            IdentityChange::Set { always }
        }
        (Some(identity), _) => IdentityChange::Add(identity),
        (None, _) => IdentityChange::Drop { if_exists: false },
    }
}

fn drop_table(name: &ObjectName) -> Operation {
    Operation::DropTable {
        name: name.clone(),
        if_exists: false,
        cascade: false,
    }
}

fn create_index(index: &Index) -> Operation {
    Operation::CreateIndex {
        index: index.clone(),
        concurrently: false,
        if_not_exists: false,
    }
}

/// The table as it was, with its indexes and triggers, and the foreign keys that went with it.
fn recreate_table(
    name: &ObjectName,
    before: &Schema,
    after: &Schema,
) -> Result<Vec<Operation>, ApplyError> {
    let table = table(before, name)?;
    let mut created = table.clone();
    for constraint in &mut created.constraints {
        *constraint = complete(constraint, before);
    }
    let (mut operations, owned) = object::owned_sequences(&table.name, before);
    operations.push(Operation::CreateTable {
        table: created,
        if_not_exists: false,
    });
    operations.extend(owned);
    operations.extend(before.indexes_of(&table.name).map(create_index));
    operations.extend(lost(before, after));
    let bound = before.dependents.iter();
    let bound = bound.filter(|dependent| dependent.table() == Some(&table.name));
    operations.extend(bound.map(|dependent| Operation::Raw {
        sql: dependent.sql.clone(),
    }));
    Ok(operations)
}

/// What tables that are there before and after have lost, each after what it stands on: columns,
/// computed columns, keys, other constraints, indexes.
fn lost(before: &Schema, after: &Schema) -> Vec<Operation> {
    let (mut plain, mut computed) = (Vec::new(), Vec::new());
    let (mut keys, mut others, mut indexes) = (Vec::new(), Vec::new(), Vec::new());
    for table in &before.tables {
        let Some(left) = after.table(&table.name) else {
            continue;
        };
        for column in &table.columns {
            if left.column(&column.name).is_none() {
                let columns = if column.generated.is_some() {
                    &mut computed
                } else {
                    &mut plain
                };
                columns.push(add_column(table, column));
            }
        }
        for constraint in &table.constraints {
            if !left.constraints.contains(constraint) {
                let constraints = match constraint.kind {
                    ConstraintKind::PrimaryKey { .. } | ConstraintKind::Unique { .. } => &mut keys,
                    ConstraintKind::ForeignKey(_) | ConstraintKind::Check { .. } => &mut others,
                };
                constraints.push(Operation::AddConstraint {
                    table: table.name.clone(),
                    constraint: complete(constraint, before),
                });
            }
        }
        let lost = before
            .indexes_of(&table.name)
            .filter(|index| !after.indexes.contains(index));
        indexes.extend(lost.map(create_index));
    }
    [plain, computed, keys, others, indexes].concat()
}

/// A foreign key with the names of the columns it refers to, which not every engine finds by itself
/// once both tables are there.
fn complete(constraint: &Constraint, schema: &Schema) -> Constraint {
    let mut complete = constraint.clone();
    if let ConstraintKind::ForeignKey(key) = &mut complete.kind
        && key.referenced_columns.is_empty()
        && let Some(target) = schema.table(&key.references)
    {
        key.referenced_columns = target.primary_key().to_vec();
    }
    complete
}

fn add_column(table: &Table, column: &Column) -> Operation {
    Operation::AddColumn {
        table: table.name.clone(),
        column: column.clone(),
        constraints: Vec::new(),
        if_not_exists: false,
    }
}

/// Drops the column, and first what was added with it and does not stand on it.
fn drop_column(
    name: &ObjectName,
    column: &Column,
    before: &Schema,
    after: &Schema,
) -> Result<Vec<Operation>, ApplyError> {
    let mut operations = added_constraints(name, before, after)?;
    operations.push(Operation::DropColumn {
        table: name.clone(),
        column: column.name.clone(),
        if_exists: false,
        cascade: false,
    });
    Ok(operations)
}

/// Drops what was added; columns that a primary key made NOT NULL may be NULL again.
fn added_constraints(
    name: &ObjectName,
    before: &Schema,
    after: &Schema,
) -> Result<Vec<Operation>, ApplyError> {
    let (former, table) = (table(before, name)?, table(after, name)?);
    let added = table
        .constraints
        .iter()
        .filter(|constraint| !former.constraints.contains(constraint));
    let drop = |constraint: &Constraint| Operation::DropConstraint {
        table: table.name.clone(),
        target: match &constraint.name {
            Some(name) => ConstraintTarget::Named(name.clone()),
            None => ConstraintTarget::PrimaryKey,
        },
        if_exists: false,
        cascade: false,
    };
    let mut operations: Vec<Operation> = added.map(drop).collect();
    let may_be_null = former.columns.iter().filter(|column| {
        let now = table.column(&column.name);
        column.nullable && now.is_some_and(|now| !now.nullable)
    });
    operations.extend(may_be_null.map(|column| Operation::SetNullable {
        table: table.name.clone(),
        column: column.name.clone(),
        nullable: true,
    }));
    Ok(operations)
}

fn created_indexes(before: &Schema, after: &Schema) -> Vec<Operation> {
    let created = after
        .indexes
        .iter()
        .filter(|index| !before.indexes.contains(index));
    created
        .filter_map(|index| {
            Some(Operation::DropIndex {
                name: index.table.sibling(index.name.clone()?),
                table: Some(index.table.clone()),
                concurrently: false,
                if_exists: false,
            })
        })
        .collect()
}
