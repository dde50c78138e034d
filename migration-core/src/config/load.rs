//! Reads the ini and `.env` files and gathers what each origin says.
#![expect(
    clippy::disallowed_methods,
    reason = "this is where the files of the configuration are read"
)]

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::env_files::Environment;
use super::ini::Document;
use super::keys::{self, KEYS, Section};
use super::layers::{self, Layer};
use super::settings::{self, Bases};
use super::{ConfigError, Loaded, Request, alembic, exposure, hooks, stated};
use crate::text::{Place, closest, edit_distance};

/// Variables that hold a database URL, whatever the program; the first that is set counts.
const URL_VARIABLES: [&str; 2] = ["DATABASE_URL", "SQLALCHEMY_URL"];

/// What values of the component's own variables say they come from.
const ENVIRONMENT: &str = "the environment";

/// What values from the command line say they come from.
const COMMAND_LINE: &str = "the command line";

/// Reads all settings: command line above environment above ini above defaults.
///
/// No password file is read, no password command is run and no database is reached.
///
/// # Errors
///
/// The first thing that is wrong, with its place when it stands in the ini.
pub fn load(request: &Request<'_>) -> Result<Loaded, ConfigError> {
    let mut warnings = Vec::new();
    let ini_path = request.working_directory.join(request.ini);
    let beside = directory_of(request, &ini_path);
    let holds_password = |own: &BTreeMap<_, _>| holds_password(request.component, own);
    let read = Environment::read(request, &beside, &holds_password, &mut warnings)?;
    let environment = &read.variables;
    let document = read_ini(request, &ini_path, environment)?;
    // Without an ini there is nothing to be relative to but where the command was typed.
    let directory = match &document {
        Some(_) => beside,
        None => request.working_directory.to_owned(),
    };
    if let Some(document) = &document {
        let is_named = names_database(request, environment);
        alembic::refuse(document, request.section, is_named)?;
    }
    let sections = sections(request, document.as_ref())?;
    if let Some(document) = &document {
        refuse_near_sections(request, document)?;
    }

    let here = directory.display().to_string();
    let extra = |name: &str| match name.strip_prefix("x:") {
        Some(argument) => request.argument(argument).map(str::to_owned),
        None => name.eq_ignore_ascii_case("here").then(|| here.clone()),
    };
    let mut layers = vec![Layer::new(request.ini.display().to_string())];
    if let Some(document) = &document {
        layers[0] = ini_layer(request, document, &sections, &extra, &mut warnings)?;
    }
    layers.extend(url_layer(environment));
    layers.push(component_layer(request.component, environment)?);
    warnings.extend(mistyped(request.component, environment));
    layers.push(command_line_layer(request));
    let hooks = document.as_ref().map(|it| hooks::read(it, &extra));
    let hooks = hooks.transpose()?.unwrap_or_default();
    let values = layers::lay(layers, &mut warnings)?;
    let bases = Bases {
        ini: &directory,
        working_directory: request.working_directory,
        command_line: COMMAND_LINE,
        place: &|section, key| {
            let document = document.as_ref()?;
            let name = sections
                .iter()
                .find(|(kind, _)| *kind == section)?
                .1
                .as_str();
            Some(document.place(document.entry(name, key)?))
        },
    };
    let settings = settings::build(&values, &bases, request.arguments.to_vec(), hooks)?;
    warnings.extend(settings.password_file().and_then(exposure::warning));
    let stated = stated::stated(&values, &|section, key, layer| {
        worded(request, &read, bases.place, (section, key, layer))
    });
    Ok(Loaded {
        settings,
        warnings,
        stated,
    })
}

/// Where the value of a key comes from: the line of the ini, the variable and its file, or the layer
/// itself.
fn worded(
    request: &Request<'_>,
    environment: &Environment,
    place: &dyn Fn(Section, &str) -> Option<Place>,
    (section, key, layer): (Section, &'static str, &str),
) -> String {
    if layer == ENVIRONMENT {
        let prefix = variable_prefix(request.component, section);
        let named = |key: &str| format!("{prefix}{}", key.to_uppercase());
        let own = Some(named(key)).filter(|name| environment.variables.contains_key(name));
        return environment.shown(&own.unwrap_or_else(|| named("url")));
    }
    if URL_VARIABLES.contains(&layer) {
        return environment.shown(layer);
    }
    match place(section, key).or_else(|| place(section, "url")) {
        Some(place) if layer != COMMAND_LINE => {
            let line = place.source.line_column(place.span.start).line;
            format!("{}:{line}", place.source.name())
        }
        Some(_) | None => layer.to_owned(),
    }
}

/// The directory that relative paths of the settings start from.
fn directory_of(request: &Request<'_>, ini: &Path) -> PathBuf {
    let directory = ini.parent().unwrap_or(request.working_directory);
    std::path::absolute(directory).unwrap_or_else(|_| directory.to_owned())
}

fn read_text(path: &Path) -> Result<Option<String>, ConfigError> {
    match fs::read_to_string(path) {
        Ok(text) => Ok(Some(text)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(source) => Err(ConfigError::Unreadable {
            path: path.to_owned(),
            source,
        }),
    }
}

/// The ini; none when only its default place is empty and the database is named elsewhere.
fn read_ini(
    request: &Request<'_>,
    path: &Path,
    environment: &BTreeMap<String, String>,
) -> Result<Option<Document>, ConfigError> {
    if let Some(text) = read_text(path)? {
        return Document::parse(&request.ini.display().to_string(), &text).map(Some);
    }
    if !request.ini_named && names_database(request, environment) {
        return Ok(None);
    }
    Err(ConfigError::MissingIni {
        path: request.ini.to_owned(),
        named: request.ini_named,
    })
}

/// Whether the environment or the command line names a database.
fn names_database(request: &Request<'_>, environment: &BTreeMap<String, String>) -> bool {
    let set = |name: &str| environment.get(name).is_some_and(|value| !value.is_empty());
    let prefix = variable_prefix(request.component, Section::Sqldb);
    URL_VARIABLES.into_iter().any(set)
        || set(&format!("{prefix}URL"))
        || set(&format!("{prefix}DBMS"))
        || request.overrides.iter().any(|(key, _)| *key == "url")
}

/// Whether variables of ours among these hold a password.
fn holds_password(component: &str, variables: &BTreeMap<String, String>) -> bool {
    let own = component_layer(component, variables);
    own.is_ok_and(|layer| layer.holds_password())
        || url_layer(variables).is_some_and(|layer| layer.holds_password())
}

/// A section with a slip in its name would be ignored as another program's, and with it settings
/// that keep people safe.
fn refuse_near_sections(request: &Request<'_>, document: &Document) -> Result<(), ConfigError> {
    const SLIPS: usize = 4;
    let is_ours = |name: &str| {
        Section::ALL.iter().any(|section| section.name() == name) || request.section == Some(name)
    };
    for name in document.section_names() {
        let (written, suffix) = match name.split_once(':') {
            Some((written, suffix)) => (written, Some(suffix)),
            None => (name, None),
        };
        if is_ours(name) || is_ours(written) {
            continue;
        }
        let lower = written.trim().to_ascii_lowercase();
        let near = Section::ALL.iter().map(|section| section.name());
        let mut near = near.filter(|known| edit_distance(&lower, known) <= known.len() / SLIPS);
        if let (Some(nearest), Some(place)) = (near.next(), document.section_place(name)) {
            let suffix = suffix.map(|suffix| format!(":{suffix}"));
            return Err(ConfigError::NearSection {
                section: name.to_owned(),
                nearest: format!("{nearest}{}", suffix.unwrap_or_default()),
                place,
            });
        }
    }
    Ok(())
}

/// Our sections and what they are called in this ini, by `-n`.
fn sections(
    request: &Request<'_>,
    document: Option<&Document>,
) -> Result<Vec<(Section, String)>, ConfigError> {
    let plain = Section::ALL.map(|section| (section, section.name().to_owned()));
    let (Some(name), Some(document)) = (request.section, document) else {
        return Ok(plain.to_vec());
    };
    if !document.has(name) {
        return Err(ConfigError::MissingSection {
            section: name.to_owned(),
            known: document.section_names().map(str::to_owned).collect(),
        });
    }
    let own = format!("{}:{name}", Section::Sqldb.name());
    let [sqldb, _] = plain;
    let sqldb = if document.has(&own) {
        (Section::Sqldb, own)
    } else {
        sqldb
    };
    Ok(vec![sqldb, (Section::Migration, name.to_owned())])
}

fn ini_layer(
    request: &Request<'_>,
    document: &Document,
    sections: &[(Section, String)],
    extra: &dyn Fn(&str) -> Option<String>,
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
                let place = document.place(entry);
                warnings.push(format!(
                    "{place}: a single `%` in `{key}` is taken as it stands; write `%%`"
                ));
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
fn variable_prefix(component: &str, section: Section) -> String {
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
                found.push(format!(
                    "the variable `{name}` has no effect: `{meant}`, with two underscores, is read"
                ));
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
