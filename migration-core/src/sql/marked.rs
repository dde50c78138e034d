//! Names that were written with `{prefix}`. Where the prefix is nothing they look like all others,
//! and what is written next would not run where it is something.

use std::collections::{HashMap, HashSet};

use super::Statement;
use super::lexer::{Lexer, Rules};
use super::prefix::MARK;
use super::token::TokenKind;
use crate::text::{Source, Span};

/// What names look like without the prefix, with the way they were written.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct MarkedNames {
    marked: HashMap<String, String>,
    plain: HashSet<String>,
}

impl MarkedNames {
    /// Finds the names in statements.
    pub fn of<'s>(statements: impl IntoIterator<Item = &'s Statement>) -> Self {
        let mut found = Self::default();
        for statement in statements {
            let place = &statement.place;
            found.read(place.source.slice(place.span));
        }
        found
    }

    fn read(&mut self, text: &str) {
        let source = Source::new("statement", text);
        let mut lexer = Lexer::new(&source, Span::new(0, text.len()), Rules::STANDARD);
        while let Ok(Some(token)) = lexer.next() {
            let is_word = token.kind == TokenKind::Word;
            if !is_word && !token.kind.is_quoted_name() {
                continue;
            }
            let written = source.slice(token.span).trim_matches(['"', '`']);
            let name = written.replace(MARK, "");
            if name == written || written.contains("{{") {
                self.plain.insert(name);
                continue;
            }
            if is_word {
                let folded = name.to_lowercase();
                self.marked.insert(folded, written.to_lowercase());
            }
            self.marked.insert(name, written.to_owned());
        }
    }

    /// A name as it has to be written; none when it has no prefix. What is called after a table
    /// (`file_owner_fkey`) has the prefix that the table has.
    pub(super) fn written(&self, name: &str) -> Option<String> {
        if let Some(written) = self.marked.get(name) {
            return Some(written.clone());
        }
        let is_of = |of: &str| {
            let rest = name.strip_prefix(of);
            rest.is_some_and(|it| it.starts_with('_'))
        };
        let mut marked = self.marked.iter();
        let is_named_after =
            marked.any(|(of, written)| written.strip_prefix(MARK) == Some(of) && is_of(of));
        (is_named_after && !self.plain.contains(name)).then(|| format!("{MARK}{name}"))
    }

    /// Whether none of the names is in a text.
    pub(super) fn is_nowhere_in(&self, text: &str) -> bool {
        !self.marked.keys().any(|name| text.contains(name))
    }
}
