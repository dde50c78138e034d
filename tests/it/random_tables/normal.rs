//! Definitions as SQLite keeps them, made equal where they mean the same: quotes, letters, blanks,
//! and where in a table a constraint is written.

/// A piece of SQL.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Token {
    /// A name or key word, without quotes and in small letters.
    Word(String),
    /// As [`Token::Word`], but it was in quotes and so is no key word.
    Name(String),
    /// A number, a string, an operator.
    Other(String),
}

impl Token {
    fn text(&self) -> String {
        match self {
            Self::Word(text) | Self::Name(text) => format!("\"{text}\""),
            Self::Other(text) => text.clone(),
        }
    }

    fn is(&self, word: &str) -> bool {
        matches!(self, Self::Word(text) if text == word)
    }

    fn sign(&self) -> &str {
        match self {
            Self::Word(_) | Self::Name(_) => "",
            Self::Other(text) => text,
        }
    }
}

fn tokens(sql: &str) -> Vec<Token> {
    let mut tokens = Vec::new();
    let mut rest = sql.trim_start();
    while let Some(first) = rest.chars().next() {
        let length = match first {
            '\'' | '"' | '`' => closing(rest, first),
            '[' => rest.find(']').map_or(rest.len(), |end| end + 1),
            first if is_letter(first) => rest.find(|it| !is_letter(it)).unwrap_or(rest.len()),
            '<' | '>' | '|' | '!' | '=' => rest.find(|it| !"<>|!=".contains(it)).unwrap_or(1),
            first => first.len_utf8(),
        };
        let (text, after) = rest.split_at(length);
        tokens.push(match first {
            '"' | '`' => {
                let inner = &text[1..length - 1];
                let once = inner.replace(&first.to_string().repeat(2), &first.to_string());
                Token::Name(once.to_lowercase())
            }
            '[' => Token::Name(text[1..length - 1].to_lowercase()),
            first if first.is_ascii_digit() => Token::Other(text.to_owned()),
            first if is_letter(first) => word(text, after),
            _ => Token::Other(text.to_owned()),
        });
        rest = after.trim_start();
    }
    tokens
}

/// A word, or the letter before the bytes that it belongs to.
fn word(text: &str, after: &str) -> Token {
    if text.eq_ignore_ascii_case("x") && after.starts_with('\'') {
        return Token::Other("x".to_owned());
    }
    Token::Word(text.to_lowercase())
}

fn is_letter(letter: char) -> bool {
    letter.is_alphanumeric() || letter == '_'
}

/// The bytes up to and with the closing quote.
fn closing(text: &str, quote: char) -> usize {
    let mut at = 1;
    while let Some(found) = text[at..].find(quote) {
        at += found + 1;
        if !text[at..].starts_with(quote) {
            return at;
        }
        at += 1;
    }
    text.len()
}

fn joined(tokens: &[Token]) -> String {
    let texts: Vec<String> = tokens.iter().map(Token::text).collect();
    texts.join(" ")
}

/// Any definition: its tokens. `ASC` is what a part of an index is anyway.
pub(super) fn definition(sql: &str) -> String {
    let kept: Vec<Token> = tokens(sql).into_iter().filter(|it| !it.is("asc")).collect();
    joined(&kept)
}

/// An expression: without parentheses around the whole.
pub(super) fn expression(sql: &str) -> String {
    joined(bare(&tokens(sql)))
}

/// The tokens without the parentheses around them all.
fn bare(tokens: &[Token]) -> &[Token] {
    let mut inner = tokens;
    while let [first, middle @ .., last] = inner
        && first.sign() == "("
        && last.sign() == ")"
        && is_balanced(middle)
    {
        inner = middle;
    }
    inner
}

fn is_balanced(tokens: &[Token]) -> bool {
    let mut depth = 0;
    tokens.iter().all(|token| {
        depth += step(token);
        depth >= 0
    })
}

fn step(token: &Token) -> i32 {
    match token.sign() {
        "(" => 1,
        ")" => -1,
        _ => 0,
    }
}

/// `CREATE INDEX` behind its name: the table, each part, the condition.
pub(super) fn index(sql: &str, table: &str) -> Vec<String> {
    let tokens = unqualified(tokens(sql), table);
    let open = tokens.iter().position(|token| token.sign() == "(");
    let (head, rest) = tokens.split_at(open.unwrap_or(tokens.len()));
    let (parts, tail) = group(rest);
    let mut texts = vec![joined(head)];
    for part in elements(parts) {
        let end = part
            .iter()
            .position(|token| token.is("collate") || token.is("asc") || token.is("desc"));
        let (key, order) = part.split_at(end.unwrap_or(part.len()));
        let order: Vec<Token> = order.iter().filter(|it| !it.is("asc")).cloned().collect();
        texts.push(format!("{} {}", joined(bare(key)), joined(&order)));
    }
    let condition = tail.split_first().map(|(_, condition)| bare(condition));
    texts.push(joined(condition.unwrap_or_default()));
    texts
}

/// Takes the table's own name from before its columns.
fn unqualified(tokens: Vec<Token>, table: &str) -> Vec<Token> {
    let table = table.to_lowercase();
    let mut kept: Vec<Token> = Vec::with_capacity(tokens.len());
    for token in tokens {
        kept.push(token);
        let end = kept.len();
        if end >= 2
            && kept[end - 1].sign() == "."
            && matches!(&kept[end - 2], Token::Word(name) | Token::Name(name) if *name == table)
        {
            kept.truncate(end - 2);
        }
    }
    kept
}

/// What stands between the first parenthesis and its partner, and what follows.
fn group(tokens: &[Token]) -> (&[Token], &[Token]) {
    let mut depth = 0;
    for (at, token) in tokens.iter().enumerate() {
        depth += step(token);
        if depth == 0 {
            return (&tokens[1.min(at)..at], &tokens[at + 1..]);
        }
    }
    (&[], &[])
}

fn elements(tokens: &[Token]) -> Vec<&[Token]> {
    let mut depth = 0;
    tokens
        .split(|token| {
            depth += step(token);
            depth == 0 && token.sign() == ","
        })
        .collect()
}

/// `CREATE TABLE`: what its columns and constraints say, sorted, without types, defaults and NOT
/// NULL, which SQLite says itself.
pub(super) fn table(sql: &str, name: &str) -> Vec<String> {
    let tokens = unqualified(tokens(sql), name);
    let open = tokens.iter().position(|token| token.sign() == "(");
    let (body, options) = group(&tokens[open.unwrap_or(tokens.len())..]);
    let mut facts = Vec::new();
    for element in elements(body) {
        Reader::new(element).read(&mut facts);
    }
    let mut options: Vec<String> = elements(options).into_iter().map(joined).collect();
    options.sort();
    facts.push(format!("options {}", options.join(", ")));
    facts.sort();
    facts
}

/// Reads one column or constraint of a table.
struct Reader<'a> {
    rest: &'a [Token],
    column: String,
}

const TABLE_CONSTRAINTS: [&str; 5] = ["constraint", "primary", "unique", "check", "foreign"];
const COLUMN_CONSTRAINTS: [&str; 10] = [
    "constraint",
    "primary",
    "unique",
    "check",
    "not",
    "null",
    "default",
    "collate",
    "references",
    "generated",
];

impl<'a> Reader<'a> {
    fn new(rest: &'a [Token]) -> Self {
        Self {
            rest,
            column: String::new(),
        }
    }

    fn accept(&mut self, word: &str) -> bool {
        match self.rest.split_first() {
            Some((first, rest)) if first.is(word) => {
                self.rest = rest;
                true
            }
            Some(_) | None => false,
        }
    }

    fn next(&mut self) -> String {
        let Some((first, rest)) = self.rest.split_first() else {
            return String::new();
        };
        self.rest = rest;
        first.text()
    }

    fn group(&mut self) -> String {
        let (inner, rest) = group(self.rest);
        self.rest = rest;
        joined(bare(inner))
    }

    /// The columns in parentheses, or the column this stands in.
    fn columns(&mut self) -> String {
        if self.column.is_empty() {
            self.group()
        } else {
            self.column.clone()
        }
    }

    fn read(&mut self, facts: &mut Vec<String>) {
        let is_constraint = TABLE_CONSTRAINTS
            .iter()
            .any(|word| self.rest.first().is_some_and(|token| token.is(word)));
        if !is_constraint {
            self.column = self.next();
            let is_end = |token: &Token| {
                token.is("as") || COLUMN_CONSTRAINTS.iter().any(|word| token.is(word))
            };
            let end = self.rest.iter().position(is_end);
            self.rest = &self.rest[end.unwrap_or(self.rest.len())..];
        }
        while !self.rest.is_empty() {
            let name = if self.accept("constraint") {
                self.next()
            } else {
                String::new()
            };
            let before = self.rest.len();
            if let Some(fact) = self.fact() {
                facts.push(format!("{name} {fact}"));
            }
            assert!(
                self.rest.len() < before,
                "not understood: {}",
                joined(self.rest)
            );
        }
    }

    fn fact(&mut self) -> Option<String> {
        if self.accept("primary") {
            self.accept("key");
            let columns = self.columns();
            let mark = self.accept("autoincrement");
            Some(format!("primary key ({columns}) {mark}"))
        } else if self.accept("unique") {
            Some(format!("unique ({})", self.columns()))
        } else if self.accept("check") {
            Some(format!("check {}", self.group()))
        } else if self.accept("foreign") {
            self.accept("key");
            let columns = self.columns();
            self.accept("references");
            Some(self.reference(&columns))
        } else if self.accept("references") {
            Some(self.reference(&self.column.clone()))
        } else if self.accept("collate") {
            let collation = self.next();
            (collation != "\"binary\"").then(|| format!("collate {} {collation}", self.column))
        } else if self.accept("generated") || self.accept("always") {
            None
        } else if self.accept("as") {
            let expression = self.group();
            let stored = self.accept("stored");
            self.accept("virtual");
            Some(format!("{} as {expression} {stored}", self.column))
        } else {
            self.skip();
            None
        }
    }

    /// Passes NOT NULL, or DEFAULT with its value.
    fn skip(&mut self) {
        if self.accept("default") {
            if self.rest.first().is_some_and(|token| token.sign() == "(") {
                self.group();
                return;
            }
            while self
                .rest
                .first()
                .is_some_and(|it| ["+", "-", "x"].contains(&it.sign()))
            {
                self.next();
            }
        }
        self.next();
        // A number may be in two pieces: `1.5`.
        while self.rest.first().is_some_and(|token| token.sign() == ".") {
            self.next();
            self.next();
        }
    }

    fn reference(&mut self, columns: &str) -> String {
        let table = self.next();
        let mut referenced = String::new();
        if self.rest.first().is_some_and(|token| token.sign() == "(") {
            referenced = self.group();
        }
        let mut actions = Vec::new();
        while self.accept("on") {
            let event = self.next();
            let action = self.next();
            let action = match action.as_str() {
                "\"set\"" | "\"no\"" => format!("{action} {}", self.next()),
                _ => action,
            };
            if action != "\"no\" \"action\"" {
                actions.push(format!("{event} {action}"));
            }
        }
        actions.sort();
        let deferred = self.accept("deferrable");
        if deferred {
            self.accept("initially");
            self.accept("deferred");
        }
        format!("({columns}) -> {table} ({referenced}) {actions:?} {deferred}")
    }
}
