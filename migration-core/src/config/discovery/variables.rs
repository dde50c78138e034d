//! Databases that variables of other programs name: those of the images, and of the engines' own
//! clients.

use std::collections::BTreeMap;

use super::rule::set;
use super::{Discovered, Reference};

/// The variables of one kind of program.
struct Family {
    dbms: &'static str,
    /// What all names begin with.
    name: &'static str,
    host: &'static [&'static str],
    port: &'static [&'static str],
    user: &'static [&'static str],
    database: &'static [&'static str],
    password: &'static [&'static str],
    /// Who signs in when no user is named.
    default_user: &'static str,
    /// The password of that user, when it has a variable of its own.
    default_password: &'static [&'static str],
}

const FAMILIES: [Family; 4] = [
    Family {
        dbms: "postgresql",
        name: "POSTGRES_*",
        host: &["POSTGRES_HOST"],
        port: &["POSTGRES_PORT"],
        user: &["POSTGRES_USER"],
        database: &["POSTGRES_DB"],
        password: &["POSTGRES_PASSWORD"],
        default_user: "postgres",
        default_password: &[],
    },
    Family {
        dbms: "postgresql",
        name: "PG*",
        host: &["PGHOST"],
        port: &["PGPORT"],
        user: &["PGUSER"],
        database: &["PGDATABASE"],
        password: &["PGPASSWORD"],
        default_user: "postgres",
        default_password: &[],
    },
    Family {
        dbms: "mysql",
        name: "MYSQL_*",
        host: &["MYSQL_HOST"],
        port: &["MYSQL_PORT", "MYSQL_TCP_PORT"],
        user: &["MYSQL_USER"],
        database: &["MYSQL_DATABASE"],
        password: &["MYSQL_PASSWORD", "MYSQL_PWD"],
        default_user: "root",
        default_password: &["MYSQL_ROOT_PASSWORD"],
    },
    Family {
        dbms: "mysql",
        name: "MARIADB_*",
        host: &["MARIADB_HOST"],
        port: &["MARIADB_PORT"],
        user: &["MARIADB_USER"],
        database: &["MARIADB_DATABASE"],
        password: &["MARIADB_PASSWORD"],
        default_user: "root",
        default_password: &["MARIADB_ROOT_PASSWORD"],
    },
];

/// The variables of each kind of program, for the reference.
pub(in crate::config) fn names() -> impl Iterator<Item = (&'static str, Vec<&'static str>)> {
    FAMILIES.iter().map(|it| {
        let names = [
            it.host,
            it.port,
            it.user,
            it.password,
            it.default_password,
            it.database,
        ];
        (it.dbms, names.concat())
    })
}

/// The databases that the environment names, one for each kind of program.
pub fn variable_databases(environment: &BTreeMap<String, String>) -> Vec<Discovered> {
    let found = FAMILIES.iter().filter_map(|it| it.read(environment));
    found.collect()
}

/// The database that an image makes of its variables, without a place; `families` by engine.
pub(super) fn of_image(
    environment: &BTreeMap<String, String>,
    reference: impl Fn(&str) -> Reference,
) -> Option<Discovered> {
    let images = FAMILIES.iter().filter(|it| it.name != "PG*");
    let mut found = images.filter_map(|it| {
        let mut found = it.read(environment)?;
        found.password = match found.password {
            Some(Reference::Variable(name)) => Some(reference(&name)),
            // A file inside a container is nobody's here.
            Some(Reference::FileOfVariable(_) | Reference::Compose { .. } | Reference::Text(_))
            | None => None,
        };
        Some(found)
    });
    found.next()
}

impl Family {
    fn read(&self, environment: &BTreeMap<String, String>) -> Option<Discovered> {
        let first = |names: &[&'static str]| {
            let mut found = names.iter().filter(|name| set(environment, name).is_some());
            found.next().copied()
        };
        let value = |names| first(names).and_then(|name| set(environment, name));
        let own = [
            self.host,
            self.port,
            self.user,
            self.database,
            self.password,
            self.default_password,
        ];
        let is_set = own.into_iter().any(|names| first(names).is_some());
        let file = |name: &&'static str| {
            let name = format!("{name}_FILE");
            set(environment, &name).is_some().then_some(name)
        };
        let user = value(self.user).unwrap_or(self.default_user);
        let passwords = match value(self.user) {
            None if !self.default_password.is_empty() => self.default_password,
            _ => self.password,
        };
        let by_file = passwords.iter().find_map(file);
        if !is_set && by_file.is_none() {
            return None;
        }
        let password = first(passwords).map(|name| Reference::Variable(name.to_owned()));
        let password = password.or(by_file.map(Reference::FileOfVariable));
        let unset = match password {
            None => passwords.first().map(|&name| name.to_owned()),
            Some(_) => None,
        };
        Some(Discovered {
            dbms: self.dbms.to_owned(),
            host: value(self.host).unwrap_or("localhost").to_owned(),
            port: value(self.port).and_then(|port| port.parse().ok()),
            username: Some(user.to_owned()),
            dbname: match value(self.database) {
                Some(name) => name.to_owned(),
                // As PostgreSQL's image and clients do; MySQL has no such rule.
                None if self.dbms == "postgresql" => user.to_owned(),
                None => String::new(),
            },
            password,
            source: self.name.to_owned(),
            unset: unset.into_iter().collect(),
        })
    }
}
