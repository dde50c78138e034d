//! A section as a person reads it: its statements and directives one by one, comparable by meaning.

use std::sync::Arc;

use super::directive;
use super::error::SqlError;
use super::fingerprint::{OTHER_READING, is_read_differently, meaning};
use super::lexer::{Lexer, Rules};
use super::split::{Item, Splitter};
use crate::text::{Place, Source, Span};

/// A statement or a directive, as written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Passage {
    /// Its text, without the semicolon.
    pub text: String,
    /// What [`fingerprint`](super::fingerprint) would count of it, in both readings.
    meaning: [Option<Vec<Vec<u8>>>; 2],
}

impl Passage {
    /// Whether both mean the same, by the rules of the checksum.
    pub fn means_the_same(&self, other: &Self) -> bool {
        self.meaning == other.meaning
    }

    /// The statement or directive at a place.
    pub fn at(place: &Place) -> Self {
        Self::new(&place.source, place.span)
    }

    fn new(source: &Arc<Source>, span: Span) -> Self {
        let text = source.slice(span);
        let other = is_read_differently(text).then_some(OTHER_READING);
        Self {
            text: text.trim().to_owned(),
            meaning: [Some(Rules::STANDARD), other]
                .map(|rules| meanings(source, span, rules?).ok()),
        }
    }
}

/// Cuts a section into its statements and directives; a text that cannot be cut is one passage.
pub fn passages(source: &Arc<Source>, span: Span) -> Vec<Passage> {
    let spans = cut(source, span, Rules::STANDARD).or_else(|_| cut(source, span, OTHER_READING));
    let spans = spans.unwrap_or_else(|_| vec![span]);
    spans
        .into_iter()
        .map(|span| Passage::new(source, span))
        .collect()
}

fn cut(source: &Arc<Source>, span: Span, rules: Rules) -> Result<Vec<Span>, SqlError> {
    let mut splitter = Splitter::new(source, span);
    let mut spans = Vec::new();
    while let Some(item) = splitter.next(rules)? {
        match item {
            Item::Statement(piece) => spans.push(piece.span),
            Item::Comment(span) if directive::body(source, span).is_some() => spans.push(span),
            Item::Comment(_) => {}
        }
    }
    Ok(spans)
}

fn meanings(source: &Arc<Source>, span: Span, rules: Rules) -> Result<Vec<Vec<u8>>, SqlError> {
    let mut lexer = Lexer::new(source, span, rules);
    let mut found = Vec::new();
    while let Some(token) = lexer.next()? {
        let mut text = Vec::new();
        if meaning(source, token, &mut text) {
            found.push(text);
        }
    }
    Ok(found)
}
