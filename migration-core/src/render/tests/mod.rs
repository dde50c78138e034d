//! Tests of the text of operations.

mod laws;
mod spelling;

use super::{RenderOptions, section};
use crate::operation::Operation;
use crate::sql::{self, Fold, ParseOptions};
use crate::text::{Source, Span};

/// The operations that a text says.
#[track_caller]
fn read(text: &str, options: &ParseOptions) -> Vec<Operation> {
    let source = Source::new("rendered.sql", text);
    let script = sql::parse(&source, Span::new(0, text.len()), options);
    let script = script.unwrap_or_else(|error| panic!("{error}\n{text}"));
    script
        .statements
        .into_iter()
        .flat_map(|statement| statement.operations)
        .collect()
}

/// Every way in which an engine reads text, with and without a prefix.
fn settings() -> Vec<ParseOptions> {
    let mut settings = Vec::new();
    for prefix in ["", "irma_"] {
        for fold in [Fold::Lower, Fold::Keep] {
            for backslash_escapes in [false, true] {
                settings.push(ParseOptions {
                    prefix: prefix.to_owned(),
                    fold,
                    backslash_escapes,
                });
            }
        }
    }
    settings
}

fn written(operations: &[Operation], options: &ParseOptions) -> String {
    let options = RenderOptions {
        prefix: &options.prefix,
        backslash_escapes: options.backslash_escapes,
        marked: None,
    };
    section(operations, &options)
}
