//! Which columns an expression names, as far as its text tells without an engine.
//!
//! A word counts as a column unless it is called (`now()`), qualifies another name (`t.a`), or
//! names a type (`CAST(x AS date)`, `x::date`, `date '2020-01-01'`). Unquoted words compare
//! without case, as no engine tells them apart by case; quoted names compare exactly.

use super::{Expression, Ident};

impl Expression {
    /// Whether it names `column`.
    pub fn mentions(&self, column: &Ident) -> bool {
        names(self.as_str())
            .iter()
            .any(|name| name.role == Role::Column && name.is(column))
    }

    /// The expression after its column `from` was renamed.
    pub fn rename_column(&self, from: &Ident, to: &Ident) -> Self {
        self.rename(from, to, Role::Column)
    }

    /// The expression after the table `from`, where it qualifies a column, was renamed.
    pub fn rename_table(&self, from: &Ident, to: &Ident) -> Self {
        self.rename(from, to, Role::Qualifier)
    }

    /// The expression with `table` no longer before its columns: `t.a` is `a`.
    pub fn without_qualifier(&self, table: &Ident) -> Self {
        let text = self.as_str();
        let mut bare = String::with_capacity(text.len());
        let mut copied = 0;
        for name in names(text) {
            if name.role == Role::Qualifier && name.is(table) {
                bare.push_str(&text[copied..name.start]);
                copied = text[name.end..]
                    .find('.')
                    .map_or(name.end, |dot| name.end + dot + 1);
            }
        }
        bare.push_str(&text[copied..]);
        Self::new(bare)
    }

    /// The expression with every name in quotes written as the one of the same letters that is
    /// meant, one of `columns` or the table before it, for engines that ignore case even there.
    pub fn spelled_as(&self, table: &Ident, columns: &[Ident]) -> Self {
        self.replace(|name| {
            let known = match name.role {
                Role::Column => columns,
                Role::Qualifier => std::slice::from_ref(table),
                Role::Other => &[],
            };
            let is_unknown = name.is_quoted && !known.iter().any(|it| name.is(it));
            known.iter().find(|it| is_unknown && name.is_like(it))
        })
    }

    fn rename(&self, from: &Ident, to: &Ident, role: Role) -> Self {
        self.replace(|name| (name.role == role && name.is(from)).then_some(to))
    }

    /// The expression with some names written anew.
    fn replace<'a>(&self, with: impl Fn(&Name) -> Option<&'a Ident>) -> Self {
        let text = self.as_str();
        let mut replaced = String::with_capacity(text.len());
        let mut copied = 0;
        for name in names(text) {
            if let Some(to) = with(&name) {
                replaced.push_str(&text[copied..name.start]);
                replaced.push_str(&format!("\"{}\"", to.as_str().replace('"', "\"\"")));
                copied = name.end;
            }
        }
        replaced.push_str(&text[copied..]);
        Self::new(replaced)
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Role {
    Column,
    Qualifier,
    Other,
}

/// A name in an expression.
struct Name {
    text: String,
    is_quoted: bool,
    role: Role,
    start: usize,
    end: usize,
}

impl Name {
    fn is_like(&self, ident: &Ident) -> bool {
        self.text.eq_ignore_ascii_case(ident.as_str())
    }

    fn is(&self, ident: &Ident) -> bool {
        if self.is_quoted {
            self.text == ident.as_str()
        } else {
            self.text.eq_ignore_ascii_case(ident.as_str())
        }
    }
}

fn names(text: &str) -> Vec<Name> {
    let mut names: Vec<Name> = Vec::new();
    let mut at = 0;
    while let Some(character) = text[at..].chars().next() {
        let start = at;
        at = match character {
            '\'' => closing(text, start, '\'', is_escape_string(text, start)),
            '"' => closing(text, start, '"', false),
            _ if is_word(character) => word_end(text, start),
            _ => start + character.len_utf8(),
        };
        let is_quoted = character == '"';
        if is_quoted || (is_word(character) && !character.is_ascii_digit()) {
            let inner = text[start..at].strip_prefix('"').unwrap_or_default();
            let inner = inner.strip_suffix('"').unwrap_or(inner);
            let role = role(text, start, at);
            names.push(Name {
                text: if is_quoted {
                    inner.replace("\"\"", "\"")
                } else {
                    text[start..at].to_owned()
                },
                is_quoted,
                role,
                start,
                end: at,
            });
        }
    }
    names
}

fn is_word(character: char) -> bool {
    character.is_alphanumeric() || character == '_' || character == '$' || !character.is_ascii()
}

fn word_end(text: &str, start: usize) -> usize {
    text[start..]
        .find(|character| !is_word(character))
        .map_or(text.len(), |length| start + length)
}

fn is_escape_string(text: &str, quote: usize) -> bool {
    let before = &text[..quote];
    before.ends_with(['e', 'E']) && !before[..before.len() - 1].ends_with(is_word)
}

/// Where the quoted text that opens at `start` ends; at the end when it is never closed.
fn closing(text: &str, start: usize, quote: char, has_escapes: bool) -> usize {
    let bytes = text.as_bytes();
    let mut at = start + 1;
    while at < bytes.len() {
        let is_quote = bytes[at] == quote as u8;
        if is_quote && bytes.get(at + 1) != Some(&bytes[at]) {
            return at + 1;
        }
        at += if is_quote || (has_escapes && bytes[at] == b'\\') {
            2
        } else {
            1
        };
    }
    text.len()
}

fn role(text: &str, start: usize, end: usize) -> Role {
    let before = text[..start].trim_end();
    let after = text[end..].trim_start();
    let last_word = before.rsplit(|character| !is_word(character)).next();
    let names_type = before.ends_with("::")
        || last_word.is_some_and(|word| word.eq_ignore_ascii_case("as"))
        || after.starts_with('\'');
    if after.starts_with('.') {
        Role::Qualifier
    } else if names_type || after.starts_with('(') {
        Role::Other
    } else {
        Role::Column
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        let from = Ident::new("date");
        let renamed = Expression::new(text).rename_column(&from, &Ident::new("day"));
        assert_eq!(renamed.as_str(), expected);
        assert_eq!(Expression::new(text).mentions(&from), text != expected);
    }

    #[test]
    fn columns_are_renamed_and_nothing_else() {
        check("date > 0 AND t.DATE < 1", "\"day\" > 0 AND t.\"day\" < 1");
        check("\"date\" IS NULL", "\"day\" IS NULL");
        check("\"Date\" IS NULL", "\"Date\" IS NULL");
        check(
            "x = 'date' OR x = 'it''s date'",
            "x = 'date' OR x = 'it''s date'",
        );
        check("date(x) = CAST(y AS date)", "date(x) = CAST(y AS date)");
        check("x::date = date '2020-01-01'", "x::date = date '2020-01-01'");
        check("x = E'\\' date' AND update", "x = E'\\' date' AND update");
    }

    #[test]
    fn a_name_may_end_in_quotes() {
        let renamed = Expression::new("\"a\"\"\" > 0").rename_column(&"a\"".into(), &"b".into());
        assert_eq!(renamed.as_str(), "\"b\" > 0");
    }

    #[test]
    fn names_are_spelled_as_their_table_spells_them() {
        let columns = ["Size".into(), "a".into(), "A".into()];
        let spelled =
            Expression::new("\"SIZE\" > T.size AND \"T\".\"a\" = \"A\" OR \"b\" = 'SIZE'");
        assert_eq!(
            spelled.spelled_as(&"t".into(), &columns).as_str(),
            "\"Size\" > T.size AND \"t\".\"a\" = \"A\" OR \"b\" = 'SIZE'"
        );
    }

    #[test]
    fn a_qualifier_is_a_table() {
        let expression = Expression::new("t.t = 1").rename_table(&"t".into(), &"u".into());
        assert_eq!(expression.as_str(), "\"u\".t = 1");
        let expression = Expression::new("\"t\".a > t . t AND u.t > 't.a'");
        assert_eq!(
            expression.without_qualifier(&"t".into()).as_str(),
            "a >  t AND u.t > 't.a'"
        );
    }
}
