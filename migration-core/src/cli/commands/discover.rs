//! `discover`.

use std::path::PathBuf;
use std::time::Duration;

use clap::Args;
use serde::Serialize;

use crate::cli::act::seconds;
use crate::cli::candidates::{self, Candidate, End, Told};
use crate::cli::context::Context;
use crate::cli::failure::Failure;
use crate::cli::settings::Surroundings;
use crate::cli::ui::Ui;
use crate::cli::warning::Warning;
use crate::cli::workflow_error::WorkflowError;
use crate::config::discovery::{self, Discovered, Reference, Standing};
use crate::config::{self, Kept};

/// Find a database that answers, and keep it for the other commands
///
/// Tries in turn what was kept before, the environment (DATABASE_URL, POSTGRES_*, PG*, MYSQL_*,
/// MARIADB_*, `.env` files included), the ports that a compose file here or above publishes, and the
/// ini. The first that answers is kept in a file that only you may read; a password that has a name is
/// kept as that name. One that answers and refuses, for a wrong password or an unknown database, ends
/// the search with exit code 1: only what cannot be reached is passed over.
///
/// Other commands use what is kept only where nothing else names a database, or where the ini says
/// `discovered = yes`, never with `environment = production`, and they say so. `clean` forgets it.
#[derive(Debug, Args)]
pub(in crate::cli) struct Arguments {
    /// Sign in as this user
    #[arg(short, long, value_name = "USER")]
    pub username: Option<String>,

    /// Sign in with a password; without a value it is asked for, or read from standard input
    #[arg(short, long, value_name = "PASSWORD", num_args = 0..=1)]
    pub password: Option<Option<String>>,

    /// Look at this host alone
    #[arg(long, value_name = "HOST")]
    pub host: Option<String>,

    /// Look at this port alone
    #[arg(long, value_name = "PORT")]
    pub port: Option<u16>,

    /// Look for this database
    #[arg(short, long, value_name = "DATABASE")]
    pub database: Option<String>,

    /// Look for a server of this engine alone
    #[arg(long, value_name = "ENGINE", value_parser = ["postgresql", "mysql"])]
    pub dbms: Option<String>,

    /// Give each server this long to answer
    #[arg(long, value_name = "SECONDS", default_value = "2", value_parser = seconds)]
    pub timeout: Duration,
}

#[derive(Serialize)]
struct Answer {
    tried: Vec<Told>,
    found: Option<String>,
    kept: Option<PathBuf>,
    used: bool,
    reason: Option<String>,
}

pub(super) fn run(context: &Context<'_>, arguments: &Arguments) -> Result<(), Failure> {
    let around = Surroundings::of(context.component, context.global)?;
    let path = around.kept(context.component, context.global);
    let password = typed_password(context.ui, arguments)?;
    let candidates = candidates::collect(context, &around, arguments, password)?;
    let (tried, end) = candidates::try_all(context, &around, &candidates, arguments.timeout);
    for told in &tried {
        context.ui.status(told);
    }
    let winner = match end {
        End::Found(at) => Ok(&candidates[at]),
        End::Refused(at) => Err(candidates::refused(&candidates[at], &tried[at])),
        End::Nothing => Err(WorkflowError::NothingFound),
    };
    let winner = match winner {
        Ok(winner) => winner,
        Err(failure) => {
            return nothing(context, tried, failure);
        }
    };
    let found = tried.last().and_then(|it| it.address.clone());
    let (kept, standing) = keep(context, &around, path, winner)?;
    if context.ui.is_json() {
        let (used, reason) = match standing {
            Standing::Used(_) => (true, None),
            Standing::Unused(reason) => (false, Some(reason)),
        };
        return context.ui.document(&Answer {
            tried,
            found,
            kept,
            used,
            reason,
        });
    }
    context.ui.data(found.unwrap_or_default())?;
    context.ui.flush()?;
    report(context.ui, kept, &standing);
    if winner.is_kept {
        context.ui.status(
            "It was kept before, so nothing else was asked: `clean`, then `discover`, looks anew.",
        );
    }
    Ok(())
}

/// Nothing is kept.
fn nothing(context: &Context<'_>, tried: Vec<Told>, failure: WorkflowError) -> Result<(), Failure> {
    if context.ui.is_json() {
        context.ui.document(&Answer {
            tried,
            found: None,
            kept: None,
            used: false,
            reason: None,
        })?;
    }
    Err(failure.into())
}

/// Keeps what was found, unless it is what the settings name anyway.
fn keep(
    context: &Context<'_>,
    around: &Surroundings,
    path: Option<PathBuf>,
    winner: &Candidate,
) -> Result<(Option<PathBuf>, Standing), Failure> {
    let Some(found) = &winner.found else {
        if let Some(path) = &path {
            discovery::forget(path)?;
        }
        return Ok((None, Standing::Used(winner.label.clone())));
    };
    let path = path.ok_or(WorkflowError::NowhereToKeep)?;
    discovery::keep(&path, found)?;
    if matches!(found.password, Some(Reference::Text(_))) {
        context.ui.warning(&Warning::PasswordKept {
            path: path.display().to_string(),
        });
    }
    let standing = standing(context, around, found)?;
    Ok((Some(path), standing))
}

/// Whether commands will use it.
fn standing(
    context: &Context<'_>,
    around: &Surroundings,
    found: &Discovered,
) -> Result<Standing, Failure> {
    let request = around.request(context.component, context.global, Kept::Found(found));
    let loaded = config::load(&request)?;
    Ok(loaded
        .discovered
        .unwrap_or_else(|| Standing::Used(found.source.clone())))
}

fn report(ui: &Ui, kept: Option<PathBuf>, standing: &Standing) {
    match (kept, standing) {
        (None, _) => ui.success("The settings name it already; nothing is kept."),
        (Some(path), Standing::Used(_)) => ui.success(format_args!(
            "Kept in {}: the other commands use it until `clean`.",
            path.display()
        )),
        (Some(path), Standing::Unused(reason)) => ui.warning(&Warning::NotUsed {
            path: path.display().to_string(),
            reason: reason.to_string(),
        }),
    }
}

fn typed_password(ui: &Ui, arguments: &Arguments) -> Result<Option<String>, Failure> {
    match &arguments.password {
        None => Ok(None),
        Some(Some(typed)) => {
            ui.warning(&Warning::PasswordTyped);
            Ok(Some(typed.clone()))
        }
        Some(None) => {
            let read = ui.password("Password: ");
            read.map(Some)
                .map_err(|source| WorkflowError::NoPassword { source }.into())
        }
    }
}
