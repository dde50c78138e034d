//! A component inside an application: upgraded and looked at without its binary.
#![expect(
    clippy::disallowed_methods,
    reason = "revisions are edited and removed"
)]

use std::thread;

use migration_core::application::{ApplicationError, Component, Migrator, Standing};
use migration_core::database::Connection;
use migration_core::diagnostic::Advice;
use migration_core::dialect::Dialect;
use migration_core::execute::Observer;
use migration_core::introspect;
use migration_core::program::Step;
use migration_core::revision::{EmbeddedFile, RevisionId};
use migration_core::schema::Schema;
use migration_core::script::Text;
use migration_tests::databases::{self, TestDatabase};
use migration_tests::project::Project;

const COMPONENT: Component = Component {
    name: "shop",
    program: "shop",
    version: "1.2.3",
    default_ini: "shop.ini",
    revisions: &[],
    models: "",
    procedures: &[],
};

/// A project with a chain of revisions, each of which makes a table.
fn project(database: &TestDatabase, more: &str) -> Project {
    let project = Project::new();
    let location = "[migration]\nscript_location = %(here)s/migrations\n";
    project.write("shop.ini", &format!("{}{location}{more}", database.ini()));
    let mut parent = "";
    for id in ["aaaa1", "bbbb2", "cccc3"] {
        revision(&project, id, parent);
        parent = id;
    }
    project
}

fn revision(project: &Project, id: &str, parent: &str) {
    let text = format!(
        "-- {id}\n--\n-- Revision ID: {id}\n-- Revises: {parent}\n\n-- migrate: upgrade\n\n\
         CREATE TABLE {id} (id INTEGER NOT NULL PRIMARY KEY);\n\n\
         -- migrate: downgrade\n\nDROP TABLE {id};\n"
    );
    project.write(&format!("migrations/versions/{id}.sql"), &text);
}

fn migrator(project: &Project) -> Migrator<'static> {
    let migrator = COMPONENT.with_ini(project.path().join("shop.ini"));
    migrator.expect("the ini is right")
}

#[test]
fn what_ran_already_is_not_run_again() {
    databases::each(|database| {
        let project = project(database, "");
        migrator(&project).upgrade("head").expect("all of it runs");
        revision(&project, "cccc3", "aaaa1");
        revision(&project, "bbbb2", "cccc3");
        let refused = migrator(&project).upgrade("head").unwrap_err();
        assert_eq!(refused.kind(), "displaced", "{refused}");
        let hint = refused.hint().expect("there is a way out");
        assert!(hint.contains("`stamp bbbb2`"), "{hint}");
    });
}

fn ids(names: &[&str]) -> Vec<RevisionId> {
    names.iter().map(|name| RevisionId::from(*name)).collect()
}

#[test]
fn an_application_upgrades_its_database_and_knows_where_it_stands() {
    databases::each(|database| {
        let dialect = database.dialect();
        let project = project(database, "");
        let shop = migrator(&project);
        let missing = ids(&["aaaa1", "bbbb2", "cccc3"]);
        assert_eq!(
            shop.check_at_head().unwrap(),
            Standing::Behind { missing },
            "{dialect}"
        );
        let report = shop.upgrade("+2").unwrap();
        assert_eq!(report.rows, ids(&["bbbb2"]), "{dialect}");
        assert_eq!(report.applied.len(), 2, "{dialect}");
        let missing = ids(&["cccc3"]);
        assert_eq!(shop.check_at_head().unwrap(), Standing::Behind { missing });
        shop.upgrade("head").unwrap();
        assert_eq!(shop.check_at_head().unwrap(), Standing::AtHead);
        let again = shop.upgrade("head").unwrap();
        assert!(again.applied.is_empty(), "{dialect}");
        assert_eq!(again.rows, ids(&["cccc3"]), "{dialect}");
    });
}

#[test]
fn looking_creates_nothing() {
    let database = databases::fresh(Dialect::Sqlite).expect("SQLite is always there");
    let project = project(&database, "");
    migrator(&project).check_at_head().unwrap();
    let migration_core::database::Address::Sqlite { path } = database.address() else {
        unreachable!("it is SQLite");
    };
    assert!(!path.exists());
}

#[test]
fn a_database_of_a_newer_release_is_ahead() {
    databases::each(|database| {
        let project = project(database, "");
        revision(&project, "dddd4", "cccc3");
        migrator(&project).upgrade("head").unwrap();
        let newest = "migrations/versions/dddd4.sql";
        std::fs::remove_file(project.path().join(newest)).expect("it was written");
        let old = migrator(&project);
        let unknown = ids(&["dddd4"]);
        assert_eq!(old.check_at_head().unwrap(), Standing::Ahead { unknown });
        let refused = old.upgrade("head").unwrap_err();
        assert_eq!(refused.kind(), "unknown-version-row", "{refused}");
        assert!(refused.hint().is_some());
    });
}

#[test]
fn of_several_that_start_at_once_each_ends_at_the_head() {
    databases::each(|database| {
        let dialect = database.dialect();
        let project = project(database, "");
        let applied: usize = thread::scope(|scope| {
            let start = |_| {
                scope.spawn(|| {
                    let report = migrator(&project).upgrade("head").unwrap();
                    assert_eq!(report.rows, ids(&["cccc3"]));
                    report.applied.len()
                })
            };
            let threads: Vec<_> = (0..6).map(start).collect();
            let count = |it: thread::ScopedJoinHandle<'_, usize>| it.join().expect("it ends");
            threads.into_iter().map(count).sum()
        });
        assert_eq!(applied, 3, "{dialect}");
    });
}

#[test]
fn settings_may_be_given_without_an_ini() {
    databases::each(|database| {
        let project = project(database, "");
        let url = database.url();
        let location = project.path().join("migrations").display().to_string();
        let settings = [
            ("url", url.as_str()),
            ("script_location", location.as_str()),
            ("version_table", "shop_version"),
        ];
        let shop = COMPONENT.with_settings(&settings).unwrap();
        shop.upgrade("head").unwrap();
        let rows = "SELECT version_num FROM shop_version";
        let rows = database.open().query(rows, &[]).unwrap();
        assert_eq!(rows[0][0].text().as_deref(), Some("cccc3"));
    });
    let unknown = COMPONENT.with_settings(&[("urll", "sqlite:///a.db")]);
    assert!(matches!(unknown, Err(ApplicationError::Config(_))));
}

#[test]
fn a_run_is_observed_and_interrupted() {
    #[derive(Default)]
    struct Steps(Vec<String>);
    impl Observer for Steps {
        fn step(&mut self, step: &Step) {
            self.0.push(step.path().into_owned());
        }
    }
    databases::each(|database| {
        let project = project(database, "transaction = revision\n");
        let shop = migrator(&project);
        let mut seen = Steps::default();
        shop.upgrade_observed("bbbb2", &mut seen, &|| false)
            .unwrap();
        assert_eq!(seen.0, [" -> aaaa1", "aaaa1 -> bbbb2"]);
        let stopped = shop.upgrade_observed("head", &mut seen, &|| true);
        let error = stopped.unwrap_err();
        assert_eq!(error.kind(), "interrupted", "{error}");
        let missing = ids(&["cccc3"]);
        assert_eq!(shop.check_at_head().unwrap(), Standing::Behind { missing });
    });
}

#[test]
fn an_asynchronous_application_upgrades_on_a_thread_that_may_block() {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .build()
        .unwrap();
    databases::each(|database| {
        let project = project(database, "");
        let ini = project.path().join("shop.ini");
        let work = move || COMPONENT.with_ini(ini).and_then(|it| it.upgrade("head"));
        let report = runtime.block_on(async { tokio::task::spawn_blocking(work).await });
        assert_eq!(report.unwrap().unwrap().rows, ids(&["cccc3"]));
    });
}

#[test]
fn edited_revisions_stop_an_application_that_is_told_so() {
    databases::each(|database| {
        let project = project(database, "edited = refuse\n");
        migrator(&project).upgrade("bbbb2").unwrap();
        let path = "migrations/versions/aaaa1.sql";
        let text = std::fs::read_to_string(project.path().join(path)).unwrap();
        project.write(
            path,
            &text.replace("PRIMARY KEY)", "PRIMARY KEY, more INTEGER)"),
        );
        let refused = migrator(&project).upgrade("head").unwrap_err();
        assert_eq!(refused.kind(), "edited-revisions", "{refused}");
    });
}

#[test]
fn a_line_of_statements_makes_and_takes_back_what_an_upgrade_makes() {
    let directory = migration_tests::command::root().join("frontend/extras/migration/versions");
    let mut files = Vec::new();
    for entry in std::fs::read_dir(directory).expect("frontend has revisions") {
        let path = entry.expect("it can be listed").path();
        let text = std::fs::read_to_string(&path).expect("it can be read");
        files.push(EmbeddedFile {
            path: String::leak(path.display().to_string()),
            text: String::leak(text),
            digest: None,
        });
    }
    let frontend = Component {
        revisions: files.leak(),
        ..COMPONENT
    };
    databases::each(|database| {
        let dialect = database.dialect();
        let line = frontend.line(dialect, "irma").unwrap();
        assert_eq!(line.len(), 9, "{dialect}");
        let mut connection = database.open();
        let run = |connection: &mut dyn Connection, texts: &[Text]| {
            for text in texts {
                connection.run(&[&text.sql]).unwrap();
            }
        };
        for step in &line {
            run(connection.as_mut(), &step.up);
        }
        let made = introspect::tables(connection.as_mut()).unwrap();
        let by_hand = schemas(connection.as_mut());
        for step in line.iter().rev() {
            run(connection.as_mut(), step.down.as_deref().unwrap());
        }
        assert!(!made.is_empty(), "{dialect}");
        assert_eq!(
            introspect::tables(connection.as_mut()).unwrap(),
            [],
            "{dialect}"
        );
        let url = database.url();
        let settings = [("url", url.as_str()), ("tables_prefix", "irma")];
        frontend
            .with_settings(&settings)
            .unwrap()
            .upgrade("head")
            .unwrap();
        assert_eq!(schemas(connection.as_mut()), by_hand, "{dialect}");
    });
}

#[test]
fn a_line_lacks_the_way_back_of_those_revisions_alone_that_have_none() {
    let table = |name: &str| {
        format!(
            "-- migrate: upgrade\n\nCREATE TABLE {{prefix}}{name} (id INTEGER PRIMARY KEY);\n\n\
             -- migrate: downgrade\n\nDROP TABLE {{prefix}}{name};\n"
        )
    };
    let forward = "-- migrate: upgrade\n\nALTER TABLE {prefix}b ADD COLUMN n INTEGER;\n".to_owned();
    let bodies = [
        table("a"),
        table("b"),
        forward.clone(),
        table("c"),
        forward.replace('n', "m"),
    ];
    let files: Vec<EmbeddedFile> = bodies.iter().enumerate().map(embedded).collect();
    let component = Component {
        revisions: files.leak(),
        ..COMPONENT
    };
    let line = component.line(Dialect::Sqlite, "p").unwrap();
    let downs: Vec<Option<Vec<&str>>> = line
        .iter()
        .map(|it| {
            it.down
                .as_ref()
                .map(|texts| texts.iter().map(|text| text.sql.as_str()).collect())
        })
        .collect();
    let drops = |text: &'static str| Some(vec![text]);
    assert_eq!(
        downs,
        [
            drops("DROP TABLE \"p_a\""),
            drops("DROP TABLE \"p_b\""),
            None,
            drops("DROP TABLE \"p_c\""),
            None
        ]
    );
}

/// The revision number `number` of a line.
fn embedded((number, body): (usize, &String)) -> EmbeddedFile {
    let parent = match number {
        0 => String::new(),
        number => format!("r{}", number - 1),
    };
    let text = format!("-- step\n--\n-- Revision ID: r{number}\n-- Revises: {parent}\n\n{body}");
    EmbeddedFile {
        path: String::leak(format!("r{number}.sql")),
        text: String::leak(text),
        digest: None,
    }
}

/// Every table of ours as it is.
fn schemas(connection: &mut dyn Connection) -> Vec<Schema> {
    let tables = introspect::tables(connection).expect("tables can be listed");
    let ours = tables
        .iter()
        .filter(|it| it.name.as_str().starts_with("irma_"));
    let read = ours.map(|table| {
        introspect::table(connection, table)
            .expect("it is there")
            .schema
    });
    read.collect()
}
