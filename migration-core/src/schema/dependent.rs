//! Objects that stand on tables and are known by their text only.

use super::ObjectName;

/// A view or trigger.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dependent {
    /// What it is.
    pub kind: DependentKind,
    /// Its name.
    pub name: ObjectName,
    /// The statement that creates it, without a semicolon.
    pub sql: String,
}

/// What a [`Dependent`] is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DependentKind {
    /// A view; which tables it reads is in its text.
    View,
    /// A trigger on a table or view.
    Trigger {
        /// What it fires on.
        table: ObjectName,
    },
}
