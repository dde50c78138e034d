//! Databases that `discover` finds: where to look, and what is kept of the one that answers.
//!
//! What is kept is used as a whole or not at all, and only where nothing else names a database; the
//! rule stands in `rule.rs`. A password is kept as the name of what it came from, where it has
//! one.

mod compose;
mod error;
mod file;
mod rule;
mod variables;

use std::collections::BTreeMap;
use std::fmt;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::keys::Section;
use super::layers::Layer;

pub use compose::{compose_databases, compose_file};
pub use error::DiscoveryError;
pub use file::{forget, keep, kept, path};
pub use variables::variable_databases;

pub(super) use rule::standing;
pub use rule::{Standing, is_production};
pub(super) use variables::names;

/// What values of a discovered database say they come from.
pub(super) const DISCOVERED: &str = "discover";

/// A database that may be there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Discovered {
    /// The engine, by its name.
    pub dbms: String,
    /// Where its server is.
    pub host: String,
    /// Its port; none means the engine's own.
    pub port: Option<u16>,
    /// The user.
    pub username: Option<String>,
    /// The database.
    pub dbname: String,
    /// Where the password is to be found.
    pub password: Option<Reference>,
    /// Where all this was found, for people.
    pub source: String,
    /// Variables that it would take a password from, and that are not set; known while it is looked
    /// for.
    #[serde(skip)]
    pub unset: Vec<String>,
}

/// Where a password is to be found.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Reference {
    /// A variable of the environment or of a `.env` file.
    Variable(String),
    /// A file that such a variable names.
    FileOfVariable(String),
    /// A variable of a service in a compose file.
    Compose {
        /// The file.
        file: PathBuf,
        /// The service.
        service: String,
        /// The variable.
        variable: String,
    },
    /// Nowhere else: this is the password.
    Text(String),
}

/// Names the place and no secret.
impl fmt::Debug for Reference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text(_) => f.write_str("Text(***)"),
            named => write!(f, "{named}"),
        }
    }
}

impl fmt::Display for Reference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Variable(name) => write!(f, "`{name}`"),
            Self::FileOfVariable(name) => write!(f, "the file of `{name}`"),
            Self::Compose {
                file,
                service,
                variable,
            } => write!(
                f,
                "`{variable}` of the service `{service}` in {}",
                file.display()
            ),
            Self::Text(_) => f.write_str("what was typed"),
        }
    }
}

impl Discovered {
    /// Its values, above the address of everything below it.
    ///
    /// # Errors
    ///
    /// A password that is not where it was.
    pub(super) fn layer(
        &self,
        environment: &BTreeMap<String, String>,
    ) -> Result<Layer, DiscoveryError> {
        let password = match &self.password {
            None => None,
            Some(reference) => Some(reference.resolve(environment)?),
        };
        let mut layer = Layer::new(DISCOVERED);
        layer.claim_address();
        let port = self.port.map(|port| port.to_string());
        for (key, value) in [
            ("dbms", Some(self.dbms.clone())),
            ("host", Some(self.host.clone())),
            ("port", port),
            ("username", self.username.clone()),
            ("password", password),
            ("dbname", Some(self.dbname.clone())),
        ] {
            if let Some(value) = value {
                layer.set(Section::Sqldb, key, value);
            }
        }
        Ok(layer)
    }
}

impl Reference {
    /// Fetches the password.
    ///
    /// # Errors
    ///
    /// It is not there any more.
    fn resolve(&self, environment: &BTreeMap<String, String>) -> Result<String, DiscoveryError> {
        let gone = || DiscoveryError::Stale {
            reference: self.to_string(),
        };
        let named = |name: &str| environment.get(name).filter(|value| !value.is_empty());
        match self {
            Self::Text(text) => Ok(text.clone()),
            Self::Variable(name) => named(name).cloned().ok_or_else(gone),
            Self::FileOfVariable(name) => {
                let path = named(name).ok_or_else(gone)?;
                file::password(Path::new(path)).ok_or_else(gone)
            }
            Self::Compose {
                file,
                service,
                variable,
            } => compose::password(file, service, variable, environment).ok_or_else(gone),
        }
    }
}

#[cfg(test)]
mod tests;
