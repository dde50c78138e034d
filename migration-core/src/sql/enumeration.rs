//! Enumerated types: `CREATE TYPE ... AS ENUM`, `ALTER TYPE`, `DROP TYPE`.

use super::cursor::Cursor;
use super::token::TokenKind;
use crate::operation::{EnumChange, Operation, ValuePosition};
use crate::schema::EnumType;

/// Reads what follows `CREATE TYPE`, if its values are listed.
pub(super) fn create(cursor: &mut Cursor<'_>) -> Option<Operation> {
    let name = cursor.object_name()?;
    cursor.expect(&["AS", "ENUM"])?;
    cursor.expect_kind(TokenKind::Open)?;
    let mut values = Vec::new();
    while !cursor.accept_kind(TokenKind::Close) {
        if !values.is_empty() {
            cursor.expect_kind(TokenKind::Comma)?;
        }
        values.push(cursor.string()?);
    }
    Some(Operation::Enum(EnumChange::Create {
        created: EnumType { name, values },
    }))
}

/// Reads what follows `ALTER TYPE`.
pub(super) fn alter(cursor: &mut Cursor<'_>) -> Option<Operation> {
    let name = cursor.object_name()?;
    let change = if cursor.accept(&["ADD", "VALUE"]) {
        let if_not_exists = cursor.if_not_exists();
        let value = cursor.string()?;
        let position = if cursor.accept(&["BEFORE"]) {
            Some(ValuePosition::Before(cursor.string()?))
        } else if cursor.accept(&["AFTER"]) {
            Some(ValuePosition::After(cursor.string()?))
        } else {
            None
        };
        EnumChange::AddValue {
            name,
            value,
            position,
            if_not_exists,
        }
    } else if cursor.accept(&["RENAME", "VALUE"]) {
        let from = cursor.string()?;
        cursor.expect(&["TO"])?;
        let to = cursor.string()?;
        EnumChange::RenameValue { name, from, to }
    } else {
        cursor.expect(&["RENAME", "TO"])?;
        let to = cursor.ident()?;
        EnumChange::Rename { from: name, to }
    };
    Some(Operation::Enum(change))
}

/// Reads what follows `DROP TYPE`: one operation for each.
pub(super) fn drop(cursor: &mut Cursor<'_>) -> Option<Vec<Operation>> {
    let if_exists = cursor.if_exists();
    let names = cursor.object_names()?;
    let cascade = cursor.cascade();
    let drop = |name| {
        Operation::Enum(EnumChange::Drop {
            name,
            if_exists,
            cascade,
        })
    };
    Some(names.into_iter().map(drop).collect())
}
