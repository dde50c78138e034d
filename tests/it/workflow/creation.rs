//! Databases made by `initdb` and dropped by `dropdb`.
#![expect(clippy::disallowed_methods, reason = "files are looked for")]

use migration_core::dialect::Dialect;
use migration_tests::databases::{self, TestDatabase};
use migration_tests::project::Project;

use super::{ended, holds, with_ini};

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
        let text = ended(&project.shell("migrate initdb dddd4"), 0);
        holds(
            &text,
            &[
                "Creating the database ",
                "Done: 4 steps in ",
                " is at dddd4.",
            ],
        );
        let again = ended(&project.shell("migrate initdb dddd4 --json"), 0);
        holds(&again, &["\"created\": false", "\"steps\": []"]);
        let text = ended(&project.shell("migrate initdb dddd4"), 0);
        holds(
            &text,
            &[
                " is there already.\n",
                "Nothing to do: the database is at dddd4.",
            ],
        );
        assert!(!text.contains("hush"), "{text}");
        ended(&project.shell(&format!("migrate dropdb --yes {name}")), 0);
    });
}

#[test]
fn a_database_is_dropped_by_its_name_alone() {
    databases::each(|database| {
        let (project, name) = absent(database);
        ended(&project.shell("migrate -q initdb dddd4"), 0);
        let text = ended(&project.shell("migrate dropdb"), 2);
        let hint = format!("hint: `--yes {name}` does it without asking\n");
        holds(
            &text,
            &[" would be dropped, and nobody can be asked\n", &hint],
        );
        let text = ended(&project.shell("migrate dropdb --yes other"), 1);
        let hint = format!("hint: it is called `{name}`\n");
        holds(
            &text,
            &["error: `other` is not the name of the database", &hint],
        );
        let set = "MIGRATE_MIGRATION__ENVIRONMENT=Production";
        let text = ended(
            &project.shell(&format!("{set} migrate dropdb --yes {name}")),
            1,
        );
        let origin = "(MIGRATE_MIGRATION__ENVIRONMENT)\n";
        holds(
            &text,
            &[" is a production database: `environment` says so ", origin],
        );
        holds(&ended(&project.shell("migrate current"), 0), &["dddd4 "]);

        let text = ended(&project.shell(&format!("migrate dropdb --yes {name}")), 0);
        holds(
            &text,
            &[
                "What will be lost with ",
                ": 6 tables, ",
                "  aaaa1 ",
                "\nDropped ",
            ],
        );
        ended(&project.shell("migrate current"), 1);
        ended(&project.shell(&format!("migrate dropdb --yes {name}")), 1);
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
    ended(&project.shell("migrate initdb dddd4"), 0);
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
    ended(&project.shell("migrate current"), 0);
    holds(&ended(&typing(&name), 0), &["Dropped "]);
    ended(&project.shell("migrate current"), 1);
}

#[test]
fn a_database_in_use_stays_and_its_users_are_named() {
    databases::each(|database| {
        let (project, name) = absent(database);
        ended(&project.shell("migrate initdb dddd4"), 0);
        let line = format!("migrate dropdb --yes {name}");
        match database.dialect() {
            Dialect::Sqlite => {
                let path = project.path().join("deep/down/new.db");
                let address = migration_core::database::Address::Sqlite { path };
                let options = migration_core::database::OpenOptions::write("tests");
                let mut other = migration_core::database::open(&address, &options).unwrap();
                other.begin().unwrap();
                let text = ended(&project.shell(&line), 1);
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
                let text = ended(&project.shell(&line), i32::from(is_postgres));
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
        let text = ended(&project.shell("migrate initdb dddd4"), 1);
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
        ended(&project.shell("migrate initdb"), 1);
        assert!(!project.path().join("deep").exists());
        let text = ended(&project.shell("migrate wait"), 78);
        assert!(!text.contains("answers"), "{text}");
    });
    let project = with_ini("[sqldb]\ndbms = sqlite\ndbname = :memory:\n");
    let text = ended(&project.shell("migrate initdb dddd4"), 1);
    holds(
        &text,
        &["error: a database in memory is made and gone with each command"],
    );
}
