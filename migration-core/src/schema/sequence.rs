//! Sequences.

use super::{DataType, Ident, ObjectName};

/// A source of numbers that stands by itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sequence {
    /// Its name.
    pub name: ObjectName,
    /// Whether it lives for one session.
    pub temporary: bool,
    /// How it counts.
    pub options: SequenceOptions,
}

/// How a sequence counts; none means what the engine does when nothing is said.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SequenceOptions {
    /// The type of its numbers.
    pub data_type: Option<DataType>,
    /// From one number to the next.
    pub increment: Option<i64>,
    /// The least number.
    pub minimum: Option<Bound>,
    /// The greatest number.
    pub maximum: Option<Bound>,
    /// The first number.
    pub start: Option<i64>,
    /// How many numbers a session takes at a time.
    pub cache: Option<i64>,
    /// Whether it begins again at its end.
    pub cycle: Option<bool>,
    /// The column it is dropped with.
    pub owner: Option<SequenceOwner>,
}

/// A limit of a sequence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Bound {
    /// This number.
    At(i64),
    /// That of the type (`NO MINVALUE`, `NO MAXVALUE`).
    OfType,
}

/// `OWNED BY`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SequenceOwner {
    /// `OWNED BY NONE`.
    Nobody,
    /// A column.
    Column {
        /// Its table.
        table: ObjectName,
        /// The column.
        column: Ident,
    },
}

impl SequenceOptions {
    /// These options, and where they say nothing, those of `former`.
    pub fn or(&self, former: &Self) -> Self {
        Self {
            data_type: self.data_type.clone().or_else(|| former.data_type.clone()),
            increment: self.increment.or(former.increment),
            minimum: self.minimum.or(former.minimum),
            maximum: self.maximum.or(former.maximum),
            start: self.start.or(former.start),
            cache: self.cache.or(former.cache),
            cycle: self.cycle.or(former.cycle),
            owner: self.owner.clone().or_else(|| former.owner.clone()),
        }
    }
}
