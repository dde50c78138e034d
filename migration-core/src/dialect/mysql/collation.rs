//! The collation of a column whose type changes: the server forgets it unless it is said again.

use super::super::{Dialect, Unsupported, ansi, effect};
use super::types;
use crate::operation::Operation;
use crate::schema::{DataType, Schema};

/// Types that have one.
const TEXTS: [&str; 8] = [
    "CHAR",
    "VARCHAR",
    "TINYTEXT",
    "TEXT",
    "MEDIUMTEXT",
    "LONGTEXT",
    "ENUM",
    "SET",
];

/// Applies an operation to the model of a table: what a new type says nothing of stays.
pub(super) fn follow(operation: &Operation, schema: &mut Schema) -> Result<(), Unsupported> {
    let kept = keeping(operation, schema);
    effect::follow(Dialect::Mysql, kept.as_ref().unwrap_or(operation), schema)
}

/// The operation with the collation that the column has, where another type of texts says none. One
/// that says the type which the column has takes its collation away: there is no other word for it.
fn keeping(operation: &Operation, schema: &Schema) -> Option<Operation> {
    let Operation::SetType {
        table,
        column,
        data_type,
        collation: None,
        ..
    } = operation
    else {
        return None;
    };
    let known = ansi::find_column(ansi::find_table(schema, table)?, column)?;
    let present = known.collation.as_ref()?;
    let is_other = types::name(&known.data_type).ok() != types::name(data_type).ok();
    if !is_other || !is_plain_text(data_type) {
        return None;
    }
    let mut kept = operation.clone();
    if let Operation::SetType { collation, .. } = &mut kept {
        *collation = Some(present.clone());
    }
    Some(kept)
}

/// Whether a type holds text and says nothing of its letters.
fn is_plain_text(data_type: &DataType) -> bool {
    let Ok(name) = types::name(data_type) else {
        return false;
    };
    let (word, behind) = match name.split_once('(') {
        Some((word, rest)) => (word, rest.rsplit_once(')').map_or("", |(_, behind)| behind)),
        None => (name.as_str(), ""),
    };
    let word = word.trim();
    behind.trim().is_empty() && TEXTS.iter().any(|it| it.eq_ignore_ascii_case(word))
}
