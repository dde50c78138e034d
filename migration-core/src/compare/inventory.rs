//! A live database as somebody finds it who wants models of it.

use super::{CompareError, Filter, Inventory, Schemas, accepted, enumeration, listed, ours};
use crate::database::{self, Connection};
use crate::introspect::{self, Whole};
use crate::program::Built;
use crate::schema::ObjectName;

/// Reads everything whose name begins with the prefix, whoever made it, and what the applied
/// revisions have built under other names, as far as the filter looks at it. What stands on a table
/// goes with it; the version table and those beside it are left out.
///
/// What the engine does not keep is said as the revisions say it, so that models made of this ask
/// for nothing.
///
/// # Errors
///
/// What the engine says.
pub fn inventory(
    connection: &mut dyn Connection,
    setting: &Inventory<'_>,
    history: &Built,
    filter: &Filter,
) -> Result<Whole, CompareError> {
    let dialect = connection.dialect();
    let own = database::own_schema(connection)?;
    let Schemas { scope, .. } = Schemas::new(own, setting.schemas, &[history]);
    let mut whole = introspect::whole(connection, &scope.without_apart())?;
    let built = history.names(dialect.syntax().folds_to_lower);
    let is_other = |name: &ObjectName| {
        let is_ours = name.name.as_str().starts_with(setting.prefix) || built.contains(name);
        !is_ours || ours::is_bookkeeping(name, setting.version_table)
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
    enumeration::lift(dialect, schema, &history.schema);
    accepted::say_as_built(dialect, schema, &history.schema);
    listed::name_types(dialect, schema);
    Ok(whole)
}
