//! When a database that was discovered is used.

use std::collections::BTreeMap;

use super::super::keys::Section;
use super::super::layers::Layer;
use super::{Discovered, DiscoveryError};

/// The words of `discovered` in the ini.
const WORDS: [&str; 3] = ["auto", "yes", "no"];

/// How a discovered database stands to what the other origins say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Standing {
    /// It is used; where it was found.
    Used(String),
    /// It is not, for this reason.
    Unused(String),
}

/// Tells whether a discovered database is used, given the ini and what is above it.
///
/// Somebody who names a database, in whatever way, gets that one. `discovered = yes` in the ini puts
/// the discovered one above the ini's own; a production database is never discovered.
///
/// # Errors
///
/// `discovered` with another word, or `yes` in production.
pub(in crate::config) fn standing(
    found: &Discovered,
    ini: &Layer,
    above: &[Layer],
) -> Result<Standing, DiscoveryError> {
    let value = |section, key| {
        let layers = above.iter().rev().chain([ini]);
        let mut found = layers.filter_map(|layer| layer.value(section, key));
        found.next().map(str::to_owned)
    };
    let word = value(Section::Sqldb, "discovered").unwrap_or_else(|| WORDS[0].to_owned());
    if !WORDS.contains(&word.as_str()) {
        return Err(DiscoveryError::Word { word });
    }
    let environment = value(Section::Migration, "environment").unwrap_or_default();
    if is_production(&environment) {
        if word == "yes" {
            return Err(DiscoveryError::Production);
        }
        return Ok(Standing::Unused(
            "`environment` says that this is production".to_owned(),
        ));
    }
    if let Some(layer) = above.iter().find(|layer| layer.names_address()) {
        return Ok(Standing::Unused(format!("{} names one", layer.origin())));
    }
    Ok(match word.as_str() {
        "no" => Standing::Unused("`discovered = no` is set".to_owned()),
        "auto" if ini.names_address() => Standing::Unused(format!(
            "{} names one (`discovered = yes` in `[sqldb]` would use the discovered one)",
            ini.origin()
        )),
        _ => Standing::Used(found.source.clone()),
    })
}

/// Whether an environment is one where nothing is left to chance.
pub fn is_production(environment: &str) -> bool {
    let word = environment.trim().to_lowercase();
    word == "production" || word == "prod"
}

/// The variables as a reader wants them: none that is empty.
pub(super) fn set<'e>(environment: &'e BTreeMap<String, String>, name: &str) -> Option<&'e str> {
    let value = environment.get(name).map(String::as_str);
    value.filter(|value| !value.is_empty())
}
