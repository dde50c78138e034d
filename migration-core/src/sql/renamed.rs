//! `-- renamed from old_name`: what a table or column of the models was called before.
//!
//! The comment stands above what it is about, or behind it on the same line.

use std::sync::Arc;

use super::cursor::Cursor;
use super::error::SqlError;
use super::lexer::{Lexer, Rules};
use super::split::{Item, Piece, Splitter};
use super::token::{Token, TokenKind};
use super::{ParseOptions, constraint, index};
use crate::schema::{Ident, ObjectName};
use crate::text::{Place, Source, Span};

/// One such comment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Renamed {
    /// The table, by its present name.
    pub table: ObjectName,
    /// The column, by its present name; none when it is the table that had another one.
    pub column: Option<Ident>,
    /// The former name.
    pub from: Ident,
    /// The comment.
    pub place: Place,
}

const MARK: &str = "renamed from";

/// Finds the comments that say what was renamed.
///
/// # Errors
///
/// Text that no engine could read, a comment that begins so and is not written so, one that stands
/// at nothing that could have been renamed.
pub fn renamed(
    source: &Arc<Source>,
    span: Span,
    options: &ParseOptions,
) -> Result<Vec<Renamed>, SqlError> {
    if !says_so(source.slice(span)) {
        return Ok(Vec::new());
    }
    let reader = Reader { source, options };
    let mut found = Vec::new();
    let mut above: Vec<Note> = Vec::new();
    let mut splitter = Splitter::new(source, span);
    // As the engine at hand reads: what is only for another one is not asked for its names.
    let rules = if options.backslash_escapes {
        Rules::MYSQL
    } else {
        Rules::STANDARD
    };
    while let Some(item) = splitter.next(rules)? {
        match item {
            Item::Comment(comment) => above.extend(reader.note(comment)?),
            Item::Statement(piece) => {
                let mut notes = std::mem::take(&mut above);
                for comment in &piece.comments {
                    notes.extend(reader.note(comment.span)?);
                }
                if !notes.is_empty() {
                    found.extend(reader.assign(notes, &piece)?);
                }
            }
        }
    }
    match above.into_iter().next() {
        Some(note) => Err(reader.stray(&note)),
        None => Ok(found),
    }
}

/// Whether the words stand anywhere in a text, most of which have none.
fn says_so(text: &str) -> bool {
    let mut places = text.as_bytes().windows(MARK.len());
    places.any(|it| matches!(it[0], b'r' | b'R') && it.eq_ignore_ascii_case(MARK.as_bytes()))
}

/// A comment that says a former name.
struct Note {
    span: Span,
    from: Ident,
}

/// Something that may have been renamed: from the beginning of its definition to its end.
struct Candidate {
    column: Option<Ident>,
    span: Span,
}

struct Reader<'a> {
    source: &'a Arc<Source>,
    options: &'a ParseOptions,
}

impl Reader<'_> {
    /// Reads a comment; none when it speaks of something else.
    fn note(&self, span: Span) -> Result<Option<Note>, SqlError> {
        let text = self.source.slice(span);
        let words = text.trim_start_matches(['-', '#', '/', '*', ' ', '\t']);
        let begins = words
            .get(..MARK.len())
            .is_some_and(|mark| mark.eq_ignore_ascii_case(MARK));
        if !begins {
            return Ok(None);
        }
        let start = span.end - words.len() + MARK.len();
        let rest = words[MARK.len()..].trim_end_matches(['*', '/', ' ', '\t', '\r']);
        let name = Span::new(start, start + rest.len());
        let mut lexer = Lexer::new(self.source, name, Rules::STANDARD);
        let mut tokens: Vec<Token> = Vec::new();
        while let Some(token) = lexer.next()? {
            tokens.push(token);
        }
        let mut cursor = Cursor::new(self.source, &tokens, self.options);
        match (cursor.ident(), cursor.is_at_end()) {
            (Some(from), true) => Ok(Some(Note { span, from })),
            _ => Err(SqlError::MalformedRename {
                place: Place::new(self.source, span),
            }),
        }
    }

    fn assign(&self, notes: Vec<Note>, piece: &Piece) -> Result<Vec<Renamed>, SqlError> {
        let Some((table, candidates)) = self.table(piece) else {
            return Err(self.stray(&notes[0]));
        };
        let mut found: Vec<Renamed> = Vec::new();
        for note in notes {
            let Some(candidate) = self.meant(&note, &candidates) else {
                return Err(self.stray(&note));
            };
            if found.iter().any(|other| other.column == candidate.column) {
                return Err(SqlError::MalformedRename {
                    place: Place::new(self.source, note.span),
                });
            }
            found.push(Renamed {
                table: table.clone(),
                column: candidate.column.clone(),
                from: note.from,
                place: Place::new(self.source, note.span),
            });
        }
        Ok(found)
    }

    /// What a comment is about: what ends on its line before it, else what begins next.
    fn meant<'c>(&self, note: &Note, candidates: &'c [Candidate]) -> Option<&'c Candidate> {
        let before = candidates.iter().rev().find(|candidate| {
            let end = candidate.span.end.min(note.span.start);
            candidate.span.start < note.span.start
                && !self
                    .source
                    .slice(Span::new(end, note.span.start))
                    .contains('\n')
        });
        before.or_else(|| {
            candidates
                .iter()
                .find(|candidate| candidate.span.start > note.span.start)
        })
    }

    /// The table of `CREATE TABLE`, itself and its columns, in order.
    fn table(&self, piece: &Piece) -> Option<(ObjectName, Vec<Candidate>)> {
        let mut cursor = Cursor::new(self.source, &piece.tokens, self.options);
        cursor.expect(&["CREATE"])?;
        for words in ["GLOBAL", "LOCAL", "TEMPORARY", "TEMP", "UNLOGGED"] {
            cursor.accept(&[words]);
        }
        cursor.expect(&["TABLE"])?;
        cursor.if_not_exists();
        let name = cursor.object_name()?;
        let open = cursor.peek()?;
        cursor.expect_kind(TokenKind::Open)?;
        let mut candidates = vec![Candidate {
            column: None,
            span: Span::new(piece.span.start, open.span.end),
        }];
        while !cursor.is_at_end() {
            let is_column = !constraint::starts(&cursor) && !index::starts_inline(&cursor);
            let begin = cursor.peek()?.span;
            let column = if is_column { cursor.ident() } else { None };
            let (last, has_next) = end_of_element(&mut cursor)?;
            if column.is_some() {
                candidates.push(Candidate {
                    column,
                    span: begin.cover(last),
                });
            }
            if !has_next {
                break;
            }
        }
        Some((name, candidates))
    }

    fn stray(&self, note: &Note) -> SqlError {
        SqlError::StrayRename {
            place: Place::new(self.source, note.span),
        }
    }
}

/// Goes behind an element: its comma, or the parenthesis after the last one, and whether another
/// element follows.
fn end_of_element(cursor: &mut Cursor<'_>) -> Option<(Span, bool)> {
    let mut depth = 0;
    while let Some(token) = cursor.advance() {
        depth += token.kind.depth();
        if depth < 0 {
            return Some((token.span, false));
        }
        if depth == 0 && token.kind == TokenKind::Comma {
            return Some((token.span, true));
        }
    }
    None
}
