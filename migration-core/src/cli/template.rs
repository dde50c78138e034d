//! What `init` can begin with: one entry for each engine.

/// The beginning of a project.
pub(super) struct Template {
    /// Its name.
    pub name: &'static str,
    /// One line about it.
    pub summary: &'static str,
    /// The section `[sqldb]`, without its head.
    pub database: &'static str,
}

/// All templates; the first is the default.
pub(super) const TEMPLATES: &[Template] = &[
    Template {
        name: "generic",
        summary: "One database in a SQLite file beside the ini; changed to a server at any time.",
        database: "\
# sqlite, postgresql or mysql (which is also MariaDB)
dbms = sqlite
# the file, relative to this ini
dbname = app.db
# put before the name of every table where a revision says {prefix}, with an underscore
tables_prefix =
",
    },
    Template {
        name: "postgresql",
        summary: "One database on a PostgreSQL server.",
        database: "\
# sqlite, postgresql or mysql (which is also MariaDB)
dbms = postgresql
host = localhost
port = 5432
dbname = app
username = app
# or password_file = ..., or password_command = ..., or the environment
password =
# disable, prefer, require, verify-ca or verify-full
sslmode = prefer
# put before the name of every table where a revision says {prefix}, with an underscore
tables_prefix =
",
    },
    Template {
        name: "mysql",
        summary: "One database on a MySQL or MariaDB server.",
        database: "\
# sqlite, postgresql or mysql (which is also MariaDB)
dbms = mysql
host = localhost
port = 3306
dbname = app
username = app
# or password_file = ..., or password_command = ..., or the environment
password =
# disable, prefer, require, verify-ca or verify-full
sslmode = prefer
# put before the name of every table where a revision says {prefix}, with an underscore
tables_prefix =
",
    },
];

/// The text of the ini; `location` is the script location as the ini says it.
pub(super) fn ini(template: &Template, location: &str) -> String {
    format!(
        "\
# Where the database is and where its revisions are. A percent sign is written %%; %(here)s is the
# directory of this file; a comment needs a line of its own.

[sqldb]
{database}
[migration]
script_location = {location}
# one row for each head stands in this table
version_table = alembic_version
# auto, revision or run: how revisions share transactions
transaction = auto
",
        database = template.database
    )
}

/// The text of the README in the script location.
pub(super) fn readme(program: &str) -> String {
    format!(
        "\
The revisions of this project's database, in plain SQL, one file each in versions/.

    {program} revision -m \"what changes\"    a new file to write the SQL into
    {program} upgrade                       run what is not yet applied
    {program} downgrade -1                  undo the last revision
    {program} current                       what the database has
    {program} history                       all revisions
"
    )
}
