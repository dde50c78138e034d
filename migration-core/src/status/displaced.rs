//! Revisions that ran and count as pending: a file was put into another place, and what is applied
//! does not need them any more.
//!
//! The version rows say what is applied, by the files as they are now. Where the ledger says of a
//! revision that it ran, nobody undid it, and no stamp has said anything since, to run it would run it
//! twice. Nothing is said where the last revision that ran is not applied, nor of what ran before
//! another one ran a second time: another tool has moved the version rows, and the ledger
//! knows nothing of that.

use super::{Circumstances, Record};
use crate::graph::RevisionGraph;
use crate::plan;
use crate::program;
use crate::revision::RevisionId;

/// A revision that ran here and counts as pending.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Displaced {
    /// The revision.
    pub id: RevisionId,
    /// When it ran, and by whom, as far as known: ` (...)`.
    pub ran: String,
    /// What leads on, in words.
    pub way: String,
}

/// Finds them.
pub fn displaced(at: &Circumstances<'_>) -> Vec<Displaced> {
    let graph = at.linker.graph;
    let Ok(rows) = graph.rows(at.rows) else {
        return Vec::new();
    };
    let applied = graph.ancestor_set(&rows);
    let tells_from = at.records.tells_from();
    let ran = graph.iter().filter_map(|revision| {
        let id = revision.id();
        let record = at.records.get(id)?;
        let row = record.origin_row.filter(|row| *row >= tells_from)?;
        let is_over = record.applied.is_some() && record.unfinished.is_none();
        is_over.then_some((row, graph.index(id.as_str())?, record))
    });
    let ran: Vec<(i64, usize, &Record)> = ran.collect();
    let last = ran.iter().max_by_key(|(row, ..)| *row);
    if !last.is_some_and(|(_, index, _)| applied.contains(*index)) {
        return Vec::new();
    }
    let again = ran.iter().filter(|(_, index, _)| {
        let revision = graph.get(graph.id(*index).as_str());
        !applied.contains(*index)
            && revision.is_some_and(|it| {
                program::upgrade_operations(at.linker, it).map_or(true, |count| count > 0)
            })
    });
    told(
        at,
        &again
            .map(|(_, index, record)| (graph.id(*index), *record))
            .collect::<Vec<_>>(),
    )
}

fn told(at: &Circumstances<'_>, again: &[(&RevisionId, &Record)]) -> Vec<Displaced> {
    if again.is_empty() {
        return Vec::new();
    }
    let ids: Vec<&RevisionId> = again.iter().map(|(id, _)| *id).collect();
    let counted = counted(at.linker.graph, at.rows, &ids).map_or_else(
        || "put the files back into the order in which they ran".to_owned(),
        |commands| match commands.as_slice() {
            [only] => format!("{only} counts it as applied and runs nothing twice"),
            several => format!(
                "{}, in this order, count it as applied and run nothing twice",
                several.join(" and ")
            ),
        },
    );
    let here: Vec<&str> = at.rows.iter().map(RevisionId::as_str).collect();
    let way = format!(
        "{counted}; where nothing of it is in effect, `stamp --purge {}` says so",
        here.join(" ")
    );
    let displaced = again.iter().map(|(id, record)| Displaced {
        id: (*id).clone(),
        ran: ran(record),
        way: way.clone(),
    });
    displaced.collect()
}

/// When it ran, where that was asked for.
fn ran(record: &Record) -> String {
    let mark = record.applied.as_deref().filter(|mark| !mark.at.is_empty());
    mark.map_or_else(String::new, |mark| format!(" ({})", mark.words()))
}

/// Upgrades that run nothing of these and stamps that count nothing else, until all of them are
/// applied; each is planned for.
fn counted(graph: &RevisionGraph, rows: &[RevisionId], ids: &[&RevisionId]) -> Option<Vec<String>> {
    let whole = plan::upgrade(graph, rows, &["heads"]).ok()?;
    let steps: Vec<&RevisionId> = whole.revisions().collect();
    let mut here = rows.to_vec();
    let mut commands = Vec::new();
    let mut at = 0;
    while let Some(first) = steps.get(at) {
        let is_again = ids.contains(first);
        let alike = steps[at..]
            .iter()
            .take_while(|id| ids.contains(id) == is_again);
        at += alike.count();
        let target = steps[at - 1].as_str();
        // What comes behind the last of them is left to the next upgrade.
        if !is_again && at == steps.len() {
            break;
        }
        let (verb, plan) = match is_again {
            true => ("stamp", plan::stamp(graph, &here, &[target], false)),
            false => ("upgrade", plan::upgrade(graph, &here, &[target])),
        };
        let to = plan.ok()?.to;
        let [before, after] = [&here, &to].map(|it| graph.ancestors(it));
        let (before, after) = (before.ok()?, after.ok()?);
        let stays = before.iter().all(|id| after.contains(id));
        let mut new = after.iter().filter(|id| !before.contains(id));
        if !stays || !new.all(|id| ids.contains(&id) == is_again) {
            return None;
        }
        commands.push(format!("`{verb} {target}`"));
        here = to;
    }
    Some(commands)
}
