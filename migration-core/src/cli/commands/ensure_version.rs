//! `ensure-version`.

use clap::Args;
use serde::Serialize;

use crate::cli::context::Context;
use crate::cli::failure::Failure;
use crate::database;

/// Make the version table unless it is there
#[derive(Debug, Args)]
pub(in crate::cli) struct Arguments {
    /// Write the SQL to standard output; no database is asked
    #[arg(long, conflicts_with = "json")]
    sql: bool,
}

#[derive(Serialize)]
struct Answer<'a> {
    table: &'a str,
    created: bool,
}

pub(super) fn run(context: &Context<'_>, arguments: &Arguments) -> Result<(), Failure> {
    let table = context.version_table()?;
    let dialect = context.settings()?.dialect()?;
    if arguments.sql {
        return context.ui.data(format_args!("{};", table.create(dialect)));
    }
    let mut connection = context.connect_to_write()?;
    let created = database::version_rows(connection.as_mut(), table)?.is_none();
    if created {
        let made = connection.run(&[&table.create(dialect)]);
        made.map_err(|failure| failure.error)?;
    }
    if context.ui.is_json() {
        return context.ui.document(&Answer {
            table: &table.name,
            created,
        });
    }
    if created {
        context
            .ui
            .success(format_args!("Created table {}.", table.name));
    } else {
        context
            .ui
            .status(format_args!("Table {} is there already.", table.name));
    }
    Ok(())
}
