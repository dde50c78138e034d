//! Names that are taken.

use std::collections::HashSet;

use super::change;
use crate::operation::{ApplyError, Operation};
use crate::schema::{Ident, Schema};

/// The names that tables and indexes of a schema may have, in whatever namespace: one that is not
/// among them is new, and need not be looked for, which takes as long as there are tables.
///
/// *Invariant:* every name in the schema is here; what is here may be gone.
#[derive(Debug, Default)]
pub struct Names {
    tables: HashSet<Ident>,
    indexes: HashSet<Ident>,
}

impl Names {
    /// Does to a schema what [`apply`](super::apply) does. The schema was empty when the names were, and
    /// nothing else has changed it since.
    ///
    /// # Errors
    ///
    /// When the operation does not fit the schema.
    pub fn apply(&mut self, operation: &Operation, schema: &mut Schema) -> Result<(), ApplyError> {
        let is_new = self.add(operation);
        change(operation, schema, is_new)?;
        if let Operation::CreateIndex { index, .. } = operation
            && index.name.is_none()
        {
            let made = schema.indexes.last().and_then(|made| made.name.clone());
            self.indexes.extend(made);
        }
        Ok(())
    }

    /// Takes in the name that an operation gives; whether it is a new one of what is made.
    fn add(&mut self, operation: &Operation) -> bool {
        if let Operation::CreateTable { table, .. } = operation {
            return self.tables.insert(table.name.name.clone());
        }
        if let Operation::CreateIndex { index, .. } = operation {
            let name = index.name.clone();
            return name.is_some_and(|name| self.indexes.insert(name));
        }
        if let Operation::RenameTable { to, .. } = operation {
            self.tables.insert(to.clone());
        } else if let Operation::RenameIndex { to, .. } = operation {
            self.indexes.insert(to.clone());
        }
        false
    }
}
