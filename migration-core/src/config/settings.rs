//! From texts to typed settings.

use std::path::{Path, PathBuf};
use std::time::Duration;

use super::autogenerate::{self, Autogenerate};
use super::keys::Section;
use super::layers::{Found, Values};
use super::password::{self, PasswordSource};
use super::{ConfigError, Hook};
use crate::database::{Address, Secret, Server, SslMode, Tls, lock};
use crate::dialect::{Dialect, Limits, VersionTable};
use crate::execute::{TableChangePolicy, Transaction};
use crate::status::EditedPolicy;
use crate::text::{Place, closest};

/// Identifiers of the engines hold 63 bytes; this leaves 33 for the name that follows.
const PREFIX_LENGTH: usize = 30;

/// As long as the names derived from it, such as `<version_table>_lock`, fit 63 bytes.
const TABLE_LENGTH: usize = 58;

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
struct Database {
    address: Address,
    /// Where its name comes from.
    origin: String,
    password: PasswordSource,
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

fn prefixed(prefix: &str, name: &str) -> String {
    if prefix.is_empty() {
        return name.to_owned();
    }
    format!("{prefix}_{name}")
}

/// What relative paths start from, and where keys stand.
pub(super) struct Bases<'a> {
    pub(super) ini: &'a Path,
    pub(super) working_directory: &'a Path,
    /// The origin whose paths start from the working directory.
    pub(super) command_line: &'a str,
    pub(super) place: &'a dyn Fn(Section, &str) -> Option<Place>,
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

/// Reads a time in seconds, such as `60` or `0.5`, up to the 24 days that every server can count in
/// milliseconds.
pub fn seconds(text: &str) -> Option<Duration> {
    const MOST: f64 = 2_147_483.0;
    let number: f64 = text.trim().parse().ok()?;
    (0.0..=MOST)
        .contains(&number)
        .then(|| Duration::from_secs_f64(number))
}

const SSL_MODE: [(&str, SslMode); 8] = [
    ("disable", SslMode::Disable),
    ("prefer", SslMode::Prefer),
    ("require", SslMode::Require),
    ("verify-ca", SslMode::VerifyCa),
    ("verify-full", SslMode::VerifyFull),
    // MySQL's own words.
    ("disabled", SslMode::Disable),
    ("preferred", SslMode::Prefer),
    ("required", SslMode::Require),
];

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

const SEPARATOR: [(&str, &[char]); 5] = [
    ("newline", &['\n']),
    ("space", &[' ', '\t', '\n']),
    ("os", &[if cfg!(windows) { ';' } else { ':' }, '\n']),
    (":", &[':', '\n']),
    (";", &[';', '\n']),
];

/// Reads values by their keys.
pub(super) struct Reader<'a> {
    pub(super) values: &'a Values,
    bases: &'a Bases<'a>,
}

impl Reader<'_> {
    pub(super) fn text(&self, section: Section, key: &'static str) -> Option<String> {
        self.values.get(section, key).map(|found| found.text)
    }

    pub(super) fn unfit(
        &self,
        section: Section,
        key: &'static str,
        found: Found,
        expected: impl Into<String>,
    ) -> ConfigError {
        let place = (self.bases.place)(section, key);
        ConfigError::Unfit {
            key,
            value: found.text.into(),
            // A value of a higher layer hides the entry of the ini.
            place: place.filter(|place| place.source.name() == found.origin),
            origin: found.origin,
            expected: expected.into().into(),
            nearest: None,
        }
    }

    /// A value that is one of a few words.
    pub(super) fn word<T: Copy>(
        &self,
        section: Section,
        key: &'static str,
        words: &[(&'static str, T)],
    ) -> Result<Option<T>, ConfigError> {
        let Some(found) = self.values.get(section, key) else {
            return Ok(None);
        };
        let known = words.iter().find(|(word, _)| *word == found.text);
        if let Some((_, value)) = known {
            return Ok(Some(*value));
        }
        let names: Vec<&str> = words.iter().map(|(word, _)| *word).collect();
        let likely = closest(&found.text, words.iter().map(|(word, _)| *word));
        let mut error = self.unfit(section, key, found, format!("one of {}", names.join(", ")));
        if let ConfigError::Unfit { nearest, .. } = &mut error {
            *nearest = likely;
        }
        Err(error)
    }

    fn dialect(&self) -> Result<Option<Dialect>, ConfigError> {
        let Some(found) = self.values.get(Section::Sqldb, "dbms") else {
            return Ok(None);
        };
        match Dialect::parse(&found.text) {
            Some(dialect) => Ok(Some(dialect)),
            None => self.word(
                Section::Sqldb,
                "dbms",
                &Dialect::ALL.map(|dialect| (dialect.name(), dialect)),
            ),
        }
    }

    fn number(
        &self,
        section: Section,
        key: &'static str,
        range: std::ops::RangeInclusive<u16>,
    ) -> Result<Option<u16>, ConfigError> {
        let Some(found) = self.values.get(section, key) else {
            return Ok(None);
        };
        match found.text.trim().parse() {
            Ok(number) if range.contains(&number) => Ok(Some(number)),
            _ => {
                let expected = format!("a number from {} to {}", range.start(), range.end());
                Err(self.unfit(section, key, found, expected))
            }
        }
    }

    /// A time in seconds.
    fn seconds(&self, key: &'static str) -> Result<Option<Duration>, ConfigError> {
        let Some(found) = self.values.get(Section::Migration, key) else {
            return Ok(None);
        };
        match seconds(&found.text) {
            Some(time) => Ok(Some(time)),
            None => {
                let expected = "a number of seconds, such as 60 or 0.5";
                Err(self.unfit(Section::Migration, key, found, expected))
            }
        }
    }

    /// A time in seconds, of which zero means none.
    fn limit(&self, key: &'static str) -> Result<Option<Duration>, ConfigError> {
        Ok(self.seconds(key)?.filter(|limit| !limit.is_zero()))
    }

    /// A path, made absolute against the ini's directory, or for the command line's the working
    /// directory.
    pub(super) fn path(&self, section: Section, key: &'static str) -> Option<PathBuf> {
        let found = self.values.get(section, key)?;
        Some(self.base(&found).join(&found.text))
    }

    fn base(&self, found: &Found) -> &Path {
        if found.origin == self.bases.command_line {
            self.bases.working_directory
        } else {
            self.bases.ini
        }
    }

    fn prefix(&self) -> Result<String, ConfigError> {
        let Some(found) = self.values.get(Section::Sqldb, "tables_prefix") else {
            return Ok(String::new());
        };
        let text = &found.text;
        let fits = text.len() <= PREFIX_LENGTH
            && text.starts_with(|c: char| c.is_alphabetic() || c == '_')
            && text.chars().all(|c| c.is_alphanumeric() || c == '_');
        if !fits {
            let expected = format!(
                "a part of a table name: a letter or underscore, then letters, digits and \
                 underscores, at most {PREFIX_LENGTH} bytes"
            );
            return Err(self.unfit(Section::Sqldb, "tables_prefix", found, expected));
        }
        Ok(found.text)
    }

    fn table_name(&self, key: &'static str) -> Result<Option<String>, ConfigError> {
        let Some(found) = self.values.get(Section::Migration, key) else {
            return Ok(None);
        };
        if found.text.len() > TABLE_LENGTH || found.text.chars().any(char::is_control) {
            let expected = format!("a name of at most {TABLE_LENGTH} bytes");
            return Err(self.unfit(Section::Migration, key, found, expected));
        }
        Ok(Some(found.text))
    }

    /// The directories listed, or `versions/` of the script location, or none.
    fn version_locations(&self, script: Option<&Path>) -> Result<Vec<PathBuf>, ConfigError> {
        let separators = self.word(Section::Migration, "path_separator", &SEPARATOR)?;
        let Some(found) = self.values.get(Section::Migration, "version_locations") else {
            return Ok(script
                .map(|script| script.join("versions"))
                .into_iter()
                .collect());
        };
        let base = self.base(&found);
        Ok(found
            .text
            .split(separators.unwrap_or(&['\n']))
            .map(str::trim)
            .filter(|path| !path.is_empty())
            .map(|path| base.join(path))
            .collect())
    }

    /// The database; the name of the key that is missing when there is none.
    fn database(
        &self,
        dialect: Option<Dialect>,
    ) -> Result<Result<Database, &'static str>, ConfigError> {
        let sqldb = |key| self.text(Section::Sqldb, key);
        let server = Server {
            host: sqldb("host").unwrap_or_else(|| "localhost".to_owned()),
            port: self.number(Section::Sqldb, "port", 1..=u16::MAX)?,
            user: sqldb("username"),
            password: None,
            database: sqldb("dbname").unwrap_or_default(),
            tls: Tls {
                mode: self
                    .word(Section::Sqldb, "sslmode", &SSL_MODE)?
                    .unwrap_or_default(),
                root_certificate: self.path(Section::Sqldb, "sslrootcert"),
                certificate: self.path(Section::Sqldb, "sslcert"),
                key: self.path(Section::Sqldb, "sslkey"),
            },
        };
        let password = self.password()?;
        let Some(dialect) = dialect else {
            return Ok(Err("dbms"));
        };
        let Some(name) = self.values.get(Section::Sqldb, "dbname") else {
            return Ok(Err("dbname"));
        };
        let path = match name.text.as_str() {
            ":memory:" => PathBuf::from(":memory:"),
            file => self.base(&name).join(file),
        };
        Ok(Ok(Database {
            address: Address::of(dialect, path, server),
            origin: name.origin,
            password,
        }))
    }

    fn password(&self) -> Result<PasswordSource, ConfigError> {
        if let Some(text) = self.text(Section::Sqldb, "password") {
            return Ok(PasswordSource::Given(Secret::new(text)));
        }
        if let Some(path) = self.path(Section::Sqldb, "password_file") {
            return Ok(PasswordSource::File(path));
        }
        match self.text(Section::Sqldb, "password_command") {
            Some(line) => password::words(&line).map(PasswordSource::command),
            None => Ok(PasswordSource::None),
        }
    }
}
