//! What is taken out of a schema, and that every language holds it, whatever things are called.

use proptest::prelude::*;

use super::{Diagram, Many, One, diagram, dot, mermaid, plantuml, svg};
use crate::picture::Caption;
use crate::picture::xml_check::check_xml;
use crate::schema::{
    Column, Constraint, ConstraintKind, DataType, ForeignKey, MatchKind, ObjectName,
    ReferentialAction, Schema, Table,
};

const CAPTION: Caption<'_> = Caption {
    title: "a <title> & \"more\"",
    description: "b",
    id: "erd",
    has_title: true,
};

fn table(name: &str, columns: &[(&str, bool)]) -> Table {
    let mut table = Table::new(ObjectName::new(name));
    for (name, is_filled) in columns {
        let mut column = Column::new(*name, DataType::Integer);
        column.nullable = !is_filled;
        table.columns.push(column);
    }
    table
}

fn key(columns: &[&str]) -> Constraint {
    let columns = columns.iter().map(|it| (*it).into()).collect();
    Constraint::new(None, ConstraintKind::PrimaryKey { columns })
}

fn unique(columns: &[&str]) -> Constraint {
    let columns = columns.iter().map(|it| (*it).into()).collect();
    Constraint::new(None, ConstraintKind::Unique { columns })
}

fn foreign(columns: &[&str], to: &str) -> Constraint {
    Constraint::new(
        None,
        ConstraintKind::ForeignKey(ForeignKey {
            columns: columns.iter().map(|it| (*it).into()).collect(),
            references: ObjectName::new(to),
            referenced_columns: Vec::new(),
            on_update: ReferentialAction::NoAction,
            on_delete: ReferentialAction::Cascade,
            match_kind: MatchKind::Simple,
        }),
    )
}

fn parent() -> Table {
    let mut parent = table("parent", &[("id", true)]);
    parent.constraints.push(key(&["id"]));
    parent
}

#[track_caller]
fn check(child: Table, expected: (Many, One)) {
    let schema = Schema {
        tables: vec![parent(), child],
        ..Schema::default()
    };
    let found = diagram(&schema);
    let relation = &found.relations[0];
    assert_eq!((relation.referring, relation.referred), expected);
    assert_eq!(relation.referenced_columns, ["id"]);
}

#[test]
fn a_foreign_key_says_how_many_rows_stand_at_its_ends() {
    let with = |filled: bool, constraints: &[Constraint]| {
        let mut child = table("child", &[("p", filled), ("q", true)]);
        child.constraints.push(foreign(&["p"], "parent"));
        child.constraints.extend(constraints.iter().cloned());
        child
    };
    check(with(true, &[]), (Many::ZeroOrMore, One::ExactlyOne));
    check(with(false, &[]), (Many::ZeroOrMore, One::ZeroOrOne));
    check(
        with(true, &[unique(&["p"])]),
        (Many::ZeroOrOne, One::ExactlyOne),
    );
    check(
        with(false, &[unique(&["p"])]),
        (Many::ZeroOrOne, One::ZeroOrOne),
    );
    check(
        with(false, &[key(&["p"])]),
        (Many::ZeroOrOne, One::ExactlyOne),
    );
    check(
        with(false, &[key(&["p", "q"])]),
        (Many::ZeroOrMore, One::ExactlyOne),
    );
    check(
        with(true, &[unique(&["p", "q"])]),
        (Many::ZeroOrMore, One::ExactlyOne),
    );
}

#[test]
fn a_table_that_is_not_drawn_stands_as_its_name() {
    let mut child = table("child", &[("p", true)]);
    child.constraints.push(foreign(&["p"], "elsewhere"));
    let found = diagram(&Schema {
        tables: vec![child],
        ..Schema::default()
    });
    assert_eq!(found.tables.len(), 2);
    assert!(found.tables[1].outside);
    assert!(svg(&found, &CAPTION).contains(">elsewhere</text>"));
}

/// Names that mean something in one of the languages, and all kinds of signs.
fn any_name() -> impl Strategy<Value = String> {
    prop_oneof![
        prop::sample::select(vec![
            "user", "order", "end", "title", "class", "node", "graph", "a\"b", "<b>", "a&amp;b",
            "é ü", "用户", "--", "__x__", "}", "{", "]", "`x`", "a;b", "%% x", "\\", "\\n", "'",
            "a|b", "~x", "**b**", "[[x]]", "#quot;", "]]>", "<!--", "$x", "o{", "t0", "x:y", " ",
        ])
        .prop_map(str::to_owned),
        "\\PC{1,12}",
    ]
}

fn any_schema() -> impl Strategy<Value = Schema> {
    let columns = prop::collection::vec((any_name(), any::<bool>()), 1..6);
    let tables = prop::collection::vec((any_name(), columns), 1..9);
    let keys = prop::collection::vec(any::<[prop::sample::Index; 3]>(), 0..12);
    (tables, keys).prop_map(|(tables, keys)| {
        let mut schema = Schema::default();
        for (number, (name, columns)) in tables.iter().enumerate() {
            let mut made = table(&format!("{name}{number}"), &[]);
            for (at, (name, is_filled)) in columns.iter().enumerate() {
                let data_type = DataType::Varchar { length: Some(9) };
                let mut column = Column::new(format!("{name}{at}"), data_type);
                column.nullable = !is_filled;
                column.comment = (at == 1).then(|| name.clone());
                made.columns.push(column);
            }
            schema.tables.push(made);
        }
        for [from, column, to] in keys {
            let to = to.get(&schema.tables).name.name.as_str().to_owned();
            let from = from.index(schema.tables.len());
            let table = &mut schema.tables[from];
            let column = column.get(&table.columns).name.as_str().to_owned();
            table.constraints.push(foreign(&[&column], &to));
        }
        schema
    })
}

fn lines(text: &str, sign: &str) -> usize {
    text.lines().filter(|line| line.contains(sign)).count()
}

/// Every table and foreign key is there once, in every language.
fn all_there(found: &Diagram) {
    let (tables, keys) = (found.tables.len(), found.relations.len());
    let drawn = svg(found, &CAPTION);
    check_xml(&drawn).expect("a drawing is well-formed");
    assert_eq!(drawn.matches("<g class=\"t ").count(), tables);
    assert_eq!(drawn.matches("<g class=\"r h").count() - 3, keys);
    let written = mermaid(found);
    let ends = |line: &&str| line.starts_with("    t") && !line.contains("[\"");
    assert_eq!(written.lines().filter(ends).count(), keys);
    for number in 0..tables {
        assert_eq!(lines(&written, &format!("    t{number}[\"")), 1);
    }
    let written = dot(found);
    assert_eq!(lines(&written, " [label=<"), tables);
    assert_eq!(lines(&written, "arrowtail="), keys);
    let written = plantuml(found);
    assert_eq!(lines(&written, "entity \""), tables);
    let ends = |line: &&str| line.starts_with('t') && line.contains("--");
    assert_eq!(written.lines().filter(ends).count(), keys);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn every_table_and_foreign_key_is_drawn_once(schema in any_schema()) {
        all_there(&diagram(&schema));
    }

    #[test]
    fn the_same_schema_gives_the_same_text(schema in any_schema()) {
        let found = diagram(&schema);
        prop_assert_eq!(svg(&found, &CAPTION), svg(&diagram(&schema), &CAPTION));
    }
}

#[test]
fn a_long_name_of_a_table_is_cut_only_where_its_columns_make_no_room() {
    let name = "n".repeat(60);
    let drawn = |column: &str| {
        let mut schema = Schema::default();
        schema.tables.push(table(&name, &[(column, true)]));
        svg(&diagram(&schema), &CAPTION)
    };
    let whole = format!(" y=\"23\">{name}<");
    assert!(drawn(&"W".repeat(47)).contains(&whole));
    let narrow = drawn("a");
    assert!(!narrow.contains(&whole), "{narrow}");
    assert!(
        narrow.contains(&format!(">{}…<", "n".repeat(47))),
        "{narrow}"
    );
}
