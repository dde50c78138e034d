//! Database URLs as SQLAlchemy and libpq write them, taken apart into our keys.

use super::UrlProblem;
use crate::dialect::Dialect;
use crate::text::closest;

/// The usual schemes, for the nearest one to a mistyped one.
const SCHEMES: [&str; 5] = ["sqlite", "postgresql", "postgres", "mysql", "mariadb"];

/// The engine whose URLs name a file and no server.
const FILE_ENGINE: &str = "sqlite";

/// What a URL states, by the keys of `[sqldb]`, and the parameters it has besides.
#[derive(PartialEq, Eq, Default)]
pub(super) struct Parts {
    pub(super) stated: Vec<(&'static str, String)>,
    pub(super) ignored: Vec<String>,
}

/// Takes a URL apart.
///
/// # Errors
///
/// What is wrong with it, without any text of it that may be a secret.
pub(super) fn parse(url: &str) -> Result<Parts, UrlProblem> {
    let (scheme, rest) = url.split_once("://").ok_or(UrlProblem::NoScheme)?;
    let Some(engine) = Dialect::parse(scheme).map(Dialect::name) else {
        let name = scheme.split('+').next().unwrap_or_default();
        return Err(UrlProblem::UnknownScheme {
            nearest: closest(name, SCHEMES),
            found: name.chars().take(32).collect(),
        });
    };
    let mut parts = Parts::default();
    parts.state("dbms", engine.to_owned());
    if engine == FILE_ENGINE {
        parts.sqlite(rest)?;
    } else {
        parts.server(rest)?;
    }
    Ok(parts)
}

impl Parts {
    fn state(&mut self, key: &'static str, value: String) {
        self.stated.retain(|(stated, _)| *stated != key);
        self.stated.push((key, value));
    }

    /// A file's name is taken as it stands, as SQLAlchemy takes it.
    fn sqlite(&mut self, rest: &str) -> Result<(), UrlProblem> {
        let (path, query) = rest.split_once('?').unwrap_or((rest, ""));
        let file = match path.strip_prefix('/') {
            Some("") => ":memory:",
            Some(file) => file,
            None if path.is_empty() => ":memory:",
            None => return Err(UrlProblem::SqliteHost),
        };
        self.state("dbname", file.to_owned());
        let names = pairs(query).map(|(name, _)| name.to_owned());
        self.ignored.extend(names);
        Ok(())
    }

    fn server(&mut self, rest: &str) -> Result<(), UrlProblem> {
        let (user, rest) = split_user(rest);
        if let Some(user) = user {
            let (name, password) = match user.split_once(':') {
                Some((name, password)) => (name, Some(password)),
                None => (user, None),
            };
            self.state("username", decode(name)?);
            if let Some(password) = password {
                self.state("password", decode(password)?);
            }
        }
        let (place, query) = rest.split_once('?').unwrap_or((rest, ""));
        let (host, database) = place.split_once('/').unwrap_or((place, ""));
        let (host, port) = split_port(host)?;
        if !host.is_empty() {
            self.state("host", decode(host)?);
        }
        if let Some(port) = port {
            self.state("port", port.to_owned());
        }
        if !database.is_empty() {
            self.state("dbname", decode(database)?);
        }
        for (name, value) in pairs(query) {
            self.parameter(name, &decode(&value.replace('+', " "))?)?;
        }
        self.verify_by_authority(query);
        Ok(())
    }

    /// Takes a parameter after `?`, in libpq's words or those of MySQL's drivers.
    fn parameter(&mut self, name: &str, value: &str) -> Result<(), UrlProblem> {
        let key = match name {
            "sslmode" | "ssl_mode" | "ssl-mode" => "sslmode",
            "sslrootcert" | "ssl_ca" | "ssl-ca" => "sslrootcert",
            "sslcert" | "ssl_cert" | "ssl-cert" => "sslcert",
            "sslkey" | "ssl_key" | "ssl-key" => "sslkey",
            "host" | "unix_socket" => "host",
            "port" => "port",
            "user" => "username",
            "password" => "password",
            "dbname" => "dbname",
            // What every session has.
            "charset" if value == "utf8mb4" => return Ok(()),
            _ => {
                self.ignored.push(name.to_owned());
                return Ok(());
            }
        };
        if key == "port" && !is_port(value) {
            return Err(UrlProblem::Port);
        }
        let value = match (key, value) {
            ("sslmode", mode) => mode.to_lowercase().replace('_', "-"),
            _ => value.to_owned(),
        };
        self.state(key, value);
        Ok(())
    }

    /// MySQL's drivers check the server as soon as `ssl_ca` names an authority.
    fn verify_by_authority(&mut self, query: &str) {
        let authority = pairs(query).any(|(name, _)| matches!(name, "ssl_ca" | "ssl-ca"));
        let mode = self.stated.iter().any(|(key, _)| *key == "sslmode");
        if authority && !mode {
            self.state("sslmode", "verify-ca".to_owned());
        }
    }
}

/// Cuts `user:password@` off.
///
/// Usually all that stands before the last `@` of what is before the first `/`. A password with an
/// unencoded `/` is still found when the port would otherwise be no number.
fn split_user(rest: &str) -> (Option<&str>, &str) {
    let authority_end = rest.find(['/', '?']).unwrap_or(rest.len());
    let authority = &rest[..authority_end];
    if let Some(at) = authority.rfind('@') {
        return (Some(&rest[..at]), &rest[at + 1..]);
    }
    let odd_port = authority
        .split_once(':')
        .is_some_and(|(_, port)| !authority.starts_with('[') && !is_port(port));
    match rest.find('@').filter(|_| odd_port) {
        Some(at) => (Some(&rest[..at]), &rest[at + 1..]),
        None => (None, rest),
    }
}

/// Cuts a port off a host, which may be an IPv6 address in brackets.
fn split_port(host: &str) -> Result<(&str, Option<&str>), UrlProblem> {
    let (host, port) = if let Some(inside) = host.strip_prefix('[') {
        let (address, after) = inside.split_once(']').ok_or(UrlProblem::Bracket)?;
        (address, after.strip_prefix(':'))
    } else {
        match host.split_once(':') {
            Some((host, port)) => (host, Some(port)),
            None => (host, None),
        }
    };
    match port {
        None | Some("") => Ok((host, None)),
        Some(port) if is_port(port) => Ok((host, Some(port))),
        Some(_) => Err(UrlProblem::Port),
    }
}

fn is_port(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_digit()) && text.parse::<u16>().is_ok_and(|port| port > 0)
}

fn pairs(query: &str) -> impl Iterator<Item = (&str, &str)> {
    query
        .split('&')
        .filter(|pair| !pair.is_empty())
        .map(|pair| pair.split_once('=').unwrap_or((pair, "")))
}

/// Decodes `%40` and the like; a `%` that encodes nothing is itself, as in Python.
fn decode(text: &str) -> Result<String, UrlProblem> {
    let bytes = text.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let digit = |offset: usize| {
            let byte = bytes.get(at + offset)?;
            char::from(*byte).to_digit(16)
        };
        if let (b'%', Some(high), Some(low)) = (bytes[at], digit(1), digit(2)) {
            out.push(u8::try_from(high * 16 + low).expect("two hexadecimal digits are a byte"));
            at += 3;
        } else {
            out.push(bytes[at]);
            at += 1;
        }
    }
    String::from_utf8(out).map_err(|_| UrlProblem::Encoding)
}
