//! `password_command` with a secrets service on this machine and its own command line client.

use std::net::TcpListener;
use std::process::Output;
use std::thread;

use migration_core::database::Server;
use migration_core::dialect::Dialect;
use migration_tests::command::said;
use migration_tests::databases::{self, TestDatabase};
use migration_tests::project::Project;
use migration_tests::secrets::{self, Service};

/// What neither a shell, an ini nor a client may spoil.
const PASSWORD: &str = "hush %s \"4711\" $HOME";
const USER: &str = "keeper";

/// A project whose ini asks for the secret of this name, on the server of the database.
fn project(server: &Server, dialect: Dialect, secret: &str) -> Project {
    let project = Project::named("tree");
    let ini = format!(
        "[sqldb]\ndbms = {dialect}\nusername = {USER}\nhost = {}\nport = {}\ndbname = {}\n\
         password_command = aws secretsmanager get-secret-value --secret-id {secret}\n    \
         --query SecretString --output text\n\
         [migration]\nscript_location = %(here)s/migrations\n",
        server.host,
        server.port.unwrap_or_default(),
        server.database
    );
    project.write("migrate.ini", &ini);
    project
}

/// Gives the user of the secret this password, and all rights to the database.
fn enlist(database: &TestDatabase, server: &Server, password: &str) {
    let name = &server.database;
    let statements = match database.dialect() {
        Dialect::Sqlite => Vec::new(),
        Dialect::Postgres => vec![
            format!("DROP ROLE IF EXISTS {USER}"),
            format!("CREATE ROLE {USER} LOGIN PASSWORD '{password}'"),
            format!("ALTER DATABASE \"{name}\" OWNER TO {USER}"),
            format!("ALTER SCHEMA public OWNER TO {USER}"),
        ],
        Dialect::Mysql => vec![
            format!("CREATE OR REPLACE USER {USER}@'%' IDENTIFIED BY '{password}'"),
            format!("GRANT ALL ON \"{name}\".* TO {USER}@'%'"),
        ],
    };
    let mut connection = database.open();
    for statement in statements {
        connection.run(&[&statement]).expect("an administrator may");
    }
}

/// Types a line where the service is to be found; what it says has no password in it.
#[track_caller]
fn types(project: &Project, environment: &str, line: &str) -> (i32, String) {
    let output: Output = project.shell(&format!("{environment}{line}"));
    let text = said(&output);
    assert!(!text.contains("hush"), "{line}: {text}");
    (output.status.code().unwrap_or(-1), text)
}

#[test]
fn a_password_comes_from_a_secrets_service() {
    let Some(service) = secrets::start() else {
        return;
    };
    databases::each_server(|database| {
        if database.is_foreign() {
            return;
        }
        let server = database.server().expect("it is a server").clone();
        let dialect = database.dialect();
        let secret = format!("prod/{dialect}");
        enlist(database, &server, PASSWORD);
        service.keep(&secret, PASSWORD);
        let project = project(&server, dialect, &secret);
        fits_and_is_never_shown(&project, &service);
        is_asked_for_anew(database, &project, &service, &secret);
        if dialect == Dialect::Postgres {
            let mut connection = database.open();
            let statement = format!("REASSIGN OWNED BY {USER} TO CURRENT_USER; DROP ROLE {USER}");
            connection.run(&[&statement]).expect("an administrator may");
        }
    });
}

fn fits_and_is_never_shown(project: &Project, service: &Service) {
    let environment = service.environment();
    let upgrade = types(project, &environment, "migrate upgrade eeee5 --backup=.");
    assert_eq!(upgrade.0, 0, "{}", upgrade.1);
    let current = types(project, &environment, "migrate current");
    assert_eq!(current, (0, "eeee5 (effective head)\n".to_owned()));
    for line in ["migrate info", "migrate info --json", "migrate wait"] {
        let (code, text) = types(project, &environment, line);
        assert_eq!(code, 0, "{text}");
    }
    let (_, info) = types(project, &environment, "migrate info");
    assert!(info.contains(" aws ***\n"), "{info}");
}

/// A password that was changed needs no change of the ini.
fn is_asked_for_anew(database: &TestDatabase, project: &Project, service: &Service, secret: &str) {
    let rotated = "hush-rotated";
    service.keep(secret, rotated);
    let (code, text) = types(project, &service.environment(), "migrate current");
    assert_eq!(code, 1, "{text}");
    assert!(text.contains("refuses user `keeper`"), "{text}");
    let change = match database.dialect() {
        Dialect::Mysql => format!("ALTER USER {USER}@'%' IDENTIFIED BY '{rotated}'"),
        Dialect::Sqlite | Dialect::Postgres => format!("ALTER ROLE {USER} PASSWORD '{rotated}'"),
    };
    let mut connection = database.open();
    connection.run(&[&change]).expect("an administrator may");
    let (code, text) = types(project, &service.environment(), "migrate current");
    assert_eq!((code, text.as_str()), (0, "eeee5 (effective head)\n"));
}

/// A server that is never reached, because there is no password for it.
fn nowhere() -> Server {
    Server {
        host: "127.0.0.1".to_owned(),
        port: Some(1),
        user: None,
        password: None,
        database: "app".to_owned(),
        tls: migration_core::database::Tls::default(),
    }
}

#[test]
fn a_secret_that_cannot_be_had_ends_the_run_with_what_the_client_says() {
    let Some(service) = secrets::start() else {
        return;
    };
    service.keep("prod/app", PASSWORD);
    let missing = project(&nowhere(), Dialect::Postgres, "prod/ap");
    let environment = service.environment();
    let (code, text) = types(&missing, &environment, "migrate upgrade heads");
    assert_eq!(code, 1, "{text}");
    let start = "error: `password_command` failed: `aws` ended with exit status: 25";
    assert!(text.starts_with(start), "{text}");
    assert!(text.contains("ResourceNotFoundException"), "{text}");
    let (code, text) = types(&missing, &environment, "migrate upgrade-and-close");
    assert_eq!(code, 78, "{text}");

    let present = project(&nowhere(), Dialect::Postgres, "prod/app");
    let closed = secrets::environment(1);
    let (code, text) = types(&present, &closed, "migrate upgrade heads");
    assert_eq!(code, 1, "{text}");
    assert!(text.contains("Could not connect to the endpoint"), "{text}");
    let aside = "mkdir -p none && printf '%s' '#!/bin/sh\necho hush; echo denied hush >&2; exit 7' \
                 > none/aws && chmod +x none/aws && PATH=$PWD/none:$PATH";
    let line = format!("{aside} migrate current");
    let output = present.shell(&format!("{environment}{line}"));
    let text = said(&output);
    assert!(
        text.contains("exit status: 7 and said: denied ***"),
        "{text}"
    );
}

#[test]
fn a_client_that_hangs_is_given_up() {
    let Some(_service) = secrets::start() else {
        return;
    };
    // It accepts, and never answers.
    let silent = TcpListener::bind("127.0.0.1:0").expect("there is a free port");
    let port = silent.local_addr().expect("it has an address").port();
    thread::spawn(move || silent.incoming().flatten().collect::<Vec<_>>());
    let project = project(&nowhere(), Dialect::Mysql, "prod/app");
    let (code, text) = types(
        &project,
        &secrets::environment(port),
        "migrate upgrade heads",
    );
    assert_eq!(code, 1, "{text}");
    let expected = "error: `password_command` failed: `aws` did not end in 30 seconds\n";
    assert!(text.starts_with(expected), "{text}");
}
