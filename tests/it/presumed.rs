//! Scripts of SQLite and MariaDB change a table that nobody reads: they stop where it is not the one
//! that the revisions made, and are not kept from one that is only spelled otherwise.

use migration_core::database::Connection;
use migration_core::dialect::Dialect;
use migration_core::execute::Transaction;
use migration_tests::client;
use migration_tests::command::said;
use migration_tests::databases::{self, TestDatabase};
use migration_tests::history::History;
use migration_tests::project::Project;

use crate::offline::script_of;

/// A table as revisions make it.
const MADE: &str = "-- migrate: upgrade\n\
     CREATE TABLE owner (id INTEGER PRIMARY KEY);\n\
     CREATE TABLE person (\n\
         id INTEGER PRIMARY KEY AUTOINCREMENT,\n\
         email VARCHAR(40) DEFAULT 'none',\n\
         name VARCHAR(40) NOT NULL,\n\
         age BIGINT DEFAULT 0 CHECK (age >= 0),\n\
         born TIMESTAMP DEFAULT CURRENT_TIMESTAMP,\n\
         active BOOLEAN DEFAULT TRUE NOT NULL,\n\
         price NUMERIC(5, 2) DEFAULT 1.50,\n\
         note VARCHAR(9) DEFAULT NULL,\n\
         owner_id INTEGER REFERENCES owner (id) ON DELETE CASCADE,\n\
         UNIQUE (name),\n\
         UNIQUE (email)\n\
     );\n\
     CREATE INDEX person_age ON person (age);\n";

/// The same, written by hand, without its indexes.
const SPELLED: &str = "CREATE TABLE 'person' (
    Id integer not null constraint pk primary key autoincrement, -- it's a number, check (id) collate
    [EMAIL] varchar(80) default 'none', /* -- check (email) strict */
    name text not null,
    age int default (0),
    born datetime default current_timestamp,
    active boolean not null default 1,
    price numeric(5, 2) default (1.5),
    note varchar(9),
    owner_id bigint,
    constraint person_name unique (Name), unique (email),
    constraint person_age check (0 <= age),
    foreign key (owner_id) references Owner on delete cascade
)";

const EDIT: &str = "ALTER TABLE person ALTER COLUMN email TYPE VARCHAR(80);";
const COPY: &str = "ALTER TABLE person ALTER COLUMN name SET DEFAULT '';";

fn column(names: &[&str], sql: &str) -> String {
    let lines = SPELLED.lines();
    let kept = lines.filter(|line| !names.iter().any(|name| line.trim_start().starts_with(name)));
    kept.map(|line| match line.trim_start().starts_with("name text") {
        true => format!("{line}\n{sql}"),
        false => line.to_owned(),
    })
    .collect::<Vec<_>>()
    .join("\n")
}

/// What the client says of a script with a change, fed to a database with another table, and what is
/// in the database behind it.
fn offered(table: &str, more: &str, change: &str) -> Option<(Result<String, String>, String)> {
    let database = databases::fresh(Dialect::Sqlite).expect("SQLite is always there");
    let change = format!("-- migrate: upgrade\n{change}");
    let history = History::line(&[("r1", MADE), ("r2", &change)]);
    let mut connection = database.open();
    let made = history.run(connection.as_mut(), "r1", Transaction::Run);
    made.expect("the revision is in order");
    let index = "CREATE INDEX person_age ON person (age)".to_owned();
    let rows = "INSERT INTO person (email, name) VALUES ('a@b', 'Ada')".to_owned();
    let mut statements = vec![
        "DROP TABLE person".to_owned(),
        table.to_owned(),
        index,
        rows,
    ];
    statements.extend(
        more.split(';')
            .map(str::to_owned)
            .filter(|it| !it.is_empty()),
    );
    for sql in &statements {
        let ran = connection.run(&[sql]);
        ran.unwrap_or_else(|error| panic!("{sql}: {error:?}"));
    }
    let before = contents(connection.as_mut());
    let script = script_of(&history, Dialect::Sqlite, &["r1"], "head", true);
    let said = client::offer(&database, &script)?;
    if said.is_err() {
        assert_eq!(contents(database.open().as_mut()), before, "{table}");
    }
    Some((said, definition(&database)))
}

fn contents(connection: &mut dyn Connection) -> String {
    let mut all = String::new();
    for sql in [
        "SELECT * FROM person",
        "SELECT type, name, sql FROM sqlite_schema ORDER BY name",
        "SELECT * FROM alembic_version",
    ] {
        all += &format!(
            "{:?}\n",
            connection.query(sql, &[]).expect("they can be read")
        );
    }
    all
}

fn definition(database: &TestDatabase) -> String {
    let sql = "SELECT sql FROM sqlite_schema WHERE name LIKE 'person'";
    let rows = database.open().query(sql, &[]).expect("it can be read");
    rows[0][0].text().unwrap_or_default()
}

#[test]
fn a_table_that_is_only_spelled_otherwise_is_changed() {
    for change in [EDIT, COPY] {
        let Some((said, definition)) = offered(SPELLED, "", change) else {
            return;
        };
        assert_eq!(said, Ok(String::new()), "{change}");
        assert!(definition.contains("\"owner_id\" INTEGER"), "{definition}");
    }
}

#[test]
fn a_table_that_is_another_stops_the_script_and_stays() {
    let other = |from: &str, to: &str| {
        assert!(SPELLED.contains(from), "{from}");
        SPELLED.replace(from, to)
    };
    let cases = [
        (
            column(&["[EMAIL]"], "email varchar(40) default 'none',"),
            "column",
        ),
        (column(&[], "salary integer,"), "column"),
        (column(&[], "twice integer as (age * 2) stored,"), "column"),
        (other("default 'none'", "default 'None'"), "column"),
        (other("name text not null", "name text"), "column"),
        (other("age int default", "age text default"), "column"),
        (
            other("(Name), unique (email)", "(email), unique (Name)"),
            "key or index",
        ),
        (
            other("unique (email)", "unique (email collate nocase)"),
            "key or index",
        ),
        (other(" on delete cascade", ""), "foreign key"),
        (
            other("check (0 <= age),", "check (0 <= age), check (age < 9),"),
            "clause",
        ),
        (other(" autoincrement", ""), "clause"),
        (other("'person'", "'Person'"), "clause"),
    ];
    for (table, noun) in cases {
        let stops =
            format!("no {noun} of `person` that differs from what this change was written for");
        let Some((said, _)) = offered(&table, "", EDIT) else {
            return;
        };
        assert!(
            said.as_ref().is_err_and(|said| said.contains(&stops)),
            "{table}\n{said:?}"
        );
    }
}

#[test]
fn a_clause_is_no_comment_because_something_before_it_looks_like_one() {
    for more in [
        "check (name <> '--'), check (0 <= age),",
        "/* ' */ check (name <> ''), /**/ check (0 <= age),",
    ] {
        let table = SPELLED.replace("check (0 <= age),", more);
        let Some((said, _)) = offered(&table, "", EDIT) else {
            return;
        };
        let stops = "no clause of `person` that differs";
        assert!(said.is_err_and(|said| said.contains(stops)), "{more}");
    }
}

#[test]
fn an_index_that_a_copy_would_take_away_stops_it() {
    for more in [
        "CREATE INDEX by_hand ON person (born)",
        "DROP INDEX person_age; CREATE INDEX person_age ON person (born)",
        "DROP INDEX person_age",
    ] {
        let Some((copied, _)) = offered(SPELLED, more, COPY) else {
            return;
        };
        let stops = "no key or index of `person`";
        assert!(copied.is_err_and(|said| said.contains(stops)), "{more}");
        let edited = offered(SPELLED, more, EDIT).expect("the client is there");
        assert_eq!(edited.0, Ok(String::new()), "an edit leaves it: {more}");
    }
}

/// Changes that leave a table otherwise than their words alone say.
const CHANGES: [&str; 12] = [
    "CREATE TABLE parent (id INTEGER PRIMARY KEY, code TEXT UNIQUE);\n\
     CREATE TABLE t (id BIGINT GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY, a VARCHAR(20), \
     b INTEGER NOT NULL DEFAULT 0 CHECK (t.b > -1), UNIQUE (a, b));\n\
     CREATE INDEX t_b ON t (b) WHERE t.b > 0;\n\
     CREATE TABLE n (a INTEGER NOT NULL, b TEXT, CONSTRAINT n_key PRIMARY KEY (a));\n\
     CREATE TABLE w (a TEXT, b TEXT, PRIMARY KEY (a, b));",
    "ALTER TABLE n ALTER COLUMN a ADD GENERATED BY DEFAULT AS IDENTITY;",
    "ALTER TABLE n ALTER COLUMN b SET NOT NULL;",
    "ALTER TABLE n ALTER COLUMN a DROP IDENTITY;",
    "ALTER TABLE n ALTER COLUMN b SET DEFAULT 'x';\nALTER TABLE w DROP CONSTRAINT w_pkey;",
    "ALTER TABLE w ALTER COLUMN b SET DEFAULT 'q';\nALTER TABLE n DROP CONSTRAINT n_key;",
    "ALTER TABLE w ADD CONSTRAINT w_pkey PRIMARY KEY (b);\n\
     ALTER TABLE n ALTER COLUMN b DROP NOT NULL;",
    "ALTER TABLE t RENAME COLUMN b TO c;\nALTER TABLE t RENAME TO u;\n\
     ALTER TABLE u ALTER COLUMN a SET NOT NULL;",
    "ALTER TABLE u ADD COLUMN d INTEGER GENERATED ALWAYS AS (c + 1) STORED;\n\
     ALTER TABLE u ADD COLUMN p INTEGER REFERENCES parent ON DELETE CASCADE;",
    "ALTER TABLE u ALTER COLUMN a DROP NOT NULL;\nALTER INDEX t_b RENAME TO u_c;",
    "CREATE TYPE mood AS ENUM ('a', 'b');\nALTER TABLE u ADD COLUMN m mood DEFAULT 'a';\n\
     ALTER TYPE mood ADD VALUE 'c';\nALTER TABLE parent ALTER COLUMN id TYPE BIGINT;",
    "ALTER TABLE parent ALTER COLUMN code SET NOT NULL;\nALTER TABLE u ALTER COLUMN a SET DEFAULT '';",
];

#[test]
fn what_the_changes_before_made_is_what_a_script_expects() {
    let bodies = CHANGES.map(|change| format!("-- migrate: upgrade\n{change}"));
    let ids: Vec<String> = (1..=CHANGES.len())
        .map(|number| format!("r{number}"))
        .collect();
    let line: Vec<(&str, &str)> = ids
        .iter()
        .zip(&bodies)
        .map(|(id, it)| (&**id, &**it))
        .collect();
    let history = History::line(&line);
    let online = databases::fresh(Dialect::Sqlite).expect("SQLite is always there");
    let ran = history.run(online.open().as_mut(), "head", Transaction::Run);
    ran.expect("the changes are in order");
    let fed = |scripts: Vec<String>| {
        let offline = databases::fresh(Dialect::Sqlite).expect("SQLite is always there");
        for script in scripts {
            client::feed(&offline, &script)?;
        }
        let sql = "SELECT it.name, one.* FROM sqlite_schema AS it, pragma_table_xinfo(it.name) AS one \
                   WHERE it.type = 'table' AND it.name NOT LIKE 'alembic%' ORDER BY it.name, cid";
        let stored = |it: &TestDatabase| it.open().query(sql, &[]).expect("it can be read");
        assert_eq!(stored(&offline), stored(&online));
        Some(())
    };
    let script = |from: &[&str], to: &str| script_of(&history, Dialect::Sqlite, from, to, true);
    let each = ids.iter().enumerate().map(|(at, id)| match at {
        0 => script(&[], id),
        at => script(&[&ids[at - 1]], id),
    });
    let _ = fed(vec![script(&[], "head")]).and_then(|()| fed(each.collect()));
}

#[test]
fn a_plan_shows_what_the_run_would_do_to_the_table_as_it_is() {
    let database = databases::fresh(Dialect::Sqlite).expect("SQLite is always there");
    let project = Project::new();
    let location = "[migration]\nscript_location = %(here)s/m\n";
    project.write("migrate.ini", &format!("{}\n{location}", database.ini()));
    let write = |id: &str, revises: &str, body: &str| {
        let text = format!("-- r\n--\n-- Revision ID: {id}\n-- Revises: {revises}\n\n{body}\n");
        project.write(&format!("m/versions/{id}.sql"), &text);
    };
    write("r1", "", MADE);
    let ran = project.shell("migrate upgrade r1");
    assert!(ran.status.success(), "{}", said(&ran));
    let by_hand = "ALTER TABLE person ADD COLUMN salary INTEGER CHECK (salary > 0)";
    database.open().run(&[by_hand]).expect("it is added");
    let renamed =
        "ALTER TABLE person RENAME TO human;\nALTER TABLE human ALTER COLUMN name DROP NOT NULL;";
    write(
        "r2",
        "r1",
        &format!("-- migrate: upgrade\n{EDIT}\n{renamed}"),
    );
    let planned = |flags: &str| said(&project.shell(&format!("migrate plan {flags}")));
    let live = planned("upgrade");
    assert_eq!(live.matches("\"salary\" INTEGER").count(), 2, "{live}");
    assert!(!planned("upgrade --from r1").contains("salary"));
    let ran = project.shell("migrate upgrade");
    assert!(ran.status.success(), "{}", said(&ran));
}

/// A table as revisions make it on MariaDB, and what repeats two of its columns.
const PURSE: [(&str, &str); 2] = [
    (
        "r1",
        "-- migrate: upgrade\nCREATE TABLE purse (\n    id SERIAL PRIMARY KEY,\n    \
         amount NUMERIC(10, 2) DEFAULT 1.50,\n    who VARCHAR(20) DEFAULT 'it''s' NOT NULL,\n    \
         seen TIMESTAMP,\n    twice NUMERIC(12, 2) GENERATED ALWAYS AS (amount * 2) STORED\n);\n\
         COMMENT ON COLUMN purse.who IS 'whose';\n",
    ),
    (
        "r2",
        "-- migrate: upgrade\nALTER TABLE purse ALTER COLUMN amount SET NOT NULL;\n\
         ALTER TABLE purse ALTER COLUMN who TYPE VARCHAR(40);\n\
         ALTER TABLE purse ALTER COLUMN seen SET NOT NULL;\n",
    ),
];

/// What `mariadb` says of the script, on a table that other hands have changed, and what is then left
/// of a value.
fn repeated(by_hand: &[&str]) -> Option<(Result<String, String>, String)> {
    let database = databases::fresh(Dialect::Mysql)?;
    let history = History::line(&PURSE);
    let made = history.run(database.open().as_mut(), "r1", Transaction::Run);
    made.expect("the revision is in order");
    let row = "INSERT INTO purse (amount, seen) VALUES (1.234567, '2026-01-02 03:04:05')";
    for sql in by_hand.iter().chain([&row]) {
        let ran = database.open().run(&[sql]);
        assert!(ran.is_ok(), "{sql}: {ran:?}");
    }
    let script = script_of(&history, Dialect::Mysql, &["r1"], "head", true);
    let is = |database: &TestDatabase| {
        let created = database.open().query("SHOW CREATE TABLE purse", &[]);
        created.expect("it can be read")[0][1].text()
    };
    let before = is(&database);
    let said = client::offer(&database, &script)?;
    assert!(said.is_ok() || is(&database) == before, "{by_hand:?}");
    let left = "SELECT table_name FROM information_schema.tables \
                WHERE table_schema = database() AND table_name LIKE '\\_migrate%'";
    let left = database.open().query(left, &[]).expect("it can be read");
    assert!(left.is_empty(), "{left:?}");
    let sql = "SELECT CAST(amount AS CHAR) FROM purse";
    let rows = database.open().query(sql, &[]).expect("it can be read");
    Some((said, rows[0][0].text().unwrap_or_default()))
}

#[test]
fn a_script_of_mariadb_repeats_no_column_that_other_hands_changed() {
    for change in [
        "amount DECIMAL(20, 6) DEFAULT 1.50",
        "amount DECIMAL(10, 2) DEFAULT 7",
        "amount DECIMAL(10, 2) DEFAULT 1.50 CHECK (amount < 1000000)",
        "amount DECIMAL(10, 2) DEFAULT 1.50 COMMENT 'by hand'",
        "who VARCHAR(20) COLLATE utf8mb4_bin DEFAULT 'it\\'s' NOT NULL COMMENT 'whose'",
        "who VARCHAR(20) DEFAULT 'it\\'s' NOT NULL",
        "seen DATETIME(6) NULL DEFAULT now(6) ON UPDATE now(6)",
    ] {
        let sql = format!("ALTER TABLE purse MODIFY COLUMN {change}");
        let Some((said, amount)) = repeated(&[&sql]) else {
            return;
        };
        let said = said.expect_err("a column is another one");
        let promise = "no column that other hands changed";
        assert!(said.contains(promise), "{change}: {said}");
        let kept = if change.contains("20, 6") {
            "1.234567"
        } else {
            "1.23"
        };
        assert_eq!(amount, kept, "{change}");
    }
}

#[test]
fn a_script_of_mariadb_asks_for_columns_before_rows_are_changed() {
    for before in [
        "ALTER TABLE person ADD COLUMN total INTEGER;\nUPDATE owner SET id = id + 1;",
        "UPDATE person SET age = age * 100;\nINSERT INTO owner (id) VALUES (7);",
    ] {
        let Some(database) = databases::fresh(Dialect::Mysql) else {
            return;
        };
        let made = "-- migrate: upgrade\nCREATE TABLE owner (id INTEGER PRIMARY KEY);\n\
                    CREATE TABLE person (id INTEGER PRIMARY KEY, name VARCHAR(20), age INTEGER);\n\
                    INSERT INTO person VALUES (1, 'Ada', 36);\n\
                    INSERT INTO owner VALUES (1);";
        let change = format!(
            "-- migrate: upgrade\n{before}\n\
             ALTER TABLE person ALTER COLUMN name TYPE VARCHAR(50);"
        );
        let history = History::line(&[("r1", made), ("r2", &change)]);
        let ran = history.run(database.open().as_mut(), "r1", Transaction::Run);
        ran.expect("the revision is in order");
        let by_hand = "ALTER TABLE person MODIFY name VARCHAR(30) COMMENT 'by hand'";
        database.open().run(&[by_hand]).expect("it is in order");
        let is = || {
            let sql = "SELECT p.*, o.* FROM person AS p JOIN owner AS o";
            database.open().query(sql, &[]).expect("they can be read")
        };
        let was = is();
        let script = script_of(&history, Dialect::Mysql, &["r1"], "head", true);
        let Some(said) = client::offer(&database, &script) else {
            return;
        };
        assert!(said.is_err(), "{before}");
        assert_eq!(is(), was, "{before}");
        let ran = history.run(database.open().as_mut(), "r2", Transaction::Run);
        ran.expect("a run reads the column");
    }
}

#[test]
fn a_script_of_mariadb_changes_a_table_that_is_only_of_another_kind() {
    for by_hand in [
        &[][..],
        &["ALTER TABLE purse ENGINE = Aria"],
        &["ALTER TABLE purse COMMENT 'by hand', ADD COLUMN more INT, ADD INDEX (amount)"],
        &["CREATE TABLE _migrate_expected (x INT)"],
    ] {
        let Some((said, _)) = repeated(by_hand) else {
            return;
        };
        assert!(said.is_ok(), "{by_hand:?}: {said:?}");
    }
}
