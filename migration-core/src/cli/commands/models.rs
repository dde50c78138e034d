//! `models dump` and `models diesel`.

use clap::{Args, Subcommand};

use crate::cli::comparing::{self, Flags};
use crate::cli::context::Context;
use crate::cli::failure::Failure;
use crate::cli::models_error::ModelsError;
use crate::cli::output::Output;
use crate::cli::standing;
use crate::cli::warning::Warning;
use crate::compare::{self, Inventory};
use crate::dialect::Dialect;
use crate::diesel_schema::{DieselOptions, diesel_schema};
use crate::diff::{DiffOptions, diff};
use crate::draft;
use crate::schema::{Column, DataType, Schema, TimeZone};

/// Write models from a database, or Rust from models
#[derive(Debug, Args)]
#[command(arg_required_else_help = true, subcommand_required = true)]
pub(in crate::cli) struct Arguments {
    #[command(subcommand)]
    what: What,
}

const HEADER: &str = "\
-- The database as it was found. {prefix} is tables_prefix and an underscore. A change starts here;
-- `revision --autogenerate` writes the revision that brings databases to it.

";

#[derive(Debug, Subcommand)]
enum What {
    Dump(DumpArguments),
    Diesel(DieselArguments),
}

/// Write the models that a live database has
///
/// Tables whose names begin with `tables_prefix`, with what stands on them, and what the applied
/// revisions made, as statements for every engine wherever that can be: the beginning of a project
/// that adopts a database. As models they ask for nothing. Reads only.
#[derive(Debug, Args)]
struct DumpArguments {
    #[command(flatten)]
    flags: Flags,

    #[command(flatten)]
    output: Output,
}

/// Write the models as the `schema.rs` of Diesel
///
/// For the engine of the settings; no database is asked.
#[derive(Debug, Args)]
struct DieselArguments {
    #[command(flatten)]
    output: Output,
}

pub(super) fn run(context: &Context<'_>, arguments: &Arguments) -> Result<(), Failure> {
    match &arguments.what {
        What::Dump(arguments) => dump(context, arguments),
        What::Diesel(arguments) => diesel(context, arguments),
    }
}

fn dump(context: &Context<'_>, arguments: &DumpArguments) -> Result<(), Failure> {
    let settings = context.settings()?;
    let prefix = settings.prefix();
    let dialect = settings.dialect()?;
    let known = &settings.autogenerate;
    let schemas = arguments.flags.schemas(&known.schemas);
    let mut connection = context.connect_to_read()?;
    let history = standing::history(context, connection.as_mut())?;
    let whole = compare::inventory(
        connection.as_mut(),
        &Inventory {
            schemas: &schemas,
            version_table: context.version_table()?,
            prefix: &prefix,
        },
        &history,
        &arguments.flags.filter(&known.filter, &prefix),
    )?;
    for unread in &whole.unread {
        let name = unread.name.to_string();
        context.ui.warning(&Warning::LeftOut { name });
    }
    let changes = diff(&Schema::default(), &whole.schema, &DiffOptions::default()).changes;
    if changes.is_empty() {
        return Err(ModelsError::NothingToDump { prefix }.into());
    }
    let moments = moments(dialect, &whole.schema, &history.schema);
    let text = draft::statements(&changes, dialect, &prefix);
    let text = format!("{HEADER}{moments}{text}");
    arguments.output.write(context, &text)
}

/// What is said of times with a zone that no revision made, where the engine keeps them, made anew,
/// as it keeps others.
fn moments(dialect: Dialect, schema: &Schema, history: &Schema) -> String {
    let written = |zone: TimeZone| {
        let data_type = DataType::Timestamp {
            precision: None,
            zone,
        };
        dialect.compiler().data_type(&data_type).ok()
    };
    let is_zoned = |it: &Column| {
        let zone = TimeZone::With;
        matches!(it.data_type, DataType::Timestamp { zone: of, .. } if of == zone)
    };
    let is_found = schema.tables.iter().any(|table| {
        let built = history.table(&table.name);
        let mut zoned = table.columns.iter().filter(|it| is_zoned(it));
        zoned.any(|it| built.and_then(|built| built.column(&it.name)).is_none())
    });
    match written(TimeZone::With) {
        Some(anew) if written(TimeZone::Without).as_ref() == Some(&anew) && is_found => {
            format!(
                "-- TIMESTAMP WITH TIME ZONE stands for what is a TIMESTAMP here, a moment in UTC \
                 and before 2038;\n-- made anew it is {anew}, which keeps what it is given.\n\n"
            )
        }
        Some(_) | None => String::new(),
    }
}

fn diesel(context: &Context<'_>, arguments: &DieselArguments) -> Result<(), Failure> {
    let source = comparing::models(context)?;
    let settings = context.settings()?;
    let models = comparing::built(context, &source)?;
    let text = diesel_schema(
        &models.schema,
        &DieselOptions {
            dialect: settings.dialect()?,
            prefix: &settings.prefix(),
            program: context.component.program,
        },
    );
    arguments.output.write(context, &text)
}
