//! Names that Rust takes.

use std::collections::HashMap;

use crate::schema::{Ident, ObjectName, Schema};

/// Words that are no names in Rust, and names that Diesel's macros use in a table.
const TAKEN: &[&str] = &[
    "abstract",
    "all_columns",
    "as",
    "async",
    "await",
    "become",
    "box",
    "break",
    "columns",
    "const",
    "continue",
    "crate",
    "do",
    "dsl",
    "dyn",
    "else",
    "enum",
    "extern",
    "false",
    "final",
    "fn",
    "for",
    "gen",
    "if",
    "impl",
    "in",
    "let",
    "loop",
    "macro",
    "match",
    "mod",
    "move",
    "mut",
    "override",
    "priv",
    "pub",
    "ref",
    "return",
    "self",
    "star",
    "static",
    "struct",
    "super",
    "table",
    "trait",
    "true",
    "try",
    "type",
    "typeof",
    "unsafe",
    "unsized",
    "use",
    "virtual",
    "where",
    "while",
    "yield",
];

/// The module of each table, no two alike.
pub(super) fn modules<'a>(schema: &'a Schema, prefix: &str) -> HashMap<&'a ObjectName, String> {
    let mut modules = HashMap::new();
    for table in &schema.tables {
        let full = table.name.name.as_str();
        let bare = full.strip_prefix(prefix).filter(|it| !it.is_empty());
        let wanted = snake(bare.unwrap_or(full));
        let is_taken = |name: &String| modules.values().any(|it| it == name);
        let numbered = (2..).map(|number| format!("{wanted}_{number}"));
        let name = std::iter::once(wanted.clone())
            .chain(numbered)
            .find(|name| !is_taken(name));
        modules.insert(&table.name, name.unwrap_or(wanted));
    }
    modules
}

/// The name of a column.
pub(super) fn column(name: &Ident) -> String {
    snake(name.as_str())
}

/// The name of a type, in the letters of Rust's types.
pub(super) fn type_name(name: &str) -> String {
    let words = snake(name);
    let words = words.split('_').filter(|word| !word.is_empty());
    words
        .map(|word| {
            let mut letters = word.chars();
            let first = letters.next().map(|it| it.to_ascii_uppercase());
            first.into_iter().chain(letters).collect::<String>()
        })
        .collect()
}

fn snake(name: &str) -> String {
    let mut written = String::with_capacity(name.len() + 4);
    let mut was_lower = false;
    for sign in name.chars() {
        if !(sign.is_alphanumeric() || sign == '_') {
            written.push('_');
        } else if sign.is_uppercase() {
            if was_lower {
                written.push('_');
            }
            written.extend(sign.to_lowercase());
        } else {
            written.push(sign);
        }
        was_lower = sign.is_lowercase() || sign.is_ascii_digit();
    }
    if written.starts_with(|first: char| first.is_ascii_digit()) {
        written.insert(0, '_');
    }
    if TAKEN.contains(&written.as_str()) || written.chars().all(|it| it == '_') {
        written.push('_');
    }
    written
}
