//! The model: what a database looks like, free of any engine.
//!
//! Plain values with no behaviour beyond look-up. Names are exact (folding of unquoted names
//! happened in `sql`); expressions stay text, because only the engine knows their meaning.
//! `operation` says how a schema changes, `dialect` how it is written.

mod column;
mod columns;
mod constraint;
mod dependent;
mod enumeration;
mod index;
mod name;
mod naming;
mod reference;
mod sequence;
mod table;
mod types;
mod view;
mod wider;

pub use column::{Column, Generated, Identity};
pub use columns::Columns;
pub use constraint::{
    Constraint, ConstraintKind, Deferrability, ForeignKey, MatchKind, ReferentialAction,
};
pub use dependent::{Dependent, DependentKind};
pub use enumeration::EnumType;
pub use index::{Index, IndexKey, IndexPart, NullsOrder, SortOrder};
pub use name::{Expression, Ident, NameSet, ObjectName};
pub use sequence::{Bound, Sequence, SequenceOptions, SequenceOwner};
pub use table::{Table, TableOption};
pub use types::{DataType, TimeZone};
pub use view::{CheckOption, View};

/// A set of tables with what stands on and beside them. Order is the order of creation.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Schema {
    /// The tables.
    pub tables: Vec<Table>,
    /// The indexes that are not part of a constraint.
    pub indexes: Vec<Index>,
    /// Views and triggers of a live database, as text.
    pub dependents: Vec<Dependent>,
    /// The schemas that were made, by name.
    pub namespaces: Vec<Ident>,
    /// The types that list their values.
    pub enums: Vec<EnumType>,
    /// The sequences that stand by themselves.
    pub sequences: Vec<Sequence>,
    /// The views that were made by statements that are understood.
    pub views: Vec<View>,
}

impl Schema {
    /// Finds a table.
    pub fn table(&self, name: &ObjectName) -> Option<&Table> {
        let is_same = name.same();
        self.tables.iter().find(|table| is_same(&table.name))
    }

    /// Finds a table to change it.
    pub fn table_mut(&mut self, name: &ObjectName) -> Option<&mut Table> {
        let is_same = name.same();
        self.tables.iter_mut().find(|table| is_same(&table.name))
    }

    /// Finds an index by its name.
    pub fn index(&self, name: &Ident) -> Option<&Index> {
        self.indexes
            .iter()
            .find(|index| index.name.as_ref() == Some(name))
    }

    /// The indexes of one table, in order of creation.
    pub fn indexes_of<'a>(&'a self, table: &'a ObjectName) -> impl Iterator<Item = &'a Index> {
        let is_same = table.same();
        self.indexes
            .iter()
            .filter(move |index| is_same(&index.table))
    }
}
