//! Enumerated types.

use super::{DataType, Expression, Ident, ObjectName};

/// A type whose values are listed (`CREATE TYPE ... AS ENUM`). A column of it names it as
/// [`DataType::Other`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EnumType {
    /// Its name.
    pub name: ObjectName,
    /// Its values, in their order.
    pub values: Vec<String>,
}

impl DataType {
    /// The type of that name.
    pub fn of_name(name: &ObjectName) -> Self {
        let text = match &name.schema {
            Some(schema) => format!("{}.{}", spelled(schema), spelled(&name.name)),
            None => spelled(&name.name),
        };
        Self::Other(Expression::new(text))
    }

    /// The name, when the type is nothing but a name with at most a schema before it. Without
    /// quotes it may be the name of an engine's own type, too.
    pub fn as_name(&self) -> Option<ObjectName> {
        let Self::Other(text) = self else {
            return None;
        };
        let (first, rest) = part(text.as_str())?;
        if rest.is_empty() {
            return Some(ObjectName {
                schema: None,
                name: first,
            });
        }
        let (name, rest) = part(rest.strip_prefix('.')?)?;
        rest.is_empty().then_some(ObjectName {
            schema: Some(first),
            name,
        })
    }
}

/// A name as text: in quotes, where it needs them.
fn spelled(name: &Ident) -> String {
    let text = name.as_str();
    let is_plain = text.starts_with(|first: char| first.is_ascii_lowercase() || first == '_')
        && text
            .chars()
            .all(|it| it.is_ascii_lowercase() || it.is_ascii_digit() || it == '_');
    if is_plain {
        text.to_owned()
    } else {
        format!("\"{}\"", text.replace('"', "\"\""))
    }
}

/// The name that a text begins with, and what follows it.
fn part(text: &str) -> Option<(Ident, &str)> {
    if let Some(quoted) = text.strip_prefix('"') {
        let mut at = 0;
        loop {
            at += quoted[at..].find('"')?;
            if !quoted[at + 1..].starts_with('"') {
                break;
            }
            at += 2;
        }
        let name = quoted[..at].replace("\"\"", "\"");
        return Some((Ident::new(name), &quoted[at + 1..]));
    }
    let is_part = |it: char| it.is_alphanumeric() || it == '_' || it == '$';
    let end = text.find(|it| !is_part(it)).unwrap_or(text.len());
    (end > 0).then(|| (Ident::new(&text[..end]), &text[end..]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_survives_as_a_type() {
        for (schema, name) in [
            (None, "mood"),
            (None, "Mood \"x\""),
            (Some("app"), "mood"),
            (Some("A.b"), "c.d"),
        ] {
            let name = ObjectName {
                schema: schema.map(Ident::new),
                name: Ident::new(name),
            };
            assert_eq!(DataType::of_name(&name).as_name(), Some(name));
        }
    }

    #[test]
    fn more_than_a_name_is_no_name() {
        for text in ["int[]", "INT UNSIGNED", "vector(3)", "a.b.c", "", "\"a"] {
            let data_type = DataType::Other(Expression::new(text));
            assert_eq!(data_type.as_name(), None, "{text}");
        }
    }
}
