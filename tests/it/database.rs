//! Connections, on all three engines.
#![expect(clippy::disallowed_methods, reason = "a test makes files")]

use std::net::TcpListener;
use std::time::Duration;

use migration_core::database::{self, Address, DatabaseError, OpenOptions, Secret, Server, Value};
use migration_core::diagnostic::Advice as _;
use migration_core::dialect::Dialect;
use migration_tests::databases::{self, TestDatabase};

/// The address of a server, changed.
fn changed(database: &TestDatabase, change: impl FnOnce(&mut Server)) -> Address {
    let mut address = database.address().clone();
    match &mut address {
        Address::Sqlite { .. } => {}
        Address::Postgres(server) | Address::Mysql(server) => change(server),
    }
    address
}

fn refusal(address: &Address, options: &OpenOptions) -> DatabaseError {
    match database::open(address, options) {
        Ok(_) => panic!("{address} lets anyone in"),
        Err(error) => error,
    }
}

/// Everything a person or a log could see of an error.
fn printed(error: &DatabaseError) -> String {
    let mut text = format!("{error} {error:?} {:?}", error.hint());
    let mut cause = std::error::Error::source(error);
    while let Some(inner) = cause {
        text.push_str(&format!(" {inner} {inner:?}"));
        cause = inner.source();
    }
    text
}

#[test]
fn parameters_arrive_as_they_are() {
    let odd = "é'\"\\?$1 %s\n;--\u{1F600}";
    databases::each(|database| {
        let mut connection = database.open();
        connection
            .run(&["CREATE TABLE t (a INTEGER, b VARCHAR(50), c INTEGER)"])
            .unwrap();
        let insert = "INSERT INTO t (a, b, c) VALUES (?, ?, ?)";
        let row = [Value::Integer(-7), Value::from(odd), Value::Null];
        assert_eq!(connection.execute(insert, &row).unwrap(), 1);
        let select = "SELECT a, b, c FROM t WHERE b = ? AND '?' <> ''";
        let rows = connection.query(select, &[Value::from(odd)]).unwrap();
        assert_eq!(rows, [row], "{}", database.dialect());
        let update = "UPDATE t SET c = a WHERE a = ?";
        assert_eq!(connection.execute(update, &[Value::Integer(8)]).unwrap(), 0);
        assert_eq!(connection.execute("UPDATE t SET a = a", &[]).unwrap(), 1);
    });
}

#[test]
fn bytes_and_numbers_keep_their_kind() {
    databases::each(|database| {
        let mut connection = database.open();
        let (bytes, double) = match database.dialect() {
            Dialect::Postgres => ("BYTEA", "DOUBLE PRECISION"),
            Dialect::Sqlite | Dialect::Mysql => ("BLOB", "DOUBLE"),
        };
        let create = format!("CREATE TABLE t (a {bytes}, b {double}, c BIGINT)");
        connection.run(&[&create]).unwrap();
        let row = [
            Value::Bytes(vec![0, 255, b'\'']),
            Value::Real(0.1),
            Value::Integer(i64::MIN),
        ];
        connection
            .execute("INSERT INTO t (a, b, c) VALUES (?, ?, ?)", &row)
            .unwrap();
        let rows = connection.query("SELECT a, b, c FROM t", &[]).unwrap();
        assert_eq!(rows, [row], "{}", database.dialect());
    });
}

#[test]
fn dates_and_decimals_come_as_text() {
    databases::each_server(|database| {
        let mut connection = database.open();
        let (timestamp, shown) = match database.dialect() {
            Dialect::Mysql => ("DATETIME(6)", "2017-07-07 08:28:33.876751"),
            Dialect::Sqlite | Dialect::Postgres => ("TIMESTAMP", "2017-07-07 08:28:33.876751"),
        };
        let create = format!("CREATE TABLE t (a DATE, b NUMERIC(12, 3), c {timestamp}, d TIME)");
        connection.run(&[&create]).unwrap();
        let texts = ["1999-12-31", "-12345678.050", shown, "23:59:01"].map(Value::from);
        connection
            .execute("INSERT INTO t (a, b, c, d) VALUES (?, ?, ?, ?)", &texts)
            .unwrap();
        let select = "SELECT a, b, c, d FROM t";
        let plain = connection.query(select, &[]).unwrap();
        let bound = connection
            .query(&format!("{select} WHERE a = ?"), &texts[..1])
            .unwrap();
        assert_eq!(
            plain,
            std::slice::from_ref(&texts),
            "{}",
            database.dialect()
        );
        assert_eq!(bound, [texts], "{}", database.dialect());
    });
}

#[test]
fn run_names_the_statement_that_failed_and_its_place() {
    databases::each(|database| {
        for wrong in ["INSERT INTO missing VALUES (1)", "SELECT 1 FORM t WHERE"] {
            let mut connection = database.open();
            connection.begin().unwrap();
            let statements = [
                "CREATE TABLE é (a INTEGER) -- a comment at the end",
                "INSERT INTO é VALUES (1)",
                wrong,
                "INSERT INTO é VALUES (2)",
            ];
            let failed = connection.run(&statements).unwrap_err();
            let what = format!("{}: {:?}", database.dialect(), failed.error);
            assert_eq!(failed.statement, 2, "{what}");
            if wrong.contains("FORM") {
                let position = failed.error.position().expect(&what);
                let rest: String = wrong.chars().skip(position).collect();
                assert!(
                    rest.starts_with("FORM") || rest.starts_with("t WHERE"),
                    "{what}"
                );
            }
            connection.rollback().unwrap();
            assert!(!connection.in_transaction());
            let _ = connection.run(&["DROP TABLE é"]);
        }
    });
}

#[test]
fn statements_outside_a_transaction_stand_for_themselves() {
    databases::each(|database| {
        let mut connection = database.open();
        let statements = [
            "CREATE TABLE a (x INTEGER)",
            "bogus",
            "CREATE TABLE b (x INTEGER)",
        ];
        let failed = connection.run(&statements).unwrap_err();
        assert_eq!(failed.statement, 1, "{}", database.dialect());
        connection.query("SELECT x FROM a", &[]).unwrap();
        connection.query("SELECT x FROM b", &[]).unwrap_err();
    });
}

#[test]
fn a_transaction_keeps_all_or_nothing() {
    databases::each(|database| {
        let mut connection = database.open();
        connection.run(&["CREATE TABLE t (a INTEGER)"]).unwrap();
        connection.begin().unwrap();
        connection.run(&["INSERT INTO t VALUES (1)"]).unwrap();
        connection.rollback().unwrap();
        connection.begin().unwrap();
        connection.run(&["INSERT INTO t VALUES (2)"]).unwrap();
        connection.commit().unwrap();
        connection.rollback().unwrap();
        let rows = database.open().query("SELECT a FROM t", &[]).unwrap();
        assert_eq!(rows, [[Value::Integer(2)]], "{}", database.dialect());
    });
}

#[test]
fn a_failed_transaction_is_not_committed_in_silence() {
    let Some(database) = databases::fresh(Dialect::Postgres) else {
        return;
    };
    let mut connection = database.open();
    connection.begin().unwrap();
    connection.run(&["CREATE TABLE t (a INTEGER)"]).unwrap();
    connection.run(&["bogus"]).unwrap_err();
    connection.commit().unwrap_err();
    connection.rollback().unwrap();
    connection.query("SELECT 1", &[]).unwrap();
}

#[test]
fn what_is_sent_ahead_has_no_effect_where_its_transaction_is_gone() {
    let Some(database) = databases::fresh(Dialect::Postgres) else {
        return;
    };
    let mut connection = database.open();
    let sent = [
        ["CREATE TABLE one (a INTEGER)", "SELECT 1"],
        // It fails, and no transaction is open any more.
        ["SELECT 1", "PREPARE TRANSACTION 'x'"],
        ["CREATE TABLE two (a INTEGER)", "SELECT 1"],
    ];
    connection.begin().unwrap();
    for statements in &sent {
        connection.run_ahead(statements).unwrap();
    }
    connection.arrived(&sent[0]).unwrap();
    let failed = connection.arrived(&sent[1]).unwrap_err();
    assert_eq!(failed.statement, 1, "{}", failed.error);
    connection.arrived(&sent[2]).unwrap_err();
    connection.rollback().unwrap();
    for table in ["one", "two"] {
        let rows = connection.query(&format!("SELECT a FROM {table}"), &[]);
        rows.expect_err(table);
    }
    // The place of a failure is that of its own statement.
    connection.begin().unwrap();
    connection.run_ahead(&sent[0]).unwrap();
    connection.run_ahead(&["SELECT 1", "SELECT bogus"]).unwrap();
    connection.arrived(&sent[0]).unwrap();
    let failed = connection.arrived(&["SELECT 1", "SELECT bogus"]);
    let failed = failed.unwrap_err();
    assert_eq!(failed.statement, 1, "{}", failed.error);
    let place = failed.error.refusal().and_then(|it| it.position);
    assert_eq!(place, Some(7));
    connection.rollback().unwrap();
}

#[test]
fn what_is_sent_ahead_demands_its_transaction_where_all_cursors_were_closed() {
    let Some(database) = databases::fresh(Dialect::Postgres) else {
        return;
    };
    for closes in [
        "SELECT 1; CLOSE ALL",
        "DO 'BEGIN EXECUTE ''close all''; END'",
    ] {
        let mut connection = database.open();
        let fails = "PREPARE TRANSACTION 'x'";
        let make = |name: &str| format!("CREATE TABLE {name} (a INTEGER)");
        let sent = [
            make("one"),
            closes.to_owned(),
            make("two"),
            fails.to_owned(),
            make("three"),
        ];
        connection.begin().unwrap();
        for sql in &sent {
            connection.run_ahead(&[sql]).unwrap();
        }
        for sql in &sent[..3] {
            connection.arrived(&[sql]).unwrap();
        }
        connection.arrived(&[fails]).unwrap_err();
        connection.arrived(&[&sent[4]]).unwrap_err();
        connection.rollback().unwrap();
        // One that was waited for may have closed them, too.
        connection.begin().unwrap();
        connection.run_ahead(&[&sent[0]]).unwrap();
        connection.arrived(&[&sent[0]]).unwrap();
        connection.run(&[closes]).unwrap();
        connection.run_ahead(&[&sent[2]]).unwrap();
        connection.arrived(&[&sent[2]]).unwrap();
        connection.rollback().unwrap();
        for table in ["one", "two", "three"] {
            let rows = connection.query(&format!("SELECT a FROM {table}"), &[]);
            rows.expect_err(table);
        }
    }
}

#[test]
fn double_quotes_are_names_everywhere() {
    databases::each(|database| {
        let mut connection = database.open();
        connection
            .run(&["CREATE TABLE \"a b\" (\"c d\" INTEGER)"])
            .unwrap();
        connection
            .query("SELECT \"c d\" FROM \"a b\"", &[])
            .unwrap();
        let mistyped = connection.query("SELECT \"c_d\" FROM \"a b\"", &[]);
        mistyped.expect_err(database.dialect().name());
    });
}

#[test]
fn two_bars_join_texts_everywhere() {
    databases::each(|database| {
        let mut connection = database.open();
        let rows = connection.query("SELECT 'a' || 'b'", &[]).unwrap();
        assert_eq!(rows, [[Value::from("ab")]], "{}", database.dialect());
    });
}

#[test]
fn a_wrong_password_is_named_but_not_printed() {
    let secret = "wr0ng-p@ss/wörd";
    databases::each_server(|database| {
        let address = changed(database, |server| {
            server.password = Some(Secret::new(secret));
        });
        let outcome = database::open(&address, &OpenOptions::read("tests"));
        let Err(error) = outcome.map(drop) else {
            // A server of one's own may trust everybody; the throw-away ones do not.
            assert!(database.is_foreign(), "{address}");
            return;
        };
        let text = printed(&error);
        assert!(
            matches!(&error, DatabaseError::WrongPassword { user, .. } if !user.is_empty()),
            "{text}"
        );
        assert!(!text.contains(secret), "{text}");
        assert!(!format!("{address:?} {address}").contains(secret));

        let address = changed(database, |server| server.password = None);
        let error = refusal(&address, &OpenOptions::read("tests"));
        assert_eq!(error.kind(), "wrong-password", "{}", printed(&error));
    });
}

#[test]
fn a_missing_database_comes_with_the_statement_that_makes_it() {
    databases::each_server(|database| {
        let name = "no\"such`one";
        let address = changed(database, |server| server.database = name.to_owned());
        let error = refusal(&address, &OpenOptions::write("tests"));
        assert_eq!(error.kind(), "no-such-database", "{}", printed(&error));
        let expected = match database.dialect() {
            Dialect::Mysql => "CREATE DATABASE `no\"such``one` CHARACTER SET utf8mb4;",
            Dialect::Sqlite | Dialect::Postgres => "CREATE DATABASE \"no\"\"such`one\";",
        };
        let hint = error.hint().unwrap();
        assert!(hint.ends_with(expected), "{hint}");
    });
}

#[test]
fn a_server_that_is_down_or_silent_is_unreachable() {
    databases::each_server(|database| {
        let closed = TcpListener::bind("127.0.0.1:0")
            .unwrap()
            .local_addr()
            .unwrap();
        let silent = TcpListener::bind("127.0.0.1:0").unwrap();
        let mut options = OpenOptions::read("tests");
        options.connect_timeout = Duration::from_millis(300);
        for port in [closed.port(), silent.local_addr().unwrap().port()] {
            let address = changed(database, |server| server.port = Some(port));
            let error = refusal(&address, &options);
            assert_eq!(error.kind(), "server-unreachable", "{}", printed(&error));
            assert!(error.to_string().contains(&format!("127.0.0.1:{port}")));
        }
        let address = changed(database, |server| {
            server.host = "/nowhere/at/all".to_owned();
        });
        let error = refusal(&address, &options);
        assert_eq!(error.kind(), "server-unreachable", "{}", printed(&error));
    });
}

#[test]
fn a_connection_that_breaks_is_lost() {
    databases::each_server(|database| {
        let mut connection = database.open();
        let (id, end) = match database.dialect() {
            Dialect::Mysql => ("SELECT connection_id()", "KILL "),
            Dialect::Sqlite | Dialect::Postgres => {
                ("SELECT pg_backend_pid()", "SELECT pg_terminate_backend(")
            }
        };
        let id = connection.query(id, &[]).unwrap()[0][0].integer().unwrap();
        let close = if end.ends_with('(') { ")" } else { "" };
        database
            .open()
            .run(&[&format!("{end}{id}{close}")])
            .unwrap();
        std::thread::sleep(Duration::from_millis(100));
        let failed = connection.run(&["SELECT 1"]).unwrap_err();
        assert_eq!(
            failed.error.kind(),
            "connection-lost",
            "{}",
            printed(&failed.error)
        );
    });
}

#[test]
fn remarks_of_the_server_are_kept() {
    databases::each_server(|database| {
        let mut connection = database.open();
        connection.run(&["DROP TABLE IF EXISTS missing"]).unwrap();
        let notices = connection.take_notices();
        assert_eq!(notices.len(), 1, "{notices:?}");
        assert!(notices[0].message.contains("missing"), "{notices:?}");
        assert!(connection.take_notices().is_empty());
    });
}

#[test]
fn the_server_says_its_name_and_who_we_are() {
    databases::each(|database| {
        let connection = database.open();
        let name = connection.server();
        let known = ["SQLite 3.", "PostgreSQL 1", "MariaDB 1", "MySQL "];
        assert!(known.iter().any(|start| name.starts_with(start)), "{name}");
        assert!(!name.contains('('), "{name}");
    });
    if let Some(database) = databases::fresh(Dialect::Postgres) {
        let mut connection = database.open();
        let rows = connection.query("SHOW application_name", &[]).unwrap();
        assert_eq!(rows, [[Value::from("tests")]]);
    }
}

#[test]
fn reading_a_missing_sqlite_file_does_not_create_it() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("new.db");
    let address = Address::Sqlite { path: path.clone() };
    let error = refusal(&address, &OpenOptions::read("tests"));
    assert_eq!(error.kind(), "no-such-file");
    assert!(!path.exists());

    let nowhere = directory.path().join("no/such/new.db");
    let error = refusal(
        &Address::Sqlite { path: nowhere },
        &OpenOptions::write("tests"),
    );
    assert_eq!(error.kind(), "no-such-directory");
    assert!(error.hint().unwrap().contains("mkdir -p"));

    std::fs::write(&path, "this is a letter, and a long one at that").unwrap();
    let error = refusal(&address, &OpenOptions::read("tests"));
    assert_eq!(error.kind(), "not-a-database");

    let path = directory.path().to_owned();
    let error = refusal(&Address::Sqlite { path }, &OpenOptions::write("tests"));
    assert_eq!(error.kind(), "cannot-open");
}

#[test]
fn a_read_only_sqlite_file_can_be_read_and_refuses_to_be_written() {
    let Some(database) = databases::fresh(Dialect::Sqlite) else {
        return;
    };
    let mut connection = database.open();
    connection.run(&["CREATE TABLE t (a INTEGER)"]).unwrap();
    drop(connection);
    let Address::Sqlite { path } = database.address() else {
        return;
    };
    let mut permissions = std::fs::metadata(path).unwrap().permissions();
    permissions.set_readonly(true);
    std::fs::set_permissions(path, permissions).unwrap();
    let error = refusal(database.address(), &OpenOptions::write("tests"));
    assert_eq!(error.kind(), "read-only");
    let reader = database::open(database.address(), &OpenOptions::read("tests"));
    reader.unwrap().query("SELECT a FROM t", &[]).unwrap();
}

#[test]
fn a_second_writer_on_sqlite_is_told_to_wait() {
    let Some(database) = databases::fresh(Dialect::Sqlite) else {
        return;
    };
    let mut first = database.open();
    first.begin().unwrap();
    let mut options = OpenOptions::write("tests");
    options.busy_timeout = Duration::from_millis(20);
    let mut second = database::open(database.address(), &options).unwrap();
    assert_eq!(second.begin().unwrap_err().kind(), "busy");
}

#[test]
fn foreign_keys_are_checked() {
    let Some(database) = databases::fresh(Dialect::Sqlite) else {
        return;
    };
    let mut connection = database.open();
    let create = [
        "CREATE TABLE a (id INTEGER PRIMARY KEY)",
        "CREATE TABLE b (a INTEGER REFERENCES a)",
    ];
    connection.run(&create).unwrap();
    connection.run(&["INSERT INTO b VALUES (1)"]).unwrap_err();
}
