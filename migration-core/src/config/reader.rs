//! Values read by their keys: words, numbers, times, paths, the database.

use std::path::{Path, PathBuf};
use std::time::Duration;

use super::ConfigError;
use super::keys::Section;
use super::layers::{Found, Values};
use super::password::{self, PasswordSource};
use super::settings::Database;
use crate::database::{Address, Secret, Server, SslMode, Tls};
use crate::dialect::Dialect;
use crate::text::{Place, closest};

/// Identifiers of the engines hold 63 bytes; this leaves 33 for the name that follows.
const PREFIX_LENGTH: usize = 30;

/// As long as the names derived from it, such as `<version_table>_lock`, fit 63 bytes.
const TABLE_LENGTH: usize = 58;

/// What relative paths start from, and where keys stand.
pub(super) struct Bases<'a> {
    pub(super) ini: &'a Path,
    pub(super) working_directory: &'a Path,
    /// The origin whose paths start from the working directory.
    pub(super) command_line: &'a str,
    pub(super) place: &'a dyn Fn(Section, &str) -> Option<Place>,
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

pub(super) const SEPARATOR: [(&str, &[char]); 5] = [
    ("newline", &['\n']),
    ("space", &[' ', '\t', '\n']),
    ("os", &[if cfg!(windows) { ';' } else { ':' }, '\n']),
    (":", &[':', '\n']),
    (";", &[';', '\n']),
];

/// Reads values by their keys.
pub(super) struct Reader<'a> {
    pub(super) values: &'a Values,
    pub(super) bases: &'a Bases<'a>,
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

    pub(super) fn dialect(&self) -> Result<Option<Dialect>, ConfigError> {
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

    pub(super) fn number(
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
    pub(super) fn seconds(&self, key: &'static str) -> Result<Option<Duration>, ConfigError> {
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
    pub(super) fn limit(&self, key: &'static str) -> Result<Option<Duration>, ConfigError> {
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

    pub(super) fn prefix(&self) -> Result<String, ConfigError> {
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

    pub(super) fn table_name(&self, key: &'static str) -> Result<Option<String>, ConfigError> {
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
    pub(super) fn version_locations(
        &self,
        script: Option<&Path>,
    ) -> Result<Vec<PathBuf>, ConfigError> {
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
    pub(super) fn database(
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
