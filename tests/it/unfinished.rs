//! Advice about what is unfinished, followed to the letter: `stamp` forgets it, and files that went
//! away hide nothing. Through the real binary.

use crate::resume::Scene;
use migration_core::dialect::Dialect;
use migration_tests::command::holds;
use migration_tests::project;

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
            holds(
                &scene.type_in(dry, 0),
                &[
                    "-- stamp_revision aaaa1 -> aaaa1\n",
                    &format!("-- forgets {forgotten}\n"),
                ],
            );
        }
        assert_eq!(scene.ledger(), before);
        holds(
            &scene.type_in("migrate stamp aaaa1", 0),
            &[
                &format!("Forgotten: {forgotten}.\n"),
                "the database is at aaaa1.",
            ],
        );
        assert_eq!(scene.ledger().last().unwrap(), "stamp aaaa1 done 0/0");
        holds(
            &scene.type_in("migrate stamp aaaa1", 0),
            &["Nothing to do: the database is at aaaa1."],
        );
        scene.revision("bbbb2", "aaaa1", &up(dialect, "one"), "");
        let text = scene.type_in("migrate upgrade head", 0);
        holds(&text, &["Running upgrade aaaa1 -> bbbb2"]);
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
        holds(&scene.type_in(command, 0), &["\"forgotten\": [", forgotten]);
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
        holds(
            &scene.type_in("migrate stamp base", 0),
            &[
                "Forgotten: the unfinished upgrade of aaaa1",
                "the database is at base.",
            ],
        );
        scene.revision("aaaa1", "", "CREATE TABLE audit (id INTEGER);", "");
        holds(
            &scene.type_in("migrate upgrade head", 0),
            &["Running upgrade  -> aaaa1"],
        );
    }
}

#[test]
fn the_advice_of_a_refused_downgrade_leaves_the_revision_below_alone() {
    for dialect in ALL {
        let Some(scene) = stopped(dialect) else {
            continue;
        };
        holds(
            &scene.type_in("migrate downgrade", 1),
            &[
                "error: the upgrade of `bbbb2` is unfinished\n",
                "hint: 1 of its 3 statements is known to be in effect. Run its upgrade again to \
                 finish it; or undo by hand what is in effect of it, then `stamp aaaa1` forgets it\n",
            ],
        );
        scene.run("DROP TABLE audit");
        scene.type_in("migrate stamp aaaa1", 0);
        assert!(scene.has("one"), "{dialect}");
        let current = scene.type_in("migrate current", 0);
        assert!(
            current.starts_with("aaaa1\n") && !current.contains("unfinished"),
            "{current}"
        );
        scene.type_in("migrate downgrade", 0);
        assert!(!scene.has("one"), "{dialect}");
    }
}

#[test]
fn the_advice_about_an_unfinished_downgrade_leads_back() {
    for dialect in ALL {
        let Some(scene) = Scene::on(dialect) else {
            continue;
        };
        let down =
            up(dialect, "nowhere").replace("CREATE TABLE audit (id INTEGER)", "DROP TABLE audit");
        scene.revision("bbbb2", "aaaa1", "CREATE TABLE audit (id INTEGER);", &down);
        scene.revision(
            "cccc3",
            "bbbb2",
            "CREATE TABLE p3 (id INTEGER);",
            "DROP TABLE p3;",
        );
        scene.type_in("migrate upgrade bbbb2", 0);
        scene.type_in("migrate downgrade", 1);
        assert!(!scene.has("audit"), "{dialect}");
        holds(
            &scene.type_in("migrate upgrade head", 1),
            &["undo by hand what is in effect of it, then `stamp bbbb2` forgets it"],
        );
        scene.run("CREATE TABLE audit (id INTEGER)");
        holds(
            &scene.type_in("migrate stamp bbbb2", 0),
            &["Forgotten: the unfinished downgrade of bbbb2 (1 of its 3 statements known"],
        );
        scene.type_in("migrate upgrade head", 0);
        assert!(scene.has("audit") && scene.has("p3"), "{dialect}");
    }
}

const WAY: &str = "or undo by hand what is in effect of it, then `stamp aaaa1` forgets it";

#[test]
fn what_is_unfinished_is_told_by_every_command_though_its_file_is_gone() {
    for dialect in ALL {
        let Some(scene) = stopped(dialect) else {
            continue;
        };
        let file = "migrations/versions/bbbb2.sql";
        let text = project::revision("bbbb2", "aaaa1", &up(dialect, "one"), "");
        scene.type_in(&format!("rm {file}"), 0);
        is_refused(&scene);
        is_listed(&scene);
        scene.revision("cccc3", "aaaa1", "CREATE TABLE p3 (id INTEGER);", "");
        is_refused(&scene);
        scene.type_in("rm migrations/versions/cccc3.sql", 0);
        scene.project.write(file, &text);
        holds(
            &scene.type_in("migrate upgrade head", 0),
            &["Resuming upgrade aaaa1 -> bbbb2 at statement 2 of 3\n"],
        );
        scene.type_in("migrate status --check", 0);
    }
}

/// By commands that run something, and by checks, once.
#[track_caller]
fn is_refused(scene: &Scene) {
    let error = "error: the upgrade of `bbbb2` is unfinished: the database is between two \
                 revisions\n";
    let hint = "hint: 1 of its 3 statements is known to be in effect, and its file is gone: put \
                it back and run its upgrade again, which goes on where it stopped; ";
    let refused = [
        ("migrate upgrade head", 1),
        ("migrate downgrade", 1),
        ("migrate current --check-heads", 3),
        ("migrate drift", 1),
    ];
    for (command, code) in refused {
        let text = scene.type_in(command, code);
        holds(&text, &[error, hint, WAY]);
        assert_eq!(text.matches("is unfinished").count(), 1, "{text}");
    }
}

/// By commands that only look.
#[track_caller]
fn is_listed(scene: &Scene) {
    holds(
        &scene.type_in("migrate current", 0),
        &[
            "warning: the upgrade of bbbb2 is unfinished: ",
            "its file is gone: put it back, and `upgrade` goes on at statement 2 of 3; ",
            WAY,
        ],
    );
    let advice = "warning: the upgrade of bbbb2 stopped on the way, and its file is gone; put \
                  the file back and run the same command again: it goes on where it stopped; ";
    let list = [
        "\nunfinished  bbbb2 ",
        advice,
        WAY,
        "1 applied, 1 unfinished",
    ];
    holds(&scene.type_in("migrate status", 0), &list);
    holds(&scene.type_in("migrate status --check", 3), &list);
    holds(
        &scene.type_in("migrate status bbbb2", 0),
        &[
            "bbbb2 is unfinished\n    upgrade begun 2",
            "\n    1 of 3 statements is known to be in effect\n",
            advice,
        ],
    );
    holds(
        &scene.type_in("migrate status bbbb2 --json", 0),
        &["\"state\": \"unfinished\"", "\"statements_done\": 1"],
    );
}

#[test]
fn undone_and_stamped_a_revision_without_a_file_is_no_more() {
    for dialect in ALL {
        let Some(scene) = stopped(dialect) else {
            continue;
        };
        scene.type_in("rm migrations/versions/bbbb2.sql", 0);
        scene.run("DROP TABLE audit");
        scene.type_in("migrate stamp aaaa1", 0);
        let status = scene.type_in("migrate status --check", 0);
        assert!(!status.contains("bbbb2"), "{dialect}: {status}");
        scene.revision("cccc3", "aaaa1", "CREATE TABLE audit (id INTEGER);", "");
        scene.type_in("migrate upgrade head", 0);
        assert!(scene.has("audit"), "{dialect}");
    }
}

#[test]
fn at_base_an_unfinished_revision_without_a_file_is_told_too() {
    let Some(scene) = Scene::on(Dialect::Sqlite) else {
        return;
    };
    scene.revision("aaaa1", "", &up(Dialect::Sqlite, "nowhere"), "");
    scene.type_in("migrate upgrade head", 1);
    scene.type_in("rm migrations/versions/aaaa1.sql", 0);
    scene.revision("bbbb2", "", "CREATE TABLE p2 (id INTEGER);", "");
    holds(
        &scene.type_in("migrate upgrade head", 1),
        &[
            "its file is gone: put it back",
            "then `stamp base` forgets it",
        ],
    );
}
