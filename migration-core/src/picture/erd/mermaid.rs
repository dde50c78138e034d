//! A diagram in the language of Mermaid, which many sites draw by themselves.

use std::fmt::Write as _;

use super::{Attribute, Diagram};
use crate::picture::escape;

/// Writes an `erDiagram`.
///
/// Mermaid takes any name of a table, but only letters, digits and a few signs in names and types
/// of columns: others become underscores, and the comment behind the column says what they were.
pub fn mermaid(diagram: &Diagram) -> String {
    let mut text = String::from("erDiagram\n");
    for (number, table) in diagram.tables.iter().enumerate() {
        let name = escape::mermaid(&table.name);
        let _ = write!(text, "    t{number}[\"{name}\"]");
        if table.columns.is_empty() {
            text.push('\n');
            continue;
        }
        text += " {\n";
        for column in &table.columns {
            let _ = writeln!(text, "        {}", attribute(column));
        }
        text += "    }\n";
    }
    for relation in &diagram.relations {
        let referring = relation.referring.sign();
        let referred = relation.referred.sign();
        let _ = writeln!(
            text,
            "    t{} {referring}--{referred} t{} : \"{}\"",
            relation.from,
            relation.to,
            escape::mermaid(&relation.columns.join(", "))
        );
    }
    text
}

fn attribute(column: &Attribute) -> String {
    let data_type = word(&column.data_type, "()");
    let name = word(&column.name, "");
    let mut text = format!("{data_type} {name}");
    let keys: Vec<&str> = [
        (column.primary_key, "PK"),
        (column.foreign_key, "FK"),
        (column.unique, "UK"),
    ]
    .into_iter()
    .filter_map(|(holds, key)| holds.then_some(key))
    .collect();
    if !keys.is_empty() {
        let _ = write!(text, " {}", keys.join(", "));
    }
    let mut remarks = Vec::new();
    if name != column.name {
        remarks.push(format!("named {}", column.name));
    }
    if data_type != column.data_type {
        remarks.push(column.data_type.clone());
    }
    if column.not_null && !column.primary_key {
        remarks.push("not null".to_owned());
    }
    if !remarks.is_empty() {
        let _ = write!(text, " \"{}\"", escape::mermaid(&remarks.join(", ")));
    }
    text
}

/// A text as one word that begins with a letter.
fn word(text: &str, also: &str) -> String {
    let mut word = String::new();
    for sign in text.chars() {
        if sign.is_ascii_alphanumeric() || sign == '_' || also.contains(sign) {
            word.push(sign);
        } else if !word.ends_with('_') {
            word.push('_');
        }
    }
    if word == text && word.starts_with(|first: char| first.is_ascii_alphabetic() || first == '_') {
        return word;
    }
    // Underscores around a word would be emphasis.
    let word = word.trim_matches('_');
    match word.starts_with(|first: char| first.is_ascii_alphabetic()) {
        true => word.to_owned(),
        false => format!("x{word}"),
    }
}
