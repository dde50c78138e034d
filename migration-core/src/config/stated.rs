//! What is set, and where: the settings as a person reads them, without secrets.

use super::keys::{self, KEYS, Section};
use super::layers::Values;
use super::password;

/// A key that has a value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stated {
    /// Its section.
    pub section: Section,
    /// Its name.
    pub key: &'static str,
    /// The value; a secret is `***`.
    pub value: String,
    /// Where it comes from; none for the default.
    pub origin: Option<String>,
}

/// All keys that have a value, in the order they are documented; `origin` words where the value of a
/// key comes from, given its layer.
pub(super) fn stated(
    values: &Values,
    origin: &dyn Fn(Section, &'static str, &str) -> String,
) -> Vec<Stated> {
    let found = KEYS.iter().filter_map(|key| {
        let found = values.get(key.section, key.name)?;
        // Its parts are stated, each for itself.
        (key.name != "url").then(|| Stated {
            section: key.section,
            key: key.name,
            value: shown(key.name, found.text),
            origin: (found.origin != super::layers::DEFAULT)
                .then(|| origin(key.section, key.name, &found.origin)),
        })
    });
    found.collect()
}

fn shown(key: &'static str, value: String) -> String {
    if keys::may_be_shown(key) {
        return value;
    }
    let program = || {
        let words = password::words(&value).ok()?;
        Some(format!("{} ***", words.first()?))
    };
    match key {
        "password_command" => program().unwrap_or_else(|| "***".to_owned()),
        _ => "***".to_owned(),
    }
}
