//! Revisions that ran here and count as pending: told, and never run again unasked.

use super::context::Context;
use super::failure::Failure;
use super::warning::Warning;
use crate::revision::RevisionId;
use crate::status::{self, Circumstances, Displaced, Records};

/// Looks for them.
pub(super) fn find(
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

/// The same, with a warning of each.
pub(super) fn warn(
    context: &Context<'_>,
    records: &Records,
    rows: &[RevisionId],
) -> Result<Vec<Displaced>, Failure> {
    let found = find(context, records, rows)?;
    if !found.is_empty() {
        context.ui.flush()?;
    }
    for displaced in &found {
        context.ui.warning(&warning(displaced));
    }
    Ok(found)
}

/// That a revision ran, and what leads on.
pub(super) fn warning(displaced: &Displaced) -> Warning {
    let Displaced { id, ran, way } = displaced.clone();
    Warning::Displaced { id, ran, way }
}
