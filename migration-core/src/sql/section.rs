//! A section to its statements: directives attached, definitions parsed, the rest as written.

use std::sync::Arc;

use super::cursor::Cursor;
use super::definition;
use super::directive::{self, Directive};
use super::error::SqlError;
use super::known::Known;
use super::lexer::Rules;
use super::prefix;
use super::split::{Item, Piece, Splitter};
use super::{Allow, EngineName, ParseOptions, Script, Statement};
use crate::operation::Operation;
use crate::text::{Place, Source, Span};

/// Parses `span` of `source`: one section of a revision, or a whole models file.
///
/// # Errors
///
/// Text that no engine could read (an unterminated string, comment or block) and directives that
/// say something unknown, too little, too much, or nothing to any statement. Statements that only
/// an engine can judge are no error: they become `Operation::Raw`.
pub fn parse(source: &Arc<Source>, span: Span, options: &ParseOptions) -> Result<Script, SqlError> {
    parse_beside(source, span, options, &Known::default())
}

/// The same; what is known already is not read again.
///
/// # Errors
///
/// As [`parse`].
pub fn parse_beside(
    source: &Arc<Source>,
    span: Span,
    options: &ParseOptions,
    known: &Known<'_>,
) -> Result<Script, SqlError> {
    let mut section = Section {
        source,
        options,
        pending: Pending::default(),
        script: Script::default(),
    };
    let mut splitter = Splitter::new(source, span);
    loop {
        // Those that are known were read as the engine at hand reads.
        if section.pending.only.is_empty()
            && let Some((known, span)) = splitter.known(known)
        {
            section.push(known.operations.clone(), span);
            continue;
        }
        match splitter.next(section.rules())? {
            Some(Item::Comment(comment)) => section.comment(comment)?,
            Some(Item::Statement(piece)) => section.statement(&piece)?,
            None => return section.finish(),
        }
    }
}

/// What the directives read so far say about the next statement.
#[derive(Default)]
struct Pending {
    only: Vec<EngineName>,
    autocommit: bool,
    allow: Vec<Allow>,
    /// The first of them.
    first: Option<(&'static str, Place)>,
}

struct Section<'a> {
    source: &'a Arc<Source>,
    options: &'a ParseOptions,
    pending: Pending,
    script: Script,
}

/// Names in `only` of engines that read text by [`Rules::MYSQL`].
const READ_AS_MYSQL: [&str; 2] = ["mysql", "mariadb"];

impl Section<'_> {
    /// How the next statement is read: as the engines it is for read it, when they agree, else as
    /// the engine at hand does. Otherwise a string of another engine's statement, such as `'\'`,
    /// could swallow the statements behind it.
    fn rules(&self) -> Rules {
        let by_name = |engine: &EngineName| {
            let name = engine.name.split('+').next().unwrap_or_default();
            READ_AS_MYSQL
                .iter()
                .any(|known| name.eq_ignore_ascii_case(known))
        };
        let mut named = self.pending.only.iter().map(by_name);
        let as_mysql = match named.next() {
            Some(first) if named.all(|other| other == first) => first,
            Some(_) | None => self.options.backslash_escapes,
        };
        if as_mysql {
            Rules::MYSQL
        } else {
            Rules::STANDARD
        }
    }

    fn comment(&mut self, comment: Span) -> Result<(), SqlError> {
        let Some(body) = directive::body(self.source, comment) else {
            return directive::refuse_near(self.source, comment);
        };
        let read = directive::parse(self.source, body)?;
        if !self.opens_line(comment.start) {
            return Err(SqlError::MisplacedDirective {
                directive: read.name().to_owned(),
                place: Place::new(self.source, body),
            });
        }
        self.directive(read, body)
    }

    fn opens_line(&self, offset: usize) -> bool {
        self.source.text()[..offset]
            .trim_end_matches([' ', '\t', '\u{feff}'])
            .chars()
            .next_back()
            .is_none_or(|character| matches!(character, '\n' | '\r'))
    }

    fn directive(&mut self, directive: Directive, body: Span) -> Result<(), SqlError> {
        let name = directive.name();
        let place = Place::new(self.source, body);
        let is_repeated = match directive {
            Directive::Only(engines) => {
                !std::mem::replace(&mut self.pending.only, engines).is_empty()
            }
            Directive::Autocommit => std::mem::replace(&mut self.pending.autocommit, true),
            Directive::Allow(allow) => {
                self.pending.allow.push(allow);
                false
            }
            Directive::Irreversible(reason) => {
                let before = self.script.irreversible.replace(reason);
                return match before {
                    Some(_) => Err(SqlError::RepeatedDirective {
                        directive: name,
                        place,
                    }),
                    None => Ok(()),
                };
            }
            Directive::Call(procedure) => {
                self.push(vec![Operation::Call { procedure }], body);
                return Ok(());
            }
        };
        if is_repeated {
            return Err(SqlError::RepeatedDirective {
                directive: name,
                place,
            });
        }
        self.pending.first.get_or_insert((name, place));
        Ok(())
    }

    fn statement(&mut self, piece: &Piece) -> Result<(), SqlError> {
        for comment in &piece.comments {
            if let Some(body) = directive::body(self.source, comment.span) {
                return Err(SqlError::MisplacedDirective {
                    directive: directive::name(self.source, body),
                    place: directive::place(self.source, body),
                });
            }
            directive::refuse_near(self.source, comment.span)?;
        }
        // In the text of a catalog the mark stands for itself, and nobody meant to write it.
        if self.options.prefix != prefix::MARK {
            for span in outside_comments(piece) {
                prefix::refuse_near(self.source, span)?;
            }
        }
        let operations = self.operations(piece);
        self.push(operations, piece.span);
        Ok(())
    }

    fn operations(&self, piece: &Piece) -> Vec<Operation> {
        let mut cursor = Cursor::new(self.source, &piece.tokens, self.options);
        let is_portable = !piece.has_engine_comments();
        let parsed = is_portable
            .then(|| definition::parse(&mut cursor))
            .flatten();
        parsed.unwrap_or_else(|| {
            vec![Operation::Raw {
                sql: raw(self.source, piece, &self.options.prefix),
            }]
        })
    }

    fn push(&mut self, operations: Vec<Operation>, span: Span) {
        let pending = std::mem::take(&mut self.pending);
        self.script.statements.push(Statement {
            operations,
            place: Place::new(self.source, span),
            only: pending.only,
            autocommit: pending.autocommit,
            allow: pending.allow,
        });
    }

    fn finish(self) -> Result<Script, SqlError> {
        match self.pending.first {
            Some((directive, place)) => {
                Err(SqlError::DirectiveWithoutStatement { directive, place })
            }
            None => Ok(self.script),
        }
    }
}

/// The text of a statement as the engine gets it: the prefix is put in place everywhere but in
/// comments.
fn raw(source: &Source, piece: &Piece, with: &str) -> String {
    let mut text = String::with_capacity(piece.span.end - piece.span.start);
    let mut at = piece.span.start;
    for span in outside_comments(piece) {
        text.push_str(source.slice(Span::new(at, span.start)));
        text.push_str(&prefix::expand(source.slice(span), with));
        at = span.end;
    }
    text
}

/// The parts of a statement between its comments.
fn outside_comments(piece: &Piece) -> impl Iterator<Item = Span> {
    let ends = piece.comments.iter().map(|comment| comment.span);
    let mut at = piece.span.start;
    let end = Span::new(piece.span.end, piece.span.end);
    ends.chain([end]).map(move |comment| {
        let part = Span::new(at, comment.start);
        at = comment.end;
        part
    })
}
