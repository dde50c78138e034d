//! From texts to typed settings.

use std::path::{Path, PathBuf};
use std::time::Duration;

use super::autogenerate::{self, Autogenerate};
use super::keys::Section;
use super::layers::Values;
use super::password::PasswordSource;
use super::reader::{Bases, Reader};
use super::{ConfigError, Hook};
use crate::database::{Address, Secret, lock};
use crate::dialect::{Dialect, Limits, VersionTable};
use crate::execute::{TableChangePolicy, Transaction};
use crate::status::EditedPolicy;

/// Everything that is configured, checked and typed; secrets are fetched by [`Settings::address`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settings {
    database: Result<Database, &'static str>,
    dialect: Option<Dialect>,
    /// The prefix of table names, without the underscore.
    pub tables_prefix: String,
    /// The directory that holds `versions/`; none means the revisions inside the binary.
    pub script_location: Option<PathBuf>,
    /// The directory of seeds for `verify`.
    pub seeds: Option<PathBuf>,
    /// The directories of revisions; none means the revisions inside the binary.
    pub version_locations: Vec<PathBuf>,
    /// The table that says which revisions a database has.
    pub version_table: VersionTable,
    /// How steps share transactions.
    pub transaction: Transaction,
    /// What holds the lock of a run.
    pub lock: lock::Way,
    /// How long to wait while another migration runs.
    pub wait_for_lock: Duration,
    /// How long statements may wait and run.
    pub limits: Limits,
    /// How often a step is tried that others are in the way of.
    pub ddl_lock_tries: u32,
    /// What to do when SQLite has no statement for a change of a table.
    pub sqlite_alter: TableChangePolicy,
    /// What to do when an applied revision was edited.
    pub edited: EditedPolicy,
    /// Where a copy is put before the first change: a directory, or the pattern of a file.
    pub backup: Option<PathBuf>,
    /// The file names of new revisions.
    pub file_template: String,
    /// How many characters of the message go into them.
    pub truncate_slug_length: usize,
    /// The zone of creation dates.
    pub timezone: Option<String>,
    /// What autogenerate and its relatives are told.
    pub autogenerate: Autogenerate,
    /// What the database is for.
    pub environment: Option<String>,
    /// The pairs of `-x`, in order.
    pub arguments: Vec<(String, String)>,
}

/// A database whose password is not fetched yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Database {
    pub(super) address: Address,
    /// Where its name comes from.
    pub(super) origin: String,
    pub(super) password: PasswordSource,
}

impl Settings {
    /// The database, with its password fetched: the only thing here that may read a file or run a
    /// program, so to be asked when a connection is opened and at no other time.
    ///
    /// # Errors
    ///
    /// No database is configured, or its password cannot be fetched.
    pub fn address(&self) -> Result<Address, ConfigError> {
        let database = self.database()?;
        let password = database.password.fetch()?;
        Ok(database.address.clone().with_password(password))
    }

    /// The database to show to people; its password, if any, is a mask.
    ///
    /// # Errors
    ///
    /// No database is configured.
    pub fn shown_address(&self) -> Result<Address, ConfigError> {
        let database = self.database()?;
        let mask = (database.password != PasswordSource::None).then(|| Secret::new("***"));
        Ok(database.address.clone().with_password(mask))
    }

    /// Where the name of the database comes from: the ini, a variable, the command line.
    ///
    /// # Errors
    ///
    /// No database is configured.
    pub fn database_origin(&self) -> Result<&str, ConfigError> {
        Ok(&self.database()?.origin)
    }

    /// The engine.
    ///
    /// # Errors
    ///
    /// No database is configured.
    pub fn dialect(&self) -> Result<Dialect, ConfigError> {
        self.dialect.ok_or(ConfigError::NoDatabase { key: "dbms" })
    }

    /// What `{prefix}` means: the prefix and an underscore, or nothing.
    pub fn prefix(&self) -> String {
        self.prefix_table_name("")
    }

    /// The name of a table with the prefix before it.
    pub fn prefix_table_name(&self, name: &str) -> String {
        prefixed(&self.tables_prefix, name)
    }

    /// The value of a `-x key=value`; the last one counts.
    pub fn argument(&self, key: &str) -> Option<&str> {
        super::argument(&self.arguments, key)
    }

    /// The file that the password is read from.
    pub(super) fn password_file(&self) -> Option<&Path> {
        match &self.database.as_ref().ok()?.password {
            PasswordSource::File(path) => Some(path),
            PasswordSource::None | PasswordSource::Given(_) | PasswordSource::Command(..) => None,
        }
    }

    fn database(&self) -> Result<&Database, ConfigError> {
        let missing = |key: &&'static str| ConfigError::NoDatabase { key };
        self.database.as_ref().map_err(missing)
    }
}

/// A name with the prefix before it.
pub(super) fn prefixed(prefix: &str, name: &str) -> String {
    if prefix.is_empty() {
        return name.to_owned();
    }
    format!("{prefix}_{name}")
}

/// Types and checks all values.
pub(super) fn build(
    values: &Values,
    bases: &Bases<'_>,
    arguments: Vec<(String, String)>,
    hooks: Vec<Hook>,
) -> Result<Settings, ConfigError> {
    let reader = Reader { values, bases };
    let migration = |key| reader.text(Section::Migration, key);
    let dialect = reader.dialect()?;
    let script_location = reader.path(Section::Migration, "script_location");
    let tables_prefix = reader.prefix()?;
    let prefix = prefixed(&tables_prefix, "");
    Ok(Settings {
        database: reader.database(dialect)?,
        dialect,
        tables_prefix,
        autogenerate: autogenerate::read(&reader, &prefix, hooks)?,
        version_locations: reader.version_locations(script_location.as_deref())?,
        script_location,
        seeds: reader.path(Section::Migration, "seeds"),
        version_table: VersionTable {
            schema: reader.table_name("version_table_schema")?,
            name: reader.table_name("version_table")?.unwrap_or_default(),
        },
        transaction: reader
            .word(Section::Migration, "transaction", &TRANSACTION)?
            .unwrap_or_default(),
        lock: reader
            .word(Section::Migration, "lock", &LOCK)?
            .unwrap_or_default(),
        wait_for_lock: reader.seconds("wait_for_lock")?.unwrap_or_default(),
        limits: Limits {
            lock: reader.limit("ddl_lock_timeout")?,
            statement: reader.limit("statement_timeout")?,
        },
        ddl_lock_tries: reader
            .number(Section::Migration, "ddl_lock_tries", 1..=1000)?
            .unwrap_or_default()
            .into(),
        sqlite_alter: reader
            .word(Section::Migration, "sqlite_alter", &SQLITE_ALTER)?
            .unwrap_or_default(),
        edited: reader
            .word(Section::Migration, "edited", &EDITED)?
            .unwrap_or_default(),
        backup: reader.path(Section::Migration, "backup"),
        file_template: migration("file_template").unwrap_or_default(),
        truncate_slug_length: reader
            .number(Section::Migration, "truncate_slug_length", 1..=200)?
            .unwrap_or_default()
            .into(),
        timezone: migration("timezone"),
        environment: migration("environment"),
        arguments,
    })
}

const TRANSACTION: [(&str, Transaction); 3] = [
    ("auto", Transaction::Auto),
    ("revision", Transaction::Revision),
    ("run", Transaction::Run),
];

const LOCK: [(&str, lock::Way); 3] = [
    ("auto", lock::Way::Auto),
    ("session", lock::Way::Session),
    ("lease", lock::Way::Lease),
];

const SQLITE_ALTER: [(&str, TableChangePolicy); 2] = [
    ("warn", TableChangePolicy::Warn),
    ("refuse", TableChangePolicy::Refuse),
];

const EDITED: [(&str, EditedPolicy); 2] = [
    ("warn", EditedPolicy::Warn),
    ("refuse", EditedPolicy::Refuse),
];
