//! What is drawn of tables: the models, or our part of the live database.

use super::act;
use super::comparing;
use super::context::Context;
use super::failure::Failure;
use super::models_error::ModelsError;
use super::selection::Selection;
use crate::compare::{self, Inventory, Portrait};
use crate::database::Connection;
use crate::picture::erd::{Diagram, diagram};
use crate::program::{self, Built};
use crate::schema::Schema;

/// The models as a diagram.
pub(super) fn of_models(context: &Context<'_>, selection: &Selection) -> Result<Diagram, Failure> {
    let mut schema = models(context)?.schema;
    let count = schema.tables.len();
    selection.filter(context)?.apply(&mut schema);
    drawn(&schema, count, "the models")
}

/// Our part of the live database as a diagram.
pub(super) fn of_database(
    context: &Context<'_>,
    selection: &Selection,
) -> Result<Diagram, Failure> {
    let mut connection = context.connect_to_read()?;
    let portrait = portrait(context, selection, connection.as_mut())?;
    if !portrait.foreign.is_empty() {
        let names: Vec<String> = portrait
            .foreign
            .iter()
            .map(|it| format!("`{it}`"))
            .collect();
        context.ui.status(format_args!(
            "Left out, because neither the models nor a revision makes them: {}",
            names.join(", ")
        ));
    }
    for unread in &portrait.unread {
        context.ui.warning(format_args!(
            "`{}` is left out: its definition says more than is understood",
            unread.name
        ));
    }
    let filter = selection.filter(context)?;
    let is_filtered = !filter.include_tables.is_empty() || !filter.exclude_tables.is_empty();
    drawn(&portrait.schema, usize::from(is_filtered), "the database")
}

/// What of the live database the models or the applied revisions name.
pub(super) fn portrait(
    context: &Context<'_>,
    selection: &Selection,
    connection: &mut dyn Connection,
) -> Result<Portrait, Failure> {
    let rows = context.version_rows(connection)?;
    let known = context.graph()?.ancestors(&rows).is_ok();
    let history = match known {
        true => act::with_linker(context, |linker| program::built(linker, &rows))?,
        false => Built::default(),
    };
    let models = match comparing::models(context) {
        Ok(_) => models(context)?,
        Err(_) => Built::default(),
    };
    Ok(compare::portrait(
        connection,
        [&models, &history],
        &Inventory {
            schemas: &selection.schemas(context)?,
            version_table: &context.version_table()?,
            prefix: &context.settings()?.prefix(),
        },
        &selection.filter(context)?,
    )?)
}

fn models(context: &Context<'_>) -> Result<Built, Failure> {
    let source = comparing::models(context)?;
    let models = act::with_linker(context, |linker| program::models(linker, &source))?;
    Ok(models.written.built)
}

/// The diagram, unless there is nothing in it; `count` is how many tables there were before some
/// were left out.
fn drawn(schema: &Schema, count: usize, place: &'static str) -> Result<Diagram, Failure> {
    let diagram = diagram(schema);
    if diagram.tables.is_empty() {
        let is_filtered = count > 0;
        return Err(ModelsError::NothingToDraw { place, is_filtered }.into());
    }
    Ok(diagram)
}
