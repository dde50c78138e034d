//! Advice about what is unfinished, followed to the letter: `stamp` forgets it, and files that went
//! away hide nothing. Through the real binary.

use crate::resume::{Scene, contains};
use migration_core::dialect::Dialect;

/// The upgrade of `bbbb2` stops behind the table `audit`, which is in effect.
fn stopped(dialect: Dialect) -> Option<Scene> {
    let scene = Scene::on(dialect)?;
    scene.revision("bbbb2", "aaaa1", &up(dialect, "nowhere"), "");
    scene.type_in("migrate upgrade aaaa1", 0);
    scene.type_in("migrate upgrade head", 1);
    assert!(scene.has("audit") && !scene.has("p2"), "{dialect}");
    Some(scene)
}

/// What stops where there is no such table.
fn up(dialect: Dialect, table: &str) -> String {
    let alter = match dialect {
        Dialect::Mysql => format!("ALTER TABLE {table} ADD COLUMN b INTEGER;"),
        Dialect::Postgres => format!("CREATE INDEX CONCURRENTLY i ON {table} (id);"),
        Dialect::Sqlite => format!("-- migrate: autocommit\nINSERT INTO {table} VALUES (1);"),
    };
    format!("CREATE TABLE audit (id INTEGER);\n{alter}\nCREATE TABLE p2 (id INTEGER);")
}

const ALL: [Dialect; 3] = [Dialect::Mysql, Dialect::Postgres, Dialect::Sqlite];

#[test]
fn a_stamp_with_the_revision_that_the_database_is_at_forgets_what_is_unfinished() {
    for dialect in ALL {
        let Some(scene) = stopped(dialect) else {
            continue;
        };
        scene.run("DROP TABLE audit");
        let forgotten =
            "the unfinished upgrade of bbbb2 (1 of its 3 statements known to be in effect)";
        let before = scene.ledger();
        for dry in ["migrate stamp aaaa1 --dry-run", "migrate plan stamp aaaa1"] {
            contains(
                &scene.type_in(dry, 0),
                &[
                    "-- stamp_revision aaaa1 -> aaaa1\n",
                    &format!("-- forgets {forgotten}\n"),
                ],
            );
        }
        assert_eq!(scene.ledger(), before);
        contains(
            &scene.type_in("migrate stamp aaaa1", 0),
            &[
                &format!("Forgotten: {forgotten}.\n"),
                "the database is at aaaa1.",
            ],
        );
        assert_eq!(scene.ledger().last().unwrap(), "stamp aaaa1 done 0/0");
        contains(
            &scene.type_in("migrate stamp aaaa1", 0),
            &["Nothing to do: the database is at aaaa1."],
        );
        scene.revision("bbbb2", "aaaa1", &up(dialect, "one"), "");
        let text = scene.type_in("migrate upgrade head", 0);
        contains(&text, &["Running upgrade aaaa1 -> bbbb2"]);
        assert!(scene.has("audit") && scene.has("p2"), "{dialect}");
    }
}

#[test]
fn what_a_stamp_forgets_is_data_too() {
    let Some(scene) = stopped(Dialect::Sqlite) else {
        return;
    };
    let forgotten = "\"revision\": \"bbbb2\",\n      \"direction\": \"upgrade\",\n      \
                     \"statements_done\": 1,\n      \"statements\": 3";
    for command in [
        "migrate stamp aaaa1 --dry-run --json",
        "migrate stamp aaaa1 --json",
    ] {
        contains(&scene.type_in(command, 0), &["\"forgotten\": [", forgotten]);
    }
    let text = scene.type_in("migrate stamp aaaa1 --json", 0);
    assert!(!text.contains("forgotten"), "{text}");
}

#[test]
fn at_base_a_stamp_forgets_too() {
    for dialect in ALL {
        let Some(scene) = Scene::on(dialect) else {
            continue;
        };
        scene.revision("aaaa1", "", &up(dialect, "nowhere"), "");
        scene.type_in("migrate upgrade head", 1);
        scene.run("DROP TABLE audit");
        contains(
            &scene.type_in("migrate stamp base", 0),
            &[
                "Forgotten: the unfinished upgrade of aaaa1",
                "the database is at base.",
            ],
        );
        scene.revision("aaaa1", "", "CREATE TABLE audit (id INTEGER);", "");
        contains(
            &scene.type_in("migrate upgrade head", 0),
            &["Running upgrade  -> aaaa1"],
        );
    }
}
