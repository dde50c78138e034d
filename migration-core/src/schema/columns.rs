//! Columns of a table, shared by its copies until one of them changes.

use std::ops::{Deref, DerefMut};
use std::slice::{Iter, IterMut};
use std::sync::Arc;

use super::Column;

/// The columns of a table, in order.
///
/// A table is copied often (from a statement to a schema, from one schema to another) and nearly
/// never changed, so that copies hold the same columns: what is read from one is read as from a
/// vector, and who changes one gets columns of its own.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Columns(Arc<Vec<Column>>);

impl Deref for Columns {
    type Target = Vec<Column>;

    fn deref(&self) -> &Self::Target {
        &self.0
    }
}

impl DerefMut for Columns {
    fn deref_mut(&mut self) -> &mut Self::Target {
        Arc::make_mut(&mut self.0)
    }
}

impl From<Vec<Column>> for Columns {
    fn from(columns: Vec<Column>) -> Self {
        Self(Arc::new(columns))
    }
}

impl FromIterator<Column> for Columns {
    fn from_iter<I: IntoIterator<Item = Column>>(columns: I) -> Self {
        columns.into_iter().collect::<Vec<_>>().into()
    }
}

impl IntoIterator for Columns {
    type Item = Column;
    type IntoIter = std::vec::IntoIter<Column>;

    fn into_iter(self) -> Self::IntoIter {
        Arc::unwrap_or_clone(self.0).into_iter()
    }
}

impl<'c> IntoIterator for &'c Columns {
    type Item = &'c Column;
    type IntoIter = Iter<'c, Column>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl<'c> IntoIterator for &'c mut Columns {
    type Item = &'c mut Column;
    type IntoIter = IterMut<'c, Column>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter_mut()
    }
}

#[cfg(test)]
mod tests {
    use std::ptr;

    use super::Columns;
    use crate::schema::{Column, DataType};

    #[test]
    fn copies_share_their_columns_until_one_changes() {
        let one: Columns = vec![Column::new("a", DataType::Text)].into();
        let mut other = one.clone();
        assert!(ptr::eq(one.as_slice(), other.as_slice()));
        other[0].nullable = false;
        assert_ne!(one, other);
        assert!(one[0].nullable);
    }
}
