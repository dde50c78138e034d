//! What each origin of values says: the ini, variables, the command line.

use super::warning::ConfigWarning;
use std::collections::BTreeMap;

use super::discovery::{self, Standing};
use super::ini::Document;
use super::keys::{self, KEYS, Section};
use super::layers::Layer;
use super::{ConfigError, Kept, Request, exposure};
use crate::text::closest;

/// Variables that hold a database URL, whatever the program; the first that is set counts.
pub(super) const URL_VARIABLES: [&str; 2] = ["DATABASE_URL", "SQLALCHEMY_URL"];

/// What values of the component's own variables say they come from.
pub(super) const ENVIRONMENT: &str = "the environment";

/// What values from the command line say they come from.
pub(super) const COMMAND_LINE: &str = "the command line";

/// Values of `%(name)s` that stand in no section.
pub(super) type Extra<'a> = &'a dyn Fn(&str) -> Option<String>;

/// What each origin says, the least in rank first; and how the discovered database stands to it.
pub(super) fn gather(
    request: &Request<'_>,
    ini: Option<(&Document, &[(Section, String)])>,
    environment: &BTreeMap<String, String>,
    extra: Extra<'_>,
    warnings: &mut Vec<String>,
) -> Result<(Vec<Layer>, Option<Standing>), ConfigError> {
    let ini = match ini {
        Some((document, sections)) => ini_layer(request, document, sections, extra, warnings)?,
        None => Layer::new(request.ini.display().to_string()),
    };
    let mut above: Vec<Layer> = url_layer(environment).into_iter().collect();
    above.push(component_layer(request.component, environment)?);
    warnings.extend(mistyped(request.component, environment));
    above.push(command_line_layer(request));
    let mut discovered = None;
    let standing = match request.discovered {
        Kept::None => None,
        Kept::Only(found) => {
            above.push(found.layer(environment)?);
            None
        }
        Kept::Found(found) => {
            let standing = discovery::standing(found, &ini, &above)?;
            if matches!(standing, Standing::Used(_)) {
                discovered = Some(found.layer(environment)?);
            }
            Some(standing)
        }
    };
    let layers = [ini].into_iter().chain(discovered).chain(above);
    Ok((layers.collect(), standing))
}

/// Whether variables of ours among these hold a password.
pub(super) fn holds_password(component: &str, variables: &BTreeMap<String, String>) -> bool {
    let own = component_layer(component, variables);
    own.is_ok_and(|layer| layer.holds_password())
        || url_layer(variables).is_some_and(|layer| layer.holds_password())
}

fn ini_layer(
    request: &Request<'_>,
    document: &Document,
    sections: &[(Section, String)],
    extra: Extra<'_>,
    warnings: &mut Vec<String>,
) -> Result<Layer, ConfigError> {
    let file = request.ini.display();
    let mut layer = Layer::new(file.to_string());
    for (section, name) in sections {
        for entry in document.entries(name) {
            if !keys::names(*section).any(|key| key == entry.key) {
                return Err(ConfigError::UnknownKey {
                    section: name.clone(),
                    nearest: closest(&entry.key, keys::names(*section)),
                    kind: *section,
                    place: document.place(entry),
                    key: entry.key.clone(),
                });
            }
        }
        for key in keys::names(*section) {
            let Some(entry) = document.entry(name, key) else {
                continue;
            };
            let value = document.interpolate(name, entry, extra)?;
            if value.lone_percent {
                let warning = ConfigWarning::LonePercent {
                    place: document.place(entry).to_string(),
                    key: key.to_owned(),
                };
                warnings.push(warning.to_string());
            }
            layer.set(*section, key, value.text);
        }
    }
    if layer.holds_password() {
        let path = request.working_directory.join(request.ini);
        warnings.extend(exposure::warning(&path));
    }
    Ok(layer)
}

/// The layer of `DATABASE_URL` or `SQLALCHEMY_URL`.
fn url_layer(environment: &BTreeMap<String, String>) -> Option<Layer> {
    let (name, url) = URL_VARIABLES
        .into_iter()
        .filter_map(|name| Some((name, environment.get(name)?)))
        .find(|(_, url)| !url.is_empty())?;
    let mut layer = Layer::new(name);
    layer.set(Section::Sqldb, "url", url.clone());
    Some(layer)
}

/// `BRAIN_SQLDB__`, for the component `brain`.
pub(super) fn variable_prefix(component: &str, section: Section) -> String {
    let component: String = component
        .chars()
        .map(|c| {
            if c.is_ascii_alphanumeric() {
                c.to_ascii_uppercase()
            } else {
                '_'
            }
        })
        .collect();
    format!("{component}_{}__", section.name().to_uppercase())
}

/// The layer of the component's own variables. One that is set and empty says nothing.
fn component_layer(
    component: &str,
    environment: &BTreeMap<String, String>,
) -> Result<Layer, ConfigError> {
    let mut layer = Layer::new(ENVIRONMENT);
    for section in Section::ALL {
        let prefix = variable_prefix(component, section);
        let own = environment
            .iter()
            .filter(|(_, value)| !value.is_empty())
            .filter_map(|(name, value)| Some((name, name.strip_prefix(&prefix)?, value)));
        for (variable, name, value) in own {
            let key = name.to_lowercase();
            if !layer.set_named(section, &key, value.clone()) {
                let nearest = closest(&key, keys::names(section));
                return Err(ConfigError::UnknownVariable {
                    variable: variable.clone(),
                    nearest: nearest.map(|key| format!("{prefix}{}", key.to_uppercase())),
                });
            }
        }
    }
    Ok(layer)
}

/// Warns of variables that lack an underscore: they would be ignored as another program's.
fn mistyped(component: &str, environment: &BTreeMap<String, String>) -> Vec<String> {
    let mut found = Vec::new();
    for section in Section::ALL {
        let prefix = variable_prefix(component, section);
        let short = &prefix[..prefix.len() - 1];
        for (name, value) in environment {
            let key = name.strip_prefix(short).map(str::to_lowercase);
            let is_key = key.is_some_and(|key| keys::names(section).any(|known| known == key));
            if is_key && !value.is_empty() {
                let meant = name.replacen(short, &prefix, 1);
                let name = name.clone();
                found.push(ConfigWarning::OneUnderscore { name, meant }.to_string());
            }
        }
    }
    found
}

fn command_line_layer(request: &Request<'_>) -> Layer {
    let mut layer = Layer::new(COMMAND_LINE);
    for (name, value) in request.overrides {
        let key = KEYS.iter().find(|key| key.name == *name);
        let key = key.expect("options of the command line are named after keys");
        layer.set(key.section, key.name, value.clone());
    }
    layer
}
