//! Partitions that other hands took away, moved or added: `drift` brings back what revisions made, and
//! drops none.

use migration_core::dialect::Dialect;
use migration_tests::client;
use migration_tests::databases::{self, TestDatabase};
use migration_tests::project::revision;

use super::{Scene, by_hand};

const TABLES: &str = "\
CREATE TABLE {prefix}day (id INTEGER, d DATE NOT NULL, note TEXT, PRIMARY KEY (id, d))
    PARTITION BY RANGE (d);
CREATE TABLE {prefix}day_24 PARTITION OF {prefix}day FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');
CREATE TABLE {prefix}day_25 PARTITION OF {prefix}day FOR VALUES FROM ('2025-01-01') TO ('2026-01-01')
    PARTITION BY LIST (id);
CREATE TABLE {prefix}day_25_one PARTITION OF {prefix}day_25 FOR VALUES IN (1);
CREATE TABLE {prefix}day_other PARTITION OF {prefix}day DEFAULT;
CREATE VIEW {prefix}ones AS SELECT id, d FROM {prefix}day_25_one;
ALTER TABLE {prefix}day_24 ENABLE ROW LEVEL SECURITY;
CREATE POLICY {prefix}day_24_seen ON {prefix}day_24 FOR SELECT USING (note IS NULL);
CREATE INDEX {prefix}day_note ON {prefix}day (note);
CREATE INDEX {prefix}day_24_id ON {prefix}day_24 (id) WHERE note IS NULL;
ALTER TABLE {prefix}day_24 ADD CONSTRAINT {prefix}day_24_short CHECK (length(note) < 10);
";

/// A database that has these tables and a row in each year.
fn filled() -> Option<(TestDatabase, Scene)> {
    let database = databases::fresh(Dialect::Postgres)?;
    let scene = Scene::new(&database, TABLES);
    let text = revision("a1", "", TABLES, "DROP TABLE {prefix}day;");
    scene.project.write("tree/versions/a1.sql", &text);
    scene.types("migrate upgrade", 0);
    let rows = "INSERT INTO app_day VALUES (1, '2024-05-05', 'a'), (1, '2025-05-05', 'b')";
    by_hand(&database, &[rows]);
    scene.types("migrate drift", 0);
    scene.types("migrate check", 0);
    Some((database, scene))
}

/// What was done is drift in these words, and what `drift --sql` writes takes it back and drops nothing.
#[track_caller]
fn is_taken_back(done: &[&str], words: &[&str]) -> Option<(TestDatabase, Scene)> {
    let (database, scene) = filled()?;
    by_hand(&database, done);
    let back = scene.drifts(words);
    assert!(!back.contains("DROP TABLE"), "{back}");
    client::feed(&database, &back)?;
    scene.types("migrate drift", 0);
    scene.types("migrate check", 0);
    Some((database, scene))
}

#[track_caller]
fn has_rows(database: &TestDatabase, table: &str, rows: usize) {
    let found = database
        .open()
        .query(&format!("SELECT id FROM {table}"), &[]);
    assert_eq!(found.expect("it is there").len(), rows);
}

#[test]
fn a_partition_that_was_detached_is_attached_with_its_rows() {
    let Some((database, scene)) = filled() else {
        return;
    };
    by_hand(
        &database,
        &["ALTER TABLE app_day DETACH PARTITION app_day_24"],
    );
    let check = scene.types("migrate check", 0);
    assert!(
        check.contains("`app_day_24` is made as a partition"),
        "{check}"
    );
    // Where revisions alone make it, too.
    let lines = TABLES.split_inclusive(";\n");
    let models: String = lines.filter(|it| !it.contains("day_24")).collect();
    scene.models(&models);
    let check = scene.types("migrate check", 0);
    assert!(
        check.contains("`app_day_24` is made as a partition"),
        "{check}"
    );
    let done = ["ALTER TABLE app_day DETACH PARTITION app_day_24"];
    let words = [
        "ALTER TABLE \"app_day\" ATTACH PARTITION \"app_day_24\" FOR VALUES FROM ('2024-01-01') TO",
        "1 difference\n",
    ];
    if let Some((database, _)) = is_taken_back(&done, &words) {
        has_rows(&database, "app_day", 2);
    }
}

#[test]
fn what_is_parted_itself_and_what_takes_all_others_is_attached() {
    let done = [
        "ALTER TABLE app_day DETACH PARTITION app_day_25",
        "ALTER TABLE app_day_25 DETACH PARTITION app_day_25_one",
        "ALTER TABLE app_day DETACH PARTITION app_day_other",
    ];
    let words = [
        "ATTACH PARTITION \"app_day_25\" FOR VALUES",
        "ALTER TABLE \"app_day_25\" ATTACH PARTITION \"app_day_25_one\" FOR VALUES IN (1)",
        "ATTACH PARTITION \"app_day_other\" DEFAULT",
        "3 differences\n",
    ];
    if let Some((database, _)) = is_taken_back(&done, &words) {
        has_rows(&database, "app_day", 2);
    }
}

#[test]
fn a_partition_that_was_dropped_is_made_again_and_its_rows_are_missed() {
    let words = [
        "partition `app_day_24` is gone, and its rows with it",
        "CREATE TABLE \"app_day_24\" PARTITION OF \"app_day\" FOR VALUES FROM",
        "app_day_24_id",
        "app_day_24_short",
        "ENABLE ROW LEVEL SECURITY",
        "app_day_24_seen",
        "5 differences\n",
    ];
    let Some((database, _)) = is_taken_back(&["DROP TABLE app_day_24"], &words) else {
        return;
    };
    has_rows(&database, "app_day", 1);
    by_hand(
        &database,
        &["INSERT INTO app_day VALUES (7, '2024-05-05', 'a')"],
    );
    has_rows(&database, "app_day_24", 1);
}

#[test]
fn a_table_with_partitions_is_made_again_with_them() {
    let words = [
        "create table `app_day`",
        "`app_day_25_one` is gone, and its rows",
    ];
    is_taken_back(&["DROP TABLE app_day CASCADE"], &words);
}

#[test]
fn bounds_that_were_changed_are_changed_back() {
    let done = [
        "ALTER TABLE app_day DETACH PARTITION app_day_24",
        "ALTER TABLE app_day DETACH PARTITION app_day_25",
        "ALTER TABLE app_day ATTACH PARTITION app_day_25 FOR VALUES FROM ('2025-01-01') TO ('2025-07-01')",
        "ALTER TABLE app_day ATTACH PARTITION app_day_24 FOR VALUES FROM ('2023-01-01') TO ('2025-01-01')",
    ];
    let words = [
        "DETACH PARTITION \"app_day_24\"",
        "ATTACH PARTITION \"app_day_24\" FOR VALUES FROM ('2024-01-01') TO ('2025-01-01')",
        "4 differences\n",
    ];
    if let Some((database, _)) = is_taken_back(&done, &words) {
        has_rows(&database, "app_day", 2);
    }
}

#[test]
fn what_is_a_partitions_alone_is_taken_back() {
    let done = [
        "DROP INDEX app_day_24_id",
        "ALTER TABLE app_day_24 DROP CONSTRAINT app_day_24_short",
        "CREATE INDEX app_by_hand ON app_day_24 (d)",
        "ALTER TABLE app_day_24 DISABLE ROW LEVEL SECURITY",
        "DROP POLICY app_day_24_seen ON app_day_24",
    ];
    let words = [
        "CREATE INDEX app_day_24_id ON app_day_24 USING btree (id) WHERE",
        "ALTER TABLE \"app_day_24\" ADD CONSTRAINT app_day_24_short CHECK",
        "DROP INDEX \"app_by_hand\"",
        "ALTER TABLE \"app_day_24\" ENABLE ROW LEVEL SECURITY",
        "CREATE POLICY app_day_24_seen ON app_day_24 FOR SELECT",
        "5 differences\n",
    ];
    is_taken_back(&done, &words);
}

#[test]
fn partitions_that_others_add_are_left_alone() {
    let Some((database, scene)) = filled() else {
        return;
    };
    let done = [
        "CREATE TABLE app_day_26 PARTITION OF app_day FOR VALUES FROM ('2026-01-01') TO ('2027-01-01')",
        "CREATE INDEX app_day_26_id ON app_day_26 (id)",
    ];
    by_hand(&database, &done);
    let drift = scene.types("migrate drift", 0);
    assert!(
        drift.contains("no revision makes them: `app_day_26`"),
        "{drift}"
    );
    // One that took the place of one of ours is told, too: it is in the way of that.
    let done = [
        "ALTER TABLE app_day DETACH PARTITION app_day_25",
        "CREATE TABLE app_day_here PARTITION OF app_day \
         FOR VALUES FROM ('2025-01-01') TO ('2026-01-01')",
    ];
    by_hand(&database, &done);
    let drift = scene.types("migrate drift", 3);
    assert!(drift.contains("`app_day_26`, `app_day_here`"), "{drift}");
    let back = "DROP TABLE app_day_here; ALTER TABLE app_day ATTACH PARTITION app_day_25 \
                FOR VALUES FROM ('2025-01-01') TO ('2026-01-01')";
    by_hand(&database, &[back]);
    // What goes wrong beside it is still found, and left alone where somebody says so.
    by_hand(
        &database,
        &["ALTER TABLE app_day DETACH PARTITION app_day_24"],
    );
    scene.types("migrate drift", 3);
    scene.types("migrate drift --exclude-table app_day_24", 0);
}

#[test]
fn a_partition_that_a_revision_took_away_is_taken_away_again() {
    let Some((database, scene)) = filled() else {
        return;
    };
    let detach = "ALTER TABLE {prefix}day DETACH PARTITION {prefix}day_24;";
    let text = revision("a2", "a1", detach, "");
    scene.project.write("tree/versions/a2.sql", &text);
    scene.types("migrate upgrade", 0);
    scene.types("migrate drift", 0);
    let attach = "ALTER TABLE app_day ATTACH PARTITION app_day_24 \
                  FOR VALUES FROM ('2024-01-01') TO ('2025-01-01')";
    by_hand(&database, &[attach]);
    let back = scene.way_back();
    assert_eq!(back.matches("DETACH PARTITION").count(), 1, "{back}");
    assert!(!back.contains("DROP") && !back.contains("CREATE"), "{back}");
    if client::feed(&database, &back).is_some() {
        scene.types("migrate drift", 0);
        has_rows(&database, "app_day_24", 1);
    }
}

#[test]
fn a_partition_that_got_another_name_gets_its_own_again() {
    let done = ["ALTER TABLE app_day_24 RENAME TO app_last_year"];
    let words = [
        "ALTER TABLE \"app_last_year\" RENAME TO \"app_day_24\"",
        "1 difference\n",
    ];
    if let Some((database, _)) = is_taken_back(&done, &words) {
        has_rows(&database, "app_day_24", 1);
    }
}

#[test]
fn what_is_being_detached_is_detached_and_attached() {
    // As a `DETACH PARTITION ... CONCURRENTLY` leaves it that was ended.
    let done = ["UPDATE pg_inherits SET inhdetachpending = true \
         WHERE inhrelid = 'app_day_24'::regclass"];
    let words = [
        "DETACH PARTITION \"app_day_24\" FINALIZE",
        "ATTACH PARTITION \"app_day_24\" FOR VALUES",
        "2 differences\n",
    ];
    if let Some((database, _)) = is_taken_back(&done, &words) {
        has_rows(&database, "app_day", 2);
    }
}

#[test]
fn an_index_of_a_partition_alone_is_built_again() {
    let spoiled = "UPDATE pg_index SET indisvalid = false \
                   WHERE indexrelid = 'app_day_24_id'::regclass";
    let words = ["REINDEX INDEX \"app_day_24_id\"", "1 difference\n"];
    is_taken_back(&[spoiled], &words);
}

/// Tables of which the one is parted, and so is its part.
const PARTED: &str = "\
CREATE TABLE {prefix}log (id INTEGER, d DATE NOT NULL, PRIMARY KEY (id, d)) PARTITION BY RANGE (d);
CREATE TABLE {prefix}log_24 PARTITION OF {prefix}log FOR VALUES FROM ('2024-01-01') TO ('2025-01-01')
    PARTITION BY LIST (id);
CREATE TABLE {prefix}log_24_one PARTITION OF {prefix}log_24 FOR VALUES IN (1);
CREATE INDEX {prefix}log_24_d ON {prefix}log_24_one (d) WHERE id = 1;
CREATE TABLE {prefix}plain (id INTEGER, d DATE NOT NULL, PRIMARY KEY (id, d));
";

/// How other hands part them, and what is said of it.
const OTHERWISE: [(&[&str], &str); 4] = [
    (
        &[
            "DROP TABLE app_log",
            "CREATE TABLE app_log (id INTEGER, d DATE NOT NULL, PRIMARY KEY (id, d)) PARTITION BY LIST (id)",
            "CREATE TABLE app_log_one PARTITION OF app_log FOR VALUES IN (1)",
            "CREATE TABLE app_log_24 PARTITION OF app_log FOR VALUES IN (2)",
        ],
        "`app_log` is partitioned by LIST (id) and should be by RANGE (d)",
    ),
    (
        &[
            "DROP TABLE app_log",
            "CREATE TABLE app_log (id INTEGER, d DATE NOT NULL, PRIMARY KEY (id, d))",
            "CREATE TABLE app_log_24 (id INTEGER, d DATE NOT NULL, PRIMARY KEY (id, d))",
        ],
        "`app_log` is not partitioned and should be, by RANGE (d)",
    ),
    (
        &[
            "DROP TABLE app_log_24",
            "CREATE TABLE app_log_24 PARTITION OF app_log \
             FOR VALUES FROM ('2024-01-01') TO ('2025-01-01') PARTITION BY HASH (id)",
        ],
        "`app_log_24` is partitioned by HASH (id) and should be by LIST (id)",
    ),
    (
        &[
            "DROP TABLE app_plain",
            "CREATE TABLE app_plain (id INTEGER, d DATE NOT NULL, PRIMARY KEY (id, d)) \
             PARTITION BY RANGE (d)",
        ],
        "`app_plain` is partitioned by RANGE (d) and should not be partitioned",
    ),
];

/// The engine has no statement for it, so that it is named, and nothing is written that would stop.
#[test]
fn what_is_parted_otherwise_is_named_and_not_written() {
    for (done, words) in OTHERWISE {
        let Some(database) = databases::fresh(Dialect::Postgres) else {
            return;
        };
        let scene = Scene::new(&database, PARTED);
        let text = revision("a1", "", PARTED, "DROP TABLE {prefix}log;");
        scene.project.write("tree/versions/a1.sql", &text);
        scene.types("migrate upgrade", 0);
        scene.is_settled();
        by_hand(&database, done);

        let said = format!("{words}, which no statement changes: create a table that is so");
        let drift = scene.types("migrate drift", 3);
        assert!(drift.contains(&format!("warning: {said}")), "{drift}");
        assert!(drift.contains("made of it: 1 difference\n"), "{drift}");
        assert!(
            drift.contains("for no statement changes what differs"),
            "{drift}"
        );
        let back = scene.way_back();
        assert!(back.starts_with(&format!("-- {said}")), "{back}");
        assert_eq!(back.lines().count(), 1, "{back}");

        // Partitions are the business of revisions.
        if words.contains("log_24") {
            scene.types("migrate check", 0);
            continue;
        }
        let check = scene.types("migrate check", 3);
        assert!(
            check.contains("in what no statement changes: `app_"),
            "{check}"
        );
        let drafted = scene.types("migrate revision --autogenerate -m none", 0);
        assert!(drafted.contains(&said), "{drafted}");
        assert!(drafted.contains("Nothing was drafted"), "{drafted}");
        // What else differs is drafted.
        scene.models(&format!(
            "{PARTED}ALTER TABLE {{prefix}}log ADD COLUMN more TEXT;\n"
        ));
        let text = scene.types("migrate revision --autogenerate -m more --rev-id a2", 0);
        assert!(text.contains(&said), "{text}");
        let text = scene.types("cat tree/versions/a2_more.sql", 0);
        assert!(text.contains("ADD COLUMN more"), "{text}");
        assert_eq!(text.matches("ALTER TABLE").count(), 2, "{text}");
        scene.types("migrate upgrade", 0);
    }
}

#[test]
fn a_downgrade_that_parts_otherwise_does_not_lead_back() {
    let Some(database) = databases::fresh(Dialect::Postgres) else {
        return;
    };
    let scene = Scene::new(&database, "");
    let log = |parting: &str| {
        format!("CREATE TABLE {{prefix}}log (id INTEGER, d DATE) PARTITION BY {parting};")
    };
    let drop = "DROP TABLE {prefix}log;";
    let text = revision("a1", "", &log("LIST (id)"), drop);
    scene.project.write("tree/versions/a1.sql", &text);
    let [up, down] = ["RANGE (d)", "HASH (id)"].map(|it| format!("{drop}\n{}", log(it)));
    let text = revision("a2", "a1", &up, &down);
    scene.project.write("tree/versions/a2.sql", &text);
    let said = scene.types("migrate verify --no-rows", 3);
    let finding =
        "after the downgrade, `app_log` is partitioned by HASH (id) and should be by LIST (id)";
    assert!(said.contains(finding), "{said}");
}
