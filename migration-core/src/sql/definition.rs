//! Which parser reads a statement; none of them means that it passes through as written.

use super::cursor::Cursor;
use super::{alter_table, comment_on, create_table, drop, index};
use crate::operation::Operation;

/// Reads the whole statement as operations; none when any of it is not modelled.
pub(super) fn parse(cursor: &mut Cursor<'_>) -> Option<Vec<Operation>> {
    let operations = if cursor.accept(&["CREATE"]) {
        if cursor.at_any(&["UNIQUE", "INDEX", "FULLTEXT", "SPATIAL"]) {
            vec![index::parse(cursor)?]
        } else {
            create_table::parse(cursor)?
        }
    } else if cursor.accept(&["DROP", "TABLE"]) {
        drop::tables(cursor)?
    } else if cursor.accept(&["DROP", "INDEX"]) {
        drop::indexes(cursor)?
    } else if cursor.accept(&["ALTER", "TABLE"]) {
        alter_table::parse(cursor)?
    } else if cursor.accept(&["ALTER", "INDEX"]) {
        vec![index::rename(cursor)?]
    } else if cursor.accept(&["RENAME", "TABLE"]) {
        alter_table::renames(cursor)?
    } else if cursor.accept(&["COMMENT", "ON"]) {
        vec![comment_on::parse(cursor)?]
    } else {
        return None;
    };
    cursor.end()?;
    Some(operations)
}
