//! What tables and columns were called before the revision.

use std::collections::HashMap;

use crate::operation::Operation;
use crate::schema::{Expression, Ident, ObjectName};

/// Tables and columns that the revision renames: the name in the models, then the one before.
#[derive(Debug, Default)]
pub(super) struct Former {
    tables: HashMap<ObjectName, ObjectName>,
    columns: HashMap<(ObjectName, Ident), Ident>,
}

impl Former {
    /// Whether a text as the engine keeps it says a name that something gets, and not the one that it
    /// had.
    pub(super) fn is_over(&self, text: &Expression) -> bool {
        let tables = self.tables.iter().map(|(new, old)| (&new.name, &old.name));
        let columns = self.columns.iter().map(|((_, new), old)| (new, old));
        let mut names = tables.chain(columns);
        names.any(|(new, old)| text.mentions(new) && !text.mentions(old))
    }

    /// Finds the renames among operations.
    pub(super) fn of<'o>(operations: impl Iterator<Item = &'o Operation>) -> Self {
        let mut former = Self::default();
        for operation in operations {
            match operation {
                Operation::RenameTable { from, to } => {
                    former.tables.insert(from.sibling(to.clone()), from.clone());
                }
                Operation::RenameColumn { table, from, to } => {
                    let key = (table.clone(), to.clone());
                    former.columns.insert(key, from.clone());
                }
                _ => {}
            }
        }
        former
    }

    pub(super) fn table<'n>(&'n self, name: &'n ObjectName) -> &'n ObjectName {
        self.tables.get(name).unwrap_or(name)
    }

    pub(super) fn column<'n>(&'n self, table: &ObjectName, column: &'n Ident) -> &'n Ident {
        self.columns
            .get(&(table.clone(), column.clone()))
            .unwrap_or(column)
    }

    /// A text about a table, written before, with the names that hold while it is made again.
    pub(super) fn renamed(&self, table: &ObjectName, text: &Expression) -> Expression {
        let mut text = text.clone();
        for ((of, to), from) in &self.columns {
            if of == table {
                text = text.rename_column(from, to);
            }
        }
        match self.tables.get(table) {
            Some(from) => text.rename_table(&from.name, &table.name),
            None => text,
        }
    }

    /// The name that holds for a column that was called so before.
    pub(super) fn renamed_column(&self, table: &ObjectName, column: &Ident) -> Ident {
        let mut renamed = self.columns.iter();
        let found = renamed.find(|((of, _), from)| of == table && *from == column);
        found.map_or_else(|| column.clone(), |((_, to), _)| to.clone())
    }
}
