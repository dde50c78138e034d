//! What a checklist says, and how often.

use super::operations;
use crate::dialect::Dialect;
use crate::diff::Change;
use crate::draft::{Surroundings, Topic, review};
use crate::schema::{ObjectName, Schema};

/// Remarks where every table has three rows.
fn remarks(up: &str) -> Vec<String> {
    let changes: Vec<Change> = operations(up)
        .into_iter()
        .map(|it| Change {
            down: vec![it.clone()],
            up: vec![it],
        })
        .collect();
    let nothing = Schema::default();
    let around = Surroundings {
        dialect: Dialect::Postgres,
        live: &nothing,
        server: "PostgreSQL",
        rows: &|_| Some(3),
    };
    let found = review(&changes, &around).into_iter();
    found.map(|it| it.text).collect()
}

#[test]
fn a_type_that_is_only_set_aside_is_not_asked_for() {
    let remade = remarks(
        "ALTER TYPE mood RENAME TO mood_old; CREATE TYPE mood AS ENUM ('a'); DROP TYPE mood_old",
    );
    assert!(remade.is_empty(), "{remade:?}");
    let dropped = remarks("DROP TYPE mood");
    assert!(dropped[0].contains("use the type `mood`"), "{dropped:?}");
}

#[test]
fn a_remark_is_said_once_whatever_stands_between() {
    let said = remarks(
        "ALTER TABLE t ALTER COLUMN a SET NOT NULL; ALTER TABLE t ADD UNIQUE (a); \
         CREATE INDEX i ON t (a); ALTER TABLE t ALTER COLUMN b SET NOT NULL",
    );
    let waits = said.iter().filter(|it| it.contains("is read through"));
    assert_eq!(waits.count(), 1, "{said:?}");
}

#[test]
fn the_rows_of_a_table_are_not_said_to_lack_a_value() {
    let said = remarks("ALTER TABLE t ALTER COLUMN a SET NOT NULL");
    assert_eq!(
        said[0],
        "`t.a` must not be NULL: among 3 rows, any without it stops this; fill it by an UPDATE above"
    );
}

#[test]
fn digits_that_go_without_an_error_are_said() {
    let change = |from: &str, to: &str| {
        let set = |to: &str| operations(&format!("ALTER TABLE t ALTER COLUMN a TYPE {to}"));
        Change {
            up: set(to),
            down: set(from),
        }
    };
    let nothing = Schema::default();
    let around = |rows: &'static dyn Fn(&ObjectName) -> Option<u64>| Surroundings {
        dialect: Dialect::Postgres,
        live: &nothing,
        server: "PostgreSQL",
        rows,
    };
    let narrower = [change("NUMERIC(10, 4)", "NUMERIC(10, 2)")];
    let said = review(&narrower, &around(&|_| Some(3)));
    assert_eq!(
        (said[0].topic, said[0].text.as_str()),
        (
            Topic::Data,
            "each value of `t.a` is rounded to 2 digits behind the point (3 rows): servers do \
             that without a word, and SQLite keeps the value"
        )
    );
    assert_eq!(review(&narrower, &around(&|_| Some(0))), []);
    let wider = [change("NUMERIC(10, 2)", "NUMERIC(12, 4)")];
    let said = review(&wider, &around(&|_| Some(3)));
    assert!(said.iter().all(|it| it.topic != Topic::Data), "{said:?}");
}

#[test]
fn values_that_are_computed_are_not_lost_unless_a_usual_column_takes_their_place() {
    let change = |up: &str, down: &str| Change {
        up: operations(up),
        down: operations(down),
    };
    let nothing = Schema::default();
    let said = |changes: &[Change]| {
        let around = Surroundings {
            dialect: Dialect::Postgres,
            live: &nothing,
            server: "PostgreSQL",
            rows: &|_| Some(3),
        };
        let found = review(changes, &around).into_iter();
        let lost = found.filter(|it| matches!(it.topic, Topic::Data | Topic::Back));
        lost.count()
    };
    let drop = "ALTER TABLE t DROP COLUMN c";
    let computed = |factor| {
        format!("ALTER TABLE t ADD COLUMN c INTEGER GENERATED ALWAYS AS (a * {factor}) STORED")
    };
    let usual = "ALTER TABLE t ADD COLUMN c INTEGER";
    let other = [change(drop, &computed(2)), change(&computed(3), drop)];
    assert_eq!(said(&other), 0);
    assert_eq!(said(&[change(drop, &computed(2))]), 0);
    let becomes_usual = [change(drop, &computed(2)), change(usual, drop)];
    assert_eq!(said(&becomes_usual), 2);
    let becomes_computed = [change(drop, usual), change(&computed(3), drop)];
    assert_eq!(said(&becomes_computed), 2);
}
