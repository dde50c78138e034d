//! Indexes.

use super::{Expression, Ident, ObjectName};

/// An index that is not part of a constraint.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Index {
    /// Its name; PostgreSQL chooses one when there is none. Lives in the table's schema.
    pub name: Option<Ident>,
    /// The table.
    pub table: ObjectName,
    /// Whether no two rows may agree.
    pub unique: bool,
    /// The key, in order.
    pub parts: Vec<IndexPart>,
    /// The access method (`btree`, `gin`, `FULLTEXT`), when one is named.
    pub method: Option<Ident>,
    /// Columns stored beside the key (`INCLUDE`).
    pub include: Vec<Ident>,
    /// Which rows it holds (`WHERE`).
    pub predicate: Option<Expression>,
}

/// One part of an index key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IndexPart {
    /// What is indexed.
    pub key: IndexKey,
    /// The collation it is sorted by.
    pub collation: Option<Ident>,
    /// The operator class (PostgreSQL).
    pub operator_class: Option<ObjectName>,
    /// The direction.
    pub order: SortOrder,
    /// Where NULLs stand, when it is said.
    pub nulls: Option<NullsOrder>,
}

impl IndexPart {
    /// An ascending part on a column.
    pub fn column(name: Ident) -> Self {
        Self {
            key: IndexKey::Column { name, length: None },
            collation: None,
            operator_class: None,
            order: SortOrder::Ascending,
            nulls: None,
        }
    }
}

/// What a part of an index key is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum IndexKey {
    /// A column, or on MySQL its first `length` characters.
    Column {
        /// The column.
        name: Ident,
        /// Prefix length (MySQL).
        length: Option<u32>,
    },
    /// An expression, without its outer parentheses.
    Expression(Expression),
}

/// The direction of an index part.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum SortOrder {
    /// Smallest first.
    #[default]
    Ascending,
    /// Largest first.
    Descending,
}

/// Where NULLs stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NullsOrder {
    /// Before all values.
    First,
    /// After all values.
    Last,
}
