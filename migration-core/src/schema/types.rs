//! Data types: the portable ones by meaning, all others by name.

use super::Expression;

/// The type of a column. What each becomes on an engine, and what is lost, is the table in
/// `dialect/<engine>/types.rs`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DataType {
    /// 16 bits.
    SmallInt,
    /// 32 bits.
    Integer,
    /// 64 bits.
    BigInt,
    /// Exact decimal; no precision means as much as the engine has.
    Numeric {
        /// Total digits.
        precision: Option<u32>,
        /// Digits behind the point.
        scale: Option<i32>,
    },
    /// 4-byte floating point.
    Real,
    /// 8-byte floating point.
    Double,
    /// `FLOAT(p)`, `p` binary digits: up to 24 is `Real`, more or none is `Double` (SQL standard).
    Float {
        /// Binary digits.
        precision: Option<u32>,
    },
    /// True or false.
    Boolean,
    /// Characters, at most `length`; no length means as many as the engine allows.
    Varchar {
        /// Most characters.
        length: Option<u32>,
    },
    /// Characters, padded to `length`.
    Char {
        /// Characters; one when absent.
        length: Option<u32>,
    },
    /// Characters without a limit.
    Text,
    /// Bytes (`BYTEA`, `BLOB`).
    Binary,
    /// A day.
    Date,
    /// A time of day.
    Time {
        /// Digits of a second.
        precision: Option<u32>,
        /// With or without a zone.
        zone: TimeZone,
    },
    /// A day and time (`TIMESTAMP`, `DATETIME`).
    Timestamp {
        /// Digits of a second.
        precision: Option<u32>,
        /// With or without a zone.
        zone: TimeZone,
    },
    /// A span of time.
    Interval,
    /// A universally unique identifier.
    Uuid,
    /// JSON as text.
    Json,
    /// JSON parsed.
    Jsonb,
    /// A type of one engine, by its name and what follows it: `tsvector`, `MEDIUMTEXT`, `int[]`.
    Other(Expression),
}

/// Whether a time knows its zone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum TimeZone {
    /// `WITHOUT TIME ZONE`.
    #[default]
    Without,
    /// `WITH TIME ZONE`.
    With,
}
