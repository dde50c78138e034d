//! Revisions whose files were put above what is applied after they had run: they count as pending and
//! ran. Every command says so, none runs them again, and the ways out settle it, on every engine.

use migration_tests::command::holds;
use migration_tests::databases::{self, TestDatabase};
use migration_tests::project::{Project, revision};

const ITEM: &str = "CREATE TABLE item (id INTEGER PRIMARY KEY, cents INTEGER);\n\
                    INSERT INTO item (id, cents) VALUES (1, 550), (2, 799);";
const NOTE: &str = "ALTER TABLE item ADD COLUMN note VARCHAR(10);";
const UNNOTE: &str = "ALTER TABLE item DROP COLUMN note;";
const TIMES: &str = "UPDATE item SET cents = cents * 100;";
const PARTS: &str = "UPDATE item SET cents = cents / 100;";

/// A project of a database that has run `a1`, `b2`, which changes rows, and `c3`.
fn scene(database: &TestDatabase) -> Project {
    let tree = [
        ["a1", "", ITEM, "DROP TABLE item;"],
        ["b2", "a1", TIMES, PARTS],
        ["c3", "b2", NOTE, UNNOTE],
    ];
    let project = Project::on(database, &tree);
    project.types(0, "migrate upgrade -q");
    project
}

fn write(project: &Project, [id, below, up, down]: [&str; 4]) {
    let text = revision(id, below, up, down);
    project.write(&format!("migrations/versions/{id}.sql"), &text);
}

/// `c3` comes first by now, then `d4`, then `b2`, and `e5` is on top.
fn put_above(project: &Project) {
    write(project, ["c3", "a1", NOTE, UNNOTE]);
    write(
        project,
        [
            "d4",
            "c3",
            &NOTE.replace("note", "more"),
            &UNNOTE.replace("note", "more"),
        ],
    );
    write(project, ["b2", "d4", TIMES, PARTS]);
    write(
        project,
        [
            "e5",
            "b2",
            &NOTE.replace("note", "last"),
            &UNNOTE.replace("note", "last"),
        ],
    );
}

const WAY: &str = "`upgrade d4` and `stamp b2`, in this order, count it as applied and run nothing \
                   twice; where nothing of it is in effect, `stamp --purge c3` says so\n";
const SAYS: &str = "warning: revision b2 counts as pending, but ran here already";
const REFUSED: &str = "error: `b2` ran here already, and counts as pending\n";

fn cents(database: &TestDatabase) -> i64 {
    let mut connection = database.open();
    let rows = connection.query("SELECT cents FROM item WHERE id = 1", &[]);
    let rows = rows.expect("the table is there");
    rows[0][0].integer().expect("it is a number")
}

/// Nothing is left to say, and all of it can be undone.
#[track_caller]
fn is_settled(project: &Project) {
    let text = project.types(
        0,
        "migrate upgrade heads && migrate status --check && migrate current && migrate drift",
    );
    assert!(!text.contains("warning"), "{text}");
    project.types(0, "migrate downgrade -q a1 --allow-data-loss");
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
        holds(
            &project.types(3, "migrate current --check-heads"),
            &[SAYS, REFUSED],
        );
        for line in [
            "migrate upgrade",
            "migrate upgrade b2",
            "migrate plan upgrade",
            "migrate downgrade",
            "migrate plan downgrade",
            "migrate downgrade --dry-run",
        ] {
            holds(
                &project.types(1, line),
                &[REFUSED, "hint: nothing was done", WAY],
            );
        }
        assert_eq!(cents(database), 55_000);
        // What is below it runs, and it is not forgotten.
        project.types(0, "migrate upgrade d4");
        let text = project.types(1, "migrate upgrade");
        holds(
            &text,
            &[
                REFUSED,
                "`stamp b2` counts it as applied and runs nothing twice",
            ],
        );
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
        holds(
            &text,
            &[
                REFUSED,
                "`stamp b2` counts it as applied and runs nothing twice",
            ],
        );
        project.types(0, "migrate stamp b2");
        is_settled(&project);
        assert_eq!(cents(database), 550);
    });
}

/// The version rows decide what is applied, where another tool has moved them.
#[test]
fn what_another_tool_took_back_runs_again() {
    databases::each(|database| {
        let project = scene(database);
        let by_hand = [
            PARTS,
            UNNOTE,
            "UPDATE alembic_version SET version_num = 'a1'",
        ];
        let outcome = database.open().run(&by_hand);
        assert!(outcome.is_ok(), "{outcome:?}");
        let text = project.types(0, "migrate upgrade");
        assert!(!text.contains("warning"), "{text}");
        assert_eq!(cents(database), 55_000);
    });
}
