//! `-- migrate: ...`: comments that say something about the next statement or the section.

use std::sync::Arc;

use super::error::SqlError;
use super::{Allow, EngineName, Irreversible};
use crate::diagnostic::quoted;
use crate::text::{Place, Source, Span, closest};

/// Every directive's name with the way it is written.
const USAGE: [(&str, &str); 7] = [
    ("only", "-- migrate: only postgresql, mysql"),
    ("autocommit", "-- migrate: autocommit"),
    ("call", "-- migrate: call NAME"),
    ("allow", "-- migrate: allow RULE reason"),
    ("irreversible", "-- migrate: irreversible reason"),
    ("upgrade", "-- migrate: upgrade"),
    ("downgrade", "-- migrate: downgrade"),
];

/// What one directive says.
pub(super) enum Directive {
    /// The next statement is for these engines.
    Only(Vec<EngineName>),
    /// The next statement runs outside a transaction.
    Autocommit,
    /// A procedure runs here.
    Call(String),
    /// A lint finding on the next statement is accepted.
    Allow(Allow),
    /// The section must not run.
    Irreversible(Irreversible),
}

impl Directive {
    /// Its name, as written.
    pub(super) fn name(&self) -> &'static str {
        match self {
            Self::Only(_) => "only",
            Self::Autocommit => "autocommit",
            Self::Call(_) => "call",
            Self::Allow(_) => "allow",
            Self::Irreversible(_) => "irreversible",
        }
    }
}

/// What to write instead of an unknown directive.
pub(super) fn advise(name: &str) -> String {
    match closest(name, USAGE.iter().map(|(known, _)| *known)) {
        Some(known) => format!("did you mean `{known}`?"),
        None => {
            let names = USAGE.iter().map(|(known, _)| known);
            format!("the directives are {}", quoted(names))
        }
    }
}

/// How a directive is written.
pub(super) fn usage(name: &str) -> String {
    let line = USAGE.iter().find(|(known, _)| *known == name);
    format!("write `{}`", line.map_or("", |(_, line)| line))
}

const WORD: &str = "migrate";
const MARK: &str = "migrate:";

/// The text of a directive behind `migrate:`, if the comment at `span` is one.
pub(super) fn body(source: &Source, span: Span) -> Option<Span> {
    let comment = source.slice(span);
    let words = comment.trim_start_matches('-').trim_start();
    let start = span.start + (comment.len() - words.len());
    words
        .get(..MARK.len())
        .is_some_and(|mark| mark.eq_ignore_ascii_case(MARK))
        .then(|| trimmed(source, Span::new(start + MARK.len(), span.end)))
}

/// Makes sure that a comment which is no directive does not mean to be one: a statement whose `only`
/// is not read would run on every engine.
///
/// It means to be one when it begins with `migrate`, or a slip of it, before a colon; or with
/// `migrate` before the name of a directive.
///
/// # Errors
///
/// [`SqlError::NearDirective`].
pub(super) fn refuse_near(source: &Arc<Source>, comment: Span) -> Result<(), SqlError> {
    let text = source.slice(comment);
    let words = text.trim_start_matches(|sign: char| !sign.is_alphanumeric());
    let length = words
        .find(|sign: char| !sign.is_alphanumeric())
        .unwrap_or(words.len());
    let (first, behind) = words.split_at(length);
    let behind = behind.trim_start();
    let is_marked = first.eq_ignore_ascii_case(WORD);
    let rest = behind.strip_prefix(':').unwrap_or(behind).trim_start();
    let second: String = rest
        .chars()
        .take_while(|sign| sign.is_alphanumeric())
        .collect();
    let nearest = closest(&second, USAGE.iter().map(|(name, _)| *name));
    let means_to_be = if behind.starts_with(':') {
        is_marked || (closest(first, [WORD]).is_some() && nearest.is_some())
    } else {
        is_marked && nearest.is_some_and(|name| name.eq_ignore_ascii_case(&second))
    };
    if !means_to_be {
        return Ok(());
    }
    let end = comment.start + text.lines().next().unwrap_or(text).trim_end().len();
    Err(SqlError::NearDirective {
        nearest: nearest.unwrap_or(USAGE[0].0),
        place: Place::new(source, Span::new(comment.start, end)),
    })
}

/// What an error about the directive points at: its text, or the mark when it has none.
pub(super) fn place(source: &Arc<Source>, body: Span) -> Place {
    if body.is_empty() {
        Place::new(source, Span::new(body.start - MARK.len(), body.start))
    } else {
        Place::new(source, body)
    }
}

/// The name of the directive whose text is `body`.
pub(super) fn name(source: &Source, body: Span) -> String {
    source.slice(first_word(source, body).0).to_owned()
}

/// Reads the directive whose text is `body`.
///
/// # Errors
///
/// When no directive has this name, or it says too little or too much.
pub(super) fn parse(source: &Arc<Source>, body: Span) -> Result<Directive, SqlError> {
    let (word, rest) = first_word(source, body);
    let reader = Reader { source, body, rest };
    match source.slice(word) {
        "only" => reader.only(),
        "autocommit" => reader.autocommit(),
        "call" => reader.call(),
        "allow" => reader.allow(),
        "irreversible" => reader.irreversible(),
        "upgrade" => Err(reader.section("upgrade")),
        "downgrade" => Err(reader.section("downgrade")),
        name => Err(SqlError::UnknownDirective {
            name: name.to_owned(),
            place: place(source, word),
        }),
    }
}

struct Reader<'a> {
    source: &'a Arc<Source>,
    body: Span,
    rest: Span,
}

impl Reader<'_> {
    fn only(&self) -> Result<Directive, SqlError> {
        let mut engines = Vec::new();
        let mut at = self.rest.start;
        for part in self.source.slice(self.rest).split(',') {
            let span = trimmed(self.source, Span::new(at, at + part.len()));
            at += part.len() + 1;
            let (name, surplus) = first_word(self.source, span);
            if !surplus.is_empty() {
                return Err(self.surplus("only", surplus));
            }
            if name.is_empty() {
                return Err(self.missing("only", "the names of engines"));
            }
            engines.push(EngineName {
                name: self.source.slice(name).to_owned(),
                place: Place::new(self.source, name),
            });
        }
        Ok(Directive::Only(engines))
    }

    fn autocommit(&self) -> Result<Directive, SqlError> {
        if self.rest.is_empty() {
            Ok(Directive::Autocommit)
        } else {
            Err(self.surplus("autocommit", self.rest))
        }
    }

    fn call(&self) -> Result<Directive, SqlError> {
        let (name, surplus) = first_word(self.source, self.rest);
        if name.is_empty() {
            return Err(self.missing("call", "the name of a procedure"));
        }
        if !surplus.is_empty() {
            return Err(self.surplus("call", surplus));
        }
        Ok(Directive::Call(self.source.slice(name).to_owned()))
    }

    fn allow(&self) -> Result<Directive, SqlError> {
        let (rule, reason) = first_word(self.source, self.rest);
        if rule.is_empty() {
            return Err(self.missing("allow", "a rule and a reason"));
        }
        if reason.is_empty() {
            return Err(self.missing("allow", "a reason"));
        }
        Ok(Directive::Allow(Allow {
            rule: self.source.slice(rule).to_owned(),
            reason: self.source.slice(reason).to_owned(),
            place: Place::new(self.source, self.body),
        }))
    }

    fn irreversible(&self) -> Result<Directive, SqlError> {
        if self.rest.is_empty() {
            return Err(self.missing("irreversible", "a reason"));
        }
        Ok(Directive::Irreversible(Irreversible {
            reason: self.source.slice(self.rest).to_owned(),
            place: Place::new(self.source, self.body),
        }))
    }

    /// The directives that open a section are no business of statements.
    fn section(&self, directive: &'static str) -> SqlError {
        if self.rest.is_empty() {
            SqlError::MisplacedDirective {
                directive: directive.to_owned(),
                place: Place::new(self.source, self.body),
            }
        } else {
            self.surplus(directive, self.rest)
        }
    }

    fn missing(&self, directive: &'static str, argument: &'static str) -> SqlError {
        SqlError::MissingArgument {
            directive,
            argument,
            place: Place::new(self.source, self.body),
        }
    }

    fn surplus(&self, directive: &'static str, surplus: Span) -> SqlError {
        SqlError::UnexpectedArgument {
            directive,
            argument: self.source.slice(surplus).to_owned(),
            place: Place::new(self.source, surplus),
        }
    }
}

/// The span without blanks at its ends.
fn trimmed(source: &Source, span: Span) -> Span {
    let text = source.slice(span);
    if text.trim().is_empty() {
        return Span::new(span.start, span.start);
    }
    let start = span.start + (text.len() - text.trim_start().len());
    Span::new(start, span.start + text.trim_end().len())
}

/// The first word of a trimmed span and what follows it.
fn first_word(source: &Source, span: Span) -> (Span, Span) {
    let text = source.slice(span);
    let length = text.find(char::is_whitespace).unwrap_or(text.len());
    let word = Span::new(span.start, span.start + length);
    (word, trimmed(source, Span::new(word.end, span.end)))
}
