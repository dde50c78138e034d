//! What a step does to the version rows, as a statement.

use crate::dialect::{Dialect, VersionTable};
use crate::plan::RowChange;

/// The statement of one change of the version rows.
pub fn version_row(table: &VersionTable, dialect: Dialect, change: &RowChange) -> String {
    match change {
        RowChange::Insert(id) => table.insert(dialect, id.as_str()),
        RowChange::Update { from, to } => table.update(dialect, from.as_str(), to.as_str()),
        RowChange::Delete(id) => table.delete(dialect, id.as_str()),
    }
}
