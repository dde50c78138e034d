//! `tables`.

use clap::Args;

use crate::cli::context::Context;
use crate::cli::extents::{self, Object, Wish};
use crate::cli::failure::Failure;

/// List the tables with their rows and sizes
///
/// Ours are shown: those that the models name and those that an applied revision made. Servers
/// estimate the rows (`~1200`; `?` where nobody knows yet); SQLite has no estimates, so there they
/// are counted. Sizes include indexes.
#[derive(Debug, Args)]
pub(in crate::cli) struct Arguments {
    /// Show the tables of others and our bookkeeping, too; on PostgreSQL in all schemas
    #[arg(short, long)]
    all: bool,

    /// Count the rows where the server estimates them; reads every table
    #[arg(long)]
    exact: bool,
}

pub(super) fn run(context: &Context<'_>, arguments: &Arguments) -> Result<(), Failure> {
    let mut connection = context.connect_to_read()?;
    let wish = Wish {
        all: arguments.all,
        exact: arguments.exact,
    };
    let found = extents::read(context, connection.as_mut(), wish)?;
    let ui = context.ui;
    if ui.is_json() {
        let objects: Vec<Object> = found.iter().map(Object::from).collect();
        return ui.document(&objects);
    }
    if found.is_empty() {
        let other = match arguments.all {
            true => "The database has no tables.",
            false => "The database has no tables of ours; `tables --all` shows those of others.",
        };
        ui.status(other);
        return Ok(());
    }
    for line in extents::lines(&found) {
        ui.data(line)?;
    }
    ui.flush()?;
    ui.status(format_args!("{}.", extents::summary(&found)));
    Ok(())
}
