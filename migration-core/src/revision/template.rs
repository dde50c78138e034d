//! Fills `%(name)s` into file names and revision files: Python's formatting, as far as it is used.
//!
//! One notation serves `file_template` and `revision.sql.tmpl`, it is the one that Alembic's users
//! know, and it collides with less SQL than `$` or `{}` would: that is why there is no template
//! engine.

use super::RevisionError;
use crate::text::closest;

/// What a name stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Value {
    Text(String),
    Number(i64),
}

/// A template's kind: what it is called, the names it may have, and whether a `%` without a name is
/// an error (file names) or itself (SQL is full of them).
pub(super) struct Kind {
    pub(super) title: &'static str,
    pub(super) names: &'static [&'static str],
    pub(super) strict: bool,
}

/// Fills a template.
///
/// # Errors
///
/// An unknown name; a malformed `%` where the kind is strict.
pub(super) fn fill(
    kind: &Kind,
    template: &str,
    value: impl Fn(&str) -> Option<Value>,
) -> Result<String, RevisionError> {
    let mut out = String::with_capacity(template.len());
    let mut rest = template;
    while let Some(at) = rest.find('%') {
        out.push_str(&rest[..at]);
        let sign = &rest[at..];
        let doubled = sign.starts_with("%%") && (kind.strict || sign.starts_with("%%("));
        if doubled {
            out.push('%');
            rest = &sign[2..];
            continue;
        }
        let Some(token) = Token::parse(sign) else {
            if kind.strict || sign.starts_with("%(") {
                return Err(malformed(kind, sign));
            }
            out.push('%');
            rest = &sign[1..];
            continue;
        };
        let Some(value) = value(token.name) else {
            return Err(RevisionError::UnknownToken {
                template: kind.title,
                found: token.name.to_owned(),
                known: kind.names,
                nearest: closest(token.name, kind.names.iter().copied()),
            });
        };
        out.push_str(&token.print(&value).ok_or_else(|| malformed(kind, sign))?);
        rest = &sign[token.length..];
    }
    out.push_str(rest);
    Ok(out)
}

fn malformed(kind: &Kind, sign: &str) -> RevisionError {
    RevisionError::MalformedToken {
        template: kind.title,
        found: sign.chars().take(16).collect(),
    }
}

/// `%(name)`, then flags, width, precision and conversion.
struct Token<'a> {
    name: &'a str,
    left: bool,
    zeros: bool,
    width: usize,
    precision: Option<usize>,
    conversion: char,
    length: usize,
}

impl<'a> Token<'a> {
    fn parse(sign: &'a str) -> Option<Self> {
        let (name, after) = sign.strip_prefix("%(")?.split_once(')')?;
        let flags_end = after.find(|c| !matches!(c, '0' | '-'))?;
        let (flags, after) = after.split_at(flags_end);
        let (width, after) = number(after);
        let (precision, after) = match after.strip_prefix('.') {
            Some(after) => {
                let (precision, after) = number(after);
                (Some(precision), after)
            }
            None => (None, after),
        };
        let conversion = after.chars().next()?;
        matches!(conversion, 's' | 'd' | 'i').then(|| Self {
            name,
            left: flags.contains('-'),
            zeros: flags.contains('0'),
            width,
            precision,
            conversion,
            length: sign.len() - after.len() + conversion.len_utf8(),
        })
    }

    /// The value as the token wants it; none when it wants a number and has a text.
    fn print(&self, value: &Value) -> Option<String> {
        let printed = match (value, self.conversion) {
            (Value::Text(_), 'd' | 'i') => return None,
            (Value::Text(text), _) => match self.precision {
                Some(precision) => text.chars().take(precision).collect(),
                None => text.clone(),
            },
            (Value::Number(number), _) => {
                let digits = self.precision.unwrap_or_default();
                let sign = if *number < 0 { "-" } else { "" };
                format!("{sign}{:0>digits$}", number.unsigned_abs())
            }
        };
        let width = self.width;
        let fill_zeros = self.zeros && matches!(value, Value::Number(_));
        Some(match (self.left, fill_zeros) {
            (true, _) => format!("{printed:<width$}"),
            (false, true) => format!("{printed:0>width$}"),
            (false, false) => format!("{printed:>width$}"),
        })
    }
}

/// The number at the start of a text, at most 255 (longer than any file name), and the rest.
fn number(text: &str) -> (usize, &str) {
    let end = text
        .find(|c: char| !c.is_ascii_digit())
        .unwrap_or(text.len());
    let (digits, rest) = text.split_at(end);
    let value = digits.bytes().fold(0, |value: usize, digit| {
        (value * 10 + usize::from(digit - b'0')).min(255)
    });
    (value, rest)
}
