//! Our part of a live database, for those who only look at it: no scratch place is made.

use super::{CompareError, Filter, Inventory, Schemas, inventory, ours};
use crate::database::{self, Connection};
use crate::introspect::{self, Unread, Whole};
use crate::program::Built;
use crate::schema::{ObjectName, Schema};

/// What of a live database is ours.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Portrait {
    /// Our part, as the engine has it.
    pub schema: Schema,
    /// What begins with our prefix and was made by nobody of us.
    pub foreign: Vec<ObjectName>,
    /// What says more than the model holds.
    pub unread: Vec<Unread>,
}

/// Reads what the models and the applied revisions name. Where they name nothing, everything that
/// begins with the prefix is taken for ours.
///
/// # Errors
///
/// What the engine says.
pub fn portrait(
    connection: &mut dyn Connection,
    named: [&Built; 2],
    setting: &Inventory<'_>,
    filter: &Filter,
) -> Result<Portrait, CompareError> {
    let built = joined(named);
    if built == Built::default() {
        let whole = inventory(connection, setting, &built, filter)?;
        return Ok(Portrait {
            schema: whole.schema,
            foreign: Vec::new(),
            unread: whole.unread,
        });
    }
    let own = database::own_schema(connection)?;
    let Schemas { scope, .. } = Schemas::new(own, setting.schemas, &named);
    let live = introspect::whole(connection, &scope.without_apart())?;
    let ours = ours::Ours {
        wanted: &Whole::default(),
        built: &built,
        later: &[],
        answers: &[],
        is_by_hand: false,
        version_table: setting.version_table,
        tells_case_apart: connection.dialect().syntax().folds_to_lower,
    };
    let ours::Parted {
        mut live, foreign, ..
    } = ours.part_of(live, (setting.prefix, filter));
    filter.apply(&mut live.schema);
    Ok(Portrait {
        schema: live.schema,
        foreign,
        unread: live.unread,
    })
}

/// What either names.
fn joined([one, other]: [&Built; 2]) -> Built {
    let mut built = one.clone();
    let more = &other.schema;
    built.schema.tables.extend(more.tables.iter().cloned());
    built.schema.views.extend(more.views.iter().cloned());
    built
        .schema
        .sequences
        .extend(more.sequences.iter().cloned());
    built.schema.enums.extend(more.enums.iter().cloned());
    built.raw.extend(other.raw.iter().cloned());
    built.statements.extend(other.statements.iter().cloned());
    built
}
