//! `CREATE TABLE`.

use super::column;
use super::constraint;
use super::cursor::Cursor;
use super::expression;
use super::index;
use super::token::TokenKind;
use crate::operation::Operation;
use crate::schema::{Column, Constraint, ConstraintKind, Identity, Index, Table, TableOption};

/// Reads what follows `CREATE`: the table, then the indexes that MySQL writes inside it.
pub(super) fn parse(cursor: &mut Cursor<'_>) -> Option<Vec<Operation>> {
    if !cursor.accept(&["GLOBAL"]) {
        cursor.accept(&["LOCAL"]);
    }
    let temporary = cursor.accept(&["TEMPORARY"]) || cursor.accept(&["TEMP"]);
    cursor.expect(&["TABLE"])?;
    let if_not_exists = cursor.if_not_exists();
    let mut table = Table::new(cursor.object_name()?);
    table.temporary = temporary;
    let indexes = elements(cursor, &mut table)?;
    options(cursor, &mut table)?;
    // Whether an index is there already cannot be asked for on every engine that writes this.
    if if_not_exists && !indexes.is_empty() {
        return None;
    }
    let mut operations = vec![Operation::CreateTable {
        table,
        if_not_exists,
    }];
    operations.extend(indexes.into_iter().map(|index| Operation::CreateIndex {
        index,
        concurrently: false,
        if_not_exists: false,
    }));
    Some(operations)
}

fn add(indexes: &mut Vec<Index>, index: Index) -> Option<()> {
    if indexes.iter().any(|other| other.name == index.name) {
        return None;
    }
    indexes.push(index);
    Some(())
}

fn elements(cursor: &mut Cursor<'_>, table: &mut Table) -> Option<Vec<Index>> {
    let mut indexes: Vec<Index> = Vec::new();
    cursor.expect_kind(TokenKind::Open)?;
    table.columns.reserve(cursor.commas() + 1);
    loop {
        if cursor.at_word("LIKE") || cursor.at_words(&["PERIOD", "FOR"]) {
            return None;
        }
        if let Some(index) = index::parse_inline_unique(cursor, &table.name) {
            add(&mut indexes, index)?;
        } else if constraint::starts(cursor) {
            let (constraint, is_numbered) = constraint::parse_in_table(cursor)?;
            if is_numbered {
                number_rows(table, &constraint)?;
            }
            table.constraints.push(constraint);
        } else if index::starts_inline(cursor) {
            let index = index::parse_inline(cursor, &table.name)?;
            add(&mut indexes, index)?;
        } else {
            let definition = column::parse(cursor)?;
            table.columns.push(definition.column);
            table.constraints.extend(definition.constraints);
        }
        if !cursor.accept_kind(TokenKind::Comma) {
            break;
        }
    }
    cursor.expect_kind(TokenKind::Close)?;
    Some(indexes)
}

/// Gives the column of the key the mark that SQLite allows to stand in the key.
fn number_rows(table: &mut Table, key: &Constraint) -> Option<()> {
    match &key.kind {
        ConstraintKind::PrimaryKey { columns } => {
            let [column] = columns.as_slice() else {
                return None;
            };
            // SQLite ignores the case of names.
            let is_key = |it: &&mut Column| it.name.as_str().eq_ignore_ascii_case(column.as_str());
            let numbered = table.columns.iter_mut().find(is_key)?;
            numbered.identity = Some(Identity::AutoIncrement);
            Some(())
        }
        ConstraintKind::Unique { .. }
        | ConstraintKind::ForeignKey(_)
        | ConstraintKind::Check { .. } => None,
    }
}

/// Reads what stands behind the parenthesis.
fn options(cursor: &mut Cursor<'_>, table: &mut Table) -> Option<()> {
    while !cursor.is_at_end() {
        cursor.accept_kind(TokenKind::Comma);
        if cursor.accept(&["COMMENT"]) {
            cursor.accept_operator("=");
            table.comment = cursor.comment()?;
        } else {
            table.options.push(option(cursor)?);
        }
    }
    Some(())
}

fn option(cursor: &mut Cursor<'_>) -> Option<TableOption> {
    for words in [
        ["STRICT"].as_slice(),
        &["WITHOUT", "ROWID"],
        &["WITHOUT", "OIDS"],
        &["ON", "COMMIT", "DROP"],
        &["ON", "COMMIT", "DELETE", "ROWS"],
        &["ON", "COMMIT", "PRESERVE", "ROWS"],
    ] {
        if cursor.accept(words) {
            return Some(TableOption {
                keyword: words.join(" "),
                value: None,
            });
        }
    }
    if cursor.accept(&["WITH"]) {
        let mark = cursor.mark();
        cursor.parenthesised()?;
        return Some(TableOption {
            keyword: "WITH".to_owned(),
            value: Some(expression::join(cursor, cursor.since(mark))?),
        });
    }
    cursor.accept(&["DEFAULT"]);
    let keyword = option_keyword(cursor)?;
    let mark = cursor.mark();
    cursor.advance()?;
    Some(TableOption {
        keyword,
        value: Some(expression::join(cursor, cursor.since(mark))?),
    })
}

/// Reads the key words of an option: known ones, or any word before an equals sign.
fn option_keyword(cursor: &mut Cursor<'_>) -> Option<String> {
    if let Some(words) = OPTIONS_WITH_VALUE
        .iter()
        .find(|words| cursor.at_words(words))
    {
        cursor.accept(words);
        cursor.accept_operator("=");
        return Some(words.join(" "));
    }
    let word = cursor.advance()?;
    let is_option = word.kind == TokenKind::Word && cursor.accept_operator("=");
    is_option.then(|| cursor.slice(word).to_ascii_uppercase())
}

const OPTIONS_WITH_VALUE: [&[&str]; 22] = [
    &["AUTO_INCREMENT"],
    &["AVG_ROW_LENGTH"],
    &["CHARACTER", "SET"],
    &["CHARSET"],
    &["CHECKSUM"],
    &["COLLATE"],
    &["COMPRESSION"],
    &["DELAY_KEY_WRITE"],
    &["ENCRYPTED"],
    &["ENCRYPTION"],
    &["ENGINE"],
    &["KEY_BLOCK_SIZE"],
    &["MAX_ROWS"],
    &["MIN_ROWS"],
    &["PACK_KEYS"],
    &["PAGE_CHECKSUM"],
    &["PAGE_COMPRESSED"],
    &["ROW_FORMAT"],
    &["STATS_AUTO_RECALC"],
    &["STATS_PERSISTENT"],
    &["TABLESPACE"],
    &["USING"],
];
