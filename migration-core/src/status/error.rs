//! What a comparison of database and revisions can stop.

use std::collections::BTreeSet;

use super::{Displaced, Remedy, Skipped, State, Trace, Unfinished};
use crate::diagnostic::{Advice, are, quoted};
use crate::graph::{ResolveError, RevisionGraph};
use crate::plan;
use crate::revision::RevisionId;

/// Why a command ends because of how revisions and database stand to each other.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum StatusError {
    /// A version row names a revision that is not here, and the ledger knows it.
    #[error("{error}")]
    UnknownRow {
        /// What the graph says of it.
        error: ResolveError,
        /// What the ledger says of it.
        trace: Box<Trace>,
    },
    /// Applied revisions were edited, and the settings forbid to go on.
    #[error(
        "{} edited after being applied, and `edited` is `refuse`: {}",
        if revisions.len() == 1 { "a revision was" } else { "revisions were" },
        quoted(ids(revisions))
    )]
    Edited {
        /// The revisions, and what to do about each.
        revisions: Vec<(RevisionId, Remedy)>,
    },
    /// Revisions would be accepted that were empty when they were applied and are not any more:
    /// what they say now would never run.
    #[error(
        "nothing of {} ran when {} applied, and never would once {} accepted",
        quoted(ids(revisions)),
        if revisions.len() == 1 { "it was" } else { "they were" },
        if revisions.len() == 1 { "it is" } else { "they are" },
    )]
    NeverRan {
        /// The revisions, and what to do about each.
        revisions: Vec<(RevisionId, Remedy)>,
        /// Those that can be accepted beside them.
        others: Vec<RevisionId>,
    },
    /// What would be undone, or taken for applied, was put below a revision that ran before it was
    /// there.
    #[error(
        "{} {} applied, but never ran here: put below {}, which ran before",
        quoted(skipped.iter().map(|it| &it.id)),
        if skipped.len() == 1 { "counts as" } else { "count as" },
        quoted(above(skipped)),
    )]
    Skipped {
        /// The revisions, and what runs each.
        skipped: Vec<Skipped>,
    },
    /// What ran here counts as pending, because files were put into another order: it would run a
    /// second time, or what is applied would go and with it how that is known.
    #[error(
        "{} ran here already, and {} as pending",
        quoted(displaced.iter().map(|it| &it.id)),
        if displaced.len() == 1 { "counts" } else { "count" },
    )]
    Displaced {
        /// The revisions, and what leads on.
        displaced: Vec<Displaced>,
    },
    /// What is to be repaired is not in the database.
    #[error("revision `{revision}` is not applied, so there is nothing to repair")]
    NotApplied {
        /// The revision.
        revision: RevisionId,
    },
    /// A step did not end, so that the database is at no revision.
    #[error("the {direction} of `{revision}` is unfinished: the database is between two revisions")]
    Unfinished {
        /// The revision.
        revision: RevisionId,
        /// `upgrade` or `downgrade`.
        direction: String,
        /// How many statements are known to be in effect.
        done: i64,
        /// How many it has.
        total: i64,
        /// The version rows.
        rows: Vec<RevisionId>,
        /// Whether its file is gone.
        is_gone: bool,
        /// Whether nobody noted its end, so that it may run now.
        is_open: bool,
    },
    /// A check found something.
    #[error("the check found {}", counted(found))]
    Found {
        /// How many revisions of each state that is not well.
        found: Vec<(State, usize)>,
    },
}

impl StatusError {
    /// A step that did not end, on a database that is at `rows`.
    pub(crate) fn unfinished(
        (revision, unfinished): (&RevisionId, &Unfinished),
        graph: &RevisionGraph,
        rows: &[RevisionId],
    ) -> Self {
        Self::Unfinished {
            revision: revision.clone(),
            direction: unfinished.mark.direction.clone(),
            done: unfinished.done,
            total: unfinished.total,
            rows: rows.to_vec(),
            is_gone: graph.get(revision.as_str()).is_none(),
            is_open: unfinished.is_open,
        }
    }
}

impl Advice for StatusError {
    fn kind(&self) -> &'static str {
        match self {
            Self::UnknownRow { .. } => "unknown-version-row",
            Self::Edited { .. } => "edited-revisions",
            Self::NeverRan { .. } => "never-ran",
            Self::Skipped { .. } => "skipped",
            Self::Displaced { .. } => "displaced",
            Self::NotApplied { .. } => "not-applied",
            Self::Unfinished { .. } => "unfinished",
            Self::Found { .. } => "status-found",
        }
    }

    fn hint(&self) -> Option<String> {
        Some(match self {
            Self::UnknownRow { error, trace } => return unknown_row(error, trace),
            Self::Edited { revisions } => edited(revisions),
            Self::NeverRan { revisions, others } => never_ran(revisions, others),
            Self::Skipped { skipped } => way_of_skipped(skipped),
            Self::Displaced { displaced } => {
                let way = displaced.first().map_or("", |it| &it.way);
                format!("nothing was done; {way}")
            }
            Self::NotApplied { .. } => {
                "it runs as it is now when it is applied; edit it freely".to_owned()
            }
            Self::Unfinished {
                revision,
                direction,
                done,
                total,
                rows,
                is_gone,
                is_open,
            } => {
                let (are, here) = (are(*done), plan::here(rows));
                let hint = match is_gone {
                    true => format!(
                        "{done} of its {total} statements {are} known to be in effect, and its file \
                         is gone: put it back and run its {direction} again, which goes on where it \
                         stopped; or undo by hand what is in effect of it, then `stamp {here}` \
                         forgets it. `status {revision}` shows what is known of it"
                    ),
                    false => format!(
                        "{done} of its {total} statements {are} known to be in effect, and every \
                         difference may be half of it; run its {direction} again: it goes on where \
                         it stopped, or says what is to be decided; or undo by hand what is in \
                         effect of it, then `stamp {here}` forgets it. `status {revision}` shows \
                         what is known of it"
                    ),
                };
                match is_open {
                    true => format!("{MAY_RUN}\n{hint}"),
                    false => hint,
                }
            }
            Self::Found { .. } => "`status -v` shows all that is known".to_owned(),
        })
    }
}

/// Where nobody noted the end of a step.
const MAY_RUN: &str =
    "another program may be at it at this moment: undo nothing before that has ended";

fn ids(revisions: &[(RevisionId, Remedy)]) -> impl Iterator<Item = &RevisionId> {
    revisions.iter().map(|(id, _)| id)
}

fn typed<'a>(ids: impl IntoIterator<Item = &'a RevisionId>) -> String {
    let ids: Vec<&str> = ids.into_iter().map(RevisionId::as_str).collect();
    ids.join(" ")
}

fn edited(revisions: &[(RevisionId, Remedy)]) -> String {
    let (never, accepted): (Vec<_>, Vec<_>) =
        revisions.iter().partition(|(_, remedy)| remedy.never_ran());
    let mut lines: Vec<String> = never
        .iter()
        .map(|(id, remedy)| format!("nothing of `{id}` ran: {}", remedy.way(id)))
        .collect();
    if !accepted.is_empty() {
        let names = typed(accepted.iter().map(|(id, _)| id));
        lines.push(format!(
            "`status {names}` shows what changed, and after a review `repair {names}` accepts it"
        ));
    }
    format!("nothing was done; {}", lines.join("\n"))
}

fn never_ran(revisions: &[(RevisionId, Remedy)], others: &[RevisionId]) -> String {
    let way = |(id, remedy): &(RevisionId, Remedy)| match revisions {
        [_] => remedy.way(id),
        _ => format!("`{id}`: {}", remedy.way(id)),
    };
    let mut lines: Vec<String> = revisions.iter().map(way).collect();
    lines.push(format!(
        "where somebody ran by hand what is written there now, `repair --run-by-hand {}` notes that",
        typed(ids(revisions))
    ));
    if !others.is_empty() {
        lines.push(format!("`repair {}` accepts the others", typed(others)));
    }
    lines.join("\n")
}

/// What leads out where revisions never ran, a line each.
fn way_of_skipped(skipped: &[Skipped]) -> String {
    let ways: BTreeSet<&str> = skipped.iter().map(|it| it.way.as_str()).collect();
    let ids = typed(skipped.iter().map(|it| &it.id));
    let mut lines: Vec<String> = ways.into_iter().map(str::to_owned).collect();
    lines.push(format!(
        "where somebody ran by hand what it says, `repair --run-by-hand {ids}` notes that"
    ));
    format!("nothing was done; {}", lines.join("\n"))
}

fn above(skipped: &[Skipped]) -> BTreeSet<&RevisionId> {
    skipped.iter().map(|it| &it.above).collect()
}

/// Said first where nothing of here is applied.
const APART: &str = "no revision of here is applied: is it the right database and the right ini? `info` \
                     shows both; where several components share a database, `version_table` of \
                     `[migration]` gives each its own";

/// The likely case first, the one that can do harm last.
fn unknown_row(error: &ResolveError, trace: &Trace) -> Option<String> {
    let Some(mark) = &trace.mark else {
        return error.hint();
    };
    let mut lines = Vec::new();
    if trace.is_apart {
        lines.push(APART.to_owned());
    }
    if trace.is_ours {
        lines.push(
            "put its file back: it may be on another branch of the source tree, or in a newer \
             version of this program"
                .to_owned(),
        );
        if let Some(undo) = trace.undo.as_ref().filter(|_| !trace.is_apart) {
            lines.push(format!(
                "or undo it by the SQL that the ledger kept: `downgrade {undo}`"
            ));
        }
    } else {
        lines.push(format!(
            "another program applied it: if `{}` is of another component, `version_table` of \
             `[migration]` gives each its own",
            mark.program
        ));
    }
    let mut like = String::new();
    if let ResolveError::UnknownRow { near, .. } = error {
        // What it follows is no other name of it.
        let follows = |name: &String| trace.follows.iter().any(|id| id.as_str() == name);
        let near: Vec<&String> = near.iter().filter(|name| !follows(name)).collect();
        if !near.is_empty() {
            like = format!(" (near ones here are {})", quoted(near));
        }
    }
    lines.push(format!(
        "or the history was rewritten{like}: where the schema is known to be that of a revision \
         here, `stamp --purge <revision>` says so; it forgets every row of the table, also those \
         of other components"
    ));
    Some(lines.join("\n"))
}

/// `1 edited, 2 missing revisions`.
fn counted(found: &[(State, usize)]) -> String {
    let total: usize = found.iter().map(|(_, count)| count).sum();
    let parts: Vec<String> = found
        .iter()
        .map(|(state, count)| format!("{count} {state}"))
        .collect();
    let plural = if total == 1 { "revision" } else { "revisions" };
    format!("{} {plural}", parts.join(", "))
}
