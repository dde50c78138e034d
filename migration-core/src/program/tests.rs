//! What linking demands of a text, and what it makes of it.

use super::{Keep, Linker, Program, ProgramError, Work, link, lower_offline, refuse_table_changes};
use crate::diagnostic::Advice as _;
use crate::dialect::Dialect;
use crate::graph::{self, RevisionGraph};
use crate::plan;
use crate::revision::{EmbeddedFile, RevisionId, read_embedded};

fn graph(bodies: &[(&str, &str)]) -> RevisionGraph {
    let mut parent = String::new();
    let files: Vec<EmbeddedFile> = bodies
        .iter()
        .map(|(id, body)| {
            let text = format!(
                "-- message of {id}\n--\n-- Revision ID: {id}\n-- Revises: {parent}\n\
                 -- Create Date: 2024-01-01 00:00:00\n\n{body}\n"
            );
            parent = (*id).to_owned();
            let path: &'static str = format!("{id}.sql").leak();
            EmbeddedFile {
                path,
                text: text.leak(),
                digest: None,
            }
        })
        .collect();
    graph::build(read_embedded(files.leak()).unwrap()).unwrap()
}

fn linker(graph: &RevisionGraph, dialect: Dialect) -> Linker<'_> {
    Linker {
        dialect,
        graph,
        prefix: "irma_".to_owned(),
        procedures: vec!["fill_names"],
        never_ran: Vec::new(),
        keep: Keep::default(),
    }
}

/// The program that applies a revision with this upgrade.
pub(super) fn applied(upgrade: &str) -> Program {
    let graph = graph(&[("aaaa1", &format!("-- migrate: upgrade\n\n{upgrade}"))]);
    up(&graph, Dialect::Postgres).unwrap()
}

/// The program that undoes a revision with this downgrade.
pub(super) fn down(downgrade: &str) -> Program {
    let body = format!("-- migrate: upgrade\n\n-- migrate: downgrade\n\n{downgrade}");
    let graph = graph(&[("aaaa1", &body)]);
    let plan = plan::downgrade(&graph, &[RevisionId::from("aaaa1")], &["base"]).unwrap();
    link(&linker(&graph, Dialect::Postgres), plan).unwrap()
}

fn up(graph: &RevisionGraph, dialect: Dialect) -> Result<Program, ProgramError> {
    let plan = plan::upgrade(graph, &[], &["heads"]).unwrap();
    link(&linker(graph, dialect), plan)
}

/// The texts that a program runs, tables and procedures by name.
pub(super) fn texts(program: &Program) -> Vec<String> {
    let actions = program.steps.iter().flat_map(|step| &step.actions);
    actions
        .flat_map(|action| match &action.work {
            Work::Statements(statements) => statements.iter().map(|it| it.sql.clone()).collect(),
            Work::Table(subject) => vec![format!("{subject:?}: {}", action.description())],
            Work::Procedure(name) => vec![format!("call {name}")],
        })
        .collect()
}

#[track_caller]
fn refused(body: &str, place: &str, message: &str, hint: &str) {
    let error = up(&graph(&[("aaaa1", body)]), Dialect::Sqlite).unwrap_err();
    let found = error.place().map(ToString::to_string).unwrap_or_default();
    assert_eq!(error.to_string(), message);
    assert_eq!(found, format!("aaaa1.sql:{place}"));
    let found = error.hint().unwrap_or_default();
    assert!(found.contains(hint), "{found}");
}

#[test]
fn what_is_wrong_is_found_before_anything_runs() {
    refused(
        "-- migrate: upgrade\n-- migrate: only postgres, mysq\nSELECT 1;",
        "8:28",
        "unknown engine `mysq`",
        "did you mean `mysql`?",
    );
    refused(
        "-- migrate: upgrade\n-- migrate: call fill_name\n",
        "8:13",
        "unknown procedure `fill_name`",
        "did you mean `fill_names`?",
    );
    refused(
        "-- migrate: upgrade\nSELECT 1;\nCOMMIT;",
        "9:1",
        "`COMMIT` in revision `aaaa1` would end the transaction that protects it",
        "leave it out",
    );
    for statement in [
        "/* all of it */ ABORT",
        "PREPARE TRANSACTION 'a'",
        "END /* of it */ AND CHAIN",
    ] {
        let body = format!("-- migrate: upgrade\nSELECT 1;\n{statement};");
        let error = up(&graph(&[("aaaa1", &body)]), Dialect::Postgres).unwrap_err();
        let is_it = matches!(error, ProgramError::TransactionControl { .. });
        assert!(is_it, "{error}");
    }
}

#[test]
fn lines_of_dumps_that_take_the_session_from_the_program_are_refused() {
    let path = "SELECT pg_catalog.set_config('search_path', '', false)";
    let mode = "/*!40101 SET SQL_MODE='NO_AUTO_VALUE_ON_ZERO' */";
    let lock = "LOCK TABLES t WRITE";
    for (dialect, sql, cause) in [
        (Dialect::Postgres, path, "without a search path"),
        (Dialect::Mysql, mode, "without `ANSI_QUOTES`"),
        (Dialect::Mysql, lock, "while a revision holds locks"),
    ] {
        let body = format!("-- migrate: upgrade\nSELECT 1;\n{sql};\nSELECT 2;");
        let error = up(&graph(&[("aaaa1", &body)]), dialect).unwrap_err();
        assert!(matches!(error, ProgramError::Unsupported { .. }), "{error}");
        let place = error.place().map(ToString::to_string);
        assert_eq!(place, Some("aaaa1.sql:9:1".to_owned()));
        let source = std::error::Error::source(&error).unwrap().to_string();
        assert!(source.contains(cause), "{source}");
        let hint = error.hint().unwrap_or_default();
        assert!(hint.starts_with("leave it out"), "{hint}");
    }
    // A transaction locks a table of PostgreSQL, and notes what it did.
    let body = "-- migrate: upgrade\nLOCK TABLE t;";
    assert!(up(&graph(&[("aaaa1", body)]), Dialect::Postgres).is_ok());
}

#[test]
fn an_upgrade_finds_what_cannot_be_read_in_its_downgrade() {
    refused(
        "-- migrate: upgrade\nSELECT 1;\n-- migrate: downgrade\n-- migrate: only mysq\nSELECT 2;",
        "10:18",
        "unknown engine `mysq`",
        "did you mean `mysql`?",
    );
    for wrong in ["-- migrate: autocomit\nSELECT 2;", "SELECT 'open;"] {
        let body = format!("-- migrate: upgrade\nSELECT 1;\n-- migrate: downgrade\n{wrong}");
        let error = up(&graph(&[("aaaa1", &body)]), Dialect::Sqlite).unwrap_err();
        let place = error.place().map(ToString::to_string).unwrap_or_default();
        assert!(place.starts_with("aaaa1.sql:10:"), "{place}: {error}");
    }
    let body =
        "-- migrate: upgrade\nSELECT 1;\n-- migrate: downgrade\n-- migrate: irreversible gone";
    up(&graph(&[("aaaa1", body)]), Dialect::Sqlite).unwrap();
}

#[test]
fn what_the_engine_cannot_do_is_told_with_place_and_way_out() {
    let body = "-- migrate: upgrade\nCREATE UNIQUE INDEX i ON a (x) WHERE x > 0;";
    let error = up(&graph(&[("aaaa1", body)]), Dialect::Mysql).unwrap_err();
    assert!(matches!(error, ProgramError::Unsupported { .. }), "{error}");
    assert_eq!(
        error.place().map(ToString::to_string),
        Some("aaaa1.sql:8:1".to_owned())
    );
    assert!(error.hint().is_some());
}

#[test]
fn a_downgrade_that_was_not_written_or_must_not_run_is_refused() {
    let down = |body| {
        let graph = graph(&[("aaaa1", body)]);
        let rows = [RevisionId::from("aaaa1")];
        let plan = plan::downgrade(&graph, &rows, &["base"]).unwrap();
        link(&linker(&graph, Dialect::Sqlite), plan)
    };
    let error = down("-- migrate: upgrade\nSELECT 1;").unwrap_err();
    assert!(matches!(error, ProgramError::NoDowngrade { .. }), "{error}");
    let error = down(
        "-- migrate: upgrade\nSELECT 1;\n-- migrate: downgrade\n\
         -- migrate: irreversible rows are gone",
    )
    .unwrap_err();
    assert_eq!(
        error.to_string(),
        "the downgrade of revision `aaaa1` is marked irreversible: rows are gone"
    );
    let empty = down("-- migrate: upgrade\nSELECT 1;\n-- migrate: downgrade\n").unwrap();
    assert_eq!(empty.steps[0].path(), "aaaa1 -> ");
    assert_eq!(empty.to, []);
}

#[test]
fn statements_of_other_engines_are_left_out() {
    let body = "-- migrate: upgrade\n-- migrate: only mariadb\nSELECT 'm {prefix}';\n\
                -- migrate: only sqlite, postgres\nSELECT 's {prefix}';\nSELECT 'all';";
    let graph = graph(&[("aaaa1", body)]);
    let mysql = up(&graph, Dialect::Mysql).unwrap();
    assert_eq!(texts(&mysql), ["SELECT 'm irma_'", "SELECT 'all'"]);
    let sqlite = up(&graph, Dialect::Sqlite).unwrap();
    assert_eq!(texts(&sqlite), ["SELECT 's irma_'", "SELECT 'all'"]);
    assert_eq!(mysql.steps[0].checksum(), sqlite.steps[0].checksum());
    assert_eq!(mysql.steps[0].path(), " -> aaaa1");
}

#[test]
fn consecutive_changes_of_one_table_are_one_action() {
    let body = "-- migrate: upgrade\nALTER TABLE a ALTER COLUMN x TYPE TEXT;\n\
                ALTER TABLE a ALTER COLUMN y SET NOT NULL;\n\
                ALTER TABLE b ALTER COLUMN x TYPE TEXT;\nUPDATE b SET x = '';\n\
                ALTER TABLE b ALTER COLUMN y SET NOT NULL;";
    let program = up(&graph(&[("aaaa1", body)]), Dialect::Sqlite).unwrap();
    let actions = &program.steps[0].actions;
    let sizes: Vec<usize> = actions.iter().map(|it| it.operations().len()).collect();
    assert_eq!(sizes, [2, 1, 1, 1]);
}

#[test]
fn the_checksum_is_hexadecimal_sha_256() {
    let program = up(&graph(&[("aaaa1", TABLE)]), Dialect::Sqlite).unwrap();
    let sum = program.steps[0].checksum();
    assert_eq!(sum.len(), 64);
    assert!(sum.bytes().all(|byte| byte.is_ascii_hexdigit()));
}

#[test]
fn autocommit_reaches_the_statements() {
    let body = "-- migrate: upgrade\n-- migrate: autocommit\nVACUUM;\nSELECT 1;";
    let program = up(&graph(&[("aaaa1", body)]), Dialect::Sqlite).unwrap();
    let outside = |index: usize| match &program.steps[0].actions[index].work {
        Work::Statements(statements) => !statements[0].transactional,
        other => panic!("{other:?}"),
    };
    assert!(outside(0) && !outside(1));
}

const TABLE: &str = "-- migrate: upgrade\nCREATE TABLE a (id INTEGER PRIMARY KEY, x INTEGER);";
const CHANGE: &str = "-- migrate: upgrade\nALTER TABLE a ALTER COLUMN x TYPE TEXT;";

#[test]
fn without_a_database_the_revisions_say_what_a_table_is() {
    let graph = graph(&[("aaaa1", TABLE), ("bbbb2", CHANGE)]);
    let linker = linker(&graph, Dialect::Sqlite);
    for rows in [vec![], vec![RevisionId::from("aaaa1")]] {
        let plan = plan::upgrade(&graph, &rows, &["head"]).unwrap();
        let program = lower_offline(&linker, link(&linker, plan).unwrap()).unwrap();
        let last = program.steps.last().and_then(|step| step.actions.last());
        let last = last.unwrap();
        assert!(last.change.is_some(), "{last:?}");
        assert!(texts(&program).iter().any(|sql| sql.contains("TEXT")));
    }
}

#[test]
fn a_table_made_by_raw_sql_is_not_known_without_a_database() {
    let raw = "-- migrate: upgrade\nCREATE VIRTUAL TABLE a USING fts5(x);";
    let graph = graph(&[("aaaa1", raw), ("bbbb2", CHANGE)]);
    let linker = linker(&graph, Dialect::Sqlite);
    let plan = plan::upgrade(&graph, &[], &["head"]).unwrap();
    let program = link(&linker, plan).unwrap();
    let error = lower_offline(&linker, program).unwrap_err();
    assert_eq!(error.kind(), "table-not-known");
    assert_eq!(
        error.place().map(ToString::to_string),
        Some("bbbb2.sql:8:1".to_owned())
    );
}

#[test]
fn a_script_leaves_triggers_alone_whatever_was_renamed() {
    let trigger = "-- migrate: upgrade\nCREATE TRIGGER t AFTER INSERT ON a BEGIN SELECT 1; END;";
    let rename = "-- migrate: upgrade\nALTER TABLE a RENAME COLUMN x TO y;";
    let again = "-- migrate: upgrade\nALTER TABLE a ALTER COLUMN y SET DEFAULT 'a';";
    let graph = graph(&[
        ("aaaa1", TABLE),
        ("bbbb2", trigger),
        ("cccc3", rename),
        ("dddd4", again),
    ]);
    let linker = linker(&graph, Dialect::Sqlite);
    let plan = plan::upgrade(&graph, &[], &["head"]).unwrap();
    let program = lower_offline(&linker, link(&linker, plan).unwrap()).unwrap();
    let texts = texts(&program);
    assert!(texts.iter().any(|sql| sql.contains("_migrate_new_a")));
    let made = texts.iter().filter(|sql| sql.contains("CREATE TRIGGER t"));
    assert_eq!(made.count(), 1);
}

#[test]
fn a_refused_change_of_a_table_is_found_before_anything_runs() {
    let plain = "-- migrate: upgrade\nALTER TABLE a ADD COLUMN z INTEGER;";
    for (last, is_refused) in [(CHANGE, true), (plain, false)] {
        let graph = graph(&[("aaaa1", TABLE), ("bbbb2", plain), ("cccc3", last)]);
        let linker = linker(&graph, Dialect::Sqlite);
        let rows = ["aaaa1".into()];
        let plan = plan::upgrade(&graph, &rows, &["head"]).unwrap();
        let program = link(&linker, plan).unwrap();
        let refused = refuse_table_changes(&linker, &program);
        assert_eq!(refused.is_err(), is_refused);
        if let Err(error) = refused {
            assert_eq!(error.kind(), "table-change-refused");
            assert!(error.place().unwrap().to_string().starts_with("cccc3.sql:"));
        }
    }
}
