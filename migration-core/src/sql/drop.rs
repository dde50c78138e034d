//! `DROP TABLE` and `DROP INDEX`.

use super::cursor::Cursor;
use super::token::TokenKind;
use crate::operation::Operation;
use crate::schema::ObjectName;

/// Reads what follows `DROP TABLE`: one operation for each table.
pub(super) fn tables(cursor: &mut Cursor<'_>) -> Option<Vec<Operation>> {
    let if_exists = cursor.if_exists();
    let names = object_names(cursor)?;
    let cascade = cursor.cascade();
    let drop = |name| Operation::DropTable {
        name,
        if_exists,
        cascade,
    };
    Some(names.into_iter().map(drop).collect())
}

/// Reads what follows `DROP INDEX`: one operation for each index.
pub(super) fn indexes(cursor: &mut Cursor<'_>) -> Option<Vec<Operation>> {
    let concurrently = cursor.accept(&["CONCURRENTLY"]);
    let if_exists = cursor.if_exists();
    let names = object_names(cursor)?;
    let table = if cursor.accept(&["ON"]) {
        Some(cursor.object_name()?)
    } else {
        None
    };
    if cursor.cascade() {
        return None;
    }
    let drop = |name| Operation::DropIndex {
        name,
        table: table.clone(),
        concurrently,
        if_exists,
    };
    Some(names.into_iter().map(drop).collect())
}

fn object_names(cursor: &mut Cursor<'_>) -> Option<Vec<ObjectName>> {
    let mut names = vec![cursor.object_name()?];
    while cursor.accept_kind(TokenKind::Comma) {
        names.push(cursor.object_name()?);
    }
    Some(names)
}
