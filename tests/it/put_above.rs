//! Revisions whose files were put above what is applied after they had run: they count as pending and
//! ran. Every command says so, none runs them again, and the ways out settle it, on every engine.

use migration_tests::command::holds;
use migration_tests::databases::{self, TestDatabase};
use migration_tests::project::Project;

use super::put_below::{ITEM, NOTE, PARTS, TIMES, UNNOTE, cents, is_settled, ran, write};

/// A project of a database that has run `a1`, `b2`, which changes rows, and `c3`.
fn scene(database: &TestDatabase) -> Project {
    let tree = [
        ["a1", "", ITEM, "DROP TABLE item;"],
        ["b2", "a1", TIMES, PARTS],
        ["c3", "b2", NOTE, UNNOTE],
    ];
    ran(database, &tree)
}

/// `c3` comes first by now, then `d4`, then `b2`, and `e5` is on top.
fn put_above(project: &Project) {
    write(project, ["c3", "a1", NOTE, UNNOTE]);
    let named = |name| [NOTE, UNNOTE].map(|it| it.replace("note", name));
    let [more, no_more] = named("more");
    write(project, ["d4", "c3", &more, &no_more]);
    write(project, ["b2", "d4", TIMES, PARTS]);
    let [last, no_last] = named("last");
    write(project, ["e5", "b2", &last, &no_last]);
}

const WAY: &str = "`upgrade d4` and `stamp b2`, in this order, count it as applied and run nothing \
                   twice; where nothing of it is in effect, `stamp --purge c3` says so\n";
const ONLY: &str = "`stamp b2` counts it as applied and runs nothing twice";
const SAYS: &str = "warning: revision b2 counts as pending, but ran here already";
const REFUSED: &str = "error: `b2` ran here already, and counts as pending\n";

/// An error names the way out, so that no warning does.
#[track_caller]
fn is_said_once(text: &str) {
    assert_eq!(text.matches(WAY).count(), 1, "{text}");
    assert!(!text.contains("warning"), "{text}");
}

#[test]
fn it_is_said_by_every_command_and_run_by_none() {
    databases::each(|database| {
        let project = scene(database);
        put_above(&project);
        for line in ["migrate current", "migrate drift", "migrate status"] {
            holds(&project.types(0, line), &[SAYS, WAY]);
        }
        holds(
            &project.types(3, "migrate status --check"),
            &[
                SAYS,
                "displaced  b2",
                "the check found 1 displaced revision",
            ],
        );
        let text = project.types(3, "migrate current --check-heads");
        holds(&text, &[REFUSED]);
        is_said_once(&text);
        for line in [
            "migrate upgrade",
            "migrate upgrade b2",
            "migrate plan upgrade",
            "migrate downgrade",
            "migrate plan downgrade",
            "migrate downgrade --dry-run",
        ] {
            let text = project.types(1, line);
            holds(&text, &[REFUSED, "hint: nothing was done"]);
            is_said_once(&text);
        }
        holds(&project.types(0, "migrate plan stamp b2"), &[SAYS]);
        assert_eq!(cents(database), 55_000);
        // What is below it runs, and it is not forgotten.
        holds(&project.types(0, "migrate upgrade d4"), &[SAYS, WAY]);
        let text = project.types(1, "migrate upgrade");
        holds(&text, &[REFUSED, ONLY]);
        project.types(0, "migrate stamp b2");
        is_settled(&project);
        assert_eq!(cents(database), 550);
    });
}

#[test]
fn what_is_not_in_effect_runs_after_a_stamp_that_says_so() {
    databases::each(|database| {
        let project = scene(database);
        put_above(&project);
        let outcome = database.open().run(&[PARTS]);
        assert!(outcome.is_ok(), "{outcome:?}");
        project.types(0, "migrate stamp --purge c3");
        is_settled(&project);
        assert_eq!(cents(database), 550);
    });
}

#[test]
fn a_branch_of_its_own_is_counted_by_a_stamp_of_it() {
    databases::each(|database| {
        let project = scene(database);
        write(&project, ["c3", "a1", NOTE, UNNOTE]);
        let text = project.types(1, "migrate upgrade heads");
        holds(&text, &[REFUSED, ONLY]);
        project.types(0, "migrate stamp b2");
        is_settled(&project);
        assert_eq!(cents(database), 550);
    });
}

/// Another tool takes `b2` and `c3` back.
#[track_caller]
fn take_back(database: &TestDatabase) {
    let done = [
        PARTS,
        UNNOTE,
        "UPDATE alembic_version SET version_num = 'a1'",
    ];
    let outcome = database.open().run(&done);
    assert!(outcome.is_ok(), "{outcome:?}");
}

/// The version rows decide what is applied, where another tool has moved them.
#[test]
fn what_another_tool_took_back_runs_again() {
    databases::each(|database| {
        let project = scene(database);
        take_back(database);
        let text = project.types(0, "migrate upgrade");
        assert!(!text.contains("warning"), "{text}");
        assert_eq!(cents(database), 55_000);
    });
}

/// Also where only some of it has run again: the ledger says of the rest that it ran, and not that
/// somebody took it back.
#[test]
fn what_another_tool_took_back_is_pending_when_a_part_of_it_ran_again() {
    databases::each(|database| {
        let project = scene(database);
        take_back(database);
        project.types(0, "migrate upgrade b2");
        for line in ["migrate status", "migrate current", "migrate drift"] {
            let text = project.types(0, line);
            assert!(!text.contains("ran here already"), "{line}: {text}");
        }
        let text = project.types(0, "migrate upgrade");
        assert!(!text.contains("warning"), "{text}");
        project.types(0, "migrate status --check");
        assert_eq!(cents(database), 55_000);
        // What ran from then on is known: it is not run twice.
        put_above(&project);
        holds(&project.types(1, "migrate upgrade"), &[REFUSED]);
    });
}
