//! Keys and indexes that say nothing but their columns, which come by their numbers.

use super::Part;
use super::attributes::Attributes;
use crate::dialect::Dialect;
use crate::operation::Operation;
use crate::schema::{
    Constraint, ConstraintKind, ForeignKey, Ident, Index, IndexPart, MatchKind, ObjectName,
    ReferentialAction, Schema,
};

/// A primary key, `{1,2}`, or a foreign key: `{3,4} {1,2} 16384 a c` are its columns, those of the
/// table that it leads to, that table, and what an update and a deletion there do.
pub(super) fn constraint(
    part: &Part,
    columns: &Attributes,
    led_to: &[Ident],
) -> Option<Constraint> {
    let text = part.text.as_deref()?;
    let words: Vec<&str> = text.split(' ').collect();
    let kind = match words.as_slice() {
        [own] => ConstraintKind::PrimaryKey {
            columns: columns.named(own)?,
        },
        [own, _, _, on_update, on_delete] if !led_to.is_empty() => {
            ConstraintKind::ForeignKey(ForeignKey {
                columns: columns.named(own)?,
                references: ObjectName {
                    schema: part.schema.as_deref().map(Ident::new),
                    name: Ident::new(part.other.as_deref()?),
                },
                referenced_columns: led_to.to_vec(),
                on_update: action(on_update)?,
                on_delete: action(on_delete)?,
                match_kind: MatchKind::Simple,
            })
        }
        _ => return None,
    };
    Some(Constraint::new(Some(Ident::new(part.name.as_str())), kind))
}

/// The columns that a key leads to, given those of each table; empty when it leads nowhere.
pub(super) fn led_to<'d>(part: &Part, of: impl Fn(i64) -> Option<&'d Attributes>) -> Vec<Ident> {
    let text = part.text.as_deref().filter(|_| part.kind == "key");
    let mut words = text.unwrap_or_default().split(' ').skip(1);
    let found = words.next().zip(words.next()).and_then(|(numbers, table)| {
        let columns = of(table.parse().ok()?)?;
        columns.named(numbers)
    });
    found.unwrap_or_default()
}

/// An index: `1 2` are its columns.
pub(super) fn index(part: &Part, columns: &Attributes, table: &ObjectName) -> Option<Index> {
    let names = columns.named(part.text.as_deref()?)?;
    Some(Index {
        name: Some(Ident::new(part.name.as_str())),
        table: table.clone(),
        unique: false,
        parts: names.into_iter().map(IndexPart::column).collect(),
        method: None,
        include: Vec::new(),
        predicate: None,
    })
}

/// The statement that makes it.
pub(super) fn text(operation: &Operation) -> String {
    let compiler = Dialect::Postgres.compiler();
    let compiled = compiler.compile(std::slice::from_ref(operation), &Schema::default());
    let statements = compiled.map(|it| it.statements).unwrap_or_default();
    let texts: Vec<String> = statements.into_iter().map(|it| it.sql).collect();
    texts.join(";\n")
}

fn action(letter: &str) -> Option<ReferentialAction> {
    Some(match letter {
        "a" => ReferentialAction::NoAction,
        "r" => ReferentialAction::Restrict,
        "c" => ReferentialAction::Cascade,
        "n" => ReferentialAction::SetNull,
        "d" => ReferentialAction::SetDefault,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::introspect::postgres::kinds::Kinds;
    use crate::introspect::stored;

    fn part(kind: &str, name: &str, text: &str) -> Part {
        let references = (kind == "key").then(|| "other".to_owned());
        Part {
            owner: 1,
            kind: kind.to_owned(),
            place: 0,
            name: name.to_owned(),
            text: Some(text.to_owned()),
            schema: None,
            other: references,
        }
    }

    /// Columns of which the second was dropped.
    fn columns() -> Attributes {
        let text = "1 a integer\n3 \"B\" integer\n4 \"order\" integer";
        Attributes::of(text, &mut Kinds::default())
    }

    /// Those of another table.
    fn others() -> Attributes {
        let text = "1 x integer\n3 \"Y\" integer\n4 z integer";
        Attributes::of(text, &mut Kinds::default())
    }

    /// What the server would have printed, as it is read.
    fn printed(text: &str) -> Operation {
        let statements = stored::statements(Dialect::Postgres, "printed", text).unwrap();
        statements.into_iter().flatten().next().unwrap()
    }

    #[track_caller]
    fn check(numbers: &str, text: &str) {
        let own = columns();
        let other = others();
        let key = part("key", "Some_key", numbers);
        let led_to = led_to(&key, |table| (table == 7).then_some(&other));
        let constraint = constraint(&key, &own, &led_to).unwrap();
        let read = Operation::AddConstraint {
            table: ObjectName::new("t"),
            constraint,
        };
        let statement = format!("ALTER TABLE t ADD CONSTRAINT \"Some_key\" {text}");
        assert_eq!(read, printed(&statement));
        assert_eq!(printed(&super::text(&read)), read);
    }

    #[test]
    fn a_key_by_numbers_is_what_its_printed_text_is() {
        check("{1}", "PRIMARY KEY (a)");
        check("{4,1,3}", "PRIMARY KEY (\"order\", a, \"B\")");
        for (letter, action) in [("a", ""), ("r", "RESTRICT"), ("c", "CASCADE")] {
            let words = |event: &str| match action {
                "" => String::new(),
                action => format!(" ON {event} {action}"),
            };
            let key = "FOREIGN KEY (\"B\", a) REFERENCES other(x, \"Y\")";
            check(
                &format!("{{3,1}} {{1,3}} 7 {letter} a"),
                &format!("{key}{}", words("UPDATE")),
            );
            check(
                &format!("{{3,1}} {{1,3}} 7 a {letter}"),
                &format!("{key}{}", words("DELETE")),
            );
        }
        check(
            "{1} {4} 7 n d",
            "FOREIGN KEY (a) REFERENCES other(z) ON UPDATE SET NULL ON DELETE SET DEFAULT",
        );
    }

    #[test]
    fn an_index_by_numbers_is_what_its_printed_text_is() {
        let table = ObjectName::new("t");
        for (numbers, text) in [("1", "(a)"), ("4 3", "(\"order\", \"B\")")] {
            let own = columns();
            let read = index(&part("columns", "Ix", numbers), &own, &table).unwrap();
            let text = format!("CREATE INDEX \"Ix\" ON t USING btree {text}");
            let Operation::CreateIndex { index: printed, .. } = printed(&text) else {
                panic!("{text} is no index");
            };
            assert_eq!(printed.method, Some(Ident::new("btree")));
            assert_eq!(
                read,
                Index {
                    method: None,
                    ..printed
                }
            );
        }
    }

    #[test]
    fn what_names_a_column_that_is_not_there_is_nothing() {
        let own = columns();
        assert_eq!(constraint(&part("key", "k", "{2}"), &own, &[]), None);
        assert_eq!(
            constraint(&part("key", "k", "{1} {1} 9 a a"), &own, &[]),
            None
        );
    }
}
