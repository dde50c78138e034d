//! Tables of engines without transactions: what a statement changed in them is noted by itself, so
//! that no run does it twice, and no message says that nothing was done.

use migration_core::dialect::Dialect;
use migration_tests::command::holds;

use crate::resume::Scene;

const ACCOUNTS: &str = "CREATE TABLE acct (id INTEGER PRIMARY KEY, n INTEGER) ENGINE=MyISAM;\n\
                        INSERT INTO acct VALUES (1, 100), (2, 100);";

fn scene(made_by: &str) -> Option<Scene> {
    let scene = Scene::on(Dialect::Mysql)?;
    let made_by = format!("-- migrate: only mysql\n{made_by}");
    let made_by = made_by.replace(";\n", ";\n-- migrate: only mysql\n");
    scene.revision("bbbb2", "aaaa1", &made_by, "");
    scene.type_in("migrate upgrade head", 0);
    Some(scene)
}

#[test]
fn what_a_table_without_transactions_keeps_is_done_once() {
    for engine in ["MyISAM", "Aria"] {
        let Some(scene) = scene(&ACCOUNTS.replace("MyISAM", engine)) else {
            return;
        };
        let failing = "UPDATE acct SET n = n * 2;\nINSERT INTO acct VALUES (1, 5);";
        scene.revision("cccc3", "bbbb2", failing, "");
        for _ in 0..2 {
            let text = scene.type_in("migrate upgrade head", 1);
            holds(&text, &["1 of 2 statements of the upgrade of `cccc3` is"]);
            assert!(!text.contains("nothing was applied"), "{text}");
            assert_eq!(scene.sum("acct"), 400, "{engine}");
        }
        scene.revision("cccc3", "bbbb2", &failing.replace("(1,", "(3,"), "");
        scene.type_in("migrate upgrade head", 0);
        assert_eq!(scene.sum("acct"), 405, "{engine}");
    }
}

#[test]
fn a_statement_that_did_a_part_of_its_rows_is_somebodys_decision() {
    let Some(scene) = scene(ACCOUNTS) else {
        return;
    };
    scene.run("INSERT INTO acct VALUES (50, 100)");
    scene.revision(
        "cccc3",
        "bbbb2",
        "UPDATE acct SET n = 7, id = CASE id WHEN 50 THEN 2 ELSE id END ORDER BY id;",
        "",
    );
    let text = scene.type_in("migrate upgrade head", 1);
    holds(
        &text,
        &[
            "no revision was completed; the database is at bbbb2",
            "statement 1 of 1 of the upgrade of `cccc3` changed rows that no transaction gives back",
            "`--resume-at 1`; where all of it is, with `--resume-at 2`",
        ],
    );
    assert_eq!(scene.sum("acct"), 114);
    let text = scene.type_in("migrate upgrade head", 1);
    holds(
        &text,
        &[
            "nobody can tell how much of statement 1 of the upgrade of `cccc3` took effect",
            "hint: the engine of its table has no transactions, so a part of it may be in effect",
        ],
    );
    scene.type_in("migrate upgrade head --resume-at 2", 0);
    assert_eq!(scene.sum("acct"), 114);
}

#[test]
fn what_a_trigger_a_view_or_a_function_changes_counts_too() {
    let made = format!(
        "{ACCOUNTS}\nCREATE TABLE safe (id INTEGER PRIMARY KEY);\n\
         CREATE VIEW shown AS SELECT id, n FROM acct;\n\
         CREATE TRIGGER fires AFTER INSERT ON safe FOR EACH ROW UPDATE acct SET n = n + 1;"
    );
    let Some(scene) = scene(&made) else {
        return;
    };
    let failing = "INSERT INTO safe VALUES (1);\nUPDATE shown SET n = n * 2;\n\
                   INSERT INTO safe VALUES (1);";
    scene.revision("cccc3", "bbbb2", failing, "");
    for _ in 0..2 {
        let text = scene.type_in("migrate upgrade head", 1);
        holds(&text, &["2 of 3 statements of the upgrade of `cccc3` are"]);
        assert_eq!(scene.sum("acct"), 404);
    }
}

#[test]
fn the_ledger_gets_transactions_and_a_version_table_without_is_named() {
    let Some(scene) = scene(ACCOUNTS) else {
        return;
    };
    assert_eq!(scene.engine("alembic_version"), "InnoDB");
    scene.run("ALTER TABLE alembic_version_log ENGINE=Aria");
    scene.run("ALTER TABLE alembic_version ENGINE=MyISAM");
    scene.revision("cccc3", "bbbb2", "UPDATE acct SET n = 1;", "");
    let text = scene.type_in("migrate upgrade head", 0);
    holds(
        &text,
        &[
            "the engine of the version table `alembic_version` has no transactions",
            "ALTER TABLE `alembic_version` ENGINE=InnoDB;",
        ],
    );
    assert_eq!(scene.engine("alembic_version_log"), "InnoDB");
}

impl Scene {
    fn sum(&self, table: &str) -> i64 {
        self.number(&format!("SELECT CAST(sum(n) AS SIGNED) FROM {table}"))
            .parse()
            .expect("a number")
    }

    fn engine(&self, table: &str) -> String {
        self.number(&format!(
            "SELECT engine FROM information_schema.tables \
             WHERE table_schema = database() AND table_name = '{table}'"
        ))
    }

    fn number(&self, sql: &str) -> String {
        let rows = self.open().query(sql, &[]).expect("it can be asked");
        rows[0][0].text().expect("a value")
    }
}
