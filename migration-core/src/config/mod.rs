//! Settings: ini, environment and command line read into typed values.
//!
//! In: a [`Request`] with the texts and the environment handed over by `cli`. Out: [`Settings`] and
//! warnings. Unknown keys of our sections are errors that name the nearest known one; other
//! sections are not ours. Never opens a connection; secrets are fetched when one is opened.

mod alembic;
mod autogenerate;
pub mod discovery;
mod dotenv;
mod env_files;
mod error;
mod exposure;
mod hooks;
mod ini;
mod keys;
mod layers;
mod load;
mod origins;
mod page;
mod password;
mod reader;
mod settings;
mod stated;
mod url;
mod variables;
mod warning;

use std::collections::BTreeMap;
use std::path::Path;

use discovery::{Discovered, Standing};

pub use alembic::AlembicKeys;
pub use autogenerate::{Autogenerate, pattern};
pub use discovery::is_production;
pub use env_files::EnvFiles;
pub use error::{ConfigError, UrlProblem};
pub use hooks::{Hook, HookProblem};
pub use keys::{KEYS, Key, Section};
pub use load::{environment, load};
pub use page::reference_page;
pub use password::PasswordSource;
pub use reader::seconds;
pub use settings::Settings;
pub use stated::Stated;
pub use variables::{VARIABLES, Variable};

/// What is to be read.
#[derive(Clone, Copy)]
pub struct Request<'a> {
    /// The component, whose name in capitals begins its variables.
    pub component: &'a str,
    /// The ini file, relative to the working directory; empty when none is to be read.
    pub ini: &'a Path,
    /// Whether the user named the ini. One that is not there is then always an error; the default
    /// one may be missing when the environment or the command line names a database.
    pub ini_named: bool,
    /// The section of `-n`, which stands for `[migration]`; `[sqldb:SECTION]`, when there is one,
    /// stands for `[sqldb]`.
    pub section: Option<&'a str>,
    /// The pairs of `-x`, in order.
    pub arguments: &'a [(String, String)],
    /// The environment.
    pub environment: &'a BTreeMap<String, String>,
    /// Which files add to it.
    pub env_files: EnvFiles<'a>,
    /// The database that `discover` kept.
    pub discovered: Kept<'a>,
    /// The working directory, absolute.
    pub working_directory: &'a Path,
    /// Values from the command line, by the names of [`KEYS`]; they win over everything.
    pub overrides: &'a [(&'static str, String)],
}

/// What is known of a discovered database.
#[derive(Debug, Clone, Copy, Default)]
pub enum Kept<'a> {
    /// Nothing.
    #[default]
    None,
    /// This one is used where nothing else names a database.
    Found(&'a Discovered),
    /// This one is used, whatever else is said: to try it.
    Only(&'a Discovered),
}

impl Request<'_> {
    fn argument(&self, key: &str) -> Option<&str> {
        argument(self.arguments, key)
    }
}

/// What was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Loaded {
    /// The settings.
    pub settings: Settings,
    /// What a person should look at; none of it has a secret.
    pub warnings: Vec<String>,
    /// How the discovered database stands to the settings, when there is one.
    pub discovered: Option<Standing>,
    /// Every key that has a value, without secrets.
    pub stated: Vec<Stated>,
}

fn argument<'a>(pairs: &'a [(String, String)], key: &str) -> Option<&'a str> {
    let last = pairs.iter().rev().find(|(name, _)| name == key);
    last.map(|(_, value)| value.as_str())
}

#[cfg(test)]
mod tests;
