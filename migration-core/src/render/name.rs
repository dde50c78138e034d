//! Names and strings.

use super::{RenderOptions, keywords};
use crate::schema::{Expression, Ident, ObjectName};
use crate::sql::template;

/// A column's name, or another that never has the prefix.
pub(super) fn plain(name: &Ident) -> String {
    if is_word(name.as_str()) {
        name.to_string()
    } else {
        quoted(&template::text(name.as_str()))
    }
}

/// Columns with commas between, in parentheses.
pub(super) fn list(names: &[Ident]) -> String {
    let names: Vec<String> = names.iter().map(plain).collect();
    format!("({})", names.join(", "))
}

/// The name of a table, index or constraint. One with the prefix is quoted, whatever it is made of,
/// because nobody knows yet what the prefix will be.
pub(super) fn prefixed(name: &Ident, options: &RenderOptions<'_>) -> String {
    let marked = template::name(name, options.mark());
    if marked == name.as_str() {
        plain(name)
    } else {
        quoted(&marked)
    }
}

/// Whether a name is one that has the prefix.
pub(super) fn has_prefix(name: &Ident, options: &RenderOptions<'_>) -> bool {
    template::name(name, options.mark()) != name.as_str()
}

/// A name with its schema.
pub(super) fn object(name: &ObjectName, options: &RenderOptions<'_>) -> String {
    let object = prefixed(&name.name, options);
    match &name.schema {
        Some(schema) => format!("{}.{object}", plain(schema)),
        None => object,
    }
}

/// An expression as it is, the prefix marked.
pub(super) fn expression(expression: &Expression, options: &RenderOptions<'_>) -> String {
    template::expression(expression, options.mark())
}

/// A text as a string that every engine's parser reads alike: with a backslash in it, only between
/// dollar signs.
pub(super) fn string(text: &str) -> String {
    let escaped = template::text(text);
    if !text.contains('\\') {
        return format!("'{}'", escaped.replace('\'', "''"));
    }
    let mut tag = String::new();
    // The closing tag must not be found before the end.
    while format!("{escaped}${tag}$").find(&format!("${tag}$")) != Some(escaped.len()) {
        tag.push('q');
    }
    format!("${tag}${escaped}${tag}$")
}

fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('"', "\"\""))
}

/// Whether it means the same without quotes on every engine.
fn is_word(name: &str) -> bool {
    let is_plain = |sign: char| sign.is_ascii_lowercase() || sign == '_';
    name.starts_with(is_plain)
        && name
            .chars()
            .all(|sign| is_plain(sign) || sign.is_ascii_digit())
        && !keywords::is_reserved(name)
}
