//! Indexes that are of no use, domains and extended statistics that other hands changed: `drift` names
//! them and takes them back.

use migration_core::dialect::Dialect;
use migration_tests::client;
use migration_tests::databases::{self, TestDatabase};
use migration_tests::project::revision;

use super::{Scene, by_hand};

const TABLES: &str = "\
CREATE DOMAIN {prefix}size AS INTEGER DEFAULT 4 CHECK (value > 0);
CREATE DOMAIN {prefix}code AS VARCHAR(20) COLLATE \"C\" NOT NULL;
CREATE TABLE {prefix}box (id BIGINT PRIMARY KEY, a {prefix}size, b INTEGER, c {prefix}code);
CREATE STATISTICS {prefix}both (ndistinct) ON a, b FROM {prefix}box;
CREATE STATISTICS {prefix}sums ON (a + b), lower(c), id FROM {prefix}box;
CREATE INDEX {prefix}box_b ON {prefix}box (b);
CREATE UNIQUE INDEX {prefix}box_nulls ON {prefix}box (b, c) NULLS NOT DISTINCT;
";

fn applied() -> Option<(TestDatabase, Scene)> {
    let database = databases::fresh(Dialect::Postgres)?;
    let scene = Scene::new(&database, TABLES);
    let text = revision("a1", "", TABLES, "DROP TABLE {prefix}box;");
    scene.project.write("tree/versions/a1.sql", &text);
    scene.types("migrate upgrade", 0);
    by_hand(&database, &["INSERT INTO app_box VALUES (1, 2, 3, 'x')"]);
    scene.types("migrate drift", 0);
    Some((database, scene))
}

/// What was done is drift in these words, and what `drift --sql` writes takes it back.
#[track_caller]
fn is_taken_back((database, scene): (&TestDatabase, &Scene), done: &str, words: &[&str]) {
    by_hand(database, &[done]);
    let back = scene.drifts(words);
    if client::feed(database, &back).is_some() {
        scene.types("migrate drift", 0);
    }
}

/// As a `CREATE INDEX CONCURRENTLY` leaves it that was ended.
fn spoiled(index: &str) -> String {
    format!("UPDATE pg_index SET indisvalid = false WHERE indexrelid = '{index}'::regclass")
}

#[test]
fn an_index_of_no_use_is_built_again() {
    let Some((database, scene)) = applied() else {
        return;
    };
    for index in ["app_box_b", "app_box_nulls"] {
        let named = format!("index `{index}` is invalid");
        let mended = format!("REINDEX INDEX \"{index}\"");
        let words = [named.as_str(), mended.as_str(), "1 difference\n"];
        is_taken_back((&database, &scene), &spoiled(index), &words);
    }
    // A draft neither makes it a second time nor drops what is no model's.
    let left = "CREATE INDEX app_left ON app_box (a)";
    for done in [spoiled("app_box_b").as_str(), left, &spoiled("app_left")] {
        by_hand(&database, &[done]);
    }
    let check = scene.types("migrate check", 0);
    assert!(check.contains("index `app_box_b` is invalid"), "{check}");
    assert!(check.contains("index `app_left` is invalid"), "{check}");
    let words = [
        "REINDEX INDEX \"app_box_b\"",
        "drop index `app_left`",
        "2 differences\n",
    ];
    is_taken_back((&database, &scene), "SELECT 1", &words);
}

#[test]
fn an_index_of_no_use_that_says_something_else_is_made_anew() {
    let Some((database, scene)) = applied() else {
        return;
    };
    by_hand(
        &database,
        &["DROP INDEX app_box_b; CREATE INDEX app_box_b ON app_box (a)"],
    );
    let words = [
        "drop index `app_box_b`",
        "create index `app_box_b`",
        "2 differences\n",
    ];
    is_taken_back((&database, &scene), &spoiled("app_box_b"), &words);
}

#[test]
fn domains_that_were_changed_are_changed_back() {
    let Some((database, scene)) = applied() else {
        return;
    };
    for (done, words) in [
        (
            "ALTER DOMAIN app_size DROP CONSTRAINT app_size_check",
            "ALTER DOMAIN \"app_size\" ADD CONSTRAINT \"app_size_check\" CHECK",
        ),
        (
            "ALTER DOMAIN app_size SET DEFAULT 5",
            "ALTER DOMAIN \"app_size\" SET DEFAULT 4",
        ),
        (
            "ALTER DOMAIN app_size DROP DEFAULT",
            "ALTER DOMAIN \"app_size\" SET DEFAULT 4",
        ),
        (
            "ALTER DOMAIN app_code SET DEFAULT 'a'",
            "ALTER DOMAIN \"app_code\" DROP DEFAULT",
        ),
        (
            "ALTER DOMAIN app_size SET NOT NULL",
            "ALTER DOMAIN \"app_size\" DROP NOT NULL",
        ),
        (
            "ALTER DOMAIN app_code DROP NOT NULL",
            "ALTER DOMAIN \"app_code\" SET NOT NULL",
        ),
        (
            "ALTER DOMAIN app_code ADD CONSTRAINT by_hand CHECK (value <> '')",
            "ALTER DOMAIN \"app_code\" DROP CONSTRAINT \"by_hand\"",
        ),
    ] {
        is_taken_back((&database, &scene), done, &[words, "1 difference\n"]);
    }
    let done = "ALTER DOMAIN app_size DROP CONSTRAINT app_size_check; \
                ALTER DOMAIN app_size ADD CONSTRAINT app_size_check CHECK (value > -1)";
    is_taken_back((&database, &scene), done, &["2 differences\n"]);
    // One that no revision makes is nobody's.
    by_hand(
        &database,
        &["CREATE DOMAIN app_strange AS TEXT DEFAULT 'x'"],
    );
    scene.types("migrate drift", 0);
}

#[test]
fn a_domain_that_is_gone_is_made_before_its_columns() {
    let Some((database, scene)) = applied() else {
        return;
    };
    let words = [
        "CREATE DOMAIN \"app_size\" AS integer",
        "add column `app_box.a`",
    ];
    is_taken_back((&database, &scene), "DROP DOMAIN app_size CASCADE", &words);
    // The engine itself refuses to change the type of one that a column has.
    let done = "ALTER TABLE app_box DROP COLUMN c; DROP DOMAIN app_code; \
                CREATE DOMAIN app_code AS TEXT COLLATE \"C\" NOT NULL DEFAULT 'x'";
    let words = [
        "DROP DOMAIN \"app_code\"",
        "CREATE DOMAIN \"app_code\" AS character varying(20)",
    ];
    by_hand(&database, &[done]);
    let drift = scene.types("migrate drift", 3);
    for words in words {
        assert!(drift.contains(words), "{drift}");
    }
}

#[test]
fn statistics_on_several_columns_are_taken_back() {
    let Some((database, scene)) = applied() else {
        return;
    };
    for (done, words) in [
        (
            "DROP STATISTICS app_both",
            "CREATE STATISTICS \"app_both\" (ndistinct) ON a, b FROM app_box",
        ),
        (
            "DROP STATISTICS app_both; CREATE STATISTICS app_both ON b, id FROM app_box",
            "DROP STATISTICS \"app_both\"",
        ),
        (
            "DROP STATISTICS app_sums",
            "ON id, (((a)::integer + b)), (lower((c)::text)) FROM app_box",
        ),
        (
            "CREATE STATISTICS by_hand ON b, c FROM app_box",
            "DROP STATISTICS \"by_hand\"",
        ),
        (
            "ALTER TABLE app_box DROP COLUMN b CASCADE",
            "CREATE STATISTICS \"app_both\"",
        ),
    ] {
        is_taken_back((&database, &scene), done, &[words]);
    }
}
