//! `verify`, on every engine: what holds, what does not, and that the live database is not touched.

use migration_core::database::Connection;
use migration_core::dialect::Dialect;
use migration_tests::command::{self, said};
use migration_tests::databases::{self, TestDatabase};
use migration_tests::project::Project;
use migration_tests::redact::redact;

struct Scene<'d> {
    database: &'d TestDatabase,
    project: Project,
}

impl<'d> Scene<'d> {
    fn new(database: &'d TestDatabase) -> Self {
        let project = Project::new();
        let location = "[migration]\nscript_location = %(here)s/m\n";
        project.write("migrate.ini", &format!("{}\n{location}", database.ini()));
        let scene = Self { database, project };
        let make = "CREATE TABLE t (id INTEGER NOT NULL PRIMARY KEY, a VARCHAR(20))";
        scene.write("a1", "", make, Some("DROP TABLE t"));
        scene
    }

    fn write(&self, id: &str, revises: &str, up: &str, down: Option<&str>) {
        let down = down.map(|down| format!("-- migrate: downgrade\n\n{down};\n"));
        let text = format!(
            "-- revision {id}\n--\n-- Revision ID: {id}\n-- Revises: {revises}\n\n\
             -- migrate: upgrade\n\n{up};\n\n{}",
            down.unwrap_or_default()
        );
        self.project.write(&format!("m/versions/{id}.sql"), &text);
    }

    /// Verifies; the command must end with `code` and say all of `expected`.
    #[track_caller]
    fn verifies(&self, code: i32, flags: &str, expected: &[&str]) {
        self.verifies_beside(code, flags, expected);
        let mut connection = self.database.open();
        let left = migration_core::introspect::tables(connection.as_mut());
        let dialect = self.database.dialect();
        assert_eq!(left.expect("readable"), [], "{dialect}: the live database");
    }

    /// The same where the live database has tables.
    #[track_caller]
    fn verifies_beside(&self, code: i32, flags: &str, expected: &[&str]) {
        let output = self.project.shell(&format!("migrate verify {flags}"));
        let text = redact(&said(&output), self.project.path());
        let dialect = self.database.dialect();
        assert_eq!(output.status.code(), Some(code), "{dialect}\n{text}");
        for part in expected {
            assert!(text.contains(part), "{dialect}\n{text}\nlacks {part}");
        }
    }

    /// Runs statements on the live database.
    #[track_caller]
    fn lives(&self, statements: &[&str]) -> Box<dyn Connection> {
        let mut connection = self.database.open();
        let done = connection.run(statements);
        assert!(done.is_ok(), "{done:?}");
        connection
    }
}

#[test]
fn revisions_that_lead_up_and_down_are_proved() {
    databases::each(|database| {
        let scene = Scene::new(database);
        scene.write(
            "b2",
            "a1",
            "ALTER TABLE t ADD COLUMN b INTEGER",
            Some("ALTER TABLE t DROP COLUMN b"),
        );
        let line = "2 revisions up, down and up again.";
        scene.verifies(0, "", &["ok      a1, revision a1", "ok      b2", line]);
    });
}

#[test]
fn a_downgrade_that_leaves_something_is_found_and_shown_as_sql() {
    databases::each(|database| {
        let scene = Scene::new(database);
        scene.write(
            "b2",
            "a1",
            "ALTER TABLE t ADD COLUMN b INTEGER;\nCREATE TABLE u (id INTEGER NOT NULL PRIMARY KEY)",
            Some("DROP TABLE u"),
        );
        let expected = [
            "ok      a1",
            "not ok  b2, revision b2",
            "the downgrade does not lead back: this is left to be done after it",
            "ALTER TABLE t DROP COLUMN b;",
            "the second upgrade fails",
        ];
        scene.verifies(3, "", &expected);
    });
}

#[test]
fn rows_that_do_not_come_back_are_counted_unless_the_text_accepts_it() {
    databases::each(|database| {
        let scene = Scene::new(database);
        let empty = "UPDATE t SET a = 'x'";
        scene.write("b2", "a1", empty, Some("UPDATE t SET a = 'y'"));
        let found = "of 3 rows of `t`, 0 came through upgrade and downgrade as they were";
        scene.verifies(3, "", &["not ok  b2", found, "allow rows reason"]);
        scene.verifies(0, "--no-rows", &["ok      b2"]);

        let accepted = format!("-- migrate: allow rows they are made again\n{empty}");
        scene.write("b2", "a1", &accepted, Some("UPDATE t SET a = 'y'"));
        let note = "note: not all rows of `t` come back as they were: they are made again";
        scene.verifies(0, "", &["ok      b2", note]);
    });
}

#[test]
fn rows_that_verify_made_up_are_called_so_and_nobody_is_told_to_go_on_in_a_scratch_place() {
    databases::each(|database| {
        let scene = Scene::new(database);
        scene.write(
            "b2",
            "a1",
            "ALTER TABLE t ADD COLUMN b INTEGER;\nALTER TABLE t ALTER COLUMN a SET NOT NULL",
            Some("ALTER TABLE t ALTER COLUMN a DROP NOT NULL;\nALTER TABLE t DROP COLUMN b"),
        );
        let seed = "INSERT INTO t (id, a) VALUES (7, NULL);\n";
        scene.project.write("seed/b2.sql", seed);
        let made_up = "        (rows made up by `verify`: write the UPDATE that such rows need, or \
                       see --seed and --no-rows)\n";
        for (flags, is_said) in [("", true), ("--seed seed", false)] {
            let output = scene.project.shell(&format!("migrate verify {flags}"));
            let text = said(&output);
            assert_eq!(output.status.code(), Some(3), "{text}");
            assert_eq!(text.contains(made_up), is_said, "{text}");
            for wrong in ["in effect and stay", "same command again", "stamp"] {
                assert!(!text.contains(wrong), "{text}");
            }
        }
    });
}

#[test]
fn a_made_up_value_that_is_none_of_another_type_is_called_so() {
    // SQLite makes a value of every text.
    for dialect in [Dialect::Postgres, Dialect::Mysql] {
        let Some(database) = databases::fresh(dialect) else {
            continue;
        };
        let scene = Scene::new(&database);
        scene.write(
            "b2",
            "a1",
            "CREATE TABLE v (id INTEGER PRIMARY KEY, day VARCHAR(20) NOT NULL)",
            Some("DROP TABLE v"),
        );
        scene.write(
            "c3",
            "b2",
            "-- migrate: only postgresql\n\
             ALTER TABLE v ALTER COLUMN day TYPE DATE USING day::date;\n\
             -- migrate: only mysql\n\
             ALTER TABLE v ALTER COLUMN day TYPE DATE",
            Some("ALTER TABLE v ALTER COLUMN day TYPE VARCHAR(20)"),
        );
        scene.verifies(3, "", &["not ok  c3", "(rows made up by `verify`: write"]);
    }
}

#[test]
fn values_of_every_type_are_compared_on_postgresql() {
    let Some(database) = databases::fresh(Dialect::Postgres) else {
        return;
    };
    let scene = Scene::new(&database);
    scene.write(
        "b2",
        "a1",
        "CREATE TABLE v (id INTEGER PRIMARY KEY, a TEXT[] DEFAULT '{a}', i INET DEFAULT '::1', \
         d INTERVAL DEFAULT '1 day', p POINT DEFAULT '(1,2)');\nINSERT INTO v (id) VALUES (1)",
        Some("DROP TABLE v"),
    );
    scene.write(
        "c3",
        "b2",
        "ALTER TABLE v ADD COLUMN b INTEGER;\nUPDATE v SET a = '{b}'",
        Some("ALTER TABLE v DROP COLUMN b"),
    );
    let expected = [
        "ok      b2",
        "not ok  c3",
        "of 1 row of `v`, 0 came through",
    ];
    scene.verifies(3, "--no-rows", &expected);
}

#[test]
fn a_missing_way_back_is_found_unless_the_text_says_why() {
    databases::each(|database| {
        let scene = Scene::new(database);
        scene.write("b2", "a1", "ALTER TABLE t ADD COLUMN b INTEGER", None);
        scene.verifies(3, "", &["not ok  b2", "it has no downgrade section"]);

        let why = "-- migrate: irreversible the past is gone";
        scene.write("b2", "a1", "ALTER TABLE t ADD COLUMN b INTEGER", Some(why));
        scene.verifies(
            0,
            "",
            &["ok      b2", "note: irreversible: the past is gone"],
        );
    });
}

#[test]
fn what_fails_is_said_with_its_statement_and_ends_the_proof() {
    databases::each(|database| {
        let scene = Scene::new(database);
        let rows = "INSERT INTO t (id, a) VALUES (7, NULL)";
        scene.project.write("seed/b2.sql", &format!("{rows};\n"));
        scene.write(
            "b2",
            "a1",
            "ALTER TABLE t ALTER COLUMN a SET NOT NULL",
            Some("ALTER TABLE t ALTER COLUMN a DROP NOT NULL"),
        );
        scene.write(
            "c3",
            "b2",
            "CREATE TABLE c (id INTEGER)",
            Some("DROP TABLE c"),
        );
        scene.verifies(0, "--no-rows", &["ok      b2", "ok      c3"]);
        let expected = [
            "not ok  b2",
            "the upgrade fails",
            "m/versions/b2.sql:8",
            "note: 1 revision was not tried",
        ];
        scene.verifies(3, "--no-rows --seed seed", &expected);

        scene.project.write("seed/zz.sql", "SELECT 1;\n");
        let unknown = [
            "seed/zz.sql` is a seed of no revision",
            "hint: a seed is called",
        ];
        scene.verifies(1, "--seed seed", &unknown);
    });
}

#[test]
fn two_heads_are_found() {
    databases::each(|database| {
        let scene = Scene::new(database);
        scene.write(
            "b2",
            "a1",
            "CREATE TABLE b (id INTEGER)",
            Some("DROP TABLE b"),
        );
        scene.write(
            "c3",
            "a1",
            "CREATE TABLE c (id INTEGER)",
            Some("DROP TABLE c"),
        );
        scene.verifies(
            3,
            "",
            &["ok      c3", "not ok  heads", "there are 2: b2, c3"],
        );
    });
}

#[test]
fn a_report_is_written_for_other_programs() {
    databases::each(|database| {
        let scene = Scene::new(database);
        scene.verifies(0, "--junit out/report.xml", &[]);
        let report = scene.project.shell("cat out/report.xml");
        let report = String::from_utf8_lossy(&report.stdout).into_owned();
        let case = "<testcase classname=\"migrate.verify\" name=\"a1 revision a1\"/>";
        assert!(report.contains(case), "{report}");
        scene.verifies(0, "--json", &["\"name\": \"a1\"", "\"ok\": true"]);
    });
}

#[test]
fn the_trees_of_the_components_are_proved() {
    databases::each(|database| {
        for (binary, ini) in [
            ("frontend-migrate", "frontend/config/frontend.ini"),
            ("brain-migrate", "brain/conf/brain.ini"),
        ] {
            let output = command::binary(binary)
                .args(["-c", ini, "verify"])
                .env("DATABASE_URL", database.url())
                .current_dir(command::root())
                .output()
                .expect("a binary can be started");
            let text = said(&output);
            assert!(output.status.success(), "{}: {text}", database.dialect());
        }
    });
}

#[test]
fn a_database_that_is_at_head_and_has_rows_is_neither_in_the_way_nor_touched() {
    databases::each(|database| {
        let scene = Scene::new(database);
        let up = scene.project.shell("migrate upgrade head");
        assert_eq!(up.status.code(), Some(0), "{}", said(&up));
        drop(scene.lives(&["INSERT INTO t (id, a) VALUES (1, 'live')"]));
        let revises = "ALTER TABLE t ADD COLUMN b INTEGER";
        let back = "ALTER TABLE t DROP COLUMN b";
        scene.write("b2", "a1", revises, Some(back));
        scene.verifies_beside(0, "", &["ok      a1", "ok      b2"]);
        let mut live = scene.lives(&[]);
        let rows = live.query("SELECT id, a FROM t", &[]).expect("unchanged");
        assert_eq!(rows.len(), 1);
        let version = live.query("SELECT version_num FROM alembic_version", &[]);
        let version = version.expect("it is there")[0][0].text();
        assert_eq!(version.as_deref(), Some("a1"));
    });
}

#[test]
fn a_table_that_only_the_live_database_has_is_not_found() {
    databases::each_server(|database| {
        let scene = Scene::new(database);
        drop(scene.lives(&[
            "CREATE TABLE secret (id INTEGER)",
            "INSERT INTO secret VALUES (1)",
        ]));
        scene.write("b2", "a1", "DELETE FROM secret", Some("SELECT 1"));
        let expected = ["not ok  b2", "the upgrade fails", "secret"];
        scene.verifies_beside(3, "", &expected);
        let rows = scene.lives(&[]).query("SELECT id FROM secret", &[]);
        assert_eq!(rows.expect("unchanged").len(), 1);
    });
}

#[test]
fn a_lock_on_a_live_table_holds_nobody_up() {
    let Some(database) = databases::fresh(Dialect::Postgres) else {
        return;
    };
    let scene = Scene::new(&database);
    let public = "CREATE TABLE public.u (id INTEGER NOT NULL PRIMARY KEY, a INTEGER REFERENCES t)";
    scene.write("b2", "a1", public, Some("DROP TABLE public.u"));
    let up = scene.project.shell("migrate upgrade head");
    assert_eq!(up.status.code(), Some(0), "{}", said(&up));
    let mut live = database.open();
    live.begin().expect("a transaction begins");
    let locked = live.run(&["LOCK TABLE t, u, alembic_version IN ACCESS EXCLUSIVE MODE"]);
    assert!(locked.is_ok(), "{locked:?}");
    scene.verifies_beside(0, "", &["ok      a1", "ok      b2"]);
    live.rollback().expect("it ends");
}

#[test]
fn a_quote_in_a_check_keeps_no_row_out() {
    databases::each(|database| {
        let scene = Scene::new(database);
        for check in ["c <> 'x''y'", "c IN ('it''s', 'a')"] {
            let up = format!(
                "CREATE TABLE u (id INTEGER NOT NULL PRIMARY KEY, c VARCHAR(9) NOT NULL CHECK ({check}))"
            );
            scene.write("b2", "a1", &up, Some("DROP TABLE u"));
            scene.write("c3", "b2", "DELETE FROM u", Some("SELECT 1"));
            scene.verifies(
                3,
                "",
                &["ok      b2", "not ok  c3", "rows of `u`, 0 came through"],
            );
        }
    });
}

#[test]
fn rows_that_cannot_be_made_up_are_not_proved() {
    databases::each(|database| {
        let scene = Scene::new(database);
        let up =
            "CREATE TABLE u (id INTEGER NOT NULL PRIMARY KEY, c INTEGER NOT NULL CHECK (c > 99))";
        scene.write("b2", "a1", up, Some("DROP TABLE u"));
        scene.write("c3", "b2", "DELETE FROM u", Some("SELECT 1"));
        let expected = [
            "not ok  c3",
            "no row could be made up for `u`, so what becomes of its rows is not proved",
            "1 of 4 proofs failed",
        ];
        scene.verifies(3, "", &expected);
        scene.verifies(0, "--no-rows", &["ok      c3"]);
        scene
            .project
            .write("seeds/c3.sql", "INSERT INTO u VALUES (1, 100);");
        scene.verifies(3, "--seed seeds", &["of 1 row of `u`, 0 came through"]);
    });
}

#[test]
fn tables_of_others_that_revisions_refer_to_are_borrowed() {
    databases::each_server(|database| {
        let scene = Scene::new(database);
        let serial = match database.dialect() {
            Dialect::Postgres => "CREATE TABLE other (id SERIAL PRIMARY KEY, a TEXT NOT NULL)",
            Dialect::Sqlite | Dialect::Mysql => {
                "CREATE TABLE other (id INTEGER AUTO_INCREMENT PRIMARY KEY, a TEXT NOT NULL)"
            }
        };
        drop(scene.lives(&[serial, "INSERT INTO other (a) VALUES ('x')"]));
        let up = "CREATE TABLE u (id INTEGER NOT NULL PRIMARY KEY, o INTEGER NOT NULL REFERENCES \
                  other (id));\nINSERT INTO other (a) VALUES ('mine')";
        let down = "DROP TABLE u;\nDELETE FROM other WHERE a = 'mine'";
        scene.write("b2", "a1", up, Some(down));
        scene.write("c3", "b2", "DELETE FROM u", Some("SELECT 1"));
        // Rows were made up for the table that refers, which needs rows of the other.
        let lost = "of 3 rows of `u`, 0 came through";
        scene.verifies_beside(3, "", &["ok      b2", "not ok  c3", lost]);
        let mut live = scene.lives(&["INSERT INTO other (a) VALUES ('y')"]);
        let rows = live.query("SELECT max(id) FROM other", &[]);
        assert_eq!(rows.expect("unchanged")[0][0].integer(), Some(2));
    });
}

#[test]
fn extensions_in_the_live_schema_are_found_and_its_version_table_is_not_in_the_way() {
    let Some(database) = databases::fresh(Dialect::Postgres) else {
        return;
    };
    let scene = Scene::new(&database);
    let up = scene.project.shell("migrate upgrade head");
    assert_eq!(up.status.code(), Some(0), "{}", said(&up));
    // What comes with the server and makes something in the schema at hand.
    let found = scene.lives(&[]).query(
        "SELECT name FROM pg_available_extensions WHERE name IN ('pgcrypto', 'citext')",
        &[],
    );
    if found.expect("readable").len() < 2 {
        return;
    }
    drop(scene.lives(&["CREATE EXTENSION citext"]));
    let up = "CREATE TABLE u (id INTEGER NOT NULL PRIMARY KEY, name CITEXT)";
    scene.write("b2", "a1", up, Some("DROP TABLE u"));
    scene.verifies_beside(0, "", &["ok      a1", "ok      b2"]);
}

#[test]
fn a_user_without_a_scratch_database_is_told_the_grant_and_may_verify_after_it() {
    let Some(database) = databases::fresh_and_shut() else {
        return;
    };
    let scene = Scene::new(&database);
    let name = &database.server().expect("it is a server").database;
    let pattern = "`\\_migrate\\_scratch\\_%`.*";
    let grant = format!("GRANT ALL PRIVILEGES ON {pattern} TO '{name}'@'%';");
    let refused = [
        "error: cannot create a scratch database\ncaused by: Access denied for user",
        "hint: this needs a database of its own, which is dropped at once; an administrator runs\n",
        grant.as_str(),
    ];
    scene.verifies(1, "", &refused);

    let administrator = database.unshut().expect("somebody made the user");
    let options = migration_core::database::OpenOptions::write("tests");
    let opened = migration_core::database::open(&administrator, &options);
    let mut connection = opened.expect("the administrator may come in");
    let granted = connection.run(&[grant.as_str()]);
    granted.expect("an administrator may grant it");
    scene.verifies(0, "", &["ok      a1"]);
}

#[test]
fn a_view_that_a_revision_breaks_is_found_by_verify_and_by_drift() {
    databases::each(|database| {
        let scene = Scene::new(database);
        let rows =
            "CREATE TABLE s (id INTEGER NOT NULL PRIMARY KEY);\nCREATE VIEW v AS SELECT id FROM s";
        scene.write("b2", "a1", rows, Some("DROP VIEW v;\nDROP TABLE s"));
        let made = "CREATE TABLE s (id INTEGER NOT NULL PRIMARY KEY)";
        scene.write("c3", "b2", "DROP TABLE s", Some(made));
        if database.dialect() == Dialect::Postgres {
            scene.verifies_beside(3, "", &["not ok  c3, revision c3\n    the upgrade fails\n"]);
            return;
        }
        let found = "not ok  c3, revision c3\n    after the upgrade, view `v` cannot be read: ";
        scene.verifies_beside(3, "", &[found, "allow views reason"]);
        let ran = scene.project.shell("migrate upgrade");
        assert!(ran.status.success(), "{}", said(&ran));
        let drift = scene.project.shell("migrate drift");
        let text = said(&drift);
        assert_eq!(drift.status.code(), Some(3), "{text}");
        assert!(text.starts_with("view `v` cannot be read: "), "{text}");
        assert!(text.contains("error: 1 view cannot be read\n"), "{text}");
        let allowed = "-- migrate: allow views the next revision drops it\nDROP TABLE s";
        scene.write("c3", "b2", allowed, Some(made));
        let note = "ok      c3, revision c3\n    note: view `v` cannot be read: ";
        scene.verifies_beside(0, "", &[note]);
    });
}

#[test]
fn a_value_that_one_revision_adds_is_there_for_the_next() {
    databases::each(|database| {
        let scene = Scene::new(database);
        let make = "CREATE TYPE mood AS ENUM ('sad', 'glad');\n\
                    CREATE TABLE p (id INTEGER NOT NULL PRIMARY KEY, m mood)";
        scene.write("b2", "a1", make, Some("DROP TABLE p;\nDROP TYPE mood"));
        let many: Vec<String> = (0..20)
            .map(|it| format!("ALTER TYPE mood ADD VALUE 'm{it}' BEFORE 'glad';\n"))
            .collect();
        let add = format!(
            "{}ALTER TYPE mood ADD VALUE 'bored' BEFORE 'glad';\n\
             ALTER TYPE mood ADD VALUE 'happy'",
            many.concat()
        );
        let back = "ALTER TYPE mood RENAME TO mood_old;\n\
                    CREATE TYPE mood AS ENUM ('sad', 'glad');\n\
                    ALTER TABLE p ALTER COLUMN m TYPE mood USING m::text::mood;\n\
                    DROP TYPE mood_old";
        scene.write("c3", "b2", &add, Some(back));
        let insert = "INSERT INTO p VALUES (7, 'bored'), (8, 'happy')";
        scene.write("d4", "c3", insert, Some("DELETE FROM p WHERE id IN (7, 8)"));
        let order = "CREATE TABLE q (id INTEGER NOT NULL PRIMARY KEY);\n\
                     INSERT INTO q SELECT id FROM p WHERE m = 'bored'";
        scene.write("e5", "d4", order, Some("DROP TABLE q"));
        scene.verifies(0, "", &[]);
    });
}

#[test]
fn a_constraint_that_was_proved_stays_so_on_the_way_back() {
    let Some(database) = databases::fresh(Dialect::Postgres) else {
        return;
    };
    let scene = Scene::new(&database);
    let add = "ALTER TABLE t ADD CONSTRAINT has_a CHECK (id IS NOT NULL) NOT VALID";
    let drop = "ALTER TABLE t DROP CONSTRAINT has_a";
    scene.write("b2", "a1", add, Some(drop));
    let proves = "-- revision c3\n--\n-- Revision ID: c3\n-- Revises: b2\n\n-- migrate: upgrade\n\n\
                  ALTER TABLE t VALIDATE CONSTRAINT has_a;\n\n-- migrate: downgrade\n";
    scene.project.write("m/versions/c3.sql", proves);
    scene.verifies(0, "", &["ok      c3"]);
    for command in [
        "upgrade head",
        "downgrade -1",
        "drift",
        "upgrade head",
        "drift",
    ] {
        let output = scene.project.shell(&format!("migrate {command}"));
        assert!(output.status.success(), "{command}: {}", said(&output));
    }
}
