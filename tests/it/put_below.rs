//! Revisions whose files were put below one that had run before: they count as applied and never ran.
//! Every command says so, none undoes them, and the ways out settle it, on every engine.

use migration_core::dialect::Dialect;
use migration_tests::command::holds;
use migration_tests::databases::{self, TestDatabase};
use migration_tests::project::{Project, revision};

pub(super) const ITEM: &str = "CREATE TABLE item (id INTEGER PRIMARY KEY, cents INTEGER);\n\
                    INSERT INTO item (id, cents) VALUES (1, 550), (2, 799);";
pub(super) const NOTE: &str = "ALTER TABLE item ADD COLUMN note VARCHAR(10);";
pub(super) const UNNOTE: &str = "ALTER TABLE item DROP COLUMN note;";
pub(super) const TIMES: &str = "UPDATE item SET cents = cents * 100;";
pub(super) const PARTS: &str = "UPDATE item SET cents = cents / 100;";

/// A project of a database that has run `a1` and `b2`.
fn scene(database: &TestDatabase) -> Project {
    let tree = [
        ["a1", "", ITEM, "DROP TABLE item;"],
        ["b2", "a1", NOTE, UNNOTE],
    ];
    ran(database, &tree)
}

/// A project of a database that has run these revisions.
pub(super) fn ran(database: &TestDatabase, tree: &[[&str; 4]]) -> Project {
    let project = Project::on(database, tree);
    project.types(0, "migrate upgrade -q");
    project
}

pub(super) fn write(project: &Project, [id, below, up, down]: [&str; 4]) {
    let text = revision(id, below, up, down);
    project.write(&format!("migrations/versions/{id}.sql"), &text);
}

/// `c3` comes below `b2`.
fn put_below(project: &Project) {
    write(project, ["c3", "a1", TIMES, PARTS]);
    write(project, ["b2", "c3", NOTE, UNNOTE]);
}

const SAYS: &str = "warning: revision c3 counts as applied, but never ran here: it was put below b2, \
                    which ran before; `stamp a1`, `upgrade c3` and `stamp b2`, in this order and with \
                    no other upgrade between them, run it and nothing twice, or `repair \
                    --run-by-hand c3` notes that somebody ran it by hand\n";
const REFUSED: &str = "error: `c3` counts as applied, but never ran here: put below `b2`, \
                       which ran before\n";

pub(super) fn cents(database: &TestDatabase) -> i64 {
    let mut connection = database.open();
    let rows = connection.query("SELECT cents FROM item WHERE id = 1", &[]);
    let rows = rows.expect("the table is there");
    rows[0][0].integer().expect("it is a number")
}

/// Nothing is left to say, and what is applied can be undone.
#[track_caller]
pub(super) fn is_settled(project: &Project) {
    let text = project.types(
        0,
        "migrate status --check && migrate current && migrate upgrade heads && migrate drift",
    );
    assert!(!text.contains("warning"), "{text}");
    project.types(0, "migrate downgrade -q a1");
}

#[test]
fn it_is_said_by_every_command_and_undone_by_none() {
    databases::each(|database| {
        let project = scene(database);
        put_below(&project);
        for line in [
            "migrate upgrade",
            "migrate current",
            "migrate drift",
            "migrate plan upgrade",
            "migrate status",
        ] {
            holds(&project.types(0, line), &[SAYS]);
        }
        holds(
            &project.types(3, "migrate status --check"),
            &[SAYS, "skipped  c3", "the check found 1 skipped revision"],
        );
        let text = project.types(3, "migrate current --check-heads");
        holds(&text, &[REFUSED]);
        assert!(!text.contains("warning"), "{text}");
        holds(
            &project.types(0, "migrate status --json"),
            &["\"state\": \"skipped\"", "\"skipped\": 1"],
        );
        for line in [
            "migrate downgrade a1",
            "migrate downgrade",
            "migrate downgrade --dry-run a1",
            "migrate plan downgrade a1",
            "migrate repair c3",
        ] {
            let hint = "hint: nothing was done; `stamp a1`, `upgrade c3` and `stamp b2`, in";
            let text = project.types(1, line);
            holds(&text, &[REFUSED, hint]);
            assert!(!text.contains("warning"), "{text}");
        }
        assert_eq!(cents(database), 550);
        write(&project, ["d4", "b2", TIMES, PARTS]);
        holds(&project.types(0, "migrate upgrade"), &[SAYS]);
        let says = SAYS.replace("`stamp b2`", "`stamp d4`");
        let text = project.types(0, "migrate upgrade");
        holds(&text, &[&says, "Nothing to do"]);
        project.types(0, "migrate downgrade");
    });
}

#[test]
fn the_ways_out_settle_it() {
    databases::each(|database| {
        let project = scene(database);
        put_below(&project);
        project.types(
            0,
            "migrate stamp a1 && migrate upgrade c3 && migrate stamp b2",
        );
        assert_eq!(cents(database), 55_000);
        is_settled(&project);
        assert_eq!(cents(database), 550);
    });
    databases::each(|database| {
        let project = scene(database);
        put_below(&project);
        let mut connection = database.open();
        connection.run(&[TIMES]).expect("the table is there");
        drop(connection);
        let text = project.types(0, "migrate repair --run-by-hand c3");
        holds(&text, &["Noted c3 as run by hand."]);
        is_settled(&project);
        assert_eq!(cents(database), 550);
    });
}

#[test]
fn several_and_a_dependency_run_by_one_way() {
    databases::each(|database| {
        let project = scene(database);
        write(
            &project,
            ["x1", "", "CREATE TABLE x (id INTEGER);", "DROP TABLE x;"],
        );
        put_below(&project);
        write(&project, ["c4", "c3", TIMES, PARTS]);
        let text = revision("b2", "c4", NOTE, UNNOTE);
        let text = text.replace("-- Revises: c4\n", "-- Revises: c4\n-- Depends On: x1\n");
        project.write("migrations/versions/b2.sql", &text);
        let way = "`stamp a1`, `upgrade c4 x1` and `stamp b2`, in";
        let text = project.types(3, "migrate status --check");
        holds(&text, &[way, "3 skipped revisions"]);
        project.types(
            0,
            "migrate stamp a1 && migrate upgrade c4 x1 && migrate stamp b2",
        );
        assert_eq!(cents(database), 5_500_000);
        is_settled(&project);
    });
}

/// Who edits a header, squashes, merges or adopts is not warned of what ran, or does nothing.
#[test]
fn nothing_is_said_of_what_ran_or_runs_nothing() {
    let dialect = Dialect::Sqlite;
    let fresh = || databases::fresh(dialect).expect("SQLite is always there");
    let quiet = |project: &Project| {
        let text = project.types(0, "migrate status --check && migrate upgrade heads");
        assert!(!text.contains("warning"), "{text}");
    };
    // A revision that joins, or holds only a comment.
    let database = fresh();
    let project = scene(&database);
    write(&project, ["c3", "a1", "-- nothing to do", ""]);
    write(&project, ["b2", "c3", NOTE, UNNOTE]);
    quiet(&project);
    // The other order of what ran.
    let database = fresh();
    let project = scene(&database);
    write(&project, ["c3", "b2", TIMES, PARTS]);
    write(&project, ["d4", "c3", TIMES, PARTS]);
    project.types(0, "migrate upgrade -q");
    write(&project, ["d4", "b2", TIMES, PARTS]);
    write(&project, ["c3", "a1", TIMES, PARTS]);
    write(&project, ["b2", "c3", NOTE, UNNOTE]);
    quiet(&project);
    // A squash, whose parents are gone.
    let database = fresh();
    let project = scene(&database);
    write(&project, ["s1", "", ITEM, "DROP TABLE item;"]);
    write(&project, ["b2", "s1", NOTE, UNNOTE]);
    project.types(0, "rm $(find . -name a1.sql)");
    quiet(&project);
    // A stamp says what is true.
    let database = fresh();
    let project = scene(&database);
    put_below(&project);
    project.types(0, "migrate stamp -q a1 && migrate stamp -q b2");
    quiet(&project);
    // A database that was adopted, or fed by scripts, and a header that did not change.
    let database = fresh();
    let tree = [["a1", "", ITEM, ""], ["b2", "a1", NOTE, UNNOTE]];
    let project = Project::on(&database, &tree);
    let mut connection = database.open();
    let made = connection.run(&["CREATE TABLE item (id INTEGER PRIMARY KEY, cents INTEGER)"]);
    made.expect("nothing is there");
    drop(connection);
    project.types(0, "migrate stamp -q a1 && migrate upgrade -q");
    write(&project, ["a0", "", "SELECT 1;", ""]);
    write(&project, ["a1", "a0", ITEM, ""]);
    quiet(&project);
}
