//! Laws of drawn revisions, over random graphs.

use proptest::prelude::*;

use super::lanes::{Kind, rows};
use super::{Signs, Standing, Tree, dot, mermaid, svg, terminal, tree};
use crate::graph::drawing::{any_drawing, draw, ids};
use crate::picture::Caption;
use crate::picture::xml_check::check_xml;

const CAPTION: Caption<'_> = Caption {
    title: "<revisions>",
    description: "a & b",
    id: "tree",
    has_title: true,
};

fn whole(drawing: &str, rows: Option<&str>) -> Tree {
    let graph = draw(drawing);
    let applied = rows.map(|rows| graph.ancestors(&ids(rows)).expect("the rows are known"));
    let shown = graph.history(None, &[]).expect("there is no range");
    tree(&graph, &shown, applied.as_deref())
}

#[track_caller]
fn check(drawing: &str, rows: Option<&str>, signs: Signs, expected: &str) {
    let tree = whole(drawing, rows);
    let texts: Vec<String> = tree
        .revisions
        .iter()
        .map(|it| it.revision.clone())
        .collect();
    let lines = terminal(&tree, &texts, signs, &|_, sign| sign.to_owned());
    assert_eq!(lines.join("\n"), expected.trim_matches('\n'));
}

#[test]
fn a_line_stays_a_line() {
    check("a;b <a;c <b", None, Signs::Unicode, "●  c\n●  b\n●  a");
    check("a;b <a;c <b", Some("b"), Signs::Unicode, "○  c\n◉  b\n●  a");
    check("a;b <a;c <b", Some("b"), Signs::Ascii, "o  c\n@  b\n*  a");
}

#[test]
fn branches_part_and_meet() {
    check(
        "a;b <a;c <a;d <b <c",
        None,
        Signs::Unicode,
        "
●  d
├─╮
● │  b
│ ●  c
├─╯
●  a
",
    );
}

#[test]
fn dependencies_are_dotted() {
    check(
        "a;b <a;c &a",
        None,
        Signs::Unicode,
        "
●  b
│ ●  c
├┄╯
●  a
",
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn every_line_runs_from_its_revision_to_the_other_and_through_none(drawing in any_drawing()) {
        let tree = whole(&drawing, None);
        let (rows, lines) = rows(&tree);
        for (place, row) in rows.iter().enumerate() {
            let passes = row.above.get(row.column).copied().flatten();
            prop_assert!(passes.is_none_or(|lane| lane.target == place));
        }
        for line in &lines {
            let between = &rows[line.from..line.to];
            for row in between {
                let lane = row.below.get(line.column).copied().flatten();
                prop_assert!(lane.is_some_and(|lane| lane.target == line.to && lane.kind == line.kind));
            }
        }
        let count = |kind: Kind| lines.iter().filter(|it| it.kind == kind).count();
        let parents: usize = tree.revisions.iter().map(|it| it.revises.len()).sum();
        let needs: usize = tree.revisions.iter().map(|it| it.depends_on.len()).sum();
        prop_assert_eq!((count(Kind::Revises), count(Kind::DependsOn)), (parents, needs));
    }

    #[test]
    fn every_revision_is_drawn_once_in_every_language(
        drawing in any_drawing(),
        message in "\\PC{0,20}",
    ) {
        let mut tree = whole(&drawing, None);
        for node in &mut tree.revisions {
            node.message.clone_from(&message);
            node.labels.push(message.clone());
            node.state = Some(Standing::Pending);
        }
        let count = tree.revisions.len();
        let lines: usize = tree.revisions.iter().map(|it| it.parents.len() + it.needs.len()).sum();
        let drawn = svg(&tree, &CAPTION);
        prop_assert_eq!(check_xml(&drawn), Ok(()));
        prop_assert_eq!(drawn.matches("<path class=\"line").count(), lines);
        prop_assert_eq!(drawn.matches("<text class=\"id\"").count(), count);
        let written = dot(&tree);
        prop_assert_eq!(written.lines().filter(|it| it.contains(" [label=<<B>")).count(), count);
        let written = mermaid(&tree);
        prop_assert_eq!(written.lines().filter(|it| it.contains("\"<b>")).count(), count);
        let texts = vec![String::from("text"); count];
        let written = terminal(&tree, &texts, Signs::Ascii, &|_, sign| sign.to_owned());
        prop_assert_eq!(written.iter().filter(|it| it.ends_with("text")).count(), count);
        prop_assert!(written.iter().all(|it| it.is_ascii()));
    }
}
