//! `ALTER TABLE`, with any number of actions, and `RENAME TABLE`.

use super::column::{self, ColumnDefinition};
use super::constraint;
use super::cursor::Cursor;
use super::expression;
use super::index;
use super::token::TokenKind;
use super::types;
use crate::operation::{ConstraintTarget, IdentityChange, Operation};
use crate::schema::{DataType, Ident, Identity, ObjectName};

/// Reads what follows `ALTER TABLE`.
pub(super) fn parse(cursor: &mut Cursor<'_>) -> Option<Vec<Operation>> {
    if cursor.at_words(&["IF", "EXISTS"]) || cursor.at_word("ONLY") {
        return None;
    }
    let table = cursor.object_name()?;
    let mut operations = Vec::new();
    loop {
        action(cursor, &table, &mut operations)?;
        if !cursor.accept_kind(TokenKind::Comma) {
            break;
        }
    }
    // What stands behind a new name would have to use it.
    let renames_itself = operations
        .iter()
        .any(|operation| matches!(operation, Operation::RenameTable { .. }));
    (!renames_itself || operations.len() == 1).then_some(operations)
}

/// Reads what follows `RENAME TABLE`.
pub(super) fn renames(cursor: &mut Cursor<'_>) -> Option<Vec<Operation>> {
    let mut operations = Vec::new();
    loop {
        let from = cursor.object_name()?;
        cursor.expect(&["TO"])?;
        let to = new_name(cursor, &from)?;
        operations.push(Operation::RenameTable { from, to });
        if !cursor.accept_kind(TokenKind::Comma) {
            return Some(operations);
        }
    }
}

/// Reads a table's new name, which may repeat its schema but not change it.
fn new_name(cursor: &mut Cursor<'_>, from: &ObjectName) -> Option<Ident> {
    let to = cursor.object_name()?;
    (to.schema.is_none() || to.schema == from.schema).then_some(to.name)
}

fn action(
    cursor: &mut Cursor<'_>,
    table: &ObjectName,
    operations: &mut Vec<Operation>,
) -> Option<()> {
    if cursor.accept(&["ADD"]) {
        operations.push(add(cursor, table)?);
    } else if cursor.accept(&["DROP"]) {
        operations.push(drop(cursor, table)?);
    } else if cursor.accept(&["RENAME"]) {
        operations.push(rename(cursor, table)?);
    } else if cursor.accept(&["ALTER"]) {
        operations.push(alter_column(cursor, table)?);
    } else if cursor.accept(&["MODIFY"]) {
        cursor.accept(&["COLUMN"]);
        let definition = column::parse(cursor)?;
        redefine(table, definition, operations)?;
    } else if cursor.accept(&["CHANGE"]) {
        cursor.accept(&["COLUMN"]);
        let from = cursor.ident()?;
        let definition = column::parse(cursor)?;
        let to = definition.column.name.clone();
        if from != to {
            let table = table.clone();
            operations.push(Operation::RenameColumn { table, from, to });
        }
        redefine(table, definition, operations)?;
    } else if cursor.accept(&["COMMENT"]) {
        cursor.accept_operator("=");
        let comment = cursor.string()?;
        operations.push(Operation::SetTableComment {
            table: table.clone(),
            comment: (!comment.is_empty()).then_some(comment),
        });
    } else {
        cursor.expect(&["VALIDATE", "CONSTRAINT"])?;
        operations.push(Operation::ValidateConstraint {
            table: table.clone(),
            name: cursor.ident()?,
        });
    }
    Some(())
}

fn add(cursor: &mut Cursor<'_>, table: &ObjectName) -> Option<Operation> {
    let table = table.clone();
    if constraint::starts(cursor) {
        let constraint = constraint::parse(cursor)?;
        return Some(Operation::AddConstraint { table, constraint });
    }
    if index::starts_inline(cursor) {
        return Some(Operation::CreateIndex {
            index: index::parse_inline(cursor, &table)?,
            concurrently: false,
            if_not_exists: false,
        });
    }
    cursor.accept(&["COLUMN"]);
    let if_not_exists = cursor.if_not_exists();
    let definition = column::parse(cursor)?;
    Some(Operation::AddColumn {
        table,
        column: definition.column,
        constraints: definition.constraints,
        if_not_exists,
    })
}

fn drop(cursor: &mut Cursor<'_>, table: &ObjectName) -> Option<Operation> {
    if cursor.accept(&["PRIMARY", "KEY"]) {
        return Some(drop_constraint(table, ConstraintTarget::PrimaryKey));
    }
    if cursor.accept(&["CONSTRAINT"]) {
        return drop_named(cursor, table);
    }
    if cursor.at_words(&["FOREIGN", "KEY"]) || is_kind_before_name(cursor, &["CHECK"]) {
        cursor.accept(&["FOREIGN"]);
        cursor.advance();
        return drop_named(cursor, table);
    }
    let table = table.clone();
    if is_kind_before_name(cursor, &["INDEX", "KEY"]) {
        cursor.advance();
        let if_exists = cursor.if_exists();
        return Some(Operation::DropIndex {
            name: table.sibling(cursor.ident()?),
            table: Some(table),
            concurrently: false,
            if_exists,
        });
    }
    if is_kind_before_name(cursor, &["COLUMN"]) {
        cursor.advance();
    }
    let if_exists = cursor.if_exists();
    Some(Operation::DropColumn {
        table,
        column: cursor.ident()?,
        if_exists,
        cascade: cursor.cascade(),
    })
}

fn drop_named(cursor: &mut Cursor<'_>, table: &ObjectName) -> Option<Operation> {
    let if_exists = cursor.if_exists();
    let target = ConstraintTarget::Named(cursor.ident()?);
    Some(Operation::DropConstraint {
        table: table.clone(),
        target,
        if_exists,
        cascade: cursor.cascade(),
    })
}

fn drop_constraint(table: &ObjectName, target: ConstraintTarget) -> Operation {
    Operation::DropConstraint {
        table: table.clone(),
        target,
        if_exists: false,
        cascade: false,
    }
}

/// Whether one of these words stands here with a name behind it, so that it is no name itself.
fn is_kind_before_name(cursor: &Cursor<'_>, words: &[&str]) -> bool {
    cursor.at_any(words)
        && cursor.peek_at(1).is_some_and(|token| {
            let is_word = token.kind == TokenKind::Word
                && !["CASCADE", "RESTRICT"]
                    .iter()
                    .any(|word| cursor.slice(token).eq_ignore_ascii_case(word));
            is_word || token.kind.is_quoted_name()
        })
}

fn rename(cursor: &mut Cursor<'_>, table: &ObjectName) -> Option<Operation> {
    if cursor.accept(&["TO"]) || cursor.accept(&["AS"]) {
        return Some(Operation::RenameTable {
            from: table.clone(),
            to: new_name(cursor, table)?,
        });
    }
    if is_kind_before_name(cursor, &["CONSTRAINT"]) && !cursor.at_words(&["CONSTRAINT", "TO"]) {
        cursor.advance();
        let (from, to) = from_to(cursor)?;
        let table = table.clone();
        return Some(Operation::RenameConstraint { table, from, to });
    }
    let is_index = is_kind_before_name(cursor, &["INDEX", "KEY"])
        && !cursor.at_words(&["INDEX", "TO"])
        && !cursor.at_words(&["KEY", "TO"]);
    if is_index {
        cursor.advance();
        let (from, to) = from_to(cursor)?;
        return Some(Operation::RenameIndex {
            from: table.sibling(from),
            to,
            table: Some(table.clone()),
        });
    }
    if is_kind_before_name(cursor, &["COLUMN"]) && !cursor.at_words(&["COLUMN", "TO"]) {
        cursor.advance();
    }
    let from = cursor.ident()?;
    if !cursor.accept(&["TO"]) {
        // MySQL may leave out the TO before a table's new name.
        return cursor.is_at_end().then(|| Operation::RenameTable {
            from: table.clone(),
            to: from,
        });
    }
    Some(Operation::RenameColumn {
        table: table.clone(),
        from,
        to: cursor.ident()?,
    })
}

fn from_to(cursor: &mut Cursor<'_>) -> Option<(Ident, Ident)> {
    let from = cursor.ident()?;
    cursor.expect(&["TO"])?;
    Some((from, cursor.ident()?))
}

fn alter_column(cursor: &mut Cursor<'_>, table: &ObjectName) -> Option<Operation> {
    if is_kind_before_name(cursor, &["COLUMN"]) {
        cursor.advance();
    }
    let table = table.clone();
    let column = cursor.ident()?;
    if cursor.accept(&["TYPE"]) || cursor.accept(&["SET", "DATA", "TYPE"]) {
        return set_type(cursor, table, column);
    }
    if let Some(change) = identity(cursor)? {
        return Some(Operation::SetIdentity {
            table,
            column,
            change,
        });
    }
    if cursor.accept(&["DROP", "EXPRESSION"]) {
        return Some(Operation::DropExpression {
            table,
            column,
            if_exists: cursor.if_exists(),
        });
    }
    let is_set = cursor.accept(&["SET"]);
    if !is_set {
        cursor.expect(&["DROP"])?;
    }
    if cursor.accept(&["NOT", "NULL"]) {
        return Some(Operation::SetNullable {
            table,
            column,
            nullable: !is_set,
        });
    }
    cursor.expect(&["DEFAULT"])?;
    let default = if is_set {
        Some(expression::until(cursor, &[])?)
    } else {
        None
    };
    Some(Operation::SetDefault {
        table,
        column,
        default,
    })
}

/// Reads what happens to the numbering of rows; the inner none means that nothing does.
fn identity(cursor: &mut Cursor<'_>) -> Option<Option<IdentityChange>> {
    if cursor.accept(&["ADD"]) {
        let always = generated(cursor)?;
        cursor.expect(&["AS", "IDENTITY"])?;
        return Some(Some(IdentityChange::Add(Identity::Standard { always })));
    }
    if cursor.accept(&["DROP", "IDENTITY"]) {
        let if_exists = cursor.if_exists();
        return Some(Some(IdentityChange::Drop { if_exists }));
    }
    if cursor.at_words(&["SET", "GENERATED"]) {
        cursor.advance();
        let always = generated(cursor)?;
        // `SET GENERATED ALWAYS SET INCREMENT 2` is for PostgreSQL to read.
        let ends = matches!(cursor.kind(), None | Some(TokenKind::Comma));
        return ends.then_some(Some(IdentityChange::Set { always }));
    }
    Some(None)
}

fn generated(cursor: &mut Cursor<'_>) -> Option<bool> {
    let always = cursor.accept(&["GENERATED", "ALWAYS"]);
    if !always {
        cursor.expect(&["GENERATED", "BY", "DEFAULT"])?;
    }
    Some(always)
}

fn set_type(cursor: &mut Cursor<'_>, table: ObjectName, column: Ident) -> Option<Operation> {
    let named = types::parse(cursor)?;
    let is_declared = named.identity.is_none() && !is_empty(&named.data_type);
    if !is_declared {
        return None;
    }
    let collation = if cursor.accept(&["COLLATE"]) {
        Some(column::collation(cursor)?)
    } else {
        None
    };
    let using = if cursor.accept(&["USING"]) {
        Some(expression::until(cursor, &[])?)
    } else {
        None
    };
    if cursor.cascade() {
        return None;
    }
    Some(Operation::SetType {
        table,
        column,
        data_type: named.data_type,
        collation,
        using,
    })
}

fn is_empty(data_type: &DataType) -> bool {
    matches!(data_type, DataType::Other(text) if text.as_str().is_empty())
}

/// What MySQL's `MODIFY` and `CHANGE` say about a column, if nothing but type, nullability,
/// default and collation: what they leave out, they take away.
fn redefine(
    table: &ObjectName,
    definition: ColumnDefinition,
    operations: &mut Vec<Operation>,
) -> Option<()> {
    let column = definition.column;
    let says_more = !definition.constraints.is_empty()
        || column.identity.is_some()
        || column.generated.is_some()
        || column.comment.is_some()
        || !column.attributes.is_empty()
        || is_empty(&column.data_type);
    if says_more {
        return None;
    }
    operations.push(Operation::SetType {
        table: table.clone(),
        column: column.name.clone(),
        data_type: column.data_type,
        collation: column.collation,
        using: None,
    });
    operations.push(Operation::SetNullable {
        table: table.clone(),
        column: column.name.clone(),
        nullable: column.nullable,
    });
    operations.push(Operation::SetDefault {
        table: table.clone(),
        column: column.name,
        default: column.default,
    });
    Some(())
}
