//! Values that are added to an enumerated type, and used by the next revision: what grew step by step
//! runs from base too. Through the real binary.

use migration_core::dialect::Dialect;
use migration_tests::client;
use migration_tests::command::holds;
use migration_tests::databases::{self, TestDatabase};
use migration_tests::project::Project;

/// A project of which the third revision uses a value that the second one adds.
fn project(database: &TestDatabase) -> Project {
    let first = "CREATE TYPE mood AS ENUM ('sad');\nCREATE TABLE p (id INTEGER PRIMARY KEY, m mood);\n\
                 INSERT INTO p VALUES (1, 'sad');";
    let tree = [
        ["aaaa1", "", first, ""],
        ["bbbb2", "aaaa1", "ALTER TYPE mood ADD VALUE 'glad';", ""],
        ["cccc3", "bbbb2", "UPDATE p SET m = 'glad';", ""],
        [
            "dddd4",
            "cccc3",
            "CREATE TABLE q (id INTEGER PRIMARY KEY);",
            "",
        ],
    ];
    Project::on(database, &tree)
}

fn is_glad(database: &TestDatabase) -> bool {
    let found = database
        .open()
        .query("SELECT id FROM p WHERE m = 'glad'", &[]);
    found.expect("it can be asked").len() == 1
}

#[test]
fn a_value_is_used_behind_the_revision_that_adds_it_also_from_base() {
    databases::each(|database| {
        let project = project(database);
        let text = project.types(0, "migrate upgrade");
        holds(&text, &["the database is at dddd4"]);
        assert!(is_glad(database), "{}", database.dialect());
    });
}

#[test]
fn a_script_from_base_ends_its_transaction_behind_the_value() {
    let Some(database) = databases::fresh(Dialect::Postgres) else {
        return;
    };
    let project = project(&database);
    let script = project.types(0, "migrate upgrade --sql");
    assert_eq!(script.matches("\nCOMMIT;\n").count(), 2, "{script}");
    if client::feed(&database, &script).is_some() {
        assert!(is_glad(&database));
    }
}

#[test]
fn one_transaction_that_was_asked_for_stays_one_and_the_hint_says_what_does_not() {
    let Some(database) = databases::fresh(Dialect::Postgres) else {
        return;
    };
    let project = project(&database);
    let script = project.types(0, "migrate --transaction run upgrade --sql");
    assert_eq!(script.matches("\nCOMMIT;\n").count(), 1, "{script}");
    let text = project.types(1, "migrate --transaction run upgrade");
    holds(
        &text,
        &[
            "nothing was applied; the database is at base\n",
            "hint: a value that is added to a type can be used once it is committed: use it in a \
             later revision, and let transactions end between revisions (`transaction = auto` or \
             `revision`)\n",
        ],
    );
}

/// Comparisons run all revisions in one transaction of a scratch place.
#[test]
fn a_comparison_of_revisions_knows_a_value_that_was_added_and_is_used() {
    databases::each(|database| {
        let first =
            "CREATE TYPE mood AS ENUM ('sad');\nCREATE TABLE p (id INTEGER PRIMARY KEY, m mood);";
        let renamed = "ALTER TYPE mood RENAME VALUE 'sad' TO 'low';\n\
                       ALTER TYPE mood ADD VALUE 'glad';";
        let tree = [
            ["aaaa1", "", first, ""],
            ["bbbb2", "aaaa1", renamed, ""],
            [
                "cccc3",
                "bbbb2",
                "ALTER TABLE p ALTER COLUMN m SET DEFAULT 'glad';",
                "",
            ],
        ];
        let project = Project::on(database, &tree);
        project.types(0, "migrate upgrade");
        let text = project.types(0, "migrate drift");
        holds(&text, &["The database is what its revisions made of it."]);
    });
}
