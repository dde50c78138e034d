//! What is typed as targets: one place for a database, `from:to` for a script.

use super::failure::Failure;
use super::range_error::RangeError;
use crate::graph::RevisionGraph;
use crate::plan::{self, Direction};
use crate::revision::RevisionId;

/// Where a script begins and where it leads.
pub(super) struct Target<'a> {
    /// Where it begins, as typed.
    from: &'a str,
    pub rows: Vec<RevisionId>,
    pub targets: Vec<&'a str>,
}

/// Targets for a database, which says itself where it is.
pub(super) fn targets(typed: &[String]) -> Result<Vec<&str>, Failure> {
    match typed.iter().find(|target| target.contains(':')) {
        Some(target) => Err(Failure::usage(RangeError::Online {
            target: target.clone(),
        })),
        None => Ok(typed.iter().map(String::as_str).collect()),
    }
}

/// Targets of a script, `to` or `from:to`; without `from` it begins at base.
pub(super) fn range<'a>(graph: &RevisionGraph, typed: &'a [String]) -> Result<Target<'a>, Failure> {
    let split = |text: &'a String| text.split_once(':').unwrap_or(("base", text.as_str()));
    let (from, _) = typed.first().map_or(("base", ""), split);
    let mut targets = Vec::new();
    for (start, target) in typed.iter().map(split) {
        if start != from {
            return Err(Failure::usage(RangeError::SeveralStarts));
        }
        targets.push(if target.is_empty() { "heads" } else { target });
    }
    Ok(Target {
        from: if from.is_empty() { "base" } else { from },
        rows: starts(graph, from.split(','))?,
        targets,
    })
}

/// The same for `upgrade`, which leads nowhere but up.
pub(super) fn upward<'a>(
    graph: &RevisionGraph,
    typed: &'a [String],
) -> Result<Target<'a>, Failure> {
    let target = range(graph, typed)?;
    let below = graph.ancestors(&target.rows)?;
    let is_below = |text: &&&str| {
        let found = graph.resolve(text);
        !target.rows.is_empty()
            && found.is_ok_and(|found| {
                let mut found = found.iter();
                found.all(|id| below.contains(id) && !target.rows.contains(id))
            })
    };
    match target.targets.iter().find(is_below) {
        Some(below) => Err(Failure::usage(RangeError::Backwards {
            target: (*below).to_owned(),
            place: "below",
            older: (*below).to_owned(),
            newer: target.from.to_owned(),
        })),
        None => Ok(target),
    }
}

/// The same for `downgrade`, which has to know both ends.
pub(super) fn full_range<'a>(
    graph: &RevisionGraph,
    typed: &'a [String],
) -> Result<Target<'a>, Failure> {
    let is_full = |text: &String| {
        text.split_once(':')
            .is_some_and(|(from, to)| !from.is_empty() && !to.is_empty())
    };
    if let Some(partial) = typed.iter().find(|text| !is_full(text)) {
        let to = partial.trim_matches(':').to_owned();
        return Err(Failure::usage(RangeError::Missing { to }));
    }
    let target = range(graph, typed)?;
    let is_above = |text: &&&str| {
        let found = graph.resolve(text).unwrap_or_default();
        let below = graph.ancestors(&found).unwrap_or_default();
        let mut rows = target.rows.iter();
        found.iter().any(|it| !target.rows.contains(it)) && rows.all(|row| below.contains(row))
    };
    match target.targets.iter().find(is_above) {
        Some(above) => Err(Failure::usage(RangeError::Backwards {
            target: (*above).to_owned(),
            place: "above",
            older: target.from.to_owned(),
            newer: (*above).to_owned(),
        })),
        None => Ok(target),
    }
}

/// The version rows of a database that is at these revisions.
pub(super) fn starts<'a>(
    graph: &RevisionGraph,
    typed: impl IntoIterator<Item = &'a str>,
) -> Result<Vec<RevisionId>, Failure> {
    let typed: Vec<&str> = typed.into_iter().filter(|text| !text.is_empty()).collect();
    let mut rows: Vec<RevisionId> = Vec::new();
    for text in &typed {
        plan::refuse_bare_number(graph, text, Direction::Stamp)?;
        let found = graph.resolve(text)?;
        if found.is_empty() && typed.len() > 1 && !graph.is_empty() {
            let base = (*text).to_owned();
            return Err(Failure::usage(RangeError::BaseBesideStarts { base }));
        }
        rows.extend(found);
    }
    rows.sort();
    rows.dedup();
    Ok(rows)
}
