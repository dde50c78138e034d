//! Values for rows, and what becomes of them in a column of another type.

use rusqlite::types::ValueRef;
use rusqlite::{Connection, Result};

use super::model::{Column, Value};
use super::write;
use migration_tests::random::Random;

/// What SQLite makes of a declared type.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Affinity {
    Integer,
    Text,
    Blob,
    Real,
    Numeric,
}

impl Affinity {
    /// By the five rules of <https://www.sqlite.org/datatype3.html>, section 3.1.
    pub(super) fn of(declared: &str) -> Self {
        let declared = declared.to_ascii_uppercase();
        let has = |part: &str| declared.contains(part);
        if has("INT") {
            Self::Integer
        } else if has("CHAR") || has("CLOB") || has("TEXT") {
            Self::Text
        } else if has("BLOB") || declared.is_empty() {
            Self::Blob
        } else if has("REAL") || has("FLOA") || has("DOUB") {
            Self::Real
        } else {
            Self::Numeric
        }
    }
}

const INTEGERS: [i64; 9] = [
    0,
    1,
    -1,
    7,
    42,
    9_007_199_254_740_993,
    i64::MAX,
    i64::MIN,
    -65_536,
];
const REALS: [f64; 8] = [0.25, -2.5, 2.5, 3.0, 1e300, -0.1, 1e15, f64::INFINITY];
const TEXTS: [&str; 10] = [
    "",
    "abc",
    "it's",
    "Ünïcode ✓ 漢字",
    "12",
    "1.5",
    " x ",
    "line\nbreak",
    "\"q\" -- ;",
    "1e3",
];
const BLOBS: [&[u8]; 4] = [b"", b"\x00\xff", b"ab", b"12"];

/// A value that a column may hold; `number` makes it another than every other's.
pub(super) fn value(random: &mut Random, column: &Column, strict: bool, number: usize) -> Value {
    let affinity = Affinity::of(&column.declared);
    let is_any = column.declared.eq_ignore_ascii_case("ANY");
    if column.distinct {
        return distinct(affinity, number);
    }
    if random.chance(15) {
        return Value::Null;
    }
    let kind = match affinity {
        _ if is_any => random.below(4),
        _ if !strict && random.chance(15) => random.below(4),
        Affinity::Integer => 0,
        Affinity::Real | Affinity::Numeric => 1,
        Affinity::Text => 2,
        Affinity::Blob => 3,
    };
    match kind {
        0 => Value::Integer(*random.pick(&INTEGERS)),
        1 => Value::Real(*random.pick(&REALS)),
        2 => Value::Text(random.pick(&TEXTS).as_bytes().to_vec()),
        _ => Value::Blob(random.pick(&BLOBS).to_vec()),
    }
}

/// Stays distinct by every collation and after every conversion but that to nothing.
fn distinct(affinity: Affinity, number: usize) -> Value {
    let whole = i64::try_from(number).expect("few rows") * 3 + 100;
    match affinity {
        Affinity::Text => Value::Text(format!("key {whole}").into_bytes()),
        Affinity::Blob => Value::Blob(format!("b{whole}").into_bytes()),
        Affinity::Integer | Affinity::Real | Affinity::Numeric => Value::Integer(whole),
    }
}

/// How a stored value gets into a column of another type: a fraction is rounded for an integer, a
/// text becomes bytes and bytes a text; everything else is left to the affinity of the column.
pub(super) fn cast(from: &str, to: &str) -> &'static str {
    match (Affinity::of(from), Affinity::of(to)) {
        (Affinity::Real | Affinity::Numeric, Affinity::Integer) => {
            "CASE WHEN typeof(c) = 'real' AND abs(c) < 9.2e18 THEN CAST(round(c) AS INTEGER) ELSE c END"
        }
        (Affinity::Blob, Affinity::Text) => "CAST(c AS TEXT)",
        (Affinity::Text, Affinity::Blob) => "CAST(c AS BLOB)",
        _ => "c",
    }
}

/// What a column of a type holds after each value `c` was put into it by an expression.
pub(super) fn convert(
    values: &[Value],
    expression: &str,
    declared: &str,
    strict: bool,
) -> Result<Vec<Value>> {
    if values.is_empty() {
        return Ok(Vec::new());
    }
    let scratch = Connection::open_in_memory()?;
    let option = if strict { "STRICT" } else { "" };
    let mut sql = format!("CREATE TABLE s (v {declared}) {option};");
    for value in values {
        let value = write::value(value);
        sql += &format!("INSERT INTO s SELECT {expression} FROM (SELECT {value} AS c);");
    }
    scratch.execute_batch(&sql)?;
    let mut statement = scratch.prepare("SELECT v FROM s ORDER BY rowid")?;
    let rows = statement.query_map([], |row| row.get_ref(0).map(stored))?;
    rows.collect()
}

/// A value as it is stored.
pub(super) fn stored(value: ValueRef<'_>) -> Value {
    match value {
        ValueRef::Null => Value::Null,
        ValueRef::Integer(number) => Value::Integer(number),
        ValueRef::Real(number) => Value::Real(number),
        ValueRef::Text(bytes) => Value::Text(bytes.to_vec()),
        ValueRef::Blob(bytes) => Value::Blob(bytes.to_vec()),
    }
}

/// Whether a value is beyond doubt one of a type as a revision writes it. Others are converted as
/// far as they can be or refused, which is a matter of the type they come from.
pub(super) fn fits(value: &Value, written: &str) -> bool {
    let size = |text: &[u8]| String::from_utf8_lossy(text).chars().count();
    match (value, written) {
        (Value::Null, _) | (_, "TEXT" | "BYTEA" | "BLOB") => true,
        (Value::Integer(number), "SMALLINT") => i16::try_from(*number).is_ok(),
        (Value::Integer(number), "INTEGER") => i32::try_from(*number).is_ok(),
        (Value::Integer(_), "BIGINT") => true,
        (Value::Integer(number), "BOOLEAN") => [0, 1].contains(number),
        (Value::Integer(_) | Value::Real(_), "NUMERIC(12, 2)" | "REAL" | "DOUBLE PRECISION") => {
            true
        }
        (Value::Text(text), "VARCHAR(40)") => size(text) <= 40,
        (Value::Text(text), "CHARACTER VARYING(7)") => size(text) <= 7,
        _ => false,
    }
}
