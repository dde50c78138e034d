//! What scripts of `--sql` note in the ledger: a revision that one brought or took back is known as if
//! a run had done it.

use migration_tests::client;
use migration_tests::command::{holds, said};
use migration_tests::databases::{self, TestDatabase};
use migration_tests::project::Project;

use super::put_below::{ITEM, NOTE, PARTS, TIMES, UNNOTE, cents, is_settled, ran, write};

/// A project of a database that has run `a1`; `b2` and `c3` are above it.
fn scene(database: &TestDatabase) -> Project {
    let project = ran(database, &[["a1", "", ITEM, "DROP TABLE item;"]]);
    write(&project, ["b2", "a1", TIMES, PARTS]);
    write(&project, ["c3", "b2", NOTE, UNNOTE]);
    project
}

/// Has the engine's own client run what a line writes; whether there is a client.
#[track_caller]
fn feeds(project: &Project, database: &TestDatabase, line: &str) -> bool {
    let output = project.shell(line);
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
    let script = String::from_utf8(output.stdout).expect("SQL is text");
    client::feed(database, &script).is_some()
}

#[test]
fn the_text_that_a_script_brought_last_is_the_one_that_counts() {
    databases::each(|database| {
        let project = scene(database);
        project.types(0, "migrate upgrade -q");
        if !feeds(&project, database, "migrate downgrade c3:a1 --sql") {
            return;
        }
        write(&project, ["b2", "a1", &TIMES.replace("100", "10"), PARTS]);
        feeds(&project, database, "migrate upgrade a1:c3 --sql");
        assert_eq!(cents(database), 5_500);
        is_settled(&project);
    });
}

#[test]
fn who_fed_it_and_what_was_edited_since_is_known() {
    databases::each(|database| {
        let project = scene(database);
        if !feeds(&project, database, "migrate upgrade a1:c3 --sql") {
            return;
        }
        write(&project, ["b2", "a1", &TIMES.replace("100", "10"), PARTS]);
        let text = project.types(3, "migrate status --check");
        let user = database.server().and_then(|it| it.user.as_deref());
        let who = user.map_or("UTC with migrate".to_owned(), |user| {
            format!("UTC by {user}")
        });
        holds(&text, &["edited", &who, "(script)"]);
        let text = project.types(0, "migrate status b2");
        holds(&text, &["b2 is edited", "not in the ledger"]);
        assert!(!text.contains("changed in the"), "{text}");
    });
}

#[test]
fn what_a_script_ran_is_not_run_again_where_its_file_is_put_above() {
    databases::each(|database| {
        let project = scene(database);
        if !feeds(&project, database, "migrate upgrade a1:c3 --sql") {
            return;
        }
        write(&project, ["c3", "a1", NOTE, UNNOTE]);
        write(&project, ["b2", "c3", TIMES, PARTS]);
        let text = project.types(1, "migrate upgrade");
        holds(&text, &["`b2` ran here already, and counts as pending"]);
        project.types(0, "migrate stamp b2");
        is_settled(&project);
        assert_eq!(cents(database), 550);
    });
}

/// What a script took back is pending, also beside what ran again.
#[test]
fn what_a_script_took_back_is_pending() {
    databases::each(|database| {
        let project = scene(database);
        project.types(0, "migrate upgrade -q");
        if !feeds(&project, database, "migrate downgrade c3:a1 --sql") {
            return;
        }
        project.types(0, "migrate upgrade -q b2");
        let text = project.types(0, "migrate upgrade");
        assert!(!text.contains("warning"), "{text}");
        is_settled(&project);
    });
}

/// A ledger that an older program made has fewer columns.
#[test]
fn any_ledger_holds_what_a_script_notes() {
    let added = ["script", "pieces", "under_way", "backup", "digest", "seal"];
    databases::each(|database| {
        let project = scene(database);
        for column in added {
            let sql = format!("ALTER TABLE alembic_version_log DROP COLUMN {column}");
            let outcome = database.open().run(&[&sql]);
            assert!(outcome.is_ok(), "{outcome:?}");
        }
        if feeds(&project, database, "migrate upgrade a1:c3 --sql") {
            is_settled(&project);
        }
    });
}

/// Of a database that Alembic brought up there is no ledger.
#[test]
fn a_script_makes_the_ledger_where_there_is_none() {
    databases::each(|database| {
        let project = scene(database);
        let outcome = database.open().run(&["DROP TABLE alembic_version_log"]);
        assert!(outcome.is_ok(), "{outcome:?}");
        if feeds(&project, database, "migrate upgrade a1:c3 --sql") {
            is_settled(&project);
        }
    });
}
