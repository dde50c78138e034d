//! Which table an operation changes.

use super::Operation;
use crate::schema::ObjectName;

impl Operation {
    /// The table that is there before and another one afterwards, as far as the operation names it.
    pub fn table_changed(&self) -> Option<&ObjectName> {
        match self {
            Self::DropTable { name: table, .. }
            | Self::RenameTable { from: table, .. }
            | Self::AddColumn { table, .. }
            | Self::DropColumn { table, .. }
            | Self::RenameColumn { table, .. }
            | Self::SetType { table, .. }
            | Self::SetNullable { table, .. }
            | Self::SetDefault { table, .. }
            | Self::SetIdentity { table, .. }
            | Self::DropExpression { table, .. }
            | Self::AddConstraint { table, .. }
            | Self::DropConstraint { table, .. }
            | Self::RenameConstraint { table, .. }
            | Self::ValidateConstraint { table, .. }
            | Self::SetTableComment { table, .. }
            | Self::SetColumnComment { table, .. } => Some(table),
            Self::CreateIndex { index, .. } => Some(&index.table),
            Self::DropIndex { table, .. } | Self::RenameIndex { table, .. } => table.as_ref(),
            Self::CreateTable { .. }
            | Self::View(_)
            | Self::Sequence(_)
            | Self::Namespace(_)
            | Self::Enum(_)
            | Self::Raw { .. }
            | Self::Call { .. } => None,
        }
    }
}
