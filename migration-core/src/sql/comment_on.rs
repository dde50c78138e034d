//! `COMMENT ON`.

use super::cursor::Cursor;
use super::token::TokenKind;
use crate::operation::Operation;
use crate::schema::{Ident, ObjectName};

/// Reads what follows `COMMENT ON`: the comment of a table or column.
pub(super) fn parse(cursor: &mut Cursor<'_>) -> Option<Operation> {
    if cursor.accept(&["TABLE"]) {
        let table = cursor.object_name()?;
        let comment = value(cursor)?;
        return Some(Operation::SetTableComment { table, comment });
    }
    cursor.expect(&["COLUMN"])?;
    let (table, column) = column_name(cursor)?;
    let comment = value(cursor)?;
    Some(Operation::SetColumnComment {
        table,
        column,
        comment,
    })
}

/// Reads `table.column` or `schema.table.column`.
fn column_name(cursor: &mut Cursor<'_>) -> Option<(ObjectName, Ident)> {
    let mut parts = vec![cursor.ident()?];
    while cursor.accept_kind(TokenKind::Dot) {
        parts.push(cursor.ident()?);
    }
    let column = parts.pop()?;
    let name = parts.pop()?;
    let schema = parts.pop();
    parts
        .is_empty()
        .then_some((ObjectName { schema, name }, column))
}

fn value(cursor: &mut Cursor<'_>) -> Option<Option<String>> {
    cursor.expect(&["IS"])?;
    if cursor.accept(&["NULL"]) {
        return Some(None);
    }
    cursor.comment()
}
