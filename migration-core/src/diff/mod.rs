//! Two schemas to the changes that make one of the other.
//!
//! In: two canonical schemas, both as one engine stores them, and what somebody said of renames. Out:
//! a [`Difference`]: changes in an order in which they can run, each with its way back, and doubts
//! that only a person can resolve. Sees two values and no database; writes no SQL but the texts of
//! objects that are known by their text.

mod beside;
mod build;
mod columns;
mod constraints;
mod conversion;
mod dependents;
mod domains;
mod enums;
mod expression;
mod fate;
mod identity;
mod in_the_way;
mod indexes;
mod kept;
mod likeness;
mod matching;
mod mention;
mod objects;
mod order;
mod pairs;
mod partitions;
mod references;
mod renames;
mod same_text;
mod sequences;
mod side;
mod tables;
mod views;

use std::borrow::Cow;

use side::{Side, Sides};

use crate::operation::Operation;
use crate::schema::{Ident, ObjectName, Schema, Table};

pub use conversion::using;
pub use kept::{Kept, Unchangeable};

/// What [`diff`] is told besides the schemas.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct DiffOptions {
    /// What is known of renames.
    pub answers: Vec<Answer>,
    /// Whether other hands made the one side of the other, so that nobody who wrote the change reads
    /// it before values are gone: more of what is gone is taken for what is new.
    pub is_by_hand: bool,
    /// Tables that are nobody's of us and stay as they are: a new one may be one of them, which other
    /// hands gave another name.
    pub others: Vec<Table>,
    /// Whether types of columns are left alone (`compare_types = no`).
    pub ignores_types: bool,
    /// Whether defaults of columns are left alone (`compare_defaults = no`).
    pub ignores_defaults: bool,
    /// Whether the engine can give a constraint another name; else it is dropped and made anew.
    pub renames_constraints: bool,
    /// Whether the name of a trigger is its table's own, so that `DROP TRIGGER` names the table.
    pub drops_triggers_by_table: bool,
    /// Whether a type that values do not become by themselves has to be told how (`USING`).
    pub converts_by_cast: bool,
    /// Whether a text that gets another type of text keeps its collation, unless the type that it has
    /// is said.
    pub keeps_collation: bool,
    /// Whether a foreign key needs an index on its columns all the time.
    pub keys_need_indexes: bool,
    /// Whether no statement changes what stands behind the parenthesis of a table.
    pub keeps_table_options: bool,
    /// Whether a constraint that was proved stays so where `NOT VALID` is wanted: it promises more.
    pub keeps_proved: bool,
}

impl DiffOptions {
    /// The same, beside these tables of others.
    #[must_use]
    pub fn beside(self, others: Vec<Table>) -> Self {
        Self { others, ..self }
    }
}

/// What somebody said of a table or column that is gone and one that is new.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// The two names.
    pub candidate: Candidate,
    /// Whether the one became the other; if not, one is dropped and one made.
    pub is_rename: bool,
}

/// Something that is gone, and something new that may be the same.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Candidate {
    /// A table.
    Table {
        /// What is gone.
        from: ObjectName,
        /// What is new, in the same schema.
        to: Ident,
    },
    /// A column.
    Column {
        /// The table, by its new name.
        table: ObjectName,
        /// What is gone.
        from: Ident,
        /// What is new.
        to: Ident,
    },
}

impl Candidate {
    /// The old and the new name of a table; none where it is a column.
    pub fn tables(&self) -> Option<(&ObjectName, ObjectName)> {
        match self {
            Self::Table { from, to } => Some((from, from.sibling(to.clone()))),
            Self::Column { .. } => None,
        }
    }
}

/// What has to be done.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Difference {
    /// The changes, in an order in which they can run; none when the schemas are equal.
    pub changes: Vec<Change>,
    /// What looks like a rename and is in none of the answers. While there are any, `changes` drop
    /// the one and make the other.
    pub doubts: Vec<Candidate>,
    /// What an answer says was renamed to something that is there beside it, or that another one
    /// became. `changes` drop it, and so must not be used while there are any.
    pub taken: Vec<Candidate>,
    /// Tables that differ in what no statement of the engine changes: they have to be made anew by
    /// hand.
    pub kept: Vec<Kept>,
    /// Partitions of such tables, which are left as they are.
    pub left_parts: Vec<ObjectName>,
}

/// One change and its way back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// What to do, in order.
    pub up: Vec<Operation>,
    /// What takes it back, in order; changes are taken back last first.
    pub down: Vec<Operation>,
}

/// Finds what makes `to` of `from`.
///
/// The order of columns, constraints and objects is no difference. A name that an engine gives to a
/// constraint or index when nobody chooses one is no difference either.
pub fn diff(from: &Schema, to: &Schema, options: &DiffOptions) -> Difference {
    if from == to {
        return Difference::default();
    }
    let mut renamed = renames::apply(from, to, options);
    let mut to = Cow::Borrowed(to);
    let mut kept = kept::parted_otherwise(&renamed.schema, &to);
    let left_parts = match kept.is_empty() {
        true => Vec::new(),
        false => kept::leave_parts_alone(&mut kept, (&mut renamed, to.to_mut())),
    };
    let to: &Schema = &to;
    let former = Side::new(&renamed.schema, &renamed.former);
    let sides = Sides {
        shared: sequences::shared(&former),
        from: former,
        to: Side::new(to, &[]),
        options,
    };
    let mut steps = renamed.steps();
    let pairs = pairs::all(&sides);
    kept.extend(
        pairs
            .all()
            .iter()
            .filter_map(|it| tables::kept(it, options)),
    );
    beside::namespaces(&sides, &mut steps);
    let fates = objects::Fates::new(&sides, &pairs, &renamed);
    enums::steps(&sides, &pairs, &fates, &mut steps);
    sequences::steps(&sides, &mut steps);
    tables::created(&sides, &mut steps);
    for pair in pairs.all() {
        tables::changed(pair, (&sides, &pairs), &mut steps);
    }
    tables::dropped(&sides, &mut steps);
    domains::steps(&sides, &mut steps);
    partitions::steps(&sides, &mut steps);
    objects::steps(&sides, &pairs, &fates, &mut steps);
    Difference {
        changes: order::sorted(steps),
        doubts: renamed.doubts.clone(),
        taken: renamed.taken.clone(),
        kept,
        left_parts,
    }
}

#[cfg(test)]
mod tests;

impl Change {
    /// A change of one operation each way.
    fn new(up: Operation, down: Operation) -> Self {
        Self {
            up: vec![up],
            down: vec![down],
        }
    }
}
