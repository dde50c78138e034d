//! Objects that are not compared but must be there: what the models make and the live database
//! lacks.

use super::CompareError;
use crate::database::Connection;
use crate::diff::Change;
use crate::introspect;
use crate::operation::Operation;
use crate::program::Beside;

/// What makes those of the objects that the live database lacks, as the models write it.
pub(super) fn lacking(
    connection: &mut dyn Connection,
    beside: &[Beside],
) -> Result<Vec<Change>, CompareError> {
    let mut changes = Vec::new();
    for it in beside {
        let Some(made) = &it.makes else {
            continue;
        };
        if introspect::has_beside(connection, made.kind, &made.name)? != Some(false) {
            continue;
        }
        let raw = |sql: String| vec![Operation::Raw { sql }];
        let name = connection.dialect().syntax().object(&made.name);
        let drop = format!("DROP {} {name}", made.kind.to_ascii_uppercase());
        changes.push(Change {
            up: raw(it.sql.clone()),
            down: raw(drop),
        });
    }
    Ok(changes)
}
