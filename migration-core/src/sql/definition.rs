//! Which parser reads a statement; none of them means that it passes through as written.

use super::cursor::Cursor;
use super::{
    alter_table, comment_on, create_table, drop, enumeration, index, namespace, sequence, view,
};
use crate::operation::Operation;

/// Reads the whole statement as operations; none when any of it is not modelled.
pub(super) fn parse(cursor: &mut Cursor<'_>) -> Option<Vec<Operation>> {
    let operations = if cursor.accept(&["CREATE"]) {
        create(cursor)?
    } else if cursor.accept(&["DROP"]) {
        drop(cursor)?
    } else if cursor.accept(&["ALTER"]) {
        alter(cursor)?
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

fn create(cursor: &mut Cursor<'_>) -> Option<Vec<Operation>> {
    if cursor.at_any(&["UNIQUE", "INDEX", "FULLTEXT", "SPATIAL"]) {
        return Some(vec![index::parse(cursor)?]);
    }
    if cursor.accept(&["SCHEMA"]) {
        return Some(vec![namespace::create(cursor)?]);
    }
    if cursor.accept(&["TYPE"]) {
        return Some(vec![enumeration::create(cursor)?]);
    }
    // Only behind `TEMPORARY` does it show what is created.
    let mark = cursor.mark();
    for read in [view::create, sequence::create] {
        if let Some(operation) = read(cursor) {
            return Some(vec![operation]);
        }
        cursor.reset(mark);
    }
    create_table::parse(cursor)
}

fn drop(cursor: &mut Cursor<'_>) -> Option<Vec<Operation>> {
    if cursor.accept(&["TABLE"]) {
        drop::tables(cursor)
    } else if cursor.accept(&["INDEX"]) {
        drop::indexes(cursor)
    } else if cursor.accept(&["VIEW"]) {
        view::drop(cursor)
    } else if cursor.accept(&["SEQUENCE"]) {
        sequence::drop(cursor)
    } else if cursor.accept(&["SCHEMA"]) {
        namespace::drop(cursor)
    } else {
        cursor.expect(&["TYPE"])?;
        enumeration::drop(cursor)
    }
}

fn alter(cursor: &mut Cursor<'_>) -> Option<Vec<Operation>> {
    if cursor.accept(&["TABLE"]) {
        return alter_table::parse(cursor);
    }
    let operation = if cursor.accept(&["INDEX"]) {
        index::rename(cursor)
    } else if cursor.accept(&["VIEW"]) {
        view::alter(cursor)
    } else if cursor.accept(&["SEQUENCE"]) {
        sequence::alter(cursor)
    } else if cursor.accept(&["SCHEMA"]) {
        namespace::alter(cursor)
    } else {
        cursor.expect(&["TYPE"])?;
        enumeration::alter(cursor)
    };
    operation.map(|operation| vec![operation])
}
