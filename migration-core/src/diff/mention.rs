//! Which objects a text mentions, as far as its words tell without an engine.
//!
//! Every word counts, inside strings too (`nextval('s')`), and case does not: to see a dependency
//! where there is none costs an order that is as good as another.

use std::collections::HashMap;

use super::order::Thing;
use crate::sql::{is_of_word, words};

/// The names of objects.
#[derive(Debug, Default)]
pub(super) struct Names<'a> {
    words: HashMap<String, Vec<Thing<'a>>>,
    /// Names that are not one word.
    others: Vec<(String, Thing<'a>)>,
}

impl<'a> Names<'a> {
    /// Adds an object by its name.
    pub(super) fn insert(&mut self, name: &str, thing: Thing<'a>) {
        let name = name.to_lowercase();
        if name.chars().all(is_of_word) {
            self.words.entry(name).or_default().push(thing);
        } else {
            self.others.push((name, thing));
        }
    }

    /// The objects that a text mentions.
    pub(super) fn mentioned(&self, text: &str) -> Vec<Thing<'a>> {
        let text = text.to_lowercase();
        let mut found: Vec<_> = words(&text)
            .filter_map(|word| self.words.get(word))
            .flatten()
            .copied()
            .collect();
        let others = self.others.iter();
        found.extend(
            others
                .filter(|(name, _)| text.contains(name.as_str()))
                .map(|(_, thing)| *thing),
        );
        found
    }
}

/// The text with a word written otherwise, wherever it stands.
pub(super) fn replaced(text: &str, from: &str, to: &str) -> String {
    let mut replaced = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find(is_of_word) {
        let (before, from_word) = rest.split_at(start);
        let end = from_word.find(|it| !is_of_word(it));
        let (word, after) = from_word.split_at(end.unwrap_or(from_word.len()));
        replaced.push_str(before);
        replaced.push_str(if word == from { to } else { word });
        rest = after;
    }
    replaced.push_str(rest);
    replaced
}
