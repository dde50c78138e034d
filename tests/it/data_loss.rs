//! What a downgrade says before rows or values would be gone, on every engine.

use migration_core::database::Value;
use migration_core::dialect::Dialect;
use migration_tests::command::{holds, said};
use migration_tests::databases::{self, TestDatabase};
use migration_tests::project::{self, Project};

const UP: &str = "CREATE TABLE kept (id INTEGER PRIMARY KEY, word VARCHAR(20), number INTEGER);\n\
                  CREATE TABLE \"{prefix}gone\" (id INTEGER PRIMARY KEY);\n\
                  CREATE TABLE emptied (id INTEGER PRIMARY KEY);\n\
                  CREATE TABLE listed (id INTEGER PRIMARY KEY);\n\
                  INSERT INTO listed VALUES (1);";

const DOWN: &str = "ALTER TABLE kept DROP COLUMN word;\nALTER TABLE kept DROP COLUMN number;\n\
                    DROP TABLE \"{prefix}gone\";\nDELETE FROM emptied;\n\
                    DELETE FROM listed WHERE id = 1;";

struct Scene<'d> {
    project: Project,
    database: &'d TestDatabase,
}

impl<'d> Scene<'d> {
    fn on(database: &'d TestDatabase) -> Self {
        let project = Project::new();
        let ini = database.ini();
        project.write(
            "migrate.ini",
            &format!("{ini}tables_prefix = irma\n[migration]\nscript_location = %(here)s/m\n"),
        );
        for (id, revises, up, down) in [("aaaa", "", "", ""), ("bbbb", "aaaa", UP, DOWN)] {
            let text = project::revision(id, revises, up, down);
            project.write(&format!("m/versions/{id}.sql"), &text);
        }
        let scene = Self { project, database };
        scene.type_in("migrate upgrade head", 0);
        scene
    }

    #[track_caller]
    fn type_in(&self, line: &str, code: i32) -> String {
        self.project.types(code, line)
    }

    fn run(&self, sql: &str) {
        let mut connection = self.database.open();
        let done = connection.execute(sql, &[]);
        done.expect("the statement runs");
    }

    fn count(&self, table: &str) -> Value {
        let mut connection = self.database.open();
        let rows = connection.query(&format!("SELECT count(*) FROM \"{table}\""), &[]);
        rows.expect("the table is there").remove(0).remove(0)
    }
}

#[test]
fn a_downgrade_of_empty_tables_loses_nothing() {
    databases::each(|database| {
        let scene = Scene::on(database);
        scene.run("INSERT INTO kept (id) VALUES (1)");
        let shown = scene.type_in("migrate downgrade --dry-run", 0);
        let lines = [
            "-- nothing that is dropped or emptied holds rows or values\n",
            "-- not counted, and may change or remove values: run `DELETE FROM listed WHERE id = 1`, \
             by the downgrade of bbbb\n",
        ];
        holds(&shown, &lines);
        let object = scene.type_in("migrate --json downgrade --dry-run", 0);
        let uncounted = "\"what\": \"run `DELETE FROM listed WHERE id = 1`\"";
        holds(&object, &["\"losses\": []", uncounted]);
        holds(&scene.type_in("migrate downgrade -1", 0), &["at aaaa.\n"]);
    });
}

#[test]
fn a_downgrade_that_would_lose_much_names_a_dozen_and_says_how_many_more() {
    let project = Project::new();
    let (mut up, mut down) = (String::new(), String::new());
    for number in 10..25 {
        up += &format!("CREATE TABLE t{number} (id INTEGER PRIMARY KEY);\n");
        up += &format!("INSERT INTO t{number} VALUES (1);\n");
        down += &format!("DROP TABLE t{number};\n");
    }
    project.write(
        "migrate.ini",
        "[sqldb]\ndbms = sqlite\ndbname = app.db\n[migration]\nscript_location = %(here)s/m\n",
    );
    let text = project::revision("aaaa", "", &up, &down);
    project.write("m/versions/aaaa.sql", &text);
    project.shell("migrate upgrade -q head");
    let output = project.shell("migrate downgrade base");
    assert_eq!(output.status.code(), Some(1));
    let refused = said(&output);
    let lines = [
        "`t21` would be lost",
        "and 3 more; `downgrade --dry-run` names them all",
    ];
    holds(&refused, &lines);
    assert!(!refused.contains("`t22`"), "{refused}");
    let shown = said(&project.shell("migrate downgrade --dry-run base"));
    holds(&shown, &["`t24` would be lost"]);
}

#[test]
fn a_downgrade_that_would_lose_data_names_it_and_touches_nothing() {
    databases::each(|database| {
        let scene = Scene::on(database);
        scene.run("INSERT INTO kept (id, word) VALUES (1, 'a'), (2, NULL), (3, 'c')");
        scene.run("INSERT INTO irma_gone VALUES (1)");
        scene.run("INSERT INTO emptied VALUES (1), (2)");
        let losses = [
            "2 values of column `kept.word` would be lost, by the downgrade of bbbb\n",
            "1 row of table `irma_gone` would be lost, by the downgrade of bbbb\n",
            "2 rows of table `emptied` would be lost, by the downgrade of bbbb\n",
        ];
        let refused = scene.type_in("migrate downgrade -1", 1);
        holds(
            &refused,
            &[
                "error: the downgrade would lose data\n",
                "hint: `--allow-data-loss`",
            ],
        );
        holds(
            &refused,
            &["note: nothing was touched; the database is at bbbb\n"],
        );
        holds(&refused, &losses);
        assert!(
            !refused.contains("number") && !refused.contains("listed"),
            "{refused}"
        );
        let shown = scene.type_in("migrate downgrade --dry-run base", 0);
        holds(
            &shown,
            &["-- downgrade bbbb -> aaaa", "DROP TABLE \"irma_gone\";"],
        );
        holds(&shown, &losses);
        let json = scene.type_in("migrate downgrade --json -1", 1);
        holds(&json, &["\"kind\":\"data-loss\""]);
        assert_eq!(scene.count("kept"), Value::Integer(3));
        assert_eq!(scene.type_in("migrate current", 0), "bbbb (head)\n");
        scene.type_in("migrate downgrade -1 --allow-data-loss", 0);
        assert_eq!(scene.count("kept"), Value::Integer(3));
        assert_eq!(scene.count("emptied"), Value::Integer(0));
    });
}

#[test]
fn a_script_says_what_it_loses() {
    databases::each(|database| {
        let scene = Scene::on(database);
        let script = scene.type_in("migrate downgrade bbbb:aaaa --sql", 0);
        holds(
            &script,
            &[
                "-- all values of column `kept.word` are lost\n",
                "-- all rows of table `irma_gone` are lost\nDROP TABLE",
                "-- all rows of table `emptied` are lost\nDELETE FROM emptied;\n",
            ],
        );
        assert!(!script.contains("`listed`"), "{script}");
        let upward = scene.type_in("migrate upgrade base:head --sql", 0);
        assert!(!upward.contains("are lost"), "{upward}");
        scene.type_in("migrate downgrade --dry-run --sql", 2);
    });
}

const NARROW: &str = "CREATE TABLE t (id INTEGER PRIMARY KEY, seen DATE, price NUMERIC(6, 1), \
                      w REAL, n INTEGER, big DOUBLE PRECISION, exact DOUBLE PRECISION);";
const WIDE: &str = "ALTER TABLE t ALTER COLUMN seen TYPE TIMESTAMP;\n\
                    ALTER TABLE t ALTER COLUMN price TYPE NUMERIC(10, 3);\n\
                    ALTER TABLE t ALTER COLUMN w TYPE DOUBLE PRECISION;\n\
                    ALTER TABLE t ALTER COLUMN n TYPE NUMERIC(10, 2);\n\
                    ALTER TABLE t ALTER COLUMN big TYPE BIGINT;\n\
                    ALTER TABLE t ALTER COLUMN exact TYPE NUMERIC(30, 20);";
const BACK: &str = "ALTER TABLE t ALTER COLUMN exact TYPE DOUBLE PRECISION;\n\
                    ALTER TABLE t ALTER COLUMN big TYPE DOUBLE PRECISION;\n\
                    ALTER TABLE t ALTER COLUMN n TYPE INTEGER;\n\
                    ALTER TABLE t ALTER COLUMN w TYPE REAL;\n\
                    ALTER TABLE t ALTER COLUMN price TYPE NUMERIC(6, 1);\n\
                    ALTER TABLE t ALTER COLUMN seen TYPE DATE;";

/// Values that a type rounds or cuts off are counted, and nothing else is.
#[test]
fn a_downgrade_that_narrows_types_asks_where_values_have_more() {
    databases::each(|database| {
        let tree = [
            ["aaaa", "", NARROW, "DROP TABLE t;"],
            ["bbbb", "aaaa", WIDE, BACK],
        ];
        let scene = Scene {
            project: Project::on(database, &tree),
            database,
        };
        scene.type_in("migrate upgrade -q", 0);
        scene.run("INSERT INTO t VALUES (1, '2026-11-22 00:00:00', 12.5, 0.5, 7, 9007199254740992, 0.125)");
        scene.run("INSERT INTO t VALUES (2, NULL, NULL, NULL, NULL, NULL, NULL)");
        let shown = scene.type_in("migrate downgrade --dry-run", 0);
        holds(&shown, &["-- no rows and no values would be lost\n"]);
        scene.run(
            "INSERT INTO t VALUES (3, '2026-11-22 13:14:15', 12.345, 0.1234567890123, 7.5, \
             9223372036854775807, 0.12345678901234567890)",
        );
        let mut lost = vec![
            "what 1 value of column `t.seen` has more than DATE holds would be lost, by the \
             downgrade of bbbb\n",
            "what 1 value of column `t.n` has more than INTEGER holds",
        ];
        if database.dialect() != Dialect::Sqlite {
            lost.push("what 1 value of column `t.price` has more than ");
            lost.push("what 1 value of column `t.w` has more than ");
            lost.push("what 1 value of column `t.big` has more than ");
            lost.push("what 1 value of column `t.exact` has more than ");
        }
        let text = scene.type_in("migrate downgrade", 1);
        holds(&text, &["error: the downgrade would lose data\n"]);
        holds(&text, &lost);
        holds(&scene.type_in("migrate downgrade --dry-run", 0), &lost);
        let object = scene.type_in("migrate --json downgrade --dry-run", 0);
        holds(&object, &["\"narrowed_to\": \"DATE\"", "\"uncounted\": []"]);
        let plan = scene.type_in("migrate plan downgrade", 0);
        holds(
            &plan,
            &["-- may round values of column `t.seen` or cut them off; "],
        );
        let script = scene.type_in("migrate downgrade bbbb:aaaa --sql", 0);
        holds(
            &script,
            &["values of column `t.seen` that are more than DATE holds are rounded or cut off"],
        );
        scene.type_in("migrate downgrade --allow-data-loss", 0);
        holds(&scene.type_in("migrate current", 0), &["aaaa"]);
    });
}
