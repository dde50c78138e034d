//! Tests of the way from text to operations.

mod damage;
mod directives;
mod fingerprints;
mod growth;
mod known;
mod laws;
mod lexing;
mod parsing;
mod renames;
mod same_meaning;
mod splitting;
mod subjects;

use std::sync::Arc;

use super::{Fold, ParseOptions, Script, SqlError, parse};
use crate::operation::Operation;
use crate::text::{Source, Span};

/// PostgreSQL's way, with the prefix of the example.
fn postgres() -> ParseOptions {
    ParseOptions {
        prefix: "irma_".to_owned(),
        fold: Fold::Lower,
        backslash_escapes: false,
    }
}

/// MySQL's way.
fn mysql() -> ParseOptions {
    ParseOptions {
        prefix: "irma_".to_owned(),
        fold: Fold::Keep,
        backslash_escapes: true,
    }
}

fn source(text: &str) -> (Arc<Source>, Span) {
    (Source::new("test.sql", text), Span::new(0, text.len()))
}

fn read(text: &str, options: &ParseOptions) -> Result<Script, SqlError> {
    let (source, span) = source(text);
    parse(&source, span, options)
}

/// The operations of all statements.
#[track_caller]
fn operations(text: &str) -> Vec<Operation> {
    let script = read(text, &postgres()).expect("the text is legal");
    script
        .statements
        .into_iter()
        .flat_map(|statement| statement.operations)
        .collect()
}
