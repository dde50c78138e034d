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

const FIRST: &str = "CREATE TYPE mood AS ENUM ('sad', 'ok');\n\
    CREATE TABLE p (id INTEGER PRIMARY KEY, m mood);\nINSERT INTO p VALUES (1, 'sad');";

/// A database at the first revision, and what the second one does.
fn at_first(database: &TestDatabase, change: &str) -> Project {
    let tree = [["aaaa1", "", FIRST, ""], ["bbbb2", "aaaa1", change, ""]];
    let project = Project::on(database, &tree);
    project.types(0, "migrate upgrade aaaa1");
    project
}

#[test]
fn a_change_of_values_that_the_revisions_know_to_be_wrong_is_found_before_anything_runs() {
    for (change, cause) in [
        (
            "ALTER TYPE mood ADD VALUE 'ok';",
            "type `mood` has a value 'ok' already\nhint: leave the statement out; `ADD VALUE IF NOT \
             EXISTS` adds a value that may be there\n",
        ),
        (
            "ALTER TYPE mood ADD VALUE 'low' BEFORE 'k';",
            "type `mood` has no value 'k'\nhint: did you mean `ok`?\n",
        ),
        (
            "ALTER TYPE mood RENAME VALUE 'sat' TO 'low';",
            "type `mood` has no value 'sat'\nhint: did you mean `sad`?\n",
        ),
    ] {
        databases::each(|database| {
            let project = at_first(database, change);
            let text = project.types(1, "migrate upgrade");
            // A type with a name is known to its engine.
            if database.dialect() != Dialect::Postgres {
                holds(&text, &["error: revision `bbbb2` cannot ", cause]);
            }
        });
    }
}

#[test]
fn a_row_with_another_value_is_told_with_it() {
    let change = "ALTER TYPE mood RENAME TO mood_old;\nCREATE TYPE mood AS ENUM ('ok');\n\
                  ALTER TABLE p ALTER COLUMN m TYPE mood USING m::text::mood;";
    databases::each(|database| {
        let project = at_first(database, change);
        let text = project.types(1, "migrate upgrade");
        let told = match database.dialect() {
            Dialect::Postgres => "invalid input value for enum mood: \"sad\"",
            Dialect::Sqlite | Dialect::Mysql => {
                "error: table `p` has 1 row with another value in `m` than 'ok': 'sad'\n"
            }
        };
        holds(&text, &[told]);
    });
}

/// SQLite keeps no types: a check keeps the column to the values, and anybody can write another.
#[test]
fn a_check_that_other_hands_changed_is_told_by_its_values() {
    let checked = "'\"m\" IN (''sad'', ''ok'')'";
    for (other, values) in [
        (
            "\"m\" IN (''sad'', ''ok'', ''good'')",
            "to 'sad', 'ok', 'good'",
        ),
        ("\"m\" IN (''sad'')", "to 'sad'"),
        ("\"m\" > ''a''", "does not"),
    ] {
        let database = databases::fresh(Dialect::Sqlite).expect("SQLite is built in");
        let project = at_first(&database, "ALTER TYPE mood ADD VALUE 'good';");
        let mut connection = database.open();
        let by_hand = format!(
            "UPDATE sqlite_schema SET sql = replace(sql, {checked}, '{other}') WHERE name = 'p'"
        );
        for sql in [
            "PRAGMA writable_schema = ON",
            &by_hand,
            "PRAGMA writable_schema = RESET",
        ] {
            assert!(connection.run(&[sql]).is_ok(), "{sql}");
        }
        drop(connection);
        let text = project.types(1, "migrate upgrade");
        let cause = format!(
            "caused by: sqlite cannot change the values of `p.m`: the revisions keep it to 'sad', \
             'ok', the database {values}\n"
        );
        let headline = "error: cannot add value 'good' to type `mood`\n";
        holds(&text, &[headline, &cause, "hint: `drift` shows"]);
        let back = project.shell("migrate drift --sql").stdout;
        let back = String::from_utf8(back).expect("SQL is text");
        if client::feed(&database, &back).is_some() {
            project.types(0, "migrate upgrade");
        }
    }
}
