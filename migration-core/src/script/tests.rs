//! Texts of scripts.

use super::{Options, ScriptError, write};
use crate::dialect::{Dialect, Ledger, Statement, VersionTable};
use crate::operation::Operation;
use crate::plan::{Direction, RowChange};
use crate::program::{Action, Program, Step, Text, Transaction, Work};
use crate::revision::read_kept;
use crate::text::{Place, Source, Span};

fn action(work: Work) -> Action {
    let source = Source::new("a.sql", "text");
    let sql = "do".to_owned();
    let place = Place::new(&source, Span::new(0, 4));
    Action::new(Operation::Raw { sql }, place, work)
}

fn step(id: &str, parent: Option<&str>, message: &str, actions: Vec<Action>) -> Step {
    let change = match parent {
        Some(parent) => RowChange::Update {
            from: parent.into(),
            to: id.into(),
        },
        None => RowChange::Insert(id.into()),
    };
    let text = format!("-- Revision ID: {id}\n\n-- migrate: upgrade\n");
    let mut revision = read_kept("a.sql", &text, "").unwrap();
    message.clone_into(&mut revision.header.message);
    Step {
        revision: Some(id.into()),
        direction: Direction::Upgrade,
        path: Some(format!("{} -> {id}", parent.unwrap_or_default()).into()),
        changes: vec![change],
        text: Text::of_stamp(revision.into()),
        actions,
    }
}

fn script(dialect: Dialect, per_revision: bool, steps: Vec<Step>) -> Result<String, ScriptError> {
    let transaction = match per_revision {
        true => Transaction::Revision,
        false => Transaction::Auto,
    };
    let to = steps.last().map(|step| step.rows_behind(&[]));
    let program = Program {
        dialect,
        prefix: String::new(),
        from: Vec::new(),
        to: to.unwrap_or_default(),
        steps,
        seal: None,
    };
    let version_table = VersionTable::default();
    let options = Options {
        version_table: &version_table,
        author: "migrate 1.0",
        transaction,
    };
    write(&program, &options)
}

fn sql(text: &str) -> Action {
    action(Work::Statements(vec![Statement::new(text)]))
}

/// Words in capitals stand for statements of the engine.
const SHAPE: &str = "\
-- migrate 1.0, for postgresql, from base to b2
-- to be run by `psql -v ON_ERROR_STOP=1`, which stops at the first error
SET client_encoding = 'UTF8';
SET standard_conforming_strings = on;

BEGIN;

-- stops while a run or another script is under way
LOCK;

CREATE TABLE IF NOT EXISTS \"alembic_version\" (
    version_num VARCHAR(32) NOT NULL,
    CONSTRAINT \"alembic_version_pkc\" PRIMARY KEY (version_num)
);

-- stops unless the database is at base
BASE;

-- the steps are noted here
LEDGER;

-- stops where a run left a revision half done
FINISHED;

-- Running upgrade  -> a1, first

CREATE TABLE a (id INTEGER);

INSERT INTO \"alembic_version\" (version_num) VALUES ('a1');

NOTED 'a1', 'upgrade', 'first', '', '', 1, 1, DONE;

-- Running upgrade a1 -> b2, second
-- nothing to do on postgresql

UPDATE \"alembic_version\" SET version_num='b2' WHERE version_num = 'a1';

NOTED 'b2', 'upgrade', 'second', '', '', 0, 0, DONE;

COMMIT;

";

#[test]
fn a_script_has_alembics_shape() {
    let steps = vec![
        step(
            "a1",
            None,
            "first",
            vec![sql("CREATE TABLE a (id INTEGER)")],
        ),
        step("b2", Some("a1"), "second", vec![]),
    ];
    let text = script(Dialect::Postgres, false, steps).unwrap();
    let table = VersionTable::default();
    let ledger = Ledger::of(&table);
    let now = "to_char(clock_timestamp() AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"')";
    let noted = "INSERT INTO \"alembic_version_log\" (revision, direction, message, checksum, \
                 downgrade_sql, statements, statements_done, state, login, host, program, \
                 started_at, finished_at) VALUES (";
    let done = format!("'done', session_user, '', 'migrate 1.0 (script)', {now}, {now})");
    let asked = [
        ("LOCK", table.demand_lock(Dialect::Postgres)),
        ("BASE", table.demand_base(Dialect::Postgres)),
        ("LEDGER", vec![ledger.create_by_script(Dialect::Postgres)]),
        ("FINISHED", ledger.demand_finished(Dialect::Postgres)),
        ("NOTED ", vec![noted.to_owned()]),
        ("DONE", vec![done]),
    ];
    let expected = asked
        .into_iter()
        .fold(SHAPE.to_owned(), |text, (mark, sql)| {
            text.replace(mark, &sql.join(";\n"))
        });
    assert_eq!(text, expected);
}

#[test]
fn a_transaction_each_and_statements_outside() {
    let outside = action(Work::Statements(vec![Statement::outside_transaction(
        "OUT",
    )]));
    let steps = vec![
        step("a1", None, "", vec![sql("IN"), outside, sql("AGAIN")]),
        step("b2", Some("a1"), "", vec![]),
    ];
    let text = script(Dialect::Postgres, true, steps).unwrap();
    let words: Vec<&str> = text
        .lines()
        .filter(|line| ["BEGIN;", "COMMIT;", "IN;", "OUT;", "AGAIN;"].contains(line))
        .collect();
    assert_eq!(
        words,
        [
            "BEGIN;", "IN;", "COMMIT;", "OUT;", "BEGIN;", "AGAIN;", "COMMIT;", "BEGIN;", "COMMIT;"
        ]
    );
}

#[test]
fn a_client_is_told_to_stop_where_an_error_would_not_end_what_comes() {
    let outside = || {
        action(Work::Statements(vec![Statement::outside_transaction(
            "OUT",
        )]))
    };
    let stops = |dialect: Dialect, actions| {
        let text = script(dialect, true, vec![step("a1", None, "", actions)]).unwrap();
        let line = |line: &&str| line.starts_with(['.', '\\']);
        text.lines().find(line).map(str::to_owned)
    };
    let psql = r"\set ON_ERROR_STOP on".to_owned();
    assert_eq!(stops(Dialect::Postgres, vec![outside()]), Some(psql));
    // Other programs than psql read this one, too.
    assert_eq!(stops(Dialect::Postgres, vec![sql("IN")]), None);
    let sqlite = Some(".bail on".to_owned());
    assert_eq!(stops(Dialect::Sqlite, vec![sql("IN")]), sqlite);
    assert_eq!(stops(Dialect::Mysql, vec![outside()]), None);
}

#[test]
fn bodies_with_semicolons_get_a_delimiter_where_the_client_needs_one() {
    let body = "CREATE TRIGGER t BEGIN SELECT '$$'; END";
    let steps = || vec![step("a1", None, "", vec![sql(body)])];
    let text = script(Dialect::Mysql, false, steps()).unwrap();
    assert!(
        text.contains(&format!("DELIMITER $$$\n{body}\n$$$\nDELIMITER ;\n")),
        "{text}"
    );
    let text = script(Dialect::Sqlite, false, steps()).unwrap();
    assert!(text.contains(&format!("{body};\n")), "{text}");
}

#[test]
fn nothing_of_a_message_is_ever_run() {
    let steps = vec![step("a1", None, "x\nDROP TABLE a;\rDROP TABLE b;", vec![])];
    let text = script(Dialect::Sqlite, false, steps).unwrap();
    let bare = text.split(['\n', '\r']).any(|line| {
        ["DROP TABLE a", "DROP TABLE b"]
            .iter()
            .any(|it| line.starts_with(it))
    });
    assert!(!bare, "{text}");
}

#[test]
fn a_comment_at_the_end_does_not_swallow_the_semicolon() {
    let steps = vec![step("a1", None, "", vec![sql("SELECT 1 -- one")])];
    let text = script(Dialect::Sqlite, false, steps).unwrap();
    assert!(text.contains("SELECT 1 -- one\n;\n"), "{text}");
}

#[test]
fn procedures_have_no_place_in_a_script() {
    let call = action(Work::Procedure("fill".to_owned()));
    let error = script(
        Dialect::Sqlite,
        false,
        vec![step("a1", None, "", vec![call])],
    );
    assert!(matches!(error, Err(ScriptError::Procedure { name, .. }) if name == "fill"));
}

#[test]
fn ids_are_quoted_as_text() {
    let steps = vec![step("it's", None, "", vec![])];
    let text = script(Dialect::Sqlite, false, steps).unwrap();
    assert!(text.contains("VALUES ('it''s')"), "{text}");
}

#[test]
fn a_script_that_changes_rows_says_what_stays_where_it_stops() {
    for (sql, says) in [
        ("UPDATE t SET n = 1", true),
        ("CREATE TABLE t (n INT)", false),
    ] {
        let work = Work::Statements(vec![Statement::new(sql)]);
        let steps = vec![step("a1", None, "", vec![action(work)])];
        let text = script(Dialect::Mysql, false, steps).unwrap();
        assert_eq!(
            text.contains("-- a table without transactions"),
            says,
            "{text}"
        );
    }
}
