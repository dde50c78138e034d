//! Views that read what is not there.
//!
//! SQLite and MySQL drop a table, and MySQL a column, under the views that read it, and say so to
//! whoever reads the view next. PostgreSQL refuses to.

use std::fmt;

use super::IntrospectError;
use crate::database::Connection;
use crate::dialect::Dialect;
use crate::schema::{DependentKind, ObjectName, Schema};

/// A view that nobody can read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BrokenView {
    /// Its name.
    pub name: ObjectName,
    /// What the engine says to whoever tries.
    pub why: String,
}

impl fmt::Display for BrokenView {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "view `{}` cannot be read: {}", self.name, self.why)
    }
}

/// Opens each view once, and gives those that read a table, a column or a function that is not there.
/// A view that this user may not read is not among them.
///
/// # Errors
///
/// What the engine says of anything else.
pub fn broken_views(
    connection: &mut dyn Connection,
    schema: &Schema,
) -> Result<Vec<BrokenView>, IntrospectError> {
    let dialect = connection.dialect();
    let can_break = match dialect {
        Dialect::Sqlite | Dialect::Mysql => true,
        Dialect::Postgres => false,
    };
    let mut broken = Vec::new();
    let told = schema.dependents.iter();
    let told = told.filter(|it| it.kind == DependentKind::View);
    let views = (schema.views.iter().map(|it| &it.name)).chain(told.map(|it| &it.name));
    for view in views.filter(|_| can_break) {
        let name = dialect.syntax().object(view);
        let opened = connection.query(&format!("SELECT * FROM {name} LIMIT 0"), &[]);
        let Err(error) = opened else {
            continue;
        };
        match error.refusal() {
            Some(refusal) if error.is_of_a_broken_view() => broken.push(BrokenView {
                name: view.clone(),
                why: refusal.message.clone(),
            }),
            Some(_) => {}
            None => return Err(error.into()),
        }
    }
    Ok(broken)
}
