//! Data types, in every spelling the engines know; what is no portable type keeps its text.

use compact_str::CompactString;

use super::cursor::Cursor;
use super::expression;
use super::token::{Token, TokenKind};
use crate::schema::{DataType, Expression, Identity, TimeZone};

/// A type, and how new rows are numbered when its name says so (`SERIAL`).
pub(super) struct TypeName {
    pub(super) data_type: DataType,
    pub(super) identity: Option<Identity>,
}

/// Reads a type. None declared (SQLite) is `DataType::Other` without text.
pub(super) fn parse(cursor: &mut Cursor<'_>) -> Option<TypeName> {
    let mark = cursor.mark();
    let shape = Shape::read(cursor)?;
    let tokens = cursor.since(mark);
    if tokens.is_empty() {
        return Some(TypeName {
            data_type: DataType::Other(Expression::new("")),
            identity: None,
        });
    }
    if shape.is_simple {
        if let Some(data_type) = serial(&shape) {
            return Some(TypeName {
                data_type,
                identity: Some(Identity::Serial),
            });
        }
        if let Some(data_type) = portable(&shape) {
            return Some(TypeName {
                data_type,
                identity: None,
            });
        }
    }
    Some(TypeName {
        data_type: DataType::Other(expression::join(cursor, tokens)?),
        identity: None,
    })
}

/// Reads a type as it is spelled.
pub(super) fn spelled(cursor: &mut Cursor<'_>) -> Option<String> {
    let mark = cursor.mark();
    Shape::read(cursor)?;
    let spelled = expression::join(cursor, cursor.since(mark))?;
    Some(spelled.as_str().to_owned())
}

/// The parts of a type's spelling.
struct Shape {
    /// Upper-case words, those behind the parentheses included.
    words: CompactString,
    /// The numbers in parentheses.
    arguments: Vec<i64>,
    /// False for arrays, quoted or qualified names, and parentheses that hold anything else.
    is_simple: bool,
}

impl Shape {
    fn read(cursor: &mut Cursor<'_>) -> Option<Self> {
        let mark = cursor.mark();
        let mut shape = Self {
            words: CompactString::default(),
            arguments: Vec::new(),
            is_simple: true,
        };
        if cursor.kind().is_some_and(TokenKind::is_quoted_name) {
            cursor.advance();
            shape.is_simple = false;
        } else {
            shape.read_words(cursor);
        }
        while cursor.accept_kind(TokenKind::Dot) {
            cursor.ident()?;
            shape.is_simple = false;
        }
        if cursor.mark() > mark && cursor.kind() == Some(TokenKind::Open) {
            shape.read_arguments(cursor)?;
        }
        shape.read_words(cursor);
        shape.read_array(cursor)?;
        Some(shape)
    }

    fn read_words(&mut self, cursor: &mut Cursor<'_>) {
        while let Some(token) = cursor.peek() {
            let ends = token.kind != TokenKind::Word
                || cursor.at_any(&CLAUSE_OPENERS)
                || cursor.at_words(&["CHARACTER", "SET"])
                || cursor.at_words(&["WITH", "SYSTEM"])
                || cursor.at_words(&["WITHOUT", "SYSTEM"]);
            if ends {
                return;
            }
            if !self.words.is_empty() {
                self.words.push(' ');
            }
            let start = self.words.len();
            self.words.push_str(cursor.slice(token));
            self.words[start..].make_ascii_uppercase();
            cursor.advance();
        }
    }

    fn read_arguments(&mut self, cursor: &mut Cursor<'_>) -> Option<()> {
        let tokens = cursor.parenthesised()?;
        match numbers(cursor, tokens) {
            Some(numbers) => self.arguments = numbers,
            None => self.is_simple = false,
        }
        Some(())
    }

    fn read_array(&mut self, cursor: &mut Cursor<'_>) -> Option<()> {
        while cursor.accept_kind(TokenKind::OpenBracket) {
            self.is_simple = false;
            if cursor.kind() == Some(TokenKind::Number) {
                cursor.advance();
            }
            cursor.expect_kind(TokenKind::CloseBracket)?;
        }
        Some(())
    }
}

/// Numbers with commas between, a sign allowed.
fn numbers(cursor: &Cursor<'_>, tokens: &[Token]) -> Option<Vec<i64>> {
    let mut values = Vec::new();
    for part in tokens.split(|token| token.kind == TokenKind::Comma) {
        let (sign, digits) = match part {
            [digits] => (1, digits),
            [minus, digits] if cursor.slice(*minus) == "-" => (-1, digits),
            _ => return None,
        };
        let value: i64 = cursor.slice(*digits).parse().ok()?;
        values.push(sign * value);
    }
    Some(values)
}

fn serial(shape: &Shape) -> Option<DataType> {
    if !shape.arguments.is_empty() {
        return None;
    }
    Some(match shape.words.as_str() {
        "SERIAL" | "SERIAL4" => DataType::Integer,
        "BIGSERIAL" | "SERIAL8" => DataType::BigInt,
        "SMALLSERIAL" | "SERIAL2" => DataType::SmallInt,
        _ => return None,
    })
}

fn portable(shape: &Shape) -> Option<DataType> {
    let words = shape.words.as_str();
    match shape.arguments.as_slice() {
        [] => without_arguments(words),
        [argument] => with_one_argument(words, u32::try_from(*argument).ok()?),
        [precision, scale] if is_numeric(words) => Some(DataType::Numeric {
            precision: Some(u32::try_from(*precision).ok()?),
            scale: Some(i32::try_from(*scale).ok()?),
        }),
        _ => None,
    }
}

fn without_arguments(words: &str) -> Option<DataType> {
    Some(match words {
        "INT" | "INT4" | "INTEGER" => DataType::Integer,
        "BIGINT" | "INT8" => DataType::BigInt,
        "SMALLINT" | "INT2" => DataType::SmallInt,
        _ if is_numeric(words) => DataType::Numeric {
            precision: None,
            scale: None,
        },
        "REAL" | "FLOAT4" => DataType::Real,
        "DOUBLE" | "DOUBLE PRECISION" | "FLOAT8" => DataType::Double,
        "FLOAT" => DataType::Float { precision: None },
        "BOOLEAN" | "BOOL" => DataType::Boolean,
        "TEXT" => DataType::Text,
        "BYTEA" | "BLOB" => DataType::Binary,
        "DATE" => DataType::Date,
        "INTERVAL" => DataType::Interval,
        "UUID" => DataType::Uuid,
        "JSON" => DataType::Json,
        "JSONB" => DataType::Jsonb,
        _ if is_varchar(words) => DataType::Varchar { length: None },
        _ if is_char(words) => DataType::Char { length: None },
        _ => return moment(words, None),
    })
}

fn with_one_argument(words: &str, argument: u32) -> Option<DataType> {
    Some(match words {
        // MySQL's display widths say nothing about the values, but for the one that means BOOLEAN.
        "INT" | "INTEGER" => DataType::Integer,
        "BIGINT" => DataType::BigInt,
        "SMALLINT" => DataType::SmallInt,
        "TINYINT" if argument == 1 => DataType::Boolean,
        _ if is_numeric(words) => DataType::Numeric {
            precision: Some(argument),
            scale: None,
        },
        "FLOAT" => DataType::Float {
            precision: Some(argument),
        },
        _ if is_varchar(words) => DataType::Varchar {
            length: Some(argument),
        },
        _ if is_char(words) => DataType::Char {
            length: Some(argument),
        },
        _ => return moment(words, Some(argument)),
    })
}

fn moment(words: &str, precision: Option<u32>) -> Option<DataType> {
    let time = |zone| DataType::Time { precision, zone };
    let timestamp = |zone| DataType::Timestamp { precision, zone };
    Some(match words {
        "TIME" | "TIME WITHOUT TIME ZONE" => time(TimeZone::Without),
        "TIMETZ" | "TIME WITH TIME ZONE" => time(TimeZone::With),
        "TIMESTAMP" | "TIMESTAMP WITHOUT TIME ZONE" | "DATETIME" => timestamp(TimeZone::Without),
        "TIMESTAMPTZ" | "TIMESTAMP WITH TIME ZONE" => timestamp(TimeZone::With),
        _ => return None,
    })
}

fn is_numeric(words: &str) -> bool {
    matches!(words, "NUMERIC" | "DECIMAL" | "DEC")
}

fn is_varchar(words: &str) -> bool {
    matches!(words, "VARCHAR" | "CHARACTER VARYING" | "CHAR VARYING")
}

fn is_char(words: &str) -> bool {
    matches!(words, "CHAR" | "CHARACTER")
}

/// Words that begin what follows a type.
const CLAUSE_OPENERS: [&str; 37] = [
    "AFTER",
    "AS",
    "AUTOINCREMENT",
    "AUTO_INCREMENT",
    "CHARSET",
    "CHECK",
    "COLLATE",
    "COLUMN_FORMAT",
    "COMMENT",
    "COMPRESSED",
    "COMPRESSION",
    "CONSTRAINT",
    "DEFAULT",
    "DEFERRABLE",
    "ENCRYPTED",
    "ENGINE_ATTRIBUTE",
    "FIRST",
    "GENERATED",
    "INITIALLY",
    "INVISIBLE",
    "KEY",
    "NOT",
    "NULL",
    "ON",
    "OPTIONS",
    "PERSISTENT",
    "PRIMARY",
    "REFERENCES",
    "REF_SYSTEM_ID",
    "SECONDARY_ENGINE_ATTRIBUTE",
    "SRID",
    "STORAGE",
    "STORED",
    "UNIQUE",
    "USING",
    "VIRTUAL",
    "VISIBLE",
];
