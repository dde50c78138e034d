//! Tables that others made, by SQLAlchemy or by hand, are taken over as they are: nothing is found
//! that nobody wishes.

use migration_core::dialect::Dialect;
use migration_tests::databases::{self, TestDatabase};

use super::{Scene, last_line};

/// What models say of the tables below, and what they leave to each engine.
const MODELS: &str = "\
CREATE TABLE \"{prefix}owner\" (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    mail VARCHAR(100) UNIQUE
);
CREATE TABLE \"{prefix}item\" (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    small SMALLINT,
    big BIGINT CHECK (big > 0),
    name VARCHAR(50) NOT NULL,
    body TEXT,
    bytes BLOB,
    is_on BOOLEAN NOT NULL,
    made_at TIMESTAMP DEFAULT CURRENT_TIMESTAMP,
    zoned TIMESTAMP WITH TIME ZONE,
    day DATE,
    hour TIME,
    stamp TIMESTAMP,
    price NUMERIC(10, 2),
    bare NUMERIC,
    f FLOAT,
    d DOUBLE PRECISION,
    r REAL,
    facts JSON,
    uid UUID,
    code CHAR(3),
    owner_id INTEGER NOT NULL REFERENCES \"{prefix}owner\" (id) ON DELETE CASCADE,
    UNIQUE (name, day)
);
CREATE INDEX \"ix_{prefix}item_name\" ON \"{prefix}item\" (name);
";

/// As SQLAlchemy 2 writes it for SQLite.
const SQLITE: [&str; 3] = [
    "CREATE TABLE app_owner (\n\tid INTEGER NOT NULL, \n\tmail VARCHAR(100), \n\t\
     PRIMARY KEY (id), \n\tUNIQUE (mail)\n)",
    "CREATE TABLE app_item (\n\tid INTEGER NOT NULL, \n\tsmall SMALLINT, \n\tbig BIGINT, \n\t\
     name VARCHAR(50) NOT NULL, \n\tbody TEXT, \n\tbytes BLOB, \n\tis_on BOOLEAN NOT NULL, \n\t\
     made_at DATETIME DEFAULT CURRENT_TIMESTAMP, \n\tzoned DATETIME, \n\tday DATE, \n\t\
     hour TIME, \n\tstamp TIMESTAMP, \n\tprice NUMERIC(10, 2), \n\tbare NUMERIC, \n\tf FLOAT, \n\t\
     d DOUBLE, \n\tr REAL, \n\tfacts JSON, \n\tuid CHAR(32), \n\tcode CHAR(3), \n\t\
     owner_id INTEGER NOT NULL, \n\tPRIMARY KEY (id), \n\tUNIQUE (name, day), \n\t\
     CHECK (big > 0), \n\tFOREIGN KEY(owner_id) REFERENCES app_owner (id) ON DELETE CASCADE\n)",
    "CREATE INDEX ix_app_item_name ON app_item (name)",
];

/// As SQLAlchemy 2 writes it for MySQL.
const MYSQL: [&str; 3] = [
    "CREATE TABLE app_owner (\n\tid INTEGER NOT NULL AUTO_INCREMENT, \n\tmail VARCHAR(100), \n\t\
     PRIMARY KEY (id), \n\tUNIQUE (mail)\n)",
    "CREATE TABLE app_item (\n\tid INTEGER NOT NULL AUTO_INCREMENT, \n\tsmall SMALLINT, \n\t\
     big BIGINT, \n\tname VARCHAR(50) NOT NULL, \n\tbody TEXT, \n\tbytes BLOB, \n\t\
     is_on BOOL NOT NULL, \n\tmade_at DATETIME DEFAULT (now()), \n\tzoned DATETIME, \n\tday DATE, \n\t\
     hour TIME, \n\tstamp TIMESTAMP NULL, \n\tprice NUMERIC(10, 2), \n\tbare NUMERIC, \n\t\
     f FLOAT, \n\td DOUBLE, \n\tr REAL, \n\tfacts JSON, \n\tuid CHAR(32), \n\tcode CHAR(3), \n\t\
     owner_id INTEGER NOT NULL, \n\tPRIMARY KEY (id), \n\tUNIQUE (name, day), \n\t\
     CHECK (big > 0), \n\tFOREIGN KEY(owner_id) REFERENCES app_owner (id) ON DELETE CASCADE\n)",
    "CREATE INDEX ix_app_item_name ON app_item (name)",
];

#[test]
fn what_sqlalchemy_made_is_taken_over_on_sqlite() {
    is_taken_over(Dialect::Sqlite, &SQLITE, MODELS);
}

#[test]
fn what_sqlalchemy_made_is_taken_over_on_mysql() {
    is_taken_over(Dialect::Mysql, &MYSQL, MODELS);
}

#[test]
fn what_hands_made_is_taken_over_on_sqlite() {
    let hands = [
        "create table app_a (id integer primary key autoincrement, word text)",
        "create table app_b (code text primary key, a int references app_a)",
        "create table app_c (a int, b int, primary key (a, b))",
        "create table app_d (id int primary key)",
    ];
    let models = "CREATE TABLE \"{prefix}a\" (id INTEGER PRIMARY KEY, word TEXT);\n\
         CREATE TABLE \"{prefix}b\" (code TEXT PRIMARY KEY,\n\
             a INTEGER REFERENCES \"{prefix}a\" (id));\n\
         CREATE TABLE \"{prefix}c\" (a INTEGER, b INTEGER, PRIMARY KEY (a, b));\n\
         CREATE TABLE \"{prefix}d\" (id INTEGER PRIMARY KEY);\n";
    is_taken_over(Dialect::Sqlite, &hands, models);
}

#[test]
fn what_hands_made_is_taken_over_on_mysql() {
    let hands = [
        "create table app_a (id int(11) not null auto_increment primary key, word mediumtext, \
         is_on tinyint(1), size bigint(20) unsigned, made datetime default current_timestamp(), \
         seen timestamp null default current_timestamp() on update current_timestamp())",
        "create table app_b (a int(11), note longtext, raw mediumblob, index (a), \
         foreign key (a) references app_a (id))",
    ];
    let models = "CREATE TABLE \"{prefix}a\" (id INTEGER PRIMARY KEY AUTOINCREMENT, word TEXT,\n\
             is_on BOOLEAN, size BIGINT UNSIGNED, made DATETIME DEFAULT CURRENT_TIMESTAMP,\n\
             seen TIMESTAMP DEFAULT CURRENT_TIMESTAMP ON UPDATE CURRENT_TIMESTAMP);\n\
         CREATE TABLE \"{prefix}b\" (a INTEGER REFERENCES \"{prefix}a\" (id), note TEXT,\n\
             raw BLOB);\n";
    is_taken_over(Dialect::Mysql, &hands, models);
}

#[test]
fn what_is_said_exactly_is_compared_on_mysql() {
    let Some(database) = databases::fresh(Dialect::Mysql) else {
        return;
    };
    let models = "CREATE TABLE \"{prefix}a\" (made TIMESTAMP(3), at TIME(0), note MEDIUMTEXT,\n\
         price NUMERIC(10, 2), f DOUBLE PRECISION);\n";
    let scene = Scene::new(&database, models);
    let table = "create table app_a (made datetime, at time, note text, price decimal, f float)";
    run(&database, &[table]);
    let check = scene.types("migrate check", 3);
    for column in ["made", "note", "price", "f"] {
        let said = format!("change type of column `app_a.{column}`\n");
        assert!(check.contains(&said), "{check}");
    }
    assert!(check.contains("4 new upgrade operations"), "{check}");
}

#[test]
fn a_key_that_is_no_rowid_becomes_one_on_sqlite() {
    let Some(database) = databases::fresh(Dialect::Sqlite) else {
        return;
    };
    let models = "CREATE TABLE \"{prefix}a\" (id INTEGER PRIMARY KEY AUTOINCREMENT, word TEXT);\n\
         CREATE TABLE \"{prefix}b\" (id SERIAL PRIMARY KEY);\n";
    let scene = Scene::new(&database, models);
    let tables = [
        "create table app_a (id int primary key, word text)",
        "insert into app_a values (7, 'seven')",
        "create table app_b (id int primary key)",
    ];
    run(&database, &tables);
    scene.types("migrate revision --autogenerate -m change --rev-id a1", 0);
    scene.types("migrate upgrade head", 0);
    let check = scene.types("migrate check", 0);
    assert_eq!(last_line(&check), "No new upgrade operations detected.");
    run(&database, &["insert into app_a (word) values ('eight')"]);
    let rows = database
        .open()
        .query("SELECT id FROM app_a WHERE word = 'eight'", &[]);
    assert_eq!(format!("{:?}", rows.expect("rows")), "[[Integer(8)]]");
    scene.types("migrate downgrade base", 0);
}

#[test]
fn what_hands_made_is_dumped_in_words_of_every_engine() {
    let Some(database) = databases::fresh(Dialect::Sqlite) else {
        return;
    };
    let scene = Scene::new(&database, "");
    let table = "create table app_a (id int primary key, facts json, made datetime, word text)";
    run(&database, &[table]);
    let models = scene.types("migrate models dump", 0);
    let table = "\n\nCREATE TABLE \"{prefix}a\" (\n    id INTEGER PRIMARY KEY,\n    facts JSON,\n    \
                 made TIMESTAMP,\n    word TEXT\n);\n";
    assert!(models.ends_with(table), "{models}");
    scene.models(&models);
    let check = scene.types("migrate check", 0);
    assert_eq!(last_line(&check), "No new upgrade operations detected.");
}

#[test]
fn what_sqlite_has_no_statement_for_is_no_difference() {
    let Some(database) = databases::fresh(Dialect::Sqlite) else {
        return;
    };
    let models = |key: &str, types: &str| {
        format!(
            "{types}CREATE TABLE \"{{prefix}}a\" (id {key} PRIMARY KEY, now \"{{prefix}}mood\");\n"
        )
    };
    let mood = "CREATE TYPE \"{prefix}mood\" AS ENUM ('sad', 'glad');\n";
    let unused = "CREATE TYPE \"{prefix}size\" AS ENUM ('s', 'l');\n";
    let written = models("SERIAL", mood);
    let scene = Scene::new(&database, &written);
    scene.follows("1a", "");
    let dumped = scene.types("migrate models dump", 0);
    assert!(
        dumped.contains("    id SERIAL NOT NULL PRIMARY KEY,\n"),
        "{dumped}"
    );
    assert!(dumped.contains("    now \"{prefix}mood\"\n"), "{dumped}");
    let plain = models("INTEGER NOT NULL", mood);
    let more = models("SERIAL", &format!("{mood}{unused}"));
    for models in [dumped, plain, more] {
        scene.models(&models);
        scene.is_settled();
        let difference = scene.types("migrate diff", 0);
        assert_eq!(
            last_line(&difference),
            "No new upgrade operations detected."
        );
    }
    scene.models(&models("INTEGER NOT NULL", "").replace("\"{prefix}mood\"", "TEXT"));
    let check = scene.types("migrate check", 3);
    assert!(
        check.contains("change type of column `app_a.now`\n"),
        "{check}"
    );
    let difference = scene.types("migrate diff", 0);
    assert!(difference.contains("CREATE TABLE"), "{difference}");
}

#[test]
fn listed_values_and_moments_of_mysql_are_dumped_in_words_of_every_engine() {
    let Some(database) = databases::fresh(Dialect::Mysql) else {
        return;
    };
    let scene = Scene::new(&database, "");
    let table = "create table app_a (id int primary key, state enum('it''s','b') not null default 'b', \
                 before_ enum('it''s','b'), at timestamp null, made timestamp(3) null, \
                 day datetime)";
    let own = "create table app_b (id int primary key, word varchar(9) character set latin1)";
    run(&database, &[table, own]);
    let models = scene.types("migrate models dump", 0);
    let expected = "\
-- TIMESTAMP WITH TIME ZONE stands for what is a TIMESTAMP here, a moment in UTC and before 2038;
-- made anew it is DATETIME(6), which keeps what it is given.

CREATE TYPE \"{prefix}a_state\" AS ENUM ('it''s', 'b');

CREATE TABLE \"{prefix}a\" (
    id INTEGER NOT NULL PRIMARY KEY,
    state \"{prefix}a_state\" DEFAULT 'b' NOT NULL,
    before_ \"{prefix}a_state\",
    \"at\" TIMESTAMP WITH TIME ZONE,
    made TIMESTAMP(3) WITH TIME ZONE,
    day TIMESTAMP
);
";
    assert!(models.contains(expected), "{models}");
    let own = "-- migrate: only mysql\nCREATE TABLE \"{prefix}b\" (";
    assert!(models.contains(own), "{models}");
    scene.models(&models);
    let check = scene.types("migrate check", 0);
    assert_eq!(last_line(&check), "No new upgrade operations detected.");
    databases::each(|other| {
        let scene = Scene::new(other, &models);
        let drafted = scene.follows("1a", "");
        assert_eq!(
            drafted.contains("{prefix}b"),
            other.dialect() == Dialect::Mysql
        );
        let column = "    state \"{prefix}a_state\" DEFAULT 'b' NOT NULL,\n";
        assert!(drafted.contains(column), "{drafted}");
    });
}

#[test]
fn sql_of_diff_that_was_run_by_hand_leaves_nothing_of_a_listed_type() {
    databases::each(|database| {
        let type_of = |values: &str| {
            format!(
                "CREATE TYPE {{prefix}}mood AS ENUM ({values});\nCREATE TABLE {{prefix}}a (\n    \
                 id INTEGER PRIMARY KEY,\n    now {{prefix}}mood DEFAULT 'sad' NOT NULL,\n    \
                 before_ {{prefix}}mood\n);\n"
            )
        };
        let scene = Scene::new(database, &type_of("'sad', 'glad'"));
        let difference = scene.types("migrate diff", 0);
        let mut live = database.open();
        let statements: Vec<&str> = difference
            .split(";\n")
            .map(str::trim)
            .filter(|it| it.contains("CREATE T"))
            .collect();
        let made = live.run(&statements);
        assert!(made.is_ok(), "{made:?}\n{statements:?}");
        drop(live);
        let check = scene.types("migrate check", 0);
        assert_eq!(last_line(&check), "No new upgrade operations detected.");
        scene.models(&type_of("'sad', 'glad', 'mad'"));
        scene.types("migrate check", 3);
    });
}

#[track_caller]
fn is_taken_over(dialect: Dialect, statements: &[&str], models: &str) {
    let Some(database) = databases::fresh(dialect) else {
        return;
    };
    let scene = Scene::new(&database, models);
    run(&database, statements);
    let check = scene.types("migrate check", 0);
    assert_eq!(last_line(&check), "No new upgrade operations detected.");
}

#[track_caller]
fn run(database: &TestDatabase, statements: &[&str]) {
    let run = database.open().run(statements);
    run.unwrap_or_else(|failed| panic!("{}", failed.error));
}

#[test]
fn types_that_revisions_give_in_the_digits_of_mysql_are_dumped_as_said() {
    let Some(database) = databases::fresh(Dialect::Mysql) else {
        return;
    };
    let columns = "day TIMESTAMP(0),\n    hour TIME(0),\n    word TEXT(16383),\n    bytes BLOB(65535),\n    \
                   f FLOAT(24)";
    let table = format!("CREATE TABLE \"{{prefix}}a\" (\n    {columns}\n);\n");
    let scene = Scene::new(&database, &table);
    scene.follows("1a", "");
    let dumped = scene.types("migrate models dump", 0);
    for column in [
        "day TIMESTAMP(0)",
        "hour TIME(0)",
        "word TEXT(16383)",
        "bytes BLOB(65535)",
    ] {
        assert!(dumped.contains(column), "{column}\n{dumped}");
    }
    scene.models(&dumped);
    scene.is_settled();
}

#[test]
fn what_postgresql_keeps_of_lists_and_powers_is_dumped_so_that_it_comes_back() {
    let Some(database) = databases::fresh(Dialect::Postgres) else {
        return;
    };
    let scene = Scene::new(&database, "");
    let table = "CREATE TABLE app_a (id INTEGER PRIMARY KEY, c VARCHAR(10), \
                 d DOUBLE PRECISION DEFAULT 1e3, e REAL DEFAULT -2e2, n NUMERIC(9, 2) DEFAULT '7', \
                 CHECK (c IN ('a', 'it''s')))";
    run(
        &database,
        &[
            table,
            "CREATE INDEX app_part ON app_a (id) WHERE c IN ('a', 'it''s')",
        ],
    );
    let models = scene.types("migrate models dump", 0);
    for part in [
        "d DOUBLE PRECISION DEFAULT 1000e0",
        "e REAL DEFAULT -200e0",
        "n NUMERIC(9, 2) DEFAULT '7'",
        "WHERE c IN ('a', 'it''s');",
    ] {
        assert!(models.contains(part), "{part} is not in\n{models}");
    }
    scene.models(&models);
    let check = scene.types("migrate check", 0);
    assert_eq!(last_line(&check), "No new upgrade operations detected.");
    // What a dump of the server's own makes of a list is the same list.
    let again = "CREATE INDEX app_part ON app_a (id) WHERE c::text = ANY \
                 (ARRAY[('a'::character varying)::text, ('it''s'::character varying)::text])";
    run(&database, &["DROP INDEX app_part", again]);
    let check = scene.types("migrate check", 0);
    assert_eq!(last_line(&check), "No new upgrade operations detected.");
}

/// Checks that other hands made without names, and the one that the models keep.
const CHECKS: [[&str; 2]; 4] = [
    ["CHECK (a > 0), CHECK (a < 100)", "CHECK (a > 0)"],
    ["CHECK (a > 0), CHECK (a < 100)", "CHECK (a < 100)"],
    ["CHECK((a<100)), CHECK (\"a\">0)", "CHECK (a > 0)"],
    [
        "CHECK (a < 100), CHECK (a > 0), CHECK (a <> 5)",
        "CHECK (a <> 5)",
    ],
];

/// Only what a check says tells which one of a column it is.
#[test]
fn of_checks_without_names_the_one_goes_that_is_gone() {
    for [there, wanted] in CHECKS {
        let database = databases::fresh(Dialect::Sqlite).expect("SQLite is always there");
        let table = |checks: &str| format!("(id INTEGER PRIMARY KEY, a INTEGER, {checks})");
        database.changes(&[&format!("CREATE TABLE app_t {}", table(there))]);
        let scene = Scene::new(
            &database,
            &format!("CREATE TABLE {{prefix}}t {};", table(wanted)),
        );
        scene.types("migrate revision --autogenerate -m change --rev-id a1", 0);
        // What comes back is what went, and goes again.
        for line in ["upgrade", "downgrade", "upgrade"] {
            scene.types(&format!("migrate {line}"), 0);
            let found = database
                .open()
                .query("SELECT sql FROM sqlite_schema WHERE name = 'app_t'", &[]);
            let found = found.expect("the table is there");
            let found = found[0][0].text().unwrap_or_default().replace('"', "");
            assert!(found.contains(wanted), "{there}: {found}");
            let is_alone = found.matches("CHECK").count() == 1;
            assert_eq!(is_alone, line == "upgrade", "{there}: {found}");
        }
        scene.types("migrate check", 0);
    }
}
