//! `run`.

use clap::Args;
use serde::Serialize;

use super::initdb;
use crate::application::moment::Stopwatch;
use crate::cli::act::{Change, Offline, Outcome, Waiting};
use crate::cli::backup::BackingUp;
use crate::cli::comparing::{self, Compared};
use crate::cli::context::Context;
use crate::cli::exit::{self, Exit};
use crate::cli::failure::Failure;
use crate::cli::models_error::ModelsError;
use crate::cli::renames::Renames;
use crate::cli::waiting::Answering;
use crate::cli::warning::Warning;

/// Bring a database to the head in one go: wait, create, back up, upgrade, check
///
/// Reads `.env`, waits for the database, creates it with --create when it is not there, copies it with
/// --backup, upgrades it, checks that it is what the models say, and ends with one summary. Run again,
/// it finds nothing to do. Ends with the codes of `upgrade-and-close`, and with 3 when the models ask
/// for more than the revisions do.
#[derive(Debug, Args)]
pub(in crate::cli) struct Arguments {
    /// Where to go; the models are checked at the head alone
    #[arg(value_name = "TARGET", default_value = super::upgrade::DEFAULT)]
    targets: Vec<String>,

    /// Create the database when it is not there and the user may
    #[arg(long)]
    create: bool,

    /// Do not compare the database with the models
    #[arg(long)]
    no_check: bool,

    #[command(flatten)]
    answering: Answering,

    #[command(flatten)]
    backup: BackingUp,

    #[command(flatten)]
    waiting: Waiting,

    /// Name this run; the name stands in the ledger beside the program
    #[arg(long, value_name = "NAME")]
    tag: Option<String>,
}

/// What the check found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
enum Check {
    /// The database is what the models say.
    Agrees,
    /// The models ask for more.
    Differs(usize),
    /// Nobody wanted it, there are no models, or this is not the head.
    Skipped,
    /// The user may not make a scratch place.
    Impossible,
}

#[derive(Serialize)]
struct Summary {
    database: String,
    server: String,
    created: bool,
    #[serde(flatten)]
    outcome: Outcome,
    check: Check,
    took: String,
}

pub(super) fn run(context: &Context<'_>, arguments: &Arguments) -> Result<(), Failure> {
    go(context, arguments).map_err(exit::for_machines)
}

fn go(context: &Context<'_>, arguments: &Arguments) -> Result<(), Failure> {
    let watch = Stopwatch::start();
    // A tree that cannot be read must not leave an empty database behind.
    context.graph()?.resolve("heads")?;
    let created = prepare(context, arguments)?;
    let outcome = Change {
        backup: Some(&arguments.backup),
        ..Change::upgrade(
            &arguments.targets,
            &Offline::online(arguments.tag.clone()),
            &arguments.waiting,
        )
    }
    .carry_out(context)?;
    // A file is made by the first step alone.
    let created = created && context.connect_if_there()?.is_some();
    let summary = Summary {
        database: context.settings()?.shown_address()?.to_string(),
        server: server(context)?,
        created,
        outcome,
        check: check(context, arguments)?,
        took: watch.seconds(),
    };
    if context.ui.is_json() {
        context.ui.document(&summary)?;
    } else {
        tell(context, &summary)?;
    }
    match summary.check {
        Check::Differs(count) => Err(Failure::with_exit(
            ModelsError::ModelsDiffer { count },
            Exit::Found,
        )),
        Check::Agrees | Check::Skipped | Check::Impossible => Ok(()),
    }
}

/// Waits until the server answers, and with `--create` makes the database; true when it was made.
fn prepare(context: &Context<'_>, arguments: &Arguments) -> Result<bool, Failure> {
    const ABSENT: [&str; 3] = ["no-such-database", "no-access", "no-such-directory"];
    match arguments.answering.wait(context) {
        Ok(Some(_)) => Ok(false),
        Ok(None) => Ok(true),
        Err(Failure::Error { error, .. }) if arguments.create && ABSENT.contains(&error.kind()) => {
            initdb::create(context)
        }
        Err(failure) => {
            let is_absent = matches!(
                &failure,
                Failure::Error { error, .. } if ABSENT.contains(&error.kind())
            );
            let note = "`run --create` creates the database when this user may";
            Err(match is_absent {
                true => failure.noting(note.to_owned()),
                false => failure,
            })
        }
    }
}

/// Engine and version.
fn server(context: &Context<'_>) -> Result<String, Failure> {
    let connection = context.connect_or_empty()?;
    Ok(connection.server().to_owned())
}

fn check(context: &Context<'_>, arguments: &Arguments) -> Result<Check, Failure> {
    let is_head = arguments
        .targets
        .iter()
        .all(|target| target == "head" || target == "heads");
    if arguments.no_check || !comparing::has_models(context)? || !is_head {
        return Ok(Check::Skipped);
    }
    let flags = comparing::Flags::default();
    let mut compared = Compared::open_or_empty(context, &flags)?.at_heads()?;
    match compared.with_models(&Renames::default()) {
        Ok((comparison, _)) => {
            let changes = comparison.difference.changes.iter();
            let count = changes.map(|it| it.up.len()).sum();
            Ok(match count {
                0 => Check::Agrees,
                count => Check::Differs(count),
            })
        }
        Err(Failure::Error { error, .. }) if error.kind() == "no-scratch" => {
            context.ui.warning(&Warning::Unchecked {
                error: error.to_string(),
            });
            Ok(Check::Impossible)
        }
        Err(failure) => Err(failure),
    }
}

fn tell(context: &Context<'_>, summary: &Summary) -> Result<(), Failure> {
    let Summary {
        database,
        server,
        outcome,
        took,
        ..
    } = summary;
    let mut parts = vec![format!("{server} at {database}")];
    if summary.created {
        parts.push("created".to_owned());
    }
    if let Some(backup) = &outcome.backup {
        parts.push(format!("copied to {backup}"));
    }
    parts.push(match outcome.steps.len() {
        0 => "nothing to do".to_owned(),
        1 => "1 step".to_owned(),
        count => format!("{count} steps"),
    });
    parts.push(match outcome.to.as_slice() {
        [] if context.graph()?.is_empty() => "there are no revisions yet".to_owned(),
        [] => "now at base".to_owned(),
        rows => format!("now at {}", rows.join(", ")),
    });
    parts.push(
        match summary.check {
            Check::Agrees => "as the models say",
            Check::Differs(_) => "not as the models say",
            Check::Skipped | Check::Impossible => "models not checked",
        }
        .to_owned(),
    );
    context
        .ui
        .success(format_args!("Ready in {took}: {}.", parts.join("; ")));
    Ok(())
}
