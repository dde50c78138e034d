//! `docs/guide/production.md`: its statements make two users, one who migrates and one who works, and
//! each may do what the page says.
#![expect(clippy::disallowed_methods, reason = "this test reads a page")]

use std::fs;

use migration_core::database::{self, Address, OpenOptions, Secret};
use migration_core::dialect::Dialect;
use migration_tests::command::root;
use migration_tests::databases::{self, TestDatabase};
use migration_tests::project::Project;

/// The statements of the page for this engine, with the name of the test's database.
fn statements(database: &TestDatabase) -> Vec<String> {
    let page = root().join("docs/guide/production.md");
    let page = fs::read_to_string(page).expect("the page can be read");
    let heading = match database.dialect() {
        Dialect::Mysql => "On MariaDB and MySQL:",
        Dialect::Sqlite | Dialect::Postgres => "On PostgreSQL, as an administrator",
    };
    let (_, rest) = page.split_once(heading).expect("the page has the engine");
    let (_, rest) = rest.split_once("```sql\n").expect("a block follows");
    let (block, _) = rest.split_once("```").expect("it ends");
    let name = &database.server().expect("it is a server").database;
    let own = |statement: &str| {
        let statement = statement.trim();
        let statement = statement.replace("DATABASE irma ", &format!("DATABASE \"{name}\" "));
        statement.replace(" irma.*", &format!(" \"{name}\".*"))
    };
    let all = block.split(';').map(own).filter(|it| !it.is_empty());
    all.collect()
}

/// The database as a user of the page reaches it.
fn ini(database: &TestDatabase, user: &str, password: &str) -> String {
    let server = database.server().expect("it is a server");
    format!(
        "[sqldb]\ndbms = {}\nusername = {user}\npassword = {password}\nhost = {}\nport = {}\n\
         dbname = {}\ntables_prefix = irma\n",
        database.dialect(),
        server.host,
        server.port.unwrap_or_default(),
        server.database
    )
}

/// A connection of the application's user.
fn application(database: &TestDatabase) -> Box<dyn database::Connection> {
    let mut address = database.address().clone();
    if let Address::Postgres(server) | Address::Mysql(server) = &mut address {
        server.user = Some("irma_app".to_owned());
        server.password = Some(Secret::new("change me too"));
    }
    database::open(&address, &OpenOptions::write("tests")).expect("the application may come in")
}

/// The same database, made anew by the page's statements.
fn prepare(database: &TestDatabase) {
    for statement in statements(database) {
        let mut connection = database.open();
        if statement.starts_with("CREATE DATABASE") {
            let name = &database.server().expect("it is a server").database;
            let made = match database.dialect() {
                // It is there already, so that the test can be connected to it.
                Dialect::Postgres => format!("ALTER DATABASE \"{name}\" OWNER TO irma_owner"),
                Dialect::Sqlite | Dialect::Mysql => continue,
            };
            connection.run(&[&made]).expect("an administrator may");
        } else if let Err(error) = connection.run(&[&statement]) {
            panic!("{statement}: {error:?}");
        }
    }
}

#[test]
fn the_users_of_the_page_may_do_what_it_says_and_no_more() {
    databases::each_server(|database| {
        if database.is_foreign() {
            return;
        }
        prepare(database);
        let project = Project::new();
        project.write("owner.ini", &ini(database, "irma_owner", "change me"));
        project.write("app.ini", &ini(database, "irma_app", "change me too"));
        for command in ["upgrade", "downgrade", "upgrade", "check", "drift"] {
            project.types(0, &format!("frontend-migrate -c owner.ini {command}"));
        }
        the_application_works_and_changes_no_table(&project, database);
        if database.dialect() == Dialect::Postgres {
            let mut connection = database.open();
            let statement = "REASSIGN OWNED BY irma_owner TO CURRENT_USER; \
                             DROP OWNED BY irma_owner; DROP OWNED BY irma_app; DROP ROLE irma_owner, irma_app";
            connection.run(&[statement]).expect("an administrator may");
        }
    });
}

fn the_application_works_and_changes_no_table(project: &Project, database: &TestDatabase) {
    let mut connection = application(database);
    let row = "INSERT INTO irma_tag (text) VALUES ('malware')";
    connection.run(&[row]).expect("the application may write");
    for statement in ["DROP TABLE irma_tag", "CREATE TABLE own (n INTEGER)"] {
        let refused = connection.run(&[statement]);
        assert!(refused.is_err(), "{}: {statement}", database.dialect());
    }
    let tool = "frontend-migrate -c app.ini";
    let current = project.types(0, &format!("{tool} current --check-heads"));
    assert_eq!(current, "960de2c5749e (head)\n");
    project.types(0, &format!("{tool} status"));
    let refused = project.types(1, &format!("{tool} downgrade"));
    assert!(refused.contains("nothing was applied"), "{refused}");
    let current = project.types(0, &format!("{tool} current"));
    assert_eq!(current, "960de2c5749e (head)\n");
}
