//! Reads the ini and `.env` files and gathers what each origin says.
#![expect(
    clippy::disallowed_methods,
    reason = "this is where the files of the configuration are read"
)]

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::discovery::DISCOVERED;
use super::env_files::Environment;
use super::ini::Document;
use super::keys::Section;
use super::layers;
use super::origins::{
    self, COMMAND_LINE, ENVIRONMENT, URL_VARIABLES, holds_password, variable_prefix,
};
use super::reader::Bases;
use super::settings;
use super::{ConfigError, Kept, Loaded, Request, Settings, alembic, exposure, hooks, stated};
use crate::text::{Place, edit_distance};

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
    let ini = document.as_ref().map(|it| (it, sections.as_slice()));
    let (layers, discovered) = origins::gather(request, ini, environment, &extra, &mut warnings)?;
    let hooks = document.as_ref().map(|it| hooks::read(it, &extra));
    let hooks = hooks.transpose()?.unwrap_or_default();
    let values = layers::lay(layers, &mut warnings)?;
    let bases = Bases {
        ini: &directory,
        working_directory: request.working_directory,
        command_line: COMMAND_LINE,
        place: &|section, key| place(document.as_ref()?, &sections, section, key),
    };
    let settings = settings::build(&values, &bases, request.arguments.to_vec(), hooks)?;
    warnings.extend(settings.password_file().and_then(exposure::warning));
    tell(document.as_ref().map(|_| ini_path.as_path()), &settings);
    let stated = stated::stated(&values, &|section, key, layer| {
        worded(request, &read, bases.place, (section, key, layer))
    });
    Ok(Loaded {
        settings,
        warnings,
        discovered,
        stated,
    })
}

/// Tells whoever listens what was read; of a database without its password.
fn tell(ini: Option<&Path>, settings: &Settings) {
    tracing::debug!(
        target: "migration::settings",
        ini = ini.map(|path| path.display().to_string()),
        database = settings.shown_address().ok().map(|it| it.to_string()),
        "read"
    );
}

/// The environment with what `.env` files add to it.
///
/// # Errors
///
/// A file that cannot be read.
pub fn environment(request: &Request<'_>) -> Result<BTreeMap<String, String>, ConfigError> {
    let ini = request.working_directory.join(request.ini);
    let beside = directory_of(request, &ini);
    let read = Environment::read(request, &beside, &|_| false, &mut Vec::new())?;
    Ok(read.variables)
}

/// Where a key stands in the ini.
fn place(
    document: &Document,
    sections: &[(Section, String)],
    section: Section,
    key: &str,
) -> Option<Place> {
    let (_, name) = sections.iter().find(|(kind, _)| *kind == section)?;
    Some(document.place(document.entry(name, key)?))
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
    if layer == DISCOVERED {
        return layer.to_owned();
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
    let is_none = request.ini.as_os_str().is_empty();
    if let Some(text) = if is_none { None } else { read_text(path)? } {
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
        || !matches!(request.discovered, Kept::None)
        || request.overrides.iter().any(|(key, _)| *key == "url")
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
