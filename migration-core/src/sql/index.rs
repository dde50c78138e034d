//! Indexes: `CREATE INDEX`, `ALTER INDEX ... RENAME`, and MySQL's `KEY` inside a table.

use super::cursor::Cursor;
use super::expression;
use super::token::{Token, TokenKind};
use crate::operation::Operation;
use crate::schema::{
    Expression, Ident, Index, IndexKey, IndexPart, NullsOrder, ObjectName, SortOrder,
};

/// Reads what follows `CREATE`.
pub(super) fn parse(cursor: &mut Cursor<'_>) -> Option<Operation> {
    let unique = cursor.accept(&["UNIQUE"]);
    let mut method = special_method(cursor);
    cursor.expect(&["INDEX"])?;
    let concurrently = cursor.accept(&["CONCURRENTLY"]);
    let if_not_exists = cursor.if_not_exists();
    let name = if cursor.at_any(&["ON", "USING"]) {
        None
    } else {
        Some(cursor.ident()?)
    };
    read_method(cursor, &mut method)?;
    cursor.expect(&["ON"])?;
    let table = cursor.object_name()?;
    read_method(cursor, &mut method)?;
    let mut index = Index {
        name,
        table,
        unique,
        parts: parts(cursor)?,
        method,
        include: Vec::new(),
        predicate: None,
    };
    read_method(cursor, &mut index.method)?;
    if cursor.accept(&["INCLUDE"]) {
        index.include = cursor.ident_list()?;
    }
    if cursor.accept(&["WHERE"]) {
        index.predicate = Some(predicate(cursor)?);
    }
    Some(Operation::CreateIndex {
        index,
        concurrently,
        if_not_exists,
    })
}

/// Reads what follows `ALTER INDEX`.
pub(super) fn rename(cursor: &mut Cursor<'_>) -> Option<Operation> {
    let from = cursor.object_name()?;
    cursor.expect(&["RENAME", "TO"])?;
    Some(Operation::RenameIndex {
        from,
        to: cursor.ident()?,
        table: None,
    })
}

/// Whether MySQL's `KEY name (columns)` stands here rather than a column of that name.
pub(super) fn starts_inline(cursor: &Cursor<'_>) -> bool {
    let special = usize::from(cursor.at_any(&["FULLTEXT", "SPATIAL"]));
    let is_word = |distance: usize, words: &[&str]| {
        cursor.peek_at(distance).is_some_and(|token| {
            token.kind == TokenKind::Word
                && words
                    .iter()
                    .any(|word| cursor.slice(token).eq_ignore_ascii_case(word))
        })
    };
    let is_name = |distance: usize| {
        cursor
            .peek_at(distance)
            .is_some_and(|token| token.kind == TokenKind::Word || token.kind.is_quoted_name())
    };
    let is_open = |distance: usize| {
        let token = cursor.peek_at(distance);
        token.is_some_and(|token| token.kind == TokenKind::Open)
    };
    // A column or, in parentheses of its own, an expression.
    let opens = |distance| is_open(distance) && (is_name(distance + 1) || is_open(distance + 1));
    if !is_word(special, &["KEY", "INDEX"]) {
        return special > 0 && (opens(1) || (is_name(1) && opens(2)));
    }
    opens(special + 1)
        || (is_name(special + 1) && (opens(special + 2) || is_word(special + 2, &["USING"])))
}

/// Reads MySQL's `KEY name (columns)`; without a name it gets the one that MySQL would give it.
pub(super) fn parse_inline(cursor: &mut Cursor<'_>, table: &ObjectName) -> Option<Index> {
    let mut method = special_method(cursor);
    if !cursor.accept(&["KEY"]) {
        cursor.accept(&["INDEX"]);
    }
    let name = if cursor.kind() == Some(TokenKind::Open) || cursor.at_word("USING") {
        None
    } else {
        Some(cursor.ident()?)
    };
    read_method(cursor, &mut method)?;
    let parts = parts(cursor)?;
    read_method(cursor, &mut method)?;
    let name = match (name, parts.first().map(|part| &part.key)) {
        (Some(name), _) => name,
        (None, Some(IndexKey::Column { name, .. })) => name.clone(),
        (None, Some(IndexKey::Expression(_)) | None) => return None,
    };
    Some(Index {
        name: Some(name),
        table: table.clone(),
        unique: false,
        parts,
        method,
        include: Vec::new(),
        predicate: None,
    })
}

/// Reads MySQL's `UNIQUE KEY name (columns)` where it says what only an index can: a direction, the
/// first characters of a column, an expression. Anything else is a constraint and left unread.
pub(super) fn parse_inline_unique(cursor: &mut Cursor<'_>, table: &ObjectName) -> Option<Index> {
    let mark = cursor.mark();
    let is_key = cursor.accept(&["UNIQUE", "KEY"]) || cursor.accept(&["UNIQUE", "INDEX"]);
    let index = is_key.then(|| named_unique(cursor, table)).flatten();
    let is_plain = |part: &IndexPart| match &part.key {
        IndexKey::Column { name, length } => {
            length.is_none() && *part == IndexPart::column(name.clone())
        }
        IndexKey::Expression(_) => false,
    };
    let index = index.filter(|index| !index.parts.iter().all(is_plain));
    if index.is_none() {
        cursor.reset(mark);
    }
    index
}

fn named_unique(cursor: &mut Cursor<'_>, table: &ObjectName) -> Option<Index> {
    let name = Some(cursor.ident()?);
    let mut method = None;
    read_method(cursor, &mut method)?;
    let parts = parts(cursor)?;
    read_method(cursor, &mut method)?;
    Some(Index {
        name,
        table: table.clone(),
        unique: true,
        parts,
        method,
        include: Vec::new(),
        predicate: None,
    })
}

fn special_method(cursor: &mut Cursor<'_>) -> Option<Ident> {
    ["FULLTEXT", "SPATIAL"]
        .into_iter()
        .find(|method| cursor.accept(&[method]))
        .map(Ident::from)
}

fn read_method(cursor: &mut Cursor<'_>, method: &mut Option<Ident>) -> Option<()> {
    if cursor.accept(&["USING"]) {
        let named = cursor.ident()?;
        if method.replace(named).is_some() {
            return None;
        }
    }
    Some(())
}

/// Reads the rest of the statement as a condition, without its outer parentheses.
fn predicate(cursor: &mut Cursor<'_>) -> Option<Expression> {
    let mark = cursor.mark();
    while cursor.advance().is_some() {}
    expression::join_inner(cursor, cursor.since(mark))
}

fn parts(cursor: &mut Cursor<'_>) -> Option<Vec<IndexPart>> {
    let tokens = cursor.parenthesised()?;
    let mut inside = cursor.within(tokens);
    let mut parts = vec![part(&mut inside)?];
    while inside.accept_kind(TokenKind::Comma) {
        parts.push(part(&mut inside)?);
    }
    inside.end()?;
    Some(parts)
}

fn part(cursor: &mut Cursor<'_>) -> Option<IndexPart> {
    let mut part = IndexPart {
        key: key(cursor)?,
        collation: None,
        operator_class: None,
        order: SortOrder::Ascending,
        nulls: None,
    };
    if cursor.accept(&["COLLATE"]) {
        part.collation = Some(super::column::collation(cursor)?);
    }
    let is_class = cursor.kind().is_some_and(is_name) && !cursor.at_any(&PART_ENDS);
    if is_class {
        part.operator_class = Some(cursor.object_name()?);
    }
    if cursor.accept(&["DESC"]) {
        part.order = SortOrder::Descending;
    } else {
        cursor.accept(&["ASC"]);
    }
    if cursor.accept(&["NULLS", "FIRST"]) {
        part.nulls = Some(NullsOrder::First);
    } else if cursor.accept(&["NULLS", "LAST"]) {
        part.nulls = Some(NullsOrder::Last);
    }
    matches!(cursor.kind(), None | Some(TokenKind::Comma)).then_some(part)
}

/// Reads a column, a column's first characters, or an expression.
fn key(cursor: &mut Cursor<'_>) -> Option<IndexKey> {
    let mark = cursor.mark();
    if let Some(name) = cursor.ident() {
        if let Some(length) = prefix_length(cursor) {
            return Some(IndexKey::Column {
                name,
                length: Some(length),
            });
        }
        let is_column = match cursor.kind() {
            None | Some(TokenKind::Comma) => true,
            Some(kind) => is_name(kind),
        };
        if is_column {
            return Some(IndexKey::Column { name, length: None });
        }
    }
    cursor.reset(mark);
    let tokens = operand(cursor)?;
    expression::join_inner(cursor, tokens).map(IndexKey::Expression)
}

/// Reads `(10)` behind a column.
fn prefix_length(cursor: &mut Cursor<'_>) -> Option<u32> {
    let mark = cursor.mark();
    let length = cursor
        .accept_kind(TokenKind::Open)
        .then(|| cursor.number())
        .flatten();
    if length.is_some() && cursor.accept_kind(TokenKind::Close) {
        return length;
    }
    cursor.reset(mark);
    None
}

/// Reads an expression in parentheses or a call; where it is neither (SQLite), all up to the words
/// that say how it is sorted.
fn operand<'a>(cursor: &mut Cursor<'a>) -> Option<&'a [Token]> {
    let mark = cursor.mark();
    loop {
        match cursor.kind() {
            None | Some(TokenKind::Comma) => break,
            Some(TokenKind::Open) => {
                cursor.parenthesised()?;
                if cursor.kind().is_some_and(is_name) && !is_infix(cursor) {
                    break;
                }
            }
            Some(_) if cursor.mark() > mark && cursor.at_any(&PART_ENDS) => break,
            Some(_) => {
                cursor.advance();
            }
        }
    }
    Some(cursor.since(mark))
}

/// Whether a word here goes on with the expression.
fn is_infix(cursor: &Cursor<'_>) -> bool {
    cursor.at_any(&[
        "AND", "OR", "IS", "IN", "NOT", "LIKE", "GLOB", "BETWEEN", "AT", "ISNULL", "NOTNULL",
    ])
}

fn is_name(kind: TokenKind) -> bool {
    kind == TokenKind::Word || kind.is_quoted_name()
}

/// Words that follow the key of a part.
const PART_ENDS: [&str; 4] = ["ASC", "DESC", "NULLS", "COLLATE"];
