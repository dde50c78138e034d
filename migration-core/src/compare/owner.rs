//! Whose the tables of a database are.

use super::ours;
use crate::dialect::{Dialect, VersionTable};
use crate::program::Built;
use crate::schema::{Ident, NameSet, ObjectName};

/// Whose a table is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Owner {
    /// The models name it, or an applied revision made it.
    Ours,
    /// The version table, or one beside it.
    Bookkeeping,
    /// Somebody else's.
    Other,
}

impl Owner {
    /// The word for it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Ours => "ours",
            Self::Bookkeeping => "bookkeeping",
            Self::Other => "other",
        }
    }
}

/// What tells whose a table is.
pub struct Owners<'a> {
    built: &'a [Built],
    names: Vec<NameSet>,
    version_table: &'a VersionTable,
}

impl<'a> Owners<'a> {
    /// Takes in what models and applied revisions build.
    pub fn new(built: &'a [Built], version_table: &'a VersionTable, dialect: Dialect) -> Self {
        let tells_case_apart = dialect.syntax().folds_to_lower;
        let names = built.iter().map(|it| it.names(tells_case_apart));
        Self {
            built,
            names: names.collect(),
            version_table,
        }
    }

    /// Whose it is.
    pub fn of(&self, name: &ObjectName) -> Owner {
        if ours::is_bookkeeping(name, self.version_table) {
            Owner::Bookkeeping
        } else if self.names.iter().any(|it| it.contains(name)) {
            Owner::Ours
        } else {
            Owner::Other
        }
    }

    /// The schemas that models and revisions name.
    pub fn schemas(&self) -> impl Iterator<Item = Ident> {
        let named = self.built.iter().flat_map(Built::namespaces);
        named.map(|(name, _)| name)
    }
}
