//! Indexes that a copy of the rows leaves alone.
//!
//! An index holds values and the number of the row they are in. Where the copy keeps both, the index
//! is right for it as it is: it belongs to the name of the table, and changes no place. To make it
//! again takes longer than the copy.

use super::super::{Unsupported, ansi};
use super::demands::Change;
use super::types::Affinity;
use super::{swap, table};
use crate::schema::{Column, DataType, Ident, Index, IndexKey, Schema, Table};

/// Those of a change.
pub(super) struct Kept<'s> {
    indexes: Vec<&'s Index>,
}

impl<'s> Kept<'s> {
    /// Finds them. There are none where SQLite keeps indexes of its own for the table: they change
    /// places, and a check of them would look every row up in these as well.
    pub(super) fn of(
        change: &Change<'s>,
        before: &'s Schema,
        after: &Schema,
    ) -> Result<Self, Unsupported> {
        let Change { old, new, .. } = change;
        let mut indexes = Vec::new();
        let has_own = swap::has_automatic_index(old) || swap::has_automatic_index(new);
        if !has_own && keeps_numbers(change) && can_be_stored_as_is(change) {
            for index in before.indexes_of(&old.name) {
                let stays = after.indexes_of(&new.name).any(|it| it == index);
                if stays && holds(change, index)? {
                    indexes.push(index);
                }
            }
        }
        Ok(Self { indexes })
    }

    pub(super) fn is_empty(&self) -> bool {
        self.indexes.is_empty()
    }

    pub(super) fn contains(&self, index: &Index) -> bool {
        self.indexes.contains(&index)
    }

    /// Makes the copy take the values that they hold as they are. A number in a column of text, as
    /// an edit of `sqlite_schema` by hand leaves it, would become text in the table and stay a number
    /// in the index; so it stays one in both, and the check of the rows finds it.
    pub(super) fn store_as_is(&self, copied: &mut Table) {
        let rowid = table::rowid_column(copied).map(|column| column.name.clone());
        if table::is_strict(copied) {
            return;
        }
        for column in &mut copied.columns {
            let is_held = |index: &&Index| columns(index).any(|it| ansi::same(it, &column.name));
            if rowid.as_ref() != Some(&column.name) && self.indexes.iter().any(is_held) {
                column.data_type = DataType::Binary;
            }
        }
    }
}

/// Whether every row has the number in the copy that it has now.
fn keeps_numbers(change: &Change<'_>) -> bool {
    let Change { old, new, .. } = change;
    match (table::rowid_column(old), table::rowid_column(new)) {
        (Some(before), Some(after)) => {
            ansi::same(&before.name, &after.name) && change.is_untouched(&after.name)
        }
        (None, None) => table::rowid_name(old).is_some() && table::rowid_name(new).is_some(),
        (Some(_), None) | (None, Some(_)) => false,
    }
}

/// Whether nothing is computed in the copy, or asked of it, that depends on the types of columns.
fn can_be_stored_as_is(change: &Change<'_>) -> bool {
    let is_computed = |column: &Column| column.generated.is_some();
    !change.old.columns.iter().any(is_computed)
        && !change.new.columns.iter().any(is_computed)
        && change.asked_checks().next().is_none()
}

/// Whether an index holds all rows, and nothing but values that stay what they are.
fn holds(change: &Change<'_>, index: &Index) -> Result<bool, Unsupported> {
    let only_columns = columns(index).count() == index.parts.len();
    if !only_columns || index.predicate.is_some() || index.name.is_none() {
        return Ok(false);
    }
    for name in columns(index) {
        let column = |table: &Table| ansi::find_column(table, name).cloned();
        let (Some(old), Some(new)) = (column(change.old), column(change.new)) else {
            return Ok(false);
        };
        // A whole number of a REAL column is stored shorter than it is read.
        let is_stored_as_read = table::affinity(&old.data_type)? != Affinity::Real;
        if !change.is_untouched(name) || old.collation != new.collation || !is_stored_as_read {
            return Ok(false);
        }
    }
    Ok(true)
}

fn columns(index: &Index) -> impl Iterator<Item = &Ident> {
    index.parts.iter().filter_map(|part| match &part.key {
        IndexKey::Column { name, .. } => Some(name),
        IndexKey::Expression(_) => None,
    })
}
