//! `.env` files: `NAME=value` lines, as compose files and shells know them.

/// What a file defines, in its order, and the numbers of the lines that say nothing.
#[derive(Debug, Default)]
pub(super) struct DotEnv {
    pub(super) variables: Vec<(String, String)>,
    pub(super) malformed: Vec<usize>,
}

/// Reads a text.
///
/// `export` is allowed; single quotes keep everything, double quotes know `\n`, `\r`, `\t` and the
/// escape of any sign, both may span lines; without quotes ` #` begins a comment.
pub(super) fn parse(text: &str) -> DotEnv {
    let mut found = DotEnv::default();
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut rest = text;
    while !rest.is_empty() {
        let line = rest.split('\n').next().unwrap_or_default();
        let content = line.trim();
        if content.is_empty() || content.starts_with('#') {
            rest = after_line(rest);
            continue;
        }
        match name(line) {
            Some((name, value_at)) => {
                let (value, after) = value(&rest[value_at..]);
                found.variables.push((name.to_owned(), value));
                rest = after;
            }
            None => {
                let before = &text[..text.len() - rest.len()];
                found.malformed.push(before.matches('\n').count() + 1);
                rest = after_line(rest);
            }
        }
    }
    found
}

/// The name that a line defines, and where its value begins.
fn name(line: &str) -> Option<(&str, usize)> {
    let (name, value) = line.split_once('=')?;
    let name = name.trim();
    let name = name.strip_prefix("export ").unwrap_or(name).trim();
    let fits = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '.' | '-');
    (!name.is_empty() && name.chars().all(fits)).then_some((name, line.len() - value.len()))
}

/// Reads the value at the start of a text; returns what stands after its line.
fn value(text: &str) -> (String, &str) {
    let line = text.split('\n').next().unwrap_or_default();
    let indent = line.len() - line.trim_start().len();
    let quoted = match text[indent..].chars().next() {
        Some('\'') => single_quoted(&text[indent + 1..]),
        Some('"') => double_quoted(&text[indent + 1..]),
        _ => None,
    };
    if let Some((value, rest)) = quoted {
        return (value, after_line(rest));
    }
    let value = line.trim();
    let comment = value
        .char_indices()
        .find(|(at, c)| *c == '#' && (*at == 0 || value[..*at].ends_with([' ', '\t'])));
    let value = comment.map_or(value, |(at, _)| value[..at].trim_end());
    (value.to_owned(), after_line(text))
}

fn single_quoted(text: &str) -> Option<(String, &str)> {
    let (value, rest) = text.split_once('\'')?;
    Some((value.to_owned(), rest))
}

/// None when the quote is never closed: then it is part of an ordinary value.
fn double_quoted(text: &str) -> Option<(String, &str)> {
    let mut value = String::new();
    let mut characters = text.char_indices();
    while let Some((at, character)) = characters.next() {
        match character {
            '"' => return Some((value, &text[at + 1..])),
            '\\' => match characters.next()?.1 {
                'n' => value.push('\n'),
                'r' => value.push('\r'),
                't' => value.push('\t'),
                other => value.push(other),
            },
            other => value.push(other),
        }
    }
    None
}

fn after_line(text: &str) -> &str {
    text.split_once('\n').map_or("", |(_, rest)| rest)
}
