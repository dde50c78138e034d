//! Which of several operations change anything, and how the model is brought behind one.

use super::{Dialect, Unsupported};
use crate::diagnostic::Advice;
use crate::operation::{Operation, apply};
use crate::schema::Schema;

/// Leaves out what the table is already: what `IF EXISTS` and `IF NOT EXISTS` find done, a default
/// that is set, a NULL that is allowed. `follow` brings the engine's model behind an operation.
pub(super) fn necessary(
    operations: &[Operation],
    schema: &Schema,
    follow: impl Fn(&Operation, &mut Schema) -> Result<(), Unsupported>,
) -> Vec<Operation> {
    let mut now = schema.clone();
    let mut kept = Vec::new();
    for operation in operations {
        let before = now.clone();
        let is_known = follow(operation, &mut now).is_ok();
        // Values may be converted though the type stays.
        let converts = matches!(operation, Operation::SetType { using: Some(_), .. });
        if !is_known || converts || now != before {
            kept.push(operation.clone());
        }
    }
    kept
}

/// Applies an operation to the model of an engine's table.
pub(super) fn follow(
    dialect: Dialect,
    operation: &Operation,
    schema: &mut Schema,
) -> Result<(), Unsupported> {
    apply(operation, schema).map_err(|error| Unsupported {
        dialect,
        operation: format!("{operation}: {error}"),
        hint: error
            .hint()
            .unwrap_or_else(|| "is the table as this revision expects it?".to_owned()),
    })
}
