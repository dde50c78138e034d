//! Version rows of which one says what another implies.

use super::PlanError;
use crate::graph::RevisionGraph;
use crate::revision::RevisionId;

/// What stands against every plan from these version rows, where one of them implies another.
pub fn overlap(graph: &RevisionGraph, rows: &[RevisionId]) -> Option<PlanError> {
    let rows = graph.rows(rows).ok()?;
    among(graph, &rows, &rows)
}

/// The same where only some of them are looked at.
pub(super) fn among(graph: &RevisionGraph, some: &[usize], rows: &[usize]) -> Option<PlanError> {
    let (upper, lower) = graph.overlap(some)?;
    let is_implied = |row: &usize| {
        let mut others = rows.iter().filter(|it| *it != row);
        others.any(|other| graph.ancestor_set(&[*other]).contains(*row))
    };
    let stay = rows.iter().copied().filter(|row| !is_implied(row));
    Some(PlanError::Overlap {
        revision: graph.id(upper).clone(),
        other: graph.id(lower).clone(),
        rows: Some(graph.ids(stay)),
    })
}
