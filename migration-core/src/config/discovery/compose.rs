//! Databases whose ports a compose file publishes.
#![expect(
    clippy::disallowed_methods,
    reason = "compose files and their variables are read here"
)]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use saphyr::{LoadableYamlNode as _, Scalar, Yaml};

use super::super::dotenv;
use super::rule::set;
use super::{Discovered, Reference, variables};

/// The names that compose itself looks for, the first first.
const NAMES: [&str; 4] = [
    "compose.yaml",
    "compose.yml",
    "docker-compose.yaml",
    "docker-compose.yml",
];

/// Words in the names of images of servers, and the ports that these listen on.
const IMAGES: [(&str, &str, u16); 6] = [
    ("postgres", "postgresql", 5432),
    ("postgis", "postgresql", 5432),
    ("timescale", "postgresql", 5432),
    ("mariadb", "mysql", 3306),
    ("mysql", "mysql", 3306),
    ("percona", "mysql", 3306),
];

/// The compose file of a directory or of the nearest one above it.
pub fn compose_file(directory: &Path) -> Option<PathBuf> {
    let mut places = directory.ancestors().flat_map(|directory| {
        let names = NAMES.iter();
        names.map(|name| directory.join(name)).collect::<Vec<_>>()
    });
    places.find(|path| path.is_file())
}

/// The databases of a compose file whose ports are published on this machine, or why there are none.
///
/// # Errors
///
/// In words: the file cannot be read, is no YAML, or publishes no database.
pub fn compose_databases(
    file: &Path,
    environment: &BTreeMap<String, String>,
) -> Result<Vec<Discovered>, String> {
    let text = fs::read_to_string(file).map_err(|error| error.to_string())?;
    let documents = Yaml::load_from_str(&text).map_err(|error| error.to_string())?;
    let services = documents
        .first()
        .and_then(|it| it.as_mapping_get("services"));
    let services = services.and_then(Yaml::as_mapping);
    let services = services.ok_or("it has no services")?;
    let mut found = Vec::new();
    for (name, service) in services {
        let Some(name) = name.as_str() else {
            continue;
        };
        found.extend(database(file, name, service, environment));
    }
    if found.is_empty() {
        return Err("none of its services publishes the port of a database".to_owned());
    }
    Ok(found)
}

/// The value of a variable of a service, as it is now.
pub(super) fn password(
    file: &Path,
    service: &str,
    variable: &str,
    environment: &BTreeMap<String, String>,
) -> Option<String> {
    let text = fs::read_to_string(file).ok()?;
    let documents = Yaml::load_from_str(&text).ok()?;
    let services = documents.first()?.as_mapping_get("services")?;
    let service = services.as_mapping_get(service)?;
    variables_of(file, service, environment).remove(variable)
}

fn database(
    file: &Path,
    name: &str,
    service: &Yaml<'_>,
    environment: &BTreeMap<String, String>,
) -> Option<Discovered> {
    let own = variables_of(file, service, environment);
    let image = service.as_mapping_get("image").and_then(Yaml::as_str);
    let image = interpolate(image.unwrap_or_default(), environment);
    let base = image.rsplit('/').next().unwrap_or_default();
    let known = IMAGES.iter().find(|(word, ..)| base.contains(word));
    let reference = |variable: &str| Reference::Compose {
        file: file.to_owned(),
        service: name.to_owned(),
        variable: variable.to_owned(),
    };
    let said = variables::of_image(&own, reference);
    let (dbms, inside) = match (known, &said) {
        (Some((_, dbms, port)), _) => (*dbms, *port),
        (None, Some(said)) if said.dbms == "mysql" => ("mysql", 3306),
        (None, Some(_)) => ("postgresql", 5432),
        (None, None) => return None,
    };
    let ports = service
        .as_mapping_get("ports")
        .and_then(Yaml::as_sequence)?;
    let mut published = ports.iter().filter_map(|it| port(it, inside, environment));
    let (host, port) = published.next()?;
    let user = if dbms == "mysql" { "root" } else { "postgres" };
    let said = said.filter(|said| said.dbms == dbms);
    let mut unset = unset_variables(service, environment);
    if let (true, Some(said)) = (unset.is_empty(), &said) {
        unset.clone_from(&said.unset);
    }
    let (username, dbname, password) = match said {
        Some(said) => (said.username, said.dbname, said.password),
        None if dbms == "mysql" => (Some(user.to_owned()), String::new(), None),
        None => (Some(user.to_owned()), user.to_owned(), None),
    };
    Some(Discovered {
        dbms: dbms.to_owned(),
        host,
        port: Some(port),
        username,
        dbname,
        password,
        source: format!("service {name} of {}", file.display()),
        unset,
    })
}

/// The variables that a service gets, by `env_file` and `environment`.
fn variables_of(
    file: &Path,
    service: &Yaml<'_>,
    environment: &BTreeMap<String, String>,
) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    let directory = file.parent().unwrap_or(Path::new("."));
    for named in files(service.as_mapping_get("env_file")) {
        let path = directory.join(interpolate(&named, environment));
        // One that is not there yet is compose's business.
        let text = fs::read_to_string(path).unwrap_or_default();
        found.extend(dotenv::parse(&text).variables);
    }
    let Some(own) = service.as_mapping_get("environment") else {
        return found;
    };
    if let Some(mapping) = own.as_mapping() {
        for (name, value) in mapping {
            let value = scalar(value).map(|value| interpolate(&value, environment));
            add(
                &mut found,
                name.as_str().unwrap_or_default(),
                value,
                environment,
            );
        }
    }
    for entry in own.as_sequence().into_iter().flatten() {
        let entry = scalar(entry).unwrap_or_default();
        let (name, value) = match entry.split_once('=') {
            Some((name, value)) => (name, Some(interpolate(value, environment))),
            None => (entry.as_str(), None),
        };
        add(&mut found, name, value, environment);
    }
    found
}

/// The variables that passwords of a service are made of and that are not set.
fn unset_variables(service: &Yaml<'_>, environment: &BTreeMap<String, String>) -> Vec<String> {
    let own = service.as_mapping_get("environment");
    let mapping = own.and_then(Yaml::as_mapping).into_iter().flatten();
    let pairs = mapping.filter_map(|(name, value)| {
        let name = name.as_str()?;
        let value = scalar(value).unwrap_or_else(|| format!("${{{name}}}"));
        Some((name.to_owned(), value))
    });
    let sequence = own.and_then(Yaml::as_sequence).into_iter().flatten();
    let entries = sequence.filter_map(scalar).map(|entry| {
        let pair = entry.split_once('=');
        let pair = pair.map(|(name, value)| (name.to_owned(), value.to_owned()));
        pair.unwrap_or_else(|| (entry.clone(), format!("${{{entry}}}")))
    });
    let mut found = Vec::new();
    for (name, value) in pairs.chain(entries) {
        if name.ends_with("_PASSWORD") {
            interpolate_noting(&value, environment, &mut found);
        }
    }
    found
}

/// A variable without a value is handed on from the environment.
fn add(
    found: &mut BTreeMap<String, String>,
    name: &str,
    value: Option<String>,
    environment: &BTreeMap<String, String>,
) {
    let value = value.or_else(|| set(environment, name).map(str::to_owned));
    found.extend(value.map(|value| (name.to_owned(), value)));
}

/// The paths of `env_file`: one, several, or mappings with a `path`.
fn files(node: Option<&Yaml<'_>>) -> Vec<String> {
    let Some(node) = node else {
        return Vec::new();
    };
    let path = |node: &Yaml<'_>| {
        let inner = node.as_mapping_get("path").unwrap_or(node);
        inner.as_str().map(str::to_owned)
    };
    match node.as_sequence() {
        Some(nodes) => nodes.iter().filter_map(path).collect(),
        None => path(node).into_iter().collect(),
    }
}

/// The address on this machine at which a port of the service is published.
fn port(
    node: &Yaml<'_>,
    inside: u16,
    environment: &BTreeMap<String, String>,
) -> Option<(String, u16)> {
    let number = |text: &str| interpolate(text, environment).trim().parse::<u16>().ok();
    let (host, published, target) = if node.as_mapping().is_some() {
        let text = |key: &str| node.as_mapping_get(key).and_then(scalar);
        let host = text("host_ip").unwrap_or_default();
        (host, text("published")?, number(&text("target")?)?)
    } else {
        let text = interpolate(&scalar(node)?, environment);
        let text = text.split('/').next()?.to_owned();
        let (front, target) = text.rsplit_once(':')?;
        let (host, published) = front.rsplit_once(':').unwrap_or(("", front));
        (host.to_owned(), published.to_owned(), number(target)?)
    };
    let host = interpolate(host.trim_matches(['[', ']']), environment);
    let host = match host.as_str() {
        "" | "0.0.0.0" | "::" => "localhost".to_owned(),
        host => host.to_owned(),
    };
    (target == inside).then_some((host, number(&published)?))
}

fn scalar(node: &Yaml<'_>) -> Option<String> {
    match node {
        Yaml::Value(Scalar::String(text)) => Some(text.to_string()),
        Yaml::Value(Scalar::Integer(number)) => Some(number.to_string()),
        Yaml::Value(Scalar::Boolean(is)) => Some(is.to_string()),
        Yaml::Value(Scalar::FloatingPoint(number)) => Some(number.to_string()),
        _ => None,
    }
}

/// Puts variables in place of `$NAME`, `${NAME}`, `${NAME:-default}` and `${NAME-default}`, as
/// compose does; `$$` is a `$`.
fn interpolate(text: &str, environment: &BTreeMap<String, String>) -> String {
    interpolate_noting(text, environment, &mut Vec::new())
}

/// The same; notes the variables that have no value.
fn interpolate_noting(
    text: &str,
    environment: &BTreeMap<String, String>,
    unset: &mut Vec<String>,
) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('$') {
        out.push_str(before);
        if let Some(after) = after.strip_prefix('$') {
            out.push('$');
            rest = after;
        } else if let Some((inner, after)) = after
            .strip_prefix('{')
            .and_then(|inner| inner.split_once('}'))
        {
            out.push_str(&substitute(inner, environment, unset));
            rest = after;
        } else {
            let is_name = |c: char| c.is_ascii_alphanumeric() || c == '_';
            let end = after.find(|c| !is_name(c)).unwrap_or(after.len());
            let (name, after) = after.split_at(end);
            out.push_str(&substitute(name, environment, unset));
            rest = after;
        }
    }
    out.push_str(rest);
    out
}

fn substitute(
    inner: &str,
    environment: &BTreeMap<String, String>,
    unset: &mut Vec<String>,
) -> String {
    let is_name = |c: char| c.is_ascii_alphanumeric() || c == '_';
    let end = inner.find(|c| !is_name(c)).unwrap_or(inner.len());
    let (name, rule) = inner.split_at(end);
    let default = rule.strip_prefix(":-").or_else(|| rule.strip_prefix('-'));
    let value = set(environment, name).or(default);
    if value.is_none() {
        unset.push(name.to_owned());
    }
    value.unwrap_or_default().to_owned()
}
