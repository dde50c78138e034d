//! Views and triggers in statements that pass through as written: a script that drops a column proves
//! that none of them reads it.

use crate::schema::{Dependent, DependentKind, ObjectName, Schema};

/// Follows `CREATE` and `DROP` of views and triggers; every other statement changes nothing.
pub(super) fn follow(sql: &str, schema: &mut Schema) {
    let mut words = Words { rest: sql };
    match words.keyword().as_str() {
        "CREATE" => {
            if let Some(dependent) = created(sql, &mut words) {
                let name = dependent.name.clone();
                schema
                    .dependents
                    .retain(|former| !same(&former.name, &name));
                schema.dependents.push(dependent);
            }
        }
        "DROP" => {
            if matches!(words.keyword().as_str(), "VIEW" | "TRIGGER") {
                words.skip(&["IF", "EXISTS"]);
                if let Some(name) = words.name() {
                    schema
                        .dependents
                        .retain(|former| !same(&former.name, &name));
                }
            }
        }
        _ => {}
    }
}

/// Whether two names mean one object on an engine that ignores case, as SQLite does.
pub(super) fn same(one: &ObjectName, other: &ObjectName) -> bool {
    one.name.as_str().eq_ignore_ascii_case(other.name.as_str())
}

fn created(sql: &str, words: &mut Words<'_>) -> Option<Dependent> {
    words.skip(&["OR", "REPLACE", "TEMP", "TEMPORARY"]);
    let is_view = match words.keyword().as_str() {
        "VIEW" => true,
        "TRIGGER" => false,
        _ => return None,
    };
    words.skip(&["IF", "NOT", "EXISTS"]);
    let name = words.name()?;
    let kind = if is_view {
        DependentKind::View
    } else {
        // `BEFORE UPDATE OF a, b ON t`: the table stands behind the first ON.
        loop {
            let word = words.next()?;
            if word.eq_ignore_ascii_case("ON") {
                break;
            }
        }
        DependentKind::Trigger {
            table: words.name()?,
        }
    };
    Some(Dependent {
        kind,
        name,
        sql: sql.to_owned(),
    })
}

/// A statement word by word; quoted names keep their quotes, other signs stand alone.
struct Words<'a> {
    rest: &'a str,
}

impl<'a> Words<'a> {
    fn next(&mut self) -> Option<&'a str> {
        self.rest = self.rest.trim_start();
        while let Some(comment) = self.rest.strip_prefix("--") {
            let end = comment.find('\n').unwrap_or(comment.len());
            self.rest = comment[end..].trim_start();
        }
        let first = self.rest.chars().next()?;
        let length = match first {
            '"' | '`' => closing(self.rest, first),
            '[' => closing(self.rest, ']'),
            first if is_part(first) => self
                .rest
                .find(|character| !is_part(character))
                .unwrap_or(self.rest.len()),
            first => first.len_utf8(),
        };
        let (word, rest) = self.rest.split_at(length);
        self.rest = rest;
        Some(word)
    }

    fn keyword(&mut self) -> String {
        self.next().unwrap_or_default().to_ascii_uppercase()
    }

    fn skip(&mut self, keywords: &[&str]) {
        loop {
            let before = self.rest;
            let word = self.keyword();
            if !keywords.contains(&word.as_str()) {
                self.rest = before;
                return;
            }
        }
    }

    /// `name` or `schema.name`.
    fn name(&mut self) -> Option<ObjectName> {
        let first = unquoted(self.next()?);
        let before = self.rest;
        if self.next() == Some(".") {
            let name = ObjectName::new(unquoted(self.next()?));
            return Some(ObjectName {
                schema: Some(first.as_str().into()),
                ..name
            });
        }
        self.rest = before;
        Some(ObjectName::new(first))
    }
}

fn is_part(character: char) -> bool {
    character.is_alphanumeric() || character == '_' || character == '$'
}

/// Bytes up to and with the closing quote; a doubled quote does not close.
fn closing(text: &str, quote: char) -> usize {
    let mut characters = text.char_indices().skip(1).peekable();
    while let Some((at, character)) = characters.next() {
        if character != quote {
            continue;
        }
        if characters.next_if(|(_, next)| *next == quote).is_none() {
            return at + quote.len_utf8();
        }
    }
    text.len()
}

fn unquoted(word: &str) -> String {
    let Some(quote) = word
        .chars()
        .next()
        .filter(|it| matches!(it, '"' | '`' | '['))
    else {
        return word.to_owned();
    };
    let closing = if quote == '[' { ']' } else { quote };
    let inner = &word[1..];
    let inner = inner.strip_suffix(closing).unwrap_or(inner);
    inner.replace(&format!("{closing}{closing}"), &closing.to_string())
}

#[cfg(test)]
mod tests {
    use super::{follow, same};
    use crate::schema::{DependentKind, ObjectName, Schema};

    #[test]
    fn triggers_are_found_by_their_table() {
        let mut schema = Schema::default();
        follow(
            "create trigger if not exists main.\"t \"\"1\" after update of a, \"on\" on [a b] \
             begin select 1; end",
            &mut schema,
        );
        follow("CREATE TEMP VIEW v AS SELECT 1", &mut schema);
        follow("CREATE TABLE trigger_on (a)", &mut schema);
        let [trigger, view] = schema.dependents.as_slice() else {
            panic!("{schema:?}");
        };
        assert_eq!(trigger.name.name.as_str(), "t \"1");
        assert!(matches!(&trigger.kind, DependentKind::Trigger { table }
            if same(table, &ObjectName::new("A B"))));
        assert_eq!(view.kind, DependentKind::View);
        follow("DROP TRIGGER IF EXISTS \"T \"\"1\"", &mut schema);
        follow("-- gone\nDROP VIEW v", &mut schema);
        assert!(schema.dependents.is_empty());
    }
}
