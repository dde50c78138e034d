//! `restore`.

use std::io::IsTerminal as _;
use std::path::{Path, PathBuf};

use clap::Args;
use serde::Serialize;

use crate::application::moment;
use crate::cli::context::Context;
use crate::cli::error::CliError;
use crate::cli::failure::Failure;
use crate::cli::{files, standing};
use crate::database::{self, Address};

/// Put back a copy of the database, or print the command that does it on a server
///
/// The copy is one that was taken before a migration. A SQLite file is replaced by it, after a check;
/// the file that it replaces is kept beside it. Programs that use the database have to be stopped
/// first. On a server nothing is changed: the command that does it is printed, to be looked at and
/// typed.
///
/// Everything goes back to what it was when the copy was taken: rows that were written since are in
/// the file set aside only.
#[derive(Debug, Args)]
pub(in crate::cli) struct Arguments {
    /// The copy; without it the newest one that the ledger names
    #[arg(value_name = "PATH")]
    copy: Option<PathBuf>,

    /// Do not ask, and take a copy without the version table, too
    #[arg(short, long)]
    yes: bool,
}

#[derive(Serialize)]
struct Answer {
    restored: Option<PathBuf>,
    aside: Option<PathBuf>,
    #[serde(skip_serializing_if = "Option::is_none")]
    command: Option<String>,
}

pub(super) fn run(context: &Context<'_>, arguments: &Arguments) -> Result<(), Failure> {
    let copy = match &arguments.copy {
        Some(path) => files::absolute(path)?,
        None => newest(context)?,
    };
    let address = context.settings()?.shown_address()?;
    if let Some(command) = database::restoring_command(&address, &copy)? {
        return print(context, &command);
    }
    let Address::Sqlite { path } = &address else {
        return Ok(());
    };
    if arguments.copy.is_none() && !arguments.yes {
        confirm(context, &copy, path)?;
    }
    // Whoever was asked has seen which copy it is, and `--yes` says that it is the right one.
    let table = context.version_table()?;
    let table = (arguments.copy.is_some() && !arguments.yes).then_some(table);
    let restored = database::restore(&copy, path, &moment::stamp(), table)?;
    if context.ui.is_json() {
        return context.ui.document(&Answer {
            restored: Some(copy),
            aside: restored.aside,
            command: None,
        });
    }
    if let Some(aside) = &restored.aside {
        context.ui.status(format_args!(
            "The file that was replaced is {}",
            aside.display()
        ));
    }
    let rows = context.version_rows(context.connect_to_read()?.as_mut())?;
    context.ui.success(format_args!(
        "Restored {}; the database is at {}.",
        copy.display(),
        crate::cli::act::place(&rows)
    ));
    Ok(())
}

/// The newest copy of the ledger.
fn newest(context: &Context<'_>) -> Result<PathBuf, Failure> {
    let mut connection = context.connect_to_read()?;
    let found = standing::newest_backup(context, connection.as_mut())?;
    found.ok_or_else(|| CliError::NoBackup.into())
}

fn confirm(context: &Context<'_>, copy: &Path, database: &Path) -> Result<(), Failure> {
    if !std::io::stdin().is_terminal() {
        let copy = copy.to_owned();
        return Err(Failure::usage(CliError::Unconfirmed { copy }));
    }
    let question = format!(
        "Replace {} by the copy {}? [y/N] ",
        database.display(),
        copy.display()
    );
    if context.ui.ask(&question) {
        return Ok(());
    }
    Err(CliError::NotRestored.into())
}

fn print(context: &Context<'_>, command: &str) -> Result<(), Failure> {
    if context.ui.is_json() {
        return context.ui.document(&Answer {
            restored: None,
            aside: None,
            command: Some(command.to_owned()),
        });
    }
    context.ui.status(
        "This command puts the copy back; it asks for the password. Tables that were made since \
         the copy was taken stay.",
    );
    context.ui.data(command)
}
