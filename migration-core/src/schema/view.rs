//! Views.

use super::{Expression, Ident, ObjectName};

/// A view: a query with a name. The query stays text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct View {
    /// Its name.
    pub name: ObjectName,
    /// The names of its columns, where the text gives them.
    pub columns: Vec<Ident>,
    /// What it reads, as it was written.
    pub query: Expression,
    /// Whether it lives for one session.
    pub temporary: bool,
    /// Whether rows written through it must show in it.
    pub check_option: Option<CheckOption>,
}

/// `WITH ... CHECK OPTION`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CheckOption {
    /// The conditions of the view alone.
    Local,
    /// Those of the views below it, too.
    Cascaded,
}
