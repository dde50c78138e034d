//! Databases made by `initdb` and dropped by `dropdb`.
#![expect(clippy::disallowed_methods, reason = "files are looked for")]

use migration_core::dialect::Dialect;
use migration_tests::command::holds;
use migration_tests::databases::{self, TestDatabase};
use migration_tests::project::Project;

use super::{ended, with_ini};

/// A project whose database is still to be made, and that database's name.
fn absent(database: &TestDatabase) -> (Project, String) {
    let Some(server) = database.server() else {
        let project = with_ini("[sqldb]\ndbms = sqlite\ndbname = deep/down/new.db\n");
        return (project, "new.db".to_owned());
    };
    let name = format!("{}_new", server.database);
    let old = format!("dbname = {}\n", server.database);
    let ini = database.ini().replace(&old, &format!("dbname = {name}\n"));
    (with_ini(&ini), name)
}

#[test]
fn a_database_that_is_not_there_is_made_and_upgraded() {
    databases::each(|database| {
        let (project, name) = absent(database);
        let text = project.types(0, "migrate initdb dddd4");
        holds(
            &text,
            &[
                "Creating the database ",
                "Done: 4 steps in ",
                " is at dddd4.",
            ],
        );
        let again = project.types(0, "migrate initdb dddd4 --json");
        holds(&again, &["\"created\": false", "\"steps\": []"]);
        let text = project.types(0, "migrate initdb dddd4");
        holds(
            &text,
            &[
                " is there already.\n",
                "Nothing to do: the database is at dddd4.",
            ],
        );
        assert!(!text.contains("hush"), "{text}");
        project.types(0, &format!("migrate dropdb --yes {name}"));
    });
}

#[test]
fn a_database_is_dropped_by_its_name_alone() {
    databases::each(|database| {
        let (project, name) = absent(database);
        project.types(0, "migrate -q initdb dddd4");
        let text = project.types(2, "migrate dropdb");
        let hint = format!("hint: `--yes {name}` does it without asking\n");
        holds(
            &text,
            &[" would be dropped, and nobody can be asked\n", &hint],
        );
        let text = project.types(1, "migrate dropdb --yes other");
        let hint = format!("hint: it is called `{name}`\n");
        holds(
            &text,
            &["error: `other` is not the name of the database", &hint],
        );
        let set = "MIGRATE_MIGRATION__ENVIRONMENT=Production";
        let text = project.types(1, &format!("{set} migrate dropdb --yes {name}"));
        let origin = "(MIGRATE_MIGRATION__ENVIRONMENT)\n";
        holds(
            &text,
            &[" is a production database: `environment` says so ", origin],
        );
        holds(&project.types(0, "migrate current"), &["dddd4 "]);

        let text = project.types(0, &format!("migrate dropdb --yes {name}"));
        holds(
            &text,
            &[
                "What will be lost with ",
                ": 6 tables, ",
                "  aaaa1 ",
                "\nDropped ",
            ],
        );
        project.types(1, "migrate current");
        project.types(1, &format!("migrate dropdb --yes {name}"));
        if database.dialect() == Dialect::Sqlite {
            let left = std::fs::read_dir(project.path().join("deep/down"));
            assert_eq!(left.expect("the directory stays").count(), 0);
        }
    });
}

#[test]
fn who_is_asked_types_the_name() {
    let database = databases::fresh(Dialect::Sqlite).expect("SQLite is always there");
    let (project, name) = absent(&database);
    project.types(0, "migrate initdb dddd4");
    let typing = |typed: &str| {
        let line = format!("echo {typed} | script -qec 'migrate dropdb' /dev/null");
        project.shell(&line)
    };
    let text = ended(&typing("yes"), 1);
    holds(
        &text,
        &["Type the name of the database to drop it (new.db): "],
    );
    holds(&text, &["error: `yes` is not the name of the database"]);
    project.types(0, "migrate current");
    holds(&ended(&typing(&name), 0), &["Dropped "]);
    project.types(1, "migrate current");
}

#[test]
fn a_database_in_use_stays_and_its_users_are_named() {
    databases::each(|database| {
        let (project, name) = absent(database);
        project.types(0, "migrate initdb dddd4");
        let line = format!("migrate dropdb --yes {name}");
        match database.dialect() {
            Dialect::Sqlite => {
                let path = project.path().join("deep/down/new.db");
                let address = migration_core::database::Address::Sqlite { path };
                let options = migration_core::database::OpenOptions::write("tests");
                let mut other = migration_core::database::open(&address, &options).unwrap();
                other.begin().unwrap();
                let text = project.types(1, &line);
                holds(&text, &["error: gave up waiting for another connection"]);
                other.rollback().unwrap();
            }
            Dialect::Postgres | Dialect::Mysql => {
                let mut address = database.address().clone();
                let server = match &mut address {
                    migration_core::database::Address::Postgres(server)
                    | migration_core::database::Address::Mysql(server) => server,
                    migration_core::database::Address::Sqlite { .. } => return,
                };
                server.database.clone_from(&name);
                let options = migration_core::database::OpenOptions::write("visitor");
                let _other = migration_core::database::open(&address, &options).unwrap();
                let is_postgres = database.dialect() == Dialect::Postgres;
                let text = project.types(i32::from(is_postgres), &line);
                holds(&text, &["warning: connection ", " of user `tester` from "]);
                if is_postgres {
                    let error = format!("error: the database `{name}` is in use: connection ");
                    holds(
                        &text,
                        &[&error, " (visitor of user ", "hint: stop these programs"],
                    );
                    return;
                }
            }
        }
        let left = project.shell(&line);
        assert_eq!(left.status.success(), database.dialect() == Dialect::Sqlite);
    });
}

#[test]
fn without_the_right_an_administrator_is_told_what_to_type() {
    databases::each_server(|database| {
        let (_, name) = absent(database);
        let server = database.server().expect("servers have one");
        let mut administrator = database.open();
        let (make, remove, expected) = match database.dialect() {
            Dialect::Mysql => (
                "CREATE USER nobodys IDENTIFIED BY 'hush-4711'",
                "DROP USER nobodys",
                format!("GRANT ALL PRIVILEGES ON `{name}`.* TO 'nobodys'@'%';"),
            ),
            Dialect::Sqlite | Dialect::Postgres => (
                "CREATE ROLE nobodys LOGIN PASSWORD 'hush-4711'",
                "DROP ROLE nobodys",
                format!("CREATE DATABASE \"{name}\" OWNER \"nobodys\";"),
            ),
        };
        administrator.run(&[make]).expect("the administrator may");
        let ini = database.ini();
        let ini = ini.replace("username = tester", "username = nobodys");
        let ini = ini.replace(
            &format!("dbname = {}", server.database),
            &format!("dbname = {name}"),
        );
        let project = with_ini(&ini);
        let text = project.types(1, "migrate initdb dddd4");
        let error = format!("error: user `nobodys` may not create the database `{name}`\n");
        holds(
            &text,
            &[
                &error,
                "caused by: ",
                "hint: an administrator runs\n",
                &expected,
            ],
        );
        administrator.run(&[remove]).expect("the administrator may");
    });
}

#[test]
fn a_tree_that_cannot_be_read_leaves_no_database_behind() {
    databases::each(|database| {
        let (project, _) = absent(database);
        project.write("migrations/versions/bad.sql", "no header\n");
        project.types(1, "migrate initdb");
        assert!(!project.path().join("deep").exists());
        let text = project.types(78, "migrate wait");
        assert!(!text.contains("answers"), "{text}");
    });
    let project = with_ini("[sqldb]\ndbms = sqlite\ndbname = :memory:\n");
    let text = project.types(1, "migrate initdb dddd4");
    holds(
        &text,
        &["error: a database in memory is made and gone with each command"],
    );
}
