//! Where the settings come from by which a server was not reached, or did not let anybody in: the
//! ini may not be what has to be corrected.

use super::context::Context;
use super::exit;
use super::failure::Failure;
use crate::config::{Section, Stated};
use crate::database::{self, DatabaseError};
use crate::diagnostic::quoted;

/// What a password is set by.
const PASSWORDS: [&str; 3] = ["password", "password_file", "password_command"];

/// The errors of a password that cannot be fetched.
const NO_PASSWORD: [&str; 5] = [
    "unreadable-password-file",
    "password-command-start",
    "password-command-failed",
    "password-command-timeout",
    "unfit-password",
];

/// Adds to a failure to get into the database where the settings stand that led there.
pub(super) fn named(context: &Context<'_>, failure: Failure) -> Failure {
    let Failure::Error { error, .. } = &failure else {
        return failure;
    };
    if NO_PASSWORD.contains(&error.kind()) {
        return failure.noting_any(sources(context, &["password"]));
    }
    let Some(error) = exit::engine_error(error.as_ref()) else {
        return failure;
    };
    if matches!(error, DatabaseError::ReadOnly { .. }) {
        return failure.noting_any(primary(context));
    }
    let Some(keys) = keys(error) else {
        return failure;
    };
    let failure = failure.noting_any(sources(context, keys));
    match context.is_discovered() {
        true => failure.noting(
            "the database was discovered: `discover` looks for one again, `clean` forgets it"
                .to_owned(),
        ),
        false => failure,
    }
}

/// Where to write in place of a server that only repeats what another one writes.
fn primary(context: &Context<'_>) -> Option<String> {
    let mut connection = context.connect_to_read().ok()?;
    let found = database::replica(connection.as_mut())?;
    Some(match found.primary {
        Some(primary) => format!(
            "this server is a replica, which repeats what `{primary}` writes: migrate there"
        ),
        None => "this server is a replica: migrate on its primary server".to_owned(),
    })
}

/// The keys that an error to get in is about; none for any other.
fn keys(error: &DatabaseError) -> Option<&'static [&'static str]> {
    match error {
        DatabaseError::Unreachable { .. } => Some(&["host", "port"]),
        DatabaseError::WrongPassword { .. } => Some(&["username", "password"]),
        DatabaseError::NoSuchDatabase { .. } => Some(&["dbname"]),
        DatabaseError::NoAccess { .. } => Some(&["username", "dbname"]),
        DatabaseError::OtherServer { .. } => Some(&["dbms", "host", "port"]),
        DatabaseError::NoSuchDirectory { .. }
        | DatabaseError::NotADatabase { .. }
        | DatabaseError::CannotOpen { .. } => Some(&["dbname"]),
        DatabaseError::Tls { .. } => Some(&["sslmode", "sslrootcert"]),
        DatabaseError::ForeignVersionTable { .. }
        | DatabaseError::NoSuchFile { .. }
        | DatabaseError::UnwritableDirectory { .. }
        | DatabaseError::ReadOnly { .. }
        | DatabaseError::Busy { .. }
        | DatabaseError::Locked { .. }
        | DatabaseError::DiskFull { .. }
        | DatabaseError::LockLost { .. }
        | DatabaseError::NoScratch { .. }
        | DatabaseError::Refused(_)
        | DatabaseError::Lost { .. }
        | DatabaseError::Driver { .. } => None,
    }
}

/// `host` comes from shop.ini:4, `port` from SHOP_SQLDB__PORT of /srv/.env.
fn sources(context: &Context<'_>, keys: &[&str]) -> Option<String> {
    let stated = context.stated().ok()?;
    let mut found: Vec<(&str, Vec<&str>)> = Vec::new();
    let mut lacks_password = false;
    for key in keys {
        let names: &[&str] = match *key {
            "password" => &PASSWORDS,
            _ => &[key],
        };
        let set = stated.iter().find(|it| is_set(it, names));
        let Some((key, origin)) = set.and_then(|it| Some((it.key, it.origin.as_deref()?))) else {
            lacks_password |= *key == "password";
            continue;
        };
        match found.iter_mut().find(|(known, _)| *known == origin) {
            Some((_, keys)) => keys.push(key),
            None => found.push((origin, vec![key])),
        }
    }
    let mut parts: Vec<String> = Vec::new();
    for (origin, keys) in found {
        let verb = match (parts.is_empty(), keys.len()) {
            (false, _) => "",
            (true, 1) => "comes ",
            (true, _) => "come ",
        };
        let mut named = quoted(&keys);
        if let Some(last) = named.rfind(", ") {
            named.replace_range(last..last + 1, " and");
        }
        parts.push(format!("{named} {verb}from {origin}"));
    }
    if lacks_password {
        let variable = context.component.environment_prefix();
        parts.push(format!(
            "no password is set: {variable}_SQLDB__PASSWORD or `password` of the ini gives one"
        ));
    }
    (!parts.is_empty()).then(|| parts.join(", "))
}

fn is_set(stated: &Stated, names: &[&str]) -> bool {
    stated.section == Section::Sqldb && stated.origin.is_some() && names.contains(&stated.key)
}
