//! Schemas: `CREATE`, `ALTER` and `DROP SCHEMA`.

use super::cursor::Cursor;
use super::token::TokenKind;
use crate::operation::{NamespaceChange, Operation};

/// Reads what follows `CREATE SCHEMA`: a name and nothing else.
pub(super) fn create(cursor: &mut Cursor<'_>) -> Option<Operation> {
    let if_not_exists = cursor.if_not_exists();
    if cursor.at_word("AUTHORIZATION") {
        return None;
    }
    let name = cursor.ident()?;
    Some(Operation::Namespace(NamespaceChange::Create {
        name,
        if_not_exists,
    }))
}

/// Reads what follows `ALTER SCHEMA`.
pub(super) fn alter(cursor: &mut Cursor<'_>) -> Option<Operation> {
    let from = cursor.ident()?;
    cursor.expect(&["RENAME", "TO"])?;
    let to = cursor.ident()?;
    Some(Operation::Namespace(NamespaceChange::Rename { from, to }))
}

/// Reads what follows `DROP SCHEMA`: one operation for each.
pub(super) fn drop(cursor: &mut Cursor<'_>) -> Option<Vec<Operation>> {
    let if_exists = cursor.if_exists();
    let mut names = vec![cursor.ident()?];
    while cursor.accept_kind(TokenKind::Comma) {
        names.push(cursor.ident()?);
    }
    let cascade = cursor.cascade();
    let drop = |name| {
        Operation::Namespace(NamespaceChange::Drop {
            name,
            if_exists,
            cascade,
        })
    };
    Some(names.into_iter().map(drop).collect())
}
