//! What `init` can begin with: one entry for each engine.

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
}

/// All templates; the first is the default.
pub(super) const TEMPLATES: &[Template] = &[
    Template {
        name: "generic",
        summary: "One database in a SQLite file beside the ini; changed to a server at any time.",
        dbms: "sqlite",
        port: None,
    },
    Template {
        name: "postgresql",
        summary: "One database on a PostgreSQL server.",
        dbms: "postgresql",
        port: Some(5432),
    },
    Template {
        name: "mysql",
        summary: "One database on a MySQL or MariaDB server.",
        dbms: "mysql",
        port: Some(3306),
    },
];

/// The keys that say where the database is.
fn address(template: &Template) -> String {
    match template.port {
        None => "\
# the file, relative to this ini
dbname = app.db
"
        .to_owned(),
        Some(port) => format!(
            "\
host = localhost
port = {port}
dbname = app
username = app
# or password_file = ..., or password_command = ..., or the environment
password =
# disable, prefer, require, verify-ca or verify-full
sslmode = prefer
"
        ),
    }
}

/// The text of the ini; `location` is the script location as the ini says it.
pub(super) fn ini(template: &Template, location: &str) -> String {
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
models = {location}/{MODELS}
# one row for each head stands in this table
version_table = alembic_version
# auto, revision or run: how revisions share transactions
transaction = auto
",
        dbms = template.dbms,
        address = address(template)
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
