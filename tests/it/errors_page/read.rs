//! The errors as the sources of the library define them: kind, words, meaning, advice.

use std::collections::HashMap;

use super::token::{Token, closing};

/// Stands for the kind of an error that says where another one happened.
const OF_THE_CAUSE: &str = "the kind of the cause";

/// One error that a person can meet.
pub(super) struct Entry {
    /// The stage that it is defined in.
    pub stage: String,
    pub kind: String,
    /// What it says; what is known at the time is `…`.
    pub says: String,
    /// What it means.
    pub means: String,
    /// What to do about it: each advice that there may be.
    pub advice: Vec<String>,
}

/// A variant of an enum, or a struct.
struct Defined {
    name: String,
    says: String,
    /// The functions that make its words.
    called: Vec<String>,
    means: String,
}

/// What is known of one type.
#[derive(Default)]
struct Known {
    stage: String,
    variants: Vec<Defined>,
    kinds: HashMap<String, String>,
    advice: HashMap<String, Vec<String>>,
}

/// Everything that the sources say.
#[derive(Default)]
pub(super) struct Sources {
    types: HashMap<String, Known>,
    /// The texts in functions, by stage and name.
    functions: HashMap<(String, String), Vec<String>>,
    /// The texts in constants.
    constants: HashMap<String, Vec<String>>,
}

impl Sources {
    /// Reads types, functions and constants.
    pub(super) fn define(&mut self, stage: &str, tokens: &[Token]) {
        for (position, token) in tokens.iter().enumerate() {
            let name = tokens.get(position + 1).and_then(Token::word);
            let (Some(word), Some(name)) = (token.word(), name) else {
                continue;
            };
            let ends = |signs: &[char]| {
                let rest = tokens.iter().enumerate().skip(position);
                let mut rest = rest.filter(|(_, it)| signs.iter().any(|sign| it.is(*sign)));
                rest.next().map_or(tokens.len(), |(at, _)| at)
            };
            match word {
                "enum" => {
                    let open = ends(&['{']);
                    let body = &tokens[open + 1..closing(tokens, open)];
                    self.add(stage, name, variants(body));
                }
                "struct" => {
                    let own = defined(name, before(tokens, position));
                    self.add(stage, name, own.into_iter().collect());
                }
                "fn" => {
                    let open = ends(&['{', ';']);
                    if tokens.get(open).is_some_and(|it| it.is('{')) {
                        let body = &tokens[open..closing(tokens, open)];
                        let texts = sentences(body);
                        let name = (stage.to_owned(), name.to_owned());
                        self.functions.entry(name).or_default().extend(texts);
                    }
                }
                "const" => {
                    let texts = sentences(&tokens[position..ends(&[';'])]);
                    self.constants.insert(name.to_owned(), texts);
                }
                _ => {}
            }
        }
    }

    fn add(&mut self, stage: &str, name: &str, variants: Vec<Defined>) {
        if !variants.is_empty() {
            let known = self.types.entry(name.to_owned()).or_default();
            stage.clone_into(&mut known.stage);
            known.variants = variants;
        }
    }

    /// Reads the functions `kind` and `hint`; after everything was defined.
    pub(super) fn implement(&mut self, stage: &str, tokens: &[Token]) {
        let mut at = 0;
        while at < tokens.len() {
            if tokens[at].word() != Some("impl") {
                at += 1;
                continue;
            }
            let open = (at..tokens.len()).find(|it| tokens[*it].is('{'));
            let Some(open) = open else {
                return;
            };
            let end = closing(tokens, open);
            let head = &tokens[at + 1..open];
            let behind = head.iter().position(|it| it.word() == Some("for"));
            let named = &head[behind.map_or(0, |at| at + 1)..];
            if let Some(name) = named.iter().find_map(Token::word) {
                self.implemented(stage, name, &tokens[open..end]);
            }
            at = end;
        }
    }

    fn implemented(&mut self, stage: &str, of: &str, tokens: &[Token]) {
        for (position, pair) in tokens.windows(2).enumerate() {
            let (Some("fn"), Some(name)) = (pair[0].word(), pair[1].word()) else {
                continue;
            };
            let open = (position..tokens.len()).find(|it| tokens[*it].is('{'));
            let Some(open) = open else {
                continue;
            };
            let body = &tokens[open + 1..closing(tokens, open)];
            match name {
                "kind" => self.kinds(of, body),
                "hint" | "advice" => self.advice(stage, of, body),
                _ => {}
            }
        }
    }

    fn kinds(&mut self, of: &str, body: &[Token]) {
        let Some(known) = self.types.get_mut(of) else {
            return;
        };
        let arms = arms(body);
        for (variants, arm) in &arms {
            if let Some(Token::Text(kind)) = arm.first() {
                let each = variants.iter().map(|it| (it.clone(), kind.clone()));
                known.kinds.extend(each);
            }
        }
        if let (true, Some(Token::Text(kind))) = (arms.is_empty(), body.first()) {
            known.kinds.insert(of.to_owned(), kind.clone());
        }
    }

    fn advice(&mut self, stage: &str, of: &str, body: &[Token]) {
        let arms = arms(body);
        let mut found: Vec<(String, Vec<String>)> = Vec::new();
        for (variants, arm) in &arms {
            let mut texts = sentences(arm);
            if texts.is_empty() {
                texts = self.named(stage, arm);
            }
            if arm.iter().any(|it| it.word() == Some("unended")) {
                texts.extend(self.named("diagnostic", arm));
            }
            found.extend(variants.iter().map(|it| (it.clone(), texts.clone())));
        }
        if arms.is_empty() {
            found.push((of.to_owned(), sentences(body)));
        }
        let Some(known) = self.types.get_mut(of) else {
            return;
        };
        for (variant, texts) in found {
            known.advice.entry(variant).or_default().extend(texts);
        }
    }

    /// The texts of the constants and functions that an arm names.
    fn named(&self, stage: &str, arm: &[Token]) -> Vec<String> {
        let mut found = Vec::new();
        for (position, token) in arm.iter().enumerate() {
            let Some(word) = token.word() else {
                continue;
            };
            let is_method = position > 0 && arm[position - 1].is('.');
            let is_called = !is_method && arm.get(position + 1).is_some_and(|it| it.is('('));
            let name = (stage.to_owned(), word.to_owned());
            let called = self.functions.get(&name).filter(|_| is_called);
            found.extend(called.into_iter().flatten().cloned());
            found.extend(self.constants.get(word).into_iter().flatten().cloned());
        }
        found
    }

    /// What an error says: its own words, or those of the functions that make them.
    fn words(&self, stage: &str, defined: &Defined) -> String {
        if defined.says != "…" {
            return defined.says.clone();
        }
        let made = defined.called.iter().flat_map(|name| {
            let stages = [stage, "dialect"].into_iter();
            let known = stages.filter_map(|it| self.functions.get(&(it.to_owned(), name.clone())));
            known.flatten().cloned().collect::<Vec<_>>()
        });
        let made: Vec<String> = made.collect();
        match made.is_empty() {
            true => "… (in the words of the engine, or of the error that caused it)".to_owned(),
            false => made.join(" / "),
        }
    }

    /// All warnings, by stage, in the order in which they are defined.
    pub(super) fn warnings(&self) -> Vec<Entry> {
        let types = self.types.iter();
        let mut types: Vec<_> = types
            .filter(|(name, _)| name.ends_with("Warning"))
            .collect();
        types.sort_by_key(|(name, known)| (&known.stage, *name));
        let variants = types.into_iter().flat_map(|(_, known)| {
            let defined = known.variants.iter();
            defined.map(|Defined { says, means, .. }| Entry {
                stage: known.stage.clone(),
                kind: String::new(),
                says: says.clone(),
                means: means.clone(),
                advice: Vec::new(),
            })
        });
        variants.collect()
    }

    /// All of them, by stage and type, in the order in which they are defined.
    pub(super) fn entries(&self) -> Vec<Entry> {
        let mut types: Vec<(&String, &Known)> = self.types.iter().collect();
        types.sort_by_key(|(name, known)| (&known.stage, *name));
        let mut entries = Vec::new();
        for (_, known) in types {
            for defined in &known.variants {
                let Defined { name, means, .. } = defined;
                let own = || (defined.says != "…").then(|| OF_THE_CAUSE.to_owned());
                let has_kinds = !known.kinds.is_empty();
                let kind = known.kinds.get(name).cloned();
                let Some(kind) = kind.or_else(|| own().filter(|_| has_kinds)) else {
                    continue;
                };
                entries.push(Entry {
                    stage: known.stage.clone(),
                    kind,
                    says: self.words(&known.stage, defined),
                    means: means.clone(),
                    advice: known.advice.get(name).cloned().unwrap_or_default(),
                });
            }
        }
        entries
    }
}

/// The variants in the body of an enum.
fn variants(body: &[Token]) -> Vec<Defined> {
    let mut found = Vec::new();
    let (mut begins, mut at) = (0, 0);
    while at < body.len() {
        match &body[at] {
            Token::Sign('(' | '[' | '{') => at = closing(body, at),
            Token::Sign(',') => begins = at + 1,
            Token::Word(name) => found.extend(defined(name, &body[begins..at])),
            Token::Doc(_) | Token::Text(_) | Token::Sign(_) => {}
        }
        at += 1;
    }
    found
}

/// Documentation and attributes that end at a position.
fn before(tokens: &[Token], position: usize) -> &[Token] {
    let ends = |it: &usize| tokens[*it].is(';') || tokens[*it].is('}');
    let begins = (0..position).rev().find(ends).map_or(0, |at| at + 1);
    &tokens[begins..position]
}

/// Something that says an error, with what stands before its name.
fn defined(name: &str, before: &[Token]) -> Option<Defined> {
    let is_error = |it: &[Token]| it[0].is('[') && it[1].word() == Some("error") && it[2].is('(');
    let at = before.windows(4).position(is_error)?;
    let Token::Text(says) = &before[at + 3] else {
        return None;
    };
    let docs = before.iter().filter_map(|it| match it {
        Token::Doc(line) => Some(line.as_str()),
        Token::Text(_) | Token::Word(_) | Token::Sign(_) => None,
    });
    let end = closing(before, at + 2);
    let values = &before[at + 4..end];
    Some(Defined {
        name: name.to_owned(),
        says: filled(&with_choices(says, values)),
        called: called(values),
        means: docs.collect::<Vec<_>>().join(" "),
    })
}

/// A format with the texts in place that a value is chosen from.
fn with_choices(format: &str, values: &[Token]) -> String {
    let mut text = format.to_owned();
    let (mut begins, mut at, mut found) = (0, 0, Vec::new());
    while at <= values.len() {
        match values.get(at) {
            Some(Token::Sign('(' | '[' | '{')) => at = closing(values, at),
            Some(Token::Sign(',')) | None => {
                found.push(&values[begins..at]);
                begins = at + 1;
            }
            Some(Token::Sign(_) | Token::Doc(_) | Token::Text(_) | Token::Word(_)) => {}
        }
        at += 1;
    }
    for value in found.into_iter().filter(|value| !value.is_empty()) {
        let is_choice = value.iter().any(|it| it.word() == Some("if"));
        let texts = value.iter().filter_map(|it| match it {
            Token::Text(text) if is_choice => Some(text.as_str()),
            Token::Text(_) | Token::Doc(_) | Token::Word(_) | Token::Sign(_) => None,
        });
        let texts: Vec<&str> = texts.collect();
        let choices = match texts.is_empty() {
            true => "…".to_owned(),
            false => texts.join("/"),
        };
        text = text.replacen("{}", &choices, 1);
    }
    text
}

/// The functions that a piece of code calls.
fn called(code: &[Token]) -> Vec<String> {
    let calls = code.windows(2).filter(|pair| pair[1].is('('));
    let names = calls.filter_map(|pair| pair[0].word());
    names.map(ToOwned::to_owned).collect()
}

/// The arms of a match over `Self`: the variants that each is about, and what it gives.
fn arms(body: &[Token]) -> Vec<(Vec<String>, &[Token])> {
    let mut found = Vec::new();
    let mut names: Vec<String> = Vec::new();
    let mut at = 0;
    while at < body.len() {
        let rest = &body[at..];
        if let [
            Token::Word(own),
            Token::Sign(':'),
            Token::Sign(':'),
            Token::Word(name),
            ..,
        ] = rest
            && own == "Self"
        {
            names.push(name.clone());
        }
        if let [Token::Sign('='), Token::Sign('>'), ..] = rest
            && !names.is_empty()
        {
            let end = arm_end(body, at + 2);
            found.push((std::mem::take(&mut names), &body[at + 2..end]));
            at = end;
        }
        at += 1;
    }
    found
}

fn arm_end(body: &[Token], begin: usize) -> usize {
    if body.get(begin).is_some_and(|it| it.is('{')) {
        return closing(body, begin);
    }
    let mut at = begin;
    while at < body.len() {
        match &body[at] {
            Token::Sign('(' | '[' | '{') => at = closing(body, at),
            Token::Sign(',' | '}') => return at,
            Token::Sign(_) | Token::Doc(_) | Token::Text(_) | Token::Word(_) => {}
        }
        at += 1;
    }
    body.len()
}

/// The texts in a piece of code that are sentences; what a format fills in is `…`.
fn sentences(code: &[Token]) -> Vec<String> {
    let mut found = Vec::new();
    for (position, token) in code.iter().enumerate() {
        let Token::Text(text) = token else {
            continue;
        };
        let is_format = position >= 3 && code[position - 3].word() == Some("format");
        let text = match is_format {
            true => filled(text),
            false => text.clone(),
        };
        if text.contains(' ') && !text.starts_with([' ', ',']) && text.len() > 12 {
            found.push(text);
        }
    }
    found
}

/// A format with `…` for what is filled in.
fn filled(format: &str) -> String {
    let mut text = String::new();
    let mut rest = format;
    while let Some(at) = rest.find(['{', '}']) {
        text.push_str(&rest[..at]);
        let brace = &rest[at..];
        rest = if brace.starts_with("{{") || brace.starts_with("}}") {
            text.push_str(&brace[..1]);
            &brace[2..]
        } else {
            text.push('…');
            brace.find('}').map_or("", |end| &brace[end + 1..])
        };
    }
    text.push_str(rest);
    text
}
