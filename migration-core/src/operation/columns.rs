//! What an operation says of columns.

use std::slice;

use super::Operation;
use crate::schema::{Column, DataType, Ident, ObjectName, Schema};

impl Operation {
    /// The columns that it makes.
    pub fn new_columns(&self) -> &[Column] {
        if let Self::CreateTable { table, .. } = self {
            &table.columns
        } else if let Self::AddColumn { column, .. } = self {
            slice::from_ref(column)
        } else {
            &[]
        }
    }

    /// The same, to change them.
    pub fn new_columns_mut(&mut self) -> &mut [Column] {
        if let Self::CreateTable { table, .. } = self {
            &mut table.columns
        } else if let Self::AddColumn { column, .. } = self {
            slice::from_mut(column)
        } else {
            &mut []
        }
    }

    /// The column that it gives another type, and that type.
    pub fn type_given(&self) -> Option<(&ObjectName, &Ident, &DataType)> {
        let Self::SetType {
            table,
            column,
            data_type,
            ..
        } = self
        else {
            return None;
        };
        Some((table, column, data_type))
    }

    /// The collation that a column loses with the type that it had.
    pub fn collation_lost<'c>(&self, former: &'c Column) -> Option<&'c Ident> {
        match self {
            Self::SetType {
                collation: None, ..
            } => former.collation.as_ref(),
            _ => None,
        }
    }

    /// Describes it, with what goes by it and is not in its words.
    pub fn described(&self, before: &Schema) -> String {
        let given = self.type_given();
        let former = given.and_then(|(table, column, _)| before.table(table)?.column(column));
        match former.and_then(|it| self.collation_lost(it)) {
            Some(collation) => format!("{self}, which loses its collation `{collation}`"),
            None => self.to_string(),
        }
    }
}
