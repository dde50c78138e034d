//! Scripts, fed to the engines' own clients, give what runs give.

use migration_core::database::{Connection, Value};
use migration_core::dialect::Dialect;
use migration_core::execute::Transaction;
use migration_core::introspect;
use migration_core::script;
use migration_tests::client;
use migration_tests::databases::{self, TestDatabase};
use migration_tests::history::{History, rows, version_table};

/// The revision before the data moves.
const MIDDLE: &str = "56608def7269";

/// Rows of every kind that the later revisions move.
const ROWS: [&str; 6] = [
    "INSERT INTO irma_file (id, sha256, timestamp_first_scan, timestamp_last_scan, size, path) \
     VALUES (1, 'a', 1, 2, 3, '/x;y -- z'), (2, 'b', 1, 2, 3, NULL)",
    "INSERT INTO irma_scan (id, external_id, \"date\") VALUES (1, 's', 10)",
    "INSERT INTO irma_tag (id, text) VALUES (1, 'it''s')",
    "INSERT INTO \"irma_probeResult\" (id, name, type, id_file) VALUES (1, 'p', 't', 1)",
    "INSERT INTO \"irma_fileWeb\" (id, id_file, name, id_scan, external_id, path) \
     VALUES (1, 1, 'one', 1, 'x', '/home'), (2, 2, 'two', 1, 'y', NULL)",
    "INSERT INTO irma_tag_file (id_tag, id_file) VALUES (1, 1)",
];

pub(crate) fn script_of(
    history: &History,
    dialect: Dialect,
    from: &[&str],
    to: &str,
    each: bool,
) -> String {
    let transaction = match each {
        true => Transaction::Revision,
        false => Transaction::Run,
    };
    let program = history.program(dialect, from, to).expect("it links");
    let program = history.offline(program).expect("the revisions say it all");
    let table = version_table();
    let options = script::Options {
        version_table: &table,
        author: "tests",
        transaction,
    };
    script::write(&program, &options).expect("nothing calls a procedure")
}

/// What the ledger says of each step, whoever did it.
const NOTED: &str = "SELECT revision, direction, message, checksum, state FROM alembic_version_log";

/// Everything in a database: definitions as read, rows as text, of the ledger what it says of each step.
fn contents(connection: &mut dyn Connection) -> Vec<String> {
    let mut all = vec![format!("at {:?}", rows(connection))];
    for name in introspect::tables(connection).expect("tables can be listed") {
        let live = introspect::table(connection, &name).expect("a table can be read");
        all.push(format!("{:?}", live.schema));
        let quoted = connection.dialect().syntax().quote(name.name.as_str());
        let query = match name.name.as_str() {
            "alembic_version_log" => NOTED.to_owned(),
            _ => format!("SELECT * FROM {quoted}"),
        };
        let rows = connection.query(&query, &[]);
        let text = |value: &Value| value.text().unwrap_or_else(|| "NULL".to_owned());
        let rows = rows.expect("a table can be read");
        let mut lines: Vec<String> = rows
            .iter()
            .map(|row| row.iter().map(text).collect::<Vec<_>>().join("|"))
            .collect();
        lines.sort();
        all.extend(lines);
    }
    all
}

#[track_caller]
fn same(online: &TestDatabase, offline: &TestDatabase, stage: &str) {
    let expected = contents(online.open().as_mut());
    let found = contents(offline.open().as_mut());
    for (expected, found) in expected.iter().zip(&found) {
        assert_eq!(found, expected, "{} {stage}", online.dialect());
    }
    assert_eq!(found.len(), expected.len(), "{} {stage}", online.dialect());
}

#[test]
fn scripts_of_the_real_history_do_what_runs_do() {
    let history = History::of_component("frontend");
    databases::each(|online| {
        let dialect = online.dialect();
        let offline = databases::fresh(dialect).expect("it was there before");
        let stages = [
            (vec![], MIDDLE, false),
            (vec![MIDDLE], "head", true),
            (vec!["430a70c8aa21"], "down to base", false),
        ];
        for (from, to, each) in stages {
            let from = if from == ["430a70c8aa21"] {
                rows(online.open().as_mut())
            } else {
                from.iter().map(|id| (*id).to_owned()).collect()
            };
            let from: Vec<&str> = from.iter().map(String::as_str).collect();
            let script = script_of(&history, dialect, &from, to, each);
            if client::feed(&offline, &script).is_none() {
                return;
            }
            let mode = if each {
                Transaction::Revision
            } else {
                Transaction::Run
            };
            history
                .run(online.open().as_mut(), to, mode)
                .unwrap_or_else(|error| panic!("{dialect} {to}: {error:?}"));
            same(online, &offline, to);
            if to == MIDDLE {
                for database in [online, &offline] {
                    let filled = database.open().run(&ROWS);
                    assert!(filled.is_ok(), "{dialect}: {filled:?}");
                }
            }
        }
    });
}

fn one(database: &TestDatabase, sql: &str) -> String {
    let rows = database.open().query(sql, &[]).expect("it can be read");
    rows[0][0].text().unwrap_or_default()
}

/// A history that changes rows, at its first revision, with a row.
fn purse(database: &TestDatabase, rest: &[(&str, &str)]) -> History {
    let table = "-- migrate: upgrade\n\
                 CREATE TABLE purse (id INTEGER PRIMARY KEY, cents INTEGER NOT NULL);\n";
    let history = History::line(&[&[("r1", table)], rest].concat());
    let made = history.run(database.open().as_mut(), "r1", Transaction::Run);
    made.expect("the revision is in order");
    let filled = database.open().run(&["INSERT INTO purse VALUES (1, 7)"]);
    assert!(filled.is_ok(), "{filled:?}");
    history
}

#[test]
fn a_script_that_ran_does_nothing_to_rows_when_it_is_fed_again() {
    let times = "-- migrate: upgrade\nUPDATE purse SET cents = cents * 100;\n\n\
                 -- migrate: downgrade\nUPDATE purse SET cents = cents / 100;\n";
    databases::each(|database| {
        let dialect = database.dialect();
        let history = purse(database, &[("r2", times)]);
        for (from, to, cents) in [("r1", "head", "700"), ("r2", "down to r1", "7")] {
            let script = script_of(&history, dialect, &[from], to, true);
            if client::feed(database, &script).is_none() {
                return;
            }
            assert_eq!(one(database, "SELECT cents FROM purse"), cents, "{dialect}");
            let again = client::offer(database, &script).expect("it was there");
            let said = again.expect_err("the database is elsewhere");
            let promise = format!("the database is at {from}");
            assert!(said.contains(&promise), "{dialect}: {said}");
            assert_eq!(one(database, "SELECT cents FROM purse"), cents, "{dialect}");
        }
    });
}

#[test]
fn a_script_leads_to_base_and_another_one_back() {
    let table = "-- migrate: upgrade\nCREATE TABLE town (name VARCHAR(20));\n\n\
                 -- migrate: downgrade\nDROP TABLE town;\n";
    databases::each(|database| {
        let dialect = database.dialect();
        let history = History::line(&[("r1", table)]);
        let up = script_of(&history, dialect, &[], "head", true);
        let down = script_of(&history, dialect, &["r1"], "down to base", true);
        for (script, at) in [(&up, vec!["r1"]), (&down, vec![]), (&up, vec!["r1"])] {
            if client::feed(database, script).is_none() {
                return;
            }
            assert_eq!(rows(database.open().as_mut()), at, "{dialect}");
        }
        let again = client::offer(database, &up).expect("it was there");
        let said = again.expect_err("the database is at r1");
        assert!(
            said.contains("the database is at base"),
            "{dialect}: {said}"
        );
    });
}

#[test]
fn a_branch_that_is_there_is_not_begun_again() {
    let side = "-- Revision ID: s1\n-- Revises:\n\n-- migrate: upgrade\n\
                UPDATE purse SET cents = cents + 1;\n";
    databases::each(|database| {
        let dialect = database.dialect();
        let history = purse(database, &[]).beside("s1", side);
        let script = script_of(&history, dialect, &["r1"], "heads", true);
        if client::feed(database, &script).is_none() {
            return;
        }
        let again = client::offer(database, &script).expect("it was there");
        let said = again.expect_err("the branch is there");
        assert!(
            said.contains("the database is not at s1 yet"),
            "{dialect}: {said}"
        );
        assert_eq!(one(database, "SELECT cents FROM purse"), "8", "{dialect}");
    });
}

#[test]
fn a_client_that_goes_on_after_an_error_skips_no_revision() {
    let stopped = "-- migrate: upgrade\nALTER TABLE purse ADD CONSTRAINT rich CHECK (cents > 9);\n";
    let next = "-- migrate: upgrade\nCREATE TABLE next (id INTEGER PRIMARY KEY);\n";
    let Some(database) = databases::fresh(Dialect::Postgres) else {
        return;
    };
    let history = purse(&database, &[("r2", stopped), ("r3", next)]);
    let script = script_of(&history, Dialect::Postgres, &["r1"], "head", true);
    let script = format!("\\set ON_ERROR_STOP off\n{script}");
    let Some(said) = client::offer(&database, &script) else {
        return;
    };
    let said = said.expect("psql goes on");
    assert!(
        said.contains("this is not so: the database is at r2"),
        "{said}"
    );
    assert_eq!(rows(database.open().as_mut()), ["r1"]);
    assert_eq!(one(&database, "SELECT count(to_regclass('next'))"), "0");
}

#[test]
fn a_transaction_behind_a_statement_outside_asks_again() {
    let split = "-- migrate: upgrade\n-- migrate: autocommit\nVACUUM purse;\n\n\
                 UPDATE purse SET cents = cents * 100;\n";
    let Some(database) = databases::fresh(Dialect::Postgres) else {
        return;
    };
    let history = purse(&database, &[("r2", split)]);
    let script = script_of(&history, Dialect::Postgres, &["r1"], "head", true);
    // As a client reads it that has no such line, and goes on after an error.
    let script = script.replace("\\set ON_ERROR_STOP on", "\\set ON_ERROR_STOP off");
    for _ in 0..2 {
        let Some(said) = client::offer(&database, &script) else {
            return;
        };
        assert!(said.is_ok(), "psql goes on: {said:?}");
        assert_eq!(one(&database, "SELECT cents FROM purse"), "700");
    }
}

#[test]
fn a_statement_outside_does_not_run_behind_a_question_that_failed() {
    let outside = "-- migrate: upgrade\n-- migrate: autocommit\n\
                   UPDATE purse SET cents = cents * 100;\n";
    let Some(database) = databases::fresh(Dialect::Postgres) else {
        return;
    };
    let history = purse(&database, &[("r2", outside)]);
    let script = script_of(&history, Dialect::Postgres, &["r1"], "head", true);
    // As psql is where nobody tells it to stop.
    let script = format!("\\set ON_ERROR_STOP off\n{script}");
    if client::feed(&database, &script).is_none() {
        return;
    }
    let again = client::offer(&database, &script).expect("it was there");
    let said = again.expect_err("psql was told to stop");
    assert!(
        said.contains("this is not so: the database is at r1"),
        "{said}"
    );
    assert_eq!(one(&database, "SELECT cents FROM purse"), "700");
}

/// Two changes of rows, each of which would be seen.
const TWO_UPDATES: &str = "-- migrate: upgrade\nUPDATE purse SET cents = cents * 100;\n\
                           UPDATE purse SET cents = cents + 1;\n";

#[test]
fn a_script_stops_while_a_run_is_under_way() {
    databases::each_server(|database| {
        let dialect = database.dialect();
        let history = purse(database, &[("r2", TWO_UPDATES)]);
        let script = script_of(&history, dialect, &["r1"], "head", true);
        let mut connection = database.open();
        let lock = databases::locked(connection.as_mut());
        let Some(said) = client::offer(database, &script) else {
            return;
        };
        let said = said.expect_err("a run is under way");
        assert!(
            said.contains("no other migration is under way"),
            "{dialect}: {said}"
        );
        lock.release(connection.as_mut());
        client::feed(database, &script);
        assert_eq!(one(database, "SELECT cents FROM purse"), "701", "{dialect}");
    });
}

#[test]
fn a_script_stops_where_a_run_left_a_revision_half_done() {
    let half = |dialect| match dialect {
        Dialect::Sqlite | Dialect::Postgres => {
            "UPDATE purse SET cents = cents * 100;\n\n-- migrate: autocommit\nVACUUM nowhere;\n"
        }
        Dialect::Mysql => {
            "UPDATE purse SET cents = cents * 100;\nALTER TABLE nowhere DROP COLUMN a;\n"
        }
    };
    databases::each(|database| {
        let dialect = database.dialect();
        let half = format!("-- migrate: upgrade\n{}", half(dialect));
        let history = purse(database, &[("r2", &half)]);
        let outcome = history.run(database.open().as_mut(), "r2", Transaction::Run);
        assert!(outcome.is_err(), "{dialect}");
        assert_eq!(one(database, "SELECT cents FROM purse"), "700", "{dialect}");
        let script = script_of(&history, dialect, &["r1"], "head", true);
        let Some(said) = client::offer(database, &script) else {
            return;
        };
        let said = said.expect_err("the run did the half of it");
        assert!(
            said.contains("no run left a revision half done"),
            "{dialect}: {said}"
        );
        assert_eq!(one(database, "SELECT cents FROM purse"), "700", "{dialect}");
    });
}

#[test]
fn rows_change_in_a_script_with_the_version_row_or_not_at_all() {
    databases::each(|database| {
        let dialect = database.dialect();
        let history = purse(database, &[("r2", TWO_UPDATES)]);
        let script = script_of(&history, dialect, &["r1"], "head", true);
        let second = "UPDATE purse SET cents = cents + 1";
        let (cut, _) = script.split_once(second).expect("it is there");
        if client::offer(database, cut).is_none() {
            return;
        }
        assert_eq!(one(database, "SELECT cents FROM purse"), "7", "{dialect}");
        client::feed(database, &script);
        assert_eq!(one(database, "SELECT cents FROM purse"), "701", "{dialect}");
    });
}

#[test]
fn a_script_means_the_same_whatever_its_client_is_set_to() {
    let text = "-- migrate: upgrade\nCREATE TABLE town (name VARCHAR(20));\n\
                INSERT INTO town VALUES ('K\u{f6}ln \u{2603}');\n";
    databases::each(|database| {
        let settings = match database.dialect() {
            Dialect::Sqlite => "",
            Dialect::Postgres => "SET client_encoding = 'LATIN1';\n",
            Dialect::Mysql => "SET NAMES latin1;\nSET autocommit = 0;\n",
        };
        let history = History::line(&[("r1", text)]);
        let script = script_of(&history, database.dialect(), &[], "head", true);
        if client::feed(database, &format!("{settings}{script}")).is_none() {
            return;
        }
        assert_eq!(one(database, "SELECT name FROM town"), "K\u{f6}ln \u{2603}");
        assert_eq!(rows(database.open().as_mut()), ["r1"]);
    });
}

/// A table with a row that lacks a value, and a view of it.
const BOX: &str = "-- migrate: upgrade\n\
    CREATE TABLE box (id INTEGER PRIMARY KEY, a INTEGER, b VARCHAR(9));\n\
    INSERT INTO box (id, a) VALUES (1, 2);\nCREATE VIEW boxes AS SELECT id FROM box;\n";

/// A database with a table and a view, and what the client says of a script that changes them.
fn changed(database: &TestDatabase, change: &str) -> Option<Result<String, String>> {
    let change = format!("-- migrate: upgrade\n{change}");
    let history = History::line(&[("r1", BOX), ("r2", &change)]);
    let made = history.run(database.open().as_mut(), "r1", Transaction::Run);
    made.expect("the revision is in order");
    let before = contents(database.open().as_mut());
    let said = client::offer(
        database,
        &script_of(&history, database.dialect(), &["r1"], "head", true),
    )?;
    if said.is_err() {
        let dialect = database.dialect();
        assert_eq!(contents(database.open().as_mut()), before, "{dialect}");
        assert_eq!(one(database, "SELECT count(*) FROM boxes"), "1");
    }
    Some(said)
}

#[test]
fn what_is_in_the_way_of_a_step_stops_its_script_before_anything_is_changed() {
    for change in [
        "DROP VIEW boxes;\nALTER TABLE box ALTER COLUMN a SET NOT NULL;\n\
         ALTER TABLE box ALTER COLUMN b SET NOT NULL;",
        "CREATE TABLE other (id INTEGER PRIMARY KEY);\nCREATE INDEX box_a ON box (a);\n\
         ALTER TABLE box ADD COLUMN c INTEGER NOT NULL;",
        "ALTER TABLE box ADD COLUMN c INTEGER;\nALTER TABLE box DROP COLUMN a;\n\
         ALTER TABLE box ALTER COLUMN b SET NOT NULL;",
    ] {
        databases::each(|database| {
            if let Some(said) = changed(database, change) {
                assert!(said.is_err(), "{}: {change}", database.dialect());
            }
        });
    }
}

#[test]
fn what_a_statement_puts_right_stops_no_script() {
    for change in [
        "UPDATE box SET b = 'x' WHERE b IS NULL;\nALTER TABLE box ALTER COLUMN b SET NOT NULL;",
        "DELETE FROM box;\nALTER TABLE box ADD COLUMN c INTEGER NOT NULL;",
        "ALTER TABLE box RENAME COLUMN b TO c;\nALTER TABLE box RENAME COLUMN a TO b;\n\
         ALTER TABLE box ALTER COLUMN b SET NOT NULL;",
        "ALTER TABLE box DROP COLUMN b;\nALTER TABLE box ADD COLUMN b INTEGER DEFAULT 1;\n\
         ALTER TABLE box ALTER COLUMN b SET NOT NULL;",
        "DROP VIEW boxes;\nALTER TABLE box RENAME TO chest;\n\
         CREATE TABLE box (id INTEGER PRIMARY KEY, b INTEGER);\n\
         ALTER TABLE box ALTER COLUMN b SET NOT NULL;\n\
         ALTER TABLE chest ALTER COLUMN a SET NOT NULL;",
    ] {
        databases::each(|database| {
            if let Some(said) = changed(database, change) {
                assert!(said.is_ok(), "{}: {change}\n{said:?}", database.dialect());
            }
        });
    }
}
