//! Revisions that count as applied and never ran here: looked for, told, and guarded against.

use std::collections::HashMap;

use super::context::Context;
use super::failure::Failure;
use super::warning::Warning;
use crate::database::{self, Connection};
use crate::dialect::Ledger;
use crate::plan::{Direction, Plan};
use crate::revision::{RevisionId, digest, read_text};
use crate::status::{self, Circumstances, Records, Skipped, StatusError, Suspect};

/// Looks for them. The ledger is asked again only where the header of a revision may be another than
/// when it ran.
pub(super) fn find(
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

/// The same, with a warning of each.
pub(super) fn warn(
    context: &Context<'_>,
    connection: &mut dyn Connection,
    records: &Records,
    rows: &[RevisionId],
) -> Result<Vec<Skipped>, Failure> {
    let found = find(context, connection, records, rows)?;
    if !found.is_empty() {
        context.ui.flush()?;
    }
    for skipped in &found {
        context.ui.warning(&warning(skipped));
    }
    Ok(found)
}

/// That a revision never ran, and what runs it.
pub(super) fn warning(skipped: &Skipped) -> Warning {
    let Skipped { id, above, way } = skipped.clone();
    Warning::Skipped { id, above, way }
}

/// Refuses a plan that would undo what never ran, or take away the revision by which it is known
/// that it never did.
pub(super) fn refuse(plan: &Plan, skipped: &[Skipped]) -> Result<(), StatusError> {
    let down = |id: &RevisionId| {
        let mut steps = plan.steps.iter();
        steps.any(|step| {
            step.direction == Direction::Downgrade && step.revision.as_ref() == Some(id)
        })
    };
    let concerned = skipped.iter().filter(|it| down(&it.id) || down(&it.above));
    let skipped: Vec<Skipped> = concerned.cloned().collect();
    match skipped.is_empty() {
        true => Ok(()),
        false => Err(StatusError::Skipped { skipped }),
    }
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
