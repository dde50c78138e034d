//! What a live database may hold in place of what was written, because nobody wishes it to be
//! another: tables that other tools made, or that were made by hand, are taken over as they are.
//!
//! What our own revisions said counts more: where they said something else than the models say now,
//! somebody wishes the change.

use std::collections::HashMap;

use crate::dialect::Dialect;
use crate::diff::{Answer, Candidate};
use crate::schema::{
    Column, DataType, Expression, Ident, Identity, ObjectName, Schema, Table, TimeZone,
};

/// What was written about both sides, and what is known of renames.
pub(super) struct Said<'a> {
    pub(super) models: &'a Schema,
    pub(super) history: &'a Schema,
    pub(super) answers: &'a [Answer],
    /// Whether somebody asks what other hands did.
    pub(super) is_by_hand: bool,
}

/// Says what is as good as what is wanted in the words of what is wanted.
pub(super) fn accept(
    dialect: Dialect,
    (live, wanted): (&mut Schema, &mut Schema),
    said: &Said<'_>,
) {
    let (models, history) = (by_name(said.models), by_name(said.history));
    let tables = live.tables.iter_mut();
    let mut live: HashMap<ObjectName, &mut Table> =
        tables.map(|it| (it.name.clone(), it)).collect();
    for wanted in &mut wanted.tables {
        let models = models.get(&wanted.name).copied();
        let numbering = lift_numbering(dialect, wanted, models);
        // A comment that says a former name may stay when the new one is there.
        let former = match live.contains_key(&wanted.name) {
            true => wanted.name.clone(),
            false => said.former_table(&wanted.name),
        };
        let Some(live) = live.get_mut(&former) else {
            continue;
        };
        let compiler = dialect.compiler();
        let pair = Pair {
            counting: [&**live, wanted].map(|it| compiler.counting_key(it).cloned()),
            wanted,
            numbering,
            is_by_hand: said.is_by_hand,
            models,
            history: history.get(&former).copied(),
        };
        if pair.counting == [None, None] && live.columns == pair.wanted.columns {
            continue;
        }
        for column in &pair.wanted.columns {
            let former = match live.column(&column.name) {
                Some(there) if pair.is_settled(there, column) => continue,
                Some(there) => there.name.clone(),
                None => said.former_column(&pair.wanted.name, &column.name),
            };
            pair.accept(dialect, live, (&former, column));
        }
    }
}

fn by_name(schema: &Schema) -> HashMap<&ObjectName, &Table> {
    schema.tables.iter().map(|it| (&it.name, it)).collect()
}

/// Says what is stored as every engine does, where that is as good. A column that a revision made
/// is what the revision said, as far as the engine keeps it so.
pub(super) fn say_as_built(dialect: Dialect, schema: &mut Schema, history: &Schema) {
    let history = by_name(history);
    for table in &mut schema.tables {
        let built = history.get(&table.name).copied();
        say_numbering_as_built(dialect, table, built);
        for column in &mut table.columns {
            match built.and_then(|it| it.column(&column.name)) {
                Some(built) if is_kept_as(dialect, &built.data_type, &column.data_type) => {
                    column.data_type.clone_from(&built.data_type);
                }
                // It was changed by hand: another name might be another change.
                Some(_) => {}
                None => name_type(dialect, &mut column.data_type),
            }
        }
    }
}

/// A key that numbers rows without saying so says what the revisions said.
fn say_numbering_as_built(dialect: Dialect, table: &mut Table, built: Option<&Table>) {
    let key = dialect.compiler().counting_key(table).cloned();
    let Some(column) = key.as_ref().and_then(|key| table.column_mut(key)) else {
        return;
    };
    let built = built.and_then(|it| it.column(&column.name));
    let built = built.and_then(|it| it.identity);
    if column.identity.is_none() && built != Some(Identity::AutoIncrement) {
        column.identity = built;
    }
}

/// Whether the engine keeps a type under the name it has.
fn is_kept_as(dialect: Dialect, written: &DataType, stored: &DataType) -> bool {
    let [written_name, stored_name] = [written, stored].map(|it| dialect.compiler().kept_name(it));
    written == stored || (written_name.is_some() && written_name == stored_name)
}

/// Names a stored type as every engine does, where that is as good.
fn name_type(dialect: Dialect, data_type: &mut DataType) {
    let without = TimeZone::Without;
    let known = [
        DataType::Integer,
        DataType::Text,
        DataType::Binary,
        DataType::Json,
        DataType::Time {
            precision: None,
            zone: without,
        },
        DataType::Timestamp {
            precision: None,
            zone: without,
        },
    ];
    let DataType::Other(name) = &*data_type else {
        return;
    };
    if let Some(precision) = moment(name.as_str()) {
        *data_type = DataType::Timestamp {
            precision,
            zone: TimeZone::With,
        };
        return;
    }
    let is_as_good = |it: &DataType| dialect.compiler().is_as_good(data_type, it);
    if let Some(known) = known.into_iter().find(is_as_good) {
        *data_type = known;
    }
}

/// The digits of a second of MySQL's `TIMESTAMP`, which is a moment whatever the zone of a session.
fn moment(name: &str) -> Option<Option<u32>> {
    let lower = name.to_ascii_lowercase();
    let rest = lower.strip_prefix("timestamp")?;
    if rest.is_empty() {
        return Some(None);
    }
    let digits = rest.strip_prefix('(')?.strip_suffix(')')?;
    digits.parse().ok().map(Some)
}

/// A key that numbers rows whether it says so or not says what was written; gives what it said.
fn lift_numbering(
    dialect: Dialect,
    table: &mut Table,
    written: Option<&Table>,
) -> Option<Identity> {
    let key = dialect.compiler().counting_key(table)?.clone();
    let stored = table.column(&key)?.identity;
    let written = written.and_then(|it| it.column(&key));
    if let Some(written) = written.filter(|it| it.identity != stored) {
        table.column_mut(&key)?.identity = written.identity;
    }
    stored
}

/// A table that is wanted, and what was written of it.
struct Pair<'a> {
    wanted: &'a Table,
    /// The keys that number rows, of the live table and of the wanted one.
    counting: [Option<Ident>; 2],
    /// What its key says of numbers as the engine stores it.
    numbering: Option<Identity>,
    /// Whether somebody asks what other hands did.
    is_by_hand: bool,
    models: Option<&'a Table>,
    history: Option<&'a Table>,
}

impl Pair<'_> {
    /// Whether a key that numbers rows anyway does it as is wanted, or better: no statement makes
    /// another of it.
    fn is_numbered_alike(&self, stored: Option<Identity>, wanted: &Column) -> bool {
        stored == self.numbering || (stored.is_some() && wanted.identity.is_some())
    }

    /// Whether a live column is as is wanted and numbers no rows, so that there is nothing to accept.
    fn is_settled(&self, live: &Column, wanted: &Column) -> bool {
        let mut keys = self.counting.iter().flatten();
        live == wanted && keys.all(|key| *key != wanted.name)
    }

    /// Changes a live column only where something else is accepted: tables share their columns.
    fn accept(&self, dialect: Dialect, live: &mut Table, (former, wanted): (&Ident, &Column)) {
        let Some(there) = live.column(former) else {
            return;
        };
        let accepted = self.accepted(dialect, live, (there, wanted));
        if accepted != *there
            && let Some(there) = live.column_mut(former)
        {
            *there = accepted;
        }
    }

    fn accepted(
        &self,
        dialect: Dialect,
        live: &Table,
        (there, wanted): (&Column, &Column),
    ) -> Column {
        let former = &there.name;
        let history = self.history.and_then(|it| it.column(former));
        let compiler = dialect.compiler();
        let [counting, counted] = self.counting.each_ref().map(Option::as_ref);
        let is_counting = counting == Some(former);
        let is_counted = counted == Some(&wanted.name);
        let is_key = |table: &Table, name: &Ident| table.primary_key().contains(name);
        let is_key_still = is_key(live, former) && is_key(self.wanted, &wanted.name);
        let mut live = there.clone();
        let is_numbered_alike = is_counted && self.is_numbered_alike(live.identity, wanted);
        // Without its word it gives numbers again that rows had which are gone.
        let forgets = self.is_by_hand && live.identity.is_none() && self.numbering.is_some();
        if is_counting
            && !is_numbered_alike
            && !forgets
            && let Some(history) = history
        {
            live.identity = history.identity;
        } else if is_counting && is_counted && !forgets {
            live.identity = wanted.identity;
        }
        if is_key_still && dialect.syntax().keys_hold_null {
            live.nullable = wanted.nullable;
        }
        let models = self.models.and_then(|it| it.column(&wanted.name));
        let Some(models) = models else {
            return live;
        };
        // Nothing but the engine's own kind of key numbers rows.
        let counts_anew = wanted.identity.is_some() && is_counted && !is_counting;
        let is_wish = history.is_some_and(|it| it.data_type != models.data_type) || counts_anew;
        let is_other = live.data_type != wanted.data_type;
        if is_other && !is_wish && compiler.is_as_good(&live.data_type, &models.data_type) {
            live.data_type = wanted.data_type.clone();
            if is_clock(live.default.as_ref()) && is_clock(wanted.default.as_ref()) {
                live.default.clone_from(&wanted.default);
            }
            if is_updated_alike(&live.attributes, &wanted.attributes) {
                live.attributes.clone_from(&wanted.attributes);
            }
        }
        live
    }
}

/// Whether a default is the clock, with however many digits of a second.
fn is_clock(default: Option<&Expression>) -> bool {
    let Some(digits) = default.and_then(|it| it.as_str().strip_prefix("CURRENT_TIMESTAMP")) else {
        return false;
    };
    let is_sign = |it: u8| it.is_ascii_digit() || b"()".contains(&it);
    digits.bytes().all(is_sign)
}

/// Whether clauses of a column are the same but for the digits of a second of `ON UPDATE`.
fn is_updated_alike(one: &[Expression], other: &[Expression]) -> bool {
    let moment = |it: &Expression| it.as_str().strip_prefix("ON UPDATE ").map(Expression::new);
    let is_alike = |(one, other): (&Expression, &Expression)| {
        one == other || is_clock(moment(one).as_ref()) && is_clock(moment(other).as_ref())
    };
    one.len() == other.len() && one.iter().zip(other).all(is_alike)
}

impl Said<'_> {
    /// What a table is called that gets this name.
    fn former_table(&self, name: &ObjectName) -> ObjectName {
        let renames = self.answers.iter().filter(|it| it.is_rename);
        let mut tables = renames.filter_map(|it| it.candidate.tables());
        let former = tables.find(|(_, to)| to == name);
        former.map_or(name, |(from, _)| from).clone()
    }

    /// What a column is called that gets this name.
    fn former_column(&self, of: &ObjectName, name: &Ident) -> Ident {
        let mut renames = self.answers.iter().filter(|it| it.is_rename);
        let former = renames.find_map(|it| match &it.candidate {
            Candidate::Column { table, from, to } if table == of && to == name => Some(from),
            Candidate::Table { .. } | Candidate::Column { .. } => None,
        });
        former.unwrap_or(name).clone()
    }
}
