//! What the ini, the environment and the command line say, one above the other.
//!
//! The crate `config` lays them over each other and remembers where each value comes from. A URL
//! replaces the whole address of the layers below it, so that no password of one server ever goes
//! to another.

use super::warning::ConfigWarning;
use ::config as layered;
use layered::{Map, Source, Value};

use super::keys::{self, Section};
use super::{ConfigError, url};

/// What values of no layer come from.
pub(super) const DEFAULT: &str = "the default";

/// The keys that a URL answers for.
const ADDRESS: [&str; 8] = [
    "dbms",
    "username",
    "password",
    "password_file",
    "password_command",
    "host",
    "port",
    "dbname",
];

/// The three ways to a password.
const PASSWORDS: [&str; 3] = ["password", "password_file", "password_command"];

/// The values of one origin.
#[derive(Clone)]
pub(super) struct Layer {
    origin: String,
    values: Vec<(Section, &'static str, String)>,
}

impl Layer {
    pub(super) fn new(origin: impl Into<String>) -> Self {
        Self {
            origin: origin.into(),
            values: Vec::new(),
        }
    }

    /// Sets a key that exists; a later value replaces an earlier one.
    pub(super) fn set(&mut self, section: Section, key: &'static str, value: String) {
        let same = |(s, k, _): &(Section, &str, String)| *s == section && *k == key;
        self.values.retain(|value| !same(value));
        self.values.push((section, key, value));
    }

    /// Sets a key from a name that may be mistyped; false when there is no such key.
    pub(super) fn set_named(&mut self, section: Section, name: &str, value: String) -> bool {
        let Some(key) = keys::names(section).find(|key| *key == name) else {
            return false;
        };
        self.set(section, key, value);
        true
    }

    fn get(&self, key: &str) -> Option<&str> {
        self.value(Section::Sqldb, key)
    }

    /// Where its values come from.
    pub(super) fn origin(&self) -> &str {
        &self.origin
    }

    /// The value of a key, unless it is empty.
    pub(super) fn value(&self, section: Section, key: &str) -> Option<&str> {
        let mut own = self.values.iter();
        let found = own.find(|(is_in, name, _)| *is_in == section && *name == key);
        found
            .map(|(.., value)| value.as_str())
            .filter(|value| !value.is_empty())
    }

    /// Whether it says anything of where the database is and how to get in.
    pub(super) fn names_address(&self) -> bool {
        let mut keys = ADDRESS.into_iter().chain(["url"]);
        keys.any(|key| self.get(key).is_some())
    }

    /// Answers for the whole address: what it does not set is not taken from below.
    pub(super) fn claim_address(&mut self) {
        for key in ADDRESS {
            self.set(Section::Sqldb, key, String::new());
        }
    }

    /// Whether a password stands in it, by itself or in a URL.
    pub(super) fn holds_password(&self) -> bool {
        let in_url = |url: &str| {
            let parts = url::parse(url);
            parts.is_ok_and(|parts| parts.stated.iter().any(|(key, _)| *key == "password"))
        };
        self.get("password").is_some() || self.get("url").is_some_and(in_url)
    }

    /// Puts the parts of `url` in place: they replace the keys beside it, and, with
    /// `replaces_lower`, the address of the layers below, stated or not.
    ///
    /// # Errors
    ///
    /// A URL at fault, or two ways to a password.
    fn settle(
        &mut self,
        replaces_lower: bool,
        warnings: &mut Vec<String>,
    ) -> Result<(), ConfigError> {
        let given: Vec<&'static str> = PASSWORDS
            .into_iter()
            .filter(|key| self.get(key).is_some())
            .collect();
        if let [first, second, ..] = given[..] {
            return Err(ConfigError::SeveralPasswords {
                first,
                second,
                origin: self.origin.clone(),
            });
        }
        let mut password = given.first().copied();
        if let Some(url) = self.get("url").map(str::to_owned) {
            let parts = url::parse(&url).map_err(|problem| ConfigError::Url {
                origin: self.origin.clone(),
                problem,
            })?;
            for key in ADDRESS.into_iter().filter(|_| replaces_lower) {
                if self.get(key).is_none() {
                    self.set(Section::Sqldb, key, String::new());
                }
            }
            for (key, value) in parts.stated {
                self.set(Section::Sqldb, key, value);
                if key == "password" {
                    password = Some(key);
                }
            }
            for name in parts.ignored {
                let warning = ConfigWarning::IgnoredParameter {
                    name: name.to_string(),
                    origin: self.origin.to_string(),
                };
                warnings.push(warning.to_string());
            }
        }
        for other in PASSWORDS
            .into_iter()
            .filter(|key| password.is_some_and(|p| p != *key))
        {
            self.set(Section::Sqldb, other, String::new());
        }
        Ok(())
    }
}

/// Names keys and no values, which may be secret.
impl std::fmt::Debug for Layer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let keys: Vec<_> = self.values.iter().map(|(_, key, _)| key).collect();
        f.debug_struct("Layer")
            .field("origin", &self.origin)
            .field("keys", &keys)
            .finish()
    }
}

impl Source for Layer {
    fn clone_into_box(&self) -> Box<dyn Source + Send + Sync> {
        Box::new(self.clone())
    }

    fn collect(&self) -> Result<Map<String, Value>, layered::ConfigError> {
        let value = |text: &String| Value::new(Some(&self.origin), text.as_str());
        Ok(self
            .values
            .iter()
            .map(|(section, key, text)| (format!("{}.{key}", section.name()), value(text)))
            .collect())
    }
}

/// All layers laid over each other: the values of each section.
pub(super) struct Values(Map<String, Map<String, Value>>);

/// Lays layers over each other, the first at the bottom, all above the defaults.
///
/// # Errors
///
/// A URL at fault, or two ways to a password in one layer.
pub(super) fn lay(layers: Vec<Layer>, warnings: &mut Vec<String>) -> Result<Values, ConfigError> {
    let mut defaults = Layer::new(DEFAULT);
    for key in keys::KEYS {
        defaults.set(key.section, key.name, key.default.to_owned());
    }
    let mut builder = layered::Config::builder().add_source(defaults);
    for (position, mut layer) in layers.into_iter().enumerate() {
        layer.settle(position > 0, warnings)?;
        builder = builder.add_source(layer);
    }
    let laid = builder.build().and_then(|laid| laid.collect());
    let sections = laid.expect("texts under names of ours always fit together");
    let tables = sections.into_iter().filter_map(|(name, values)| {
        // Every value of the root is a section.
        values.into_table().ok().map(|values| (name, values))
    });
    Ok(Values(tables.collect()))
}

/// A value and where it comes from.
#[derive(Clone)]
pub(super) struct Found {
    pub(super) text: String,
    pub(super) origin: String,
}

impl Values {
    /// The value of a key, unless it is empty.
    pub(super) fn get(&self, section: Section, key: &'static str) -> Option<Found> {
        let value = self.0.get(section.name())?.get(key)?;
        let origin = value.origin().unwrap_or_default().to_owned();
        let text = value.clone().into_string().ok()?;
        (!text.is_empty()).then_some(Found { text, origin })
    }
}
