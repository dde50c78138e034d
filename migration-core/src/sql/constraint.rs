//! Constraints, inside a column and beside the columns.

use super::cursor::Cursor;
use super::expression;
use super::token::TokenKind;
use crate::schema::{
    Constraint, ConstraintKind, Deferrability, ForeignKey, Ident, MatchKind, ReferentialAction,
};

/// Whether a table constraint stands here rather than a column.
pub(super) fn starts(cursor: &Cursor<'_>) -> bool {
    const FIRST: [&str; 6] = [
        "CONSTRAINT",
        "EXCLUDE",
        "PRIMARY",
        "FOREIGN",
        "CHECK",
        "UNIQUE",
    ];
    if !cursor.at_any(&FIRST) {
        return false;
    }
    cursor.at_any(&["CONSTRAINT", "EXCLUDE"])
        || cursor.at_words(&["PRIMARY", "KEY"])
        || cursor.at_words(&["FOREIGN", "KEY"])
        || starts_with_parenthesis(cursor, "CHECK")
        || starts_with_parenthesis(cursor, "UNIQUE")
        || cursor.at_words(&["UNIQUE", "KEY"])
        || cursor.at_words(&["UNIQUE", "INDEX"])
        || cursor.at_words(&["UNIQUE", "NULLS"])
        || cursor.at_words(&["UNIQUE", "USING"])
        || (cursor.at_word("UNIQUE")
            && cursor
                .peek_at(2)
                .is_some_and(|token| token.kind == TokenKind::Open))
}

fn starts_with_parenthesis(cursor: &Cursor<'_>, word: &str) -> bool {
    cursor.at_word(word)
        && cursor
            .peek_at(1)
            .is_some_and(|token| token.kind == TokenKind::Open)
}

/// Reads a table constraint with its name and what follows it.
pub(super) fn parse(cursor: &mut Cursor<'_>) -> Option<Constraint> {
    let (constraint, is_numbered) = parse_in_table(cursor)?;
    (!is_numbered).then_some(constraint)
}

/// Reads a table constraint; true when its key says `AUTOINCREMENT` (SQLite).
pub(super) fn parse_in_table(cursor: &mut Cursor<'_>) -> Option<(Constraint, bool)> {
    let mut name = constraint_name(cursor)?;
    let mut is_numbered = false;
    let kind = if cursor.accept(&["PRIMARY", "KEY"]) {
        let columns;
        (columns, is_numbered) = key_columns(cursor)?;
        ConstraintKind::PrimaryKey { columns }
    } else if cursor.accept(&["UNIQUE"]) {
        if !cursor.accept(&["KEY"]) {
            cursor.accept(&["INDEX"]);
        }
        if cursor.kind() != Some(TokenKind::Open) {
            let index = cursor.ident()?;
            name = name.or(Some(index));
        }
        let (columns, _) = key_columns(cursor)?;
        ConstraintKind::Unique { columns }
    } else if cursor.accept(&["FOREIGN", "KEY"]) {
        let columns = cursor.ident_list()?;
        cursor.expect(&["REFERENCES"])?;
        ConstraintKind::ForeignKey(reference(cursor, columns)?)
    } else {
        check(cursor)?
    };
    let mut constraint = Constraint::new(name, kind);
    while characteristic(cursor, &mut constraint)? {}
    Some((constraint, is_numbered))
}

/// Reads the columns of a key, each ascending; true when `AUTOINCREMENT` stands behind them.
fn key_columns(cursor: &mut Cursor<'_>) -> Option<(Vec<Ident>, bool)> {
    cursor.expect_kind(TokenKind::Open)?;
    let mut columns = Vec::new();
    loop {
        columns.push(cursor.ident()?);
        cursor.accept(&["ASC"]);
        if !cursor.accept_kind(TokenKind::Comma) {
            break;
        }
    }
    let is_numbered = cursor.accept(&["AUTOINCREMENT"]);
    cursor.expect_kind(TokenKind::Close)?;
    Some((columns, is_numbered))
}

/// Reads `CONSTRAINT name`, if it stands here; MySQL may leave the name out.
fn constraint_name(cursor: &mut Cursor<'_>) -> Option<Option<Ident>> {
    if !cursor.accept(&["CONSTRAINT"]) {
        return Some(None);
    }
    let is_unnamed = cursor.at_words(&["PRIMARY", "KEY"])
        || cursor.at_words(&["FOREIGN", "KEY"])
        || starts_with_parenthesis(cursor, "CHECK")
        || starts_with_parenthesis(cursor, "UNIQUE");
    if is_unnamed {
        return Some(None);
    }
    cursor.ident().map(Some)
}

/// Reads `CHECK (condition)`.
pub(super) fn check(cursor: &mut Cursor<'_>) -> Option<ConstraintKind> {
    cursor.expect(&["CHECK"])?;
    let tokens = cursor.parenthesised()?;
    Some(ConstraintKind::Check {
        expression: expression::join_inner(cursor, tokens)?,
    })
}

/// Reads what follows `REFERENCES`.
pub(super) fn reference(cursor: &mut Cursor<'_>, columns: Vec<Ident>) -> Option<ForeignKey> {
    let references = cursor.object_name()?;
    let referenced_columns = if cursor.kind() == Some(TokenKind::Open) {
        cursor.ident_list()?
    } else {
        Vec::new()
    };
    let mut key = ForeignKey {
        columns,
        references,
        referenced_columns,
        on_update: ReferentialAction::default(),
        on_delete: ReferentialAction::default(),
        match_kind: MatchKind::default(),
    };
    loop {
        if cursor.accept(&["ON", "DELETE"]) {
            key.on_delete = action(cursor)?;
        } else if cursor.accept(&["ON", "UPDATE"]) {
            key.on_update = action(cursor)?;
        } else if cursor.accept(&["MATCH", "FULL"]) {
            key.match_kind = MatchKind::Full;
        } else if !cursor.accept(&["MATCH", "SIMPLE"]) {
            return (!cursor.at_word("MATCH")).then_some(key);
        }
    }
}

fn action(cursor: &mut Cursor<'_>) -> Option<ReferentialAction> {
    let action = if cursor.accept(&["NO", "ACTION"]) {
        ReferentialAction::NoAction
    } else if cursor.accept(&["RESTRICT"]) {
        ReferentialAction::Restrict
    } else if cursor.accept(&["CASCADE"]) {
        ReferentialAction::Cascade
    } else if cursor.accept(&["SET", "NULL"]) {
        ReferentialAction::SetNull
    } else if cursor.accept(&["SET", "DEFAULT"]) {
        ReferentialAction::SetDefault
    } else {
        return None;
    };
    // Only PostgreSQL can set some of the columns.
    (cursor.kind() != Some(TokenKind::Open)).then_some(action)
}

/// Reads one of the words that say when a constraint is checked, if one stands here.
pub(super) fn characteristic(cursor: &mut Cursor<'_>, constraint: &mut Constraint) -> Option<bool> {
    if cursor.accept(&["NOT", "DEFERRABLE"]) {
        cursor.accept(&["INITIALLY", "IMMEDIATE"]);
        constraint.deferrability = Deferrability::NotDeferrable;
    } else if cursor.accept(&["DEFERRABLE"]) {
        if constraint.deferrability == Deferrability::NotDeferrable {
            constraint.deferrability = Deferrability::InitiallyImmediate;
        }
    } else if cursor.accept(&["INITIALLY", "DEFERRED"]) {
        constraint.deferrability = Deferrability::InitiallyDeferred;
    } else if cursor.accept(&["INITIALLY", "IMMEDIATE"]) {
        // The rule for a constraint that is not deferrable, too.
    } else if cursor.accept(&["NOT", "VALID"]) {
        constraint.not_valid = true;
    } else {
        return Some(false);
    }
    Some(true)
}
