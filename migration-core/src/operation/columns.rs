//! What an operation says of columns.

use std::slice;

use super::Operation;
use crate::schema::{Column, DataType, Ident, ObjectName};

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
}
