//! A live database as somebody finds it who has neither models nor revisions yet.

use super::{CompareError, Filter, accepted, listed, ours};
use crate::database::Connection;
use crate::dialect::VersionTable;
use crate::introspect::{self, Scope, Whole};
use crate::schema::ObjectName;

/// Reads everything whose name begins with the prefix, whoever made it, as far as the filter looks
/// at it. What stands on a table goes with it; the version table and those beside it are left out.
///
/// # Errors
///
/// What the engine says.
pub fn inventory(
    connection: &mut dyn Connection,
    scope: &Scope,
    version_table: &VersionTable,
    prefix: &str,
    filter: &Filter,
) -> Result<Whole, CompareError> {
    let mut whole = introspect::whole(connection, scope)?;
    let is_other = |name: &ObjectName| {
        !name.name.as_str().starts_with(prefix) || ours::is_bookkeeping(name, version_table)
    };
    ours::drop_tables(&mut whole, is_other);
    let schema = &mut whole.schema;
    schema.views.retain(|it| !is_other(&it.name));
    schema.sequences.retain(|it| !is_other(&it.name));
    schema
        .dependents
        .retain(|it| it.table().is_some() || !is_other(&it.name));
    // A type may serve tables of ours whatever it is called.
    let used = |name: &ObjectName| {
        let mut columns = schema.tables.iter().flat_map(|it| &it.columns);
        columns.any(|column| column.data_type.as_name().as_ref() == Some(name))
    };
    let unused: Vec<ObjectName> = schema
        .enums
        .iter()
        .map(|it| it.name.clone())
        .filter(|name| is_other(name) && !used(name))
        .collect();
    schema.enums.retain(|it| !unused.contains(&it.name));
    filter.apply(schema);
    accepted::name_types(connection.dialect(), schema);
    listed::name_types(connection.dialect(), schema);
    Ok(whole)
}
