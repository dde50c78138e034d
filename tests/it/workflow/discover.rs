//! Finding a database, keeping it, and using it where nobody names another.
#![expect(clippy::disallowed_methods, reason = "what is kept is a file")]

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::PathBuf;

use migration_core::dialect::Dialect;
use migration_tests::command::holds;
use migration_tests::databases::{self, TestDatabase};
use migration_tests::project::Project;

use super::{ended, silent_port, with_ini};

/// The file of what was kept, if there is one.
fn kept(project: &Project) -> Option<PathBuf> {
    let directory = project.path().join(".local/state/migrate");
    let entries = fs::read_dir(directory).ok()?;
    entries.flatten().map(|entry| entry.path()).next()
}

/// Variables of the engine's image for a database, as a `.env` file.
fn variables(database: &TestDatabase, port: u16) -> String {
    let server = database.server().expect("servers have one");
    let (family, name) = match database.dialect() {
        Dialect::Mysql => ("MYSQL", "DATABASE"),
        Dialect::Sqlite | Dialect::Postgres => ("POSTGRES", "DB"),
    };
    format!(
        "{family}_HOST=127.0.0.1\n{family}_PORT={port}\n{family}_USER=tester\n\
         {family}_PASSWORD=hush-4711\n{family}_{name}={}\n",
        server.database
    )
}

/// A compose file that publishes a database.
fn compose(database: &TestDatabase, password: &str) -> String {
    let server = database.server().expect("servers have one");
    let (image, family, name, inside) = match database.dialect() {
        Dialect::Mysql => ("mariadb:10.11", "MARIADB", "DATABASE", 3306),
        Dialect::Sqlite | Dialect::Postgres => ("postgres:15", "POSTGRES", "DB", 5432),
    };
    format!(
        "services:\n  db:\n    image: {image}\n    environment:\n      {family}_USER: tester\n      \
         {family}_PASSWORD: {password}\n      {family}_{name}: {}\n    ports:\n      \
         - \"127.0.0.1:{}:{inside}\"\n",
        server.database,
        server.port.unwrap_or_default()
    )
}

#[test]
fn the_environment_is_found_kept_by_name_used_aloud_and_forgotten() {
    databases::each_server(|database| {
        let project = with_ini("");
        let port = database
            .server()
            .and_then(|it| it.port)
            .expect("it has one");
        project.write(".env", &variables(database, port));
        let text = project.types(0, "chmod 600 .env; migrate discover");
        holds(&text, &["kept before: nothing\n", "_*: ", " answers\n"]);
        holds(
            &text,
            &["Kept in ", ": the other commands use it until `clean`."],
        );
        let path = kept(&project).expect("it is kept");
        let mode = fs::metadata(&path)
            .expect("it is there")
            .permissions()
            .mode();
        assert_eq!(mode & 0o777, 0o600);
        let file = fs::read_to_string(&path).expect("the owner may read it");
        holds(&file, &["\"variable\": \"", "_PASSWORD\""]);

        let used = project.types(0, "migrate upgrade dddd4");
        let line = "warning: using the discovered database ";
        assert_eq!(used.matches(line).count(), 1, "{used}");
        holds(&used, &["; `clean` forgets it\n", "Done: 4 steps"]);
        let quiet = project.types(0, "migrate -q current");
        holds(&quiet, &[line]);
        let history = project.types(0, "migrate heads");
        assert!(!history.contains("discovered"), "{history}");
        let again = project.types(0, "migrate discover --json");
        holds(&again, &["\"used\": true", "\"source\": \"kept before ("]);

        let gone = project.shell("mv .env away.env; migrate current");
        holds(
            &ended(&gone, 1),
            &["error: the password of the discovered database is gone: "],
        );
        let clean = project.types(0, "migrate clean");
        holds(&clean, &["Forgot "]);
        holds(&project.types(0, "migrate clean"), &["Nothing was kept."]);
        holds(
            &project.types(1, "migrate current"),
            &["error: no database"],
        );
        for said in [text, file, used, again, clean] {
            assert!(!said.contains("hush"), "{said}");
        }
    });
}

#[test]
fn a_compose_file_above_is_found_and_what_failed_before_it_is_told() {
    databases::each_server(|database| {
        let project = with_ini("");
        project.write("compose.yaml", &compose(database, "${DB_SECRET}"));
        project.write("down/here/x", "");
        project.write(".env", "DB_SECRET=hush-4711\n");
        let silent = variables(database, silent_port());
        let set: String = silent
            .lines()
            .map(|line| format!("export {line};"))
            .collect();
        let line = format!("{set} cd down/here; migrate -c ../../migrate.ini discover");
        let text = project.types(0, &line);
        holds(
            &text,
            &[
                "_*: ",
                ": cannot reach the ",
                "service db of ",
                " answers\n",
            ],
        );
        let file = fs::read_to_string(kept(&project).expect("it is kept")).unwrap();
        holds(&file, &["\"compose\": {", "\"service\": \"db\""]);
        for said in [&text, &file] {
            assert!(!said.contains("hush"), "{said}");
        }
        let used = project.types(0, "migrate upgrade dddd4");
        holds(&used, &["using the discovered database ", "service db of "]);
    });
}

#[test]
fn what_the_ini_names_is_never_replaced_without_a_word_of_its_own() {
    databases::each_server(|database| {
        let project = with_ini("[sqldb]\ndbms = sqlite\ndbname = own.db\n");
        project.write("compose.yaml", &compose(database, "hush-4711"));
        let text = project.types(0, "migrate discover");
        holds(
            &text,
            &["warning: kept in ", "do not use it: migrate.ini names one "],
        );
        let own = project.types(0, "migrate upgrade dddd4");
        assert!(!own.contains("discovered"), "{own}");
        assert!(project.path().join("own.db").exists());
        let line = "MIGRATE_SQLDB__DISCOVERED=yes migrate wait";
        let used = project.types(0, line);
        holds(&used, &["using the discovered database "]);
        let line = format!("MIGRATE_MIGRATION__ENVIRONMENT=production {line}");
        let text = project.types(78, &line);
        holds(
            &text,
            &["error: `discovered = yes` and `environment = production` do not go"],
        );
        let line = "MIGRATE_SQLDB__DISCOVERED=yes DATABASE_URL=sqlite:///own.db migrate wait";
        let named = project.types(0, line);
        assert!(!named.contains("discovered"), "{named}");
    });
}

#[test]
fn a_server_that_is_typed_is_the_only_one_that_is_asked() {
    databases::each_server(|database| {
        let server = database.server().expect("servers have one");
        let project = with_ini("");
        let place = format!(
            "--host 127.0.0.1 --port {} -u tester -d {} --dbms {}",
            server.port.unwrap_or_default(),
            server.database,
            database.dialect()
        );
        let line = format!("echo hush-4711 | migrate discover {place} -p");
        let text = project.types(0, &line);
        assert!(!text.contains("seen by everybody"), "{text}");
        holds(
            &text,
            &[
                "the command line: ",
                "warning: the password is kept as text in ",
            ],
        );
        assert!(!text.contains("hush"), "{text}");
        project.types(0, "migrate wait");
        let line = format!("migrate discover {place} -p hush-4711 --json");
        let json = project.types(0, &line);
        holds(
            &json,
            &["a password on the command line is seen by everybody"],
        );
        let line = format!("migrate discover {place} -p wrong");
        let text = project.types(1, &line);
        holds(
            &text,
            &[
                "error: the command line answers and refuses: the server refuses user `tester`",
                "hint: nothing behind it was asked, since that may be another's server. correct it",
            ],
        );
        let other = "wrong";
        let path = kept(&project).expect("what was kept before stays");
        assert!(!fs::read_to_string(path).unwrap().contains(other));
    });
}

/// Two servers are there, and the first of them says no.
fn refuses_and_stops(compose_text: &str, environment: &str, parts: &[&str]) {
    let Some(other) = databases::fresh(Dialect::Mysql) else {
        return;
    };
    let project = with_ini("");
    project.write(
        "compose.yaml",
        &format!(
            "{compose_text}{}",
            compose(&other, "hush-4711").replace("services:\n  db:", "  other:")
        ),
    );
    project.write(".env", environment);
    let text = project.types(1, "chmod 600 .env; migrate discover");
    holds(&text, parts);
    assert!(!text.contains("MariaDB"), "{text}");
    assert!(kept(&project).is_none(), "{text}");
    let json = project.types(1, "migrate discover --json");
    holds(
        &json,
        &["\"refused\": true", "\"kind\":\"database-refuses\""],
    );
}

#[test]
fn a_server_that_refuses_ends_the_search() {
    let Some(database) = databases::fresh(Dialect::Postgres) else {
        return;
    };
    let refused = "error: service db of ";
    refuses_and_stops(
        &compose(&database, "wrong"),
        "",
        &[
            refused,
            " answers and refuses: the server refuses user `tester`",
        ],
    );
    refuses_and_stops(
        &compose(&database, "${DB_SECRET}"),
        "OTHER=1\n",
        &[
            refused,
            "`DB_SECRET` is not set, in the environment or in `.env`: set it and run `discover` again",
        ],
    );
    let name = &database.server().expect("servers have one").database;
    refuses_and_stops(
        &compose(&database, "hush-4711").replace(name.as_str(), "nowhere_at_all"),
        "",
        &[
            refused,
            "the postgresql server has no database `nowhere_at_all`",
        ],
    );
}

#[test]
fn what_was_kept_says_how_to_look_anew_and_refuses_aloud() {
    let Some(database) = databases::fresh(Dialect::Postgres) else {
        return;
    };
    let project = with_ini("");
    project.write("compose.yaml", &compose(&database, "hush-4711"));
    let first = project.types(0, "migrate discover");
    assert!(!first.contains("looks anew"), "{first}");
    let again = project.types(0, "migrate discover");
    holds(
        &again,
        &["It was kept before, so nothing else was asked: `clean`, then `discover`, looks anew.\n"],
    );
    project.write("compose.yaml", &compose(&database, "wrong"));
    let text = project.types(1, "migrate discover");
    holds(
        &text,
        &[
            "error: kept before (service db of ",
            "`clean` forgets it; then `discover` looks anew",
        ],
    );
    project.write("compose.yaml", &compose(&database, ""));
    let text = project.types(1, "migrate discover");
    holds(
        &text,
        &[" answers and refuses: the password of the discovered database is gone"],
    );
}

#[test]
fn a_stale_database_is_reported_and_passed_over() {
    let Some(database) = databases::fresh(Dialect::Postgres) else {
        return;
    };
    let project = with_ini("");
    let port = database
        .server()
        .and_then(|it| it.port)
        .expect("it has one");
    project.write(".env", &variables(&database, port));
    project.types(0, "chmod 600 .env; migrate discover");
    let path = kept(&project).expect("it is kept");
    let file = fs::read_to_string(&path).unwrap();
    let stale = file.replace(&port.to_string(), &silent_port().to_string());
    fs::write(&path, &stale).unwrap();
    holds(
        &project.types(1, "migrate current"),
        &[
            "using the discovered",
            "cannot reach",
            "note: the database was discovered: `discover` looks for one again, `clean` forgets it\n",
        ],
    );
    let text = project.types(0, "migrate discover");
    holds(
        &text,
        &[
            "kept before (POSTGRES_*): postgresql://",
            ": cannot reach ",
            "Kept in ",
        ],
    );
    project.types(0, "migrate upgrade dddd4");
    fs::write(&path, "{ damaged").unwrap();
    let text = project.types(1, "migrate current");
    holds(
        &text,
        &[
            "warning: what was discovered cannot be read from `",
            "error: no database",
        ],
    );
    holds(
        &project.types(0, "migrate discover"),
        &["kept before: what was discovered cannot"],
    );
    project.types(0, "migrate current");
}

#[test]
fn nothing_reachable_says_where_it_was_looked_for() {
    let project = with_ini("");
    let text = project.types(1, "migrate discover");
    holds(
        &text,
        &[
            "kept before: nothing\n",
            "the environment: no POSTGRES_*, PG*, MYSQL_* or MARIADB_* is set\n",
            "compose file: there is none here or above\n",
            "migrate.ini: it names no database\n",
            "error: no database answers\n",
        ],
    );
    assert!(kept(&project).is_none());
    let json = project.types(1, "migrate discover --json");
    holds(&json, &["\"found\": null", "\"kind\":\"nothing-found\""]);
    let project = with_ini("[sqldb]\ndbms = sqlite\ndbname = own.db\n");
    project.types(0, "migrate upgrade dddd4");
    let text = project.types(0, "migrate discover");
    holds(
        &text,
        &[
            "migrate.ini: sqlite:///",
            "The settings name it already; nothing is kept.",
        ],
    );
    assert!(kept(&project).is_none());
}
