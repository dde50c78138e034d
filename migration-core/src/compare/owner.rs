//! Whose the tables of a database are.

use super::ours;
use crate::dialect::{Dialect, VersionTable};
use crate::program::Built;
use crate::schema::{Ident, ObjectName};

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
    /// What models and applied revisions build.
    pub built: &'a [Built],
    /// The version table.
    pub version_table: &'a VersionTable,
    /// The engine.
    pub dialect: Dialect,
}

impl Owners<'_> {
    /// Whose it is.
    pub fn of(&self, name: &ObjectName) -> Owner {
        let tells_case_apart = self.dialect.syntax().folds_to_lower;
        if ours::is_bookkeeping(name, self.version_table) {
            Owner::Bookkeeping
        } else if self.built.iter().any(|it| it.names(name, tells_case_apart)) {
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
