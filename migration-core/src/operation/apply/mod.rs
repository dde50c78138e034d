//! The meaning of an operation: what it does to a schema.
//!
//! Strict where a model can be: what is named must be there, what is added must not. On an error
//! the schema is as it was. Names match exactly or, when nothing matches exactly, without case, as
//! SQLite and MySQL match them. A constraint or index without a name gets the one of
//! [`Table::default_constraint_name`](crate::schema::Table::default_constraint_name), so that later
//! operations can name it; a primary key stays unnamed.
//!
//! A model may know less than the engine (the index that MySQL makes for a foreign key, whatever a
//! raw statement does): who follows a whole history goes on after an error.

mod column;
mod constraint;
mod enumeration;
mod index;
mod lookup;
mod names;
mod object;
mod table;

use super::{ApplyError, IdentityChange, Operation};
use crate::schema::{Identity, Schema};

pub use names::Names;

pub(super) use constraint::position as constraint_position;
pub(super) use lookup::{column as find_column, table as find_table};
pub(super) use object::owner as sequence_owner;

/// Changes `schema` as the operation says. `Raw` and `Call` change nothing that a model could know.
///
/// # Errors
///
/// When the operation does not fit the schema.
pub fn apply(operation: &Operation, schema: &mut Schema) -> Result<(), ApplyError> {
    change(operation, schema, false)
}

/// The same; `is_new` says that nothing has the name yet of what the operation makes.
#[expect(clippy::too_many_lines, reason = "one arm per operation")]
fn change(operation: &Operation, schema: &mut Schema, is_new: bool) -> Result<(), ApplyError> {
    match operation {
        Operation::CreateTable {
            table,
            if_not_exists,
        } => match !is_new && schema.table(&table.name).is_some() {
            true if *if_not_exists => Ok(()),
            true => Err(ApplyError::TableExists {
                table: table.name.clone(),
            }),
            false => table::create(schema, table),
        },
        Operation::DropTable {
            name,
            if_exists,
            cascade,
        } => table::drop(schema, name, *if_exists, *cascade),
        Operation::RenameTable { from, to } => table::rename(schema, from, to),
        Operation::AddColumn {
            table,
            column,
            constraints,
            if_not_exists,
        } => match column::add(schema, table, column, constraints) {
            Err(ApplyError::ColumnExists { .. }) if *if_not_exists => Ok(()),
            result => result,
        },
        Operation::DropColumn {
            table,
            column,
            if_exists,
            cascade,
        } => match column::drop(schema, table, column, *cascade) {
            Err(ApplyError::NoSuchColumn { .. }) if *if_exists => Ok(()),
            result => result,
        },
        Operation::RenameColumn { table, from, to } => column::rename(schema, table, from, to),
        Operation::SetType {
            table,
            column,
            data_type,
            collation,
            using: _,
        } => column::change(schema, table, column, |column| {
            column.data_type = data_type.clone();
            column.collation.clone_from(collation);
        }),
        Operation::SetNullable {
            table,
            column,
            nullable,
        } => column::change(schema, table, column, |column| column.nullable = *nullable),
        Operation::SetDefault {
            table,
            column,
            default,
        } => column::change(schema, table, column, |column| {
            column.default.clone_from(default);
        }),
        Operation::SetIdentity {
            table,
            column,
            change,
        } => column::change(schema, table, column, |column| {
            column.identity = match change {
                IdentityChange::Add(identity) => Some(*identity),
                IdentityChange::Set { always } => Some(Identity::Standard { always: *always }),
                IdentityChange::Drop { .. } => None,
            };
        }),
        Operation::DropExpression { table, column, .. } => {
            column::change(schema, table, column, |column| column.generated = None)
        }
        Operation::AddConstraint { table, constraint } => {
            constraint::add(schema, table, constraint)
        }
        Operation::DropConstraint {
            table,
            target,
            if_exists,
            cascade,
        } => match constraint::drop(schema, table, target, *cascade) {
            Err(
                ApplyError::NoSuchConstraint { .. }
                | ApplyError::NoPrimaryKey { .. }
                | ApplyError::NoUnnamedConstraint { .. },
            ) if *if_exists => Ok(()),
            result => result,
        },
        Operation::RenameConstraint { table, from, to } => {
            constraint::rename(schema, table, from, to)
        }
        Operation::ValidateConstraint { table, name } => constraint::validate(schema, table, name),
        Operation::CreateIndex {
            index,
            concurrently: _,
            if_not_exists,
        } => match index::create(schema, index, is_new) {
            Err(ApplyError::IndexExists { .. }) if *if_not_exists => Ok(()),
            result => result,
        },
        Operation::DropIndex {
            name,
            table,
            concurrently: _,
            if_exists,
        } => match index::drop(schema, name, table.as_ref()) {
            Err(ApplyError::NoSuchIndex { .. }) if *if_exists => Ok(()),
            result => result,
        },
        Operation::RenameIndex { from, to, table } => {
            index::rename(schema, from, to, table.as_ref())
        }
        Operation::SetTableComment { table, comment } => {
            let at = lookup::table(schema, table)?;
            schema.tables[at].comment.clone_from(comment);
            Ok(())
        }
        Operation::SetColumnComment {
            table,
            column,
            comment,
        } => column::change(schema, table, column, |column| {
            column.comment.clone_from(comment);
        }),
        Operation::View(change) => object::view(schema, change),
        Operation::Sequence(change) => object::sequence(schema, change),
        Operation::Namespace(change) => object::namespace(schema, change),
        Operation::Enum(change) => enumeration::change(schema, change),
        Operation::Raw { .. } | Operation::Call { .. } => Ok(()),
    }
}
