//! The columns of a table or view, which come as one text.
//!
//! A row for each column would be most of what is sent and read of a database: with ten columns a
//! table, ten of thirteen rows.

use super::kinds::Kinds;
use super::quoted;
use crate::schema::{Column, Columns, DataType, Ident, ObjectName};

/// Columns in their order.
#[derive(Default)]
pub(super) struct Attributes {
    /// The numbers that the catalog calls them by; there is none of a column that was dropped.
    places: Vec<i64>,
    /// What kind each is.
    kinds: Vec<usize>,
    /// As the model holds them; of a column that is not understood only the name is right.
    columns: Columns,
}

impl Attributes {
    /// Reads a text: a line for each column, in any order, with its number, its name as a statement
    /// has it, and what stands behind the name. A line break in that is `\n`, a backslash `\\`.
    pub(super) fn of(mut text: &str, kinds: &mut Kinds) -> Self {
        let mut read = Vec::new();
        while let Some(line) = line(&mut text) {
            let kind = match line.definition.contains('\\') {
                true => kinds.number(&unescaped(line.definition)),
                false => kinds.number(line.definition),
            };
            read.push((line.place, kind, line.name));
        }
        read.sort_unstable_by_key(|(place, _, _)| *place);
        let column = |(_, kind, name): &(i64, usize, Ident)| match kinds.column(*kind) {
            Some(known) => Column {
                name: name.clone(),
                ..known.clone()
            },
            None => Column::new(name.as_str(), DataType::Text),
        };
        Self {
            places: read.iter().map(|(place, _, _)| *place).collect(),
            kinds: read.iter().map(|(_, kind, _)| *kind).collect(),
            columns: read.iter().map(column).collect(),
        }
    }

    /// The columns; none where there are none, or one of them is not understood.
    pub(super) fn understood(&self, kinds: &Kinds) -> Option<Columns> {
        let mut all = self.kinds.iter();
        let is_understood = all.all(|kind| kinds.column(*kind).is_some());
        (is_understood && !self.columns.is_empty()).then(|| self.columns.clone())
    }

    /// Each as it stands in a `CREATE TABLE`.
    pub(super) fn lines(&self, kinds: &Kinds) -> Vec<String> {
        let both = self.columns.iter().zip(&self.kinds);
        let line = |(column, kind): (&Column, &usize)| {
            let name = quoted(&ObjectName::new(column.name.as_str()));
            format!("{name} {}", kinds.text(*kind))
        };
        both.map(line).collect()
    }

    /// Which of the columns has a number.
    pub(super) fn at(&self, place: i64) -> Option<usize> {
        self.places.binary_search(&place).ok()
    }

    /// The names of columns: `{1,2}` or `1 2`.
    pub(super) fn named(&self, numbers: &str) -> Option<Vec<Ident>> {
        let numbers = numbers.trim_matches(['{', '}']).split([',', ' ']);
        let name = |number: &str| {
            let at = self.at(number.parse().ok()?)?;
            Some(self.columns[at].name.clone())
        };
        numbers.map(name).collect()
    }
}

struct Line<'t> {
    place: i64,
    name: Ident,
    definition: &'t str,
}

/// Takes a line off a text; none at its end.
fn line<'t>(text: &mut &'t str) -> Option<Line<'t>> {
    let (place, behind) = text.split_once(' ')?;
    let place = place.parse().ok()?;
    let (name, behind) = name(behind)?;
    let (definition, others) = behind.split_once('\n').unwrap_or((behind, ""));
    *text = others;
    Some(Line {
        place,
        name,
        definition,
    })
}

/// A name with or without quotes, and what stands behind the space after it.
fn name(text: &str) -> Option<(Ident, &str)> {
    let Some(inner) = text.strip_prefix('"') else {
        let (name, behind) = text.split_once(' ')?;
        return Some((Ident::new(name), behind));
    };
    let mut from = 0;
    loop {
        let quote = from + inner[from..].find('"')?;
        let behind = &inner[quote + 1..];
        if !behind.starts_with('"') {
            let name = Ident::new(inner[..quote].replace("\"\"", "\""));
            return Some((name, behind.strip_prefix(' ')?));
        }
        from = quote + 2;
    }
}

fn unescaped(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut signs = text.chars();
    while let Some(sign) = signs.next() {
        let escaped = (sign == '\\').then(|| signs.next()).flatten();
        plain.push(match escaped {
            Some('n') => '\n',
            Some(other) => other,
            None => sign,
        });
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_in_the_order_of_their_numbers() {
        let mut kinds = Kinds::default();
        let text = "4 c integer NOT NULL\n1 a text\n3 b integer";
        let read = Attributes::of(text, &mut kinds);
        let names = |columns: &Columns| -> Vec<String> {
            let names = columns.iter().map(|it| it.name.as_str().to_owned());
            names.collect()
        };
        let columns = read.understood(&kinds).unwrap();
        assert_eq!(names(&columns), ["a", "b", "c"]);
        assert_eq!(columns[1].data_type, DataType::Integer);
        assert!(columns[1].nullable && !columns[2].nullable);
        assert_eq!(
            (read.at(1), read.at(2), read.at(4)),
            (Some(0), None, Some(2))
        );
        assert_eq!(
            read.named("{4,1}"),
            Some(vec![Ident::new("c"), Ident::new("a")])
        );
        assert_eq!(read.named("1 2"), None);
    }

    #[test]
    fn names_and_texts_may_hold_every_sign() {
        let mut kinds = Kinds::default();
        let text =
            "1 \"a \"\"b\"\"\n2 c\" text\n2 \"ÄÖ\\n\" text DEFAULT ('\\n\\\\n'::text)\n3 d text";
        let read = Attributes::of(text, &mut kinds);
        let columns = read.understood(&kinds).unwrap();
        let names: Vec<&str> = columns.iter().map(|it| it.name.as_str()).collect();
        assert_eq!(names, ["a \"b\"\n2 c", "ÄÖ\\n", "d"]);
        let default = columns[1].default.as_ref().unwrap();
        assert_eq!(default.as_str(), "'\n\\n'::text");
        assert_eq!(
            read.lines(&kinds),
            [
                "\"a \"\"b\"\"\n2 c\" text",
                "\"ÄÖ\\n\" text DEFAULT ('\n\\n'::text)",
                "\"d\" text"
            ]
        );
    }

    #[test]
    fn what_is_not_understood_keeps_its_name_and_its_text() {
        let mut kinds = Kinds::default();
        let read = Attributes::of("1 a text\n2 b no such ( thing", &mut kinds);
        assert_eq!(read.understood(&kinds), None);
        assert_eq!(read.named("2"), Some(vec![Ident::new("b")]));
        assert_eq!(read.lines(&kinds)[1], "\"b\" no such ( thing");
        assert_eq!(Attributes::default().understood(&kinds), None);
    }
}
