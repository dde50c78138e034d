//! Where databases are looked for, and when what was found is used.
#![expect(clippy::disallowed_methods, reason = "tests write the files they read")]

use std::collections::BTreeMap;
use std::fs;

use super::super::keys::Section;
use super::super::layers::Layer;
use super::{Discovered, Reference, Standing, compose_databases, standing, variable_databases};

fn environment(pairs: &[(&str, &str)]) -> BTreeMap<String, String> {
    let owned = |(name, value): &(&str, &str)| ((*name).to_owned(), (*value).to_owned());
    pairs.iter().map(owned).collect()
}

/// `engine user@host:port/database from REFERENCE`.
fn line(found: &Discovered) -> String {
    let port = found
        .port
        .map(|port| format!(":{port}"))
        .unwrap_or_default();
    let password = found.password.as_ref();
    let password = password.map_or("nowhere".to_owned(), ToString::to_string);
    format!(
        "{} {}@{}{port}/{} from {password}",
        found.dbms,
        found.username.as_deref().unwrap_or_default(),
        found.host,
        found.dbname
    )
}

#[track_caller]
fn check_variables(pairs: &[(&str, &str)], expected: &[&str]) {
    let found = variable_databases(&environment(pairs));
    let lines: Vec<String> = found.iter().map(line).collect();
    assert_eq!(lines, expected);
}

#[test]
fn variables_of_images_and_clients_name_databases() {
    check_variables(&[("PATH", "/bin"), ("POSTGRES_DB", "")], &[]);
    check_variables(
        &[("POSTGRES_PASSWORD", "x")],
        &["postgresql postgres@localhost/postgres from `POSTGRES_PASSWORD`"],
    );
    check_variables(
        &[
            ("PGHOST", "db"),
            ("PGPORT", "6543"),
            ("PGUSER", "u"),
            ("PGPASSWORD", "x"),
        ],
        &["postgresql u@db:6543/u from `PGPASSWORD`"],
    );
    check_variables(
        &[("MYSQL_ROOT_PASSWORD", "x"), ("MYSQL_DATABASE", "d")],
        &["mysql root@localhost/d from `MYSQL_ROOT_PASSWORD`"],
    );
    check_variables(
        &[
            ("MARIADB_USER", "u"),
            ("MARIADB_PASSWORD_FILE", "/run/secrets/p"),
        ],
        &["mysql u@localhost/ from the file of `MARIADB_PASSWORD_FILE`"],
    );
}

#[track_caller]
fn check_compose(text: &str, expected: Result<&[&str], &str>) {
    let directory = tempfile::tempdir().unwrap();
    let file = directory.path().join("compose.yaml");
    fs::write(&file, text).unwrap();
    fs::write(directory.path().join("db.env"), "MYSQL_DATABASE=filed\n").unwrap();
    let environment = environment(&[("SECRET", "s3"), ("OUT", "15432")]);
    let found = compose_databases(&file, &environment);
    let place = format!(" in {}", file.display());
    let lines: Result<Vec<String>, String> = found.map(|found| {
        let lines = found.iter().map(|it| line(it).replace(&place, ""));
        lines.collect()
    });
    match expected {
        Ok(expected) => assert_eq!(lines.unwrap(), expected, "{text}"),
        Err(reason) => {
            let error = lines.unwrap_err();
            assert!(error.contains(reason), "{error}");
        }
    }
}

#[test]
fn a_compose_file_names_what_it_publishes() {
    let postgres = "services:\n  db:\n    image: docker.io/library/postgres:15\n    \
                    environment:\n      POSTGRES_PASSWORD: ${SECRET}\n      POSTGRES_DB: irma\n    \
                    ports:\n";
    check_compose(
        &format!("{postgres}      - \"127.0.0.1:${{OUT}}:5432\"\n"),
        Ok(&[
            "postgresql postgres@127.0.0.1:15432/irma from `POSTGRES_PASSWORD` of the service `db`",
        ]),
    );
    let long = "      - target: 5432\n        published: \"6000\"\n        host_ip: 0.0.0.0\n";
    check_compose(
        &format!("{postgres}{long}"),
        Ok(&[
            "postgresql postgres@localhost:6000/irma from `POSTGRES_PASSWORD` of the service `db`",
        ]),
    );
    check_compose(
        "services:\n  web:\n    image: nginx\n    ports: ['80:80']\n  my:\n    image: ${I:-mariadb:11}\n    \
         env_file: db.env\n    environment: [MYSQL_USER=u, MYSQL_PASSWORD=p]\n    ports: ['3307:3306/tcp']\n",
        Ok(&["mysql u@localhost:3307/filed from `MYSQL_PASSWORD` of the service `my`"]),
    );
}

#[test]
fn a_compose_file_without_a_published_database_says_why() {
    let none = "none of its services publishes";
    check_compose(
        "services:\n  db:\n    image: postgres\n    ports: ['5432']\n",
        Err(none),
    );
    check_compose("services:\n  db:\n    image: postgres\n", Err(none));
    check_compose(
        "services:\n  web:\n    image: nginx\n    ports: ['80:80']\n",
        Err(none),
    );
    check_compose("version: '3'\n", Err("it has no services"));
    check_compose("", Err("it has no services"));
    check_compose("a: [\n", Err("line "));
}

fn found() -> Discovered {
    Discovered {
        dbms: "postgresql".to_owned(),
        host: "found".to_owned(),
        port: None,
        username: None,
        dbname: "d".to_owned(),
        password: Some(Reference::Text("hush".to_owned())),
        source: "a compose file".to_owned(),
        unset: Vec::new(),
    }
}

#[track_caller]
fn check_rule(ini: &[(&'static str, &str)], above: &[(&'static str, &str)], expected: &str) {
    let layer = |origin: &str, pairs: &[(&'static str, &str)]| {
        let mut layer = Layer::new(origin);
        for (key, value) in pairs {
            let section = match *key {
                "environment" => Section::Migration,
                _ => Section::Sqldb,
            };
            layer.set(section, key, (*value).to_owned());
        }
        layer
    };
    let standing = standing(&found(), &layer("ini", ini), &[layer("env", above)]);
    let said = match standing {
        Ok(Standing::Used(source)) => format!("used: {source}"),
        Ok(Standing::Unused(reason)) => reason,
        Err(error) => format!("error: {error}"),
    };
    assert!(said.starts_with(expected), "{ini:?} {above:?}: {said}");
}

#[test]
fn a_discovered_database_never_takes_the_place_of_one_that_is_named() {
    check_rule(&[], &[], "used: a compose file");
    check_rule(&[("tables_prefix", "irma")], &[], "used");
    check_rule(&[("dbms", "sqlite")], &[], "ini names one");
    check_rule(&[("password_file", "p")], &[], "ini names one");
    check_rule(&[("url", "sqlite:///x")], &[], "ini names one");
    check_rule(&[("dbms", "sqlite"), ("discovered", "yes")], &[], "used");
    check_rule(&[("discovered", "yes")], &[("host", "h")], "env names one");
    check_rule(&[], &[("password", "p")], "env names one");
    check_rule(&[("discovered", "no")], &[], "`discovered = no` is set");
    check_rule(
        &[("discovered", "yes")],
        &[("discovered", "no")],
        "`discovered = no`",
    );
    check_rule(
        &[("discovered", "perhaps")],
        &[],
        "error: `discovered` is `perhaps`",
    );
}

#[test]
fn production_is_never_discovered() {
    check_rule(&[("environment", "production")], &[], "`environment` says");
    check_rule(
        &[("environment", "dev")],
        &[("environment", "Production ")],
        "`environment` says",
    );
    check_rule(
        &[("environment", "prod"), ("discovered", "yes")],
        &[],
        "error: `discovered = yes` and `environment = production`",
    );
}

#[test]
fn passwords_are_kept_by_name_and_never_shown() {
    assert!(!format!("{:?}", found()).contains("hush"));
    let none = BTreeMap::new();
    let mut found = found();
    found.password = Some(Reference::Variable("SECRET".to_owned()));
    let error = found.layer(&none).err().unwrap();
    let said = "the password of the discovered database is gone: it came from `SECRET`";
    assert_eq!(error.to_string(), said);
    let layer = found.layer(&environment(&[("SECRET", "s3")])).unwrap();
    assert_eq!(layer.value(Section::Sqldb, "password"), Some("s3"));
}
