//! What `init` can begin with: one entry for each engine, and one for a crate.

use crate::dialect::Dialect;

/// The beginning of a project.
pub(super) struct Template {
    /// Its name.
    pub name: &'static str,
    /// One line about it.
    pub summary: &'static str,
    /// The engine.
    dbms: &'static str,
    /// The port that its servers listen on; none for a file.
    port: Option<u16>,
    /// Whether it is a crate of a Rust workspace, which carries its revisions in a binary.
    pub is_crate: bool,
}

impl Template {
    /// Whether it has this name, or its engine has.
    pub(super) fn is_called(&self, name: &str) -> bool {
        let engine = Dialect::parse(name).filter(|_| !self.is_crate);
        self.name == name || engine.is_some_and(|engine| Dialect::parse(self.dbms) == Some(engine))
    }

    /// Whether its database is on a server.
    pub(super) fn has_server(&self) -> bool {
        self.port.is_some()
    }
}

/// All templates; the first is the default.
pub(super) const TEMPLATES: &[Template] = &[
    Template {
        name: "generic",
        summary: "One database in a SQLite file beside the ini; changed to a server at any time.",
        dbms: "sqlite",
        port: None,
        is_crate: false,
    },
    Template {
        name: "postgresql",
        summary: "One database on a PostgreSQL server.",
        dbms: "postgresql",
        port: Some(5432),
        is_crate: false,
    },
    Template {
        name: "mysql",
        summary: "One database on a MySQL or MariaDB server.",
        dbms: "mysql",
        port: Some(3306),
        is_crate: false,
    },
    Template {
        name: "rust",
        summary: "A crate of a Rust workspace, whose binary carries revisions and models.",
        dbms: "sqlite",
        port: None,
        is_crate: true,
    },
];

/// The keys that say where the database is.
fn address(template: &Template, places: &Places<'_>) -> String {
    let Places {
        database, prefix, ..
    } = places;
    match template.port {
        None => format!(
            "\
# the file, relative to this ini
dbname = {database}.db
"
        ),
        Some(port) => format!(
            "\
host = localhost
port = {port}
dbname = {database}
username = {database}
# or password_file = ..., or password_command = ..., or the variable {prefix}_SQLDB__PASSWORD
password =
# disable, prefer, require, verify-ca or verify-full
sslmode = prefer
"
        ),
    }
}

/// Where the files of a project are, as its ini says it.
pub(super) struct Places<'a> {
    /// The script location.
    pub location: &'a str,
    /// The models.
    pub models: &'a str,
    /// The name of the database.
    pub database: &'a str,
    /// What the names of variables begin with.
    pub prefix: &'a str,
}

/// The text of the ini.
pub(super) fn ini(template: &Template, places: &Places<'_>) -> String {
    let Places {
        location, models, ..
    } = places;
    format!(
        "\
# Where the database is and where its revisions are. A percent sign is written %%; %(here)s is the
# directory of this file; a comment needs a line of its own.

[sqldb]
# sqlite, postgresql or mysql (which is also MariaDB)
dbms = {dbms}
{address}\
# put before the name of every table where a revision says {{prefix}}, with an underscore
tables_prefix =

[migration]
script_location = {location}
# the desired schema in SQL, for revision --autogenerate, check and diff
models = {models}
# one row for each head stands in this table
version_table = alembic_version
# auto, revision or run: how revisions share transactions
transaction = auto
",
        dbms = template.dbms,
        address = address(template, places)
    )
}

/// The file of the models in the script location.
pub(super) const MODELS: &str = "models.sql";

/// The text of the models.
pub(super) fn models(program: &str) -> String {
    format!(
        "\
-- The database as it should be. {{prefix}} is tables_prefix and an underscore, or nothing. A change
-- starts here: `{program} revision --autogenerate -m TEXT` writes the revision that brings databases
-- to it, `{program} upgrade head` applies that. For example:
--
-- CREATE TABLE \"{{prefix}}person\" (
--     id INTEGER PRIMARY KEY AUTOINCREMENT,
--     name VARCHAR(80) NOT NULL
-- );
-- CREATE INDEX \"ix_{{prefix}}person_name\" ON \"{{prefix}}person\" (name);
"
    )
}

/// The text of the README in the script location.
pub(super) fn readme(program: &str) -> String {
    format!(
        "\
This project's database, in plain SQL: as it should be in {MODELS}, and its revisions, one file
each in versions/. Change the models, then:

    {program} revision --autogenerate -m \"what changes\"    a new file that does it and undoes it
    {program} revision -m \"what changes\"                   an empty one to write the SQL into
    {program} upgrade                                      run what is not yet applied
    {program} downgrade -1                                 undo the last revision
    {program} check                                        whether the database is what the models say
    {program} current                                      what the database has
    {program} history                                      all revisions
"
    )
}

/// The message of the first revision.
pub(super) const BEGINNING: &str = "the beginning";

/// What stands in it: without a comment it would look forgotten.
pub(super) const NOTHING: &str = "-- Nothing yet: tables come with the revisions that follow.\n";

/// The manifest of a crate.
pub(super) fn manifest(name: &str) -> String {
    format!(
        "\
[package]
name = \"{name}\"
description = \"Database revisions and models of {name}\"
version = \"0.1.0\"
edition = \"2024\"
publish = false

[[bin]]
name = \"{name}-migrate\"
path = \"src/main.rs\"

[dependencies]
mimalloc = {{ version = \"0.1\", default-features = false, features = [\"no_thp\", \"override\", \"v2\"] }}
# The workspace says in its own [workspace.dependencies] where the other two are.
migration-core.workspace = true

[build-dependencies]
migration-embed.workspace = true
"
    )
}

/// The build script of a crate.
pub(super) fn build_script(name: &str) -> String {
    format!(
        "\
//! Puts the revisions of {name} into its binary.

fn main() -> std::io::Result<()> {{
    migration_embed::emit(\"extras/migration/versions\")
}}
"
    )
}

/// The program of a crate.
pub(super) fn main(name: &str) -> String {
    format!(
        "\
//! The migrations of {name}: its revisions, models and ini, handed to the command line.

use std::process::ExitCode;

use migration_core::cli::{{Component, run}};

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {{
    run(&Component {{
        name: \"{name}\",
        program: \"{name}-migrate\",
        version: env!(\"CARGO_PKG_VERSION\"),
        default_ini: \"conf/{name}.ini\",
        revisions: migration_core::embedded_revisions!(),
        models: include_str!(\"../models/sqlobjects.sql\"),
        procedures: &[],
    }})
}}
"
    )
}
