//! Runs on real engines: what is committed, and what is not, whatever happens.

use std::cell::Cell;

use migration_core::database::{self, Connection, OpenOptions, Value};
use migration_core::diagnostic::Advice as _;
use migration_core::dialect::{Dialect, Ledger};
use migration_core::execute::{Problem, Procedure, Transaction};
use migration_tests::databases;
use migration_tests::history::{History, rows, version_table};

const ONE: &str = "-- migrate: upgrade\nCREATE TABLE one (id INTEGER NOT NULL PRIMARY KEY);\n\
                   INSERT INTO one (id) VALUES (1);\n-- migrate: downgrade\nDROP TABLE one;";
const TWO: &str = "-- migrate: upgrade\nCREATE TABLE two (id INTEGER NOT NULL PRIMARY KEY);\n\
                   -- migrate: downgrade\nDROP TABLE two;";
const FAILS: &str = "-- migrate: upgrade\nCREATE TABLE three (id INTEGER);\n\
                     INSERT INTO one (id)\n    VALUES (1);\nCREATE TABLE four (id INTEGER);\n\
                     -- migrate: downgrade\n";

fn three() -> History {
    History::line(&[("aaaa1", ONE), ("bbbb2", TWO), ("cccc3", FAILS)])
}

fn has_table(connection: &mut dyn Connection, table: &str) -> bool {
    connection
        .query(&format!("SELECT count(*) FROM {table}"), &[])
        .is_ok()
}

fn ledger(connection: &mut dyn Connection) -> Vec<String> {
    let rows = database::ledger_rows(connection, &Ledger::of(&version_table()));
    let rows = rows.expect("the ledger can be read").unwrap_or_default();
    rows.iter()
        .map(|row| {
            let revision = row.revision.as_ref().map_or("", |id| id.as_str());
            let (done, all) = (row.statements_done, row.statements);
            format!("{} {revision} {} {done}/{all}", row.direction, row.state)
        })
        .collect()
}

#[test]
fn a_failure_in_the_third_revision_leaves_the_database_at_the_second() {
    databases::each(|database| {
        let dialect = database.dialect();
        let mut connection = database.open();
        let connection = connection.as_mut();
        let error = three()
            .run(connection, "head", Transaction::Revision)
            .unwrap_err();
        assert_eq!(rows(connection), ["bbbb2"], "{dialect}");
        let applied: Vec<_> = error.report.applied.iter().map(|it| &it.revision).collect();
        assert_eq!(applied.len(), 2, "{dialect}: {applied:?}");
        assert_eq!(error.report.rows.len(), 1, "{dialect}");
        assert!(has_table(connection, "two") && !has_table(connection, "four"));
        let Problem::Statement { sql, .. } = &*error.problem else {
            panic!("{dialect}: {error:?}");
        };
        assert!(sql.starts_with("INSERT INTO one"), "{dialect}: {sql}");
        let place = error.place().expect("a statement stands somewhere");
        let place = place.to_string();
        assert!(place.ends_with("cccc3.sql:9:1"), "{dialect}: {place}");
        if dialect.syntax().transactional_ddl {
            assert!(!has_table(connection, "three"), "{dialect}");
            assert_eq!(error.partial, None);
            assert_eq!(
                ledger(connection),
                ["upgrade aaaa1 done 2/2", "upgrade bbbb2 done 1/1"]
            );
        } else {
            let partial = error.partial.as_ref().expect("one table stays");
            assert_eq!((partial.done, partial.total), (1, 3), "{dialect}");
            let hint = error.hint().unwrap_or_default();
            assert!(hint.contains("1 of 3 statements"), "{dialect}: {hint}");
            assert_eq!(ledger(connection)[2], "upgrade cccc3 failed 1/3");
        }
    });
}

#[test]
fn from_base_a_failure_leaves_nothing_where_the_engine_can_undo() {
    databases::each(|database| {
        let mut connection = database.open();
        let connection = connection.as_mut();
        let error = three()
            .run(connection, "head", Transaction::Auto)
            .unwrap_err();
        if database.dialect().syntax().transactional_ddl {
            assert!(error.report.applied.is_empty());
            assert!(!has_table(connection, "one"));
            assert!(!has_table(connection, "alembic_version"));
        } else {
            assert_eq!(rows(connection), ["bbbb2"]);
        }
    });
}

#[test]
fn auto_takes_one_transaction_each_on_a_live_database_and_run_takes_one() {
    databases::each(|database| {
        if !database.dialect().syntax().transactional_ddl {
            return;
        }
        let mut connection = database.open();
        let connection = connection.as_mut();
        let history = three();
        history.run(connection, "aaaa1", Transaction::Auto).unwrap();
        history
            .run(connection, "head", Transaction::Run)
            .unwrap_err();
        assert_eq!(rows(connection), ["aaaa1"]);
        history
            .run(connection, "head", Transaction::Auto)
            .unwrap_err();
        assert_eq!(rows(connection), ["bbbb2"]);
    });
}

#[test]
fn down_to_base_leaves_version_table_and_ledger() {
    databases::each(|database| {
        let mut connection = database.open();
        let connection = connection.as_mut();
        let history = History::line(&[("aaaa1", ONE), ("bbbb2", TWO)]);
        history.run(connection, "head", Transaction::Auto).unwrap();
        let report = history
            .run(connection, "down to base", Transaction::Auto)
            .unwrap();
        assert_eq!(report.rows, []);
        assert!(!has_table(connection, "one") && has_table(connection, "alembic_version"));
        assert_eq!(
            ledger(connection),
            [
                "upgrade aaaa1 done 2/2",
                "upgrade bbbb2 done 1/1",
                "downgrade bbbb2 done 1/1",
                "downgrade aaaa1 done 1/1"
            ]
        );
    });
}

#[test]
fn nothing_to_do_writes_nothing() {
    databases::each(|database| {
        let mut connection = database.open();
        let connection = connection.as_mut();
        let history = three();
        let program = history
            .program(database.dialect(), &["bbbb2"], "bbbb2")
            .unwrap();
        let report = history
            .execute(&program, connection, Transaction::Auto, &|| true)
            .unwrap();
        assert_eq!(report.rows.len(), 1);
        assert!(!has_table(connection, "alembic_version"));
    });
}

#[test]
fn an_interrupt_leaves_the_last_complete_revision() {
    databases::each(|database| {
        let dialect = database.dialect();
        let mut connection = database.open();
        let connection = connection.as_mut();
        let history = History::line(&[("aaaa1", ONE), ("bbbb2", TWO)]);
        let program = history.program(dialect, &[], "head").unwrap();
        let interrupted = || {
            // Only after the first step is committed.
            COUNT.with(|count| count.replace(count.get() + 1) >= 6)
        };
        let error = history
            .execute(&program, connection, Transaction::Revision, &interrupted)
            .map(|report| report.applied.len());
        COUNT.with(|count| count.set(0));
        match error {
            Err(error) => {
                assert!(matches!(*error.problem, Problem::Interrupted { .. }));
                let found: Vec<String> =
                    error.report.rows.iter().map(ToString::to_string).collect();
                assert_eq!(rows(connection), found, "{dialect}");
                let two = error.report.applied.len() == 2;
                assert_eq!(has_table(connection, "two"), two, "{dialect}");
            }
            // So few messages that nobody asked in time.
            Ok(steps) => assert!(dialect.syntax().one_message && steps == 2, "{dialect}"),
        }
    });
}

thread_local! {
    static COUNT: Cell<usize> = const { Cell::new(0) };
}

#[test]
fn version_rows_that_moved_stop_the_run_before_it_begins() {
    databases::each(|database| {
        let dialect = database.dialect();
        let mut connection = database.open();
        let connection = connection.as_mut();
        let history = three();
        let program = history.program(dialect, &[], "head").unwrap();
        history.run(connection, "bbbb2", Transaction::Auto).unwrap();
        let error = history
            .execute(&program, connection, Transaction::Auto, &|| false)
            .unwrap_err();
        assert!(matches!(*error.problem, Problem::Moved { .. }), "{error:?}");
        assert!(!has_table(connection, "three"), "{dialect}");
        assert!(!connection.in_transaction(), "{dialect}");
        assert_eq!(rows(connection), ["bbbb2"], "{dialect}");
    });
}

#[test]
fn a_statement_that_writes_the_version_table_stops_the_step() {
    databases::each(|database| {
        let mut connection = database.open();
        let connection = connection.as_mut();
        let meddles = "-- migrate: upgrade\nUPDATE alembic_version SET version_num = 'zzzz9';";
        let history = History::line(&[("aaaa1", ONE), ("bbbb2", meddles)]);
        history.run(connection, "aaaa1", Transaction::Auto).unwrap();
        let error = history
            .run(connection, "head", Transaction::Auto)
            .unwrap_err();
        assert!(
            matches!(*error.problem, Problem::VersionRows { .. }),
            "{error:?}"
        );
        assert_eq!(rows(connection), ["aaaa1"], "{}", database.dialect());
    });
}

#[test]
fn a_step_that_speaks_of_the_version_table_finds_it_and_the_ledger_up_to_date() {
    databases::each(|database| {
        let looks = "-- migrate: upgrade\nINSERT INTO one (id) SELECT 40 + count(*) FROM \
                     alembic_version_log WHERE state = 'done';\n\
                     INSERT INTO one (id) SELECT 50 + count(*) FROM alembic_version;";
        let history = History::line(&[("aaaa1", ONE), ("bbbb2", looks), ("cccc3", TWO)]);
        let mut connection = database.open();
        let connection = connection.as_mut();
        history.run(connection, "head", Transaction::Run).unwrap();
        let found = connection
            .query("SELECT id FROM one WHERE id > 40 ORDER BY id", &[])
            .unwrap();
        assert_eq!(found, [[Value::Integer(41)], [Value::Integer(51)]]);
        assert_eq!(rows(connection), ["cccc3"]);
        assert_eq!(ledger(connection).len(), 3);
    });
}

#[test]
fn a_version_row_that_a_step_loses_in_silence_stops_it_where_rows_are_counted() {
    databases::each_server(|database| {
        if database.dialect().syntax().transactional_ddl {
            return;
        }
        let trap = "-- migrate: upgrade\nCREATE TRIGGER trap AFTER INSERT ON one FOR EACH ROW \
                    DELETE FROM alembic_version;";
        let falls = "-- migrate: upgrade\nINSERT INTO one (id) VALUES (2);";
        let history = History::line(&[
            ("aaaa1", ONE),
            ("bbbb2", trap),
            ("cccc3", falls),
            ("dddd4", TWO),
        ]);
        let mut connection = database.open();
        let connection = connection.as_mut();
        let error = history
            .run(connection, "head", Transaction::Auto)
            .unwrap_err();
        let Problem::VersionRows { expected, found } = &*error.problem else {
            panic!("{error:?}");
        };
        assert_eq!((expected.len(), found.len()), (1, 0));
        assert_eq!(rows(connection), ["bbbb2"]);
        let count = connection.query("SELECT count(*) FROM one", &[]).unwrap();
        assert_eq!(count, [[Value::Integer(1)]]);
        assert_eq!(ledger(connection)[2], "upgrade cccc3 failed 0/1");
        assert!(!has_table(connection, "two"));
    });
}

#[test]
fn a_mistake_among_several_statements_has_its_own_place_and_words() {
    databases::each(|database| {
        let mistaken = "-- migrate: upgrade\nCREATE TABLE three (id INTEGER);\n\
                        UPDATE one\n    SETT id = 3;\nCREATE TABLE four (id INTEGER);";
        let history = History::line(&[("aaaa1", ONE), ("bbbb2", mistaken)]);
        let mut connection = database.open();
        let connection = connection.as_mut();
        let error = history
            .run(connection, "head", Transaction::Revision)
            .unwrap_err();
        let dialect = database.dialect();
        let place = error.place().expect("a statement stands somewhere");
        let place = place.to_string();
        assert!(place.contains("bbbb2.sql:"), "{dialect}: {place}");
        let Problem::Statement { sql, source, .. } = &*error.problem else {
            panic!("{dialect}: {error:?}");
        };
        assert!(sql.starts_with("UPDATE one"), "{dialect}: {sql}");
        let said = source.to_string();
        assert!(!said.contains("log") && !said.contains("four"), "{said}");
        let is_partial = !dialect.syntax().transactional_ddl;
        assert_eq!(has_table(connection, "three"), is_partial, "{dialect}");
        assert!(!has_table(connection, "four"), "{dialect}");
    });
}

#[test]
fn autocommit_statements_run_outside_and_say_what_stays() {
    let Some(database) = databases::fresh(Dialect::Postgres) else {
        return;
    };
    let concurrent = "-- migrate: upgrade\nCREATE TABLE b (id INTEGER);\n\
                      CREATE INDEX CONCURRENTLY i ON one (id);\nINSERT INTO b VALUES (1);\n";
    let history = History::line(&[("aaaa1", ONE), ("bbbb2", concurrent)]);
    let mut connection = database.open();
    let connection = connection.as_mut();
    let report = history.run(connection, "head", Transaction::Run).unwrap();
    assert_eq!(report.applied.len(), 2);
    assert_eq!(rows(connection), ["bbbb2"]);

    let database = databases::fresh(Dialect::Postgres).expect("it was there before");
    let failing = format!("{concurrent}INSERT INTO nowhere VALUES (1);");
    let history = History::line(&[("aaaa1", ONE), ("bbbb2", &failing)]);
    let mut connection = database.open();
    let connection = connection.as_mut();
    let error = history
        .run(connection, "head", Transaction::Run)
        .unwrap_err();
    assert_eq!(error.report.applied.len(), 1, "{error:?}");
    assert_eq!(rows(connection), ["aaaa1"]);
    let partial = error.partial.expect("the table and the index stay");
    assert_eq!((partial.done, partial.total), (2, 4));
    let count = connection.query("SELECT count(*) FROM b", &[]).unwrap();
    assert_eq!(count, [[Value::Integer(0)]]);
}

#[test]
fn autocommit_lets_sqlite_do_what_no_transaction_may() {
    let database = databases::fresh(Dialect::Sqlite).expect("SQLite is always there");
    let vacuum = "-- migrate: upgrade\nCREATE TABLE b (id INTEGER);\n\
                  -- migrate: autocommit\nVACUUM;\nINSERT INTO b VALUES (1);\n";
    let history = History::line(&[("aaaa1", ONE), ("bbbb2", vacuum)]);
    let mut connection = database.open();
    history
        .run(connection.as_mut(), "head", Transaction::Auto)
        .unwrap();
    assert_eq!(rows(connection.as_mut()), ["bbbb2"]);
}

#[test]
fn a_read_only_file_is_left_alone() {
    let database = databases::fresh(Dialect::Sqlite).expect("SQLite is always there");
    let mut connection = database.open();
    let history = three();
    history
        .run(connection.as_mut(), "aaaa1", Transaction::Auto)
        .unwrap();
    connection.run(&["PRAGMA query_only = ON"]).unwrap();
    let error = history
        .run(connection.as_mut(), "bbbb2", Transaction::Auto)
        .unwrap_err();
    assert_eq!(error.kind(), "read-only", "{error:?}");
    drop(connection);
    let url = database.url();
    let path = url.trim_start_matches("sqlite:///");
    let mut permissions = std::fs::metadata(path).unwrap().permissions();
    permissions.set_readonly(true);
    std::fs::set_permissions(path, permissions).unwrap();
    let error = database::open(database.address(), &OpenOptions::write("tests")).map(drop);
    assert_eq!(error.unwrap_err().kind(), "read-only");
}

#[test]
fn a_rebuild_that_breaks_references_is_undone() {
    let database = databases::fresh(Dialect::Sqlite).expect("SQLite is always there");
    let parent = "-- migrate: upgrade\nCREATE TABLE p (k VARCHAR(9) PRIMARY KEY, a INTEGER);\n\
                  CREATE TABLE c (id INTEGER PRIMARY KEY, p VARCHAR(9) REFERENCES p (k));\n\
                  INSERT INTO p VALUES ('x', 1);\nINSERT INTO c VALUES (1, 'x');";
    let breaks = "-- migrate: upgrade\nALTER TABLE p ALTER COLUMN k TYPE TEXT USING k || 'y';";
    let mut connection = database.open();
    let connection = connection.as_mut();
    let history = History::line(&[("aaaa1", parent), ("bbbb2", breaks)]);
    history.run(connection, "aaaa1", Transaction::Auto).unwrap();
    let error = history
        .run(connection, "head", Transaction::Auto)
        .unwrap_err();
    assert_eq!(error.kind(), "references-broken", "{error:?}");
    assert!(error.to_string().contains("row 1 of `c` to `p`"), "{error}");
    assert_eq!(rows(connection), ["aaaa1"]);
    let keys = connection.query("SELECT k FROM p", &[]).unwrap();
    assert_eq!(keys, [[Value::from("x")]]);
}

#[test]
fn foreign_keys_act_in_a_step_that_rebuilds_their_table() {
    let database = databases::fresh(Dialect::Sqlite).expect("SQLite is always there");
    let tables = "-- migrate: upgrade\nCREATE TABLE p (id INTEGER PRIMARY KEY, a INTEGER);\n\
                  CREATE TABLE c (p INTEGER REFERENCES p (id) ON DELETE CASCADE);\n\
                  CREATE TABLE n (p INTEGER REFERENCES p (id) ON DELETE SET NULL);\n\
                  INSERT INTO p VALUES (1, 1), (2, 2);\nINSERT INTO c VALUES (1), (2);\n\
                  INSERT INTO n VALUES (1), (2);";
    let change = "-- migrate: upgrade\nALTER TABLE p ALTER COLUMN a TYPE TEXT;\n\
                  DELETE FROM p WHERE id = 2;\nALTER TABLE p ALTER COLUMN a SET DEFAULT 'x';";
    let mut connection = database.open();
    let connection = connection.as_mut();
    let history = History::line(&[("aaaa1", tables), ("bbbb2", change)]);
    history.run(connection, "aaaa1", Transaction::Auto).unwrap();
    history.run(connection, "head", Transaction::Auto).unwrap();
    let children = connection.query("SELECT p FROM c", &[]).unwrap();
    assert_eq!(children, [[Value::Integer(1)]]);
    let nulled = connection.query("SELECT p FROM n ORDER BY p", &[]).unwrap();
    assert_eq!(nulled, [[Value::Null], [Value::Integer(1)]]);
}

#[test]
fn procedures_share_the_transaction_of_their_step() {
    const PROCEDURES: &[Procedure] = &[Procedure {
        name: "fill",
        run: |connection, prefix| {
            connection.execute("INSERT INTO one (id) VALUES (?)", &[Value::Integer(7)])?;
            if prefix.is_empty() {
                return Ok(());
            }
            Err("no prefix was expected".into())
        },
    }];
    databases::each(|database| {
        let mut connection = database.open();
        let connection = connection.as_mut();
        let call = "-- migrate: upgrade\n-- migrate: call fill\nINSERT INTO nowhere VALUES (1);";
        let history = History::line(&[("aaaa1", ONE), ("bbbb2", call)]).with(PROCEDURES);
        history.run(connection, "aaaa1", Transaction::Auto).unwrap();
        let error = history
            .run(connection, "head", Transaction::Auto)
            .unwrap_err();
        let count = connection.query("SELECT count(*) FROM one", &[]).unwrap();
        let kept = i64::from(error.partial.is_some());
        assert_eq!(
            count,
            [[Value::Integer(1 + kept)]],
            "{}",
            database.dialect()
        );
        assert_eq!(kept == 0, database.dialect().syntax().transactional_ddl);
    });
}

#[test]
fn statements_in_effect_are_counted_where_nothing_rolls_back() {
    let Some(database) = databases::fresh(Dialect::Mysql) else {
        return;
    };
    let table = "-- migrate: upgrade\nCREATE TABLE t (id INTEGER PRIMARY KEY, b VARCHAR(9), d INTEGER);\n\
                 INSERT INTO t VALUES (1, NULL, 1);";
    let change = "-- migrate: upgrade\nALTER TABLE t DROP COLUMN d;\nALTER TABLE t ALTER COLUMN b TYPE VARCHAR(10);\n\
                  ALTER TABLE t ADD CONSTRAINT c CHECK (id > 1);";
    let mut connection = database.open();
    let connection = connection.as_mut();
    let history = History::line(&[("aaaa1", table), ("bbbb2", change)]);
    history.run(connection, "aaaa1", Transaction::Auto).unwrap();
    let error = history
        .run(connection, "head", Transaction::Auto)
        .unwrap_err();
    let partial = error
        .partial
        .as_ref()
        .expect("two statements are in effect");
    assert_eq!((partial.done, partial.total), (2, 3));
    let place = error.place().expect("the statement has a place");
    let written = place.source.slice(place.span);
    assert!(written.contains("ADD CONSTRAINT c"), "{written}");
}

#[test]
fn no_engine_invents_values_for_a_column_that_needs_one() {
    databases::each(|database| {
        let table = "-- migrate: upgrade\nCREATE TABLE t (id INTEGER PRIMARY KEY, b VARCHAR(9));\n\
                     INSERT INTO t VALUES (1, NULL);";
        let mut connection = database.open();
        let connection = connection.as_mut();
        for change in [
            "ALTER TABLE t ADD COLUMN e INTEGER NOT NULL;",
            "ALTER TABLE t ADD COLUMN e DATE NOT NULL;",
            "ALTER TABLE t ALTER COLUMN b SET NOT NULL;",
        ] {
            let change = format!("-- migrate: upgrade\n{change}");
            let history = History::line(&[("aaaa1", table), ("bbbb2", &change)]);
            if rows(connection).is_empty() {
                history.run(connection, "aaaa1", Transaction::Auto).unwrap();
            }
            let error = history.run(connection, "head", Transaction::Auto);
            let error = error.expect_err("a row has no value");
            assert!(error.partial.is_none(), "{}: {error}", database.dialect());
            assert_eq!(error.kind(), "rows-in-the-way", "{error}");
            let is_counted = error.to_string().starts_with("table `t` has 1 row ");
            assert_eq!(
                is_counted,
                database.dialect() != Dialect::Postgres,
                "{error}"
            );
            assert_eq!(rows(connection), ["aaaa1"]);
        }
    });
}

#[test]
fn tables_that_nobody_noted_come_with_the_way_to_note_them() {
    databases::each(|database| {
        let mut connection = database.open();
        let connection = connection.as_mut();
        connection.run(&["CREATE TABLE t (id INTEGER)"]).unwrap();
        let create = "-- migrate: upgrade\nCREATE TABLE t (id INTEGER PRIMARY KEY);";
        let error = History::line(&[("aaaa1", create)])
            .run(connection, "head", Transaction::Auto)
            .unwrap_err();
        let hint = error.hint().unwrap_or_default();
        assert!(
            hint.contains("`stamp REVISION`"),
            "{}: {hint}",
            database.dialect()
        );
    });
}

#[test]
fn lines_of_a_dump_that_leave_the_session_to_us_are_run_and_noted() {
    let Some(database) = databases::fresh(Dialect::Mysql) else {
        return;
    };
    let dump = "-- migrate: upgrade\n\
                CREATE TABLE t (id INTEGER PRIMARY KEY AUTO_INCREMENT);\n\
                /*!40014 SET FOREIGN_KEY_CHECKS=0 */;\n\
                SET sql_mode = CONCAT(@@sql_mode, ',NO_AUTO_VALUE_ON_ZERO');\n\
                INSERT INTO t VALUES (0);\n";
    let mut connection = database.open();
    let connection = connection.as_mut();
    let history = History::line(&[("aaaa1", dump)]);
    let outcome = history.run(connection, "head", Transaction::Auto);
    assert!(outcome.is_ok(), "{outcome:?}");
    assert_eq!(rows(connection), ["aaaa1"]);
    let found = connection.query("SELECT id FROM t", &[]).unwrap();
    assert_eq!(found, [[Value::Integer(0)]]);
}
