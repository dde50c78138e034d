//! Laws and examples of states, of what edited texts differ in, and of what the ledger kept.

use std::collections::HashMap;

use proptest::prelude::*;

use super::{
    Change, Facts, Kept, REPAIR, Records, State, Text, applied, compare, differences, has_gaps,
    recorded, trace, undo, vanished,
};
use crate::database::LedgerRow;
use crate::graph::drawing::{any_drawing, draw, ids};
use crate::graph::{RevisionGraph, build};
use crate::program::checksum;
use crate::revision::{Revision, RevisionId, Script, keep, read_kept, read_script};

const PROGRAM: &str = "migrate";

/// A ledger's row that is done.
fn row(id: i64, direction: &str, revision: &str, checksum: &str) -> LedgerRow {
    LedgerRow {
        id,
        revision: Some(revision.into()),
        direction: direction.to_owned(),
        message: format!("message of {revision}"),
        checksum: checksum.to_owned(),
        downgrade_sql: String::new(),
        statements: 3,
        statements_done: 3,
        state: "done".to_owned(),
        login: "irma".to_owned(),
        host: "host".to_owned(),
        program: "migrate 0.1.0".to_owned(),
        started_at: "2026-01-02T03:04:05.123456Z".to_owned(),
        finished_at: Some("2026-01-02T03:04:06.123456Z".to_owned()),
        script: None,
        pieces: None,
        under_way: None,
        backup: None,
        digest: None,
        seal: None,
    }
}

/// `a applied, b pending`, given version rows, the ledger, and the checksums of the texts now.
fn states(
    graph: &RevisionGraph,
    rows: &str,
    steps: &[LedgerRow],
    texts: &[(&str, &str)],
) -> Vec<(String, State)> {
    let texts: HashMap<RevisionId, Text> = texts
        .iter()
        .map(|(id, sum)| (RevisionId::from(*id), Text::Checksum((*sum).to_owned())))
        .collect();
    let (rows, records) = (ids(rows), Records::of(steps.iter().cloned()));
    let found = compare(&Facts {
        graph,
        rows: &rows,
        applied: applied(graph, &rows, &records).expect("what nobody knows is left out"),
        records: &records,
        texts,
        program: PROGRAM,
    });
    let entries = found.expect("rows that nobody knows are no error");
    let states = entries
        .iter()
        .map(|entry| (entry.id.to_string(), entry.state));
    states.collect()
}

#[track_caller]
fn check(rows: &str, steps: &[LedgerRow], texts: &[(&str, &str)], expected: &str) {
    let found: Vec<String> = states(&draw("a; b <a; c <b"), rows, steps, texts)
        .iter()
        .map(|(id, state)| format!("{id} {state}"))
        .collect();
    assert_eq!(found.join(", "), expected);
}

#[test]
fn the_version_rows_say_what_is_applied() {
    check("", &[], &[], "a pending, b pending, c pending");
    check("b", &[], &[], "a applied, b applied, c pending");
    let undone = [row(1, "upgrade", "c", "1"), row(2, "downgrade", "c", "1")];
    check(
        "b",
        &undone,
        &[("c", "2")],
        "a applied, b applied, c pending",
    );
}

#[test]
fn a_checksum_that_is_no_longer_the_ledgers_is_an_edit() {
    let steps = [row(1, "upgrade", "a", "1"), row(2, "upgrade", "b", "1")];
    check(
        "b",
        &steps,
        &[("a", "1"), ("b", "2")],
        "a applied, b edited, c pending",
    );
    let repaired = [steps.as_slice(), &[row(3, REPAIR, "b", "2")]].concat();
    check(
        "b",
        &repaired,
        &[("a", "1"), ("b", "2")],
        "a applied, b applied, c pending",
    );
    let again = [
        repaired.as_slice(),
        &[row(4, "downgrade", "b", "2"), row(5, "upgrade", "b", "1")],
    ];
    check(
        "b",
        &again.concat(),
        &[("b", "2")],
        "a applied, b edited, c pending",
    );
}

#[test]
fn what_was_stamped_or_taken_over_is_never_edited() {
    check(
        "b",
        &[],
        &[("a", "1"), ("b", "2")],
        "a applied, b applied, c pending",
    );
    let stamped = [row(1, "stamp", "b", "")];
    check(
        "b",
        &stamped,
        &[("b", "2")],
        "a applied, b applied, c pending",
    );
}

#[test]
fn a_step_without_an_end_is_unfinished_until_the_revision_ends_or_something_is_stamped() {
    let open = |state: &str, done| LedgerRow {
        state: state.to_owned(),
        statements_done: done,
        ..row(1, "upgrade", "c", "1")
    };
    let unfinished = "a applied, b applied, c unfinished";
    let well = "a applied, b applied, c pending";
    check("b", &[open("running", 0)], &[], unfinished);
    check("b", &[open("failed", 2)], &[], unfinished);
    check("b", &[open("failed", 0)], &[], well);
    let under_way = LedgerRow {
        under_way: Some("1".to_owned()),
        ..open("failed", 0)
    };
    check("b", &[under_way], &[], unfinished);
    check(
        "b",
        &[open("failed", 1), open("failed", 2)],
        &[],
        unfinished,
    );
    let ends = |end: LedgerRow| [open("failed", 2), end];
    let applied = "a applied, b applied, c applied";
    check("c", &ends(row(2, "upgrade", "c", "1")), &[], applied);
    check("c", &ends(row(2, "stamp", "c", "")), &[], applied);
    check("b", &ends(row(2, "stamp", "b", "")), &[], well);
    check("b", &ends(row(2, "downgrade", "c", "")), &[], well);
}

#[test]
fn what_was_begun_and_has_no_file_is_unfinished_all_the_same() {
    let begun = LedgerRow {
        state: "failed".to_owned(),
        statements_done: 1,
        ..row(1, "upgrade", "gone", "1")
    };
    let unfinished = "a applied, b applied, c pending, gone unfinished";
    check("b", std::slice::from_ref(&begun), &[], unfinished);
    let well = "a applied, b applied, c pending";
    check("b", &[begun, row(2, "stamp", "b", "")], &[], well);
}

#[test]
fn below_a_row_that_nobody_can_place_the_ledger_is_believed() {
    check("x", &[], &[], "a pending, b pending, c pending, x unknown");
    let steps = [row(1, "upgrade", "a", "1"), row(2, "upgrade", "b", "1")];
    check(
        "x",
        &steps,
        &[("a", "2")],
        "a edited, b applied, c pending, x unknown",
    );
    let ours = [steps.as_slice(), &[row(3, "upgrade", "x", "1")]].concat();
    check(
        "x",
        &ours,
        &[],
        "a applied, b applied, c pending, x missing",
    );
    let mut other = ours;
    other[2].program = "brain-migrate 0.1.0".to_owned();
    check(
        "x",
        &other,
        &[],
        "a applied, b applied, c pending, x unknown",
    );
}

proptest! {
    /// Every revision has one state; what is applied is what the rows imply, whatever the ledger
    /// says, and only what has two checksums is compared.
    #[test]
    fn every_revision_has_a_state_that_the_rows_bear_out(
        drawing in any_drawing(),
        edits in proptest::collection::vec(any::<bool>(), 0..12),
    ) {
        let graph = draw(&drawing);
        let rows = graph.real_heads();
        let applied = graph.ancestors(&rows).unwrap();
        let steps: Vec<LedgerRow> = applied
            .iter()
            .zip(1..)
            .map(|(id, number)| row(number, "upgrade", id.as_str(), "1"))
            .collect();
        let records = Records::of(steps.iter().cloned());
        let named = recorded(&graph, &applied, &records);
        prop_assert_eq!(named.len(), applied.len());
        let edited: Vec<&RevisionId> = applied
            .iter()
            .zip(&edits)
            .filter_map(|(id, is_edited)| is_edited.then_some(id))
            .collect();
        let texts: Vec<(&str, &str)> = applied
            .iter()
            .map(|id| (id.as_str(), if edited.contains(&id) { "2" } else { "1" }))
            .collect();
        let rows: Vec<&str> = rows.iter().map(RevisionId::as_str).collect();
        let found = states(&graph, &rows.join(" "), &steps, &texts);
        prop_assert_eq!(found.len(), graph.len());
        for (id, state) in found {
            let is_edited = edited.iter().any(|edit| edit.as_str() == id);
            prop_assert_eq!(state, if is_edited { State::Edited } else { State::Applied });
        }
    }
}

fn text(id: &str, revises: &str, up: &str, down: &str) -> String {
    format!(
        "-- makes {id}\n-- Revision ID: {id}\n-- Revises: {revises}\n-- migrate: upgrade\n{up}\n\
         -- migrate: downgrade\n{down}\n"
    )
}

/// A revision of this text, without a file.
fn revision(id: &str, revises: &str, up: &str, down: &str) -> (Revision, Script) {
    let revision = read_kept(id, &text(id, revises, up, down), "").unwrap();
    let script = read_script(&revision).unwrap();
    (revision, script)
}

/// The ledger's row of an upgrade that kept its text.
fn kept(number: i64, id: &str, revises: &str, (up, down): (&str, &str)) -> LedgerRow {
    let (revision, script) = revision(id, revises, up, down);
    LedgerRow {
        downgrade_sql: down.to_owned(),
        script: Some(keep(&revision, &script)),
        ..row(number, "upgrade", id, &checksum(&script).unwrap())
    }
}

/// What differs, one line each.
fn shown(row: &LedgerRow, up: &str, down: &str) -> Vec<String> {
    let (_, now) = revision("a", "", up, down);
    let mut lines = Vec::new();
    for difference in differences(&Kept::of(row), &now) {
        let Some(changes) = difference.changes else {
            lines.push(format!("{}?", difference.section));
            continue;
        };
        lines.push(difference.section.to_owned());
        lines.extend(changes.into_iter().map(|change| match change {
            Change::Removed(text) => format!("- {text}"),
            Change::Added(text) => format!("+ {text}"),
        }));
    }
    lines
}

#[test]
fn statements_that_differ_are_shown_and_no_others() {
    let row = kept(1, "a", "", ("A a; B b; C c;", "D d;"));
    assert_eq!(
        shown(&row, "A a; B x; C c;", "d E"),
        ["upgrade", "- B b", "+ B x", "downgrade", "- D d", "+ d E"]
    );
    assert_eq!(shown(&row, "A a; C c;", "D d"), ["upgrade", "- B b"]);
    assert_eq!(
        shown(&row, "A a; B b; -- so\n N n; c C; C c;", "D d"),
        ["upgrade", "+ N n", "+ c C"]
    );
    let only = "A a;\n-- migrate: only sqlite\nB b; C c;";
    assert_eq!(
        shown(&row, only, "D d"),
        ["upgrade", "+ -- migrate: only sqlite"]
    );
}

#[test]
fn what_the_ledger_did_not_keep_is_said_to_be_unknown() {
    let whole = kept(1, "a", "", ("A a;", "D d;"));
    let old = LedgerRow {
        script: None,
        ..whole.clone()
    };
    assert_eq!(shown(&old, "B b;", "D d;"), ["upgrade?"]);
    assert_eq!(
        shown(&old, "A a;", "E e;"),
        ["upgrade?", "downgrade", "- D d", "+ E e"]
    );
    let cut = LedgerRow {
        script: whole.script.map(|text| text.replace("A a", "-- cut")),
        ..old
    };
    assert_eq!(shown(&cut, "B b;", "D d;"), ["upgrade?"]);
}

/// Revisions here, and a graph of them with what the ledger kept.
fn with_kept(here: &str, rows: &str, steps: &[LedgerRow]) -> (RevisionGraph, Vec<String>) {
    let mut revisions = match here {
        "" => Vec::new(),
        drawing => draw(drawing).revisions().to_vec(),
    };
    let found = vanished(&revisions, &ids(rows), steps, ("log", PROGRAM));
    let names = found
        .iter()
        .map(|revision| revision.id().to_string())
        .collect();
    revisions.extend(found);
    (
        build(revisions).expect("what was applied is a graph"),
        names,
    )
}

#[test]
fn revisions_without_files_are_found_from_the_version_rows_down() {
    let steps = [
        kept(1, "b", "a", ("B", "b")),
        kept(2, "x", "b", ("X", "x")),
        kept(3, "elsewhere", "a", ("E", "e")),
    ];
    let (graph, found) = with_kept("a", "x", &steps);
    assert_eq!(found, ["x", "b"]);
    assert_eq!(undo(&graph, &ids("x")).as_deref(), Some("a"));
    let names = (&Records::of(steps.iter().cloned()), PROGRAM);
    let found = trace(&"x".into(), &graph, &ids("x"), names);
    assert_eq!(found.follows, ids("a"));
    assert!(found.is_ours);
    let (_, none) = with_kept("a; b <a; x <b", "x", &steps);
    assert!(none.is_empty());
}

#[test]
fn only_what_is_applied_and_ours_comes_from_the_ledger() {
    let mine = kept(1, "x", "a", ("X", "x"));
    let theirs = LedgerRow {
        program: "brain-migrate 1".to_owned(),
        ..mine.clone()
    };
    let old = LedgerRow {
        script: None,
        ..mine.clone()
    };
    for steps in [
        vec![theirs],
        vec![old],
        vec![mine.clone(), row(2, "downgrade", "x", "")],
    ] {
        assert!(with_kept("a", "x", &steps).1.is_empty(), "{steps:?}");
    }
    let accepted = LedgerRow {
        id: 2,
        direction: REPAIR.to_owned(),
        ..kept(2, "x", "a", ("Y", "y"))
    };
    let (graph, _) = with_kept("a", "x", &[mine, accepted]);
    let script = read_script(graph.get("x").unwrap()).unwrap();
    assert!(script.source.slice(script.downgrade.unwrap()).contains('y'));
}

#[test]
fn a_label_that_another_revision_took_over_stays_with_that_one() {
    let mut labelled = kept(1, "x", "a", ("X", "x"));
    let script = labelled.script.take().unwrap();
    labelled.script = Some(script.replace("-- Revises", "-- Branch Labels: shop\n-- Revises"));
    let (graph, found) = with_kept("a; y <a #shop", "x", &[labelled]);
    assert_eq!(found, ["x"]);
    assert!(graph.labels("x").is_empty());
}

#[test]
fn the_way_back_takes_nothing_else() {
    let beside = [kept(1, "x", "a", ("X", "x"))];
    let (graph, _) = with_kept("a; b <a", "b x", &beside);
    assert_eq!(undo(&graph, &ids("b x")).as_deref(), Some("x@-1"));
    let first = [kept(1, "x", "", ("X", "x"))];
    let (graph, _) = with_kept("", "x", &first);
    assert_eq!(undo(&graph, &ids("x")).as_deref(), Some("base"));
    let below = [kept(1, "b", "a", ("B", "b"))];
    let (graph, found) = with_kept("a", "b", &below);
    assert_eq!(found, ["b"]);
    assert_eq!(undo(&graph, &ids("b")).as_deref(), Some("a"));
}

#[test]
fn a_tree_that_is_whole_has_no_gaps() {
    let graph = draw("a; b <a; c <b");
    let revisions = graph.revisions();
    assert!(!has_gaps(revisions, &ids("c")) && !has_gaps(revisions, &[]));
    assert!(has_gaps(revisions, &ids("x")));
    assert!(has_gaps(&revisions[1..], &ids("c")));
    assert!(!has_gaps(&revisions[1..], &[]));
}
