//! Column definitions: name, type, and the clauses behind it in any order.

use super::constraint;
use super::cursor::Cursor;
use super::expression;
use super::token::TokenKind;
use super::types;
use crate::schema::{Column, Constraint, ConstraintKind, Expression, Generated, Ident, Identity};

/// A column with what was written inside it.
pub(super) struct ColumnDefinition {
    pub(super) column: Column,
    pub(super) constraints: Vec<Constraint>,
}

/// Reads a column up to the comma or parenthesis behind it.
pub(super) fn parse(cursor: &mut Cursor<'_>) -> Option<ColumnDefinition> {
    let name = cursor.ident()?;
    let named = types::parse(cursor)?;
    let mut column = Column::new(name.as_str(), named.data_type);
    column.identity = named.identity;
    let mut definition = ColumnDefinition {
        column,
        constraints: Vec::new(),
    };
    while !matches!(
        cursor.kind(),
        None | Some(TokenKind::Comma | TokenKind::Close)
    ) {
        clause(cursor, &mut definition)?;
    }
    Some(definition)
}

/// Reads one clause; none when it is not modelled.
fn clause(cursor: &mut Cursor<'_>, definition: &mut ColumnDefinition) -> Option<()> {
    if let Some(last) = definition.constraints.last_mut()
        && constraint::characteristic(cursor, last)?
    {
        return (!last.not_valid).then_some(());
    }
    let name = if cursor.accept(&["CONSTRAINT"]) {
        Some(cursor.ident()?)
    } else {
        None
    };
    if let Some(kind) = constraint_clause(cursor, definition)? {
        definition.constraints.push(Constraint::new(name, kind));
        return Some(());
    }
    if name.is_some() {
        return None;
    }
    plain_clause(cursor, definition)
}

/// Reads a clause that is a constraint of the table; the inner none means that none stands here.
fn constraint_clause(
    cursor: &mut Cursor<'_>,
    definition: &mut ColumnDefinition,
) -> Option<Option<ConstraintKind>> {
    let columns = || vec![definition.column.name.clone()];
    let kind = if cursor.accept(&["PRIMARY", "KEY"]) {
        cursor.accept(&["ASC"]);
        ConstraintKind::PrimaryKey { columns: columns() }
    } else if cursor.accept(&["UNIQUE"]) {
        cursor.accept(&["KEY"]);
        ConstraintKind::Unique { columns: columns() }
    } else if cursor.at_word("CHECK") {
        constraint::check(cursor)?
    } else if cursor.accept(&["REFERENCES"]) {
        ConstraintKind::ForeignKey(constraint::reference(cursor, columns())?)
    } else {
        return Some(None);
    };
    Some(Some(kind))
}

fn plain_clause(cursor: &mut Cursor<'_>, definition: &mut ColumnDefinition) -> Option<()> {
    let column = &mut definition.column;
    if cursor.accept(&["NOT", "NULL"]) {
        column.nullable = false;
    } else if cursor.accept(&["NULL"]) {
        column.nullable = true;
    } else if cursor.accept(&["DEFAULT"]) {
        column.default = Some(expression::until(cursor, &DEFAULT_ENDS)?);
    } else if cursor.accept(&["COLLATE"]) {
        column.collation = Some(collation(cursor)?);
    } else if cursor.accept(&["AUTO_INCREMENT"]) || cursor.accept(&["AUTOINCREMENT"]) {
        column.identity = Some(Identity::AutoIncrement);
    } else if cursor.accept(&["COMMENT"]) {
        column.comment = cursor.comment()?;
    } else if cursor.at_any(&["GENERATED", "AS"]) {
        generated(cursor, column)?;
    } else {
        column.attributes.push(attribute(cursor)?);
    }
    Some(())
}

/// Reads a collation's name without a schema.
pub(super) fn collation(cursor: &mut Cursor<'_>) -> Option<Ident> {
    let name = cursor.ident()?;
    (cursor.kind() != Some(TokenKind::Dot)).then_some(name)
}

fn generated(cursor: &mut Cursor<'_>, column: &mut Column) -> Option<()> {
    let by_default = cursor.accept(&["GENERATED", "BY", "DEFAULT"]);
    let always = !by_default && cursor.accept(&["GENERATED", "ALWAYS"]);
    cursor.expect(&["AS"])?;
    if (by_default || always) && cursor.accept(&["IDENTITY"]) {
        column.identity = Some(Identity::Standard { always });
        return (cursor.kind() != Some(TokenKind::Open)).then_some(());
    }
    if by_default {
        return None;
    }
    let tokens = cursor.parenthesised()?;
    let expression = expression::join_inner(cursor, tokens)?;
    let stored = cursor.accept(&["STORED"]) || cursor.accept(&["PERSISTENT"]);
    if !stored {
        cursor.accept(&["VIRTUAL"]);
    }
    column.generated = Some(Generated { expression, stored });
    Some(())
}

/// Reads a clause that one engine has: key words, and the value that belongs to them.
fn attribute(cursor: &mut Cursor<'_>) -> Option<Expression> {
    let mark = cursor.mark();
    if cursor.accept(&["ON", "UPDATE"]) {
        cursor.ident()?;
        if cursor.kind() == Some(TokenKind::Open) {
            cursor.parenthesised()?;
        }
    } else if cursor.accept(&["CHARACTER", "SET"]) || accept_one(cursor, &ATTRIBUTES_WITH_VALUE) {
        cursor.accept_operator("=");
        cursor.advance()?;
    } else if !(accept_one(cursor, &ATTRIBUTES)
        || cursor.accept(&["WITH", "SYSTEM", "VERSIONING"])
        || cursor.accept(&["WITHOUT", "SYSTEM", "VERSIONING"]))
    {
        return None;
    }
    expression::join(cursor, cursor.since(mark))
}

fn accept_one(cursor: &mut Cursor<'_>, words: &[&str]) -> bool {
    words.iter().any(|word| cursor.accept(&[word]))
}

const ATTRIBUTES: [&str; 3] = ["INVISIBLE", "VISIBLE", "COMPRESSED"];

const ATTRIBUTES_WITH_VALUE: [&str; 6] = [
    "CHARSET",
    "COLUMN_FORMAT",
    "COMPRESSION",
    "REF_SYSTEM_ID",
    "SRID",
    "STORAGE",
];

/// Words that end a default that is not in parentheses.
pub(super) const DEFAULT_ENDS: [&str; 24] = [
    "AFTER",
    "AS",
    "AUTOINCREMENT",
    "AUTO_INCREMENT",
    "CHARACTER",
    "CHECK",
    "COLLATE",
    "COLUMN_FORMAT",
    "COMMENT",
    "CONSTRAINT",
    "DEFAULT",
    "DEFERRABLE",
    "FIRST",
    "GENERATED",
    "INITIALLY",
    "INVISIBLE",
    "NOT",
    "NULL",
    "ON",
    "PRIMARY",
    "REFERENCES",
    "STORAGE",
    "UNIQUE",
    "VISIBLE",
];
