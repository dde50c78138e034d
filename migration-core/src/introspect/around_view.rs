//! What stands around a view and goes when it is dropped: who owns it, who may use it, what is said of
//! it.
//!
//! On MySQL rights are kept by name, whatever becomes of what has the name; there is nothing to be said
//! of a view.

use super::{IntrospectError, postgres, texts};
use crate::database::{Connection, Value};
use crate::dialect::Dialect;
use crate::schema::ObjectName;

/// The statements that give it all back to a view of this name which is made anew, as a `VIEW` or a
/// `MATERIALIZED VIEW`. Its owner is named where that is not who asks.
///
/// # Errors
///
/// What the engine says.
pub fn around_view(
    connection: &mut dyn Connection,
    name: &ObjectName,
    kind: &str,
) -> Result<Vec<String>, IntrospectError> {
    match connection.dialect() {
        Dialect::Sqlite | Dialect::Mysql => Ok(Vec::new()),
        Dialect::Postgres => {
            let quoted = Dialect::Postgres.syntax().object(name);
            let asked = [Value::Text(quoted), Value::Text(kind.to_owned())];
            let rows = connection.query(postgres::AROUND_VIEW, &asked)?;
            let statements = rows.into_iter().map(|row| {
                let [statement] = texts(row);
                statement
            });
            Ok(statements.collect())
        }
    }
}
