//! Sequences: `CREATE`, `ALTER` and `DROP SEQUENCE`.

use super::cursor::Cursor;
use super::token::TokenKind;
use super::types;
use crate::operation::{Operation, Restart, SequenceChange};
use crate::schema::{Bound, DataType, Ident, ObjectName, Sequence, SequenceOptions, SequenceOwner};

/// Reads what follows `CREATE`, if it is a sequence.
pub(super) fn create(cursor: &mut Cursor<'_>) -> Option<Operation> {
    let temporary = cursor.accept(&["TEMPORARY"]) || cursor.accept(&["TEMP"]);
    cursor.expect(&["SEQUENCE"])?;
    let if_not_exists = cursor.if_not_exists();
    let name = cursor.object_name()?;
    let mut options = SequenceOptions::default();
    while !cursor.is_at_end() {
        option(cursor, &mut options)?;
    }
    Some(Operation::Sequence(SequenceChange::Create {
        sequence: Sequence {
            name,
            temporary,
            options,
        },
        if_not_exists,
    }))
}

/// Reads what follows `ALTER SEQUENCE`.
pub(super) fn alter(cursor: &mut Cursor<'_>) -> Option<Operation> {
    let if_exists = cursor.if_exists();
    let name = cursor.object_name()?;
    if !if_exists && cursor.accept(&["RENAME", "TO"]) {
        let to = cursor.ident()?;
        return Some(Operation::Sequence(SequenceChange::Rename {
            from: name,
            to,
        }));
    }
    let mut options = SequenceOptions::default();
    let mut restart = None;
    loop {
        if cursor.accept(&["RESTART"]) {
            let is_followed = cursor.accept(&["WITH"]) || cursor.accept_operator("=");
            restart = Some(match integer(cursor) {
                Some(number) => Restart::At(number),
                None if is_followed => return None,
                None => Restart::AtStart,
            });
        } else {
            option(cursor, &mut options)?;
        }
        if cursor.is_at_end() {
            break;
        }
    }
    Some(Operation::Sequence(SequenceChange::Alter {
        name,
        options,
        restart,
        if_exists,
    }))
}

/// Reads what follows `DROP SEQUENCE`: one operation for each.
pub(super) fn drop(cursor: &mut Cursor<'_>) -> Option<Vec<Operation>> {
    let if_exists = cursor.if_exists();
    let names = cursor.object_names()?;
    let cascade = cursor.cascade();
    let drop = |name| {
        Operation::Sequence(SequenceChange::Drop {
            name,
            if_exists,
            cascade,
        })
    };
    Some(names.into_iter().map(drop).collect())
}

/// Reads one option, in PostgreSQL's or MariaDB's spelling.
fn option(cursor: &mut Cursor<'_>, options: &mut SequenceOptions) -> Option<()> {
    if cursor.accept(&["AS"]) {
        options.data_type = Some(data_type(cursor)?);
    } else if cursor.accept(&["INCREMENT"]) {
        options.increment = Some(value(cursor, "BY")?);
    } else if cursor.accept(&["NO", "MINVALUE"]) || cursor.accept(&["NOMINVALUE"]) {
        options.minimum = Some(Bound::OfType);
    } else if cursor.accept(&["NO", "MAXVALUE"]) || cursor.accept(&["NOMAXVALUE"]) {
        options.maximum = Some(Bound::OfType);
    } else if cursor.accept(&["MINVALUE"]) {
        options.minimum = Some(Bound::At(value(cursor, "=")?));
    } else if cursor.accept(&["MAXVALUE"]) {
        options.maximum = Some(Bound::At(value(cursor, "=")?));
    } else if cursor.accept(&["START"]) {
        options.start = Some(value(cursor, "WITH")?);
    } else if cursor.accept(&["CACHE"]) {
        options.cache = Some(value(cursor, "=")?);
    } else if cursor.accept(&["NOCACHE"]) {
        options.cache = Some(1);
    } else if cursor.accept(&["NO", "CYCLE"]) || cursor.accept(&["NOCYCLE"]) {
        options.cycle = Some(false);
    } else if cursor.accept(&["CYCLE"]) {
        options.cycle = Some(true);
    } else {
        cursor.expect(&["OWNED", "BY"])?;
        options.owner = Some(owner(cursor)?);
    }
    Some(())
}

/// Reads a type of one word, `UNSIGNED` at most behind it: an option follows without a comma.
fn data_type(cursor: &mut Cursor<'_>) -> Option<DataType> {
    let mark = cursor.mark();
    cursor.advance()?;
    cursor.accept(&["UNSIGNED"]);
    let mut name = cursor.within(cursor.since(mark));
    let named = types::parse(&mut name)?;
    name.end()?;
    Some(named.data_type)
}

fn value(cursor: &mut Cursor<'_>, word: &str) -> Option<i64> {
    if !cursor.accept(&[word]) {
        cursor.accept_operator("=");
    }
    integer(cursor)
}

fn integer(cursor: &mut Cursor<'_>) -> Option<i64> {
    let is_negative = cursor.accept_operator("-");
    // The least number has more digits than its opposite can hold.
    let number: i128 = cursor.number()?;
    i64::try_from(if is_negative { -number } else { number }).ok()
}

/// Reads `NONE`, `table.column` or `schema.table.column`.
fn owner(cursor: &mut Cursor<'_>) -> Option<SequenceOwner> {
    if cursor.accept(&["NONE"]) {
        return Some(SequenceOwner::Nobody);
    }
    let mut parts: Vec<Ident> = vec![cursor.ident()?];
    while cursor.accept_kind(TokenKind::Dot) {
        parts.push(cursor.ident()?);
    }
    let column = parts.pop()?;
    let name = parts.pop()?;
    let schema = parts.pop();
    parts.is_empty().then_some(SequenceOwner::Column {
        table: ObjectName { schema, name },
        column,
    })
}
