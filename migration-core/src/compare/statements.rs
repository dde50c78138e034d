//! What has to be done, in the language of the engine.

use super::enumeration::demands;
use crate::dialect::{Compiler, Dialect, Reads, Scripted, Unsupported};
use crate::operation::{ConstraintTarget, Operation, apply};
use crate::schema::{Constraint, Schema};

/// What a script runs for operations on a database that is `stored` now; `lifted` is the same with the
/// types that this engine keeps no name of.
///
/// # Errors
///
/// What the engine cannot do.
pub fn statements<'o>(
    dialect: Dialect,
    operations: impl IntoIterator<Item = &'o Operation>,
    stored: &Schema,
    lifted: &Schema,
) -> Result<Vec<Scripted>, Unsupported> {
    let compiler = dialect.compiler();
    let (mut stored, mut lifted) = (stored.clone(), lifted.clone());
    let mut known = stored.clone();
    let mut spelled: Vec<Operation> = Vec::new();
    for operation in operations {
        for operation in compiler.spelled_out(operation, &lifted) {
            let operation = of_stored(operation, &known);
            let _ = apply(&operation, &mut known);
            spelled.push(operation);
        }
        let _ = apply(operation, &mut lifted);
    }
    let mut written = Vec::new();
    let mut rest = spelled.as_slice();
    while let Some(first) = rest.first() {
        let together = 1 + rest
            .windows(2)
            .take_while(|pair| is_joined(compiler, &pair[0], &pair[1]))
            .count();
        let (group, after) = rest.split_at(together);
        written.push(compiler.scripted(group, &read(&stored, compiler.reads(first)))?);
        for operation in group {
            let _ = apply(operation, &mut stored);
        }
        rest = after;
    }
    Ok(written)
}

/// An operation on a constraint that is known by what it demands, in the spelling of the engine.
fn of_stored(mut operation: Operation, stored: &Schema) -> Operation {
    if let Operation::DropConstraint {
        table,
        target: ConstraintTarget::Unnamed(kind),
        ..
    } = &mut operation
    {
        let wanted = demands(&Constraint::new(None, kind.clone()));
        let mut constraints = stored
            .table(table)
            .into_iter()
            .flat_map(|it| &it.constraints);
        let found = constraints.find(|it| wanted.is_some() && demands(it) == wanted);
        if let Some(found) = found {
            *kind = found.kind.clone();
        }
    }
    operation
}

/// Whether a change is written together with the one before it.
fn is_joined(compiler: &dyn Compiler, one: &Operation, other: &Operation) -> bool {
    let (Reads::Table(first), Reads::Table(second)) = (compiler.reads(one), compiler.reads(other))
    else {
        return false;
    };
    first == second && compiler.joins(one, other)
}

/// What an operation has to know of the database.
fn read(schema: &Schema, reads: Reads<'_>) -> Schema {
    let name = match reads {
        Reads::Nothing => return Schema::default(),
        Reads::Table(name) => name.clone(),
        Reads::TableOfIndex(index) => match schema.index(&index.name) {
            Some(index) => index.table.clone(),
            None => return Schema::default(),
        },
        Reads::View(_) => {
            return Schema {
                views: schema.views.clone(),
                dependents: schema.dependents.clone(),
                ..Schema::default()
            };
        }
    };
    Schema {
        tables: schema.table(&name).cloned().into_iter().collect(),
        indexes: schema.indexes_of(&name).cloned().collect(),
        dependents: schema.dependents.clone(),
        views: schema.views.clone(),
        ..Schema::default()
    }
}
