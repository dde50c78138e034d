//! Which object a statement that passes through as written makes or drops.

use super::cursor::Cursor;
use super::lexer::{Lexer, Rules};
use super::{Fold, ParseOptions};
use crate::schema::ObjectName;
use crate::text::{Source, Span};

/// An object that is known by its text only.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Subject {
    /// What it is, in the words of SQL in lower case: `function`, `trigger`, `materialized view`.
    pub kind: &'static str,
    /// Its name.
    pub name: ObjectName,
    /// What it stands on, when its kind stands on a table.
    pub table: Option<ObjectName>,
}

/// What a statement does to its [`Subject`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Deed {
    /// `CREATE`, `ENABLE`.
    Makes,
    /// `DROP`, `DISABLE`.
    Drops,
}

/// Words of a kind, and whether it stands on a table.
const KINDS: &[(&[&str], &str, bool)] = &[
    (&["FUNCTION"], "function", false),
    (&["AGGREGATE", "FUNCTION"], "function", false),
    (&["PROCEDURE"], "procedure", false),
    (&["EVENT", "TRIGGER"], "event trigger", false),
    (&["CONSTRAINT", "TRIGGER"], "trigger", true),
    (&["TRIGGER"], "trigger", true),
    (&["POLICY"], "policy", true),
    (&["RULE"], "rule", false),
    (&["MATERIALIZED", "VIEW"], "materialized view", false),
    (&["RECURSIVE", "VIEW"], "view", false),
    (&["VIEW"], "view", false),
    (&["VIRTUAL", "TABLE"], "table", false),
    (&["UNLOGGED", "TABLE"], "table", false),
    (&["FOREIGN", "TABLE"], "table", false),
    (&["TABLE"], "table", false),
    (&["DOMAIN"], "domain", false),
    (&["TYPE"], "type", false),
    (&["EXTENSION"], "extension", false),
    (&["SEQUENCE"], "sequence", false),
    (&["STATISTICS"], "statistics", false),
    (&["EVENT"], "event", false),
    (&["PACKAGE", "BODY"], "package body", false),
    (&["PACKAGE"], "package", false),
];

/// What a statement makes or drops, the prefix in place; none when it does something else.
pub fn subject(sql: &str, fold: Fold, backslash_escapes: bool) -> Option<(Subject, Deed)> {
    let options = ParseOptions {
        prefix: super::prefix::MARK.to_owned(),
        fold,
        backslash_escapes,
    };
    let rules = if backslash_escapes {
        Rules::MYSQL
    } else {
        Rules::STANDARD
    };
    let source = Source::new("statement", sql);
    let mut lexer = Lexer::new(&source, Span::new(0, sql.len()), rules);
    let mut tokens = Vec::new();
    // The head says it all; a body may be long.
    while tokens.len() < HEAD {
        match lexer.next().ok()? {
            Some(token) if token.kind.is_comment() => {}
            Some(token) => tokens.push(token),
            None => break,
        }
    }
    let mut cursor = Cursor::new(&source, &tokens, &options);
    if cursor.accept(&["CREATE"]) {
        return Some((made(&mut cursor)?, Deed::Makes));
    }
    if cursor.accept(&["DROP"]) {
        return Some((dropped(&mut cursor)?, Deed::Drops));
    }
    cursor.expect(&["ALTER", "TABLE"])?;
    row_security(&mut cursor)
}

const HEAD: usize = 60;

fn made(cursor: &mut Cursor<'_>) -> Option<Subject> {
    let (kind, on_table) = before_name(cursor)?;
    let name = cursor.object_name()?;
    let table = if on_table { on(cursor) } else { None };
    Some(Subject { kind, name, table })
}

/// Passes everything between `CREATE` and the name.
fn before_name(cursor: &mut Cursor<'_>) -> Option<(&'static str, bool)> {
    cursor.accept(&["OR", "REPLACE"]);
    cursor.accept(&["TEMPORARY"]);
    // `ALGORITHM = MERGE DEFINER = a@b SQL SECURITY DEFINER`.
    let kind = loop {
        if let Some(kind) = kind(cursor) {
            break kind;
        }
        cursor.advance()?;
    };
    cursor.if_not_exists();
    Some(kind)
}

/// Where the name of what a `CREATE` statement makes stands.
pub(super) fn span_of_name(sql: &str, options: &ParseOptions) -> Option<Span> {
    let source = Source::new("statement", sql);
    let tokens = super::lexeme::tokens(sql, options)?;
    let mut cursor = Cursor::new(&source, &tokens, options);
    cursor.expect(&["CREATE"])?;
    before_name(&mut cursor)?;
    let mark = cursor.mark();
    cursor.object_name()?;
    let (first, last) = (*cursor.since(mark).first()?, *cursor.since(mark).last()?);
    Some(Span::new(first.span.start, last.span.end))
}

fn dropped(cursor: &mut Cursor<'_>) -> Option<Subject> {
    let (kind, _) = kind(cursor)?;
    cursor.if_exists();
    let name = cursor.object_name()?;
    let table = if cursor.accept(&["ON"]) {
        cursor.object_name()
    } else {
        None
    };
    Some(Subject { kind, name, table })
}

fn kind(cursor: &mut Cursor<'_>) -> Option<(&'static str, bool)> {
    KINDS
        .iter()
        .find(|(words, ..)| cursor.accept(words))
        .map(|(_, kind, on_table)| (*kind, *on_table))
}

/// The table behind the first `ON`.
fn on(cursor: &mut Cursor<'_>) -> Option<ObjectName> {
    while !cursor.accept(&["ON"]) {
        cursor.advance()?;
    }
    cursor.object_name()
}

fn row_security(cursor: &mut Cursor<'_>) -> Option<(Subject, Deed)> {
    cursor.if_exists();
    cursor.accept(&["ONLY"]);
    let name = cursor.object_name()?;
    let found = [
        ("ENABLE", "row-level security", Deed::Makes),
        ("DISABLE", "row-level security", Deed::Drops),
    ];
    let (_, kind, deed) = found
        .into_iter()
        .find(|(word, ..)| cursor.accept(&[word, "ROW", "LEVEL", "SECURITY"]))?;
    let subject = Subject {
        kind,
        name,
        table: None,
    };
    Some((subject, deed))
}
