//! The databases that `discover` tries, in turn, and what came of each.

use std::fmt;
use std::thread;
use std::time::Duration;

use serde::Serialize;

use super::commands::discover::Arguments;
use super::context::Context;
use super::failure::Failure;
use super::settings::Surroundings;
use super::workflow_error::WorkflowError;
use crate::config::discovery::{self, Discovered, Reference};
use crate::config::{self, ConfigError, Kept};
use crate::database::{self, DatabaseError, OpenOptions};

/// Somewhere to look.
pub(super) struct Candidate {
    /// What it is called.
    pub label: String,
    /// What was found there; none for what the settings name.
    pub found: Option<Discovered>,
    /// Why there is nothing to try.
    pub nothing: Option<String>,
    /// Whether it was kept by an earlier search.
    pub is_kept: bool,
}

/// What came of one.
#[derive(Serialize)]
pub(super) struct Told {
    source: String,
    pub address: Option<String>,
    server: Option<String>,
    error: Option<String>,
    /// Whether somebody answered and said no.
    refused: bool,
}

/// Where the search ended.
pub(super) enum End {
    /// At the candidate of this number, which answers.
    Found(usize),
    /// At the candidate of this number, which answers and refuses.
    Refused(usize),
    /// Behind the last.
    Nothing,
}

impl fmt::Display for Told {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: ", self.source)?;
        if let Some(address) = &self.address {
            write!(f, "{address}: ")?;
        }
        match (&self.server, &self.error) {
            (Some(server), _) => write!(f, "{server} answers"),
            (None, Some(error)) => f.write_str(error),
            (None, None) => f.write_str("nothing"),
        }
    }
}

impl Candidate {
    fn found(found: Discovered) -> Self {
        let nothing = "it names no database; `-d NAME` does".to_owned();
        Self {
            label: found.source.clone(),
            nothing: found.dbname.is_empty().then_some(nothing),
            found: Some(found),
            is_kept: false,
        }
    }

    fn nothing(label: impl Into<String>, why: impl Into<String>) -> Self {
        Self {
            label: label.into(),
            found: None,
            nothing: Some(why.into()),
            is_kept: false,
        }
    }
}

/// Looks everywhere, and asks nobody yet.
pub(super) fn collect(
    context: &Context<'_>,
    around: &Surroundings,
    arguments: &Arguments,
    password: Option<String>,
) -> Result<Vec<Candidate>, Failure> {
    let request = around.request(context.component, context.global, Kept::None);
    let environment = config::environment(&request)?;
    let password = password.map(Reference::Text);
    if arguments.host.is_some() || arguments.port.is_some() {
        return Ok(typed(arguments, password.as_ref()));
    }
    let (settings, is_ini) = settings(context, around)?;
    let is_changed = arguments.username.is_some()
        || arguments.database.is_some()
        || password.is_some()
        || arguments.dbms.is_some();
    let mut candidates = Vec::new();
    if !is_changed {
        candidates.push(kept(context, around));
    }
    let (first, last) = match is_ini {
        true => (None, Some(settings)),
        false => (Some(settings), None),
    };
    candidates.extend(first.filter(|_| !is_changed));
    let variables = discovery::variable_databases(&environment);
    if variables.is_empty() {
        let why = "no POSTGRES_*, PG*, MYSQL_* or MARIADB_* is set";
        candidates.push(Candidate::nothing("the environment", why));
    }
    candidates.extend(variables.into_iter().map(Candidate::found));
    match discovery::compose_file(around.working_directory()) {
        None => candidates.push(Candidate::nothing(
            "compose file",
            "there is none here or above",
        )),
        Some(file) => match discovery::compose_databases(&file, &environment) {
            Ok(found) => candidates.extend(found.into_iter().map(Candidate::found)),
            Err(why) => candidates.push(Candidate::nothing(file.display().to_string(), why)),
        },
    }
    candidates.extend(last.filter(|_| !is_changed));
    let fits = |it: &Candidate| match (&it.found, &arguments.dbms) {
        (Some(found), Some(dbms)) => found.dbms == *dbms,
        (Some(_), None) | (None, _) => true,
    };
    candidates.retain(fits);
    Ok(candidates
        .into_iter()
        .map(|it| changed(it, arguments, password.as_ref()))
        .collect())
}

/// A candidate with what was typed in place of what was found.
fn changed(candidate: Candidate, arguments: &Arguments, password: Option<&Reference>) -> Candidate {
    let Some(mut found) = candidate.found.clone() else {
        return candidate;
    };
    if let Some(user) = &arguments.username {
        found.username = Some(user.clone());
    }
    if let Some(database) = &arguments.database {
        found.dbname.clone_from(database);
    }
    if let Some(password) = password {
        found.password = Some(password.clone());
    }
    Candidate {
        label: candidate.label,
        is_kept: candidate.is_kept,
        ..Candidate::found(found)
    }
}

/// The server that was typed; of both engines when nothing tells which.
fn typed(arguments: &Arguments, password: Option<&Reference>) -> Vec<Candidate> {
    let engines: &[&str] = match (arguments.dbms.as_deref(), arguments.port) {
        (Some("postgresql"), _) | (None, Some(5432)) => &["postgresql"],
        (Some(_), _) | (None, Some(3306)) => &["mysql"],
        (None, _) => &["postgresql", "mysql"],
    };
    let found = engines.iter().map(|dbms| {
        let user = arguments.username.clone();
        let database = arguments.database.clone().or_else(|| user.clone());
        Candidate::found(Discovered {
            dbms: (*dbms).to_owned(),
            host: arguments
                .host
                .clone()
                .unwrap_or_else(|| "localhost".to_owned()),
            port: arguments.port,
            username: user,
            dbname: database.unwrap_or_default(),
            password: password.cloned(),
            source: "the command line".to_owned(),
            unset: Vec::new(),
        })
    });
    found.collect()
}

/// What was kept before.
fn kept(context: &Context<'_>, around: &Surroundings) -> Candidate {
    const LABEL: &str = "kept before";
    let path = around.kept(context.component, context.global);
    match path.map(|path| discovery::kept(&path)).transpose() {
        Ok(Some(Some(found))) => Candidate {
            label: format!("{LABEL} ({})", found.source),
            is_kept: true,
            ..Candidate::found(found)
        },
        Ok(Some(None) | None) => Candidate::nothing(LABEL, "nothing"),
        Err(error) => Candidate::nothing(LABEL, error.to_string()),
    }
}

/// What the settings name, and whether it is the ini that does.
fn settings(context: &Context<'_>, around: &Surroundings) -> Result<(Candidate, bool), Failure> {
    let request = around.request(context.component, context.global, Kept::None);
    let loaded = match config::load(&request) {
        Ok(loaded) => loaded,
        Err(error @ ConfigError::MissingIni { named: false, .. }) => {
            return Ok((Candidate::nothing("the ini", error.to_string()), true));
        }
        Err(error) => return Err(error.into()),
    };
    let ini = request.ini.display().to_string();
    let (label, nothing) = match loaded.settings.database_origin() {
        Ok(origin) => (origin.to_owned(), None),
        Err(_) => (ini.clone(), Some("it names no database".to_owned())),
    };
    let is_ini = label == ini;
    let candidate = Candidate {
        label,
        found: None,
        nothing,
        is_kept: false,
    };
    Ok((candidate, is_ini))
}

/// Asks all at once; what came of each up to the first that answers. One that answers and refuses ends
/// the search, too: what comes behind it may be the server of somebody else.
pub(super) fn try_all(
    context: &Context<'_>,
    around: &Surroundings,
    candidates: &[Candidate],
    timeout: Duration,
) -> (Vec<Told>, End) {
    let options = OpenOptions {
        connect_timeout: timeout,
        ..OpenOptions::read(context.component.program)
    };
    let requests: Vec<_> = candidates
        .iter()
        .map(|it| {
            let kept = it.found.as_ref().map_or(Kept::None, Kept::Only);
            around.request(context.component, context.global, kept)
        })
        .collect();
    let told: Vec<Told> = thread::scope(|scope| {
        let options = &options;
        let threads: Vec<_> = candidates
            .iter()
            .zip(&requests)
            .map(|(candidate, request)| scope.spawn(move || ask(candidate, request, options)))
            .collect();
        let answers = threads.into_iter().map(|it| it.join());
        answers
            .map(|it| it.expect("a question that panics is a defect of ours"))
            .collect()
    });
    let last = told.iter().position(|it| it.server.is_some() || it.refused);
    let shown = last.map_or(told.len(), |last| last + 1);
    let end = match last {
        None => End::Nothing,
        Some(last) if told[last].refused => End::Refused(last),
        Some(last) => End::Found(last),
    };
    (told.into_iter().take(shown).collect(), end)
}

/// Why the search ended at a candidate.
pub(super) fn refused(candidate: &Candidate, told: &Told) -> WorkflowError {
    WorkflowError::Refused {
        source_name: candidate.label.clone(),
        reason: told.error.clone().unwrap_or_default(),
        unset: candidate
            .found
            .as_ref()
            .map(|it| it.unset.clone())
            .unwrap_or_default(),
        is_kept: candidate.is_kept,
    }
}

fn ask(candidate: &Candidate, request: &config::Request<'_>, options: &OpenOptions) -> Told {
    let mut told = Told {
        source: candidate.label.clone(),
        address: None,
        server: None,
        error: candidate.nothing.clone(),
        refused: false,
    };
    if told.error.is_some() {
        return told;
    }
    let answer = || -> Result<(String, Result<String, DatabaseError>), ConfigError> {
        let settings = config::load(request)?.settings;
        let shown = settings.shown_address()?.to_string();
        let opened = database::open(&settings.address()?, options);
        Ok((shown, opened.map(|it| it.server().to_owned())))
    };
    match answer() {
        Ok((shown, Ok(server))) => {
            told.address = Some(shown);
            told.server = Some(server);
        }
        Ok((shown, Err(error))) => {
            told.address = Some(shown);
            told.error = Some(super::waiting::reason(&error));
            told.refused = !is_absent(&error);
        }
        Err(error) => {
            told.error = Some(error.to_string());
            told.refused = answers_without_password(candidate, request, options);
        }
    }
    told
}

/// Whether a server is there whose password is not where it was.
fn answers_without_password(
    candidate: &Candidate,
    request: &config::Request<'_>,
    options: &OpenOptions,
) -> bool {
    let Some(found) = &candidate.found else {
        return false;
    };
    let bare = Discovered {
        password: None,
        ..found.clone()
    };
    let request = config::Request {
        discovered: Kept::Only(&bare),
        ..*request
    };
    let loaded = config::load(&request);
    let address = loaded.and_then(|it| it.settings.address());
    address.is_ok_and(|address| match database::open(&address, options) {
        Ok(_) => true,
        Err(error) => !is_absent(&error),
    })
}

/// Whether nobody is there, or somebody of another kind, whom nobody meant.
fn is_absent(error: &DatabaseError) -> bool {
    matches!(
        error,
        DatabaseError::Unreachable { .. }
            | DatabaseError::OtherServer { .. }
            | DatabaseError::NoSuchFile { .. }
            | DatabaseError::NoSuchDirectory { .. }
    )
}
