//! What has to be done, in the language of the engine.

use crate::dialect::{Compiler, Dialect, Reads, Unsupported};
use crate::operation::{Operation, apply};
use crate::schema::Schema;

/// The statements of operations on a database that is `stored` now; `lifted` is the same with the
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
) -> Result<Vec<String>, Unsupported> {
    let compiler = dialect.compiler();
    let (mut stored, mut lifted) = (stored.clone(), lifted.clone());
    let mut spelled: Vec<Operation> = Vec::new();
    for operation in operations {
        spelled.extend(compiler.spelled_out(operation, &lifted));
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
        let lowered = compiler.compile(group, &read(&stored, compiler.reads(first)))?;
        let statements = lowered.statements.into_iter();
        let run = statements.filter(|it| it.check.is_none());
        written.extend(run.map(|it| it.sql));
        for operation in group {
            let _ = apply(operation, &mut stored);
        }
        rest = after;
    }
    Ok(written)
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
