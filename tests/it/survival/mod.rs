//! Whatever happens to a run at whatever moment, a plain second run ends where an undisturbed one
//! does.
//!
//! Real processes of the real binary: killed, their sessions ended by an administrator, their
//! connections cut, their disk full. `MIGRATION_TEST_KILLS` is how many times each; without it there
//! are as many as fit into a share of the tests' time.
#![expect(
    clippy::disallowed_methods,
    reason = "a sweep reads its size from the environment and moments from the clock"
)]

mod full;
mod strikes;

use std::fmt::Write as _;
use std::io::{self, Write as _};
use std::process::{Child, Stdio};
use std::time::{Duration, Instant};

use migration_core::database::{ledger_columns, unfinished_steps};
use migration_core::dialect::{Dialect, Ledger};
use migration_core::introspect;
use migration_tests::command::{self, said};
use migration_tests::databases::{self, TestDatabase};
use migration_tests::history::{rows, version_table};
use migration_tests::project::{self, Project};

/// How long a sweep may take when nobody says how many times.
const SHARE: Duration = Duration::from_secs(15);

/// After how many runs none of which was disturbed something is wrong.
const AT_MOST: usize = 50;

const PEOPLE: &str = "\
CREATE TABLE person (id INTEGER NOT NULL PRIMARY KEY, name VARCHAR(80), town VARCHAR(80));
INSERT INTO person (id, name, town) WITH RECURSIVE t(n) AS
    (SELECT 1 UNION ALL SELECT n + 1 FROM t WHERE n < 900)
    SELECT n, 'name', CASE WHEN n % 2 = 0 THEN 'Paris' ELSE 'Rome' END FROM t;
CREATE INDEX person_town ON person (town);";

const NAMES: &str = "\
ALTER TABLE person ADD COLUMN given VARCHAR(80);
UPDATE person SET given = name;
ALTER TABLE person ADD COLUMN visits INTEGER DEFAULT 0 NOT NULL;
UPDATE person SET visits = visits + 1;
UPDATE person SET visits = visits * 2 WHERE id % 3 = 0;
ALTER TABLE person DROP COLUMN name;
ALTER TABLE person ALTER COLUMN given SET NOT NULL;";

const TOWNS: &str = "\
CREATE TABLE town (id INTEGER NOT NULL PRIMARY KEY, name VARCHAR(80) NOT NULL, CONSTRAINT town_name UNIQUE (name));
INSERT INTO town (id, name) SELECT min(id), town FROM person GROUP BY town;
ALTER TABLE person ADD COLUMN town_id INTEGER;
UPDATE person SET town_id = (SELECT id FROM town WHERE town.name = person.town);
UPDATE person SET visits = visits + 1 WHERE town_id = 1;
DROP INDEX person_town;
ALTER TABLE person DROP COLUMN town;
ALTER TABLE person ADD CONSTRAINT person_town_fkey FOREIGN KEY (town_id) REFERENCES town (id);
CREATE INDEX CONCURRENTLY person_visits ON person (visits);
UPDATE person SET visits = visits + 1 WHERE town_id = 2;";

const CITIES: &str = "\
ALTER TABLE town RENAME TO city;
ALTER TABLE city RENAME COLUMN name TO label;
INSERT INTO city (id, label) VALUES (5000, 'Oslo');
ALTER TABLE person RENAME COLUMN given TO called;
ALTER TABLE person ADD COLUMN note VARCHAR(20);
UPDATE person SET note = 'moved', visits = visits + 1;
CREATE TABLE log (id INTEGER NOT NULL PRIMARY KEY, person_id INTEGER);
INSERT INTO log SELECT id, id FROM person;
DROP INDEX person_visits;
INSERT INTO log SELECT 10000 + id, id FROM person;";

fn project(database: &TestDatabase) -> Project {
    let project = Project::new();
    settings(&project, database);
    let mut parent = "";
    let tree = [
        ("aaaa1", PEOPLE),
        ("bbbb2", NAMES),
        ("cccc3", TOWNS),
        ("dddd4", CITIES),
    ];
    for (id, up) in tree {
        let up = match database.dialect() {
            Dialect::Postgres => up.to_owned(),
            Dialect::Sqlite | Dialect::Mysql => up.replace(" CONCURRENTLY", ""),
        };
        let text = project::revision(id, parent, &up, "");
        project.write(&format!("migrations/versions/{id}.sql"), &text);
        parent = id;
    }
    project
}

/// Writes where the database is.
fn settings(project: &Project, database: &TestDatabase) {
    let location = "[migration]\nscript_location = %(here)s/migrations\n";
    project.write("migrate.ini", &format!("{}{location}", database.ini()));
}

fn start(project: &Project) -> Child {
    let mut command = project.binary("migrate");
    command.args(["upgrade", "head"]);
    let command = command.stdout(Stdio::null()).stderr(Stdio::null());
    command.spawn().expect("the binary can be started")
}

/// Everything that two databases can differ in: tables, rows, versions, unfinished steps.
fn picture(database: &TestDatabase) -> String {
    let mut connection = database.open();
    let connection = connection.as_mut();
    let mut text = format!("{:?}\n", rows(connection));
    for table in introspect::tables(connection).expect("tables can be listed") {
        if table.name.as_str() == "alembic_version_log" {
            continue;
        }
        let mut live = introspect::table(connection, &table).expect("a table can be read");
        for table in &mut live.schema.tables {
            // Where it is stored, which differs with the disk.
            table.options.retain(|it| it.keyword != "TABLESPACE");
        }
        let rows = connection.query(&format!("SELECT * FROM \"{}\" ORDER BY 1", table.name), &[]);
        let _ = writeln!(
            text,
            "{:#?}\n{:?}",
            live.schema,
            rows.expect("rows can be read")
        );
    }
    let ledger = Ledger::of(&version_table());
    let columns = ledger_columns(connection, &ledger).expect("the ledger can be read");
    let open = unfinished_steps(connection, &ledger, &columns).expect("the ledger can be read");
    let _ = writeln!(text, "{open:?}");
    text
}

/// Numbers that are as good as random, from a seed.
struct Numbers(u64);

impl Numbers {
    /// At least 0, less than 1.
    fn next(&mut self) -> f64 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1);
        f64::from(u32::try_from(self.0 >> 33).unwrap_or_default()) / f64::from(1u32 << 31)
    }
}

/// What an undisturbed run leaves, and how long it takes; nothing without the engine.
fn undisturbed(dialect: Dialect) -> Option<(String, Duration)> {
    let database = databases::fresh(dialect)?;
    let project = project(&database);
    // Building it takes time too.
    command::binaries();
    let begun = Instant::now();
    let status = start(&project).wait().expect("it ends");
    assert!(status.success(), "{dialect}");
    Some((picture(&database), begun.elapsed()))
}

/// Disturbs runs again and again; `disturb` says whether that run failed.
fn sweep(what: &str, mut disturb: impl FnMut(&mut Numbers) -> bool) {
    let wanted = std::env::var("MIGRATION_TEST_KILLS").ok();
    let wanted: Option<usize> = wanted.and_then(|text| text.parse().ok());
    let begun = Instant::now();
    let mut numbers = Numbers(20_170_707);
    let (mut runs, mut cut) = (0, 0);
    let goes_on = |runs, cut| match wanted {
        Some(wanted) => runs < wanted,
        None => begun.elapsed() < SHARE || (cut == 0 && runs < AT_MOST),
    };
    while goes_on(runs, cut) {
        cut += usize::from(disturb(&mut numbers));
        runs += 1;
    }
    assert!(cut > 0, "{what}: no run of {runs} was disturbed");
    // Not by a macro: those the test harness keeps to itself.
    let _ = writeln!(io::stderr(), "{what}: {cut} of {runs} runs were cut short");
}

/// Demands that a second run ends as an undisturbed one.
#[track_caller]
fn mended(project: &Project, database: &TestDatabase, expected: &str, what: &str) {
    let second = project.shell("migrate upgrade head");
    let said = said(&second);
    assert!(second.status.success(), "{what}: {said}");
    let found = picture(database);
    assert!(
        found == expected,
        "{what}: {said}\n{found}\nnot\n{expected}"
    );
}
