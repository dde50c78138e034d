//! Every key of our sections: the one table behind the reader, the reference page and the check of
//! `config/reference.ini`.

/// One of our sections.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Section {
    /// `[sqldb]`: which database, and how to get in.
    Sqldb,
    /// `[migration]`: where revisions are and how they run.
    Migration,
}

impl Section {
    /// Both, in the order they are documented.
    pub const ALL: [Self; 2] = [Self::Sqldb, Self::Migration];

    /// The name between the brackets.
    pub fn name(self) -> &'static str {
        match self {
            Self::Sqldb => "sqldb",
            Self::Migration => "migration",
        }
    }
}

/// One key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Key {
    /// Its section.
    pub section: Section,
    /// Its name.
    pub name: &'static str,
    /// What holds without it; empty for nothing.
    pub default: &'static str,
    /// What it means.
    pub documentation: &'static str,
}

const fn sqldb(name: &'static str, default: &'static str, documentation: &'static str) -> Key {
    Key {
        section: Section::Sqldb,
        name,
        default,
        documentation,
    }
}

const fn migration(name: &'static str, default: &'static str, documentation: &'static str) -> Key {
    Key {
        section: Section::Migration,
        name,
        default,
        documentation,
    }
}

/// All keys, in the order they are documented.
pub const KEYS: &[Key] = &[
    sqldb(
        "dbms",
        "",
        "The engine: `sqlite`, `postgresql` or `mysql` (which is also MariaDB).",
    ),
    sqldb(
        "dialect",
        "",
        "An SQLAlchemy driver name, as IRMA's files have it. Accepted and of no effect.",
    ),
    sqldb(
        "url",
        "",
        "The database as a URL, in SQLAlchemy's forms: `sqlite:///relative.db`, \
         `sqlite:////absolute.db`, `postgresql://user:password@host:port/name?sslmode=require`, \
         `mysql://...`. A driver (`postgresql+psycopg2`) is ignored; special characters in user \
         and password are percent-encoded. What it states replaces the keys below.",
    ),
    sqldb("username", "", "The user. Empty: the engine's own rule."),
    sqldb(
        "password",
        "",
        "The password, in the clear; the other two ways, or the environment, are better.",
    ),
    sqldb(
        "password_file",
        "",
        "A file whose content is the password, without one line end after it.",
    ),
    sqldb(
        "password_command",
        "",
        "A program whose output is the password, without one line end after it: any secrets \
         manager's command line. Split into words as a shell would, run without one, at most 30 \
         seconds, and only when a connection is opened.",
    ),
    sqldb(
        "host",
        "",
        "Host name, address, or path of a local socket. Empty: `localhost`.",
    ),
    sqldb("port", "", "The port. Empty: the engine's own."),
    sqldb(
        "dbname",
        "",
        "The database on a server; for SQLite the file, relative to the ini, or `:memory:`.",
    ),
    sqldb(
        "discovered",
        "auto",
        "Whether a database that `discover` found is used: `auto` where nothing else names a database, \
         `yes` also in place of the ini's own, `no` never. Never with `environment = production`.",
    ),
    sqldb(
        "tables_prefix",
        "",
        "Put before the name of every table, with an underscore: `irma` makes `irma_file` of \
         `{prefix}file`. Letters, digits and underscores, at most 30.",
    ),
    sqldb(
        "sslmode",
        "disable",
        "TLS to a server: `disable`, `prefer`, `require`, `verify-ca` or `verify-full`.",
    ),
    sqldb(
        "sslrootcert",
        "",
        "The certificates of the authorities that are trusted (PEM). Empty: the usual public ones.",
    ),
    sqldb("sslcert", "", "The client's certificate (PEM)."),
    sqldb("sslkey", "", "The key of that certificate (PEM)."),
    migration(
        "script_location",
        "",
        "The directory that holds `versions/` and, when there is one, `revision.sql.tmpl`. Empty: \
         the revisions inside the binary.",
    ),
    migration(
        "seeds",
        "",
        "The directory of seeds for `verify`: `ID.sql` is run before the revision of that id. Empty: \
         there are none.",
    ),
    migration(
        "version_locations",
        "",
        "The directories of revisions, when they are not `versions/` of the script location. They \
         are searched with everything below them.",
    ),
    migration(
        "path_separator",
        "newline",
        "What separates the directories of `version_locations`: `newline`, `space`, `os` (as in \
         `PATH`), `:` or `;`.",
    ),
    migration(
        "version_table",
        "alembic_version",
        "The table that says which revision the database has. Its ledger is `<version_table>_log`. \
         Components that share a database need one each.",
    ),
    migration(
        "version_table_schema",
        "",
        "The schema of that table. Empty: the connection's own.",
    ),
    migration(
        "transaction",
        "auto",
        "How steps share transactions: `revision` is one each, `run` is one for all, `auto` is \
         `run` when the database is at base and `revision` otherwise. On PostgreSQL a value that \
         is added to an enumerated type can be used once it is committed: but for `run`, a \
         transaction ends behind the revision that adds one.",
    ),
    migration(
        "lock",
        "auto",
        "What holds the lock that lets one migration run at a time on a server: `session`, a session \
         of the server, released when it ends; `lease`, a row of `<version_table>_lock` that ends \
         after 30 seconds unless it is renewed, for a pooler that gives every transaction another \
         session; `auto` is `lease` where such a pooler shows, and `session` otherwise.",
    ),
    migration(
        "wait_for_lock",
        "600",
        "How many seconds to wait while another migration of the same database runs, or on SQLite \
         another program writes the file. `--lock-timeout` of a command replaces it.",
    ),
    migration(
        "ddl_lock_timeout",
        "5",
        "How many seconds a statement may wait for what other connections hold, while everybody else \
         who wants the same table queues behind it: `lock_timeout` of PostgreSQL, \
         `lock_wait_timeout` and `innodb_lock_wait_timeout` of MySQL and MariaDB (in whole seconds). \
         Then the step is undone, and tried again after a pause. Not at base, where nobody uses the \
         tables yet. `0` leaves it to the server.",
    ),
    migration(
        "ddl_lock_tries",
        "10",
        "How often a step is tried when other connections are in its way; `1` is once. The pauses \
         grow from half a second to eight, and chance shortens them.",
    ),
    migration(
        "statement_timeout",
        "0",
        "How many seconds a statement may run: `statement_timeout` of PostgreSQL, `max_statement_time` \
         of MariaDB, `max_execution_time` (of queries) of MySQL. Statements that take long and are in \
         nobody's way (`CREATE INDEX CONCURRENTLY`, `VALIDATE CONSTRAINT`) have no limit; statements \
         that change rows have this one. `0` leaves it to the server.",
    ),
    migration(
        "sqlite_alter",
        "warn",
        "What to do when SQLite has no statement for a change of a table: `warn` and do it, or `refuse` \
         before anything is touched.",
    ),
    migration(
        "edited",
        "warn",
        "What to do when a revision was edited after it was applied and something is to run: `warn` \
         and run it, or `refuse` before anything is touched.",
    ),
    migration(
        "backup",
        "",
        "Where a copy of the database is put before the first change of an `upgrade` or \
         `downgrade`: a directory, or the pattern of a file name, with `{name}` for the database, \
         `{date}` and `{revision}`, the one the database is at. Empty: no copy is taken, but with \
         `--backup`.",
    ),
    migration(
        "models",
        "",
        "The file of the models, the desired schema in SQL, for `revision --autogenerate`, `check` \
         and `diff`. Empty: the models inside the binary.",
    ),
    migration(
        "include_tables",
        "",
        "The only tables and views that are compared: names, between commas or on lines, in which \
         `*` is any text and `?` one character, such as `{prefix}file*`. Empty: all.",
    ),
    migration(
        "exclude_tables",
        "",
        "Tables and views that are not compared, in the same form.",
    ),
    migration(
        "exclude_kinds",
        "",
        "Kinds of objects that are not compared, between commas: `table`, `index`, `unique`, \
         `foreign-key`, `check`, `comment`, `view`, `sequence`, `enum`, `function`, `trigger`, \
         `policy`, `schema`.",
    ),
    migration(
        "compare_types",
        "yes",
        "Whether types of columns are compared: `yes` or `no`.",
    ),
    migration(
        "compare_defaults",
        "yes",
        "Whether defaults of columns are compared: `yes` or `no`.",
    ),
    migration(
        "schemas",
        "",
        "Schemas that are compared besides the connection's own and those that models and revisions \
         name, between commas (PostgreSQL).",
    ),
    migration(
        "file_template",
        "%(rev)s_%(slug)s",
        "The file name of a new revision, without `.sql`. Names: `rev`, `slug`, `epoch`, `year`, \
         `month`, `day`, `hour`, `minute`, `second`, as in `%(year)d-%(month).2d`; `/` makes \
         directories. In the ini every `%` is doubled.",
    ),
    migration(
        "truncate_slug_length",
        "40",
        "How many characters of the message go into the file name; it is cut between words.",
    ),
    migration(
        "timezone",
        "",
        "The zone of creation dates, such as `UTC` or `Europe/Paris`. Empty: the system's.",
    ),
    migration(
        "environment",
        "",
        "What this database is for, such as `production`, in reports and safeguards: `dropdb` never \
         drops a database of `production`.",
    ),
];

/// The names of a section's keys.
pub(super) fn names(section: Section) -> impl Iterator<Item = &'static str> {
    KEYS.iter()
        .filter(move |key| key.section == section)
        .map(|key| key.name)
}

/// Whether the value of a key may stand in an error: it is one of ours, and no secret.
pub(super) fn may_be_shown(name: &str) -> bool {
    const SECRET: [&str; 3] = ["url", "password", "password_command"];
    KEYS.iter().any(|key| key.name == name) && !SECRET.contains(&name)
}
