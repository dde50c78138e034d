//! What is drawn: the models, our part of the live database, the revisions that it has.

use clap::Args;

use super::comparing;
use super::context::Context;
use super::failure::Failure;
use super::models_error::ModelsError;
use super::selection::Selection;
use super::standing;
use super::warning::Warning;
use crate::compare::{self, Inventory, Portrait};
use crate::database::Connection;
use crate::diagnostic::quoted;
use crate::graph::RevisionGraph;
use crate::picture::erd::{Diagram, diagram};
use crate::program::Built;
use crate::revision::RevisionId;
use crate::schema::Schema;

/// The models as a diagram.
pub(super) fn of_models(context: &Context<'_>, selection: &Selection) -> Result<Diagram, Failure> {
    let mut schema = comparing::built(context, &comparing::models(context)?)?.schema;
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
        context.ui.status(format_args!(
            "Left out, because neither the models nor a revision makes them: {}",
            quoted(&portrait.foreign)
        ));
    }
    for unread in &portrait.unread {
        context.ui.warning(&Warning::LeftOut {
            name: unread.name.to_string(),
        });
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
    let history = standing::history(context, connection)?;
    let models = match comparing::models(context) {
        Ok(models) => comparing::built(context, &models)?,
        Err(_) => Built::default(),
    };
    Ok(compare::portrait(
        connection,
        [&models, &history],
        &Inventory {
            schemas: &selection.schemas(context)?,
            version_table: context.version_table()?,
            prefix: &context.settings()?.prefix(),
        },
        &selection.filter(context)?,
    )?)
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

/// The revisions, unless there are none to draw.
pub(super) fn drawable<'c>(context: &'c Context<'_>) -> Result<&'c RevisionGraph, Failure> {
    let graph = context.graph()?;
    match graph.is_empty() {
        true => Err(ModelsError::NoRevisions.into()),
        false => Ok(graph),
    }
}

/// The flags of pictures of revisions.
#[derive(Debug, Args)]
#[group(id = "asked")]
pub(super) struct Asking {
    /// Ask no database, and mark nothing as current or pending
    #[arg(long)]
    pub offline: bool,
}

/// What a database has.
#[derive(Debug, Default)]
pub(super) struct Standing {
    /// What its version table says.
    pub rows: Vec<RevisionId>,
    /// The revisions that are in effect.
    pub applied: Vec<RevisionId>,
}

/// What the database has, for a picture of revisions. One that cannot be asked does not stop it:
/// a message says why, and nothing is marked.
pub(super) fn standing(
    context: &Context<'_>,
    asking: &Asking,
) -> Result<Option<Standing>, Failure> {
    if asking.offline {
        return Ok(None);
    }
    match ask(context) {
        Ok(standing) => Ok(Some(standing)),
        Err(Failure::Closed) => Err(Failure::Closed),
        Err(Failure::Error { error, .. }) => {
            // A tree that is wrong is wrong without a database, too.
            context.graph()?;
            context.ui.warning(&Warning::DrawnWithout {
                error: error.to_string(),
            });
            Ok(None)
        }
    }
}

/// What the database has.
pub(super) fn ask(context: &Context<'_>) -> Result<Standing, Failure> {
    let Some(mut connection) = context.connect_if_there()? else {
        return Ok(Standing::default());
    };
    let rows = standing::rows(context, connection.as_mut())?;
    let applied = context.graph()?.ancestors(&rows)?;
    Ok(Standing { rows, applied })
}
