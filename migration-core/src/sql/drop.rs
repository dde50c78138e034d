//! `DROP TABLE` and `DROP INDEX`.

use super::cursor::Cursor;
use crate::operation::Operation;

/// Reads what follows `DROP TABLE`: one operation for each table.
pub(super) fn tables(cursor: &mut Cursor<'_>) -> Option<Vec<Operation>> {
    let if_exists = cursor.if_exists();
    let names = cursor.object_names()?;
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
    let names = cursor.object_names()?;
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
