//! SQL text to operations.
//!
//! In: one section of a revision, or a models file. Out: [`Statement`]s with their places,
//! directives and operations. The parser takes the union of the spellings of all engines and
//! holds no dialect; what it does not understand becomes `Operation::Raw`. Expressions stay
//! tokens. `{prefix}` is put in place here, `{{prefix}}` becomes the literal text.

mod alter_table;
mod block;
mod column;
mod comment_on;
mod constraint;
mod create_table;
mod cursor;
mod declared;
mod definition;
mod directive;
mod drop;
mod emptied;
mod enumeration;
mod error;
mod expression;
mod fingerprint;
mod headline;
mod index;
mod known;
mod lexeme;
mod lexer;
mod marked;
mod namespace;
mod passage;
mod prefix;
mod renamed;
mod reworded;
mod section;
mod sequence;
mod split;
mod subject;
pub mod template;
mod token;
mod types;
mod view;
mod words;

use crate::operation::Operation;
use crate::text::Place;

pub use declared::declared_types;
pub use emptied::emptied;
pub use error::{Opening, SqlError};
pub use fingerprint::fingerprint;
pub use headline::{Headline, Target, first_words, headline};
pub use known::Known;
pub use lexeme::{Lexeme, LexemeKind, joined, lexemes};
pub use marked::MarkedNames;
pub use passage::{Passage, passages};
pub use renamed::{Renamed, renamed};
pub use reworded::{for_session, trigger_parts, under_name};
pub use section::{parse, parse_beside};
pub use subject::{Deed, Subject, subject};
pub use words::{is_of_word, mentions, words};

/// What parsing needs to know; no engine, only data.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ParseOptions {
    /// What `{prefix}` becomes: `irma_`, or nothing.
    pub prefix: String,
    /// What an unquoted name becomes.
    pub fold: Fold,
    /// Whether strings and comments are read as MySQL reads them: a backslash escapes inside
    /// `'...'`, and `#` opens a comment anywhere.
    pub backslash_escapes: bool,
}

/// What happens to unquoted names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fold {
    /// Lower case (PostgreSQL).
    Lower,
    /// As written (SQLite, MySQL).
    Keep,
}

/// A parsed section.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Script {
    /// The statements, in order.
    pub statements: Vec<Statement>,
    /// `-- migrate: irreversible reason`: this section must not run.
    pub irreversible: Option<Irreversible>,
}

/// `-- migrate: irreversible reason`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Irreversible {
    /// Why.
    pub reason: String,
    /// The directive.
    pub place: Place,
}

/// One statement of a section. A statement with several actions (`ALTER TABLE t ADD a, ADD b`)
/// has several operations.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Statement {
    /// What it does, in order; `Raw` is always alone.
    pub operations: Vec<Operation>,
    /// Where it stands, without its directives and semicolon.
    pub place: Place,
    /// `-- migrate: only a, b`: the engines named, each with its place; none means all.
    pub only: Vec<EngineName>,
    /// `-- migrate: autocommit`: runs outside a transaction.
    pub autocommit: bool,
    /// `-- migrate: allow RULE reason`.
    pub allow: Vec<Allow>,
}

/// An engine's name in `only`; `program` knows which exist.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EngineName {
    /// As written.
    pub name: String,
    /// Where.
    pub place: Place,
}

/// A lint finding accepted for one statement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Allow {
    /// The rule.
    pub rule: String,
    /// Why it is accepted.
    pub reason: String,
    /// The directive.
    pub place: Place,
}

#[cfg(test)]
mod tests;
