//! What `info` and `tables` tell of a database.

use migration_core::dialect::Dialect;
use migration_tests::command::holds;
use migration_tests::databases;

use super::{ended, project, silent_port, with_ini};

#[test]
fn info_tells_settings_server_and_place_without_the_password() {
    databases::each(|database| {
        let project = project(database);
        let text = project.types(0, "migrate info");
        holds(
            &text,
            &["component  migrate (migrate 0.1.0)\n", "current    base\n"],
        );
        holds(&text, &["pending    7\n", " migrate.ini:2 "]);
        project.types(0, "migrate upgrade dddd4");
        let text = project.types(0, "MIGRATE_SQLDB__TABLES_PREFIX=p migrate info -v");
        let server = match database.dialect() {
            Dialect::Sqlite => "server     SQLite 3.",
            Dialect::Postgres => "server     PostgreSQL 1",
            Dialect::Mysql => "server     MariaDB 1",
        };
        holds(
            &text,
            &[
                server,
                "current    dddd4\n",
                " MIGRATE_SQLDB__TABLES_PREFIX ",
            ],
        );
        holds(&text, &["migration.transaction", " default "]);
        let json = project.types(0, "migrate info --json");
        holds(
            &json,
            &["\"current\": [\n    \"dddd4\"\n  ]", "\"pending\": 3"],
        );
        for said in [text, json] {
            assert!(!said.contains("hush"), "{said}");
            let is_masked = said.contains("***");
            assert_eq!(is_masked, database.server().is_some(), "{said}");
        }
    });
}

#[test]
fn info_tells_what_it_can_before_it_says_why_there_is_no_more() {
    let port = silent_port();
    let ini = format!("[sqldb]\ndbms = postgresql\nhost = 127.0.0.1\nport = {port}\ndbname = d\n");
    let project = with_ini(&ini);
    let text = project.types(1, "migrate info");
    holds(
        &text,
        &[
            "server     ?\n",
            "revisions  7, in ",
            "sqldb.port",
            " migrate.ini:4 ",
        ],
    );
    holds(
        &text,
        &[
            "error: cannot reach the postgresql server",
            "hint: is the server",
        ],
    );
    let project = with_ini("");
    let text = project.types(1, "migrate info");
    holds(
        &text,
        &[
            "database   ?\n",
            "migration.script_location",
            "error: no database",
        ],
    );
}

#[test]
fn tables_are_ours_with_rows_and_sizes() {
    databases::each(|database| {
        let project = project(database);
        project.write("migrations/versions/rows1.sql", ROWS);
        let empty = project.shell("migrate tables");
        match database.dialect() {
            Dialect::Sqlite => holds(&ended(&empty, 1), &["error: there is no database file"]),
            Dialect::Postgres | Dialect::Mysql => {
                holds(&ended(&empty, 0), &["no tables of ours; `tables --all`"]);
            }
        }
        project.types(0, "migrate upgrade rows1");
        let other = "CREATE TABLE somebodys (id INTEGER PRIMARY KEY)";
        database.open().run(&[other]).expect("a table can be made");
        let text = project.types(0, "migrate tables --exact");
        let lines: Vec<Vec<&str>> = text
            .lines()
            .map(|line| line.split_whitespace().collect())
            .collect();
        assert_eq!(lines[0], ["TABLE", "ROWS", "SIZE", "WHOSE"], "{text}");
        assert_eq!(lines[1][..2], ["Counted", "3"], "{text}");
        assert_eq!(lines[1][4], "ours", "{text}");
        assert_ne!(lines[1][2], "0", "{text}");
        holds(&text, &["1 table, 3 rows, "]);
        assert!(!text.contains("somebodys"), "{text}");
        let text = project.types(0, "migrate tables --all --exact");
        holds(
            &text,
            &[
                "somebodys ",
                " other\n",
                "alembic_version_log ",
                " bookkeeping\n",
            ],
        );
        let json = project.types(0, "migrate tables --json --exact");
        holds(
            &json,
            &["\"table\": \"Counted\"", "\"rows\": 3", "\"exact\": true"],
        );
        let guess = project.types(0, "migrate tables --json");
        let is_exact = guess.contains("\"exact\": true");
        assert_eq!(is_exact, database.dialect() == Dialect::Sqlite, "{guess}");
    });
}

const ROWS: &str = "-- rows\n--\n-- Revision ID: rows1\n-- Revises:\n\n-- migrate: upgrade\n\n\
    CREATE TABLE \"Counted\" (id INTEGER PRIMARY KEY);\n\
    INSERT INTO \"Counted\" VALUES (1), (2), (3);\n\n-- migrate: downgrade\n\n\
    DROP TABLE \"Counted\";\n";

#[test]
fn the_rows_of_a_partitioned_table_are_those_of_its_partitions() {
    let Some(database) = databases::fresh(Dialect::Postgres) else {
        return;
    };
    let statements = [
        "CREATE SCHEMA aside",
        "CREATE TABLE aside.parts (id INTEGER) PARTITION BY RANGE (id)",
        "CREATE TABLE aside.part1 PARTITION OF aside.parts FOR VALUES FROM (0) TO (10)",
        "INSERT INTO aside.parts VALUES (1), (2)",
        "ANALYZE",
    ];
    database.open().run(&statements).expect("they are allowed");
    let project = project(&database);
    let text = project.types(0, "migrate tables --all");
    holds(&text, &["aside.parts    ~2  "]);
    assert!(!text.contains("part1"), "{text}");
    let text = project.types(0, "migrate tables --all --exact");
    holds(&text, &["1 table, 2 rows, "]);
}
