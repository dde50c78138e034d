//! What servers and drivers do that no statement asked for.

use std::io::{Read as _, Write as _};
use std::net::TcpListener;

use migration_core::database::{self, Address, OpenOptions, Server, Tls, Value};
use migration_core::diagnostic::Advice as _;
use migration_core::dialect::Dialect;
use migration_core::execute::Transaction;
use migration_tests::command::said;
use migration_tests::databases;
use migration_tests::history::History;
use migration_tests::project::Project;

#[test]
fn a_panic_of_the_mysql_driver_is_an_error() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    let server = std::thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        // A greeting, then an answer to the password that is empty.
        let greeting = b"\x49\0\0\0\x0a5.7.0\0\x01\0\0\0abcdefgh\0\xff\xf7\x21\x02\0\xff\x81\x15\
            \0\0\0\0\0\0\0\0\0\0abcdefghijkl\0mysql_native_password\0";
        stream.write_all(greeting).unwrap();
        stream.read_exact(&mut [0; 4]).unwrap();
        stream.write_all(b"\0\0\0\x02").unwrap();
        let _ = stream.read_to_end(&mut Vec::new());
    });
    let address = Address::Mysql(Server {
        host: "127.0.0.1".to_owned(),
        port: Some(port),
        user: None,
        password: None,
        database: "frontend".to_owned(),
        tls: Tls::default(),
    });
    let error = database::open(&address, &OpenOptions::read("tests"));
    assert_eq!(error.map(drop).unwrap_err().kind(), "driver");
    server.join().unwrap();
}

#[test]
fn a_server_that_is_no_database_is_not_called_one_that_is_down() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    std::thread::spawn(move || {
        // As a web server: silent until something is asked, then a refusal.
        for stream in listener.incoming() {
            let mut stream = stream.unwrap();
            std::thread::spawn(move || {
                let _ = stream.read(&mut [0; 64]);
                let _ = stream.write_all(b"HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n");
            });
        }
    });
    let project = Project::named("tree");
    for engine in ["postgresql", "mysql"] {
        let url = format!("{engine}://app:not-for-your-eyes@127.0.0.1:{port}/app");
        let output = project.shell(&format!("DATABASE_URL={url} migrate upgrade heads"));
        let expected = format!(
            "error: no {engine} server answers at `127.0.0.1:{port}`, but something else\n\
             note: `dbms`, `host` and `port` come from DATABASE_URL\n\
             hint: correct `host` and `port`; PostgreSQL usually listens at port 5432, \
             MySQL and MariaDB at 3306\n"
        );
        assert_eq!(said(&output), expected);
        assert_eq!(output.status.code(), Some(1));
    }
}

#[test]
fn copy_from_the_client_ends_the_connection_instead_of_waiting() {
    let Some(database) = databases::fresh(Dialect::Postgres) else {
        return;
    };
    let mut connection = database.open();
    connection.begin().unwrap();
    connection.run(&["CREATE TABLE t (a INTEGER)"]).unwrap();
    let failed = connection
        .run(&["SELECT 1", "COPY t FROM STDIN"])
        .unwrap_err();
    assert!(failed.error.to_string().contains("COPY"), "{failed:?}");
    assert_eq!(failed.statement, 1);
    assert_eq!(connection.rollback().unwrap_err().kind(), "connection-lost");
    database.open().query("SELECT a FROM t", &[]).unwrap_err();
}

#[test]
fn question_marks_of_json_are_operators() {
    let Some(database) = databases::fresh(Dialect::Postgres) else {
        return;
    };
    let rows = database
        .open()
        .query("SELECT '{\"a\": 1}'::jsonb ? 'a'", &[]);
    assert_eq!(rows.unwrap(), [[Value::Integer(1)]]);
}

/// Expressions and the text they are read as.
const TYPES: &[(&str, &str)] = &[
    ("0::numeric", "0"),
    ("0.00::numeric", "0.00"),
    ("-0.00012300::numeric", "-0.00012300"),
    ("10000::numeric", "10000"),
    ("99990000.0001::numeric", "99990000.0001"),
    ("1e20::numeric", "100000000000000000000"),
    ("'NaN'::numeric", "NaN"),
    ("'-Infinity'::numeric", "-Infinity"),
    ("'12.5'::price", "12.50"),
    ("'sad'::mood", "sad"),
    ("'infinity'::date", "infinity"),
    ("'1969-12-31'::date", "1969-12-31"),
    ("'-infinity'::timestamptz", "-infinity"),
    (
        "'1999-12-31 23:59:59.5+02'::timestamptz",
        "1999-12-31 21:59:59.5+00",
    ),
    ("'{\"b\":1}'::jsonb", "{\"b\": 1}"),
    ("'ab'::char(4)", "ab  "),
    ("'c'::\"char\"", "c"),
    (
        "'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11'::uuid",
        "a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11",
    ),
];

#[test]
fn every_type_of_postgresql_is_read_or_named() {
    let Some(database) = databases::fresh(Dialect::Postgres) else {
        return;
    };
    let mut connection = database.open();
    connection
        .run(&[
            "CREATE TYPE mood AS ENUM ('glad', 'sad')",
            "CREATE DOMAIN price AS NUMERIC(9, 2)",
        ])
        .unwrap();
    for (expression, expected) in TYPES {
        let rows = connection
            .query(&format!("SELECT {expression}"), &[])
            .unwrap();
        let text = rows[0][0].text().unwrap();
        assert!(text == *expected, "{expression}: {text}");
    }
    let error = connection
        .query("SELECT '1 day'::interval AS age", &[])
        .unwrap_err();
    assert!(
        error
            .to_string()
            .contains("column `age` of type `interval`"),
        "{error}"
    );
}

#[test]
fn a_value_that_an_empty_downgrade_left_may_be_there_when_it_is_added() {
    let history = History::line(&[
        (
            "r1",
            "-- migrate: upgrade\nCREATE TYPE mood AS ENUM ('a', 'b');\n\
             CREATE TABLE t (id INTEGER PRIMARY KEY, m mood DEFAULT 'a');",
        ),
        (
            "r2",
            "-- migrate: upgrade\nALTER TYPE mood ADD VALUE IF NOT EXISTS 'c';\n\
             -- migrate: downgrade\n",
        ),
    ]);
    databases::each(|database| {
        let mut connection = database.open();
        let rows = ["INSERT INTO t (id, m) VALUES (1, 'c')", "DELETE FROM t"];
        for target in ["r2", "down to r1", "r2"] {
            let ran = history.run(connection.as_mut(), target, Transaction::Revision);
            ran.unwrap_or_else(|error| panic!("{} {target}: {error:?}", database.dialect()));
            connection.run(&rows).expect("the value is there");
        }
    });
}

/// `DETAIL` says what happened; only `HINT` is advice.
#[test]
fn what_postgresql_adds_to_a_refusal_is_no_advice() {
    databases::each_server(|database| {
        if database.dialect() != Dialect::Postgres {
            return;
        }
        let up = "CREATE TABLE {prefix}t (id INTEGER PRIMARY KEY);\n\
                  INSERT INTO {prefix}t VALUES (1), (1);";
        let project = Project::on(database, &[["a1", "", up, "DROP TABLE {prefix}t;"]]);
        let output = project.shell("migrate upgrade");
        let text = said(&output);
        assert_eq!(output.status.code(), Some(1), "{text}");
        assert!(text.contains("Key (id)=(1) already exists."), "{text}");
        assert!(!text.contains("hint: Key"), "{text}");
    });
}
