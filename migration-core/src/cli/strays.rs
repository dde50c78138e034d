//! Revisions that are not what they count as: looked for and told.

use std::collections::HashMap;

use super::context::Context;
use super::failure::Failure;
use super::warning::Warning;
use crate::database::{self, Connection};
use crate::dialect::Ledger;
use crate::revision::{RevisionId, digest, read_text};
use crate::status::{
    self, Circumstances, Displaced, Records, Skipped, StatusError, Strays, Suspect,
};

/// Looks for those that count as applied and never ran. The ledger is asked again only where the header
/// of a revision may be another than when it ran.
fn skipped(
    context: &Context<'_>,
    connection: &mut dyn Connection,
    records: &Records,
    rows: &[RevisionId],
) -> Result<Vec<Skipped>, Failure> {
    let mut suspects = status::suspects(context.graph()?, rows, records);
    suspects.retain(|suspect| !is_as_it_ran(context, records, suspect));
    if suspects.is_empty() {
        return Ok(Vec::new());
    }
    let ledger = Ledger::of(context.version_table()?);
    let numbers: Vec<i64> = suspects.iter().map(|it| it.row).collect();
    let kept = database::ledger_scripts(connection, &ledger, &numbers)?;
    let mut kept: HashMap<i64, String> = kept.into_iter().collect();
    let scripts = suspects.into_iter();
    let scripts = scripts.filter_map(|it| Some((it.id, kept.remove(&it.row)?)));
    let circumstances = Circumstances {
        linker: &context.linker()?,
        rows,
        records,
        policy: context.settings()?.edited,
    };
    Ok(status::skipped(&circumstances, &scripts.collect()))
}

/// Looks for those that count as pending and ran.
pub(super) fn displaced(
    context: &Context<'_>,
    records: &Records,
    rows: &[RevisionId],
) -> Result<Vec<Displaced>, Failure> {
    Ok(status::displaced(&Circumstances {
        linker: &context.linker()?,
        rows,
        records,
        policy: context.settings()?.edited,
    }))
}

/// Looks for both.
pub(super) fn find(
    context: &Context<'_>,
    connection: &mut dyn Connection,
    records: &Records,
    rows: &[RevisionId],
) -> Result<Strays, Failure> {
    Ok(Strays {
        skipped: skipped(context, connection, records, rows)?,
        displaced: displaced(context, records, rows)?,
    })
}

/// Warns of each, but for those that the error tells of with which the command ends.
pub(super) fn warn(
    context: &Context<'_>,
    found: &Strays,
    error: Option<&StatusError>,
) -> Result<(), Failure> {
    let untold = found.untold(error);
    if !untold.is_empty() {
        context.ui.flush()?;
    }
    let skipped = untold.skipped.iter().map(of_skipped);
    for warning in skipped.chain(untold.displaced.iter().map(of_displaced)) {
        context.ui.warning(&warning);
    }
    Ok(())
}

/// That a revision never ran, and what runs it.
pub(super) fn of_skipped(skipped: &Skipped) -> Warning {
    let Skipped { id, above, way } = skipped.clone();
    Warning::Skipped { id, above, way }
}

/// That a revision ran, and what leads on.
pub(super) fn of_displaced(displaced: &Displaced) -> Warning {
    let Displaced { id, ran, way } = displaced.clone();
    Warning::Displaced { id, ran, way }
}

/// Whether the file is the one that ran, byte for byte.
fn is_as_it_ran(context: &Context<'_>, records: &Records, suspect: &Suspect) -> bool {
    let record = records.get(&suspect.id);
    let record = record.filter(|it| it.text_row == Some(suspect.row));
    let Some(before) = record.and_then(|it| it.digest.as_ref()) else {
        return false;
    };
    let revision = context.graph().ok();
    let revision = revision.and_then(|graph| graph.get(suspect.id.as_str()));
    let now = revision.and_then(|it| read_text(it).ok());
    now.is_some_and(|source| digest(&source) == *before)
}
