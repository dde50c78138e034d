//! MySQL compared by a user who may make no scratch database: what is found is what is found with
//! one, and what cannot be is named.

use migration_core::compare::{self, Comparison, Filter, Found, Setting, Unseen};
use migration_core::database::{self, Address, Connection, OpenOptions};
use migration_core::dialect::{Dialect, VersionTable};
use migration_core::diff::{Change, DiffOptions};
use migration_core::execute::Options;
use migration_core::graph::RevisionGraph;
use migration_core::program::{self, Keep, Linker};
use migration_core::text::Source;
use migration_tests::databases::{self, TestDatabase};

use super::introspect::mysql;

fn run(connection: &mut dyn Connection, statement: &str) {
    let run = connection.run(&[statement]);
    run.unwrap_or_else(|failed| panic!("{statement}: {:?}", failed.error));
}

/// What makes the models of a database with these statements.
fn compared(address: &Address, live: &mut dyn Connection, models: &str) -> Comparison {
    let graph = RevisionGraph::default();
    let setting = Setting {
        address,
        open: &OpenOptions::read("tests"),
        linker: Linker {
            dialect: Dialect::Mysql,
            graph: &graph,
            prefix: String::new(),
            procedures: Vec::new(),
            never_ran: Vec::new(),
            keep: Keep::default(),
        },
        rows: &[],
        version_table: &VersionTable {
            schema: None,
            name: VersionTable::DEFAULT.to_owned(),
        },
        schemas: &[],
        filter: &Filter::default(),
        diff: &DiffOptions::default(),
        run: &Options::in_scratch(
            &|| false,
            &|| "2024-01-01T00:00:00Z".parse().expect("it is a time"),
            &[],
        ),
        probe_from: 1,
    };
    let source = Source::new("models.sql", models);
    let found = compare::live_with_models(&setting, live, |it| {
        program::models(it.dialect, &it.prefix, &source)
    });
    found
        .unwrap_or_else(|error| panic!("{models}: {error:?}"))
        .0
}

/// The same by rules and in a scratch database.
fn both(database: &TestDatabase, live: &[&str], models: &str) -> [Comparison; 2] {
    let mut connection = database.open();
    let name = &database.server().expect("it is a server").database;
    for statement in [
        format!("DROP DATABASE \"{name}\""),
        format!("CREATE DATABASE \"{name}\""),
        format!("USE \"{name}\""),
    ] {
        run(connection.as_mut(), &statement);
    }
    for statement in live {
        run(connection.as_mut(), statement);
    }
    let administrator = database.unshut().expect("its user is shut");
    [database.address(), &administrator].map(|it| compared(it, connection.as_mut(), models))
}

fn unseen(comparison: &Comparison) -> Vec<String> {
    match &comparison.found {
        Found::InScratch => panic!("there is no right to a scratch database"),
        Found::ByRules { unseen, .. } => {
            let named = |it: &Unseen| format!("{}: {}", it.name, it.why);
            unseen.iter().map(named).collect()
        }
    }
}

const NOTHING: &[Change] = &[];

const TARGET: &str = "CREATE TABLE p (id INTEGER PRIMARY KEY)";

#[test]
fn what_goes_without_saying_makes_no_difference_by_rules() {
    let Some(database) = databases::fresh_and_shut() else {
        return;
    };
    for (one, other) in mysql::SAME {
        for (live, models) in [(one, other), (other, one), (one, one)] {
            let live = format!("CREATE TABLE t ({live}");
            let models = format!("{TARGET};\nCREATE TABLE t ({models};\n");
            let [by_rules, in_scratch] = both(&database, &[TARGET, &live], &models);
            assert_eq!(
                by_rules.difference, in_scratch.difference,
                "{live}\n{models}"
            );
            // The key that a server makes has the name of a reference, which is not the same in
            // words of the server and in those of the models.
            let is_key = models.contains("KEY (a), FOREIGN");
            assert!(
                is_key || by_rules.difference.changes.is_empty(),
                "{live}\n{models}"
            );
            assert_eq!(by_rules.unread, vec![], "{live}\n{models}");
            // Only what the parser does not take apart and a session does not have.
            let may_be_unseen = models.contains("KEY") && models.contains("REFERENCES");
            assert!(may_be_unseen || unseen(&by_rules).is_empty(), "{models}");
        }
    }
}

#[test]
fn what_differs_is_found_by_rules_as_in_a_scratch_database() {
    let Some(database) = databases::fresh_and_shut() else {
        return;
    };
    for (one, other) in mysql::OTHER {
        for (live, models) in [(one, other), (other, one)] {
            let live = format!("CREATE TABLE t ({live}");
            let models = format!("{TARGET};\nCREATE TABLE t ({models};\n");
            let [by_rules, in_scratch] = both(&database, &[TARGET, &live], &models);
            if unseen(&by_rules).is_empty() {
                assert_eq!(
                    by_rules.difference, in_scratch.difference,
                    "{live}\n{models}"
                );
            } else {
                assert_eq!(by_rules.difference.changes, NOTHING, "{live}\n{models}");
            }
        }
    }
}

#[test]
fn views_routines_and_triggers_are_compared_in_the_words_of_the_server() {
    let Some(database) = databases::fresh_and_shut() else {
        return;
    };
    let live = [
        "CREATE TABLE c (id INTEGER PRIMARY KEY, p INTEGER)",
        "CREATE SEQUENCE s INCREMENT BY 5 START WITH 100",
        "CREATE VIEW v AS SELECT id, upper(p) AS b FROM c WHERE id > 1",
        "CREATE VIEW w (a) AS SELECT id FROM v WHERE id < 9 WITH LOCAL CHECK OPTION",
        "CREATE TRIGGER g BEFORE INSERT ON c FOR EACH ROW SET NEW.p = 1",
        "CREATE FUNCTION f(a INTEGER) RETURNS INTEGER DETERMINISTIC RETURN a + 1",
        "CREATE PROCEDURE q(OUT a INTEGER) SELECT count(*) INTO a FROM c",
    ];
    let models = live.map(|it| format!("{it};\n")).concat();
    let [by_rules, in_scratch] = both(&database, &live, &models);
    assert_eq!(by_rules.difference.changes, NOTHING);
    assert_eq!(in_scratch.difference.changes, NOTHING);
    assert_eq!(unseen(&by_rules), [""; 0]);
    for (from, to) in [
        ("id > 1", "id > 2"),
        ("id < 9", "id < 8"),
        ("NEW.p = 1", "NEW.p = 2"),
        ("a + 1", "a + 2"),
        ("count(*)", "count(id)"),
        ("START WITH 100", "START WITH 101"),
        ("CREATE FUNCTION f", "CREATE FUNCTION g"),
        ("SELECT id FROM v", "SELECT b FROM v"),
    ] {
        let changed = models.replace(from, to);
        let [by_rules, in_scratch] = both(&database, &live, &changed);
        assert_eq!(by_rules.difference, in_scratch.difference, "{to}");
        assert!(!by_rules.difference.changes.is_empty(), "{to}");
    }
}

#[test]
fn what_rules_do_not_reach_is_named_and_found_no_difference_of() {
    let Some(database) = databases::fresh_and_shut() else {
        return;
    };
    let live = [
        "CREATE TABLE parts (id INTEGER) PARTITION BY HASH (id) PARTITIONS 2",
        "CREATE TABLE old (id INTEGER)",
    ];
    let models = "CREATE TABLE parts (id INTEGER) PARTITION BY HASH (id) PARTITIONS 3;\n\
                  CREATE TABLE old (id INTEGER);\nALTER TABLE old PARTITION BY HASH (id);\n";
    let [by_rules, _] = both(&database, &live, models);
    assert_eq!(by_rules.difference.changes, NOTHING);
    assert_eq!(
        unseen(&by_rules),
        [
            "parts: the server makes no such table for one session",
            "old: a statement changes it that is not understood"
        ]
    );
}

#[test]
fn a_view_that_a_killed_program_left_goes_with_the_next_comparison() {
    let Some(database) = databases::fresh_and_shut() else {
        return;
    };
    let mut live = database.open();
    let views = |live: &mut dyn Connection| {
        let sql = "SELECT count(*) FROM information_schema.views WHERE table_schema = database()";
        live.query(sql, &[]).expect("it is asked")[0][0].integer()
    };
    let stem = "SELECT concat('_migrate_scratch_', left(md5(concat(@@hostname, ':', @@port)), 8))";
    let stem = live.query(stem, &[]).expect("it is asked")[0][0].text();
    let left = format!("CREATE VIEW {}_999999_1 AS SELECT 1", stem.expect("a name"));
    run(live.as_mut(), &left);
    assert_eq!(views(live.as_mut()), Some(1));
    let models = "CREATE VIEW v AS SELECT 2 AS a;\n";
    let found = compared(database.address(), live.as_mut(), models);
    assert_eq!(found.difference.changes.len(), 1);
    assert_eq!(views(live.as_mut()), Some(0));
    let opened = database::open(database.address(), &OpenOptions::read("tests"));
    assert!(opened.is_ok(), "no lock is in the way");
}
