//! Values to and from PostgreSQL: parameters go as text, results come in the binary form.

use std::error::Error;

use bytes::BytesMut;
use jiff::{Span, civil};
use tokio_postgres::SimpleQueryRow;
use tokio_postgres::types::{Format, FromSql, IsNull, Kind, ToSql, Type};

use crate::database::{DatabaseError, Row, Value};

type Cause = Box<dyn Error + Sync + Send>;

/// A row that is read as text.
pub(super) fn texts(row: &SimpleQueryRow) -> Row {
    let value = |index| row.get(index).map_or(Value::Null, Value::from);
    (0..row.len()).map(value).collect()
}

/// Reads a row.
pub(super) fn row(row: &tokio_postgres::Row) -> Result<Row, DatabaseError> {
    let mut values = Row::with_capacity(row.len());
    for index in 0..row.len() {
        let cell: Cell = row.try_get(index).map_err(|error| {
            let column = &row.columns()[index];
            let cause = error.source().map(ToString::to_string).unwrap_or_default();
            DatabaseError::refused(format!(
                "cannot read column `{}` of type `{}`, cast it to text: {cause}",
                column.name(),
                column.type_()
            ))
        })?;
        values.push(cell.0);
    }
    Ok(values)
}

impl ToSql for Value {
    fn to_sql(&self, _: &Type, out: &mut BytesMut) -> Result<IsNull, Cause> {
        let text = match self {
            Self::Null => return Ok(IsNull::Yes),
            Self::Integer(number) => number.to_string(),
            Self::Real(number) => number.to_string(),
            Self::Text(text) => text.clone(),
            Self::Bytes(bytes) => format!("\\x{}", hexadecimal(bytes)),
        };
        out.extend_from_slice(text.as_bytes());
        Ok(IsNull::No)
    }

    fn accepts(_: &Type) -> bool {
        true
    }

    fn encode_format(&self, _: &Type) -> Format {
        Format::Text
    }

    fn to_sql_checked(&self, ty: &Type, out: &mut BytesMut) -> Result<IsNull, Cause> {
        self.to_sql(ty, out)
    }
}

/// One value of a result.
struct Cell(Value);

impl<'a> FromSql<'a> for Cell {
    fn from_sql(ty: &Type, raw: &'a [u8]) -> Result<Self, Cause> {
        value(ty, raw).map(Self)
    }

    fn from_sql_null(_: &Type) -> Result<Self, Cause> {
        Ok(Self(Value::Null))
    }

    fn accepts(_: &Type) -> bool {
        true
    }
}

fn value(ty: &Type, raw: &[u8]) -> Result<Value, Cause> {
    match ty.kind() {
        Kind::Domain(base) => return value(base, raw),
        Kind::Enum(_) => return text(raw),
        _ => {}
    }
    Ok(match *ty {
        Type::BOOL => Value::Integer(i64::from(bool::from_sql(ty, raw)?)),
        Type::INT2 => Value::Integer(i16::from_sql(ty, raw)?.into()),
        Type::INT4 => Value::Integer(i32::from_sql(ty, raw)?.into()),
        Type::INT8 => Value::Integer(i64::from_sql(ty, raw)?),
        Type::OID | Type::REGCLASS | Type::REGTYPE | Type::XID => {
            Value::Integer(u32::from_be_bytes(raw.try_into()?).into())
        }
        Type::FLOAT4 => Value::Real(f32::from_sql(ty, raw)?.into()),
        Type::FLOAT8 => Value::Real(f64::from_sql(ty, raw)?),
        Type::BYTEA => Value::Bytes(raw.to_vec()),
        Type::VOID => Value::Null,
        Type::JSONB => return text(raw.get(1..).unwrap_or_default()),
        Type::UUID => Value::Text(uuid(raw)),
        Type::NUMERIC => Value::Text(numeric(raw)?),
        Type::DATE => Value::Text(date(i32::from_be_bytes(raw.try_into()?))?),
        Type::TIME => Value::Text(time(i64::from_be_bytes(raw.try_into()?))?),
        Type::TIMESTAMP => Value::Text(timestamp(i64::from_be_bytes(raw.try_into()?))?),
        Type::TIMESTAMPTZ => {
            let text = timestamp(i64::from_be_bytes(raw.try_into()?))?;
            let zone = if text.ends_with("infinity") {
                ""
            } else {
                "+00"
            };
            Value::Text(text + zone)
        }
        Type::TEXT
        | Type::VARCHAR
        | Type::BPCHAR
        | Type::NAME
        | Type::CHAR
        | Type::UNKNOWN
        | Type::JSON
        | Type::XML
        | Type::CSTRING => return text(raw),
        _ => return Err("its binary form is not known".into()),
    })
}

fn text(raw: &[u8]) -> Result<Value, Cause> {
    Ok(Value::Text(std::str::from_utf8(raw)?.to_owned()))
}

fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn uuid(raw: &[u8]) -> String {
    let mut text = hexadecimal(raw);
    for at in [20, 16, 12, 8] {
        if at < text.len() {
            text.insert(at, '-');
        }
    }
    text
}

const EPOCH: civil::Date = civil::date(2000, 1, 1);

fn date(days: i32) -> Result<String, Cause> {
    Ok(match days {
        i32::MAX => "infinity".to_owned(),
        i32::MIN => "-infinity".to_owned(),
        days => EPOCH.checked_add(Span::new().try_days(days)?)?.to_string(),
    })
}

fn time(microseconds: i64) -> Result<String, Cause> {
    let span = Span::new().try_microseconds(microseconds)?;
    Ok(civil::Time::midnight().checked_add(span)?.to_string())
}

fn timestamp(microseconds: i64) -> Result<String, Cause> {
    Ok(match microseconds {
        i64::MAX => "infinity".to_owned(),
        i64::MIN => "-infinity".to_owned(),
        microseconds => EPOCH
            .to_datetime(civil::Time::midnight())
            .checked_add(Span::new().try_microseconds(microseconds)?)?
            .to_string()
            .replace('T', " "),
    })
}

/// Digits of base 10,000, the first of weight `10000^weight`, and how many decimals to show.
fn numeric(raw: &[u8]) -> Result<String, Cause> {
    let mut words = raw
        .chunks_exact(2)
        .map(|pair| i16::from_be_bytes([pair[0], pair[1]]));
    let mut next = || words.next().ok_or("it ends early");
    let (_, weight, sign, scale) = (next()?, next()?, next()?, next()?);
    match sign.cast_unsigned() {
        0xC000 => return Ok("NaN".to_owned()),
        0xD000 => return Ok("Infinity".to_owned()),
        0xF000 => return Ok("-Infinity".to_owned()),
        _ => {}
    }
    let digits: Vec<i16> = words.collect();
    let group = |power: i16| {
        let index = usize::try_from(weight - power).ok();
        index
            .and_then(|index| digits.get(index))
            .copied()
            .unwrap_or(0)
    };
    let mut text = if weight < 0 {
        "0".to_owned()
    } else {
        (0..=weight).rev().fold(String::new(), |all, power| {
            all + &format!("{:04}", group(power))
        })
    };
    let significant = text.trim_start_matches('0').len().max(1);
    text.drain(..text.len() - significant);
    let scale = usize::try_from(scale)?;
    if scale > 0 {
        let groups = i16::try_from(scale.div_ceil(4))?;
        let decimals: String = (1..=groups)
            .map(|power| format!("{:04}", group(-power)))
            .collect();
        text = format!("{text}.{}", &decimals[..scale]);
    }
    if sign != 0 {
        text.insert(0, '-');
    }
    Ok(text)
}
